"""What gathers around a report: corrections, figures, the view counter."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from simple_history.models import HistoricalRecords

from portal.text import plain_text

from .report import Report


class Correction(models.Model):
    """Đính chính: what was wrong, said in public (Luật Tiếp cận thông tin: within 15 days)."""

    report = models.ForeignKey(
        Report, models.CASCADE, related_name="corrections", verbose_name="bài"
    )
    was = models.TextField(
        "bản đăng ghi", blank=True, help_text="Chép đúng chỗ sai. Ví dụ: 64 mô hình “Dân vận khéo”"
    )
    now_is = models.TextField(
        "nay sửa là", blank=True, help_text="Ví dụ: 46 mô hình “Dân vận khéo”"
    )
    text = models.TextField(
        "lời giải thích",
        blank=True,
        help_text="Không bắt buộc khi đã ghi hai ô trên. Ví dụ: Số liệu đầu lấy từ bản dự thảo.",
    )
    # The reader's request this correction answers.
    feedback = models.ForeignKey(
        "reports.Feedback",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="corrections",
        verbose_name="theo đề nghị của bạn đọc",
    )
    asked_on = models.DateField("ngày nhận yêu cầu", null=True, blank=True)
    decided_at = models.DateTimeField("đính chính lúc")
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+"
    )

    class Meta:
        verbose_name = "đính chính"
        verbose_name_plural = "đính chính"
        ordering = ["-decided_at"]
        indexes = [
            # The public ledger: newest first.
            models.Index(fields=["-decided_at", "-id"], name="correction_newest")
        ]
        constraints = [
            models.CheckConstraint(
                name="correction_says_something",
                condition=~Q(text="") | (~Q(was="") & ~Q(now_is="")),
                violation_error_message="Hãy ghi cả “Bản đăng ghi” và “Nay sửa là”, hoặc ghi lời giải thích.",
            )
        ]

    def __str__(self):
        return f"Đính chính {self.decided_at:%d/%m/%Y}"

    @property
    def words(self):
        """`Bản đăng ghi: 64 mô hình. Nay sửa là: 46 mô hình. Nhầm khi chép.`"""
        parts = [
            self.was and f"Bản đăng ghi: {self.was}",
            self.now_is and f"Nay sửa là: {self.now_is}",
            self.text,
        ]
        return " ".join(
            part if part.endswith((".", "!", "?")) else f"{part}." for part in filter(None, parts)
        )

    def save(self, *args, **kwargs):
        for field in ("text", "was", "now_is"):
            setattr(self, field, plain_text(getattr(self, field)).strip())
        super().save(*args, **kwargs)


class FigureQuerySet(models.QuerySet):
    def confirmed(self):
        """What totals may count."""
        return self.filter(confirmed_by__isnull=False)

    def of_the_newsroom(self):
        """What belongs to the text: written, printed and revised with it."""
        return self.filter(at_desk=False)


class Figure(models.Model):
    """A number found in a report with its sentence; counted in totals only once confirmed.

    Those that the desk decided about (`at_desk`) are counted and never printed beside the text: the
    desk reads what is public and changes nothing in it.
    """

    report = models.ForeignKey(Report, models.CASCADE, related_name="figures", verbose_name="bài")
    indicator = models.CharField(
        "chỉ tiêu", max_length=200, help_text="Ví dụ: mô hình “Dân vận khéo”"
    )
    value = models.DecimalField("giá trị", max_digits=18, decimal_places=4)
    unit_of_measure = models.CharField(
        "đơn vị tính", max_length=60, blank=True, help_text="Ví dụ: triệu đồng"
    )
    sentence = models.TextField("câu trong bài", blank=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="người xác nhận",
    )
    order = models.PositiveSmallIntegerField("thứ tự", default=0)

    # --- what the desk says about it; none of it is shown to readers
    at_desk = models.BooleanField("do trang tổng hợp giữ", default=False, editable=False)
    # Looked at and not wanted: it is not proposed again.
    set_aside = models.BooleanField("để riêng", default=False, editable=False)
    # The number and its measure as the sentence has them, so that it is known again once corrected.
    found_as = models.CharField("bản in ghi", max_length=120, blank=True, editable=False)
    # The indicator under which totals count it, where that is not the name it was given here.
    counted_as = models.CharField("cộng vào chỉ tiêu", max_length=200, blank=True, editable=False)
    # The report that tells the same number of the same event; both together count once.
    same_as = models.ForeignKey(
        Report,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name="trùng với bài",
    )

    objects = FigureQuerySet.as_manager()
    history = HistoricalRecords(
        verbose_name="lịch sử số liệu", verbose_name_plural="lịch sử số liệu"
    )

    class Meta:
        verbose_name = "số liệu"
        verbose_name_plural = "số liệu"
        ordering = ["order", "pk"]
        constraints = [
            models.CheckConstraint(
                name="figure_set_aside_is_not_confirmed",
                condition=Q(set_aside=False) | Q(at_desk=True, confirmed_by=None),
                violation_error_message="Số đã để riêng thì không được xác nhận.",
            ),
            models.CheckConstraint(
                name="figure_same_as_another_report",
                condition=Q(same_as=None) | ~Q(same_as=F("report")),
                violation_error_message="Hãy chọn một bài khác.",
            ),
        ]

    def __str__(self):
        return f"{self.value} {self.unit_of_measure} {self.indicator}"

    @property
    def counts_as(self):
        """The indicator under which totals count it."""
        return self.counted_as or self.indicator


class ViewCount(models.Model):
    """Lượt xem, one row a report, apart from it so that counting never touches history."""

    report = models.OneToOneField(
        Report, models.CASCADE, primary_key=True, related_name="view_count"
    )
    count = models.PositiveIntegerField("lượt xem", default=0)

    class Meta:
        verbose_name = "lượt xem"
        verbose_name_plural = "lượt xem"
        indexes = [models.Index(fields=["-count"], name="view_count_most")]

    def __str__(self):
        return str(self.count)

    @classmethod
    def add(cls, report_id, views=1):
        """Add `views` to a report's counter; an imported report keeps the count it came with."""
        if not cls.objects.filter(pk=report_id).update(count=F("count") + views):
            cls.objects.get_or_create(pk=report_id, defaults={"count": views})
