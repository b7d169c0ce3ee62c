"""What a committee that compiles reports has told the desk: its header, its periods, its filters."""

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from portal.text import one_line, plain_text

from .people import Person
from .versioned import Versioned


def _millimetres(label, default):
    return models.PositiveSmallIntegerField(
        label,
        default=default,
        validators=[MinValueValidator(5), MaxValueValidator(60)],
        help_text=f"Tính bằng milimét. Thường là {default}.",
    )


class Committee(Versioned):
    """How one unit's committee signs and cuts its reports (DOMAIN, section 5); all of it settings.

    Margins in millimetres. `cutoff_day` is the last day of its month, None the calendar's; `grace_days`
    is how long after a period's end a report of it is still in time.
    """

    unit = models.OneToOneField(
        "units.Unit", models.PROTECT, related_name="committee", verbose_name="đơn vị"
    )
    parent_body = models.CharField(
        "cơ quan cấp trên", max_length=200, blank=True, help_text="Ví dụ: Tỉnh ủy An Giang"
    )
    issuing_body = models.CharField(
        "cơ quan ban hành",
        max_length=200,
        blank=True,
        help_text="Ví dụ: Ban Tuyên giáo và Dân vận",
    )
    document_code = models.CharField(
        "ký hiệu văn bản", max_length=60, default="BC", help_text="Ví dụ: BC/BTGDVTU"
    )
    place = models.CharField("địa danh", max_length=100, blank=True, help_text="Ví dụ: An Giang")
    signatory_title = models.CharField(
        "chức danh người ký",
        max_length=200,
        blank=True,
        help_text="Mỗi chức danh cách nhau bằng dấu chấm phẩy. Ví dụ: K/T Trưởng ban; Phó Trưởng ban",
    )
    signatory_name = models.CharField("họ tên người ký", max_length=120, blank=True)
    recipients = models.TextField(
        "nơi nhận",
        blank=True,
        help_text="Mỗi dòng một nơi. Ví dụ: Thường trực Tỉnh ủy (để báo cáo)",
    )
    margin_top = _millimetres("lề trên", 20)
    margin_bottom = _millimetres("lề dưới", 20)
    margin_left = _millimetres("lề trái", 30)
    margin_right = _millimetres("lề phải", 15)
    cutoff_day = models.PositiveSmallIntegerField(
        "chốt số liệu ngày",
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(30)],
        help_text="Ngày cuối của tháng báo cáo. Ví dụ: 14. Để trống thì tháng kết thúc theo lịch.",
    )
    grace_days = models.PositiveSmallIntegerField(
        "cho đăng chậm (ngày)",
        default=5,
        validators=[MaxValueValidator(90)],
        help_text="Đăng trong ngần ấy ngày sau khi hết kỳ vẫn là đúng hạn. Ví dụ: 5",
    )

    class Meta:
        verbose_name = "mẫu báo cáo"
        verbose_name_plural = "mẫu báo cáo"
        constraints = [
            models.CheckConstraint(
                name="committee_cutoff_is_a_day",
                condition=Q(cutoff_day=None) | Q(cutoff_day__gte=1, cutoff_day__lte=30),
                violation_error_message="Ngày chốt từ 1 đến 30.",
            )
        ]

    def __str__(self):
        return f"Mẫu báo cáo của {self.unit}"

    @property
    def margins(self):
        """Top, bottom, left, right."""
        return self.margin_top, self.margin_bottom, self.margin_left, self.margin_right

    def save(self, *args, **kwargs):
        for field in (
            "parent_body", "issuing_body", "document_code", "place",
            "signatory_title", "signatory_name",
        ):  # fmt: skip
            setattr(self, field, one_line(getattr(self, field)))
        self.recipients = plain_text(self.recipients).strip()
        super().save(*args, **kwargs)


class SavedFilter(Versioned):
    """A choice of reports with a name; the address is all of it. Seen by the unit's desk only."""

    unit = models.ForeignKey("units.Unit", models.PROTECT, related_name="+", verbose_name="đơn vị")
    name = models.CharField("tên", max_length=120, help_text="Ví dụ: Sơ kết quý, 8 xã phía tây")
    # Name of the page (`reports.desk.urls`) and the address' query.
    page = models.CharField(max_length=40, editable=False)
    query = models.TextField(blank=True, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+"
    )
    created_at = models.DateTimeField("lưu lúc", auto_now_add=True)

    class Meta:
        verbose_name = "bộ lọc đã lưu"
        verbose_name_plural = "bộ lọc đã lưu"
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "name"],
                name="saved_filter_once_a_name",
                violation_error_message="Đơn vị đã có bộ lọc tên này.",
            )
        ]

    def __str__(self):
        return self.name

    def save(self, *args, **kwargs):
        self.name = one_line(self.name)
        super().save(*args, **kwargs)


class Target(Versioned):
    """Chỉ tiêu: how many reports a month a committee asks of a unit, a person, or of every unit.

    The plainest row (neither unit nor person) is for all units that have none of their own.
    """

    committee = models.ForeignKey(Committee, models.CASCADE, related_name="targets")
    unit = models.ForeignKey(
        "units.Unit", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="đơn vị"
    )
    person = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="người"
    )
    reports_a_month = models.PositiveSmallIntegerField(
        "số bài mỗi tháng", validators=[MinValueValidator(1), MaxValueValidator(500)]
    )

    class Meta:
        verbose_name = "chỉ tiêu"
        verbose_name_plural = "chỉ tiêu"
        constraints = [
            models.CheckConstraint(
                name="target_of_a_unit_or_a_person",
                condition=Q(unit=None) | Q(person=None),
                violation_error_message="Chọn đơn vị hoặc người, không chọn cả hai.",
            ),
            *(
                models.UniqueConstraint(
                    fields=["committee", *fields],
                    condition=condition,
                    name=f"target_once_{name}",
                    violation_error_message="Đã có chỉ tiêu cho nơi này.",
                )
                for name, fields, condition in (
                    ("a_unit", ["unit"], Q(unit__isnull=False)),
                    ("a_person", ["person"], Q(person__isnull=False)),
                    ("for_all", [], Q(unit=None, person=None)),
                )
            ),
        ]

    def __str__(self):
        return f"{self.reports_a_month} bài mỗi tháng"
