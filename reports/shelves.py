"""The names that stand in every filter: sections, topics, organisations."""

from django.core.cache import cache
from django.db.models import CharField, F, IntegerField, Value

from portal.text import sort_key
from reports.models import Organisation, Section, Topic

SECONDS = 60


def shelves(*, anew=False):
    """{parameter: [(slug, name)]} of sections, topics and organisations, in one statement.

    Kept for a minute: names change a few times a year, and every list shows them. With `anew` they are
    as they are now: for whoever counts by them, and may leave none out.
    """
    found = None if anew else cache.get("reports.shelves")
    if found is None:
        rows = _shelf("chuyen-muc", Section, "order").union(
            _shelf("chu-de", Topic, "order"),
            _shelf("to-chuc", Organisation, Value(0, IntegerField())),
            all=True,
        )
        found = {"chuyen-muc": [], "chu-de": [], "to-chuc": []}
        for row in sorted(rows, key=lambda row: (row["place"], sort_key(row["name"]))):
            found[row["parameter"]].append((row["slug"], row["name"]))
        cache.set("reports.shelves", found, SECONDS)
    return found


def _shelf(parameter, model, place):
    place = F(place) if isinstance(place, str) else place
    return model.objects.annotate(parameter=Value(parameter, CharField()), place=place).values(
        "parameter", "place", "slug", "name"
    )
