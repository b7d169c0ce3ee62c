"""One question, one answer: every door tells the same number of reports for the same conditions."""

import csv
import json
from datetime import UTC, date, datetime, timedelta
from io import StringIO
from random import Random
from urllib.parse import urlencode
from xml.etree import ElementTree

import pytest
from django.urls import reverse
from hypothesis import example, given, settings
from hypothesis import strategies as st

from reports.feeds import ITEMS
from reports.models import EventKind
from tests.factories import (
    ContributionFactory,
    CorrectionFactory,
    EventFactory,
    OrganisationFactory,
    PersonFactory,
    ReportFactory,
    SectionFactory,
    TopicFactory,
)
from units.models import Unit

pytestmark = pytest.mark.django_db

CONDITIONS = {
    "q": ["dong lua", "dong", '"ben song"', "khongco"],
    "don-vi": ["t2-91", "t2-30502", "t2-01"],
    "don-vi-cu": ["1"],
    "chuyen-muc": ["muc-mot", "muc-hai", "chua-phan-loai"],
    "loai": ["doi-thoai", "chua-phan-loai"],
    "to-chuc": ["hoi-mot", "chua-phan-loai"],
    "chu-de": ["chu-de-mot", "chu-de-hai", "chua-phan-loai"],
    "muc": ["II.3", "chua-phan-loai"],
    "ky": ["2023", "2024", "2024-Q1", "2024-02"],
    "quy-uoc": ["lich", "15-14"],
    "tu": ["2024-01-15"],
    "den": ["2024-03-01"],
    "chua-ro-ngay": ["1"],
    "dinh-chinh": ["1"],
    "sap-xep": ["cu", "ngay-dien-ra"],
}
# All choices of a facet; a report has one of each.
CHOICES = {name: CONDITIONS[name] for name in ("chuyen-muc", "to-chuc", "muc")} | {
    "loai": [*EventKind.values, "chua-phan-loai"]
}


@pytest.fixture
def many():
    """Forty reports with everything by chance over two years; a few more that nobody may count."""
    random = Random(11)
    sections = [SectionFactory(name="Mục một"), SectionFactory(name="Mục hai"), None]
    organisations = [OrganisationFactory(name="Hội một"), None]
    topics = [TopicFactory(name="Chủ đề một"), TopicFactory(name="Chủ đề hai")]
    events = [
        EventFactory(kind=EventKind.DIALOGUE, event_on=date(2023, 12, 26)),
        EventFactory(kind=EventKind.INTERIM_REVIEW, event_on=date(2024, 3, 1)),
        EventFactory(kind=EventKind.INTERIM_REVIEW),
        None,
        None,
    ]
    person = PersonFactory(name="Người Viết")
    units = [Unit.objects.get(pk=key) for key in ("t2-91", "t2-30502", "t2-01")]
    first = datetime(2023, 6, 1, 17, tzinfo=UTC)  # midnight at home
    hidden = [{}, {"scheduled": True}, {"withdrawn": True}]
    for number in range(43):
        state = (
            hidden[number - 40]
            if number >= 40
            else {
                "published": True,
                "published_at": first + timedelta(days=random.randrange(400)),
                "published_is_estimate": random.random() < 0.2,
            }
        )
        report = ReportFactory(
            **state,
            title=random.choice(["Đồng lúa", "Bến sông", "Lúa trên đồng"]),
            unit=random.choice(units),
            section=random.choice(sections),
            event=random.choice(events),
            organisation=random.choice(organisations),
            heading=random.choice(["II.3", ""]),
        )
        report.topics.set(random.sample(topics, random.randrange(3)))
        if random.random() < 0.3:
            CorrectionFactory(report=report)
        if random.random() < 0.5:
            ContributionFactory(report=report, person=person)
    return person


def body(client, name, query):
    response = client.get(f"{reverse(name)}?{query}")
    assert response.status_code == 200, query
    return response.getvalue().decode()


def rows_of_all_pages(client, query):
    """The keys of the reports on every page of the list, by turning the pages."""
    keys, number, last = [], 1, 1
    while number <= last:
        page = client.get(f"{reverse('reports:list')}?{query}&trang={number}").context["page"]
        keys += [report.pk for report in page]
        number, last = number + 1, page.last
    return keys


@settings(max_examples=25, deadline=None)
@example(chosen={}, of_person=False)
@example(chosen={"ky": "2024", "quy-uoc": "15-14"}, of_person=False)
@example(chosen={"q": "dong lua", "don-vi": "t2-91", "don-vi-cu": "1"}, of_person=False)
@example(chosen={"sap-xep": "ngay-dien-ra"}, of_person=False)
@given(
    chosen=st.dictionaries(st.sampled_from(list(CONDITIONS)), st.integers(0, 3), max_size=3).map(
        lambda drawn: {
            name: CONDITIONS[name][at % len(CONDITIONS[name])] for name, at in drawn.items()
        }
    ),
    of_person=st.booleans(),
)
def test_every_door_tells_the_same_number(client, many, chosen, of_person):
    query = urlencode(chosen | ({"tac-gia": many.pk} if of_person else {}))
    response = client.get(f"{reverse('reports:list')}?{query}")
    page, filters = response.context["page"], response.context["filters"]
    assert filters.notices == []

    keys = rows_of_all_pages(client, query)
    assert len(keys) == len(set(keys)) == page.total

    # The files and feeds know no order by day, which leaves out what has no day.
    if filters.order != "ngay-dien-ra":
        table = list(csv.reader(StringIO(body(client, "reports:csv", query))))
        assert len(table) - 1 == page.total
        as_json = json.loads(body(client, "reports:json", query))
        assert {row["ma"] for row in as_json["bai"]} == set(keys)
        channel = ElementTree.fromstring(body(client, "reports:feed", query)).find("channel")
        assert len(channel.findall("item")) == min(page.total, ITEMS)
        number = f"Có {page.total} bài" if page.total else "Chưa có bài nào"
        assert number in channel.findtext("description")
        feed = json.loads(body(client, "reports:json_feed", query))
        assert len(feed["items"]) == min(page.total, ITEMS)

    for facet, choices in CHOICES.items():
        if facet not in chosen:
            assert sum(filters.facets.of(facet, choice) for choice in choices) == page.total, facet


@settings(max_examples=12, deadline=None)
@given(
    words=st.sampled_from(CONDITIONS["q"]),
    more=st.dictionaries(
        st.sampled_from(["don-vi", "chuyen-muc", "to-chuc", "ky", "muc"]), st.just(0), max_size=2
    ),
)
def test_the_search_counts_like_the_list(client, many, words, more):
    query = urlencode({"q": words} | {name: CONDITIONS[name][0] for name in more})

    listed = client.get(f"{reverse('reports:list')}?{query}").context["page"].total
    found = client.get(f"{reverse('search')}?{query}").context["page"].total

    assert found == listed


def test_years_months_and_their_lists_add_up_to_all(client, many):
    everything = client.get(reverse("reports:list")).context["page"].total
    in_years = 0
    for year in (2023, 2024):
        page = client.get(reverse("reports:archive_year", args=[year]))
        in_months = 0
        for _, number, address in page.context["months"]:
            assert client.get(address).context["page"].total == number
            in_months += number
        assert page.context["number"] == in_months
        in_years += in_months

    assert in_years == everything == 40
