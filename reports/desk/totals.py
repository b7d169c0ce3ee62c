"""Totals of confirmed numbers: within one indicator and one unit of measure, each number once.

What nobody confirmed enters no total. Shares (`trên 9 xã`) and percentages are listed, never added.
Two reports of one event that were marked as telling the same number (`Figure.same_as`) count once.
"""

import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from portal.text import fold, one_line, sort_key
from portal.tokens import word_forms
from reports.models import Figure

from .counting import has_months, months_of

_SHARE = re.compile(r"trên \d|%|phần trăm|phần nghìn|‰")
# Spellings of one measure.
_SAME_MEASURE = {"tỉ": "tỷ", "vnđ": "đồng", "vnd": "đồng", "đ": "đồng", "m2": "m²", "m3": "m³"}


@dataclass(frozen=True)
class Told:
    """One confirmed number. `repeats` is the report whose number already counts for it."""

    pk: int
    report: int
    unit: str
    value: Decimal
    counting_on: date | None
    repeats: int | None = None

    @property
    def counts(self):
        return self.repeats is None


@dataclass
class TotalRow:
    """One indicator in one unit of measure. `total` is None where adding would mean nothing."""

    indicator: str
    unit_of_measure: str
    key: tuple
    figures: list = field(default_factory=list)

    @property
    def can_be_added(self):
        return not _SHARE.search(self.unit_of_measure.lower())

    @property
    def total(self):
        if not self.can_be_added:
            return None
        return sum((one.value for one in self.figures if one.counts), Decimal(0))

    @property
    def numbers(self):
        """How many numbers count."""
        return sum(one.counts for one in self.figures)

    @property
    def reports(self):
        """From how many reports the numbers that count come."""
        return len({one.report for one in self.figures if one.counts})

    @property
    def repeated(self):
        """How many do not count, because another report has told them."""
        return len(self.figures) - self.numbers


def key_of(indicator, unit_of_measure):
    """What two spellings of one indicator and measure have in common; different words differ.

    Capitals, spaces, quotes and the place of the tone (`hoà`, `hòa`) do not matter, marks do: `bản` is
    no `bàn`.
    """
    return _spelled(indicator), measure_key(unit_of_measure)


def measure_key(unit_of_measure):
    words = one_line(unit_of_measure).lower().replace("%", " phần trăm ").split()
    return _spelled(" ".join(_SAME_MEASURE.get(word, word) for word in words))


def _spelled(text):
    return " ".join(exact for _, exact in word_forms(text)) or one_line(text).lower()


def totals(selection):
    """The `TotalRow`s of a selection's confirmed numbers, by name of the indicator."""
    return rows_of(Figure.objects.filter(report__in=selection.reports.order_by().values("pk")))


def row_of(selection, indicator, unit_of_measure):
    """The `TotalRow` of one indicator and measure; empty when the selection has none."""
    key = key_of(indicator, unit_of_measure)
    for row in totals(selection):
        if row.key == key:
            return row
    return TotalRow(one_line(indicator), one_line(unit_of_measure), key)


def rows_of(figures):
    """`totals` of any queryset of Figures."""
    told = figures.confirmed().values_list(
        "pk", "report_id", "report__unit_id", "report__counting_on", "indicator", "counted_as",
        "value", "unit_of_measure", "same_as_id", "at_desk", "sentence",
    )  # fmt: skip
    keys = {}
    names, groups = defaultdict(Counter), defaultdict(lambda: defaultdict(list))
    printed = Counter()
    # The newsroom's first: what the desk confirmed again in the same sentence is the same number.
    for row in told.order_by("at_desk", "report_id", "order", "pk"):
        (pk, report, unit, on, given, counted_as, value, measure, same_as, at_desk, sentence) = row
        name = (counted_as or given, measure)
        key = keys.setdefault(name, None) or key_of(*name)
        keys[name] = key
        place = (report, fold(sentence), value, key)
        repeats_itself = False
        if not at_desk:
            printed[place] += 1
        elif printed[place]:
            printed[place] -= 1
            repeats_itself = True
        names[key][name] += 1
        figure = Told(pk, report, unit, value, on, report if repeats_itself else None)
        groups[key][(same_as or report, value)].append(figure)
    rows = []
    for key, group in groups.items():
        indicator, measure = names[key].most_common(1)[0][0]
        figures = [one for (root, _), same in group.items() for one in _once(root, same)]
        rows.append(TotalRow(one_line(indicator), one_line(measure), key, figures))
    return sorted(rows, key=lambda row: (sort_key(row.indicator), sort_key(row.unit_of_measure)))


def _once(root, figures):
    """The figures that tell one number, of which those of one report count: the most complete one.

    The one that others were said to repeat goes first.
    """
    counting = [one for one in figures if one.counts]
    by_report = Counter(one.report for one in counting)
    if len(by_report) < 2:
        return figures
    chosen = max(by_report, key=lambda report: (by_report[report], report == root, -report))
    return [
        one
        if one.report == chosen or not one.counts
        else Told(one.pk, one.report, one.unit, one.value, one.counting_on, chosen)
        for one in figures
    ]


# --- through time ---------------------------------------------------------------------------------


@dataclass(frozen=True)
class Step:
    """A month or quarter of the period, and what it adds. `before` is the same time last year."""

    label: str
    total: Decimal
    before: Decimal | None = None


def trend(selection, row, last=None):
    """[Step] of the period by month; by quarter where it is longer than a year.

    `last` is the `TotalRow` of the same period last year. Empty without a period or for one that has no
    months to tell (`has_months`), and for what cannot be added. The steps add up to the total.
    """
    if not row.can_be_added or not has_months(selection):
        return []
    steps = _steps(selection.period)
    added = _added(steps, row)
    before = [None] * len(steps)
    if last is not None and selection.last_year is not None:
        earlier = _steps(selection.last_year.period)
        if len(earlier) == len(steps):
            before = _added(earlier, last)
    return [
        Step(label, total, then)
        for (label, _), total, then in zip(steps, added, before, strict=True)
    ]


def _steps(period):
    """[(label, last day)]."""
    months = months_of(period)
    if len(months) <= 12:
        return [(f"{month.end.month}/{month.end.year}", month.end) for month in months]
    quarters = {}
    for month in months:
        quarter = (month.end.month + 2) // 3
        quarters[f"quý {quarter}/{month.end.year}"] = month.end
    return list(quarters.items())


def _added(steps, row):
    added = [Decimal(0)] * len(steps)
    for one in row.figures:
        if one.counts and one.counting_on:
            place = next(
                (n for n, (_, end) in enumerate(steps) if one.counting_on <= end), len(steps) - 1
            )
            added[place] += one.value
    return added


# --- names ----------------------------------------------------------------------------------------


def alike(rows):
    """[[TotalRow]] whose names differ only in marks or measure: perhaps one indicator, written twice."""
    groups = defaultdict(list)
    for row in rows:
        groups[fold(" ".join(row.key[0].split()))].append(row)
    return [group for group in groups.values() if len({row.key[0] for row in group}) > 1]
