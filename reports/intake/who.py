"""Whom a name in a byline means: persons we know under that spelling, and those whose names are near.

`Thúy Vân` and `Thuý Vân` are one spelling: only the tone stands on another letter. `Thùy Vân` and
`THUY VAN` are near: a person decides.
"""

import unicodedata
from dataclasses import dataclass, field
from functools import reduce
from operator import or_

from django.db.models import Q

from portal.text import fold, one_line

from ..models import Person

# What the form sends for somebody who is not in the list yet.
NEW = "moi"
_TONES = "\u0300\u0301\u0303\u0309\u0323"


@dataclass
class Candidates:
    """Who may bear a name: `same` spell it so, the likeliest first; `near` only without marks."""

    same: list = field(default_factory=list)
    near: list = field(default_factory=list)

    def __iter__(self):
        return iter((*self.same, *self.near))


def spelling(name):
    """A key equal for two ways of setting the tone: letters and tone of each word, apart."""
    words = []
    for word in one_line(name).lower().split():
        marks = unicodedata.normalize("NFD", word)
        tones = "".join(sorted(mark for mark in marks if mark in _TONES))
        words.append("".join(mark for mark in marks if mark not in _TONES) + tones)
    return " ".join(words)


def find_people(names, unit_key=""):
    """{name: Candidates} for each of `names`; those of the unit come first. Two queries at most."""
    names = [one_line(name)[:120] for name in names]
    names = list(dict.fromkeys(name for name in names if name))
    if not names:
        return {}
    is_one = reduce(or_, (_is_known_as(fold(name)) for name in names))
    people = Person.objects.filter(is_one).select_related("unit", "organisation")
    found = {name: Candidates() for name in names}
    for person in people.prefetch_related("pen_names").order_by("pk"):
        known_as = [person.name, *(pen.name for pen in person.pen_names.all())]
        spellings, folded = {spelling(n) for n in known_as}, {fold(n) for n in known_as}
        for name, candidates in found.items():
            if spelling(name) in spellings:
                candidates.same.append(person)
            elif fold(name) in folded:
                candidates.near.append(person)
    for name, candidates in found.items():
        for people in (candidates.same, candidates.near):
            people.sort(key=lambda p: (p.unit_id != unit_key, p.name.lower() != name.lower(), p.pk))
    return found


def _is_known_as(folded):
    """`folded` as a whole name among those of a person, which `Person.save` joins by ` | `."""
    return (
        Q(folded=folded)
        | Q(folded__startswith=f"{folded} | ")
        | Q(folded__endswith=f" | {folded}")
        | Q(folded__contains=f" | {folded} | ")
    )


def describe(person):
    """`Lê Hà – Đài Truyền thanh, Phường Thới Sơn`: what tells namesakes apart."""
    places = [person.organisation, person.unit and person.unit.label_with_context]
    where = ", ".join(str(place) for place in places if place)
    return f"{person.name} – {where}" if where else person.name


def person_who_signs(name, unit, *, chosen=None, organisation=None):
    """The person meant by `name`, a new one if nobody spells it so; None for no name.

    `chosen` settles it: a Person, or `NEW`. Of several the one of the same unit signs.
    """
    name = one_line(name)[:120]
    if not name:
        return None
    if isinstance(chosen, Person):
        return chosen
    if chosen != NEW:
        same = find_people([name], unit.pk)[name].same
        if same:
            return same[0]
    return Person.objects.create(name=name, unit=unit, organisation=organisation)
