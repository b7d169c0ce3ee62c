"""Public pages in a real browser: for every eye and hand, on small windows, without script."""

import io

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse
from PIL import Image
from playwright.sync_api import expect

from reports.models import Photo
from reports.photos import check_picture
from tests.factories import (
    ContributionFactory,
    CorrectionFactory,
    EventFactory,
    FigureFactory,
    ReportFactory,
    SectionFactory,
    TopicFactory,
    UserFactory,
)
from units.models import Unit

pytestmark = pytest.mark.django_db(transaction=True)

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def drawn_picture():
    picture = io.BytesIO()
    Image.new("RGB", (1200, 800), (120, 160, 165)).save(picture, "JPEG")
    return check_picture(picture.getvalue())


@pytest.fixture
def report():
    """A report with everything a page can show, among others."""
    unit = Unit.objects.get(pk="t3-30517")
    event = EventFactory(unit=unit, is_public=True, venue="Hội trường ủy ban nhân dân thị xã")
    report = ReportFactory(
        published=True,
        title="Bắc xong ba cây cầu dân sinh nhờ dân góp đất, góp công",
        body="<h2>Nghe trước</h2><p>Một đoạn.</p><ul><li>Một</li></ul><blockquote><p>Lời nói.</p>"
        "</blockquote><table><tbody><tr><th>Ấp</th><td>1.284.000.000 đồng</td></tr></tbody></table>",
        unit=unit,
        event=event,
        section=SectionFactory(name="Hoạt động Đảng – Đoàn thể"),
        byline_organisation="Trung tâm Văn hóa – Thông tin – Thể thao",
        source_name="Báo Mẫu",
    )
    ContributionFactory(report=report)
    report.topics.add(TopicFactory())
    FigureFactory(report=report, confirmed_by=UserFactory(), unit_of_measure="triệu đồng")
    CorrectionFactory(report=report)
    photo = Photo(report=report, caption="Toàn cảnh", alt="Hội trường")
    drawn_picture().store(photo)
    photo.save()
    ReportFactory.create_batch(25, published=True, unit=unit)
    return report


@pytest.fixture
def addresses(report):
    person = report.contributions.get().person
    things = (report, report.section, report.event, report.unit, person)
    return [
        *(thing.get_absolute_url() for thing in things),
        "/",
        "/tin/",
        "/tin/?don-vi=thoi+son&tu=x",
        "/tin/?don-vi=t3-30517&ky=2024-H1&quy-uoc=15-14",
        reverse("reports:events"),
        "/don-vi/",
        "/don-vi/?q=thoi+son",
        Unit.objects.get(pk="t2-91").get_absolute_url(),
        "/tim-kiem/?q=cau+dan+sinh",
        reverse("about"),
        reverse("contact"),
        reverse("accessibility"),
        reverse("site_map"),
        "/khong-co-trang-nay/",
    ]


@pytest.fixture
def open_tab(browser, browser_context_args):
    """A window of some width with what the reader chose before on this device."""
    tabs = []

    def open_tab(width, theme="light", size="normal", **context_args):
        context = browser.new_context(
            **browser_context_args, viewport={"width": width, "height": 800}, **context_args
        )
        context.add_init_script(
            f"localStorage.setItem('nen', '{theme}'); localStorage.setItem('co-chu', '{size}')"
        )
        tabs.append(context)
        return context.new_page()

    yield open_tab
    for context in tabs:
        context.close()


@pytest.mark.parametrize("theme", ["light", "dark", "contrast"])
def test_no_page_breaks_a_rule_of_accessibility(live_server, open_tab, addresses, theme):
    found = []
    for width in (360, 1280):
        tab = open_tab(width, theme)
        for address in addresses:
            tab.goto(live_server.url + address)
            answer = Axe().run(tab, options={"runOnly": {"type": "tag", "values": RULES}})
            found += [
                (address, width, rule["id"], node["target"])
                for rule in answer.response["violations"]
                for node in rule["nodes"]
            ]

    assert found == []


def test_the_rules_are_really_asked(live_server, open_tab, report):
    tab = open_tab(360)
    tab.goto(live_server.url + report.get_absolute_url())
    tab.evaluate("document.querySelectorAll('img').forEach(img => img.removeAttribute('alt'))")

    answer = Axe().run(tab, options={"runOnly": {"type": "tag", "values": RULES}})

    assert "image-alt" in {rule["id"] for rule in answer.response["violations"]}


@pytest.mark.parametrize(("width", "size"), [(320, "normal"), (320, "large"), (640, "large")])
def test_nothing_scrolls_sideways(live_server, open_tab, addresses, width, size):
    """1280 px at 200 % zoom are 640 px wide; 320 px are 400 %."""
    tab = open_tab(width, size=size)
    wide = {}
    for address in addresses:
        tab.goto(live_server.url + address)
        if (found := tab.evaluate("document.documentElement.scrollWidth")) > width:
            wide[address] = found

    assert wide == {}


def test_every_page_is_whole_without_script(live_server, open_tab, addresses):
    tab = open_tab(360, java_script_enabled=False)
    for address in addresses:
        tab.goto(live_server.url + address)
        expect(tab.locator("h1")).to_be_visible()
        for control in tab.locator(".choice, .tools").all():
            expect(control).to_be_hidden()


def test_no_page_asks_a_stranger_or_breaks_its_own_policy(live_server, open_tab, addresses):
    tab = open_tab(1280)
    asked, complaints = set(), []
    tab.on("request", lambda request: asked.add(request.url.split("/")[2]))
    tab.on("console", lambda message: complaints.append(message.text))
    tab.on("pageerror", lambda error: complaints.append(str(error)))
    for address in addresses:
        tab.goto(live_server.url + address, wait_until="networkidle")

    assert asked == {live_server.url.split("/")[2]}
    assert [words for words in complaints if "404" not in words] == []


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


def test_letters_do_not_move_the_page_when_they_arrive(live_server, open_tab, report):
    tab = open_tab(360)
    tab.add_init_script(
        "window.moved = 0; new PerformanceObserver(list => list.getEntries().forEach("
        "e => { if (!e.hadRecentInput) moved += e.value; })"
        ").observe({type: 'layout-shift', buffered: true})"
    )

    tab.goto(live_server.url + report.get_absolute_url(), wait_until="networkidle")

    assert tab.evaluate("moved") < 0.05


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

    expect(tab).to_have_url(f"{live_server.url}{report.get_absolute_url()}?khac=4#tin-khac")
    expect(tab.locator(".others .briefs > li")).to_have_count(1)


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
