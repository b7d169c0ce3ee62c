"""A month's sheet as an Excel file and as CSV: the columns accountants know, numbers as numbers.

Nothing a person typed becomes a formula (SECURITY, section 3). Totals are formulas, with the sums
made here as their stored results: both are the same number.
"""

import csv
import io
from datetime import datetime, time

from xlsxwriter.utility import xl_rowcol_to_cell

from reports.spreadsheet import (
    BASE,
    LongTexts,
    harmless,
    lines_in,
    print_across,
    row_height,
    workbook,
)

from .amount_in_words import amount_in_words
from .rules import plain

COLUMNS = (
    # heading, width in characters
    ("STT", 5),
    ("Họ và tên (bút danh)", 20),
    ("Đơn vị", 17),
    ("Tên tác phẩm", 33),
    ("Thể loại", 11),
    ("Ngày đăng", 11),
    ("Hệ số", 7),
    ("Đơn giá", 9),
    ("Thành tiền", 11),
    ("Thuế", 8),
    ("Thực nhận", 11),
    ("Ký nhận", 11),
)
HEADINGS = tuple(heading for heading, _ in COLUMNS)
AMOUNT, TAX, NET = 8, 9, 10
SIGNATURES = ("Người lập", "Kế toán", "Trưởng ban")


def title_of(month):
    """`Bảng kê nhuận bút tháng 8/2024`, with the word `nháp` while it is one."""
    words = f"Bảng kê nhuận bút {month.month_words}"
    return words if month.sheet else f"{words} (bản nháp)"


def file_name(month, kind):
    """`nhuan-but-2024-08-t2-30682.xlsx`, with `nhap` in it while it is a draft."""
    draft = "" if month.sheet else "-nhap"
    return f"nhuan-but{draft}-{month.month_on:%Y-%m}-{month.unit.pk}.{kind}"


def work_words(line):
    """The title, and on a second line what a correction corrects."""
    return f"{line.title}\n({line.note})" if line.note else line.title


# --- Excel ----------------------------------------------------------------------------------------


def excel(month):
    """The file's bytes."""
    target = io.BytesIO()
    book = workbook(target, title_of(month), month.unit_label)
    _Sheet(book, month).write()
    book.close()
    return target.getvalue()


class _Sheet:
    """Writes one sheet from top to bottom; `self.row` is the next free row."""

    def __init__(self, book, month):
        self.book, self.month = book, month
        self.page = book.add_worksheet("Bảng kê")
        self.long_texts = LongTexts(book)
        boxed = BASE | {"border": 1}
        money = {"num_format": "#,##0"}
        bold = {"bold": True}
        add = book.add_format
        self.styles = {
            "title": add(BASE | bold | {"font_size": 14, "align": "center"}),
            "place": add(BASE | {"align": "center"}),
            "head": add(boxed | bold | {"align": "center", "text_wrap": True}),
            "text": add(boxed | {"text_wrap": True}),
            "number": add(boxed | {"align": "center"}),
            "day": add(boxed | {"num_format": "dd/mm/yyyy", "align": "center"}),
            "factor": add(boxed | {"num_format": "0.##", "align": "center"}),
            "money": add(boxed | money),
            "sum_words": add(boxed | bold),
            "sum": add(boxed | bold | money),
            "words": add(BASE | {"italic": True, "text_wrap": True}),
            "sign": add(BASE | bold | {"align": "center"}),
        }

    def write(self):
        self._lay_out()
        last = len(COLUMNS) - 1
        self.page.merge_range(0, 0, 0, last, title_of(self.month).upper(), self.styles["title"])
        self.page.merge_range(1, 0, 1, last, "", self.styles["place"])
        self._text(1, 0, self.month.unit_label, "place")
        for column, heading in enumerate(HEADINGS):
            self.page.write_string(3, column, heading, self.styles["head"])
        self.row, number = 4, 0
        for group in self.month.groups:
            first = self.row
            for line in group.lines:
                number += 1
                self._line(number, line)
            self._subtotal(group, first)
        self._total()
        self._below(last)
        self.long_texts.write()

    def _lay_out(self):
        page = self.page
        print_across(page, 3)
        for column, (_, width) in enumerate(COLUMNS):
            page.set_column(column, column, width)

    def _line(self, number, line):
        row, page, styles = self.row, self.page, self.styles
        page.set_row(row, _height(line))
        page.write_number(row, 0, number, styles["number"])
        self._text(row, 1, line.printed_name)
        self._text(row, 2, line.workplace)
        self._text(row, 3, work_words(line))
        self._text(row, 4, line.genre)
        page.write_datetime(row, 5, datetime.combine(line.published_on, time()), styles["day"])
        page.write_number(row, 6, line.coefficient, styles["factor"])
        page.write_number(row, 7, line.unit_price, styles["money"])
        for column, amount in ((AMOUNT, line.amount), (TAX, line.tax), (NET, line.net)):
            page.write_number(row, column, amount, styles["money"])
        page.write_blank(row, 11, None, styles["text"])
        self.row += 1

    def _subtotal(self, group, first):
        self._sum_words(f"Cộng: {group.name}")
        for column, amount in ((AMOUNT, group.amount), (TAX, group.tax), (NET, group.net)):
            cells = f"{xl_rowcol_to_cell(first, column)}:{xl_rowcol_to_cell(self.row - 1, column)}"
            self.page.write_formula(
                self.row, column, f"=SUBTOTAL(9,{cells})", self.styles["sum"], int(amount)
            )
        self.row += 1

    def _total(self):
        self._sum_words("Tổng cộng")
        month = self.month
        # SUBTOTAL leaves out the subtotals of persons within its range.
        for column, amount in ((AMOUNT, month.amount), (TAX, month.tax), (NET, month.net)):
            last = xl_rowcol_to_cell(max(self.row - 1, 4), column)
            formula = f"=SUBTOTAL(9,{xl_rowcol_to_cell(4, column)}:{last})"
            if not month.groups:
                formula = "=0"
            self.page.write_formula(self.row, column, formula, self.styles["sum"], int(amount))
        self.row += 1

    def _sum_words(self, words):
        self.page.merge_range(self.row, 0, self.row, AMOUNT - 1, "", self.styles["sum_words"])
        self._text(self.row, 0, words, "sum_words")
        self.page.write_blank(self.row, 11, None, self.styles["text"])

    def _below(self, last):
        words = f"Bằng chữ: {amount_in_words(self.month.net)}."
        self.page.merge_range(self.row + 1, 0, self.row + 1, last, words, self.styles["words"])
        third = len(COLUMNS) // len(SIGNATURES)
        for place, words in enumerate(SIGNATURES):
            first = place * third
            self.page.merge_range(
                self.row + 3, first, self.row + 3, first + third - 1, words, self.styles["sign"]
            )

    def _text(self, row, column, text, style="text"):
        """A text as text; what no cell can hold goes on, with a note, on a page of its own."""
        self.page.write_string(row, column, self.long_texts.fitted(text, row), self.styles[style])


def _height(line):
    """In points: as many lines as the longest cell needs (no program measures them for us), and
    room for a signature.
    """
    texts = (line.printed_name, line.workplace, work_words(line), line.genre)
    lines = 2
    for text, (_, width) in zip(texts, COLUMNS[1:5], strict=True):
        lines = max(lines, lines_in(text, width))
    return row_height(lines)


# --- CSV ------------------------------------------------------------------------------------------


def csv_text(month):
    """UTF-8 with a mark for Excel; the same columns, subtotals left to whoever counts."""
    target = io.StringIO()
    writer = csv.writer(target)
    writer.writerow(HEADINGS[:-1])
    for number, line in enumerate(month.lines, 1):
        writer.writerow(
            [
                number,
                harmless(line.printed_name),
                harmless(line.workplace),
                harmless(work_words(line)),
                harmless(line.genre),
                line.published_on.isoformat(),
                plain(line.coefficient).replace(",", "."),
                plain(line.unit_price).replace(",", "."),
                int(line.amount),
                int(line.tax),
                int(line.net),
            ]
        )
    return "\ufeff" + target.getvalue()
