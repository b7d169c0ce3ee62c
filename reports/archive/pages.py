"""A saved page with the pictures that lie beside it becomes one file the reader understands.

The pictures are set into the page as data, so they take the same way as those pasted into a form:
checked, turned upright, stripped. Nothing is fetched from anywhere.
"""

import base64
import posixpath
import re
from dataclasses import dataclass
from html import unescape

from portal.limited import run_limited
from reports.intake.encodings import decoded
from reports.intake.signs import picture_sign
from reports.intake.webpage import read_html

from .addresses import old_address

MAX_PICTURES = 40
MAX_PICTURES_BYTES = 18_000_000
# Buttons and emblems weigh less than any photograph.
SMALLEST = 4_000
_IMG = re.compile(r"<img\b[^<>]*>", re.IGNORECASE)
_SRC = re.compile(
    r"(\s)(?:src|data-src|data-original)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))",
    re.IGNORECASE,
)
_KEPT = re.compile(r"\s(?:class|alt)\s*=\s*(?:\"[^\"]*\"|'[^']*')", re.IGNORECASE)
_FURNITURE = re.compile(
    r"icon|logo|banner|spacer|avatar|button|sprite|qr-?code|captcha", re.IGNORECASE
)
_ELSEWHERE = re.compile(r"[a-z][a-z0-9+.-]*:|//", re.IGNORECASE)
_SIGNATURES = (
    (b"\xff\xd8\xff", "jpeg"),
    (b"\x89PNG\r\n", "png"),
    (b"GIF8", "gif"),
)


@dataclass
class SavedPage:
    """`content` for the reader; the page's old address; how many pictures were set into it."""

    content: bytes
    original_url: str = ""
    pictures: int = 0


def saved_page(content, find):
    """The `SavedPage` of HTML; `find(address)` gives the bytes of a file beside it, or None."""
    return _with_pictures(decoded(content), find)


def web_archive(content):
    """The `SavedPage` of an MHTML file; it is opened in a child process. Raises Refusal."""
    answer, blobs = run_limited("reports.archive.mhtml:read_mhtml", content)
    found = {address: blobs[name] for address, name in answer["pictures"].items()}
    return _with_pictures(blobs["page"].decode(), found.get, given=answer["address"], any_host=True)


def _with_pictures(markup, find, *, given="", any_host=False):
    left = [MAX_PICTURES, MAX_PICTURES_BYTES]

    def embed(tag):
        for space, *values in _SRC.findall(tag[0]):
            address = unescape(next((value for value in values if value), "")).strip()
            if data := _picture(address, find, left, any_host=any_host):
                return f'<img{space}src="{data}"{_kept_of(tag[0])}>'
        return tag[0]

    page = SavedPage(b"", old_address(markup, given))
    page.content = _IMG.sub(embed, markup).encode()
    page.pictures = MAX_PICTURES - left[0]
    return page


def _kept_of(tag):
    """The class, which may say that the picture is furniture, and the words for who cannot see it."""
    return "".join(_KEPT.findall(tag))


def _picture(address, find, left, *, any_host):
    if not address or left[0] <= 0 or _FURNITURE.search(posixpath.basename(address)):
        return None
    if _ELSEWHERE.match(address) and not any_host:
        return None
    content = find(address)
    if not content or not SMALLEST <= len(content) <= left[1]:
        return None
    kind = next((kind for signature, kind in _SIGNATURES if content.startswith(signature)), None)
    if kind is None and content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        kind = "webp"
    if kind is None:
        return None
    left[0] -= 1
    left[1] -= len(content)
    return f"data:image/{kind};base64,{base64.b64encode(content).decode()}"


def pictures_in_text(content):
    """The pictures of a page that stand in its main text, as base64 texts: not those of its menus
    and lists of other news.
    """
    page = read_html(content.decode())
    text = "".join(node.text() for node in page.nodes)
    return {data for number, (_, data) in page.pictures.items() if picture_sign(number) in text}
