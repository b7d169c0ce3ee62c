"""The sitemap is complete, holds public things only, and grows without becoming slower."""

import re
import xml.etree.ElementTree as ElementTree
from datetime import datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from reports import sitemaps
from reports.models import Report
from tests.factories import (
    ContributionFactory,
    CorrectionFactory,
    EventFactory,
    ReportFactory,
    SectionFactory,
    TopicFactory,
)
from units.models import Unit

pytestmark = pytest.mark.django_db

SITE = "http://127.0.0.1:8000"
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
    section, topic = SectionFactory(), TopicFactory()
    event = EventFactory(is_public=True)

    found = everything(client)

    for thing in (*reports, signed.person, section, topic, event, Unit.objects.get(pk="t3-894")):
        assert found.count(absolute(thing)) == 1
    assert len(found) == len(set(found))
    assert len([place for place in found if "/don-vi/" in place]) == Unit.objects.count() + 1


def test_parts_are_ranges_of_keys_and_none_is_forgotten(client, monkeypatch):
    reports = ReportFactory.create_batch(7, published=True)
    monkeypatch.setattr(sitemaps, "REPORTS_PER_PART", 2)

    found = [
        place
        for place in everything(client)
        if "/tin/2" in place and not re.search(r"/tin/\d{4}/(\d\d/)?$", place)
    ]

    assert sorted(found) == sorted(map(absolute, reports))


def test_nothing_that_is_not_public_is_in_it(client):
    shown = ReportFactory(published=True)
    hidden = [ReportFactory(), ReportFactory(scheduled=True), ReportFactory(withdrawn=True)]
    signed = [ContributionFactory(report=report).person for report in hidden]
    event = EventFactory()

    found = everything(client)

    assert absolute(shown) in found
    for thing in (*hidden, *signed, event):
        assert absolute(thing) not in found


def test_it_keeps_the_rules_of_the_protocol(client):
    """sitemaps.org: one kind of root, absolute addresses of this host below 2,048 signs, W3C moments."""
    report = ContributionFactory(report=ReportFactory(published=True, title="A & B <c>")).report
    report.event = EventFactory()
    report.save()

    for address in ("/sitemap.xml", *places(client, "/sitemap.xml")):
        content = client.get(address.removeprefix(SITE)).content
        root = ElementTree.fromstring(content)
        kind, child = (
            ("sitemapindex", "sitemap") if address == "/sitemap.xml" else ("urlset", "url")
        )
        assert root.tag == f"{{{NAMES['s']}}}{kind}"
        assert {row.tag for row in root} == {f"{{{NAMES['s']}}}{child}"}
        assert 0 < len(root) <= 50_000
        assert len(content) <= 50_000_000
        for row in root:
            parts = [part.tag.partition("}")[2] for part in row]
            assert parts in (["loc"], ["loc", "lastmod"])
            assert row[0].text.startswith(f"{SITE}/")
            assert len(row[0].text) < 2_048
            if len(parts) == 2:
                moment = datetime.fromisoformat(row[1].text)
                assert moment.utcoffset() is not None
                assert moment <= timezone.now()


def lastmod(client, part, thing):
    root = ElementTree.fromstring(client.get(f"/sitemap-{part}.xml").content)
    (row,) = [row for row in root if row[0].text == absolute(thing)]
    return datetime.fromisoformat(row[1].text)


def test_a_report_changed_when_its_readers_saw_a_change(client):
    report = ReportFactory(published=True)
    part = f"bai-{(report.pk - 1) // sitemaps.REPORTS_PER_PART + 1}"
    saved = timezone.localtime(report.updated_at).replace(microsecond=0)
    assert lastmod(client, part, report) == saved

    corrected_at = timezone.now().replace(microsecond=0)
    Report.objects.filter(pk=report.pk).update(updated_at=corrected_at - timedelta(days=3))
    CorrectionFactory(report=report, decided_at=corrected_at)
    assert lastmod(client, part, report) == corrected_at

    # Written long ago, on view since a moment ago.
    scheduled = ReportFactory(published=True, published_at=corrected_at)
    Report.objects.filter(pk=scheduled.pk).update(updated_at=corrected_at - timedelta(days=9))
    assert lastmod(client, part, scheduled) == corrected_at


def test_the_months_with_reports_are_in_it(client):
    ReportFactory(published=True, published_at=timezone.make_aware(datetime(2023, 12, 31, 23, 30)))

    found = everything(client)

    assert f"{SITE}/tin/2023/" in found
    assert f"{SITE}/tin/2023/12/" in found
    assert f"{SITE}/tin/2024/" not in found


@pytest.mark.parametrize(
    "part", ["bai-0", "bai-99999", "bai-x", "bai-", "bai-9999999999", "khac", "bai-1-1"]
)
def test_a_part_that_is_not_there_is_not_found(client, part):
    assert client.get(f"/sitemap-{part}.xml").status_code == 404


def test_robots_are_told_where_it_is(client):
    lines = client.get("/robots.txt").content.decode().splitlines()

    assert f"Sitemap: http://127.0.0.1:8000{reverse('reports:sitemap')}" in lines
    assert not any("quan-tri" in line for line in lines)
