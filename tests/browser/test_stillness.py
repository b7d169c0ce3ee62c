"""Nothing moves under a reader's finger while letters and photos are still on their way."""

import re

import pytest

from tests.browser.public_site import main_addresses_of
from tests.browser.stillness import MOVES, come_late, moved

pytestmark = pytest.mark.django_db(transaction=True)

MOST = 0.02


def moved_with_late_letters(tab, address):
    tab.add_init_script(MOVES)
    come_late(tab, re.compile(r"\.(woff2|webp)$"))
    tab.goto(address)
    return moved(tab)


@pytest.mark.parametrize("width", [360, 1280])
def test_letters_and_photos_that_come_late_move_nothing(live_server, open_tab, public_site, width):
    found = {}
    for address in main_addresses_of(public_site):
        # A new window each time: the letters come late again.
        tab = open_tab(width)
        much = moved_with_late_letters(tab, live_server.url + address)
        tab.context.close()
        if much > MOST:
            found[address] = much

    assert found == {}


def test_letters_of_other_widths_would_move_the_page(live_server, open_tab, public_site):
    tab = open_tab(360)

    def stretch(route):
        sheet = route.fetch()
        route.fulfill(
            response=sheet, body=sheet.text().replace("size-adjust: 10", "size-adjust: 16")
        )

    tab.route(re.compile(r"/tokens\.[^/]*css$"), stretch)

    address = live_server.url + public_site.plain.get_absolute_url()
    assert moved_with_late_letters(tab, address) > MOST
