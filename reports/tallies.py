"""Counts over all public reports, for the ways in on the home page.

Exact as long as they cost nothing: a count is kept a hundred times as long as it took to make. A
site of some thousand reports counts anew all the time; one of a million, for a minute or two not.
"""

import time

from django.core.cache import caches
from django.db.models import Count

from units.models import Unit

from .models import Report, Section, Topic

KEPT_TIMES = 100
# What took less is not worth keeping: the number is right at once.
FREE_SECONDS = 0.02


def remembered(name, count):
    """`count()`, or what it gave lately. The name is the key in the cache of counts."""
    cache = caches["counts"]
    value = cache.get(name)
    if value is None:
        start = time.monotonic()
        value = count()
        took = time.monotonic() - start
        if took > FREE_SECONDS:
            cache.set(name, value, took * KEPT_TIMES)
    return value


def by_section(now):
    """[(section, how many public reports)] in the order of the navigation."""
    told = remembered("by-section", lambda: _told(now, "section"))
    return [(each, told.get(each.pk, 0)) for each in Section.objects.order_by("order", "name")]


def by_topic(now):
    """[(topic, how many public reports)]; a report of two topics counts in both."""
    told = remembered("by-topic", lambda: _told(now, "topics"))
    return [(each, told.get(each.pk, 0)) for each in Topic.objects.order_by("order", "name")]


def most_telling_units(now, count):
    """[(unit, how many public reports of its own)]: the most first, then by name.

    Counted from the reports: of the 15,000 units most have none.
    """
    told = remembered("by-unit", lambda: _told(now, "unit", count))
    units = Unit.objects.in_bulk(told)
    return sorted(
        ((units[key], number) for key, number in told.items()),
        key=lambda pair: (-pair[1], pair[0].sort_key),
    )


def _told(now, field, most=None):
    rows = Report.objects.published(now).order_by().values_list(field).annotate(told=Count("pk"))
    return dict(rows.order_by("-told", field)[:most])
