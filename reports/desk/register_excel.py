"""The register as a workbook: real years and days, totals as formulas, no formula from anybody's text."""

import io
from datetime import datetime, time

from django.http import HttpResponse
from django.utils import timezone
from xlsxwriter.utility import xl_range

from portal.templatetags.vietnamese import first_capital
from reports.spreadsheet import BASE, LongTexts, lines_in, print_across, row_height, workbook

EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
TITLE = "Sổ mô hình, điển hình “Dân vận khéo”"
COLUMNS = (
    # heading, width in characters
    ("STT", 5),
    ("Tên mô hình, điển hình", 30),
    ("Lĩnh vực", 16),
    ("Loại", 9),
    ("Tập thể, cá nhân thực hiện", 20),
    ("Đơn vị", 22),
    ("Năm đăng ký", 8),
    ("Bước", 14),
    ("Cấp công nhận", 10),
    ("Số quyết định", 14),
    ("Ngày công nhận", 11),
    ("Lý do thôi", 16),
    ("Mô tả", 38),
    ("Số bài viết", 7),
)
YEAR, DAY, COUNT = 6, 10, 13
HEAD_LINES = 2


def excel_file(filters, rows, fields, units=None):
    """The response with the file; `rows` in the order of the screen, `fields` and `units` its tables."""
    target = io.BytesIO()
    book = workbook(target, TITLE)
    sheets = _Sheets(book, filters)
    sheets.rows(rows.iterator(chunk_size=500))
    sheets.table("Theo lĩnh vực", "Lĩnh vực", fields)
    if units:
        sheets.table("Theo đơn vị", "Đơn vị", units)
    sheets.long_texts.write()
    book.close()
    response = HttpResponse(target.getvalue(), content_type=EXCEL)
    name = f"dan-van-kheo-{timezone.localdate():%Y-%m-%d}.xlsx"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


class _Sheets:
    def __init__(self, book, filters):
        self.book, self.filters = book, filters
        self.long_texts = LongTexts(book)
        boxed = BASE | {"border": 1}
        self.styles = {
            "title": book.add_format(BASE | {"bold": True, "font_size": 14}),
            "plain": book.add_format(BASE),
            "head": book.add_format(
                boxed | {"bold": True, "align": "center", "text_wrap": True}
            ),
            "text": book.add_format(boxed | {"text_wrap": True, "valign": "top"}),
            "number": book.add_format(boxed | {"align": "center", "valign": "top"}),
            "day": book.add_format(
                boxed | {"num_format": "dd/mm/yyyy", "align": "center", "valign": "top"}
            ),
            "sum": book.add_format(boxed | {"bold": True, "align": "center"}),
            "sum_words": book.add_format(boxed | {"bold": True}),
        }  # fmt: skip

    def _head(self, name, headings):
        """A sheet with its title, what was chosen, and its headings; (the sheet, their row)."""
        page = self.book.add_worksheet(name)
        page.write_string(0, 0, f"{TITLE}: {name.lower()}", self.styles["title"])
        facts = [*self.filters.facts, ("Lập lúc", f"{timezone.localtime():%d/%m/%Y %H:%M}")]
        for row, (label, words) in enumerate(facts, 1):
            page.write_string(row, 0, f"{label}: {words}", self.styles["plain"])
        at = len(facts) + 2
        for column, heading in enumerate(headings):
            page.write_string(at, column, heading, self.styles["head"])
        page.set_row(at, row_height(HEAD_LINES))
        print_across(page, at)
        return page, at

    def rows(self, initiatives):
        page, at = self._head("Danh sách", [heading for heading, _ in COLUMNS])
        for column, (_, width) in enumerate(COLUMNS):
            page.set_column(column, column, width)
        row = at
        for row, initiative in enumerate(initiatives, at + 1):
            self._row(page, row, row - at, initiative)
        if row > at:
            page.autofilter(at, 0, row, len(COLUMNS) - 1)

    def _row(self, page, row, number, initiative):
        texts = {
            1: initiative.name,
            2: first_capital(initiative.get_field_display()),
            3: first_capital(initiative.get_holder_kind_display()),
            4: initiative.holder_name,
            5: initiative.unit_words,
            7: first_capital(initiative.get_step_display()),
            8: first_capital(initiative.get_recognised_level_display()),
            9: initiative.decision_number,
            11: initiative.dropped_reason,
            12: initiative.description,
        }
        needed = [lines_in(text, COLUMNS[column][1]) for column, text in texts.items()]
        page.set_row(row, row_height(max(needed)))
        for column, text in texts.items():
            fitted = self.long_texts.fitted(text, row, "Danh sách")
            page.write_string(row, column, fitted, self.styles["text"])
        for column, value in ((0, number), (YEAR, initiative.registered_year), (COUNT, initiative.report_count)):  # fmt: skip
            page.write_number(row, column, value, self.styles["number"])
        if initiative.recognised_on:
            day = datetime.combine(initiative.recognised_on, time())
            page.write_datetime(row, DAY, day, self.styles["day"])
        else:
            page.write_blank(row, DAY, None, self.styles["day"])

    def table(self, name, label, totals):
        """Totals as formulas, with the sums made on the screen stored beside them."""
        headings = [label, "Tổng", *(state.label for state in totals.columns)]
        page, at = self._head(name, headings)
        page.set_column(0, 0, 44)
        page.set_column(1, len(headings) - 1, 12)
        last = len(headings) - 1
        for row, line in enumerate(totals.lines, at + 1):
            page.write_string(row, 0, line.label, self.styles["text"])
            page.write_formula(
                row, 1, f"=SUM({xl_range(row, 2, row, last)})", self.styles["sum"], line.total
            )
            for column, number in enumerate(line.cells, 2):
                page.write_number(row, column, number, self.styles["number"])
        foot = at + 1 + len(totals.lines)
        page.write_string(foot, 0, "Cộng", self.styles["sum_words"])
        for column, number in enumerate([totals.total, *totals.totals], 1):
            cells = xl_range(at + 1, column, max(at + 1, foot - 1), column)
            formula = f"=SUM({cells})" if totals.lines else "=0"
            page.write_formula(foot, column, formula, self.styles["sum"], number)
