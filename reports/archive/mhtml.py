"""A web archive (.mht, .mhtml) in the child process: the page and the pictures packed with it.

No Django here; `portal.limited` runs `read_mhtml` with limits.
"""

import email
import email.policy

from portal.limited import Refusal

MAX_PARTS = 500
_PICTURES = ("image/jpeg", "image/png", "image/gif", "image/webp")
_NO_PAGE = "Không thấy trang nào trong tệp lưu trang (.mht). Hãy mở trang và lưu lại kiểu “Trang web, đầy đủ”."


def read_mhtml(content):
    """({"address", "pictures": {address: blob name}}, {"page": UTF-8, name: bytes}).

    A picture is known by its address and by its content id. Raises Refusal.
    """
    message = email.message_from_bytes(content, policy=email.policy.compat32)
    page, blobs, pictures = None, {}, {}
    for number, part in enumerate(message.walk()):
        if number > MAX_PARTS:
            break
        kind = part.get_content_type()
        if kind in ("text/html", "application/xhtml+xml") and page is None:
            page = part
        elif kind in _PICTURES:
            name = str(number)
            blobs[name] = part.get_payload(decode=True) or b""
            for address in _addresses(part):
                pictures.setdefault(address, name)
    if page is None:
        raise Refusal(_NO_PAGE)
    address = message.get("Snapshot-Content-Location") or page.get("Content-Location") or ""
    blobs["page"] = _text(page).encode()
    return {"address": str(address).strip()[:2000], "pictures": pictures}, blobs


def _addresses(part):
    location = str(part.get("Content-Location") or "").strip()
    content_id = str(part.get("Content-ID") or "").strip(" <>")
    return [a for a in (location, f"cid:{content_id}" if content_id else "") if a]


def _text(part):
    content = part.get_payload(decode=True) or b""
    for encoding in (part.get_content_charset() or "utf-8", "utf-8", "cp1258"):
        try:
            return content.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
    return content.decode("utf-8", "replace")
