"""The home page: a lead story, the newest, what is read, events, and the ways in."""

from django.db.models import Count
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from reports.models import Event, Report, Section, Topic
from reports.models.questions import is_public
from units.models import Unit

NEWEST_ON_HOME = 6
STORIES_ON_HOME = 5
UNITS_ON_HOME = 12
EVENTS_ON_HOME = 3


@require_safe
def home(request):
    """`/`: a lead story, the newest, events, and the ways in by unit, section and topic.

    No report stands on it twice.
    """
    now = timezone.now()
    today = timezone.localdate(now)
    published = Report.objects.published(now)
    newest = list(published.for_cards().newest_first()[: 1 + NEWEST_ON_HOME + STORIES_ON_HOME])
    lead = next((report for report in newest if report.lead_photo), newest[0] if newest else None)
    rest = [report for report in newest if report != lead]
    events = Event.objects.published(now).for_lists(now)
    told = Count("reports", filter=is_public(now, of="reports__"))
    context = {
        "here": "home",
        "lead": lead,
        "newest": rest[:NEWEST_ON_HOME],
        "stories": rest[NEWEST_ON_HOME:],
        "upcoming": events.upcoming(today).order_by("event_on", "pk")[:EVENTS_ON_HOME],
        "past": events.past(today).order_by("-event_on", "-pk")[:EVENTS_ON_HOME],
        "units": _most_telling_units(published),
        "sections": Section.objects.annotate(told=told).order_by("order", "name"),
        "topics": Topic.objects.annotate(told=told).order_by("order", "name"),
    }
    return render(request, "portal/home.html", context)


def _most_telling_units(published):
    """The units with most published reports, each with its number as `told`.

    Counted from the reports: of the 15,000 units most have none.
    """
    counted = published.order_by().values_list("unit").annotate(told=Count("pk"))
    told = dict(counted.order_by("-told", "unit")[:UNITS_ON_HOME])
    units = Unit.objects.in_bulk(told)
    for key, unit in units.items():
        unit.told = told[key]
    return sorted(units.values(), key=lambda unit: (-unit.told, unit.sort_key))
