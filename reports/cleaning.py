"""Every piece of HTML that comes in – form, paste, import, restore – passes `clean_html`.

Two judges, one after the other. The first reads the markup within caps (`markup.parse`) and writes
from its tree a small, regular text: paragraphs, headings, lists, tables, figures. The second, nh3,
lets nothing through that is not listed here, whatever the first may have overlooked.
"""

import nh3

from portal.text import plain_text

from .flow import CLASSES, flow
from .markup import TooTangled, parse, tag_names

MAX_BYTES = 500_000
MAX_TAGS = 20_000
MAX_ATTRIBUTES = 50
MAX_NESTING = 32

ATTRIBUTES = {
    "a": {"href", "rel"},
    "img": {"src", "alt", "width", "height"},
    "ol": {"start"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
}
TAGS = tag_names(
    "a blockquote br caption em figcaption figure h2 h3 h4 hr img li ol p s strong sub sup "
    "table tbody td th thead tr u ul"
)
_CLEANER = nh3.Cleaner(
    tags=set(TAGS),
    attributes=ATTRIBUTES,
    allowed_classes={"p": set(CLASSES)},
    url_schemes={"http", "https", "mailto", "tel"},
    link_rel=None,
)


class UncleanableHtml(ValueError):
    """Refused before cleaning; the message is Vietnamese and says what to do."""


def clean_html(html):
    """`html` as our pages may show it; `clean_html(clean_html(x)) == clean_html(x)`.

    Kept: paragraphs (centred or set right), headings, lists, tables, quotes, figures, emphasis;
    pictures of our own media; links to http(s), mailto and tel, other sites' with
    `rel="nofollow noopener"`. Word's residue becomes plain paragraphs and real lists; empty
    paragraphs, hidden text, scripts, forms, styles, ids and names are gone. Text is NFC, without
    control and bidi characters.

    Raises `UncleanableHtml` for more than 500 kB, 20,000 tags, 50 attributes in a tag or 32 nested
    elements (SECURITY, "Rich text").
    """
    html = str(html or "")
    _check_size(html)
    try:
        tree = parse(
            html, max_tags=MAX_TAGS, max_attributes=MAX_ATTRIBUTES, max_nesting=MAX_NESTING
        )
    except TooTangled as error:
        raise UncleanableHtml(_TOO_MANY[error.what]) from None
    cleaned = plain_text(_CLEANER.clean("\n".join(flow(tree.children))))
    # Written anew it may have grown (a `rel` for each link); it must pass here again.
    _check_size(cleaned)
    if cleaned.count("<") - cleaned.count("</") > MAX_TAGS:
        raise UncleanableHtml(_TOO_MANY["tags"])
    return cleaned


def _check_size(html):
    if len(html) > MAX_BYTES or len(html.encode("utf-8", "replace")) > MAX_BYTES:
        raise UncleanableHtml(
            "Nội dung quá dài (hơn 500 kB). Hãy bỏ ảnh dán thẳng vào bài rồi tải ảnh lên riêng, "
            "hoặc tách thành nhiều bài."
        )


_TOO_MANY = {
    "tags": "Nội dung có quá nhiều thẻ định dạng. Hãy dán lại ở dạng chữ thường (Ctrl+Shift+V).",
    "attributes": "Nội dung có thẻ mang quá nhiều thuộc tính. Hãy dán lại ở dạng chữ thường "
    "(Ctrl+Shift+V).",
    "nesting": "Nội dung có các thẻ lồng nhau quá sâu. Hãy dán lại ở dạng chữ thường "
    "(Ctrl+Shift+V).",
}
