"""The desk in a real browser with words nobody wrote for a narrow screen, and with the keyboard alone."""

from datetime import date

import pytest

from reports.models import Initiative, MemberRole, Promise, SavedFilter
from tests.browser.looking import way_of_the_keyboard
from tests.browser.signing_in import sign_in
from tests.factories import (
    ContributionFactory,
    EventFactory,
    FigureFactory,
    MembershipFactory,
    PersonFactory,
    ReportFactory,
)

pytestmark = pytest.mark.django_db(transaction=True)
UNIT = "t2-30682"
# An address pasted as a title: nowhere to break it, and markup to be shown as it was typed.
ENDLESS = "<img src=x onerror=window.fired=1>" + "https://" + "x" * 100
CHOICE = f"don-vi={UNIT}&ky=2026"
PAGES = (
    "", "danh-sach/", "hoi-nghi/", "dong-gop/", "chi-tieu/", "chi-tieu/xac-nhan/", "nhiem-vu/",
    "nhiem-vu/tim/", "diem-tin/moi/", "dan-van-kheo/", "bo-loc/", "xuat/ban-in/",
)  # fmt: skip


@pytest.fixture
def desk(registry):
    user = MembershipFactory(unit_id=UNIT, role=MemberRole.DESK).user
    event = EventFactory(
        name=ENDLESS, event_on=date(2026, 7, 3), unit_id=UNIT, venue=ENDLESS, chair=ENDLESS
    )
    report = ReportFactory(
        published=True, unit_id=UNIT, title=ENDLESS, lead=ENDLESS, event=event,
        body=f"<p>Góp 312 ngày công {'x' * 90}.</p><h2>Nhiệm vụ năm 2027</h2><ul><li>Xã sẽ sửa {'x' * 90}.</li></ul>",
    )  # fmt: skip
    ContributionFactory(report=report, person=PersonFactory(name=ENDLESS[:120]))
    FigureFactory(
        report=report, indicator=ENDLESS[:100], confirmed_by=user, unit_of_measure="x" * 50,
        sentence=ENDLESS,
    )  # fmt: skip
    Promise.objects.create(
        unit_id=UNIT, report=report, text=ENDLESS,
        period_start=date(2026, 7, 1), period_end=date(2026, 12, 31),
    )  # fmt: skip
    Initiative.objects.create(
        name=ENDLESS, field="kinh-te", unit_id=UNIT, registered_year=2026, step="dang-ky",
        created_by=user,
    )  # fmt: skip
    SavedFilter.objects.create(
        unit_id=UNIT, name=ENDLESS[:100], page="table", query=CHOICE, created_by=user
    )
    return user


def test_endless_words_stay_words_and_inside_the_screen(live_server, open_tab, desk):
    tab = open_tab(360)
    sign_in(tab, live_server, desk)

    wide = {}
    for page in PAGES:
        tab.goto(f"{live_server.url}/tong-hop/{page}?{CHOICE}")
        width = tab.evaluate("document.documentElement.scrollWidth")
        if width > 360 or tab.evaluate("'fired' in window"):
            wide[page] = width
    assert wide == {}


def test_the_tab_key_walks_through_the_table_in_sight(live_server, open_tab, desk):
    tab = open_tab(360)
    sign_in(tab, live_server, desk)
    tab.goto(f"{live_server.url}/tong-hop/?{CHOICE}")

    assert way_of_the_keyboard(tab) == []
