"""A report's page shows everything stored, under an address that stays true."""

import json
import re
from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from reports.models import EventKind, Genre, Report, ReportHeading, Session, ViewCount
from tests.factories import (
    ContributionFactory,
    CorrectionFactory,
    EventFactory,
    FigureFactory,
    OrganisationFactory,
    PersonFactory,
    PhotoFactory,
    ReportFactory,
    SectionFactory,
    TopicFactory,
    UserFactory,
    next_commune,
)
from units.models import Unit

pytestmark = pytest.mark.django_db


def at(text):
    return timezone.make_aware(datetime.fromisoformat(text))


def page_of(client, report, **query):
    return client.get(report.get_absolute_url(), query).content.decode()


def plain(html):
    """The words of a page, as they are read."""
    html = re.sub(r"<(script|style).*?</\\1>", " ", html, flags=re.S)
    return " ".join(re.sub(r"<[^>]+>", " ", html).replace("&nbsp;", " ").split())


def json_ld(html):
    found = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html, re.S)
    return {data["@type"]: data for data in map(json.loads, found)}


@pytest.fixture
def full_report():
    """A report with everything a report can have."""
    event = EventFactory(
        name="Hội nghị sơ kết 6 tháng",
        event_on=date(2024, 7, 2),
        session=Session.AFTERNOON,
        venue="Hội trường UBND thị xã",
        chair="Ông Chủ Trì",
        kind=EventKind.INTERIM_REVIEW,
    )
    report = ReportFactory(
        published=True,
        title="Tít của bài",
        lead="Sapo của bài.",
        body="<p>Đoạn đầu.</p><h2>Mục nhỏ</h2><p>Đoạn sau.</p>",
        unit=Unit.objects.get(pk="t3-30517"),
        section=SectionFactory(name="Hoạt động Đảng"),
        organisation=OrganisationFactory(name="Hội Nông dân"),
        heading=ReportHeading.FRONT,
        event=event,
        period_start=date(2024, 1, 1),
        period_end=date(2024, 6, 30),
        published_at=at("2024-07-03 08:15"),
        byline_organisation="Trung tâm VH–TT–TT",
        source_name="Báo Mẫu",
        source_url="https://bao.example/bai",
        original_url="https://cu.example/tin/1",
    )
    report.topics.add(TopicFactory(name="Dân vận khéo"))
    writer, photographer = PersonFactory(name="Minh Viết"), PersonFactory(name="Thanh Chụp")
    ContributionFactory(report=report, person=writer, role="author", signed_as="M.V")
    ContributionFactory(report=report, person=photographer, role="photographer", order=1)
    PhotoFactory(report=report, caption="Toàn cảnh", alt="Hội trường", credit=photographer)
    PhotoFactory(report=report, caption="Ảnh hai", credit_text="TTXVN", order=1)
    FigureFactory(
        report=report,
        indicator="tổng kinh phí",
        value=Decimal("2811.7"),
        unit_of_measure="triệu đồng",
        confirmed_by=UserFactory(),
    )
    FigureFactory(report=report, indicator="con số chưa ai xác nhận", value=77)
    CorrectionFactory(report=report, text="Con số đúng là 46.", decided_at=at("2024-07-06 14:20"))
    ViewCount.add(report.pk, 1098)
    return report


# --- what it shows -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "words",
    [
        "Tít của bài",
        "Sapo của bài.",
        "Đoạn đầu. Mục nhỏ Đoạn sau.",
        "Diễn ra chiều 02/07/2024",
        "Nói về 6 tháng đầu năm 2024",
        "Đăng 03/07/2024 lúc 8:15",
        "Phường Thới Sơn, thị xã Tịnh Biên, tỉnh An Giang (nay thuộc phường Thới Sơn, tỉnh An Giang )",
        "Đơn vị này có tới hết ngày 30/06/2025 .",
        "Hoạt động Đảng",
        "Hội Nông dân",
        "II.3. Mặt trận, đoàn thể, hội quần chúng",
        "Dân vận khéo",
        "Tin: M.V – Ảnh: Thanh Chụp Trung tâm VH–TT–TT",
        "Toàn cảnh Ảnh: Thanh Chụp",
        "Ảnh hai Ảnh: TTXVN",
        "tổng kinh phí 2.811,7 triệu đồng",
        "Đính chính ngày 06/07/2024 Con số đúng là 46.",
        "Nguồn: Báo Mẫu",
        "Lượt xem: 1.098",
        "Hội nghị sơ kết 6 tháng",
        "Hội trường UBND thị xã",
        "Chủ trì: Ông Chủ Trì",
    ],
)
def test_it_shows_what_is_stored(client, full_report, words):
    assert words in plain(page_of(client, full_report))


def test_a_figure_nobody_confirmed_is_not_shown(client, full_report):
    assert "chưa ai xác nhận" not in page_of(client, full_report)


def test_corrections_stand_above_the_text(client, full_report):
    page = page_of(client, full_report)

    assert page.index("Con số đúng là 46.") < page.index("Đoạn đầu.")


def test_photos_come_in_two_formats_with_their_size(client, full_report):
    page = page_of(client, full_report)
    photo = full_report.photos.all()[0]

    assert f'srcset="{photo.webp_srcset}"' in page
    assert f'srcset="{photo.jpeg_srcset}"' in page
    assert 'width="1600" height="1067" alt="Hội trường"' in page


def test_unknown_dates_say_so_and_none_stands_in_for_another(client):
    report = ReportFactory(
        published=True, published_is_estimate=True, published_at=at("2024-07-01 08:00")
    )

    words = plain(page_of(client, report))

    assert "Diễn ra chưa rõ ngày Nói về chưa rõ kỳ Đăng khoảng tháng 7/2024" in words
    assert "01/07/2024" not in words


def test_an_event_without_a_day_is_no_day(client):
    report = ReportFactory(published=True, event=EventFactory(event_on=None))

    assert "Diễn ra chưa rõ ngày" in plain(page_of(client, report))


@pytest.mark.parametrize(
    ("genre", "signed", "printed"),
    [
        (Genre.NEWS, [("A", "author"), ("A", "photographer")], "Tin, ảnh: A"),
        (Genre.FEATURE, [("A", "author"), ("B", "photographer")], "Bài: A – Ảnh: B"),
        (Genre.NEWS, [("A", "author"), ("B", "author")], "Tin: A, B"),
        (Genre.NEWS, [("B", "photographer")], "Ảnh: B"),
    ],
)
def test_the_byline_is_set_as_newspapers_do(client, genre, signed, printed):
    people = {name: PersonFactory(name=name) for name, _ in signed}
    report = ReportFactory(published=True, genre=genre)
    for order, (name, role) in enumerate(signed):
        ContributionFactory(report=report, person=people[name], role=role, order=order)

    byline = re.search(r'<p class="byline">(.*?)</p>', page_of(client, report), re.S)[1]

    assert plain(byline).replace(" ,", ",") == printed


def test_an_unsigned_report_has_no_byline(client):
    assert "byline" not in page_of(client, ReportFactory(published=True))


def test_a_second_version_is_dated_and_a_save_without_a_change_is_none(client):
    report = ReportFactory(published=True, published_at=at("2024-07-03 08:15"))
    report.save()
    assert "bản này cập nhật" not in page_of(client, report)

    report.body = "<p>Đã sửa con số.</p>"
    report.save()

    assert "Bài có 2 bản" in page_of(client, report)


# --- its address -------------------------------------------------------------------------------------


def test_a_wrong_slug_or_month_leads_to_the_right_address(client):
    report = ReportFactory(published=True, published_at=at("2024-07-03 08:15"))

    for year, month, slug in (("2024", "07", "ten-khac"), ("2023", "01", report.slug)):
        address = reverse("reports:detail", args=[year, month, slug, report.pk])
        response = client.get(address)
        assert (response.status_code, response.url) == (301, report.get_absolute_url())


def test_only_what_was_ever_public_is_gone(client):
    gone = ReportFactory(withdrawn=True, title="Tít bí mật", body="<p>Chữ bí mật</p>")
    never = ReportFactory(
        withdrawn=True,
        published_at=timezone.now() + timedelta(days=1),
        withdrawn_at=timezone.now(),
    )

    response = client.get(gone.get_absolute_url())

    assert response.status_code == 410
    words = plain(response.content.decode())
    assert f"Ngày gỡ {timezone.localdate(gone.withdrawn_at):%d/%m/%Y} Lý do Trùng bài" in words
    assert "bí mật" not in words
    assert client.get(never.get_absolute_url()).status_code == 404


def test_a_withdrawn_report_never_tells_its_address(client):
    gone = ReportFactory(withdrawn=True)

    response = client.get(f"/tin/2001/01/doan-mo-{gone.pk}/")

    assert response.status_code == 410
    assert gone.slug not in response.content.decode()


def test_what_is_not_published_has_the_page_of_what_never_was(client):
    draft, scheduled = ReportFactory(), ReportFactory(scheduled=True)

    for report in (draft, scheduled):
        address = report.get_absolute_url()
        response = client.get(address)
        # The page offers a search by the words of the address: the same words, another number.
        absent = client.get(address.replace(f"-{report.pk}/", "-999999/"))
        assert (response.status_code, response.content) == (404, absent.content)


def test_a_scheduled_report_opens_when_its_moment_comes(client, monkeypatch):
    report = ReportFactory(scheduled=True)
    assert client.get(report.get_absolute_url()).status_code == 404

    moment = report.published_at
    monkeypatch.setattr(timezone, "now", lambda: moment)

    assert client.get(report.get_absolute_url()).status_code == 200


# --- the other reports below -------------------------------------------------------------------------


def test_the_other_reports_are_turned_by_number_and_never_hold_this_one(client):
    report, *others = ReportFactory.create_batch(12, published=True)

    pages = [
        client.get(report.get_absolute_url(), {"khac": number}).context["others"]
        for number in (1, 2)
    ]

    assert {other.pk for page in pages for other in page} == {other.pk for other in others}
    assert [len(page) for page in pages] == [8, 3]
    assert re.search(r'href="\?khac=2(&amp;moc=[^"]+)?#tin-khac"', page_of(client, report))


@pytest.mark.parametrize("number", ["999999999", "0", "x", "9" * 5000])
def test_any_number_of_the_other_reports_opens(client, number):
    report, _ = ReportFactory.create_batch(2, published=True)

    assert client.get(report.get_absolute_url(), {"khac": number}).status_code == 200


def test_neighbours_are_the_next_of_the_same_unit(client):
    unit = next_commune()
    days = ["2024-03-01 08:00", "2024-03-02 08:00", "2024-03-03 08:00"]
    old, middle, new = (ReportFactory(published=True, unit=unit, published_at=at(d)) for d in days)
    ReportFactory(published=True, published_at=at("2024-03-02 09:00"))
    ReportFactory(unit=unit)

    context = client.get(middle.get_absolute_url()).context

    assert (context["older"], context["newer"]) == (old, new)
    assert client.get(new.get_absolute_url()).context["newer"] is None


# --- what it costs -----------------------------------------------------------------------------------


@pytest.mark.parametrize("count", [1, 30])
def test_the_page_costs_the_same_whatever_hangs_on_it(
    client, full_report, django_assert_max_num_queries, count
):
    for number in range(count):
        ContributionFactory(report=full_report, order=number + 5)
        PhotoFactory(report=full_report, order=number + 5)
        FigureFactory(report=full_report, confirmed_by=UserFactory())
        CorrectionFactory(report=full_report)
        full_report.topics.add(TopicFactory())
        ReportFactory(published=True)
    client.get("/gioi-thieu/")  # who runs the site is remembered for a minute

    # the report with all that hangs on it, the others, its neighbours, its kin, what its unit has
    # become
    with django_assert_max_num_queries(5):
        client.get(full_report.get_absolute_url())


def test_the_page_stays_light(client, full_report):
    ReportFactory.create_batch(12, published=True)

    assert len(client.get(full_report.get_absolute_url()).content) <= 40_000


# --- what machines read ------------------------------------------------------------------------------


def test_the_news_article_says_what_the_page_says(client, full_report):
    data = json_ld(page_of(client, full_report))["NewsArticle"]

    assert data["headline"] == "Tít của bài"
    assert data["datePublished"] == "2024-07-03T08:15:00+07:00"
    assert data["dateModified"] == "2024-07-06T14:20:00+07:00"
    assert [author["name"] for author in data["author"]] == ["M.V"]
    assert data["publisher"]["name"] == "Phường Thới Sơn, thị xã Tịnh Biên, tỉnh An Giang"
    assert data["about"]["startDate"] == "2024-07-02"
    assert data["mainEntityOfPage"] == f"http://127.0.0.1:8000{full_report.get_absolute_url()}"


def test_an_estimate_is_no_date_for_machines(client):
    report = ReportFactory(published=True, published_is_estimate=True)

    page = page_of(client, report)

    assert "datePublished" not in json_ld(page)["NewsArticle"]
    assert "article:published_time" not in page
    assert "DC.date" not in page


def test_the_breadcrumb_leads_from_the_list_by_the_unit(client, full_report):
    steps = json_ld(page_of(client, full_report))["BreadcrumbList"]["itemListElement"]

    assert [step["name"] for step in steps] == ["Tin bài", "Phường Thới Sơn", "Tít của bài"]
    assert [step["position"] for step in steps] == [1, 2, 3]


def test_no_text_breaks_out_of_the_data_for_machines(client):
    evil = "</script><script>alert(1)</script><!-- & \u2028"
    report = ReportFactory(published=True, title=evil, lead=evil)

    page = page_of(client, report)

    assert "<script>alert" not in page
    assert json_ld(page)["NewsArticle"]["headline"] == Report.objects.get(pk=report.pk).title


def test_the_share_card_has_title_lead_address_and_photo(client, full_report):
    page = page_of(client, full_report)
    card = dict(re.findall(r'<meta property="(og:[a-z_:]+)" content="([^"]*)"', page))

    assert card["og:title"] == "Tít của bài"
    assert card["og:description"] == "Sapo của bài."
    assert card["og:url"] == f"http://127.0.0.1:8000{full_report.get_absolute_url()}"
    assert card["og:image"] == f"http://127.0.0.1:8000{full_report.share_image_path}"
    assert (card["og:image:width"], card["og:image:height"]) == ("1200", "630")
    assert card["og:image:alt"] == "Hội trường"
    assert f'<link rel="canonical" href="{card["og:url"]}">' in page


def test_a_report_without_a_photo_has_a_share_card_too(client):
    page = page_of(client, ReportFactory(published=True, title="Không có ảnh"))

    assert '<meta property="og:image:alt" content="Không có ảnh">' in page
    assert '<meta name="twitter:card" content="summary_large_image">' in page
    assert page.count('property="og:image" ') == 1


def test_libraries_find_dublin_core(client, full_report):
    page = page_of(client, full_report)
    core = re.findall(r'<meta name="DC\.([a-z]+)" content="([^"]*)"', page)

    assert ("title", "Tít của bài") in core
    assert ("creator", "M.V") in core
    assert ("contributor", "Thanh Chụp") in core
    assert ("date", "2024-07-03") in core
    assert ("identifier", f"http://127.0.0.1:8000{full_report.get_absolute_url()}") in core
