"""What is typed in the form of a report outlives the tab, the network and the session; and people see
who else has the form open.

The script `admin-dv/typed.js` knocks at these doors. Without it the form saves as ever.
"""

from django.contrib.admin.utils import unquote
from django.http import Http404, HttpResponseNotAllowed, HttpResponseRedirect, JsonResponse
from django.middleware.csrf import get_token
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_safe

from reports import editing, versions

from .conflict import name_of, once_key, seen_version, writes_for

BRING_BACK, ONLY_READ = "lay-lai", "xem"


class WithTypedText:
    """For the admin of reports, beside WithConflicts."""

    def get_urls(self):
        view = self.admin_site.admin_view
        return [
            path("phien/", view(self.session_view), name="reports_report_session"),
            path("add/giu-chu/", view(self.keep_view), name="reports_report_keep_new"),
            path("add/bo-chu/", view(self.drop_view), name="reports_report_drop_new"),
            path("<path:object_id>/giu-chu/", view(self.keep_view), name="reports_report_keep"),
            path("<path:object_id>/bo-chu/", view(self.drop_view), name="reports_report_drop"),
            path("<path:object_id>/gianh-quyen/", view(self.take_over_view),
                 name="reports_report_take_over"),
            *super().get_urls(),
        ]  # fmt: skip

    @method_decorator(require_safe)
    def session_view(self, request):
        """Asked before a form is sent: who is signed in, and the token of this session."""
        return JsonResponse({"user": request.user.pk, "token": get_token(request)})

    def keep_view(self, request, object_id=None):
        """Every 20 seconds: what was typed, if anything, and that its writer is still there."""
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        now = timezone.now()
        report = None if object_id is None else self._written(request, object_id)
        answer = {"kept": "", "trouble": ""}
        key = once_key(request.POST)
        if "title" in request.POST and (report or (key and self.has_add_permission(request))):
            try:
                editing.keep_typed(
                    request.POST, by=request.user, now=now, report=report, form_key=key,
                    base_version=seen_version(request.POST) or None,
                )  # fmt: skip
                answer["kept"] = f"{timezone.localtime(now):%H:%M}"
            except editing.TooMuchTyped as refused:
                answer["trouble"] = str(refused)
        if report and not self.has_change_permission(request, report):
            answer["trouble"] = (
                f"Bài đã chuyển sang “{report.status_words}” nên không lưu được nữa; chữ bạn gõ vẫn được giữ."
            )
        elif report:
            lock = editing.still_writing(report, by=request.user, now=now)
            if lock.user_id != request.user.pk:
                answer["trouble"] = (
                    f"{name_of(lock.user)} đã giành quyền sửa lúc "
                    f"{timezone.localtime(lock.taken_at):%H:%M}; chữ bạn gõ vẫn được giữ."
                )
        return JsonResponse(answer)

    def drop_view(self, request, object_id=None):
        """ "Bỏ": what was typed and not saved is not wanted any more."""
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        if object_id is None:
            editing.drop_typed(request.user, form_key=once_key(request.POST))
            return HttpResponseRedirect(reverse("admin:reports_report_add"))
        report = self._written(request, object_id)
        editing.drop_typed(request.user, report=report)
        return HttpResponseRedirect(reverse("admin:reports_report_change", args=[report.pk]))

    def take_over_view(self, request, object_id):
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        report = self._written(request, object_id)
        if self.has_change_permission(request, report):
            editing.take_over(report, by=request.user, now=timezone.now())
        return HttpResponseRedirect(reverse("admin:reports_report_change", args=[report.pk]))

    def _written(self, request, object_id):
        """The report, for those who write it; 404 for everybody else."""
        report = self.get_object(request, unquote(object_id))
        if report is None or not writes_for(request.user, report):
            raise Http404
        return report

    # --- opening the form ------------------------------------------------------------------------

    def opened(self, request, report):
        """The page instead of the plain form: somebody else's lock, or what was typed before; or None."""
        if request.GET.get(BRING_BACK):
            return self._brought_back(request, report)
        holder = report and editing.holder_of(report, timezone.now())
        if holder and holder.user_id != request.user.pk:
            context = {
                **self.admin_site.each_context(request),
                "title": str(report),
                "opts": self.opts,
                "report": report,
                "holder": holder,
                "holder_name": name_of(holder.user),
            }
            return TemplateResponse(request, "admin/reports/report/locked.html", context)
        return None

    def _brought_back(self, request, report):
        key = "" if report else request.GET[BRING_BACK]
        typed = editing.typed_of(request.user, report=report, form_key=key)
        if typed is None:
            return None
        payload = editing.payload_of(typed)
        if report and typed.base_version != report.version:
            # Rows that are gone are not drawn; the form stays as old as it is and meets its 409.
            payload = self._typed_beside(request, report, typed).mine
            payload["version"] = str(typed.base_version or 0)
        at = timezone.localtime(typed.saved_at)
        note = f"Đây là chữ bạn gõ lúc {at:%H:%M %d/%m/%Y}, chưa lưu. Hãy xem lại rồi bấm Lưu."
        return self.drawn_again(request, report and str(report.pk), payload, note)

    def _typed_beside(self, request, report, typed):
        record = typed.base_version and versions.of_version(report, typed.base_version)
        base = versions.snapshot(report, record) if record else versions.blank(report)
        return self.conflict_of(request, report, base, editing.payload_of(typed))

    def unsaved(self, request, report):
        """The TypedText that says something else than what is stored, for the notice; or None."""
        if report is None:
            return editing.typed_in_new_forms(request.user).first()
        typed = editing.typed_of(request.user, report=report)
        if typed is None:
            return None
        compared = self._typed_beside(request, report, typed)
        return typed if compared.differences or compared.notes else None
