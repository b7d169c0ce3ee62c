"""The readers' pages of events: what comes, what was, and what has no day yet."""

from datetime import timedelta

from django.http import Http404, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from portal.paging import page_number, turn_to
from reports import schema_org
from reports.calendars import calendar_of
from reports.filters import EventFilter
from reports.models import Event, Report

EVENTS_PER_PAGE = 20
# A calendar subscription holds the year behind us and everything announced.
CALENDAR_DAYS_BACK = 365
CALENDAR_MOST = 1_000


@require_safe
def event_list(request):
    """`/su-kien/`: upcoming with today first, then past by page, then those without a day."""
    now = timezone.now()
    today = timezone.localdate(now)
    filters = EventFilter(request.GET)
    events = filters.narrow(Event.objects.published(now)).for_lists(now)
    past = turn_to(
        events.past(today).order_by("-event_on", "-pk"),
        page_number(request.GET.get("trang")) or 1,
        EVENTS_PER_PAGE,
    )
    is_first = past.number == 1
    context = {
        "here": "events",
        "filters": filters,
        "upcoming": events.upcoming(today).order_by("event_on", "pk") if is_first else (),
        "past": past,
        "undated": events.undated().order_by("-pk")[:EVENTS_PER_PAGE] if is_first else (),
    }
    return render(request, "reports/event_list.html", context)


@require_safe
def event_detail(request, slug, pk):
    """One event, who met where, and every published report about it."""
    now = timezone.now()
    event = (
        Event.objects.published(now).select_related("unit", "organisation").filter(pk=pk).first()
    )
    if event is None:
        raise Http404
    if request.path != event.get_absolute_url():
        return HttpResponsePermanentRedirect(event.get_absolute_url())
    reports = Report.objects.published(now).filter(event=event).for_cards().newest_first()
    page = turn_to(reports, page_number(request.GET.get("trang")) or 1, EVENTS_PER_PAGE)
    context = {
        "here": "events",
        "event": event,
        "sites": event.connected_sites.in_name_order(),
        "page": page,
        "json_ld": [schema_org.event(event), schema_org.trail(schema_org.event_steps(event))],
    }
    return render(request, "reports/event_detail.html", context)


@require_safe
def event_calendar(request):
    """`/su-kien/lich.ics`: for the reader's own calendar, with the filters of the list.

    `?su-kien=12` is that one event, whenever it was.
    """
    now = timezone.now()
    events = EventFilter(request.GET).narrow(Event.objects.published(now)).exclude(event_on=None)
    if one := page_number(request.GET.get("su-kien")):
        events = events.filter(pk=one)
    else:
        since = timezone.localdate(now) - timedelta(days=CALENDAR_DAYS_BACK)
        events = events.filter(last_day_on__gte=since)
    events = events.order_by("-event_on", "-pk")[:CALENDAR_MOST]
    return HttpResponse(calendar_of(events), content_type="text/calendar; charset=utf-8")
