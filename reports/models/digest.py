"""Điểm tin: reports a committee has chosen, put in its order and told in its own words."""

from django.conf import settings
from django.db import models, transaction
from django.db.models import F, Q
from django.utils import timezone

from portal.text import one_line, plain_text

from .report import Report


class StaleDigest(Exception):
    """Somebody saved this digest after it was read; writing now would overwrite their work."""

    def __init__(self):
        super().__init__("Người khác vừa lưu điểm tin này.")


class Digest(models.Model):
    """A list of reports of one unit's desk. What is no longer public stays in it, but is not printed.

    `query` is the choice of reports (`reports.desk.filters`) from which it was made, to choose more.
    """

    unit = models.ForeignKey("units.Unit", models.PROTECT, related_name="+", verbose_name="đơn vị")
    title = models.CharField("tên điểm tin", max_length=200)
    intro = models.TextField("lời mở đầu", blank=True)
    period_start = models.DateField("từ ngày", null=True, blank=True)
    period_end = models.DateField("đến hết ngày", null=True, blank=True)
    query = models.TextField(blank=True, editable=False)
    # Grows with every change; who saves says which version they have seen.
    version = models.PositiveIntegerField(default=1, editable=False)
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

    def take_turn(self, *, by, version=None):
        """Count a change by `by`, within the caller's transaction; nobody else gets in before its end.

        With `version`, the one that was read: raises StaleDigest when it is not the stored one.
        """
        mine = Digest.objects.filter(pk=self.pk)
        if version is not None:
            mine = mine.filter(version=version)
        changed = {"updated_by": by, "updated_at": timezone.now()}
        if not transaction.get_connection().in_atomic_block:
            raise transaction.TransactionManagementError("Digest.take_turn needs a transaction.")
        if not mine.update(version=F("version") + 1, **changed):
            raise StaleDigest
        self.refresh_from_db()


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
