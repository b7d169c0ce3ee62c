"""The five forms of source pages (DOMAIN, section 2), in texts of our own: what the reader finds."""

from datetime import date, datetime, timedelta, timezone
from decimal import Decimal

import pytest
from django.conf import settings

from reports.intake.reader import read_article
from reports.models import EventKind, Session

pytestmark = pytest.mark.django_db

PAGES = settings.BASE_DIR / "tests" / "data" / "intake"
VIETNAM = timezone(timedelta(hours=7))


@pytest.fixture
def read():
    return lambda name: read_article(PAGES / name)


def test_a_page_that_says_lately_has_no_day(read):
    article = read("vua-qua.txt")

    assert article.title == (
        "Bình Lâm Hội nghị Sơ kết công tác Dân vận và phong trào thi đua 6 tháng đầu năm 2024"
    )
    assert article.lead.startswith("Vừa qua, Khối Dân vận phường Thới Sơn tổ chức")
    assert (article.published_at, article.event.held_on) == (None, None)
    assert article.event.kind == EventKind.INTERIM_REVIEW
    assert article.period == "2024-H1"
    assert (article.authors, article.photographers) == (["Hải Âu"], ["Minh Khang"])
    assert article.organisation == "Trung tâm VH – TT – TT"
    # A ward until 30/6/2025, a commune before 10/4/2023: the year decides which of them.
    assert article.unit_candidates[0] == "t3-30517"
    assert [removed.line for removed in article.removed] == ["Skip to main content"]


def test_the_year_comes_from_what_the_page_reviews(read):
    article = read("chan-trang.txt")

    assert article.event.held_on == date(2021, 7, 8)
    assert article.event.session == Session.AFTERNOON
    assert article.event.venue == "hội trường Trung tâm Chính trị thành phố"
    assert article.event.chair == "Vũ Thị Lan Anh"
    assert article.period == "2021-H1"
    assert (article.authors, article.captions) == (["Thanh Mai"], ["Quang cảnh hội nghị"])
    assert any("năm 2021" in warning for warning in article.warnings)


def test_a_lone_place_at_the_foot_is_a_hint_and_no_text(read):
    article = read("chan-trang.txt")

    # "Thành ủy" and "thành phố" tell the city from the province of the same name.
    assert article.unit_candidates[:2] == ["t3-369", "t3-37"]
    assert "Ninh Bình" not in article.body_html
    assert [removed.line for removed in article.removed] == ["Ninh Bình", "Phim hay", "Du lịch"]


def test_numbers_are_read_as_vietnamese_writes_them(read):
    figures = read("chan-trang.txt").figures

    assert [(f.value, f.out_of, f.unit) for f in figures] == [
        (Decimal(4120), None, "xuất quà"),
        (Decimal("1350.8"), None, "triệu đồng"),
        (Decimal(7), Decimal(9), "xã, phường"),
        (Decimal("98.6"), None, "%"),
        (Decimal(84), None, "lượt công dân"),
        (Decimal(11), Decimal(19), "đơn"),
        (Decimal(2), None, "lớp tập huấn"),
    ]
    assert figures[0].sentence.startswith("Trong 6 tháng đầu năm 2021, Ban Dân vận Thành ủy")


def test_the_title_stands_between_category_and_stamp(read):
    article = read("diem-cau.txt")

    assert article.category == "Hoạt động Đảng - Đoàn thể"
    assert article.title == "Hội nghị trực tuyến toàn quốc triển khai công tác dân vận năm 2020"
    assert article.published_at == datetime(2020, 1, 14, 7, 12, tzinfo=VIETNAM)
    assert article.event.held_on == date(2020, 1, 13)
    assert article.event.kind == EventKind.ROLL_OUT
    assert article.period == "2020"
    assert (article.authors, article.captions) == (["Bảo Trâm"], [])
    assert article.unit_candidates[0] == "t3-894"
    assert "Responsive image" not in article.body_html
    assert "các tin khác" in [removed.line for removed in article.removed]


def test_a_dash_may_part_a_writer_from_a_photographer(read):
    article = read("null-tit.txt")

    assert article.title == (
        "Tiếp và làm việc với Tổ khảo sát của Ban Dân vận Tỉnh ủy về việc tiếp dân ở cơ sở"
    )
    assert article.category == "Tin tức"
    assert (article.authors, article.photographers) == (["Trần Thư"], ["Lý Hùng"])
    assert article.organisation == ""
    assert article.event.kind == EventKind.SURVEY
    assert article.event.held_on == date(2022, 8, 19)
    assert (article.published_at, article.period) == (None, "")
    assert article.unit_candidates[0] == "t3-872"


def test_a_dash_may_part_a_writer_from_an_organisation(read):
    article = read("luot-xem.txt")

    assert article.authors == ["Như Ý"]
    assert article.organisation == "Trung tâm TT-VH-TT thị xã Đức Phổ"
    assert article.published_at == datetime(2023, 12, 27, 9, 14, tzinfo=VIETNAM)
    assert article.views == 98
    assert article.event.kind == EventKind.BRIEFING
    assert (article.event.held_on, article.event.session) == (date(2023, 12, 26), Session.AFTERNOON)
    assert article.event.chair == "Phạm Văn Sáng"
    assert article.period == "2023"
    assert article.unit_candidates[0] == "t3-534"


def test_every_suggestion_stands_beside_the_line_it_came_from(read):
    evidence = read("luot-xem.txt").evidence

    assert evidence["views"] == evidence["published_at"] == "27/12/2023 09:14 98"
    assert evidence["authors"] == evidence["organisation"]
    assert evidence["authors"] == "Như Ý – Trung tâm TT-VH-TT thị xã Đức Phổ"
    for field in ("held_on", "event_kind", "chair", "period"):
        assert evidence[field].startswith(("Chiều ngày 26/12/2023", "Thường trực Thị ủy"))


def test_nothing_of_the_text_is_lost_or_said_twice(read):
    article = read("luot-xem.txt")

    assert article.body_html == (
        "<p>Năm 2023, các tổ chức đã giữ nếp họp tổ dân phố hằng tháng và giúp nhau thoát nghèo.</p>\n"
        "<p>Đồng chí Phó Bí thư đề nghị các tổ chức gần dân hơn, nhất là nơi có công trình đang giải "
        "phóng mặt bằng./.</p>"
    )
    assert article.lead not in article.body_html
