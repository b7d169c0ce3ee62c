"""What is written together with a report: who did it, its photos, its figures."""

import math

from django import forms
from django.contrib import admin
from django.db.models import Max

from reports.models import Contribution, Figure, Photo
from reports.number_field import VietnameseNumberField
from reports.photos import (
    PictureField,
    become_photo,
    delete_files_later,
    keep_for_later,
    waiting_pictures,
)
from reports.rights import may_edit


class OfReport:
    """Rights of an inline are those of its report."""

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


class PhotoForm(PlaceForm):
    """A stored photo's words; for a new one also its file, which outlives a failed saving."""

    user = None

    upload = PictureField(label="Tệp ảnh", required=False)
    kept = forms.CharField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = Photo
        fields = ["caption", "alt", "credit", "credit_text", "focal_x", "focal_y"]
        labels = {"alt": "mô tả cho người không xem được ảnh"}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.waiting = None
        for name in ("focal_x", "focal_y"):
            self.fields[name].required = False
        if self.instance.pk:
            del self.fields["upload"], self.fields["kept"]

    @property
    def preview(self):
        """The picture to show beside the words: stored, or waiting for the form to be right."""
        return self.instance if self.instance.pk else self.waiting

    def clean(self):
        cleaned = super().clean()
        for name in ("focal_x", "focal_y"):
            if cleaned.get(name) is None and name not in self.errors:
                cleaned[name] = 50
        if self.instance.pk or "upload" in self.errors:
            return cleaned
        if cleaned.get("upload"):
            self.waiting = keep_for_later(cleaned["upload"], by=self.user)
            self.data = self.data.copy()
            self.data[self.add_prefix("kept")] = self.waiting.token
        elif cleaned.get("kept"):
            self.waiting = waiting_pictures([cleaned["kept"]], by=self.user).get(cleaned["kept"])
        if self.waiting is None:
            self.add_error("upload", "Hãy chọn tệp ảnh cho dòng này, hoặc bỏ dòng này.")
        return cleaned

    def save(self, commit=True):
        if self.waiting is None:
            return super().save(commit)
        photo = super().save(commit=False)
        become_photo(self.waiting, photo)
        return photo


class PhotoFormSet(InOrder):
    def delete_existing(self, obj, commit=True):
        super().delete_existing(obj, commit)
        if commit:
            delete_files_later(obj)


class PhotoInline(OfReport, admin.StackedInline):
    model = Photo
    form = PhotoForm
    formset = PhotoFormSet
    extra = 0
    autocomplete_fields = ["credit"]
    # The file itself stands beside its picture (row_template).
    fieldsets = [
        (None, {"fields": ["caption", "alt", ("credit", "credit_text", "place")]}),
        ("Tâm ảnh khi cắt", {"fields": [("focal_x", "focal_y")], "classes": ["collapse"]}),
    ]
    row_template = "admin/reports/photo_row.html"
    description = "Ảnh đầu tiên đứng cạnh tít và trên thẻ chia sẻ. Kéo, hoặc bấm ↑ ↓ để đổi chỗ."
    classes = ["ordered"]

    def get_formset(self, request, obj=None, **kwargs):
        formset = super().get_formset(request, obj, **kwargs)
        formset.form.user = request.user
        return formset


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

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial["confirmed"] = self.instance.confirmed_by_id is not None

    def save(self, commit=True):
        if "confirmed" in self.changed_data:
            self.instance.confirmed_by = self.user if self.cleaned_data["confirmed"] else None
        return super().save(commit)


class FigureInline(OfReport, admin.StackedInline):
    model = Figure
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


def add_photos(report, waiting_photos):
    """Append pictures that came in together to the report's photos, in the order they came."""
    last = report.photos.aggregate(last=Max("order"))["last"]
    for order, waiting in enumerate(waiting_photos, 0 if last is None else last + 1):
        become_photo(waiting, Photo(report=report, order=order))
