"""Photos of a report, and pictures set into its text. Their files are public only with a report."""

import secrets

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from simple_history.models import HistoricalRecords

from portal.text import one_line

from ..renditions import PHONE_WIDTH, rendition_widths
from .people import Person
from .report import Report


def new_token():
    """A name nobody can guess: 128 bits, made by the server, never from the upload."""
    return secrets.token_hex(16)


class StoredPicture(models.Model):
    """A picture whose files lie under `anh/<token>/`, written by `reports.photos`."""

    token = models.CharField(max_length=32, db_index=True, default=new_token, editable=False)
    width = models.PositiveIntegerField(editable=False)
    height = models.PositiveIntegerField(editable=False)
    uploaded_at = models.DateTimeField("tải lên lúc", auto_now_add=True)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+"
    )

    class Meta:
        abstract = True

    @property
    def folder(self):
        """Where its files lie, below MEDIA_ROOT."""
        return f"anh/{self.token[:2]}/{self.token}"

    def url(self, name):
        """The address of one of its files: `goc.jpg`, `960.webp`."""
        return reverse("media", kwargs={"path": f"{self.folder}/{name}"})

    @property
    def widths(self):
        """The widths its files have."""
        return rendition_widths(self.width)

    def srcset(self, extension, widths=None):
        """The value of `srcset` for its files of one kind, of all widths or of some."""
        return ", ".join(
            f"{self.url(f'{width}.{extension}')} {width}w" for width in widths or self.widths
        )

    @property
    def webp_srcset(self):
        return self.srcset("webp")

    @property
    def jpeg_srcset(self):
        return self.srcset("jpg")

    @property
    def src(self):
        """The one address for browsers without srcset: the middle width."""
        return self.url(f"{self.src_width}.jpg")

    @property
    def src_width(self):
        widths = self.widths
        return widths[min(1, len(widths) - 1)]

    @property
    def src_height(self):
        return round(self.height * self.src_width / self.width)

    @property
    def phone_webp_srcset(self):
        """What phones choose from, however fine their screens.

        A link opened on weak 4G must not cost 300 kB for points nobody can tell apart.
        """
        widths = [width for width in self.widths if width <= PHONE_WIDTH] or self.widths[:1]
        return self.srcset("webp", widths)

    @property
    def largest(self):
        """The widest rendition, for a look at the details."""
        return self.url(f"{self.widths[-1]}.jpg")

    @property
    def original(self):
        """What a newspaper asks for: up to 4096 points, without the phone's EXIF."""
        return self.url("goc.jpg")

    # The narrowest rendition, for lists.

    @property
    def small_width(self):
        return self.widths[0]

    @property
    def small_height(self):
        return round(self.height * self.small_width / self.width)

    @property
    def small_webp(self):
        return self.url(f"{self.small_width}.webp")

    @property
    def small_jpeg(self):
        return self.url(f"{self.small_width}.jpg")


class Photo(StoredPicture):
    """A picture of a report with its words. Several reports may show the same files (`token`): one
    taken from the unit's library, or the new version of a published report.
    """

    report = models.ForeignKey(Report, models.CASCADE, related_name="photos", verbose_name="bài")
    caption = models.CharField(
        "chú thích", max_length=400, blank=True, help_text="Ai, đang làm gì, ở đâu."
    )
    alt = models.CharField(
        "mô tả cho người không xem được ảnh",
        max_length=300,
        blank=True,
        help_text="Ví dụ: Bảy người đứng trên cây cầu bê tông mới.",
    )
    credit = models.ForeignKey(
        Person,
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name="người chụp",
        related_name="photos",
    )
    credit_text = models.CharField(
        "nguồn ảnh",
        max_length=120,
        blank=True,
        help_text="Khi ảnh không phải của người trong danh sách. Ví dụ: TTXVN",
    )
    order = models.PositiveSmallIntegerField("thứ tự", default=0)
    focal_x = models.PositiveSmallIntegerField("tâm ảnh (ngang, %)", default=50)
    focal_y = models.PositiveSmallIntegerField("tâm ảnh (dọc, %)", default=50)

    history = HistoricalRecords(verbose_name="lịch sử ảnh", verbose_name_plural="lịch sử ảnh")

    class Meta:
        verbose_name = "ảnh"
        verbose_name_plural = "ảnh"
        ordering = ["order", "pk"]
        constraints = [
            models.CheckConstraint(
                name="photo_focus_inside",
                condition=Q(focal_x__lte=100, focal_y__lte=100),
                violation_error_message="Tâm ảnh tính bằng phần trăm, từ 0 đến 100.",
            ),
            models.UniqueConstraint(
                fields=["report", "token"],
                name="photo_once_a_report",
                violation_error_message="Bài đã có ảnh này.",
            ),
        ]

    def __str__(self):
        return self.caption or f"Ảnh {self.order + 1}"

    def save(self, *args, **kwargs):
        from ..search.index import refresh

        for field in ("caption", "alt", "credit_text"):
            setattr(self, field, one_line(getattr(self, field)))
        super().save(*args, **kwargs)
        refresh(self.report_id)

    def delete(self, *args, **kwargs):
        from ..search.index import refresh

        gone = super().delete(*args, **kwargs)
        refresh(self.report_id)
        return gone

    @property
    def credit_words(self):
        """Who took it, as printed: a person with the agency, either, or nothing."""
        names = [self.credit.name if self.credit_id else "", self.credit_text]
        return " – ".join(name for name in names if name)

    @property
    def alt_words(self):
        return self.alt or self.caption


class BodyPicture(StoredPicture):
    """A picture inside the text. Public exactly when a published report's text shows it."""

    reports = models.ManyToManyField(Report, related_name="body_pictures", editable=False)

    class Meta:
        verbose_name = "ảnh trong nội dung"
        verbose_name_plural = "ảnh trong nội dung"
        constraints = [
            models.UniqueConstraint(fields=["token"], name="body_picture_once"),
        ]

    def __str__(self):
        return self.token
