"""Captions among the blocks of a text: which lines they are, and which picture each belongs to."""

import re

from . import headline
from .blocks import FIGURE, LIST, PICTURE, TABLE
from .byline import Credits
from .captions import credit_words, credits_inside, is_caption, is_view, same_line, split_credit

# `Hình 1: …`: numbers that Word counts and a page has no use for.
_NUMBERED = re.compile(r"^(?:hình|ảnh|hình ảnh|figure|picture)\s+\d{1,3}\s*[.:–-]\s*(?=\S)", re.I)


def without_captions(blocks, layout):
    """The blocks of the text; captions go to `layout`, those of its own pictures with their number."""
    kept, in_gallery, is_below = [], False, False
    skip = set()
    # What stands near the pictures, in order: ("picture", number), ("caption", words, credit) and
    # ("line", block) for everything else.
    seen = []
    for index, block in enumerate(blocks):
        if index in skip:
            continue
        if block.kind == PICTURE:
            seen.append(("picture", block.picture, block.credit))
            is_below = True
            continue
        text = block.text
        if block.kind in (FIGURE, TABLE, LIST) or index == 0:
            kept.append(block)
            seen.append(("line", block, ""))
            is_below = False
            continue
        following = blocks[index + 1].text if index + 1 < len(blocks) else ""
        doubled = same_line(text, following) and len(text) <= 300
        credited = split_credit(text)
        if doubled:
            skip.add(index + 1)
            layout.drop(following, "chú thích lặp lại")
        in_gallery = in_gallery or _opens_gallery(layout, text)
        short = len(text) <= 200 and not headline.begins_like_lead(text)
        certain = (
            block.is_caption
            or doubled
            or credited
            or (is_below and short and _is_below_picture(block))
            or (in_gallery and short and not re.search(r"[.:]$", text))
        )
        certain = certain or is_view(text)
        if certain or (is_caption(text) and not _has_twin(blocks, index, layout)):
            seen.append(("caption", take_caption(text, layout), credit_words(text)))
        else:
            kept.append(block)
            seen.append(("line", block, ""))
        is_below = False
    _give_to_pictures(seen, kept, layout)
    return kept


def _give_to_pictures(seen, kept, layout):
    """Each picture's caption, from the stretches of pictures and captions between other lines."""
    start = 0
    while start < len(seen):
        if seen[start][0] == "line":
            start += 1
            continue
        end = start
        while end < len(seen) and seen[end][0] != "line":
            end += 1
        before = seen[start - 1][1] if start else None
        _give_in_stretch(seen[start:end], before, kept, layout)
        start = end


def _give_in_stretch(stretch, before, kept, layout):
    """Captions stand below their pictures, unless a stretch begins with one and ends with a picture.

    Several pictures above one caption share it.
    """
    kinds = [kind for kind, *_ in stretch]
    pictures = kinds.count("picture")
    if (
        pictures > 1
        and kinds[0] == kinds[-1] == "picture"
        and kinds.count("caption") == pictures - 1
        and _may_be_first_caption(before, kept)
    ):
        kept.remove(before)
        stretch = [
            ("caption", take_caption(before.text, layout), credit_words(before.text)),
            *stretch,
        ]
        kinds = ["caption", *kinds]
    is_above = kinds[0] == "caption" and kinds[-1] == "picture"
    waiting, words = [], ("", "")
    for kind, what, credit in stretch:
        if kind == "caption":
            for number in [] if is_above else waiting:
                _give(layout, number, what, credit)
            waiting, words = [], (what, credit)
            continue
        waiting.append(what)
        if what is not None:
            layout.pictures.setdefault(what, "")
            if credit:
                layout.picture_credits[what] = credit
        if is_above:
            _give(layout, what, *words)


def _give(layout, number, caption, credit):
    if number is None or layout.pictures.get(number):
        return  # shown a second time: the first words count
    layout.pictures[number] = caption
    if credit:
        layout.picture_credits[number] = credit


def _may_be_first_caption(block, kept):
    """Captions above their pictures: the first looks like any short line until one has counted."""
    return (
        block is not None
        and block in kept[1:]
        and block.kind not in (FIGURE, TABLE, LIST)
        and len(block.text) <= 200
        and _is_below_picture(block)
    )


def _is_below_picture(block):
    """A line right below a picture: set apart, without a full stop, or one short sentence."""
    ends = block.text.rstrip().endswith((".", ":", ";"))
    is_short = len(block.text) <= 120 and not headline.is_paragraph(block.text)
    return is_caption(block.text, under_picture=block.is_set_apart or is_short or not ends)


def _has_twin(blocks, index, layout):
    """Two such lines in a row may be captions or titles of other items: nobody knows."""
    near = [blocks[i].text for i in (index - 1, index + 1) if 0 < i < len(blocks)]
    near = [text for text in near if is_caption(text) and not headline.is_paragraph(text)]
    if near and not any(is_view(text) or split_credit(text) for text in near):
        layout.warnings.append("Có mấy dòng liền nhau giống chú thích ảnh hoặc tít của tin khác.")
        return True
    return False


def _opens_gallery(layout, text):
    galleries = [r.line for r in layout.removed if r.rule == "đầu mục ảnh"]
    return bool(galleries) and not headline.is_paragraph(text)


def take_caption(text, layout):
    credited = split_credit(text)
    caption = text
    if credited:
        caption, names = credited
        layout.credit_photos(names, text)
    caption = _NUMBERED.sub("", caption)
    if caption and caption not in layout.captions:
        layout.captions.append(caption)
        layout.evidence.setdefault("captions", text)
    return caption


def read_credits_inside(layout):
    """Credits of pictures whose captions an aggregator has run into the text."""
    for block in layout.body[:200]:
        for name, caption, _ in credits_inside(block.text):
            layout.take_credits(Credits(photographers=[name]), f"{caption}. Ảnh: {name}")
            if caption and caption not in layout.captions:
                layout.captions.append(caption)
                layout.warnings.append("Chú thích ảnh còn lẫn trong bài: xin xem lại.")
    layout.warnings = list(dict.fromkeys(layout.warnings))
