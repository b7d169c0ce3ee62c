"""A report read by its staff: the preview, and the page of one that is not to be edited now."""

from django.contrib.admin.utils import unquote
from django.http import Http404
from django.template.response import TemplateResponse
from django.urls import path
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_safe

from reports import views
from reports.one_query import fetch_for_page

from .deeds import open_deeds
from .revisions import about_revision, editions_of, running_revision


class WithReading:
    """For the admin of reports: its pages to read, with the deeds that may be done."""

    def get_urls(self):
        preview = self.admin_site.admin_view(self.preview_view)
        return [
            path("<path:object_id>/xem-truoc/", preview, name="reports_report_preview"),
            *super().get_urls(),
        ]

    @method_decorator(require_safe)
    def preview_view(self, request, object_id):
        """The public page of a report in any state, for those who may read it; never cached."""
        report = fetch_for_page(self.get_queryset(request), _key(object_id))
        if report is None:
            raise Http404
        response = views.render_report(request, report, timezone.now(), is_preview=True)
        response.headers["Cache-Control"] = "no-store, private"
        return response

    def read_page(self, request, report, *, status=200, refused=None, message=""):
        """A report that is not to be edited now, with the deeds that may be done to it."""
        whole = fetch_for_page(self.get_queryset(request), report.pk)
        context = {
            **self.admin_site.each_context(request),
            "title": str(report),
            "opts": self.opts,
            "report": whole,
            "deeds": open_deeds(request.user, report, refused=refused),
            "refusal": message,
            "may_edit": self.has_change_permission(request, report),
            "is_own": report.created_by_id == request.user.pk,
            "revision": about_revision(report),
            "running": running_revision(request.user, report),
            "editions": editions_of(report),
        }
        return TemplateResponse(request, "admin/reports/report/read.html", context, status=status)

    def refused_page(self, request, report, slug, form, *, status, message=""):
        return self.read_page(request, report, status=status, refused=(slug, form), message=message)


def _key(object_id):
    """A primary key as it stands in the address; what is none finds nothing."""
    text = unquote(object_id)
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 9 else 0
