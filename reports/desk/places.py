"""The rows of a table: the units a choice is told by, and to which of them each report belongs.

Every report belongs to exactly one row, so rows add up to the total. It goes to the nearest unit
among the rows (own, then subordinate, then former area, by `reports.scope`). A unit that was divided
between several rows is not guessed about: it is a row of its own that names them ("chia cho …").
"""

from collections import Counter
from copy import copy
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache, cached_property, lru_cache

from django.db.models import Q

from portal.text import sort_key
from units import registry
from units.area import ancestors_on, area_of, days_of_change, subtree_keys
from units.models import Unit
from units.names import in_sentence
from units.naming import years_label

from ..models import ScopeRelation
from ..scope import scope_of

# `hang=`: what the rows are.
BELOW, CHOSEN, EACH = "truc-thuoc", "chon", "don-vi"
# More keys than a database takes in one condition.
MANY = 500


@dataclass(frozen=True)
class Row:
    """`name` is the unit's name at the end of the period, `place` that of the unit above.

    `is_extra`: not one of those asked about, but reports belong to it (the unit above, a divided unit);
    `divided_among` names the rows between which its ground was divided.
    """

    key: str
    name: str
    place: str = ""
    is_extra: bool = False
    divided_among: tuple = field(default=())

    @property
    def label(self):
        return f"{self.name}, {in_sentence(self.place)}" if self.place else self.name


def ground_of(units, relation):
    """Keys of `units` (or of their keys) and of all that lies in them, as far as `relation` says.

    On whatever day: `Places` says what did on one.
    """
    found = {getattr(unit, "pk", unit) for unit in units}
    for unit in units:
        if relation >= ScopeRelation.FORMER_AREA:
            found.update(area_of(unit))
        elif relation == ScopeRelation.SUBORDINATE:
            found.update(subtree_keys(unit))
    return found


class Places:
    """The rows for some units in a period, and the row of every publishing unit.

    `first`, `last`: the days of the period, both included. `relation`: how far a report may be.
    """

    def __init__(self, units, first, last, *, relation=ScopeRelation.SUBORDINATE, rows=""):
        self.units = [unit.pk for unit in units]
        self.first, self.last = first, last
        self.relation = relation
        self.kind = rows if rows in (BELOW, CHOSEN, EACH) else (CHOSEN if len(units) > 1 else BELOW)
        self._known = registry.current()

    @classmethod
    def of(cls, selection, rows="", *, last_day=date(2999, 12, 31)):
        """The rows of a `Selection`."""
        period = selection.period
        first, last = (period.start, period.end) if period else (date(1900, 1, 1), last_day)
        # What a number of last year led to: the rows of the table it stood in.
        days = selection.filters.days_of_rows if period else None
        asked = days or (first, last)
        places = cls(selection.units, *asked, relation=selection.relation, rows=rows)
        return places.in_period(period) if days else places

    # --- which rows -------------------------------------------------------------------------------

    @cached_property
    def keys(self):
        """Keys of the rows that existed in the period, in the order of the office."""
        if self.kind == EACH:
            return self._in_order(self._within(self.units))
        if self.kind == BELOW or not self.units:
            return self._in_order(self._members(self.units))
        found = {}
        for key in self.units:
            # Of a unit that did not exist then, what lay on its ground did.
            alone = [key] if self._existed(key) else self._in_order(self._members([key]))
            found.update(dict.fromkeys(alone))
        return list(found)

    def extras(self, keys):
        """Those of `keys` nobody asked for, but to which reports belong: the unit above, a divided one."""
        return sorted(set(keys) - self.row_set, key=lambda key: (key[:2] != "t3", key))

    def _within(self, units):
        """What lies in `units`, as far as was asked, and existed in the period."""
        if not units:
            return {key for key in self._known.spans if self._existed(key)}
        return {key for key in ground_of(units, self.relation) if self._existed(key)}

    def _members(self, units):
        """What stands directly below `units` and those that stood where they stand.

        A unit with nothing below it stands for itself. Without units: the provinces.
        """
        if not units:
            return {key for key in self._known.spans if self._is_top(key) and self._existed(key)}
        within = self._within(units)
        heads = {key for key in within if key in units or self._is_top(key)}
        above = {key: self._above(key) for key in within - heads}
        below = {key for key, its in above.items() if not its.intersection(above)}
        told_by_others = set().union(*(above[key] for key in below))
        return below | {key for key in heads if key in units and key not in told_by_others}

    def _above(self, key):
        """Units above it on any day of the period it lived in."""
        born, died = self._known.life(key)
        first, last = max(born, self.first), min(died, self.last + timedelta(days=1))
        days = [first, *(day for day in days_of_change(key) if first < day < last)]
        return {above for day in days for above in ancestors_on(key, day)}

    def _is_top(self, key):
        return self._known.spans[key][-1].parent is None

    def _existed(self, key):
        born, died = self._known.life(key)
        return born <= self.last and self.first < died

    def _lasted(self, key):
        """Whether it was there from the first day of the period to the last."""
        born, died = self._known.life(key)
        return born <= self.first and self.last < died

    def _in_order(self, keys):
        """As offices list units: by the unit above, then by name."""
        keys = list(keys)
        asked = Unit.objects.all() if len(keys) > MANY else Unit.objects.filter(pk__in=keys)
        names = dict(asked.values_list("pk", "sort_key"))

        @cache
        def place_of(above):
            return sort_key(self._span(above).name) if above else ""

        def place(key):
            return place_of(self._span(key).parent)

        # The old system first: it was first.
        return sorted(keys, key=lambda key: (key[:2] != "t3", place(key), names[key], key))

    # --- to which row -----------------------------------------------------------------------------

    def row_on(self, key, day):
        """(key of the row, partial, divided among) for a report of unit `key` on `day`."""
        pieces = self.pieces(key)
        return next((piece[2:] for piece in pieces[:-1] if day <= piece[1]), pieces[-1][2:])

    def _found_on(self, key, day):
        rows = self.row_set
        if key in rows:
            return key, False, ()
        for above in ancestors_on(key, day):
            if above in rows:
                return above, False, ()
        if self.relation < ScopeRelation.FORMER_AREA:
            return key, False, ()
        later = {
            other: partial
            for other, (relation, partial) in _scope(self._known.generation, key, day).items()
            if relation == ScopeRelation.FORMER_AREA and other in rows
        }
        if whole := [other for other, partial in later.items() if not partial]:
            # The deepest: what lies in a commune lies in its province, too.
            return max(whole, key=lambda other: (len(ancestors_on(other)), other)), False, ()
        if len(later) == 1:
            return next(iter(later)), True, ()
        return key, bool(later), tuple(sorted(later))

    @cached_property
    def row_set(self):
        return frozenset(self.keys)

    @cached_property
    def _rows_found(self):
        return _kept_pieces(
            self._known.generation, self.row_set, self.first, self.last, self.relation
        )

    @property
    def _each_its_own(self):
        """Whether every unit that reports is a row by itself."""
        return self.kind == EACH or self.relation == ScopeRelation.OWN

    def pieces(self, key):
        """[(first day, last day, row key, partial, divided among)] of the period for unit `key`.

        Most units have one piece; more, where what it lies in changed within the period. The ends
        are open: what counts before or after the unit's life counts with its nearest day.
        """
        if self._each_its_own:
            return [(self.first, self.last, key, False, ())]
        if key not in self._rows_found:
            days = [day for day in days_of_change(key) if self.first < day <= self.last]
            starts = [self.first, *days]
            ends = [*(day - timedelta(days=1) for day in days), self.last]
            found = []
            for first, last in zip(starts, ends, strict=True):
                row = self._found_on(key, first)
                if found and found[-1][2:] == row:
                    found[-1] = (found[-1][0], last, *row)
                else:
                    found.append((first, last, *row))
            self._rows_found[key] = found
        return self._rows_found[key]

    def of_row(self, reports, key, *, undated=False):
        """Those of `reports` that belong to the row `key`: exactly what its numbers count."""
        belongs, whole = Q(), []
        for unit in self._may_belong_to(key):
            pieces = self.pieces(unit)
            if all(piece[2] == key for piece in pieces):
                whole.append(unit)
                continue
            for number, (first, last, row, *_) in enumerate(pieces):
                if row == key:
                    belongs |= self._on_days(
                        unit,
                        first if number else None,
                        last if number < len(pieces) - 1 else None,
                        "published_at__date" if undated else "counting_on",
                    )
        return reports.filter(belongs | Q(unit__in=whole))

    def _may_belong_to(self, key):
        """Keys of all units that can have reports in the row `key`, known without asking for any report."""
        if self._each_its_own:
            return [key]
        return sorted(ground_of([key], self.relation))

    @staticmethod
    def _on_days(unit, first, last, day):
        condition = Q(unit=unit)
        if first:
            condition &= Q(**{f"{day}__gte": first})
        if last:
            condition &= Q(**{f"{day}__lte": last})
        return condition

    def in_period(self, period):
        """The same rows for another period: what a year is compared with."""
        moved = copy(self)
        moved.keys, moved._namesakes = self.keys, self._namesakes
        for name in ("_rows_found", "row_set"):
            moved.__dict__.pop(name, None)
        moved.first, moved.last = period.start, period.end
        return moved

    # --- in words ---------------------------------------------------------------------------------

    def row(self, key, divided_among=()):
        """The `Row` of a key, whether it was asked about or not."""
        name, place = self._words(key)
        if (name, place) in self._namesakes:
            name = f"{name} ({self._years(key)})"
        return Row(
            key=key,
            name=name,
            place=place,
            is_extra=key not in self.row_set,
            divided_among=tuple(self._span(other).name for other in divided_among),
        )

    def _words(self, key):
        """(name, name of the unit above unless the rows are its own)."""
        span = self._span(key)
        above = span.parent
        return span.name, self._span(above).name if above and above not in self.units else ""

    @cached_property
    def _namesakes(self):
        """What two rows would be called: a province before the law moved its borders, and after."""
        # Reports of a province itself have a row, too, that nobody asked for.
        candidates = {*self.keys, *filter(self._is_top, self._within(self.units))}
        if all(map(self._lasted, candidates)):
            return set()
        found = Counter(map(self._words, candidates))
        return {words for words, number in found.items() if number > 1}

    def _years(self, key):
        born, died = self._known.life(key)
        first = None if born == registry.BEGINNING else born
        return years_label(first, None if died == registry.END else died)

    def _span(self, key):
        """Its name and parent at the end of the period, or on the nearest day it lived."""
        born, died = self._known.life(key)
        return self._known.span_on(key, max(born, min(self.last, died - timedelta(days=1))))


@lru_cache(maxsize=4)
def _kept_pieces(generation, rows, first, last, relation):
    """{unit: its pieces} that were found before for the same rows and days; filled by `pieces`.

    A country's year has 11,000 units that report, and whoever looks at it asks again.
    """
    return {}


@lru_cache(maxsize=20_000)
def _scope(generation, key, day):
    return scope_of(Unit.objects.only("key", "level").get(pk=key), day)
