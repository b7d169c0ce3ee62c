"""Whatever the lines of a page and their order: each comes out somewhere, and the reader never fails."""

import html
import re

import pytest
from django.conf import settings
from hypothesis import example, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from portal.text import one_line
from reports.cleaning import clean_html
from reports.intake.errors import UnreadableFile
from reports.intake.reader import read_article
from reports.sentences import split

pytestmark = pytest.mark.usefixtures("registry")

LINES = [
    "Skip to main content", "Trang chủ", "Tin tức", "Hoạt động Đảng - Đoàn thể", "Xuất bản thông tin",
    "Xã Tân Lập đối thoại với thanh niên năm 2021", "null Xã Tân Lập đối thoại với thanh niên năm 2021",
    "CÔNG ĐOÀN XÃ BA VÌ RA QUÂN LÀM SẠCH ĐƯỜNG LÀNG", "20/04/2021 10:05", "Thứ ba, 20/04/2021 - 10:05'  98",
    "Ngày đăng: 21/04/2021", "Lượt xem: 12", "Hoài Linh",
    "Sáng 19/4, xã Tân Lập đối thoại với 60 thanh niên. Ông Lê Văn Tám, Chủ tịch xã chủ trì buổi đối thoại.",
    "Vừa qua, Hội Nông dân xã tổ chức hội nghị sơ kết 6 tháng đầu năm.",
    "Bà con góp 1.250 ngày công và 320,5 triệu đồng; 5/9 ấp đã xong đường, đạt 55,6% kế hoạch năm.",
    "Có 12 ý kiến.", "Quang cảnh buổi đối thoại", "Quang cảnh buổi đối thoại. Ảnh: Thanh Xuân",
    "Ông Tám phát biểu tại buổi đối thoại", "Một số hình ảnh khác:", "- Việc làm;", "1. Vay vốn", "Kết quả nổi bật",
    "Minh Ngọc (Trung tâm VH – TT – TT)", "BT: Nguyễn Thu – Hình: Vũ Chiến", "Tin, ảnh: Lan Anh", "Kim Dung",
    "Hội LHPN xã Tân Lập", "Theo Báo Sơn La", "Tác giả: admin", "Ninh Bình", "các tin khác", "Tin liên quan",
    "Xã bạn khánh thành cầu qua kênh với sự góp sức của bà con.", "<< < 1 > >>", "Địa chỉ: 12 đường Hòa Bình",
    "Con đường mới nối hai xóm với chợ, trẻ con đi học không phải lội mương nữa. Minh Khuê",
    "Thăm nhà bà Năm. Ảnh: Đỗ Trưởng/TTXVN Ngày 7/2, xã trao nhà cho bà. Bà mừng lắm./. Hải Yến/VOV.VN",
]  # fmt: skip
DATA = settings.BASE_DIR / "tests" / "data" / "intake"


def lost(text):
    """The lines of `text` that come out nowhere: not as text, suggestion, evidence or rubbish."""
    article = read_article(text)
    body = html.unescape(re.sub(r"<[^>]*>", " ", article.body_html))
    told = [article.title, article.category, article.lead, body, *article.captions]
    told += [removed.line for removed in article.removed]
    told += [*article.evidence.values(), *article.warnings]
    # Beside a byline that names a photographer, a caption's credit is one more suggestion.
    told += [f"Ảnh: {name}" for name in article.photographers]
    pool = one_line(" ## ".join(told))
    lines = [one_line(line).removeprefix("null ") for line in text.splitlines()]
    return [line for line in lines if line not in pool and any(s not in pool for s in split(line))]


@example(
    [
        "Sáng 19/4, xã Tân Lập đối thoại với 60 thanh niên.", "Tin tức", "Tin tức",
        "Quang cảnh buổi đối thoại. Ảnh: Thanh Xuân", "BT: Nguyễn Thu – Hình: Vũ Chiến",
    ]
)  # fmt: skip
@hypothesis_settings(max_examples=150)
@given(st.lists(st.sampled_from(LINES), min_size=1, max_size=14))
def test_every_line_comes_out_somewhere(lines):
    text = "\n".join(lines)

    assert lost(text) == []


@pytest.mark.parametrize("page", sorted(DATA.glob("*.txt")), ids=lambda page: page.stem)
def test_no_line_of_a_whole_page_is_lost(page):
    assert lost(page.read_text(encoding="utf-8")) == []


def test_a_line_dropped_in_silence_would_be_noticed(monkeypatch):
    monkeypatch.setattr("reports.intake.layout.Layout.drop", lambda *_: None)
    page = (DATA / "chan-trang.txt").read_text(encoding="utf-8")

    assert lost(page) == ["Phim hay", "Du lịch"]


@hypothesis_settings(max_examples=150)
@given(st.text(min_size=1, max_size=300).filter(lambda text: text.strip()))
def test_any_text_is_read_into_a_clean_body(text):
    try:
        article = read_article(text)
    except UnreadableFile:
        return

    assert clean_html(article.body_html) == article.body_html
    article.as_json()
