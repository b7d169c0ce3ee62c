"""Hands that use no mouse: everything is reached, seen and pressed by keyboard."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from tests.browser.looking import way_of_the_keyboard
from tests.browser.public_site import break_down, main_addresses_of

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_tab_key_reaches_everything_once_in_order_and_in_sight(
    live_server, open_tab, public_site, public_addresses
):
    found = {}
    wide, narrow = open_tab(1280), open_tab(360)
    ways = [(wide, address) for address in [*public_addresses, *break_down(wide)]]
    ways += [(narrow, address) for address in main_addresses_of(public_site)]
    for tab, address in ways:
        tab.goto(live_server.url + address)
        if faults := way_of_the_keyboard(tab):
            found[address, tab.viewport_size["width"]] = faults

    assert found == {}


def test_a_page_with_traps_and_hidden_places_is_told(live_server, open_tab, public_site):
    tab = open_tab(1280)
    harm = {
        "no outline": "document.querySelector('.brand').style.cssText = 'outline: 0 !important'",
        "not in order": "document.querySelector('.foot a').tabIndex = 5",
        "covered": "const lid = document.body.appendChild(document.createElement('div'));"
        "lid.style.cssText = 'position: fixed; left: 0; top: 0; right: 0; height: 40rem'",
        "not end": "addEventListener('keydown', event => { if (document.activeElement.matches('.nav a'))"
        " event.preventDefault(); })",
        "upwards": "document.querySelector('main').style.cssText = 'position: absolute; top: 0'",
    }
    for fault, script in harm.items():
        tab.goto(live_server.url + reverse("about"))
        tab.evaluate(script)
        assert [each for each in way_of_the_keyboard(tab) if fault in each], fault


def test_everything_is_pressed_by_keyboard(live_server, open_tab, public_site):
    tab = open_tab(360)
    tab.goto(f"{live_server.url}/tin/?chuyen-muc={public_site.section.slug}")

    chip = tab.get_by_role("link", name="Bỏ lọc: " + public_site.section.name)
    press(tab, chip, "Enter")
    expect(tab.get_by_role("heading", name="28 bài")).to_be_visible()
    summary = tab.locator(".filters > summary")
    choice = tab.get_by_label("Chuyên mục")
    press(tab, summary, "Enter")
    expect(choice).to_be_visible()
    press(tab, summary, " ")
    expect(choice).to_be_hidden()
    press(tab, summary, " ")
    press(tab, choice, "ArrowDown")
    press(tab, tab.get_by_role("button", name="Lọc tin"), " ")
    expect(tab.get_by_role("heading", name="26 bài")).to_be_visible()
    press(tab, tab.get_by_role("link", name="Trang sau"), "Enter")
    expect(tab.get_by_role("link", name="Trang 2")).to_have_attribute("aria-current", "page")
    press(tab, tab.locator(".foot").get_by_role("button", name="A+"), " ")
    assert tab.evaluate("document.documentElement.dataset.size") == "large"

    tab.goto(live_server.url + public_site.report.get_absolute_url())
    press(tab, tab.locator("a.photo-link").nth(1), "Enter")
    viewer = tab.get_by_role("dialog", name="Xem ảnh")
    expect(viewer).to_contain_text("Ảnh 2/3")
    press(tab, viewer.get_by_role("button", name="Ảnh sau"), " ")
    expect(viewer).to_contain_text("Ảnh 3/3")
    tab.keyboard.press("Escape")
    expect(tab.locator("a.photo-link").nth(1)).to_be_focused()
    press(tab, tab.get_by_role("button", name="Có ích"), " ")
    expect(tab.locator("[data-rated]")).to_be_focused()


def press(tab, target, key):
    """Tab on to it from wherever one is, then press."""
    expect(target).to_be_visible()
    for _ in range(150):
        if target.evaluate("each => each === document.activeElement"):
            tab.keyboard.press(key)
            return
        tab.keyboard.press("Tab")
    raise AssertionError(f"{target} is not reached")
