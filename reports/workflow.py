"""Who may move a report, and where to: the one module that owns the transitions.

    nháp ─gửi duyệt→ chờ duyệt ─đăng→ đã đăng (now, or at an hour) ─gỡ→ đã gỡ
                        └──trả lại→ trả lại ─gửi duyệt→ …         └──đăng lại─┘

A published text is changed by a revision, which takes the same road and is then carried over into
it (`reports.revising`).

Every deed re-reads the report under a lock, checks right, state and the version its person has
seen, and writes once; of fifty clicks one moves the report. Whoever wrote the text does not approve
it, except in a newsroom that works in one step.
"""

from django.db import transaction
from django.db.models import OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from portal.text import one_line

from . import revising
from .alerts import approvers_of, no_longer_waiting, tell
from .editions import keep_edition
from .feedback import record_answer
from .models import (
    AlertKind,
    Correction,
    Feedback,
    FeedbackStatus,
    MemberRole,
    Report,
    ReportStatus,
    ReturnReason,
    WithdrawReason,
)
from .proofreading.checking import blocking
from .rights import EDITABLE, has_role, is_one_step, may_edit, visible_reports


class Refused(Exception):
    """A transition that may not happen; `status_code` is 403 (no right), 409 (wrong state) or 400
    (something is missing, or the second editor found what must be mended first).
    """

    def __init__(self, message, status_code):
        super().__init__(message)
        self.status_code = status_code


# How the history names each deed; a deed is not authorship.
SUBMITTED, RETURNED, PUBLISHED, WITHDRAWN = "gửi duyệt", "trả lại", "đăng", "gỡ"
PUBLISHED_IN_ONE_STEP, RESCHEDULED = "đăng, một bước", "đổi giờ đăng"
RENEWED, PUBLISHED_AGAIN, CORRECTED = "đăng bản mới", "đăng lại", "đính chính"
DEEDS = (
    SUBMITTED,
    RETURNED,
    PUBLISHED,
    WITHDRAWN,
    PUBLISHED_IN_ONE_STEP,
    RESCHEDULED,
    RENEWED,
    PUBLISHED_AGAIN,
    CORRECTED,
)
# How a revision's history begins, goes on and ends. Whoever does this is its author.
REVISED, CAUGHT_UP, DROPPED = "bản sửa của bài đã đăng", "đối chiếu bản đang đăng", "bỏ bản sửa"


def authors_of(report):
    """Keys of the accounts that changed this text; approving is for somebody else."""
    changed = report.history.exclude(history_change_reason__in=DEEDS)
    return {report.created_by_id, *changed.values_list("history_user_id", flat=True)} - {None}


def with_moved_at(reports, deed):
    """`reports` with `moved_at`: when `deed` was last done to each; what came otherwise, when it changed."""
    moves = Report.history.model.objects.filter(id=OuterRef("pk"), history_change_reason=deed)
    last = moves.order_by("-history_date", "-history_id").values("history_date")[:1]
    return reports.annotate(moved_at=Coalesce(Subquery(last), "updated_at"))


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


def may_schedule(user, report):
    """A revision takes the place of a text that is public, so at once or not at all."""
    return report.revises_id is None and may_publish(user, report)


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


def may_revise(user, report):
    """Editors begin a new version of what is public; where one person is the newsroom, the text is
    changed in place (`rights.may_edit`).
    """
    return (
        report.status == ReportStatus.PUBLISHED
        and has_role(user, report.unit_id, MemberRole.EDITOR)
        and not is_one_step(report)
        and not report.revisions.exists()
    )


def may_restore(user, report):
    """Whoever could have taken it down may put it back; its text was approved before."""
    return report.status == ReportStatus.WITHDRAWN and (
        has_role(user, report.unit_id, MemberRole.APPROVER)
        or (is_one_step(report) and has_role(user, report.unit_id, MemberRole.EDITOR))
    )


def may_correct(user, report):
    """Whoever may take a public report down may say in public what was wrong in it."""
    return report.is_published() and may_withdraw(user, report)


def may_drop(user, report):
    """A revision nobody is reading may be given up by whoever may write it."""
    return report.revises_id is not None and may_edit(user, report)


def may_catch_up(user, report):
    return may_drop(user, report) and revising.is_behind(report)


# `version` of every deed: the report's version the person has seen. None is for commands and
# tests alone; every page sends it.


@transaction.atomic
def submit(report, *, by, version=None):
    """Send a draft to the approvers and tell them. Raises Refused."""
    report = _locked(report, by, may_submit, from_states=EDITABLE, version=version)
    _must_be_fit(report, by)
    report.returned_code = report.returned_reason = ""
    report = _move(report, ReportStatus.SUBMITTED, by, SUBMITTED)
    tell(AlertKind.SUBMITTED, report, by=by, to=approvers_of(report, may_publish))
    return report


@transaction.atomic
def return_to_author(report, *, by, reason="", code=ReturnReason.OTHER, version=None):
    """Send a waiting report back. `code` says why, `reason` what to mend; for "lý do khác" it must.
    Raises Refused.
    """
    report = _locked(report, by, may_return, from_states=[ReportStatus.SUBMITTED], version=version)
    report.returned_code = ReturnReason(code)
    report.returned_reason = _reason(
        report.returned_code, reason, "Trả lại phải ghi lý do để người viết biết sửa gì."
    )
    report = _move(report, ReportStatus.RETURNED, by, RETURNED)
    no_longer_waiting(report)
    tell(AlertKind.RETURNED, report, by=by, to=authors_of(report), remark=report.returned_reason)
    return report


@transaction.atomic
def publish(report, *, by, at=None, version=None):
    """Make a report public, once: now, at the given moment, or at the moment an old portal did.

    `at` in the future schedules it; no job is needed, `published(now)` asks the clock. A revision
    becomes the text of its original, at once and without another date. Returns what is now public.
    Raises Refused.
    """
    report = _locked(
        report, by, may_publish, from_states=[*EDITABLE, ReportStatus.SUBMITTED], version=version
    )
    authors, one_step = authors_of(report), is_one_step(report)
    if report.revises_id:
        if at and at > timezone.now():
            raise Refused("Bản sửa thay bản đang đăng ngay khi duyệt, không hẹn giờ được.", 409)
        _must_be_fit(report, by)
        report, kind = _renew(report, by), AlertKind.RENEWED
    else:
        report.published_at = at or report.published_at or timezone.now()
        _must_be_fit(report, by)
        deed = PUBLISHED_IN_ONE_STEP if one_step else PUBLISHED
        report = _move(report, ReportStatus.PUBLISHED, by, deed)
        no_longer_waiting(report)
        kind = AlertKind.SCHEDULED if report.is_scheduled() else AlertKind.PUBLISHED
    keep_edition(report, by=by, one_step=one_step, written_by=authors)
    tell(kind, report, by=by, to=authors)
    return report


def _renew(revision, by):
    original = Report.objects.select_for_update(of=("self",)).select_related("unit")
    original = original.get(pk=revision.revises_id)
    revision.revises = original
    if original.status != ReportStatus.PUBLISHED:
        raise Refused("Bài gốc không còn đăng nên bản sửa không thay vào được.", 409)
    if revising.is_behind(revision):
        raise Refused("Bài gốc đã đổi từ khi bản sửa này bắt đầu. Hãy trả lại để viết tiếp.", 409)
    return revising.carry_over(revision, original, by=by, deed=RENEWED)


@transaction.atomic
def revise(report, *, by, version=None):
    """Begin a new version of a published report: a draft of its own. Raises Refused."""
    report = _locked(report, by, may_revise, from_states=[ReportStatus.PUBLISHED], version=version)
    return revising.begin(report, by=by, deed=REVISED)


@transaction.atomic
def catch_up(report, *, by, version=None):
    """Take the original as it reads now for the one this revision changes: its writer has compared
    both. Raises Refused.
    """
    report = _locked(report, by, may_catch_up, from_states=EDITABLE, version=version)
    revising.begin_anew(report)
    return _move(report, report.status, by, CAUGHT_UP)


@transaction.atomic
def drop(report, *, by, version=None):
    """Give a revision up; what is published stays as it is. Returns the original. Raises Refused."""
    report = _locked(report, by, may_drop, from_states=EDITABLE, version=version)
    original = report.revises
    report._history_user, report._change_reason = by, DROPPED
    revising.remove(report)
    return original


@transaction.atomic
def reschedule(report, *, by, publish_on, version=None):
    """Move the hour of a scheduled report. Raises Refused; what is already public keeps its date."""
    report = _locked(
        report, by, may_withdraw, from_states=[ReportStatus.PUBLISHED], version=version
    )
    if not may_reschedule(by, report):
        raise Refused("Bài đã đăng rồi nên không đổi giờ được nữa.", 409)
    report.published_at = publish_on
    report = _move(report, ReportStatus.PUBLISHED, by, RESCHEDULED)
    tell(AlertKind.SCHEDULED, report, by=by, to=authors_of(report))
    return report


@transaction.atomic
def correct(report, *, by, was="", now_is="", text="", asked_on=None, feedback=None, version=None):
    """Say in public, on top of the report, what was wrong; the Correction.

    `feedback`: the reader's open request about this report that it answers; it is closed with the
    same words. Raises Refused.
    """
    report = _locked(
        report, by, may_withdraw, from_states=[ReportStatus.PUBLISHED], version=version
    )
    if not may_correct(by, report):
        raise Refused("Chỉ bài đã đăng mới có đính chính.", 409)
    now = timezone.now()
    if feedback is not None:
        feedback = Feedback.objects.select_for_update().get(pk=feedback.pk)
        if feedback.report_id != report.pk or not feedback.is_open:
            raise Refused("Đề nghị này không còn mở.", 409)
        asked_on = asked_on or timezone.localdate(feedback.received_at)
    correction = Correction(
        report=report, was=was, now_is=now_is, text=text, asked_on=asked_on, feedback=feedback,
        decided_at=now, decided_by=by,
    )  # fmt: skip
    correction.save()
    if feedback is not None:
        feedback.status = FeedbackStatus.CORRECTED
        feedback.answer = feedback.answer or f"Đã đính chính trên bài. {correction.words}"
        record_answer(feedback, by=by, now=now)
    report = _move(report, ReportStatus.PUBLISHED, by, CORRECTED)
    tell(AlertKind.CORRECTED, report, by=by, to=authors_of(report), remark=correction.words)
    return correction


@transaction.atomic
def withdraw(report, *, by, reason="", code=WithdrawReason.OTHER, version=None):
    """Take a published report down; its address then says so, and why (410).

    `code` says why, `reason` more; for "lý do khác" it must. Raises Refused.
    """
    report = _locked(
        report, by, may_withdraw, from_states=[ReportStatus.PUBLISHED], version=version
    )
    report.withdrawn_reason = _reason(
        WithdrawReason(code), reason, "Gỡ bài phải ghi lý do; lý do hiện ra cho bạn đọc."
    )
    report.withdrawn_at = timezone.now()
    report = _move(report, ReportStatus.WITHDRAWN, by, WITHDRAWN)
    tell(AlertKind.WITHDRAWN, report, by=by, to=authors_of(report), remark=report.withdrawn_reason)
    return report


@transaction.atomic
def restore(report, *, by, version=None):
    """Put a withdrawn report back at its address, with the date it had. Raises Refused.

    One that was taken down before its hour came is public from now on.
    """
    report = _locked(report, by, may_restore, from_states=[ReportStatus.WITHDRAWN], version=version)
    if report.published_at > report.withdrawn_at:
        report.published_at = timezone.now()
    report.withdrawn_at, report.withdrawn_reason = None, ""
    report = _move(report, ReportStatus.PUBLISHED, by, PUBLISHED_AGAIN)
    keep_edition(report, by=by, one_step=is_one_step(report), written_by=authors_of(report))
    tell(AlertKind.RESTORED, report, by=by, to=authors_of(report))
    return report


def _locked(report, by, may, *, from_states, version=None):
    """The stored report under a lock, or Refused: 404 is the caller's, who never found it."""
    stored = Report.objects.select_for_update(of=("self",)).select_related("unit")
    report = stored.filter(pk=report.pk).first()
    if report is None:
        raise Refused("Bài này không còn nữa.", 409)  # deleted, or a revision carried over
    if not visible_reports(by).filter(pk=report.pk).exists():
        raise Refused("Bạn không có quyền với bài này.", 403)
    if report.status not in from_states:
        raise Refused(
            f"Bài đang ở trạng thái “{report.status_words}”, không làm việc này được.", 409
        )
    if not may(by, report):
        raise Refused(_why_not(by, report), 403)
    if version is not None and version != report.version:
        raise Refused(
            "Bài vừa được lưu bản mới hơn bản bạn đang xem. Hãy đọc lại rồi làm tiếp.", 409
        )
    return report


def _must_be_fit(report, by):
    """What the second editor will not let pass (`reports.proofreading`) goes no further."""
    if complaint := blocking(report, user=by):
        raise Refused(complaint, 400)


def _why_not(by, report):
    if report.status == ReportStatus.SUBMITTED and by.pk in authors_of(report):
        return "Bạn đã viết hoặc sửa bài này nên người khác phải duyệt."
    return "Vai trò của bạn ở đơn vị này không làm được việc ấy."


def _reason(code, remark, complaint):
    """`Trùng bài đã có: xem bài ngày 02/7`: the reason from the list, and what was written to it."""
    remark = one_line(remark)
    if code != type(code).OTHER:
        label = code.label[:1].upper() + code.label[1:]
        remark = f"{label}: {remark}" if remark else label
    if not remark:
        raise Refused(complaint, 400)
    return remark[:300]


def _move(report, status, by, deed):
    report.status = status
    report._history_user = by
    report._change_reason = deed
    report.save()
    return report
