"""Bylines as data: who did what for a report, in printed order."""

from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from portal.text import one_line

from .choices import ContributionRole
from .people import Person
from .report import Report


class Contribution(models.Model):
    report = models.ForeignKey(Report, models.CASCADE, related_name="contributions")
    person = models.ForeignKey(
        Person, models.PROTECT, related_name="contributions", verbose_name="người"
    )
    role = models.CharField(
        "việc", max_length=12, choices=ContributionRole.choices, default=ContributionRole.AUTHOR
    )
    signed_as = models.CharField(
        "ký tên", max_length=120, blank=True, help_text="Để trống thì in họ tên. Ví dụ: M.T"
    )
    order = models.PositiveSmallIntegerField("thứ tự", default=0)

    history = HistoricalRecords(
        verbose_name="lịch sử ghi tên", verbose_name_plural="lịch sử ghi tên"
    )

    class Meta:
        verbose_name = "người thực hiện"
        verbose_name_plural = "người thực hiện"
        ordering = ["order", "pk"]  # the printed order is what a contribution is for
        constraints = [
            models.UniqueConstraint(
                fields=["report", "person", "role"],
                name="contribution_once_a_role",
                violation_error_message="Người này đã được ghi với việc ấy.",
            ),
            models.CheckConstraint(
                name="contribution_role_known",
                condition=Q(role__in=ContributionRole.values),
                violation_error_message="Không có việc ấy.",
            ),
        ]

    def __str__(self):
        return f"{self.get_role_display()}: {self.printed_name}"

    def save(self, *args, **kwargs):
        from ..search.index import refresh

        self.signed_as = one_line(self.signed_as)
        super().save(*args, **kwargs)
        refresh(self.report_id)

    def delete(self, *args, **kwargs):
        from ..search.index import refresh

        gone = super().delete(*args, **kwargs)
        refresh(self.report_id)
        return gone

    @property
    def printed_name(self):
        return self.signed_as or self.person.name
