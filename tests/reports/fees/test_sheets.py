"""Bảng kê: what a month comes to, locked for good, and what has changed since."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db.models import Sum
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from reports import workflow
from reports.fees.locking import SheetRefused, fingerprint, lock, log_of, note_paid
from reports.fees.rules import Rules
from reports.fees.sheets import differences, month_sheet
from reports.models import BaseSalary, FeeLine, FeeSheet
from tests.factories import (
    ContributionFactory,
    MembershipFactory,
    OrganisationFactory,
    PersonFactory,
    UserFactory,
    next_commune,
)

from .conftest import noon

pytestmark = pytest.mark.django_db
JUNE, JULY, AUGUST = date(2024, 6, 1), date(2024, 7, 1), date(2024, 8, 1)


def told(month):
    """[(name, title, amount)] of a sheet, in its order."""
    return [(line.printed_name, line.title, int(line.amount)) for line in month.lines]


@pytest.fixture
def writer():
    return PersonFactory(name="Trần Minh Ngọc")


def test_one_point_five_comes_to_seventy_thousand_two_hundred(schedule, unit, work, score, writer):
    report = work(2024, 8, 5, writer)
    score(report, "1.5")

    month = month_sheet(unit, AUGUST)

    (line,) = month.lines
    assert (line.coefficient, line.unit_price, line.amount) == (
        Decimal("1.5"), Decimal("46800"), Decimal("70200"),
    )  # fmt: skip
    assert (month.amount, month.tax, month.net) == (70200, 0, 70200)
    assert (line.published_on, line.genre) == (date(2024, 8, 5), "tin")


def test_a_work_of_the_thirtieth_of_june_uses_the_salary_of_that_day(schedule, unit, work, score):
    score(work(2024, 6, 30, PersonFactory(), title="Tháng sáu"), "1.5")
    score(work(2024, 7, 1, PersonFactory(), title="Tháng bảy"), "1.5")

    assert [line.amount for line in month_sheet(unit, JUNE).lines] == [54_000]
    assert [line.amount for line in month_sheet(unit, JULY).lines] == [70_200]


def test_two_pen_names_pay_one_person(schedule, unit, work, score, writer):
    first, second = work(2024, 8, 5, writer, title="A"), work(2024, 8, 6, writer, title="B")
    other = work(2024, 8, 7, PersonFactory(name="Lê An"), title="C")
    second.contributions.update(signed_as="M.N")
    for report in (first, second, other):
        score(report, "1")

    month = month_sheet(unit, AUGUST)

    assert [(group.name, group.amount) for group in month.groups] == [
        ("Lê An", 46_800),
        ("Trần Minh Ngọc", 93_600),
    ]
    assert told(month) == [
        ("Lê An", "C", 46_800),
        ("Trần Minh Ngọc", "A", 46_800),
        ("Trần Minh Ngọc (M.N)", "B", 46_800),
    ]


def test_shares_divide_the_fee(schedule, unit, work, score, writer):
    report = work(2024, 8, 5, writer, PersonFactory(name="Lê An"))
    score(report, "1.5", shares=("60", "40"))

    month = month_sheet(unit, AUGUST)

    assert [(line.name, line.amount, line.genre) for line in month.lines] == [
        ("Lê An", 28_080, "tin, hưởng 40 %"),
        ("Trần Minh Ngọc", 42_120, "tin, hưởng 60 %"),
    ]


def test_a_draft_says_what_is_not_scored_and_what_cannot_be(schedule, unit, work, score):
    done, open_ = work(2024, 8, 5), work(2024, 8, 6)
    lost = work(2024, 8, 7, genre="thong-bao")
    waived = work(2024, 8, 8)
    score(done, "1")
    score(waived, None, waived=True)

    month = month_sheet(unit, AUGUST)

    assert [line.report_id for line in month.lines] == [done.pk]
    assert [found.report for found in month.unscored] == [open_]
    assert [found.report for found in month.troubled] == [lost]


def test_withdrawn_and_scheduled_works_are_not_in_a_draft(schedule, unit, work, score):
    kept, gone, later = work(2024, 8, 5), work(2024, 8, 6), work(2024, 8, 7)
    for report in (kept, gone, later):
        score(report, "1")
    type(gone).objects.filter(pk=gone.pk).update(
        status="withdrawn", withdrawn_at=timezone.now(), withdrawn_reason="Trùng"
    )
    type(later).objects.filter(pk=later.pk).update(published_at=noon(2099, 8, 1))

    assert [line.report_id for line in month_sheet(unit, AUGUST).lines] == [kept.pk]


def test_tax_is_withheld_from_who_reaches_the_threshold(schedule, unit, work, score, writer):
    schedule.tax_percent, schedule.tax_from = Decimal(10), Decimal(90_000)
    schedule.save()
    for day in (5, 6):
        score(work(2024, 8, day, writer), "1")
    score(work(2024, 8, 7, PersonFactory(name="Lê An")), "1")

    month = month_sheet(unit, AUGUST)

    assert [(group.amount, group.tax, group.net) for group in month.groups] == [
        (46_800, 0, 46_800), (93_600, 9_360, 84_240),
    ]  # fmt: skip


# --- locking -------------------------------------------------------------------------------------


@pytest.fixture
def locked(schedule, unit, work, score, writer, approver):
    """August 2024, locked: two news items of one writer."""
    reports = [work(2024, 8, day, writer, title=f"Tin ngày {day}") for day in (5, 6)]
    for report in reports:
        score(report, "1")
    return lock(unit, AUGUST, by=approver), reports


def rows(sheet):
    return list(FeeLine.objects.filter(sheet=sheet).order_by("position").values())


def test_a_locked_sheet_stays_as_it_was(locked, unit, work, score, writer, schedule):
    sheet, (first, second) = locked
    before, shown = rows(sheet), told(month_sheet(unit, AUGUST))

    score(first, "1.5")
    workflow.withdraw(second, by=MembershipFactory(unit=unit, role="approver").user, reason="Sai")
    score(work(2024, 8, 20, writer), "1")
    writer.name = "Tên mới"
    writer.save()
    schedule.site_percent = Decimal(50)
    schedule.save()
    BaseSalary.objects.filter(amount=2_340_000).update(amount=2_530_000)

    assert rows(sheet) == before
    assert told(month_sheet(unit, AUGUST)) == shown


def test_what_changed_after_locking_is_carried_into_the_next_month(
    locked, unit, work, score, writer, approver
):
    _, (first, second) = locked
    assert differences(unit) == []

    score(first, "1.5")
    workflow.withdraw(second, by=approver, reason="Sai")
    score(work(2024, 8, 20, writer, title="Tìm thấy sau"), "1")
    score(work(2024, 9, 3, writer, title="Tin tháng chín"), "1")
    september = month_sheet(unit, date(2024, 9, 1))

    assert [(line.title, line.amount, line.corrects_on, line.note) for line in september.lines] == [
        ("Tin tháng chín", 46_800, None, ""),
        ("Tin ngày 5", 23_400, AUGUST, "Bảng tháng 8/2024 đã tính 46.800, nay 70.200."),
        ("Tin ngày 6", -46_800, AUGUST, "Bảng tháng 8/2024 đã tính 46.800, nay không tính."),
        ("Tìm thấy sau", 46_800, AUGUST, "Bổ sung cho bảng tháng 8/2024."),
    ]
    assert september.amount == 70_200
    # Only the month after the last locked one carries them.
    assert month_sheet(unit, date(2024, 10, 1)).lines == []

    lock(unit, date(2024, 9, 1), by=approver)
    assert differences(unit) == []
    assert month_sheet(unit, date(2024, 10, 1)).lines == []
    score(first, "1")
    assert [line.amount for line in differences(unit)] == [-23_400]


def test_a_work_corrected_late_is_not_paid_anew_when_its_own_month_is_long_past(
    locked, unit, score, approver, monkeypatch
):
    _, (first, _) = locked
    score(first, "1.5")
    lock(unit, date(2024, 9, 1), by=approver)
    monkeypatch.setattr("reports.fees.sheets.MONTHS_LOOKED_BACK", 1)

    assert differences(unit) == []
    # Control: what changes still comes out, as far as it differs from all that was paid.
    score(first, "1")
    assert [line.amount for line in differences(unit)] == [-23_400]


def test_all_locked_sheets_together_owe_what_the_works_are_worth(
    locked, unit, score, approver, work, writer
):
    _, (first, _) = locked
    for month, coefficient in ((9, "1.5"), (10, "1.2"), (11, "1.4")):
        score(first, coefficient)
        lock(unit, date(2024, month, 1), by=approver)

    total = FeeLine.objects.filter(report=first).aggregate(Sum("amount"))["amount__sum"]
    assert total == Decimal("46800") * Decimal("1.4")


@settings(max_examples=12)
@given(steps=st.lists(st.sampled_from(["1", "1.2", "1.5", "nothing", "lock"]), max_size=8))
def test_after_any_history_locked_sheets_and_differences_come_to_the_worth(
    schedule, work, score, steps
):
    unit, root = next_commune(), UserFactory(is_superuser=True)
    report, coefficient = work(2024, 8, 5, unit=unit), Decimal(1)
    score(report, "1", by=root)
    lock(unit, AUGUST, by=root)
    month = date(2024, 9, 1)
    for step in steps:
        if step == "nothing":
            coefficient = Decimal(0)
            score(report, None, waived=True, by=root)
        elif step != "lock":
            coefficient = Decimal(step)
            score(report, step, by=root)
        elif differences(unit):
            lock(unit, month, by=root)
            assert differences(unit) == []
            month = (month + timedelta(days=31)).replace(day=1)

    locked = sum(line.amount for line in FeeLine.objects.filter(report=report))
    owed = sum(line.amount for line in differences(unit))
    assert locked + owed == Decimal("46800") * coefficient


def test_a_work_to_be_scored_again_owes_nothing_until_it_is(locked, unit, score, writer):
    _, (first, _) = locked
    another = PersonFactory(name="Lê An")
    ContributionFactory(report=first, person=another, order=1)

    assert differences(unit) == []
    score(first, "1", shares=("50", "50"))

    assert [(line.name, line.amount) for line in differences(unit)] == [
        ("Trần Minh Ngọc", -23_400), ("Lê An", 23_400),
    ]  # fmt: skip


def test_a_work_of_another_unit_never_slips_in(locked, unit, work, score, approver):
    elsewhere = next_commune()
    MembershipFactory(user=approver, unit=elsewhere, role="approver")
    score(work(2024, 8, 9, unit=elsewhere), "1", by=type(approver).objects.get(pk=approver.pk))

    assert differences(unit) == []
    assert len(month_sheet(elsewhere, AUGUST).lines) == 1


def test_a_month_is_locked_once(locked, unit, approver):
    with pytest.raises(SheetRefused, match="đã khóa rồi") as refused:
        lock(unit, AUGUST, by=approver)

    assert refused.value.status_code == 409
    assert FeeSheet.objects.count() == 1


def test_nobody_locks_what_they_have_not_seen(schedule, unit, work, score, approver):
    score(work(2024, 8, 5), "1")
    seen = fingerprint(month_sheet(unit, AUGUST))
    score(work(2024, 8, 6), "1")

    with pytest.raises(SheetRefused, match="vừa đổi"):
        lock(unit, AUGUST, by=approver, seen=seen)
    sheet = lock(unit, AUGUST, by=approver, seen=fingerprint(month_sheet(unit, AUGUST)))

    assert sheet.lines.count() == 2


def test_an_empty_or_running_month_is_not_locked(schedule, unit, work, score, approver):
    with pytest.raises(SheetRefused, match="Chưa có dòng nào"):
        lock(unit, AUGUST, by=approver)
    score(work(2024, 8, 5), "1")
    with pytest.raises(SheetRefused, match="chưa hết"):
        lock(unit, AUGUST, by=approver, now=noon(2024, 8, 31))
    lock(unit, AUGUST, by=approver, now=noon(2024, 9, 1))


@pytest.mark.parametrize("role", ["contributor", "editor", "unit_admin", "desk"])
def test_only_approvers_lock_and_pay(locked, unit, role, work, score):
    sheet, _ = locked
    score(work(2024, 9, 5), "1")
    for user in (
        MembershipFactory(unit=unit, role=role).user,
        MembershipFactory(unit=next_commune(), role="approver").user,
    ):
        with pytest.raises(SheetRefused) as refused:
            lock(unit, date(2024, 9, 1), by=user)
        assert refused.value.status_code == 403
        with pytest.raises(SheetRefused) as refused:
            note_paid(sheet, by=user, paid_on=timezone.localdate(), voucher="PC 1")
        assert refused.value.status_code == 403


def test_paid_once_with_a_day_and_a_voucher(locked, approver):
    sheet, _ = locked
    today = timezone.localdate()

    with pytest.raises(SheetRefused, match="số chứng từ"):
        note_paid(sheet, by=approver, paid_on=today, voucher="  ")
    with pytest.raises(SheetRefused, match="Ngày chi"):
        note_paid(sheet, by=approver, paid_on=date(2024, 9, 1), voucher="PC 12")
    note_paid(sheet, by=approver, paid_on=today, voucher=" PC 12 ")
    with pytest.raises(SheetRefused, match="đã ghi"):
        note_paid(sheet, by=approver, paid_on=today, voucher="PC 13")

    sheet.refresh_from_db()
    assert (sheet.state, sheet.paid_on, sheet.voucher, sheet.paid_noted_by) == (
        "paid", today, "PC 12", approver,
    )  # fmt: skip


def test_the_log_says_who_locked_and_paid(locked, unit, approver):
    sheet, _ = locked
    note_paid(sheet, by=approver, paid_on=timezone.localdate(), voucher="PC 12")

    told_by = [(row.user, row.change_message) for row in log_of(month_sheet(unit, AUGUST))]
    assert told_by == [
        (approver, "ghi đã chi, chứng từ PC 12"), (approver, "khóa bảng kê, 2 dòng"),
    ]  # fmt: skip


def test_the_workplace_is_the_persons_organisation(schedule, unit, work, score):
    person = PersonFactory(organisation=OrganisationFactory(name="Trung tâm Văn hóa"))
    score(work(2024, 8, 5, person), "1")

    assert [line.workplace for line in month_sheet(unit, AUGUST).lines] == ["Trung tâm Văn hóa"]


def test_a_sheet_costs_the_same_number_of_statements(
    locked, unit, work, score, django_assert_num_queries
):
    rules = Rules()
    for count in (1, 3):
        while len(month_sheet(unit, date(2024, 9, 1)).lines) < count:
            score(work(2024, 9, 5), "1")
        with django_assert_num_queries(15):
            month_sheet(unit, date(2024, 9, 1), rules=rules)
