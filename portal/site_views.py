"""What the site says about itself: who runs it, how to reach them, what it holds, what robots may."""

from django.conf import settings
from django.db.models import Max, Min
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from reports.models import Report, Section, Topic
from units.models import Unit


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
    today = timezone.localdate()
    context = {
        "sections": Section.objects.order_by("order", "name"),
        "topics": Topic.objects.order_by("order", "name"),
        "years": _years_of_reports(),
        "today": today,
        "provinces": Unit.objects.current().filter(parent=None).in_name_order(),
    }
    return render(request, "portal/site_map.html", context)


def _years_of_reports():
    """The years from the newest published report back to the oldest; one look at either end."""
    moments = Report.objects.published(timezone.now()).aggregate(
        first=Min("published_at"), last=Max("published_at")
    )
    if moments["first"] is None:
        return []
    first, last = (timezone.localtime(moments[end]).year for end in ("first", "last"))
    return list(range(last, first - 1, -1))


@require_safe
def robots(request):
    """Everything may be read, but for what answers a person alone.

    Results of a search say that the search page is their address; so an index keeps one of them.
    """
    lines = [
        "User-agent: *",
        f"Disallow: {reverse('units:suggest')}",
        f"Disallow: {reverse('reports:feedback')}",
        "",
        f"Sitemap: {settings.SITE_URL}{reverse('reports:sitemap')}",
        "",
    ]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")
