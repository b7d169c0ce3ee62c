"""How many reports each choice of the list's filter would leave: one statement for all of them.

A facet is counted with all *other* conditions, as if nothing of its own had been chosen; so its
numbers, with those that have nothing of the kind, add up to the list without that condition. Topics
alone may add up to more: a report can have several.
"""

from bisect import bisect_left, bisect_right
from itertools import accumulate

from django.core.exceptions import EmptyResultSet
from django.db import connections

from portal.paging import COUNT_CAP
from reports.address_filter import UNSORTED
from units import registry

# The parameters whose choices are counted, each with what of a report they choose by.
LISTS = {
    "chuyen-muc": "section__slug",
    "loai": "event__kind",
    "to-chuc": "organisation__slug",
    "chu-de": "pk",
    "muc": "heading",
}
DAYS = ("ky", "tu", "den", "chua-ro-ngay")
COLUMNS = {**LISTS, "ngay": "counting_on", "don-vi": "unit"}
UNITS_SHOWN = 12


class Facets:
    """Numbers for a filter's choices. `None` is "not counted": there are more than the cap."""

    def __init__(self, counted=None, totals=None):
        """`counted` is {facet: {value: number}}, `totals` {facet: number of reports}."""
        self._counted = counted or {}
        self._totals = totals or {}
        dated = sorted((day, n) for day, n in self._counted.get("ngay", {}).items() if day)
        self._days = [day for day, _ in dated]
        self._sums = [0, *accumulate(n for _, n in dated)]

    def total(self, facet):
        """The reports among which the facet's choices choose."""
        return self._totals.get(facet)

    def of(self, facet, value):
        if facet not in self._counted:
            return None
        return self._counted[facet].get("" if value == UNSORTED else value, 0)

    def of_period(self, period):
        if "ngay" not in self._counted:
            return None
        first = bisect_left(self._days, period.start.isoformat())
        after = bisect_right(self._days, period.end.isoformat())
        return self._sums[after] - self._sums[first]

    @property
    def any_day(self):
        """Reports of any day and of none: what the periods and the undated add up to."""
        return self.total("ngay")

    @property
    def undated(self):
        return self.of("ngay", "")

    @property
    def years(self):
        """The years that hold a report, when they were counted."""
        return {int(day[:4]) for day in self._days}

    @property
    def units(self):
        """[(key, name, number)] of the units that reported, the most telling first."""
        known = registry.current().spans
        counted = self._counted.get("don-vi", {})
        ranked = sorted(counted.items(), key=lambda item: (-item[1], item[0]))
        return [(key, known[key][-1].name, number) for key, number in ranked if key in known]


def count_facets(filters, reports):
    """The facets of the list that `filters` makes of `reports` (an unsliced queryset).

    Each facet is exact up to `COUNT_CAP` reports; above it stays uncounted. One statement.
    """
    bases = {(): filters.narrow(reports)}
    base_of = dict.fromkeys(COLUMNS, ())
    for facet, own in {**{name: (name,) for name in LISTS}, "ngay": DAYS}.items():
        # An order by day is a condition on days, too: what has none is not in the list.
        by_day = facet == "ngay" and filters.leaves_out_undated
        if by_day or any(filters.chosen.get(name) for name in own):
            bases[own] = filters.narrow_but_for(own, reports)
            base_of[facet] = own
    counted, totals = _count(bases, base_of, reports.db)
    within = {own: totals[own] <= COUNT_CAP for own in bases}
    return Facets(
        {facet: counted.get(facet, {}) for facet, own in base_of.items() if within[own]},
        {facet: totals[own] for facet, own in base_of.items() if within[own]},
    )


def _count(bases, base_of, database):
    """({facet: {value: number}}, {base: number of reports}); both databases gather each base once."""
    connection = connections[database]
    names = {own: f"base{number}" for number, own in enumerate(bases)}
    parts, selects, parameters, totals = [], [], [], {}
    for own, reports in bases.items():
        # No more columns than its facets need: often an index holds them.
        columns = {facet: COLUMNS[facet] for facet in base_of if base_of[facet] == own}
        rows = reports.order_by().values_list(*columns.values())[: COUNT_CAP + 1]
        try:
            sql, values = rows.query.get_compiler(database).as_sql()
        except EmptyResultSet:  # a condition that nothing can meet; no database is asked
            totals[own] = 0
            continue
        headings = ", ".join(map(connection.ops.quote_name, columns))
        parts.append(f"{names[own]} ({headings}) AS ({sql})")
        parameters += values
        selects.append(f"SELECT '{names[own]}', '', COUNT(*) FROM {names[own]}")
    for facet, own in base_of.items():
        if own in totals:
            continue
        base, column = names[own], connection.ops.quote_name(facet)
        if facet == "chu-de":
            base += (
                f" LEFT JOIN reports_report_topics told ON told.report_id = {column}"
                " LEFT JOIN reports_topic ON reports_topic.id = told.topic_id"
            )
            column = "reports_topic.slug"
        selects.append(
            f"SELECT '{facet}', CAST({column} AS text), COUNT(*) FROM {base} GROUP BY {column}"
        )
    counted = {}
    if not parts:
        return counted, totals
    with connection.cursor() as cursor:
        cursor.execute(f"WITH {', '.join(parts)} {' UNION ALL '.join(selects)}", parameters)
        for facet, value, number in cursor.fetchall():
            counted.setdefault(facet, {})[value or ""] = number
    return counted, {
        own: totals.get(own, counted.get(name, {}).get("")) for own, name in names.items()
    }
