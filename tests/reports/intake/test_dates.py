"""Three dates that must not be mistaken: when it was printed, when it happened, what it speaks for."""

from datetime import date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.intake import days, periods_in_text, years
from reports.intake.reader import read_article
from reports.intake.stamps import parse_moment, read_stamp, read_views, stamp_at_end
from reports.models import EventKind

VIETNAM = timezone(timedelta(hours=7))
MOMENT = datetime(2021, 4, 20, 10, 5, tzinfo=VIETNAM)

moments = st.datetimes(datetime(1996, 1, 1), datetime(2099, 12, 31)).map(
    lambda at: at.replace(second=0, microsecond=0, tzinfo=VIETNAM)
)
weekday = st.sampled_from(["Thứ sáu, ", "Thứ 6, ", "Chủ nhật, ", "Thứ Hai - ", ""])


# --- when it was printed -----------------------------------------------------------------------


@given(moments, weekday, st.sampled_from([" ", " - ", " | ", ", ", " lúc "]), st.booleans())
def test_a_moment_is_read_back_in_whatever_order(at, day_name, gap, day_first):
    day, hour = f"{at:%d/%m/%Y}", f"{at:%H:%M}"
    line = day_name + (f"{day}{gap}{hour}" if day_first else f"{hour}{gap}{day}")

    assert read_stamp(line).at == at


@pytest.mark.parametrize(
    "line",
    [
        "20/04/2021 10:05",
        "10:05 20/04/2021",
        "20/4/2021 10:05",
        "20-04-2021 10:05",
        "20.04.2021 | 10:05",
        "20 / 04 / 2021 - 10:05 AM",
        "2021-04-20 10:05:00",
        "2021-04-20T10:05:00+07:00",
        "Thứ ba, 20/04/2021 - 10:05'",
        "Thứ ba, ngày 20/04/2021, 10h05 (GMT+7)",
        "Đăng ngày 20-04-2021 Lúc 10:05",
        "Ngày đăng : 20/04/2021 10:05",
        "- Cập nhật: Thứ ba, 20/4/2021 | 10:05:00 AM",
        "Post date: 20/04/2021 10:05",
        "4/20/2021 10:05:00 AM",
        "Ngày đăng: 20/4/2021 10:05 - Cập nhật: 21/4/2021 11:30",
    ],
)
def test_portals_print_one_moment_in_many_ways(line):
    stamp = read_stamp(line)

    assert (stamp.at, stamp.rest) == (MOMENT, "")


@pytest.mark.parametrize(
    "line",
    [
        "20/04/2021",
        "Ngày đăng: 20 tháng 4 năm 2021",
        "Cập nhật ngày: 20/4/2021",
        "Đã đăng vào 20 Tháng Tư, 2021",
        "Tháng Tư 20, 2021",
    ],
)
def test_a_day_without_an_hour_stays_a_day(line):
    assert read_stamp(line).at == date(2021, 4, 20)


@pytest.mark.parametrize(
    "line",
    [
        "31/02/2021 10:05",
        "01/01/0001 00:00",
        "14/10/1989 – 14/10/2019",
        "6 tháng đầu năm 2025",
        "Hotline: 0822.173.636",
        "Từ 17/10 đến 18/11",
        "Lượt xem: 12",
        "",
    ],
)
def test_impossible_days_and_ranges_are_no_stamps(line):
    assert read_stamp(line) is None


@pytest.mark.parametrize(
    ("line", "views"),
    [
        ("Lượt xem: 3", 3),
        ("Số lượt xem : 1.204", 1204),
        ("1.204 lượt xem", 1204),
        ("Đã xem: 45", 45),
        ("Lượt truy cập: 123456", None),
        ("Có 45 người xem triển lãm", None),
    ],
)
def test_only_readers_of_the_page_are_counted(line, views):
    assert read_views(line) == views


def test_a_number_behind_the_moment_counts_readers():
    assert read_stamp("27/12/2023 09:14    98").views == 98
    assert read_stamp("Ngày đăng: 12/06/2020 - Lượt xem: 1.234").views == 1234
    assert read_stamp("18/03/2020 98") is None or read_stamp("18/03/2020 98").views is None


def test_a_stamp_glued_to_the_title_leaves_the_title():
    title, stamp = stamp_at_end("Xã Tân Lập làm đường hoa (10:05 20/04/2021)")

    assert (title, stamp.at) == ("Xã Tân Lập làm đường hoa", MOMENT)
    assert stamp_at_end("Kỷ niệm 30 năm (14/10/1989 – 14/10/2019)") is None
    assert stamp_at_end("Hội nghị ngày 20/04/2021") is None


@pytest.mark.parametrize(
    "text", ["2021-04-20T03:05:00Z", "2021-04-20T10:05:00+07:00", "2021-04-20 10:05"]
)
def test_moments_of_machines_are_told_in_our_hour(text):
    assert parse_moment(text) == MOMENT


@pytest.mark.django_db
def test_a_page_clock_above_the_title_loses_against_the_stamp_below():
    article = read_article(
        "Thứ sáu, 29/03/2024, 03:46 [GMT+7]\nXã Tân Lập mở lớp dạy nghề cho thanh niên\n"
        "Thứ ba, 20/04/2021 - 10:05'\nSáng 19/4, xã Tân Lập mở lớp dạy nghề cho 40 thanh niên."
    )

    assert article.published_at == MOMENT
    assert article.event.held_on == date(2021, 4, 19)


# --- when it happened --------------------------------------------------------------------------


@given(st.dates(date(2000, 1, 1), date(2090, 12, 31)), st.sampled_from(["/", ".", "-"]))
def test_a_full_day_in_the_lead_is_the_day(day, sign):
    found = days.find(
        [f"Sáng ngày {day.day}{sign}{day.month}{sign}{day.year}, xã mở hội nghị."], []
    )

    assert years.as_day(found, found.year) == (day, None)
    assert found.session == "sang"


@pytest.mark.parametrize(
    ("lead", "day", "month", "year", "session"),
    [
        ("Chiều 2/7, tại hội trường, Thành ủy tổ chức hội nghị.", 2, 7, None, "chieu"),
        ("Sáng 18-6, Liên đoàn Lao động biểu dương công nhân.", 18, 6, None, "sang"),
        ("Chiều 18.10, huyện mở lễ phát động.", 18, 10, None, "chieu"),
        ("Tối nay (14/6), tại nhà hát đã diễn ra lễ tôn vinh.", 14, 6, None, "toi"),
        ("Ngày 02 tháng 7 năm 2021, xã họp.", 2, 7, 2021, ""),
        ("Sau đại hội, ngày 06/12/19, Hội họp phiên đầu.", 6, 12, 2019, ""),
        ("Thực hiện Kế hoạch số 15-KH/HU ngày 05/01/2023, sáng 12/3, xã họp.", 12, 3, None, "sang"),
        ("Nhân 74 năm Ngày 27/7 (27/7/1947-27/7/2021), ngày 19/7, xã thăm hỏi.", 19, 7, None, ""),
        ("Chi hội vừa thành lập ngày 11/5/2017 với 32 hội viên.", 11, 5, 2017, ""),
    ],
)
def test_the_day_is_found_among_others(lead, day, month, year, session):
    found = days.find([lead], [])

    assert (found.day, found.month, found.year, found.session) == (day, month, year, session)


@pytest.mark.parametrize(
    "lead",
    [
        "Vừa qua, phường tổ chức hội nghị.",
        "Hội tuyên truyền 94 năm ngày thành lập Đảng (03/2/1930 – 03/2/2024).",
        "(Kèm theo Công văn số 822-CV/BTG, ngày 18/4/2019)",
        "Quyết định 217 ngày 12-12-2013 đã đi vào cuộc sống.",
        "Ông sinh ngày 06/10/1958, vào Đảng ngày 16/2/1987.",
        "Quy chế có hiệu lực từ ngày 1/7.",
        "Nhân ngày 8/3, Hội tặng quà hội viên.",
        "Có 08/24 đơn và 5/9 xã, phường.",
        "Ngày 30/2, xã họp.",
    ],
)
def test_days_of_documents_births_and_feasts_are_not_the_day(lead):
    assert days.find([lead], []) is None


@pytest.mark.parametrize(
    ("lead", "body", "first", "last"),
    [
        ("Từ ngày 14-16/8/2019, huyện mở lớp.", "", date(2019, 8, 14), date(2019, 8, 16)),
        ("Trong hai ngày 14 và 15 tháng 8 năm 2019, đoàn họp.", "", date(2019, 8, 14), date(2019, 8, 15)),
        ("Từ ngày 30/12 đến ngày 02/01/2020, xã mở hội.", "", date(2019, 12, 30), date(2020, 1, 2)),
        ("Ngày 4/6/2012, tỉnh mở lớp.", "Lớp kéo dài 4 ngày, từ 4 - 7/6/2012.", date(2012, 6, 4), date(2012, 6, 7)),
    ],
)  # fmt: skip
def test_an_event_of_several_days(lead, body, first, last):
    found = days.find([lead], [body] if body else [])
    year = first.year if found.year and found.last_month != found.month else found.year

    assert years.as_day(found, year) == (first, last)


def infer(day, month, **said):
    page = {"published_on": None, "title": "", "lead": "", "body": "", **said}
    return years.infer(day, month, **page)[0]


def test_the_year_follows_the_publication():
    assert infer(20, 4, published_on=date(2021, 4, 21)) == 2021
    assert infer(30, 12, published_on=date(2021, 1, 2)) == 2020


def test_the_year_is_read_in_title_lead_and_period():
    assert infer(30, 5, title="Khối thi đua sơ kết công tác 6 tháng năm 2025") == 2025
    assert infer(12, 11, lead="Hưởng ứng chiến dịch mùa đông 2017, thanh niên giúp dân.") == 2017
    assert infer(2, 7, body="Trong 6 tháng đầu năm 2021, xã đã làm nhiều việc.") == 2021


def test_an_anniversary_tells_its_year():
    assert infer(18, 11, lead="Kỷ niệm 85 năm (18/11/1930-18/11/2015).") == 2015
    assert infer(19, 6, lead="Kỷ niệm ngày báo chí (21-6-1925 - 21-6-2017).") == 2017


def test_a_review_of_last_year_is_held_at_the_beginning_of_this():
    title = "Tổng kết công tác năm 2019, triển khai nhiệm vụ năm 2020"

    assert infer(9, 1, title=title) == 2020
    assert infer(27, 12, title=title) == 2019
    assert infer(15, 7, title=title) is None


@pytest.mark.parametrize(
    "title",
    [
        "Gặp mặt đại biểu nhiệm kỳ 2017 - 2020",
        "Biểu dương gương tốt năm 2016-2017",
        "Chương trình phối hợp giai đoạn 2021–2025",
        "Xây dựng nông thôn mới đến năm 2030",
        "Ký ức mùa xuân năm 1975",
        "Tít không nói năm nào",
    ],
)
def test_terms_and_stages_are_no_year(title):
    assert infer(25, 5, title=title) is None


def test_a_plan_made_in_december_may_be_for_next_year():
    assert infer(22, 12, title="Phản biện dự thảo kế hoạch năm 2021") is None


@pytest.mark.django_db
def test_today_never_supplies_the_year():
    article = read_article(
        "Bà con xã Tân Lập góp công làm cầu\nChiều 25/5, bà con xã Tân Lập góp công làm cầu qua kênh."
    )

    assert article.event.held_on is None
    assert article.evidence["held_on"].startswith("Chiều 25/5")
    assert any("không rõ năm" in warning for warning in article.warnings)


@pytest.mark.django_db
def test_this_morning_is_the_day_of_publication_and_says_so():
    page = (
        "Xã Tân Lập đối thoại với thanh niên\n{}Sáng nay, xã Tân Lập đối thoại với 60 thanh niên."
    )

    dated = read_article(page.format("20/04/2021 10:05\n"))
    undated = read_article(page.format(""))

    assert (dated.event.held_on, dated.event.session) == (date(2021, 4, 20), "sang")
    assert any("suy từ ngày đăng" in warning for warning in dated.warnings)
    assert undated.event.held_on is None


# --- what it speaks for ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("title", "kind", "period"),
    [
        ("Sơ kết công tác Dân vận 6 tháng đầu năm 2024", EventKind.INTERIM_REVIEW, "2024-H1"),
        ("Sơ kết 6 tháng đầu năm, nhiệm vụ 6 tháng cuối năm 2021", EventKind.INTERIM_REVIEW, "2021-H1"),
        ("SƠ KẾT CÔNG TÁC 9 THÁNG ĐẦU NĂM 2025", EventKind.INTERIM_REVIEW, "2025-9T"),
        ("Giao ban công tác quý I năm 2023", EventKind.BRIEFING, "2023-Q1"),
        ("Giao ban quý III/2023, triển khai nhiệm vụ quý IV/2023", EventKind.BRIEFING, "2023-Q3"),
        ("Giao ban công tác dân vận tháng 7 năm 2021", EventKind.BRIEFING, "2021-07"),
        ("Tổng kết công tác năm 2019, triển khai nhiệm vụ năm 2020", EventKind.FINAL_REVIEW, "2019"),
        ("Triển khai công tác dân vận năm 2020", EventKind.ROLL_OUT, "2020"),
        ("Tổng kết 10 năm thực hiện Quyết định 217", EventKind.FINAL_REVIEW, ""),
        ("Kết quả 01 năm thực hiện Nghị quyết 01", EventKind.SURVEY, ""),
        ("Tổng kết phong trào giai đoạn 2016 - 2020", EventKind.FINAL_REVIEW, ""),
        ("Khánh thành cầu dân sinh năm 2020", EventKind.CEREMONY, ""),
    ],
)  # fmt: skip
def test_the_period_is_what_is_reviewed(title, kind, period):
    assert periods_in_text.find_period(title, [], kind=kind, year=None)[0] == period


def test_half_a_year_without_a_year_takes_the_events():
    title = "Sơ kết công tác 6 tháng đầu năm"

    assert periods_in_text.find_period(title, [], kind="so-ket", year="2022")[0] == "2022-H1"
    assert periods_in_text.find_period(title, [], kind="so-ket", year=None)[0] == ""
