"""The home page: the newest from everywhere, nothing twice, and a way in for everybody."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from portal.models import SiteProfile
from reports.models import ViewCount
from tests.factories import (
    EventFactory,
    PhotoFactory,
    ReportFactory,
    SectionFactory,
    TopicFactory,
    next_commune,
)

pytestmark = pytest.mark.django_db


def home(client):
    response = client.get(reverse("home"))
    assert response.status_code == 200
    return response.context


def test_the_newest_with_a_photo_leads_and_no_report_stands_twice(client):
    now = timezone.now()
    reports = [
        ReportFactory(published=True, published_at=now - timedelta(hours=hours))
        for hours in range(1, 15)
    ]
    PhotoFactory(report=reports[2])
    PhotoFactory(report=reports[5])

    context = home(client)

    assert context["lead"] == reports[2]
    rest = [report for report in reports if report != reports[2]][:11]
    assert [*context["newest"], *context["stories"]] == rest


def test_without_any_photo_the_newest_leads(client):
    report = ReportFactory(published=True)

    assert home(client)["lead"] == report


def test_it_opens_before_anything_is_published(client):
    ReportFactory()

    context = home(client)

    assert context["lead"] is None
    assert "Chưa có bài nào được đăng." in client.get("/").content.decode()


def test_units_sections_and_topics_count_published_reports(client):
    unit, section, topic = next_commune(), SectionFactory(), TopicFactory()
    for report in ReportFactory.create_batch(2, published=True, unit=unit, section=section):
        report.topics.add(topic)
    ReportFactory(unit=unit, section=section)

    context = home(client)

    assert context["units"] == [(unit, 2)]
    assert context["sections"] == [(section, 2)]
    assert context["topics"] == [(topic, 2)]


def test_a_section_without_reports_is_not_hidden(client):
    SectionFactory(name="Còn trống")

    assert "chưa có bài" in client.get("/").content.decode()


def test_events_to_come_stand_before_those_that_were(client):
    today = timezone.localdate()
    later = EventFactory(is_public=True, event_on=today + timedelta(days=9))
    soon = EventFactory(is_public=True, event_on=today)
    past = EventFactory(is_public=True, event_on=today - timedelta(days=1))

    context = home(client)

    assert (list(context["upcoming"]), list(context["past"])) == ([soon, later], [past])


def test_most_read_is_news_first_and_repeats_nothing(client):
    now = timezone.now()
    newest = ReportFactory.create_batch(12, published=True, published_at=now)
    recent, older = (
        ReportFactory(published=True, published_at=now - timedelta(days=days)) for days in (20, 200)
    )
    ReportFactory(published=True, published_at=now - timedelta(days=20))  # nobody has read it
    draft = ReportFactory()
    for report, views in ((newest[0], 900), (recent, 3), (older, 500), (draft, 999)):
        ViewCount.add(report.pk, views)

    assert home(client)["most_read"] == [recent, older]


@pytest.mark.parametrize("count", [1, 30])
def test_it_costs_the_same_however_much_there_is(client, django_assert_max_num_queries, count):
    for report in ReportFactory.create_batch(count, published=True):
        PhotoFactory(report=report)
        report.topics.add(TopicFactory())
        EventFactory(is_public=True, event_on=timezone.localdate())
    client.get(reverse("about"))

    # reports, their photos, most read twice, events to come and past; units, sections and topics with
    # their numbers apart, which a large site keeps for a while
    with django_assert_max_num_queries(12):
        client.get(reverse("home"))


def test_the_footer_names_who_runs_the_site_and_follows_a_change_at_once(client):
    assert "Cổng thông tin Dân vận" in client.get("/").content.decode()
    SiteProfile(
        name="Cổng Mới",
        area="tỉnh Mẫu",
        managing_body="Ban Tuyên giáo",
        phone="0299 123 456",
        responsible_person="bà Nguyễn Thị Mẫu",
    ).save()

    page = client.get("/").content.decode()

    for words in (
        "Cổng Mới tỉnh Mẫu",
        "Ban Tuyên giáo",
        'href="tel:0299123456"',
        "Chịu trách nhiệm nội dung: bà Nguyễn Thị Mẫu.",
    ):
        assert words in page


def test_there_is_one_profile_whatever_is_saved():
    SiteProfile(name="Một").save()
    SiteProfile(name="Hai").save()

    assert [profile.name for profile in SiteProfile.objects.all()] == ["Hai"]
