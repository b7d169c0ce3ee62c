"""A tree of HTML written anew as the few regular blocks our pages know.

`flow` is the first of the two judges of `cleaning.clean_html`, and the reader of old pages asks it
for paragraphs. What it writes is well-formed, and writing it again changes nothing.
"""

import html
import re

from .links import own_picture, safe_link
from .markup import Element, tag_names
from .word_lists import is_list_item, nested_lists

CENTRED, SET_RIGHT = "canh-giua", "canh-phai"
CLASSES = (CENTRED, SET_RIGHT)

_MARKS = {
    **{tag: tag for tag in ("strong", "em", "u", "s", "sub", "sup")},
    **{"b": "strong", "i": "em", "cite": "em", "dfn": "em", "var": "em", "strike": "s"},
    **{"del": "s", "ins": "u"},
}
_HEADINGS = {"h1": "h2", "h2": "h2", "h3": "h3", "h4": "h4", "h5": "h4", "h6": "h4"}
_LISTS = {"ul": "ul", "ol": "ol", "menu": "ul", "dir": "ul"}
# Elements that stand on lines of their own; their content flows on as paragraphs.
_BOXES = tag_names(
    "address article aside body caption center dd details dir div dl dt fieldset figcaption "
    "footer form header hgroup html legend li main nav p pre search section summary tbody td "
    "tfoot th thead tr"
)
_BLOCKS = frozenset({*_BOXES, *_HEADINGS, *_LISTS, "blockquote", "figure", "hr", "table"})
DROPPED = tag_names(
    "applet area audio base basefont bgsound button canvas col colgroup command datalist embed "
    "frame frameset head iframe input keygen link map math meta meter noembed noframes noscript "
    "object optgroup option output param plaintext portal progress script select source style "
    "svg template textarea title track video xml xmp"
)
_INVISIBLE = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all|opacity\s*:\s*0(?![.\d])"
    r"|font-size\s*:\s*0(?![.\d])|(?:left|top|text-indent)\s*:\s*-\d{3,}"
)
_BOLD = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)")
_NOT_BOLD = re.compile(r"font-weight\s*:\s*(?:normal|[1-5]00)")
_ITALIC = re.compile(r"font-style\s*:\s*italic")
_ALIGN = re.compile(r"text-align\s*:\s*(center|right|end)")
_EDGES = re.compile(r"^(?:\s|<br>)+|(?:\s|<br>)+$")
_AROUND_BREAKS = re.compile(r" *<br> *")
_SPACES = re.compile(r"\s+")
_DOUBLE_SPACES = re.compile(r" {2,}")
_LONE_MARKS = re.compile(
    "(?:^|(?<=\\s))[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]+"
)
_TAG = re.compile(r"<[^>]*>")
_BREAKS = re.compile(r"(?:\s*<br>\s*){2,}")


def flow(nodes, marks=()):
    """The blocks that `nodes` make, as HTML; `marks` are the emphases around them."""
    blocks, pending = [], []
    nodes = list(nodes)
    index = 0
    while index < len(nodes):
        node = nodes[index]
        index += 1
        if isinstance(node, Element):
            if _is_hidden(node):
                continue
            if is_list_item(node):
                items = [node]
                while index < len(nodes) and _continues_list(nodes[index]):
                    if isinstance(nodes[index], Element):
                        items.append(nodes[index])
                    index += 1
                _flush(pending, blocks, marks)
                blocks += nested_lists(items, lambda children: _unwrapped(flow(children, marks)))
                continue
            if _is_block(node):
                _flush(pending, blocks, marks)
                blocks += _block(node, marks)
                continue
            if _holds_blocks(node):
                _flush(pending, blocks, marks)
                blocks += flow(node.children, _with_mark(node, marks))
                continue
        pending.append(node)
    _flush(pending, blocks, marks)
    return blocks


def _is_hidden(node):
    return (
        node.tag in DROPPED
        or node.tag.startswith("v:")
        or "hidden" in node.attributes
        or bool(node.style and _INVISIBLE.search(node.style))
    )


def _is_block(node):
    return node.tag in _BLOCKS


def _holds_blocks(node):
    return any(element.tag in _BLOCKS for element in node.elements())


def _continues_list(node):
    if isinstance(node, Element):
        return is_list_item(node) and not _is_hidden(node)
    return not node.strip()


def _flush(pending, blocks, marks):
    """Make paragraphs of the inline nodes gathered; two line breaks in a row part paragraphs."""
    for line in _BREAKS.split(_inline(pending, marks)):
        text = _trimmed(line)
        if _has_content(text):
            blocks.append(f"<p>{text}</p>")
    pending.clear()


def _trimmed(text):
    text = _DOUBLE_SPACES.sub(" ", _joined(_DOUBLE_SPACES.sub(" ", text)))
    return _EDGES.sub("", _AROUND_BREAKS.sub("<br>", text))


def _has_content(written):
    """Whether what we wrote shows anything: a word or a picture."""
    return "<img " in written or bool(_TAG.sub("", written).strip())


def _block(node, marks):
    tag = node.tag
    if tag in _HEADINGS:
        text = _trimmed(_inline(node.children, marks))
        name = _HEADINGS[tag]
        return [f"<{name}>{text}</{name}>"] if _has_content(text) else []
    if tag in _LISTS:
        return _list(node, marks)
    if tag == "table":
        return _table(node, marks)
    if tag == "figure":
        return _figure(node, marks)
    if tag == "blockquote":
        inside = flow(node.children, marks)
        return [f"<blockquote>{''.join(inside)}</blockquote>"] if inside else []
    if tag == "hr":
        return ["<hr>"]
    return _aligned(node, flow(node.children, _with_mark(node, marks)))


def _aligned(node, blocks):
    """Paragraphs in a box that is centred or set right say so themselves."""
    if node.tag not in ("p", "div", "center"):
        return blocks
    found = _ALIGN.search(node.style)
    align = "center" if node.tag == "center" else (found[1] if found else node.get("align").lower())
    if node.tag == "p":
        for name in CLASSES:
            if name in node.get("class").split():
                align = "center" if name == CENTRED else "right"
    name = {"center": CENTRED, "right": SET_RIGHT, "end": SET_RIGHT}.get(align)
    if not name:
        return blocks
    return [
        f'<p class="{name}">{block[3:]}' if block.startswith("<p>") else block for block in blocks
    ]


def _list(node, marks):
    name = _LISTS[node.tag]
    items = []
    for child in node.children:
        if isinstance(child, Element) and _is_hidden(child):
            continue
        if isinstance(child, Element) and child.tag in _LISTS and items:
            items[-1] += "".join(_list(child, marks))
            continue
        inside = child.children if isinstance(child, Element) and child.tag == "li" else [child]
        if text := _unwrapped(flow(inside, marks)):
            items.append(text)
    if not items:
        return []
    start = node.get("start")
    opening = f'{name} start="{int(start)}"' if name == "ol" and _is_count(start) else name
    return [f"<{opening}>{''.join(f'<li>{item}</li>' for item in items)}</{name}>"]


def _unwrapped(blocks):
    """The blocks of a list item or cell; a lone paragraph needs no tag of its own."""
    paragraphs = [block for block in blocks if block.startswith("<p")]
    if len(paragraphs) != 1 or not blocks[0].startswith("<p>"):
        return "".join(blocks)
    return "".join([blocks[0][3:-4], *blocks[1:]])


def _is_count(text):
    return text.isascii() and text.isdigit() and len(text) <= 4


def table_rows(node):
    """The rows of a table, without those of tables inside it: lists of cell elements."""
    rows = []
    for child in node.children:
        if not isinstance(child, Element) or _is_hidden(child):
            continue
        if child.tag in ("tbody", "thead", "tfoot"):
            rows += table_rows(child)
        elif child.tag == "tr":
            cells = [c for c in child.children if isinstance(c, Element) and c.tag in ("td", "th")]
            rows.append([cell for cell in cells if not _is_hidden(cell)])
    return [row for row in rows if row]


def _table(node, marks):
    rows = table_rows(node)
    if all(len(row) == 1 for row in rows):
        return _single_column(node, rows, marks)
    written = []
    for row in rows:
        cells = [(cell, _unwrapped(flow(cell.children, marks))) for cell in row]
        if any(_has_content(text) for _, text in cells):
            written.append("".join(_cell(cell, text) for cell, text in cells))
    if not written:
        return _outside_rows(node, marks)
    caption = next(
        (c for c in node.children if isinstance(c, Element) and c.tag == "caption"), None
    )
    title = _trimmed(_inline(caption.children, marks)) if caption else ""
    head = f"<caption>{title}</caption>" if _has_content(title) else ""
    body = "".join(f"<tr>{row}</tr>" for row in written)
    return [f"<table>{head}<tbody>{body}</tbody></table>"]


def _outside_rows(node, marks):
    """Text that somebody left in a table without rows."""
    return flow([c for c in node.children if not isinstance(c, Element)], marks)


def _single_column(node, rows, marks):
    """A frame, not a table: old editors set a picture above its caption in one."""
    inside = [flow(cell.children, marks) for row in rows for cell in row]
    return [*_outside_rows(node, marks), *(block for blocks in inside for block in blocks)]


def _cell(cell, text):
    attributes = "".join(
        f' {name}="{int(cell.get(name))}"'
        for name in ("colspan", "rowspan")
        if _is_count(cell.get(name)) and 1 < int(cell.get(name)) <= 50
    )
    if cell.tag == "th" and cell.get("scope") in ("col", "row"):
        attributes += f' scope="{cell.get("scope")}"'
    return f"<{cell.tag}{attributes}>{text}</{cell.tag}>"


def _figure(node, marks):
    """A figure keeps its pictures and caption; without a picture of ours only the words remain."""
    inside = list(node.elements())
    pictures = "".join(_picture(element) for element in inside if element.tag == "img")
    # Figures inside figures would be written twice at every level.
    if not pictures or any(element.tag in _NO_FIGURE for element in inside):
        return flow(node.children, marks)
    if flow(_without(node, {"figcaption", "img"}).children, marks):
        return flow(node.children, marks)
    captions = _outermost(node, "figcaption")
    words = " ".join(_inline(_without(c, {"img"}).children, marks) for c in captions)
    caption = _trimmed(words)
    closing = f"<figcaption>{caption}</figcaption>" if _has_content(caption) else ""
    return [f"<figure>{pictures}{closing}</figure>"]


_NO_FIGURE = tag_names("blockquote figure hr menu dir ol table ul")


def _outermost(node, tag):
    found = []
    for child in node.children:
        if isinstance(child, Element):
            found += [child] if child.tag == tag else _outermost(child, tag)
    return found


def _without(node, tags):
    """A copy of `node` without the elements named."""
    children = [
        _without(child, tags) if isinstance(child, Element) else child
        for child in node.children
        if not (isinstance(child, Element) and child.tag in tags)
    ]
    return Element(node.tag, node.attributes, children)


# --- inside a line -----------------------------------------------------------------------------


def _with_mark(node, marks):
    """The emphases that hold inside `node`."""
    names = [_MARKS[node.tag]] if node.tag in _MARKS else []
    if node.tag == "b" and _NOT_BOLD.search(node.style):
        names = []  # Google Docs wraps a whole text in such a tag
    if node.tag in ("span", "font") and node.style:
        names += ["strong"] if _BOLD.search(node.style) else []
        names += ["em"] if _ITALIC.search(node.style) else []
    return (*marks, *(name for name in names if name not in marks))


def _inline(nodes, marks=(), open_marks=(), in_link=False):
    """`nodes` as one line of text with emphasis, links, pictures and line breaks."""
    parts = []
    for node in nodes:
        if not isinstance(node, Element):
            parts.append(_emphasised(_escaped_text(node), marks, open_marks))
        elif node.tag == "br":
            parts.append("<br>")
        elif node.tag == "img":
            parts.append(_picture(node))
        elif _is_hidden(node):
            continue
        else:
            inner_marks = _with_mark(node, marks)
            href = "" if in_link or node.tag != "a" else safe_link(node.get("href"))
            if href:
                inside = _inline(node.children, inner_marks, inner_marks, in_link=True)
                inside = _BREAKS.sub("<br>", inside)
                if _has_content(inside):
                    parts.append(_emphasised(_link(href, inside), inner_marks, open_marks))
                else:
                    parts.append(inside)
            else:
                inside = _inline(node.children, inner_marks, open_marks, in_link)
                if _is_block(node) and inside.strip():
                    inside = f" {inside} "
                parts.append(inside)
    return _joined("".join(parts))


def _escaped_text(text):
    """Text on one line. A mark without its letter would merge with the sign before it, and go."""
    return html.escape(_LONE_MARKS.sub("", _SPACES.sub(" ", text)), quote=False)


def _emphasised(text, marks, open_marks):
    names = [name for name in marks if name not in open_marks]
    if not names or not text.strip():
        return text
    for name in reversed(names):
        text = f"<{name}>{text}</{name}>"
    return text


_SEAM = re.compile(r"</(strong|em|u|s|sub|sup)>( ?)<\1>")


def _joined(text):
    """One emphasis, where an editor has left a pair for every word."""
    while (joined := _SEAM.sub(r"\2", text)) != text:
        text = joined
    return text


def _link(href, inside):
    target, is_ours = href
    rel = "" if is_ours else ' rel="nofollow noopener"'
    return f'<a href="{html.escape(target)}"{rel}>{inside}</a>'


def _picture(node):
    src = own_picture(node.get("src"))
    if not src or _is_hidden(node):
        return ""
    alt = _LONE_MARKS.sub("", _SPACES.sub(" ", node.get("alt"))).strip()[:400].strip()
    attributes = f'src="{html.escape(src)}" alt="{html.escape(alt)}"'
    for name in ("width", "height"):
        if _is_count(node.get(name)) and int(node.get(name)):
            attributes += f' {name}="{int(node.get(name))}"'
    return f"<img {attributes}>"
