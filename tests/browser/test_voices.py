"""A reader speaks up in a real browser: with a script and without, and the next time they come."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from reports.models import Feedback, Usefulness
from tests.factories import ReportFactory

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def report():
    return ReportFactory(published=True, title="Phú Hòa bắc xong ba cây cầu")


def test_one_press_says_whether_it_was_of_use_and_the_device_remembers(
    live_server, open_tab, report
):
    tab = open_tab(360)
    address = live_server.url + report.get_absolute_url()
    tab.goto(address)

    tab.get_by_role("button", name="Có ích").click()

    expect(tab.locator("[data-rated]")).to_have_text("Cảm ơn bạn. Chúng tôi vui vì bài có ích.")
    expect(tab.locator("[data-rated]")).to_be_focused()
    assert tab.url == address
    tab.reload()
    expect(tab.get_by_role("button", name="Có ích")).to_be_hidden()
    assert tab.context.cookies() == []
    row = Usefulness.objects.get(report=report)
    assert (row.yes, row.no) == (1, 0)


def test_without_a_script_the_same_buttons_lead_to_a_thanks_and_back(live_server, open_tab, report):
    tab = open_tab(360, java_script_enabled=False)
    tab.goto(live_server.url + report.get_absolute_url())

    tab.get_by_role("button", name="Chưa", exact=True).click()

    expect(tab.get_by_role("heading", level=1)).to_have_text("Cảm ơn bạn")
    tab.get_by_role("link", name="Quay lại bài").click()
    expect(tab.get_by_role("heading", level=1)).to_have_text(report.title)
    assert Usefulness.objects.get(report=report).no == 1


@pytest.mark.parametrize("script", [True, False])
def test_a_message_is_sent_corrected_and_followed(live_server, open_tab, report, script):
    tab = open_tab(360, java_script_enabled=script)
    tab.goto(live_server.url + report.get_absolute_url())
    tab.get_by_role("link", name="Báo lỗi, góp ý về bài này").click()
    tab.get_by_label("Nội dung").fill("Đoạn 3 ghi 46, đúng là 64.")

    tab.get_by_role("button", name="Gửi", exact=True).click()

    expect(tab.get_by_text("Hãy chọn một việc.")).to_be_visible()
    expect(tab.get_by_label("Nội dung")).to_have_value("Đoạn 3 ghi 46, đúng là 64.")
    tab.get_by_label("Báo lỗi trong bài").check()
    tab.get_by_role("button", name="Gửi", exact=True).click()
    expect(tab.get_by_role("heading", level=1)).to_have_text("Đã nhận ý kiến của bạn")
    stored = Feedback.objects.get()
    assert (stored.report, stored.text) == (report, "Đoạn 3 ghi 46, đúng là 64.")
    expect(tab.locator(".code strong")).to_have_text(stored.spoken_code)
    tab.goto(live_server.url + reverse("reports:feedback"))
    tab.get_by_label("Mã theo dõi").fill(stored.code.lower())
    tab.get_by_role("button", name="Xem trả lời").click()
    expect(tab.get_by_role("heading", level=1)).to_have_text("Ý kiến của bạn")
    assert tab.context.cookies() == []
