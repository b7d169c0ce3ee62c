"""Public pages in a real browser: for every eye and hand, on small windows, without script."""

import gzip
import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from portal.models import Notice
from tests.browser.looking import RULES_OF_COLOUR, broken_rules
from tests.browser.patience import settle
from tests.browser.public_site import (
    break_down,
    main_addresses_of,
    refuse_messages,
    send_message,
)

pytestmark = pytest.mark.django_db(transaction=True)

HEAVIEST_PAGE = 40_000
HEAVIEST_VISIT = 150_000


@pytest.fixture
def report(public_site):
    return public_site.report


def announce():
    now = timezone.now()
    Notice.objects.create(
        text="Cổng tạm dừng để nâng cấp máy chủ. Bài đã đăng không bị ảnh hưởng.",
        starts_at=now + timedelta(days=9),
        ends_at=now + timedelta(days=9, hours=4),
    )


def states_behind_a_button(tab, base, report, monkeypatch):
    """Take the tab through the pages that have no address; yields the name of each."""
    send_message(tab, base, text="")
    yield "a message with mistakes"
    refuse_messages(monkeypatch)
    assert send_message(tab, base).status == 429
    yield "a message too many"
    tab.goto(base + report.get_absolute_url())
    with tab.expect_navigation():
        # Past the page's script, as without one.
        tab.evaluate(
            "const form = document.querySelector('[data-rate]'), field = document.createElement('input');"
            "field.name = 'tra-loi'; field.value = 'co'; form.appendChild(field); form.submit()"
        )
    yield "a thanks"
    announce()
    tab.goto(base + "/")
    expect(tab.locator(".site-notice")).to_be_visible()
    yield "home under an announcement"


# Which colours stand on which ground does not depend on the width: each dark ground is asked once.
@pytest.mark.parametrize(
    ("width", "grounds"), [(360, ("light", "dark")), (1280, ("light", "contrast"))]
)
def test_no_page_breaks_a_rule_of_accessibility_on_any_ground(
    live_server, open_tab, public_site, public_addresses, width, grounds, monkeypatch
):
    tab, found = open_tab(width), []

    def look(name):
        tab.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
        for ground in grounds:
            tab.evaluate("ground => { document.documentElement.dataset.theme = ground }", ground)
            broken = broken_rules(tab, only=None if ground == "light" else RULES_OF_COLOUR)
            found.extend((name, ground, *each) for each in broken)

    for address in [*public_addresses, *break_down(tab)]:
        tab.goto(live_server.url + address)
        look(address)
    for name in states_behind_a_button(tab, live_server.url, public_site.report, monkeypatch):
        look(name)

    assert found == []


def test_the_rules_are_really_asked(live_server, open_tab, report):
    tab = open_tab(360)
    tab.goto(live_server.url + report.get_absolute_url())
    tab.evaluate("document.querySelectorAll('img').forEach(img => img.removeAttribute('alt'))")
    tab.evaluate("document.querySelector('h1').style.color = '#bbb'")

    assert "image-alt" in {rule for rule, _ in broken_rules(tab)}
    assert {rule for rule, _ in broken_rules(tab, only=RULES_OF_COLOUR)} == {"color-contrast"}


def test_nothing_scrolls_sideways(
    live_server, open_tab, public_site, public_addresses, monkeypatch
):
    """1280 px at 200 % zoom are 640 px wide and twice as dense; 320 px are 400 %."""
    tab, wide = open_tab(640, device_scale_factor=2), []

    def look(name):
        for width, size in ((640, "large"), (320, "large"), (320, "normal")):
            tab.set_viewport_size({"width": width, "height": 800})
            tab.evaluate("size => { document.documentElement.dataset.size = size }", size)
            found = tab.evaluate("document.documentElement.scrollWidth")
            wide.extend([(name, width, size, found)] if found > width else [])

    for address in [*public_addresses, *break_down(tab)]:
        tab.goto(live_server.url + address)
        look(address)
    for name in states_behind_a_button(tab, live_server.url, public_site.report, monkeypatch):
        look(name)
    tab.evaluate("document.querySelector('h1').style.whiteSpace = 'nowrap'")
    tab.evaluate("document.querySelector('h1').textContent += ' dài'.repeat(99)")
    assert tab.evaluate("document.documentElement.scrollWidth") > 320

    assert wide == []


def test_every_page_is_whole_without_script(live_server, open_tab, public_addresses):
    """Everything below a heading is there, and nothing that would not answer when pressed."""
    tab = open_tab(360, java_script_enabled=False)
    with_script = open_tab(360)
    for address, status in public_addresses.items():
        assert tab.goto(live_server.url + address).status == status, address
        expect(tab.locator("h1")).to_be_visible()
        for control in tab.locator(".choice, .tools, .js-only, .player").all():
            expect(control).to_be_hidden()
        with_script.goto(live_server.url + address)
        headings = (
            "each => [...each.querySelectorAll('h2, h3')].filter(h => h.checkVisibility()).length"
        )
        seen = tab.locator("main :is(h2, h3):visible").count()
        assert seen == with_script.locator("main").evaluate(headings), address


def test_pagers_turn_without_script(live_server, open_tab, public_site):
    tab = open_tab(360, java_script_enabled=False)
    unit = public_site.report.unit
    for address in (
        "/tin/",
        f"/tim-kiem/?q=bai+thu&don-vi={unit.pk}",
        public_site.section.get_absolute_url(),
    ):
        tab.goto(live_server.url + address)
        first = tab.locator(".stories h3").all_inner_texts()
        tab.locator(".pager").get_by_role("link", name="Trang sau").click()
        expect(tab.locator(".pager [aria-current]")).to_contain_text("2")
        assert set(first).isdisjoint(tab.locator(".stories h3").all_inner_texts())


def test_no_page_asks_a_stranger_keeps_a_cookie_or_breaks_its_own_policy(
    live_server, open_tab, public_addresses
):
    tab = open_tab(1280)
    asked, complaints, kept = set(), [], []
    tab.on("request", lambda request: asked.add(request.url.split("/")[2]))
    tab.on("console", lambda message: complaints.append(message.text))
    tab.on("pageerror", lambda error: complaints.append(str(error)))
    tab.on("response", lambda answer: kept.extend({"set-cookie"} & set(answer.headers)))
    for address, status in public_addresses.items():
        assert tab.goto(live_server.url + address).status == status, address
    # What the last page asks for after it is there.
    tab.wait_for_load_state("networkidle")

    assert asked == {live_server.url.split("/")[2]}
    assert (kept, tab.context.cookies()) == ([], [])
    told = [words for words in complaints if not words.startswith("Failed to load resource")]
    assert told == []


def test_no_page_is_heavy_and_a_first_visit_is_light(
    live_server, open_tab, client, public_site, public_addresses
):
    """Texts as they arrive, compressed; fonts as they are. A page itself stays small even unfolded."""
    pages = {address: len(client.get(address).content) for address in public_addresses}
    assert {address: size for address, size in pages.items() if size > HEAVIEST_PAGE} == {}

    for address in main_addresses_of(public_site):
        if address == public_site.report.get_absolute_url():
            continue
        tab, answers = open_tab(360), []
        tab.on("response", lambda answer, answers=answers: answers.append(answer))
        tab.goto(live_server.url + address)
        settle(tab)
        sizes = {}
        for answer in answers:
            content = answer.body()
            is_text = not answer.url.endswith((".woff2", ".webp", ".jpg"))
            sizes[answer.url] = len(gzip.compress(content)) if is_text else len(content)
        photos = sum(size for url, size in sizes.items() if "/media/" in url)
        assert 50_000 < sum(sizes.values()) - photos <= HEAVIEST_VISIT, sizes


def test_letters_and_ground_are_remembered_on_the_device(live_server, open_tab, report):
    tab = open_tab(1280)
    tab.context.clear_cookies()
    tab.goto(live_server.url + "/")

    tab.locator(".band").get_by_role("button", name="A+ lớn").click()
    tab.get_by_role("button", name="Tối").click()
    # Not the init script's words but what the page stored must hold on the next page.
    stored = tab.evaluate("[localStorage.getItem('co-chu'), localStorage.getItem('nen')]")

    assert stored == ["large", "dark"]
    assert tab.evaluate("getComputedStyle(document.documentElement).fontSize") == "21px"
    ground = tab.evaluate("getComputedStyle(document.body).backgroundColor")
    assert ground == "rgb(23, 19, 17)"
    assert tab.context.cookies() == []


def test_the_keyboard_reaches_the_content_first_and_its_place_is_seen(
    live_server, open_tab, report
):
    tab = open_tab(1280)
    tab.goto(live_server.url + "/tin/")

    tab.keyboard.press("Tab")
    expect(tab.locator(".skip-link")).to_be_focused()
    assert tab.locator(".skip-link").bounding_box()["y"] >= 0
    tab.keyboard.press("Enter")
    tab.keyboard.press("Tab")

    place = tab.evaluate("document.activeElement.closest('main') !== null")
    outline = tab.evaluate("getComputedStyle(document.activeElement).outlineWidth")
    assert (place, outline) == (True, "3px")


def test_a_unit_is_offered_while_its_name_is_typed(live_server, open_tab, report):
    tab = open_tab(360)
    tab.goto(live_server.url + "/")

    tab.get_by_label("Tin của xã, phường bạn").fill("thoi son, tinh bien")
    option = tab.get_by_role("option").first
    expect(option).to_contain_text("thị xã Tịnh Biên, tỉnh An Giang")
    option.click()
    tab.get_by_role("button", name="Xem tin").click()

    expect(tab.get_by_role("heading", level=1)).to_have_text("Tin bài của phường Thới Sơn")
    expect(tab.get_by_text("26 bài", exact=True)).to_be_visible()


def test_the_other_reports_are_turned_without_script(live_server, open_tab, report):
    tab = open_tab(360, java_script_enabled=False)
    tab.goto(live_server.url + report.get_absolute_url())

    tab.get_by_role("navigation", name="Các tin khác").get_by_role(
        "link", name="Trang cuối"
    ).click()

    expect(tab).to_have_url(re.compile(r"\?khac=4&moc=[\d.]+#tin-khac$"))
    expect(tab.locator(".others:not(.related) .briefs > li")).to_have_count(3)


def test_a_report_is_kept_as_a_file(live_server, open_tab, report):
    tab = open_tab(1280)
    tab.goto(live_server.url + report.get_absolute_url())

    with tab.expect_download() as download:
        tab.get_by_role("button", name="Lưu").click()

    kept = download.value.path().read_text("utf-8-sig")
    assert kept.startswith(report.title)
    assert "Một đoạn." in kept


def test_a_report_is_printed_without_the_frame(live_server, open_tab, report):
    tab = open_tab(1280)
    tab.goto(live_server.url + report.get_absolute_url())
    tab.emulate_media(media="print")

    for part in (".band", ".nav", ".foot", ".tools", ".others", ".crumbs"):
        expect(tab.locator(part).first).to_be_hidden()
    for part in (".byline", ".dates", ".print-address", "h1"):
        expect(tab.locator(part).first).to_be_visible()
