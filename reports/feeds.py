"""The RSS feed: newest reports, with the filters of the list."""

from django.conf import settings
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Rss201rev2Feed
from django.views.decorators.http import require_safe

from portal.text import plain_text
from reports.filters import ReportFilter
from reports.models import ContributionRole, Report
from reports.schema_org import absolute

ITEMS = 30


@require_safe
def report_feed(request):
    """`/rss/`: title, lead, unit, kind, byline and lead photo of the newest reports."""
    filters = ReportFilter(request.GET)
    reports = (
        filters.narrow(Report.objects.published(timezone.now()))
        .for_cards()
        .prefetch_related("contributions__person")
        .newest_first()[:ITEMS]
    )
    feed = Rss201rev2Feed(
        title=f"{settings.SITE_NAME}: {filters.title}",
        link=_address("reports:list", filters),
        description="Tin, bài về công tác dân vận, mới nhất trước.",
        language="vi",
        feed_url=_address("reports:feed", filters),
    )
    for report in reports:
        photo = report.lead_photo
        feed.add_item(
            # Rows older than our rules may hold what XML cannot.
            title=plain_text(report.title),
            link=absolute(report.get_absolute_url()),
            description=plain_text(report.lead),
            # The key alone: a corrected title must not make an old report new again.
            unique_id=absolute(f"/tin/{report.pk}"),
            unique_id_is_permalink=False,
            # An editor's estimate is no date; readers of feeds would take it for one.
            pubdate=None if report.published_is_estimate else report.published_at,
            author_name=plain_text(_signature(report)),
            categories=_categories(report),
            enclosures=[_Enclosure(absolute(photo.src))] if photo else [],
        )
    return HttpResponse(
        feed.writeString("utf-8"), content_type="application/rss+xml; charset=utf-8"
    )


def _address(name, filters):
    query = filters.query()
    return absolute(reverse(name) + (f"?{query}" if query else ""))


def _signature(report):
    """Writers as printed, or the organisation that signs; else the unit."""
    authors = [each.printed_name for each in report.signed_by(ContributionRole.AUTHOR)]
    return ", ".join(authors) or report.byline_organisation or report.unit_label


def _categories(report):
    names = [report.unit_label, report.section.name if report.section_id else ""]
    if report.event_id:
        names.append(report.event.get_kind_display())
    return [name for name in names if name]


class _Enclosure:
    """A picture in a feed. Its length is unknown without opening the file; 0 says so."""

    length, mime_type = "0", "image/jpeg"

    def __init__(self, url):
        self.url = url
