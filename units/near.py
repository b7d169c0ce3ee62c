"""Names of units inside what somebody typed, and names that were nearly typed.

Answered from the registry in memory: all names a unit ever bore, without the word of its kind.
"""

import re

from units import registry
from units.names import folded_words, marked_words
from units.search import read_name

MOST_NEAR = 5
_TYPED_WORD = re.compile(r"[^\s,.;:!?()\"“”„«»]+")
_MAX_WORDS = 12
_LONGEST_NAME = 40
# Everyday words of this site that some commune bears, too; without marks nobody means the commune.
_EVERYDAY = {
    "dan van",
    "dan chu",
    "doan ket",
    "van hoa",
    "thong nhat",
    "tien bo",
    "tu do",
    "dai hoi",
}
# Spellings that sound alike somewhere in the country.
_SOUNDS = (
    ("ngh", "ng"), ("gh", "g"), ("tr", "ch"), ("gi", "d"), ("x", "s"), ("r", "d"),
    ("y", "i"), ("k", "c"), ("n", "l"),
)  # fmt: skip
_KINDS = tuple(
    f"{word} "
    for word in ("thanh pho", "thi xa", "thi tran", "dac khu", "tinh", "quan", "huyen", "phuong", "xa")
)  # fmt: skip


class Names:
    """The names of one registry: folded name -> keys of the units that bear or bore it."""

    def __init__(self, known):
        self.generation = known.generation
        self.keys = {}
        self.marked = {}
        folds = {}
        for key, spans in known.spans.items():
            for name in dict.fromkeys(span.name for span in spans):
                if name not in folds:
                    folds[name] = self._bare(name)
                folded, marked = folds[name]
                self.keys.setdefault(folded, []).append(key)
                self.marked.setdefault(folded, set()).add(marked)
        self.letters = {name: _letters(name) for name in self.keys}

    @staticmethod
    def _bare(name):
        folded, marked = folded_words(name), marked_words(name)
        for kind in _KINDS:
            if folded.startswith(kind):
                words = kind.count(" ")
                return folded[len(kind) :], " ".join(marked.split()[words:])
        return folded, marked


_held = None


def _names():
    global _held
    known = registry.current()
    if _held is None or _held.generation != known.generation:
        _held = Names(known)
    return _held


def name_within(text):
    """The longest name of a unit in `text`, as typed and with the word of its kind; else empty.

    A name of one word counts only alone or after its kind: `huế`, `tỉnh huế`, but not `xứ huế`.
    """
    names = _names()
    typed = _TYPED_WORD.findall(str(text))[:_MAX_WORDS]
    for size in range(len(typed), 0, -1):
        for start in range(len(typed) - size + 1):
            words = " ".join(typed[start : start + size])
            if _is_name(names, words, alone=size == len(typed)):
                # "xã" in front of "Thới Sơn" tells it from the ward of that name.
                for before in (2, 1):
                    longer = " ".join(typed[max(0, start - before) : start + size])
                    if start >= before and read_name(longer).rest == folded_words(words):
                        return longer
                return words
    return ""


def _is_name(names, words, *, alone):
    typed = read_name(words)
    if typed.words in _EVERYDAY and typed.marked == typed.words:
        return False
    for folded, marked, has_kind in (
        (typed.rest, typed.marked_rest, True),
        (typed.words, typed.marked, False),
    ):
        enough = has_kind or alone or (" " in folded and not folded.replace(" ", "").isdigit())
        if enough and folded in names.keys and (marked == folded or marked in names.marked[folded]):
            return True
    return False


def near_names(text):
    """Keys of the units whose name is one or two typing errors away, best first.

    Empty for text that is a name, or too short or too long to be a misspelt one.
    """
    typed = read_name(str(text))
    asked = typed.rest or typed.words
    names, most = _names(), 1 if len(asked) < 8 else 2
    if not 4 < len(asked) <= _LONGEST_NAME or asked in names.keys:
        return []
    mine, sound = _letters(asked), _sound(asked)
    close = []
    for name, letters in names.letters.items():
        # Each error changes at most two letters of the set, so most names are never compared.
        if abs(len(name) - len(asked)) > most or (letters ^ mine).bit_count() > 2 * most:
            continue
        errors = _errors(asked, name, most)
        if 0 < errors <= most:
            close.append((_sound(name) != sound, errors, name))
    if not close:
        return []
    best = min(close)[:2]
    known = registry.current()
    bearers = (names.keys[name] for *rank, name in sorted(close) if tuple(rank) == best)
    keys = dict.fromkeys(key for keys in bearers for key in keys)
    # Units that still exist come first.
    return sorted(keys, key=lambda key: known.life(key)[1] != registry.END)[:MOST_NEAR]


def _letters(name):
    """The set of its letters as bits of one number."""
    bits = 0
    for letter in name:
        bits |= 1 << (ord(letter) & 63)
    return bits


def _sound(name):
    for spelt, sound in _SOUNDS:
        name = name.replace(spelt, sound)
    return name


def _errors(one, two, most):
    """How many letters to change, add, drop or swap with their neighbour; `most` + 1 for more."""
    before, row = None, list(range(len(two) + 1))
    for i, letter in enumerate(one, 1):
        before, last, row = row, before, [i]
        for j, other in enumerate(two, 1):
            cost = min(before[j] + 1, row[-1] + 1, before[j - 1] + (letter != other))
            if last and j > 1 and letter == two[j - 2] and one[i - 2] == other:
                cost = min(cost, last[j - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return most + 1
    return min(row[-1], most + 1)
