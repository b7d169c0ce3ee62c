"""A unit's page: its names through time, and what it and its ground's earlier units reported.

It stands in the shell because it asks both rooms: units know nothing of reports.
"""

from collections import Counter
from datetime import date
from itertools import groupby

from django.db.models import Case, Count, Max, Prefetch, When, prefetch_related_objects
from django.db.models.functions import ExtractYear
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from portal.paging import page_number, turn_to
from reports.models import Event, EventKind, Photo, Report, ReportScope, ScopeRelation
from reports.models.questions import is_public
from units.area import ancestors_on, former_district_communes, successors_on
from units.history import children_of, history_of
from units.kinds import UnitLevel
from units.models import Unit

REPORTS_PER_PAGE = 10
EVENTS_SHOWN = 4
CARDS_SHOWN = 3
# A province stands on the ground of hundreds of former units; the list of reports has them all.
FORMER_SHOWN = 12
# PostgreSQL has no greatest of booleans: the partial ones are counted instead.
PARTIAL = Case(When(partial=True, then=1))
FORMER = (ScopeRelation.FORMER_AREA, ScopeRelation.FORMER_DISTRICT)


@require_safe
def unit_detail(request, slug):
    """`/don-vi/<slug>/`: reports, events, history, what is below, and the reports of former units.

    Nobody ends here: a unit that is gone leads to what stands in its place and its newest
    reports, a unit without reports to those of the units before it.
    """
    unit = get_object_or_404(Unit.objects.select_related("parent"), slug=slug)
    now = timezone.now()
    today = timezone.localdate(now)
    published = Report.objects.published(now)
    page = turn_to(
        published.in_unit(unit).for_cards().prefetch_related(None).newest_first(),
        page_number(request.GET.get("trang")) or 1,
        REPORTS_PER_PAGE,
    )
    history = history_of(unit)
    successors = _successors(unit, today)
    below, below_before = children_of(unit, today)
    groups = _former_groups(unit, now)
    cards = _cards(unit, successors, groups, published, now)
    _add_photos([*page.rows, *(report for reports in cards.values() for report in reports)])
    units = _units_by_key(unit, history, {*successors, *below, *below_before}, groups)
    context = {
        "here": "units",
        "unit": unit,
        "name": unit.name_on(),
        "names": list(dict.fromkeys(step.name for step in history)),
        "parents": [units[key] for key in reversed(ancestors_on(unit))],
        "is_commune": unit.level == UnitLevel.COMMUNE,
        "is_district": unit.level == UnitLevel.DISTRICT,
        "is_current": unit.exists_on(today),
        "today": today,
        "successors": _with_units(successors, units),
        "predecessors": _with_units(
            {
                change.key: change.partial
                for step in history
                for change in step.gained
                if not change.is_later
            },
            units,
        ),
        "went_straight": _went_straight(unit, history, successors),
        "history": [(step, *_changes(step, units, successors)) for step in history],
        "page": page,
        "tally": _tally(unit, page, published),
        "events": _events(unit, now),
        "former": _shown(groups, ScopeRelation.FORMER_AREA, units),
        "former_cards": cards[ScopeRelation.FORMER_AREA],
        "former_districts": _shown(groups, ScopeRelation.FORMER_DISTRICT, units),
        "former_district_cards": cards[ScopeRelation.FORMER_DISTRICT],
        "successor_cards": cards["successors"],
        "children": _in_name_order(below, units),
        "children_before": _in_name_order(below_before, units),
    }
    return render(request, "units/unit_detail.html", context)


def _successors(unit, today):
    """{key: is_partial} of what stands in its place today; of a district, by its ground.

    A district that became part of a larger one is not offered what never lay in it.
    """
    found = successors_on(unit, today)
    if found and unit.level == UnitLevel.DISTRICT:
        return former_district_communes(unit, today) or found
    return found


def _former_groups(unit, now):
    """[{relation, report__unit, reports, latest_at, partials}]: earlier units whose published
    reports this unit's readers are offered, most reports first."""
    return list(
        ReportScope.objects.filter(is_public(now, of="report__"), unit=unit, relation__in=FORMER)
        .values("relation", "report__unit")
        .annotate(reports=Count("report"), latest_at=Max("published_at"), partials=Count(PARTIAL))
        .order_by("-reports", "report__unit")
    )


def _cards(unit, successors, groups, published, now):
    """{group: its newest reports}: of former area, former district and `successors`; one query."""
    cards = {relation: [] for relation in (*FORMER, "successors")}
    wanted = [
        ReportScope.objects.filter(unit=unit, relation=relation)
        for relation in {row["relation"] for row in groups}
    ]
    if successors:
        below = ScopeRelation.SUBORDINATE
        wanted.append(ReportScope.objects.filter(unit__in=successors, relation__lte=below))
    if not wanted:
        return cards
    newest = [_newest(scopes, now) for scopes in wanted]
    chosen = newest[0].union(*newest[1:]) if len(newest) > 1 else newest[0]
    relations = {row["report__unit"]: row["relation"] for row in groups}
    # No photos yet: those of all cards of the page are fetched at once.
    rows = published.filter(pk__in=chosen).for_cards().prefetch_related(None).newest_first()
    for report in rows:
        cards[relations.get(report.unit_id, "successors")].append(report)
    return cards


def _newest(scopes, now):
    """Keys of the newest reports among `scopes`, as a part of a union, which takes no order."""
    newest = scopes.filter(published_at__lte=now).order_by("-published_at", "-report")
    return ReportScope.objects.filter(pk__in=newest.values("pk")[:CARDS_SHOWN]).values("report")


def _add_photos(reports):
    """The lead photo of every card of the page, whichever list it stands in; one query."""
    photos = Photo.objects.filter(order=0)
    prefetch_related_objects(reports, Prefetch("photos", photos, to_attr="lead_photos"))


def _units_by_key(unit, history, keys, groups):
    """Every unit that the page names, in one query."""
    keys = {
        *keys,
        *ancestors_on(unit),
        *(change.key for step in history for change in (*step.gained, *step.lost)),
        *(row["report__unit"] for row in groups),
    }
    found = Unit.objects.filter(pk__in=keys).defer("folded_names", "marked_names")
    return {other.pk: other for other in found}


def _with_units(partial, units):
    """[(unit, is_partial)] in the order of names."""
    return [(other, partial[other.pk]) for other in _in_name_order(partial, units)]


def _in_name_order(keys, units):
    found = (units[key] for key in keys if key in units)
    return sorted(found, key=lambda unit: (unit.sort_key, unit.pk))


def _went_straight(unit, history, successors):
    """Whether what stands in its place today is what it went to when it ended."""
    went_to = {change.key for step in history for change in step.lost if not change.is_later}
    return bool(unit.valid_to) and went_to == set(successors)


def _changes(step, units, successors):
    """(gained, lost) of a step, each [(day, is_later, [(unit, change), …])] in order of days.

    What stands there today is told above it already.
    """
    lost = [change for change in step.lost if change.is_later or change.key not in successors]
    return _by_day(step.gained, units), _by_day(lost, units)


def _by_day(changes, units):
    pairs = sorted(
        ((units[change.key], change) for change in changes if change.key in units),
        key=lambda pair: (pair[1].day, pair[0].sort_key, pair[0].pk),
    )
    return [
        (day, is_later, list(group))
        for (day, is_later), group in groupby(
            pairs, key=lambda pair: (pair[1].day, pair[1].is_later)
        )
    ]


def _shown(groups, relation, units):
    """The former units of one relation with the most reports, and how many more there are."""
    rows = [row for row in groups if row["relation"] == relation]
    shown = [
        row | {"unit": units[row["report__unit"]], "partial": row["partials"] > 0}
        for row in rows[:FORMER_SHOWN]
    ]
    return {
        "groups": shown,
        "more": len(rows) - len(shown),
        "reports": sum(row["reports"] for row in rows),
    }


def _events(unit, now):
    """What comes stands above what was; what has no day stands below both. One query."""
    events = Event.objects.published(now).in_unit(unit)
    dated, undated = (
        Event.objects.filter(pk__in=some.values("pk")[:EVENTS_SHOWN]).values("pk")
        for some in (
            events.exclude(event_on=None).order_by("-event_on", "-pk"),
            events.undated().order_by("-pk"),
        )
    )
    rows = Event.objects.published(now).filter(pk__in=dated.union(undated)).for_lists(now)
    return sorted(rows, key=lambda event: (event.event_on or date.min, event.pk), reverse=True)


def _tally(unit, page, published):
    """Numbers of the unit's reports by year and by kind of event, each leading to the list.

    The years, with the undated, add up to all reports. Nothing where there are too many to count.
    """
    if page.total < 2 or page.is_capped:
        return {}
    years, kinds = Counter(), Counter()
    rows = (
        published.in_unit(unit)
        .order_by()
        .values_list(ExtractYear("counting_on"), "event__kind")
        .annotate(reports=Count("pk"))
    )
    for year, kind, reports in rows:
        years[year] += reports
        kinds[kind] += reports
    undated = years.pop(None, 0)
    kinds.pop(None, None)
    return {
        "years": sorted(years.items(), reverse=True),
        "undated": undated,
        "kinds": [(kind, EventKind(kind).label, number) for kind, number in kinds.most_common()],
    }
