"""The readers' pages of reports. Each asks `published(now)`; nothing else opens a public door."""

from django.http import HttpResponsePermanentRedirect
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from portal.paging import page_number, turn_to
from reports import schema_org
from reports.filters import ReportFilter
from reports.models import ContributionRole, Person, Report, Section
from reports.one_query import fetch_for_page, versions_of
from reports.related import related_reports
from reports.sharing import qr_code, share_links, short_url

REPORTS_PER_PAGE = 20
OTHERS_PER_PAGE = 8


@require_safe
def report_list(request):
    """`/tin/`: the newest first, narrowed by the address; a page beyond the end is the last page."""
    filters = ReportFilter(request.GET)
    published = Report.objects.published(timezone.now())
    beside = {"undated": filters.undated_beside(published)} if filters.chooses_days else {}
    page = turn_to(
        filters.narrow(published).for_cards().newest_first(),
        page_number(request.GET.get("trang")) or 1,
        REPORTS_PER_PAGE,
        **beside,
    )
    return render(
        request, "reports/report_list.html", {"here": "reports", "filters": filters, "page": page}
    )


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
    others = turn_to(
        published.exclude(pk=report.pk).for_cards().prefetch_related(None).newest_first(),
        page_number(request.GET.get("khac")) or 1,
        OTHERS_PER_PAGE,
    )
    newer, older = published.neighbours_of(report)
    shown = [other.pk for other in (newer, older, *others) if other]
    short = short_url(report)
    context = {
        "here": "reports",
        "report": report,
        "event": report.event,
        "successors": report.unit.successors_today(),
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


@require_safe
def section_detail(request, slug):
    """A section's reports, newest first."""
    section = get_object_or_404(Section, slug=slug)
    reports = Report.objects.published(timezone.now()).filter(section=section)
    page = turn_to(
        reports.for_cards().newest_first(),
        page_number(request.GET.get("trang")) or 1,
        REPORTS_PER_PAGE,
    )
    return render(
        request,
        "reports/section_detail.html",
        {"here": "reports", "section": section, "page": page},
    )


@require_safe
def person_detail(request, slug, pk):
    """Who signs, and what they have published; a person without a published work has no page."""
    now = timezone.now()
    people = Person.objects.published(now).select_related("organisation")
    person = get_object_or_404(people, pk=pk)
    if request.path != person.get_absolute_url():
        return HttpResponsePermanentRedirect(person.get_absolute_url())
    reports = Report.objects.published(now).of_person(pk)
    page = turn_to(
        reports.for_cards().newest_first(),
        page_number(request.GET.get("trang")) or 1,
        REPORTS_PER_PAGE,
    )
    roles = [
        ContributionRole(role).label
        for role in person.contributions.filter(report__in=reports)
        .order_by("role")
        .values_list("role", flat=True)
        .distinct()
    ]
    context = {"here": "reports", "person": person, "roles": roles, "page": page}
    return render(request, "reports/person_detail.html", context)
