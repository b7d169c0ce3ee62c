"""A report in a real browser: its photos, what can be done with it, and what it costs to open."""

import gzip
import io
import re
from functools import cache

import pytest
from PIL import Image
from playwright.sync_api import expect

from reports.models import Photo
from reports.photos import check_picture
from tests.browser.looking import broken_rules
from tests.browser.patience import settle
from tests.browser.stillness import MOVES, come_late, moved
from tests.factories import EventFactory, FigureFactory, ReportFactory, UserFactory

pytestmark = pytest.mark.django_db(transaction=True)


@cache
def village(width=2000, height=1333):
    """A picture as heavy as a real photo, checked: a sky, a field, fine grain over all of it."""
    grain = Image.effect_noise((width, height), 45)
    ground = Image.linear_gradient("L").resize((width, height))
    soft = Image.effect_noise((width // 6, height // 6), 110).resize((width, height))
    picture = Image.blend(
        Image.merge("RGB", (ground, soft, ground.rotate(180))),
        Image.merge("RGB", (grain,) * 3),
        0.35,
    )
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=90)
    return check_picture(out.getvalue())


def report_with(photos, **fields):
    event = EventFactory(is_public=True)
    report = ReportFactory(published=True, event=event, **fields)
    FigureFactory(report=report, confirmed_by=UserFactory())
    for order in range(photos):
        photo = Photo(
            report=report, order=order, caption=f"Chú thích {order + 1}", credit_text="TTXVN"
        )
        village().store(photo)
        photo.save()
    ReportFactory.create_batch(9, published=True)
    return report


def test_photos_open_large_and_are_turned_by_keyboard(live_server, open_tab):
    tab = open_tab(1280)
    tab.goto(live_server.url + report_with(3).get_absolute_url())
    viewer = tab.get_by_role("dialog", name="Xem ảnh")
    links = tab.locator("a.photo-link")

    links.nth(1).focus()
    tab.keyboard.press("Enter")
    expect(viewer).to_contain_text("Ảnh 2/3")
    expect(viewer).to_contain_text("Chú thích 2 Ảnh: TTXVN")
    tab.keyboard.press("ArrowRight")
    expect(viewer).to_contain_text("Ảnh 3/3")
    tab.keyboard.press("ArrowRight")
    expect(viewer).to_contain_text("Ảnh 3/3")
    expect(viewer.get_by_role("button", name="Ảnh sau")).to_be_disabled()
    tab.keyboard.press("ArrowLeft")
    tab.keyboard.press("ArrowLeft")
    expect(viewer).to_contain_text("Ảnh 1/3")
    expect(viewer.get_by_role("link", name="Tải ảnh gốc")).to_have_attribute(
        "href", re.compile(r"/goc\.jpg$")
    )
    picture = viewer.locator("img")
    picture.evaluate("image => image.decode()")  # waits until it is there
    box = picture.bounding_box()
    assert box["width"] <= 1280
    assert box["y"] + box["height"] <= 800
    tab.keyboard.press("Escape")

    expect(viewer).to_be_hidden()
    expect(links.nth(1)).to_be_focused()


def test_a_finger_turns_the_photos(live_server, open_tab):
    tab = open_tab(360, has_touch=True, is_mobile=True)
    tab.goto(live_server.url + report_with(2).get_absolute_url())
    tab.locator("a.photo-link").first.tap()
    viewer = tab.get_by_role("dialog", name="Xem ảnh")
    swipe = """([from, to]) => { const frame = document.querySelector('.viewer-photo');
      const touch = x => new Touch({ identifier: 1, target: frame, clientX: x, clientY: 300 });
      frame.dispatchEvent(new TouchEvent('touchstart', { touches: [touch(from)], changedTouches: [touch(from)] }));
      frame.dispatchEvent(new TouchEvent('touchend', { touches: [], changedTouches: [touch(to)] })); }"""

    tab.evaluate(swipe, [300, 80])
    expect(viewer).to_contain_text("Ảnh 2/2")
    tab.evaluate(swipe, [100, 120])
    expect(viewer).to_contain_text("Ảnh 2/2")
    tab.evaluate(swipe, [80, 300])
    expect(viewer).to_contain_text("Ảnh 1/2")


def test_without_script_a_photo_is_a_link_and_sharing_is_too(live_server, open_tab):
    tab = open_tab(360, java_script_enabled=False)
    report = report_with(1)
    tab.goto(live_server.url + report.get_absolute_url())

    expect(tab.get_by_role("link", name="Facebook")).to_be_visible()
    expect(tab.get_by_role("link", name="Thư điện tử")).to_be_visible()
    for control in tab.locator(".js-only, .player").all():
        expect(control).to_be_hidden()
    with tab.expect_response(re.compile(r"/1600\.jpg$")) as answer:
        tab.locator("a.photo-link").click()
    assert answer.value.status == 200


def test_a_report_is_copied_with_its_short_address(live_server, open_tab):
    tab = open_tab(1280, permissions=["clipboard-read", "clipboard-write"])
    report = report_with(0, lead="Sapo của bài.")
    tab.goto(live_server.url + report.get_absolute_url())

    tab.get_by_role("button", name="Sao chép cho Zalo").last.click()

    expect(tab.locator("#bao-viec")).to_have_text("Đã sao chép")
    assert tab.evaluate("navigator.clipboard.readText()") == "\n\n".join(
        (report.title, "Sapo của bài.", f"http://127.0.0.1:8000/b/{report.pk}/")
    )


def test_the_device_is_asked_to_hand_a_report_on_where_it_can(live_server, open_tab):
    report = report_with(0)
    for can in (True, False):
        tab = open_tab(360)
        tab.add_init_script(
            "window.handed = []; Object.defineProperty(navigator, 'share', { value: "
            + ("words => { handed.push(words); return Promise.resolve(); }" if can else "undefined")
            + " })"
        )
        tab.goto(live_server.url + report.get_absolute_url())
        button = tab.get_by_role("button", name="Gửi qua ứng dụng")
        if can:
            button.click()
            assert [each["title"] for each in tab.evaluate("handed")] == [report.title]
        else:
            expect(button).to_be_hidden()


def test_paper_has_the_code_and_the_addresses_and_nothing_to_press(live_server, open_tab):
    tab = open_tab(1280)
    report = report_with(3)
    tab.goto(live_server.url + report.get_absolute_url())
    expect(tab.locator(".qr")).to_be_hidden()

    tab.emulate_media(media="print")

    expect(tab.locator(".qr")).to_be_visible()
    expect(tab.locator(".print-address")).to_contain_text(f"/b/{report.pk}/")
    expect(tab.locator(".print-address")).to_contain_text(report.get_absolute_url())
    for part in (".share", ".tools", ".others", ".neighbours", ".player", ".crumbs"):
        for each in tab.locator(part).all():
            expect(each).to_be_hidden()
    assert tab.pdf(format="A4").count(b"/Type /Page\n") <= 3


def test_nothing_moves_while_the_page_arrives(live_server, open_tab):
    report = report_with(2)

    found = [moved_while_arriving(live_server, open_tab(width), report) for width in (360, 1280)]

    assert max(found) < 0.02


def test_a_photo_without_its_size_would_move_the_page(live_server, open_tab):
    tab = open_tab(360)

    def forget_sizes(route):
        page = route.fetch()
        route.fulfill(response=page, body=re.sub(r' width="\d+" height="\d+"', "", page.text()))

    tab.route("**/tin/**", forget_sizes)

    assert moved_while_arriving(live_server, tab, report_with(2)) > 0.02


def moved_while_arriving(live_server, tab, report):
    tab.add_init_script(MOVES)
    come_late(tab, re.compile(r"\.webp$"))
    tab.goto(live_server.url + report.get_absolute_url())
    return moved(tab)


def test_the_first_photo_stays_light_on_a_phone_with_a_fine_screen(live_server, open_tab):
    report = report_with(1)
    for density in (2, 3):
        tab = open_tab(360, device_scale_factor=density)
        with tab.expect_response(re.compile("/media/")) as answer:
            tab.goto(live_server.url + report.get_absolute_url())

        assert answer.value.url.endswith("/960.webp")
        assert 20_000 < len(answer.value.body()) <= 120_000


def test_a_report_without_photos_opens_with_150_kilobytes(live_server, open_tab):
    """As served in production: texts compressed, fonts as they are; everything a first visit gets."""
    body = "<p>" + "Bà con bàn cách làm, ghi vào sổ, hẹn ngày trả lời từng hộ một. " * 60 + "</p>"
    tab = open_tab(360)
    answers = []
    tab.on("response", lambda answer: answers.append(answer))

    tab.goto(live_server.url + report_with(0, body=body).get_absolute_url())
    settle(tab)

    sizes = {}
    for answer in answers:
        content = answer.body()
        is_text = not answer.url.endswith((".woff2", ".webp", ".jpg"))
        sizes[answer.url] = len(gzip.compress(content)) if is_text else len(content)
    assert len(answers[0].body()) <= 40_000
    assert sum(sizes.values()) <= 150_000, sizes


def test_large_photos_pass_the_rules_of_accessibility(live_server, open_tab):
    tab = open_tab(360)
    body = "<table><tbody><tr>" + "<td>Một ô rộng</td>" * 12 + "</tr></tbody></table>"
    tab.goto(live_server.url + report_with(4, body=body).get_absolute_url())
    found = broken_rules(tab)
    tab.locator("a.photo-link").first.click()
    tab.get_by_role("dialog", name="Xem ảnh").wait_for()
    found += broken_rules(tab, within="dialog")

    assert found == []
