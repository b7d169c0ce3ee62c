"""The index row of a report. Written by `reports.search.index`, asked through `reports.search.finding`."""

from django.db import models
from django.db.models import Lookup


class LexemesField(models.TextField):
    """Lexemes in a plain list: on PostgreSQL a tsvector with a GIN index. Never read back.

    On SQLite it is text; the table `reports_search` (FTS5) answers for it, kept in step by triggers.
    """

    def db_type(self, connection):
        return "tsvector" if connection.vendor == "postgresql" else super().db_type(connection)


@LexemesField.register_lookup
class Holds(Lookup):
    """`words__holds=<Lexemes>`: rows in which the expression (`reports.search.query`) is true.

    For PostgreSQL; on SQLite only the index itself can say so, not a row.
    """

    lookup_name = "holds"
    prepare_rhs = False

    def get_db_prep_lookup(self, value, connection):
        return "%s", [value]

    def as_postgresql(self, compiler, connection):
        column, params = self.process_lhs(compiler, connection)
        return f"{column} @@ %s::tsquery", [*params, self.rhs.as_tsquery()]


class SearchEntry(models.Model):
    """One row a report, drafts too.

    `newest` orders by publication and key, and is at least `reports.search.index.FIRST_PUBLIC` only
    for a report that is published or scheduled. SQLite's index has it as its row's number, so
    answers come newest first by themselves.
    """

    report = models.OneToOneField(
        "reports.Report", models.CASCADE, primary_key=True, related_name="search"
    )
    newest = models.BigIntegerField(unique=True)
    words = LexemesField()
    stream = models.TextField()

    class Meta:
        verbose_name = "dòng tìm kiếm"
        verbose_name_plural = "dòng tìm kiếm"

    def __str__(self):
        return str(self.report_id)
