"""How typed words find units: one condition and one rank for the database.

Understood: names without marks ("thoi son"), with kind words and their abbreviations ("xã thới
sơn", "tx tinh bien", "tp ninh binh", "p. 8"), and a place after a comma ("thới sơn, an giang"; so
a label copied from the screen finds its unit). A word that may be a kind or a part of the name
("tinh bien": tỉnh Biên, Tịnh Biên) is read both ways.
"""

import re
from dataclasses import dataclass

from django.db.models import Case, IntegerField, Q, Value, When

from units.names import folded_words, marked_words

# Typed word -> the kind words it may stand for.
_KIND_WORDS = {
    "tinh": "tỉnh",
    "thanh pho": "thành phố",
    "tp": "thành phố",
    "quan": "quận",
    "q": "quận",
    "huyen": "huyện",
    "h": "huyện",
    "thi xa": "thị xã",
    "tx": "thị xã",
    "thi tran": "thị trấn",
    "tt": "thị trấn",
    "phuong": "phường",
    "p": "phường",
    "xa": "xã",
    "x": "xã",
    "dac khu": "đặc khu",
    "dk": "đặc khu",
}
_YEARS_IN_BRACKETS = re.compile(r"\([^()]*\)\s*$")
_LETTER_AND_NUMBER = re.compile(r"\b([pq])\.?\s*(?=\d)", re.IGNORECASE)
_MAX_WORDS = 12


@dataclass(frozen=True)
class Typed:
    """One typed name: all its words, and the kind word it may begin with."""

    words: str
    marked: str
    kind: str = ""
    rest: str = ""
    marked_rest: str = ""


def read_name(text):
    """Split a typed name into kind word and rest, as far as its marks allow that reading."""
    text = _LETTER_AND_NUMBER.sub(r"\1 ", text)
    words, marked = folded_words(text).split(), marked_words(text).split()
    words, marked = words[:_MAX_WORDS], marked[:_MAX_WORDS]
    for length in (2, 1):
        typed = " ".join(words[:length])
        kind = _KIND_WORDS.get(typed) if len(words) > length else None
        # "Tịnh Biên" is no tỉnh: a marked word means only what it says.
        if kind and " ".join(marked[:length]) in (typed, marked_words(kind)):
            return Typed(
                words=" ".join(words),
                marked=" ".join(marked),
                kind=kind,
                rest=" ".join(words[length:]),
                marked_rest=" ".join(marked[length:]),
            )
    return Typed(words=" ".join(words), marked=" ".join(marked))


def split_places(text):
    """`Phường Thới Sơn, thị xã Tịnh Biên (đến …)` -> the typed name and the places after it."""
    text = _YEARS_IN_BRACKETS.sub("", text[:200])
    name, *places = [part for part in (part.strip() for part in text.split(",")) if part] or [""]
    return read_name(name), [read_name(place) for place in places[:3]]


def condition(typed, prefix=""):
    """The names that contain the typed words, from the start of a word on."""
    column = f"{prefix}folded_names__contains"
    found = Q(**{column: f"/{typed.words}"}) | Q(**{column: f" {typed.words}"})
    if typed.kind:
        kind = f"|{folded_words(typed.kind)}/"
        found |= Q(**{column: kind + typed.rest}) | (
            Q(**{column: kind}) & Q(**{column: f" {typed.rest}"})
        )
    return found


def places_condition(places):
    """Each place is above the unit, at any level."""
    found = Q()
    for place in places:
        found &= condition(place, "parent__") | condition(place, "parent__parent__")
    return found


def whole_name(typed, prefix=""):
    """The typed words are a whole name, the latest or an earlier one."""
    return _latest_name(typed, prefix) | _ends(typed, "|", prefix)


def possible_places(text):
    """[(typed name, typed place)] for each way to cut the words in two, longest name first."""
    words = text[:200].split()[:_MAX_WORDS]
    cuts = range(len(words) - 1, 0, -1) if "," not in text else ()
    pairs = ((read_name(" ".join(words[:cut])), read_name(" ".join(words[cut:]))) for cut in cuts)
    return [(typed, place) for typed, place in pairs if typed.words and place.words]


def closeness(typed):
    """0 for the latest name, 1 for an earlier one, 2 for the beginning of one, 3 for words inside."""
    return Case(
        When(_latest_name(typed), then=Value(0)),
        When(_ends(typed, "|"), then=Value(1)),
        When(_ends(typed, ""), then=Value(2)),
        default=Value(3),
        output_field=IntegerField(),
    )


def markedness(typed):
    """0 where the marks the reader took the trouble to type are those of the name, else 1."""
    rest, marked = typed.words, typed.marked
    if typed.kind:
        # The kind has been read already, with its marks.
        rest, marked = typed.rest, typed.marked_rest
    if marked == rest:
        return Value(0, output_field=IntegerField())
    exact = Q()
    for words in {marked, typed.marked}:
        exact |= Q(marked_names__contains=f"/{words}") | Q(marked_names__contains=f" {words}")
    return Case(When(exact, then=Value(0)), default=Value(1), output_field=IntegerField())


def _latest_name(typed, prefix=""):
    return _ends(typed, "=", prefix)


def _ends(typed, sign, prefix=""):
    """A name that begins with the typed words, and after them has `sign`."""
    column = f"{prefix}folded_names__contains"
    found = Q(**{column: f"/{typed.words}{sign}"})
    if typed.kind:
        found |= Q(**{column: f"|{folded_words(typed.kind)}/{typed.rest}{sign}"})
    return found
