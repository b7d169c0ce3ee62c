"""RSS and JSON Feed: the newest reports, with the filters of the list."""

from django.conf import settings
from django.http import HttpResponse, JsonResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Rss201rev2Feed
from django.views.decorators.http import require_safe

from portal.paging import COUNT_CAP, turn_to
from portal.templatetags.vietnamese import number
from portal.text import plain_text
from reports.cards import as_cards, with_photos
from reports.filters import ReportFilter
from reports.models import ContributionRole, Report
from reports.schema_org import absolute, local_iso

ITEMS = 30


@require_safe
def report_feed(request):
    """`/rss/`: title, lead, unit, kind, byline and lead photo of the newest reports."""
    filters = ReportFilter(request.GET)
    reports, total = _newest(filters)
    feed = Rss201rev2Feed(
        title=f"{settings.SITE_NAME}: {filters.title}",
        link=_address("reports:list", filters),
        description=_description(filters, reports, total),
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
            unique_id=_identity(report),
            unique_id_is_permalink=False,
            # An editor's estimate is no date; readers of feeds would take it for one.
            pubdate=None if report.published_is_estimate else report.published_at,
            author_name=plain_text(_signature(report)),
            categories=[plain_text(name) for name in _categories(report)],
            enclosures=[_Enclosure(absolute(photo.src))] if photo else [],
        )
    return HttpResponse(
        feed.writeString("utf-8"), content_type="application/rss+xml; charset=utf-8"
    )


@require_safe
def report_json_feed(request):
    """`/tin/feed.json`: the same as a JSON Feed, version 1.1."""
    filters = ReportFilter(request.GET)
    reports, total = _newest(filters)
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": f"{settings.SITE_NAME}: {filters.title}",
        "home_page_url": _address("reports:list", filters),
        "feed_url": _address("reports:json_feed", filters),
        "description": _description(filters, reports, total),
        "language": "vi",
        "items": [_json_item(report) for report in reports],
    }
    return JsonResponse(
        feed,
        content_type="application/feed+json; charset=utf-8",
        json_dumps_params={"ensure_ascii": False},
    )


def _json_item(report):
    photo = report.lead_photo
    item = {
        "id": _identity(report),
        "url": absolute(report.get_absolute_url()),
        "title": plain_text(report.title),
        "content_text": plain_text(report.lead or report.title),
        "authors": [{"name": plain_text(_signature(report))}],
        "tags": [plain_text(name) for name in _categories(report)],
    }
    if not report.published_is_estimate:
        item["date_published"] = local_iso(report.published_at)
    if photo:
        item["image"] = absolute(photo.src)
    return item


def _newest(filters):
    """(the newest reports of the filtered list, how many it has in all up to the cap)."""
    found = filters.by_publication(filters.narrow(Report.objects.published(timezone.now())))
    page = turn_to(as_cards(found).prefetch_related("contributions__person"), 1, ITEMS)
    return with_photos(page.rows), page.total


def _description(filters, reports, total):
    """What the list holds, in words: its conditions, how many there are and how many are here."""
    conditions = "; ".join(words for words, _ in filters.chips)
    about = (
        f"Tin, bài về công tác dân vận ({conditions})"
        if conditions
        else ("Tin, bài về công tác dân vận")
    )
    more = f"hơn {number(COUNT_CAP)}" if total > COUNT_CAP else number(total)
    if not total:
        return f"{about}. Chưa có bài nào."
    if total == len(reports):
        return f"{about}, mới nhất trước. Có {more} bài."
    return f"{about}, mới nhất trước. Có {more} bài; ở đây là {len(reports)} bài mới nhất."


def _address(name, filters):
    query = filters.query()
    return absolute(reverse(name) + (f"?{query}" if query else ""))


def _identity(report):
    # The key alone: a corrected title must not make an old report new again.
    return absolute(f"/tin/{report.pk}")


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
