"""Who may read, write and move a report, and what moving it does.

Which role may do which deed in which state: `tests/reports/admin/test_every_route.py`.
"""

from datetime import timedelta

import pytest
from django.utils import timezone

from reports import workflow
from reports.models import MemberRole, Report, ReportStatus
from reports.rights import may_edit, visible_reports
from reports.workflow import Refused
from tests.factories import (
    MembershipFactory,
    NewsroomFactory,
    ReportFactory,
    UserFactory,
    next_commune,
)

pytestmark = pytest.mark.django_db

STATES = ["draft", "returned", "submitted", "scheduled", "published", "withdrawn"]
# role -> the states of somebody else's reports whose form opens.
OPENS = {
    "contributor": set(),
    "editor": set(STATES),
    "approver": {"submitted", "scheduled", "published", "withdrawn"},
    "unit_admin": set(),
    "desk": {"published"},
    "superuser": set(STATES),
    "nobody": set(),
}
EDITS = {"editor": {"draft", "returned"}, "superuser": {"draft", "returned"}}


def in_state(state, **fields):
    if state in ("scheduled", "published", "withdrawn"):
        return ReportFactory(**{state: True}, **fields)
    return ReportFactory(status=state, **fields)


def member(role, unit):
    if role == "superuser":
        return UserFactory(is_superuser=True)
    user = UserFactory()
    if role != "nobody":
        MembershipFactory(user=user, unit=unit, role=MemberRole(role))
    return user


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("role", OPENS)
def test_a_form_opens_and_a_text_changes_exactly_where_the_table_says(role, state):
    report = in_state(state, created_by=UserFactory())
    user = member(role, report.unit)
    foreign = in_state(state, created_by=UserFactory())

    assert visible_reports(user).filter(pk=report.pk).exists() == (state in OPENS[role])
    assert may_edit(user, report) == (state in EDITS.get(role, set()))
    if role != "superuser":
        assert not visible_reports(user).filter(pk=foreign.pk).exists()


def test_a_contributor_has_their_own_drafts_and_sends_them():
    unit = next_commune()
    user = member("contributor", unit)
    own = ReportFactory(unit=unit, created_by=user)

    assert may_edit(user, own)
    assert workflow.submit(own, by=user).status == ReportStatus.SUBMITTED
    own.refresh_from_db()
    assert not may_edit(user, own)
    assert list(visible_reports(user)) == [own]


def test_a_grant_holds_for_what_lies_below():
    commune = next_commune()
    user = member("editor", commune.parent)

    assert may_edit(user, ReportFactory(unit=commune))
    assert not may_edit(user, ReportFactory(unit=next_commune()))


@pytest.mark.parametrize("role", ["approver", "superuser"])
def test_nobody_approves_their_own_text(role):
    report = ReportFactory(status="submitted")
    user = member(role, report.unit)
    report._history_user = user
    report.title = "Tít mới"
    report.save()

    with pytest.raises(Refused, match="người khác phải duyệt") as refused:
        workflow.publish(report, by=user)
    assert refused.value.status_code == 403


def test_returning_is_not_writing():
    report = ReportFactory(status="submitted", created_by=UserFactory())
    approver = member("approver", report.unit)
    report = workflow.return_to_author(report, by=approver, reason="Thiếu tên người chụp")
    report = workflow.submit(report, by=member("editor", report.unit))

    assert workflow.publish(report, by=approver).status == ReportStatus.PUBLISHED


def test_where_one_person_is_the_newsroom_they_publish_their_own():
    newsroom = NewsroomFactory()
    user = member("editor", newsroom.unit)
    report = ReportFactory(unit=newsroom.unit, created_by=user)

    published = workflow.publish(report, by=user)

    assert published.is_published()
    assert published.history.first().history_change_reason == "đăng, một bước"
    assert may_edit(user, published)


def test_publishing_twice_moves_it_once():
    report = ReportFactory(status="submitted", created_by=UserFactory())
    approver = member("approver", report.unit)
    first = workflow.publish(report, by=approver)

    with pytest.raises(Refused) as refused:
        workflow.publish(report, by=approver)
    assert refused.value.status_code == 409
    report.refresh_from_db()
    assert report.published_at == first.published_at
    assert report.history.filter(history_change_reason="đăng").count() == 1


def test_a_scheduled_report_shows_at_its_moment_and_not_before():
    moment = timezone.now() + timedelta(hours=3)
    report = ReportFactory(status="submitted", created_by=UserFactory())
    workflow.publish(report, by=member("approver", report.unit), at=moment)

    assert not Report.objects.published(moment - timedelta(seconds=1)).exists()
    assert Report.objects.published(moment).get() == report


def test_a_page_of_an_old_portal_keeps_that_portals_moment():
    then = timezone.now() - timedelta(days=90)
    report = ReportFactory(status="submitted", created_by=UserFactory(), published_at=then)

    assert workflow.publish(report, by=member("approver", report.unit)).published_at == then


@pytest.mark.parametrize("reason", ["", "  \n "])
def test_returning_and_withdrawing_say_why(reason):
    report = ReportFactory(status="submitted", created_by=UserFactory())
    approver = member("approver", report.unit)

    with pytest.raises(Refused, match="phải ghi lý do"):
        workflow.return_to_author(report, by=approver, reason=reason)
    report = workflow.publish(report, by=approver)
    with pytest.raises(Refused, match="phải ghi lý do"):
        workflow.withdraw(report, by=approver, reason=reason)


def test_a_disabled_account_does_nothing():
    report = ReportFactory(status="submitted", created_by=UserFactory())
    user = member("approver", report.unit)
    user.is_active = False
    user.save()

    with pytest.raises(Refused):
        workflow.publish(report, by=user)
