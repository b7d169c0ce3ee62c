"""The Word file around the text: paper, styles, page numbers, language. Made by python-docx.

Hướng dẫn 36-HD/VPTW (2018): A4, Times New Roman, 14 points; pages are numbered in the middle of the
top from the second on. Every look is a named style, so that whoever rewrites the text changes it once.
"""

from datetime import UTC
from typing import NamedTuple

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from portal.text import one_line

FONT = "Times New Roman"
LEFT, CENTRE, JUSTIFIED = (
    WD_ALIGN_PARAGRAPH.LEFT,
    WD_ALIGN_PARAGRAPH.CENTER,
    WD_ALIGN_PARAGRAPH.JUSTIFY,
)
RIGHT = WD_ALIGN_PARAGRAPH.RIGHT


class Look(NamedTuple):
    """A style of Word's list: points, millimetres of the first line, points before and after."""

    name: str
    size: int = 14
    bold: bool = False
    italic: bool = False
    caps: bool = False
    alignment: int = LEFT
    indent: int = 0
    before: int = 0
    after: int = 0


STYLES = {
    "DVThan": Look("Thân báo cáo", alignment=JUSTIFIED, indent=10, after=6),
    "DVThongTin": Look("Thông tin lọc", size=12, alignment=JUSTIFIED, after=2),
    "DVTit": Look("Tít bài", alignment=JUSTIFIED, indent=10, before=4, after=3),
    "DVNguon": Look("Nguồn", size=12, after=3),
    "DVOBang": Look("Ô bảng", size=12, before=2, after=2),
    "DVOSo": Look("Ô số", size=12, alignment=RIGHT, before=2, after=2),
    "DVCotBang": Look("Đầu cột", size=12, bold=True, alignment=CENTRE, before=2, after=2),
    "DVCapTren": Look("Cơ quan cấp trên", caps=True, alignment=CENTRE),
    "DVCoQuan": Look("Cơ quan ban hành", bold=True, caps=True, alignment=CENTRE),
    "DVSo": Look("Số văn bản", alignment=CENTRE),
    "DVTieuDe": Look("Tiêu đề Đảng", size=15, bold=True, caps=True, alignment=CENTRE),
    "DVNgay": Look("Ngày tháng", italic=True, alignment=CENTRE, before=6),
    "DVBaoCao": Look(
        "Tên loại văn bản", size=16, bold=True, caps=True, alignment=CENTRE, before=18
    ),
    "DVTrichYeu": Look("Trích yếu", size=15, bold=True, alignment=CENTRE),
    "DVSao": Look("Gạch ngang", alignment=CENTRE, after=6),
    "DVChucDanh": Look("Chức danh người ký", bold=True, caps=True, alignment=CENTRE),
    "DVNguoiKy": Look("Người ký", bold=True, alignment=CENTRE, before=72),
    "DVPhuLuc": Look("Phụ lục", bold=True, alignment=CENTRE, after=8),
    "DVNoiNhan": Look("Nơi nhận", size=12),
}
# Word's own headings, so that its outline and its table of contents know them.
HEADINGS = {
    # name: (points, bold, italic, before, after)
    "Heading 1": (14, True, False, 12, 6),
    "Heading 2": (14, True, False, 8, 4),
    "Heading 3": (14, True, True, 8, 3),
}
KEPT = {
    "Normal", "Header", "DefaultParagraphFont", "TableNormal", "NoList",
    *(name.replace(" ", "") for name in HEADINGS),
}  # fmt: skip


def plain_document(title, *, margins, made_at, size=14, lying=False):
    """A python-docx document with nothing but the paper, the one font, the language, nobody's name."""
    document = Document()
    section = document.sections[0]
    _set_paper(section, margins)
    if lying:
        section.orientation = WD_ORIENT.LANDSCAPE
        section.page_width, section.page_height = section.page_height, section.page_width
    _set_letters(document.styles["Normal"].element.get_or_add_rPr(), size)
    _set_properties(document, title, made_at)
    return document


def make_frame(*, subject, margins, made_at):
    """A python-docx document without a text; `margins` are top, bottom, left, right in mm."""
    document = Document()
    _set_paper(document.sections[0], margins)
    _set_styles(document.styles)
    _number_pages(document.sections[0])
    _set_properties(document, f"Báo cáo {subject}", made_at)
    return document


def _set_paper(section, margins):
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(margins[0]), Mm(margins[1])
    section.left_margin, section.right_margin = Mm(margins[2]), Mm(margins[3])
    section.header_distance = section.footer_distance = Mm(min(10, *margins[:2]))


def _set_styles(styles):
    defaults = styles.element.find(qn("w:docDefaults"))
    _set_letters(defaults.find(f".//{qn('w:rPr')}"), 14)
    normal = styles["Normal"]
    _set_letters(normal.element.get_or_add_rPr(), 14)
    normal.paragraph_format.space_after = Pt(0)
    normal.paragraph_format.line_spacing = 1.0
    for style in list(styles):
        # A hundred looks nobody asked for; whoever rewrites the text finds ours at once.
        if style.style_id not in KEPT:
            style.delete()
        elif (twin := style.element.find(qn("w:link"))) is not None:
            style.element.remove(twin)
    for identity, look in STYLES.items():
        style = styles.add_style(look.name, WD_STYLE_TYPE.PARAGRAPH)
        style.element.set(qn("w:styleId"), identity)
        style.base_style, style.quick_style = normal, True
        _set_font(style, look.size, look.bold, look.italic)
        style.font.all_caps = look.caps or None
        _set_spacing(style.paragraph_format, look.before, look.after)
        style.paragraph_format.alignment = look.alignment
        style.paragraph_format.first_line_indent = Mm(look.indent)
    styles["Thân báo cáo"].paragraph_format.line_spacing_rule = WD_LINE_SPACING.AT_LEAST
    styles["Thân báo cáo"].paragraph_format.line_spacing = Pt(18)
    styles["Tít bài"].paragraph_format.keep_with_next = True
    styles["Tít bài"].paragraph_format.keep_together = True
    # A break in a paragraph of its own makes an empty page where the page before is full.
    styles["Phụ lục"].paragraph_format.page_break_before = True
    _underline(styles["Tiêu đề Đảng"])
    for name, (size, bold, italic, before, after) in HEADINGS.items():
        style = styles[name]
        _set_font(style, size, bold, italic)
        _set_letters(style.element.get_or_add_rPr(), size)
        style.font.color.rgb = RGBColor(0, 0, 0)
        _set_spacing(style.paragraph_format, before, after)
        style.paragraph_format.first_line_indent = Mm(10)
        style.paragraph_format.keep_with_next = True
        style.next_paragraph_style = styles["Thân báo cáo"]
    unit = styles.add_style("Đơn vị trong báo cáo", WD_STYLE_TYPE.PARAGRAPH)
    unit.element.set(qn("w:styleId"), "DVDonVi")
    unit.base_style = styles["Heading 3"]
    unit.paragraph_format.keep_with_next = unit.paragraph_format.keep_together = True
    level = OxmlElement("w:outlineLvl")
    level.set(qn("w:val"), "1")
    unit.element.get_or_add_pPr().append(level)
    link = styles.add_style("Hyperlink", WD_STYLE_TYPE.CHARACTER)
    link.font.underline = True
    link.font.color.rgb = RGBColor(0x05, 0x37, 0x8F)


def _set_font(style, size, bold, italic):
    style.font.name, style.font.size = FONT, Pt(size)
    style.font.bold, style.font.italic = bold or None, italic or None


def _set_spacing(paragraph_format, before, after):
    paragraph_format.space_before, paragraph_format.space_after = Pt(before), Pt(after)


def _set_letters(properties, size):
    """The one font for every script, in place of the theme's, and Vietnamese as the language."""
    fonts = properties.get_or_add_rFonts()
    fonts.attrib.clear()
    for script in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{script}"), FONT)
    for tag, value in (("w:sz", size * 2), ("w:szCs", size * 2)):
        found = properties.find(qn(tag))
        if found is None:
            found = OxmlElement(tag)
            # `sz` comes before `szCs`, both after colour and before the language.
            language = properties.find(qn("w:lang"))
            if language is None:
                properties.append(found)
            else:
                language.addprevious(found)
        found.set(qn("w:val"), str(value))
    language = properties.find(qn("w:lang"))
    if language is None:
        language = OxmlElement("w:lang")
        properties.append(language)
    language.attrib.clear()
    language.set(qn("w:val"), "vi-VN")
    language.set(qn("w:eastAsia"), "vi-VN")


def _underline(style):
    """The rule below “ĐẢNG CỘNG SẢN VIỆT NAM” is a border, as long as its line."""
    border = OxmlElement("w:pBdr")
    bottom = OxmlElement("w:bottom")
    for name, value in (("val", "single"), ("sz", "6"), ("space", "1"), ("color", "000000")):
        bottom.set(qn(f"w:{name}"), value)
    border.append(bottom)
    properties = style.element.get_or_add_pPr()
    properties.insert_element_before(
        border,
        "w:shd",
        "w:tabs",
        "w:spacing",
        "w:ind",
        "w:contextualSpacing",
        "w:jc",
        "w:outlineLvl",
    )


def _number_pages(section):
    section.different_first_page_header_footer = True
    paragraph = section.header.paragraphs[0]
    paragraph.alignment = CENTRE
    for kind, text in (
        ("begin", None),
        (None, " PAGE "),
        ("separate", None),
        (None, "2"),
        ("end", None),
    ):
        run = paragraph.add_run()
        if kind:
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
            run._r.append(mark)
        elif text == " PAGE ":
            code = OxmlElement("w:instrText")
            code.set(qn("xml:space"), "preserve")
            code.text = text
            run._r.append(code)
        else:
            run.text = text


def _set_properties(document, title, made_at):
    properties = document.core_properties
    properties.title = one_line(title)[:255]
    properties.language = "vi-VN"
    # Who writes the report is whoever signs it; a program has no business there.
    for name in ("author", "last_modified_by", "comments", "keywords", "category", "subject"):
        setattr(properties, name, "")
    properties.created = properties.modified = made_at.astimezone(UTC).replace(tzinfo=None)
    properties.revision = 1
    for owner in (document.part.package, document.part):
        for identity, relation in list(owner.rels.items()):
            # The library's template brings a picture of its own first page, and its styles twice.
            if relation.reltype.endswith(("/thumbnail", "/stylesWithEffects", "/customXml")):
                del owner.rels[identity]
