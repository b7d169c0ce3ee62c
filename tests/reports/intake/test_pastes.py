"""What people copy out of Word, LibreOffice, Google Docs, Zalo, mail and Excel comes in as a text."""

from datetime import date

import pytest
from django.conf import settings

from reports.cleaning import clean_html
from reports.intake.reader import read_article

from . import pastes
from .pastes import DONE, LAST, LEAD, TITLE
from .word_makers import END, from_the_office, with_footnote
from .word_makers import LEAD as BRIDGE_LEAD
from .word_makers import TITLE as BRIDGE

pytestmark = pytest.mark.django_db

DATA = settings.BASE_DIR / "tests" / "data" / "word"
FLOWERS = "<ul><li>Hoa mười giờ</li><li>Hoa sao nhái</li></ul>"
BOLD = f"<p><strong>Chị em</strong>{DONE.removeprefix('Chị em')}</p>"


def outside(name):
    return [f"Có 1 ảnh không đi kèm bài mà nằm ở nơi khác ({name}): hãy tải ảnh lên."]


def test_word_by_the_clipboard():
    article = read_article(data=pastes.WORD)

    assert (article.title, article.lead, article.authors) == (TITLE, LEAD, ["Như Ý"])
    assert article.body_html == f"{BOLD}\n{FLOWERS}\n<p>{LAST}</p>"
    assert article.warnings == outside("clip_image002.jpg")


def test_google_docs_by_the_clipboard():
    article = read_article(data=pastes.GOOGLE_DOCS)

    assert (article.title, article.lead, article.authors) == (TITLE, LEAD, ["Như Ý"])
    assert article.body_html == (
        f"{BOLD}\n<ul><li>Hoa mười giờ</li><li><em>Hoa sao nhái</em></li></ul>\n"
        "<table><tbody><tr><td>Hộ</td><td>Mét</td></tr><tr><td>12</td><td>340</td></tr></tbody></table>\n"
        f"<p>{LAST}</p>"
    )
    assert article.warnings == outside("AD_4nXc")


def test_zalo_without_its_stamps_and_signs():
    article = read_article(data=pastes.ZALO)

    assert (article.title, article.lead) == (TITLE.upper(), LEAD)
    assert (article.authors, article.photographers) == (["Như Ý"], ["Như Ý"])
    assert article.published_at is None
    assert article.event.held_on == date(2026, 4, 3)
    assert article.body_html == (
        "<ul><li>Hoa mười giờ: 1.200 gốc</li><li>Hoa sao nhái: 300 gốc</li></ul>\n"
        f"<p>{DONE}</p>\n<p>{LAST}</p>"
    )
    assert article.warnings == ["2 ảnh còn nằm trong tin nhắn, không đi kèm bài: hãy tải ảnh lên."]
    assert [line.line for line in article.removed] == ["[07:42, 04/04/2026] Như Ý:"]


@pytest.mark.parametrize(
    "stamp", ["[4/4/2026 7:42 AM] Như Ý: ", "[07:42 04/04/2026] ", "[04/04, 07:42:10] Như Ý: "]
)
def test_a_sender_is_no_author_and_the_hour_of_a_message_no_publication(stamp):
    article = read_article(data=f"{stamp}{TITLE}\n{LEAD}\nĐã xem\n{DONE}\n{LAST}")

    assert (article.title, article.authors, article.published_at) == (TITLE, [], None)
    assert article.body_html == f"<p>{DONE}</p>\n<p>{LAST}</p>"


def test_brackets_in_a_text_that_is_no_chat_stay():
    text = (
        f"{TITLE}\n{LEAD}\n[Video] về con đường được chiếu cho cả ấp xem vào tối thứ bảy.\n{LAST}"
    )

    assert "[Video] về con đường" in read_article(data=text).body_html


def test_a_mail_without_its_tracking_dot():
    article = read_article(data=pastes.MAIL)

    assert (article.title, article.lead, article.authors) == (TITLE, LEAD, ["Như Ý"])
    assert article.body_html == f"<p>{DONE}</p>\n<p>{LAST}</p>"
    assert article.captions == ["Chị em tưới hoa buổi chiều"]
    assert article.warnings == outside("cid:ii_lx8f2k0")


def test_cells_of_excel_stay_a_table_without_colours():
    article = read_article(data=pastes.EXCEL)

    assert article.body_html == (
        f"<p>{DONE}</p>\n<table><tbody><tr><td>TT</td><td>Ấp</td><td>Mét</td></tr>"
        f"<tr><td>1</td><td>Mỹ An</td><td>2.000</td></tr></tbody></table>\n<p>{LAST}</p>"
    )


@pytest.mark.parametrize("name", ["libreoffice.docx", "libreoffice.html"])
def test_what_libreoffice_itself_has_written(name):
    article = read_article(DATA / name)

    assert article.title == BRIDGE
    assert (article.authors, article.photographers) == (["Bảo Trâm"], ["Bảo Trâm"])
    assert article.body_html == (
        "<p>Cây cầu dài <strong>28 mét</strong>, rộng 3 mét, nối hai bờ kênh mà trước đây trẻ em phải qua "
        "bằng <em>vỏ lãi</em> mỗi sáng đi học.</p>\n"
        "<ul><li>Xi măng do cửa hàng Út Hiền ủng hộ</li><li>Ngày công do đoàn viên ba ấp góp</li></ul>\n"
        "<ol><li>Đo đất</li><li>Đổ trụ</li></ol>\n"
        "<table><tbody><tr><td>Ấp</td><td>Ngày công</td></tr><tr><td>Tây Bình</td><td>120</td></tr>"
        "<tr><td>Trung Bình</td><td>95</td></tr></tbody></table>\n"
        "<p>Sau buổi lễ, học sinh ba ấp đi chung chuyến đầu tiên qua cầu, còn các cụ ngồi lại kể chuyện con "
        "đò ngày trước.</p>"
    )
    assert [picture.caption for picture in article.pictures] == [
        "Bà con ấp Tây Bình cắt băng khánh thành cầu",
        "Học sinh đi chuyến đầu tiên qua cầu",
    ]


OFFICE_BODY = (
    "<p>Cây cầu ở Tây Bình do <strong>bà con</strong> dựng theo "
    '<a href="https://thoaison.example.vn/cau" rel="nofollow noopener">bản vẽ</a> của kỹ sư trẻ trong xã, '
    "làm gần bốn tháng mới xong.</p>\n<ol><li>Đo đất</li><li>Đổ trụ</li></ol>\n"
    "<table><tbody><tr><td>Ấp</td><td>Ngày công</td></tr><tr><td>Tây Bình</td><td><table><tbody><tr><td>120"
    f"</td><td>ngày</td></tr></tbody></table></td></tr></tbody></table>\n<p>{END}</p>"
)


def test_word_from_an_office_computer():
    article = read_article(data=from_the_office())

    assert (article.title, article.lead) == (BRIDGE, BRIDGE_LEAD)
    assert article.body_html == OFFICE_BODY
    # Neither "Đầu Trang" nor "Chân Trang", who stand in the header and the footer.
    assert (article.authors, article.photographers) == (["Bảo Trâm"], [])
    assert article.organisation == "Trung tâm VH-TT xã"


def test_a_footnote_stands_at_the_end_and_leaves_no_sign_in_the_lead():
    article = read_article(data=with_footnote(from_the_office(), "Theo hồ sơ của xã."))

    assert article.lead == BRIDGE_LEAD
    assert article.body_html == f"{OFFICE_BODY}\n<ol><li>Theo hồ sơ của xã.</li></ol>"


SOURCES = {
    **{name: getattr(pastes, name) for name in ("WORD", "GOOGLE_DOCS", "ZALO", "MAIL", "EXCEL")},
    "office": from_the_office,
    "libreoffice": lambda: (DATA / "libreoffice.docx").read_bytes(),
}


@pytest.mark.parametrize("source", SOURCES.values(), ids=SOURCES)
def test_what_was_read_is_written_as_the_editor_will_write_it(source):
    body = read_article(data=source() if callable(source) else source).body_html

    assert clean_html(body) == body
    assert "style=" not in body
    assert "class=" not in body
    assert "<p></p>" not in body


EMBEDDED = f'<p>{TITLE}</p><p>{LEAD}</p><p>{DONE}</p><p><img src="%s"></p><p>{LAST}</p>'


def test_a_picture_inside_the_text_is_a_picture():
    article = read_article(data=EMBEDDED % pastes.PIXEL)

    assert [picture.content[:4] for picture in article.pictures] == [b"\x89PNG"]
    assert article.warnings == []


@pytest.mark.parametrize(
    ("src", "name"),
    [
        ("https://nơi-khac.example/a/b.jpg?x=1", "b.jpg"),
        ("blob:https://docs.example/3f-7a", "3f-7a"),
        ("file:///C:/Temp/c.png", "c.png"),
    ],
)
def test_a_picture_elsewhere_is_named_and_never_fetched(src, name):
    article = read_article(data=EMBEDDED % src)

    assert article.pictures == []
    assert article.warnings == outside(name)
    assert "<img" not in article.body_html
