"""The shell's search page."""

from urllib.parse import urlencode

from django.shortcuts import render
from django.utils import timezone
from django.utils.html import strip_tags
from django.views.decorators.http import require_safe

from portal.highlight import Highlighter
from portal.paging import page_number, turn_to
from portal.text import one_line
from reports.models import Person, Report
from units.models import Unit

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
