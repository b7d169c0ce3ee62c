"""Below a report stand its kin: the same event first, then topics, then the kind of event."""

from datetime import timedelta

import pytest
from django.utils import timezone

from reports.models import EventKind, Report
from reports.related import related_reports
from tests.factories import (
    EventFactory,
    OrganisationFactory,
    ReportFactory,
    TopicFactory,
    next_commune,
)

pytestmark = pytest.mark.django_db


def related(report, shown=()):
    published = Report.objects.published(timezone.now())
    return related_reports(published, report, shown=shown)


@pytest.fixture
def family():
    """A report about an event, with kin of every degree and one stranger, all of one unit."""
    unit, topic = next_commune(), TopicFactory()
    event = EventFactory(unit=unit, kind=EventKind.DIALOGUE)
    report = ReportFactory(published=True, unit=unit, event=event)
    report.topics.add(topic)
    kind = ReportFactory(
        published=True, unit=unit, event=EventFactory(unit=unit, kind=EventKind.DIALOGUE)
    )
    of_topic = ReportFactory(
        published=True, unit=unit, published_at=timezone.now() - timedelta(days=90)
    )
    of_topic.topics.add(topic)
    elsewhere = ReportFactory(
        published=True, event=event, published_at=timezone.now() - timedelta(days=300)
    )
    ReportFactory(published=True, unit=unit)
    return report, [elsewhere, of_topic, kind]


def test_the_nearest_kin_come_first_whatever_their_age(family):
    report, kin = family

    assert related(report) == kin


def test_nothing_is_shown_twice_on_a_page(family):
    report, kin = family

    assert related(report, shown=[kin[1].pk]) == [kin[0], kin[2]]


def test_the_page_shows_them_and_repeats_none(client, family):
    report, _ = family
    ReportFactory.create_batch(10, published=True)

    context = client.get(report.get_absolute_url()).context

    shown = [context["newer"], context["older"], *context["others"]]
    assert not {other.pk for other in context["related"]} & {other.pk for other in shown if other}
    assert report not in context["related"]


def test_only_what_is_public_is_related():
    event = EventFactory()
    report = ReportFactory(published=True, event=event)
    for state in ({}, {"scheduled": True}, {"withdrawn": True}, {"status": "submitted"}):
        ReportFactory(event=event, **state)
    shown = ReportFactory(published=True, event=event)

    assert related(report) == [shown]


def test_kin_by_the_same_organisation(family):
    host = OrganisationFactory()
    report = ReportFactory(published=True, organisation=host)
    other = ReportFactory(published=True, organisation=host, unit=report.unit)
    ReportFactory(published=True, organisation=host)

    assert related(report) == [other]


def test_a_report_without_any_tie_asks_nothing(django_assert_num_queries):
    report = ReportFactory(published=True)
    ReportFactory(published=True, unit=report.unit)
    list(report.topics.all())
    report = Report.objects.prefetch_related("topics").select_related("unit").get(pk=report.pk)

    with django_assert_num_queries(0):
        assert related(report) == []


@pytest.mark.parametrize("count", [1, 30])
def test_it_is_one_query_and_at_most_four(family, django_assert_num_queries, count):
    report, _ = family
    ReportFactory.create_batch(count, published=True, unit=report.unit, event=report.event)
    report = (
        Report.objects.prefetch_related("topics").select_related("unit", "event").get(pk=report.pk)
    )

    with django_assert_num_queries(1):
        found = related(report)
        [(other.unit.name, other.get_absolute_url()) for other in found]

    assert len(found) == 4
