"""The lists in a real browser: choosing on a phone without script, large enough to press."""

import pytest
from playwright.sync_api import expect

from tests.factories import (
    ContributionFactory,
    EventFactory,
    PersonFactory,
    ReportFactory,
    SectionFactory,
    TopicFactory,
)
from units.models import Unit

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def report():
    unit = Unit.objects.get(pk="t2-30502")
    section, topic, person = SectionFactory(name="Tin tức"), TopicFactory(), PersonFactory()
    for number in range(25):
        report = ReportFactory(
            published=True,
            unit=unit if number else Unit.objects.get(pk="t2-91"),
            section=section if number % 2 else None,
            event=EventFactory() if number % 3 else None,
            published_is_estimate=number == 5,
        )
    report.topics.add(topic)
    ContributionFactory(report=report, person=person, signed_as="M.N")
    return report


def test_a_phone_without_script_chooses_sees_numbers_and_takes_off(live_server, open_tab, report):
    tab = open_tab(360, java_script_enabled=False)
    tab.goto(f"{live_server.url}/tin/")
    expect(tab.get_by_label("Chuyên mục")).to_be_hidden()

    tab.get_by_text("Lọc tin bài").click()
    tab.get_by_label("Chuyên mục").select_option(label="Tin tức (12)")
    tab.get_by_role("button", name="Lọc tin").click()

    expect(tab.get_by_role("heading", name="12 bài")).to_be_visible()
    tab.get_by_role("link", name="Bỏ lọc: Tin tức").click()
    expect(tab.get_by_role("heading", name="25 bài")).to_be_visible()


def test_a_wide_window_has_the_filter_beside_the_list(live_server, open_tab, report):
    tab = open_tab(1280)
    tab.goto(f"{live_server.url}/tin/")

    field = tab.get_by_label("Chuyên mục").bounding_box()
    story = tab.locator(".story").first.bounding_box()

    assert field["x"] + field["width"] < story["x"]


def test_everything_to_press_is_large_enough(live_server, open_tab, report):
    tab = open_tab(360)
    tab.goto(f"{live_server.url}/tin/?don-vi=t2-91&chuyen-muc=tin-tuc")
    tab.get_by_text("Sửa bộ lọc").click()

    small = tab.evaluate(
        """[...document.querySelectorAll(
            '.orders a, .chips a, .take-away a, .pager a, .filters select, .filters summary, .within summary'
        )].filter(each => each.offsetParent && each.getBoundingClientRect().height < 47.5)
          .map(each => each.textContent)"""
    )
    assert small == []
