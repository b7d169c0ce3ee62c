"""A digest as a Word file: plain styles, Times New Roman, the committee's margins, working links."""

import io

from django.http import HttpResponse
from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from portal.text import plain_text, vietnamese_slug
from reports.models import Committee

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
FONT, SIZE = "Times New Roman", Pt(14)


def word_file(digest, sheet):
    """The response that hands `sheet` (digests.Printed) on as a file."""
    target = io.BytesIO()
    word_document(digest, sheet).save(target)
    response = HttpResponse(target.getvalue(), content_type=WORD)
    name = vietnamese_slug(sheet.title)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.docx"'
    return response


def word_document(digest, sheet):
    document = Document()
    _lay_out(document, digest)
    _line(document, sheet.title.upper(), bold=True, centred=True, size=Pt(15))
    _line(document, digest.unit.name_on(), centred=True)
    if sheet.period_words:
        _line(document, f"({sheet.period_words})", italic=True, centred=True)
    for part in _paragraphs(sheet.intro):
        _text(document, part)
    for entry in sheet.entries:
        if entry.group:
            _line(document, entry.group, bold=True, kept=True)
        _line(document, f"{entry.number}. {entry.title}", bold=True, kept=True)
        for part in _paragraphs(entry.text):
            _text(document, part)
        source = _line(document, f"{entry.source}: ", italic=True, size=Pt(12))
        _link(source, entry.url)
    if not sheet.entries:
        _text(document, "Không có bài nào trong điểm tin này.")
    if sheet.note:
        _line(document, sheet.note, italic=True, size=Pt(12))
    return document


def _lay_out(document, digest):
    committee = Committee.objects.filter(unit=digest.unit_id).first() or Committee()
    page = document.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.top_margin, page.bottom_margin = Mm(committee.margin_top), Mm(committee.margin_bottom)
    page.left_margin, page.right_margin = Mm(committee.margin_left), Mm(committee.margin_right)
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = FONT, SIZE
    fonts = normal.element.get_or_add_rPr().get_or_add_rFonts()
    for script in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
        fonts.set(qn(script), FONT)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "vi-VN")
    normal.element.rPr.append(language)
    normal.paragraph_format.space_before = Pt(0)
    normal.paragraph_format.space_after = Pt(6)
    properties = document.core_properties
    properties.title, properties.author, properties.comments = digest.title, "", ""
    properties.language = "vi-VN"


def _paragraphs(text):
    return [part for part in plain_text(text).split("\n") if part.strip()]


def _line(document, text, *, bold=False, italic=False, centred=False, size=None, kept=False):
    paragraph = document.add_paragraph()
    run = paragraph.add_run(plain_text(text))
    run.bold, run.italic = bold, italic
    if size:
        run.font.size = size
    if centred:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.paragraph_format.keep_with_next = kept
    return paragraph


def _text(document, text):
    paragraph = document.add_paragraph(text)
    paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
    paragraph.paragraph_format.first_line_indent = Mm(10)


def _link(paragraph, url):
    target = paragraph.part.relate_to(url, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    link = OxmlElement("w:hyperlink")
    link.set(qn("r:id"), target)
    run = paragraph.add_run(url)
    run.font.size, run.font.underline = Pt(12), True
    link.append(run._r)
    paragraph._p.append(link)
