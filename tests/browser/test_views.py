"""Lượt xem in a real browser: once per tab, on the page at once, and without script too."""

import pytest
from playwright.sync_api import expect

from reports import readership
from reports.models import ViewCount
from reports.readership import ViewsInHand
from tests.factories import ReportFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


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

    page.goto(address)
    expect(page.locator("[data-number]")).to_have_text("1.284")
    page.reload()
    page.wait_for_timeout(2500)  # a second word would have come by now

    in_hand.write()
    assert stored(report) == 1284
    assert page.context.cookies() == []


def test_without_script_a_reader_counts_too(live_server, browser, browser_context_args, in_hand):
    report = ReportFactory(published=True)
    context = browser.new_context(**browser_context_args, java_script_enabled=False)
    tab = context.new_page()

    tab.goto(live_server.url + report.get_absolute_url(), wait_until="networkidle")

    in_hand.write()
    assert stored(report) == 1
    context.close()
