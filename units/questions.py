"""The questions this site asks about units, in the words people use."""

from django.db import models
from django.db.models import Case, F, Q, Value, When
from django.utils import timezone

from units import search
from units.kinds import Era

# An empty first day is older than all others, in both databases.
OLDEST_FIRST = F("valid_from").asc(nulls_first=True)


def exists_condition(day):
    """The units (or versions) that exist on `day`; `valid_to` is the first day without them."""
    return (Q(valid_from=None) | Q(valid_from__lte=day)) & (Q(valid_to=None) | Q(valid_to__gt=day))


class UnitQuerySet(models.QuerySet):
    """The questions this site asks about units, in the words people use."""

    def existing_on(self, day):
        return self.filter(exists_condition(day))

    def current(self, today=None):
        """Units of the two-tier system that exist today."""
        return self.filter(era=Era.TWO_TIER).existing_on(today or timezone.localdate())

    def matching(self, text, today=None):
        """Units that bear, or once bore, the typed name; homonyms all.

        Names with the typed marks before all others; then whole names, earlier names, beginnings
        and words inside; then units of today before former ones; then the dictionary. What is
        understood: `units.search`. Text without a letter or digit finds nothing.
        """
        typed, places = search.split_places(str(text))
        if not typed.words:
            return self.none()
        found = self.filter(search.condition(typed) & search.places_condition(places))
        return found._best_first(typed, today)

    def matching_in_place(self, text, today=None):
        """For words without a comma that are a name and a place: `thoi son an giang`."""
        splits = search.possible_places(str(text))
        if not splits:
            return self.none()
        found = Q()
        for typed, place in splits:
            found |= search.whole_name(typed) & search.places_condition([place])
        return self.filter(found)._best_first(splits[0][0], today)

    def suggested(self, text, today=None):
        """`matching`, or `matching_in_place` if that finds nothing; asks the database to know."""
        found = self.matching(text, today)
        return found if found.exists() else self.matching_in_place(text, today)

    def _best_first(self, typed, today):
        exists = exists_condition(today or timezone.localdate())
        return self.select_related("parent__parent").order_by(
            search.markedness(typed),
            search.closeness(typed),
            Case(When(exists, then=Value(0)), default=Value(1)),
            "sort_key",
            "key",
        )

    def in_name_order(self):
        return self.order_by("sort_key", "key")
