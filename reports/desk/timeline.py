"""How many reports in each month of a period, beside the year before; without a period, each year."""

from dataclasses import dataclass
from datetime import date

from reports.periods import Period

from .comparison import Change, Line
from .counting import Column, by_month, by_year, has_months
from .drill import Drill

# Over more years only those that hold a report are told.
MOST_YEARS = 40


@dataclass(frozen=True)
class Step(Line):
    """`tick` is the label where there is little room, `mark` what stands once below several."""

    tick: str = ""
    mark: str = ""


@dataclass(frozen=True)
class Timeline:
    """`steps` in order of time. `then_label` says what the second number of each is."""

    noun: str
    steps: list
    total: Step
    now_label: str
    then_label: str = ""


def timeline_of(selection):
    """The `Timeline` of a selection; None for the undated, who are in no month."""
    if selection.filters.wants_undated:
        return None
    return _by_month(selection) if has_months(selection) else _by_year(selection)


def _by_month(selection):
    before = selection.last_year
    months = by_month(selection)
    earlier = by_month(before) if before else []
    here, there = Drill(selection), before and Drill(before)
    steps = []
    for place, (month, now) in enumerate(months):
        earlier_month, then = earlier[place] if place < len(earlier) else (None, 0)
        year, number = month.ky.split("-")
        first = place == 0 or not months[place - 1][0].ky.startswith(year)
        steps.append(
            Step(
                label=f"Tháng {int(number)}/{year}",
                change=Change(now, then),
                now_list=here.column(_days(month)) if now else "",
                then_list=there.column(_days(earlier_month)) if then else "",
                tick=str(int(number)),
                mark=year if first else "",
            )
        )
    period = selection.period
    return Timeline(
        noun="Tháng",
        steps=steps,
        total=_total(steps, here.total(), there.total() if there else ""),
        now_label=period.label if period.ky else period.days_label,
        then_label="cùng tháng năm trước" if before else "",
    )


def _by_year(selection):
    counted = by_year(selection)
    here, period = Drill(selection), selection.period
    if counted and max(counted) - min(counted) < MOST_YEARS:
        counted = {year: counted.get(year, 0) for year in range(min(counted), max(counted) + 1)}
    steps = []
    for year, now in counted.items():
        told = Period.between(date(year, 1, 1), date(year, 12, 31))
        if period:
            told = Period.between(max(told.start, period.start), min(told.end, period.end))
        steps.append(
            Step(
                label=f"Năm {year}",
                change=Change(now, counted.get(year - 1, 0)),
                now_list=here.column(_days(told)) if now else "",
                tick=str(year),
            )
        )
    return Timeline(
        noun="Năm",
        steps=steps,
        total=_total(steps, here.total(), ""),
        now_label=period.days_label if period else "mọi thời gian",
    )


def _days(period):
    return Column("", "", {"tu": period.start.isoformat(), "den": period.end.isoformat()})


def _total(steps, now_list, then_list):
    change = Change(sum(s.change.now for s in steps), sum(s.change.then for s in steps))
    return Step(label="Cộng", change=change, now_list=now_list, then_list=then_list)
