"""The list of conferences in a real browser: no rule broken, no sideways page, the file comes."""

import io
from datetime import date

import openpyxl
import pytest

from reports.models import MemberRole
from tests.browser.looking import RULES_OF_COLOUR, broken_rules
from tests.browser.signing_in import sign_in
from tests.factories import EventFactory, MembershipFactory, ReportFactory

pytestmark = pytest.mark.django_db(transaction=True)
ADDRESS = "/tong-hop/hoi-nghi/?don-vi=t2-91&ky=2026&quy-uoc=lich"


@pytest.fixture
def desk(registry):
    told = EventFactory(
        name="Hội nghị sơ kết công tác dân vận sáu tháng đầu năm", event_on=date(2026, 7, 2),
        unit_id="t2-30682", chair="Bí thư Đảng ủy xã", attendees="Cấp ủy, Mặt trận, trưởng ấp",
        venue="Hội trường Ủy ban nhân dân xã",
    )  # fmt: skip
    told.connected_sites.set(["t2-30502", "t2-30337"])
    ReportFactory(published=True, unit_id="t2-30682", event=told)
    for day in (date(2026, 8, 1), None):
        EventFactory(name="Đối thoại", event_on=day, unit_id="t2-30502", is_public=True)
    return MembershipFactory(unit_id="t2-91", role=MemberRole.DESK).user


@pytest.mark.parametrize("width", [360, 1280])
def test_the_list_holds_to_the_rules_and_its_file_comes(live_server, open_tab, desk, width):
    tab = open_tab(width)
    sign_in(tab, live_server, desk)
    tab.goto(f"{live_server.url}{ADDRESS}")
    tab.get_by_text("2 điểm cầu").click()

    assert broken_rules(tab) == []
    assert tab.evaluate("document.documentElement.scrollWidth") == width
    tab.emulate_media(color_scheme="dark")
    assert broken_rules(tab, RULES_OF_COLOUR) == []
    if width == 1280:
        with tab.expect_download() as download:
            tab.get_by_role("link", name="Excel").click()
        assert download.value.suggested_filename == "hoi-nghi_tinh-an-giang_2026.xlsx"
        book = openpyxl.load_workbook(io.BytesIO(download.value.path().read_bytes()))
        assert book.sheetnames == ["Hội nghị", "Theo loại", "Chưa rõ ngày"]
