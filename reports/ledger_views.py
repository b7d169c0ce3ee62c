"""Đính chính: what was wrong and is put right, and what was taken down; for people and machines.

Only what `published(now)` shows is corrected here. A report taken down is told of without its title
and text: the day, the newsroom and the reason, as on its own address.
"""

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Rss201rev2Feed
from django.views.decorators.http import require_safe

from portal.paging import asked_page
from portal.text import plain_text
from reports import schema_org
from reports.models import Correction, Report
from reports.models.questions import is_public
from reports.schema_org import absolute

ENTRIES_PER_PAGE = 20
FEED_ITEMS = 30


@require_safe
def corrections(request):
    """`/dinh-chinh/`: every public correction, newest first, with its before and after."""
    page = asked_page(request.GET, _public_corrections(), ENTRIES_PER_PAGE)
    return render(request, "reports/corrections.html", _context(page, "reports:corrections"))


@require_safe
def withdrawals(request):
    """`/dinh-chinh/bai-da-go/`: what readers could once see and no longer can, and why."""
    gone = Report.objects.once_public().select_related("unit").order_by("-withdrawn_at", "-pk")
    page = asked_page(request.GET, gone.defer("body"), ENTRIES_PER_PAGE)
    return render(request, "reports/withdrawals.html", _context(page, "reports:withdrawals"))


@require_safe
def corrections_feed(request):
    """`/dinh-chinh/rss/`: the newest corrections; each is an item of its own."""
    feed = Rss201rev2Feed(
        title=f"{settings.SITE_NAME}: Đính chính",
        link=absolute(reverse("reports:corrections")),
        description="Những chỗ sai trong tin, bài đã đăng và nội dung đúng, mới nhất trước.",
        language="vi",
        feed_url=absolute(reverse("reports:corrections_feed")),
    )
    for correction in _public_corrections()[:FEED_ITEMS]:
        report = correction.report
        feed.add_item(
            title=plain_text(f"Đính chính: {report.title}"),
            link=absolute(report.get_absolute_url()),
            description=plain_text(correction.words),
            unique_id=absolute(f"/dinh-chinh/{correction.pk}"),
            unique_id_is_permalink=False,
            pubdate=correction.decided_at,
            author_name=plain_text(report.unit_label),
        )
    return HttpResponse(
        feed.writeString("utf-8"), content_type="application/rss+xml; charset=utf-8"
    )


def _public_corrections():
    found = Correction.objects.filter(is_public(timezone.now(), of="report__"))
    return found.select_related("report__unit").defer("report__body").order_by("-decided_at", "-pk")


def _context(page, name):
    address = reverse(name)
    title = "Đính chính" if name == "reports:corrections" else "Bài đã gỡ"
    steps = schema_org.list_steps((title, address))
    return {
        "here": "reports",
        "page": page,
        "address": address,
        "json_ld": [schema_org.trail(steps)],
    }
