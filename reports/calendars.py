"""Events as an iCalendar file (RFC 5545)."""

from datetime import UTC, timedelta

from django.conf import settings
from icalendar import Calendar
from icalendar import Event as CalendarEntry

from portal.templatetags.vietnamese import first_capital
from portal.text import plain_text


def calendar_of(events, name=None):
    """The file's bytes. Whole days: an event says morning or afternoon, never an hour.

    Events must have a day. The same event keeps its UID for ever, so a calendar that reads the
    file again changes the entry instead of adding another.
    """
    calendar = Calendar()
    calendar.add("prodid", f"-//{settings.SITE_HOST}//su-kien//VI")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", plain_text(name or f"{settings.SITE_NAME}: sự kiện"))
    calendar.add("x-wr-timezone", settings.TIME_ZONE)
    for event in events:
        calendar.add_component(_entry(event))
    return calendar.to_ical()


def _entry(event):
    entry = CalendarEntry()
    session = f" ({event.get_session_display()})" if event.session else ""
    address = f"{settings.SITE_URL}{event.get_absolute_url()}"
    changed_at = event.updated_at.astimezone(UTC).replace(microsecond=0)
    entry.add("uid", f"su-kien-{event.pk}@{settings.SITE_HOST}")
    entry.add("dtstamp", changed_at)
    entry.add("last-modified", changed_at)
    entry.add("dtstart", event.event_on)
    # The end of a whole-day entry is the first day after it.
    entry.add("dtend", event.last_day_on + timedelta(days=1))
    # Rows older than our rules may hold what the format cannot.
    entry.add("summary", plain_text(f"{event.name}{session}"))
    entry.add("location", plain_text(", ".join(filter(None, [event.venue, event.unit_label]))))
    entry.add("description", plain_text("\n".join([*_facts(event), address])))
    entry.add("categories", [first_capital(event.get_kind_display())])
    # Nobody's day is taken by it: readers note it, they are not booked.
    entry.add("transp", "TRANSPARENT")
    entry.add("url", address)
    return entry


def _facts(event):
    if event.session:
        yield f"Buổi {event.get_session_display()}"
    if event.chair:
        yield f"Chủ trì: {event.chair}"
    if event.period_start:
        yield f"Nói về: {event.period_words}"
