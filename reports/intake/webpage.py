"""A saved page of an old portal: its main text, and what its head says about it.

Menus, forms, hidden parts and lists of links go; the block with the longest running text stays,
with the heading above it and the lines below. What a page says for machines (og:title, JSON-LD) is
used where its text is silent.
"""

import json
import re
from dataclasses import dataclass, field

from portal.text import fold, one_line
from reports.flow import DROPPED
from reports.markup import Element, TooTangled, parse, tag_names

from .blocks import caption_of
from .errors import UnreadableFile
from .signs import OWN_SIGNS, picture_sign
from .stamps import parse_moment

MAX_MARKUP = 2_000_000
MAX_TAGS = 40_000
MAX_NESTING = 110
_MAX_PICTURES = 60
_LOOKS_LIKE_PAGE = re.compile(r"<(?:!doctype|html|head|body|title)\b", re.IGNORECASE)
_LOOKS_LIKE_HTML = re.compile(
    r"<(?:p|div|br|span|table|h[1-6]|ul|ol|img|b|strong|em|i|font|a|article|section|figure)\b[^<>]*>",
    re.IGNORECASE,
)
_EMBEDDED = re.compile(
    r"data:image/(?P<type>jpe?g|png|gif|webp)\s*;\s*base64\s*,\s*(?P<data>[A-Za-z0-9+/=\s%]{40,})",
    re.I,
)
_SCRIPTS = re.compile(r"<(script|style)\b(?![^>]*ld\+json)[^>]*>.*?</\1\s*>", re.I | re.S)
_SIDE = re.compile(
    r"(?:^|[\s_-])(?:nav|navbar|menu|mainmenu|breadcrumbs?|sidebar|footer|share|social|comments?|"
    r"related|pagination|pager|login|search|advert|quangcao|popup|modal|cookie|toolbar|fontsize|"
    r"rating|addthis|tin-?khac|tinkhac|other-?news|tinlienquan|tags?)(?:$|[\s_-])",
    re.IGNORECASE,
)
_CAPTION_CLASS = re.compile(
    r"caption|chuthich|chu-thich|img-?desc|image-?desc|photo-?desc|desc-?image|note-?anh",
    re.IGNORECASE,
)
_SPACES = re.compile(r"\s+")
_VIETNAMESE = re.compile("[à-ỹÀ-Ỹđ]")
_FILE_NAME = re.compile(r"[\\/]|\.\w{3,4}$")
_RUNNING_TEXT = 80


@dataclass
class Page:
    nodes: list
    titles: list = field(default_factory=list)
    published_at: object = None
    pictures: dict = field(default_factory=dict)
    # What a person wrote for those who cannot see a picture, by its number.
    alts: dict = field(default_factory=dict)
    # Addresses of pictures that did not come with the text.
    outside_pictures: list = field(default_factory=list)
    removed: list = field(default_factory=list)


def looks_like_page(text):
    return bool(_LOOKS_LIKE_PAGE.search(text[:3000]))


def looks_like_html(text):
    """Whether pasted text is HTML rather than words."""
    return looks_like_page(text) or bool(_LOOKS_LIKE_HTML.search(text[:20_000]))


def read_html(text):
    """The `Page` of a whole page or a piece of HTML; raises `UnreadableFile`."""
    text, embedded = _take_pictures(OWN_SIGNS.sub("", text))
    text = _SCRIPTS.sub(" ", text) if text.count("<script") + text.count("<style") < 2000 else text
    if len(text) > MAX_MARKUP:
        raise UnreadableFile(
            "Không đọc được trang: mã HTML quá lớn (hơn 2 MB chưa kể ảnh). Hãy chép phần nội dung "
            "bài rồi dán vào ô nhập bài."
        )
    try:
        root = parse(text, max_tags=MAX_TAGS, max_attributes=100, max_nesting=MAX_NESTING)
    except TooTangled:
        raise UnreadableFile(
            "Không đọc được trang: mã HTML quá rối. Hãy chép phần nội dung bài rồi dán vào ô nhập bài."
        ) from None
    page = Page([root])
    if looks_like_page(text):
        _read_head(root, page)
    _prepare(root, page, embedded)
    if looks_like_page(text):
        page.nodes = [_main_part(root, page)]
    return page


def _take_pictures(text):
    """Pictures inside the text are set aside, so that they do not count as text."""
    embedded = []

    def keep(found):
        if len(embedded) >= _MAX_PICTURES:
            return ""
        embedded.append((found["type"].lower().replace("jpg", "jpeg"), found["data"]))
        return f"data:anh,{len(embedded) - 1}"

    return _EMBEDDED.sub(keep, text), embedded


# --- what the head says ------------------------------------------------------------------------


def _read_head(root, page):
    og_titles, titles, headings = [], [], []
    for element in root.elements():
        if element.tag == "meta":
            name = (
                element.get("property") or element.get("name") or element.get("itemprop")
            ).lower()
            content = one_line(element.get("content"))
            if name == "og:title":
                og_titles.append(content)
            elif name in ("article:published_time", "datepublished", "pubdate", "dc.date.issued"):
                page.published_at = page.published_at or parse_moment(content)
        elif element.tag == "title":
            titles.append(one_line(element.text()))
        elif element.tag == "h1":
            headings.append(one_line(element.text()))
        elif element.tag == "script" and "ld+json" in element.get("type"):
            _read_linked_data(element.text(), page, og_titles)
        elif element.tag == "time" and element.get("datetime") and "pubdate" in element.attributes:
            page.published_at = page.published_at or parse_moment(element.get("datetime"))
    page.titles = [title for title in (*og_titles, *headings, *titles) if title]


def _read_linked_data(text, page, titles):
    try:
        data = json.loads(text[:200_000])
    except (ValueError, RecursionError):
        return
    entries = data if isinstance(data, list) else [data]
    if isinstance(data, dict) and isinstance(data.get("@graph"), list):
        entries = data["@graph"]
    for entry in entries[:50]:
        if not isinstance(entry, dict) or "Article" not in str(entry.get("@type")):
            continue
        if isinstance(entry.get("headline"), str):
            titles.append(one_line(entry["headline"]))
        if isinstance(entry.get("datePublished"), str):
            page.published_at = page.published_at or parse_moment(entry["datePublished"])


# --- pictures and captions ---------------------------------------------------------------------


def _prepare(node, page, embedded):
    """Put signs where pictures and captions are; drop what is no text."""
    waiting = [node]
    while waiting:
        parent = waiting.pop()
        children = []
        for child in parent.children:
            if not isinstance(child, Element):
                children.append(child)
                continue
            if child.tag == "img":
                children += _picture(child, page, embedded)
                continue
            if child.tag in DROPPED or child.tag == "head":
                continue
            if child.tag == "figcaption" or _is_caption(child):
                child = caption_of(child)
            waiting.append(child)
            children.append(child)
        parent.children = children


def _is_caption(element):
    name = f"{element.get('class')} {element.get('id')}"
    if not _CAPTION_CLASS.search(name) or element.tag in ("figure", "table", "body", "html"):
        return False
    text = element.text().strip()
    # A WordPress caption box holds the picture as well as its words.
    return 0 < len(text) <= 400 and not any(e.tag in ("img", "table") for e in element.elements())


def _picture(element, page, embedded):
    src = element.get("src").strip()
    if src.startswith("data:anh,"):
        number = src[9:] if src[9:].isdigit() else ""
        if not number or (embedded is not None and int(number) >= len(embedded)):
            return []
        if embedded is not None:
            page.pictures[int(number)] = embedded[int(number)]
        page.alts[int(number)] = _alt(element)
        return [picture_sign(int(number))]
    if src.startswith("/media/"):
        return [element]
    if re.match(r"(?:https?:|/|\w)", src) and not _is_ornament(element, src):
        page.outside_pictures.append(src[:300])
        return [picture_sign()]
    return []


def _is_ornament(element, src):
    """Icons, and the invisible dots that tell somebody a mail was opened."""
    sizes = [element.get(name).removesuffix("px") for name in ("width", "height")]
    is_dot = any(size.isascii() and size.isdigit() and int(size) < 4 for size in sizes)
    return is_dot or bool(re.search(r"icon|logo|banner|spacer|\.svg|data:image/svg", src, re.I))


def _alt(element):
    """Programs write "A group of people" and file names; a person wrote what has a letter of ours."""
    words = one_line(element.get("alt"))[:300]
    return words if _VIETNAMESE.search(words) and not _FILE_NAME.search(words) else ""


def mark_word(root):
    """The `Page` of the tree that came from a Word file, with the same signs in it."""
    page = Page([root])
    _prepare(root, page, None)
    return page


# --- the main part -----------------------------------------------------------------------------


def _main_part(root, page):
    """The part of the page around its longest running text, with the title above it."""
    _drop_sides(root, page)
    amounts = {}
    total = _running_text(root, amounts)
    if not total:
        return root
    path = [root]
    while True:
        heavy = [
            child
            for child in path[-1].children
            if isinstance(child, Element) and amounts.get(id(child), 0) >= 0.75 * total
        ]
        if not heavy:
            break
        path.append(heavy[0])
    return _with_title(path, page, amounts)


def _with_title(path, page, amounts):
    main = path[-1]
    own = amounts.get(id(main), 0)
    if main.tag in ("p", "span", "strong", "td") and len(path) > 1:
        main = path[-2]
    titles = {fold(title) for title in page.titles if len(title) > 15}
    for element in reversed(path):
        if amounts.get(id(element), 0) > 2 * own:
            break
        if _holds_title(element, titles):
            return element
    return main


def _holds_title(element, titles):
    for inner in element.elements():
        if inner.tag == "h1" and len(inner.text().strip()) > 15:
            return True
        if inner.tag in ("h2", "h3", "h4", "div", "p", "span", "td", "strong", "b", "a"):
            text = inner.text()
            if 15 < len(text) < 500 and any(fold(text) in title for title in titles if fold(text)):
                return True
    return False


def _drop_sides(root, page):
    whole = len(_SPACES.sub(" ", root.text())) or 1
    waiting = [root]
    while waiting:
        parent = waiting.pop()
        kept = []
        for child in parent.children:
            if isinstance(child, Element):
                if _is_side(child, whole):
                    if line := _words(child)[:200]:
                        page.removed.append(line)
                    continue
                waiting.append(child)
            kept.append(child)
        parent.children = kept


def _words(element):
    parts = [element, *element.elements()]
    texts = [" ".join(c for c in part.children if isinstance(c, str)) for part in parts]
    return one_line(" ".join(texts))


def _is_side(element, whole):
    if element.tag in ("nav", "aside", "footer"):
        return len(element.text()) < 0.4 * whole
    if element.tag not in ("div", "ul", "ol", "section", "td", "table", "span", "header", "p"):
        return False
    text = element.text().strip()
    if not text or len(text) > 0.4 * whole:
        return False
    if _SIDE.search(f"{element.get('class')} {element.get('id')}"):
        return not any(inner.tag == "h1" for inner in element.elements())
    links = [inner for inner in element.elements() if inner.tag == "a"]
    linked = sum(len(link.text().strip()) for link in links)
    return len(links) >= 3 and linked > 0.7 * len(text)


def _running_text(root, amounts):
    """How much of long paragraphs stands in each element; fills `amounts`, returns the whole."""
    order = [root, *root.elements()]
    for element in reversed(order):
        inline = []
        amount = 0
        for child in element.children:
            if not isinstance(child, Element):
                inline.append(child)
            elif child.tag in _INLINE:
                inline.append("" if child.tag == "a" else child.text())
            else:
                amount += amounts.get(id(child), 0)
        words = _SPACES.sub(" ", "".join(inline)).strip()
        amounts[id(element)] = amount + (len(words) if len(words) >= _RUNNING_TEXT else 0)
    return amounts[id(root)]


_INLINE = tag_names("a b br em font i small span strong sub sup u")
