"""Nhuận bút quá 60 ngày: exactly the works that should have been paid by now."""

from datetime import date

import pytest
from django.utils import timezone

from reports.fees.locking import lock, note_paid
from reports.fees.overdue import overdue
from reports.models import FeeSchedule, FeeSheet
from tests.factories import (
    MembershipFactory,
    PersonFactory,
    PhotoFactory,
    ReportFactory,
    UserFactory,
    next_commune,
)

from .conftest import noon

pytestmark = pytest.mark.django_db
NOW = noon(2024, 11, 1)


def waiting(user, now=NOW):
    return [report.title for report in overdue(user, now).order_by("published_at")]


def test_sixty_days_are_waited(schedule, work, approver):
    work(2024, 9, 1, title="Sáu mươi mốt ngày")
    work(2024, 9, 2, title="Đúng sáu mươi ngày")

    assert waiting(approver) == ["Sáu mươi mốt ngày"]
    assert waiting(approver, noon(2024, 11, 2)) == ["Sáu mươi mốt ngày", "Đúng sáu mươi ngày"]


def test_scored_and_locked_works_wait_until_the_sheet_is_paid(
    schedule, work, score, approver, unit
):
    report = work(2024, 8, 5, title="Chờ chi")
    score(report, "1")
    sheet = lock(unit, date(2024, 8, 1), by=approver)
    assert waiting(approver) == ["Chờ chi"]

    note_paid(sheet, by=approver, paid_on=timezone.localdate(), voucher="PC 1")

    assert FeeSheet.objects.get().state == "paid"
    assert waiting(approver) == []


def test_what_nobody_owes_does_not_wait(schedule, work, score, approver, unit):
    work(2024, 8, 1, title="Còn nợ")
    waived = work(2024, 8, 5)
    score(waived, None, waived=True)
    work(2019, 8, 5)  # before any schedule
    work(2024, 8, 5, original_url="https://cu.example/2")
    work(2024, 8, 5, published_is_estimate=True)
    ReportFactory(unit=unit, published=True, published_at=noon(2024, 8, 5))  # unsigned
    ReportFactory(unit=unit, withdrawn=True, published_at=noon(2024, 8, 5))
    work(2024, 8, 5, unit=next_commune())

    assert waiting(approver) == ["Còn nợ"]


def test_a_credited_photo_is_a_signature(schedule, unit, approver):
    report = ReportFactory(
        unit=unit, published=True, published_at=noon(2024, 8, 5), title="Chùm ảnh"
    )
    PhotoFactory(report=report, credit=PersonFactory())
    PhotoFactory(report=report, credit=PersonFactory(), order=1)

    assert waiting(approver) == ["Chùm ảnh"]


@pytest.mark.parametrize("role", ["contributor", "editor", "unit_admin", "desk"])
def test_only_those_who_prepare_sheets_are_reminded(schedule, work, unit, role):
    work(2024, 8, 5, title="Còn nợ")

    assert waiting(MembershipFactory(unit=unit, role=role).user) == []
    assert waiting(UserFactory(is_superuser=True)) == ["Còn nợ"]
    assert waiting(UserFactory(is_superuser=True, is_active=False)) == []


def test_a_units_own_schedule_counts_for_it_alone(salaries, work, unit, approver):
    assert waiting(approver) == []
    work(2024, 8, 5, title="Có quy chế")
    work(2024, 8, 5, unit=next_commune())
    FeeSchedule.objects.create(unit=unit, from_on=date(2024, 8, 5), basis="xã")

    assert waiting(UserFactory(is_superuser=True)) == ["Có quy chế"]
