"""Sổ “Dân vận khéo”: models and examples, from their registration to what became of them."""

from datetime import date

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models, transaction
from django.db.models import F, Q
from django.utils import timezone
from simple_history.models import HistoricalRecords

from portal.templatetags.vietnamese import first_capital
from portal.text import fold, one_line, plain_text

from .report import Report
from .versioned import Versioned

# The movement began in 2009.
FIRST_YEAR, LAST_YEAR = 2009, 2100


class InitiativeField(models.TextChoices):
    ECONOMY = "kinh-te", "kinh tế"
    CULTURE = "van-hoa-xa-hoi", "văn hóa – xã hội"
    DEFENCE = "quoc-phong-an-ninh", "quốc phòng – an ninh"
    POLITICAL = "he-thong-chinh-tri", "xây dựng hệ thống chính trị"
    OTHER = "khac", "khác"


class HolderKind(models.TextChoices):
    GROUP = "tap-the", "tập thể"
    PERSON = "ca-nhan", "cá nhân"


class InitiativeStep(models.TextChoices):
    """How far it has come. Who was recognised and then gives up is `dropped`, with the decision kept."""

    REGISTERED = "dang-ky", "mới đăng ký"
    RECOGNISED = "cong-nhan", "được công nhận"
    OUTSTANDING = "dien-hinh", "điển hình"
    DROPPED = "thoi", "thôi thực hiện"


class RecognitionLevel(models.TextChoices):
    """Whose decision it was; districts decided until 30/06/2025."""

    COMMUNE = "xa", "cấp xã"
    DISTRICT = "huyen", "cấp huyện"
    PROVINCE = "tinh", "cấp tỉnh"


class Initiative(Versioned):
    """Mô hình, điển hình. It stays with the unit that registered it, under the name of that time."""

    name = models.CharField(
        "tên mô hình, điển hình", max_length=300, help_text="Ví dụ: Tổ dân nuôi heo đất mua bảo hiểm y tế"
    )  # fmt: skip
    field = models.CharField("lĩnh vực", max_length=20, choices=InitiativeField.choices)
    holder_kind = models.CharField(
        "loại", max_length=10, choices=HolderKind.choices, default=HolderKind.GROUP
    )
    holder_name = models.CharField(
        "tập thể, cá nhân thực hiện", max_length=200, blank=True, help_text="Ví dụ: Chi bộ ấp Tây Bình"
    )  # fmt: skip
    unit = models.ForeignKey("units.Unit", models.PROTECT, related_name="+", verbose_name="đơn vị")
    registered_year = models.PositiveSmallIntegerField(
        "năm đăng ký",
        validators=[MinValueValidator(FIRST_YEAR), MaxValueValidator(LAST_YEAR)],
    )
    step = models.CharField(
        "bước", max_length=10, choices=InitiativeStep.choices, default=InitiativeStep.REGISTERED
    )
    recognised_level = models.CharField(
        "cấp công nhận", max_length=5, choices=RecognitionLevel.choices, blank=True
    )
    recognised_on = models.DateField(
        "ngày công nhận", null=True, blank=True, help_text="Ví dụ: 20/11/2026"
    )
    decision_number = models.CharField(
        "số quyết định", max_length=60, blank=True, help_text="Ví dụ: 125-QĐ/ĐU"
    )
    dropped_reason = models.CharField("lý do thôi", max_length=300, blank=True)
    description = models.TextField(
        "mô tả", blank=True, help_text="Cách làm và kết quả, vài câu."
    )  # fmt: skip
    reports = models.ManyToManyField(
        Report, blank=True, related_name="+", verbose_name="bài viết về mô hình"
    )

    # What constraints and the search compare; `save` and `clean` write them.
    recognised_year = models.PositiveSmallIntegerField(null=True, editable=False)
    folded_name = models.CharField(max_length=300, editable=False)
    folded = models.TextField(editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, editable=False, related_name="+"
    )
    created_at = models.DateTimeField("ghi lúc", auto_now_add=True)
    updated_at = models.DateTimeField("sửa lúc", auto_now=True)

    history = HistoricalRecords(
        excluded_fields=["recognised_year", "folded_name", "folded"],
        m2m_fields=[reports],
        verbose_name="lịch sử mô hình",
        verbose_name_plural="lịch sử mô hình",
    )

    class Meta:
        verbose_name = "mô hình “Dân vận khéo”"
        verbose_name_plural = "mô hình “Dân vận khéo”"
        indexes = [
            # The register and its totals: of a year, of some units.
            models.Index(fields=["registered_year", "unit"], name="initiative_of_a_year")
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "registered_year", "folded_name"],
                name="initiative_once_a_year",
                violation_error_message="Đơn vị đã đăng ký mô hình tên này trong năm ấy.",
            ),
            models.CheckConstraint(
                name="initiative_in_the_years_of_the_movement",
                condition=Q(registered_year__gte=FIRST_YEAR, registered_year__lte=LAST_YEAR),
                violation_error_message=f"Năm đăng ký từ {FIRST_YEAR} đến {LAST_YEAR}.",
            ),
            models.CheckConstraint(
                name="initiative_recognised_by_a_level_on_a_day",
                condition=Q(recognised_level="", recognised_on=None, decision_number="")
                | (~Q(recognised_level="") & Q(recognised_on__isnull=False)),
                violation_error_message="Ghi cả cấp công nhận và ngày công nhận.",
            ),
            # Registered, then recognised, then outstanding.
            models.CheckConstraint(
                name="initiative_steps_in_order",
                condition=Q(step=InitiativeStep.REGISTERED, recognised_on=None)
                | Q(
                    step__in=[InitiativeStep.RECOGNISED, InitiativeStep.OUTSTANDING],
                    recognised_on__isnull=False,
                )
                | Q(step=InitiativeStep.DROPPED),
                violation_error_message="Công nhận rồi mới là điển hình; mới đăng ký thì chưa có ngày công nhận.",
            ),
            models.CheckConstraint(
                name="initiative_recognised_after_registration",
                condition=Q(recognised_year=None)
                | Q(recognised_year__gte=F("registered_year"), recognised_year__lte=LAST_YEAR),
                violation_error_message="Năm công nhận không được trước năm đăng ký.",
            ),
            models.CheckConstraint(
                name="initiative_dropped_with_a_reason",
                condition=(Q(step=InitiativeStep.DROPPED) & ~Q(dropped_reason=""))
                | (~Q(step=InitiativeStep.DROPPED) & Q(dropped_reason="")),
                violation_error_message="Thôi thực hiện thì ghi lý do; chưa thôi thì để trống.",
            ),
        ]

    def __str__(self):
        return self.name

    @property
    def named_on(self):
        """The day whose names the register bears: the last of the year of registration."""
        return date(self.registered_year, 12, 31)

    @property
    def unit_words(self):
        """The unit's whole name of that day, or of its own last one."""
        return self.unit.full_name_on(self.named_on)

    @property
    def step_words(self):
        """`Được công nhận cấp xã, 125-QĐ/ĐU, ngày 20/11/2026`."""
        words = [first_capital(self.get_step_display())]
        if self.recognised_on:
            words = [f"{words[0]} {self.get_recognised_level_display()}"]
            words += [self.decision_number, f"ngày {self.recognised_on:%d/%m/%Y}"]
        said = ", ".join(filter(None, words))
        return f"{said}. Lý do: {self.dropped_reason}" if self.dropped_reason else said

    def save(self, *args, **kwargs):
        """Raises Stale when somebody saved since this object was read."""
        self.derive()
        with transaction.atomic():
            if not self._state.adding:
                self.take_turn(self.version)
            super().save(*args, **kwargs)

    def derive(self):
        """Tidy what was typed, and set what follows from it."""
        for name in ("name", "holder_name", "decision_number", "dropped_reason"):
            setattr(self, name, one_line(getattr(self, name)))
        self.description = plain_text(self.description).strip()
        self.recognised_year = self.recognised_on and self.recognised_on.year
        self.folded_name = fold(self.name)
        self.folded = fold(
            f"{self.name} {self.holder_name} {self.decision_number} {self.description}"
        )

    def clean(self):
        """The same rules as the constraints, each beside the field that breaks it."""
        self.derive()
        wrong = {}
        recognised = self.step in (InitiativeStep.RECOGNISED, InitiativeStep.OUTSTANDING)
        if not self.name:
            wrong["name"] = "Hãy ghi tên mô hình."
        if self.step == InitiativeStep.REGISTERED and (
            self.recognised_on or self.recognised_level or self.decision_number
        ):
            wrong["step"] = "Đã có quyết định công nhận thì chọn bước “Được công nhận”."
        elif recognised or self.recognised_on or self.recognised_level or self.decision_number:
            if not self.recognised_level:
                wrong["recognised_level"] = "Hãy chọn cấp công nhận."
            if not self.recognised_on:
                wrong["recognised_on"] = "Hãy ghi ngày công nhận."
        if (
            self.recognised_on
            and self.registered_year
            and self.recognised_on.year < self.registered_year
        ):
            wrong["recognised_on"] = "Năm công nhận không được trước năm đăng ký."
        if self.recognised_on and self.recognised_on > timezone.localdate():
            wrong["recognised_on"] = "Ngày công nhận chưa tới."
        if self.step == InitiativeStep.DROPPED and not self.dropped_reason:
            wrong["dropped_reason"] = "Hãy ghi vì sao thôi thực hiện."
        if self.step != InitiativeStep.DROPPED and self.dropped_reason:
            wrong["dropped_reason"] = "Chỉ ghi lý do khi bước là “Thôi thực hiện”."
        if wrong:
            raise ValidationError(wrong)
