"""Người có lẽ trùng: persons whose names or pen names say that they may be one human being."""

import unicodedata
from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Count

from portal.text import fold, one_line

from .models import Person

# A name so common that it says nothing: more persons than this share it.
TOO_MANY = 12
_TONES = {"\u0300", "\u0309", "\u0303", "\u0301", "\u0323"}


@dataclass(frozen=True)
class Suspicion:
    """Persons that share a name, the most published first; `reason` is for the reader."""

    reason: str
    people: list


def suspicions(people):
    """The `Suspicion`s among the queryset `people`, by name. Three statements for any number.

    Names are compared without marks, dots and spaces; pen names like names.
    """
    people = list(
        people.select_related("organisation", "unit")
        .prefetch_related("pen_names")
        .annotate(works=Count("contributions__report", distinct=True))
        .order_by("sort_key", "pk")
    )
    shots = dict(
        Person.objects.filter(pk__in=[one.pk for one in people])
        .annotate(shots=Count("photos"))
        .values_list("pk", "shots")
    )
    by_name = defaultdict(dict)
    for person in people:
        person.shots = shots.get(person.pk, 0)
        for name in (person.name, *(pen.name for pen in person.pen_names.all())):
            if key := _compared(name):
                by_name[key].setdefault(person, name)
    found, seen = [], set()
    for names in by_name.values():
        together = frozenset(person.pk for person in names)
        if not 2 <= len(names) <= TOO_MANY or together in seen:
            continue
        seen.add(together)
        ranked = sorted(names, key=lambda p: (-p.works - p.shots, p.sort_key, p.pk))
        found.append(Suspicion(_reason(names), ranked))
    return sorted(found, key=lambda each: (each.people[0].sort_key, each.people[0].pk))


def _reason(names):
    """`names` is {person: the name they share with the others}."""
    if any(person.name != name for person, name in names.items()):
        if all(person.name != name for person, name in names.items()):
            return "cùng bút danh"
        return "tên người này là bút danh của người kia"
    printed = set(names.values())
    if len({name.casefold() for name in printed}) == 1:
        return "cùng tên"
    if len({_without_tone_places(name) for name in printed}) == 1:
        return "cùng tên, khác chỗ đặt dấu"
    return "tên chỉ khác dấu hoặc cách viết"


def _compared(name):
    return "".join(sign for sign in fold(name) if sign.isalnum())


def _without_tone_places(name):
    """`Hoà` and `Hòa` alike: each word with its tone behind it instead of over a letter."""
    words = []
    for word in unicodedata.normalize("NFD", one_line(name).casefold()).split():
        tones = "".join(sign for sign in word if sign in _TONES)
        words.append("".join(sign for sign in word if sign not in _TONES) + tones)
    return " ".join(words)
