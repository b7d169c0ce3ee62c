"""Saving what somebody else may have saved meanwhile: never over their work, and nothing typed lost.

The form carries the version its person has seen. Where the stored one is newer the answer is 409 with
both texts side by side, and buttons that send one of them, or both put together, through the same form
over the version just shown; a third person's save in between is answered the same way again.
"""

from copy import copy

from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.http import Http404, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.datastructures import MultiValueDict

from reports import versions
from reports.editing import TooMuchTyped, holder_of, keep_typed, typed_fields
from reports.form_keys import once_key, seen_version
from reports.models import Contribution, Figure, MemberRole, Photo, Report, StaleReport
from reports.rights import has_role

from .sides import Conflict, Side

WRITE_ON = "_sua-tiep"
# What that button says of the text it carries.
NOT_SAVED = {
    "1": "Đây là bản bạn gõ, chưa lưu. Hãy sửa tiếp rồi bấm Lưu.",
    "tep": "Chữ và ảnh lấy từ tệp đã ở các ô dưới đây, chưa lưu. Hãy xem lại rồi bấm Lưu nháp.",
}
ROWS = {"contributions": Contribution, "photos": Photo, "figures": Figure}


def writes_for(user, report):
    """Whether `user` writes this report at all, in whichever state it is now."""
    own = report.created_by_id == user.pk
    return has_role(user, report.unit_id, MemberRole.EDITOR) or (
        own and has_role(user, report.unit_id, MemberRole.CONTRIBUTOR)
    )


def name_of(user):
    """How the pages name an account; what a command saved has none."""
    return (user.get_full_name() or user.get_username()) if user else "máy"


class WithConflicts:
    """For the admin of reports; it draws and saves by `form_page`."""

    def save_or_show_both(self, request, object_id, form_url, extra_context):
        """The POST of the form: saved, refused with the form, or answered with both texts."""
        for last_try in (False, True):
            try:
                with transaction.atomic():
                    if object_id is None:
                        return self._save_new(request, form_url, extra_context)
                    return self._save_stored(request, object_id, form_url, extra_context)
            except (StaleReport, IntegrityError):
                # Somebody was a moment faster; now their save is there to be compared with.
                if last_try:
                    raise
                for upload in request.FILES.values():
                    upload.seek(0)

    def delete_view(self, request, object_id, extra_context=None):
        """A draft goes as it was shown, and not from under the hands of somebody who is writing."""
        if request.method != "POST":
            return super().delete_view(request, object_id, extra_context)
        with transaction.atomic():
            report = self._locked(request, object_id)
            if report is None:
                raise Http404
            holder = holder_of(report, timezone.now())
            complaint = ""
            if holder and holder.user_id != request.user.pk:
                complaint = f"{name_of(holder.user)} đang sửa bài này nên chưa xóa được."
            elif seen_version(request.POST) != report.version:
                complaint = "Chưa xóa: bài vừa được lưu bản mới hơn bản bạn đã xem. Hãy xem lại."
            if not complaint or not self.has_delete_permission(request, report):
                return super().delete_view(request, object_id, extra_context)
        self.message_user(request, complaint, messages.ERROR)
        return HttpResponseRedirect(reverse("admin:reports_report_change", args=[report.pk]))

    def _locked(self, request, object_id):
        """The stored report; until this transaction ends nobody else's save comes in between."""
        key = unquote(object_id)
        if key.isascii() and key.isdigit() and len(key) <= 18:
            # SQLite lets in one at a time anyway.
            list(Report.objects.select_for_update().filter(pk=key).values_list("pk"))
        return self.get_object(request, key)

    def _save_new(self, request, form_url, extra_context):
        key = once_key(request.POST)
        made = key and Report.objects.filter(created_by=request.user, once_key=key).first()
        if not made:
            return self.form_page(request, None, form_url, extra_context)
        report = self.get_object(request, str(made.pk))
        if report is None:
            raise Http404
        # The same form again: a second click, a browser that tries once more, or "back" and on.
        first = versions.of_version(report, 1)
        base = versions.snapshot(report, first) if first else versions.blank(report)
        return self._both_texts(request, report, base)

    def _save_stored(self, request, object_id, form_url, extra_context):
        report = self._locked(request, object_id)
        if report is None:
            raise Http404
        if WRITE_ON in request.POST and self.has_change_permission(request, report):
            note = NOT_SAVED.get(request.POST[WRITE_ON], NOT_SAVED["1"])
            return self.drawn_again(request, object_id, typed_fields(request.POST), note)
        seen = seen_version(request.POST)
        if seen == report.version or not writes_for(request.user, report):
            return self.form_page(request, object_id, form_url, extra_context)
        record = versions.of_version(report, seen)
        base = versions.snapshot(report, record) if record else versions.blank(report)
        return self._both_texts(request, report, base)

    def drawn_again(self, request, object_id, payload, note):
        """The form with `payload` in it, as if it had just been typed; nothing is saved."""
        shown = copy(request)
        shown.method, shown.POST, shown._files = "POST", payload, MultiValueDict()
        shown.only_drawn = True
        name = "add" if object_id is None else "change"
        here = reverse(f"admin:reports_report_{name}", args=[object_id] if object_id else [])
        return self.form_page(shown, object_id, here, {"typed_note": note})

    # --- both texts --------------------------------------------------------------------------------

    def _both_texts(self, request, report, base):
        if not writes_for(request.user, report):
            raise PermissionDenied
        payload = self._taken_in(request, report)
        conflict = self.conflict_of(request, report, base, payload)
        here = reverse("admin:reports_report_change", args=[report.pk])
        if not conflict.differences and not conflict.notes:
            self.message_user(request, f"“{report}” đã được lưu rồi.", messages.SUCCESS)
            return HttpResponseRedirect(here)
        seen = seen_version(request.POST) or None
        is_kept = True
        try:
            keep_typed(
                payload, by=request.user, now=timezone.now(), report=report, base_version=seen
            )
        except TooMuchTyped:
            is_kept = False
        for sent in filter(None, (conflict.mine, conflict.merged)):
            sent["version"] = str(report.version)
        last = report.history.select_related("history_user").first()
        saver = last and last.history_user
        whose = "của bạn" if saver == request.user else f"của {name_of(saver)}"
        at = timezone.localtime(last.history_date if last else report.updated_at)
        context = {
            **self.admin_site.each_context(request),
            "title": "Bài vừa có bản mới hơn",
            "opts": self.opts,
            "report": report,
            "conflict": conflict,
            "is_mine": saver == request.user,
            "saver": name_of(saver),
            "saved_at": at,
            "stored_words": f"Bản đang lưu ({whose}, lúc {at:%H:%M})",
            "here": here,
            "is_kept": is_kept,
            "may_save": self.has_change_permission(request, report),
            "mine": [(name, value) for name, values in conflict.mine.lists() for value in values],
            "merged": conflict.merged
            and [(name, value) for name, values in conflict.merged.lists() for value in values],
        }
        template = "admin/reports/report/conflict.html"
        return TemplateResponse(request, template, context, status=409)

    def conflict_of(self, request, report, base, payload):
        """The Conflict of what was typed with what is stored; `base` is a Snapshot."""
        form_class = self.get_form(request, report, change=False)  # whole, whoever may save it now
        row_classes = self.row_classes(request, report)
        sides = (
            Side(form_class, row_classes, snapshot) for snapshot in (base, versions.current(report))
        )
        return Conflict(payload, *sides, form_class, row_classes)

    def row_classes(self, request, report):
        """{prefix: (model, form)} of the rows written together with a report."""
        return {
            prefix: (ROWS[prefix], formset.form)
            for prefix, formset, _ in self._formsets(request, report)
            if prefix in ROWS
        }

    def _formsets(self, request, report):
        for formset, inline in self.get_formsets_with_inlines(request, report):
            yield formset.get_default_prefix(), formset, inline

    def _taken_in(self, request, report):
        """What was typed and uploaded, without files: good ones wait under their tokens."""
        stored = self.get_object(request, str(report.pk))
        form = self.get_form(request, report, change=False)(
            request.POST, request.FILES, instance=stored
        )
        payload = typed_fields(request.POST)
        form.is_valid()
        _take_in(payload, form, request.POST)
        if form.cleaned_data.get("ky_part") and "ky_part" not in form.errors:
            payload["ky_part"] = ""
            for name in ("period_start", "period_end"):
                payload[name] = form.fields[name].widget.format_value(form.cleaned_data[name])
        for prefix, formset_class, inline in self._formsets(request, report):
            formset = formset_class(
                request.POST, request.FILES, instance=stored, prefix=prefix,
                queryset=inline.get_queryset(request),
            )  # fmt: skip
            formset.is_valid()
            for row in formset.forms:
                _take_in(payload, row, request.POST)
        return payload


def _take_in(payload, form, posted):
    """What checking a form has put into its data: a token for a file, clean HTML."""
    if form.data is posted:
        return
    for name, values in form.data.lists():
        if values != posted.getlist(name) and not name.startswith(("_", "csrf")):
            payload.setlist(name, values)
