"""The annex in Excel, read back by another program: the numbers of the pages, texts as texts."""

import pytest

from reports.desk.comparison import comparison_of
from reports.desk.counting import table_of
from reports.desk.exporting import listed
from reports.desk.selection import Selection
from tests.reports.desk.counted_reports import AN_GIANG_NOW, HIDDEN_WORD, THOAI_SON_NOW
from tests.reports.desk.workbooks import opened, table_in, texts_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("counted")]

WHOLE = f"don-vi={AN_GIANG_NOW}&don-vi-cu=1"


@pytest.mark.parametrize(
    "query",
    [
        f"{WHOLE}&ky=2024",
        f"{WHOLE}&ky=2024&quy-uoc=15-14&cot=chu-de",
        f"don-vi={THOAI_SON_NOW}&don-vi-cu=1&ky=2025&hang=don-vi&cot=muc",
        f"{WHOLE}&chua-ro-ngay=1&cot=the-loai",
        f"don-vi={AN_GIANG_NOW}&ky=2019",
    ],
)
def test_the_tables_are_those_of_the_screen(desk, query):
    selection = Selection.of(query)
    table = table_of(selection, selection.filters.chosen.get("cot", ""))
    book = opened(desk, query, data_only=True)
    headings, rows = table_in(book["Tổng hợp"], "Đơn vị")

    assert headings == ["Đơn vị", "Tổng", *(c.label for c in table.columns), "Ghi chú"]
    assert [row[:-1] for row in rows] == [
        *([row.row.label, row.total, *row.cells] for row in table.rows),
        ["Cộng", table.total, *table.totals],
    ]
    notes = {row[0]: row[-1] for row in rows}
    assert {notes[row.label] for row in table.silent_units} <= {"chưa có bài"}
    if "Theo tháng" in book.sheetnames:
        months = table_of(selection, "thang")
        (*_, whole) = table_in(book["Theo tháng"], "Đơn vị")[1]
        assert whole[:-1] == ["Cộng", months.total, *months.totals]
    assert HIDDEN_WORD not in " ".join(texts_of(book)).lower()


def test_totals_are_formulas_and_equal_to_our_sums(desk):
    query = f"{WHOLE}&ky=2024"
    formulas, results = opened(desk, query), opened(desk, query, data_only=True)

    live = 0
    for sheet in formulas:
        for cell in (cell for row in sheet.rows for cell in row if cell.data_type == "f"):
            live += 1
            page, _, cells = (
                cell.value.removeprefix("=SUM(").removesuffix(")").replace("'", "").rpartition("!")
            )
            named = results[page or sheet.title][cells]
            added = [each.value or 0 for row in named for each in row]
            assert sum(added) == results[sheet.title][cell.coordinate].value
    columns = table_of(Selection.of(query)).columns
    assert live > len(columns)


def test_the_list_holds_the_reports_of_the_list_and_the_bucket_beside_it(desk):
    query = f"{WHOLE}&ky=2024"
    selection = Selection.of(query)
    book = opened(desk, query, data_only=True)
    _, rows = table_in(book["Danh sách"])
    _, texts = table_in(book["Nội dung"])
    _, undated = table_in(book["Chưa rõ ngày"])

    reports = list(listed(selection))
    assert [(row[0], row[1].date(), row[4]) for row in rows] == [
        (order, report.counting_on, report.title) for order, report in enumerate(reports, 1)
    ]
    assert [row[3] for row in texts] == [report.title for report in reports]
    assert {row[2] for row in rows} == {"sự kiện", "ngày đăng"}
    assert len(undated) == selection.undated.count() == 9
    assert {row[2] for row in undated} == {"chưa rõ ngày"}


def test_one_row_of_a_table_is_the_whole_of_its_annex(desk):
    query = f"{WHOLE}&ky=2024&dong=t3-894"
    book = opened(desk, query, data_only=True)

    assert [row[:2] for row in table_in(book["Tổng hợp"], "Đơn vị")[1]] == [
        ["Huyện Thoại Sơn, tỉnh An Giang", 28],
        ["Cộng", 28],
    ]
    assert len(table_in(book["Danh sách"])[1]) == 28


def test_the_same_period_last_year_stands_beside_this_one(desk):
    query = f"{WHOLE}&ky=2025"
    comparison = comparison_of(Selection.of(query))
    _, rows = table_in(opened(desk, query, data_only=True)["Cùng kỳ"], "Đơn vị")

    assert [row[:4] for row in rows] == [
        *(
            [line.label, line.change.now, line.change.then, line.change.difference]
            for line in (*comparison.units, comparison.total)
        )
    ]
    change = comparison.total.change
    assert rows[-1][4] == pytest.approx(float(change.percent / 100))


def test_every_sheet_says_its_days_its_choice_and_when_it_was_made(desk):
    book = opened(desk, f"{WHOLE}&ky=2024&quy-uoc=15-14&loai=so-ket&tu=gì")

    for sheet in book:
        head = [sheet.cell(row, 1).value for row in range(1, 10)]
        assert head[1] == (
            "Kỳ: Năm 2024, từ ngày 15/12/2023 đến ngày 14/12/2024; "
            "Cách tính kỳ: Từ ngày 15 đến ngày 14"
        )
        assert "Đơn vị: Tỉnh An Giang, gồm cấp dưới và địa bàn cũ" in head
        assert "Loại sự kiện: Sơ kết" in head
        assert any(str(line).startswith("Không hiểu nên bỏ qua: Từ ngày") for line in head)
        assert any(str(line).startswith("Lập lúc ") for line in head)
        assert sheet.page_setup.orientation == "landscape"
        assert (sheet.page_setup.paperSize, sheet.page_setup.fitToHeight) == (9, 0)
        repeated = int(sheet.print_title_rows.split("$")[1].rstrip(":"))
        assert sheet.freeze_panes == f"A{repeated + 1}"
        assert sheet.cell(repeated, 1).font.name == "Times New Roman"
