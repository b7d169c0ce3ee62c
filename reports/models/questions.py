"""The questions this site asks about reports, in the words people use."""

from django.db import models
from django.utils import timezone

from portal.text import fold

from .choices import ReportStatus, ScopeRelation


class ReportQuerySet(models.QuerySet):
    """Every page, feed and command asks in these words; the words know what they mean."""

    _by_scope = False

    def _clone(self):
        clone = super()._clone()
        clone._by_scope = self._by_scope
        return clone

    def published(self, now=None):
        """The only definition of public: status published, and its moment has come."""
        return self.filter(status=ReportStatus.PUBLISHED, published_at__lte=now or timezone.now())

    def scheduled(self, now=None):
        """Hẹn giờ đăng: approved, and its moment is still to come."""
        return self.filter(status=ReportStatus.PUBLISHED, published_at__gt=now or timezone.now())

    def withdrawn(self):
        return self.filter(status=ReportStatus.WITHDRAWN)

    def in_unit(self, unit):
        """Of the unit and of what was below it on the report's day. Published reports only."""
        return self._in_scope(unit, ScopeRelation.SUBORDINATE)

    def in_area_of(self, unit):
        """`in_unit`, and what lay on the ground that is the unit's today. Published only."""
        return self._in_scope(unit, ScopeRelation.FORMER_AREA)

    def of_former_district(self, unit):
        """Reports of abolished districts, for a commune of their ground. Published only."""
        scoped = self.filter(scopes__unit=unit, scopes__relation=ScopeRelation.FORMER_DISTRICT)
        scoped._by_scope = True
        return scoped

    def _in_scope(self, unit, furthest):
        scoped = self.filter(scopes__unit=unit, scopes__relation__lte=furthest)
        scoped._by_scope = True
        return scoped

    def in_period(self, period):
        """By the day that counts: the event's, else the publication's when that is no estimate."""
        return self.filter(counting_on__range=(period.start, period.end))

    def undated(self):
        """What `in_period` can never find. Lists give these a place and a count of their own."""
        return self.filter(counting_on=None)

    def matching(self, text):
        """Every word of `text`, compared without marks, somewhere in title, lead, body or names."""
        for word in fold(text).split()[:12]:
            self = self.filter(folded__contains=word)
        return self

    def newest_first(self):
        # The key breaks ties, so no report appears on two pages of a list. A list of a unit walks
        # the scope index, whose rows carry the publication moment for this purpose.
        if self._by_scope:
            return self.order_by("-scopes__published_at", "-scopes__report_id")
        return self.order_by("-published_at", "-pk")

    def for_cards(self):
        """What a card shows, in one query and one for the photos; the body stays in the database."""
        from .photo import Photo

        return (
            self.select_related("event", "section")
            .defer("body", "folded")
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

    def for_page(self):
        """What the report's own page shows."""
        return self.select_related(
            "unit", "event", "section", "organisation", "view_count"
        ).prefetch_related(
            "contributions__person", "photos__credit", "topics", "corrections", "figures"
        )
