"""The photos written together with a report: new ones, stored ones, and ones out of the library."""

from django import forms
from django.contrib import admin
from django.db.models import Max
from django.utils.functional import cached_property

from reports.alt_text import alt_complaint
from reports.library import of_library
from reports.models import ContributionRole, Photo
from reports.photos import (
    MOST_AT_ONCE,
    PictureField,
    PictureGone,
    become_photo,
    keep_for_later,
    show_again,
    waiting_pictures,
)

from .parts import InOrder, OfReport, PlaceForm

# In the address of a new report's form: the pictures it begins with.
STARTED_WITH = "anh"


class PhotoForm(PlaceForm):
    """A stored photo's words; for a new one also its file, which outlives a failed saving.

    `offered` is {token: picture} of what a new row may show (`PhotoFormSet.offered`).
    """

    user = None

    upload = PictureField(label="Tệp ảnh", required=False)
    kept = forms.CharField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = Photo
        fields = ["caption", "alt", "credit", "credit_text", "focal_x", "focal_y"]
        labels = {"alt": "mô tả cho người không xem được ảnh"}
        help_texts = {
            "caption": "Ai, đang làm gì, ở đâu. Ví dụ: Bà con ấp Mỹ An trồng hoa ven đường, sáng 2/7.",
            "alt": "Tả điều nhìn thấy, cho người nghe trang; đừng chép lại chú thích. "
            "Ví dụ: Bảy người đứng trên cây cầu bê tông mới.",
            "credit": "Gõ vài chữ của tên, không cần dấu.",
        }

    def __init__(self, *args, report=None, offered=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.report, self.offered = report, offered or {}
        self.waiting = self.source = None
        for name in ("focal_x", "focal_y"):
            self.fields[name].required = False
        if self.instance.pk:
            del self.fields["upload"], self.fields["kept"]
        elif not self.is_bound:
            self._take_up(self.initial.get("kept"))

    def _take_up(self, token):
        picture = self.offered.get(token)
        if isinstance(picture, Photo):
            self.source = picture
        else:
            self.waiting = picture

    @property
    def preview(self):
        """The picture to show beside the words: stored, taken from elsewhere, or waiting for the
        form to be right.
        """
        return self.instance if self.instance.pk else self.waiting or self.source

    @property
    def lacks(self):
        """What readers will miss, in words: `chú thích, người chụp`."""
        words = {
            "chú thích": ["caption"],
            "người chụp": ["credit", "credit_text"],
            "mô tả": ["alt"],
        }
        return ", ".join(
            word for word, names in words.items() if not any(self[name].value() for name in names)
        )

    def clean(self):
        cleaned = super().clean()
        for name in ("focal_x", "focal_y"):
            if cleaned.get(name) is None and name not in self.errors:
                cleaned[name] = 50
        self._judge_alt(cleaned)
        if self.instance.pk or "upload" in self.errors:
            return cleaned
        if cleaned.get("upload"):
            self.waiting = keep_for_later(cleaned["upload"], by=self.user)
            self.data = self.data.copy()
            self.data[self.add_prefix("kept")] = self.waiting.token
        elif cleaned.get("kept"):
            self._take_up(cleaned["kept"])
        if self.preview is None:
            self.add_error("upload", "Hãy chọn tệp ảnh cho dòng này, hoặc bỏ dòng này.")
        return cleaned

    def _judge_alt(self, cleaned):
        """What stood there before nobody looked is no reason to refuse a mended title."""
        if self.instance.pk and "alt" not in self.changed_data:
            return
        title = self.report.title if self.report else ""
        words = {"caption": cleaned.get("caption", ""), "title": title}
        if complaint := alt_complaint(cleaned.get("alt", ""), **words):
            self.add_error("alt", complaint)

    def save(self, commit=True):
        if self.waiting is None and self.source is None:
            return super().save(commit)
        photo = super().save(commit=False)
        if self.waiting:
            become_photo(self.waiting, photo)
        else:
            show_again(self.source, photo)
        return photo


class PhotoFormSet(InOrder):
    """`started_with` are tokens whose pictures a new form begins with."""

    user, started_with = None, ()

    def __init__(self, *args, **kwargs):
        if self.started_with and not (args or kwargs.get("data")):
            kwargs["initial"] = [
                {"kept": token, "place": place} for place, token in enumerate(self.started_with, 1)
            ]
        super().__init__(*args, **kwargs)

    @cached_property
    def offered(self):
        """{token: picture} of all new rows: the person's own uploads, and photos of the library."""
        tokens = list(self.started_with)
        if self.is_bound:
            ending = "-kept"
            tokens = [
                value
                for name, value in self.data.items()
                if name.startswith(f"{self.prefix}-") and name.endswith(ending) and value
            ]
        if not tokens:
            return {}
        return of_library(tokens, self.user) | waiting_pictures(
            tokens, by=self.user, hold=self.is_bound
        )

    def get_form_kwargs(self, index):
        own = {"report": self.instance, "offered": self.offered}
        return super().get_form_kwargs(index) | own

    def clean(self):
        """One report shows a picture once."""
        super().clean()
        seen = set()
        for form in self.forms:
            if form in self.deleted_forms or form.preview is None:
                continue
            if form.preview.token in seen:
                form.add_error(None, "Bài đã có ảnh này. Hãy bỏ dòng này.")
            seen.add(form.preview.token)

    def save_new(self, form, commit=True):
        photo = form.instance
        if not photo.credit_id and not photo.credit_text:
            photo.credit_id = self._only_photographer
        return super().save_new(form, commit)

    @cached_property
    def _only_photographer(self):
        return only_photographer(self.instance)


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

    class Media:
        js = ["admin-dv/uploads.js", "admin-dv/focus.js", "admin-dv/library.js"]

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("credit", "report__unit")

    def get_extra(self, request, obj=None, **kwargs):
        return len(_started_with(request, obj))

    def get_formset(self, request, obj=None, **kwargs):
        formset = super().get_formset(request, obj, **kwargs)
        formset.user = formset.form.user = request.user
        formset.started_with = _started_with(request, obj)
        return formset


def _started_with(request, report):
    """The tokens in the address of a new report's form that are pictures this person may show."""
    if report is not None or request.method not in ("GET", "HEAD"):
        return ()
    if not hasattr(request, "_started_with"):
        tokens = request.GET.get(STARTED_WITH, "").split()[:MOST_AT_ONCE]
        known = set()
        if tokens:
            known = {*waiting_pictures(tokens, by=request.user), *of_library(tokens, request.user)}
        request._started_with = [token for token in dict.fromkeys(tokens) if token in known]
    return request._started_with


def only_photographer(report):
    """The key of the person whose photos these are: the byline's photographer, if there is just one."""
    signed = report.contributions.filter(role=ContributionRole.PHOTOGRAPHER)
    keys = list(signed.values_list("person", flat=True)[:2])
    return keys[0] if len(keys) == 1 else None


def add_photos(report, waiting_photos):
    """Append pictures that came in together to the report's photos, in the order they came."""
    if not waiting_photos:
        return
    last = report.photos.aggregate(last=Max("order"))["last"]
    credit = only_photographer(report)
    order = 0 if last is None else last + 1
    for waiting in waiting_photos:
        try:
            become_photo(waiting, Photo(report=report, order=order, credit_id=credit))
        except PictureGone:
            continue  # a row of the same form has it
        order += 1
