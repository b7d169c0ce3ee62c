"""Which addresses may stand in a text: links of a few kinds, pictures of our own media."""

import re
import unicodedata
from urllib.parse import urlsplit

from django.conf import settings

_SCHEMES = frozenset({"http", "https", "mailto", "tel"})
_MAX_LENGTH = 1000
# Browsers drop tabs and line ends inside an address and read \ as /: such an address hides something.
_UNWANTED = re.compile(r"[\x00-\x20\x7f-\xa0\\\"<>`{}|^]")
_PATH = re.compile(r"[\w./~%-]+", re.ASCII)


def safe_link(href):
    """(address, is it ours), or None for what a reader should not follow.

    Fragments and addresses relative to some old page lead nowhere here and are refused, too.
    """
    href = _tidy(href)
    if not href or href.startswith("//"):
        return safe_link("https:" + href) if href.startswith("//") and href != "//" else None
    if href.startswith("/"):
        return href, True
    try:
        parts = urlsplit(href)
        host = parts.hostname or ""
        _ = parts.port
    except ValueError:
        return None
    if parts.scheme.lower() not in _SCHEMES:
        return None
    if parts.scheme.lower() in ("http", "https"):
        # `https://cong-that.vn@noi-khac.example/` shows one place and opens another.
        if "." not in host.strip(".") or "@" in parts.netloc:
            return None
        return href, host == settings.SITE_HOST
    return (href, True) if parts.path.strip("/") else None


def own_picture(src):
    """The path of a picture in our own media, or None: nothing is loaded from elsewhere."""
    src = _tidy(src)
    if not src:
        return None
    if src.startswith(settings.SITE_URL + "/"):
        src = src.removeprefix(settings.SITE_URL)
    path, _, _ = src.partition("?")
    if not path.startswith(settings.MEDIA_URL) or not _PATH.fullmatch(path):
        return None
    if ".." in path or "//" in path or "%" in path or path.endswith("/"):
        return None
    return path


def _tidy(address):
    """The address without the spaces around it; empty when it is too long or hides something."""
    address = unicodedata.normalize("NFC", str(address or "")).strip()
    if len(address) > _MAX_LENGTH or _UNWANTED.search(address):
        return ""
    if address and unicodedata.combining(address[0]):
        return ""
    return address
