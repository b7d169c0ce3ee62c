"""Nothing moves under a reader's finger while letters and photos are still on their way."""

import re

import pytest

from tests.browser.public_site import main_addresses_of

pytestmark = pytest.mark.django_db(transaction=True)

MOST = 0.02
MOVES = (
    "window.moved = 0; new PerformanceObserver(list => list.getEntries().forEach("
    "e => { if (!e.hadRecentInput) moved += e.value; })"
    ").observe({type: 'layout-shift', buffered: true})"
)


def moved_with_late_letters(tab, address):
    def late(route):
        tab.wait_for_timeout(250)
        route.continue_()

    tab.route(re.compile(r"\.(woff2|webp)$"), late)
    tab.goto(address, wait_until="networkidle")
    return tab.evaluate("document.fonts.ready.then(() => moved)")


@pytest.mark.parametrize("width", [360, 1280])
def test_letters_and_photos_that_come_late_move_nothing(live_server, open_tab, public_site, width):
    moved = {}
    for address in main_addresses_of(public_site):
        # A new window each time: the letters come late again.
        tab = open_tab(width)
        tab.add_init_script(MOVES)
        found = moved_with_late_letters(tab, live_server.url + address)
        tab.context.close()
        if found > MOST:
            moved[address] = found

    assert moved == {}


def test_letters_of_other_widths_would_move_the_page(live_server, open_tab, public_site):
    tab = open_tab(360)
    tab.add_init_script(MOVES)

    def stretch(route):
        sheet = route.fetch()
        route.fulfill(
            response=sheet, body=sheet.text().replace("size-adjust: 10", "size-adjust: 16")
        )

    tab.route(re.compile(r"/tokens\.[^/]*css$"), stretch)

    address = live_server.url + public_site.plain.get_absolute_url()
    assert moved_with_late_letters(tab, address) > MOST
