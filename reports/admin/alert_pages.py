"""Tin báo: a person's own alerts. Reading the page changes nothing; opening one by its button, or
one button for all, marks them as read.
"""

from django.core.paginator import Paginator
from django.http import Http404, HttpResponseNotAllowed, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse

from reports.alerts import HEADLINES, alerts_for, mark_seen

ALERTS_PER_PAGE = 30


def alert_urls(admin_site):
    """The addresses of these pages, for the back office's own list."""

    def page(view):
        def with_site(request, **kwargs):
            return view(request, admin_site=admin_site, **kwargs)

        return admin_site.admin_view(with_site)

    return [
        path("tin-bao/", page(alert_list), name="alerts"),
        path("tin-bao/<int:pk>/", page(open_alert), name="alert"),
    ]


def unseen_alerts(user):
    """How many alerts `user` has not read."""
    return alerts_for(user).unseen().count()


def alert_list(request, *, admin_site):
    alerts = alerts_for(request.user)
    if request.method == "POST":
        # What came in after the page was drawn has not been read.
        until = request.POST.get("until", "")
        if until.isascii() and until.isdigit() and len(until) <= 18:
            mark_seen(alerts.filter(pk__lte=int(until)))
        return HttpResponseRedirect(reverse("admin:alerts"))
    rows = alerts.newest_first().select_related("report", "by").defer("report__body")
    page = Paginator(rows, ALERTS_PER_PAGE).get_page(request.GET.get("trang"))
    for alert in page:
        alert.headline = HEADLINES[alert.kind]
    context = {
        **admin_site.each_context(request),
        "title": "Tin báo",
        "page": page,
        "until": max((alert.pk for alert in page), default=0),
    }
    return TemplateResponse(request, "admin/reports/alerts.html", context)


def open_alert(request, *, admin_site, pk):
    """Mark one alert as read and go to its report; another person's is not there."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    found = alerts_for(request.user).filter(pk=pk)
    alert = found.first()
    if alert is None:
        raise Http404
    mark_seen(found)
    return HttpResponseRedirect(reverse("admin:reports_report_change", args=[alert.report_id]))
