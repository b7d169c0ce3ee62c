"""A Word file to HTML and pictures: `read_word`. What is hidden, deleted or borrowed stays out.

No Django here: `portal.limited` runs it in a child process with a memory limit and a deadline.
Dropped: hidden text (also by style), deleted text, comments, fields other than links and numbers,
embedded documents, pictures linked from elsewhere. Nothing is fetched and no other file is opened.
"""

import io
import re
import struct
import zipfile
from xml.etree.ElementTree import tostring

import mammoth
from defusedxml import ElementTree
from mammoth import documents, transforms
from PIL import Image

from .errors import UnreadableFile
from .word_drawings import settle_drawings
from .word_guard import open_package, read_entry

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_RELS = "word/_rels/document.xml.rels"
_KEPT_FIELDS = re.compile(r"\s*(?:HYPERLINK|REF|SEQ|PAGEREF)\b")
_OFF = ("0", "false", "off")
_PICTURE_TYPES = ("image/jpeg", "image/png", "image/gif", "image/webp")
_MAX_PICTURE = 20_000_000
_MAX_PICTURES = 60
# Points; below this a picture is a logo, an icon or a line.
SMALL = 100
# Only the header is asked here; `reports.pictures` has limits with words for what is decoded.
Image.MAX_IMAGE_PIXELS = None
# mammoth's way back from a footnote.
_BACK_LINKS = re.compile(r'\s*<a href="#(?:foot|end)note-ref-[^"]*">[^<]*</a>')
_STYLES = """
p[style-name='Title'] => h1:fresh
p[style-name='Subtitle'] => p:fresh
p[style-name='Caption'] => p.chu-thich:fresh
p[style-name='Chú thích'] => p.chu-thich:fresh
p[style-name='Chú thích ảnh'] => p.chu-thich:fresh
p[style-name='Illustration'] => p.chu-thich:fresh
p[style-name='Figure'] => p.chu-thich:fresh
p[style-name='Hình minh họa'] => p.chu-thich:fresh
p[style-name='canh-phai'] => p.canh-phai:fresh
p[style-name='canh-giua'] => p.canh-giua:fresh
u => u
strike => s
"""
# Parts with text or rules for it. Whoever packed the rest may keep it.
_PARTS = re.compile(
    r"\[Content_Types\]\.xml|_rels/\.rels|word/(?:document|styles|numbering|footnotes|endnotes)\.xml"
    r"|word/_rels/document\.xml\.rels|word/media/.+",
    re.IGNORECASE,
)


def read_word(content):
    """({html, picture_types, small_pictures, warnings}, {"0": bytes, …}) of a .docx.

    Pictures stand in the HTML as `src="data:anh,0"`. Raises `UnreadableFile` with the cure.
    """
    package = open_package(content)
    warnings = []
    tidied = _repack(package, warnings)
    pictures, types, small = {}, [], []

    def keep_picture(image):
        with image.open() as stream:
            picture = stream.read(_MAX_PICTURE + 1)
        fits = len(picture) <= _MAX_PICTURE and len(types) < _MAX_PICTURES
        if image.content_type not in _PICTURE_TYPES or not fits:
            warnings.append(
                "Có hình không phải ảnh JPEG, PNG, GIF, WebP hoặc quá lớn nên đã bỏ qua."
            )
            return {}
        number = str(len(types))
        pictures[number] = picture
        types.append(image.content_type)
        small.append(_is_small(picture))
        return {"src": f"data:anh,{number}"}

    try:
        result = mammoth.convert_to_html(
            tidied,
            style_map=_STYLES,
            include_embedded_style_map=False,
            convert_image=mammoth.images.img_element(keep_picture),
            transform_document=transforms.paragraph(_with_alignment),
            ignore_empty_paragraphs=True,
            external_file_access=False,
        )
    except (RecursionError, KeyError, ValueError, AttributeError, IndexError, TypeError, OSError):
        raise UnreadableFile(
            "Không đọc được tệp Word này. Hãy mở bằng Word, lưu lại thành .docx rồi thử lần nữa."
        ) from None
    answer = {
        "html": _BACK_LINKS.sub("", result.value),
        "picture_types": types,
        "small_pictures": small,
        "warnings": list(dict.fromkeys(warnings)),
    }
    return answer, pictures


def _is_small(picture):
    """Whether the header of a picture says it is no bigger than a logo; whoever keeps it decodes it."""
    try:
        with Image.open(io.BytesIO(picture), formats=("JPEG", "PNG", "GIF", "WEBP")) as opened:
            return min(opened.size) < SMALL
    except (OSError, ValueError, SyntaxError, TypeError, KeyError, IndexError, struct.error):
        return False


def _with_alignment(paragraph):
    name = {"right": "canh-phai", "end": "canh-phai", "center": "canh-giua"}.get(
        paragraph.alignment
    )
    if not name or paragraph.style_name not in (None, "Normal") or paragraph.numbering:
        return paragraph
    if all(isinstance(child, documents.Image) for child in paragraph.children):
        return paragraph
    return paragraph.copy(style_id=None, style_name=name)


def _repack(package, warnings):
    """A new package of the parts we read, the document without what nobody was meant to see."""
    document = ElementTree.fromstring(read_entry(package, "word/document.xml"))
    styles = read_entry(package, "word/styles.xml")
    hidden = _hidden_styles(ElementTree.fromstring(styles)) if styles else frozenset()
    if any(True for _ in document.iter(f"{_W}altChunk")):
        warnings.append("Tệp có phần nhúng từ tài liệu khác; phần ấy không được lấy vào.")
    if _drop_hidden(document, hidden):
        warnings.append("Tệp có chữ ẩn hoặc chữ đã xóa; những chữ ấy không được lấy vào.")
    _drop_fields(document)
    rels, known = _inside_only(read_entry(package, _RELS))
    settle_drawings(document, known)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as new:
        for entry in package.infolist():
            name = entry.filename
            if not _PARTS.fullmatch(name):
                continue
            if name == "word/document.xml":
                part = _written(document)
            elif name == _RELS:
                part = rels
            elif name in ("word/footnotes.xml", "word/endnotes.xml"):
                notes = ElementTree.fromstring(read_entry(package, name))
                _drop_hidden(notes, hidden)
                _drop_fields(notes)
                part = _written(notes)
            else:
                part = read_entry(package, name)
            new.writestr(name, part)
    packed.seek(0)
    return packed


def _written(tree):
    return tostring(tree, encoding="utf-8", xml_declaration=True)


def _inside_only(rels):
    """(relationships without those to other files and places, links kept; the ids that remain)."""
    if not rels:
        return b"", frozenset()
    tree = ElementTree.fromstring(rels)
    for relation in list(tree):
        is_link = relation.get("Type", "").endswith("/hyperlink")
        outside = relation.get("TargetMode") == "External"
        target = relation.get("Target", "")
        if (outside and not is_link) or (not outside and (".." in target or ":" in target)):
            tree.remove(relation)
    return _written(tree), frozenset(relation.get("Id") for relation in tree)


def _is_on(properties, name):
    found = properties.find(f"{_W}{name}") if properties is not None else None
    return found is not None and found.get(f"{_W}val", "1") not in _OFF


def _hidden_styles(styles):
    """Ids of styles that hide text, by themselves or by what they are based on."""
    hides, based_on = set(), {}
    for style in styles.iter(f"{_W}style"):
        key = style.get(f"{_W}styleId")
        if _is_on(style.find(f"{_W}rPr"), "vanish"):
            hides.add(key)
        base = style.find(f"{_W}basedOn")
        if base is not None:
            based_on[key] = base.get(f"{_W}val")
    for _ in range(10):
        more = {key for key, base in based_on.items() if base in hides} - hides
        if not more:
            break
        hides |= more
    return frozenset(hides)


def _style(properties, name):
    found = properties.find(f"{_W}{name}") if properties is not None else None
    return found.get(f"{_W}val") if found is not None else None


def _drop_hidden(document, hidden_styles):
    """Remove hidden runs and paragraphs, deletions, comments and embedded parts; how many words."""
    dropped = 0
    unwanted = {
        f"{_W}{tag}" for tag in ("del", "moveFrom", "altChunk", "commentReference", "object")
    }
    for parent in list(document.iter()):
        for child in list(parent):
            gone = child.tag in unwanted
            if child.tag == f"{_W}r":
                properties = child.find(f"{_W}rPr")
                gone = (
                    _is_on(properties, "vanish")
                    or _is_on(properties, "webHidden")
                    or _style(properties, "rStyle") in hidden_styles
                )
            elif child.tag == f"{_W}p":
                gone = _style(child.find(f"{_W}pPr"), "pStyle") in hidden_styles
            if gone:
                dropped += any(text.text for text in child.iter() if text.tag in _TEXTS)
                parent.remove(child)
    return dropped


_TEXTS = (f"{_W}t", f"{_W}delText")


def _drop_fields(document):
    """Remove what fields would compute (dates, other files, macros); links and numbers stay."""
    for field in list(document.iter(f"{_W}fldSimple")):
        if not _KEPT_FIELDS.match(field.get(f"{_W}instr", "")):
            for child in list(field):
                field.remove(child)
    for paragraph in document.iter(f"{_W}p"):
        _drop_complex_fields(paragraph)


def _drop_complex_fields(paragraph):
    depth, instruction, showing = 0, "", False
    for run in list(paragraph.iter(f"{_W}r")):
        sign = run.find(f"{_W}fldChar")
        kind = sign.get(f"{_W}fldCharType") if sign is not None else None
        if kind == "begin":
            depth, instruction, showing = depth + 1, "", False
        elif kind == "separate":
            showing = True
        elif kind == "end":
            depth, showing = max(depth - 1, 0), False
        elif depth and not showing:
            instruction += "".join(text.text or "" for text in run.iter(f"{_W}instrText"))
        elif depth and showing and not _KEPT_FIELDS.match(instruction):
            for text in list(run):
                if text.tag in (f"{_W}t", f"{_W}drawing", f"{_W}pict"):
                    run.remove(text)
