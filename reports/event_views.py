"""The readers' pages of events: what comes, what was, and what has no day yet."""

from datetime import timedelta

from django.conf import settings
from django.db.models import F
from django.http import Http404, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from portal.paging import page_number, turn_to
from reports import schema_org
from reports.calendars import calendar_of
from reports.event_filter import EventFilter
from reports.models import Event, Photo, Report
from reports.months import Month, weeks_of

EVENTS_PER_PAGE = 20
# What is announced fits on a page; where it does not, the calendar goes on.
UPCOMING_SHOWN = 40
UNDATED_SHOWN = 5
# A day of a whole province can hold dozens: the cell shows some, the list all.
EVENTS_A_DAY = 4
EVENTS_A_MONTH = 3_000
PHOTOS_SHOWN = 4
# A calendar subscription holds the year behind us and everything announced.
CALENDAR_DAYS_BACK = 365
CALENDAR_MOST = 500


@require_safe
def event_list(request):
    """`/su-kien/`: upcoming with today first, then past by page, then those without a day.

    With `?chua-ro-ngay=1` only the last, all of them by page.
    """
    now = timezone.now()
    today = timezone.localdate(now)
    filters = EventFilter(request.GET)
    events = filters.narrow(Event.objects.published(now)).for_lists(now)
    undated = filters.whatever_day(Event.objects.published(now)).undated()
    number = page_number(request.GET.get("trang")) or 1
    context = {
        "here": "events",
        "here_exactly": True,
        "filters": filters,
        "today": today,
        "this_month": Month.of(today),
    }
    if filters.wants_undated:
        page = turn_to(events.order_by("-pk"), number, EVENTS_PER_PAGE)
        return render(request, "reports/event_list.html", context | {"page": page})
    past = turn_to(
        events.past(today).order_by("-event_on", "-pk"), number, EVENTS_PER_PAGE, undated=undated
    )
    is_first = past.number == 1
    upcoming = events.upcoming(today).order_by("event_on", "pk")[: UPCOMING_SHOWN + 1]
    upcoming = list(upcoming) if is_first else []
    shows_undated = is_first and not filters.chooses_days and past.counts["undated"]
    context |= {
        "page": past,
        "upcoming": upcoming[:UPCOMING_SHOWN],
        "upcoming_more": upcoming[UPCOMING_SHOWN:],
        "undated": undated.for_lists(now).order_by("-pk")[:UNDATED_SHOWN] if shows_undated else (),
    }
    return render(request, "reports/event_list.html", context)


@require_safe
def event_month(request, year, month):
    """`/su-kien/thang/2026-07/`: a calendar of the month, for one unit or kind if chosen.

    A month that has no page (year 1, month 13) is not found. Links lead to the months before and
    after only as far as there are events, or today: nobody turns pages for ever.
    """
    month = Month(year, month)
    if not month.is_printed:
        raise Http404
    now = timezone.now()
    today = timezone.localdate(now)
    filters = EventFilter(request.GET)
    events = filters.whatever_day(Event.objects.published(now))
    shown = (
        events.touching(month.first, month.last)
        .order_by("event_on", "pk")
        .only("name", "slug", "event_on", "last_day_on", "session", "unit_label")
    )
    shown = list(shown[:EVENTS_A_MONTH])
    before = events.filter(event_on__lt=month.first).order_by("-event_on")
    after = events.filter(event_on__gt=month.last).order_by("event_on")
    before = before.values_list("event_on", flat=True).first()
    after = after.values_list("event_on", flat=True).first()
    this_month = Month.of(today)
    context = {
        "here": "events",
        "filters": filters,
        "month": month,
        "query": filters.query_of_calendar,
        "weeks": weeks_of(month, shown, today),
        "total": len(shown),
        "most_a_day": EVENTS_A_DAY,
        "this_month": this_month,
        "previous": month.previous if before or month > this_month else None,
        "next": month.next if after or month < this_month else None,
        # An empty month says where the nearest ones with events are.
        "before": Month.of(before) if before and not shown else None,
        "after": Month.of(after) if after and not shown else None,
    }
    return render(request, "reports/event_month.html", context)


@require_safe
def event_detail(request, slug, pk):
    """One event, who met where, its photos, and every published report about it."""
    now = timezone.now()
    event = _published_event(now, pk)
    if request.path != event.get_absolute_url():
        return HttpResponsePermanentRedirect(event.get_absolute_url())
    today = timezone.localdate(now)
    published = Report.objects.published(now).filter(event=event)
    page = turn_to(
        published.for_cards().newest_first(),
        page_number(request.GET.get("trang")) or 1,
        EVENTS_PER_PAGE,
    )
    photos = (
        Photo.objects.filter(report__in=published)
        .select_related("report", "credit")
        .defer("report__body")
    )
    context = {
        "here": "events",
        "event": event,
        "sites": event.connected_sites.in_name_order(),
        "page": page,
        "photos": photos.order_by("order", "report", "pk")[:PHOTOS_SHOWN],
        "month": Month.of(event.event_on) if event.event_on else None,
        "is_over": event.last_day_on is not None and event.last_day_on < today,
        "successors": event.unit.successors_today(today),
        "json_ld": [schema_org.event(event), schema_org.trail(schema_org.event_steps(event))],
    }
    return render(request, "reports/event_detail.html", context)


@require_safe
def event_calendar(request):
    """`/su-kien/lich.ics`: for the reader's own calendar, with the filters of the list.

    `?su-kien=12` is that one event, whenever it was; without a choice of days, the past year and
    all that comes.
    """
    now = timezone.now()
    filters = EventFilter(request.GET)
    if one := page_number(request.GET.get("su-kien")):
        events = Event.objects.published(now).filter(pk=one)
    else:
        events = filters.narrow(Event.objects.published(now))
        if not filters.chooses_days:
            since = timezone.localdate(now) - timedelta(days=CALENDAR_DAYS_BACK)
            events = events.touching(since, None)
    events = events.exclude(event_on=None).order_by(F("event_on").desc(), "-pk")[:CALENDAR_MOST]
    return _ics(calendar_of(events, f"{filters.title} – {settings.SITE_NAME}"), "lich-su-kien")


@require_safe
def event_entry(request, slug, pk):
    """`/su-kien/<slug>-<id>.ics`: that event alone; not found while its day is unknown."""
    event = _published_event(timezone.now(), pk)
    if not event.event_on:
        raise Http404
    address = reverse("reports:event_entry", kwargs={"slug": event.slug, "pk": event.pk})
    if request.path != address:
        return HttpResponsePermanentRedirect(address)
    return _ics(calendar_of([event], event.name), f"{event.slug}-{event.pk}")


def _published_event(now, pk):
    events = Event.objects.published(now).select_related("unit", "organisation")
    event = events.filter(pk=pk).first()
    if event is None:
        raise Http404
    return event


def _ics(content, name):
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    # Inline: telephones then offer to note it; those that cannot, store it under this name.
    response.headers["Content-Disposition"] = f'inline; filename="{name}.ics"'
    return response
