"""Nhuận bút quá 60 ngày: works whose fee should have been paid by now and is on no paid sheet."""

from datetime import timedelta

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from units.area import subtree_keys

from ..models import BaseSalary, FeeLine, FeeSchedule, FeeScore, FeeSheetState, Report
from .access import fee_units
from .works import midnight, signed_works

# DOMAIN, section 5: payable within so many days of posting.
DAYS_TO_PAY = 60


def overdue(user, now):
    """The reports, of the units whose fees `user` prepares, that wait too long for their fee.

    Left out: what no schedule speaks of, and what somebody decided not to pay.
    """
    keys = fee_units(user)
    if keys is not None and not keys:
        return Report.objects.none()
    since_when = _covered()
    if since_when is None:
        return Report.objects.none()
    reports = signed_works(now).filter(since_when, published_at__lt=_last_day(now))
    if keys is not None:
        reports = reports.filter(unit__in=keys)
    paid = FeeLine.objects.filter(report=OuterRef("pk"), sheet__state=FeeSheetState.PAID)
    scored = FeeScore.objects.filter(report=OuterRef("pk"))
    waived = Exists(scored) & ~Exists(scored.filter(coefficient__gt=0))
    return reports.exclude(Exists(paid)).exclude(waived)


def _last_day(now):
    """Works published before this moment have had their sixty days."""
    day = timezone.localdate(now) - timedelta(days=DAYS_TO_PAY)
    return midnight(day)


def _covered():
    """The condition on reports that some schedule and some salary speak of; None without any."""
    first_salary = BaseSalary.objects.order_by("from_on").values_list("from_on", flat=True).first()
    if first_salary is None:
        return None
    condition = None
    earliest = {}
    for schedule in FeeSchedule.objects.select_related("unit").order_by("-from_on"):
        earliest[schedule.unit] = schedule.from_on
    for unit, from_on in earliest.items():
        covered = Q(published_at__gte=midnight(max(from_on, first_salary)))
        if unit is not None:
            covered &= Q(unit__in=subtree_keys(unit))
        condition = covered if condition is None else condition | covered
    return condition
