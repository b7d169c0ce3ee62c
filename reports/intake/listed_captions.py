"""Captions that stand together, numbered, apart from their pictures: `Ảnh 1: …`, `Ảnh 2: …`."""

import re

from .blocks import PARAGRAPH, PICTURE
from .captions import credit_words
from .picture_words import take_caption

_LINE = re.compile(r"(?:hình ảnh|hình|ảnh)\s+(\d{1,2})\s*[.:–-]\s*\S", re.IGNORECASE)
_HEAD = re.compile(
    r"(?:chú thích|lời)(?: (?:cho )?(?:các )?(?:hình ảnh|hình|ảnh))?\W*", re.IGNORECASE
)
_FEWEST = 2


def take_listed_captions(blocks, layout):
    """The blocks without such a list; each picture gets the caption of its number.

    Only a list that numbers all pictures of the text, or one of pictures that did not come with it.
    """
    pictures = list(dict.fromkeys(b.picture for b in blocks if b.kind == PICTURE))
    for start in range(1, len(blocks)):
        length = _length_of_list(blocks, start)
        if length < _FEWEST or len(pictures) not in (0, length):
            continue
        for number, block in enumerate(blocks[start : start + length]):
            caption, credit = take_caption(block.text, layout), credit_words(block.text)
            if pictures and pictures[number] is not None:
                layout.pictures[pictures[number]] = caption
                if credit:
                    layout.picture_credits[pictures[number]] = credit
        head = blocks[start - 1]
        if _HEAD.fullmatch(head.text):
            layout.drop(head.text, "đầu mục ảnh")
            start, length = start - 1, length + 1
        return blocks[:start] + blocks[start + length :]
    return blocks


def _length_of_list(blocks, start):
    """How many blocks from `start` on are numbered 1, 2, 3 …"""
    length = 0
    for block in blocks[start:]:
        found = _LINE.match(block.text) if block.kind == PARAGRAPH else None
        if not found or int(found[1]) != length + 1:
            break
        length += 1
    return length
