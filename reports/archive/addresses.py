"""Where a page stood on its old portal. No Django here."""

import re
from html import unescape
from urllib.parse import urljoin, urlsplit

LONGEST = 500
_HEAD = 200_000
_TAG = re.compile(r"<(link|meta|base)\b([^<>]{0,3000})>", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"([\w:-]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))")
# Browsers write it above a page they save: `<!-- saved from url=(0031)https://cu.vn/tin/1 -->`
_SAVED_FROM = re.compile(r"<!--\s*saved from url=\(\d{1,5}\)(\S{1,2000})\s*-->", re.IGNORECASE)
_OWN_MACHINE = re.compile(r"(?:localhost|127\.|0\.0\.0\.0|\[)", re.IGNORECASE)


def old_address(markup, given=""):
    """The page's own address: what it calls canonical, og:url, or where it was saved from.

    `given` is what the container around the page says (MHTML). Many old systems call their front
    page canonical on every page: an address without a path is no answer.
    """
    head = markup[:_HEAD]
    saved = _SAVED_FROM.search(head)
    told = {"canonical": "", "og:url": "", "base": ""}
    for tag, inside in _TAG.findall(head):
        attributes = {
            name.lower(): unescape(a or b or c) for name, a, b, c in _ATTRIBUTE.findall(inside)
        }
        if tag.lower() == "link" and "canonical" in attributes.get("rel", "").lower().split():
            told["canonical"] = told["canonical"] or attributes.get("href", "")
        elif tag.lower() == "meta" and "og:url" in (
            attributes.get("property", "").lower(),
            attributes.get("name", "").lower(),
        ):
            told["og:url"] = told["og:url"] or attributes.get("content", "")
        elif tag.lower() == "base":
            told["base"] = told["base"] or attributes.get("href", "")
    containers = [unescape(saved[1]) if saved else "", given]
    bases = [usable(address, front_page=True) for address in (*containers, told["base"])]
    base = next((address for address in bases if address), "")
    for address in (told["canonical"], told["og:url"], *containers):
        if found := usable(urljoin(base, address) if address else ""):
            return found
    return ""


def usable(address, *, front_page=False):
    """`address` as it is stored: http(s) with a host, without its fragment; else empty."""
    address = str(address or "").strip()
    try:
        parts = urlsplit(address)
        host = parts.hostname or ""
    except ValueError:
        return ""
    if parts.scheme.lower() not in ("http", "https") or "." not in host:
        return ""
    if _OWN_MACHINE.match(parts.netloc) or re.search(r"[\s\x00-\x1f<>\"]", address):
        return ""
    if not front_page and not (parts.path.strip("/") or parts.query):
        return ""
    address = parts._replace(fragment="").geturl()
    return address if len(address) <= LONGEST else ""
