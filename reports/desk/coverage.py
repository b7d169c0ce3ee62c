"""Độ phủ: which units told something in each step of a period – in time, late, or not at all.

A report belongs to the step its counting day lies in. It is late when it came out more than the days
of grace after the end of that step; an estimated moment of publication proves nobody late.
"""

from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from enum import Enum

from django.db.models import Case, Count, DateTimeField, IntegerField, Q, Value, When
from django.utils import timezone

from portal.templatetags.vietnamese import first_capital
from reports.periods import Period
from units import registry

from .counting import months_of
from .filters import DeskFilter
from .places import Places, Row

# `buoc=`: how the period is cut, by the convention that was chosen.
MONTH, QUARTER, YEAR = "thang", "quy", "nam"
STEPS = {MONTH: "tháng", QUARTER: "quý", YEAR: "năm"}
MOST_STEPS = 60
MOST_GRACE = 90
# What the addresses of periods can name (`reports.periods`); free days may lie beyond.
FIRST_YEAR, LAST_YEAR = 1900, 2998


class TooManySteps(ValueError):
    """The period has more steps than a page can show; says so in Vietnamese."""


class State(Enum):
    """What a cell says, in words and in a sign, for nobody should need its colour."""

    IN_TIME = ("dung-han", "đăng đúng hạn", "")
    LATE = ("cham", "đăng chậm", "chậm")
    MISSING = ("thieu", "chưa có bài", "thiếu")
    PENDING = ("chua-toi", "chưa tới hạn", "…")
    ABSENT = ("khong-co", "đơn vị chưa có hoặc không còn", "–")
    NOT_ASKED = ("khong-hoi", "không có bài", "0")

    # Of a country's year there are a hundred thousand cells to be told apart.
    __hash__ = object.__hash__

    def __init__(self, slug, label, sign):
        self.slug, self.label, self.sign = slug, label, sign


# States of a unit that had to tell something.
DUE = (State.IN_TIME, State.LATE, State.MISSING)


@dataclass(frozen=True)
class Step:
    """A part of the period; `due_on` is the last day on which what it counts is in time."""

    period: Period
    label: str
    due_on: date

    @property
    def words(self):
        return self.period.label

    @property
    def first_day(self):
        return f"{self.period.start:%d/%m}"

    @property
    def last_day(self):
        return f"{self.period.end:%d/%m}"

    @property
    def query(self):
        """An address' words for it, beside those of the whole period: the rows stay the same."""
        return f"thang={self.period.ky}"


@dataclass(frozen=True)
class Cell:
    """`number` reports, `late` of them late; `query` is the address of exactly these."""

    state: State
    number: int = 0
    late: int = 0
    query: str = ""


@dataclass
class CoverageRow:
    """One unit. `covered` of `due` steps have a report; `missing` are the others of these."""

    row: Row
    cells: list
    missing: list
    filters: DeskFilter
    total: int = 0

    # Written when they are asked for: a page shows few of a country's rows.
    @property
    def query(self):
        """The address of its reports."""
        return self.filters.query(dong=self.row.key)

    @property
    def unit_query(self):
        """The address of the same question about this unit alone."""
        return self.filters.query(**{"don-vi": self.row.key})

    @property
    def due(self):
        return sum(cell.state in DUE for cell in self.cells)

    @property
    def covered(self):
        return self.due - len(self.missing)


@dataclass
class StepTotal:
    """One column: how many of the units asked about stand in which state, and all its reports."""

    number: int = 0
    query: str = ""
    states: dict = field(default_factory=lambda: dict.fromkeys(State, 0))

    @property
    def existing(self):
        """How many of the units existed then, whether their time is over or not."""
        return sum(self.states[state] for state in (*DUE, State.PENDING))

    @property
    def covered(self):
        return self.states[State.IN_TIME] + self.states[State.LATE]

    @property
    def is_open(self):
        """Whether somebody still has time."""
        return bool(self.states[State.PENDING])


@dataclass
class Coverage:
    """The matrix; rows and columns add up to `total`, the reports of the selection."""

    steps: list
    rows: list
    totals: list
    total: int
    grace: int

    @property
    def lacking(self):
        """The rows with a step nobody told anything of, though its time is over."""
        return [row for row in self.rows if row.missing]

    @property
    def asked(self):
        """How many units were asked about."""
        return sum(not row.row.is_extra for row in self.rows)

    @property
    def complete(self):
        """How many of them lack nothing that was due."""
        return self.asked - len(self.lacking)


def steps_of(period, step=MONTH):
    """The months, quarters or years of a period in its convention, cut at its ends.

    Raises TooManySteps beyond `MOST_STEPS`.
    """
    years = period.end.year - period.start.year + 1
    if period.start.year < FIRST_YEAR or period.end.year > LAST_YEAR or years > MOST_STEPS + 1:
        raise TooManySteps(f"Kỳ quá dài: nhiều nhất {MOST_STEPS} {STEPS[step]} một bảng.")
    found = {}
    for month in months_of(period):
        whole = _around(month, step)
        known = found.get(whole.ky)
        first = known.start if known else month.start
        found[whole.ky] = replace(whole, start=first, end=month.end)
    if len(found) > MOST_STEPS:
        raise TooManySteps(
            f"Kỳ có {len(found)} {STEPS[step]}, nhiều hơn {MOST_STEPS}: hãy chọn bước dài hơn."
        )
    return list(found.values())


def _around(month, step):
    year, number = int(month.ky[:4]), int(month.ky[5:])
    if step == QUARTER:
        return Period.quarter(year, (number + 2) // 3, month.convention)
    return Period.year(year, month.convention) if step == YEAR else month


def _short(period, step):
    year = period.ky[:4]
    if step == YEAR:
        return year
    if step == QUARTER:
        return first_capital(period.label)
    return f"{int(period.ky[5:])}/{year}"


def coverage_of(selection, step=MONTH, grace=0, places=None):
    """The `Coverage` of a selection that has a period. Raises TooManySteps."""
    places = places or Places.of(selection, selection.filters.chosen.get("hang", ""))
    steps = [
        Step(part, _short(part, step), part.end + timedelta(days=grace))
        for part in steps_of(selection.period, step)
    ]
    counted = {}
    for key, number, reports, late in _grouped(selection, places, steps):
        cell = counted.setdefault((key, number), [0, 0])
        cell[0] += reports
        cell[1] += late
    return _laid_out(selection, places, steps, counted, grace)


def _grouped(selection, places, steps):
    """(row key, number of the step, reports, late ones): the database counts in groups."""
    reports = selection.reports.order_by()
    late = Count("pk", filter=_is_late(steps))
    groups = reports.annotate(step=_step_number(steps)).values_list("unit_id", "step")
    moving = set()
    for unit, number, count, late_ones in groups.annotate(number=Count("pk"), late=late):
        pieces = places.pieces(unit)
        if len(pieces) > 1:
            moving.add(unit)
        else:
            yield pieces[0][2], number, count, late_ones
    if moving:
        # What these lie in changed within the period: the day decides.
        by_day = reports.filter(unit__in=moving).values_list("unit_id", "counting_on")
        for unit, on, count, late_ones in by_day.annotate(number=Count("pk"), late=late):
            number = next(i for i, step in enumerate(steps) if on <= step.period.end)
            yield places.row_on(unit, on)[0], number, count, late_ones


def _step_number(steps):
    ends = [
        When(counting_on__lte=step.period.end, then=Value(number))
        for number, step in enumerate(steps[:-1])
    ]
    last = Value(len(steps) - 1)
    return Case(*ends, default=last, output_field=IntegerField()) if ends else last


def _is_late(steps):
    """Came out after its step was over: one comparison a report, whatever the number of steps."""
    overs = [
        timezone.make_aware(datetime.combine(step.due_on + timedelta(days=1), time.min))
        for step in steps
    ]
    ends = [
        When(counting_on__lte=step.period.end, then=Value(over, DateTimeField()))
        for step, over in zip(steps[:-1], overs, strict=False)
    ]
    last = Value(overs[-1], DateTimeField())
    over = Case(*ends, default=last, output_field=DateTimeField()) if ends else last
    return Q(published_at__gte=over, published_is_estimate=False)


def _laid_out(selection, places, steps, counted, grace):
    today = timezone.localdate(selection.now)
    known = registry.current()
    address = selection.filters.query()
    extras = places.extras(key for key, _ in counted)
    totals = [StepTotal(query=f"{address}&{step.query}") for step in steps]
    ends = [(step, step.period.start, step.period.end, today > step.due_on) for step in steps]
    empty = {state: Cell(state) for state in State}
    rows = []
    for key in [*places.keys, *extras]:
        row = places.row(key)
        born, died = known.life(key)
        line = CoverageRow(row, [], [], selection.filters)
        for number, (step, first, last, is_over) in enumerate(ends):
            reports, late = counted.get((key, number), (0, 0))
            state = _state(reports, late, row.is_extra, born <= last and first < died, is_over)
            if reports:
                query = f"{address}&dong={key}&{step.query}"
                line.cells.append(Cell(state, reports, late, query))
                line.total += reports
                totals[number].number += reports
            else:
                line.cells.append(empty[state])
            if state is State.MISSING:
                line.missing.append(step)
            if not row.is_extra:
                totals[number].states[state] += 1
        rows.append(line)
    return Coverage(steps, rows, totals, sum(row.total for row in rows), grace)


def _state(reports, late, is_extra, existed, is_over):
    if reports:
        return State.LATE if late == reports else State.IN_TIME
    if is_extra:
        return State.NOT_ASKED
    if not existed:
        return State.ABSENT
    return State.MISSING if is_over else State.PENDING


def reminder(coverage, selection):
    """A text to send to the units that lack something; empty when none does."""
    if not coverage.lacking:
        return ""
    lines = [
        f"Đề nghị các đơn vị sau gửi tin, bài còn thiếu ({selection.period_words}):",
        *(
            f"{number}. {row.row.label}: {_in_runs(row.missing, coverage.steps)}"
            for number, row in enumerate(coverage.lacking, 1)
        ),
        f"Tính đến {timezone.localtime(selection.now):%H:%M ngày %d/%m/%Y}.",
        "Đơn vị đã gửi xin báo lại để cập nhật.",
    ]
    return "\n".join(lines)


def _in_runs(missing, steps):
    """`tháng 1/2026, tháng 3/2026 đến tháng 6/2026`: three and more in a row are told by their ends."""
    places = {step: number for number, step in enumerate(steps)}
    runs = []
    for step in missing:
        if runs and places[step] == places[runs[-1][-1]] + 1:
            runs[-1].append(step)
        else:
            runs.append([step])
    words = []
    for run in runs:
        ends = [f"{run[0].words} đến {run[-1].words}"] if len(run) > 2 else [s.words for s in run]
        words += ends
    return ", ".join(words)
