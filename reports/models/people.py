"""Who writes and who hosts: persons with their pen names, organisations with their many spellings."""

from django.conf import settings
from django.db import models
from django.urls import reverse

from portal.text import fold, one_line, sort_key, vietnamese_slug


class OrganisationQuerySet(models.QuerySet):
    def matching(self, text):
        """Organisations whose name, short name or alias holds every word of `text`, unmarked."""
        for word in fold(text).split():
            self = self.filter(folded__contains=word)
        return self.order_by("sort_key")


class Organisation(models.Model):
    """Cơ quan, tổ chức: the Front, a union, an association, a party committee's board, a centre."""

    name = models.CharField("tên", max_length=200, unique=True, help_text="Ví dụ: Hội Nông dân")
    short_name = models.CharField("tên tắt", max_length=50, blank=True, help_text="Ví dụ: HND")
    aliases = models.TextField(
        "cách viết khác",
        blank=True,
        help_text="Mỗi dòng một cách viết. Ví dụ: Trung tâm VH–TT–TT",
    )
    slug = models.SlugField("đường dẫn", max_length=120, unique=True, editable=False)
    folded = models.TextField(editable=False)
    sort_key = models.CharField(max_length=900, editable=False)

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        verbose_name = "tổ chức"
        verbose_name_plural = "tổ chức"

    def __str__(self):
        return self.name

    def save(self, *args, **kwargs):
        self.name = one_line(self.name)
        self.slug = self.slug or free_slug(Organisation, self.name)
        self.folded = fold(" ".join((self.name, self.short_name, self.aliases)))
        self.sort_key = sort_key(self.name)[:900]
        super().save(*args, **kwargs)


class PersonQuerySet(models.QuerySet):
    def published(self, now):
        """Persons whom readers may know: those with a published work."""
        from .credits import Contribution
        from .report import Report

        signed = Contribution.objects.filter(report__in=Report.objects.published(now))
        return self.filter(models.Exists(signed.filter(person=models.OuterRef("pk"))))

    def matching(self, text):
        """Persons whose name or pen name holds every word of `text`, unmarked."""
        for word in fold(text).split():
            self = self.filter(folded__contains=word)
        return self.order_by("sort_key", "pk")

    def named(self, name):
        """Persons who sign exactly so, marks included: their name or one of their pen names."""
        name = one_line(name)
        return self.filter(
            models.Q(name__iexact=name) | models.Q(pen_names__name__iexact=name)
        ).distinct()


class PersonManager(models.Manager.from_queryset(PersonQuerySet)):
    """Everybody but those merged into somebody else, whose rows only remember their old address."""

    def get_queryset(self):
        return super().get_queryset().filter(merged_into=None)

    def known_by(self, pk):
        """The person with this key, or the one whom that person was merged into; None without."""
        everybody = PersonQuerySet(self.model, using=self._db)
        person = everybody.select_related("merged_into").filter(pk=pk).first()
        return person and (person.merged_into or person)


class Person(models.Model):
    """Somebody who writes, photographs, edits or informs. A login name never shows in public."""

    name = models.CharField("họ tên (bút danh chính)", max_length=120)
    slug = models.SlugField("đường dẫn", max_length=120, editable=False)
    organisation = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name="tổ chức",
        related_name="people",
    )
    unit = models.ForeignKey(
        "units.Unit",
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name="đơn vị",
        related_name="people",
    )
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name="tài khoản",
        related_name="person",
        help_text="Nếu người này đăng nhập để viết bài. Tên đăng nhập không bao giờ hiện ra ngoài.",
    )
    # Set by `reports.merging`, always to somebody who is not merged; see PersonManager.
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, editable=False, related_name="merged_from"
    )
    folded = models.TextField(editable=False)
    sort_key = models.CharField(max_length=900, editable=False)

    objects = PersonManager()

    class Meta:
        verbose_name = "tác giả"
        verbose_name_plural = "tác giả"

    def __str__(self):
        return self.name

    def save(self, *args, **kwargs):
        self.name = one_line(self.name)
        self.slug = self.slug or vietnamese_slug(self.name)
        self.sort_key = person_sort_key(self.name)
        names = [self.name]
        if self.pk:
            names += self.pen_names.values_list("name", flat=True)
        self.folded = fold(" | ".join(names))
        super().save(*args, **kwargs)
        self._tell_search()

    def _tell_search(self):
        """Reports are found by the names of those who signed them: a corrected name is no exception."""
        from ..search.index import refresh_entries

        if self._known_as not in (None, self.name):
            signed = set(self.contributions.values_list("report", flat=True))
            refresh_entries(signed.union(self.photos.values_list("report", flat=True)))
        self._known_as = self.name

    # The name as it came from the database; None for a person not stored yet.
    _known_as = None

    @classmethod
    def from_db(cls, db, field_names, values):
        person = super().from_db(db, field_names, values)
        person._known_as = person.__dict__.get("name")
        return person

    def get_absolute_url(self):
        return reverse("reports:person", kwargs={"slug": self.slug, "pk": self.pk})


class PenName(models.Model):
    """Bút danh: another name under which the same person signs and is paid."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="pen_names")
    name = models.CharField("bút danh", max_length=120)

    class Meta:
        verbose_name = "bút danh"
        verbose_name_plural = "bút danh"
        constraints = [
            models.UniqueConstraint(
                fields=["person", "name"],
                name="pen_name_once_a_person",
                violation_error_message="Người này đã có bút danh ấy.",
            )
        ]

    def __str__(self):
        return self.name

    def save(self, *args, **kwargs):
        self.name = one_line(self.name)
        super().save(*args, **kwargs)
        self.person.save()  # the person's search text holds every pen name

    def delete(self, *args, **kwargs):
        gone = super().delete(*args, **kwargs)
        self.person.save()
        return gone


def person_sort_key(name):
    """Vietnamese people are listed by given name: `Lê Thị Hạnh` sorts under H."""
    words = name.split()
    return sort_key(" ".join(words[-1:] + words[:-1]))[:900]


def free_slug(model, text):
    """A slug of `text` that no row of `model` has; the second gets `-2`."""
    slug, number = vietnamese_slug(text, 100), 1
    while model.objects.filter(slug=slug if number == 1 else f"{slug}-{number}").exists():
        number += 1
    return slug if number == 1 else f"{slug}-{number}"
