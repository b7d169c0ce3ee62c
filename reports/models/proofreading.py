"""What the second editor remembers: reminders somebody has looked at, and hosts links may lead to."""

import re

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q

from .report import Report

_HOST = r"^(?=.{4,253}\Z)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]+\Z"


class HeededFinding(models.Model):
    """Somebody has read this reminder and leaves the text as it is; a changed text gives another."""

    report = models.ForeignKey(Report, models.CASCADE, related_name="heeded")
    fingerprint = models.CharField(max_length=16)
    words = models.CharField(max_length=400)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name = "điều nhắc đã xem"
        verbose_name_plural = "điều nhắc đã xem"
        constraints = [
            models.UniqueConstraint(
                fields=["report", "fingerprint"],
                name="finding_heeded_once",
                violation_error_message="Điều này đã có người xem.",
            ),
        ]

    def __str__(self):
        return self.words


class LinkHost(models.Model):
    """A site that a unit's reports may link to without a reminder; its subdomains count as well."""

    unit = models.ForeignKey(
        "units.Unit",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="link_hosts",
        verbose_name="đơn vị",
        help_text="Có hiệu lực ở đơn vị này và các đơn vị bên dưới. Để trống: cả cổng.",
    )
    host = models.CharField(
        "tên miền",
        max_length=253,
        validators=[
            RegexValidator(
                _HOST, "Ghi tên miền, không có https://. Ví dụ: baosonla.vn", flags=re.IGNORECASE
            )
        ],
        help_text="Ghi tên miền, không có https://. Ví dụ: baosonla.vn",
    )

    class Meta:
        verbose_name = "trang được dẫn liên kết"
        verbose_name_plural = "trang được dẫn liên kết"
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "host"],
                name="link_host_once_a_unit",
                violation_error_message="Đơn vị đã có tên miền này.",
            ),
            models.UniqueConstraint(
                fields=["host"],
                condition=Q(unit=None),
                name="link_host_once_for_all",
                violation_error_message="Cả cổng đã có tên miền này.",
            ),
        ]

    def __str__(self):
        return self.host

    def save(self, *args, **kwargs):
        self.host = self.host.strip().lower()
        super().save(*args, **kwargs)
