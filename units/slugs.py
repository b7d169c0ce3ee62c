"""Addresses of units: short where a name is unique, longer where it is not, and for ever.

A unit's slug is the first of these that nobody else wants or has: its name; name and parent; with
the years; with its key. Homonyms all take the longer form, so it does not matter who is first,
and a fresh load always gives the same slugs. Units of today choose before former ones.
"""

from collections import Counter

from django.apps import apps

from portal.text import vietnamese_slug
from units.names import bare_name


def candidates(*, key, name, parent_name, valid_from, valid_to):
    """The slugs a unit would like, best first; the last one is its own beyond doubt.

    `parent_name` is without its kind word, or empty.
    """
    place = vietnamese_slug(f"{name} {parent_name}", 90)
    if valid_from and valid_to:
        years = f"{valid_from.year}-{valid_to.year}"
    elif valid_to:
        years = f"den-{valid_to.year}"
    else:
        years = f"tu-{valid_from.year}" if valid_from else "nay"
    return [vietnamese_slug(name, 90), place, f"{place}-{years}", f"{place}-{key}"]


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
    wishes = candidates(
        key=unit.pk,
        name=unit.name,
        parent_name=bare_name(unit.parent.name, unit.parent.kind) if unit.parent else "",
        valid_from=unit.valid_from,
        valid_to=unit.valid_to,
    )
    units = apps.get_model("units", "Unit").objects
    taken = set(units.filter(slug__in=wishes).values_list("slug", flat=True))
    return deal({unit.pk: wishes}, taken)[unit.pk]
