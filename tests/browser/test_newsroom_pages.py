"""Every page of the newsroom: no broken rule on phone or desk, nothing sideways at 320 px, and all of it
within reach of the keyboard.
"""

import pytest

from reports.models import Report
from tests.browser.looking import broken_rules, way_of_the_keyboard
from tests.browser.patience import settle
from tests.browser.signing_in import sign_in
from tests.factories import MembershipFactory, UserFactory
from tests.newsroom import furnish
from units.models import Unit

pytestmark = pytest.mark.django_db(transaction=True)

SAVE = ".submit-row button[name=_continue]"


@pytest.fixture
def pages(registry):
    """{name: address} for `bien-tap`, who edits and approves."""
    unit = Unit.objects.current().get(name="Phường Thới Sơn", parent="t2-91")
    by = UserFactory(username="bien-tap", first_name="Nguyễn Thị Lan")
    colleague = UserFactory(username="mai", first_name="Trần Thị Mai")
    for role in ("editor", "approver"):
        MembershipFactory(user=by, unit=unit, role=role)
    MembershipFactory(user=colleague, unit=unit, role="editor")
    return furnish(unit, by, colleague)


@pytest.fixture
def desk(open_tab, live_server, pages):
    """Their window; what goes wrong in it is noted in `desk.trouble`."""
    tab = open_tab(1280)
    tab.trouble = []
    tab.on("pageerror", lambda error: tab.trouble.append(str(error)))
    tab.on("console", lambda line: line.type == "error" and tab.trouble.append(line.text))
    sign_in(tab, live_server, "bien-tap")
    return tab


def faults_of(tab):
    """What is wrong with the page that is open, from a wide window to the narrowest."""
    found = []
    for width in (1280, 360, 320):
        tab.set_viewport_size({"width": width, "height": 800})
        if width > 320:
            # A bar that sticks to the window's edge covers things in passing; at its own place none.
            tab.evaluate("scrollTo(0, document.documentElement.scrollHeight)")
            found += [(width, *fault) for fault in broken_rules(tab)]
        wide = tab.evaluate("document.documentElement.scrollWidth")
        if wide > width:
            found.append((width, f"{wide} px wide"))
    return found


def test_no_page_of_the_newsroom_breaks_a_rule(desk, live_server, pages):
    broken = {}
    for name, address in pages.items():
        desk.set_viewport_size({"width": 1280, "height": 800})
        answer = desk.goto(live_server.url + address)
        settle(desk)
        if faults := [answer.status] * (answer.status != 200) + faults_of(desk):
            broken[name] = faults

    assert broken == {}
    assert [line for line in desk.trouble if "404" not in line] == []


def test_a_save_that_comes_too_late_is_told_to_everybody(desk, live_server, pages):
    desk.goto(live_server.url + pages["bai-co-dieu-nhac"])
    report = Report.objects.get(title="null Xã ta làm đường hoa")
    report.lead = "Sapo của người khác."
    report.save()
    desk.fill("#id_title", "Tít của tôi")
    desk.click(SAVE)
    desk.get_by_role("heading", name="Hai bản khác nhau ở đâu").wait_for()

    assert faults_of(desk) == []
    desk.set_viewport_size({"width": 1280, "height": 800})
    assert way_of_the_keyboard(desk) == []


def test_the_tab_key_reaches_everything_in_the_newsroom(desk, live_server, pages):
    found = {}
    for name, address in pages.items():
        if name.startswith("bai-"):
            continue  # the editor's frame has a keyboard of its own
        desk.goto(live_server.url + address)
        settle(desk)
        if faults := way_of_the_keyboard(desk):
            found[name] = faults

    assert found == {}
