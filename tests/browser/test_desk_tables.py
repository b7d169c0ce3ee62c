"""The desk's numbers in a real browser: choosing a unit by typing, a number that leads to its reports."""

from datetime import date

import pytest
from playwright.sync_api import expect

from reports.models import Event, EventKind, MemberRole
from tests.browser.looking import RULES_OF_COLOUR, broken_rules
from tests.browser.signing_in import sign_in
from tests.factories import MembershipFactory, ReportFactory
from units.models import Unit

pytestmark = pytest.mark.django_db(transaction=True)
ASKED = "don-vi=t2-91&ky=2026&quy-uoc=lich"
PAGES = ("", "danh-sach/", "cung-ky/", "dien-bien/")
# How the rows stand: the address of each table may say so.
ROWS = "xep=nhieu&nhom=muc"


@pytest.fixture
def desk(registry):
    for month in (2, 3, 5):
        for year in (2025, 2026):
            unit = Unit.objects.get(pk="t2-30682" if year == 2026 else "t3-894")
            event = Event.objects.create(
                name=f"Sơ kết {month}/{year}",
                kind=EventKind.INTERIM_REVIEW,
                unit=unit,
                event_on=date(year, month, 5),
            )
            ReportFactory(published=True, unit=unit, event=event)
    return MembershipFactory(unit_id="t2-91", role=MemberRole.DESK).user


def test_a_unit_is_typed_and_a_number_leads_to_its_reports(live_server, open_tab, desk):
    tab = open_tab(1280)
    sign_in(tab, live_server, desk)
    tab.goto(f"{live_server.url}/tong-hop/?ky=2026")

    # At once: each pause in typing would bring other offers.
    tab.get_by_label("Đơn vị", exact=True).fill("thoai son, an giang")
    tab.get_by_role("option", name="Xã Thoại Sơn").first.click()
    expect(tab.get_by_role("checkbox", name="Xã Thoại Sơn")).to_be_checked()
    tab.get_by_label("Kỳ", exact=True).select_option("2026-H1")
    tab.get_by_role("button", name="Xem số liệu").click()

    expect(tab).to_have_url(f"{live_server.url}/tong-hop/?don-vi=t2-30682&ky=2026-H1&quy-uoc=lich")
    number = tab.get_by_role("row", name="Cộng").get_by_role("link").first
    expect(number).to_have_text("3")
    number.click()
    expect(tab.get_by_role("heading", name="3 bài", exact=True)).to_be_visible()


@pytest.mark.parametrize("width", [360, 1280])
def test_the_pages_of_numbers_hold_to_the_rules(live_server, open_tab, desk, width):
    tab = open_tab(width)
    sign_in(tab, live_server, desk)
    for page in PAGES:
        tab.goto(f"{live_server.url}/tong-hop/{page}?{ASKED}&don-vi-cu=1&{ROWS}")
        tab.get_by_text("Thêm điều kiện").click()
        if width == 360:
            tab.get_by_text("Thêm", exact=True).click()
            expect(tab.get_by_role("link", name="Mẫu báo cáo")).to_be_visible()

        assert (page, broken_rules(tab)) == (page, [])
        assert tab.evaluate("document.documentElement.scrollWidth") == width


@pytest.mark.parametrize("theme", ["dark", "contrast"])
def test_charts_hold_on_every_ground(live_server, open_tab, desk, theme):
    tab = open_tab(360, theme)
    sign_in(tab, live_server, desk)
    for page in ("", "cung-ky/"):
        tab.goto(f"{live_server.url}/tong-hop/{page}?{ASKED}&don-vi-cu=1")

        assert (page, broken_rules(tab, only=RULES_OF_COLOUR)) == (page, [])
