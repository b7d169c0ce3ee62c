"""Where a report is found: one function writes its `ReportScope` rows.

`refresh_scope` is called when a report is saved; `refresh_all` (the command `refresh_scopes`) after
the registry of units was reloaded or corrected.
"""

from collections import defaultdict

from django.db import transaction
from django.utils import timezone

from units.area import ancestors_on, former_district_communes, later_units
from units.kinds import UnitLevel

from .models import Event, Report, ReportScope, ReportStatus, ScopeRelation
from .search.index import refresh_entries

BATCH = 1000
# What `Report.derive` writes from the registry, the event and the text.
DERIVED = ("counting_on", "unit_label", "unit_full_label")


def scope_of(unit, day):
    """{unit key: (relation, partial)}: every unit whose list must find a report of `unit` on `day`.

    Own; subordinate (the ancestors of that day); former area (later units on the same ground, and
    their ancestors); former district (today's communes on a district's ground). The nearest
    relation wins.
    """
    scope = {unit.pk: (ScopeRelation.OWN, False)}
    for key in ancestors_on(unit, day):
        scope.setdefault(key, (ScopeRelation.SUBORDINATE, False))
    if unit.level == UnitLevel.DISTRICT:
        for key, partial in former_district_communes(unit, timezone.localdate()).items():
            scope.setdefault(key, (ScopeRelation.FORMER_DISTRICT, partial))
    for key, partial in later_units(unit, after=day).items():
        scope.setdefault(key, (ScopeRelation.FORMER_AREA, partial))
    return scope


def scope_rows(report):
    """The unsaved `ReportScope` rows of `report`; none unless it is published or scheduled."""
    if report.status != ReportStatus.PUBLISHED:
        return []
    return [
        ReportScope(
            unit_id=key,
            report_id=report.pk,
            relation=relation,
            partial=partial,
            published_at=report.published_at,
            counting_on=report.counting_on,
        )
        for key, (relation, partial) in scope_of(report.unit, report.named_on).items()
    ]


@transaction.atomic
def refresh_scope(report):
    """Make the stored rows of one report equal to what its unit, day and status say."""
    wanted = {row.unit_id: row for row in scope_rows(report)}
    for row in report.scopes.all():
        new = wanted.get(row.unit_id)
        if new and _facts(new) == _facts(row):
            del wanted[row.unit_id]
        else:
            row.delete()
    ReportScope.objects.bulk_create(wanted.values())


def _facts(row):
    """What a stored row must agree in with the row that should be there."""
    return row.relation, row.partial, row.published_at, row.counting_on


def refresh_all(progress=lambda done: None):
    """Bring names of the day and scopes of all reports in line with the registry; returns how many
    reports and events changed. Safe to run at any time, twice, and to cut off: each batch is one transaction.
    """
    changed, last = _rename_events(), 0
    while True:
        batch = list(
            Report.objects.filter(pk__gt=last)
            .select_related("event", "unit")
            .order_by("pk")[:BATCH]
        )
        if not batch:
            return changed
        changed += _refresh_batch(batch)
        last = batch[-1].pk
        progress(last)


@transaction.atomic
def _refresh_batch(batch):
    stored = defaultdict(set)
    for row in ReportScope.objects.filter(report__in=batch).values_list(
        "report_id", "unit_id", "relation", "partial", "published_at", "counting_on"
    ):
        stored[row[0]].add(row[1:])
    renamed, moved, rows = [], [], []
    for report in batch:
        before = [getattr(report, name) for name in DERIVED]
        report.derive()
        if before != [getattr(report, name) for name in DERIVED]:
            renamed.append(report)
        wanted = scope_rows(report)
        if stored[report.pk] != {(row.unit_id, *_facts(row)) for row in wanted}:
            moved.append(report)
            rows += wanted
    Report.objects.bulk_update(renamed, DERIVED, batch_size=200)
    ReportScope.objects.filter(report__in=moved).delete()
    ReportScope.objects.bulk_create(rows, batch_size=1000)
    changed = {report.pk for report in (*renamed, *moved)}
    refresh_entries(changed)
    return len(changed)


def _rename_events():
    """Events print their unit's name of the day, too, and follow their reports; there are few."""
    Event.objects.follow_reports()
    renamed = []
    for event in Event.objects.select_related("unit").iterator(chunk_size=BATCH):
        label = event.unit.name_on(event.event_on)
        if label != event.unit_label:
            event.unit_label = label
            renamed.append(event)
    Event.objects.bulk_update(renamed, ["unit_label"], batch_size=200)
    return len(renamed)
