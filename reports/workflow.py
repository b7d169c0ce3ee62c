"""Who may move a report, and where to: the one module that owns the transitions.

    nháp ─gửi duyệt→ chờ duyệt ─đăng→ đã đăng (now, or at an hour) ─gỡ→ đã gỡ
                        └──trả lại→ trả lại ─gửi duyệt→ …

Every deed re-reads the report under a lock, checks right and state, and writes once; of fifty
clicks one moves the report. Whoever wrote the text does not approve it, except in a newsroom that
works in one step.
"""

from django.db import transaction
from django.utils import timezone

from portal.text import one_line

from .models import MemberRole, Report, ReportStatus
from .models.event import FOLLOWS_EVENT
from .rights import EDITABLE, has_role, is_one_step, visible_reports


class Refused(Exception):
    """A transition that may not happen; `status_code` is 403 (no right) or 409 (wrong state)."""

    def __init__(self, message, status_code):
        super().__init__(message)
        self.status_code = status_code


# How the history names each deed; a deed is not authorship.
SUBMITTED, RETURNED, PUBLISHED, WITHDRAWN = "gửi duyệt", "trả lại", "đăng", "gỡ"
PUBLISHED_IN_ONE_STEP, RESCHEDULED = "đăng, một bước", "đổi giờ đăng"
DEEDS = (
    SUBMITTED,
    RETURNED,
    PUBLISHED,
    WITHDRAWN,
    PUBLISHED_IN_ONE_STEP,
    RESCHEDULED,
    FOLLOWS_EVENT,
)


def authors_of(report):
    """Keys of the accounts that changed this text; approving is for somebody else."""
    changed = report.history.exclude(history_change_reason__in=DEEDS)
    return {report.created_by_id, *changed.values_list("history_user_id", flat=True)} - {None}


def may_submit(user, report):
    if report.status not in EDITABLE:
        return False
    own = report.created_by_id == user.pk
    return has_role(user, report.unit_id, MemberRole.EDITOR) or (
        own and has_role(user, report.unit_id, MemberRole.CONTRIBUTOR)
    )


def may_publish(user, report):
    """Approvers publish what waits and is not theirs; in one step, editors publish their drafts."""
    if is_one_step(report) and has_role(user, report.unit_id, MemberRole.EDITOR):
        return report.status in (*EDITABLE, ReportStatus.SUBMITTED)
    if report.status != ReportStatus.SUBMITTED:
        return False
    return has_role(user, report.unit_id, MemberRole.APPROVER) and user.pk not in authors_of(report)


def may_return(user, report):
    return report.status == ReportStatus.SUBMITTED and has_role(
        user, report.unit_id, MemberRole.APPROVER
    )


def may_withdraw(user, report):
    return report.status == ReportStatus.PUBLISHED and (
        has_role(user, report.unit_id, MemberRole.APPROVER)
        or (is_one_step(report) and has_role(user, report.unit_id, MemberRole.EDITOR))
    )


def may_reschedule(user, report):
    """Whoever may take a report down may move the hour of one that is not out yet."""
    return report.status == ReportStatus.PUBLISHED and (
        report.is_scheduled() and may_withdraw(user, report)
    )


@transaction.atomic
def submit(report, *, by):
    """Send a draft to the approver. Raises Refused."""
    report = _locked(report, by, may_submit, from_states=EDITABLE)
    report.returned_reason = ""
    return _move(report, ReportStatus.SUBMITTED, by, SUBMITTED)


@transaction.atomic
def return_to_author(report, *, by, reason):
    """Send a waiting report back with a reason its author can act on. Raises Refused."""
    report = _locked(report, by, may_return, from_states=[ReportStatus.SUBMITTED])
    report.returned_reason = _reason(reason, "Trả lại phải ghi lý do để người viết biết sửa gì.")
    return _move(report, ReportStatus.RETURNED, by, RETURNED)


@transaction.atomic
def publish(report, *, by, at=None):
    """Make a report public, once: now, at the given moment, or at the moment an old portal did.

    `at` in the future schedules it; no job is needed, `published(now)` asks the clock.
    Raises Refused.
    """
    report = _locked(report, by, may_publish, from_states=[*EDITABLE, ReportStatus.SUBMITTED])
    report.published_at = at or report.published_at or timezone.now()
    deed = PUBLISHED_IN_ONE_STEP if is_one_step(report) else PUBLISHED
    return _move(report, ReportStatus.PUBLISHED, by, deed)


@transaction.atomic
def reschedule(report, *, by, publish_on):
    """Move the hour of a scheduled report. Raises Refused; what is already public keeps its date."""
    report = _locked(report, by, may_withdraw, from_states=[ReportStatus.PUBLISHED])
    if not report.is_scheduled():
        raise Refused("Bài đã đăng rồi nên không đổi giờ được nữa.", 409)
    report.published_at = publish_on
    return _move(report, ReportStatus.PUBLISHED, by, RESCHEDULED)


@transaction.atomic
def withdraw(report, *, by, reason):
    """Take a published report down; its address then says so, and why (410). Raises Refused."""
    report = _locked(report, by, may_withdraw, from_states=[ReportStatus.PUBLISHED])
    report.withdrawn_reason = _reason(reason, "Gỡ bài phải ghi lý do; lý do hiện ra cho bạn đọc.")
    report.withdrawn_at = timezone.now()
    return _move(report, ReportStatus.WITHDRAWN, by, WITHDRAWN)


def _locked(report, by, may, *, from_states):
    """The stored report under a lock, or Refused: 404 is the caller's, who never found it."""
    report = Report.objects.select_for_update(of=("self",)).select_related("unit").get(pk=report.pk)
    if not visible_reports(by).filter(pk=report.pk).exists():
        raise Refused("Bạn không có quyền với bài này.", 403)
    if report.status not in from_states:
        raise Refused(
            f"Bài đang ở trạng thái “{report.status_words}”, không làm việc này được.", 409
        )
    if not may(by, report):
        raise Refused(_why_not(by, report), 403)
    return report


def _why_not(by, report):
    if report.status == ReportStatus.SUBMITTED and by.pk in authors_of(report):
        return "Bạn đã viết hoặc sửa bài này nên người khác phải duyệt."
    return "Vai trò của bạn ở đơn vị này không làm được việc ấy."


def _reason(reason, complaint):
    reason = one_line(reason)[:300]
    if not reason:
        raise Refused(complaint, 400)
    return reason


def _move(report, status, by, deed):
    report.status = status
    report._history_user = by
    report._change_reason = deed
    report.save()
    return report
