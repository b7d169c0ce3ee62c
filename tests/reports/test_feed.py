"""The feed is read by strangers' programs: it must be whole, absolute and only what is public."""

from datetime import datetime

import feedparser
import pytest
from django.urls import reverse
from django.utils import timezone

from reports.models import EventKind
from tests.factories import (
    ContributionFactory,
    EventFactory,
    PersonFactory,
    PhotoFactory,
    ReportFactory,
    SectionFactory,
    next_commune,
)
from units.models import Unit

pytestmark = pytest.mark.django_db


def feed(client, **query):
    response = client.get(reverse("reports:feed"), query)
    assert response.status_code == 200
    parsed = feedparser.parse(response.content)
    assert not parsed.bozo
    return parsed


def test_an_item_says_what_the_page_says(client):
    moment = timezone.make_aware(datetime(2024, 7, 3, 8, 15))
    report = ReportFactory(
        published=True,
        title="Tít có & dấu <",
        published_at=moment,
        section=SectionFactory(name="Hoạt động Đảng"),
        event=EventFactory(kind=EventKind.DIALOGUE),
    )
    ContributionFactory(report=report, person=PersonFactory(name="Minh Ngọc"), signed_as="M.N")
    photo = PhotoFactory(report=report)

    (item,) = feed(client).entries

    assert item.title == "Tít có & dấu <"
    assert item.link == f"http://127.0.0.1:8000{report.get_absolute_url()}"
    assert item.description == report.lead
    assert item.published_parsed[:5] == (2024, 7, 3, 1, 15)
    assert item.author == "M.N"
    assert {tag.term for tag in item.tags} == {report.unit_label, "Hoạt động Đảng", "đối thoại"}
    assert photo.token in item.enclosures[0].href


def test_an_estimated_publication_has_no_date(client):
    ReportFactory(published=True, published_is_estimate=True)

    (item,) = feed(client).entries

    assert "published" not in item


def test_the_filters_of_the_list_hold_here_too(client):
    commune = Unit.objects.get(pk="t2-30502")
    dialogue = EventFactory(kind=EventKind.DIALOGUE)
    wanted = ReportFactory(published=True, unit=commune, event=dialogue)
    ReportFactory(published=True, unit=commune)
    ReportFactory(published=True, event=dialogue, unit=Unit.objects.get(pk="t2-01"))

    titles = [
        item.title for item in feed(client, **{"don-vi": "t2-91", "loai": "doi-thoai"}).entries
    ]

    assert titles == [wanted.title]
    assert feed(client, **{"don-vi": "không có"}).feed.title.endswith("Tin bài")


def test_the_identity_of_an_item_outlives_its_title(client):
    report = ReportFactory(published=True)
    before = feed(client).entries[0].id

    report.title = "Tít đã đính chính"
    report.save()

    assert feed(client).entries[0].id == before


@pytest.mark.parametrize("count", [1, 30])
def test_the_feed_costs_the_same_however_long(client, django_assert_max_num_queries, count):
    for report in ReportFactory.create_batch(count, published=True, unit=next_commune()):
        ContributionFactory(report=report)
        PhotoFactory(report=report)
    feed(client)

    # the reports, their photos, their signatures, the persons
    with django_assert_max_num_queries(4):
        assert len(feed(client).entries) == count


def test_a_control_character_in_old_rows_breaks_nothing(client):
    report = ReportFactory(published=True)
    type(report).objects.filter(pk=report.pk).update(title="Tít\x0bcũ")

    assert client.get(reverse("reports:feed")).status_code == 200


def test_the_channel_says_how_many_there_are_in_all(client):
    section = SectionFactory(name="Tin tức")
    ReportFactory.create_batch(32, published=True, section=section)
    ReportFactory(published=True)
    ReportFactory(section=section)

    parsed = feed(client, **{"chuyen-muc": section.slug})

    assert len(parsed.entries) == 30
    assert parsed.feed.subtitle == (
        "Tin, bài về công tác dân vận (Tin tức), mới nhất trước."
        " Có 32 bài; ở đây là 30 bài mới nhất."
    )
    assert feed(client, ky="1990").feed.subtitle.endswith("Chưa có bài nào.")


def json_feed(client, **query):
    response = client.get(reverse("reports:json_feed"), query)
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "application/feed+json; charset=utf-8"
    return response.json()


def test_the_json_feed_is_one_by_its_rules_and_says_the_same(client):
    report = ReportFactory(published=True, title="Tít có <dấu>")
    ContributionFactory(report=report, person=PersonFactory(name="Minh Ngọc"))
    photo = PhotoFactory(report=report)
    ReportFactory(published=True, published_is_estimate=True, lead="")

    data, parsed = json_feed(client), feed(client)

    assert data["version"] == "https://jsonfeed.org/version/1.1"
    assert data["feed_url"] == "http://127.0.0.1:8000/tin/feed.json"
    assert data["description"] == parsed.feed.subtitle
    assert [item["id"] for item in data["items"]] == [item.id for item in parsed.entries]
    assert [item["url"] for item in data["items"]] == [item.link for item in parsed.entries]
    assert ["date_published" in item for item in data["items"]] == [
        "published" in item for item in parsed.entries
    ]
    item = data["items"][[item["title"] for item in data["items"]].index("Tít có <dấu>")]
    assert datetime.fromisoformat(item["date_published"]) == report.published_at.replace(
        microsecond=0
    )
    assert item["authors"] == [{"name": "Minh Ngọc"}]
    assert item["image"] == f"http://127.0.0.1:8000{photo.src}"
    for item in data["items"]:
        assert item["content_text"]
        assert isinstance(item["id"], str)


def test_the_json_feed_has_the_filters_of_the_list(client):
    commune = Unit.objects.get(pk="t2-30502")
    wanted = ReportFactory(published=True, unit=commune)
    ReportFactory(published=True, unit=Unit.objects.get(pk="t2-01"))
    for state in ({}, {"scheduled": True}, {"withdrawn": True}):
        ReportFactory(unit=commune, **state)

    data = json_feed(client, **{"don-vi": "t2-91"})

    assert [item["title"] for item in data["items"]] == [wanted.title]
    assert data["home_page_url"] == "http://127.0.0.1:8000/tin/?don-vi=t2-91"


@pytest.mark.parametrize(
    "query", [{"ky": "x"}, {"don-vi": "thoi son"}, {"sap-xep": "x"}, {"q": "!"}]
)
def test_feeds_survive_what_they_do_not_understand(client, query):
    ReportFactory(published=True)

    feed(client, **query)
    json_feed(client, **query)
