"""The list of conferences as an Excel and as a Word file: the rows of the page, all of them."""

from django.utils import timezone
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt

from portal.templatetags.vietnamese import first_capital, number
from portal.text import plain_text
from reports.schema_org import absolute

from .conferences import in_words
from .word_frame import plain_document
from .word_parts import cell, paragraph, row, run
from .workbook import Address, Book, Head

TITLE = "Danh sách hội nghị"
HEADS = (
    Head("STT", 5, "number"),
    Head("Ngày", 10.5, "day"),
    Head("Đến ngày", 10.5, "day"),
    Head("Buổi", 6),
    Head("Tên hội nghị", 34),
    Head("Loại", 11),
    Head("Địa điểm", 17),
    Head("Đơn vị tổ chức (tên ngày ấy)", 20),
    Head("Cơ quan chủ trì", 14),
    Head("Chủ trì", 14),
    Head("Thành phần", 24),
    Head("Số điểm cầu", 6, "number"),
    Head("Điểm cầu", 20),
    Head("Số bài", 5, "number"),
    Head("Ghi chú", 8),
    Head("Liên kết", 40, "link"),
)
# The columns of the Word file and their widths in millimetres; 257 lie between the margins.
WORD_HEADS = (
    ("STT", 13), ("Ngày, buổi", 25), ("Tên hội nghị", 54), ("Loại", 22), ("Địa điểm", 28),
    ("Đơn vị tổ chức", 36), ("Chủ trì", 24), ("Thành phần, điểm cầu", 40), ("Bài", 15),
)  # fmt: skip
# The look of its cells.
IN_TABLE = "DVOBang"
# More names than these make a table nobody reads; the Excel file has them all.
SITES_IN_WORD = 12


# --- Excel ----------------------------------------------------------------------------------------


def write_excel(target, conferences):
    book = Book(target, TITLE, conferences.facts, conferences.selection.now)
    sheet = book.sheet("Hội nghị", TITLE, HEADS)
    _add_events(sheet, conferences.dated, "Không có hội nghị nào.")
    if conferences.leaves_out_announced:
        sheet.note(LEFT_OUT)
    _add_kinds(book, conferences)
    sheet = book.sheet("Chưa rõ ngày", "Hội nghị chưa rõ ngày", HEADS)
    _add_events(sheet, conferences.undated, "Hội nghị nào cũng rõ ngày.")
    book.close()


LEFT_OUT = "Lựa chọn có điều kiện chỉ bài viết mới có, nên hội nghị báo trước mà chưa có bài không được liệt kê."


def _add_events(sheet, events, empty_words):
    for order, event in enumerate(events.iterator(chunk_size=500), 1):
        sheet.add(event_row(order, event))
    if sheet.row == sheet.first:
        sheet.note(empty_words)
    else:
        sheet.end_table()


def event_row(order, event):
    """The values of `HEADS` for one event."""
    event = in_words(event)
    return [
        order,
        event.event_on or "chưa rõ",
        event.ends_on,
        event.get_session_display(),
        event.name,
        first_capital(event.get_kind_display()),
        event.venue,
        event.host_words,
        event.organisation.name if event.organisation else "",
        event.chair,
        event.attendees,
        len(event.sites),
        "; ".join(event.sites),
        event.told_by,
        "" if event.told_by else "chưa có bài",
        Address(absolute(event.get_absolute_url())),
    ]


def _add_kinds(book, conferences):
    heads = [Head("Loại", 36), Head("Số hội nghị", 12, "number"), Head("Chưa có bài", 12, "number")]
    sheet = book.sheet("Theo loại", "Số hội nghị theo loại", heads)
    for kind in conferences.kinds:
        sheet.add([kind.label, kind.number, kind.silent])
    sheet.end_table()
    sheet.add_sums("Cộng", {1: conferences.total, 2: conferences.silent})
    sheet.note(f"Chưa rõ ngày: {number(conferences.undated.count())}, xem trang “Chưa rõ ngày”.")


# --- Word -----------------------------------------------------------------------------------------


def write_word(target, conferences):
    selection = conferences.selection
    document = _document(conferences)
    _line(document, TITLE.upper(), size=15, bold=True, centred=True)
    _line(document, first_capital(selection.period_words), bold=True, centred=True)
    for label, words in conferences.facts[1:]:
        _line(document, f"{label}: {words}", size=12)
    silent = f", trong đó {number(conferences.silent)} chưa có bài" if conferences.silent else ""
    _line(document, f"Tổng số: {number(conferences.total)} hội nghị{silent}.", bold=True)
    kinds = [f"{kind.label}: {number(kind.number)}" for kind in conferences.kinds]
    _line(document, "; ".join(kinds))
    _add_table(document, conferences.dated, "Không có hội nghị nào trong kỳ.")
    if conferences.leaves_out_announced:
        _line(document, LEFT_OUT, size=12)
    if conferences.undated.exists():
        _line(document, "Hội nghị chưa rõ ngày", bold=True)
        _add_table(document, conferences.undated, "")
    at = timezone.localtime(selection.now)
    _line(document, f"Lập lúc {at.hour}:{at:%M} ngày {at:%d/%m/%Y}", size=12)
    document.save(target)


def _document(conferences):
    document = plain_document(
        TITLE, margins=(15, 15, 20, 20), made_at=conferences.selection.now, size=13, lying=True
    )
    document.styles["Normal"].paragraph_format.space_after = Pt(3)
    style = document.styles.add_style("Ô bảng", WD_STYLE_TYPE.PARAGRAPH)
    style.element.set(qn("w:styleId"), IN_TABLE)
    style.base_style, style.font.size = document.styles["Normal"], Pt(11)
    _number_pages(document.sections[0])
    return document


def _number_pages(section):
    foot = section.footer.paragraphs[0]
    foot.alignment = WD_ALIGN_PARAGRAPH.CENTER
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    foot._p.append(field)


def _line(document, words, *, size=13, bold=False, centred=False):
    line = document.add_paragraph()
    said = line.add_run(plain_text(words))
    said.bold, said.font.size = bold, Pt(size)
    if centred:
        line.alignment = WD_ALIGN_PARAGRAPH.CENTER


def _add_table(document, events, empty_words):
    rows = [
        word_row(order, event) for order, event in enumerate(events.iterator(chunk_size=500), 1)
    ]
    if not rows:
        _line(document, empty_words)
        return
    table = document.add_table(rows=1, cols=len(WORD_HEADS), style="Table Grid")
    table.autofit = False
    for column, (_, width) in zip(table.columns, WORD_HEADS, strict=True):
        column.width = Mm(width)
    head = table.rows[0]
    for each, (words, width) in zip(head.cells, WORD_HEADS, strict=True):
        each.width = Mm(width)
        said = each.paragraphs[0].add_run(words)
        said.bold, said.font.size = True, Pt(11)
        each.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.CENTER
    again = OxmlElement("w:tblHeader")
    again.set(qn("w:val"), "true")
    head._tr.get_or_add_trPr().append(again)
    for texts in rows:
        table._tbl.append(_table_row(texts))


def word_row(order, event):
    """The texts of `WORD_HEADS` for one event."""
    event = in_words(event)
    hosts = [event.host_words, event.organisation.name if event.organisation else ""]
    return (
        str(order),
        event.day_words,
        event.name,
        first_capital(event.get_kind_display()),
        event.venue,
        "\n".join(filter(None, hosts)),
        event.chair,
        "\n".join(filter(None, (event.attendees, _sites_in_word(event)))),
        f"{event.told_by} bài" if event.told_by else "chưa có bài",
    )


def _sites_in_word(event):
    if not event.sites:
        return "Có họp trực tuyến" if event.is_online else ""
    shown = "; ".join(event.sites[:SITES_IN_WORD])
    more = len(event.sites) - SITES_IN_WORD
    return f"{len(event.sites)} điểm cầu: {shown}" + (f" và {more} nơi khác" if more > 0 else "")


def _table_row(texts):
    """A row of the table. Written as text: with thousands of rows the library looks for each cell anew."""
    cells = (
        cell(
            Mm(width).twips,
            *(paragraph(IN_TABLE, run(line)) for line in plain_text(text).split("\n")),
        )
        for text, (_, width) in zip(texts, WORD_HEADS, strict=True)
    )
    return parse_xml(row(*cells).replace("<w:tr>", f"<w:tr {nsdecls('w')}>", 1))
