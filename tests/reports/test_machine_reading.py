"""What machines read on a report's page says what people read on it."""

import json
import re
from datetime import date, datetime, timedelta

import pytest
from django.utils import timezone

from tests.factories import (
    ContributionFactory,
    CorrectionFactory,
    EventFactory,
    PersonFactory,
    ReportFactory,
    SectionFactory,
    TopicFactory,
)

pytestmark = pytest.mark.django_db

SITE = "http://127.0.0.1:8000"


def read(client, thing):
    """(the page, {type: its JSON-LD})."""
    page = client.get(thing.get_absolute_url()).content.decode()
    found = re.findall(r'<script type="application/ld\+json">(.+?)</script>', page)
    return page, {data["@type"]: data for data in map(json.loads, found)}


def meta(page):
    return re.findall(r'<meta (?:name|property)="([^"]+)" content="([^"]*)">', page)


@pytest.fixture
def report():
    report = ReportFactory(
        published=True,
        published_at=timezone.make_aware(datetime(2024, 7, 3, 8, 15)),
        event=EventFactory(event_on=date(2024, 7, 2), ends_on=date(2024, 7, 3)),
        section=SectionFactory(name="Tin tức"),
    )
    report.topics.add(TopicFactory(name="Dân vận khéo"))
    ContributionFactory(report=report, person=PersonFactory(name="Minh Ngọc"), signed_as="M.N")
    ContributionFactory(report=report, person=PersonFactory(name="Thanh Xuân"), role="photographer")
    return report


def test_its_days_are_those_the_page_prints(client, report):
    page, data = read(client, report)
    printed = re.findall(r'<time datetime="([^"]+)">', page)

    article = data["NewsArticle"]
    assert article["datePublished"] == "2024-07-03T08:15:00+07:00"
    assert article["datePublished"].replace(":00+", "+") in printed
    assert (article["about"]["startDate"], article["about"]["endDate"]) == (
        "2024-07-02",
        "2024-07-03",
    )
    assert {"2024-07-02", "2024-07-03"} <= set(printed)
    assert ("DC.date", "2024-07-03") in meta(page)
    published = dict(meta(page))["article:published_time"]
    assert datetime.fromisoformat(published) == report.published_at


def test_a_correction_is_the_day_it_changed(client, report):
    assert read(client, report)[1]["NewsArticle"]["dateModified"] == "2024-07-03T08:15:00+07:00"
    assert "article:modified_time" not in dict(meta(read(client, report)[0]))

    CorrectionFactory(report=report, decided_at=report.published_at + timedelta(days=2))
    page, data = read(client, report)

    assert data["NewsArticle"]["dateModified"] == "2024-07-05T08:15:00+07:00"
    assert dict(meta(page))["article:modified_time"] == "2024-07-05T08:15:00+07:00"


def test_an_estimate_is_no_date_anywhere(client):
    page, data = read(client, ReportFactory(published=True, published_is_estimate=True))

    assert "datePublished" not in data["NewsArticle"]
    assert not {"DC.date", "article:published_time", "article:modified_time"} & set(
        dict(meta(page))
    )


def test_an_event_without_a_day_has_none_for_machines(client):
    event = EventFactory(is_public=True)

    assert "startDate" not in read(client, event)[1]["Event"]


def test_persons_stand_there_as_printed(client, report):
    page, data = read(client, report)

    assert [author["name"] for author in data["NewsArticle"]["author"]] == ["M.N"]
    assert ("DC.creator", "M.N") in meta(page)
    assert ("DC.contributor", "Thanh Xuân") in meta(page)


def test_an_organisation_that_signs_alone_is_the_creator(client):
    page, data = read(client, ReportFactory(published=True, byline_organisation="Trung tâm VH"))

    assert data["NewsArticle"]["author"] == [{"@type": "Organization", "name": "Trung tâm VH"}]
    assert ("DC.creator", "Trung tâm VH") in meta(page)


def test_the_dublin_core_is_whole(client, report):
    page, _ = read(client, report)

    for pair in [
        ("DC.title", report.title),
        ("DC.description", report.lead),
        ("DC.publisher", report.unit_full_label),
        ("DC.identifier", f"{SITE}{report.get_absolute_url()}"),
        ("DC.subject", "Dân vận khéo"),
        ("DC.language", "vi"),
    ]:
        assert pair in meta(page)


def test_the_breadcrumb_leads_from_the_list_to_the_page(client, report):
    _, data = read(client, report)

    steps = data["BreadcrumbList"]["itemListElement"]
    assert [step["position"] for step in steps] == [1, 2, 3]
    assert steps[0]["item"] == f"{SITE}/tin/"
    assert steps[-1]["item"] == f"{SITE}{report.get_absolute_url()}"
    for step in steps:
        assert client.get(step["item"].removeprefix(SITE)).status_code == 200


@pytest.mark.parametrize(
    ("query", "is_for_indexes"),
    [
        ("", True),
        ("?loai=le", True),
        ("?don-vi=t2-91", True),
        ("?don-vi=t2-91&loai=le", False),
        ("?ky=2024", False),
        ("?q=lua", False),
        ("?sap-xep=cu", False),
        ("?tu=32/13/2024", False),
    ],
)
def test_endless_combinations_stay_out_of_indexes(client, report, query, is_for_indexes):
    page = client.get(f"/tin/{query}").content.decode()

    assert ('<meta name="robots" content="noindex, follow">' not in page) is is_for_indexes
    assert page.count('<link rel="canonical" href="http://127.0.0.1:8000/tin/') == 1


def test_a_marked_page_has_the_plain_page_as_its_real_address(client):
    ReportFactory.create_batch(21, published=True)
    html = client.get("/tin/").content.decode()
    second = re.search(r'href="(\?trang=2[^"]+)"', html)[1].replace("&amp;", "&")

    page = client.get(f"/tin/{second}").content.decode()

    assert "moc=" in second
    assert '<link rel="canonical" href="http://127.0.0.1:8000/tin/?trang=2">' in page
