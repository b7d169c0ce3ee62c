"""One event, two reports, one number: marked so by a person, it counts once."""

from collections import defaultdict
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Count

from reports.models import Figure, Report

from .totals import key_of


@dataclass
class Twins:
    """Confirmed Figures of several reports of one event, with the same indicator, measure and value.

    `root` is the report whose number counts for the others.
    """

    event: object
    figures: list
    root: int

    @property
    def key(self):
        return "-".join(str(one.pk) for one in self.figures[:1])

    @property
    def counted(self):
        """How many times totals count the number now."""
        return len({one.same_as_id or one.report_id for one in self.figures})

    @property
    def is_settled(self):
        return self.counted == 1


def twins(selection, works_for=lambda unit_key: True):
    """[Twins] in the events that at least two reports of the selection tell, the undecided first.

    `works_for(unit key)` says whose Figures may be marked: those of others count, ours repeat them.
    """
    reports = selection.reports.order_by().values("pk")
    told_twice = (
        Figure.objects.confirmed()
        .filter(report__in=reports, report__event__isnull=False)
        .values("report__event", "value")
        .annotate(reports=Count("report", distinct=True))
        .filter(reports__gt=1)
    )
    places = {(row["report__event"], row["value"]) for row in told_twice}
    if not places:
        return []
    figures = (
        Figure.objects.confirmed()
        .filter(report__in=reports, report__event__in={event for event, _ in places})
        .select_related("report__event", "report__unit")
        .order_by("report__published_at", "report_id", "at_desk", "order", "pk")
    )
    groups = defaultdict(list)
    for figure in figures:
        if (figure.report.event_id, figure.value) in places:
            key = key_of(figure.counts_as, figure.unit_of_measure)
            groups[figure.report.event_id, figure.value, key].append(figure)
    found = []
    for same in groups.values():
        reports_of = {one.report_id for one in same}
        if len(reports_of) < 2:
            continue
        others = [one for one in same if not works_for(one.report.unit_id)]
        root = (others or same)[0]
        found.append(Twins(same[0].report.event, same, root.same_as_id or root.report_id))
    return sorted(found, key=lambda one: (one.is_settled, -one.event.pk, one.figures[0].pk))


@transaction.atomic
def mark_same(same, *, by, works_for):
    """Let the Figures of `same` (Twins) that are one's own repeat its root; how many were marked."""
    list(Report.objects.select_for_update().filter(pk__in={one.report_id for one in same.figures}))
    marked = 0
    for figure in same.figures:
        if figure.report_id == same.root:
            continue
        if figure.same_as_id != same.root and works_for(figure.report.unit_id):
            figure.same_as_id = same.root
            figure._history_user = by
            figure.save()
            marked += 1
    return marked


@transaction.atomic
def mark_different(same, *, by, works_for):
    """Count each of the Figures of `same` that are one's own again; how many were freed."""
    freed = 0
    for figure in same.figures:
        if figure.same_as_id is not None and works_for(figure.report.unit_id):
            figure.same_as = None
            figure._history_user = by
            figure.save()
            freed += 1
    return freed
