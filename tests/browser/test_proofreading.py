"""The second editor in a real browser: it reads along, leads into fields, mends, and asks for one tick."""

import pytest
from playwright.sync_api import expect

from reports.models import Report, ReportStatus
from tests.browser.looking import broken_rules
from tests.browser.signing_in import sign_in
from tests.factories import MembershipFactory, ReportFactory, UserFactory, next_commune

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def report(registry):
    unit = next_commune()
    editor = UserFactory(username="bien-tap")
    MembershipFactory(user=editor, unit=unit, role="editor")
    MembershipFactory(user=UserFactory(username="duyet"), unit=unit, role="approver")
    lead = "Bà con xử dụng máy cày chung, gọi anh Ba 0912 345 678."
    return ReportFactory(unit=unit, lead=lead, created_by=editor)


@pytest.fixture
def form(page, live_server, report):
    page.set_viewport_size({"width": 360, "height": 740})
    sign_in(page, live_server, "bien-tap")
    page.goto(f"{live_server.url}/quan-tri/reports/report/{report.pk}/change/")
    return page


def test_from_a_slip_to_a_sent_report(form, report):
    panel = form.locator("#kiem-bai")
    expect(panel).to_contain_text("2 điều nhắc")
    panel.locator("summary").click()
    assert broken_rules(form, within="#kiem-bai") == []
    assert form.evaluate("document.documentElement.scrollWidth") == 360

    panel.get_by_role("link", name="xử dụng").first.click()
    expect(form.locator("#id_lead")).to_be_focused()

    panel.get_by_role("button", name="Sửa thành “sử dụng”").click()
    expect(form.locator("#id_lead")).to_have_value(
        "Bà con sử dụng máy cày chung, gọi anh Ba 0912 345 678."
    )
    expect(panel).to_contain_text("1 điều nhắc")

    form.get_by_role("button", name="Gửi duyệt").click()
    expect(form.locator("body")).to_contain_text("còn 1 điều nhắc chưa xem")
    assert Report.objects.get().status == ReportStatus.DRAFT

    form.get_by_label("Tôi đã xem 1 điều nhắc").check()
    form.get_by_role("button", name="Gửi duyệt").click()
    form.get_by_role("heading", name="Việc của tôi").wait_for()
    assert Report.objects.get().status == ReportStatus.SUBMITTED


def test_it_reads_along_and_stores_nothing(form, report):
    form.fill("#id_title", "null Xã ta làm đường hoa")

    expect(form.locator("[data-proof-list]")).to_contain_text("1 lỗi phải sửa")
    assert Report.objects.get().title == report.title


def test_enter_in_a_field_saves_and_mends_nothing(form, report):
    form.get_by_text("Kỳ báo cáo, mục, chủ đề").click()
    form.locator("#id_period_label").press("Enter")
    form.get_by_text("Đã lưu bài").wait_for()

    expect(form.locator("#id_lead")).to_have_value(report.lead)
    assert Report.objects.get().lead == report.lead
