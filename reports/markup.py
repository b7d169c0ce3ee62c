"""HTML as a tree, read in linear time whatever it is.

The standard library's parser needs minutes for half a megabyte of `<a <a <a`, and a sanitiser can
only be protected by counting if the counter and the sanitiser see the same tags. So hostile HTML is
read here once, within caps; what is handed on is written anew from the tree.

No models, no settings.
"""

import html
import re
from dataclasses import dataclass, field

from portal.text import plain_text


def tag_names(text):
    """`a br p` -> the set of these names."""
    return frozenset(text.split())


VOID = tag_names(
    "area base basefont bgsound br col command embed frame hr image img input keygen link meta "
    "param source track wbr"
)
# Everything up to the closing tag is text, tags included.
RAW_TEXT = tag_names(
    "iframe math noembed noframes noscript plaintext script style svg textarea title xmp"
)
# Opening one of these ends an open element of these names, up to the nearest border.
_CLOSES = {
    "li": {"li"},
    "dd": {"dd", "dt"},
    "dt": {"dd", "dt"},
    "td": {"td", "th"},
    "th": {"td", "th"},
    "tr": {"tr", "td", "th"},
    "tbody": {"tbody", "thead", "tfoot", "tr", "td", "th"},
    "thead": {"tbody", "thead", "tfoot", "tr", "td", "th"},
    "tfoot": {"tbody", "thead", "tfoot", "tr", "td", "th"},
    "option": {"option"},
}
_ENDS_PARAGRAPH = tag_names(
    "address article aside blockquote center details dir div dl dd dt fieldset figcaption figure "
    "footer form h1 h2 h3 h4 h5 h6 header hr li main menu nav ol p pre section table ul"
)
_BORDER = {
    "li": {"ul", "ol", "menu", "dir"},
    "p": {"td", "th", "li", "table", "caption", "figure", "blockquote", "div", "section"},
}
_TABLE = {"table"}
# As SECURITY says: these do not count as nesting, the rules above keep them shallow.
_NOT_NESTING = frozenset({"p", "li", "tr", "td", "th", "tbody", "thead", "tfoot"})

_NAME = re.compile(r"[a-zA-Z][^\s/>]*")
_ATTRIBUTE = re.compile(
    r"""[\s/]*(?:(?P<name>[^\s/>][^\s/>=]*)"""
    r"""(?:\s*=\s*(?:"(?P<double>[^"]*)"|'(?P<single>[^']*)'|(?P<bare>[^\s>"'][^\s>]*))?)?)"""
)
_END_OF_TAG = re.compile(r"[\s/]*>")
_COMMENT_END = re.compile(r"--!?>")
# `html.unescape` turns the digits into a number; Python refuses those of 5,000 digits.
_ENDLESS_NUMBER = re.compile(r"&#(?:[xX][0-9a-fA-F]{9,}|[0-9]{9,});?")


class TooTangled(ValueError):
    """More tags, attributes or nesting than allowed; `what` names which."""

    def __init__(self, what):
        super().__init__(what)
        self.what = what


@dataclass
class Element:
    """A tag with its attributes (names lower case, values unescaped) and what is inside."""

    tag: str
    attributes: dict = field(default_factory=dict)
    children: list = field(default_factory=list)

    def get(self, name):
        return self.attributes.get(name, "")

    @property
    def style(self):
        return self.get("style").lower()

    def elements(self):
        """All elements below, in document order; no recursion, so depth does not matter."""
        waiting = [child for child in reversed(self.children) if isinstance(child, Element)]
        while waiting:
            element = waiting.pop()
            yield element
            waiting.extend(c for c in reversed(element.children) if isinstance(c, Element))

    def text(self):
        """All text below, unescaped, as it stands."""
        parts, waiting = [], list(reversed(self.children))
        while waiting:
            child = waiting.pop()
            if isinstance(child, Element):
                if child.tag == "br":
                    parts.append("\n")
                waiting.extend(reversed(child.children))
            else:
                parts.append(child)
        return "".join(parts)


def unescape(text):
    return plain_text(html.unescape(_ENDLESS_NUMBER.sub("\N{REPLACEMENT CHARACTER}", text)))


def parse(source, *, max_tags=20_000, max_attributes=50, max_nesting=32):
    """The tree of `source` under one root element without a tag; raises `TooTangled`.

    Comments, declarations, conditional sections and the content of scripts and styles are left
    out. Text comes unescaped, in NFC, without control characters.
    """
    root = Element("")
    stack = [root]
    tags = nesting = 0
    for kind, name, attributes in _tokens(source, max_attributes):
        if kind == "text":
            stack[-1].children.append(name)
            continue
        if kind == "close":
            nesting -= _close(stack, name)
            continue
        tags += 1
        if tags > max_tags:
            raise TooTangled("tags")
        nesting -= _make_room(stack, name)
        element = Element(name, attributes)
        stack[-1].children.append(element)
        if name not in VOID:
            stack.append(element)
            nesting += name not in _NOT_NESTING
            if nesting > max_nesting:
                raise TooTangled("nesting")
    return root


def _make_room(stack, name):
    closed = 0
    if name in _CLOSES:
        border = _BORDER.get(name, _TABLE)
        closed += _close_back_to(stack, _CLOSES[name], border)
    if name in _ENDS_PARAGRAPH:
        closed += _close_back_to(stack, {"p"}, _BORDER["p"])
    return closed


def _close_back_to(stack, names, border):
    """Close the outermost open element of `names` this side of `border`, with all inside it."""
    cut = None
    for index in range(len(stack) - 1, max(len(stack) - 60, 0), -1):
        if stack[index].tag in border:
            break
        if stack[index].tag in names:
            cut = index
    return _cut(stack, cut) if cut else 0


def _close(stack, name):
    for index in range(len(stack) - 1, max(len(stack) - 300, 0), -1):
        tag = stack[index].tag
        if tag == name:
            return _cut(stack, index)
        # A stray </div> inside a cell must not close the table around it.
        if tag in ("td", "th") and name not in ("tr", "table", "tbody", "thead", "tfoot"):
            return 0
    return 0


def _cut(stack, index):
    nested = sum(element.tag not in _NOT_NESTING for element in stack[index:])
    del stack[index:]
    return nested


def _tokens(source, max_attributes):
    """("text", text, None), ("open", name, attributes) and ("close", name, None), in order."""
    position, end = 0, len(source)
    while position < end:
        start = source.find("<", position)
        if start < 0:
            start = end
        if start > position:
            yield "text", unescape(source[position:start]), None
        if start == end:
            return
        following = source[start + 1 : start + 2]
        if following == "!" or following == "?":
            position = _after_declaration(source, start)
        elif following == "/":
            name = _NAME.match(source, start + 2)
            if name:
                yield "close", name[0].lower(), None
            position = _after_sign(source, start + 2)
        elif name := _NAME.match(source, start + 1):
            attributes, position = _attributes(source, name.end(), max_attributes)
            if attributes is None:
                return
            tag = name[0].lower()
            yield "open", tag, attributes
            if tag in RAW_TEXT:
                text, position = _raw_text(source, position, tag)
                # Titles and what readers without scripts see are the only such text anybody needs.
                if tag == "title":
                    yield "text", unescape(text), None
                elif tag == "script" and "ld+json" in attributes.get("type", ""):
                    yield "text", plain_text(text), None
                yield "close", tag, None
        else:
            yield "text", "<", None
            position = start + 1


def _after_declaration(source, start):
    if source.startswith("<!--", start):
        if source.startswith(("<!-->", "<!--->"), start):
            return _after_sign(source, start)
        found = _COMMENT_END.search(source, start + 4)
        return found.end() if found else len(source)
    return _after_sign(source, start)


def _after_sign(source, position):
    found = source.find(">", position)
    return found + 1 if found >= 0 else len(source)


def _attributes(source, position, most):
    """({name: value}, position after the tag), or (None, …) where the source ends inside it."""
    attributes, count = {}, 0
    while True:
        if closing := _END_OF_TAG.match(source, position):
            return attributes, closing.end()
        found = _ATTRIBUTE.match(source, position)
        if not found or found.end() >= len(source):
            return None, len(source)
        count += 1
        if count > most:
            raise TooTangled("attributes")
        value = found["double"] or found["single"] or found["bare"] or ""
        attributes.setdefault(found["name"].lower(), unescape(value))
        position = found.end()


def _raw_text(source, position, tag):
    if tag == "plaintext":
        return source[position:], len(source)
    found = re.compile(rf"</{tag}(?=[\s/>])", re.IGNORECASE).search(source, position)
    if not found:
        return source[position:], len(source)
    return source[position : found.start()], _after_sign(source, found.end())
