"""Điểm tin: reports a committee has chosen, put in its order and told in its own words."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from portal.text import one_line, plain_text

from .report import Report
from .versioned import Versioned


class Digest(Versioned):
    """A list of reports of one unit's desk. What is no longer public stays in it, but is not printed.

    `query` is the choice of reports (`reports.desk.filters`) from which it was made, to choose more.
    """

    unit = models.ForeignKey("units.Unit", models.PROTECT, related_name="+", verbose_name="đơn vị")
    title = models.CharField("tên điểm tin", max_length=200)
    intro = models.TextField("lời mở đầu", blank=True)
    period_start = models.DateField("từ ngày", null=True, blank=True)
    period_end = models.DateField("đến hết ngày", null=True, blank=True)
    query = models.TextField(blank=True, editable=False)
    # Of the form that made it, with what was ticked in it: sent twice it makes one.
    once_key = models.CharField(max_length=64, blank=True, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, editable=False, related_name="+"
    )
    created_at = models.DateTimeField("lập lúc", auto_now_add=True)
    updated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, editable=False, related_name="+"
    )
    updated_at = models.DateTimeField("sửa lúc", auto_now=True)

    class Meta:
        verbose_name = "điểm tin"
        verbose_name_plural = "điểm tin"
        constraints = [
            models.UniqueConstraint(
                fields=["created_by", "once_key"],
                condition=~Q(once_key=""),
                name="digest_made_once",
                violation_error_message="Điểm tin này đã được lập rồi.",
            ),
            models.CheckConstraint(
                name="digest_has_a_title",
                condition=~Q(title=""),
                violation_error_message="Điểm tin phải có tên.",
            ),
            models.CheckConstraint(
                name="digest_period_runs_forward",
                condition=Q(period_start=None, period_end=None)
                | Q(
                    period_start__isnull=False,
                    period_end__isnull=False,
                    period_start__lte=F("period_end"),
                ),
                violation_error_message="Ghi cả hai ngày, ngày cuối không trước ngày đầu.",
            ),
        ]

    def __str__(self):
        return self.title

    def save(self, *args, **kwargs):
        self.title = one_line(self.title)
        self.intro = plain_text(self.intro).strip()
        super().save(*args, **kwargs)


class DigestItem(models.Model):
    """A report in a digest. `text` None is the report's own lead, "" its title alone.

    `group` is a heading printed above this item; it holds for those below it, too.
    """

    digest = models.ForeignKey(Digest, models.CASCADE, related_name="items")
    report = models.ForeignKey(Report, models.PROTECT, related_name="+", verbose_name="bài")
    order = models.PositiveSmallIntegerField("thứ tự", default=0)
    group = models.CharField("tên nhóm", max_length=200, blank=True)
    text = models.TextField("lời tóm tắt", null=True, blank=True)

    class Meta:
        verbose_name = "bài trong điểm tin"
        verbose_name_plural = "bài trong điểm tin"
        constraints = [
            models.UniqueConstraint(
                fields=["digest", "report"],
                name="digest_report_once",
                violation_error_message="Bài này đã có trong điểm tin.",
            )
        ]

    def __str__(self):
        return f"{self.order}. {self.report_id}"

    @property
    def words(self):
        """What is printed below the title."""
        return self.report.lead if self.text is None else self.text


class DigestVersion(models.Model):
    """A digest as it was after one save, whole, so that any of them can be had again.

    `content`: title, intro, period_start, period_end (ISO or None), and lines in their order, each
    with report (its key), group and text as a DigestItem has them.
    """

    digest = models.ForeignKey(Digest, models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField("bản số")
    deed = models.CharField("việc", max_length=60)
    content = models.JSONField("nội dung")
    saved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="người lưu"
    )
    saved_at = models.DateTimeField("lưu lúc", auto_now_add=True)

    class Meta:
        verbose_name = "bản của điểm tin"
        verbose_name_plural = "các bản của điểm tin"
        constraints = [
            models.UniqueConstraint(
                fields=["digest", "number"],
                name="digest_version_once",
                violation_error_message="Bản này đã được giữ.",
            )
        ]

    def __str__(self):
        return f"{self.digest_id}, bản {self.number}"
