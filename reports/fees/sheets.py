"""Bảng kê: a unit's month as it stands today, locked once, and what has changed since.

A draft is computed from the scores. A locked sheet is its lines. Whatever changes a locked month
afterwards – a score, a work found later, one withdrawn – comes out as a difference: what a work is
worth now, less what all locked sheets together already say. It is carried into the sheet of the
month after the unit's last locked one, as a line that names the month it corrects.
"""

from collections import defaultdict
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from django.utils import timezone

from ..models import FeeKind, FeeLine, FeeSheet, PhotoRule
from .rules import HUNDRED, NoRule, Rules
from .works import (
    Work,
    in_months,
    month_of,
    next_month,
    published_on,
    published_works,
    works_of,
)

NOTHING = Decimal(0)
# Differences are looked for in the sheets of so many months.
MONTHS_LOOKED_BACK = 24
LINE_FIELDS = (
    "kind", "name", "pen_name", "workplace", "title", "genre", "published_on", "coefficient",
    "share", "pieces", "unit_price", "amount", "tax", "net", "corrects_on", "note",
)  # fmt: skip


@dataclass(frozen=True)
class Line:
    """A line as it is printed; `key` is (report, person, kind)."""

    report_id: int
    person_id: int
    sort_key: str
    kind: str
    name: str
    pen_name: str
    workplace: str
    title: str
    genre: str
    published_on: date
    coefficient: Decimal
    share: Decimal
    pieces: int
    unit_price: Decimal
    amount: Decimal
    tax: Decimal = NOTHING
    net: Decimal = NOTHING
    corrects_on: date | None = None
    note: str = ""

    @property
    def key(self):
        return self.report_id, self.person_id, self.kind

    @property
    def printed_name(self):
        """`Trần Minh Ngọc (M.N)`."""
        return f"{self.name} ({self.pen_name})" if self.pen_name else self.name


@dataclass
class Group:
    """The lines of one payee, whatever names they signed with."""

    name: str
    lines: list[Line]

    @property
    def amount(self):
        return sum((line.amount for line in self.lines), NOTHING)

    @property
    def tax(self):
        return sum((line.tax for line in self.lines), NOTHING)

    @property
    def net(self):
        return sum((line.net for line in self.lines), NOTHING)


@dataclass
class MonthSheet:
    """A unit's month: `sheet` is None while it is a draft."""

    unit: object
    month_on: date
    sheet: FeeSheet | None
    groups: list[Group]
    # Of a draft: works that stand on no line yet, and works nobody can be paid for.
    unscored: list[Work] = field(default_factory=list)
    troubled: list[Work] = field(default_factory=list)

    @property
    def lines(self):
        return [line for group in self.groups for line in group.lines]

    @property
    def numbered(self):
        """The groups for a page: each line with its number, counted through the whole sheet."""
        number = 0
        for group in self.groups:
            numbers = range(number + 1, number + 1 + len(group.lines))
            number += len(group.lines)
            yield {
                "name": group.name,
                "lines": list(zip(numbers, group.lines, strict=True)),
                "amount": group.amount,
                "tax": group.tax,
                "net": group.net,
            }

    @property
    def amount(self):
        return sum((group.amount for group in self.groups), NOTHING)

    @property
    def tax(self):
        return sum((group.tax for group in self.groups), NOTHING)

    @property
    def net(self):
        return sum((group.net for group in self.groups), NOTHING)

    @property
    def state_words(self):
        return self.sheet.get_state_display() if self.sheet else "nháp"

    @property
    def month_words(self):
        return f"tháng {self.month_on.month}/{self.month_on.year}"

    @property
    def unit_label(self):
        return self.sheet.unit_label if self.sheet else self.unit.full_name_on(self.month_on)

    @property
    def reference(self):
        """How the log names this sheet, locked or not."""
        return f"{self.unit.pk}/{self.month_on:%Y-%m}"


def month_sheet(unit, month_on, *, now=None, rules=None):
    """The sheet of `unit` for the month that begins on `month_on`, draft or locked."""
    sheet = FeeSheet.objects.select_related("locked_by", "paid_noted_by").filter(
        unit=unit, month_on=month_on
    ).first()  # fmt: skip
    if sheet:
        return MonthSheet(unit, month_on, sheet, _groups_of(sheet))
    return _draft(unit, month_on, now or timezone.now(), rules or Rules())


def _draft(unit, month_on, now, rules):
    own = published_works(now).filter(unit=unit)
    works = works_of(
        in_months(own, month_on, next_month(month_on)).order_by("published_at", "pk"), rules
    )
    locked = set(
        FeeLine.objects.filter(
            sheet__unit=unit, report__in=[work.report.pk for work in works]
        ).values_list("report", "person", "kind")
    )
    lines = [line for work in works for line in lines_of(work) if line.key not in locked]
    if month_on == carrying_month(unit):
        lines += differences(unit, now=now, rules=rules)
    draft = MonthSheet(unit, month_on, None, _grouped(_taxed(lines, unit, month_on, rules)))
    draft.unscored = [work for work in works if work.parts and not work.is_scored]
    draft.troubled = [work for work in works if work.trouble]
    return draft


def lines_of(work):
    """The lines of a work whose parts are all scored; none while one is not."""
    if not work.is_scored:
        return []
    found = []
    for part in work.parts:
        for payee in part.payees:
            score, person = part.scores[payee.person.pk], payee.person
            amount = part.worth(payee)
            if amount == 0:
                continue
            signed = payee.signed_as if payee.signed_as != person.name else ""
            found.append(
                Line(
                    report_id=work.report.pk,
                    person_id=person.pk,
                    sort_key=person.sort_key,
                    kind=part.kind,
                    name=person.name,
                    pen_name=signed,
                    workplace=_workplace(person, work.report),
                    title=work.report.title,
                    genre=_genre_words(part, score),
                    published_on=published_on(work.report),
                    coefficient=score.coefficient,
                    share=score.share,
                    pieces=score.pieces,
                    unit_price=part.terms.unit_price,
                    amount=amount,
                )
            )
    return found


def _workplace(person, report):
    if person.organisation_id:
        return person.organisation.name
    return report.byline_organisation or report.unit_label


def _genre_words(part, score):
    """`tin`, `3 ảnh`, `phỏng vấn, hưởng 60 %`."""
    if part.kind == FeeKind.PHOTO:
        each = part.terms.schedule.photo_rule == PhotoRule.EACH
        words = f"{score.pieces} ảnh" if each else "ảnh"
    else:
        words = part.report.get_genre_display()
    if score.share != HUNDRED:
        words += f", hưởng {score.share.normalize():f} %".replace(".", ",")
    return words


def _taxed(lines, unit, month_on, rules):
    """Withhold by the schedule of the month's last day, from what a person gets on this sheet."""
    totals = defaultdict(lambda: NOTHING)
    for line in lines:
        totals[line.person_id] += line.amount
    try:
        terms = rules.on(unit, next_month(month_on).replace(day=1) - date.resolution)
    except NoRule:
        terms = None
    taxed = []
    for line in lines:
        tax = terms.tax_on(line.amount, totals[line.person_id]) if terms else NOTHING
        taxed.append(replace(line, tax=tax, net=line.amount - tax))
    return taxed


def _grouped(lines):
    """One Group a person, in the order of given names; corrections after works."""
    by_person = defaultdict(list)
    for line in lines:
        by_person[line.person_id].append(line)
    groups = [
        Group(
            mine[0].name,
            sorted(
                mine,
                key=lambda line: (line.corrects_on is not None, line.published_on, *line.key),
            ),
        )
        for mine in by_person.values()
    ]
    return sorted(groups, key=lambda g: (g.lines[0].sort_key, g.lines[0].person_id))


def _groups_of(sheet):
    """The groups as they were locked: who is whom today plays no part."""
    groups = {}
    for row in sheet.lines.order_by("position"):
        line = Line(
            report_id=row.report_id,
            person_id=row.person_id,
            sort_key="",
            **{name: getattr(row, name) for name in LINE_FIELDS},
        )
        groups.setdefault(row.payee, Group(row.name, [])).lines.append(line)
    return list(groups.values())


def carrying_month(unit):
    """The first day of the month whose sheet takes up differences; None before any is locked."""
    last = FeeSheet.objects.filter(unit=unit).order_by("-month_on").first()
    return last and next_month(last.month_on)


def differences(unit, *, now=None, rules=None):
    """[Line]: what the unit's works of locked months are worth now, less what is on locked sheets."""
    now, rules = now or timezone.now(), rules or Rules()
    months = list(
        FeeSheet.objects.filter(unit=unit)
        .order_by("-month_on")
        .values_list("month_on", flat=True)[:MONTHS_LOOKED_BACK]
    )
    if not months:
        return []
    told = FeeLine.objects.filter(sheet__unit=unit)
    late = told.filter(sheet__month_on__gte=months[-1]).values("report")
    rows = defaultdict(list)
    # With the older lines of the same works: a late correction alone is not what they were paid.
    for row in (
        told.filter(report__in=late)
        .select_related("sheet", "person")
        .order_by("sheet__month_on", "position")
    ):
        rows[row.report_id, row.person_id, row.kind].append(row)
    works = _works_now(unit, months, {key[0] for key in rows}, now, rules)
    # A work that has to be scored again owes nobody anything new until it is.
    undecided = {work.report.pk for work in works if not work.is_scored}
    today = {line.key: line for work in works for line in lines_of(work)}
    found = []
    for key in [*rows, *(key for key in today if key not in rows)]:
        if key[0] in undecided:
            continue
        line = _difference(today.get(key), rows.get(key, ()))
        if line:
            found.append(line)
    return found


def _works_now(unit, months, report_ids, now, rules):
    own = published_works(now).filter(unit=unit)
    spans = in_months(own, min(months), next_month(max(months)))
    found = {
        work.report.pk: work
        for work in works_of(spans.order_by("pk"), rules)
        if month_of(published_on(work.report)) in months or work.report.pk in report_ids
    }
    if others := report_ids - found.keys():
        for work in works_of(own.filter(pk__in=others).order_by("pk"), rules):
            found[work.report.pk] = work
    return list(found.values())


def _difference(line, rows):
    """The correction line for one work and person, or None where nothing differs."""
    already = sum((row.amount for row in rows), NOTHING)
    amount = (line.amount if line else NOTHING) - already
    if amount == 0:
        return None
    if not rows:
        month = month_of(line.published_on)
        note = f"Bổ sung cho bảng {_month_words(month)}."
    else:
        month = rows[0].corrects_on or rows[0].sheet.month_on
        says = f"Bảng {_month_words(month)} đã tính {_dots(already)}"
        note = f"{says}, nay {_dots(line.amount)}." if line else f"{says}, nay không tính."
    if line is None:
        last = rows[-1]
        line = Line(
            report_id=last.report_id,
            person_id=last.person_id,
            sort_key=last.person.sort_key,
            **{name: getattr(last, name) for name in LINE_FIELDS},
        )
    return replace(line, amount=amount, tax=NOTHING, net=NOTHING, corrects_on=month, note=note)


def _month_words(month):
    return f"tháng {month.month}/{month.year}"


def _dots(amount):
    return f"{amount:,.0f}".replace(",", ".")
