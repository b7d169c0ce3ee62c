"""Đóng góp: what each unit and each person told, against the target their committee has set.

A target is so many reports a month. A period that begins or ends within a month counts that month
whole; a unit owes only the months it existed in.
"""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from django.db.models import Count, Q
from django.db.models.functions import Coalesce

from portal.templatetags.vietnamese import number
from reports.models import Contribution, ContributionRole, Person
from units import registry
from units.area import area_of

from .counting import by_row, months_of
from .coverage import FIRST_YEAR, LAST_YEAR
from .places import MANY, Places, Row

# Whose work a target of a person counts; editors and those who inform are named in bylines, too.
COUNTED_ROLES = (ContributionRole.AUTHOR, ContributionRole.PHOTOGRAPHER)


@dataclass
class Share:
    """`total` reports against `target` (None without one, or without a period)."""

    total: int
    target: int | None = None

    @property
    def percent(self):
        """`87,5 %`, rounded half up; empty without a target."""
        if not self.target:
            return ""
        share = Decimal(100 * self.total) / self.target
        return f"{number(share.quantize(Decimal('0.1'), ROUND_HALF_UP))} %"

    @property
    def bar(self):
        """The same from 0 to 100, for drawing."""
        return min(100, round(100 * self.total / self.target)) if self.target else 0

    @property
    def is_met(self):
        return self.target is not None and self.total >= self.target


@dataclass
class UnitShare(Share):
    row: Row = None
    query: str = ""
    unit_query: str = ""


@dataclass
class PersonShare(Share):
    """`authored` and `photographed` may be the same reports; `total` counts each once."""

    person: Person = None
    authored: int = 0
    photographed: int = 0
    query: str = ""


@dataclass(frozen=True)
class Targets:
    """What a committee asks a month of whom; nothing of units outside its area but by their name."""

    for_all: int | None = None
    of_units: dict = None
    of_people: dict = None
    area: frozenset = frozenset()

    @classmethod
    def of(cls, committee):
        """Those of a Committee, or none."""
        if committee is None or committee.pk is None:
            return cls(of_units={}, of_people={})
        rows = list(committee.targets.values_list("unit", "person", "reports_a_month"))
        return cls(
            next((asked for unit, person, asked in rows if not unit and not person), None),
            {unit: asked for unit, _, asked in rows if unit},
            {person: asked for _, person, asked in rows if person},
            frozenset(area_of(committee.unit_id)),
        )

    def of_unit(self, key):
        return self.of_units.get(key, self.for_all if key in self.area else None)


def months_counted(selection):
    """The months a target is asked for; empty without a period that has months."""
    period = selection.period
    if (
        period is None
        or selection.filters.wants_undated
        or period.start.year < FIRST_YEAR
        or period.end.year > LAST_YEAR
    ):
        return []
    return months_of(period)


def unit_shares(selection, targets, places=None):
    """[UnitShare]: the rows of the table of the same selection, with the same totals."""
    places = places or Places.of(selection, selection.filters.chosen.get("hang", ""))
    counted = by_row(selection, places)
    months = months_counted(selection)
    known = registry.current()
    extras = places.extras(counted)
    shares = []
    for key in [*places.keys, *extras]:
        row = places.row(key)
        born, died = known.life(key)
        lived = sum(born <= month.end and month.start < died for month in months)
        asked = None if row.is_extra else targets.of_unit(key)
        shares.append(
            UnitShare(
                counted[key].total if key in counted else 0,
                asked * lived if asked and lived else None,
                row,
                selection.filters.query(dong=key),
                selection.filters.query(**{"don-vi": key}),
            )
        )
    return shares


def person_shares(selection, targets):
    """[PersonShare] of everybody who wrote or photographed a chosen report, and of whom it is asked.

    Who was merged into somebody else counts as that person. The most reports first.
    """
    months = len(months_counted(selection))
    signed = Contribution.objects.filter(
        report__in=selection.reports.order_by().values("pk"), role__in=COUNTED_ROLES
    ).order_by()
    counted = signed.annotate(whose=Coalesce("person__merged_into", "person")).values_list("whose")
    reports = Count("report", distinct=True)
    numbers = {
        person: figures
        for person, *figures in counted.annotate(
            total=reports,
            authored=_of_role(ContributionRole.AUTHOR),
            photographed=_of_role(ContributionRole.PHOTOGRAPHER),
        )
    }
    people = _people({*numbers, *targets.of_people})
    shares = []
    for pk, person in people.items():
        total, authored, photographed = numbers.get(pk, (0, 0, 0))
        asked = targets.of_people.get(pk)
        query = selection.filters.query(**{"tac-gia": f"{person.slug}-{pk}"})
        shares.append(
            PersonShare(
                total,
                asked * months if asked and months else None,
                person,
                authored,
                photographed,
                query,
            )
        )
    return sorted(shares, key=lambda each: (-each.total, each.person.sort_key, each.person.pk))


def _of_role(role):
    return Count("report", filter=Q(role=role), distinct=True)


def _people(keys):
    # More keys than a database likes in one condition: then everybody is read, and the rest left out.
    found = Person.objects.filter(pk__in=keys) if len(keys) <= MANY else Person.objects.all()
    rows = found.select_related("organisation").only(
        "name", "slug", "sort_key", "organisation__name"
    )
    return {person.pk: person for person in rows if person.pk in keys}
