"""The cells of the annex: texts as texts, days as days; and who gets a file at all."""

import io
from datetime import date, datetime
from decimal import Decimal

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from reports.desk import annex_views
from reports.desk.annex import write_annex
from reports.desk.selection import Selection
from reports.desk.totals import totals
from reports.models import EventKind, ViewCount
from reports.spreadsheet import LONGEST_CELL, lines_in
from tests.factories import (
    ContributionFactory,
    EventFactory,
    FigureFactory,
    OrganisationFactory,
    PersonFactory,
    PhotoFactory,
    ReportFactory,
    SectionFactory,
    UserFactory,
)
from tests.reports.desk.conftest import at_the_desk
from tests.reports.desk.workbooks import opened, table_in, texts_of

pytestmark = pytest.mark.django_db

WHOLE = "don-vi=t2-91&don-vi-cu=1"
HOSTILE = ("=1+1", "+A1", "-2+3", "@SUM(A1)", '=HYPERLINK("http://x.example","y")', "\t=1")


@pytest.fixture
def full():
    event = EventFactory(
        name="Hội nghị", kind=EventKind.INTERIM_REVIEW, event_on=date(2024, 7, 2), unit_id="t2-91"
    )
    report = ReportFactory(
        published=True,
        title="Sơ kết sáu tháng",
        unit_id="t3-30517",
        published_at=timezone.make_aware(datetime(2024, 7, 3, 8, 15)),
        event=event,
        section=SectionFactory(name="Tin tức"),
        organisation=OrganisationFactory(name="Hội Nông dân"),
        heading="II.3",
        lead="Sapo của bài.",
        body="<p>Đoạn một &amp; hai.</p><ul><li>ý</li></ul>",
    )
    ContributionFactory(report=report, person=PersonFactory(name="Minh Ngọc"), signed_as="M.N")
    PhotoFactory.create_batch(2, report=report)
    ViewCount.objects.create(report=report, count=1284)
    return report


def test_days_moments_and_numbers_are_cells_of_their_kind(desk, full):
    book = opened(desk, f"{WHOLE}&ky=2024&dai=day-du")
    headings, (row,) = table_in(book["Danh sách"])

    assert dict(zip(headings, row, strict=True)) == {
        "STT": 1,
        "Ngày": datetime(2024, 7, 2),
        "Tính theo": "sự kiện",
        "Đơn vị (tên ngày ấy)": "Phường Thới Sơn, thị xã Tịnh Biên, tỉnh An Giang",
        "Tít": "Sơ kết sáu tháng",
        "Loại sự kiện": "Sơ kết",
        "Mục": "II.3",
        "Tổ chức": "Hội Nông dân",
        "Chuyên mục": "Tin tức",
        "Thể loại": "Tin",
        "Người viết": "M.N",
        "Người chụp": None,
        "Số ảnh": 2,
        "Đăng lúc": datetime(2024, 7, 3, 8, 15),
        "Lượt xem": 1284,
        "Liên kết": f"http://127.0.0.1:8000{full.get_absolute_url()}",
    }
    cells = {
        cell.value: cell for cell in list(book["Danh sách"].rows)[book["Danh sách"].max_row - 1]
    }
    assert cells[datetime(2024, 7, 2)].is_date
    assert cells[1284].data_type == "n"
    link = cells[f"http://127.0.0.1:8000{full.get_absolute_url()}"]
    assert link.hyperlink.target == link.value
    assert book["Danh sách"].auto_filter.ref.startswith("A")
    assert table_in(book["Nội dung"])[1][0][4:] == ["Sapo của bài.", "Đoạn một & hai.\n– ý"]


def test_what_people_typed_is_never_a_formula(desk):
    person = PersonFactory(name="=cmd|' /C calc'!A0")
    for text in HOSTILE:
        report = ReportFactory(
            published=True, unit_id="t2-30682", title=text, lead=text, byline_organisation=text,
            organisation=OrganisationFactory(name=f"{text} tổ chức"),
            section=SectionFactory(name=f"{text} mục"),
        )  # fmt: skip
        ContributionFactory(report=report, person=person)
        FigureFactory(
            report=report, indicator=text, unit_of_measure=text, sentence=text,
            confirmed_by=UserFactory(),
        )  # fmt: skip
    book = opened(desk, "don-vi=t2-91&cot=to-chuc")

    formulas = [
        cell.value for sheet in book for row in sheet.rows for cell in row if cell.data_type == "f"
    ]
    assert formulas
    assert [each for each in formulas if not each.startswith("=SUM(")] == []
    typed = {row[4] for row in table_in(book["Danh sách"])[1]}
    assert typed == {text.strip() for text in HOSTILE}
    links = [cell.hyperlink for sheet in book for row in sheet.rows for cell in row]
    assert {link.target.partition("/tin/")[0] for link in links if link} == {
        "http://127.0.0.1:8000"
    }


def test_a_text_no_cell_can_hold_is_kept_whole_with_a_note(desk):
    lead = "Dài lắm " * 9_000
    ReportFactory(published=True, unit_id="t2-30682", title="Bài dài", lead=lead)
    book = opened(desk, "don-vi=t2-91")
    (row,) = table_in(book["Nội dung"])[1]

    assert len(row[4]) == LONGEST_CELL
    assert row[4].endswith("… (còn nữa, xem trang “Chữ dài”, trang “Nội dung”, dòng 8)")
    parts = [(cells[0].value, cells[1].value) for cells in book["Chữ dài"].rows]
    assert {where for where, _ in parts} == {"trang “Nội dung”, dòng 8"}
    assert "".join(part for _, part in parts) == lead.strip()


def test_confirmed_numbers_are_added_within_one_indicator_and_measure(desk):
    user = get_user_model().objects.create(username="xac-nhan")
    for value, measure in (("1200", "suất"), ("12.5", "suất"), ("46", "%"), ("30", "%")):
        report = ReportFactory(published=True, unit_id="t2-30682", title=f"Bài {value}")
        FigureFactory(report=report, indicator="Quà", value=Decimal(value), confirmed_by=user,
                      unit_of_measure=measure)  # fmt: skip
        FigureFactory(report=report, indicator="Chưa ai xem", value=5)
    book = opened(desk, "don-vi=t2-91", data_only=True)

    assert (
        [(row[1], row[2], row[3]) for row in table_in(book["Số liệu"])[1]]
        == [
            (
                row.indicator,
                row.unit_of_measure,
                "không cộng" if row.total is None else float(row.total),
            )
            for row in totals(Selection.of("don-vi=t2-91"))
        ]
        == [("Quà", "%", "không cộng"), ("Quà", "suất", 1212.5)]
    )
    assert sorted(row[1] for row in table_in(book["Chi tiết số liệu"], "Chỉ tiêu")[1]) == [
        12.5, 30, 46, 1200,
    ]  # fmt: skip


def test_a_choice_without_reports_says_so(desk):
    book = opened(desk, "don-vi=t2-30682&ky=2026-05", data_only=True)

    assert "Không có bài nào." in texts_of(book)
    assert [row[:2] for row in table_in(book["Tổng hợp"], "Đơn vị")[1]] == [
        ["Xã Thoại Sơn, tỉnh An Giang", 0],
        ["Cộng", 0],
    ]


def test_it_costs_the_same_queries_however_long(django_assert_num_queries, full):
    def write():
        write_annex(io.BytesIO(), Selection.of(f"{WHOLE}&ky=2024"))

    write()  # what is remembered is remembered now
    with CaptureQueriesContext(connection) as few:
        write()
    for number in range(4):
        report = ReportFactory(
            published=True,
            unit_id="t3-30517",
            title=f"Thêm {number}",
            published_at=timezone.make_aware(datetime(2024, 5, 3)),
        )
        ContributionFactory(report=report)
        PhotoFactory(report=report)
    with django_assert_num_queries(len(few)):
        write()


def test_above_the_cap_a_page_says_why_there_is_no_file(desk, monkeypatch):
    monkeypatch.setattr(annex_views, "MOST_REPORTS", 1)
    ReportFactory.create_batch(2, published=True, unit_id="t2-30682")

    for name in ("phu-luc.xlsx", "du-lieu.csv", "du-lieu.json"):
        response = desk.get(f"/tong-hop/xuat/{name}?don-vi=t2-91")
        assert response.status_code == 400
        assert "Hãy chọn kỳ ngắn hơn hoặc ít đơn vị hơn." in response.getvalue().decode()


NAMES = (
    "phu-luc.xlsx", "du-lieu.csv", "du-lieu.json", "anh.zip", "hoi-nghi.xlsx", "hoi-nghi.docx",
)  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_files_are_for_the_desk_alone_and_change_nothing(name):
    address = f"/tong-hop/xuat/{name}?don-vi=t2-91"
    somebody, other = Client(), Client()
    somebody.force_login(UserFactory())
    other.force_login(at_the_desk("t2-37"))

    assert Client().get(address).status_code == 302
    assert somebody.get(address).status_code == 404
    assert other.post(address).status_code == 405
    answer = other.get(address)
    answer.getvalue()
    assert answer.status_code == (400 if name == "anh.zip" else 200)
    assert "no-store" in answer.headers["Cache-Control"]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(
    "query", ["ky=%00", f"don-vi={'9' * 5000}", "tu=31/02/2026&den=x", "ky=9999&quy-uoc=chot-99",
              "tu=0001-01-01&den=9999-12-31", "dong=t2-1&cot=%FF&hang=x"],
)  # fmt: skip
def test_nonsense_in_the_address_is_never_an_error(desk, name, query):
    response = desk.get(f"/tong-hop/xuat/{name}?{query}")
    response.getvalue()
    assert response.status_code in (200, 400)


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [("Số điểm cầu", 4, 3), ("abcdefgh ij", 4, 3), ("abcd", 4, 1), ("một hai", 8, 1), ("", 4, 1)],
)
def test_a_word_as_wide_as_its_column_leaves_no_room_beside_it(text, width, lines):
    assert lines_in(text, width) == lines
