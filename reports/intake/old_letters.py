"""Texts typed before Unicode: TCVN3 (phông .VnTime) and VNI, which only their own fonts show as Vietnamese.

Turned into a draft they would be a page of nonsense; their letters are told by signs that stand inside
words, where nobody's Vietnamese has them.
"""

import re

from .errors import UnreadableFile

# `Tho¹i S¬n kh¸nh thµnh` and `Thoaïi Sôn khaùnh thaønh`.
_SIGNS = re.compile(
    r"[^\W\d_][µ¶¸¹¨©®¬·]|[µ¶¸¹¨©®¬·][^\W\d_]"
    r"|[aeouyAEOUY][øùûïØÙÛÏ]|[ñÑ][aeiouôöæAEIOUÔÖÆ]|[ôöÔÖ][øùûïñØÙÛÏÑ]"
)
_FEWEST, _PART = 5, 0.15
_LOOKED_AT = 20_000


def refuse_old_letters(blocks):
    """Raises UnreadableFile, with the cure, where a good part of the words cannot be read."""
    words = " ".join(block.text for block in blocks)[:_LOOKED_AT].split()
    strange = sum(1 for word in words if _SIGNS.search(word))
    if strange >= _FEWEST and strange >= _PART * len(words):
        raise UnreadableFile(
            "Bài gõ bằng phông chữ cũ (.VnTime, VNI…), không phải Unicode, nên không đọc được. Hãy đổi sang "
            "Unicode, ví dụ bằng mục chuyển mã của UniKey, rồi nhập lại."
        )
