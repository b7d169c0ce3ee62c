"""Which months of which units have works to pay for, and how far each sheet has come."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Count, Exists, OuterRef, Sum
from django.db.models.functions import TruncMonth
from django.utils import timezone

from units.models import Unit

from ..models import FeeScore, FeeSheet
from .access import fee_units
from .overdue import overdue
from .works import in_months, month_of, signed_works


@dataclass
class MonthRow:
    """One line of the list of sheets; `late` counts works that wait longer than allowed."""

    unit: Unit
    month_on: date
    works: int = 0
    unscored: int = 0
    late: int = 0
    sheet: FeeSheet | None = None
    net: Decimal | None = None


def months_of(user, year, now):
    """[MonthRow] of the units whose fees `user` prepares, the newest month first.

    A month with works of somebody who signed, or with a locked sheet. Five statements.
    """
    keys = fee_units(user)
    first, after = date(year, 1, 1), date(year + 1, 1, 1)
    works = in_months(signed_works(now), first, after)
    sheets = FeeSheet.objects.filter(month_on__gte=first, month_on__lt=after)
    if keys is not None:
        works, sheets = works.filter(unit__in=keys), sheets.filter(unit__in=keys)
    scored = FeeScore.objects.filter(report=OuterRef("pk"))
    rows = {}
    for unit, month, number in _by_month(works):
        rows[unit, month] = {"works": number}
    for unit, month, number in _by_month(works.filter(~Exists(scored))):
        rows[unit, month]["unscored"] = number
    for unit, month, number in _by_month(in_months(overdue(user, now), first, after)):
        rows[unit, month]["late"] = number
    for sheet in sheets.annotate(total=Sum("lines__net")):
        row = rows.setdefault((sheet.unit_id, sheet.month_on), {})
        row |= {"sheet": sheet, "net": sheet.total}
    units = Unit.objects.in_bulk({unit for unit, _ in rows})
    return sorted(
        (MonthRow(unit=units[unit], month_on=month, **row) for (unit, month), row in rows.items()),
        key=lambda row: (-row.month_on.toordinal(), row.unit.sort_key, row.unit.pk),
    )


def years_of(user, now):
    """The years one can choose: from the first work or sheet until today, the newest first."""
    keys = fee_units(user)
    works, sheets = signed_works(now), FeeSheet.objects.all()
    if keys is not None:
        works, sheets = works.filter(unit__in=keys), sheets.filter(unit__in=keys)
    first_work = works.order_by("published_at").values_list("published_at", flat=True).first()
    first_sheet = sheets.order_by("month_on").values_list("month_on", flat=True).first()
    this_year = timezone.localdate(now).year
    known = [this_year]
    if first_work:
        known.append(timezone.localdate(first_work).year)
    if first_sheet:
        known.append(first_sheet.year)
    return list(range(this_year, min(known) - 1, -1))


def _by_month(reports):
    rows = (
        reports.order_by()
        .annotate(month=TruncMonth("published_at"))
        .values_list("unit", "month")
        .annotate(number=Count("pk"))
    )
    return [(unit, month_of(timezone.localdate(month)), number) for unit, month, number in rows]
