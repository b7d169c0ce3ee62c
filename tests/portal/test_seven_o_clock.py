"""Hẹn giờ 07:00: at no door a second early, at every door on the second, and nobody runs a job."""

from datetime import timedelta

import pytest
from django.utils import timezone

from reports import workflow
from reports.models import MemberRole, ReportStatus
from tests.factories import MembershipFactory, UserFactory
from tests.portal.test_leaks import (
    BARE,
    asking,
    common_doors,
    own_doors,
    reported,
    shown_by_all,
    shows,
    world,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def seven(site, clock):
    """Tomorrow at 07:00 on our own clock, in the month after the event of this world."""
    clock.now += timedelta(days=40).total_seconds()
    day = timezone.localtime(timezone.now()) + timedelta(days=1)
    return day.replace(hour=7, minute=0, second=0, microsecond=0)


@pytest.fixture
def scheduled(site, clock, committed, seven):
    """(the doors, a function that knocks): a report approved today for tomorrow at seven."""
    here = world()
    with committed():
        report = reported(here, {"status": ReportStatus.SUBMITTED, "created_by": UserFactory()})
        approver = MembershipFactory(unit=here.unit, role=MemberRole.APPROVER).user
        report = workflow.publish(report, by=approver, at=seven, version=report.version)
    doors = common_doors(here) | own_doors(report)
    ask = asking(site)
    for address in doors.values():
        ask(address)  # whatever can be kept is kept from now on
    return doors, ask


def test_at_0659_59_no_door_knows_of_it(scheduled, clock, seven):
    doors, ask = scheduled
    for before in (timedelta(minutes=1), timedelta(seconds=1)):
        clock.now = (seven - before).timestamp()

        assert [name for name, address in doors.items() if shows(ask, address)] == []


def test_at_0700_00_every_door_shows_it(scheduled, clock, seven):
    doors, ask = scheduled
    clock.now = (seven - timedelta(seconds=1)).timestamp()
    for address in doors.values():
        ask(address)  # the last second's pages are kept, too
    clock.now = seven.timestamp()

    assert shown_by_all(ask, doors) == set(doors) - BARE
