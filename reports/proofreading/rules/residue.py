"""What Word, converters and old portals leave behind."""

import re

from ..finding import Found, Level, rule
from ..words import lists

# Also the private letters in which Word's Symbol and Wingdings draw bullets.
_BULLET = re.compile(
    "^(?:[·•▪●○◦■□➢✓❖§o\uf0a7\uf0b7\uf0d8-])\\s*$|^[·•▪●◦■➢❖§\uf0a7\uf0b7\uf0d8]\\s+(?=\\S)"
)


@rule(
    "can-may-de-lai",
    Level.BLOCK,
    "Chữ rác do Word hoặc trang cũ để lại.",
    "Xóa đoạn ấy.",
)
def residue(draft):
    for passage in draft.passages:
        low = passage.text.lower()
        for mark in lists()["residue"]["marks"]:
            at = low.find(mark.lower())
            if at >= 0:
                yield Found(
                    passage.field, passage.around(at, at + len(mark)), evidence=mark,
                    words=f"“{mark}” là chữ rác do Word hoặc trang cũ để lại.",
                    about=passage.about,
                )  # fmt: skip


@rule(
    "dau-dong-le",
    Level.WARN,
    "Dấu đầu dòng lẻ loi (•, ·) gõ bằng tay hoặc rơi ra từ Word.",
    "Bỏ dấu ấy; muốn có danh sách thì dùng nút danh sách.",
)
def lone_bullet(draft):
    for passage in draft.passages:
        if passage.field == "body" and (found := _BULLET.match(passage.text)):
            yield Found("body", passage.around(0, found.end()), evidence=passage.text[:60])
