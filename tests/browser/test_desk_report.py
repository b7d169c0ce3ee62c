"""The report in a real browser: its sheet holds to the rules, a file that takes a moment says so."""

from datetime import UTC, datetime

import pytest
from docx import Document
from playwright.sync_api import expect

from reports.models import Committee, MemberRole
from tests.browser.looking import broken_rules
from tests.browser.signing_in import sign_in
from tests.factories import MembershipFactory, ReportFactory

pytestmark = pytest.mark.django_db(transaction=True)
ASKED = "don-vi=t2-91&ky=2026-05"


@pytest.fixture
def desk(registry):
    for day in (5, 6):
        at = datetime(2026, 5, day, 3, tzinfo=UTC)
        ReportFactory(published=True, unit_id="t2-30682", published_at=at, title=f"Bài ngày {day}")
    Committee.objects.create(unit_id="t2-91", issuing_body="Ban Tuyên giáo và Dân vận")
    return MembershipFactory(unit_id="t2-91", role=MemberRole.DESK).user


def test_the_sheet_becomes_a_word_file_that_announces_itself(live_server, open_tab, desk):
    tab = open_tab(360)
    sign_in(tab, live_server, desk)
    tab.goto(f"{live_server.url}/tong-hop/xuat/ban-in/?{ASKED}")

    assert broken_rules(tab) == []
    assert tab.evaluate("document.documentElement.scrollWidth") == 360

    tab.get_by_label("Về việc").fill("công tác tháng Năm")
    tab.get_by_role("button", name="Xem lại").click()
    with tab.expect_download() as download:
        tab.get_by_role("link", name="Word").click()

    assert download.value.suggested_filename == "bao-cao_tinh-an-giang_2026-05.docx"
    texts = [paragraph.text for paragraph in Document(download.value.path()).paragraphs]
    assert texts[:2] == ["BÁO CÁO", "công tác tháng Năm"]
    expect(tab.locator(".export-status")).to_have_text(
        "Đã soạn xong tệp bao-cao_tinh-an-giang_2026-05.docx."
    )


def test_a_file_that_cannot_be_written_leads_to_the_page_that_says_why(
    live_server, open_tab, desk, monkeypatch
):
    monkeypatch.setattr("reports.desk.report_views.MOST_REPORTS", 1)
    tab = open_tab(1280)
    sign_in(tab, live_server, desk)
    tab.goto(f"{live_server.url}/tong-hop/xuat/ban-in/?{ASKED}")

    tab.get_by_role("link", name="Word").click()

    expect(tab.get_by_role("alert")).to_contain_text("Hãy chọn kỳ ngắn hơn")
