"""Numbers and promises in a real browser: confirmed by keyboard alone, and no rule broken."""

from datetime import date

import pytest
from playwright.sync_api import expect

from reports.models import Figure, MemberRole, Promise
from tests.browser.looking import RULES_OF_COLOUR, broken_rules
from tests.browser.signing_in import sign_in
from tests.factories import EventFactory, FigureFactory, MembershipFactory, ReportFactory

pytestmark = pytest.mark.django_db(transaction=True)
BODY = (
    "<p>Bà con góp 312 ngày công. Xã giải quyết 08/24 đơn, 15 đơn đang chờ.</p>"
    "<h2>Nhiệm vụ 6 tháng cuối năm 2026</h2><ul><li>Sửa tay vịn bến đò kênh E cho người già.</li></ul>"
)


@pytest.fixture
def desk(registry):
    user = MembershipFactory(unit_id="t2-91", role=MemberRole.DESK).user
    event = EventFactory(event_on=date(2026, 7, 3), unit_id="t2-30682")
    told = {"published": True, "unit_id": "t2-30682", "lead": "", "event": event}
    first, second = ReportFactory(body=BODY, **told), ReportFactory(**told)
    for report in (first, second):
        FigureFactory(
            report=report, indicator="suất quà", value="1234.5", unit_of_measure="suất",
            confirmed_by=user, sentence="Trao 1.234,5 suất quà cho bà con.",
        )  # fmt: skip
    FigureFactory(
        report=first, indicator="xã làm xong", value=5, unit_of_measure="trên 9 xã",
        confirmed_by=user,
    )  # fmt: skip
    Promise.objects.create(
        unit_id="t2-30682", report=first, text="Lập tổ báo mặn cho ruộng lúa",
        period_start=date(2026, 7, 1), period_end=date(2026, 12, 31),
    )  # fmt: skip
    return user


def test_a_number_is_confirmed_by_typing_what_it_counts(live_server, open_tab, desk):
    tab = open_tab(1280)
    sign_in(tab, live_server, desk)
    tab.goto(f"{live_server.url}/tong-hop/chi-tieu/xac-nhan/?don-vi=t2-91")
    fields = tab.get_by_label("Chỉ tiêu", exact=True)
    fields.first.focus()
    tab.keyboard.type("công dân góp")
    tab.keyboard.press("Enter")
    expect(fields.nth(1)).to_be_focused()
    tab.get_by_role("button", name="Lưu những số đã quyết").click()

    expect(tab.get_by_role("status")).to_have_text("Đã xác nhận 1 số.")
    assert [str(one) for one in Figure.objects.filter(at_desk=True)] == [
        "312.0000 ngày công công dân góp"
    ]


@pytest.mark.parametrize("width", [360, 1280])
def test_the_pages_break_no_rule(live_server, open_tab, desk, width):
    tab = open_tab(width)
    sign_in(tab, live_server, desk)
    for path in (
        "chi-tieu/?don-vi=t2-91&ky=2026",
        "chi-tieu/mot/?don-vi=t2-91&ky=2026&chi-tieu=suất quà&dvt=suất",
        "chi-tieu/xac-nhan/?don-vi=t2-91",
        "chi-tieu/trung/?don-vi=t2-91",
        "chi-tieu/doi-ten/?cu=suất quà&moi=quà",
        "nhiem-vu/?don-vi=t2-91",
        "nhiem-vu/tim/?don-vi=t2-91",
        f"nhiem-vu/{Promise.objects.get().pk}/",
    ):
        tab.goto(f"{live_server.url}/tong-hop/{path}")
        assert (path, broken_rules(tab)) == (path, [])
        assert (path, tab.evaluate("document.documentElement.scrollWidth")) == (path, width)
    tab.emulate_media(color_scheme="dark")
    assert broken_rules(tab, RULES_OF_COLOUR) == []
