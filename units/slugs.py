"""Addresses of units: short where a name is unique, longer where it is not, and for ever.

A unit's slug is the first of these that nobody else wants or has: its name; name and parent; with
the parent's parent; with the years; with its key. Homonyms all take the longer form, so it does
not matter who is first, and a fresh load always gives the same slugs. Units of today choose before
former ones.
"""

from collections import Counter
from datetime import timedelta

from django.apps import apps

from portal.text import vietnamese_slug
from units.names import bare_name


def candidates(*, key, name, parents, valid_from, valid_to):
    """The slugs a unit would like, best first; the last one is its own beyond doubt.

    `parents` are (name, kind) pairs, nearest first.
    """
    places = [_place(*parent) for parent in parents]
    by_place = [vietnamese_slug(" ".join([name, *places[:depth]]), 80) for depth in (0, 1, 2)]
    first = valid_from and valid_from.year
    last = valid_to and (valid_to - timedelta(days=1)).year
    if first and last:
        years = f"{first}-{last}"
    elif first:
        years = f"tu-{first}"
    else:
        years = f"den-{last}" if last else "nay"
    return [*by_place, f"{by_place[-1]}-{years}", f"{by_place[-1]}-{key}"]


def _place(name, kind):
    """`An Giang`, but `Quận 4`: a number alone is no place."""
    bare = bare_name(name, kind)
    return name if bare.isdigit() else bare


def deal(wishes, taken=()):
    """{key: slug} for {key: its candidates}; nobody gets a slug that is taken, or wished twice."""
    taken, dealt, waiting = set(taken), {}, dict(wishes)
    for choice in range(len(next(iter(wishes.values()), ()))):
        wanted = Counter(slugs[choice] for slugs in waiting.values())
        for key, slugs in list(waiting.items()):
            if wanted[slugs[choice]] == 1 and slugs[choice] not in taken:
                dealt[key] = slugs[choice]
                del waiting[key]
        taken.update(dealt.values())
    return dealt


def free_slug(unit):
    """A slug for one unit that is about to be stored, clear of all stored ones."""
    parents, parent = [], unit.parent
    while parent:
        parents.append((parent.name, parent.kind))
        parent = parent.parent
    wishes = candidates(
        key=unit.pk,
        name=unit.name,
        parents=parents,
        valid_from=unit.valid_from,
        valid_to=unit.valid_to,
    )
    units = apps.get_model("units", "Unit").objects
    taken = set(units.filter(slug__in=wishes).values_list("slug", flat=True))
    return deal({unit.pk: wishes}, taken)[unit.pk]
