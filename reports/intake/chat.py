"""Text copied out of Zalo or Messenger: stamps and senders go, `[Hình ảnh]` stands for a photo.

A sender is no author: who sent a text to the newsroom need not have written it.
"""

import re
import unicodedata
from itertools import groupby

from portal.text import fold

from .blocks import LIST, PARAGRAPH, PICTURE, Block

_TIME = r"\d{1,2}:\d{2}(?::\d{2})?(?:\s*[AaPp][Mm])?"
_DATE = r"\d{1,2}/\d{1,2}(?:/\d{2,4})?"
_SENDER = r"(?P<sender>[^:\[\]]{1,40}):"
# `[07:42, 04/04/2026] Như Ý: …`, `[4/4/2026 7:42 AM] Như Ý: …`
_STAMP = re.compile(rf"\[(?:{_TIME}[,\s]+{_DATE}|{_DATE}[,\s]+{_TIME})\]\s*(?:{_SENDER}\s*)?")
_PHOTO = re.compile(r"\[(?:hình ảnh|ảnh|hình|photo|image|picture)\](?:\s*x?\s*\d{1,2})?", re.I)
_OTHER_FILE = re.compile(
    r"\[(?:sticker|nhãn dán|video|tệp|tập tin|file|gif|thoại|voice|danh thiếp|liên kết|link|vị trí)\]"
    r".{0,80}",
    re.I,
)
_BUTTON = re.compile(
    r"(?:da (?:xem|gui|nhan|thu hoi(?: mot| 1)? tin nhan)|tra loi|chuyen tiep|tin nhan da thu hoi)"
    r"(?: .{0,20})?"
)
_CLOCK = re.compile(rf"{_TIME}(?:[,\s]+{_DATE})?|{_DATE}[,\s]+{_TIME}")
_JOINERS = "\u200d\ufe0f\u20e3"


def without_chat(blocks):
    """(blocks, number of photos that stayed in the chat, [dropped line]) of pasted plain text."""
    is_chat = any(_STAMP.match(b.text) or _PHOTO.fullmatch(b.text) for b in blocks)
    kept, dropped = [], []
    for block in blocks:
        text = block.text
        if not is_chat:
            kept.append(block)
            continue
        if stamp := _STAMP.match(text):
            dropped.append(stamp[0].strip())
            text = text[stamp.end() :].strip()
        if _PHOTO.fullmatch(text):
            kept.append(Block("", "", PICTURE))
        elif _OTHER_FILE.fullmatch(text) or _CLOCK.fullmatch(text) or _BUTTON.fullmatch(fold(text)):
            dropped.append(text)
        elif text:
            kept.append(block if text == block.text else block.with_text(text))
    photos = sum(block.kind == PICTURE for block in kept)
    # On a saved page such a dot stands before menus and page numbers as well.
    dots = "•" if is_chat else ""
    return _with_lists(kept, dots), photos, dropped


def _with_lists(blocks, dots):
    """Two and more lines that begin with a sign instead of a letter are a list."""
    written = []
    for is_item, group in groupby(blocks, key=lambda block: _is_item(block, dots)):
        group = list(group)
        if is_item and len(group) > 1:
            items = [_bare(block) for block in group]
            html = "".join(
                item.html.replace("<p>", "<li>").replace("</p>", "</li>") for item in items
            )
            written.append(Block(" ".join(item.text for item in items), f"<ul>{html}</ul>", LIST))
        else:
            written += [
                _bare(block) if _begins_with_picture_sign(block.text) else block for block in group
            ]
    return written


def _is_item(block, dots):
    if block.kind != PARAGRAPH or not any(letter.isalpha() for letter in block.text):
        return False
    return block.text[0] in dots or _begins_with_picture_sign(block.text)


def _begins_with_picture_sign(text):
    """Emoji and arrows: what no Vietnamese sentence begins with."""
    return bool(text) and unicodedata.category(text[0]) == "So"


def _bare(block):
    """The block without the signs at its beginning and end, whose place is a screen."""
    text = block.text
    while text and (
        text[0] in f"•{_JOINERS} " or unicodedata.category(text[0]) in ("So", "Sk", "Co", "Cn")
    ):
        text = text[1:]
    while text and (
        text[-1] in f"{_JOINERS} " or unicodedata.category(text[-1]) in ("So", "Sk", "Cn")
    ):
        text = text[:-1]
    return block.with_text(text) if text else block
