"""Questions about ground and time, answered from the registry in memory with keys.

Every function takes a unit or its key. "Partial" says that a unit's ground lies there only in part.

The rule. A unit lies in itself and in its parents, as long as they are its parents. When it ends
(or gives a part away) its ground goes to its recorded successors; where none is recorded – every
district of 2025 – it stays with its last parent. Ground is *wholly* in a later unit when all parts
of it are: a commune divided between two communes of one province is wholly in that province.
"""

from datetime import timedelta

from django.utils import timezone

from units import registry
from units.registry import BEGINNING, END


def ancestors_on(unit, day=None):
    """Keys of the units above on `day`, nearest first.

    Days outside the unit's life count as its nearest living day; without a day, its last.
    """
    known, key = registry.current(), _key(unit)
    day = _living_day(known, key, day)
    found = []
    while (key := known.span_on(key, day).parent) and key not in found:
        found.append(key)
    return found


def subtree_keys(unit):
    """Keys of the unit and of all that was ever below it in its own system."""
    known = registry.current()
    return {_key(unit), *_below(known, _key(unit), BEGINNING, END)}


def ever_above(unit):
    """Keys of all units it ever stood below: x is in `subtree_keys(y)` exactly if y is x or here."""
    return set(_above(registry.current(), _key(unit), BEGINNING, END))


def area_of(unit):
    """{key: is_partial} of all whose ground lies, or lay later, in this unit.

    Itself, its subordinates, repeatedly the predecessors of those, and what was below them.
    """
    known, key = registry.current(), _key(unit)
    area = {}
    for candidate in _candidates(known, key):
        whole = _ground(known, candidate, BEGINNING).get(key)
        if whole is not None:
            area[candidate] = not whole
    return area


def later_units(unit, *, after=None):
    """{key: is_partial} of the later units, and of the units above them, that hold its ground.

    The inverse of `area_of`: for all x and y, x is in the area of y exactly if y is x, was ever
    above x, or is in `later_units(x)`.

    With `after`, what became of the ground after that day: successions that had already taken
    place are left out, units that came to stand above it later are included, and the units above
    it on that day (`ancestors_on`) are not. That is where else a report of that day belongs.
    """
    known, key = registry.current(), _key(unit)
    if after is None:
        ground = _ground(known, key, BEGINNING)
        earlier = set(_above(known, key, BEGINNING, END))
    else:
        after = _living_day(known, key, after)
        ground = _ground(known, key, after + timedelta(days=1) if after < END else END)
        earlier = set(ancestors_on(key, after))
    return {
        other: not whole for other, whole in ground.items() if other != key and other not in earlier
    }


def days_of_change(unit):
    """The days on which what the unit lies in may change: its own, those of the units above, and
    those on which its ground goes elsewhere. Between two of them `ancestors_on` and
    `later_units(after=…)` answer the same.
    """
    known, key = registry.current(), _key(unit)
    chain = {key, *_above(known, key, BEGINNING, END)}
    days = {span.first for each in chain for span in known.spans[each]}
    days.update(edge.day for each in chain for edge in known.successors.get(each, ()))
    days.discard(BEGINNING)
    return sorted(days)


def successors_on(unit, today=None):
    """{key: is_partial} of the units that stand in this unit's place on `today`.

    Recorded successions are followed until units that exist; a district without one, or one that
    was divided, became what its communes became. For a commune or province, partial says that only
    a part of it went there; for a district, that the successor has ground from elsewhere, too.
    Empty for a unit that exists, and where nobody knows.
    """
    known, key = registry.current(), _key(unit)
    today = today or timezone.localdate()
    if _exists(known, key, today):
        return {}
    found = _heirs_today(known, key, today, set())
    if key in known.children:
        return {heir: _has_other_ground(known, heir, key) for heir in found}
    ground = _ground(known, key, BEGINNING)
    return {heir: not ground.get(heir) for heir in found}


def former_district_communes(district, today=None):
    """{key: is_partial} of today's communes on ground that was once the district's.

    By the ground of its communes, so a district merged into a larger one is offered only where it
    was. Partial: the commune has ground from elsewhere, too. Empty for a province or commune.
    """
    known, key = registry.current(), _key(district)
    today = today or timezone.localdate()
    province = known.spans[key][-1].parent
    if not province or known.spans[province][-1].parent:
        return {}
    holders = set()
    for below, since in {key: BEGINNING, **_below(known, key, BEGINNING, END)}.items():
        _follow(known, below, since, holders)
    return {
        holder: _has_other_ground(known, holder, key)
        for holder in holders
        # In the two-tier system, whatever has a unit above it is a commune.
        if holder.startswith("t2-")
        and known.spans[holder][-1].parent
        and _exists(known, holder, today)
    }


# --- the graph ------------------------------------------------------------------------------------


def _key(unit):
    return unit if isinstance(unit, str) else unit.pk


def _exists(known, key, day):
    born, died = known.life(key)
    return born <= day < died


def _living_day(known, key, day):
    """`day`, or the nearest day of the unit's life; None is its last."""
    born, died = known.life(key)
    last = END if died == END else died - timedelta(days=1)
    return last if day is None else max(born, min(day, last))


def _above(known, key, first, end):
    """Units above `key` at any time in [first, end)."""
    for span in known.spans[key]:
        overlap = max(span.first, first), min(span.end, end)
        if span.parent and overlap[0] < overlap[1]:
            yield span.parent
            yield from _above(known, span.parent, *overlap)


def _below(known, key, first, end):
    """{unit: first day below} of the units below `key` at any time in [first, end)."""
    found = {}
    for child in known.children.get(key, ()):
        for span in known.spans[child]:
            overlap = max(span.first, first), min(span.end, end)
            if span.parent == key and overlap[0] < overlap[1]:
                found[child] = min(overlap[0], found.get(child, END))
                for below, since in _below(known, child, *overlap).items():
                    found[below] = min(since, found.get(below, END))
    return found


def _gifts(known, key, since):
    """([(unit, day)], rest): to whom the ground of `key` goes from `since` on.

    `rest` is True while `key` itself goes on holding some of it for ever, or nobody knows of it.
    """
    edges = known.successors.get(key, ())
    gifts = [(edge.key, edge.day) for edge in edges if edge.day >= since]
    last = known.spans[key][-1]
    if last.end == END:
        return gifts, True
    if any(edge.day >= last.end for edge in edges):
        return gifts, False
    if last.parent:
        return [*gifts, (last.parent, last.end)], False
    return gifts, True


def _ground(known, key, since, path=()):
    """{unit: is_wholly} of all units in which the ground of `key` ever lies from `since` on."""
    if key in path:  # Only a mistaken correction makes a circle; it must not hang a page.
        return {}
    ground = {key: True}
    ground.update((above, True) for above in _above(known, key, since, END))
    gifts, rest = _gifts(known, key, since)
    parts = [_ground(known, unit, day, (*path, key)) for unit, day in gifts]
    for part in parts:
        for unit in part:
            if unit not in ground:
                ground[unit] = not rest and all(other.get(unit) for other in parts)
    return ground


def _follow(known, key, since, holders):
    """Add to `holders` all units that hold ground of `key` itself from `since` on."""
    holders.add(key)
    for unit, day in _gifts(known, key, since)[0]:
        if unit not in holders:
            _follow(known, unit, day, holders)


def _candidates(known, key):
    """All units that may lie in `key`: below it, and backwards along every succession."""
    found = {key, *_below(known, key, BEGINNING, END)}
    open_ends = list(found)
    while open_ends:
        unit = open_ends.pop()
        left_here = (
            child
            for child in known.children.get(unit, ())
            if (unit, known.spans[child][-1].end) in _gifts(known, child, BEGINNING)[0]
        )
        for earlier in (*known.predecessors.get(unit, ()), *left_here):
            if earlier not in found:
                found.add(earlier)
                open_ends.append(earlier)
    return found


def _heirs_today(known, key, today, seen):
    """Follow whole successions; where there is none, the children of the last day; else parts."""
    if key in seen:
        return set()
    seen.add(key)
    if _exists(known, key, today):
        return {key}
    edges = known.successors.get(key, ())
    whole = [edge.key for edge in edges if not edge.partial]
    died = known.spans[key][-1].end
    children = [
        child
        for child in known.children.get(key, ())
        if any(span.parent == key and span.end == died for span in known.spans[child])
    ]
    heirs = set()
    for heir in whole or children or [edge.key for edge in edges]:
        heirs |= _heirs_today(known, heir, today, seen)
    return heirs


def _has_other_ground(known, commune, district):
    """Whether a predecessor of the commune never was the district's, nor below it."""
    inside = {district, *_below(known, district, BEGINNING, END)}
    return any(old not in inside for old in known.predecessors.get(commune, ()))
