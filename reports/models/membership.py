"""Who may do what, where: a grant is person × unit × role, for the unit and what is below it."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from .choices import MemberRole


class Newsroom(models.Model):
    """A unit's newsroom and the mode it works in."""

    unit = models.OneToOneField(
        "units.Unit", models.PROTECT, related_name="newsroom", verbose_name="đơn vị"
    )
    one_step = models.BooleanField(
        "đăng một bước",
        default=False,
        help_text="Dành cho nơi chỉ có một người: biên tập viên tự đăng bài của mình. Mỗi lần đăng được ghi “một bước”.",
    )

    class Meta:
        verbose_name = "ban biên tập"
        verbose_name_plural = "ban biên tập"

    def __str__(self):
        return f"Ban biên tập {self.unit}"


class Membership(models.Model):
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        related_name="memberships",
        verbose_name="tài khoản",
    )
    unit = models.ForeignKey(
        "units.Unit", models.PROTECT, related_name="memberships", verbose_name="đơn vị"
    )
    role = models.CharField("vai trò", max_length=12, choices=MemberRole.choices)

    class Meta:
        verbose_name = "phân quyền"
        verbose_name_plural = "phân quyền"
        constraints = [
            models.UniqueConstraint(
                fields=["user", "unit", "role"],
                name="membership_once",
                violation_error_message="Người này đã có vai trò ấy ở đơn vị này.",
            ),
            models.CheckConstraint(
                name="membership_role_known",
                condition=Q(role__in=MemberRole.values),
                violation_error_message="Không có vai trò ấy.",
            ),
        ]

    def __str__(self):
        return f"{self.user} – {self.get_role_display()} – {self.unit.full_name_on()}"
