"""Numbers of a selection: unit × kind (or × heading, × topic, × month …), with zeros and totals.

Everything is counted by the database in groups and laid into rows here; `Places` says which row.
"""

from collections import Counter, defaultdict
from dataclasses import dataclass, field, replace
from datetime import timedelta

from django.db.models import Case, Count, IntegerField, Value, When
from django.db.models.functions import ExtractYear

from portal.templatetags.vietnamese import first_capital
from reports.address_filter import UNSORTED
from reports.filter_words import NOTHING
from reports.models import EventKind, Genre, ReportHeading
from reports.periods import Period
from reports.shelves import shelves

from .places import Places, Row

MONTH, TOPIC = "thang", "chu-de"
# What the columns of a table can be: its word in the address (`cot=`), what of a report it is.
COLUMNS = {
    "loai": ("Loại sự kiện", "event__kind"),
    "muc": ("Mục báo cáo", "heading"),
    TOPIC: ("Chủ đề", "topics__slug"),
    "chuyen-muc": ("Chuyên mục", "section__slug"),
    "to-chuc": ("Tổ chức", "organisation__slug"),
    "the-loai": ("Thể loại", "genre"),
    MONTH: ("Tháng", None),
}
DEFAULT_COLUMNS = "loai"
# More months than a table has columns for: years then.
MOST_MONTHS = 36
# Years whose months have a name (`reports.periods`).
FIRST_YEAR, LAST_YEAR = 1901, 2998


@dataclass(frozen=True)
class Column:
    """`value` is what the database says; `narrowing` what an address says to see these reports alone."""

    value: str
    label: str
    narrowing: dict = field(default_factory=dict, compare=False)


@dataclass
class TableRow:
    """One unit's numbers. `total` counts reports, which a report of two topics makes less than the sum."""

    row: Row
    cells: list
    total: int
    partial: int = 0  # of these, how many only lie there in part


@dataclass
class Table:
    """A cross table; rows add up to `totals` and `total`, columns too except for topics.

    `empty_columns` are the choices nothing falls into; they are no columns. `held` of the reports counted
    by the day of their event, the others by that of their publication; None where nobody asked, and for
    the undated.
    """

    kind: str
    label: str
    columns: list
    rows: list
    totals: list
    total: int
    empty_columns: list = field(default_factory=list)
    overlapping: bool = False  # a report may stand in several columns
    held: int | None = None

    @property
    def silent_units(self):
        """The units that were asked about and have nothing."""
        return [row.row for row in self.rows if not row.total and not row.row.is_extra]


def table_of(selection, columns=DEFAULT_COLUMNS, rows="", places=None, *, tells_days=True):
    """The `Table` of a selection. An unknown `columns` counts by kind of event.

    Without `tells_days` it does not say how many were `held`, which is a question less.
    """
    kind = columns if columns in COLUMNS else DEFAULT_COLUMNS
    if kind == MONTH and not has_months(selection):
        kind = DEFAULT_COLUMNS
    places = places or Places.of(selection, rows or selection.filters.chosen.get("hang", ""))
    # A report of two topics stands twice in the cells, once in the totals.
    twice = kind == TOPIC
    cells = by_row(selection, places, kind, tells_days=tells_days and not twice)
    totals = by_row(selection, places, tells_days=tells_days) if twice else cells
    table = _laid_out(kind, places, cells, totals, column_choices(kind, selection))
    if tells_days and not selection.filters.wants_undated:
        table.held = sum(row.held for row in totals.values())
    return table


@dataclass
class Counted:
    """What belongs to one row: {column value: reports}, how many of them lie there only in part, and
    how many are counted by the day of their event.
    """

    values: Counter = field(default_factory=Counter)
    partial: int = 0
    held: int = 0
    divided_among: set = field(default_factory=set)

    @property
    def total(self):
        return self.values.total()


def by_row(selection, places, kind=None, *, tells_days=False):
    """{row key: Counted}. Without `kind` all stand under the value ""; the months want `has_months`.

    How many were `held` is said with `tells_days`.
    """
    counted = defaultdict(Counted)
    for (key, partial, among), value, number, held in _grouped(selection, places, kind, tells_days):
        row = counted[key]
        row.values[str(value)] += number
        row.held += held
        row.partial += number if partial else 0
        row.divided_among.update(among)
    return counted


def _grouped(selection, places, kind, tells_days):
    """(row, column value, reports, of them held): few groups, whatever the number of reports."""
    reports = selection.reports.order_by()
    if selection.filters.wants_undated:
        day = "published_at__date"
        fields = [day] if kind is None else [day, COLUMNS[kind][1]]
        for unit, on, *value, number in reports.values_list("unit_id", *fields).annotate(
            number=Count("pk", distinct=True)
        ):
            yield places.row_on(unit, on), _value(value), number, 0
        return
    reports, field_ = _with_column(reports, kind, selection)
    fields = [field_] if field_ else []
    moving = []
    held = Count("event__event_on") if tells_days else Value(0)
    groups = reports.values_list("unit_id", *fields).annotate(number=Count("pk"), held=held)
    for unit, *value, number, of_them_held in groups:
        pieces = places.pieces(unit)
        if len(pieces) > 1:
            moving.append(unit)
        else:
            yield pieces[0][2:], _value(value), number, of_them_held
    if moving:
        groups = (
            reports.filter(unit__in=set(moving))
            .values_list("unit_id", "counting_on", *fields)
            .annotate(number=Count("pk"), held=held)
        )
        for unit, on, *value, number, of_them_held in groups:
            yield places.row_on(unit, on), _value(value), number, of_them_held


def _value(values):
    return (values[0] if values[0] is not None else "") if values else ""


def _with_column(reports, kind, selection):
    if kind is None:
        return reports, None
    if kind == MONTH:
        steps = [
            When(counting_on__lte=month.end, then=Value(number))
            for number, month in enumerate(months_of(selection.period))
        ]
        step = Case(*steps, default=Value(len(steps) - 1), output_field=IntegerField())
        return reports.annotate(month_number=step), "month_number"
    return reports, COLUMNS[kind][1]


def has_months(selection):
    """Whether the selection's days can be told month by month: there are some, and not too many."""
    period = selection.period
    if period is None or selection.filters.wants_undated:
        return False
    told = period.start.year >= FIRST_YEAR and period.end.year <= LAST_YEAR
    return told and (period.end - period.start).days <= MOST_MONTHS * 31


def months_of(period):
    """The reporting months of a period in its convention; the first and the last cut at its ends."""
    day, found = period.start, []
    while True:
        month = month_with(day, period.convention)
        found.append(
            replace(month, start=max(month.start, period.start), end=min(month.end, period.end))
        )
        if month.end >= period.end:
            return found
        day = month.end + timedelta(days=1)


def month_with(day, convention):
    """The reporting month in which `day` lies."""
    month = Period.month(day.year, day.month, convention)
    if day > month.end:
        after = (day.year + day.month // 12, day.month % 12 + 1)
        month = Period.month(*after, convention)
    return month


def by_month(selection):
    """[(month, reports)] of a selection that `has_months`, the empty ones too."""
    reports, field_ = _with_column(selection.reports.order_by(), MONTH, selection)
    counted = dict(reports.values_list(field_).annotate(number=Count("pk")))
    return [
        (month, counted.get(number, 0)) for number, month in enumerate(months_of(selection.period))
    ]


def by_year(selection):
    """{calendar year of the counting day: reports}; what has no day is in none."""
    years = selection.reports.order_by().annotate(year=ExtractYear("counting_on"))
    counted = dict(years.values_list("year").annotate(number=Count("pk")))
    return {year: number for year, number in sorted(counted.items()) if year}


def column_choices(kind, selection):
    """[Column] of a kind in its order, with the one for what has nothing of the kind."""
    if kind == MONTH:
        return [
            # Beside the period, not in its place: the rows are those of the whole period.
            Column(str(number), f"{int(month.ky[5:])}/{month.ky[:4]}", {MONTH: month.ky})
            for number, month in enumerate(months_of(selection.period))
        ]
    known = {
        "loai": EventKind.choices,
        "muc": ReportHeading.choices,
        "the-loai": Genre.choices,
    }.get(kind)
    choices = known if known is not None else shelves(anew=True).get(kind, [])
    columns = [Column(value, first_capital(label), {kind: value}) for value, label in choices]
    if kind in NOTHING:
        columns.append(Column("", first_capital(NOTHING[kind]), {kind: UNSORTED}))
    return columns


def _laid_out(kind, places, cells, totals, choices):
    used = Counter()
    for row in cells.values():
        used.update(row.values)
    shown = [choice for choice in choices if used[choice.value] or kind == MONTH]
    extras = places.extras(totals)
    rows = []
    for key in [*places.keys, *extras]:
        in_columns, whole = cells.get(key, Counted()), totals.get(key, Counted())
        rows.append(
            TableRow(
                row=places.row(key, sorted(whole.divided_among)),
                cells=[in_columns.values[column.value] for column in shown],
                total=whole.total,
                partial=whole.partial,
            )
        )
    return Table(
        kind=kind,
        label=COLUMNS[kind][0],
        columns=shown,
        rows=rows,
        totals=[used[column.value] for column in shown],
        total=sum(row.total for row in rows),
        empty_columns=[column.label for column in choices if column not in shown],
        overlapping=kind == TOPIC,
    )
