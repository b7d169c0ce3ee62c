"""What waits for approval: seen by its own committee on one page, by no other and in no number."""

from datetime import UTC, datetime, timedelta
from importlib import import_module

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import NoReverseMatch, reverse

from reports import workflow
from reports.models import MemberRole, ReportHeading, ReportStatus
from tests.factories import EventFactory, MembershipFactory, ReportFactory, UserFactory
from tests.reports.desk.conftest import at_the_desk
from units.models import Unit

pytestmark = pytest.mark.django_db
AN_GIANG, NINH_BINH = "t2-91", "t2-37"
TAY_PHU, THOAI_SON = "t2-30691", "t2-30682"
URL = "/tong-hop/dang-cho/"
WORD = "chimtuhu"


def browser(user):
    client = Client()
    client.force_login(user)
    return client


def waiting(unit=TAY_PHU, **fields):
    fields = {"title": f"Bài {WORD} đang chờ", "status": ReportStatus.SUBMITTED} | fields
    return ReportFactory(unit=Unit.objects.get(pk=unit), **fields)


def shown(client, **asked):
    return {report.pk for report in client.get(URL, asked).context["page"]}


def test_its_own_committee_sees_what_waits_and_nothing_else(desk):
    report = waiting()
    waiting(status=ReportStatus.DRAFT)
    waiting(status=ReportStatus.RETURNED)
    waiting(unit=NINH_BINH)
    ReportFactory(published=True, unit=Unit.objects.get(pk=TAY_PHU))
    ReportFactory(scheduled=True, unit=Unit.objects.get(pk=TAY_PHU))

    assert shown(desk) == {report.pk}


@pytest.mark.parametrize(
    "files", [False, pytest.param(True, marks=pytest.mark.drill)], ids=["pages", "files"]
)
def test_two_committees_never_see_each_others_at_any_door(files):
    waiting(event=EventFactory(name=f"Hội nghị {WORD}"))
    own, other = browser(at_the_desk(AN_GIANG)), browser(at_the_desk(NINH_BINH))
    addresses = []
    for pattern in import_module("reports.desk.urls").urlpatterns:
        try:
            address = reverse(f"desk:{pattern.name}")
        except NoReverseMatch:
            continue
        if ("/xuat/" in address) == files:
            addresses.append(address)

    seen = {"own": set(), "other": set()}
    for name, client in (("own", own), ("other", other)):
        for address in addresses:
            response = client.get(address, {"don-vi": AN_GIANG, "chua-ro-ngay": "1"})
            content = b"".join(response) if response.streaming else response.content
            if WORD in content.decode(errors="ignore"):
                seen[name].add(address)

    assert len(addresses) > 4
    assert seen == {"own": set() if files else {URL}, "other": set()}


def test_it_is_narrowed_by_unit_and_by_what_a_report_is(desk):
    first = waiting(heading=ReportHeading.PARTY)
    second = waiting(unit=THOAI_SON, heading=ReportHeading.FRONT)
    above = waiting(unit=AN_GIANG)

    assert shown(desk, **{"don-vi": AN_GIANG}) == {first.pk, second.pk, above.pk}
    assert shown(desk, **{"don-vi": AN_GIANG, "don-vi-cu": "1"}) == {first.pk, second.pk, above.pk}
    assert shown(desk, **{"don-vi": AN_GIANG, "chi-don-vi": "1"}) == {above.pk}
    assert shown(desk, **{"don-vi": f"{TAY_PHU},{THOAI_SON}"}) == {first.pk, second.pk}
    assert shown(desk, muc=ReportHeading.FRONT) == {second.pk}
    # A unit of others chooses none of theirs.
    assert shown(desk, **{"don-vi": NINH_BINH}) == set()


@pytest.mark.parametrize(
    "asked", [{"ky": "2020"}, {"tu": "2020-01-01"}, {"q": "khongcochu"}, {"chua-ro-ngay": "1"}, {"dong": TAY_PHU}, {"thang": "2020-01", "ky": "2020"}]
)  # fmt: skip
def test_days_and_words_choose_nothing_here(desk, asked):
    report = waiting()

    assert shown(desk, **asked) == {report.pk}


def test_it_waits_since_it_was_handed_in_whatever_was_mended_later(desk):
    first, second = waiting(status=ReportStatus.DRAFT), waiting(status=ReportStatus.DRAFT)
    for report in (first, second):
        workflow.submit(report, by=UserFactory(is_superuser=True))
    at = datetime(2026, 7, 2, 1, tzinfo=UTC)
    for report, days in ((first, 1), (second, 0)):
        moved = report.history.filter(history_change_reason=workflow.SUBMITTED)
        moved.update(history_date=at + timedelta(days=days))
    # Handed in before, and looked at again just now.
    second.refresh_from_db()
    second.save()

    rows = desk.get(URL).context["page"].rows

    assert [(row.pk, row.moved_at) for row in rows] == [
        (first.pk, at + timedelta(days=1)), (second.pk, at),
    ]  # fmt: skip


def test_what_came_otherwise_waits_since_its_last_change(desk):
    report = waiting()

    (row,) = desk.get(URL).context["page"].rows

    assert row.moved_at == report.updated_at


def test_the_page_says_which_conditions_it_left_out(desk):
    waiting()

    page = desk.get(URL, {"ky": "2020", "muc": ReportHeading.PARTY}).content.decode()

    assert "Không áp dụng ở đây" in page
    assert "Năm 2020" in page


def test_a_form_is_linked_only_for_those_to_whom_it_opens(desk):
    report = waiting()
    form = reverse("admin:reports_report_change", args=[report.pk])
    approver = at_the_desk(AN_GIANG)
    MembershipFactory(user=approver, unit=report.unit, role=MemberRole.APPROVER)

    assert desk.get(form).status_code == 404
    assert f'href="{form}"' not in desk.get(URL).content.decode()
    assert browser(approver).get(form).status_code == 200
    assert f'href="{form}"' in browser(approver).get(URL).content.decode()


def test_the_page_costs_the_same_however_many_wait(desk):
    costs = []
    for number in (1, 3):
        for _ in range(number):
            waiting(event=EventFactory())
        desk.get(URL)
        with CaptureQueriesContext(connection) as statements:
            assert len(desk.get(URL).context["page"].rows) >= number
        costs.append(len(statements))

    assert costs[0] == costs[1]


@pytest.mark.parametrize("asked", [{"trang": "9" * 5000}, {"don-vi": "\0"}, {"tac-gia": "9" * 300}])
def test_nonsense_is_no_error(desk, asked):
    assert desk.get(URL, asked).status_code == 200
