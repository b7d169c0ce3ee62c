"""The search in a real browser, at 320 px and without scripts: ask, narrow, follow a result."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from tests.factories import ReportFactory, SectionFactory
from units.models import Unit

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def browser_context_args(browser_context_args):
    return {
        **browser_context_args,
        "viewport": {"width": 320, "height": 640},
        "java_script_enabled": False,
    }


def test_a_reader_searches_narrows_and_reads(live_server, page):
    unit = Unit.objects.get(pk="t2-30682")
    ReportFactory(published=True, unit=unit, title="Hòa giải ở ấp Đông", section=SectionFactory())
    ReportFactory(published=True, title="Hòa giải nơi khác")
    page.goto(f"{live_server.url}{reverse('search')}")

    page.get_by_label("Từ cần tìm").fill("hoa giai")
    page.get_by_role("button", name="Tìm").click()
    expect(page.locator("#ket-qua")).to_have_text("2 kết quả")
    expect(page.locator("mark").first).to_have_text("Hòa giải")

    page.get_by_text("Lọc theo đơn vị, kỳ").click()
    page.get_by_role("textbox", name="Đơn vị").fill("xã thoại sơn, an giang")
    page.get_by_role("button", name="Lọc kết quả").click()
    expect(page.locator("#ket-qua")).to_have_text("1 kết quả")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")

    page.get_by_role("link", name="Hòa giải ở ấp Đông").click()
    expect(page.locator("h1")).to_have_text("Hòa giải ở ấp Đông")
