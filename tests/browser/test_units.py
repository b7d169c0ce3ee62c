"""Finding one's unit: by keyboard, by tap, without script, and remembered on the device alone."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from tests.browser.looking import broken_rules
from tests.browser.stillness import MOVES, moved
from tests.factories import ReportFactory
from units.models import Unit

pytestmark = pytest.mark.django_db(transaction=True)

WARD = "Phường Thới Sơn"


@pytest.fixture
def ward(registry):
    return Unit.objects.get(pk="t2-30502")


def test_a_unit_is_chosen_by_keyboard_and_told_apart_from_its_homonyms(live_server, page, ward):
    page.set_viewport_size({"width": 360, "height": 800})
    page.goto(live_server.url + reverse("reports:events"))
    page.get_by_text("Lọc sự kiện").first.click()
    field = page.get_by_role("combobox", name="Đơn vị")
    field.fill("thoi son")
    options = page.get_by_role("listbox").get_by_role("option")
    expect(options.first).to_be_visible()
    assert broken_rules(page) == []

    field.press("ArrowDown")
    expect(field).to_have_attribute("aria-activedescendant", "goi-y-1-0")
    field.press("Escape")
    expect(options.first).to_be_hidden()
    assert field.input_value() == "thoi son"

    field.press("ArrowDown")
    expect(options.first).to_be_visible()
    for _ in range(options.count()):
        field.press("ArrowDown")
        if "tỉnh An Giang" in page.locator("[aria-selected=true]").inner_text():
            break
    field.press("Enter")
    expect(options.first).to_be_hidden()
    expect(field).to_have_value(ward.label_with_context)
    field.press("Enter")

    page.wait_for_url("**don-vi=t2-30502**")
    expect(page.get_by_role("heading", level=1)).to_have_text("Sự kiện ở phường Thới Sơn")


def test_what_was_chosen_is_offered_again_from_this_device(live_server, page, ward):
    page.goto(live_server.url + reverse("units:tree"))
    field = page.get_by_role("combobox")
    field.fill("thoi son")
    page.get_by_role("option").filter(has_text="tỉnh An Giang").first.click()
    page.wait_for_url(f"**{ward.get_absolute_url()}")
    assert page.context.cookies() == []

    page.goto(live_server.url + reverse("units:tree"))
    page.get_by_role("combobox").focus()

    expect(page.get_by_role("option")).to_have_count(1)
    expect(page.get_by_role("option").first).to_contain_text(WARD)


def test_without_script_a_typed_name_and_links_lead_to_the_unit(live_server, open_tab, ward):
    page = open_tab(1280, java_script_enabled=False)
    page.goto(live_server.url + reverse("units:tree"))
    page.get_by_label("Đơn vị nay ra sao?").fill("xã thới sơn, tịnh biên")
    page.get_by_role("button", name="Tìm đơn vị").click()
    found = page.locator(".found-units")
    expect(found).to_contain_text("Nay thuộc phường Thới Sơn, tỉnh An Giang")
    page.goto(live_server.url + reverse("units:tree"))
    page.get_by_role("link", name="Tỉnh An Giang").click()
    page.get_by_role("link", name=WARD).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(WARD)
    expect(page.get_by_role("button", name="Đặt làm đơn vị của tôi")).to_be_hidden()


def test_my_unit_stands_on_every_page_until_it_is_taken_off(live_server, page, ward):
    ReportFactory(published=True, unit=ward)
    old = Unit.objects.get(pk="t3-30517")
    link = page.locator("header [data-my-unit-link]")
    page.goto(live_server.url + ward.get_absolute_url())
    expect(link).to_be_hidden()

    page.get_by_role("button", name="Đặt làm đơn vị của tôi").click()
    expect(link).to_have_text("Tin phường Thới Sơn")
    page.goto(live_server.url + "/tin/")
    expect(link).to_be_visible()
    assert broken_rules(page) == []
    assert page.context.cookies() == []

    # An abolished unit may be chosen as well; its page says what stands in its place.
    page.goto(live_server.url + old.get_absolute_url())
    page.get_by_role("button", name="Đặt làm đơn vị của tôi").click()
    page.goto(live_server.url + "/")
    link.click()
    page.wait_for_url(f"**{old.get_absolute_url()}")
    expect(page.locator(".now-of")).to_contain_text("Nay thuộc phường Thới Sơn")

    page.get_by_role("button", name="Bỏ đơn vị của tôi").click()
    expect(link).to_be_hidden()
    page.goto(live_server.url + "/")
    expect(link).to_be_hidden()


@pytest.mark.parametrize("width", [320, 1280])
def test_the_line_of_my_unit_moves_nothing(live_server, page, ward, width):
    page.set_viewport_size({"width": width, "height": 800})
    page.add_init_script(
        "localStorage.setItem('don-vi', JSON.stringify({key: 't2-30502',"
        " name: 'Phường có một cái tên rất là dài để thử', address: '/don-vi/phuong-thoi-son-an-giang/'}));"
        + MOVES
    )

    page.goto(live_server.url + reverse("about"))

    assert moved(page) < 0.01
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_an_address_of_strangers_in_the_store_is_not_followed(live_server, page, ward):
    page.add_init_script(
        "localStorage.setItem('don-vi', JSON.stringify({key: 'x', name: 'X',"
        " address: 'https://example.com/'}))"
    )
    page.goto(live_server.url + reverse("about"))

    expect(page.locator("header [data-my-unit-link]")).to_have_attribute("href", "/don-vi/")
