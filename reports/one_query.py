"""A report with everything its page shows, in one statement.

Five small tables hang on a report. Prefetching each would cost five more statements on every page;
both databases can gather rows as JSON inside the first one. What comes back are ordinary model
objects in the ordinary places (`report.photos.all()`), so nobody else needs to know.
"""

from datetime import UTC, datetime

from django.db.models import F, JSONField, OuterRef, Subquery, TextField
from django.db.models.functions import MD5, Cast, Concat
from django.utils import timezone

from reports.models import (
    Contribution,
    Correction,
    Figure,
    Person,
    Photo,
    Report,
    ReportStatus,
    Topic,
)


class GatheredRows(Subquery):
    """The rows of a queryset as one JSON list of objects; `columns` are their names."""

    output_field = JSONField()

    def __init__(self, queryset, columns):
        self.columns = columns
        super().__init__(queryset)

    def as_sqlite(self, compiler, connection):
        quote = connection.ops.quote_name
        pairs = ", ".join(f"'{column}', gathered.{quote(column)}" for column in self.columns)
        return self.as_sql(
            compiler,
            connection,
            template=f"(SELECT json_group_array(json_object({pairs})) FROM (%(subquery)s) gathered)",
        )

    def as_postgresql(self, compiler, connection):
        return self.as_sql(
            compiler,
            connection,
            template="(SELECT coalesce(jsonb_agg(to_jsonb(gathered)), '[]'::jsonb)"
            " FROM (%(subquery)s) gathered)",
        )


def fetch_for_page(reports, pk):
    """The report `pk` out of the queryset `reports` with its children attached, or None."""
    report = (
        reports.filter(pk=pk)
        .select_related("unit", "event", "section", "organisation", "view_count")
        .defer("event__folded", "organisation__folded")
        .annotate(
            contribution_rows=_rows(
                Contribution.objects.filter(report=OuterRef("pk")),
                "id", "role", "signed_as", "order", "person_id",
                person_name=F("person__name"), person_slug=F("person__slug"),
            ),
            photo_rows=_rows(
                Photo.objects.filter(report=OuterRef("pk")),
                "id", "token", "width", "height", "caption", "alt", "order", "focal_x", "focal_y",
                "credit_id", "credit_text",
                credit_name=F("credit__name"), credit_slug=F("credit__slug"),
            ),
            topic_rows=_rows(
                Topic.objects.filter(reports=OuterRef("pk")), "id", "name", "slug", "order"
            ),
            correction_rows=_rows(
                Correction.objects.filter(report=OuterRef("pk")),
                "id", "was", "now_is", "text", "decided_at",
            ),
            # As text: JSON numbers are floats, and a figure is printed as it was confirmed.
            figure_rows=_rows(
                Figure.objects.of_the_newsroom().confirmed().filter(report=OuterRef("pk")),
                "id", "indicator", "unit_of_measure", "order",
                exact_value=Cast("value", TextField()),
            ),
            version_rows=_rows(
                Report.history.filter(id=OuterRef("pk"), status=ReportStatus.PUBLISHED),
                "history_id", "history_date",
                text=MD5(Concat("title", Cast("lead", TextField()), "body", output_field=TextField())),
            ),
        )
        .first()
    )  # fmt: skip
    if report:
        _attach(report, "contributions", map(_contribution, report.contribution_rows))
        _attach(report, "photos", map(_photo, report.photo_rows))
        _attach(report, "topics", (Topic(**row) for row in report.topic_rows))
        _attach(report, "figures", map(_figure, report.figure_rows))
        _attach(report, "corrections", map(_correction, report.correction_rows))
    return report


def _rows(queryset, *columns, **renamed):
    return GatheredRows(queryset.order_by().values(*columns, **renamed), [*columns, *renamed])


def _attach(report, relation, children):
    """Put `children` where `prefetch_related` would have put them."""
    rows = getattr(report, relation).none()
    if relation == "corrections":
        rows._result_cache = sorted(children, key=lambda child: child.decided_at, reverse=True)
    else:
        rows._result_cache = sorted(children, key=lambda child: (child.order, child.pk))
    rows._prefetch_done = True
    if not hasattr(report, "_prefetched_objects_cache"):
        report._prefetched_objects_cache = {}
    report._prefetched_objects_cache[relation] = rows


def _contribution(row):
    name, slug = row.pop("person_name"), row.pop("person_slug")
    return Contribution(**row, person=Person(pk=row["person_id"], name=name, slug=slug))


def _photo(row):
    name, slug = row.pop("credit_name"), row.pop("credit_slug")
    photo = Photo(**row)
    if photo.credit_id:
        photo.credit = Person(pk=photo.credit_id, name=name, slug=slug)
    return photo


def _figure(row):
    return Figure(value=Figure._meta.get_field("value").to_python(row.pop("exact_value")), **row)


def _correction(row):
    return Correction(**row | {"decided_at": _moment(row["decided_at"])})


def _moment(text):
    moment = datetime.fromisoformat(text)
    # SQLite stores moments as UTC without saying so.
    return moment.replace(tzinfo=UTC) if timezone.is_naive(moment) else moment


def versions_of(report):
    """When the published text changed: the moments of its versions, oldest first.

    The first is the publication itself. Saves that changed no letter are no version.
    """
    moments, seen = [report.published_at], None
    for row in sorted(report.version_rows, key=lambda row: row["history_id"]):
        if seen is not None and row["text"] != seen:
            moments.append(_moment(row["history_date"]))
        seen = row["text"]
    return moments
