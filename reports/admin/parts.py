"""What is written together with a report: who did it, its figures. Its photos: photo_parts."""

import math

from django import forms
from django.contrib import admin

from portal.pickers import WithPickers
from reports.models import Contribution, Figure
from reports.number_field import VietnameseNumberField
from reports.rights import may_edit

# A form with more rows than this has more fields than one request may carry; a forged number of rows
# is not drawn, a million of them kept a worker busy for half a minute.
MOST_ROWS = 300


class OfReport(WithPickers):
    """Rights of an inline are those of its report."""

    def get_formset(self, request, obj=None, **kwargs):
        most = {"max_num": MOST_ROWS, "absolute_max": MOST_ROWS}
        return super().get_formset(request, obj, **(most | kwargs))

    def has_view_permission(self, request, obj=None):
        return True

    def has_change_permission(self, request, obj=None):
        return obj is None or may_edit(request.user, obj)

    def has_add_permission(self, request, obj=None):
        return self.has_change_permission(request, obj)

    def has_delete_permission(self, request, obj=None):
        return self.has_change_permission(request, obj)


class PlaceForm(forms.ModelForm):
    """A row with a place people count from 1; the database counts from 0."""

    place = forms.IntegerField(
        label="Thứ tự",
        required=False,
        min_value=1,
        max_value=999,
        widget=forms.NumberInput(attrs={"data-place": ""}),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial["place"] = self.instance.order + 1

    def has_changed(self):
        """The page numbers its rows; a new one with nothing but a place is still an empty one."""
        changed = set(self.changed_data)
        return bool(changed if self.instance.pk else changed - {"place"})


class InOrder(forms.BaseInlineFormSet):
    """After saving, the rows are numbered without gaps in the order their places say."""

    def save(self, commit=True):
        rows = [
            form
            for form in self.forms
            if form not in self.deleted_forms and (form.instance.pk or form.has_changed())
        ]
        rows.sort(key=lambda form: form.cleaned_data.get("place") or math.inf)
        moved = []
        for order, form in enumerate(rows):
            if form.instance.order != order:
                form.instance.order = order
                if form.instance.pk and not form.has_changed():
                    moved.append(form.instance)
        saved = super().save(commit)
        for instance in moved:
            instance.save()
        return saved


class ContributionForm(PlaceForm):
    class Meta:
        model = Contribution
        fields = ["role", "person", "signed_as"]
        help_texts = {
            "role": "Vừa viết vừa chụp thì ghi hai dòng.",
            "person": "Gõ vài chữ của tên, không cần dấu.",
        }
        error_messages = {"person": {"required": "Hãy chọn người, hoặc bỏ dòng này."}}


class ContributionInline(OfReport, admin.StackedInline):
    model = Contribution
    form = ContributionForm
    formset = InOrder
    extra = 0
    autocomplete_fields = ["person"]
    fieldsets = [(None, {"fields": [("role", "person", "signed_as", "place")]})]
    verbose_name_plural = "người thực hiện"
    classes = ["ordered"]
    description = "Người viết, người chụp ảnh… in dưới bài theo đúng thứ tự này."

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("person")

    def get_extra(self, request, obj=None, **kwargs):
        """A new report waits for its first name; a stored one only shows what it has."""
        return 0 if obj else 1


class FigureForm(forms.ModelForm):
    confirmed = forms.BooleanField(
        label="Đã đối chiếu với bài",
        required=False,
        help_text="Chỉ số đã đối chiếu mới hiện ra và được cộng.",
    )

    class Meta:
        model = Figure
        fields = ["indicator", "value", "unit_of_measure", "sentence"]
        field_classes = {"value": VietnameseNumberField}
        widgets = {"sentence": forms.Textarea(attrs={"rows": 2})}
        help_texts = {
            "value": "Ví dụ: 2.811,7",
            "sentence": "Chép câu có con số ấy. Ví dụ: Bà con góp 312 ngày công.",
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial["confirmed"] = self.instance.confirmed_by_id is not None

    def save(self, commit=True):
        if "confirmed" in self.changed_data:
            self.instance.confirmed_by = self.user if self.cleaned_data["confirmed"] else None
        return super().save(commit)


class FigureInline(OfReport, admin.StackedInline):
    """The numbers that are printed with the text; what the desk counts on its own stays there."""

    model = Figure
    fk_name = "report"
    form = FigureForm
    extra = 0
    fieldsets = [
        (None, {"fields": [("indicator", "value", "unit_of_measure"), "sentence", "confirmed"]})
    ]
    classes = ["collapse"]

    def get_formset(self, request, obj=None, **kwargs):
        formset = super().get_formset(request, obj, **kwargs)
        formset.form.user = request.user
        return formset

    def get_queryset(self, request):
        return super().get_queryset(request).of_the_newsroom()
