"""A report's text as plain paragraphs: what remains of it on paper, whatever program writes it."""

from lxml import html

from portal.text import one_line

# What a paragraph of its own is, and what only holds such.
BLOCKS = {"p", "h2", "h3", "h4", "li", "tr", "caption", "blockquote", "div"}
CELLS = {"td", "th"}
# These begin a line even inside an item or a cell; all other blocks there end in a space.
OWN_LINE = {"li", "tr"}
BREAKING = BLOCKS | {"br"}
# No text holds it (portal.text.plain_text).
NEXT_CELL = "\x1f"
# Photos are handed over by themselves; their captions say nothing without them.
DROPPED = {"figure", "img", "hr", "script", "style"}


def plain_paragraphs(body):
    """[text] of a body that passed `clean_html`: no markup, no entities, no empty paragraph.

    Items of a list begin with a dash or their number, cells of a row are set apart by `; `.
    """
    if not body.strip():
        return []
    root = html.fragment_fromstring(body, create_parent="div")
    found = [[]]
    _collect(root, found, within=False)
    lines = (_line("".join(parts)) for parts in found)
    return [line for line in lines if line not in ("", "–")]


def _line(text):
    return "; ".join(filter(None, map(one_line, text.split(NEXT_CELL))))


def _collect(element, found, *, within):
    """`within`: inside an item or a cell, where a paragraph begins nothing new."""
    if not isinstance(element.tag, str) or element.tag in DROPPED:
        return
    is_block = element.tag in BLOCKS and not (within and element.tag not in OWN_LINE)
    if is_block:
        found.append([_mark(element)])
    elif element.tag == "br" and not within:
        found.append([])
    found[-1].append(element.text or "")
    for child in element:
        _collect(child, found, within=within or element.tag in CELLS or element.tag == "li")
        found[-1].append(child.tail or "")
    if is_block:
        found.append([])
    else:
        found[-1].append(
            NEXT_CELL if element.tag in CELLS else " " if element.tag in BREAKING else ""
        )


def _mark(element):
    if element.tag != "li":
        return ""
    parent = element.getparent()
    if parent.tag != "ol":
        return "– "
    start = parent.get("start", "1")
    first = int(start) if start.isdecimal() and len(start) < 6 else 1
    items = [child for child in parent if child.tag == "li"]
    return f"{first + items.index(element)}. "
