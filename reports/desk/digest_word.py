"""A digest as a Word file: plain styles, Times New Roman, the committee's margins, working links."""

from django.utils import timezone
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from portal.text import plain_text, vietnamese_slug
from reports.models import Committee

from .exporting import DOCX, written
from .word_frame import plain_document


def word_file(digest, sheet):
    """The answer that hands `sheet` (digests.Printed) on as a file."""
    name = f"{vietnamese_slug(sheet.title)}.docx"
    return written(word_document(digest, sheet).save, name, DOCX)


def word_document(digest, sheet):
    document = _document(digest)
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


def _document(digest):
    committee = Committee.objects.filter(unit=digest.unit_id).first() or Committee()
    document = plain_document(digest.title, margins=committee.margins, made_at=timezone.now())
    normal = document.styles["Normal"].paragraph_format
    normal.space_before, normal.space_after = Pt(0), Pt(6)
    return document


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
