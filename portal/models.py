"""What the frame of every page says about this site: one row, edited in the back office."""

from django.conf import settings
from django.core.cache import cache
from django.db import models
from django.db.models import Q
from django.urls import reverse

from portal.text import one_line, plain_text
from reports.share_card import card_key

CACHE_KEY = "portal.site-profile"
# Another process sees a change of the footer at the latest after this many seconds.
CACHE_SECONDS = 60


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
        profile = cache.get(CACHE_KEY)
        if profile is None:
            profile = cls.objects.filter(pk=1).first() or cls(name=settings.SITE_NAME)
            cache.set(CACHE_KEY, profile, CACHE_SECONDS)
        return profile
