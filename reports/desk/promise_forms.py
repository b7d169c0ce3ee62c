"""What a person says about a promise: that it is kept, for when, that it was done or given up."""

import re

from django import forms
from django.utils import timezone

from portal.text import one_line, plain_text
from reports.filter_form import DayField
from reports.form_fields import Described, PlainField
from reports.models import Promise, Report
from reports.periods import Period, calendar_label

from .promises import told_on
from .reading import says

OTHER = "khac"
# `/tin/2026/07/ten-bai-123/`, the short `/b/123/`, `123`.
_REPORT = re.compile(r"(?:.*-|.*/b/)?([1-9]\d{0,8})/?", re.ASCII)
DAY = "Ví dụ: 30/06/2026"


def periods_after(day):
    """[Period] a task told on `day` may be for: the months, quarters and halves that follow, the years."""
    found = []
    month = (day.year, day.month)
    for _ in range(3):
        month = (month[0] + month[1] // 12, month[1] % 12 + 1)
        found.append(Period.month(*month))
    for year in (day.year, day.year + 1):
        found += [Period.quarter(year, number) for number in (1, 2, 3, 4)]
        found += [Period.half(year, number) for number in (1, 2)]
        found.append(Period.year(year))
    return [period for period in found if period.end >= day]


class KeepForm(Described, forms.Form):
    """One promise a text makes; its prefix is the key of the `Offered`."""

    keep = forms.BooleanField(
        label="Giữ nhiệm vụ này",
        required=False,
        widget=forms.CheckboxInput(attrs={"class": "tick"}),
    )
    text = forms.CharField(
        label="Nhiệm vụ",
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"max_length": "Nhiệm vụ dài quá 1.000 chữ cái."},
    )
    period = forms.ChoiceField(
        label="Làm trong kỳ",
        required=False,
        error_messages={"invalid_choice": "Hãy chọn một kỳ trong danh sách."},
    )

    def __init__(self, data=None, *, offered, report):
        self.offered = offered
        periods = periods_after(told_on(report))
        if offered.period is not None and offered.period.ky not in {one.ky for one in periods}:
            periods.insert(0, offered.period)
        self.periods = {one.ky: one for one in periods}
        super().__init__(
            data,
            prefix=offered.key,
            auto_id="nv-%s",
            initial={
                "text": offered.text,
                "period": offered.period.ky if offered.period is not None else "",
            },
        )
        self.fields["period"].choices = [
            ("", "Chưa định kỳ"),
            *((one.ky, one.label[0].upper() + one.label[1:]) for one in periods),
        ]
        self.describe()

    @property
    def words(self):
        return [self["text"], self["period"]]

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("keep") and not one_line(cleaned.get("text")) and "text" not in self.errors:
            self.add_error("text", "Ghi nhiệm vụ, hoặc bỏ chọn.")
        return cleaned

    def chosen(self):
        """(Offered, text, first day, last day, label) of a valid form; None when it was left."""
        if not self.cleaned_data["keep"]:
            return None
        period = self.periods.get(self.cleaned_data["period"])
        return (
            self.offered,
            one_line(self.cleaned_data["text"]),
            period and period.start,
            period and period.end,
            period.label if period else "",
        )


class PromiseForm(Described, forms.ModelForm):
    """Its words and its period."""

    class Meta:
        model = Promise
        fields = ["text", "period_start", "period_end", "period_label"]
        labels = {
            "text": "Nhiệm vụ",
            "period_start": "Làm từ ngày",
            "period_end": "Đến hết ngày",
            "period_label": "Gọi kỳ ấy là",
        }
        field_classes = {"period_start": DayField, "period_end": DayField}
        widgets = {
            "text": forms.Textarea(attrs={"rows": 3}),
            "period_start": forms.DateInput(attrs={"inputmode": "numeric"}),
            "period_end": forms.DateInput(attrs={"inputmode": "numeric"}),
        }
        help_texts = {
            "period_start": "Ví dụ: 01/01/2026",
            "period_end": DAY,
            "period_label": "Để trống thì máy tự gọi, ví dụ “6 tháng đầu năm 2026”.",
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, auto_id="sua-%s", prefix="sua", **kwargs)
        self.describe()

    def clean_text(self):
        text = one_line(self.cleaned_data["text"])
        if not text:
            raise forms.ValidationError("Hãy ghi nhiệm vụ.")
        return text

    def clean(self):
        cleaned = super().clean()
        start, end = cleaned.get("period_start"), cleaned.get("period_end")
        if not self.errors and bool(start) != bool(end):
            self.add_error("period_end" if start else "period_start", "Ghi cả hai ngày của kỳ.")
        elif start and end and end < start:
            self.add_error("period_end", "Ngày kết thúc không được trước ngày bắt đầu.")
        elif start and end and not cleaned.get("period_label"):
            cleaned["period_label"] = calendar_label(start, end)[:120]
        return cleaned


class DoneForm(Described, forms.Form):
    """Which sentence shows that it was done: one of the `Proof`s offered, or another by hand."""

    proof = forms.ChoiceField(
        label="Câu nào cho thấy đã làm?",
        widget=forms.RadioSelect,
        error_messages={
            "required": "Hãy chọn một câu, hoặc chọn “Câu khác”.",
            "invalid_choice": "Câu ấy không còn trong bài. Hãy chọn lại.",
        },
    )
    report = PlainField(
        label="Bài khác: số hoặc đường dẫn của bài",
        required=False,
        max_length=500,
        help_text="Chép địa chỉ trang bài, hoặc số ở cuối địa chỉ. Ví dụ: 123",
        error_messages={"max_length": "Địa chỉ dài quá 500 chữ cái."},
    )
    sentence = forms.CharField(
        label="Câu trong bài ấy",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Chép đúng như trong bài.",
        error_messages={"max_length": "Câu dài quá 2.000 chữ cái."},
    )
    done_on = DayField(
        label="Làm xong ngày",
        required=False,
        help_text=f"{DAY}. Để trống thì lấy ngày của bài.",
        widget=forms.DateInput(attrs={"inputmode": "numeric"}),
    )

    def __init__(self, data=None, *, proofs, now=None):
        self.proofs = {proof.key: proof for proof in proofs}
        self.now = now or timezone.now()
        initial = {} if proofs else {"proof": OTHER}
        super().__init__(data, auto_id="xong-%s", prefix="xong", initial=initial)
        self.fields["proof"].choices = [
            *((key, proof.sentence) for key, proof in self.proofs.items()),
            (OTHER, "Câu khác"),
        ]
        self.describe()

    def clean(self):
        cleaned = super().clean()
        chosen = cleaned.get("proof")
        if chosen in self.proofs:
            proof = self.proofs[chosen]
            self.found = (proof.report, proof.sentence)
        elif chosen == OTHER:
            self.found = self._by_hand(cleaned)
        else:
            self.found = None
        if self.found and not self.errors:
            day = cleaned.get("done_on") or told_on(self.found[0])
            if day > timezone.localdate(self.now):
                self.add_error("done_on", "Ngày làm xong không thể ở sau hôm nay.")
            cleaned["done_on"] = day
        return cleaned

    def _by_hand(self, cleaned):
        report, sentence = None, plain_text(cleaned.get("sentence")).strip()
        typed = _REPORT.fullmatch((cleaned.get("report") or "").partition("?")[0])
        if "report" not in self.errors:
            if typed:
                report = Report.objects.published(self.now).filter(pk=int(typed[1])).first()
            if report is None:
                self.add_error("report", "Không có bài đã đăng nào như vậy. Ví dụ: 123")
        if "sentence" not in self.errors:
            if not sentence:
                self.add_error("sentence", "Chép câu cho thấy nhiệm vụ đã làm.")
            elif report is not None and not says(report, sentence):
                self.add_error("sentence", "Bài ấy không có câu này. Hãy chép đúng như trong bài.")
        return (report, sentence) if report is not None and sentence else None


class DropForm(Described, forms.Form):
    reason = PlainField(
        label="Vì sao bỏ",
        max_length=300,
        help_text="Ví dụ: cấp trên đã giao cho đơn vị khác",
        error_messages={
            "required": "Hãy ghi lý do.",
            "max_length": "Lý do dài quá 300 chữ cái.",
        },
    )

    def __init__(self, data=None):
        super().__init__(data, auto_id="bo-%s", prefix="bo")
        self.describe()
