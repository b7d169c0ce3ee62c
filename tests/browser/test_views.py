"""Lượt xem in a real browser: once per tab, on the page at once, and without script too."""

import pytest
from playwright.sync_api import expect

from reports import readership
from reports.models import ViewCount
from reports.readership import ViewsInHand
from tests.factories import ReportFactory

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def in_hand(monkeypatch):
    hand = ViewsInHand()
    monkeypatch.setattr(readership, "SECONDS_IN_HAND", 3600)
    monkeypatch.setattr("reports.reading_views.in_hand", hand)
    # The browser of the tests says that it is one.
    monkeypatch.setattr("reports.reading_views.is_robot", lambda agent: False)
    yield hand
    hand.write()


def stored(report):
    return ViewCount.objects.filter(pk=report.pk).values_list("count", flat=True).first()


def test_a_reader_counts_once_and_sees_it(live_server, page, in_hand):
    report = ReportFactory(published=True)
    ViewCount.add(report.pk, 1283)
    address = live_server.url + report.get_absolute_url()

    said = []
    page.on("request", lambda asked: asked.method == "POST" and said.append(asked))
    page.clock.install()
    page.goto(address)
    page.clock.run_for(5000)
    expect(page.locator("[data-number]")).to_have_text("1.284")
    page.reload()
    page.clock.run_for(5000)
    page.goto("about:blank")

    assert len(said) == 1
    in_hand.write()
    assert stored(report) == 1284
    assert page.context.cookies() == []


def test_without_script_a_reader_counts_too(live_server, open_tab, in_hand):
    report = ReportFactory(published=True)
    tab = open_tab(360, java_script_enabled=False)

    tab.goto(live_server.url + report.get_absolute_url())

    in_hand.write()
    assert stored(report) == 1
