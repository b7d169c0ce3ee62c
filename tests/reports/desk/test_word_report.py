"""The report as a Word file, read back as another program reads it: its form, its numbers, its words."""

import io
import re
import zipfile
from datetime import UTC, date, datetime

import pytest
from docx import Document
from docx.oxml.ns import qn
from docx.shared import Pt
from lxml import etree

from reports.desk import outline as outlines
from reports.models import Committee, Report, ReportHeading
from tests.factories import EventFactory, FigureFactory, ReportFactory, UserFactory
from tests.reports.desk.reading_word import download, entries, grid, lines, links, opened

pytestmark = pytest.mark.django_db

XA, PHUONG = "t2-30682", "t2-30502"  # xã Thoại Sơn, phường Thới Sơn
MAY = "don-vi=t2-91&ky=2026-05"
HOSTILE = (
    "<script>alert(1)</script> & “ngoặc”",
    "A &amp; B &nbsp; &#60;",
    "]]> <!-- <w:p/> --> {{ subject }}",
    "=1+1 \x00\x0b\x1f\u202e\ufffe hết",
)


def told(unit, day, *, month=5, **fields):
    return ReportFactory(
        published=True,
        unit_id=unit,
        published_at=datetime(2026, month, day, 3, tzinfo=UTC),
        **fields,
    )


@pytest.fixture
def committee(db):
    return Committee.objects.create(
        unit_id="t2-91",
        parent_body="Tỉnh ủy An Giang",
        issuing_body="Ban Tuyên giáo và Dân vận",
        document_code="BC/BTGDVTU",
        place="An Giang",
        signatory_title="K/T Trưởng ban; Phó Trưởng ban",
        signatory_name="Trần Thị Ký",
        recipients="Thường trực Tỉnh ủy,\n- Lưu Văn phòng.",
        margin_top=25,
        margin_bottom=22,
        margin_left=35,
        margin_right=18,
    )


# --- the form -------------------------------------------------------------------------------------


@pytest.mark.usefixtures("committee")
def test_the_head_is_that_of_a_party_document(desk):
    document = opened(desk, f"{MAY}&so=12&ngay=02/07/2026")

    left, right = document.tables[0].rows[0].cells
    assert [paragraph.text for paragraph in left.paragraphs] == [
        "Tỉnh ủy An Giang",
        "Ban Tuyên giáo và Dân vận",
        "*",
        "Số 12-BC/BTGDVTU",
    ]
    party, day = right.paragraphs
    assert party.text == "ĐẢNG CỘNG SẢN VIỆT NAM"
    assert (party.style.font.size, party.style.font.bold) == (Pt(15), True)
    bottom = party.style.element.pPr.find(f"{qn('w:pBdr')}/{qn('w:bottom')}")
    assert bottom.get(qn("w:val")) == "single"
    assert day.text == "An Giang, ngày 02 tháng 7 năm 2026"
    assert (day.style.font.size, day.style.font.italic) == (Pt(14), True)
    styles = {paragraph.style.style_id: paragraph.style for paragraph in left.paragraphs}
    assert styles["DVCapTren"].font.all_caps is styles["DVCoQuan"].font.all_caps is True
    assert (styles["DVCapTren"].font.bold, styles["DVCoQuan"].font.bold) == (None, True)
    # Where it stands: the table has no borders, and its right column is the right one.
    borders = document.tables[0]._tbl.tblPr.find(qn("w:tblBorders"))
    assert {border.get(qn("w:val")) for border in borders} == {"nil"}
    title, subject = (
        p for p in document.paragraphs if p.style.style_id in ("DVBaoCao", "DVTrichYeu")
    )
    assert (title.text, title.style.font.size, title.style.font.bold) == ("BÁO CÁO", Pt(16), True)
    assert (subject.text, subject.style.font.size) == (
        "kết quả công tác dân vận tháng 5/2026",
        Pt(15),
    )
    assert "CỘNG HÒA" not in "".join(lines(document))


@pytest.mark.usefixtures("committee")
def test_the_foot_says_who_gets_it_and_who_signs(desk):
    left, right = opened(desk, MAY).tables[1].rows[0].cells

    assert [p.text for p in left.paragraphs] == [
        "Nơi nhận:",
        "- Thường trực Tỉnh ủy,",
        "- Lưu Văn phòng.",
    ]
    assert [p.text for p in right.paragraphs] == ["K/T Trưởng ban", "Phó Trưởng ban", "Trần Thị Ký"]


def test_annexes_begin_a_page_and_leave_none_empty(desk):
    """A break of its own falls on the next page where the signature ends one: that page is then empty."""
    told(XA, 10)

    document = opened(desk, MAY)

    annexes = [p for p in document.paragraphs if p.text.startswith("Phụ lục ")]
    assert [p.text for p in annexes] == [
        "Phụ lục 1: Số bài theo đơn vị",
        "Phụ lục 2: Nguồn của các bài",
    ]
    assert {p.style.paragraph_format.page_break_before for p in annexes} == {True}
    assert document.element.body.findall(f".//{qn('w:br')}") == []


@pytest.mark.usefixtures("committee")
def test_paper_letters_and_language_are_those_asked_for(desk):
    document = opened(desk, MAY)

    page = document.sections[0]
    lengths = (
        page.page_width, page.page_height,
        page.top_margin, page.bottom_margin, page.left_margin, page.right_margin,
    )  # fmt: skip
    # Word measures in twentieths of a point.
    assert [round(length.mm) for length in lengths] == [210, 297, 25, 22, 35, 18]
    defaults = document.styles.element.find(f"{qn('w:docDefaults')}//{qn('w:rPr')}")
    assert set(defaults.find(qn("w:rFonts")).attrib.values()) == {"Times New Roman"}
    assert defaults.find(qn("w:sz")).get(qn("w:val")) == "28"
    assert defaults.find(qn("w:lang")).get(qn("w:val")) == "vi-VN"
    assert document.styles["Thân báo cáo"].font.size == Pt(14)
    fonts = {
        font
        for style in document.styles.element.iter(qn("w:rFonts"))
        for font in style.attrib.values()
    }
    assert fonts == {"Times New Roman"}
    assert page.different_first_page_header_footer
    assert "PAGE" in page.header._element.xpath("string()")


def test_the_file_names_no_author_and_no_program(desk):
    data = download(desk, MAY)

    properties = Document(io.BytesIO(data)).core_properties
    assert (properties.author, properties.last_modified_by, properties.comments) == ("", "", "")
    assert properties.title == "Báo cáo kết quả công tác dân vận tháng 5/2026"
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        assert parts.testzip() is None
        everything = b"".join(parts.read(name) for name in parts.namelist()).lower()
        for part in parts.namelist():
            etree.fromstring(parts.read(part))
    assert b"python" not in everything
    assert b"macintosh" not in everything


def test_what_a_committee_has_not_told_is_left_open(desk):
    document = opened(desk, f"{MAY}&ngay=&so=")

    left, right = document.tables[0].rows[0].cells
    assert [p.text for p in left.paragraphs] == ["……", "*", "Số ……-BC"]
    assert right.paragraphs[1].text == "……, ngày …… tháng …… năm ……"


# --- the words ------------------------------------------------------------------------------------


def test_reports_stand_by_heading_and_then_by_unit(desk):
    told(PHUONG, 5, title="Ở phường, mục II.1", heading=ReportHeading.PARTY)
    told(XA, 9, title="Ở xã, sau", heading=ReportHeading.PARTY)
    told(XA, 7, title="Ở xã, trước", heading=ReportHeading.PARTY)
    told(XA, 7, title="Chẳng mục nào")
    told(PHUONG, 6, title="Mục đầu", heading=ReportHeading.SITUATION)
    told(PHUONG, 6, title="Mục cuối", heading=ReportHeading.PROPOSALS)
    told(PHUONG, 6, month=6, title="Tháng sau")

    document = opened(desk, MAY)

    headings = ("Heading1", "Heading2", "Heading3", "DVDonVi")
    assert lines(document, *headings, "DVTit")[:14] == [
        "I. Tình hình các tầng lớp nhân dân",
        "Phường Thới Sơn",
        "1. Mục đầu – Phường Thới Sơn; đăng ngày 06/05/2026.",
        "II. Kết quả công tác dân vận",
        "II.1. Công tác dân vận của các cấp ủy đảng",
        "Xã Thoại Sơn",
        "2. Ở xã, trước – Xã Thoại Sơn; đăng ngày 07/05/2026.",
        "3. Ở xã, sau – Xã Thoại Sơn; đăng ngày 09/05/2026.",
        "Phường Thới Sơn",
        "4. Ở phường, mục II.1 – Phường Thới Sơn; đăng ngày 05/05/2026.",
        "IV. Kiến nghị, đề xuất",
        "Phường Thới Sơn",
        "5. Mục cuối – Phường Thới Sơn; đăng ngày 06/05/2026.",
        "Chưa xếp mục báo cáo",
    ]
    assert len(entries(document)) == 6


def test_each_report_says_which_of_its_days_it_is(desk):
    one = EventFactory(unit_id=XA, event_on=date(2026, 5, 3))
    two = EventFactory(unit_id=XA, event_on=date(2026, 5, 4), ends_on=date(2026, 5, 6))
    told(XA, 20, title="Một buổi", event=one)
    told(XA, 20, title="Ba ngày", event=two)
    told(XA, 20, title="Chỉ biết ngày đăng")

    assert list(entries(opened(desk, MAY)).values()) == [
        "Một buổi – Xã Thoại Sơn; diễn ra ngày 03/05/2026.",
        "Ba ngày – Xã Thoại Sơn; diễn ra từ ngày 04/05/2026 đến ngày 06/05/2026.",
        "Chỉ biết ngày đăng – Xã Thoại Sơn; đăng ngày 20/05/2026.",
    ]


def test_a_text_is_as_long_as_was_asked(desk):
    told(
        XA,
        5,
        lead="Sapo của bài.",
        body="<p>Cà phê &amp; chè.</p><ul><li>một</li><li>hai</li></ul>",
    )

    assert lines(opened(desk, f"{MAY}&dai=danh-sach"), "DVThan")[1:2] != ["Sapo của bài."]
    assert lines(opened(desk, MAY), "DVThan")[1] == "Sapo của bài."
    assert lines(opened(desk, f"{MAY}&dai=day-du"), "DVThan")[1:5] == [
        "Sapo của bài.",
        "Cà phê & chè.",
        "– một",
        "– hai",
    ]


def test_the_exact_days_and_every_condition_are_printed(desk):
    document = opened(desk, "don-vi=t2-91&don-vi-cu=1&ky=2026-Q1&quy-uoc=15-14&loai=so-ket&tu=nay")

    facts = dict(line.split(": ", 1) for line in lines(document, "DVThongTin"))
    assert facts["Kỳ"] == "Quý I/2026, từ ngày 15/12/2025 đến ngày 14/03/2026"
    assert facts["Đơn vị"] == "Tỉnh An Giang, gồm cấp dưới và địa bàn cũ"
    assert facts["Loại sự kiện"] == "Sơ kết"
    assert (
        facts["Cách đếm"]
        == "Bài được tính theo ngày diễn ra sự kiện; bài không có ngày ấy tính theo ngày đăng."
    )
    assert "Không hiểu ngày “nay”" in facts["Không hiểu nên bỏ qua"]


def test_no_report_is_said(desk):
    document = opened(desk, "don-vi=t2-91&ky=2027")

    assert lines(document, "DVThan") == [
        "Trong năm 2027, từ ngày 01/01/2027 đến ngày 31/12/2027: không có bài nào theo các điều kiện "
        "đã chọn; cùng kỳ năm trước cũng không có bài (01/01/2026 – 31/12/2026).",
        *lines(document, "DVThan")[1:],
    ]
    assert entries(document) == {}
    assert links(document) == {}


@pytest.mark.parametrize("title", HOSTILE)
def test_what_was_typed_stays_words(desk, title):
    report = told(XA, 5, title="Bình thường", lead="Câu mở đầu.")
    # Past every form and cleaner, as an old database could hold it.
    unwanted = title.replace("\x00", "")
    Report.objects.filter(pk=report.pk).update(title=unwanted, lead=unwanted)
    clean = " ".join(re.sub("[\x00-\x1f\u202e\ufffe]", "", title).split())

    document = opened(desk, f"{MAY}&tieu-de={'%3Cb%3E%26amp%3B'}")

    assert entries(document)[1] == f"{clean} – Xã Thoại Sơn; đăng ngày 05/05/2026."
    assert lines(document, "DVThan")[1] == clean
    assert lines(document, "DVTrichYeu") == ["<b>&amp;"]


def test_a_title_as_long_as_titles_can_be_comes_whole(desk):
    title = "Dân vận " * 49 + "hết tít"
    told(XA, 5, title=title)

    assert entries(opened(desk, MAY))[1].startswith(f"{title} – ")


def test_links_lead_to_the_reports(desk, client, settings):
    first, second = told(XA, 5), told(PHUONG, 6)
    document = opened(desk, MAY)

    here = settings.SITE_URL
    assert links(document) == {
        f"{here}{first.get_absolute_url()}": f"{here}{first.get_absolute_url()}",
        f"{here}{second.get_absolute_url()}": f"{here}{second.get_absolute_url()}",
        f"{here}/tong-hop/danh-sach/?don-vi=t2-91&ky=2026-05": (
            f"{here}/tong-hop/danh-sach/?don-vi=t2-91&ky=2026-05"
        ),
    }
    for address in links(document):
        path = address.removeprefix(here)
        assert (desk if "tong-hop" in path else client).get(path).status_code == 200
    # The number before a report leads to its place among the sources.
    inner = [node.get(qn("w:anchor")) for node in document.element.iter(qn("w:hyperlink"))]
    marks = [node.get(qn("w:name")) for node in document.element.iter(qn("w:bookmarkStart"))]
    assert [anchor for anchor in inner if anchor] == marks == ["nguon1", "nguon2"]


def test_confirmed_numbers_are_added_and_others_are_not(desk):
    user = UserFactory()
    one, two = told(XA, 5), told(PHUONG, 6)
    for report, value, who in ((one, 1200, user), (two, 34, user), (two, 999, None)):
        FigureFactory(
            report=report,
            indicator="suất quà",
            unit_of_measure="suất",
            value=value,
            confirmed_by=who,
        )

    assert grid(opened(desk, MAY), "Chỉ tiêu") == [
        ["Chỉ tiêu", "Đơn vị tính", "Tổng", "Từ số lần", "Từ số bài"],
        ["suất quà", "suất", "1.234", "2", "2"],
    ]


def test_reports_without_a_day_are_named_and_counted_apart(desk, monkeypatch):
    monkeypatch.setattr(outlines, "MOST_UNDATED", 2)
    told(XA, 5, title="Có ngày")
    for number in range(3):
        told(XA, 6 + number, title=f"Không ngày {number}", published_is_estimate=True)

    document = opened(desk, MAY)

    assert (
        entries(document)[2]
        == "Không ngày 0 – Xã Thoại Sơn, tỉnh An Giang; đăng khoảng tháng 5/2026."
    )
    assert len(entries(document)) == 3
    told_apart = [line for line in lines(document, "DVThan") if "bài" in line][-2:]
    assert told_apart == [
        "3 bài chưa rõ ngày diễn ra và ngày đăng, không nằm trong các con số trên:",
        "Và 1 bài nữa; xem đủ ở trang Danh sách, mục “Chưa rõ ngày”.",
    ]


@pytest.mark.parametrize(
    ("length", "kept"), [("ngan", [True, True]), ("danh-sach", [False, False])]
)
def test_a_title_stays_with_its_text_and_titles_alone_make_no_endless_chain(desk, length, kept):
    """A chain longer than a page keeps nothing, and headings stand alone at the foot of one."""
    for day in (4, 5):
        told(XA, day, lead="Sapo của bài.")

    document = opened(desk, f"{MAY}&dai={length}")

    titles = [one for one in document.paragraphs if one.style.name == "Tít bài"]
    styled = titles[0].style.paragraph_format.keep_with_next
    own = [one.paragraph_format.keep_with_next for one in titles]
    assert [styled if each is None else each for each in own] == kept
