"""Two browsers, one report: kept words, a lost session, a lost network, a lock taken over, both texts."""

import json

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import expect

from reports.models import Report, TypedText
from tests.browser.looking import broken_rules
from tests.browser.patience import EDITOR_IS_READY, until
from tests.browser.signing_in import fill_in_the_login
from tests.browser.signing_in import sign_in as let_in
from tests.factories import (
    MembershipFactory,
    PhotoFactory,
    ReportFactory,
    UserFactory,
    next_commune,
)

pytestmark = pytest.mark.django_db(transaction=True)

PASSWORD = "viet-mot-bai-hay"
SAVE = ".submit-row button[name=_continue]"
# The script's own 20 seconds and 2 minutes, shorter for the test.
HURRY = """
    const every = window.setInterval;
    window.setInterval = (f, ms, ...rest) => every(f, ms >= 10000 ? 300 : ms, ...rest);
    const later = window.setTimeout;
    window.setTimeout = (f, ms, ...rest) => later(f, ms === 5000 ? 300 : ms, ...rest);
"""


@pytest.fixture
def unit(registry):
    return next_commune()


@pytest.fixture
def people(unit):
    for name, full in (("lan", "Nguyễn Thị Lan"), ("mai", "Trần Thị Mai")):
        user = UserFactory(username=name, first_name=full)
        user.set_password(PASSWORD)
        user.save()
        MembershipFactory(user=user, unit=unit, role="editor")


@pytest.fixture
def report(unit, people):
    report = ReportFactory(unit=unit, title="Tít gốc")
    PhotoFactory(report=report, caption="Trồng hoa")
    return report


@pytest.fixture
def sign_in(open_tab, live_server):
    """sign_in(name, width) -> a window of their own, in which the page's clock runs faster."""

    def enter(name, width=1280):
        page = open_tab(width)
        page.add_init_script(HURRY)
        let_in(page, live_server, name)
        return page

    return enter


@pytest.fixture
def form_of(live_server, report):
    return f"{live_server.url}/quan-tri/reports/report/{report.pk}/change/"


def type_body(page, text):
    page.wait_for_function(EDITOR_IS_READY)
    page.frame_locator("iframe.cke_wysiwyg_frame").locator("body").click()
    page.keyboard.type(text)


def kept():
    """What of somebody's typing the server holds."""
    row = TypedText.objects.first()
    return row.payload if row else ""


def test_typing_is_kept_and_comes_back_in_another_window(sign_in, form_of):
    page = sign_in("lan")
    page.goto(form_of)
    page.fill("#id_title", "Tít gõ dở")
    type_body(page, "Chữ trong ô soạn thảo. ")
    until(lambda: "Chữ trong ô soạn thảo" in kept(), page)
    page.close()

    again = sign_in("lan")
    again.goto(form_of)
    assert again.input_value("#id_title") == "Tít gốc"
    again.get_by_role("link", name="Lấy lại chữ đã gõ").click()
    again.wait_for_url("**lay-lai=1")

    expect(again.locator("#id_title")).to_have_value("Tít gõ dở")
    again.wait_for_function(EDITOR_IS_READY)
    again.wait_for_function(
        "() => CKEDITOR.instances.id_body.getData().includes('Chữ trong ô soạn thảo')"
    )
    again.click(SAVE)
    again.wait_for_url(form_of)
    stored = Report.objects.get()
    assert (stored.title, "Chữ trong ô soạn thảo" in stored.body) == ("Tít gõ dở", True)
    assert not TypedText.objects.exists()


def test_a_form_nobody_typed_in_keeps_nothing(sign_in, form_of):
    page = sign_in("lan")
    beats = []
    page.on("requestfinished", lambda asked: asked.method == "POST" and beats.append(asked))
    page.goto(form_of)
    page.wait_for_function(EDITOR_IS_READY)
    told = len(beats)
    until(lambda: len(beats) > told + 5, page)

    assert not TypedText.objects.exists()


def test_a_session_that_ended_loses_no_word(sign_in, form_of, live_server):
    page = sign_in("lan")
    page.goto(form_of)
    page.wait_for_function(EDITOR_IS_READY)
    Session.objects.all().delete()
    page.fill("#id_title", "Gõ khi phiên đã hết")
    page.click(SAVE)
    page.get_by_text("Phiên làm việc đã hết").wait_for()
    assert page.url == form_of
    assert page.input_value("#id_title") == "Gõ khi phiên đã hết"

    with page.context.expect_page() as opened:
        page.get_by_role("link", name="trang đăng nhập ở thẻ khác").click()
    fill_in_the_login(opened.value, "lan", PASSWORD)
    page.click(SAVE)
    page.get_by_role("heading", name="Gõ khi phiên đã hết").wait_for()
    assert Report.objects.get().title == "Gõ khi phiên đã hết"


def test_words_survive_the_login_page_in_the_same_tab(sign_in, form_of):
    page = sign_in("lan")
    page.goto(form_of)
    Session.objects.all().delete()
    page.fill("#id_title", "Gõ rồi bị đẩy ra")
    page.get_by_text("Phiên làm việc đã hết").wait_for()
    page.goto(form_of)
    fill_in_the_login(page, "lan", PASSWORD)

    page.get_by_role("link", name="Lấy lại chữ đã gõ").click()
    page.wait_for_url("**lay-lai=1")
    expect(page.locator("#id_title")).to_have_value("Gõ rồi bị đẩy ra")


def test_a_lost_network_is_told_calmly_and_made_up_for(sign_in, form_of):
    page = sign_in("lan")
    page.goto(form_of)
    page.context.set_offline(True)
    page.fill("#id_title", "Gõ khi mất mạng")
    page.get_by_text("Mất mạng, đang thử lại").wait_for()
    page.click(SAVE)
    page.get_by_text("Mất mạng").wait_for()
    assert page.input_value("#id_title") == "Gõ khi mất mạng"

    page.context.set_offline(False)
    page.get_by_text("Đã giữ bản gõ lúc").wait_for()
    kept = dict(json.loads(TypedText.objects.get().payload))
    assert kept["title"] == ["Gõ khi mất mạng"]


@pytest.mark.parametrize("width", [360, 1280])
def test_the_lock_and_both_texts_are_told_to_everybody(sign_in, form_of, width):
    lan, mai = sign_in("lan", width), sign_in("mai", width)
    lan.goto(form_of)
    lan.fill("#id_title", "Tít của Lan")
    lan.get_by_text("Đã giữ bản gõ lúc").wait_for()

    mai.goto(form_of)
    mai.get_by_text("Nguyễn Thị Lan đang sửa bài này").wait_for()
    found = broken_rules(mai)
    mai.get_by_role("button", name="Giành quyền sửa").click()
    mai.fill("#id_title", "Tít của Mai")
    lan.fill("#id_lead", "Sapo của Lan.")
    lan.get_by_text("Trần Thị Mai đã giành quyền sửa lúc").wait_for()
    mai.click(SAVE)
    mai.get_by_role("heading", name="Tít của Mai").wait_for()

    lan.click(SAVE)
    lan.get_by_role("heading", name="Hai bản khác nhau ở đâu").wait_for()
    found += broken_rules(lan)
    assert lan.evaluate("document.documentElement.scrollWidth") <= width
    lan.get_by_role("button", name="Lấy bản của tôi").click()
    lan.get_by_role("heading", name="Tít của Lan").wait_for()
    stored = Report.objects.get()
    assert (stored.title, stored.lead) == ("Tít của Lan", "Sapo của Lan.")
    lan.goto(form_of.replace("change/", "history/"))
    lan.get_by_role("button", name="So sánh").click()
    lan.get_by_role("heading", name="So sánh hai bản").wait_for()
    found += broken_rules(lan)
    assert lan.evaluate("document.documentElement.scrollWidth") <= width

    assert found == []


def test_a_double_click_saves_once(sign_in, form_of):
    page = sign_in("lan")
    page.goto(form_of)
    page.fill("#id_title", "Bấm hai lần")
    page.dblclick(SAVE)
    page.get_by_role("heading", name="Bấm hai lần").wait_for()

    assert Report.objects.get().version == 2
