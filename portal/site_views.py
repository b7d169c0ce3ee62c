"""What the site says about itself: who runs it, how to reach them, what it holds, what robots may."""

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from reports.models import Section, Topic
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
