"""A report, and the questions this site asks about reports."""

import re
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.db import models, transaction
from django.db.models import F
from django.urls import reverse
from django.utils import timezone
from simple_history.models import HistoricalRecords

from portal.text import one_line, plain_text, vietnamese_slug

from ..cleaning import clean_html
from ..periods import calendar_label
from ..share_card import card_key
from .choices import ContributionRole, Genre, ReportHeading, ReportStatus, ReturnReason
from .event import Event
from .people import Organisation
from .questions import ReportQuerySet
from .report_constraints import CONSTRAINTS, INDEXES
from .taxonomy import Section, Topic

# The address of a stored picture inside a text.
BODY_PICTURE = re.compile(r"/media/anh/[0-9a-f]{2}/([0-9a-f]{32})/")


def old_path(url):
    """`https://cu.vn/tin/b%C3%A0i-1/?id=7` -> `/tin/bài-1?id=7`; empty for a mere host.

    However an address spells its letters and its last slash, it leads to the same place.
    """
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    path = unquote(parts.path).rstrip("/")
    query = unquote(parts.query)
    return plain_text(f"{path}?{query}" if query else path)[:500]


class StaleReport(Exception):
    """Somebody saved this report after it was read; writing now would overwrite their work."""

    def __init__(self):
        super().__init__("Người khác vừa lưu bài này.")


class Report(models.Model):
    title = models.CharField(
        "tít",
        max_length=400,
        help_text="Ví dụ: Phú Hòa bắc xong ba cây cầu dân sinh nhờ dân góp đất, góp công",
    )
    slug = models.SlugField("đường dẫn", max_length=100, editable=False)
    lead = models.TextField(
        "sapo", blank=True, help_text="Một, hai câu: ai, làm gì, ở đâu, khi nào."
    )
    body = models.TextField("nội dung", blank=True)

    unit = models.ForeignKey(
        "units.Unit",
        models.PROTECT,
        verbose_name="đơn vị",
        related_name="reports",
        help_text="Đơn vị đăng bài, giữ mãi dù sau này sáp nhập. Gõ tên không dấu cũng được.",
    )
    section = models.ForeignKey(
        Section,
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name="chuyên mục",
        related_name="reports",
    )
    event = models.ForeignKey(
        Event,
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name="sự kiện",
        related_name="reports",
        help_text="Hội nghị, buổi đối thoại… mà bài nói tới. Ngày diễn ra nằm ở sự kiện.",
    )
    organisation = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name="tổ chức chủ trì",
        related_name="reports",
    )
    heading = models.CharField(
        "mục báo cáo", max_length=5, choices=ReportHeading.choices, blank=True
    )
    genre = models.CharField("thể loại", max_length=12, choices=Genre.choices, default=Genre.NEWS)
    topics = models.ManyToManyField(
        Topic, blank=True, verbose_name="chủ đề", related_name="reports"
    )

    period_start = models.DateField(
        "nói về từ ngày", null=True, blank=True, help_text="Ví dụ: 01/01/2026"
    )
    period_end = models.DateField(
        "đến hết ngày", null=True, blank=True, help_text="Ví dụ: 30/06/2026"
    )
    period_label = models.CharField(
        "gọi kỳ ấy là",
        max_length=120,
        blank=True,
        help_text="Để trống thì máy tự gọi, ví dụ “6 tháng đầu năm 2026”.",
    )

    status = models.CharField(
        "trạng thái",
        max_length=10,
        choices=ReportStatus.choices,
        default=ReportStatus.DRAFT,
        editable=False,
    )
    published_at = models.DateTimeField(
        "đăng lúc",
        null=True,
        blank=True,
        help_text="Để trống thì lấy lúc bấm Đăng. Bài từ cổng cũ: ghi lúc cổng ấy đăng.",
    )
    published_is_estimate = models.BooleanField(
        "chỉ biết khoảng thời gian đăng",
        default=False,
        help_text="Trang sẽ ghi “khoảng tháng 7/2024”, và bài không tính vào kỳ theo ngày đăng.",
    )
    # The day by which periods select and count; see `_counting_day`.
    counting_on = models.DateField(null=True, editable=False)
    withdrawn_at = models.DateTimeField("gỡ lúc", null=True, editable=False)
    withdrawn_reason = models.CharField("lý do gỡ", max_length=300, blank=True, editable=False)
    returned_code = models.CharField(
        "vì sao trả lại",
        max_length=12,
        choices=ReturnReason.choices,
        blank=True,
        editable=False,
    )
    returned_reason = models.CharField("lý do trả lại", max_length=300, blank=True, editable=False)
    # Grows with every save; who saves or moves a report says which version they have seen.
    version = models.PositiveIntegerField("bản số", default=1, editable=False)
    # A published text is not changed in place: its new version is a report of its own until approved.
    revises = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        editable=False,
        related_name="revisions",
        verbose_name="bản sửa của",
    )
    # `content_hash` of the original when the revision began (reports.editions).
    revises_hash = models.CharField(max_length=64, blank=True, editable=False)

    byline_organisation = models.CharField(
        "cơ quan ghi sau tên",
        max_length=200,
        blank=True,
        help_text="Ví dụ: Trung tâm VH–TT–TT. Ghi đúng như muốn in.",
    )
    source_name = models.CharField(
        "nguồn", max_length=200, blank=True, help_text="Ví dụ: Báo Sơn La"
    )
    source_url = models.URLField("địa chỉ nguồn", max_length=500, blank=True)
    original_url = models.URLField("địa chỉ ở cổng cũ", max_length=500, blank=True)

    # The hash of what a reader of files found, so that the same file never comes in twice.
    source_hash = models.CharField(max_length=64, blank=True, editable=False)

    # Made by the form of a new report; the same key never makes a second one.
    once_key = models.CharField(max_length=32, blank=True, editable=False)

    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name="người tạo",
    )
    created_at = models.DateTimeField("tạo lúc", auto_now_add=True)
    updated_at = models.DateTimeField("sửa lúc", auto_now=True)

    # Kept beside the report so that lists need no other table; `save` and `reports.scope` write them.
    unit_label = models.CharField(max_length=200, editable=False)
    unit_full_label = models.CharField(max_length=400, editable=False)
    # Path and query of `original_url`: by these an old portal's links are led here (portal.errors).
    original_path = models.CharField(max_length=500, blank=True, editable=False)

    history = HistoricalRecords(
        excluded_fields=[
            "unit_label",
            "unit_full_label",
            "counting_on",
            "source_hash",
            "original_path",
            "revises_hash",
            "once_key",
        ],
        m2m_fields=[topics],
        verbose_name="lịch sử bài",
        verbose_name_plural="lịch sử bài",
    )
    objects = ReportQuerySet.as_manager()

    class Meta:
        verbose_name = "bài"
        verbose_name_plural = "bài"
        indexes = INDEXES
        constraints = CONSTRAINTS

    def __str__(self):
        return self.title

    @transaction.atomic
    def save(self, *args, **kwargs):
        """Clean what came in, derive what lists need, and tell every unit's list about it.

        Raises StaleReport when somebody saved since this object was read.
        """

        for field in ("title", "period_label", "byline_organisation", "source_name"):
            setattr(self, field, one_line(getattr(self, field)))
        self.lead = one_line(self.lead)
        self.body = clean_html(self.body)
        self.slug = vietnamese_slug(self.title)  # older addresses lead here by the number
        self.derive()
        told = {self.event_id}
        if self.pk:
            told.update(Report.objects.filter(pk=self.pk).values_list("event", flat=True))
        version = self.version
        self._take_turn()
        try:
            super().save(*args, **kwargs)
        except BaseException:
            self.version = version  # nothing was written, so nothing was seen
            raise
        if events := told - {None}:
            # The event it told of before, too: what nobody tells of any more is hidden again.
            Event.objects.filter(pk__in=events).follow_reports()
        self._link_body_pictures()
        self._tell_lists()

    def _take_turn(self):
        """Count this save, if the stored version is the one that was read."""
        if self._state.adding:
            return
        mine = Report.objects.filter(pk=self.pk, version=self.version)
        if not mine.update(version=F("version") + 1):
            raise StaleReport
        self.version += 1

    def _tell_lists(self):
        from ..scope import refresh_scope
        from ..search.index import refresh

        refresh_scope(self)
        refresh(self.pk)

    def follow_event(self, event):
        """The event's day or name changed: lists follow at once, the text has no new version."""
        self.event = event
        self.derive()
        derived = ("counting_on", "unit_label", "unit_full_label")
        Report.objects.filter(pk=self.pk).update(
            **{name: getattr(self, name) for name in derived}, updated_at=timezone.now()
        )
        self._tell_lists()

    def _link_body_pictures(self):
        """A picture in the text is public with this report: keep which ones the text shows."""
        tokens = set(BODY_PICTURE.findall(self.body))
        shown = self.body_pictures.model.objects.filter(token__in=tokens) if tokens else []
        self.body_pictures.set(shown)

    def derive(self):
        """Set what follows from other fields: counting day, the unit's name of that day, the
        old address as it will be asked for.
        """
        self.original_path = old_path(self.original_url)
        self.counting_on = self._counting_day()
        day = self.named_on
        self.unit_label = self.unit.name_on(day)
        self.unit_full_label = self.unit.full_name_on(day)

    def _counting_day(self):
        """The event's day, else the publication day if it is no estimate, else nothing."""
        if self.event_id and self.event.event_on:
            return self.event.event_on
        if self.published_at and not self.published_is_estimate:
            return timezone.localdate(self.published_at)
        return None

    @property
    def named_on(self):
        """The day whose names the page prints: counting day, else about when it was published."""
        if self.counting_on:
            return self.counting_on
        if self.published_at:
            return timezone.localdate(self.published_at)
        return self.period_end

    def is_published(self, now=None):
        now = now or timezone.now()
        return self.status == ReportStatus.PUBLISHED and self.published_at <= now

    def is_scheduled(self, now=None):
        now = now or timezone.now()
        return self.status == ReportStatus.PUBLISHED and self.published_at > now

    @property
    def status_words(self):
        """`Hẹn giờ đăng` is for people a state of its own, for the database it is not."""
        return "Hẹn giờ đăng" if self.is_scheduled() else self.get_status_display()

    def get_absolute_url(self):
        day = timezone.localtime(self.published_at or self.created_at)
        return reverse(
            "reports:detail",
            kwargs={
                "year": day.year,
                "month": f"{day.month:02d}",
                "slug": self.slug,
                "pk": self.pk,
            },
        )

    @property
    def period_words(self):
        """What it speaks for, as people say it; empty when nobody has said it."""
        if self.period_label:
            return self.period_label
        if self.period_start:
            return calendar_label(self.period_start, self.period_end)
        return ""

    @property
    def lead_photo(self):
        photos = getattr(self, "lead_photos", None)
        if photos is None:
            photos = sorted(self.photos.all(), key=lambda photo: (photo.order, photo.pk))
        return photos[0] if photos else None

    @property
    def share_image_key(self):
        """Names what the share card shows; another title, unit name or photo has another key."""
        photo = self.lead_photo
        shown = (photo.token, photo.focal_x, photo.focal_y) if photo else ()
        return card_key(self.title, self.unit_full_label, *shown)

    @property
    def share_image_path(self):
        """The picture of a shared link: one JPEG of 1200 × 630 points."""
        return reverse("share_image", kwargs={"pk": self.pk, "key": self.share_image_key})

    def signed_by(self, role):
        """The contributions in `role`, in printed order."""
        return [c for c in self.contributions.all() if c.role == role]

    def byline(self):
        """The byline as newspapers set it: [(label, [Contribution, …]), …], empty when unsigned.

        One person who wrote and photographed gives one group `Tin, ảnh`; the word is `Bài` for
        everything longer than a news item.
        """
        word = "Tin" if self.genre in (Genre.NEWS, Genre.PHOTO_NEWS, Genre.ROUNDUP) else "Bài"
        authors = self.signed_by(ContributionRole.AUTHOR)
        photographers = self.signed_by(ContributionRole.PHOTOGRAPHER)
        groups = []
        if authors and [a.printed_name for a in authors] == [p.printed_name for p in photographers]:
            groups.append((f"{word}, ảnh", authors))
        else:
            if authors:
                groups.append((word, authors))
            if photographers:
                groups.append(("Ảnh", photographers))
        for label, role in (
            ("Biên tập", ContributionRole.EDITOR),
            ("Cung cấp tin", ContributionRole.INFORMANT),
        ):
            if signed := self.signed_by(role):
                groups.append((label, signed))
        return groups
