"""The two forms of "Nhập bài": what comes in, and what a person confirms of it.

Every field of the second shows the sentence its suggestion came from; nothing is saved before the
second is sent, and a field nobody knew stays empty.
"""

import hashlib
import json
from datetime import date

from django import forms

from portal.office import NOTHING_CHOSEN

from ..cleaning import UncleanableHtml, clean_html
from ..models import Event, EventKind, Organisation, Section, Session
from .fields import NamesField, OfficeForm, PeriodField, PhotosField
from .importing import DraftValues
from .who import NEW, describe

MAX_UPLOAD = 50 * 1024 * 1024
MAX_PHOTOS = 40
MAX_PASTE = 2 * 1024 * 1024
OTHER_UNIT = "khac"
NEW_EVENT, NO_EVENT = "moi", "khong"
NAMES_HELP = "Nhiều người thì cách nhau bằng dấu chấm phẩy. Ví dụ: Ngọc Lan; Minh Tâm"


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
    # The same, as a file: a paste that carries its pictures is larger than a field may be.
    pasted_page = forms.FileField(required=False)
    photos = PhotosField(
        label="Ảnh kèm theo",
        required=False,
        widget=PhotosField.widget(attrs={"accept": "image/jpeg,image/png,image/webp,image/gif"}),
        help_text="Ảnh không nằm trong tệp Word thì chọn ở đây, nhiều ảnh một lần. Ảnh chụp màn hình: dán "
        "thẳng vào trang này.",
        error_messages={"empty": "Có ảnh rỗng. Hãy chọn lại ảnh."},
    )

    def clean_photos(self):
        photos = self.cleaned_data["photos"]
        if len(photos) > MAX_PHOTOS:
            raise forms.ValidationError(
                f"Mỗi lần nhiều nhất {MAX_PHOTOS} ảnh. Hãy chọn ít ảnh hơn."
            )
        return photos

    def clean_file(self):
        upload = self.cleaned_data["file"]
        if upload and upload.size > MAX_UPLOAD:
            raise forms.ValidationError(
                "Tệp lớn hơn 50 MB. Hãy nén ảnh trong Word, hoặc gửi bài và ảnh riêng."
            )
        return upload

    def clean(self):
        cleaned = super().clean()
        has_text = cleaned.get("file") or cleaned.get("pasted", "").strip()
        if not self.errors and not has_text:
            self.add_error("pasted", "Hãy chọn một tệp, hoặc dán bài vào ô này.")
        if len(cleaned.get("pasted_html") or "") > MAX_PASTE:
            cleaned["pasted_html"] = ""  # the plain text of the same paste is still there
        return cleaned


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
        Section.objects.order_by("order", "name"),
        label="Chuyên mục",
        required=False,
        empty_label=NOTHING_CHOSEN,
    )
    organisation = forms.ModelChoiceField(
        Organisation.objects.order_by("sort_key"),
        label="Tổ chức chủ trì",
        required=False,
        empty_label=NOTHING_CHOSEN,
        help_text="Nơi tổ chức việc mà bài kể. Ví dụ: Hội Nông dân",
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
        label="Loại", required=False, choices=[("", NOTHING_CHOSEN), *EventKind.choices]
    )
    day = forms.ChoiceField(label="Ngày diễn ra", required=False, widget=forms.RadioSelect)
    held_on = forms.DateField(
        label="Ngày diễn ra",
        required=False,
        help_text="Để trống nếu chưa rõ. Ví dụ: 02/07/2026",
        error_messages={"invalid": "Ghi ngày như 02/07/2026."},
    )
    ends_on = forms.DateField(
        label="Đến ngày", required=False, error_messages={"invalid": "Ghi ngày như 03/07/2026."}
    )
    session = forms.ChoiceField(
        label="Buổi", required=False, choices=[("", NOTHING_CHOSEN), *Session.choices]
    )
    venue = forms.CharField(label="Địa điểm", required=False, max_length=300)
    chair = forms.CharField(label="Chủ trì", required=False, max_length=300)
    # What the page must not forget between showing and saving; only shown and compared, never trusted.
    source_hash = forms.RegexField(r"^[0-9a-f]{64}$", required=False, widget=forms.HiddenInput)
    evidence = forms.CharField(required=False, widget=forms.HiddenInput)
    offered = forms.CharField(required=False, widget=forms.HiddenInput)
    # One draft, however often the button is pressed.
    once_key = forms.RegexField(r"^[0-9a-f]{32}$", required=False, widget=forms.HiddenInput)

    def __init__(self, *args, units, other_units, events=(), people=None, **kwargs):
        """`units`: the candidates to offer, best first; `other_units`: all that may be chosen.

        `people` is {name: Candidates} of the names in the byline and below the photos; a name that
        may be more than one person gets a question of its own.
        """
        super().__init__(*args, **kwargs)
        self.people = people or {}
        self._ask_about_people()
        self._offer_days()
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
        if not cleaned.get("held_on") and cleaned.get("day") and "held_on" not in self.errors:
            cleaned["held_on"] = date.fromisoformat(cleaned["day"])
        start, end = cleaned.get("held_on"), cleaned.get("ends_on")
        if end and (not start or end < start):
            self.add_error("ends_on", "“Đến ngày” không được trước “Ngày diễn ra”.")
        if cleaned.get("event") == NEW_EVENT and not (cleaned.get("event_kind") or start):
            self.add_error("event_kind", "Sự kiện mới cần ít nhất loại hoặc ngày diễn ra.")
        return cleaned

    # --- days and people of whom there may be several -----------------------------------------

    def _offer_days(self):
        """Radio buttons where the text tells of several days; the field below is for another."""
        days = self.noted("days")
        if len(days) < 2:
            del self.fields["day"]
            return
        self.fields["day"].choices = [
            *((day, f"{date.fromisoformat(day):%d/%m/%Y}: “{said[:120]}”") for day, said in days),
            ("", "Ngày khác, hoặc chưa rõ"),
        ]
        self.fields["held_on"].label = "Ngày khác"
        if not self.is_bound and (suggested := self.initial.get("held_on")):
            self.initial |= {"day": suggested.isoformat(), "held_on": None}

    def _ask_about_people(self):
        for name, candidates in self.people.items():
            unit = self.initial.get("unit") or self.data.get("unit")
            is_plain = not candidates.near and len(candidates.same) == 1
            if not list(candidates) or (is_plain and candidates.same[0].unit_id == unit):
                continue
            known = [(str(person.pk), f"Đã có: {describe(person)}") for person in candidates]
            self.fields[_question(name)] = forms.ChoiceField(
                label=f"“{name}” là ai?",
                required=False,
                choices=[*known, (NEW, f"Người mới, ký tên “{name}”")],
                initial=str(candidates.same[0].pk) if candidates.same else NEW,
                widget=forms.RadioSelect,
            )

    def whos_who(self):
        """[(name, words, question or None)] about the people named, in printed order."""
        told = []
        for name, candidates in self.people.items():
            question = self[_question(name)] if _question(name) in self.fields else None
            words = "người mới, sẽ được thêm khi lưu"
            if candidates.same:
                words = f"đã có: {describe(candidates.same[0])}"
            told.append((name, words, question))
        return told

    def _chosen_people(self):
        """{name: Person or NEW} as answered; who was not asked about is found by the spelling."""
        chosen = {}
        for name, candidates in self.people.items():
            answer = self.cleaned_data.get(_question(name))
            if answer == NEW:
                chosen[name] = NEW
            elif answer:
                chosen[name] = next(p for p in candidates if str(p.pk) == answer)
        return chosen

    # --- what stands beside the fields ---------------------------------------------------------

    def sentence(self, name):
        """The sentence a field's suggestion came from, or an empty string."""
        return str(self.noted("sentences", {}).get(name, ""))[:500]

    def confidence(self, name):
        """(`chac`, `xem` or `trong`; words) for a field the reader fills; ("", "") for the others."""
        asked, doubts = self.noted("asked"), self.noted("doubts", {})
        if name not in asked:
            return "", ""
        doubt = str(doubts.get(name, ""))[:200]
        if name not in self.noted("found"):
            return "trong", f"Bài không nói: {doubt}." if doubt else "Bài không nói."
        return ("xem", f"Nên xem lại: {doubt}.") if doubt else ("chac", "Chắc.")

    def notes(self, name):
        """The `warnings`, or the `removed` lines, of the reading: a list of sentences."""
        return [str(note)[:500] for note in self.noted(name)[:100]]

    def noted(self, name, empty=()):
        """What the reading left under `name`, if it is of the kind of `empty`: a list, or a dict.

        It comes back from the browser: shown, never trusted.
        """
        try:
            found = json.loads(self["evidence"].value() or "{}")
        except ValueError:
            found = {}
        value = found.get(name) if isinstance(found, dict) else None
        kind = dict if isinstance(empty, dict) else list
        if not isinstance(value, kind):
            return kind(empty)
        return _days(value) if name == "days" else value

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
            people=self._chosen_people(),
            **{
                name: data[name]
                for name in (
                    "title", "lead", "body", "section", "published_at", "published_is_estimate",
                    "organisation", "authors", "photographers", "editors", "informants",
                    "byline_organisation", "source_name", "original_url", "views", "period",
                    "source_hash", "once_key",
                )
            },
        )  # fmt: skip


def _question(name):
    return f"ai-{hashlib.sha256(name.encode()).hexdigest()[:12]}"


def _days(noted):
    """[(ISO day, sentence)] of what claims to be that."""
    days = []
    for entry in noted[:10]:
        if isinstance(entry, list) and len(entry) == 2 and all(isinstance(e, str) for e in entry):
            try:
                days.append((date.fromisoformat(entry[0]).isoformat(), entry[1]))
            except ValueError:
                continue
    return days
