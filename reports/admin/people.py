"""Persons with their pen names, and organisations."""

from django import forms
from django.contrib import admin

from portal.office import OfficeAdmin
from reports.models import Organisation, PenName, Person
from reports.rights import may_change_person, writable_units

from .merging import WithMerging
from .writers import WritersAdmin


class PenNameInline(admin.TabularInline):
    model = PenName
    extra = 0
    fields = ["name"]
    verbose_name_plural = "bút danh khác"

    def get_formset(self, request, obj=None, **kwargs):
        help_texts = {"name": "Tên khác người này từng ký. Ví dụ: Thoại Giang"}
        return super().get_formset(request, obj, help_texts=help_texts, **kwargs)

    def has_view_permission(self, request, obj=None):
        return True

    # Whoever may change the person may change their pen names.
    def _parent(self, request, obj):
        return self.admin_site._registry[Person].has_change_permission(request, obj)

    def has_add_permission(self, request, obj=None):
        return self._parent(request, obj)

    def has_change_permission(self, request, obj=None):
        return self._parent(request, obj)

    def has_delete_permission(self, request, obj=None):
        return self._parent(request, obj)


class PersonForm(forms.ModelForm):
    class Meta:
        model = Person
        fields = ["name", "organisation", "unit", "user"]
        help_texts = {
            "name": "Viết như in dưới bài. Ví dụ: Minh Ngọc",
            "organisation": "Nếu thường ký kèm cơ quan. Ví dụ: Trung tâm VH–TT–TT",
            "unit": "Nơi người này thường viết. Người viết của đơn vị ấy sửa được trang này.",
        }

    def clean_unit(self):
        """Only system administrators keep persons who belong to no unit."""
        unit = self.cleaned_data.get("unit")
        if unit is None and not self.may_be_nowhere:
            raise forms.ValidationError("Hãy chọn đơn vị của người này.")
        return unit


@admin.register(Person)
class PersonAdmin(WithMerging, WritersAdmin):
    form = PersonForm
    list_display = ["name", "pen_names_shown", "organisation", "unit_shown"]
    list_select_related = ["organisation", "unit"]
    search_fields = ["name"]
    search_help_text = "Họ tên hoặc bút danh, không cần gõ dấu."
    ordering = ["sort_key", "pk"]
    autocomplete_fields = ["organisation", "unit", "user"]
    inlines = [PenNameInline]

    @admin.display(description="bút danh khác")
    def pen_names_shown(self, person):
        return ", ".join(pen_name.name for pen_name in person.pen_names.all()) or "–"

    @admin.display(description="đơn vị", ordering="unit__sort_key")
    def unit_shown(self, person):
        return person.unit.full_name_on() if person.unit else "–"

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("pen_names")

    def get_fields(self, request, obj=None):
        # Which account belongs to whom is for system administrators.
        fields = ["name", "organisation", "unit"]
        return [*fields, "user"] if request.user.is_superuser else fields

    def get_form(self, request, obj=None, **kwargs):
        form = super().get_form(request, obj, **kwargs)
        form.may_be_nowhere = request.user.is_superuser
        return form

    def choice_label(self, person):
        """`Minh Ngọc – Trung tâm VH–TT–TT`: two persons of one name are told apart."""
        place = person.organisation or (person.unit.full_name_on() if person.unit else "")
        return f"{person.name} – {place}" if place else person.name

    def has_change_permission(self, request, obj=None):
        if not super().has_change_permission(request, obj):
            return False
        return obj is None or may_change_person(request.user, obj)

    def has_delete_permission(self, request, obj=None):
        return request.user.is_active and request.user.is_superuser


@admin.register(Organisation)
class OrganisationAdmin(OfficeAdmin):
    """Shared by all units: writers add what is missing, system administrators change."""

    list_display = ["name", "short_name"]
    search_fields = ["name"]
    search_help_text = "Tên, tên tắt hoặc cách viết khác, không cần gõ dấu."
    ordering = ["sort_key"]
    fields = ["name", "short_name", "aliases"]

    def has_add_permission(self, request):
        return self._is_member(request) and writable_units(request.user) != set()

    def choice_label(self, organisation):
        short = organisation.short_name
        return f"{organisation.name} ({short})" if short else organisation.name
