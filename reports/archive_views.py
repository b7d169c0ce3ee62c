"""Reports by the month they were published: `/tin/2026/` and `/tin/2026/07/`."""

from datetime import datetime, timedelta

from django.db.models import Count, Max
from django.db.models.functions import TruncMonth
from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from portal.paging import asked_page
from reports import schema_org
from reports.cards import as_cards, with_photos
from reports.models import Report

REPORTS_PER_PAGE = 20


@require_safe
def archive_year(request, year):
    """The months of a year with their numbers. A year before the first report or after the last
    is not found; an empty one between them says so and leads on.
    """
    start, end = _year(year)
    published = Report.objects.published(timezone.now())
    months = months_with_reports(published, year)
    newer = _neighbour(published, start, end, later=True, by_month=False)
    older = _neighbour(published, start, end, later=False, by_month=False)
    if not months and not (newer and older):
        raise Http404
    steps = schema_org.list_steps((f"Năm {year}", _path(year)))
    context = {
        "here": "reports",
        "year": year,
        "months": [(month, number, _path(year, month)) for month, number in months.items()],
        "number": sum(months.values()),
        "newer": newer,
        "older": older,
        "address": _path(year),
        "json_ld": [schema_org.trail(steps)],
    }
    return render(request, "reports/archive_year.html", context)


@require_safe
def archive_month(request, year, month):
    """The reports published in a month, newest first; a month without any is not found."""
    start, end = _month(year, month)
    published = Report.objects.published(timezone.now())
    reports = published.filter(published_at__gte=start, published_at__lt=end)
    page = asked_page(request.GET, as_cards(reports.newest_first()), REPORTS_PER_PAGE)
    if not page.rows:
        raise Http404
    with_photos(page)
    steps = schema_org.list_steps(
        (f"Năm {year}", _path(year)), (f"Tháng {month}/{year}", _path(year, month))
    )
    context = {
        "here": "reports",
        "year": year,
        "month": month,
        "page": page,
        "newer": _neighbour(published, start, end, later=True),
        "older": _neighbour(published, start, end, later=False),
        "year_address": _path(year),
        "address": _path(year, month),
        "json_ld": [schema_org.trail(steps)],
    }
    return render(request, "reports/archive_month.html", context)


def months_with_reports(published, year):
    """{month: number of reports published in it} of a year, in order. One walk of the newest index."""
    start, end = _year(year)
    rows = (
        published.filter(published_at__gte=start, published_at__lt=end)
        .order_by()
        .values_list(TruncMonth("published_at"))
        .annotate(number=Count("pk"))
    )
    return {at.month: number for at, number in sorted(rows)}


def archive_pages(published):
    """[(path, last change)] of all years and months with reports, the earliest first."""
    rows = (
        published.order_by()
        .values_list(TruncMonth("published_at"))
        .annotate(changed_at=Max("updated_at"))
    )
    months = {(at.year, at.month): changed_at for at, changed_at in sorted(rows)}
    years = {}
    for (year, _), changed_at in months.items():
        years[year] = max(changed_at, years.get(year, changed_at))
    return [
        *((_path(year), changed_at) for year, changed_at in years.items()),
        *((_path(*month), changed_at) for month, changed_at in months.items()),
    ]


def _neighbour(published, start, end, *, later, by_month=True):
    """(words, path) of the nearest month (or year) with reports after or before a span, or None."""
    if later:
        found = published.filter(published_at__gte=end).order_by("published_at", "pk")
    else:
        found = published.filter(published_at__lt=start).newest_first()
    at = found.values_list("published_at", flat=True).first()
    if at is None:
        return None
    at = timezone.localtime(at)
    if by_month:
        return f"Tháng {at.month}/{at.year}", _path(at.year, at.month)
    return f"Năm {at.year}", _path(at.year)


def _path(year, month=None):
    if month is None:
        return reverse("reports:archive_year", kwargs={"year": year})
    return reverse("reports:archive_month", kwargs={"year": year, "month": f"{month:02d}"})


def _year(year):
    return _month(year, 1)[0], _month(year, 12)[1]


def _month(year, month):
    """The first moment of a month on our clock, and the first one after it; 404 without one."""
    # Years beyond these overflow on their way to UTC and hold no report anyway.
    if not (1900 <= year <= 2999 and 1 <= month <= 12):
        raise Http404
    zone = timezone.get_default_timezone()
    start = datetime(year, month, 1, tzinfo=zone)
    after = start.replace(day=28) + timedelta(days=4)
    return start, datetime(after.year, after.month, 1, tzinfo=zone)
