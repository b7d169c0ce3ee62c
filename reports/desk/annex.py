"""The annex of a report in Excel: what the pages show for the same address, sheet by sheet."""

from django.utils import timezone

from portal.templatetags.vietnamese import about_month, first_capital, number
from reports.models import ContributionRole
from reports.open_data import in_chunks
from reports.schema_org import absolute

from .counting import MONTH, has_months, table_of
from .exporting import MOST_REPORTS, facts_of, listed, listed_undated
from .plain_body import plain_paragraphs
from .workbook import Address, Book, Head

NUMBER_WIDTH = 9

LIST_HEADS = (
    Head("STT", 5, "number"),
    Head("Ngày", 10.5, "day"),
    Head("Tính theo", 8),
    Head("Đơn vị (tên ngày ấy)", 20),
    Head("Tít", 34),
    Head("Loại sự kiện", 11),
    Head("Mục", 5.5),
    Head("Tổ chức", 13),
    Head("Chuyên mục", 12),
    Head("Thể loại", 9),
    Head("Người viết", 13),
    Head("Người chụp", 13),
    Head("Số ảnh", 5, "number"),
    Head("Đăng lúc", 15, "moment"),
    Head("Lượt xem", 7, "number"),
    Head("Liên kết", 40, "link"),
)
TEXT_HEADS = (
    Head("STT", 5, "number"),
    Head("Ngày", 11, "day"),
    Head("Đơn vị", 24),
    Head("Tít", 36),
    Head("Sapo", 70),
)
FULL_TEXT = Head("Toàn văn", 90)


def write_annex(target, selection, *, columns="", full_text=False):
    """Write the workbook into the file `target`; `columns` as in `table_of`.

    A selection within one row of a table (`dong=`) has that row alone in its tables.
    """
    book = Book(target, "Phụ lục số liệu dân vận", facts_of(selection), selection.now)
    table = table_of(selection, columns)
    _table_sheet(book, "Tổng hợp", table, selection)
    _list_sheets(book, selection, full_text)
    if has_months(selection):
        _table_sheet(book, "Theo tháng", table_of(selection, MONTH), selection)
    _undated_sheet(book, selection)
    book.close()


# --- tables ---------------------------------------------------------------------------------------


def _table_sheet(book, name, table, selection):
    heads = [
        Head("Đơn vị", 30),
        Head("Tổng", NUMBER_WIDTH, "sum"),
        *(Head(column.label, NUMBER_WIDTH + 1, "number") for column in table.columns),
        Head("Ghi chú", 34),
    ]
    title = f"Số bài theo đơn vị và {table.label.lower()}"
    sheet = book.sheet(name, title, heads)
    for row in rows_shown(table, selection):
        sheet.add_counts(row.row.label, row.total, row.cells, row_note(row), table.overlapping)
    sheet.end_table()
    sums = {1: table.total, **dict(enumerate(table.totals, 2))}
    sheet.add_sums("Cộng", sums)
    for words in table_notes(table, selection):
        sheet.note(words)


def rows_shown(table, selection):
    """All rows; of a selection within one row, that one."""
    only = selection.filters.chosen.get("dong")
    return [row for row in table.rows if not only or row.row.key == only]


def row_note(row):
    """What a number cannot say: no report, a part only, divided ground."""
    words = []
    if not row.total and not row.row.is_extra:
        words.append("chưa có bài")
    if row.row.divided_among:
        words.append(f"chia cho {', '.join(row.row.divided_among)}")
    elif row.partial:
        words.append(f"{number(row.partial)} bài một phần địa bàn")
    return "; ".join(words)


def table_notes(table, selection):
    notes = []
    if table.overlapping:
        notes.append("Bài có nhiều chủ đề đứng ở nhiều cột, nhưng chỉ tính một lần ở cột Tổng.")
    if table.empty_columns:
        notes.append(f"Không có bài nào: {', '.join(table.empty_columns)}.")
    if not selection.filters.wants_undated:
        undated = selection.undated.count()
        notes.append(
            f"Chưa rõ ngày: {number(undated)} bài, xem trang “Chưa rõ ngày”."
            if undated
            else "Chưa rõ ngày: 0 bài."
        )
    return notes


# --- lists ----------------------------------------------------------------------------------------


def _list_sheets(book, selection, full_text):
    """Danh sách and Nội dung, row beside row, so that the reports are read once."""
    heads = [*TEXT_HEADS, FULL_TEXT] if full_text else TEXT_HEADS
    listing = book.sheet("Danh sách", "Danh sách bài", LIST_HEADS)
    texts = book.sheet("Nội dung", "Sapo của các bài", heads)
    for order, report in enumerate(_reports(listed(selection), full_text), 1):
        listing.add(list_row(order, report))
        row = [order, report.counting_on, report.unit_label, report.title, report.lead]
        texts.add([*row, "\n".join(plain_paragraphs(report.body))] if full_text else row)
    _close_list(listing, "Không có bài nào.")
    _close_list(texts, "Không có bài nào.")


def _undated_sheet(book, selection):
    """The bucket that no choice of days can find. Whoever chose it has it in the list already."""
    sheet = book.sheet("Chưa rõ ngày", "Bài chưa rõ ngày", LIST_HEADS)
    if selection.filters.wants_undated:
        sheet.note("Các bài chưa rõ ngày ở trang “Danh sách”.")
        return
    for order, report in enumerate(_reports(listed_undated(selection)), 1):
        sheet.add(list_row(order, report))
    _close_list(sheet, "Bài nào cũng rõ ngày.")


def _close_list(sheet, empty_words):
    if sheet.row == sheet.first:
        sheet.note(empty_words)
    else:
        sheet.end_table()


def _reports(reports, full_text=False):
    reports = reports.select_related("view_count")
    for chunk in in_chunks(reports, MOST_REPORTS, with_body=full_text):
        yield from chunk


def list_row(order, report):
    """The values of `LIST_HEADS` for one report."""
    event = report.event
    return [
        order,
        report.counting_on,
        counted_by(report),
        report.unit_full_label,
        report.title,
        first_capital(event.get_kind_display()) if event else "",
        report.heading,
        report.organisation.name if report.organisation else "",
        report.section.name if report.section else "",
        first_capital(report.get_genre_display()),
        _names(report, ContributionRole.AUTHOR) or report.byline_organisation,
        _names(report, ContributionRole.PHOTOGRAPHER),
        len(report.photos.all()),
        about_month(report.published_at)
        if report.published_is_estimate
        else timezone.localtime(report.published_at),
        views_of(report),
        Address(absolute(report.get_absolute_url())),
    ]


def counted_by(report):
    """Which of its days a report is counted by; printed wherever reports are listed."""
    if not report.counting_on:
        return "chưa rõ ngày"
    return "sự kiện" if report.event and report.event.event_on else "ngày đăng"


def views_of(report):
    counter = getattr(report, "view_count", None)
    return counter.count if counter else 0


def _names(report, role):
    return "; ".join(each.printed_name for each in report.signed_by(role))
