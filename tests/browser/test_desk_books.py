"""Digests and the register in a real browser: tick, drag, count, copy; open to everybody's tools."""

from datetime import date

import pytest
from playwright.sync_api import expect

from reports.models import DigestItem, Initiative, MemberRole
from tests.browser.looking import broken_rules
from tests.browser.patience import settle
from tests.browser.signing_in import sign_in
from tests.factories import MembershipFactory, ReportFactory
from units.models import Unit

pytestmark = pytest.mark.django_db(transaction=True)
LIST = "/tong-hop/danh-sach/?don-vi=t2-91"


@pytest.fixture
def desk(registry):
    user = MembershipFactory(unit_id="t2-91", role=MemberRole.DESK).user
    unit = Unit.objects.get(pk="t2-30682")
    for number in (3, 2, 1):
        ReportFactory(published=True, unit=unit, title=f"Tin số {number}", lead="Một câu.")
    Initiative.objects.create(
        name="Tổ hùn máy", field="kinh-te", unit=unit, registered_year=2026, step="cong-nhan",
        recognised_level="xa", recognised_on=date(2026, 5, 1), created_by=user,
    )  # fmt: skip
    return user


def test_reports_are_ticked_dragged_shortened_and_kept(live_server, open_tab, desk):
    tab = open_tab(1280)
    sign_in(tab, live_server, desk)
    tab.goto(live_server.url + LIST)
    for number in (1, 2, 3):
        tab.get_by_label(f"Chọn cho điểm tin: Tin số {number}").check()
    tab.get_by_role("button", name="Lập điểm tin").click()

    handle = tab.get_by_role("button", name="Kéo để đổi chỗ").last
    handle.wait_for()
    tab.locator(".digest-row").nth(1).evaluate("row => row.scrollIntoView()")
    settle(tab)
    start, above = handle.bounding_box(), tab.locator(".digest-row").nth(1).bounding_box()
    tab.mouse.move(start["x"] + 5, start["y"] + 5)
    tab.mouse.down()
    tab.mouse.move(above["x"] + 200, above["y"] + 8, steps=5)
    tab.mouse.up()
    first = tab.locator("textarea[data-lead]").first
    first.fill("Ngắn.")
    expect(tab.locator("[data-count]").first).to_have_text("5")
    tab.get_by_role("button", name="Lưu", exact=True).first.click()
    expect(tab.get_by_role("status")).to_have_text("Đã lưu điểm tin.")

    kept = DigestItem.objects.order_by("order").values_list("report__title", "text")
    assert list(kept) == [("Tin số 1", "Ngắn."), ("Tin số 3", None), ("Tin số 2", None)]
    tab.get_by_role("link", name="Chữ cho Zalo").click()
    tab.get_by_role("button", name="Sao chép").click()
    expect(tab.locator("[data-said]")).not_to_be_empty()


@pytest.mark.parametrize("width", [360, 1280])
def test_the_books_break_no_rule(live_server, open_tab, desk, width):
    tab = open_tab(width)
    sign_in(tab, live_server, desk)
    tab.goto(live_server.url + LIST)
    tab.get_by_label("Chọn cho điểm tin: Tin số 1").check()
    with tab.expect_navigation():
        tab.get_by_role("button", name="Lập điểm tin").click()
    digest = tab.url.removeprefix(live_server.url)
    row = Initiative.objects.get()

    broken = {}
    for page in (
        LIST, digest, f"{digest}chon/", f"{digest}zalo/", f"{digest}in/",
        "/tong-hop/dan-van-kheo/?don-vi=t2-30682&nam=2026",
        f"/tong-hop/dan-van-kheo/{row.pk}/", "/tong-hop/dan-van-kheo/them/",
        "/tong-hop/dan-van-kheo/nhap/",
    ):  # fmt: skip
        tab.goto(live_server.url + page)
        sideways = tab.evaluate(
            "document.documentElement.scrollWidth > document.documentElement.clientWidth"
        )
        if found := broken_rules(tab) + (["sideways"] if sideways else []):
            broken[page] = found
    assert broken == {}
