"""Who changed what and when, in words; and the way back to an earlier version.

The way back is no side door: it needs the right to change the object as it is now, restores only
what the form could have changed (never state, unit or publication), and is itself a version.
"""

from dataclasses import dataclass, field
from datetime import timedelta

from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import Http404, HttpResponseNotAllowed, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone

from reports.cleaning import UncleanableHtml
from reports.models import StaleReport

from .changes import NOTHING, Change, changes_between, paragraphs, value_words

# What one click saves lands in several tables; these rows are one line of the history.
ONE_SAVE = timedelta(seconds=2)
MAX_RECORDS = 200
RESTORED = "khôi phục bản"


@dataclass
class Entry:
    """One line of the history: somebody saved once."""

    at: object
    by: object
    deeds: list = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    version: int | None = None


class WithHistory:
    """For admins of models with `simple_history`. `restored_fields`: what an earlier version
    gives back; `followed_fields`: what the history tells of besides; `followed()`: [(history
    manager, words)] of parts of a report kept in other tables.
    """

    restored_fields = ()
    followed_fields = ()

    def followed(self):
        return []

    def get_urls(self):
        view = self.admin_site.admin_view
        name = f"{self.opts.app_label}_{self.opts.model_name}"
        return [
            path(
                "<path:object_id>/lich-su/<int:version>/",
                view(self.version_view),
                name=f"{name}_version",
            ),
            path(
                "<path:object_id>/lich-su/<int:version>/khoi-phuc/",
                view(self.restore_view),
                name=f"{name}_restore",
            ),
            *super().get_urls(),
        ]

    def history_view(self, request, object_id, extra_context=None):
        obj = self._visible(request, object_id)
        context = {
            **self.admin_site.each_context(request),
            "title": f"Lịch sử: {obj}",
            "opts": self.opts,
            "object": obj,
            "entries": _gathered(self._lines_of(obj)),
            "newest_version": obj.history.values_list("history_id", flat=True).first(),
            "may_restore": self.has_change_permission(request, obj),
            "version_url": f"admin:{self.opts.app_label}_{self.opts.model_name}_version",
            **(extra_context or {}),
        }
        return TemplateResponse(request, "admin/reports/history.html", context)

    def version_view(self, request, object_id, version, *, status=200):
        """An earlier version, to read; with the button that brings it back, for who may."""
        obj, record = self._version(request, object_id, version)
        facts = [
            (model_field.verbose_name, value_words(record, model_field))
            for model_field in map(self.opts.get_field, self._compared())
            if model_field.name != "body"
        ]
        context = {
            **self.admin_site.each_context(request),
            "title": f"Bản lúc {timezone.localtime(record.history_date):%H:%M %d/%m/%Y}",
            "opts": self.opts,
            "object": obj,
            "record": record,
            "facts": [fact for fact in facts if fact[1] != NOTHING],
            "paragraphs": paragraphs(getattr(record, "body", "")),
            "changes": changes_between(record, obj, self._compared()),
            "may_restore": self.has_change_permission(request, obj),
            "restore_url": reverse(
                f"admin:{self.opts.app_label}_{self.opts.model_name}_restore",
                args=[obj.pk, version],
            ),
        }
        return TemplateResponse(request, "admin/reports/version.html", context, status=status)

    def restore_view(self, request, object_id, version):
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        obj, record = self._version(request, object_id, version)
        if not self.has_change_permission(request, obj):
            raise PermissionDenied("Bài ở trạng thái này không khôi phục bản cũ được.")
        deed = f"{RESTORED} {timezone.localtime(record.history_date):%H:%M %d/%m/%Y}"
        change = f"admin:{self.opts.app_label}_{self.opts.model_name}_change"
        try:
            with transaction.atomic():
                complaints = self.bring_back(request, obj, record, deed)
        except StaleReport:
            self.message_user(
                request,
                "Chưa khôi phục: bài vừa được lưu bản mới hơn bản bạn đang xem. Hãy xem lại.",
                messages.ERROR,
            )
            return self.version_view(request, object_id, version, status=409)
        except (ValidationError, UncleanableHtml) as error:
            reasons = "; ".join(getattr(error, "messages", [str(error)]))
            self.message_user(request, f"Không khôi phục được: {reasons}", messages.ERROR)
        else:
            self.message_user(request, f"Đã {deed}.", messages.SUCCESS)
            for complaint in complaints:
                self.message_user(request, complaint, messages.WARNING)
        return HttpResponseRedirect(reverse(change, args=[obj.pk]))

    def bring_back(self, request, obj, record, deed):
        """Give `obj` what `record` says; sentences about what could not come back."""
        for name in self.restored_fields:
            attname = self.opts.get_field(name).attname
            setattr(obj, attname, getattr(record, attname))
        obj._change_reason = deed
        obj.full_clean()
        obj.save()
        return []

    def _visible(self, request, object_id):
        obj = self.get_object(request, unquote(object_id))
        if obj is None or not self.has_view_permission(request, obj):
            raise Http404
        return obj

    def _version(self, request, object_id, version):
        obj = self._visible(request, object_id)
        record = obj.history.filter(history_id=version).first()
        if record is None:
            raise Http404
        return obj, record

    def _compared(self):
        return [*self.restored_fields, *self.followed_fields]

    def _lines_of(self, obj):
        """(when, who, deed, changes, version) of all records, newest first."""
        lines = [*_record_lines(obj.history.all(), self._compared())]
        for history, words in self.followed():
            lines += _part_lines(history.filter(report_id=obj.pk), words)
        lines.sort(key=lambda line: (line[0], line[4] or 0), reverse=True)
        return lines


def _record_lines(records, names):
    records = list(records.select_related("history_user")[: MAX_RECORDS + 1])
    for new, old in zip(records, [*records[1:], None], strict=True):
        changes = changes_between(old, new, names) if old else []
        deed = new.history_change_reason or ("tạo mới" if new.history_type == "+" else "")
        if deed or changes:
            yield new.history_date, new.history_user, deed, changes, new.history_id


def _part_lines(records, words):
    """Lines of photos or contributions: each is told by its own story, oldest record first."""
    by_part = {}
    for record in records.select_related("history_user").order_by("history_date", "history_id"):
        before = by_part.get(record.id)
        by_part[record.id] = record
        verb = {"+": "thêm", "-": "bỏ"}.get(record.history_type, "")
        name = words(record)
        if verb:
            yield record.history_date, record.history_user, f"{verb} {name}", [], None
        elif before is not None:
            changes = [
                Change(f"{name}: {change.label}", change.parts)
                for change in changes_between(before, record, _editable(record))
            ]
            if changes:
                yield record.history_date, record.history_user, "", changes, None


def _editable(record):
    return [f.name for f in record.tracked_fields if f.editable and f.name not in ("report", "id")]


def _gathered(lines):
    entries = []
    for at, by, deed, changes, version in lines:
        entry = entries[-1] if entries else None
        if entry is None or entry.by != by or entry.at - at > ONE_SAVE:
            entry = Entry(at, by)
            entries.append(entry)
        if deed and deed not in entry.deeds:
            entry.deeds.insert(0, deed)
        entry.changes = changes + entry.changes
        entry.version = entry.version or version
    return entries
