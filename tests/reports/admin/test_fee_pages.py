"""The fee pages: who may open them, many works scored at once, a month locked, printed and paid."""

import io
from datetime import date
from decimal import Decimal

import openpyxl
import pytest
from django.contrib.admin.models import LogEntry
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from reports.fees.locking import lock
from reports.models import FeeScore, FeeSheet
from tests.factories import (
    ContributionFactory,
    NewsroomFactory,
    PersonFactory,
    ReportFactory,
    next_commune,
)
from tests.reports.fees.conftest import *  # noqa: F403 - the newsroom with rules and its words
from tests.reports.fees.conftest import noon

pytestmark = pytest.mark.django_db
LIST = reverse("admin:reports_feesheet_changelist")
MINE = reverse("admin:reports_fees_mine")
AUGUST = date(2024, 8, 1)


def at(name, unit, month="2024-08", *more):
    return reverse(f"admin:reports_fees_{name}", args=[unit.pk, month, *more])


@pytest.fixture
def desk_of(seat, unit):
    """The approver's browser."""
    return seat("approver", unit)


@pytest.fixture
def month(schedule, work, score, unit):
    """August 2024: two scored works and one that is not."""
    person = PersonFactory(name="Trần Minh Ngọc")
    works = [work(2024, 8, day, person, title=f"Tin ngày {day}") for day in (5, 6, 7)]
    for report in works[:2]:
        score(report, "1")
    return works


def typed(report, coefficient, *, seen="", **more):
    prefix = f"{report.pk}-bai"
    return {f"{prefix}-coefficient": coefficient, f"{prefix}-seen": seen} | {
        f"{prefix}-{name}": value for name, value in more.items()
    }


def scores(report):
    return list(FeeScore.objects.filter(report=report).values_list("coefficient", flat=True))


# --- who may --------------------------------------------------------------------------------------


def pages(unit):
    return [at("sheet", unit), at("score", unit), at("print", unit)]


def deeds(unit):
    return [
        at("score", unit), at("lock", unit), at("paid", unit),
        at("file", unit, "2024-08", "xlsx"), at("file", unit, "2024-08", "csv"),
    ]  # fmt: skip


@pytest.mark.parametrize("role", ["contributor", "editor", "unit_admin", "desk", "nobody"])
def test_a_sheet_is_not_there_for_who_does_not_prepare_it(seat, unit, month, role):
    client = seat(role, unit)
    absent = client.get(at("sheet", unit).replace(unit.pk, "t2-khong-co")).content

    for address in pages(unit):
        answer = client.get(address)
        assert (answer.status_code, answer.content) == (404, absent), address
    for address in deeds(unit):
        answer = client.post(address, typed(month[2], "1"))
        assert (answer.status_code, answer.content) == (404, absent), address
    assert client.get(LIST).status_code == 404
    assert "Nhuận bút" not in client.get("/quan-tri/").content.decode()
    assert (scores(month[2]), FeeSheet.objects.count()) == ([], 0)


def test_an_approver_of_another_unit_finds_nothing(seat, unit, month):
    client = seat("approver", next_commune())

    assert [client.get(address).status_code for address in pages(unit)] == [404] * 3
    assert [client.post(address).status_code for address in deeds(unit)] == [404] * 5
    assert client.get(LIST + "?nam=2024").context["page"].object_list == []


@pytest.mark.parametrize("role", ["approver", "superuser"])
def test_who_prepares_opens_all_pages(seat, unit, month, role):
    client = seat(role, unit)

    assert [client.get(address).status_code for address in (LIST, *pages(unit))] == [200] * 4
    assert f'href="{LIST}"' in client.get("/quan-tri/").content.decode()


def test_the_one_person_newsroom_prepares_its_own(seat, unit, month):
    NewsroomFactory(unit=unit)

    assert seat("editor", unit).get(at("sheet", unit)).status_code == 200


def test_strangers_are_asked_to_sign_in(client, unit, registry):
    for address in (LIST, MINE, *pages(unit)):
        answer = client.get(address)
        assert (answer.status_code, answer["Location"].split("?")[0]) == (302, "/quan-tri/login/")


def test_deeds_are_never_done_by_get(desk_of, unit, month):
    for name in ("lock", "paid"):
        assert desk_of.get(at(name, unit)).status_code == 405
    for kind in ("xlsx", "csv"):
        assert desk_of.get(at("file", unit, "2024-08", kind)).status_code == 405

    assert (FeeSheet.objects.count(), LogEntry.objects.count()) == (0, 0)


@pytest.mark.parametrize("month_text", ["2024-13", "2024", "0-0", "2024-8-1", "9999999999-01", "x"])
def test_months_that_are_none_are_not_found(desk_of, unit, month_text, schedule):
    assert desk_of.get(at("sheet", unit, month_text)).status_code == 404
    assert desk_of.get(at("sheet", unit).replace(unit.pk, "a%00b")).status_code in (400, 404)


def test_a_locked_sheet_by_its_number_leads_to_its_page(desk_of, seat, unit, month, approver):
    sheet = lock(unit, AUGUST, by=approver)
    address = reverse("admin:reports_feesheet_change", args=[sheet.pk])

    assert desk_of.get(address)["Location"] == at("sheet", unit)
    assert seat("approver", next_commune()).get(address).status_code == 404
    assert (
        desk_of.post(reverse("admin:reports_feesheet_delete", args=[sheet.pk])).status_code == 403
    )


# --- scoring --------------------------------------------------------------------------------------


def test_the_page_lists_what_is_not_scored_with_the_usual_filled_in(desk_of, unit, month):
    answer = desk_of.get(at("score", unit))

    ((work, (form,)),) = answer.context["works"]
    assert work.report == month[2]
    assert form["coefficient"].value() == "1"
    assert "từ 1 đến 1,5" in answer.content.decode()
    everything = desk_of.get(at("score", unit) + "?xem=tat-ca")
    assert [work.report for work, _ in everything.context["works"]] == month


def test_many_works_are_scored_at_once_as_people_type(desk_of, unit, work, schedule):
    works = [work(2024, 8, day) for day in (5, 6, 7)]
    data = typed(works[0], "1,25") | typed(works[1], "1.5") | typed(works[2], "")

    answer = desk_of.post(at("score", unit), data, follow=True)

    assert [str(message) for message in answer.context["messages"]] == ["Đã chấm 2 bài."]
    assert [scores(report) for report in works] == [[Decimal("1.25")], [Decimal("1.50")], []]
    assert set(FeeScore.objects.values_list("scored_by", flat=True)) == {desk_of.user.pk}


def test_one_mistake_saves_nothing_and_keeps_what_was_typed(desk_of, unit, work, schedule):
    works = [work(2024, 8, day) for day in (5, 6)]

    answer = desk_of.post(at("score", unit), typed(works[0], "1,25") | typed(works[1], "9"))

    assert answer.status_code == 400
    page = answer.content.decode()
    assert "Hệ số của tin nằm trong khoảng 1 đến 1,5" in page
    assert 'value="1,25"' in page
    assert FeeScore.objects.count() == 0


@pytest.mark.parametrize("nonsense", ["một", "1e5", "-1", "999999", "1,234"])
def test_nonsense_is_refused_at_the_field(desk_of, unit, work, schedule, nonsense):
    report = work(2024, 8, 5)

    answer = desk_of.post(at("score", unit), typed(report, nonsense))

    assert answer.status_code == 400
    ((_, (form,)),) = answer.context["works"]
    assert list(form.errors) == ["coefficient"]
    assert scores(report) == []


def test_shares_are_typed_per_person(desk_of, unit, work, schedule):
    one, two = PersonFactory(), PersonFactory()
    report = work(2024, 8, 5, one, two)

    def send(first, second):
        shares = {f"share-{one.pk}": first, f"share-{two.pk}": second}
        return desk_of.post(at("score", unit), typed(report, "1", **shares))

    refused = send("70", "40")
    assert refused.status_code == 400
    assert "cộng lại 110 %, phải là 100 %" in refused.content.decode()
    assert send("62,5", "37,5").status_code == 302
    shares = FeeScore.objects.order_by("person").values_list("share", flat=True)
    assert list(shares) == [Decimal("62.50"), Decimal("37.50")]


def test_not_paying_needs_no_coefficient(desk_of, unit, work, schedule):
    report = work(2024, 8, 5)

    desk_of.post(at("score", unit), typed(report, "", waived="on"))

    assert scores(report) == [0]
    assert desk_of.get(at("score", unit)).context["works"] == []


def test_forged_works_of_other_units_and_months_change_nothing(desk_of, unit, work, schedule):
    elsewhere = work(2024, 8, 5, unit=next_commune())
    another_month = work(2024, 9, 5)
    draft = ReportFactory(unit=unit)
    ContributionFactory(report=draft)

    data = typed(elsewhere, "1") | typed(another_month, "1") | typed(draft, "1")
    desk_of.post(at("score", unit), data)

    assert FeeScore.objects.count() == 0


def test_the_second_of_two_who_score_is_told(desk_of, unit, work, score, schedule):
    report = work(2024, 8, 5)
    seen = desk_of.get(at("score", unit)).context["works"][0][1][0]["seen"].value()
    score(report, "1.5")

    told = desk_of.post(at("score", unit), typed(report, "1.1", seen=seen))
    assert told.status_code == 400
    assert "Người khác vừa chấm: hệ số 1,5" in told.content.decode()
    assert scores(report) == [Decimal("1.50")]
    now_seen = told.context["works"][0][1][0].data[f"{report.pk}-bai-seen"]
    assert desk_of.post(at("score", unit), typed(report, "1.1", seen=now_seen)).status_code == 302
    assert scores(report) == [Decimal("1.10")]


# --- the sheet ------------------------------------------------------------------------------------


def test_the_sheet_shows_sums_and_words(desk_of, unit, month):
    page = desk_of.get(at("sheet", unit)).content.decode()

    assert "Bảng kê nhuận bút tháng 8/2024 (bản nháp)" in page
    assert "93.600" in page
    assert "Chín mươi ba nghìn sáu trăm đồng." in page
    assert "Còn 1 bài chưa chấm" in page
    printed = desk_of.get(at("print", unit)).content.decode()
    assert [word in printed for word in ("Người lập", "Kế toán", "Trưởng ban", "93.600")] == [
        True
    ] * 4


def test_locking_and_paying_by_the_buttons(desk_of, unit, month):
    seen = desk_of.get(at("sheet", unit)).context["seen"]

    assert desk_of.post(at("paid", unit), {"voucher": "PC 1"}).status_code == 409
    stale = desk_of.post(at("lock", unit), {"seen": "x"})
    assert (stale.status_code, FeeSheet.objects.count()) == (409, 0)
    assert desk_of.post(at("lock", unit), {"seen": seen}).status_code == 302
    assert desk_of.post(at("lock", unit), {"seen": seen}).status_code == 409
    missing = desk_of.post(at("paid", unit), {"paid_on": "hôm qua", "voucher": ""})
    assert (missing.status_code, sorted(missing.context["paid_form"].errors)) == (
        400, ["paid_on", "voucher"],
    )  # fmt: skip
    today = f"{timezone.localdate():%d/%m/%Y}"
    assert desk_of.post(at("paid", unit), {"paid_on": today, "voucher": "PC 1"}).status_code == 302
    assert desk_of.post(at("paid", unit), {"paid_on": today, "voucher": "PC 2"}).status_code == 409

    sheet = FeeSheet.objects.get()
    assert (sheet.state, sheet.voucher, sheet.locked_by) == ("paid", "PC 1", desk_of.user)
    log = desk_of.get(at("sheet", unit)).context["log"]
    assert [entry.change_message for entry in log] == [
        "ghi đã chi, chứng từ PC 1", "khóa bảng kê, 2 dòng",
    ]  # fmt: skip


def test_a_locked_month_shows_what_differs(desk_of, unit, month, score, approver):
    lock(unit, AUGUST, by=approver)
    score(month[0], "1.5")

    answer = desk_of.get(at("sheet", unit))

    assert [line.amount for line in answer.context["changes"]] == [23_400]
    assert "Bảng tháng 8/2024 đã tính 46.800, nay 70.200." in answer.content.decode()
    lock(unit, date(2024, 9, 1), by=approver)
    later = desk_of.get(at("sheet", unit)).context
    assert [line.amount for line in later["corrected"]] == [23_400]
    assert later["changes"] == []


def test_taking_the_file_out_is_noted(desk_of, unit, month):
    answer = desk_of.post(at("file", unit, "2024-08", "xlsx"))

    assert answer["Content-Disposition"] == (
        f'attachment; filename="nhuan-but-nhap-2024-08-{unit.pk}.xlsx"'
    )
    book = openpyxl.load_workbook(io.BytesIO(answer.content), data_only=True)
    totals = [row[8].value for row in book["Bảng kê"].rows if row[0].value == "Tổng cộng"]
    assert totals == [93_600]
    csv_answer = desk_of.post(at("file", unit, "2024-08", "csv"))
    assert csv_answer["Content-Type"] == "text/csv; charset=utf-8"
    assert list(
        LogEntry.objects.order_by("pk").values_list("user", "change_message")
    ) == [
        (desk_of.user.pk, "xuất tệp Excel, bảng nháp"), (desk_of.user.pk, "xuất tệp CSV, bảng nháp"),
    ]  # fmt: skip
    assert desk_of.post(at("file", unit, "2024-08", "exe")).status_code == 404


def test_the_list_tells_how_far_each_month_is(desk_of, unit, month, work, score, approver):
    lock(unit, AUGUST, by=approver)
    work(2024, 10, 5)

    rows = desk_of.get(LIST + "?nam=2024").context["page"].object_list

    told = [(r.month_on.month, r.works, r.unscored, r.late, r.sheet and r.net) for r in rows]
    assert told == [(10, 1, 1, 1, None), (8, 3, 1, 3, Decimal(93_600))]


def test_late_fees_are_a_task_whose_number_is_its_list(desk_of, unit, month, work):
    work(2024, 10, 5, unit=next_commune())
    start = desk_of.get("/quan-tri/")
    (task,) = [task for task in start.context["tasks"] if task["key"] == "nhuan-but"]

    listed = desk_of.get(reverse("admin:reports_report_changelist") + "?viec=nhuan-but")

    assert task["count"] == 3
    assert {report.pk for report in listed.context["cl"].result_list} == {r.pk for r in month}
    assert desk_of.get(LIST).context["late"] == 3


# --- one's own ------------------------------------------------------------------------------------


# --- costs ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("page", ["sheet", "score", "print", "list"])
def test_fee_pages_cost_the_same_however_much_there_is(desk_of, unit, work, score, schedule, page):
    address = f"{LIST}?nam=2024" if page == "list" else at(page, unit)

    def cost(count):
        while FeeScore.objects.count() < count:
            score(work(2024, 8, 5, PersonFactory()), "1")
            work(2024, 8, 6, PersonFactory())
        desk_of.get(address)
        with CaptureQueriesContext(connection) as queries:
            desk_of.get(address)
        return len(queries)

    assert cost(1) == cost(4) <= 24


def test_works_published_at_night_belong_to_the_day_of_our_clock(desk_of, unit, work, schedule):
    late = ReportFactory(
        unit=unit, published=True, published_at=noon(2024, 8, 31).replace(hour=17, minute=30)
    )
    ContributionFactory(report=late)

    september = desk_of.get(at("score", unit, "2024-09")).context["works"]
    assert [work.report for work, _ in september] == [late]
    assert desk_of.get(at("score", unit)).context["works"] == []
