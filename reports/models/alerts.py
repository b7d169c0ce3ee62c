"""Tin báo: what a person is told when somebody else moved a report that waits for them."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from .choices import AlertKind
from .report import Report


class AlertQuerySet(models.QuerySet):
    def unseen(self):
        return self.filter(seen_at=None)

    def newest_first(self):
        return self.order_by("-created_at", "-pk")


class Alert(models.Model):
    """One line for one person. It holds no title: that is read from the report, by who may read it
    (`reports.alerts.alerts_for`).
    """

    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        related_name="alerts",
        verbose_name="người nhận",
    )
    report = models.ForeignKey(Report, models.CASCADE, related_name="alerts", verbose_name="bài")
    kind = models.CharField("việc", max_length=12, choices=AlertKind.choices)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="ai làm"
    )
    remark = models.CharField("lời nhắn", max_length=500, blank=True)
    created_at = models.DateTimeField("báo lúc")
    seen_at = models.DateTimeField("đọc lúc", null=True)

    objects = AlertQuerySet.as_manager()

    class Meta:
        verbose_name = "tin báo"
        verbose_name_plural = "tin báo"
        indexes = [
            # The bell on every page of the back office.
            models.Index(fields=["recipient"], condition=Q(seen_at=None), name="alert_unseen"),
            # The page of one's own alerts.
            models.Index(fields=["recipient", "-created_at"], name="alert_newest"),
        ]
        constraints = [
            models.CheckConstraint(
                name="alert_kind_known",
                condition=Q(kind__in=AlertKind.values),
                violation_error_message="Không có loại tin báo ấy.",
            )
        ]

    def __str__(self):
        return self.get_kind_display()
