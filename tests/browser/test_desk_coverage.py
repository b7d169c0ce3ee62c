"""Coverage, contributions, kept filters and the committee's form in a real browser."""

from datetime import date

import pytest
from playwright.sync_api import expect

from reports.models import (
    Committee,
    ContributionRole,
    EventKind,
    MemberRole,
    ReportStatus,
    SavedFilter,
    Target,
)
from tests.browser.looking import RULES_OF_COLOUR, broken_rules
from tests.browser.signing_in import sign_in
from tests.factories import ContributionFactory, EventFactory, MembershipFactory, ReportFactory
from units.models import Unit

pytestmark = pytest.mark.django_db(transaction=True)
ASKED = "?don-vi=t2-30682,t2-30691&ky=2026-Q1&quy-uoc=15-14"
PAGES = (
    f"do-phu/{ASKED}",
    f"dong-gop/{ASKED}",
    "mau-bao-cao/",
    "bo-loc/",
    f"bo-loc/luu/{ASKED}",
    "dang-cho/",
)


@pytest.fixture
def desk(registry):
    unit = Unit.objects.get(pk="t2-30682")
    event = EventFactory(kind=EventKind.TRAINING, unit=unit, event_on=date(2026, 2, 5))
    report = ReportFactory(published=True, unit=unit, event=event)
    person = ContributionFactory(report=report, role=ContributionRole.AUTHOR).person
    ReportFactory(unit=unit, status=ReportStatus.SUBMITTED)
    committee = Committee.objects.create(unit_id="t2-91", issuing_body="Ban thử", cutoff_day=14)
    for whom in ({}, {"unit": unit}, {"person": person}):
        Target.objects.create(committee=committee, reports_a_month=1, **whom)
    SavedFilter.objects.create(unit_id="t2-91", name="Hai xã", page="coverage", query=ASKED[1:])
    return MembershipFactory(unit_id="t2-91", role=MemberRole.DESK).user


def test_a_choice_is_named_and_opened_again(live_server, open_tab, desk):
    tab = open_tab(1280)
    sign_in(tab, live_server, desk)
    tab.goto(f"{live_server.url}/tong-hop/do-phu/{ASKED}")
    table = tab.get_by_role("region", name="Bảng độ phủ").inner_text()

    tab.get_by_role("link", name="Lưu bộ lọc này").click()
    tab.get_by_label("Tên bộ lọc").fill("Quý một, hai xã")
    tab.get_by_role("button", name="Lưu bộ lọc").click()
    tab.get_by_role("link", name="Quý một, hai xã").click()

    expect(tab.get_by_role("heading", level=1)).to_contain_text("Độ phủ")
    assert tab.get_by_role("region", name="Bảng độ phủ").inner_text() == table
    tab.get_by_role("row", name="Xã Thoại Sơn").get_by_role(
        "link", name="1", exact=True
    ).last.click()
    expect(tab.get_by_role("heading", name="1 bài", exact=True)).to_be_visible()


@pytest.mark.parametrize("width", [360, 1280])
def test_the_pages_keep_the_rules_and_the_width(live_server, open_tab, desk, width):
    tab = open_tab(width)
    sign_in(tab, live_server, desk)
    found = {}

    for page in PAGES:
        tab.goto(f"{live_server.url}/tong-hop/{page}")
        too_wide = tab.evaluate("document.documentElement.scrollWidth - innerWidth")
        broken = broken_rules(tab)
        if width == 360:
            tab.evaluate("document.documentElement.dataset.theme = 'dark'")
            broken += broken_rules(tab, only=RULES_OF_COLOUR)
        if broken or too_wide > 0:
            found[page] = (too_wide, broken)

    assert found == {}
