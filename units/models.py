"""Who reports: units of two systems, their names by date, and what became of them.

Everything printed about a unit (names of a day, parents, years) is answered by the registry in
memory, so labels cost no query. `save()`, the loader and the back office keep that registry fresh;
whoever updates or deletes rows in another way calls `units.registry.changed()` afterwards.
"""

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from units import area, naming, registry
from units.kinds import Era, UnitKind, UnitLevel
from units.names import name_sort_key, search_columns
from units.questions import UnitQuerySet
from units.slugs import free_slug

# Fields an administrator may correct and the loader then leaves alone, plus the two lists beside
# a unit that are corrected as a whole: its timeline, and what succeeded it.
DATA_FIELDS = ("name", "kind", "level", "parent", "valid_from", "valid_to")
TIMELINE, SUCCESSORS = "versions", "successors"


_RANKS = {UnitLevel.PROVINCE: 0, UnitLevel.DISTRICT: 1, UnitLevel.COMMUNE: 2}


def check_parent(level, era, parent):
    """Raise a ValidationError unless `parent` can stand above; so no circle can arise."""
    if parent is None or level not in (UnitLevel.DISTRICT, UnitLevel.COMMUNE):
        return
    if _RANKS[parent.level] >= _RANKS[level]:
        allowed = "cấp tỉnh hoặc cấp huyện" if level == UnitLevel.COMMUNE else "cấp tỉnh"
        raise ValidationError({"parent": f"Đơn vị cấp trên phải là {allowed}."})
    if parent.era != era:
        raise ValidationError({"parent": "Đơn vị cấp trên phải thuộc cùng hệ thống."})


class Unit(models.Model):
    """A province, district or commune of one of the two systems, for the whole of its life.

    `name`, `kind` and `parent` are the latest; `UnitVersion` has the earlier ones.
    """

    key = models.CharField(
        "mã",
        max_length=12,
        primary_key=True,
        validators=[RegexValidator(r"^t[23]-\d{2,5}\Z", "Mã có dạng t2-30502 hoặc t3-890.")],
        help_text="Hệ thống và mã thống kê, ví dụ t2-30502 (hai cấp), t3-890 (ba cấp).",
    )
    code = models.CharField("mã thống kê", max_length=8)
    name = models.CharField(
        "tên", max_length=120, help_text="Tên đầy đủ hiện nay (hoặc cuối cùng): Phường Thới Sơn."
    )
    level = models.CharField("cấp", max_length=10, choices=UnitLevel)
    kind = models.CharField("loại", max_length=20, choices=UnitKind)
    parent = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name="đơn vị cấp trên",
    )
    era = models.CharField("hệ thống", max_length=2, choices=Era)
    valid_from = models.DateField(
        "có từ ngày", null=True, blank=True, help_text="Để trống: có từ trước ngày 6/10/2019."
    )
    valid_to = models.DateField(
        "hết từ ngày",
        null=True,
        blank=True,
        help_text="Ngày đầu tiên đơn vị không còn nữa. Để trống: vẫn còn.",
    )
    slug = models.SlugField(
        "tên trong địa chỉ",
        max_length=120,
        unique=True,
        blank=True,
        help_text="Đã đặt thì không đổi: người đọc đã lưu địa chỉ.",
    )
    sort_key = models.CharField(max_length=400, editable=False)
    folded_names = models.TextField(editable=False)
    marked_names = models.TextField(editable=False)
    corrected_fields = models.JSONField(
        "đã sửa tay",
        default=list,
        blank=True,
        editable=False,
        help_text="Những mục này giữ nguyên khi nạp lại dữ liệu.",
    )

    objects = UnitQuerySet.as_manager()

    class Meta:
        verbose_name = "đơn vị"
        verbose_name_plural = "đơn vị"
        indexes = [
            # The tree of today, the provinces of a filter, the communes of a province in order.
            models.Index(fields=["era", "level", "sort_key"], name="unit_tree"),
        ]
        constraints = [
            models.CheckConstraint(
                name="unit_life_runs_forward",
                condition=Q(valid_from__lt=F("valid_to")),
                violation_error_message="Ngày hết phải sau ngày bắt đầu.",
            ),
            models.CheckConstraint(
                name="unit_parent_fits_level",
                condition=Q(level=UnitLevel.PROVINCE, parent=None)
                | Q(level__in=[UnitLevel.DISTRICT, UnitLevel.COMMUNE], parent__isnull=False),
                violation_error_message=(
                    "Đơn vị cấp tỉnh không có cấp trên; đơn vị cấp huyện, cấp xã phải có."
                ),
            ),
            models.CheckConstraint(
                name="unit_is_not_its_own_parent",
                condition=~Q(parent=F("key")),
                violation_error_message="Đơn vị không thể là cấp trên của chính mình.",
            ),
            models.CheckConstraint(
                name="unit_kind_is_known",
                condition=Q(kind__in=UnitKind.values),
                violation_error_message="Hãy chọn loại đơn vị trong danh sách.",
            ),
            models.CheckConstraint(
                name="unit_key_names_its_era",
                condition=Q(era=Era.TWO_TIER, key__startswith="t2-")
                | Q(era=Era.THREE_TIER, key__startswith="t3-"),
                violation_error_message="Mã phải bắt đầu bằng t2- (hai cấp) hoặc t3- (ba cấp).",
            ),
        ]

    def __str__(self):
        return self.label_with_context

    def save(self, **kwargs):
        """Keep order, search text and slug in step with the name, and the registry fresh."""
        self.fill_derived([(version.name, version.kind) for version in self._versions_if_saved()])
        if not self.slug:
            self.slug = free_slug(self)
        if (fields := kwargs.get("update_fields")) is not None:
            derived = {"sort_key", "folded_names", "marked_names", "slug"}
            kwargs["update_fields"] = derived.union(fields)
        super().save(**kwargs)
        registry.changed()

    def clean(self):
        check_parent(self.level, self.era, self.parent)

    def get_absolute_url(self):
        return reverse("units:detail", args=[self.slug])

    def _versions_if_saved(self):
        return [] if self._state.adding else self.versions.all()

    def fill_derived(self, earlier_names=()):
        """Compute what is stored only to be sorted and searched by; nothing is saved."""
        self.sort_key = name_sort_key(self.name, self.kind)
        self.folded_names, self.marked_names = search_columns((self.name, self.kind), earlier_names)

    # --- names of a day ---------------------------------------------------------------------

    def name_on(self, day=None):
        """`Xã Thới Sơn`: the name on `day`, or on the nearest day of the unit's life.

        Without a day, the latest name.
        """
        return naming.name_on(self, day)

    def full_name_on(self, day=None):
        """`Phường Thới Sơn, thị xã Tịnh Biên, tỉnh An Giang`: name and parents as of `day`."""
        return naming.full_name_on(self, day)

    def exists_on(self, day):
        return (self.valid_from is None or self.valid_from <= day) and (
            self.valid_to is None or day < self.valid_to
        )

    def years_label(self):
        """`10/4/2023–30/6/2025`, `từ 1/7/2025`, `đến 30/6/2025`; empty when nothing is known."""
        return naming.years_label(self.valid_from, self.valid_to)

    @property
    def label_with_context(self):
        """`Phường Thới Sơn, thị xã Tịnh Biên, tỉnh An Giang (đến 30/6/2025)`.

        For every place where one of several homonyms is chosen or shown.
        """
        years = self.years_label()
        return f"{self.full_name_on()} ({years})" if years else self.full_name_on()

    # --- what became of it -------------------------------------------------------------------

    def parents_on(self, day=None):
        """The units above this one on `day`, nearest first; one query."""
        return _in_order(area.ancestors_on(self, day))

    def successors_today(self, today=None):
        """[(unit, is_partial)] that stand in this unit's place today; empty while it exists.

        See `area.successors_on` for the rule; one query.
        """
        partial = area.successors_on(self, today)
        units = Unit.objects.filter(pk__in=partial).select_related("parent__parent")
        return [(unit, partial[unit.pk]) for unit in units.in_name_order()]


def _in_order(keys):
    units = Unit.objects.select_related("parent__parent").in_bulk(keys) if keys else {}
    return [units[key] for key in keys]


class UnitVersion(models.Model):
    """One stretch of a unit's life under one name, kind and parent.

    Units whose name, kind or parent ever changed have their whole timeline here, without gaps;
    all other units have no row.
    """

    # The unique constraint below starts with this column and serves its look-ups.
    unit = models.ForeignKey(
        Unit,
        on_delete=models.PROTECT,
        related_name="versions",
        db_index=False,
        verbose_name="đơn vị",
    )
    name = models.CharField("tên", max_length=120)
    kind = models.CharField("loại", max_length=20, choices=UnitKind)
    parent = models.ForeignKey(
        Unit,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="đơn vị cấp trên",
    )
    valid_from = models.DateField("từ ngày", null=True, blank=True)
    valid_to = models.DateField(
        "đến trước ngày", null=True, blank=True, help_text="Ngày đầu tiên của tên tiếp theo."
    )

    class Meta:
        verbose_name = "tên qua các thời kỳ"
        verbose_name_plural = "tên qua các thời kỳ"
        constraints = [
            models.CheckConstraint(
                name="version_runs_forward",
                condition=Q(valid_from__lt=F("valid_to")),
                violation_error_message="Ngày hết phải sau ngày bắt đầu.",
            ),
            models.CheckConstraint(
                name="version_kind_is_known",
                condition=Q(kind__in=UnitKind.values),
                violation_error_message="Hãy chọn loại đơn vị trong danh sách.",
            ),
            models.UniqueConstraint(
                name="version_starts_once",
                fields=["unit", "valid_from"],
                violation_error_message="Đã có một tên bắt đầu từ ngày này.",
            ),
            # NULL never equals NULL in the constraint above.
            models.UniqueConstraint(
                name="version_has_one_beginning",
                fields=["unit"],
                condition=Q(valid_from=None),
                violation_error_message="Chỉ một tên được để trống ngày bắt đầu.",
            ),
        ]

    def __str__(self):
        years = naming.years_label(self.valid_from, self.valid_to)
        return f"{self.name} ({years})" if years else self.name

    def save(self, **kwargs):
        super().save(**kwargs)
        registry.changed()

    def clean(self):
        check_parent(self.unit.level, self.unit.era, self.parent)


class SuccessionKind(models.TextChoices):
    WHOLE = "whole", "toàn bộ"
    PART = "part", "một phần"


class Succession(models.Model):
    """From `effective_on`, the ground of one unit (or a part of it) belongs to another."""

    # The unique constraint below starts with this column and serves its look-ups.
    predecessor = models.ForeignKey(
        Unit,
        on_delete=models.PROTECT,
        related_name="successions_out",
        db_index=False,
        verbose_name="đơn vị cũ",
    )
    successor = models.ForeignKey(
        Unit,
        on_delete=models.PROTECT,
        related_name="successions_in",
        verbose_name="đơn vị mới",
    )
    kind = models.CharField(
        "phạm vi",
        max_length=5,
        choices=SuccessionKind,
        default=SuccessionKind.WHOLE,
        help_text="Một phần: đơn vị cũ được chia cho nhiều đơn vị.",
    )
    effective_on = models.DateField("từ ngày")
    basis = models.CharField(
        "căn cứ", max_length=120, blank=True, help_text="Ví dụ: Nghị quyết 1685/NQ-UBTVQH15."
    )

    class Meta:
        verbose_name = "kế thừa"
        verbose_name_plural = "kế thừa"
        constraints = [
            models.UniqueConstraint(
                name="succession_once",
                fields=["predecessor", "successor"],
                violation_error_message="Hai đơn vị này đã được nối với nhau.",
            ),
            models.CheckConstraint(
                name="succession_between_two",
                condition=~Q(predecessor=F("successor")),
                violation_error_message="Đơn vị cũ và đơn vị mới phải khác nhau.",
            ),
            models.CheckConstraint(
                name="succession_kind_is_known",
                condition=Q(kind__in=SuccessionKind.values),
                violation_error_message="Phạm vi là toàn bộ hoặc một phần.",
            ),
        ]

    def __str__(self):
        return f"{self.predecessor.full_name_on()} → {self.successor.full_name_on()}"

    def save(self, **kwargs):
        super().save(**kwargs)
        registry.changed()


class RegistryState(models.Model):
    """One row that changes whenever a unit does; each process compares it with what it holds."""

    id = models.SmallIntegerField(primary_key=True, default=1)
    generation = models.CharField(max_length=32)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = "tình trạng danh mục đơn vị"
        verbose_name_plural = "tình trạng danh mục đơn vị"
        constraints = [
            models.CheckConstraint(name="registry_state_is_one_row", condition=Q(id=1)),
        ]

    def __str__(self):
        return self.generation
