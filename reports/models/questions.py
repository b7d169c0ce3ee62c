"""The questions this site asks about reports, in the words people use."""

from django.db import models
from django.db.models.functions import Coalesce
from django.utils import timezone

from .choices import ReportStatus, ScopeRelation


def is_public(now=None, *, of=""):
    """The condition behind `published(now)`; `of="reports__"` counts across a relation."""
    return models.Q(
        **{
            f"{of}status": ReportStatus.PUBLISHED,
            f"{of}published_at__lte": now or timezone.now(),
        }
    )


class ReportQuerySet(models.QuerySet):
    """Every page, feed and command asks in these words; the words know what they mean."""

    _by_scope = False

    def _clone(self):
        clone = super()._clone()
        clone._by_scope = self._by_scope
        return clone

    def published(self, now=None):
        """The only definition of public: status published, and its moment has come."""
        return self.filter(is_public(now))

    def scheduled(self, now=None):
        """Hẹn giờ đăng: approved, and its moment is still to come."""
        return self.filter(status=ReportStatus.PUBLISHED, published_at__gt=now or timezone.now())

    def withdrawn(self):
        return self.filter(status=ReportStatus.WITHDRAWN)

    def once_public(self):
        """Withdrawn after readers could have seen them: their addresses answer 410, not 404."""
        return self.withdrawn().filter(published_at__lte=models.F("withdrawn_at"))

    def in_unit(self, unit):
        """Of the unit and of what was below it on the report's day. Published reports only."""
        return self._in_scope(unit, ScopeRelation.SUBORDINATE)

    def in_area_of(self, unit):
        """`in_unit`, and what lay on the ground that is the unit's today. Published only."""
        return self._in_scope(unit, ScopeRelation.FORMER_AREA)

    def _in_scope(self, unit, furthest):
        scoped = self.filter(scopes__unit=unit, scopes__relation__lte=furthest)
        # The scope's own columns: further conditions and the order stay inside its index.
        scoped = scoped.annotate(
            listed_at=models.F("scopes__published_at"),
            listed_key=models.F("scopes__report_id"),
            listed_on=models.F("scopes__counting_on"),
        )
        scoped._by_scope = True
        return scoped

    def in_any_of(self, units, furthest=ScopeRelation.SUBORDINATE):
        """Of at least one of `units` (each report once), by the relations up to `furthest`.

        Published reports only. For one unit the same reports as `in_unit` or `in_area_of`.
        """
        from .scope import ReportScope

        units = list(units)
        if len(units) == 1:
            return self._in_scope(units[0], furthest)
        found = ReportScope.objects.filter(unit__in=units, relation__lte=furthest)
        return self.filter(pk__in=found.values("report"))

    def of_person(self, person):
        """Signed by the person (or primary key) in any role."""
        from .credits import Contribution

        return self.filter(pk__in=Contribution.objects.filter(person=person).values("report"))

    def corrected(self):
        """With at least one public correction."""
        from .aftermath import Correction

        return self.filter(models.Exists(Correction.objects.filter(report=models.OuterRef("pk"))))

    def neighbours_of(self, report):
        """(the next newer, the next older) of the same unit; either may be None. One query."""
        own = self.filter(unit=report.unit_id)
        at, key = report.published_at or timezone.now(), report.pk
        newer = own.filter(
            models.Q(published_at__gt=at) | models.Q(published_at=at, pk__gt=key)
        ).order_by("published_at", "pk")
        older = own.filter(
            models.Q(published_at__lt=at) | models.Q(published_at=at, pk__lt=key)
        ).order_by("-published_at", "-pk")
        found = self.filter(
            models.Q(pk=models.Subquery(newer.values("pk")[:1]))
            | models.Q(pk=models.Subquery(older.values("pk")[:1]))
        ).only("title", "slug", "published_at", "created_at")
        newer = older = None
        for other in found:
            if (other.published_at, other.pk) > (at, key):
                newer = other
            else:
                older = other
        return newer, older

    def in_period(self, period):
        """By the day that counts: the event's, else the publication's when that is no estimate."""
        return self.counting_between(period.start, period.end)

    def counting_between(self, since, until):
        """Reports whose counting day lies between two days, both included; None is no limit."""
        reports = self
        if since:
            reports = reports.filter(**{f"{self._counting}__gte": since})
        if until:
            reports = reports.filter(**{f"{self._counting}__lte": until})
        return reports

    def undated(self):
        """What `in_period` can never find. Lists give these a place and a count of their own."""
        return self.filter(**{f"{self._counting}__isnull": True})

    def dated(self):
        """The others: `dated` and `undated` together hold every report once."""
        return self.filter(**{f"{self._counting}__isnull": False})

    @property
    def _counting(self):
        return "listed_on" if self._by_scope else "counting_on"

    def matching(self, text):
        """Every word of `text`, compared without marks, somewhere in title, text or names.

        Words in quotes stand beside each other, abbreviations meet their long form
        (`reports.search.query`). Text without a letter or digit finds nothing. Asks the index once,
        at once.
        """
        from ..search.finding import condition

        return self.filter(condition(text))

    # Each order ends with the key, which breaks ties, so no report appears on two pages of a list.
    # A list of a unit walks the scope's indexes, whose rows carry the days for this purpose.

    def newest_first(self):
        return (
            self.order_by("-listed_at", "-listed_key")
            if self._by_scope
            else self.order_by("-published_at", "-pk")
        )

    def oldest_first(self):
        if self._by_scope:
            return self.order_by("listed_at", "listed_key")
        return self.order_by("published_at", "pk")

    def gathered(self, *, oldest=False):
        """`newest_first` (or `oldest_first`) for conditions on days: what is found is sorted.

        PostgreSQL would rather walk all reports from the newest, trusting that those of a period lie
        scattered among them; they lie together, and for an old period that is a long walk.
        """
        at = "listed_at" if self._by_scope else "published_at"
        # Means the same moment, but no index has it.
        reports = self.annotate(gathered_at=Coalesce(at, at))
        return reports.order_by(*(("gathered_at", "pk") if oldest else ("-gathered_at", "-pk")))

    def among_newest(self, most):
        """Those of dated reports that may be among the newest `most`: all of these, and few others.

        Asks at once. The latest days hold `most` reports; what was published before all of them is left
        out, so a list of a country's year need not sort all of it.
        """
        latest = self.order_by("-counting_on", "-published_at")[:most]
        first = latest.aggregate(first=models.Min("published_at"))["first"]
        return self.filter(published_at__gte=first) if first else self

    def latest_held_first(self):
        """By the counting day, the latest first. Only for `dated` reports."""
        if self._by_scope:
            return self.order_by("-listed_on", "-listed_at", "-listed_key")
        return self.order_by("-counting_on", "-published_at", "-pk")

    def for_cards(self):
        """What a card shows, in one query and one for the photos; the body stays in the database."""
        from .photo import Photo

        return (
            self.select_related("unit", "event", "section")
            .defer(
                "body",
                "unit__folded_names",
                "unit__marked_names",
                "unit__sort_key",
                "event__folded",
                "event__attendees",
            )
            .prefetch_related(
                models.Prefetch(
                    "photos",
                    Photo.objects.filter(order=0).only(
                        "id",
                        "report_id",
                        "token",
                        "width",
                        "height",
                        "alt",
                        "order",
                        "focal_x",
                        "focal_y",
                        "caption",
                    ),
                    to_attr="lead_photos",
                )
            )
        )
