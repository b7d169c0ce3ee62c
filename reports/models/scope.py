"""Every unit under which a public list must find a report: a row each, one index range a list."""

from django.db import models

from .choices import ScopeRelation


class ReportScope(models.Model):
    """Written only by `reports.scope`; a report that is not published has no row."""

    unit = models.ForeignKey("units.Unit", models.CASCADE, related_name="+")
    report = models.ForeignKey("reports.Report", models.CASCADE, related_name="scopes")
    relation = models.PositiveSmallIntegerField(choices=ScopeRelation.choices)
    # A divided unit's ground went to several: "một phần".
    partial = models.BooleanField(default=False)
    # The report's own days, kept here so that a unit's list of a period is one index range, too.
    published_at = models.DateTimeField()
    counting_on = models.DateField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["report", "unit"], name="scope_once_a_unit")]
        indexes = [
            # Any list of a unit including former areas, newest first.
            models.Index(fields=["unit", "-published_at", "-report"], name="scope_by_unit"),
            # The same without former areas, which for a province of today would be most rows.
            models.Index(
                fields=["unit", "-published_at", "-report"],
                name="scope_by_unit_own",
                condition=models.Q(relation__lte=ScopeRelation.SUBORDINATE),
            ),
            # A unit's list of a period, or by the day it happened, and the numbers beside choices.
            models.Index(
                fields=["unit", "counting_on", "published_at", "report", "relation"],
                name="scope_by_unit_counting",
            ),
        ]

    def __str__(self):
        return f"{self.unit_id} ← {self.report_id} ({self.get_relation_display()})"
