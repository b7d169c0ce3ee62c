"""The sitemap is complete, holds public things only, and grows without becoming slower."""

import xml.etree.ElementTree as ElementTree

import pytest
from django.urls import reverse

from reports import sitemaps
from tests.factories import ContributionFactory, EventFactory, ReportFactory, SectionFactory
from units.models import Unit

pytestmark = pytest.mark.django_db

NAMES = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}


def places(client, address):
    response = client.get(address)
    assert response.status_code == 200
    root = ElementTree.fromstring(response.content)
    return [found.text for found in root.findall(".//s:loc", NAMES)]


def everything(client):
    """All addresses of all parts, as a crawler finds them."""
    return [
        place
        for part in places(client, "/sitemap.xml")
        for place in places(client, part.removeprefix("http://127.0.0.1:8000"))
    ]


def absolute(thing):
    return f"http://127.0.0.1:8000{thing.get_absolute_url()}"


def test_every_public_thing_is_in_it_once(client):
    reports = ReportFactory.create_batch(3, published=True)
    signed = ContributionFactory(report=reports[0])
    section = SectionFactory()
    event = EventFactory(is_public=True)

    found = everything(client)

    for thing in (*reports, signed.person, section, event, Unit.objects.get(pk="t3-894")):
        assert found.count(absolute(thing)) == 1
    assert len(found) == len(set(found))
    assert len([place for place in found if "/don-vi/" in place]) == Unit.objects.count() + 1


def test_parts_are_ranges_of_keys_and_none_is_forgotten(client, monkeypatch):
    reports = ReportFactory.create_batch(7, published=True)
    monkeypatch.setattr(sitemaps, "REPORTS_PER_PART", 2)

    found = [place for place in everything(client) if "/tin/2" in place]

    assert sorted(found) == sorted(map(absolute, reports))


@pytest.mark.parametrize(
    "part", ["bai-0", "bai-99999", "bai-x", "bai-", "bai-9999999999", "khac", "bai-1-1"]
)
def test_a_part_that_is_not_there_is_not_found(client, part):
    assert client.get(f"/sitemap-{part}.xml").status_code == 404


def test_robots_are_told_where_it_is(client):
    lines = client.get("/robots.txt").content.decode().splitlines()

    assert f"Sitemap: http://127.0.0.1:8000{reverse('reports:sitemap')}" in lines
    assert not any("quan-tri" in line for line in lines)
