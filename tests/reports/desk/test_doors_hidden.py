"""Nothing that is not public is in any page or file of the desk, and looking costs what it costs."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from reports.models import Committee, Report, ReportStatus
from tests.factories import ReportFactory
from tests.reports.desk.conftest import at_the_desk
from tests.reports.desk.doors import (
    CANARY,
    DOORS,
    ELSEWHERE,
    HOME,
    SLOW,
    address,
    answers,
    hidden,
    make_things,
    readable,
    signed_in,
)
from units.models import Unit

pytestmark = pytest.mark.django_db


@pytest.fixture
def things():
    return make_things()


def states(original):
    after = timezone.now() + timedelta(days=9)
    return {
        "draft": {"status": ReportStatus.DRAFT},
        "submitted": {"status": ReportStatus.SUBMITTED},
        "returned": {"status": ReportStatus.RETURNED, "returned_reason": CANARY},
        "scheduled": {"status": ReportStatus.PUBLISHED, "published_at": after},
        "withdrawn": {"withdrawn": True, "withdrawn_reason": CANARY},
        "revision": {"status": ReportStatus.SUBMITTED, "revises": original},
    }


# What the desk of the unit itself may see of what waits: the list of what waits, nothing else.
WAITING = {"waiting"}


def test_nothing_hidden_is_in_any_page_or_file(things):
    unit = Unit.objects.get(pk=HOME)
    for kind in ("saved", "digest", "promise", "initiative"):
        things[kind].delete()
    Committee.objects.update(issuing_body="")
    client = signed_in(at_the_desk(HOME))
    original = ReportFactory(published=True, unit=unit, title="Bài gốc")
    names = [
        name for name, each in DOORS.items()
        if each.shows_reports and not each.of and "GET" in each.takes and name not in SLOW
    ]  # fmt: skip
    before = {name: readable(a) for name, a in answers(client, things, names=names).items()}
    for fields in states(original).values():
        hidden(unit, **fields)

    after = {name: readable(a) for name, a in answers(client, things, names=names).items()}

    assert [name for name in names if CANARY in after[name] and name not in WAITING] == []
    # Not even a number changes.
    told = [name for name in names if before[name] != after[name]]
    assert set(told) <= WAITING
    assert after["waiting"].count("Tít chimyen") >= 1
    other = signed_in(at_the_desk(ELSEWHERE))
    shown = answers(other, things, names=names)
    assert [name for name in names if CANARY in readable(shown[name])] == []

    # Control: once it is public it is everywhere.
    public = hidden(unit, published=True)
    now_shown = {name: readable(a) for name, a in answers(client, things, names=names).items()}
    assert Report.objects.published().filter(pk=public.pk).exists()
    for name in ("list", "conferences", "excel", "csv", "json", "word", "print", "figures"):
        assert CANARY in now_shown[name], name


@pytest.mark.drill
def test_more_reports_cost_no_more_statements(things):
    """One and six: the same number for every page and file."""
    client = signed_in(at_the_desk(HOME))
    unit = Unit.objects.get(pk=HOME)
    names = [
        name for name, each in DOORS.items()
        if "GET" in each.takes and not each.of and name not in SLOW
    ]  # fmt: skip
    hidden(unit, published=True, published_at=timezone.now() - timedelta(days=1))
    answers(client, things, names=names)
    few = {name: statements(client, things, name) for name in names}
    for _ in range(5):
        hidden(unit, published=True, published_at=timezone.now() - timedelta(days=1))
    many = {name: statements(client, things, name) for name in names}

    assert many == few


def statements(client, things, name):
    with CaptureQueriesContext(connection) as asked:
        answer = client.get(address(name, things))
        if answer.streaming:
            b"".join(answer)
    return len(asked)
