"""Bản đã đăng: every text readers were given, kept whole and chained, so that no one can change it
unseen (SECURITY, section 8)."""

from django.conf import settings
from django.db import models

from .report import Report


class Edition(models.Model):
    """One published version of a report. Rows are only ever added (`reports.editions`)."""

    # Its place in the one chain of all editions, from 1 without gaps.
    position = models.PositiveBigIntegerField(unique=True)
    report = models.ForeignKey(Report, models.PROTECT, related_name="editions")
    report_version = models.PositiveIntegerField("bản số")
    # Canonical JSON of what was published (`reports.editions.content_of`).
    content = models.TextField()
    content_hash = models.CharField(max_length=64)
    kept_at = models.DateTimeField("đăng lúc")
    kept_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    one_step = models.BooleanField("một bước", default=False)
    previous_hash = models.CharField(max_length=64)
    # Of everything above, the previous hash included.
    chain_hash = models.CharField(max_length=64)

    class Meta:
        verbose_name = "bản đã đăng"
        verbose_name_plural = "bản đã đăng"
        indexes = [
            # A report's last edition.
            models.Index(fields=["report", "-position"], name="edition_of_report")
        ]

    def __str__(self):
        return f"Bản {self.report_version} của {self.report}"


class EditionHead(models.Model):
    """The end of the chain, in one row: editions line up behind it, and none is cut off unseen."""

    position = models.PositiveBigIntegerField(default=0)
    chain_hash = models.CharField(max_length=64, blank=True)

    class Meta:
        verbose_name = "cuối chuỗi bản đã đăng"
        verbose_name_plural = "cuối chuỗi bản đã đăng"

    def __str__(self):
        return f"{self.position}: {self.chain_hash}"
