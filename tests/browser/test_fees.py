"""The fee pages in a real browser: a month scored by keyboard alone, on a phone without scrolling
sideways, and nothing that axe complains of."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from playwright.sync_api import expect

from reports.models import BaseSalary, FeeRate, FeeSchedule, FeeScore
from tests.browser.looking import broken_rules
from tests.browser.signing_in import sign_in
from tests.factories import (
    ContributionFactory,
    MembershipFactory,
    PersonFactory,
    ReportFactory,
    UserFactory,
)
from units.models import Unit

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def unit(registry):
    return Unit.objects.current().get(name="Phường Thới Sơn", parent="t2-91")


@pytest.fixture
def approver(unit):
    """The approver of a unit with three works in August 2024."""
    user = UserFactory(username="nguoi-duyet")
    MembershipFactory(user=user, unit=unit, role="approver")
    BaseSalary.objects.get_or_create(
        from_on=date(2024, 7, 1), defaults={"amount": 2_340_000, "basis": "Nghị định"}
    )
    schedule = FeeSchedule.objects.create(
        from_on=date(2024, 1, 1), basis="Quyết định", site_percent=Decimal(20)
    )
    FeeRate.objects.create(
        schedule=schedule, genre="tin", low=Decimal(1), high=Decimal("1.5"), usual=Decimal(1)
    )
    for day in (5, 6, 7):
        report = ReportFactory(
            unit=unit, published=True, published_at=datetime(2024, 8, day, 5, tzinfo=UTC),
            title=f"Tin ngày {day}",
        )  # fmt: skip
        ContributionFactory(report=report, person=PersonFactory(name="Ngọc Lan", unit=unit))
    return user


@pytest.fixture
def signed_in(page, live_server, approver):
    sign_in(page, live_server, approver)
    return page


def month(live_server, unit, end=""):
    return f"{live_server.url}/quan-tri/reports/feesheet/thang/{unit.pk}/2024-08/{end}"


def test_a_month_is_scored_without_the_mouse(signed_in, live_server, unit):
    page = signed_in
    page.goto(month(live_server, unit, "cham/"))
    page.focus("input[name$='-coefficient'] >> nth=0")
    page.keyboard.press("Control+A")
    page.keyboard.type("1,5")
    page.keyboard.press("Enter")
    page.keyboard.type("1,25")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    with page.expect_navigation():
        page.keyboard.press("Enter")

    expect(page.locator(".messages")).to_have_text("Đã chấm 3 bài.")
    scored = FeeScore.objects.order_by("report__published_at")
    assert [score.coefficient for score in scored] == [
        Decimal("1.50"), Decimal("1.25"), Decimal("1.00"),
    ]  # fmt: skip


@pytest.mark.parametrize("width", [360, 1280])
def test_fee_pages_fit_and_please_axe(signed_in, live_server, unit, width):
    page = signed_in
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(month(live_server, unit, "cham/"))
    page.click(".scores [type=submit]")
    page.wait_for_selector(".messages")
    office = f"{live_server.url}/quan-tri/reports"
    for address in (
        f"{office}/feesheet/?nam=2024",
        month(live_server, unit),
        month(live_server, unit, "cham/?xem=tat-ca"),
        month(live_server, unit, "in/"),
        f"{office}/person/gop/",
    ):
        page.goto(address)
        wider = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert (address, max(wider, 0), broken_rules(page)) == (address, 0, [])
