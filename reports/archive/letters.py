"""Which letters a file of an old portal is written in. No Django here."""

import codecs

UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
# Windows' own Vietnamese page: what offices saved in before Unicode.
OLD_PAGE = "cp1258"
_PORTION = 1 << 16


def encoding_of(stream):
    """`utf-16`, `utf-8-sig` or `cp1258`: told by the bytes of a binary stream, read to its end."""
    head = stream.read(_PORTION)
    if head.startswith(UTF_16):
        return "utf-16"
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        while head:
            decoder.decode(head)
            head = stream.read(_PORTION)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return OLD_PAGE
    return "utf-8-sig"


def decoded(content):
    """The text of `content`; a letter that no encoding knows becomes a replacement sign."""
    encodings = ("utf-16",) if content.startswith(UTF_16) else ("utf-8-sig", OLD_PAGE)
    for encoding in encodings:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return content.decode(encodings[-1], "replace")
