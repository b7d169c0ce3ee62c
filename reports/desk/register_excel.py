"""The register as a workbook: real years and days, totals as formulas, no formula from anybody's text."""

from django.utils import timezone

from portal.templatetags.vietnamese import first_capital

from .exporting import XLSX, left_out, written
from .workbook import Book, Head

TITLE = "Sổ mô hình, điển hình “Dân vận khéo”"
HEADS = (
    Head("STT", 5, "number"),
    Head("Tên mô hình, điển hình", 30),
    Head("Lĩnh vực", 16),
    Head("Loại", 9),
    Head("Tập thể, cá nhân thực hiện", 20),
    Head("Đơn vị", 22),
    Head("Năm đăng ký", 8, "year"),
    Head("Bước", 14),
    Head("Cấp công nhận", 10),
    Head("Số quyết định", 14),
    Head("Ngày công nhận", 11, "day"),
    Head("Lý do thôi", 16),
    Head("Mô tả", 38),
    Head("Số bài viết", 7, "number"),
)


def excel_file(filters, rows, fields, units=None):
    """The answer with the file; `rows` in the order of the screen, `fields` and `units` its tables."""

    def write(target):
        facts = [*filters.facts, *left_out(filters)]
        book = Book(target, TITLE, facts, timezone.now())
        sheet = book.sheet("Danh sách", f"{TITLE}: danh sách", HEADS)
        for order, initiative in enumerate(rows.iterator(chunk_size=500), 1):
            sheet.add(_row(order, initiative))
        sheet.end_table()
        _add_table(book, "Theo lĩnh vực", "Lĩnh vực", fields)
        if units:
            _add_table(book, "Theo đơn vị", "Đơn vị", units)
        book.close()

    return written(write, f"dan-van-kheo-{timezone.localdate():%Y-%m-%d}.xlsx", XLSX)


def _row(order, initiative):
    """The values of `HEADS` for one row, which carries its `report_count`."""
    return [
        order,
        initiative.name,
        first_capital(initiative.get_field_display()),
        first_capital(initiative.get_holder_kind_display()),
        initiative.holder_name,
        initiative.unit_words,
        initiative.registered_year,
        first_capital(initiative.get_step_display()),
        first_capital(initiative.get_recognised_level_display()),
        initiative.decision_number,
        initiative.recognised_on,
        initiative.dropped_reason,
        initiative.description,
        initiative.report_count,
    ]


def _add_table(book, name, label, totals):
    """`register.Totals`: sums as formulas, with those made for the screen stored beside them."""
    heads = [
        Head(label, 44),
        Head("Tổng", 9, "sum"),
        *(Head(state.label, 12, "number") for state in totals.columns),
    ]
    sheet = book.sheet(name, f"{TITLE}: {name.lower()}", heads)
    for line in totals.lines:
        sheet.add_counts(line.label, line.total, line.cells)
    sheet.end_table()
    sheet.add_sums("Cộng", dict(enumerate([totals.total, *totals.totals], 1)))
