"""A workbook of the desk: sheets that each say what they count, since when, and when they were made.

Rows go to the disk as they are written, so memory does not grow with them.
"""

from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal

from django.utils import timezone
from xlsxwriter.utility import xl_rowcol_to_cell

from reports.spreadsheet import (
    BASE,
    LongTexts,
    lines_in,
    print_across,
    row_height,
    workbook,
)

# Facts that stand on a line of their own, above the others: the days first.
OF_THE_PERIOD = ("Kỳ", "Cách tính kỳ")
# Excel knows no day before.
FIRST_YEAR = 1900
MOST_LINKS = 65_000


@dataclass(frozen=True)
class Head:
    """A column: its heading, its width in characters, the style of its cells. A sheet has two or more."""

    words: str
    width: int
    style: str = "text"


@dataclass(frozen=True)
class Sum:
    """=SUM of a range of cells, with our own sum as the stored result. Rows and columns from 0.

    `page`: the sheet that has the cells, when it is another one.
    """

    first: tuple
    last: tuple
    value: int | Decimal
    page: str = ""

    @property
    def formula(self):
        page = f"'{self.page}'!" if self.page else ""
        return f"=SUM({page}{xl_rowcol_to_cell(*self.first)}:{xl_rowcol_to_cell(*self.last)})"


@dataclass(frozen=True)
class Address:
    """A link that says its own address."""

    url: str


class Book:
    """`facts` are [(label, words)], as `Selection.facts`; printed on every sheet."""

    def __init__(self, target, title, facts, made_at):
        self.title, self.facts = title, facts
        self.made_at = timezone.localtime(made_at)
        self.file = workbook(target, title, large=True)
        self.long_texts = LongTexts(self.file)
        self.links = 0
        self.styles = {name: self.file.add_format(BASE | style) for name, style in _STYLES.items()}

    def sheet(self, name, title, heads):
        """The next `Sheet`; `name` stands on its tab, `title` above its facts."""
        return Sheet(self, name, title, heads)

    def close(self):
        self.long_texts.write()
        self.file.close()

    def facts_lines(self):
        """The facts as the few lines that stand above each table."""
        of_period = [f"{label}: {words}" for label, words in self.facts if label in OF_THE_PERIOD]
        others = [f"{label}: {words}" for label, words in self.facts if label not in OF_THE_PERIOD]
        made = f"Lập lúc {self.made_at.hour}:{self.made_at:%M} ngày {self.made_at:%d/%m/%Y}"
        return [line for line in ("; ".join(of_period), *others, made) if line]


_BOXED = {"border": 1}
_STYLES = {
    "title": {"bold": True, "font_size": 14},
    "fact": {"text_wrap": True},
    "head": _BOXED | {"bold": True, "align": "center", "text_wrap": True},
    "text": _BOXED | {"text_wrap": True, "indent": 1},
    "strong": _BOXED | {"bold": True, "text_wrap": True},
    "number": _BOXED | {"num_format": "#,##0", "align": "right"},
    "sum": _BOXED | {"num_format": "#,##0", "align": "right", "bold": True},
    "share": _BOXED | {"num_format": "+0.0%;-0.0%;0.0%", "align": "right"},
    "change": _BOXED | {"num_format": "+#,##0;-#,##0;0", "align": "right"},
    "decimal": _BOXED | {"num_format": "#,##0.##########", "align": "right"},
    "year": _BOXED | {"num_format": "0", "align": "center"},
    "day": _BOXED | {"num_format": "dd/mm/yyyy", "align": "center"},
    "moment": _BOXED | {"num_format": "dd/mm/yyyy hh:mm", "align": "center"},
    "link": _BOXED | {"font_color": "#0000FF", "underline": 1},
    "note": {"italic": True, "text_wrap": True},
}


class Sheet:
    """Written from top to bottom; `row` is the next free row, `first` the first one of the table."""

    def __init__(self, book, name, title, heads):
        self.book, self.name, self.heads = book, name, heads
        self.page = book.file.add_worksheet(name)
        self.across = [head for head in heads if head.style != "link"]
        for column, head in enumerate(heads):
            self.page.set_column(column, column, head.width)
        self.row = 0
        self._across(title, "title")
        for line in book.facts_lines():
            self._across(line, "fact")
        self.row += 1
        self.heading_row = self.row
        lines = max(lines_in(head.words, head.width - 2) for head in heads)
        self.page.set_row(self.row, row_height(lines))
        for column, head in enumerate(heads):
            self.page.write_string(self.row, column, head.words, book.styles["head"])
        print_across(self.page, self.heading_row)
        self.row += 1
        self.first = self.row

    def add(self, values):
        """One row; numbers, days, moments, sums and addresses become cells of their kind."""
        texts = zip(values, self.heads, strict=True)
        # The indent and the edges of a cell take two characters of its width.
        lines = [lines_in(each, head.width - 2) for each, head in texts if isinstance(each, str)]
        # Not every program finds the height by itself.
        self.page.set_row(self.row, row_height(max(lines, default=1)))
        for column, (value, head) in enumerate(zip(values, self.heads, strict=True)):
            self._cell(column, value, head.style)
        self.row += 1

    def add_counts(self, words, total, cells, *rest, overlapping=False):
        """A row of a cross table. `total` is the sum of its cells, unless they overlap; `rest` as it is."""
        last = len(cells) + 1
        # Of a total that is no sum of its cells, our number alone.
        sums = cells and not overlapping
        whole = Sum((self.row, 2), (self.row, last), total) if sums else total
        self.add([words, whole, *cells, *rest])

    def end_table(self):
        """What was added so far can be narrowed by its headings; sums and notes come after."""
        last = max(self.row - 1, self.heading_row)
        self.page.autofilter(self.heading_row, 0, last, len(self.heads) - 1)
        if self.heads[-1].style == "link":
            # An address on paper leads nowhere; the other columns need its room.
            self.page.print_area(0, 0, last, len(self.heads) - 2)

    def add_sums(self, words, sums, rest=()):
        """A last row: {column: our sum} of all rows since `first`, as formulas; `rest` as it is."""
        blank = len(self.heads) - 1 - len(rest)
        values = [words, *("" for _ in range(blank)), *rest]
        for column, value in sums.items():
            cells = (self.first, column), (self.row - 1, column)
            values[column] = Sum(*cells, value) if self.row > self.first else value
        for column, (value, head) in enumerate(zip(values, self.heads, strict=True)):
            style = "sum" if column in sums else head.style if column > 0 else "strong"
            self._cell(column, value, style)
        self.row += 1

    def note(self, words):
        """A sentence below the table, over its whole width."""
        self._across(words, "note")

    def _across(self, words, style):
        text = self.book.long_texts.fitted(words, self.row, self.name)
        width = int(sum(head.width for head in self.across))
        self.page.set_row(self.row, row_height(lines_in(text, width) + (style == "title")))
        form = self.book.styles[style]
        self.page.merge_range(self.row, 0, self.row, len(self.across) - 1, "", form)
        self.page.write_string(self.row, 0, text, form)
        self.row += 1

    def _cell(self, column, value, style):
        row, page, styles = self.row, self.page, self.book.styles
        if value is None or value == "":
            page.write_blank(row, column, None, styles[style])
        elif isinstance(value, Sum):
            form = styles["sum" if style == "number" else style]
            page.write_formula(row, column, value.formula, form, value.value)
        elif isinstance(value, Address):
            self._link(column, value.url)
        elif isinstance(value, datetime) and value.year >= FIRST_YEAR:
            at = timezone.localtime(value).replace(tzinfo=None)
            page.write_datetime(row, column, at, styles["moment"])
        elif isinstance(value, date) and value.year >= FIRST_YEAR:
            page.write_datetime(row, column, datetime.combine(value, time()), styles["day"])
        elif isinstance(value, int | float | Decimal):
            page.write_number(row, column, value, styles[style])
        else:
            text = f"{value:%d/%m/%Y}" if isinstance(value, date) else value
            text = self.book.long_texts.fitted(text, row, self.name)
            page.write_string(row, column, text, styles[style])

    def _link(self, column, url):
        # Excel opens no file with more links on a sheet; the address stays, as text.
        if self.book.links < MOST_LINKS:
            self.book.links += 1
            self.page.write_url(self.row, column, url, self.book.styles["link"], string=url)
        else:
            self.page.write_string(self.row, column, url, self.book.styles["text"])
