"""What changes is counted at once: nothing the desk keeps in memory outlives what it was made of."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from reports import workflow
from reports.desk.comparison import comparison_of
from reports.desk.counting import table_of
from reports.desk.coverage import coverage_of
from reports.desk.selection import Selection
from reports.models import Report
from reports.scope import refresh_all
from reports.shelves import shelves
from tests.factories import (
    EventFactory,
    OrganisationFactory,
    ReportFactory,
    SectionFactory,
    TopicFactory,
    UserFactory,
)
from tests.units.test_correcting import form_of, save

pytestmark = pytest.mark.django_db
AN_GIANG, THOAI_SON = "t2-91", "t2-30682"
QUERY = f"don-vi={AN_GIANG}&ky=2026-H1"


@pytest.fixture
def report(registry):
    event = EventFactory(event_on=date(2026, 3, 9), unit_id=THOAI_SON, name="Hội nghị xã")
    return ReportFactory(published=True, unit_id=THOAI_SON, event=event, title="Bài của xã")


def months(query=QUERY):
    """{month's label: reports} that are not zero, as table and coverage have them."""
    table = table_of(Selection.of(query), "thang")
    numbers = {
        column.label: total
        for column, total in zip(table.columns, table.totals, strict=True)
        if total
    }
    covered = coverage_of(Selection.of(query))
    told = zip(covered.steps, covered.totals, strict=True)
    assert {step.label: total.number for step, total in told if total.number} == numbers
    return numbers


def test_a_withdrawn_report_leaves_the_numbers(desk, report):
    assert (months(), "Bài của xã" in listed(desk)) == ({"3/2026": 1}, True)
    report = workflow.withdraw(report, by=UserFactory(is_superuser=True), reason="trùng bài")

    assert (months(), "Bài của xã" in listed(desk)) == ({}, False)


def listed(desk):
    return desk.get(f"{reverse('desk:list')}?{QUERY}").content.decode()


def test_a_report_that_is_put_off_counts_when_its_moment_has_come(report):
    later = timezone.now() + timedelta(hours=2)
    report.published_at = later
    report.save()

    assert months() == {}
    selection = Selection.of(QUERY, later)
    assert (selection.reports.count(), table_of(selection).total) == (1, 1)


def test_reports_follow_their_event_to_another_day_and_kind(report):
    event = report.event
    event.event_on, event.kind = date(2026, 5, 2), "tap-huan"
    event.save()

    assert months() == {"5/2026": 1}
    assert [column.value for column in table_of(Selection.of(QUERY)).columns] == ["tap-huan"]
    event.event_on = None
    event.save()
    # Then the day of publication counts.
    report = Report.objects.get(pk=report.pk)
    assert Selection.of(f"don-vi={AN_GIANG}").reports.get().counting_on == timezone.localdate(
        report.published_at
    )
    Report.objects.filter(pk=report.pk).update(published_is_estimate=True)
    Report.objects.get(pk=report.pk).save()
    assert (months(), Selection.of(QUERY).undated.count()) == ({}, 1)


def test_a_unit_that_is_corrected_bears_its_new_name_in_every_table(report):
    def names():
        rows = table_of(Selection.of(QUERY)).rows
        return [row.row.name for row in rows if row.total]

    before = names()
    client = Client()
    client.force_login(UserFactory(is_superuser=True, is_staff=True))
    unit_page = form_of(client, THOAI_SON)
    assert save(client, THOAI_SON, unit_page | {"name": "Xã Thoại Sơn Mới"}) is None

    assert (before, names()) == (["Xã Thoại Sơn"], ["Xã Thoại Sơn Mới"])


def test_a_unit_that_is_put_elsewhere_takes_its_reports_along(report):
    other = "t2-92"

    def totals():
        return {
            key: table_of(Selection.of(f"don-vi={key}&ky=2026-H1")).total
            for key in (AN_GIANG, other)
        }

    before = totals()
    client = Client()
    client.force_login(UserFactory(is_superuser=True, is_staff=True))
    assert save(client, THOAI_SON, form_of(client, THOAI_SON) | {"parent": other}) is None
    # Until the scopes are written anew it stands in a row of its own; no number is lost.
    rows = table_of(Selection.of(QUERY)).rows
    assert [(row.row.key, row.total) for row in rows if row.total] == [(THOAI_SON, 1)]
    refresh_all()

    assert (before, totals()) == ({AN_GIANG: 1, other: 0}, {AN_GIANG: 0, other: 1})
    assert [row.row.key for row in table_of(Selection.of("ky=2026-H1")).rows if row.total] == [
        other
    ]


@pytest.mark.parametrize("kind", ["chuyen-muc", "chu-de", "to-chuc"])
def test_what_was_put_up_a_moment_ago_has_its_column(report, kind):
    shelves()
    made = {
        "chuyen-muc": SectionFactory, "chu-de": TopicFactory, "to-chuc": OrganisationFactory,
    }[kind]()  # fmt: skip
    if kind == "chu-de":
        report.topics.add(made)
    else:
        setattr(report, "section" if kind == "chuyen-muc" else "organisation", made)
        report.save()

    table = table_of(Selection.of(QUERY), kind)
    compared = comparison_of(Selection.of(QUERY), kind)

    assert [
        (column.value, total) for column, total in zip(table.columns, table.totals, strict=True)
    ] == [(made.slug, 1)]
    assert [line.label for line in compared.columns] == [table.columns[0].label]
    # And its number leads to its reports.
    assert Selection.of(f"{QUERY}&{kind}={made.slug}").reports.count() == 1
