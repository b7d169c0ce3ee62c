from itertools import pairwise

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils import timezone

from portal.office import OfficeAdmin
from units import registry
from units.area import area_of
from units.correcting import release, settle_successions, settle_unit
from units.kinds import UnitLevel
from units.models import (
    SUCCESSORS,
    TIMELINE,
    Succession,
    Unit,
    UnitVersion,
)
from units.names import day_text
from units.questions import OLDEST_FIRST, exists_condition


class UnitForm(forms.ModelForm):
    def clean(self):
        """The key says which system a unit belongs to, and its code there."""
        cleaned = super().clean()
        if key := cleaned.get("key"):
            self.instance.era, self.instance.code = key[:2], key[3:]
        return cleaned


class TimelineFormSet(forms.BaseInlineFormSet):
    def clean(self):
        """A timeline has no gaps and no overlaps, and spans exactly the unit's life."""
        super().clean()
        lines = [
            form.cleaned_data
            for form in self.forms
            if form.cleaned_data and not form.cleaned_data.get("DELETE")
        ]
        if any(self.errors) or not lines:
            return
        lines.sort(key=lambda line: line["valid_from"] or registry.BEGINNING)
        if lines[0]["valid_from"] != self.instance.valid_from:
            raise ValidationError(
                "Dòng đầu tiên phải bắt đầu cùng ngày với đơn vị "
                f"({_day_or(self.instance.valid_from, 'để trống')})."
            )
        if lines[-1]["valid_to"] != self.instance.valid_to:
            raise ValidationError(
                "Dòng cuối cùng phải hết cùng ngày với đơn vị "
                f"({_day_or(self.instance.valid_to, 'để trống')})."
            )
        for line, following in pairwise(lines):
            if line["valid_to"] != following["valid_from"]:
                raise ValidationError(
                    f"“{line['name']}” phải hết vào ngày “{following['name']}” bắt đầu "
                    f"({_day_or(following['valid_from'], 'chưa ghi')})."
                )


def _day_or(day, otherwise):
    return day_text(day) if day else otherwise


class VersionInline(admin.TabularInline):
    model = UnitVersion
    formset = TimelineFormSet
    fk_name = "unit"
    extra = 0
    ordering = [OLDEST_FIRST]
    autocomplete_fields = ["parent"]
    verbose_name = "tên trong một thời kỳ"
    verbose_name_plural = "Tên qua các thời kỳ (chỉ ghi khi đã từng đổi)"


class SuccessionForm(forms.ModelForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        # The two ends of a stored line stay; a wrong line is deleted and written anew.
        if self.instance.pk:
            for end in {"predecessor", "successor"}.intersection(self.fields):
                self.fields[end].disabled = True


class SuccessionInline(admin.TabularInline):
    model = Succession
    form = SuccessionForm
    extra = 0

    def get_queryset(self, request):
        queryset = super().get_queryset(request)
        return queryset.select_related("predecessor", "successor").order_by("effective_on", "pk")


class SuccessorInline(SuccessionInline):
    fk_name = "predecessor"
    autocomplete_fields = ["successor"]
    verbose_name = "đơn vị kế thừa"
    verbose_name_plural = "Nay thuộc (các đơn vị kế thừa)"


class PredecessorInline(SuccessionInline):
    fk_name = "successor"
    autocomplete_fields = ["predecessor"]
    verbose_name = "đơn vị cũ"
    verbose_name_plural = "Gồm các đơn vị cũ"


class ExistsFilter(admin.SimpleListFilter):
    title = "còn hay không"
    parameter_name = "con"

    def lookups(self, request, model_admin):
        return [("1", "Hiện nay còn"), ("0", "Không còn")]

    def queryset(self, request, queryset):
        today = exists_condition(timezone.localdate())
        return {"1": queryset.filter(today), "0": queryset.exclude(today)}.get(self.value())


class AreaFilter(admin.SimpleListFilter):
    """Everything on the ground of a province of today, former units too."""

    title = "địa bàn tỉnh, thành phố"
    parameter_name = "dia-ban"

    def lookups(self, request, model_admin):
        provinces = Unit.objects.current().filter(level=UnitLevel.PROVINCE).in_name_order()
        return [(province.pk, province.name) for province in provinces]

    def queryset(self, request, queryset):
        if self.value() not in registry.current().spans:
            return None
        return queryset.filter(pk__in=area_of(self.value()))


class CorrectedFilter(admin.SimpleListFilter):
    title = "sửa tay"
    parameter_name = "sua-tay"

    def lookups(self, request, model_admin):
        return [("1", "Đã sửa tay")]

    def queryset(self, request, queryset):
        return queryset.filter(~Q(corrected_fields=[])) if self.value() == "1" else None


@admin.register(Unit)
class UnitAdmin(OfficeAdmin):
    form = UnitForm
    list_display = ["name", "kind", "place", "years", "era", "key"]
    list_filter = ["level", "era", ExistsFilter, CorrectedFilter, AreaFilter]
    # Names are searched by `Unit.objects.matching`; this only opens the search box.
    search_fields = ["name"]
    search_help_text = "Gõ có dấu hoặc không dấu: thoi son, tx tinh bien, phường 8, quận 4."
    ordering = ["sort_key", "key"]
    list_per_page = 50
    autocomplete_fields = ["parent"]
    actions = ["release_corrections"]
    fieldsets = [
        (None, {"fields": ["key", "name", "kind", "level", "parent"]}),
        ("Thời gian", {"fields": ["valid_from", "valid_to"]}),
        ("Địa chỉ và dữ liệu", {"fields": ["slug", "corrections"]}),
    ]
    inlines = [VersionInline, SuccessorInline, PredecessorInline]

    def get_readonly_fields(self, request, obj=None):
        # Reports, addresses and the next reload hang on these two.
        return ["key", "slug", "corrections"] if obj else ["corrections"]

    @admin.display(description="thuộc")
    def place(self, unit):
        return unit.full_name_on().partition(", ")[2] or "–"

    @admin.display(description="thời gian")
    def years(self, unit):
        return unit.years_label()

    @admin.display(description="đã sửa tay")
    def corrections(self, unit):
        words = {TIMELINE: "tên qua các thời kỳ", SUCCESSORS: "đơn vị kế thừa"}
        names = [
            words.get(name) or unit._meta.get_field(name).verbose_name
            for name in unit.corrected_fields
        ]
        return ", ".join(names) or "Chưa: mọi mục đều theo dữ liệu."

    def get_search_results(self, request, queryset, search_term):
        if not search_term.strip():
            return queryset, False
        return queryset.suggested(search_term), False

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        timeline_changed, successions = False, []
        for formset in formsets:
            touched = [
                *formset.new_objects,
                *(row for row, _fields in formset.changed_objects),
                *formset.deleted_objects,
            ]
            if formset.model is Succession:
                successions += touched
            else:
                timeline_changed = bool(touched)
        settle_unit(
            form.instance,
            # A unit the data does not know yet is no correction of it.
            changed_fields=form.changed_data if change else [],
            timeline_changed=timeline_changed,
        )
        settle_successions(successions)

    def delete_model(self, request, obj):
        super().delete_model(request, obj)
        registry.changed()

    def delete_queryset(self, request, queryset):
        super().delete_queryset(request, queryset)
        registry.changed()

    @admin.action(
        description="Bỏ sửa tay (lần nạp sau lấy lại theo dữ liệu)", permissions=["change"]
    )
    def release_corrections(self, request, queryset):
        self.message_user(request, f"Đã bỏ sửa tay ở {release(queryset)} đơn vị.")
