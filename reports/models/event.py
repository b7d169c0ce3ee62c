"""An event: the conference, dialogue or visit that reports speak of. One event, many reports."""

from django.db import models
from django.db.models import F, OuterRef, Q, Subquery
from django.urls import reverse
from simple_history.models import HistoricalRecords

from portal.text import fold, one_line, plain_text, vietnamese_slug
from units.area import subtree_keys

from ..periods import calendar_label
from .choices import EventKind, ReportStatus, Session
from .people import Organisation


class EventQuerySet(models.QuerySet):
    """Together `upcoming`, `past` and `undated` hold every event, once."""

    def published(self, now):
        """Events a reader may see: announced as public, or told of by a published report."""
        return self.filter(Q(is_public=True) | Q(told_from__lte=now))

    def follow_reports(self):
        """Bring `told_from` in line with the reports; one statement, whatever wrote them."""
        from .report import Report

        # Scheduled reports count as well: `published` compares the moment with the clock.
        first = (
            Report.objects.filter(event=OuterRef("pk"), status=ReportStatus.PUBLISHED)
            .order_by("published_at")
            .values("published_at")[:1]
        )
        return self.update(told_from=Subquery(first))

    def upcoming(self, today):
        """Not over yet: an event on its last day is still upcoming."""
        return self.filter(last_day_on__gte=today)

    def past(self, today):
        return self.filter(last_day_on__lt=today)

    def undated(self):
        """Chưa rõ ngày. Lists give these a place of their own."""
        return self.filter(event_on=None)

    def touching(self, first, last):
        """Events that take place on at least one of the days from `first` to `last`.

        Either end may be None: without an end.
        """
        if last:
            self = self.filter(event_on__lte=last)
        if first:
            self = self.filter(last_day_on__gte=first)
        return self if first or last else self.exclude(event_on=None)

    def matching(self, text):
        for word in fold(text).split():
            self = self.filter(folded__contains=word)
        return self

    def in_unit(self, unit):
        """Held by the unit or by what was ever below it."""
        return self.filter(unit__in=subtree_keys(unit))

    def for_lists(self, now):
        """What a line of a list shows: the unit's address, and how many published reports tell."""
        from .report import Report

        told = (
            Report.objects.published(now)
            .filter(event=OuterRef("pk"))
            .order_by()
            .values("event")
            .annotate(number=models.Count("pk"))
            .values("number")
        )
        return (
            self.select_related("unit")
            .defer("folded", "attendees", "unit__folded_names", "unit__marked_names")
            .annotate(told_by=models.functions.Coalesce(Subquery(told), 0))
        )


class Event(models.Model):
    name = models.CharField(
        "tên",
        max_length=400,
        help_text="Ví dụ: Hội nghị sơ kết công tác dân vận 6 tháng đầu năm 2026",
    )
    slug = models.SlugField("đường dẫn", max_length=100, editable=False)
    kind = models.CharField(
        "loại", max_length=20, choices=EventKind.choices, default=EventKind.OTHER
    )
    event_on = models.DateField(
        "ngày diễn ra", null=True, blank=True, help_text="Để trống nếu chưa rõ. Ví dụ: 02/07/2026"
    )
    ends_on = models.DateField(
        "đến ngày", null=True, blank=True, help_text="Chỉ ghi khi kéo dài hơn một ngày."
    )
    # Derived, so that "is it over?" is one indexed comparison.
    last_day_on = models.DateField(null=True, editable=False, db_index=True)
    session = models.CharField("buổi", max_length=5, choices=Session.choices, blank=True)
    venue = models.CharField("địa điểm", max_length=300, blank=True)
    unit = models.ForeignKey(
        "units.Unit",
        models.PROTECT,
        verbose_name="đơn vị",
        related_name="events",
        help_text="Nơi tổ chức. Gõ tên không dấu cũng được.",
    )
    organisation = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name="cơ quan chủ trì tổ chức",
        related_name="events",
    )
    chair = models.CharField("chủ trì", max_length=300, blank=True)
    attendees = models.TextField("thành phần", blank=True)
    is_online = models.BooleanField("có họp trực tuyến", default=False)
    connected_sites = models.ManyToManyField(
        "units.Unit", blank=True, verbose_name="điểm cầu", related_name="connected_events"
    )
    period_start = models.DateField("nói về từ ngày", null=True, blank=True)
    period_end = models.DateField("đến hết ngày", null=True, blank=True)
    is_public = models.BooleanField(
        "báo trước cho bạn đọc",
        default=False,
        help_text="Hiện trên lịch ngay cả khi chưa có bài nào được đăng.",
    )
    created_at = models.DateTimeField("tạo lúc", auto_now_add=True)
    updated_at = models.DateTimeField("sửa lúc", auto_now=True)
    # The moment of its first published report, past or to come; `Report.save` keeps it, so that
    # nobody need look at the reports to know whether readers may see the event.
    told_from = models.DateTimeField(null=True, editable=False)
    folded = models.TextField(editable=False)
    unit_label = models.CharField(max_length=200, editable=False, default="")

    history = HistoricalRecords(
        excluded_fields=["folded", "last_day_on", "told_from", "unit_label"],
        m2m_fields=[connected_sites],
        verbose_name="lịch sử sự kiện",
        verbose_name_plural="lịch sử sự kiện",
    )
    objects = EventQuerySet.as_manager()

    class Meta:
        verbose_name = "sự kiện"
        verbose_name_plural = "sự kiện"
        indexes = [
            # /su-kien/: newest first; the rest is there so that counting reads the index alone.
            models.Index(
                fields=["-event_on", "-id", "last_day_on", "told_from", "is_public"],
                name="event_by_day",
            ),
            models.Index(fields=["unit", "-event_on"], name="event_by_unit"),
            # Tables of the desk count reports by the kind of their event, and say how many have its day.
            models.Index(fields=["id", "kind", "event_on"], name="event_kinds"),
        ]
        constraints = [
            models.CheckConstraint(
                name="event_runs_forward",
                condition=Q(ends_on=None) | Q(event_on__isnull=False, event_on__lte=F("ends_on")),
                violation_error_message="“Đến ngày” không được trước “Ngày diễn ra”, và phải có ngày bắt đầu.",
            ),
            models.CheckConstraint(
                name="event_period_whole_and_forward",
                condition=Q(period_start=None, period_end=None)
                | Q(
                    period_start__isnull=False,
                    period_end__isnull=False,
                    period_start__lte=F("period_end"),
                ),
                violation_error_message="Kỳ báo cáo cần cả hai ngày, và ngày kết thúc không được trước ngày bắt đầu.",
            ),
            models.CheckConstraint(
                name="event_kind_known",
                condition=Q(kind__in=EventKind.values),
                violation_error_message="Không có loại sự kiện ấy.",
            ),
        ]

    def __str__(self):
        day = f"{self.event_on:%d/%m/%Y}" if self.event_on else "chưa rõ ngày"
        return f"{self.name} ({day})"

    def save(self, *args, **kwargs):
        for field in ("name", "venue", "chair"):
            setattr(self, field, one_line(getattr(self, field)))
        self.attendees = plain_text(self.attendees).strip()
        self.slug = self.slug or vietnamese_slug(self.name)
        self.derive()
        super().save(*args, **kwargs)
        # The day by which periods count is the event's: its reports follow at once.
        for report in self.reports.all():
            report.follow_event(self)
        type(self).objects.filter(pk=self.pk).follow_reports()

    def derive(self):
        """Set what follows from other fields: last day, the unit's name of that day, search text."""
        self.last_day_on = self.ends_on or self.event_on
        self.unit_label = self.unit.name_on(self.event_on)
        self.folded = fold(" | ".join((self.name, self.venue, self.chair, self.unit_label)))

    def get_absolute_url(self):
        return reverse("reports:event", kwargs={"slug": self.slug, "pk": self.pk})

    @property
    def period_words(self):
        """The period it speaks for, as people say it; empty when nobody has said it."""
        return calendar_label(self.period_start, self.period_end) if self.period_start else ""
