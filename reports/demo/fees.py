"""Fees of the demo: a made-up schedule, one month paid, one locked and changed since."""

from datetime import date, timedelta
from decimal import Decimal

from django.utils import timezone

from reports.fees.locking import lock, note_paid
from reports.fees.rules import Rules
from reports.fees.scoring import Score, give
from reports.fees.works import in_months, month_of, next_month, published_on, signed_works, works_of
from reports.models import FeeRate, FeeSchedule, FeeSheet, PhotoRule
from units.models import Unit

from .accounts import NORMAL_UNIT

BASIS = "Quy chế nhuận bút mẫu"
# genre, from, to, usual, photos included
RATES = (
    ("tin", "1", "1.5", "1", False),
    ("tin-anh", "1.5", "1.5", "1.5", True),
    ("tong-hop", "1.2", "2.5", "1.5", False),
    ("phan-anh", "2", "2.5", "2", False),
    ("guong", "2", "2.5", "2", False),
    ("phong-su-anh", "2", "3", "2.5", True),
    ("phong-van", "2", "2.5", "2", False),
)


def add_fees(now, approver):
    """Add them once: where there is a schedule already, nothing is added."""
    if FeeSchedule.objects.exists():
        return
    schedule = FeeSchedule.objects.create(
        from_on=date(2024, 1, 1), basis=BASIS, site_percent=Decimal(20),
        photo_rule=PhotoRule.EACH, photo_low=Decimal("0.1"), photo_usual=Decimal("0.2"),
        photo_high=Decimal("0.5"), photos_counted=3,
    )  # fmt: skip
    for genre, low, high, usual, includes_photos in RATES:
        FeeRate.objects.create(
            schedule=schedule, genre=genre, low=Decimal(low), high=Decimal(high),
            usual=Decimal(usual), includes_photos=includes_photos,
        )  # fmt: skip
    unit = Unit.objects.select_related("parent").get(pk=NORMAL_UNIT)
    paid, locked = _two_months(unit, now)
    for month_on in filter(None, (paid, locked)):
        _score(unit, month_on, now, approver)
        lock(unit, month_on, by=approver, now=now)
    if paid:
        _pay(unit, paid, now, approver)
    if locked:
        _score(unit, locked, now, approver, first_gets_most=True)


def _two_months(unit, now):
    """The last two months that are over and have works to pay for; None for one there is not."""
    reports = signed_works(now).filter(unit=unit).order_by("published_at")
    scorable = [work.report for work in works_of(reports, Rules()) if work.parts]
    months = sorted({month_of(published_on(report)) for report in scorable})
    over = [month for month in months if next_month(month) <= now.date()][-2:]
    return [None] * (2 - len(over)) + over


def _pay(unit, month_on, now, approver):
    """As if it had been locked in the first days of the next month and paid a week later."""
    today = timezone.localdate(now)
    locked_on = min(next_month(month_on) + timedelta(days=4), today)
    sheets = FeeSheet.objects.filter(unit=unit, month_on=month_on)
    sheets.update(locked_at=now - (today - locked_on))
    paid_on = min(locked_on + timedelta(days=7), today)
    note_paid(sheets.get(), by=approver, paid_on=paid_on, voucher="PC 07")


def _score(unit, month_on, now, approver, *, first_gets_most=False):
    """Give the usual coefficients to a month's works; or the highest to the first of them."""
    reports = in_months(signed_works(now).filter(unit=unit), month_on, next_month(month_on))
    works = [w for w in works_of(reports.order_by("published_at", "pk"), Rules()) if w.parts]
    for work in works[:1] if first_gets_most else works:
        for part in work.parts:
            coefficient = part.range.high if first_gets_most else part.range.usual
            give(part, Score(coefficient, part.usual_shares()), by=approver)
