"""Word files as people send them: built with python-docx, and by hand where it knows no way.

The texts are ours. `picture(colour)` tells pictures apart by their bytes.
"""

import io
import zipfile

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import parse_xml
from docx.shared import Pt, RGBColor
from PIL import Image

SPACES = " ".join(
    f'xmlns:{prefix}="{address}"'
    for prefix, address in {
        "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
        "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
        "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
        "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
        "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
        "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
        "wpg": "http://schemas.microsoft.com/office/word/2010/wordprocessingGroup",
        "v": "urn:schemas-microsoft-com:vml",
        "o": "urn:schemas-microsoft-com:office:office",
    }.items()
)
TITLE = "Xã Thoại Sơn khánh thành cầu Kênh Mới"
LEAD = (
    "Sáng 14/9/2025, Ủy ban MTTQ Việt Nam xã Thoại Sơn tổ chức lễ khánh thành cầu Kênh Mới do bà con "
    "góp công, góp của."
)
BODY = (
    "Cây cầu dài 28 mét nối hai bờ kênh mà trước đây trẻ em phải qua bằng vỏ lãi mỗi sáng đi học."
)
END = "Sau buổi lễ, học sinh ba ấp đi chung chuyến đầu tiên, còn các cụ ngồi lại kể chuyện con đò xưa."


def picture(colour="red", size=(300, 200)):
    content = io.BytesIO()
    Image.new("RGB", size, colour).save(content, "JPEG", quality=70)
    return content.getvalue()


def saved(document):
    content = io.BytesIO()
    document.save(content)
    return content.getvalue()


def document(*paragraphs):
    """A new document that begins with the title, the lead and one paragraph of text."""
    new = docx.Document()
    for text in (TITLE, LEAD, BODY, *paragraphs):
        new.add_paragraph(text)
    return new


def add_picture(place, colour, **options):
    """Put a picture into a paragraph, or into a new one of a document; returns the paragraph."""
    paragraph = place.add_paragraph() if hasattr(place, "add_paragraph") else place
    paragraph.add_run().add_picture(io.BytesIO(picture(colour, **options)))
    return paragraph


def add_caption(new, text):
    return new.add_paragraph(text, style="Caption")


def sign(new, text):
    """The byline as papers set it: bold, at the right."""
    paragraph = new.add_paragraph()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    paragraph.add_run(text).bold = True
    return paragraph


def relate(new, colour):
    """The relationship id of a picture that no drawing shows yet."""
    relation, _ = new.part.get_or_add_image(io.BytesIO(picture(colour)))
    return relation


def _pic(relation, words=""):
    return (
        f'<pic:pic><pic:nvPicPr><pic:cNvPr id="1" name="a" descr="{words}"/><pic:cNvPicPr/></pic:nvPicPr>'
        f'<pic:blipFill><a:blip r:embed="{relation}"/></pic:blipFill><pic:spPr/></pic:pic>'
    )


def anchored(relation, words=""):
    """A picture that text flows around."""
    return (
        f'<w:drawing><wp:anchor><wp:docPr id="2" name="Picture 2" descr="{words}"/><a:graphic>'
        f'<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture">{_pic(relation)}'
        "</a:graphicData></a:graphic></wp:anchor></w:drawing>"
    )


def grouped(*relations, fallback=True):
    """Pictures that somebody has grouped; Word draws them a second time for old programs."""
    old = "".join(
        f'<v:shape><v:imagedata r:id="{r}" o:title="IMG_1"/></v:shape>' for r in relations
    )
    return (
        '<mc:AlternateContent><mc:Choice Requires="wpg"><w:drawing><wp:inline>'
        '<wp:docPr id="3" name="Group 3"/><a:graphic><a:graphicData><wpg:wgp>'
        f"{''.join(_pic(r) for r in relations)}</wpg:wgp></a:graphicData></a:graphic></wp:inline>"
        "</w:drawing></mc:Choice>"
        + (f"<mc:Fallback><w:pict><v:group>{old}</v:group></w:pict></mc:Fallback>" * fallback)
        + "</mc:AlternateContent>"
    )


def boxed(*paragraphs):
    """A text box with these paragraphs (XML), written twice as Word does."""
    inside = "".join(paragraphs)
    return (
        '<mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:anchor>'
        '<wp:docPr id="4" name="Text Box 4"/><a:graphic><a:graphicData><wps:wsp><wps:txbx>'
        f"<w:txbxContent>{inside}</w:txbxContent></wps:txbx></wps:wsp></a:graphicData></a:graphic>"
        "</wp:anchor></w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape><v:textbox>"
        f"<w:txbxContent>{inside}</w:txbxContent></v:textbox></v:shape></w:pict></mc:Fallback>"
        "</mc:AlternateContent>"
    )


def paragraph_xml(text, style=""):
    properties = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{properties}<w:r><w:t>{text}</w:t></w:r></w:p>"


def add_xml(new, inside):
    """A paragraph with one run around this XML."""
    new.element.body.insert_element_before(
        parse_xml(f"<w:p {SPACES}><w:r>{inside}</w:r></w:p>"), "w:sectPr"
    )


def add_raw(new, xml):
    """An element of the body as it is; its tag carries no name spaces yet."""
    head, _, rest = xml.partition(">")
    new.element.body.insert_element_before(parse_xml(f"{head} {SPACES}>{rest}"), "w:sectPr")


def from_the_office():
    """A file as it comes from Word on an office computer, with all that twenty years put into it."""
    new = docx.Document()
    section = new.sections[0]
    section.header.paragraphs[0].text = "Tác giả: Đầu Trang"
    section.footer.paragraphs[0].text = "Ảnh: Chân Trang"
    title = new.add_paragraph().add_run(TITLE)
    title.bold, title.font.size, title.font.color.rgb = True, Pt(20), RGBColor(200, 0, 0)
    add_raw(
        new,
        "<w:sdt><w:sdtPr><w:alias/></w:sdtPr><w:sdtContent>"
        f'<w:p><w:r><w:rPr><w:rFonts w:ascii="Arial"/><w:color w:val="0000FF"/></w:rPr><w:t>{LEAD}</w:t>'
        "</w:r></w:p></w:sdtContent></w:sdt>",
    )
    new.add_paragraph()
    link = new.part.relate_to(
        "https://thoaison.example.vn/cau", RELATIONSHIP_TYPE.HYPERLINK, is_external=True
    )
    add_raw(
        new,
        '<w:p><w:r><w:t xml:space="preserve">Cây cầu ở </w:t></w:r>'
        '<w:smartTag w:uri="urn:schemas" w:element="place"><w:r><w:t>Tây Bình</w:t></w:r></w:smartTag>'
        '<w:r><w:t xml:space="preserve"> do </w:t></w:r>'
        '<w:ins w:id="1" w:author="x"><w:r><w:rPr><w:b/></w:rPr><w:t>bà con</w:t></w:r></w:ins>'
        '<w:del w:id="2" w:author="x"><w:r><w:delText>chim vàng</w:delText></w:r></w:del>'
        '<w:r><w:t xml:space="preserve"> dựng theo </w:t></w:r>'
        f'<w:hyperlink r:id="{link}"><w:r><w:t>bản vẽ</w:t></w:r></w:hyperlink>'
        '<w:r><w:t xml:space="preserve"> của kỹ sư trẻ trong xã, làm gần bốn tháng mới xong.</w:t></w:r></w:p>',
    )
    for text in ("Đo đất", "Đổ trụ"):
        new.add_paragraph(text, style="List Number")
    table = new.add_table(2, 2)
    for cell, text in zip(table._cells, ["Ấp", "Ngày công", "Tây Bình", ""], strict=True):
        cell.text = text
    inner = table.cell(1, 1).add_table(1, 2)
    inner.cell(0, 0).text, inner.cell(0, 1).text = "120", "ngày"
    new.add_paragraph(END)
    sign(new, "Bảo Trâm – Trung tâm VH-TT xã")
    return saved(new)


def with_footnote(content, words):
    """The same file with a footnote after its lead."""
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(packed, "w") as new:
        for entry in old.infolist():
            part = old.read(entry)
            if entry.filename == "word/document.xml":
                part = part.replace(
                    LEAD.encode() + b"</w:t></w:r>",
                    LEAD.encode() + b'</w:t></w:r><w:r><w:footnoteReference w:id="2"/></w:r>',
                )
            if entry.filename == "[Content_Types].xml":
                part = part.replace(
                    b"</Types>",
                    b'<Override PartName="/word/footnotes.xml" ContentType="application/vnd.openxmlformats-'
                    b'officedocument.wordprocessingml.footnotes+xml"/></Types>',
                )
            if entry.filename == "word/_rels/document.xml.rels":
                part = part.replace(
                    b"</Relationships>",
                    b'<Relationship Id="rId99" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
                    b'relationships/footnotes" Target="footnotes.xml"/></Relationships>',
                )
            new.writestr(entry.filename, part)
        notes = f'<w:footnotes {SPACES}><w:footnote w:id="2">{paragraph_xml(words)}</w:footnote></w:footnotes>'
        new.writestr("word/footnotes.xml", notes)
    return packed.getvalue()
