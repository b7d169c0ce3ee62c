"""The list of conferences: what was held, whether anybody has written about it or not.

An event stands here once, however many reports tell of it: because a report that meets all conditions
but the days tells of it, or because readers were told beforehand that one of the chosen units holds
it. By its own day: an event of several days belongs to every period that it touches.
"""

from dataclasses import dataclass
from functools import cached_property

from django.db.models import Case, Count, IntegerField, Min, Prefetch, Value, When

from portal.paging import Page, page_number
from portal.templatetags.vietnamese import first_capital
from reports.address_filter import OF_DAYS, UNSORTED
from reports.models import Event, EventKind, Session
from units.models import Unit
from units.naming import full_name_of, name_on

from .exporting import facts_of
from .places import CHOSEN, Places, ground_of

COUNTING_RULE = (
    "Mỗi hội nghị một lần, dù có nhiều bài; theo ngày diễn ra, kéo dài nhiều ngày thì thuộc mọi kỳ mà "
    "nó chạm tới."
)
# Conditions that an event meets or does not, by itself.
OF_EVENTS = {
    "don-vi", "don-vi-cu", "chi-don-vi", "loai", "to-chuc", "hang", "cot", "sap-xep", "quy-uoc",
    "xep", "gon", "nhom", "chua-ro-ngay", *OF_DAYS,
}  # fmt: skip
_SESSIONS = {session: number for number, session in enumerate(Session.values, 1)}


@dataclass(frozen=True)
class Kind:
    """How many events of one kind there are, and how many of them nobody has written about."""

    label: str
    number: int
    silent: int


class Conferences:
    """The events of a `Selection`, at its moment. A row of a table (`dong=`) is taken for the whole."""

    def __init__(self, selection):
        self.selection = selection.whole

    @cached_property
    def dated(self):
        """Those with a day, in the order of their days; `told_by` is the number of their reports."""
        return self._for_lists(self._in_order)

    def page(self, asked, size):
        """The `Page` of `dated` that `trang=` asks for; nonsense is the first one.

        Which events a country's reports tell of is asked once for the whole page: `kinds` has counted.
        """
        last = max(1, -(-self.total // size))
        number = min(page_number(asked) or 1, last)
        keys = list(
            self._in_order.values_list("pk", flat=True)[(number - 1) * size : number * size]
        )
        shown = {event.pk: event for event in self._for_lists(Event.objects.filter(pk__in=keys))}
        # Between the two questions an event may have gone.
        rows = [shown[key] for key in keys if key in shown]
        return Page(rows, number, size, self.total, last)

    @cached_property
    def _in_order(self):
        session = Case(
            *(When(session=value, then=Value(rank)) for value, rank in _SESSIONS.items()),
            default=Value(0),
            output_field=IntegerField(),
        )
        return self._held.annotate(in_the_day=session).order_by("event_on", "in_the_day", "pk")

    @cached_property
    def _touching(self):
        period = self.selection.period
        return Event.objects.touching(period and period.start, period and period.end)

    @cached_property
    def _told(self):
        reports, period = self._any_day.reports, self.selection.period
        if period:
            # A report counts by the day its event began; few are gathered, whatever the plan.
            began = self._touching.aggregate(first=Min("event_on"))["first"]
            reports = reports.counting_between(began or period.start, period.end)
        return self._touching.filter(pk__in=_told_by(reports))

    @cached_property
    def _silent(self):
        return Event.objects.filter(pk__in=self._announced(self._touching))

    @cached_property
    def _held(self):
        if self.selection.filters.wants_undated:
            return Event.objects.filter(pk=None)
        # No “or”: a database that must ask it of every event of the country takes seconds.
        either = self._told.values("pk").union(self._silent.values("pk"))
        return Event.objects.filter(pk__in=either)

    @cached_property
    def undated(self):
        """Events without a day: told of by a report of the choice or by one that has no day either,
        or announced. They belong to no period and are never left out.
        """
        return self._for_lists(self._without_day)

    def undated_page(self, most):
        """(the first of `undated`, at most so many; how many there are)."""
        keys = list(self._without_day.values_list("pk", flat=True))
        shown = self._for_lists(Event.objects.filter(pk__in=keys[:most])).order_by("-pk")
        return list(shown), len(keys)

    @cached_property
    def _without_day(self):
        without = Event.objects.undated()
        told, told_undated = (
            without.filter(pk__in=_told_by(reports.filter(event__in=without.values("pk")))).values(
                "pk"
            )
            for reports in (self.selection.reports, self.selection.undated)
        )
        announced = Event.objects.filter(pk__in=self._announced(without)).values("pk")
        return Event.objects.filter(pk__in=told.union(told_undated, announced)).order_by("-pk")

    @cached_property
    def kinds(self):
        """[`Kind`] of the dated events, in the order of the trade; kinds without one are left out."""
        if self.selection.filters.wants_undated:
            return []
        told, silent = (
            dict(events.order_by().values_list("kind").annotate(Count("pk")))
            for events in (self._told, self._silent)
        )
        return [
            Kind(first_capital(label), told.get(kind, 0) + silent.get(kind, 0), silent.get(kind, 0))
            for kind, label in EventKind.choices
            if kind in told or kind in silent
        ]

    @property
    def facts(self):
        """What was chosen, as `Selection.facts`, with the rule by which events are counted."""
        facts = [fact for fact in facts_of(self.selection) if fact[0] != "Cách đếm"]
        return [*facts, ("Cách đếm", COUNTING_RULE)]

    @property
    def total(self):
        return sum(kind.number for kind in self.kinds)

    @property
    def silent(self):
        """How many of them nobody has written about."""
        return sum(kind.silent for kind in self.kinds)

    @property
    def leaves_out_announced(self):
        """Whether the choice has conditions only a report can meet, so that events without one are
        not asked about.
        """
        chosen = self.selection.filters.chosen
        return bool(set(chosen) - OF_EVENTS) or UNSORTED in (
            chosen.get("loai"), chosen.get("to-chuc"),
        )  # fmt: skip

    @cached_property
    def _any_day(self):
        return self.selection.beside(*OF_DAYS, "chua-ro-ngay")

    def _for_lists(self, events):
        sites = Unit.objects.only("key", "sort_key")
        return (
            events.for_lists(self.selection.now)
            .select_related(None)
            .select_related("organisation")
            .defer(None)
            .defer("folded", "organisation__folded")
            .prefetch_related(Prefetch("connected_sites", sites))
        )

    def _announced(self, events):
        """Keys of those of `events` readers were told of, that the chosen units held, and that no
        published report tells of.
        """
        if self.leaves_out_announced:
            return []
        now, filters = self.selection.now, self.selection.filters
        announced = events.filter(is_public=True).exclude(told_from__lte=now)
        if kind := filters.chosen.get("loai"):
            announced = announced.filter(kind=kind)
        if organisation := filters.chosen.get("to-chuc"):
            announced = announced.filter(organisation__slug=organisation)
        if not self.selection.units:
            return announced.values("pk")
        places = Places.of(self.selection, CHOSEN)
        # All that may lie in the chosen units; the places say what did on a day.
        ground = ground_of(self.selection.units, self.selection.relation)
        rows = announced.filter(unit__in=ground).values_list("pk", "unit_id", "event_on")
        return [pk for pk, unit, on in rows if _is_one_of(places, unit, on or places.last)]


def _told_by(reports):
    """Keys of the events that `reports` tell of, gathered once and not asked event by event."""
    return reports.filter(event__isnull=False).order_by().values("event")


def _is_one_of(places, unit, day):
    """Whether what `unit` held on `day` belongs to the rows, as a report of it would."""
    row, _, among = places.row_on(unit, day)
    return row in places.row_set or bool(among)


def in_words(event):
    """`event` with `day_words` (`02/07/2026, sáng`), `host_words` (the unit's full name of that day)
    and `sites` (names of the connected sites as of that day), for pages and files.
    """
    event.day_words = _day_words(event)
    event.host_words = full_name_of(event.unit_id, event.event_on)
    sites = sorted(event.connected_sites.all(), key=lambda unit: (unit.sort_key, unit.pk))
    event.sites = [name_on(unit, event.event_on) for unit in sites]
    return event


def _day_words(event):
    if not event.event_on:
        return "chưa rõ ngày"
    words = f"{event.event_on:%d/%m/%Y}"
    if event.ends_on and event.ends_on != event.event_on:
        words += f" – {event.ends_on:%d/%m/%Y}"
    return f"{words}, {event.get_session_display()}" if event.session else words
