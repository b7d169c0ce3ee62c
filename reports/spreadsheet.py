"""What every workbook and every CSV of this site must mind; what stands in them others decide.

Nothing a person typed becomes a formula (SECURITY, section 3), no text is lost because a cell is too
small for it, and pages come out of the printer as A4.
"""

import xlsxwriter

from portal.text import plain_text

# Excel holds no more signs in a cell, and xlsxwriter drops the whole text silently.
LONGEST_CELL = 32_767
# No spreadsheet has taller rows, in points.
TALLEST_ROW = 409
LINE_HEIGHT = 15
# A spreadsheet runs a cell of CSV that begins with one of these.
FORMULA = ("=", "+", "-", "@", "\t", "\r")
# What Vietnamese offices print in.
BASE = {"font_name": "Times New Roman", "font_size": 11, "valign": "vcenter"}
A4 = 9


def harmless(text):
    """A cell of CSV that no spreadsheet takes for a formula."""
    text = plain_text(text)
    return f"'{text}" if text.startswith(FORMULA) else text


def workbook(target, title, subject="", *, large=False):
    """A book that takes text for text. A `large` one is written row by row, from top to bottom, and
    keeps no more than one row in memory.
    """
    options = {"constant_memory": True} if large else {"in_memory": True}
    book = xlsxwriter.Workbook(
        target,
        options
        | {
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "default_format_properties": {"font_name": "Times New Roman", "font_size": 11},
        },
    )
    book.set_properties({"title": plain_text(title), "subject": plain_text(subject)})
    return book


def print_across(page, heading_row):
    """A4 across, as wide as the sheet, the headings on every page, pages numbered."""
    page.set_landscape()
    page.set_paper(A4)
    page.fit_to_pages(1, 0)
    page.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.6)
    page.set_footer("&C&P/&N")
    page.freeze_panes(heading_row + 1, 0)
    page.repeat_rows(heading_row)


def lines_in(text, width):
    """How many lines a text takes in `width` characters: not every program finds a row's height."""
    width = max(1, int(width * 1.1))
    lines = 0
    for part in str(text).split("\n"):
        lines, free = lines + 1, width
        for word in part.split(" "):
            if len(word) > free and free < width:
                lines, free = lines + 1, width
            # A word longer than its column is broken.
            lines += max(0, len(word) - 1) // width
            # What is left of a broken word stands on its last line; one that fits exactly fills it.
            free -= (len(word) - 1) % width + 2 if word else 1
    return lines


def row_height(lines):
    return min(LINE_HEIGHT * lines, TALLEST_ROW)


class LongTexts:
    """Texts that no cell can hold: their cell says where they go on, a page of its own has them whole."""

    PAGE = "Chữ dài"

    def __init__(self, book):
        self.book = book
        self.texts = []

    def fitted(self, text, row, page=""):
        """`text` as its cell in `row` (counted from 0) can hold it, without control characters."""
        text = plain_text(text)
        if len(text) <= LONGEST_CELL:
            return text
        self.texts.append((page, row + 1, text))
        note = f"… (còn nữa, xem trang “{self.PAGE}”, {self._place(page, row + 1)})"
        return text[: LONGEST_CELL - len(note)] + note

    def write(self):
        """The page, where there is anything to put on it: a row for each part of each text."""
        if not self.texts:
            return
        page = self.book.add_worksheet(self.PAGE)
        page.set_column(0, 0, 24)
        page.set_column(1, 1, 100)
        style = self.book.add_format(BASE | {"text_wrap": True, "valign": "top"})
        row = 0
        for where, number, text in self.texts:
            for start in range(0, len(text), LONGEST_CELL):
                page.write_string(row, 0, self._place(where, number), style)
                page.write_string(row, 1, text[start : start + LONGEST_CELL], style)
                row += 1

    @staticmethod
    def _place(page, number):
        return f"trang “{page}”, dòng {number}" if page else f"dòng {number}"
