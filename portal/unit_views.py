"""A unit's page: its names through time, and what it and its ground's earlier units reported.

It stands in the shell because it asks both rooms: units know nothing of reports.
"""

from datetime import timedelta

from django.db.models import Case, Count, Max, When
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from portal.paging import page_number, turn_to
from reports.models import Event, Report, ReportScope, ScopeRelation
from units import registry
from units.kinds import UnitLevel
from units.models import Unit

REPORTS_PER_PAGE = 10
EVENTS_SHOWN = 4
# A province has about a hundred communes; a former one up to thirty districts.
CHILDREN_SHOWN = 400
# PostgreSQL has no greatest of booleans: the partial ones are counted instead.
PARTIAL = Case(When(partial=True, then=1))


@require_safe
def unit_detail(request, slug):
    """`/don-vi/<slug>/`: reports, events, history, what is below, and the reports of former units."""
    unit = get_object_or_404(Unit.objects.select_related("parent"), slug=slug)
    now = timezone.now()
    today = timezone.localdate(now)
    published = Report.objects.published(now)
    page = turn_to(
        published.in_unit(unit).for_cards().newest_first(),
        page_number(request.GET.get("trang")) or 1,
        REPORTS_PER_PAGE,
    )
    events = Event.objects.published(now).in_unit(unit).for_lists(now)
    former = former_groups(unit, published)
    is_current = unit.exists_on(today)
    context = {
        "here": "units",
        "unit": unit,
        "name": unit.name_on(),
        "parents": unit.parents_on()[::-1],
        "is_commune": unit.level == UnitLevel.COMMUNE,
        "is_current": is_current,
        "successors": [] if is_current else unit.successors_today(today),
        "predecessors": predecessors_of(unit),
        "timeline": timeline_of(unit),
        "page": page,
        # What comes stands above what was; what has no day stands below both.
        "events": [
            *events.exclude(event_on=None).order_by("-event_on", "-pk")[:EVENTS_SHOWN],
            *events.undated().order_by("-pk")[:EVENTS_SHOWN],
        ],
        "former": former[ScopeRelation.FORMER_AREA],
        "former_districts": former[ScopeRelation.FORMER_DISTRICT],
        "children": children_of(unit, today),
    }
    return render(request, "units/unit_detail.html", context)


def timeline_of(unit):
    """[(words of the days, full name of those days), …], the latest first."""
    spans = registry.current().spans.get(unit.pk, ())
    steps = []
    for span in reversed(spans):
        day = None if span.end == registry.END else span.end - timedelta(days=1)
        first = None if span.first == registry.BEGINNING else span.first
        steps.append({"first": first, "last": day, "name": unit.full_name_on(day)})
    return steps


def predecessors_of(unit):
    """[(unit, is_partial, last day's name)] whose ground came to this unit directly."""
    known = registry.current()
    keys = known.predecessors.get(unit.pk, ())
    found = []
    for old in Unit.objects.filter(pk__in=keys).select_related("parent").in_name_order():
        partial = any(
            edge.partial for edge in known.successors.get(old.pk, ()) if edge.key == unit.pk
        )
        found.append((old, partial))
    return found


def former_groups(unit, published):
    """{relation: groups} of earlier units whose published reports this unit's readers are offered.

    A group is a dictionary with `unit`, `reports`, `latest_at` and `partial`, most reports first.
    """
    relations = (ScopeRelation.FORMER_AREA, ScopeRelation.FORMER_DISTRICT)
    rows = list(
        ReportScope.objects.filter(unit=unit, relation__in=relations, report__in=published)
        .values("relation", "report__unit")
        .annotate(reports=Count("report"), latest_at=Max("published_at"), partials=Count(PARTIAL))
        .order_by("-reports", "report__unit")
    )
    units = Unit.objects.in_bulk([row["report__unit"] for row in rows]) if rows else {}
    groups = {relation: [] for relation in relations}
    for row in rows:
        partial = row["partials"] > 0
        groups[row["relation"]].append(
            row | {"unit": units[row["report__unit"]], "partial": partial}
        )
    return groups


def children_of(unit, today):
    """The units directly below: those of today, or of the last day of a unit that is gone."""
    children = unit.children.in_name_order()
    if unit.exists_on(today):
        children = children.existing_on(today)
    return list(children[:CHILDREN_SHOWN])
