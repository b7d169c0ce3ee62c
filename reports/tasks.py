"""Việc của tôi: what waits for whom. Each task is a queryset, so a number on the start page and the
list it leads to can never disagree.
"""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet

from .fees.overdue import overdue
from .models import MemberRole, Newsroom, Photo, Report, ReportStatus
from .rights import EDITABLE, grants, visible_feedback, visible_reports
from .workflow import DEEDS, RETURNED, SUBMITTED, with_moved_at


@dataclass(frozen=True)
class Task:
    """`key` stands in the address of the list (`?viec=`)."""

    key: str
    title: str
    reports: QuerySet


def tasks_of(user, now):
    """The tasks of `user`, in the order they should be done. A new task is one more line here: the
    start page shows its number and first rows, and the list knows its `?viec=`.
    """
    returned = editable(user).filter(status=ReportStatus.RETURNED)
    return [
        Task("tra-lai", "Bị trả lại", with_moved_at(returned, RETURNED)),
        Task("cho-duyet", "Chờ tôi duyệt", with_moved_at(awaiting(user), SUBMITTED)),
        Task("hen-gio", "Hẹn giờ đăng", visible_reports(user).scheduled(now)),
        Task("con-thieu", "Bài còn thiếu", incomplete(editable(user))),
        Task("ban-sua", "Bản sửa đang viết", editable(user).exclude(revises=None)),
        Task("chua-ro-ngay", "Đã đăng, chưa rõ ngày", undated(user, now)),
        Task("nhap", "Bài nháp của tôi", drafts_of(user)),
        Task("nhuan-but", "Nhuận bút quá 60 ngày", overdue(user, now)),
    ]


def feedback_awaiting(user):
    """What readers wrote and `user` may answer, most urgent first; the clock is 15 days."""
    return visible_feedback(user).open().most_urgent_first()


def editable(user):
    """Reports whose text `user` may change now: the queryset of `rights.may_edit`."""
    in_progress = Q(status__in=EDITABLE)
    in_one_step = Q(status=ReportStatus.PUBLISHED, unit__in=_one_step_units())
    if user.is_active and user.is_superuser:
        return Report.objects.filter(in_progress | in_one_step)
    granted = grants(user)
    edits = Q(unit__in=granted.get(MemberRole.EDITOR, ()))
    writes = Q(unit__in=granted.get(MemberRole.CONTRIBUTOR, ()), created_by=user)
    return Report.objects.filter((in_progress & (edits | writes)) | (in_one_step & edits))


def awaiting(user):
    """Submitted reports that `user` may publish: the queryset of `workflow.may_publish`."""
    waiting = Report.objects.filter(status=ReportStatus.SUBMITTED)
    changed_by_user = Report.history.model.objects.filter(
        id=OuterRef("pk"), history_user=user
    ).exclude(history_change_reason__in=DEEDS)
    not_theirs = ~Q(created_by=user) & ~Exists(changed_by_user)
    one_step = Q(unit__in=_one_step_units())
    if user.is_active and user.is_superuser:
        return waiting.filter(one_step | not_theirs)
    granted = grants(user)
    approves = Q(unit__in=granted.get(MemberRole.APPROVER, ()))
    edits = Q(unit__in=granted.get(MemberRole.EDITOR, ()))
    return waiting.filter((one_step & edits) | (approves & not_theirs))


def drafts_of(user):
    """New reports that are not sent yet; a revision is a task of its own."""
    drafts = editable(user).filter(status=ReportStatus.DRAFT, created_by=user)
    return drafts.filter(revises=None)


def undated(user, now):
    """Public reports that no period can count, where `user` may mend it."""
    found = Report.objects.published(now).filter(counting_on=None)
    if user.is_active and user.is_superuser:
        return found
    return found.filter(unit__in=grants(user).get(MemberRole.EDITOR, ()))


def incomplete(reports):
    """Those of `reports` that lack what a reader or the desk will miss; each says which."""
    of_report = Photo.objects.filter(report=OuterRef("pk"))
    return reports.annotate(
        lacks_caption=Exists(of_report.filter(caption="")),
        lacks_credit=Exists(of_report.filter(credit=None, credit_text="")),
    ).filter(
        Q(event=None)
        | Q(event__event_on=None)
        | Q(section=None)
        | Q(lacks_caption=True)
        | Q(lacks_credit=True)
    )


def lacks_of(report):
    """What a report from `incomplete` lacks, in words: `chuyên mục, chú thích ảnh`."""
    lacks = []
    if report.event_id is None:
        lacks.append("sự kiện")
    elif report.event.event_on is None:
        lacks.append("ngày diễn ra")
    if report.section_id is None:
        lacks.append("chuyên mục")
    if report.lacks_caption:
        lacks.append("chú thích ảnh")
    if report.lacks_credit:
        lacks.append("người chụp ảnh")
    return ", ".join(lacks)


def _one_step_units():
    return Newsroom.objects.filter(one_step=True).values("unit")
