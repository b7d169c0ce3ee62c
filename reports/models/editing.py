"""Who is writing on a report now, and what they have typed but not saved."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q

from .report import Report

# Whoever has not been seen for this long has left the form.
SILENCE = timedelta(minutes=2)


class EditLock(models.Model):
    """Who has the form of a report open. A courtesy: the report's version alone decides what is
    saved.
    """

    report = models.OneToOneField(
        Report, models.CASCADE, related_name="edit_lock", verbose_name="bài"
    )
    # The two rows here say nothing once the account is gone.
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name="người đang sửa"
    )
    taken_at = models.DateTimeField("mở từ")
    seen_at = models.DateTimeField("thấy lần cuối")

    class Meta:
        verbose_name = "người đang sửa bài"
        verbose_name_plural = "người đang sửa bài"

    def __str__(self):
        return f"{self.user.get_full_name() or self.user.get_username()} đang sửa"

    def holds(self, now):
        return now - self.seen_at < SILENCE


class TypedText(models.Model):
    """The fields of a form as somebody typed them, kept until they are saved or dropped.

    Of a stored report there is one a person, of new reports one for each form (`form_key`, which is
    also the `once_key` of the report it will make). `payload` is JSON, [[name, value], …], and as
    hostile as any form's: it only ever goes back through the form.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name="người gõ"
    )
    report = models.ForeignKey(
        Report, models.CASCADE, null=True, related_name="typed_texts", verbose_name="bài"
    )
    form_key = models.CharField(max_length=32, blank=True)
    payload = models.TextField()
    base_version = models.PositiveIntegerField(null=True)
    saved_at = models.DateTimeField("giữ lúc")

    class Meta:
        verbose_name = "chữ gõ chưa lưu"
        verbose_name_plural = "chữ gõ chưa lưu"
        constraints = [
            models.UniqueConstraint(
                fields=["user", "report"],
                condition=Q(report__isnull=False),
                name="typed_once_a_report",
                violation_error_message="Đã giữ chữ gõ của bài này.",
            ),
            models.UniqueConstraint(
                fields=["user", "form_key"],
                condition=Q(report__isnull=True),
                name="typed_once_a_form",
                violation_error_message="Đã giữ chữ gõ của bài mới này.",
            ),
            models.CheckConstraint(
                name="typed_somewhere",
                condition=Q(report__isnull=False) | ~Q(form_key=""),
                violation_error_message="Chữ gõ phải thuộc về một bài.",
            ),
        ]

    def __str__(self):
        return "chữ gõ chưa lưu"
