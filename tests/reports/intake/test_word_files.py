"""Word files: what an editor wrote comes in, what a stranger packed does not."""

import io
import stat
import zipfile

import docx
import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from PIL import Image

from reports.intake import sources
from reports.intake.errors import UnreadableFile
from reports.intake.reader import read_article

pytestmark = [pytest.mark.django_db, pytest.mark.once]

LEAD = "Sáng 2/7/2025, tại nhà văn hóa xã, Đảng ủy xã Thoại Sơn tổ chức hội nghị sơ kết dân vận."
BODY = "Sáu tháng qua, bà con góp 120 triệu đồng và hiến 2.400 m2 đất để nắn lại con đường ra chợ."


def jpeg(colour="red"):
    content = io.BytesIO()
    Image.new("RGB", (160, 120), colour).save(content, "JPEG")
    return content.getvalue()


def saved(document):
    content = io.BytesIO()
    document.save(content)
    return content.getvalue()


def simple():
    document = docx.Document()
    document.add_paragraph("Đảng ủy xã Thoại Sơn sơ kết công tác dân vận 6 tháng đầu năm 2025")
    document.add_paragraph(LEAD)
    document.add_paragraph(BODY)
    return document


def repacked(content, *, add=(), change=None, **options):
    """The same package with entries added, or changed by a function of (name, bytes)."""
    packed = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(packed, "w", **options) as new,
    ):
        for entry in old.infolist():
            part = old.read(entry)
            new.writestr(entry.filename, change(entry.filename, part) if change else part)
        for name, part in add:
            new.writestr(name, part)
    return packed.getvalue()


def test_a_plain_word_file_is_an_article():
    document = simple()
    document.add_picture(io.BytesIO(jpeg()))
    caption = document.add_paragraph()
    caption.alignment = WD_ALIGN_PARAGRAPH.CENTER
    caption.add_run("Quang cảnh hội nghị. Ảnh: Thanh Xuân").italic = True
    table = document.add_table(2, 2)
    for cell, text in zip(table._cells, ["Ấp", "Hộ", "Một", "12"], strict=True):
        cell.text = text
    document.add_paragraph("Đường về chợ", style="Heading 1")
    document.add_paragraph("Dời hàng rào", style="List Bullet")
    document.add_paragraph(
        "Mọi người hẹn gặp lại nhau khi con đường làm xong vào cuối mùa mưa năm nay."
    )
    signature = document.add_paragraph("Kim Dung – Trung tâm VH-TT xã")
    signature.alignment = WD_ALIGN_PARAGRAPH.RIGHT

    article = read_article(data=saved(document), name="bai.docx")

    assert article.title == "Đảng ủy xã Thoại Sơn sơ kết công tác dân vận 6 tháng đầu năm 2025"
    assert article.lead == LEAD
    assert article.body_html == (
        f"<p>{BODY}</p>\n"
        "<table><tbody><tr><td>Ấp</td><td>Hộ</td></tr><tr><td>Một</td><td>12</td></tr></tbody></table>\n"
        "<h2>Đường về chợ</h2>\n<ul><li>Dời hàng rào</li></ul>\n"
        "<p>Mọi người hẹn gặp lại nhau khi con đường làm xong vào cuối mùa mưa năm nay.</p>"
    )
    assert (article.authors, article.organisation) == (["Kim Dung"], "Trung tâm VH-TT xã")
    assert article.photographers == ["Thanh Xuân"]
    assert [(p.content, p.caption, p.content_type) for p in article.pictures] == [
        (jpeg(), "Quang cảnh hội nghị.", "image/jpeg")
    ]
    assert article.unit_candidates[0] == "t2-30682"


def test_what_word_hides_stays_out():
    document = simple()
    paragraph = document.add_paragraph("Ai cũng thấy. ")
    paragraph.add_run("chim xanh").font.hidden = True
    style = document.styles.add_style("Giau", 2)
    style.font.hidden = True
    paragraph.add_run("chim đỏ", style="Giau")
    _append(paragraph, "w:del", "w:delText", "chim vàng")
    _append(paragraph, "w:ins", "w:t", "Chữ thêm vào.")
    document.core_properties.author = "chim trắng"

    article = read_article(data=saved(document))

    assert "<p>Ai cũng thấy. Chữ thêm vào.</p>" in article.body_html
    assert "chim" not in str(article.as_json())
    assert any("chữ ẩn" in warning for warning in article.warnings)


def _append(paragraph, wrapper, tag, text):
    change, run, words = OxmlElement(wrapper), OxmlElement("w:r"), OxmlElement(tag)
    words.text = text
    run.append(words)
    change.append(run)
    paragraph._p.append(change)


def test_fields_bring_nothing_but_links_and_numbers():
    document = simple()
    paragraph = document.add_paragraph("Số hộ của từng ấp ghi ở bảng ")
    for instruction, shown in ((" SEQ Bang ", "7"), (" INCLUDETEXT /etc/passwd ", "chim xanh")):
        for kind, text in (("begin", instruction), ("separate", shown), ("end", "")):
            run = OxmlElement("w:r")
            sign = OxmlElement("w:fldChar")
            sign.set(qn("w:fldCharType"), kind)
            run.append(sign)
            paragraph._p.append(run)
            if text:
                run = OxmlElement("w:r")
                words = OxmlElement("w:instrText" if kind == "begin" else "w:t")
                words.text = text
                run.append(words)
                paragraph._p.append(run)

    body = read_article(data=saved(document)).body_html

    assert "<p>Số hộ của từng ấp ghi ở bảng 7</p>" in body
    assert "chim xanh" not in body


def test_nothing_is_fetched_from_outside(monkeypatch):
    document = simple()
    document.add_picture(io.BytesIO(jpeg()))

    def outside(name, part):
        if name != "word/_rels/document.xml.rels":
            return part
        return part.replace(
            b'Target="media/image1.jpg"', b'Target="https://x.example/a.jpg" TargetMode="External"'
        )

    article = read_article(data=repacked(saved(document), change=outside))

    assert article.pictures == []
    assert BODY in article.body_html


def entity_bomb(name, part):
    if name != "word/document.xml":
        return part
    declaration = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
    return part.replace(b"<w:document", declaration + b"<w:document", 1)


def with_symlink():
    link = zipfile.ZipInfo("word/media/anh.jpg")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    return repacked(saved(simple()), add=[(link, b"/etc/passwd")])


def encrypted_entry():
    content = bytearray(saved(simple()))
    at = content.find(b"PK\x01\x02")
    while at >= 0:
        content[at + 8] |= 1
        at = content.find(b"PK\x01\x02", at + 4)
    return bytes(content)


def bottomless(name, part):
    if name != "word/document.xml":
        return part
    return part.replace(b"<w:body>", b"<w:body>" + b"<w:sdt>" * 300, 1).replace(
        b"</w:body>", b"</w:sdt>" * 300 + b"</w:body>", 1
    )


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
HOSTILE = {
    ".doc": (lambda: OLE + b"\x00" * 2_000 + "WordDocument".encode("utf-16-le"), ".doc kiểu cũ"),
    "password": (lambda: OLE + b"\x00" * 2_000 + "EncryptedPackage".encode("utf-16-le"), "mật khẩu"),
    "password in the zip": (encrypted_entry, "mật khẩu"),
    "RTF": (lambda: rb"{\rtf1\ansi Xin chao}", "RTF"),
    "PDF": (lambda: b"%PDF-1.7\n", "PDF"),
    "cut in half": (lambda: saved(simple())[:-3_000], "bị hỏng"),
    "only a signature": (lambda: b"PK\x03\x04 hong", "bị hỏng"),
    "zip bomb": (
        lambda: repacked(
            saved(simple()),
            add=[("word/media/a.bmp", b"\x00" * 30_000_000)],
            compression=zipfile.ZIP_DEFLATED,
        ),
        "nén bất thường",
    ),
    "too much": (lambda: repacked(saved(simple()), add=[("word/media/a.bmp", b"\x01" * 29_000_000)] * 1 + [("word/media/b.bmp", b"\x02" * 22_000_000)]), "quá lớn|nặng"),
    "2,001 entries": (
        lambda: repacked(saved(simple()), add=[(f"word/media/{n}.bin", b"") for n in range(2_001)]),
        "nén bất thường",
    ),
    "entity bomb": (lambda: repacked(saved(simple()), change=entity_bomb), "nén bất thường"),
    "bottomless": (lambda: repacked(saved(simple()), change=bottomless), "quá lớn"),
    "macro": (
        lambda: repacked(saved(simple()), add=[("word/vbaProject.bin", b"Sub AutoOpen()")]),
        "macro",
    ),
    "macro by its type": (
        lambda: repacked(
            saved(simple()),
            change=lambda name, part: part.replace(b"wordprocessingml.document.main", b"x.macroEnabled.main")
            if name == "[Content_Types].xml"
            else part,
        ),
        "macro",
    ),
    "symbolic link": (with_symlink, "nén bất thường"),
    "path out of the zip": (
        lambda: repacked(saved(simple()), add=[("../../etc/cron.d/x", b"")]),
        "nén bất thường",
    ),
    "workbook": (lambda: _zip({"xl/workbook.xml": b"<x/>", "[Content_Types].xml": b"<x/>"}), "Excel"),
    "some zip": (lambda: _zip({"a.txt": b"a"}), "không phải tệp Word"),
    "broken XML": (
        lambda: repacked(
            saved(simple()),
            change=lambda name, part: part[:500] if name == "word/document.xml" else part,
        ),
        "bị hỏng",
    ),
}  # fmt: skip


def _zip(parts):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as package:
        for name, part in parts.items():
            package.writestr(name, part)
    return packed.getvalue()


@pytest.mark.parametrize(("make", "words"), HOSTILE.values(), ids=HOSTILE)
@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_hostile_file_is_refused_with_the_cure(make, words):
    with pytest.raises(UnreadableFile, match=f"^Không đọc được.*({words})"):
        read_article(data=make())


def test_the_same_rig_lets_an_honest_file_through():
    same = repacked(
        saved(simple()), change=lambda name, part: part, compression=zipfile.ZIP_DEFLATED
    )

    assert read_article(data=same).lead == LEAD


def test_a_file_of_200_megabytes_is_refused_before_it_is_read(tmp_path):
    huge = tmp_path / "nang.docx"
    with huge.open("wb") as file:
        file.truncate(200_000_000)

    with pytest.raises(UnreadableFile, match=r"tệp nặng 200 MB"):
        read_article(huge)


def test_an_upload_that_says_its_size_is_refused_unread():
    class Upload:
        size = 200_000_000

        def read(self, *_):
            raise AssertionError("read before its size was asked")

    with pytest.raises(UnreadableFile, match=r"tệp nặng 200 MB"):
        read_article(Upload())


@pytest.mark.parametrize("content", [b"", b"  \n", b"\x00\x01\x02" * 50])
def test_what_holds_no_words_is_refused(content):
    with pytest.raises(UnreadableFile, match=r"^Không đọc được"):
        read_article(data=content)


def test_old_encodings_are_understood():
    text = "Xã Tân Lập làm đường hoa\nSáng 3/4/2021, xã Tân Lập làm đường hoa dài 2 km."

    for encoding in ("utf-8", "utf-8-sig", "utf-16"):
        assert read_article(data=text.encode(encoding)).title == "Xã Tân Lập làm đường hoa"
    assert sources.load(b"Kh\xf4ng").blocks[0].text == "Không"
