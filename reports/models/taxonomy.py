"""How the site is ordered: sections (chuyên mục, its navigation) and topics (chủ đề)."""

from django.db import models
from django.urls import reverse

from portal.text import one_line

from .people import free_slug


class Shelf(models.Model):
    """A name with its place in a fixed order."""

    name = models.CharField("tên", max_length=120, unique=True)
    slug = models.SlugField("đường dẫn", max_length=120, unique=True, editable=False)
    order = models.PositiveSmallIntegerField("thứ tự", default=0)

    class Meta:
        abstract = True

    def __str__(self):
        return self.name

    def save(self, *args, **kwargs):
        self.name = one_line(self.name)
        # The slug stays when the name changes: addresses and bookmarks rely on it.
        self.slug = self.slug or free_slug(type(self), self.name)
        super().save(*args, **kwargs)


class Section(Shelf):
    class Meta:
        verbose_name = "chuyên mục"
        verbose_name_plural = "chuyên mục"

    def get_absolute_url(self):
        return reverse("reports:section", kwargs={"slug": self.slug})


class Topic(Shelf):
    class Meta:
        verbose_name = "chủ đề"
        verbose_name_plural = "chủ đề"

    def get_absolute_url(self):
        return reverse("reports:topic", kwargs={"slug": self.slug})
