"""What the frame of every page says about this site: who runs it, and what is announced."""

from datetime import timedelta

from django.conf import settings
from django.core.cache import cache
from django.db import models
from django.db.models import F, FilteredRelation, Q
from django.urls import reverse
from django.utils import timezone

from portal import renewal
from portal.generation import AWAY
from portal.text import one_line, plain_text
from reports.share_card import card_key

SATURDAY = 5
CACHE_KEY = "portal.frame"
# Where nobody tells of a change (PAGE_CACHE off), another process sees it after so many seconds.
CACHE_SECONDS = 60
# What this process has read last: the page for a database that is away still names a telephone.
_last_known = None


def name_from_settings():
    return settings.SITE_NAME


class SiteProfile(models.Model):
    """Who runs this site. The law wants the managing body, contact and a responsible person named.

    There is one row or none; `SiteProfile.current()` answers in both cases.
    """

    name = models.CharField(
        "tên cổng thông tin",
        max_length=120,
        default=name_from_settings,
        help_text="Dòng lớn ở đầu mọi trang.",
    )
    area = models.CharField(
        "của địa phương",
        max_length=120,
        blank=True,
        help_text="Dòng nhỏ dưới tên. Ví dụ: tỉnh Tân Giang",
    )
    managing_body = models.CharField(
        "cơ quan chủ quản",
        max_length=200,
        blank=True,
        help_text="Ví dụ: Ban Tuyên giáo và Dân vận Tỉnh ủy Tân Giang",
    )
    address = models.CharField("địa chỉ", max_length=200, blank=True)
    phone = models.CharField(
        "điện thoại", max_length=30, blank=True, help_text="Ví dụ: 0299 000 0000"
    )
    email = models.EmailField("thư điện tử", blank=True)
    responsible_person = models.CharField(
        "chịu trách nhiệm nội dung",
        max_length=200,
        blank=True,
        help_text="Ví dụ: ông Trần Văn Đông, Phó trưởng ban",
    )
    licence = models.CharField(
        "giấy phép", max_length=200, blank=True, help_text="Số, ngày, nơi cấp."
    )
    introduction = models.TextField(
        "giới thiệu",
        blank=True,
        help_text="Chữ ở trang Giới thiệu. Cách một dòng trống là sang đoạn mới.",
    )
    working_hours = models.CharField(
        "giờ tiếp nhận ý kiến",
        max_length=200,
        blank=True,
        help_text="Ví dụ: thứ hai đến thứ sáu, 7:30–17:00",
    )

    class Meta:
        verbose_name = "thông tin về cổng"
        verbose_name_plural = "thông tin về cổng"
        constraints = [
            models.CheckConstraint(
                name="site_profile_only_one",
                condition=Q(pk=1),
                violation_error_message="Mỗi cổng thông tin chỉ có một trang này.",
            )
        ]

    def __str__(self):
        return self.full_name

    def save(self, *args, **kwargs):
        self.pk = 1
        for field in ("name", "area", "managing_body", "address", "phone", "responsible_person"):
            setattr(self, field, one_line(getattr(self, field)))
        self.introduction = plain_text(self.introduction).strip()
        super().save(*args, **kwargs)
        cache.delete(CACHE_KEY)

    def delete(self, *args, **kwargs):
        gone = super().delete(*args, **kwargs)
        cache.delete(CACHE_KEY)
        return gone

    @property
    def full_name(self):
        """`Cổng thông tin Dân vận tỉnh Tân Giang`."""
        return f"{self.name} {self.area}".strip()

    @property
    def phone_link(self):
        """What a telephone dials: digits and a leading plus."""
        return "".join(c for c in self.phone if c.isdigit() or c == "+")

    @property
    def share_image_key(self):
        """Names what the site's share card shows; other words, another key."""
        return card_key(self.full_name, self.managing_body)

    @property
    def share_image_path(self):
        """The picture of a shared link to any page that is no report."""
        return reverse("site_share_image", kwargs={"key": self.share_image_key})

    @classmethod
    def current(cls):
        """The stored row, or one that holds only the name; never None."""
        return frame()[0]

    @classmethod
    def last_known(cls):
        """What `current` said last in this process, without asking anybody; None if it never did."""
        return _last_known


class NoticeLevel(models.TextChoices):
    INFO = "info", "thông báo"
    DOWNTIME = "downtime", "tạm dừng theo kế hoạch"
    INCIDENT = "incident", "sự cố"


class Notice(models.Model):
    """A line on top of every public page, between two moments; planned downtime is told so.

    NĐ 224/2026: 7 working days before. `working_days_notice` says how many there are.
    """

    # Not for the sake of several sites: so that the frame of a page is read in one query.
    site = models.ForeignKey(
        SiteProfile, models.CASCADE, default=1, editable=False, related_name="notices"
    )
    level = models.CharField(
        "loại", max_length=10, choices=NoticeLevel.choices, default=NoticeLevel.DOWNTIME
    )
    text = models.CharField(
        "nội dung",
        max_length=300,
        help_text="Ví dụ: Cổng tạm dừng để nâng cấp máy chủ. Bài đã đăng không bị ảnh hưởng.",
    )
    starts_at = models.DateTimeField("bắt đầu lúc", help_text="Lúc trang tạm dừng.")
    ends_at = models.DateTimeField("kết thúc lúc", help_text="Đến lúc này thông báo tự biến mất.")
    show_from = models.DateTimeField(
        "hiện từ lúc",
        default=timezone.now,
        help_text="Tạm dừng theo kế hoạch phải báo trước ít nhất 7 ngày làm việc.",
    )

    class Meta:
        verbose_name = "thông báo đầu trang"
        verbose_name_plural = "thông báo đầu trang"
        constraints = [
            models.CheckConstraint(
                name="notice_runs_forward",
                condition=Q(starts_at__lt=F("ends_at")),
                violation_error_message="Lúc kết thúc phải sau lúc bắt đầu.",
            ),
            models.CheckConstraint(
                name="notice_shown_before_its_end",
                condition=Q(show_from__lt=F("ends_at")),
                violation_error_message="Thông báo phải hiện ra trước khi kết thúc.",
            ),
            models.CheckConstraint(
                name="notice_level_known",
                condition=Q(level__in=NoticeLevel.values),
                violation_error_message="Không có loại ấy.",
            ),
        ]

    def __str__(self):
        return self.text

    def save(self, *args, **kwargs):
        self.text = one_line(self.text)
        # A site nobody has described yet may still have something to announce.
        SiteProfile.objects.get_or_create(pk=1)
        super().save(*args, **kwargs)
        cache.delete(CACHE_KEY)

    def delete(self, *args, **kwargs):
        gone = super().delete(*args, **kwargs)
        cache.delete(CACHE_KEY)
        return gone

    @classmethod
    def shown(cls, now):
        """What stands on top of the pages at `now`, the soonest first. No query when remembered."""
        return [notice for notice in frame()[1] if notice.show_from <= now < notice.ends_at]

    @classmethod
    def next_change(cls, now):
        """The next moment at which a notice appears or goes, or None. No query when remembered."""
        moments = [at for notice in frame()[1] for at in (notice.show_from, notice.ends_at)]
        return min((at for at in moments if at > now), default=None)

    def working_days_notice(self, announced_at):
        """How many whole working days lie between the announcement and the start.

        Public holidays are decided each year and not known here.
        """
        announced_on = timezone.localdate(max(announced_at, self.show_from))
        starts_on = timezone.localdate(self.starts_at)
        days = (announced_on + timedelta(days=n) for n in range(1, (starts_on - announced_on).days))
        return sum(day.weekday() < SATURDAY for day in days)


def frame():
    """(the profile, its notices that are not over): one query, and none while remembered."""
    global _last_known
    try:
        current = renewal.generation().current()
    except AWAY:
        # Then the database says it, each time.
        found = _read_frame()
        _last_known = found[0]
        return found
    kept_in, found = cache.get(CACHE_KEY, (None, None))
    # Remembered only as long as nothing public has changed: see portal.renewal.
    if kept_in != current or found is None:
        found = _read_frame()
        cache.set(CACHE_KEY, (current, found), CACHE_SECONDS)
    _last_known = found[0]
    return found


def _read_frame():
    own = [field.attname for field in SiteProfile._meta.concrete_fields]
    told = [field.attname for field in Notice._meta.concrete_fields]
    rows = list(
        SiteProfile.objects.filter(pk=1)
        .annotate(
            coming=FilteredRelation("notices", condition=Q(notices__ends_at__gt=timezone.now()))
        )
        .order_by("coming__starts_at", "coming__pk")
        .values_list(*own, *(f"coming__{name}" for name in told))
    )
    if not rows:
        return SiteProfile(name=settings.SITE_NAME), []
    profile = SiteProfile.from_db(None, own, rows[0][: len(own)])
    notices = [Notice.from_db(None, told, row[len(own) :]) for row in rows]
    return profile, [notice for notice in notices if notice.pk]
