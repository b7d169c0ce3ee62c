"""The home page: a lead story, the newest, what is read, events, and the ways in."""

from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from reports.models import Event, Report
from reports.readership import most_read
from reports.tallies import by_section, by_topic, most_telling_units

NEWEST_ON_HOME = 6
STORIES_ON_HOME = 5
MOST_READ_ON_HOME = 5
UNITS_ON_HOME = 12
EVENTS_ON_HOME = 3


@require_safe
def home(request):
    """`/`: no report stands on it twice."""
    now = timezone.now()
    today = timezone.localdate(now)
    published = Report.objects.published(now)
    newest = list(published.for_cards().newest_first()[: 1 + NEWEST_ON_HOME + STORIES_ON_HOME])
    lead = next((report for report in newest if report.lead_photo), newest[0] if newest else None)
    rest = [report for report in newest if report != lead]
    events = Event.objects.published(now).for_lists(now)
    context = {
        "here": "home",
        "lead": lead,
        "newest": rest[:NEWEST_ON_HOME],
        "stories": rest[NEWEST_ON_HOME:],
        "most_read": most_read(published, now, MOST_READ_ON_HOME, leaving_out=newest),
        "upcoming": events.upcoming(today).order_by("event_on", "pk")[:EVENTS_ON_HOME],
        "past": events.past(today).order_by("-event_on", "-pk")[:EVENTS_ON_HOME],
        "units": most_telling_units(now, UNITS_ON_HOME),
        "sections": by_section(now),
        "topics": by_topic(now),
    }
    return render(request, "portal/home.html", context)
