"""The history of a report: any two versions beside each other, and the way back to one of them with its
topics, names, photos and figures.
"""

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.template.response import TemplateResponse
from django.urls import path
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_safe

from reports import versions, workflow
from reports.editions import keep_edition
from reports.models import (
    Contribution,
    ContributionRole,
    Figure,
    Person,
    Photo,
    Report,
    ReportStatus,
    StaleReport,
    Topic,
)

from .changes import Change, changes_between, marked_parts
from .conflict import name_of, seen_version
from .history import WithHistory

PUBLISHING = {
    workflow.PUBLISHED, workflow.PUBLISHED_IN_ONE_STEP, workflow.RENEWED, workflow.PUBLISHED_AGAIN,
}  # fmt: skip


class WithReportHistory(WithHistory):
    def get_urls(self):
        compare = self.admin_site.admin_view(self.compare_view)
        return [
            path("<path:object_id>/lich-su/so-sanh/", compare, name="reports_report_compare"),
            *super().get_urls(),
        ]

    def followed(self):
        return [
            (Photo.history, lambda record: f"ảnh “{record.caption}”" if record.caption else "ảnh"),
            (Contribution.history, _contribution_words),
            (Figure.history, lambda record: f"số liệu “{record.indicator or record.found_as}”"),
        ]

    def history_view(self, request, object_id, extra_context=None):
        page = super().history_view(request, object_id, extra_context)
        entries = page.context_data["entries"]
        choices = [
            (entry.version, f"{timezone.localtime(entry.at):%H:%M %d/%m/%Y} – {name_of(entry.by)}")
            for entry in entries
            if entry.version
        ]
        only = request.GET.get("chi") == "dang"
        if only:
            page.context_data["entries"] = [
                entry for entry in entries if PUBLISHING.intersection(entry.deeds)
            ]
        return _with(page, {"choices": choices, "only_published": only, "is_report": True})

    @method_decorator(require_safe)
    def compare_view(self, request, object_id):
        """Two versions side by side: `tu` and `den` are keys of history records."""
        report = self._visible(request, object_id)
        records = [_record(report, request.GET.get(name, "")) for name in ("tu", "den")]
        if None in records:
            raise Http404
        older, newer = sorted(records, key=lambda record: record.history_id)
        snapshots = [versions.snapshot(report, record) for record in (older, newer)]
        context = {
            **self.admin_site.each_context(request),
            "title": "So sánh hai bản",
            "opts": self.opts,
            "object": report,
            "older": older,
            "newer": newer,
            "changes": [
                *changes_between(older, newer, self._compared()),
                *differences_in_parts(*snapshots),
            ],
        }
        return TemplateResponse(request, "admin/reports/compare.html", context)

    def version_view(self, request, object_id, version, *, status=200):
        page = super().version_view(request, object_id, version, status=status)
        report, record = page.context_data["object"], page.context_data["record"]
        then = versions.snapshot(report, record)
        changes = [
            *page.context_data["changes"],
            *differences_in_parts(then, versions.current(report)),
        ]
        facts = [
            *page.context_data["facts"],
            *((label, "; ".join(lines)) for label, lines in _lines_of_parts(then) if lines),
        ]
        return _with(page, {"changes": changes, "facts": facts, "seen": report.version})

    def bring_back(self, request, obj, record, deed):
        """Everything the form could have changed, over the version that was shown; StaleReport else."""
        report = Report.objects.select_for_update().filter(pk=obj.pk).first()
        if report is None:
            raise Http404
        if seen_version(request.POST) != report.version:
            raise StaleReport
        # Read again under the lock: it may have been sent off since the right was asked for.
        if not self.has_change_permission(request, report):
            raise PermissionDenied("Bài ở trạng thái này không khôi phục bản cũ được.")
        complaints = versions.bring_back(
            report, record, names=self.restored_fields, by=request.user, deed=deed
        )
        if report.status == ReportStatus.PUBLISHED:
            keep_edition(report, by=request.user, one_step=True, written_by=[request.user.pk])
        return complaints


def differences_in_parts(then, now):
    """The Changes between the topics, names, photos and figures of two Snapshots."""
    lines = zip(_lines_of_parts(then), _lines_of_parts(now), strict=True)
    return [
        Change(label, marked_parts("\n".join(before), "\n".join(after)))
        for (label, before), (_, after) in lines
        if before != after
    ]


def _lines_of_parts(snapshot):
    """[(label, [a line a row, …]), …], always the same labels."""
    topics = Topic.objects.filter(pk__in=snapshot.topics).order_by("order", "name")
    rows = {model: list(snapshot.parts[model].values()) for model in versions.PARTS}
    keys = {one.person_id for one in rows[Contribution]} | {one.credit_id for one in rows[Photo]}
    names = dict(Person._base_manager.filter(pk__in=keys - {None}).values_list("pk", "name"))
    return [
        ("chủ đề", [topic.name for topic in topics]),
        (
            "người thực hiện",
            [
                f"{one.get_role_display()}: {one.signed_as or names.get(one.person_id, '(đã xóa)')}"
                for one in rows[Contribution]
            ],
        ),
        ("ảnh", [_photo_line(number, one, names) for number, one in enumerate(rows[Photo], 1)]),
        ("số liệu", [f"{one.indicator}: {one}" for one in rows[Figure]]),
    ]


def _photo_line(number, photo, names):
    """A line a photo; another picture with the same words has another line, too."""
    credits = filter(None, (names.get(photo.credit_id), photo.credit_text))
    credit = " – ".join(credits) or "chưa ghi người chụp"
    alt = f", mô tả: {photo.alt}" if photo.alt else ""
    words = photo.caption or "chưa có chú thích"
    return f"{number}. {words} (ảnh: {credit}{alt}; tệp {photo.token[:6]})"


def _contribution_words(record):
    role = ContributionRole(record.role).label
    person = Person._base_manager.filter(pk=record.person_id).first()
    return f"{role} “{record.signed_as or person}”"


def _record(report, key):
    if not (key.isascii() and key.isdigit() and len(key) <= 9):
        return None
    return report.history.filter(history_id=int(key)).select_related("history_user").first()


def _with(page, context):
    page.context_data = {**page.context_data, **context}
    return page
