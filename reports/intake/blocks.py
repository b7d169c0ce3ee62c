"""A page as a list of blocks, whatever it came as: each a line of text with the HTML it stands for."""

import html
import re
from dataclasses import dataclass

from portal.text import one_line, plain_text
from reports.flow import flow
from reports.markup import Element

from .picture_tables import set_pictures_free
from .signs import CAPTION_SIGN, OWN_SIGNS, PICTURES

_TAG = re.compile(r"<[^>]*>")
_BREAK = re.compile(r"<br>|</?(?:li|p|td|th|tr|figcaption|caption)[^>]*>")
_LINE_BREAK = re.compile(r"\s*<br>\s*")
_OPENING = re.compile(r"<(p|h2|h3|h4|ul|ol|table|blockquote|figure|hr)\b[^>]*>")
_ALL_ITALIC = re.compile(r"(?:<(?:strong|em)>)*<em>(?:(?!</em>).)*</em>(?:</(?:strong|em)>)*")
_FAR_RIGHT = re.compile(r"^[ \u00a0]{20,}|^\t{3,}")
PARAGRAPH, HEADING, LIST, TABLE = "paragraph", "heading", "list", "table"
FIGURE, PICTURE = "figure", "picture"


@dataclass
class Block:
    """`text` is one line in NFC; `html` is what the body would show of it."""

    text: str
    html: str = ""
    kind: str = PARAGRAPH
    is_right: bool = False
    is_indented: bool = False
    is_caption: bool = False
    # Centred or wholly in italics, as captions are set.
    is_set_apart: bool = False
    picture: int | None = None
    credit: str = ""

    def __post_init__(self):
        if not self.html and self.text:
            self.html = f"<p>{html.escape(self.text, quote=False)}</p>"

    def with_text(self, text):
        """The block with other words; emphasis inside it is lost, its place is kept."""
        return Block(text, "", self.kind, self.is_right, self.is_indented, self.is_caption)

    @property
    def has_markup(self):
        return bool(_TAG.search(self.html.removeprefix("<p>").removesuffix("</p>")))


def of_text(text):
    """The blocks of plain text: every line that is not empty."""
    blocks = []
    for line in OWN_SIGNS.sub("", plain_text(text)).split("\n"):
        if words := one_line(line):
            is_indented = line[:1] in " \t\u00a0"
            blocks.append(
                Block(words, is_right=bool(_FAR_RIGHT.match(line)), is_indented=is_indented)
            )
    return blocks


def of_tree(nodes):
    """The blocks of a tree of HTML; line breaks part blocks, as old editors used them."""
    blocks = []
    for node in nodes:
        if isinstance(node, Element):
            set_pictures_free(node)
    for written in flow(nodes):
        blocks += _of_block(written)
    return blocks


def _of_block(written):
    found = _OPENING.match(written)
    tag = found[1] if found else "p"
    if tag == "hr":
        return []
    if tag in ("blockquote", "ul", "ol", "table", "figure"):
        kind = {"table": TABLE, "figure": FIGURE, "blockquote": PARAGRAPH}.get(tag, LIST)
        pictures = _pictures(written)
        written = OWN_SIGNS.sub("", PICTURES.sub("", written))
        text = _text(written)
        return [*pictures, *([Block(text, written, kind)] if text or kind == FIGURE else [])]
    inside = written[found.end() : written.rindex("</")]
    is_right = 'class="canh-phai"' in found[0]
    kind = HEADING if tag.startswith("h") else PARAGRAPH
    blocks = []
    for line in _lines(inside):
        blocks += _of_line(line, tag, kind, is_right, 'class="canh-giua"' in found[0])
    return blocks


def _lines(inside):
    """The lines of a paragraph; whole where a break stands inside a link or an emphasis."""
    lines = _LINE_BREAK.split(inside)
    if all(line.count("<") == 2 * line.count("</") + line.count("<img") for line in lines):
        return lines
    return [inside]


def _of_line(line, tag, kind, is_right, is_centred):
    blocks = _pictures(line)
    line = PICTURES.sub(" ", line)
    is_caption = CAPTION_SIGN in line
    line = line.replace(CAPTION_SIGN, "").strip()
    text = _text(line)
    if text or "<img " in line:
        block = Block(text, f"<{tag}>{line}</{tag}>", kind, is_right, False, is_caption)
        block.is_set_apart = is_centred or bool(_ALL_ITALIC.fullmatch(line))
        blocks.append(block)
    return blocks


def _pictures(written):
    """The pictures whose signs stand in a block, in order."""
    numbers = [sign[1:-1] for sign in PICTURES.findall(written)]
    return [Block("", "", PICTURE, picture=int(n) if n else None) for n in numbers]


def _text(written):
    return one_line(html.unescape(_TAG.sub("", _BREAK.sub(" ", written))))


def caption_of(node):
    """The node as a paragraph that is known to be a caption."""
    return Element("p", {}, [CAPTION_SIGN, *node.children])
