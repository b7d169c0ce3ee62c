"""The same period last year (cùng kỳ), laid into the rows of this year.

Last year's reports are counted in the units of this year's table: with the former area chosen, an old
unit's reports stand with the unit where its ground lies. What cannot be said so keeps a row of its own.
"""

from dataclasses import dataclass, field
from decimal import Decimal
from urllib.parse import urlencode

from portal.templatetags.vietnamese import number

from .counting import column_choices, table_of
from .drill import Drill
from .places import Places, Row
from .table_words import apart_words

NOTHING_TO_COMPARE = "–"
_MINUS = "\u2212"
_NARROW = "\u00a0"  # a number and its percent sign stay on one line


@dataclass(frozen=True)
class Change:
    """Two numbers beside each other; `percent` is None where there was nothing to compare with."""

    now: int
    then: int

    @property
    def difference(self):
        return self.now - self.then

    @property
    def percent(self):
        if not self.then:
            return None
        return (Decimal(self.difference * 100) / self.then).quantize(Decimal("0.1"))

    @property
    def difference_words(self):
        """`+1.204`, `−6`, `0`."""
        return signed(self.difference)

    @property
    def percent_words(self):
        """`+16,1 %`, `−7,7 %`, `0 %`; a dash without anything last year."""
        if self.percent is None:
            return NOTHING_TO_COMPARE
        return f"{signed(self.percent)}{_NARROW}%"


def signed(value):
    """With its sign, a real minus."""
    sign = "+" if value > 0 else _MINUS if value < 0 else ""
    return f"{sign}{number(abs(value))}"


def change_words(now, then):
    """`tăng 31 bài (16,1 %) so với cùng kỳ`."""
    change = Change(now, then)
    if change.percent is None:
        return "cùng kỳ năm trước không có bài" if now else "cùng kỳ năm trước cũng không có bài"
    if not change.difference:
        return "bằng cùng kỳ năm trước"
    verb = "tăng" if change.difference > 0 else "giảm"
    amount = number(abs(change.difference))
    percent = f"{number(abs(change.percent))}{_NARROW}%"
    return f"{verb} {amount} bài ({percent}) so với cùng kỳ năm trước"


@dataclass(frozen=True)
class Line:
    """One unit or one column. The addresses lead to the reports of each number; "" where none does."""

    label: str
    change: Change
    row: Row | None = None
    now_list: str = ""
    then_list: str = ""


@dataclass(frozen=True)
class Comparison:
    """`units` and `columns` are `Line`s; both add up to `total` (topics may overlap).

    `by_area`: last year's reports stand with the units where their ground lies.
    """

    kind: str
    label: str
    units: list
    columns: list
    total: Line
    now_label: str
    then_label: str
    by_area: bool = False
    overlapping: bool = False
    partial: int = 0  # of last year's reports, how many lie only in part in their row
    apart: list = field(default_factory=list)  # sentences on rows that nobody asked for


def comparison_of(selection, columns="", rows=""):
    """The `Comparison` of a selection; None where there is no period to look back from.

    Without a choice of units every report is there anyway: then old units always stand where they lie.
    """
    if not selection.units and not selection.with_former_area:
        selection = selection.beside(**{"don-vi-cu": "1"})
    before = selection.last_year
    if before is None:
        return None
    places = Places.of(selection, rows or selection.filters.chosen.get("hang", ""))
    now = table_of(selection, columns, places=places, tells_days=False)
    then = table_of(before, now.kind, places=places.in_period(before.period), tells_days=False)
    here, there = Drill(selection), Drill(before)
    return Comparison(
        kind=now.kind,
        label=now.label,
        units=_units(now, then, here, there, selection.period),
        columns=_columns(selection, now, then, here, there),
        total=Line("Cộng", Change(now.total, then.total), None, here.total(), there.total()),
        now_label=_named(selection.period),
        then_label=_named(before.period),
        by_area=selection.with_former_area,
        overlapping=now.overlapping,
        partial=sum(line.partial for line in then.rows),
        apart=apart_words([row for row in _rows(now, then).values() if row.is_extra]),
    )


def _named(period):
    return period.label if period.ky else period.days_label


def _rows(now, then):
    """{key: Row}, this year's first; last year's own rows after them."""
    return {line.row.key: line.row for line in (*then.rows, *now.rows)}


def _units(now, then, here, there, period):
    # Last year's reports are listed by the rows of this year's table, as they were counted.
    of_now = urlencode({"hang-theo": f"{period.start.isoformat()}..{period.end.isoformat()}"})
    rows = _rows(now, then)
    in_order = dict.fromkeys(line.row.key for line in (*now.rows, *then.rows))
    today = {line.row.key: line.total for line in now.rows}
    once = {line.row.key: line.total for line in then.rows}
    return [
        Line(
            label=rows[key].label,
            change=Change(today.get(key, 0), once.get(key, 0)),
            row=rows[key],
            now_list=here.row(key) if today.get(key) else "",
            then_list=f"{there.row(key)}&{of_now}" if once.get(key) else "",
        )
        for key in in_order
    ]


def _columns(selection, now, then, here, there):
    today = dict(zip((column.value for column in now.columns), now.totals, strict=True))
    once = dict(zip((column.value for column in then.columns), then.totals, strict=True))
    of_then = {column.value: column for column in then.columns}
    return [
        Line(
            label=column.label,
            change=Change(today.get(column.value, 0), once.get(column.value, 0)),
            now_list=here.column(column) if today.get(column.value) else "",
            then_list=there.column(of_then[column.value]) if once.get(column.value) else "",
        )
        for column in column_choices(now.kind, selection)
        if column.value in today or column.value in once
    ]
