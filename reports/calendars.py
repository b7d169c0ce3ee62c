"""Events as an iCalendar file (RFC 5545)."""

from datetime import UTC, timedelta

from django.conf import settings
from icalendar import Calendar
from icalendar import Event as CalendarEntry


def calendar_of(events):
    """The file's bytes. Whole days: an event says morning or afternoon, never an hour."""
    calendar = Calendar()
    calendar.add("prodid", f"-//{settings.SITE_HOST}//su-kien//VI")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", f"{settings.SITE_NAME}: sự kiện")
    for event in events:
        entry = CalendarEntry()
        session = f" ({event.get_session_display()})" if event.session else ""
        entry.add("uid", f"su-kien-{event.pk}@{settings.SITE_HOST}")
        entry.add("dtstamp", event.updated_at.astimezone(UTC))
        entry.add("dtstart", event.event_on)
        # The end of a whole-day entry is the first day after it.
        entry.add("dtend", event.last_day_on + timedelta(days=1))
        entry.add("summary", f"{event.name}{session}")
        entry.add("location", ", ".join(filter(None, [event.venue, event.unit_label])))
        entry.add("url", f"{settings.SITE_URL}{event.get_absolute_url()}")
        calendar.add_component(entry)
    return calendar.to_ical()
