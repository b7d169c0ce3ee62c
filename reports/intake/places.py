"""Which unit a page may come from: names in its text met with the registry as of that day.

Only a suggestion, best first: the paper often does not say. Title, lead and byline weigh more than
the body; a name with the word of its kind (`phường Thới Sơn`) more than a bare one; homonyms are
told apart by the names of places above them and by the levels the text speaks of (`Thành ủy`,
`thị xã`). A lone `Ninh Bình` at the foot of a page is a weak hint, but it may be the only one.
"""

import re
from collections import defaultdict
from datetime import date
from itertools import pairwise
from typing import NamedTuple

from reports.letters import UPPER
from units import registry
from units.names import folded_words, marked_words

_KIND_WORDS = {
    "tinh": "tinh", "thanh pho": "thanh pho", "tp": "thanh pho", "quan": "quan", "q": "quan",
    "huyen": "huyen", "h": "huyen", "thi xa": "thi xa", "tx": "thi xa", "thi tran": "thi tran",
    "tt": "thi tran", "phuong": "phuong", "p": "phuong", "xa": "xa", "dac khu": "dac khu",
    # Offices that carry the level in their name.
    "tinh uy": "tinh", "tinh doan": "tinh", "thanh uy": "thanh pho", "thanh doan": "thanh pho",
    "quan uy": "quan", "quan doan": "quan", "huyen uy": "huyen", "huyen doan": "huyen",
    "thi uy": "thi xa", "thi doan": "thi xa", "xa doan": "xa", "phuong doan": "phuong",
}  # fmt: skip
_MARKED_KINDS = frozenset(
    [
        *("tỉnh", "thành phố", "tp", "quận", "q", "huyện", "h", "thị xã", "tx", "thị trấn", "tt"),
        *(
            "phường",
            "p",
            "xã",
            "đặc khu",
            "tỉnh ủy",
            "tỉnh uỷ",
            "tỉnh đoàn",
            "thành ủy",
            "thành uỷ",
        ),
        *("thành đoàn", "quận ủy", "quận uỷ", "quận đoàn", "huyện ủy", "huyện uỷ", "huyện đoàn"),
        *("thị ủy", "thị uỷ", "thị đoàn", "xã đoàn", "phường đoàn"),
    ]
)
# Levels a text speaks of without a name: `Thành ủy`, `toàn huyện`, `UBND phường`.
_NO_NAME = rf"(?!\w)(?!\s+[{UPPER}\d])"
_LEVEL_HINTS = (
    ("tinh", re.compile(rf"(?<!\w)(?:toàn|trong|địa bàn|MTTQ|Nam|UBND|trên|của) tỉnh{_NO_NAME}")),
    ("thanh pho", re.compile(rf"(?<!\w)(?:Thành (?:ủy|uỷ|đoàn)|[Tt]hành phố){_NO_NAME}")),
    ("thi xa", re.compile(rf"(?<!\w)(?:Thị (?:ủy|uỷ|đoàn)|[Tt]hị xã){_NO_NAME}")),
    ("huyen", re.compile(rf"(?<!\w)(?:Huyện (?:ủy|uỷ|đoàn)|[Hh]uyện){_NO_NAME}")),
    ("quan", re.compile(rf"(?<!\w)(?:Quận (?:ủy|uỷ|đoàn)|quận){_NO_NAME}")),
    ("phuong", re.compile(rf"(?<!\w)[Pp]hường{_NO_NAME}")),
    ("xa", re.compile(rf"(?<!\w)[Xx]ã{_NO_NAME}(?!\s*(?:hội|,\s*(?:phường|thị trấn)))")),
)
# Since July 2025 the two committees are one; before, districts stood between commune and province.
_TWO_TIER_WORDS = re.compile(r"Tuyên giáo và Dân vận|chính quyền địa phương (?:hai|02|2) cấp")
_NOT_A_UNIT_BEFORE = re.compile(
    r"(?:đường|phố|trường|giải|chiến thắng|chiến dịch|mang tên|chủ tịch|phong cách|đạo đức|tư tưởng|bác|"
    r"bến xe|ga|cầu|chợ|sông|núi|hồ)\s*$",
    re.IGNORECASE,
)
_TOKEN = re.compile(r"[^\W_]+(?:['’`][^\W_]+)*")
_CAPITAL_CITY = frozenset({"tphcm", "hcm", "tp hcm", "tp ho chi minh"})
# Words that stand in front of a place's name without being a part of a person's.
_BEFORE_PLACES = frozenset(
    re.findall(
        r"\w+",
        "doan uy mttq ubmttq ubnd hdnd ldld hoi ban bo tai o mttqvn ubmttqvn ubmt tinh huyen xa phuong "
        "tp tx va cua dan van su vov ttvh vhtt bao dai truyen hinh ve to phat khoi",
    )
)
_LONGEST = 5
_PROVINCE, _DISTRICT, _COMMUNE = range(3)
_LEVEL_OF_KIND = {
    **dict.fromkeys(("quan", "huyen", "thi xa", "thanh pho"), _DISTRICT),
    **dict.fromkeys(("phuong", "xa", "thi tran", "dac khu"), _COMMUNE),
}
TITLE, LEAD, BYLINE, HEAD, BODY, FOOT = 4.0, 3.0, 4.0, 2.0, 0.7, 0.8


class _Name(NamedTuple):
    """One unit under one of its names: the days it bore it, and the kind of unit it then was."""

    key: str
    kind: str
    marked: str
    first: date
    end: date


class _Mention(NamedTuple):
    words: str
    marked: str
    kind: str
    weight: float
    line: str


_index = (None, {})


def find_units(parts, day):
    """([unit keys], line of the best) for `parts` [(text, weight)], as of `day` (None: unknown).

    At most five keys. Raises nothing: without a registry there are no candidates.
    """
    known = registry.current()
    names = _names(known)
    mentions = [m for text, weight in parts for m in _mentions(text, weight, names)]
    scores, lines = defaultdict(float), {}
    per_unit = defaultdict(int)
    for mention in mentions:
        for name in names.get(mention.words, ()):
            fit = _fit(mention, name, day)
            if not fit or per_unit[name.key, mention.weight] >= 3:
                continue
            per_unit[name.key, mention.weight] += 1
            scores[name.key] += mention.weight * fit
            if name.key not in lines or mention.weight > lines[name.key][0]:
                lines[name.key] = (mention.weight, mention.line)
    if not scores:
        return [], ""
    hints = _level_hints(parts)
    ranked = {key: _rank(key, score, scores, known, day, hints) for key, score in scores.items()}
    best = sorted(ranked, key=lambda key: (-ranked[key], key))
    top = ranked[best[0]]
    best = [key for key in best if ranked[key] >= 0.12 * top][:5]
    return best, lines[best[0]][1]


def is_empty():
    """Whether no units are loaded at all."""
    return not registry.current().spans


def _names(known):
    """Folded bare name -> every unit that ever bore it; built once for each state of the registry."""
    global _index
    if _index[0] != known.generation or not _index[1]:
        names = defaultdict(list)
        for key, spans in known.spans.items():
            for span in spans:
                kind, bare = _split_kind(folded_words(span.name))
                marked = marked_words(span.name)
                names[bare].append(_Name(key, kind, marked, span.first, span.end))
        _index = (known.generation, dict(names))
    return _index[1]


def _split_kind(words):
    for kind in (
        "thanh pho",
        "thi xa",
        "thi tran",
        "dac khu",
        "tinh",
        "quan",
        "huyen",
        "phuong",
        "xa",
    ):
        if words.startswith(kind + " "):
            return kind, words[len(kind) + 1 :]
    return "", words


def _fit(mention, name, day):
    """How well a mention fits a unit: 0 where it cannot be meant."""
    if day and not name.first <= day < name.end:
        return 0
    # "Hội Phụ nữ" is not phường Hội Phú – unless the whole text was typed without marks.
    if not f" {name.marked}".endswith(f" {mention.marked}") and mention.marked != mention.words:
        return 0
    if mention.kind:
        return 1.5 if mention.kind == name.kind else 0
    if name.kind in ("xa", "phuong", "thi tran", "dac khu"):
        return 0.45
    return 0.8


def _rank(key, score, scores, known, day, hints):
    """The score with what speaks for this one among its homonyms."""
    kind, _ = _split_kind(
        folded_words(known.span_on(key, day).name if day else known.spans[key][-1].name)
    )
    above, parent = [], key
    while parent := (known.span_on(parent, day) if day else known.spans[parent][-1]).parent:
        if parent in above:
            break
        above.append(parent)
    support = min(0.5 * sum(min(scores.get(parent, 0), 3) for parent in above), score)
    if kind == "thanh pho" and not above:
        kind = "tinh"
    level = _LEVEL_OF_KIND.get(kind, _PROVINCE)
    factor = 1 + 0.9 * hints.get(kind, 0)
    if level == _COMMUNE and above:
        parent_kind, _ = _split_kind(folded_words(known.spans[above[0]][-1].name))
        factor += 0.5 * hints.get(parent_kind, 0)
    return (score + support) * factor * (1 if day else _era_factor(key, hints))


def _era_factor(key, hints):
    """Without a day, words that belong to one of the two systems speak for its units."""
    if hints.get("two tiers"):
        return 0.6 if key.startswith("t3-") else 1
    if key.startswith("t3-"):
        return 1
    return 0.4 if any(hints.get(kind) for kind in ("huyen", "thi xa", "quan")) else 0.9


def _level_hints(parts):
    """Levels the text speaks of as its own, from 0 to 1 (`Thành ủy`, `thị xã`)."""
    counts = defaultdict(int)
    for text, _ in parts:
        for kind, pattern in _LEVEL_HINTS:
            counts[kind] += len(pattern.findall(text))
    most = max(counts.values(), default=0)
    hints = {kind: count / most for kind, count in counts.items() if count}
    hints["two tiers"] = any(_TWO_TIER_WORDS.search(text) for text, _ in parts)
    return hints


def _mentions(text, weight, names):
    """Names of units in `text`: capitals that the registry knows, with the kind word before them."""
    tokens = list(_TOKEN.finditer(text))
    in_capitals = text.isupper()
    at = 0
    while at < len(tokens):
        length = _longest_name(tokens, at, names, text, in_capitals)
        if not length:
            at += 1
            continue
        words = _words(tokens[at : at + length])
        marked = marked_words(text[tokens[at].start() : tokens[at + length - 1].end()])
        kind = _kind_before(tokens, at, text)
        if words in _CAPITAL_CITY:
            words, marked, kind = "ho chi minh", "ho chi minh", "thanh pho"
        yield _Mention(words, marked, kind, weight, text)
        at += length


def _words(tokens):
    return folded_words(" ".join(token[0] for token in tokens))


def _longest_name(tokens, at, names, text, in_capitals):
    first = tokens[at][0]
    kind = _kind_before(tokens, at, text)
    if not (first[0].isupper() or (first.isdigit() and kind)):
        return 0
    if not kind and (in_capitals or _inside_name(tokens, at, text)):
        return 0
    if not kind and _NOT_A_UNIT_BEFORE.search(
        text[max(0, tokens[at].start() - 30) : tokens[at].start()]
    ):
        return 0
    for length in range(min(_LONGEST, len(tokens) - at), 0, -1):
        run = tokens[at : at + length]
        if not all(t[0][0].isupper() or t[0].isdigit() for t in run) or not _adjacent(run, text):
            continue
        words = _words(run)
        if words in _CAPITAL_CITY:
            return length
        if words not in names or (not kind and (length == 1 or words == "ho chi minh")):
            continue
        if not kind and _goes_on(tokens, at + length, text):
            continue
        return length
    return 0


def _goes_on(tokens, end, text):
    """`Thanh Bình Dương`: the capitals go on, so this is the beginning of a longer name."""
    if end >= len(tokens) or not _adjacent(tokens[end - 1 : end + 1], text):
        return False
    following = tokens[end][0]
    is_word = following[0].isupper() and not following.isupper()
    return is_word and _words([tokens[end]]) not in _BEFORE_PLACES


def _adjacent(run, text):
    return all(
        text[one.end() : two.start()].strip() in ("", "-", ".") for one, two in pairwise(run)
    )


def _inside_name(tokens, at, text):
    """Whether a capital before this one makes it the middle of a person's name."""
    if not at or not _adjacent(tokens[at - 1 : at + 1], text):
        return False
    before = tokens[at - 1][0]
    return (
        before[0].isupper()
        and not before.isupper()
        and _words([tokens[at - 1]]) not in _BEFORE_PLACES
    )


def _kind_before(tokens, at, text):
    """The kind word in front of the name at `at`, folded; empty if there is none."""
    for length in (2, 1):
        if at < length:
            continue
        run = tokens[at - length : at]
        gap = text[run[-1].end() : tokens[at].start()].strip()
        if gap not in ("", ".") or not _adjacent(run, text):
            continue
        typed = " ".join(token[0] for token in run).lower()
        if typed in _MARKED_KINDS:
            return _KIND_WORDS[_words(run)]
    return ""
