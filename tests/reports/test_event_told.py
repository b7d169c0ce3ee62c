"""Whether readers may see an event follows its reports, whichever way those change."""

from datetime import timedelta

import pytest
from django.utils import timezone

from reports import workflow
from reports.models import Event, Report
from reports.scope import refresh_all
from tests.factories import EventFactory, ReportFactory, UserFactory

pytestmark = pytest.mark.django_db


def seen(*, days=0):
    return set(Event.objects.published(timezone.now() + timedelta(days=days)))


def test_nobody_sees_an_event_that_is_neither_announced_nor_told_of():
    announced = EventFactory(is_public=True)
    EventFactory()
    ReportFactory(event=EventFactory())

    assert seen() == {announced}


def test_a_scheduled_report_shows_its_event_when_its_moment_comes():
    event = EventFactory()
    ReportFactory(scheduled=True, event=event)

    assert seen() == set()
    assert seen(days=2) == {event}


def test_the_earliest_of_several_reports_counts():
    event = EventFactory()
    ReportFactory(scheduled=True, event=event)
    ReportFactory(published=True, event=event)

    assert seen() == {event}


def test_an_event_whose_last_report_is_withdrawn_is_hidden_again():
    event = EventFactory()
    report = ReportFactory(published=True, event=event)
    assert seen() == {event}

    workflow.withdraw(report, by=UserFactory(is_superuser=True), reason="Trùng bài")

    assert seen() == set()


def test_a_report_that_turns_to_another_event_takes_its_light_along():
    first, second = EventFactory(), EventFactory()
    report = ReportFactory(published=True, event=first)

    report.event = second
    report.save()

    assert seen() == {second}

    report.event = None
    report.save()

    assert seen() == set()


def test_saving_an_event_read_long_ago_hides_nothing():
    event = EventFactory()
    ReportFactory(published=True, event=Event.objects.get(pk=event.pk))

    event.venue = "Hội trường"
    event.save()

    assert seen() == {event}


def test_what_came_in_past_save_is_set_right_by_the_refresh():
    event = EventFactory()
    report = ReportFactory(published=True)
    Report.objects.filter(pk=report.pk).update(event=event)
    assert seen() == set()

    refresh_all()

    assert seen() == {event}
