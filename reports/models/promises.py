"""Nhiệm vụ: what a report promised for a later period, kept as a list and ticked off with proof."""

from hashlib import sha256

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from simple_history.models import HistoricalRecords

from portal.text import fold, one_line, plain_text

from ..periods import calendar_label
from .report import Report
from .versioned import Versioned


class PromiseState(models.TextChoices):
    """What a promise is on a day; it is never stored, since time alone changes it."""

    OPEN = "chua-lam", "chưa làm"
    LATE = "qua-han", "quá hạn"
    DONE = "da-lam", "đã làm"
    DROPPED = "bo", "bỏ"


class PromiseQuerySet(models.QuerySet):
    """Together the four states hold every promise, once."""

    def in_state(self, state, today):
        """Those that are in this `PromiseState` on the day `today`."""
        settled = Q(done_on__isnull=False) | Q(dropped_on__isnull=False)
        late = Q(period_end__lt=today)
        return {
            PromiseState.OPEN: self.exclude(settled).filter(~late | Q(period_end=None)),
            PromiseState.LATE: self.exclude(settled).filter(late),
            PromiseState.DONE: self.filter(done_on__isnull=False),
            PromiseState.DROPPED: self.filter(dropped_on__isnull=False),
        }[state]


class Promise(Versioned):
    """One task of a unit, in the report's words (`sentence`) and, where too long, in fewer (`text`).

    `done_on` with the report and the sentence that show it; or `dropped_on` with a reason; or neither.
    """

    unit = models.ForeignKey(
        "units.Unit", models.PROTECT, related_name="promises", verbose_name="đơn vị"
    )
    report = models.ForeignKey(
        Report, models.PROTECT, related_name="promises", verbose_name="nêu trong bài"
    )
    text = models.CharField("nhiệm vụ", max_length=1000)
    sentence = models.TextField("câu trong bài", blank=True)
    # Of the sentence: the same one is not kept twice.
    sentence_hash = models.CharField(max_length=64, editable=False)
    period_start = models.DateField("làm từ ngày", null=True, blank=True)
    period_end = models.DateField("đến hết ngày", null=True, blank=True)
    period_label = models.CharField("gọi kỳ ấy là", max_length=120, blank=True)
    kept_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+"
    )
    kept_at = models.DateTimeField("giữ lúc", auto_now_add=True)

    done_on = models.DateField("làm xong ngày", null=True, blank=True)
    done_report = models.ForeignKey(
        Report,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="bài cho thấy",
    )
    done_sentence = models.TextField("câu cho thấy", blank=True)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+"
    )
    dropped_on = models.DateField("bỏ ngày", null=True, blank=True, editable=False)
    dropped_reason = models.CharField("lý do bỏ", max_length=300, blank=True)

    objects = PromiseQuerySet.as_manager()
    history = HistoricalRecords(
        verbose_name="lịch sử nhiệm vụ", verbose_name_plural="lịch sử nhiệm vụ"
    )

    class Meta:
        verbose_name = "nhiệm vụ"
        verbose_name_plural = "nhiệm vụ"
        indexes = [
            # The list of a unit's promises, the nearest end first.
            models.Index(fields=["unit", "period_end"], name="promise_of_unit")
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["report", "sentence_hash"],
                name="promise_kept_once",
                violation_error_message="Nhiệm vụ này đã được giữ.",
            ),
            models.CheckConstraint(
                name="promise_period_runs_forward",
                condition=Q(period_start=None, period_end=None)
                | Q(period_start__lte=F("period_end")),
                violation_error_message="Ghi cả hai ngày của kỳ, ngày kết thúc không trước ngày bắt đầu.",
            ),
            models.CheckConstraint(
                name="promise_done_by_somebody",
                condition=Q(done_on=None, done_by=None, done_report=None, done_sentence="")
                | Q(done_on__isnull=False, done_by__isnull=False),
                violation_error_message="Nhiệm vụ đã làm phải có ngày và người ghi.",
            ),
            models.CheckConstraint(
                name="promise_done_or_dropped",
                condition=Q(dropped_on=None, dropped_reason="")
                | (Q(dropped_on__isnull=False, done_on=None) & ~Q(dropped_reason="")),
                violation_error_message="Nhiệm vụ bỏ phải có lý do, và không thể vừa làm vừa bỏ.",
            ),
        ]

    def __str__(self):
        return self.text

    def state_on(self, today):
        """Its `PromiseState` on the day `today`."""
        if self.dropped_on:
            return PromiseState.DROPPED
        if self.done_on:
            return PromiseState.DONE
        is_late = self.period_end is not None and self.period_end < today
        return PromiseState.LATE if is_late else PromiseState.OPEN

    @property
    def period_words(self):
        """`6 tháng cuối năm 2026`; empty where nobody has said for when."""
        if self.period_start is None:
            return ""
        return self.period_label or calendar_label(self.period_start, self.period_end)

    def save(self, *args, **kwargs):
        for name in ("text", "period_label", "dropped_reason"):
            setattr(self, name, one_line(getattr(self, name)))
        for name in ("sentence", "done_sentence"):
            setattr(self, name, plain_text(getattr(self, name)).strip())
        self.sentence_hash = hash_of(self.sentence or self.text)
        super().save(*args, **kwargs)


def hash_of(sentence):
    """By which the same sentence is known again, however its marks and spaces are written."""
    return sha256(fold(sentence).encode()).hexdigest()
