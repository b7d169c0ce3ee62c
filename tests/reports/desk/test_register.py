"""Sổ “Dân vận khéo”: steps in order, numbers that add up, each number leading to exactly its rows."""

import io
from datetime import date

import openpyxl
import pytest
from django.db import IntegrityError, transaction
from django.http import QueryDict
from django.test import Client

from reports.desk.register import RegisterFilter, by_field, by_unit
from reports.models import Initiative
from tests.factories import ReportFactory, TopicFactory, UserFactory
from tests.reports.desk.conftest import at_the_desk
from units.models import Unit

pytestmark = pytest.mark.django_db

COMMUNE, NEIGHBOUR, HUE = "t2-30682", "t2-30691", "t2-46"
DISTRICT = "t3-894"  # huyện Thoại Sơn, until 30/06/2025
DIVIDED, HALF = "t3-30355", "t2-30337"  # xã Phú Hội, of which An Phú got a part
BASE = "/tong-hop/dan-van-kheo/"
RECOGNISED = {"step": "cong-nhan", "recognised_level": "xa", "recognised_on": date(2026, 5, 20)}


@pytest.fixture
def writer():
    return UserFactory()


@pytest.fixture
def put(writer):
    """Write a row of the register."""

    def made(name, unit=COMMUNE, year=2026, **fields):
        fields.setdefault("field", "kinh-te")
        return Initiative.objects.create(
            name=name, unit_id=unit, registered_year=year, created_by=writer, **fields
        )

    return made


def typed(**changes):
    return {
        "name": "Tổ hùn vốn mua máy cày", "field": "kinh-te", "holder_kind": "tap-the",
        "unit": COMMUNE, "registered_year": "2026", "step": "dang-ky",
    } | changes  # fmt: skip


def names(client, query):
    page = client.get(f"{BASE}?{query}").context["page"]
    return sorted(row.name for row in page.rows)


# --- the rules ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fields", "rule"),
    [
        ({"step": "cong-nhan"}, "initiative_steps_in_order"),
        ({"step": "dien-hinh"}, "initiative_steps_in_order"),
        ({**RECOGNISED, "step": "dang-ky"}, "initiative_steps_in_order"),
        ({**RECOGNISED, "recognised_level": ""}, "initiative_recognised_by_a_level_on_a_day"),
        ({**RECOGNISED, "recognised_on": date(2025, 5, 20)}, "initiative_recognised_after_registration"),
        ({"step": "thoi"}, "initiative_dropped_with_a_reason"),
        ({"dropped_reason": "Hết vốn"}, "initiative_dropped_with_a_reason"),
        ({"year": 1999}, "initiative_in_the_years_of_the_movement"),
    ],
)  # fmt: skip
def test_the_database_keeps_the_steps_in_order(put, fields, rule):
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        put("Mô hình", **fields)

    assert rule in str(refused.value)


@pytest.mark.parametrize(
    "fields",
    [
        {},
        RECOGNISED,
        {**RECOGNISED, "step": "dien-hinh", "decision_number": "12-QĐ/ĐU"},
        {"step": "thoi", "dropped_reason": "Dời nhà"},
        {**RECOGNISED, "step": "thoi", "dropped_reason": "Dời nhà"},
    ],
)
def test_every_road_through_the_steps_is_open(put, fields):
    assert put("Mô hình", **fields).pk


def test_a_name_stands_once_a_year_in_a_unit_however_it_is_written(put):
    put("Tổ hòa giải")
    put("Tổ hòa giải", year=2025)
    put("Tổ hòa giải", unit=NEIGHBOUR)

    with pytest.raises(IntegrityError), transaction.atomic():
        put("tổ  hoà giải")


# --- the form -------------------------------------------------------------------------------------


def test_a_row_is_written_with_its_writer_and_its_history(desk):
    answer = desk.post(f"{BASE}them/", typed(unit="xa thoai son"))

    row = Initiative.objects.get()
    assert (answer.status_code, row.unit_id, row.registered_year) == (302, COMMUNE, 2026)
    assert row.history.get().history_user == row.created_by


@pytest.mark.parametrize(
    ("changes", "field", "message"),
    [
        ({"name": ""}, "name", "Hãy ghi mục này."),
        ({"name": "x" * 301}, "name", "Dài quá 300 chữ cái."),
        ({"field": "x"}, "field", "Không có mục này trong danh sách."),
        ({"unit": HUE}, "unit", f"Không có đơn vị “{HUE}” trong các đơn vị bạn giữ sổ."),
        ({"registered_year": "hai"}, "registered_year", "Năm gồm bốn chữ số. Ví dụ: 2026."),
        ({"registered_year": "9" * 5000}, "registered_year", "Năm gồm bốn chữ số. Ví dụ: 2026."),
        ({"registered_year": "1990"}, "registered_year", "Năm đăng ký từ 2009 đến 2100."),
        ({"registered_year": "2024"}, "registered_year", "Năm 2024 không có Xã Thoại Sơn."),
        ({"step": "cong-nhan"}, "recognised_on", "Hãy ghi ngày công nhận."),
        ({"step": "cong-nhan"}, "recognised_level", "Hãy chọn cấp công nhận."),
        ({"recognised_on": "20/05/2026"}, "step", "Đã có quyết định công nhận thì chọn bước “Được công nhận”."),
        ({"step": "dien-hinh", "recognised_level": "xa", "recognised_on": "1/2/2025"}, "recognised_on", "Năm công nhận không được trước năm đăng ký."),
        ({"step": "dien-hinh", "recognised_level": "xa", "recognised_on": "1/2/2099"}, "recognised_on", "Ngày công nhận chưa tới."),
        ({"recognised_on": "31/02/2026"}, "recognised_on", "Không hiểu ngày"),
        ({"step": "thoi"}, "dropped_reason", "Hãy ghi vì sao thôi thực hiện."),
        ({"dropped_reason": "Mệt"}, "dropped_reason", "Chỉ ghi lý do khi bước là “Thôi thực hiện”."),
    ],
)  # fmt: skip
def test_what_is_wrong_stands_beside_its_field_and_nothing_is_lost(desk, changes, field, message):
    answer = desk.post(f"{BASE}them/", typed(description="Chữ chưa lưu") | changes)

    said = answer.context["form"].errors.get(field, [""])[0]
    assert (answer.status_code, said.startswith(message)) == (400, True), said
    assert "Chữ chưa lưu" in answer.content.decode()
    assert Initiative.objects.count() == 0


def test_the_same_name_twice_is_said_beside_the_name(desk, put):
    put("Tổ hùn vốn mua máy cày")

    answer = desk.post(f"{BASE}them/", typed())

    assert answer.context["form"].errors == {
        "name": ["Đơn vị đã đăng ký mô hình tên này trong năm ấy."]
    }


def test_the_history_says_what_was_changed_by_whom(desk, put):
    row = put("Tên đầu")
    desk.post(f"{BASE}{row.pk}/sua/", typed(name="Tên mới", version=row.version))
    report = ReportFactory(published=True)
    desk.post(f"{BASE}{row.pk}/bai/", {"them": report.pk})

    steps = desk.get(f"{BASE}{row.pk}/").context["steps"]

    assert [words for _, _, words in steps] == [
        "Gắn hoặc bỏ bài", "Sửa: Tên mô hình, điển hình", "Ghi vào sổ",
    ]  # fmt: skip


# --- numbers --------------------------------------------------------------------------------------


@pytest.fixture
def book(put):
    """Seven rows of two communes, two of the district that was there before."""
    put("A", holder_kind="ca-nhan", holder_name="Chị Năm Xuân")
    put("B", **RECOGNISED)
    put("C", field="khac", **RECOGNISED)
    put("D", **RECOGNISED | {"recognised_level": "tinh"})
    put("E", unit=NEIGHBOUR, **RECOGNISED | {"step": "dien-hinh"})
    put("F", unit=NEIGHBOUR, step="thoi", dropped_reason="Dời nhà")
    put("G", unit="t2-91")
    put("H", unit=DISTRICT, year=2024)
    put("I", unit=DISTRICT, year=2025, **RECOGNISED | {"recognised_level": "huyen", "recognised_on": date(2025, 5, 1)})  # fmt: skip
    put("X", unit=HUE)


def numbers(table):
    return {line.label: (line.cells, line.total) for line in table.lines if line.total}


def test_fields_and_states_add_up_each_row_once(desk, book):
    table = desk.get(f"{BASE}?don-vi=t2-91&nam=2026").context["fields"]["table"]

    labels = [state.label for state in table.columns]
    assert labels == ["Mới đăng ký", "Công nhận cấp xã", "Công nhận cấp tỉnh", "Điển hình", "Thôi thực hiện"]  # fmt: skip
    assert numbers(table) == {"Kinh tế": ([2, 1, 1, 1, 1], 6), "Khác": ([0, 1, 0, 0, 0], 1)}
    assert (table.totals, table.total, len(table.lines)) == ([2, 2, 1, 1, 1], 7, 5)


def test_units_without_a_row_are_listed_with_nought_if_they_existed(desk, book):
    of_2026 = desk.get(f"{BASE}?don-vi=t2-91&don-vi-cu=1&nam=2026").context["units"]["table"]
    of_2024 = desk.get(f"{BASE}?don-vi=t2-91&don-vi-cu=1&nam=2024").context["units"]["table"]

    # 102 communes of today and the province for itself; of 2024 what lay there then.
    assert {line.label: line.total for line in of_2026.lines if line.total} == {
        "Xã Thoại Sơn": 4, "Xã Tây Phú": 2, "Tỉnh An Giang": 1,
    }  # fmt: skip
    assert of_2026.total == 7
    of_then = [line.label for line in of_2024.lines]
    assert ("Huyện Thoại Sơn" in " ".join(of_then), "Xã Tây Phú" in of_then) == (True, False)
    assert of_2024.total == 1


@pytest.mark.parametrize(
    "query", ["don-vi=t2-91&nam=2026", "don-vi=t2-91&don-vi-cu=1", "don-vi=t2-91&chi-don-vi=1"]
)
def test_every_number_leads_to_exactly_its_rows(desk, book, query):
    context = desk.get(f"{BASE}?{query}").context
    readable = Initiative.objects.exclude(unit=HUE)

    wrong = []
    for table in (context["fields"], context["units"]):
        for line, address, cells in table["lines"]:
            for number, leads in [(line.total, address), *cells]:
                filters = RegisterFilter(QueryDict(leads.lstrip("?")))
                if number and filters.narrow(readable).count() != number:
                    wrong.append((line.label, number, leads))
    assert wrong == []
    # The pages ask the same filter; one of them by hand.
    line = next(
        each for each in context["units"]["lines"] if each[0].label.startswith("Tỉnh An Giang")
    )
    assert names(desk, line[1].lstrip("?")) == ["G"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("don-vi=t2-91", "ABCDEFG"),
        ("don-vi=t2-91&don-vi-cu=1", "ABCDEFGHI"),
        ("don-vi=t2-91&chi-don-vi=1", "G"),
        (f"don-vi={COMMUNE},{NEIGHBOUR}", "ABCDEF"),
        ("don-vi=t2-91&don-vi-cu=1&nam=2025", "I"),
        ("don-vi=t2-91&ky=2026-Q2", "ABCDEFG"),
        ("linh-vuc=khac", "C"),
        ("buoc=cong-nhan&nam=2026", "BCD"),
        ("cap=tinh", "D"),
        ("doi-tuong=ca-nhan", "A"),
        ("q=nam+xuan", "A"),
        ("q=%00", "ABCDEFGHI"),
        ("nam=xyz", "ABCDEFGHI"),
        (f"nam={'9' * 5000}", "ABCDEFGHI"),
        ("dong=t2-99999&trang=999999999", "ABCDEFGHI"),
    ],
)
def test_the_address_chooses(desk, book, query, found):
    assert names(desk, query) == list(found)


@pytest.mark.parametrize("count", [1, 3])
def test_the_register_costs_the_same_however_long(
    desk, put, count, django_assert_num_queries, settings
):
    settings.DESK_SECONDS = 0  # to set a limit is a statement more, on PostgreSQL
    for number in range(count):
        put(f"Mô hình {number}").reports.add(ReportFactory(published=True))
    desk.get(f"{BASE}?don-vi=t2-91&nam=2026")

    with django_assert_num_queries(COST):
        desk.get(f"{BASE}?don-vi=t2-91&nam=2026")


COST = 16


# --- whose ----------------------------------------------------------------------------------------


def test_who_compiles_for_the_ground_reads_and_keeps_the_book_of_those_before(desk, put):
    district, divided = put("Cũ", unit=DISTRICT, year=2024), put("Chia", unit=DIVIDED, year=2024)
    half = Client()
    half.force_login(at_the_desk(HALF))

    for row in (district, divided):
        assert desk.get(f"{BASE}{row.pk}/sua/").status_code == 200
    # Whoever has only a part of the ground reads the book and does not write in it.
    assert half.get(f"{BASE}{divided.pk}/").status_code == 200
    assert half.get(f"{BASE}{divided.pk}/sua/").status_code == 404
    assert half.get(f"{BASE}{district.pk}/").status_code == 404


def test_another_units_row_is_as_absent_as_none(desk, put):
    row, own = put("Huế", unit=HUE), put("Đây")
    report = ReportFactory(published=True)
    nobody = Client()
    nobody.force_login(UserFactory())

    for page in ("", "sua/"):
        assert desk.get(f"{BASE}{own.pk}/{page}").status_code == 200
        assert desk.get(f"{BASE}{row.pk}/{page}").status_code == 404
        assert nobody.get(f"{BASE}{own.pk}/{page}").status_code == 404
    assert desk.post(f"{BASE}{row.pk}/sua/", typed(ban=1)).status_code == 404
    assert desk.post(f"{BASE}{row.pk}/bai/", {"them": report.pk}).status_code == 404
    for page in ("", "them/", "nhap/", "so.xlsx"):
        assert nobody.get(BASE + page).status_code == 404
    assert names(desk, "nam=2026") == ["Đây"]
    row.refresh_from_db()
    assert (row.name, row.reports.count()) == ("Huế", 0)


# --- reports --------------------------------------------------------------------------------------


def test_public_reports_are_found_proposed_linked_and_taken_off(desk, put):
    row, unit = put("Mô hình"), Unit.objects.get(pk=COMMUNE)
    topic = TopicFactory(name="Dân vận khéo")
    about = ReportFactory(unit=unit, published=True, title="Chuyện tổ hùn vốn")
    about.topics.add(topic)
    waiting = ReportFactory(unit=unit, title="Chuyện chưa đăng")
    waiting.topics.add(topic)
    ReportFactory(unit=unit, published=True, title="Chuyện khác")
    address = f"{BASE}{row.pk}/"

    assert [r.title for r in desk.get(address).context["proposed"]] == ["Chuyện tổ hùn vốn"]
    assert {r.title for r in desk.get(f"{address}?tim=chuyen").context["found"]} == {"Chuyện tổ hùn vốn", "Chuyện khác"}  # fmt: skip
    for key in (about.pk, waiting.pk, "9" * 5000, "\x00"):
        assert desk.post(f"{address}bai/", {"them": key}).status_code == 302
    assert list(row.reports.all()) == [about]
    assert desk.get(f"{address}bai/").status_code == 405
    desk.post(f"{address}bai/", {"bo": about.pk})
    assert row.reports.count() == 0


def test_a_linked_report_that_is_withdrawn_is_counted_nowhere_and_not_named(desk, put):
    row = put("Mô hình")
    gone = ReportFactory(withdrawn=True, title="Bài đã gỡ kín tên")
    row.reports.add(gone)

    answer = desk.get(f"{BASE}{row.pk}/")

    assert (answer.context["hidden"], "kín tên" in answer.content.decode()) == (1, False)
    assert desk.get(f"{BASE}?nam=2026").context["page"].rows[0].report_count == 0


# --- Excel ----------------------------------------------------------------------------------------


def test_the_workbook_says_what_the_screen_says(desk, book, put):
    query = "don-vi=t2-91&nam=2026"
    put("=1+1", holder_name="@x", description="+" + "d" * 40_000, decision_number="")
    context = desk.get(f"{BASE}?{query}").context

    content = desk.get(f"{BASE}so.xlsx?{query}").getvalue()

    values = openpyxl.load_workbook(io.BytesIO(content), data_only=True)
    formulas = openpyxl.load_workbook(io.BytesIO(content))
    sheet = values["Danh sách"]
    head = next(row for row in range(1, 20) if sheet.cell(row, 1).value == "STT")
    listed = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=head + 1)]
    assert [row[1] for row in listed] == [row.name for row in context["page"].rows]
    by_name = {row[1]: row for row in listed}
    assert (by_name["B"][6], by_name["B"][10].date()) == (2026, date(2026, 5, 20))
    for name, table in (("Theo lĩnh vực", context["fields"]), ("Theo đơn vị", context["units"])):
        last = [cell.value for cell in list(values[name].iter_rows())[-1]]
        assert last == ["Cộng", table["table"].total, *table["table"].totals]
        assert formulas[name].cell(values[name].max_row, 2).value.startswith("=SUM(")
    typed_formulas = [
        cell.value for row in formulas["Danh sách"].iter_rows() for cell in row
        if cell.data_type == "f"
    ]  # fmt: skip
    assert typed_formulas == []
    assert "Chữ dài" in values.sheetnames


def test_tables_of_the_register_agree_with_each_other(book):
    for query in ("don-vi=t2-91", "don-vi=t2-91&don-vi-cu=1", f"don-vi={DISTRICT}"):
        filters = RegisterFilter(QueryDict(query))
        rows = filters.narrow(Initiative.objects.all())

        assert by_unit(rows, filters).total == by_field(rows).total == rows.count() > 0
