"""A person goes over the drafts of a batch, many at once: take what was suggested, sort, send on.

Every change is an ordinary save under the report's version, so a newer text is never overwritten
and the history can take it back. `Declined` says why one draft was left as it is.
"""

from contextlib import contextmanager
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.html import strip_tags

from reports import workflow
from reports.intake.importing import aware, person_who_signs
from reports.models import (
    Contribution,
    ContributionRole,
    Event,
    EventKind,
    ImportItem,
    ItemOutcome,
    Report,
    ReportStatus,
    StaleReport,
)
from reports.rights import EDITABLE, may_edit, writable_units

from .judging import UNTITLED

ACCEPTED, SORTED = "nhận gợi ý khi nhập kho", "xếp loại khi nhập kho"
# How the history of every imported draft begins (reports.intake.importing).
IMPORTED = "nhập bài"
_NEWER = "Bài vừa được người khác lưu bản mới. Hãy xem lại bài này."


class Declined(Exception):
    """Why this draft was left as it is, in words for the editor."""


def accept(item, *, by, version):
    """Take over what the reader suggested for the item's draft. Raises Declined.

    Fields a person has filled meanwhile stay. Afterwards the draft counts as looked at.
    """
    with _turn(item, by, version) as report:
        suggested = item.suggested
        if "event" in suggested:
            _take_event(report, suggested["event"])
        if "published_month" in suggested and not report.published_at:
            _estimate(report, date.fromisoformat(f"{suggested['published_month']}-01"))
        for role, key in (
            (ContributionRole.AUTHOR, "authors"),
            (ContributionRole.PHOTOGRAPHER, "photographers"),
        ):
            _sign(report, role, suggested.get(key, ()))
        _save(report, by, ACCEPTED)
        ImportItem.objects.filter(pk=item.pk).update(accepted_at=timezone.now())


def sort_in(item, *, by, version, fields, topics=()):
    """Set `fields` of the item's draft and add `topics`. Raises Declined.

    `fields` may hold section, heading, unit and month (about when it was published: any day of it).
    Another unit must be one the person writes for, and the draft must never have been sent on.
    """
    fields = dict(fields)
    month = fields.pop("month", None)
    with _turn(item, by, version) as report:
        if unit := fields.get("unit"):
            keys = writable_units(by)
            if keys is not None and unit.pk not in keys:
                raise Declined("Bạn không viết bài cho đơn vị ấy.")
            if report.history.exclude(status=ReportStatus.DRAFT).exists():
                raise Declined("Bài đã gửi đi rồi nên không đổi đơn vị được nữa.")
            if (
                Report.objects.filter(unit=unit, source_hash=report.source_hash)
                .exclude(pk=report.pk)
                .exists()
            ):
                raise Declined("Đơn vị ấy đã có bài này.")
            _move_event(report, unit)
        for name, value in fields.items():
            setattr(report, name, value)
        if month:
            _estimate(report, month)
        _save(report, by, SORTED)
        if topics:
            report.topics.add(*topics)


def send(item, *, by, version):
    """Send the item's draft to the approver by the one way there is. Raises Declined."""
    report = item.report
    if reasons := hindrances(item, report):
        raise Declined(" ".join(reasons))
    try:
        workflow.submit(report, by=by, version=version)
    except workflow.Refused as refused:
        raise Declined(str(refused)) from None
    except StaleReport:
        raise Declined(_NEWER) from None


def hindrances(item, report):
    """What must be settled before an imported draft is sent on; the newsroom's own rules come after."""
    reasons = []
    if report.title.startswith(UNTITLED):
        reasons.append("Chưa đặt tít.")
    if not (report.lead or strip_tags(report.body).strip()):
        reasons.append("Không có nội dung.")
    if not report.published_at:
        reasons.append("Chưa có ngày đăng ở cổng cũ.")
    if is_unsettled(item):
        reasons.append("Còn điều nên xem lại: mở bài, hoặc nhận gợi ý.")
    return reasons


def is_unsettled(item):
    """Whether there was a doubt, and nobody has taken the suggestions or saved the draft since."""
    if item.outcome != ItemOutcome.DOUBTFUL or item.accepted_at:
        return False
    touched = getattr(item, "is_touched", None)
    return not (saved_since(item.report_id).exists() if touched is None else touched)


def saved_since(report):
    """The saves of an imported draft by a person who had it open; sorting many at once is not that."""
    return Report.history.model.objects.filter(id=report, history_user__isnull=False).exclude(
        history_change_reason__in=(IMPORTED, SORTED)
    )


@contextmanager
def _turn(item, by, version):
    """One transaction around the stored draft, under a lock, at the version the person has seen."""
    with transaction.atomic():
        report = Report.objects.select_for_update(of=("self",)).select_related("unit")
        report = report.filter(pk=item.report_id).first()
        if report is None:
            raise Declined("Bài này không còn nữa.")
        if report.status not in EDITABLE or not may_edit(by, report):
            raise Declined(f"Bài đang ở trạng thái “{report.status_words}”, không sửa ở đây được.")
        if report.version != version:
            raise Declined(_NEWER)
        yield report


def _save(report, by, reason):
    report._history_user = by
    report._change_reason = reason
    try:
        report.save()
    except StaleReport:
        raise Declined(_NEWER) from None


def _take_event(report, suggested):
    """The day goes to the draft's own event, where nobody has set one; without an event it makes one."""
    day = date.fromisoformat(suggested["held_on"])
    ends_on = date.fromisoformat(suggested["ends_on"]) if suggested.get("ends_on") else None
    event = report.event
    if event is None:
        event = Event(name=report.title, kind=EventKind.OTHER, unit=report.unit)
    elif event.event_on or event.reports.exclude(pk=report.pk).exists():
        return
    event.event_on, event.ends_on = day, ends_on
    event.session = event.session or suggested.get("session", "")
    event.save()
    report.event = event


def _estimate(report, month):
    """About when it was published: in that month, and not before what it tells of."""
    told_on = report.event.event_on if report.event else None
    if told_on and (told_on.year, told_on.month) == (month.year, month.month):
        month = told_on
    report.published_at, report.published_is_estimate = aware(month), True


def _move_event(report, unit):
    """The event the import made for this report alone was put into the wrong unit with it."""
    event = report.event
    if event and event.unit_id == report.unit_id and event.reports.count() == 1:
        event.unit = unit
        event.save()


def _sign(report, role, names):
    if not names or report.contributions.filter(role=role).exists():
        return
    persons = [person_who_signs(name, report.unit) for name in names]
    for order, person in enumerate(dict.fromkeys(person for person in persons if person)):
        Contribution.objects.create(report=report, person=person, role=role, order=order)
