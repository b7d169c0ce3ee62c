"""The annex of a report in Excel: what the pages show for the same address, sheet by sheet."""

from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from portal.templatetags.vietnamese import about_month, first_capital, number
from reports.models import ContributionRole, Figure, Photo
from reports.open_data import in_chunks
from reports.schema_org import absolute

from .comparison import NOTHING_TO_COMPARE, comparison_of
from .counting import MONTH, has_months, table_of
from .exporting import MOST_REPORTS, facts_of, listed, listed_undated
from .plain_body import plain_paragraphs
from .table_words import apart_words, days_told
from .totals import totals
from .workbook import Address, Book, Head, Sum

NUMBER_WIDTH = 9

LIST_HEADS = (
    Head("STT", 5, "number"),
    Head("Ngày", 10.5, "day"),
    Head("Tính theo", 8),
    Head("Đơn vị (tên ngày ấy)", 20),
    Head("Tít", 34),
    Head("Loại sự kiện", 11),
    Head("Mục", 5.5),
    Head("Tổ chức", 16),
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
FIGURE_HEADS = (
    Head("STT", 5, "number"),
    Head("Chỉ tiêu", 44),
    Head("Đơn vị tính", 18),
    Head("Tổng", 16, "decimal"),
    Head("Số lần", 9, "number"),
    Head("Số bài", 9, "number"),
    Head("Ghi chú", 24),
)
DETAIL_HEADS = (
    Head("Chỉ tiêu", 26),
    Head("Giá trị", 12, "decimal"),
    Head("Đơn vị tính", 13),
    Head("Tính vào tổng", 12, "decimal"),
    Head("Đơn vị (tên ngày ấy)", 20),
    Head("Ngày", 10.5, "day"),
    Head("Tít", 28),
    Head("Câu có số liệu", 44),
    Head("Ghi chú", 12),
    Head("Liên kết", 40, "link"),
)
COUNTED = 3


def write_annex(target, selection, *, columns="", full_text=False):
    """Write the workbook into the file `target`; `columns` as in `table_of`.

    A selection within one row of a table (`dong=`) has that row alone in its tables.
    """
    book = Book(target, "Phụ lục số liệu dân vận", facts_of(selection), selection.now)
    table = table_of(selection, columns)
    _table_sheet(book, "Tổng hợp", table, selection)
    _list_sheets(book, selection, full_text)
    _comparison_sheet(book, selection, columns)
    if has_months(selection):
        _table_sheet(book, "Theo tháng", table_of(selection, MONTH), selection)
    _undated_sheet(book, selection)
    _figure_sheets(book, selection)
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
    for row in _rows_shown(table, selection):
        sheet.add_counts(
            row.row.label, row.total, row.cells, row_note(row), overlapping=table.overlapping
        )
    sheet.end_table()
    sums = {1: table.total, **dict(enumerate(table.totals, 2))}
    sheet.add_sums("Cộng", sums)
    for words in _table_notes(table, selection):
        sheet.note(words)


def _rows_shown(table, selection):
    """All rows; of a selection within one row, that one."""
    only = selection.filters.chosen.get("dong")
    return [row for row in table.rows if not only or row.row.key == only]


def row_note(row):
    """What a number cannot say: no report, a part only, divided ground, a row nobody asked for."""
    words = []
    if row.row.divided_among:
        words.append(f"địa bàn chia cho {', '.join(row.row.divided_among)}")
    elif row.row.is_extra:
        words.append("bài của chính nơi này")
    elif not row.total:
        words.append("chưa có bài")
    if row.partial:
        words.append(f"một phần: {number(row.partial)} bài")
    return "; ".join(words)


def _table_notes(table, selection):
    notes = [days_told(table)]
    if table.empty_columns:
        notes.append(f"Không có bài nào thuộc: {'; '.join(table.empty_columns)}.")
    if table.overlapping:
        notes.append("Bài có nhiều chủ đề đứng ở nhiều cột, nhưng chỉ tính một lần ở cột Tổng.")
    notes += apart_words([row.row for row in table.rows if row.row.is_extra])
    if not selection.filters.wants_undated:
        undated = number(selection.undated.count())
        notes.append(f"Chưa rõ ngày: {undated} bài, ở trang “Chưa rõ ngày”, không tính ở đây.")
    return [words for words in notes if words]


def _comparison_sheet(book, selection, columns):
    """Cùng kỳ: by unit, and below it by what the columns of the table are."""
    comparison = comparison_of(selection, columns)
    if comparison is None:
        return
    heads = [
        Head("Đơn vị", 40),
        Head(first_capital(comparison.now_label), 18, "number"),
        Head(first_capital(comparison.then_label), 18, "number"),
        Head("Thêm, bớt", 12, "change"),
        Head("Tỷ lệ", 12, "share"),
    ]
    before = selection.last_year.period
    sheet = book.sheet("Cùng kỳ", f"So với cùng kỳ ({before.days_label})", heads)
    only = selection.filters.chosen.get("dong")
    for line in comparison.units:
        if not only or line.row.key == only:
            sheet.add(_change_row(line))
    sheet.end_table()
    total = comparison.total.change
    sheet.add_sums("Cộng", {1: total.now, 2: total.then}, _change_row(comparison.total)[3:])
    sheet.row += 1
    sheet.note(f"Theo {comparison.label.lower()}")
    sheet.first = sheet.row
    for line in comparison.columns:
        sheet.add(_change_row(line))
    if not comparison.overlapping:
        sheet.add_sums("Cộng", {1: total.now, 2: total.then}, _change_row(comparison.total)[3:])
    if comparison.partial:
        sheet.note(
            f"Cùng kỳ có {number(comparison.partial)} bài của đơn vị cũ chỉ một phần địa bàn thuộc dòng ấy."
        )
    for words in comparison.apart:
        sheet.note(words)


def _change_row(line):
    change = line.change
    percent = change.percent
    share = NOTHING_TO_COMPARE if percent is None else percent / 100
    return [line.label, change.now, change.then, change.difference, share]


# --- confirmed numbers ---------------------------------------------------------------------------


def _figure_sheets(book, selection):
    """Số liệu: totals by indicator and measure, each the sum of its lines on the sheet beside it."""
    summary = book.sheet("Số liệu", "Số liệu đã xác nhận", FIGURE_HEADS)
    details = book.sheet("Chi tiết số liệu", "Từng số liệu đã xác nhận", DETAIL_HEADS)
    for order, row in enumerate(totals(selection), 1):
        first = details.row
        for figure, told in _details(row):
            details.add(_detail_row(row, figure, told))
        cells = (first, COUNTED), (details.row - 1, COUNTED)
        total = Sum(*cells, row.total, details.name) if row.can_be_added else "không cộng"
        repeated = f"{row.repeated} số trùng, không cộng lại" if row.repeated else ""
        summary.add(
            [order, row.indicator, row.unit_of_measure, total, row.numbers, row.reports, repeated]
        )
    _close_list(summary, "Chưa có số liệu nào được xác nhận.")
    _close_list(details, "Chưa có số liệu nào được xác nhận.")
    summary.note("Chỉ cộng số liệu đã có người xác nhận, cùng chỉ tiêu và cùng đơn vị tính.")


def _details(row):
    """(Figure, Told) of the numbers of one row, in its order."""
    figures = Figure.objects.select_related("report", "report__unit").defer("report__body")
    told = row.figures
    for start in range(0, len(told), 500):
        part = told[start : start + 500]
        found = figures.in_bulk([one.pk for one in part])
        yield from ((found[one.pk], one) for one in part)


def _detail_row(row, figure, told):
    report = figure.report
    return [
        row.indicator,
        figure.value,
        row.unit_of_measure,
        figure.value if told.counts and row.can_be_added else None,
        report.unit_full_label,
        report.counting_on,
        report.title,
        figure.sentence,
        "" if told.counts else "trùng, không cộng lại",
        Address(absolute(report.get_absolute_url())),
    ]


# --- lists ----------------------------------------------------------------------------------------


def _list_sheets(book, selection, full_text):
    """Danh sách and Nội dung, row beside row, so that the reports are read once."""
    heads = [*TEXT_HEADS, FULL_TEXT] if full_text else TEXT_HEADS
    listing = book.sheet("Danh sách", "Danh sách bài", LIST_HEADS)
    texts = book.sheet("Nội dung", "Sapo của các bài", heads)
    for order, report in enumerate(_reports(listed(selection), full_text), 1):
        listing.add(_list_row(order, report))
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
        sheet.add(_list_row(order, report))
    _close_list(sheet, "Bài nào cũng rõ ngày.")


def _close_list(sheet, empty_words):
    if sheet.row == sheet.first:
        sheet.note(empty_words)
    else:
        sheet.end_table()


def _reports(reports, full_text=False):
    photos = Photo.objects.filter(report=OuterRef("pk")).order_by().values("report")
    reports = reports.select_related("view_count").annotate(
        photo_number=Coalesce(Subquery(photos.annotate(number=Count("pk")).values("number")), 0)
    )
    signed = ("contributions__person",)
    for chunk in in_chunks(reports, MOST_REPORTS, related=signed, with_body=full_text):
        yield from chunk


def _list_row(order, report):
    """The values of `LIST_HEADS` for one report, which carries its `photo_number`."""
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
        report.photo_number,
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
