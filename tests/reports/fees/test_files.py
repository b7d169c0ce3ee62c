"""The Excel file and the CSV, read back by other programs than the one that wrote them."""

import csv
import io
from datetime import date, datetime
from decimal import Decimal

import openpyxl
import pytest

from reports.fees.files import HEADINGS, csv_text, excel, file_name
from reports.fees.locking import lock
from reports.fees.sheets import Group, Line, MonthSheet, month_sheet
from reports.spreadsheet import LONGEST_CELL
from tests.factories import PersonFactory

pytestmark = pytest.mark.django_db
AUGUST = date(2024, 8, 1)


def opened(month, **options):
    return openpyxl.load_workbook(io.BytesIO(excel(month)), **options)


def rows_of(month, **options):
    return [[cell.value for cell in row] for row in opened(month, **options)["Bảng kê"].rows]


@pytest.fixture
def month(schedule, unit, work, score):
    one, two = PersonFactory(name="Trần Minh Ngọc"), PersonFactory(name="Lê An")
    for day, person, coefficient in ((5, one, "1.5"), (6, one, "1"), (7, two, "1.25")):
        score(work(2024, 8, day, person, title=f"Tin ngày {day}"), coefficient)
    return month_sheet(unit, AUGUST)


def test_columns_numbers_and_days_are_real(month, unit):
    rows = rows_of(month, data_only=True)

    assert rows[0][0] == "BẢNG KÊ NHUẬN BÚT THÁNG 8/2024 (BẢN NHÁP)"
    assert rows[1][0] == unit.full_name_on(AUGUST)
    assert tuple(rows[3]) == HEADINGS
    assert rows[4] == [
        1, "Lê An", unit.name_on(AUGUST), "Tin ngày 7", "tin", datetime(2024, 8, 7), 1.25,
        46800, 58500, 0, 58500, None,
    ]  # fmt: skip
    assert [row[0] for row in rows[5:9]] == ["Cộng: Lê An", 2, 3, "Cộng: Trần Minh Ngọc"]
    assert rows[9][:1] + rows[9][8:11] == ["Tổng cộng", 175500, 0, 175500]
    assert rows[11][0] == "Bằng chữ: Một trăm bảy mươi lăm nghìn năm trăm đồng."
    assert [cell for cell in rows[13] if cell] == ["Người lập", "Kế toán", "Trưởng ban"]


def subtotal(sheet, formula):
    """SUBTOTAL(9, …) as spreadsheets compute it: other subtotals within its cells are left out."""
    first, last = formula.removeprefix("=SUBTOTAL(9,").removesuffix(")").split(":")
    cells = [row[0] for row in sheet[first:last]]
    return sum(cell.value or 0 for cell in cells if cell.data_type != "f")


def test_totals_are_formulas_that_equal_our_sums(month):
    formulas, results = opened(month)["Bảng kê"], opened(month, data_only=True)["Bảng kê"]

    live = 0
    for row in formulas.rows:
        for cell in row:
            if cell.data_type == "f":
                live += 1
                assert subtotal(formulas, cell.value) == results[cell.coordinate].value
    assert live == 9  # two persons and the total, three columns each


def test_it_prints_on_a4_across_with_its_headings_on_every_page(month):
    sheet = opened(month)["Bảng kê"]

    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert sheet.page_setup.fitToHeight == 0
    assert sheet.freeze_panes == "A5"
    assert sheet.print_title_rows == "$4:$4"


def made_up(**fields):
    line = Line(
        **{
            "report_id": 1, "person_id": 1, "sort_key": "", "kind": "bai", "name": "A",
            "pen_name": "", "workplace": "B", "title": "C", "genre": "tin",
            "published_on": AUGUST, "coefficient": Decimal(1), "share": Decimal(100), "pieces": 1,
            "unit_price": Decimal("46800.5"), "amount": Decimal(46801), "net": Decimal(46801),
            **fields,
        }
    )  # fmt: skip
    return line


@pytest.mark.parametrize("text", ["=1+1", "+A1", "-2+3", "@SUM(A1)", '=HYPERLINK("x")'])
def test_what_people_typed_is_never_a_formula(unit, text):
    line = made_up(title=text, name=text, workplace=text, genre=text)
    month = MonthSheet(unit, AUGUST, None, [Group(text, [line])])

    sheet = opened(month)["Bảng kê"]
    typed = [sheet.cell(5, column) for column in (2, 3, 4, 5)]
    assert [(cell.value, cell.data_type) for cell in typed] == [(text, "s")] * 4
    (_, row) = csv.reader(io.StringIO(csv_text(month).removeprefix("\ufeff")))
    assert [row[1], row[2], row[3], row[4]] == [f"'{text}"] * 4


def test_addresses_stay_text(unit):
    month = MonthSheet(unit, AUGUST, None, [Group("A", [made_up(title="https://vi-du.example/a")])])

    assert opened(month)["Bảng kê"].cell(5, 4).hyperlink is None


def test_a_text_no_cell_can_hold_goes_on_with_a_note(unit):
    text = "Tên dài " * 9_000
    month = MonthSheet(unit, AUGUST, None, [Group("A", [made_up(title=text)])])

    book = opened(month)
    cell = book["Bảng kê"].cell(5, 4).value
    assert len(cell) == LONGEST_CELL
    assert cell.endswith("… (còn nữa, xem trang “Chữ dài”, dòng 5)")
    rest = [row[1].value for row in book["Chữ dài"].rows]
    assert "".join(rest) == text


def test_control_characters_do_not_break_the_file(unit):
    month = MonthSheet(unit, AUGUST, None, [Group("A", [made_up(title="Tin\x0b\x00 \u202elạ")])])

    assert opened(month)["Bảng kê"].cell(5, 4).value == "Tin lạ"


def test_csv_has_the_same_lines(month, unit):
    text = csv_text(month)
    rows = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"))))

    assert text.startswith("\ufeff")
    assert tuple(rows[0]) == HEADINGS[:-1]
    assert rows[1] == [
        "1", "Lê An", unit.name_on(AUGUST), "Tin ngày 7", "tin", "2024-08-07", "1.25", "46800",
        "58500", "0", "58500",
    ]  # fmt: skip
    assert len(rows) == 4


def test_a_locked_sheet_is_no_draft_any_more(month, unit, approver):
    lock(unit, AUGUST, by=approver)
    locked = month_sheet(unit, AUGUST)

    assert rows_of(locked)[0][0] == "BẢNG KÊ NHUẬN BÚT THÁNG 8/2024"
    assert file_name(locked, "xlsx") == f"nhuan-but-2024-08-{unit.pk}.xlsx"
    assert file_name(month, "csv") == f"nhuan-but-nhap-2024-08-{unit.pk}.csv"


def test_an_empty_draft_is_a_file_too(unit):
    rows = rows_of(MonthSheet(unit, AUGUST, None, []), data_only=True)

    assert rows[4][0] == "Tổng cộng"
    assert rows[6][0] == "Bằng chữ: Không đồng."
