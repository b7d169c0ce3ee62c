"""The end of the text: the byline without a label, and the page's foot."""

import re

from reports import sentences

from . import headline
from .blocks import FIGURE, LIST, PICTURE, TABLE
from .byline import read_bare, read_labelled
from .captions import is_caption, split_credit

_TAIL = 8


def last_paragraph(blocks):
    places = [i for i, b in enumerate(blocks) if b.kind == LIST or headline.is_paragraph(b.text)]
    return places[-1] if places else -1


def read_tail(blocks, layout):
    """Find the byline without a label, in a line of its own or glued to the last sentence."""
    last = last_paragraph(blocks)
    signed = layout.signed_at
    if not layout.credits.authors:
        place = _bare_byline(blocks, last, layout)
        if place is not None:
            blocks, signed = _take_bare(blocks, place, layout), place
        elif last >= 0:
            blocks = _take_glued(blocks, layout)
    return _drop_tail(blocks, signed, layout)


def _bare_byline(blocks, last, layout):
    after = [i for i in range(last + 1, min(len(blocks), last + 40)) if _may_sign(blocks[i])]
    people = [i for i in after if read_bare(blocks[i].text).authors]
    if people:
        return people[0]
    before = [
        i
        for i in range(max(1, len(blocks) - _TAIL), last)
        if _may_sign(blocks[i]) and read_bare(blocks[i].text).authors
    ]
    if before and all(len(b.text) < 300 for b in blocks[before[-1] + 1 :]):
        return before[-1]
    others = [i for i in after[:2] if i <= last + 3]
    if others and not _is_masthead(blocks, others[0], layout):
        return others[0]
    return None


def _may_sign(block):
    return (
        block.kind not in (PICTURE, FIGURE, TABLE, LIST)
        and not block.is_caption
        and read_bare(block.text) is not None
    )


def _is_masthead(blocks, place, layout):
    """An office above its address belongs to the page's foot."""
    if read_bare(blocks[place].text).source:
        return False
    foot = [block.text for block in blocks[place + 1 :]] + layout.foot_lines[-6:]
    return any(
        re.match(r"(?:địa chỉ|điện thoại|đt|email|fax|trưởng ban|website)\s*:", t, re.I)
        for t in foot
    )


def _take_bare(blocks, place, layout):
    credits = read_bare(blocks[place].text)
    layout.take_credits(credits, blocks[place].text)
    end = place + 1
    # The office or the source in a line of its own below the name.
    while end < min(len(blocks), place + 3):
        more = read_bare(blocks[end].text) if _may_sign(blocks[end]) else None
        if not more or more.authors or _is_masthead(blocks, end, layout):
            break
        if (more.organisation and layout.credits.organisation) or not credits.authors:
            break
        layout.take_credits(more, blocks[end].text)
        end += 1
    return blocks[:place] + blocks[end:]


def _take_glued(blocks, layout):
    """`… ngày càng vững mạnh. Minh Khuê`: a name behind the last full stop."""
    texts = [i for i, b in enumerate(blocks) if b.kind not in (PICTURE, FIGURE, TABLE) and b.text]
    if not texts or blocks[texts[-1]].kind == LIST:
        return blocks
    last = texts[-1]
    block = blocks[last]
    text = block.text
    for end in sorted(sentences.boundaries(text)):
        tail = text[end:].strip()
        if len(tail) > 90:
            continue
        credits = read_labelled(tail) or read_bare(tail)
        if credits and (credits.authors or credits.source or credits.photographers):
            layout.take_credits(credits, tail)
            layout.warnings.append(f"Tên cuối đoạn “{tail}” được tách khỏi bài: xin xem lại.")
            blocks = list(blocks)
            blocks[last] = block.with_text(text[:end].strip())
            return blocks
    return blocks


def _drop_tail(blocks, signed, layout):
    """Behind the last paragraph single words are the page's foot; behind the byline all but captions."""
    last = last_paragraph(blocks)
    kept = blocks[: last + 1]
    for index, block in enumerate(blocks[last + 1 :], start=last + 1):
        is_line = block.kind not in (PICTURE, FIGURE, TABLE, LIST) and not block.is_caption
        is_short = len(block.text.split()) <= 3
        is_behind = signed is not None and index >= signed
        if is_line and (is_short or (is_behind and not _may_be_caption(block.text))):
            layout.drop(block.text, "chân trang")
            layout.foot_lines.append(block.text)
            continue
        kept.append(block)
    return kept


def _may_be_caption(text):
    return is_caption(text) or split_credit(text) is not None
