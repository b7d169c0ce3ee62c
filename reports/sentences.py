"""Cutting Vietnamese text into sentences, for evidence and for finding what stands in which."""

import re

from .letters import UPPER

# A stop after these is no end: TP. Huế, Đ/c. Lan, GS. TS., H. Hòa Vang.
_ABBREVIATION = re.compile(
    r"(?:^|[\s(“\"])(?:tp|tx|tt|đ/c|gs|pgs|ts|ths|th\.s|bs|ks|cn|ls|q|p|h|x|st|t\.ư|tw|nxb|vv|v\.v"
    r"|[^\W\d_])\.$",
    re.IGNORECASE,
)
_END = re.compile(r"(?:[.!?…]+(?:/\.)?|\./\.)[”\"’)\]]*")
_OPENS_NEXT = re.compile(rf"\s*[“\"‘(\[\-–•]*[{UPPER}\d]")


def split(text):
    """The sentences of `text`, trimmed, in order; nothing is lost but the space between them."""
    sentences, start = [], 0
    for end in boundaries(text):
        if sentence := text[start:end].strip():
            sentences.append(sentence)
        start = end
    if rest := text[start:].strip():
        sentences.append(rest)
    return sentences


def boundaries(text):
    """Where sentences end inside `text` (not its own end)."""
    last = len(text.rstrip())
    for found in _END.finditer(text):
        end = found.end()
        if end >= last or not _OPENS_NEXT.match(text, end):
            continue
        if text[end].isspace():
            if _ABBREVIATION.search(text, max(0, found.start() - 11), found.start() + 1):
                continue
        elif found[0] == "." and not _glued(text, found.start()):
            continue
        yield end


def _glued(text, stop):
    """`… từ ngày 1/7.Tại hội nghị`: a word, a stop and a capital without a space."""
    before, after = text[stop - 1 : stop], text[stop + 1 : stop + 2]
    return (
        (before.islower() or before.isdigit())
        and after.isupper()
        and text[stop + 2 : stop + 3] != "."
    )
