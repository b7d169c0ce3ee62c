"""The two forms of "Nhập bài": what comes in, and what a person confirms of it.

Every field of the second shows the sentence its suggestion came from; nothing is saved before the
second is sent, and a field nobody knew stays empty.
"""

import json

from django import forms

from portal.limited import Refusal
from portal.text import one_line

from ..cleaning import UncleanableHtml, clean_html
from ..models import Event, EventKind, Section, Session
from ..number_field import VietnameseNumberField
from ..periods import Period
from ..photos import check_picture, keep_for_later
from .importing import DraftValues, PictureValues

MAX_UPLOAD = 50 * 1024 * 1024
MAX_PASTE = 2 * 1024 * 1024
OTHER_UNIT = "khac"
NEW_EVENT, NO_EVENT = "moi", "khong"
NAMES_HELP = "Nhiều người thì cách nhau bằng dấu chấm phẩy. Ví dụ: Ngọc Lan; Minh Tâm"


class OfficeForm(forms.Form):
    """Labels without a colon, as in the rest of the back office."""

    def __init__(self, *args, **options):
        super().__init__(*args, **{"label_suffix": "", **options})


class SourceForm(OfficeForm):
    """A file, or what was pasted; `pasted_html` is the same paste with its formatting."""

    file = forms.FileField(
        label="Tệp bài viết",
        required=False,
        help_text="Word (.docx), trang web đã lưu (.html) hoặc văn bản (.txt).",
        widget=forms.ClearableFileInput(attrs={"accept": ".docx,.html,.htm,.txt"}),
        error_messages={"empty": "Tệp này rỗng. Hãy chọn lại tệp."},
    )
    pasted = forms.CharField(
        label="Hoặc dán bài vào đây",
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text="Dán cả tít, ngày đăng, tên người viết: máy tự tách.",
    )
    pasted_html = forms.CharField(required=False, strip=False, widget=forms.HiddenInput)

    def clean_file(self):
        upload = self.cleaned_data["file"]
        if upload and upload.size > MAX_UPLOAD:
            raise forms.ValidationError(
                "Tệp lớn hơn 50 MB. Hãy nén ảnh trong Word, hoặc gửi bài và ảnh riêng."
            )
        return upload

    def clean(self):
        cleaned = super().clean()
        if not self.errors and not cleaned.get("file") and not cleaned.get("pasted", "").strip():
            self.add_error("pasted", "Hãy chọn một tệp, hoặc dán bài vào ô này.")
        if len(cleaned.get("pasted_html") or "") > MAX_PASTE:
            cleaned["pasted_html"] = ""  # the plain text of the same paste is still there
        return cleaned


class NamesField(forms.CharField):
    """Names separated by semicolons -> a list; spaces tidied, empty ones dropped."""

    def __init__(self, **options):
        super().__init__(required=False, **options)

    def prepare_value(self, value):
        return "; ".join(value) if isinstance(value, list) else value

    def to_python(self, value):
        names = [one_line(name) for name in (super().to_python(value) or "").split(";")]
        if too_long := next((name for name in names if len(name) > 120), None):
            raise forms.ValidationError(f"Tên “{too_long[:40]}…” dài quá 120 chữ.")
        return [name for name in names if name]


class PeriodField(forms.CharField):
    """`2024-H1` as in the address bar -> Period."""

    def __init__(self, **options):
        super().__init__(
            required=False,
            help_text="Ví dụ: 2024 (cả năm), 2024-H1 (6 tháng đầu năm), 2024-Q1, 2024-9T, 2024-06.",
            **options,
        )

    def prepare_value(self, value):
        return value.ky if isinstance(value, Period) else value

    def to_python(self, value):
        text = super().to_python(value)
        if not text:
            return None
        try:
            return Period.parse(text)
        except ValueError as error:
            raise forms.ValidationError(str(error)) from None


class ConfirmForm(OfficeForm):
    """What was read, field by field; valid data becomes `DraftValues` through `values()`."""

    title = forms.CharField(
        label="Tít",
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "Bài phải có tít."},
    )
    lead = forms.CharField(label="Sapo", required=False, widget=forms.Textarea(attrs={"rows": 3}))
    body = forms.CharField(label="Nội dung", required=False)
    unit = forms.ChoiceField(
        label="Đơn vị",
        widget=forms.RadioSelect,
        error_messages={"required": "Hãy chọn đơn vị đăng bài; bài sẽ thuộc đơn vị này mãi mãi."},
        help_text="Bài thường không ghi rõ. Hãy xem kỹ những nơi trùng tên.",
    )
    other_unit = forms.ModelChoiceField(None, label="Đơn vị khác", required=False)
    section = forms.ModelChoiceField(
        Section.objects.order_by("order", "name"), label="Chuyên mục", required=False
    )
    authors = NamesField(label="Người viết", help_text=NAMES_HELP)
    photographers = NamesField(label="Người chụp ảnh")
    editors = NamesField(label="Biên tập")
    informants = NamesField(label="Cung cấp tin")
    byline_organisation = forms.CharField(
        label="Cơ quan ghi sau tên", required=False, max_length=200
    )
    source_name = forms.CharField(label="Nguồn", required=False, max_length=200)
    original_url = forms.URLField(
        label="Địa chỉ ở cổng cũ", required=False, max_length=500, assume_scheme="https"
    )
    published_at = forms.DateTimeField(
        label="Đã đăng ở cổng cũ lúc",
        required=False,
        help_text="Để trống nếu bài chưa đăng ở đâu. Ví dụ: 27/12/2023 09:14",
        error_messages={"invalid": "Ghi ngày giờ như 27/12/2023 09:14."},
    )
    published_is_estimate = forms.BooleanField(label="Chỉ biết khoảng thời gian", required=False)
    views = forms.IntegerField(
        label="Lượt xem đã có", required=False, min_value=0, max_value=999_999_999
    )
    period = PeriodField(label="Bài nói về kỳ")
    event = forms.ChoiceField(label="Sự kiện", widget=forms.RadioSelect)
    event_name = forms.CharField(
        label="Tên sự kiện", required=False, max_length=400, help_text="Để trống thì lấy tít bài."
    )
    event_kind = forms.ChoiceField(
        label="Loại", required=False, choices=[("", "–"), *EventKind.choices]
    )
    held_on = forms.DateField(
        label="Ngày diễn ra",
        required=False,
        help_text="Để trống nếu chưa rõ. Ví dụ: 02/07/2026",
        error_messages={"invalid": "Ghi ngày như 02/07/2026."},
    )
    ends_on = forms.DateField(
        label="Đến ngày", required=False, error_messages={"invalid": "Ghi ngày như 03/07/2026."}
    )
    session = forms.ChoiceField(label="Buổi", required=False, choices=[("", "–"), *Session.choices])
    venue = forms.CharField(label="Địa điểm", required=False, max_length=300)
    chair = forms.CharField(label="Chủ trì", required=False, max_length=300)
    # What the page must not forget between showing and saving; only shown and compared, never trusted.
    source_hash = forms.RegexField(r"^[0-9a-f]{64}$", required=False, widget=forms.HiddenInput)
    evidence = forms.CharField(required=False, widget=forms.HiddenInput)
    offered = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, units, other_units, events=(), **kwargs):
        """`units`: the candidates to offer, best first; `other_units`: all that may be chosen."""
        super().__init__(*args, **kwargs)
        self.fields["unit"].choices = [
            *((unit.pk, unit.label_with_context) for unit in units),
            (OTHER_UNIT, "Nơi khác (chọn ở ô dưới)"),
        ]
        self.fields["other_unit"].queryset = other_units
        self.fields["event"].choices = [
            *((str(event.pk), f"Đã có: {event}") for event in events),
            (NEW_EVENT, "Sự kiện mới, như dưới đây"),
            (NO_EVENT, "Bài không gắn với sự kiện nào"),
        ]

    def clean_body(self):
        try:
            return clean_html(self.cleaned_data["body"])
        except UncleanableHtml as error:
            raise forms.ValidationError(str(error)) from None

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("unit") == OTHER_UNIT:
            cleaned["chosen_unit"] = cleaned.get("other_unit")
            if not cleaned["chosen_unit"] and "other_unit" not in self.errors:
                self.add_error("other_unit", "Hãy chọn đơn vị, hoặc chọn một nơi ở trên.")
        elif cleaned.get("unit"):
            unit = self.fields["other_unit"].queryset.filter(pk=cleaned["unit"]).first()
            cleaned["chosen_unit"] = unit
            if not unit:
                self.add_error("unit", "Bạn không viết bài cho đơn vị này được.")
        start, end = cleaned.get("held_on"), cleaned.get("ends_on")
        if end and (not start or end < start):
            self.add_error("ends_on", "“Đến ngày” không được trước “Ngày diễn ra”.")
        if cleaned.get("event") == NEW_EVENT and not (cleaned.get("event_kind") or start):
            self.add_error("event_kind", "Sự kiện mới cần ít nhất loại hoặc ngày diễn ra.")
        return cleaned

    def sentence(self, name):
        """The sentence a field's suggestion came from, or an empty string."""
        return str(self._evidence().get(name, ""))[:500]

    def notes(self, name):
        """The `warnings`, or the `removed` lines, of the reading: a list of sentences."""
        notes = self._evidence().get(name, [])
        return [str(note)[:500] for note in notes[:100]] if isinstance(notes, list) else []

    def _evidence(self):
        try:
            found = json.loads(self["evidence"].value() or "{}")
        except ValueError:
            return {}
        return found if isinstance(found, dict) else {}

    def values(self, pictures=(), figures=()):
        """The confirmed `DraftValues`."""
        data = dict(self.cleaned_data)
        event = data.pop("event")
        is_new = event == NEW_EVENT
        joined = None
        if event not in (NEW_EVENT, NO_EVENT):
            joined = Event.objects.filter(pk=event).first()
        return DraftValues(
            unit=data["chosen_unit"],
            event=joined,
            event_name=data["event_name"],
            event_kind=data["event_kind"] if is_new else "",
            held_on=data["held_on"] if is_new else None,
            ends_on=data["ends_on"] if is_new else None,
            session=data["session"],
            venue=data["venue"],
            chair=data["chair"],
            pictures=list(pictures),
            figures=list(figures),
            **{
                name: data[name]
                for name in (
                    "title", "lead", "body", "section", "published_at", "published_is_estimate",
                    "authors", "photographers", "editors", "informants", "byline_organisation",
                    "source_name", "original_url", "views", "period", "source_hash",
                )
            },
        )  # fmt: skip


class PictureForm(OfficeForm):
    """A picture of the page: it came in with the file (`token`), or only its caption did.

    A caption without its picture waits for a person to add the file.
    """

    token = forms.RegexField(r"^[0-9a-f]{32}$", required=False, widget=forms.HiddenInput)
    keep = forms.BooleanField(label="Giữ ảnh này", required=False)
    caption = forms.CharField(
        label="Chú thích", required=False, max_length=400, help_text="Ai, đang làm gì, ở đâu."
    )
    credit = forms.CharField(
        label="Người chụp",
        required=False,
        max_length=120,
        help_text="Để trống thì lấy người chụp ảnh ghi ở trên.",
    )
    file = forms.FileField(
        label="Tệp ảnh",
        required=False,
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp,image/gif"}),
        help_text="Bài có chú thích mà không kèm ảnh. Có ảnh thì thêm vào đây.",
    )

    def __init__(self, *args, user, **options):
        super().__init__(*args, **options)
        self.user = user

    def clean(self):
        cleaned = super().clean()
        if upload := cleaned.get("file"):
            try:
                stored = keep_for_later(check_picture(upload), by=self.user)
            except Refusal as refused:
                self.add_error("file", str(refused))
            else:
                # Should another field be wrong, the form comes back with the picture, not without.
                cleaned["token"] = stored.token
                self.data = self.data.copy()
                self.data[self.add_prefix("token")] = stored.token
        if cleaned.get("keep") and not cleaned.get("token") and "file" not in self.errors:
            self.add_error("file", "Hãy thêm tệp ảnh, hoặc bỏ chọn “Giữ ảnh này”.")
        return cleaned

    def picture(self):
        data = self.cleaned_data
        return PictureValues(data["token"], data["caption"], data["credit"])


class FigureForm(OfficeForm):
    """A number found in the text; only ticked ones are kept, as confirmed by who ticked them."""

    keep = forms.BooleanField(label="Đúng, giữ số này", required=False)
    value = VietnameseNumberField(label="Giá trị", max_digits=18, decimal_places=4)
    unit_of_measure = forms.CharField(label="Đơn vị tính", required=False, max_length=60)
    indicator = forms.CharField(
        label="Chỉ tiêu",
        required=False,
        max_length=200,
        help_text="Số này đếm gì? Ví dụ: mô hình “Dân vận khéo”",
    )
    sentence = forms.CharField(required=False, widget=forms.HiddenInput)

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("keep") and not cleaned.get("indicator"):
            self.add_error("indicator", "Ghi số này đếm gì, hoặc bỏ chọn.")
        return cleaned

    def figure(self, confirmed_by):
        names = ("value", "unit_of_measure", "indicator", "sentence")
        return {**{name: self.cleaned_data[name] for name in names}, "confirmed_by": confirmed_by}


PictureFormSet = forms.formset_factory(PictureForm, extra=0, max_num=60, absolute_max=60)
FigureFormSet = forms.formset_factory(FigureForm, extra=0, max_num=40, absolute_max=40)
