"""An independent count of the three hundred reports: plain Python over the rows and the registry's files.

It knows nothing of `reports.desk`, `reports.scope` and `units.area`. Ground is followed along paths:
a divided unit's ground takes several, and lies wholly in what all of them pass.
"""

import csv
from collections import defaultdict
from datetime import date, timedelta
from functools import cache

from django.conf import settings

FOLDER = settings.BASE_DIR / "units" / "data"
FIRST, AFTER_ALL = date.min, date.max


def _day(text, otherwise):
    return date.fromisoformat(text) if text else otherwise


@cache
def _read():
    """({unit: [(first day, first day after, parent)]}, {unit: [(heir, day)]})."""
    lives, heirs = defaultdict(list), defaultdict(list)
    for name in ("unit_versions.csv", "units.csv"):
        with open(FOLDER / name, encoding="utf-8") as file:
            for row in csv.DictReader(file):
                if name == "units.csv" and row["key"] in lives:
                    continue
                span = (_day(row["valid_from"], FIRST), _day(row["valid_to"], AFTER_ALL))
                lives[row["key"]].append((*span, row["parent_key"] or None))
    with open(FOLDER / "successions.csv", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            heirs[row["old_key"]].append((row["new_key"], _day(row["effective_date"], FIRST)))
    return {key: sorted(spans, key=lambda span: span[0]) for key, spans in lives.items()}, heirs


def life(unit):
    spans = _read()[0][unit]
    return spans[0][0], spans[-1][1]


def existed(unit, first, last):
    born, died = life(unit)
    return born <= last and first < died


def nearest_living_day(unit, day):
    born, died = life(unit)
    return max(born, min(day, died - timedelta(days=1)))


def above(unit, day):
    """The units above on `day`, nearest first."""
    found = []
    while unit:
        day_there = nearest_living_day(unit, day)
        unit = next(parent for first, end, parent in _read()[0][unit] if first <= day_there < end)
        if unit:
            found.append(unit)
    return found


def _ever_above(unit, first):
    """All units above from `first` until the unit's end."""
    found = set()
    for start, end, parent in _read()[0][unit]:
        if end > first and parent:
            found |= {parent} | _ever_above_between(parent, max(start, first), end)
    return found


def _ever_above_between(unit, first, end):
    found = set()
    for start, stop, parent in _read()[0][unit]:
        if start < end and first < stop and parent:
            found |= {parent} | _ever_above_between(parent, max(start, first), min(stop, end))
    return found


@cache
def paths(unit, since):
    """[frozenset of units]: every way the unit's ground goes from `since` on, all it lies in."""
    spans, heirs = _read()
    here = frozenset({unit}) | _ever_above(unit, since)
    died = spans[unit][-1][1]
    ways = [(heir, day) for heir, day in heirs[unit] if day >= since]
    if died == AFTER_ALL:
        stays = [here]
    elif any(day >= died for _, day in ways):
        stays = []
    elif parent := spans[unit][-1][2]:
        ways, stays = [*ways, (parent, died)], []
    else:
        stays = [here]
    return stays + [here | path for heir, day in ways for path in paths(heir, day)]


def later(unit, day):
    """{unit: partial} that the ground lies in after `day`, and did not on it."""
    day = nearest_living_day(unit, day)
    ways = paths(unit, day + timedelta(days=1))
    now = {unit, *above(unit, day)}
    everywhere = frozenset.union(*ways) - now
    return {other: not all(other in way for way in ways) for other in everywhere}


def belongs(row, units, how_far):
    """Whether a report is one of the `units`': "own", "below" or "area"."""
    if not units:
        return True
    day = row.counts_on or row.published_on
    found = {row.unit}
    if how_far != "own":
        found.update(above(row.unit, day))
    if how_far == "area":
        found.update(later(row.unit, day))
    return bool(found.intersection(units))


def row_of(row, keys, how_far, each_its_own=False):
    """(key of the row, partial) by the rule: the nearest unit among the rows; nothing is guessed."""
    if row.unit in keys or each_its_own or how_far == "own":
        return row.unit, False
    day = row.counts_on or row.published_on
    for each in above(row.unit, day):
        if each in keys:
            return each, False
    if how_far != "area":
        return row.unit, False
    after = {unit: partial for unit, partial in later(row.unit, day).items() if unit in keys}
    whole = [unit for unit, partial in after.items() if not partial]
    if whole:
        return max(whole, key=lambda unit: (len(above(unit, date(2999, 1, 1))), unit)), False
    if len(after) == 1:
        return next(iter(after)), True
    return row.unit, bool(after)
