"""Two people wrote on from one text: what can be put together, and what cannot.

No models. A text is the clean HTML of `reports.cleaning`; it is compared by its blocks (paragraphs,
headings, lists, tables), never inside them: half a sentence of each makes no sentence.
"""

import re
from difflib import SequenceMatcher

# Where a block of clean HTML may end; lists and tables hold such lines inside.
_TAG = re.compile(r"<(/?)(p|h[2-4]|ul|ol|table|blockquote|figure)\b[^>]*>|<hr[^>]*>")

MAX_PRODUCT = 4_000_000


def blocks(html):
    """The outermost blocks of clean HTML, in order; `"".join(blocks(x)) == x`."""
    found, depth, start = [], 0, 0
    for tag in _TAG.finditer(html):
        if tag[2]:
            depth = max(0, depth - 1) if tag[1] else depth + 1
        if depth == 0 and (tag[1] or not tag[2]):
            end = tag.end()
            while end < len(html) and html[end].isspace():
                end += 1
            found.append(html[start:end])
            start = end
    if html[start:]:
        found.append(html[start:])
    return found


def merge_texts(base, mine, theirs):
    """`base` with the changes of both, or None where both changed the same place differently, or
    where there is too much to compare.
    """
    base, mine, theirs = (_separate(html) for html in (base, mine, theirs))
    if len(base) * max(len(mine), len(theirs)) > MAX_PRODUCT:
        return None
    merged = merge_lists(base, mine, theirs)
    return None if merged is None else "\n".join(merged)


def _separate(html):
    return [block.strip() for block in blocks(html) if block.strip()]


def merge_lists(base, mine, theirs):
    """As `merge_texts`, of lists. What stands at the same place and is alike counts once."""
    if mine == theirs:
        return list(mine)
    merged, at = [], 0
    for start, end in _touched(base, mine, theirs):
        merged += base[at:start]
        ours, others = (_side(base, side, start, end) for side in (mine, theirs))
        was = base[start:end]
        if ours == others or others == was:
            merged += ours
        elif ours == was:
            merged += others
        else:
            return None
        at = end
    return merged + base[at:]


def _touched(base, mine, theirs):
    """The stretches of `base` somebody changed. Those that overlap are one; so are two that meet
    where one only adds: nobody knows who comes first.
    """
    stretches = sorted(
        (i1, i2) for side in (mine, theirs) for tag, i1, i2, _, _ in _steps(base, side) if tag
    )
    joined = []
    for start, end in stretches:
        first, last = joined[-1] if joined else (-1, -1)
        adds = start == end or first == last
        if start < last or (start == last and (adds or start == first)):
            joined[-1] = (first, max(end, last))
        else:
            joined.append((start, end))
    return joined


def _side(base, side, start, end):
    """What `side` says for `base[start:end]`."""
    said = []
    for changed, i1, i2, j1, j2 in _steps(base, side):
        if changed:
            if start <= i1 and i2 <= end:
                said += side[j1:j2]
        else:
            low, high = max(i1, start), min(i2, end)
            if low < high:
                said += side[j1 + low - i1 : j1 + high - i1]
    return said


def _steps(base, side):
    matcher = SequenceMatcher(a=base, b=side, autojunk=False)
    return [(tag != "equal", *where) for tag, *where in matcher.get_opcodes()]
