"""The lines above the text: title, stamp, category, a writer's name – and where the text starts."""

from portal.text import fold

from . import headline
from .blocks import FIGURE, LIST, PICTURE, TABLE, Block
from .byline import read_bare, read_labelled
from .captions import is_caption, same_line, split_credit
from .picture_words import take_caption
from .stamps import read_stamp, read_views, stamp_at_end


def where_text_starts(blocks, titles):
    """The index of the lead: the first paragraph that is no title."""
    known = {fold(title).strip(" .") for title in titles}
    seen = set()
    for index, block in enumerate(blocks):
        folded = fold(block.text).strip(" .")
        if block.kind in (LIST, TABLE):
            if index and any(headline.may_be_title(b.text) for b in blocks[:index]):
                return index
            continue
        if not headline.is_paragraph(block.text) or _is_stamp(block.text):
            seen.add(folded)
            continue
        if folded in known or folded in seen or _is_doubled(blocks, index):
            seen.add(folded)
            continue
        following = next((b.text for b in blocks[index + 1 :] if b.text), "")
        is_first = not any(headline.may_be_title(b.text) for b in blocks[:index])
        if is_first and headline.is_title_with_stop(block.text, following, block.is_indented):
            continue
        return index
    return _after_title(blocks)


def _is_stamp(text):
    stamp = read_stamp(text)
    return bool(stamp and not stamp.rest)


def _is_doubled(blocks, index):
    own = blocks[index].text
    near = [b.text for b in blocks[index + 1 : index + 4]]
    is_short = len(own) <= headline.MAX_TITLE and not headline.begins_like_lead(own)
    return is_short and any(same_line(own, text) for text in near)


def _after_title(blocks):
    """No paragraph at all: below the title and its stamp, or below the first likely title."""
    titles = [i for i, block in enumerate(blocks) if headline.may_be_title(block.text)]
    stamps = [i for i, b in enumerate(blocks[:12]) if (s := read_stamp(b.text)) and not s.rest]
    if titles and stamps and stamps[-1] > titles[0]:
        return stamps[-1] + 1
    long = [i for i in titles if len(blocks[i].text.split()) >= 5]
    return (long or titles or [len(blocks) - 1])[0] + 1


def read_head(blocks, titles, layout):
    """Take what stands above the text; returns the lines that turn out to be text after all."""
    lines, stamps = [], []
    for at, block in enumerate(blocks):
        line = block.text
        if block.kind in (PICTURE, FIGURE, LIST, TABLE) or not line:
            if line and block.kind == LIST:
                layout.drop(line[:300], "trình đơn")
            elif line and block.kind == TABLE:
                # The letterhead of an office's paper; it may name the unit.
                layout.drop(line[:300], "bảng phía trên tít")
                layout.head_lines.append(line)
            continue
        if (views := read_views(line)) is not None:
            layout.take_views(views, line)
        elif (stamp := read_stamp(line)) and layout.takes_rest(stamp, line):
            stamps.append((at, stamp, line))
        elif (credits := read_labelled(line)) is not None:
            layout.take_credits(credits, line)
        else:
            if found := stamp_at_end(line):
                line = found[0]
                stamps.append((at + 0.5, found[1], block.text))
            lines.append((at, line))
    chosen = _choose_stamp(stamps, lines)
    if chosen:
        layout.take_stamp(chosen[1], chosen[2])
    for stamp in stamps:
        if stamp is not chosen:
            layout.drop(stamp[2], "ngày giờ khác trên trang")
    may_head = [line for line in lines if not split_credit(line[1])] or lines
    title, category = headline.choose(
        may_head, hints=titles, stamp_at=chosen[0] if chosen else None
    )
    return _take_head_lines(lines, title, category, layout)


def _choose_stamp(stamps, lines):
    """The publication line; a clock above the title loses against every stamp below it."""
    titles = [at for at, line in lines if headline.may_be_title(line)]
    first_title = titles[0] if titles else -1
    below = [stamp for stamp in stamps if stamp[0] > first_title]
    ranked = sorted(
        below or stamps,
        key=lambda stamp: (stamp[1].label == "updated" and len(stamps) > 1, -stamp[1].has_time),
    )
    posted = [stamp for stamp in ranked if stamp[1].label == "posted"]
    return (posted or ranked or [None])[0]


def _take_head_lines(lines, title, category, layout):
    name, text = None, []
    for at, line in lines:
        if at == title:
            layout.title = line
            layout.evidence["title"] = line
        elif title is not None and same_line(line, dict(lines)[title]):
            layout.drop(line, "tít lặp lại")
        elif at == category:
            layout.category = layout.category or line
            layout.evidence.setdefault("category", line)
        elif (
            title is not None
            and at > title
            and name is None
            and (c := read_bare(line))
            and c.authors
        ):
            name = line
            layout.take_credits(c, line)
        elif title is not None and at > title and (is_caption(line) or split_credit(line)):
            take_caption(line, layout)
        elif title is not None and at > title and (len(line.split()) > 8 or _ends(line)):
            text.append(Block(line))
        else:
            layout.drop(line, "dòng phía trên tít")
            layout.head_lines.append(line)
    return text


def _ends(line):
    return line.rstrip('”"’)').endswith((".", "!", "?", "…"))


def without_repeated_title(blocks, layout):
    if blocks and layout.title and same_line(blocks[0].text, layout.title):
        layout.drop(blocks[0].text, "tít lặp lại")
        return blocks[1:]
    return blocks
