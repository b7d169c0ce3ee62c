"""What readers say back: feedback with a tracking code, and whether a report was of use.

No account, no cookie, no stored address. What a sender tells about himself stays between him and
the newsroom, and can be removed without losing the rest.
"""

import re
import secrets
from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from portal.text import one_line, plain_text

from .choices import FeedbackKind, FeedbackStatus
from .report import Report

# Signs that sound and look apart, read out over the telephone: no B/P/D, no C/K/Q, no I/1, O/0, S/X.
CODE_SIGNS = "AEHKLMPRTVX2345789"
CODE_LENGTH = 10
CODE_GROUPS = (3, 3, 4)
# Luật Tiếp cận thông tin: a request for correction is answered within 15 days.
DAYS_TO_ANSWER = 15
# From this many days before the last one on, the list warns.
SOON_DAYS = 3
LONGEST_FEEDBACK = 4000
# "Ít hữu ích": at least so many said no, and they are the larger part.
FEW_VOICES = 3


OPEN_STATES = (FeedbackStatus.RECEIVED, FeedbackStatus.READING)


def new_code():
    """Ten signs nobody can guess (42 bits), without the hyphens between their groups."""
    return "".join(secrets.choice(CODE_SIGNS) for _ in range(CODE_LENGTH))


def read_code(text):
    """`kxm-3pr 47tv` -> `KXM3PR47TV`; None for what can be no code."""
    code = re.sub(r"[\s.–-]", "", one_line(text)).upper()
    return code if len(code) == CODE_LENGTH and set(code) <= set(CODE_SIGNS) else None


class FeedbackQuerySet(models.QuerySet):
    def open(self):
        """Waiting for the newsroom's answer."""
        return self.filter(status__in=OPEN_STATES)

    def overdue(self, today):
        """Open, and the last day to answer is over."""
        return self.open().filter(due_on__lt=today)

    def due_soon(self, today):
        """Open, with at most `SOON_DAYS` days left; not those already overdue."""
        return self.open().filter(due_on__range=(today, today + timedelta(days=SOON_DAYS)))

    def most_urgent_first(self):
        return self.order_by("due_on", "pk")


class Feedback(models.Model):
    """One message of a reader. Private: no public page shows its text or who sent it."""

    code = models.CharField("mã theo dõi", max_length=CODE_LENGTH, unique=True, editable=False)
    kind = models.CharField("việc", max_length=12, choices=FeedbackKind.choices)
    report = models.ForeignKey(
        Report, models.PROTECT, null=True, related_name="feedback", verbose_name="về bài"
    )
    text = models.TextField("nội dung", max_length=LONGEST_FEEDBACK)
    name = models.CharField("họ tên người gửi", max_length=100, blank=True)
    contact = models.CharField("thư điện tử hoặc điện thoại", max_length=120, blank=True)

    status = models.CharField(
        "trạng thái",
        max_length=10,
        choices=FeedbackStatus.choices,
        default=FeedbackStatus.RECEIVED,
    )
    answer = models.TextField(
        "trả lời",
        blank=True,
        max_length=LONGEST_FEEDBACK,
        help_text="Người gửi đọc được bằng mã theo dõi. Không ghi tên, số điện thoại của họ ở đây.",
    )
    received_at = models.DateTimeField("nhận lúc", default=timezone.now, editable=False)
    due_on = models.DateField("hạn trả lời", editable=False)
    closed_at = models.DateTimeField("trả lời lúc", null=True, editable=False)
    forgotten_at = models.DateTimeField("xóa thông tin cá nhân lúc", null=True, editable=False)
    updated_at = models.DateTimeField("sửa lúc", auto_now=True)

    objects = FeedbackQuerySet.as_manager()

    class Meta:
        verbose_name = "ý kiến bạn đọc"
        verbose_name_plural = "ý kiến bạn đọc"
        indexes = [
            # The newsroom's list and the start page: what is open, most urgent first.
            models.Index(fields=["status", "due_on"], name="feedback_clock"),
        ]
        constraints = [
            models.CheckConstraint(
                name="feedback_kind_known",
                condition=Q(kind__in=FeedbackKind.values),
                violation_error_message="Hãy chọn việc bạn muốn nói.",
            ),
            models.CheckConstraint(
                name="feedback_status_known",
                condition=Q(status__in=FeedbackStatus.values),
                violation_error_message="Không có trạng thái ấy.",
            ),
            models.CheckConstraint(
                name="feedback_says_something",
                condition=~Q(text=""),
                violation_error_message="Hãy viết nội dung.",
            ),
            models.CheckConstraint(
                name="feedback_closed_with_answer",
                condition=Q(status__in=OPEN_STATES) | (~Q(answer="") & Q(closed_at__isnull=False)),
                violation_error_message="Hãy viết câu trả lời rồi mới khép lại ý kiến này.",
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display().capitalize()} {self.spoken_code}"

    def save(self, *args, **kwargs):
        self.text = plain_text(self.text).strip()
        self.answer = plain_text(self.answer).strip()
        self.name, self.contact = one_line(self.name), one_line(self.contact)
        self.code = self.code or new_code()
        self.due_on = timezone.localdate(self.received_at) + timedelta(days=DAYS_TO_ANSWER)
        super().save(*args, **kwargs)

    def get_absolute_url(self):
        """The sender's page; whoever knows the code may read it."""
        return reverse("reports:feedback_status", args=[self.spoken_code])

    @property
    def spoken_code(self):
        """`KXM-3PR-47TV`: in groups, as one reads it out."""
        groups, start = [], 0
        for length in CODE_GROUPS:
            groups.append(self.code[start : start + length])
            start += length
        return "-".join(groups)

    @property
    def is_open(self):
        return self.status in OPEN_STATES

    def days_left(self, today):
        """Whole days until the last one to answer; negative when overdue."""
        return (self.due_on - today).days

    def clock_words(self, today):
        """`còn 3 ngày`, `hạn hôm nay`, `quá hạn 2 ngày`; nothing once it is answered."""
        left = self.days_left(today)
        if not self.is_open or left == 0:
            return "hạn hôm nay" if self.is_open else ""
        return f"còn {left} ngày" if left > 0 else f"quá hạn {-left} ngày"


class FeedbackStep(models.Model):
    """One change of state: when, to what, and who of the staff did it (nobody: the sender)."""

    feedback = models.ForeignKey(Feedback, models.CASCADE, related_name="steps")
    status = models.CharField("trạng thái", max_length=10, choices=FeedbackStatus.choices)
    at = models.DateTimeField("lúc")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="người"
    )

    class Meta:
        verbose_name = "bước xử lý"
        verbose_name_plural = "bước xử lý"
        indexes = [models.Index(fields=["feedback", "at"], name="feedback_steps")]

    def __str__(self):
        return f"{self.get_status_display()} {timezone.localtime(self.at):%d/%m/%Y}"


class Usefulness(models.Model):
    """How many readers found a report useful: two numbers, and nothing about who said so."""

    report = models.OneToOneField(
        Report, models.CASCADE, primary_key=True, related_name="usefulness"
    )
    yes = models.PositiveIntegerField("có ích", default=0)
    no = models.PositiveIntegerField("chưa có ích", default=0)

    class Meta:
        verbose_name = "bài viết có ích không"
        verbose_name_plural = "bài viết có ích không"

    def __str__(self):
        return f"{self.yes} có ích, {self.no} chưa"

    @classmethod
    def add(cls, report_id, is_useful):
        """Count one voice more."""
        field = "yes" if is_useful else "no"
        cls.objects.bulk_create([cls(report_id=report_id)], ignore_conflicts=True)
        cls.objects.filter(pk=report_id).update(**{field: F(field) + 1})


def is_little_useful():
    """The condition on reports behind the list "ít hữu ích"."""
    return Q(usefulness__no__gte=FEW_VOICES, usefulness__no__gt=F("usefulness__yes"))


class Quota(models.Model):
    """How often something was done within one window of time; see `reports.quota`.

    The key is a keyed hash with the day in it: no address is stored, and none can be found again.
    """

    key = models.CharField(max_length=64, primary_key=True)
    count = models.PositiveIntegerField(default=0)
    ends_at = models.DateTimeField(db_index=True)

    class Meta:
        verbose_name = "hạn mức gửi"
        verbose_name_plural = "hạn mức gửi"

    def __str__(self):
        return str(self.count)
