"""Nhuận bút: what a work is worth by the rules of its day, how it was scored, what was put on paper.

All rules are rows with a day and a basis; none is code. The sums are made in `reports.fees`.
"""

from decimal import Decimal

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from simple_history.models import HistoricalRecords

from portal.text import one_line

from .choices import Genre
from .people import Person
from .report import Report


class FeeKind(models.TextChoices):
    """What is paid for: the text, or the pictures that stand with it."""

    TEXT = "bai", "bài"
    PHOTO = "anh", "ảnh"


class RoundingStep(models.IntegerChoices):
    ONE = 1, "đến đồng"
    HUNDRED = 100, "đến trăm đồng"
    THOUSAND = 1000, "đến nghìn đồng"


class RoundingMode(models.TextChoices):
    HALF_UP = "gan", "số gần nhất, đúng nửa thì lên"
    DOWN = "xuong", "bỏ phần lẻ"


class PhotoRule(models.TextChoices):
    NONE = "khong", "không trả riêng cho ảnh"
    EACH = "moi-anh", "mỗi ảnh một hệ số"
    TOGETHER = "ca-bai", "các ảnh của một bài chung một hệ số"


class FeeSheetState(models.TextChoices):
    """A draft is no row: it is what the scores come to today."""

    LOCKED = "locked", "đã khóa"
    PAID = "paid", "đã chi"


def coefficient_field(words, **options):
    return models.DecimalField(
        words, max_digits=5, decimal_places=2, validators=[MinValueValidator(0)], **options
    )


def percent_field(words, **options):
    inside = [MinValueValidator(0), MaxValueValidator(100)]
    return models.DecimalField(words, max_digits=5, decimal_places=2, validators=inside, **options)


def amount_field(words, **options):
    """Whole đồng."""
    return models.DecimalField(words, max_digits=14, decimal_places=0, **options)


class BaseSalary(models.Model):
    """Lương cơ sở, in force from a day until the next row's day."""

    from_on = models.DateField("từ ngày", unique=True, help_text="Ví dụ: 01/07/2024")
    amount = amount_field("mức lương (đồng một tháng)")
    basis = models.CharField(
        "căn cứ",
        max_length=300,
        help_text="Văn bản đã ban hành, không phải tin báo. Ví dụ: Nghị định 73/2024/NĐ-CP",
    )

    class Meta:
        verbose_name = "lương cơ sở"
        verbose_name_plural = "lương cơ sở"
        constraints = [
            models.CheckConstraint(
                name="base_salary_positive",
                condition=Q(amount__gt=0),
                violation_error_message="Mức lương phải lớn hơn 0.",
            )
        ]

    def __str__(self):
        return f"Lương cơ sở từ {self.from_on:%d/%m/%Y}"


class FeeSchedule(models.Model):
    """Quy chế nhuận bút of a unit and what is below it, or of the whole site, from a day on.

    Of two that hold, the nearer unit's counts; of one unit's, the later.
    """

    unit = models.ForeignKey(
        "units.Unit",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="đơn vị",
        help_text="Áp dụng cho đơn vị này và cấp dưới. Để trống là cả trang.",
    )
    from_on = models.DateField("từ ngày", help_text="Bài đăng từ ngày này. Ví dụ: 01/01/2026")
    basis = models.CharField(
        "căn cứ", max_length=300, help_text="Ví dụ: Quyết định số …/QĐ-UBND ngày …"
    )
    salary_percent = percent_field(
        "phần của lương cơ sở (%)",
        default=Decimal(10),
        help_text="Một hệ số bằng bao nhiêu phần trăm lương cơ sở. Thường là 10.",
    )
    site_percent = percent_field(
        "tỷ lệ của trang (%)",
        default=Decimal(100),
        help_text="Trang cấp huyện, cấp xã thường hưởng một phần. Ví dụ: 20",
    )
    rounding_step = models.PositiveSmallIntegerField(
        "làm tròn", choices=RoundingStep.choices, default=RoundingStep.ONE
    )
    rounding_mode = models.CharField(
        "cách làm tròn",
        max_length=5,
        choices=RoundingMode.choices,
        default=RoundingMode.HALF_UP,
    )
    photo_rule = models.CharField(
        "trả cho ảnh", max_length=7, choices=PhotoRule.choices, default=PhotoRule.NONE
    )
    photo_low = coefficient_field("hệ số ảnh từ", default=Decimal(0))
    photo_high = coefficient_field("hệ số ảnh đến", default=Decimal(0))
    photo_usual = coefficient_field("hệ số ảnh thường dùng", default=Decimal(0))
    photos_counted = models.PositiveSmallIntegerField(
        "nhiều nhất bao nhiêu ảnh một bài", default=3, validators=[MinValueValidator(1)]
    )
    tax_percent = percent_field(
        "khấu trừ thuế (%)", default=Decimal(0), help_text="Để 0 nếu nơi chi trả không khấu trừ."
    )
    tax_from = amount_field(
        "khấu trừ khi một người nhận từ (đồng)",
        default=Decimal(2_000_000),
        validators=[MinValueValidator(0)],
        help_text="Tính trên tổng của một người trong một bảng kê.",
    )

    class Meta:
        verbose_name = "quy chế nhuận bút"
        verbose_name_plural = "quy chế nhuận bút"
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "from_on"],
                name="fee_schedule_once_a_day",
                violation_error_message="Đơn vị này đã có quy chế từ ngày ấy.",
            ),
            models.UniqueConstraint(
                fields=["from_on"],
                condition=Q(unit=None),
                name="fee_schedule_of_site_once_a_day",
                violation_error_message="Cả trang đã có quy chế từ ngày ấy.",
            ),
            models.CheckConstraint(
                name="fee_schedule_percents",
                condition=Q(
                    salary_percent__range=(0, 100),
                    site_percent__range=(0, 100),
                    tax_percent__range=(0, 100),
                ),
                violation_error_message="Phần trăm nằm trong khoảng từ 0 đến 100.",
            ),
            models.CheckConstraint(
                name="fee_schedule_photo_range",
                condition=Q(photo_low__lte=F("photo_usual"), photo_usual__lte=F("photo_high")),
                violation_error_message="Hệ số ảnh thường dùng phải nằm giữa “từ” và “đến”.",
            ),
        ]

    def __str__(self):
        place = self.unit.name_on(self.from_on) if self.unit_id else "cả trang"
        return f"Quy chế nhuận bút từ {self.from_on:%d/%m/%Y}, {place}"

    def save(self, *args, **kwargs):
        self.basis = one_line(self.basis)
        super().save(*args, **kwargs)


class FeeRate(models.Model):
    """The range of coefficients of one genre in one schedule."""

    schedule = models.ForeignKey(FeeSchedule, models.CASCADE, related_name="rates")
    genre = models.CharField("thể loại", max_length=12, choices=Genre.choices)
    low = coefficient_field("hệ số từ")
    high = coefficient_field("đến")
    usual = coefficient_field("thường dùng")
    includes_photos = models.BooleanField("đã gồm ảnh", default=False)

    class Meta:
        verbose_name = "khung hệ số"
        verbose_name_plural = "khung hệ số theo thể loại"
        constraints = [
            models.UniqueConstraint(
                fields=["schedule", "genre"],
                name="fee_rate_once_a_genre",
                violation_error_message="Thể loại này đã có khung hệ số.",
            ),
            models.CheckConstraint(
                name="fee_rate_range",
                condition=Q(low__lte=F("usual"), usual__lte=F("high")),
                violation_error_message="Hệ số thường dùng phải nằm giữa “từ” và “đến”.",
            ),
        ]

    def __str__(self):
        low, high = (f"{Decimal(one).normalize():f}" for one in (self.low, self.high))
        return f"{self.get_genre_display()}: {low}–{high}".replace(".", ",")


class FeeScore(models.Model):
    """Chấm nhuận bút: the coefficient of a work, and which part of it is this person's.

    Zero says that somebody decided not to pay; no row says that nobody has looked yet.
    """

    report = models.ForeignKey(Report, models.PROTECT, related_name="fee_scores")
    person = models.ForeignKey(Person, models.PROTECT, related_name="fee_scores")
    kind = models.CharField("trả cho", max_length=3, choices=FeeKind.choices)
    coefficient = coefficient_field("hệ số")
    share = percent_field("phần hưởng (%)", default=Decimal(100))
    # Pictures counted when it was scored; 1 for a text.
    pieces = models.PositiveSmallIntegerField("số ảnh", default=1)
    scored_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="người chấm"
    )
    scored_at = models.DateTimeField("chấm lúc")

    history = HistoricalRecords(
        verbose_name="lịch sử chấm nhuận bút", verbose_name_plural="lịch sử chấm nhuận bút"
    )

    class Meta:
        verbose_name = "điểm nhuận bút"
        verbose_name_plural = "điểm nhuận bút"
        constraints = [
            models.UniqueConstraint(
                fields=["report", "person", "kind"],
                name="fee_score_once_a_work",
                violation_error_message="Người này đã được chấm cho bài ấy.",
            ),
            models.CheckConstraint(
                name="fee_score_sensible",
                condition=Q(coefficient__gte=0, share__range=(0, 100), kind__in=FeeKind.values),
                violation_error_message="Hệ số từ 0 trở lên, phần hưởng từ 0 đến 100.",
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} {self.report_id}: {self.coefficient}"


class FeeSheet(models.Model):
    """Bảng kê of a unit and a month, from the day it is locked. Its lines never change again."""

    unit = models.ForeignKey(
        "units.Unit", models.PROTECT, related_name="fee_sheets", verbose_name="đơn vị"
    )
    month_on = models.DateField("tháng")  # its first day
    state = models.CharField(
        "trạng thái",
        max_length=6,
        choices=FeeSheetState.choices,
        default=FeeSheetState.LOCKED,
    )
    unit_label = models.CharField("tên đơn vị", max_length=400)
    locked_at = models.DateTimeField("khóa lúc")
    locked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="người khóa"
    )
    paid_on = models.DateField("chi ngày", null=True)
    voucher = models.CharField("số chứng từ", max_length=60, blank=True)
    paid_noted_at = models.DateTimeField("ghi đã chi lúc", null=True)
    paid_noted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        verbose_name = "bảng kê nhuận bút"
        verbose_name_plural = "nhuận bút"
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "month_on"],
                name="fee_sheet_once_a_month",
                violation_error_message="Tháng này đã có bảng kê.",
            ),
            models.CheckConstraint(
                name="fee_sheet_paid_says_when",
                condition=Q(state=FeeSheetState.LOCKED, paid_on=None, paid_noted_by=None)
                | (
                    Q(state=FeeSheetState.PAID, paid_on__isnull=False, paid_noted_by__isnull=False)
                    & ~Q(voucher="")
                ),
                violation_error_message="Bảng đã chi phải có ngày chi và số chứng từ.",
            ),
        ]

    def __str__(self):
        return f"Bảng kê tháng {self.month_on.month}/{self.month_on.year}, {self.unit_label}"


class FeeLine(models.Model):
    """One line of a locked sheet, in the words and numbers it was locked with.

    `person` is who is paid today (a merged person's lines follow); everything printed is text.
    """

    sheet = models.ForeignKey(FeeSheet, models.PROTECT, related_name="lines")
    position = models.PositiveIntegerField()
    # Lines of one payee, in the sheet's order.
    payee = models.PositiveIntegerField()
    report = models.ForeignKey(Report, models.PROTECT, related_name="fee_lines")
    person = models.ForeignKey(Person, models.PROTECT, related_name="fee_lines")
    kind = models.CharField(max_length=3, choices=FeeKind.choices)
    name = models.CharField("họ và tên", max_length=120)
    pen_name = models.CharField("bút danh", max_length=120, blank=True)
    workplace = models.CharField("đơn vị", max_length=400, blank=True)
    title = models.CharField("tên tác phẩm", max_length=400)
    genre = models.CharField("thể loại", max_length=60)
    published_on = models.DateField("ngày đăng")
    coefficient = coefficient_field("hệ số")
    share = percent_field("phần hưởng (%)")
    pieces = models.PositiveSmallIntegerField("số ảnh", default=1)
    # What one coefficient was worth on that day.
    unit_price = models.DecimalField("đơn giá", max_digits=14, decimal_places=4)
    amount = amount_field("thành tiền")
    tax = amount_field("thuế")
    net = amount_field("thực nhận")
    # The month whose locked sheet this line corrects; empty for a work of the sheet's own month.
    corrects_on = models.DateField(null=True)
    note = models.CharField("ghi chú", max_length=200, blank=True)

    class Meta:
        verbose_name = "dòng bảng kê"
        verbose_name_plural = "dòng bảng kê"
        constraints = [
            models.UniqueConstraint(fields=["sheet", "position"], name="fee_line_in_order"),
            models.CheckConstraint(
                name="fee_line_adds_up", condition=Q(net=F("amount") - F("tax"))
            ),
        ]

    def __str__(self):
        return f"{self.name}: {self.title}"


class PersonMerge(models.Model):
    """Gộp người: who became whom, who decided it, and what moved."""

    gone = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="người gộp")
    kept = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="người giữ")
    moved = models.JSONField("đã chuyển")
    merged_at = models.DateTimeField("gộp lúc")
    merged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="ai gộp"
    )

    class Meta:
        verbose_name = "lần gộp người"
        verbose_name_plural = "các lần gộp người"

    def __str__(self):
        return f"{self.gone} → {self.kept}"
