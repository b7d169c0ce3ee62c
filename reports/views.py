"""The readers' pages of reports. Each asks `published(now)`; nothing else opens a public door."""

from django.http import HttpResponsePermanentRedirect
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from portal.paging import asked_page
from reports import schema_org
from reports.models import Report
from reports.one_query import fetch_for_page, versions_of
from reports.related import related_reports
from reports.sharing import qr_code, share_links, short_url
from units.history import ending_of

OTHERS_PER_PAGE = 8


@require_safe
def report_detail(request, year, month, slug, pk):
    """A published report; a wrong slug or month leads to the right one, a withdrawn one says so."""
    now = timezone.now()
    report = fetch_for_page(Report.objects.published(now), pk)
    if report is None:
        return _report_gone(request, pk)
    if request.path != report.get_absolute_url():
        return HttpResponsePermanentRedirect(report.get_absolute_url())
    return render_report(request, report, now)


@require_safe
def short_address(request, pk):
    """`/b/<id>/`, as printed beside the QR code: leads to the report wherever its address is now."""
    report = Report.objects.published(timezone.now()).filter(pk=pk).first()
    if report is None:
        return _report_gone(request, pk)
    return HttpResponsePermanentRedirect(report.get_absolute_url())


def render_report(request, report, now, *, is_preview=False):
    """The page of `report` as readers see it; the back office's preview draws the same."""
    published = Report.objects.published(now)
    others = asked_page(
        request.GET,
        published.exclude(pk=report.pk).for_cards().prefetch_related(None).newest_first(),
        OTHERS_PER_PAGE,
        "khac",
    )
    newer, older = published.neighbours_of(report)
    shown = [other.pk for other in (newer, older, *others) if other]
    short = short_url(report)
    context = {
        "here": "reports",
        "report": report,
        "event": report.event,
        "successors": report.unit.successors_today(),
        "ending": ending_of(report.unit, timezone.localdate(now)),
        "versions": versions_of(report),
        "others": others,
        "newer": newer,
        "older": older,
        "related": related_reports(published, report, shown=shown),
        "short_url": short,
        "qr": qr_code(short),
        "links": share_links(report),
        "is_preview": is_preview,
        "json_ld": [
            schema_org.news_article(report),
            schema_org.trail(schema_org.report_steps(report)),
        ],
    }
    return render(request, "reports/report_detail.html", context)


def _report_gone(request, pk):
    """410 with date and reason for what was once public; anything else was never there."""
    report = get_object_or_404(Report.objects.once_public().select_related("unit"), pk=pk)
    return render(
        request, "reports/report_gone.html", {"here": "reports", "report": report}, status=410
    )
