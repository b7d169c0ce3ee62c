"""Which letters a file is written in. Told by its bytes alone: what pages say of themselves is often
false, and one letter that an old portal cut in half makes no other page of the rest. No Django here.
"""

import codecs
import io

UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
# Windows' own Vietnamese page: what offices saved in before Unicode.
OLD_PAGE = "cp1258"
LOST = "\ufffd"
# In the old page hardly two letters in a row make one of UTF-8.
_GOOD_FOR_A_LOST_ONE = 4
_PORTION = 1 << 16


def encoding_of(stream):
    """`utf-16`, `utf-8-sig` or `cp1258`: told by the bytes of a binary stream, read to its end."""
    head = stream.read(_PORTION)
    if head.startswith(UTF_16):
        return "utf-16"
    decoder = codecs.getincrementaldecoder("utf-8")("replace")
    good = lost = 0
    while head:
        text = decoder.decode(head)
        lost += text.count(LOST)
        good += sum(1 for letter in text if letter > "\x7f")
        head = stream.read(_PORTION)
    lost += decoder.decode(b"", final=True).count(LOST)
    return OLD_PAGE if (good - lost) < _GOOD_FOR_A_LOST_ONE * lost else "utf-8-sig"


def decoded(content):
    """The text of `content`; where a letter is lost, or known to no encoding, stands LOST."""
    return content.decode(encoding_of(io.BytesIO(content)), "replace")
