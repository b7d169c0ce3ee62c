"""Where a report is found: one function writes its `ReportScope` rows.

Called when a report is saved, and for all reports when the registry of units is reloaded.
"""

from django.db import transaction
from django.utils import timezone

from units.area import ancestors_on, former_district_communes, later_units
from units.kinds import UnitLevel

from .models.choices import ReportStatus, ScopeRelation
from .models.scope import ReportScope


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
        )
        for key, (relation, partial) in scope_of(report.unit, report.named_on).items()
    ]


@transaction.atomic
def refresh_scope(report):
    """Make the stored rows of one report equal to what its unit, day and status say."""
    wanted = {row.unit_id: row for row in scope_rows(report)}
    for row in report.scopes.all():
        new = wanted.get(row.unit_id)
        if new and (new.relation, new.partial, new.published_at) == (
            row.relation,
            row.partial,
            row.published_at,
        ):
            del wanted[row.unit_id]
        else:
            row.delete()
    ReportScope.objects.bulk_create(wanted.values())
