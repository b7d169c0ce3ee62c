"""The shell's pages: search, and what the site says about itself."""

from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import strip_tags
from django.views.decorators.http import require_safe

from portal.highlight import Highlighter
from portal.paging import page_number, turn_to
from portal.text import one_line
from reports.models import Person, Report, Section, Topic
from units.models import Unit

NEWEST_ON_HOME = 6
STORIES_ON_HOME = 5
UNITS_ON_HOME = 12
EVENTS_ON_HOME = 3
RESULTS_PER_PAGE = 10
LONGEST_SEARCH = 200


@require_safe
def search(request):
    """`/tim-kiem/?q=`: units and persons of that name at once, then reports with the words."""
    text = one_line(request.GET.get("q", ""))[:LONGEST_SEARCH]
    context = {"here": "search", "q": text}
    if text:
        now = timezone.now()
        published = Report.objects.published(now)
        reports = published.matching(text).select_related("unit", "event", "section")
        page = turn_to(
            reports.defer("folded").newest_first(),
            page_number(request.GET.get("trang")) or 1,
            RESULTS_PER_PAGE,
        )
        found = Highlighter(text)
        context |= {
            "page": page,
            "query": urlencode({"q": text}),
            "hits": [
                {
                    "report": report,
                    "title": found.mark(report.title),
                    "snippet": found.snippet(f"{report.lead} {strip_tags(report.body)}"),
                }
                for report in page
            ],
            "units": Unit.objects.matching(text)[:6],
            "people": Person.objects.published(now).matching(text)[:5],
        }
    return render(request, "portal/search.html", context)


@require_safe
def about(request):
    return render(request, "portal/about.html")


@require_safe
def contact(request):
    return render(request, "portal/contact.html")


@require_safe
def accessibility(request):
    return render(request, "portal/accessibility.html")


@require_safe
def site_map(request):
    """`/so-do-trang/`: every way in, on one page, for people."""
    context = {
        "sections": Section.objects.order_by("order", "name"),
        "topics": Topic.objects.order_by("order", "name"),
        "provinces": Unit.objects.current().filter(parent=None).in_name_order(),
    }
    return render(request, "portal/site_map.html", context)


@require_safe
def robots(request):
    """Everything may be read; result pages are endless and of no use to an index."""
    lines = [
        "User-agent: *",
        f"Disallow: {reverse('search')}",
        f"Disallow: {reverse('units:suggest')}",
        "",
        f"Sitemap: {settings.SITE_URL}{reverse('reports:sitemap')}",
        "",
    ]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")
