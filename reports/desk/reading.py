"""A published text line by line, as the desk looks for numbers and promises in it."""

import html
import re
from dataclasses import dataclass

from portal.text import one_line
from portal.tokens import word_forms
from reports.sentences import split

HEADING, PARAGRAPH, ITEM = "heading", "paragraph", "item"
# As much of a text as is looked at; the rest of an endless one is not worth the wait.
LONGEST_LINE = 6_000
MOST_LINES = 400

_TAG = re.compile(r"<(/?)([a-z][a-z0-9]*)[^>]*>")
_ENDS_LINE = frozenset(
    [
        "p",
        "h2",
        "h3",
        "h4",
        "li",
        "ul",
        "ol",
        "br",
        "td",
        "th",
        "tr",
        "table",
        "caption",
        "blockquote",
        "figure",
        "figcaption",
        "hr",
    ]
)
_LONGEST_HEADING = 200
_BULLET = re.compile(r"(?:[-–—+*•]|\(?\d{1,2}[.)]|[a-zđ][.)])\s*(?=\S)")


@dataclass(frozen=True)
class Line:
    kind: str
    text: str

    @property
    def sentences(self):
        return split(self.text)


def lines_of(report):
    """The `Line`s of a report's lead and body; captions of pictures are not among them.

    A paragraph all in bold is a heading, one that begins with a dash or a number an item.
    """
    lines = [Line(PARAGRAPH, one_line(report.lead))] if report.lead.strip() else []
    return [*lines, *lines_of_html(report.body)][:MOST_LINES]


def lines_of_html(body):
    """The `Line`s of HTML that `clean_html` has written."""
    lines, open_tags, words, bold = [], [], [], 0

    def flush():
        nonlocal bold
        text = one_line(html.unescape("".join(words)))[:LONGEST_LINE]
        if text and "figcaption" not in open_tags:
            is_bold = bold >= len("".join(words).strip()) and len(text) <= _LONGEST_HEADING
            lines.append(Line(_kind(text, open_tags, is_bold), text))
        words.clear()
        bold = 0

    position = 0
    for tag in _TAG.finditer(body):
        piece = body[position : tag.start()]
        position = tag.end()
        words.append(piece)
        if "strong" in open_tags:
            bold += len(piece)
        closing, name = tag.groups()
        if name in _ENDS_LINE:
            flush()
        if name in ("br", "hr", "img"):
            continue
        if not closing:
            open_tags.append(name)
        elif name in open_tags:
            while open_tags.pop() != name:
                pass
    words.append(body[position:])
    flush()
    return lines


def _kind(text, open_tags, is_bold):
    if open_tags and open_tags[-1] in ("h2", "h3", "h4"):
        return HEADING
    if "li" in open_tags or _BULLET.match(text):
        return ITEM
    return HEADING if is_bold else PARAGRAPH


def without_bullet(text):
    """`- Rà soát mô hình` -> `Rà soát mô hình`."""
    return _BULLET.sub("", text, count=1) if _BULLET.match(text) else text


def says(report, sentence):
    """Whether these words stand in the report, however they are spaced and punctuated."""
    return _words(sentence) in _words(" ".join(line.text for line in lines_of(report)))


def _words(text):
    return f" {' '.join(exact for _, exact in word_forms(text))} "
