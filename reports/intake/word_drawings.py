"""Drawings of a Word file as plain pictures and paragraphs, wherever Word has put them.

Word draws one picture in five ways: in the line, anchored, grouped, in a text box, and all of it a
second time for old programs. Here each becomes a picture in the line, and the words of a text box
become paragraphs behind the one it is anchored in. No Django: it runs in a child process.
"""

from xml.etree.ElementTree import Element, SubElement

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_PIC = "{http://schemas.openxmlformats.org/drawingml/2006/picture}"
_V = "{urn:schemas-microsoft-com:vml}"
_CONTAINERS = (f"{_MC}AlternateContent", f"{_W}drawing", f"{_W}pict")


def settle_drawings(document, known):
    """Rewrite every drawing below `document`; pictures whose relationship is not `known` go."""
    waiting = [document]
    while waiting:
        parent = waiting.pop()
        children = []
        for child in parent:
            if child.tag in _CONTAINERS:
                drawn = [_drawn(item, known) for item in _items(child)]
                children += [element for element in drawn if element is not None]
            else:
                children.append(child)
        parent[:] = children
        waiting.extend(parent)


def _items(container):
    """Pictures and text boxes of a drawing, in order; the copy for old programs only if need be."""
    found = []
    waiting = [(container, "")]
    while waiting:
        element, words = waiting.pop()
        if element.tag == f"{_W}txbxContent":
            found.append(element)
            continue
        if element.tag == f"{_A}blip":
            found.append((element.get(f"{_R}embed"), words))
        elif element.tag == f"{_V}imagedata":
            found.append((element.get(f"{_R}id"), ""))
        elif element.tag == f"{_MC}AlternateContent":
            for part in element:
                if inside := _items(part):
                    found += inside
                    break
            continue
        properties = element.find(f"{_WP}docPr")
        if properties is None:
            properties = element.find(f"{_PIC}nvPicPr/{_PIC}cNvPr")
        if properties is not None and properties.get("descr"):
            words = properties.get("descr")
        waiting.extend((child, words) for child in reversed(element))
    return found


def _drawn(item, known):
    if not isinstance(item, tuple):
        box = Element(f"{_W}pict")
        SubElement(SubElement(box, f"{_V}shape"), f"{_V}textbox").append(item)
        return box
    relation, words = item
    if relation not in known:
        return None
    drawing = Element(f"{_W}drawing")
    inline = SubElement(drawing, f"{_WP}inline")
    SubElement(inline, f"{_WP}docPr", {"descr": words})
    data = SubElement(SubElement(inline, f"{_A}graphic"), f"{_A}graphicData")
    fill = SubElement(SubElement(data, f"{_PIC}pic"), f"{_PIC}blipFill")
    SubElement(fill, f"{_A}blip", {f"{_R}embed": relation})
    return drawing
