"""What a deed asks before it is done: a moment, a reason, what was wrong."""

from django import forms
from django.utils import timezone

from portal.text import plain_text
from reports.models import Correction, FeedbackKind, ReturnReason, WithdrawReason

from .report_form import MomentField

# What a reader asks to be put right.
MISTAKES = (FeedbackKind.MISTAKE, FeedbackKind.CORRECTION)


class DeedForm(forms.Form):
    """A form about `report`."""

    def __init__(self, *args, report, **kwargs):
        self.report = report
        super().__init__(*args, **kwargs)


class MomentForm(DeedForm):
    publish_on = MomentField(label="Đăng lúc", help_text="Ví dụ: 02/07/2026, 07:30")

    def clean_publish_on(self):
        at = self.cleaned_data["publish_on"]
        if at <= timezone.now():
            raise forms.ValidationError("Giờ hẹn đã qua. Hãy chọn giờ sắp tới, hoặc đăng ngay.")
        return at


class ReasonForm(DeedForm):
    """A reason from the list, and a remark; "lý do khác" is said in the remark."""

    code = forms.ChoiceField(
        label="Lý do",
        widget=forms.RadioSelect(attrs={"class": "reasons"}),
        error_messages={"required": "Hãy chọn một lý do."},
    )
    reason = forms.CharField(
        required=False, max_length=240, widget=forms.Textarea(attrs={"rows": 2})
    )
    asked = ""

    def clean(self):
        cleaned = super().clean()
        other = cleaned.get("code") == ReturnReason.OTHER.value
        if other and not plain_text(cleaned.get("reason", "")).strip():
            self.add_error("reason", self.asked)
        return cleaned


class ReturnForm(ReasonForm):
    asked = "Lý do khác thì ghi ra ở đây, để người viết biết sửa gì."

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["code"].choices = _sentences(ReturnReason)
        self.fields["reason"].label = "Cần sửa gì"
        self.fields["reason"].help_text = "Ví dụ: thiếu tên người chụp ảnh số 2."


class WithdrawForm(ReasonForm):
    asked = "Lý do khác thì ghi ra ở đây, để bạn đọc hiểu."

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["code"].choices = _sentences(WithdrawReason)
        self.fields["reason"].label = "Nói thêm với bạn đọc"
        self.fields["reason"].help_text = "Ví dụ: xem bài ngày 02/07/2026 về cùng sự kiện."


class CorrectionForm(forms.ModelForm):
    class Meta:
        model = Correction
        fields = ["was", "now_is", "text", "asked_on", "feedback"]
        widgets = {
            "was": forms.Textarea(attrs={"rows": 2}),
            "now_is": forms.Textarea(attrs={"rows": 2}),
            "text": forms.Textarea(attrs={"rows": 3}),
        }
        help_texts = {"asked_on": "Để trống nếu tự phát hiện. Ví dụ: 02/07/2026"}

    def __init__(self, *args, report, **kwargs):
        super().__init__(*args, **kwargs)
        asked = report.feedback.open().filter(kind__in=MISTAKES).most_urgent_first()
        if not asked:
            del self.fields["feedback"]
            return
        field = self.fields["feedback"]
        field.queryset, field.empty_label = asked, "không theo đề nghị nào"
        field.label_from_instance = _request_words
        field.help_text = "Chọn thì đề nghị ấy được khép lại, người gửi đọc được lời đính chính."

    def clean(self):
        cleaned = super().clean()
        for name in ("was", "now_is", "text"):
            cleaned[name] = plain_text(cleaned.get(name) or "").strip()
        if bool(cleaned["was"]) != bool(cleaned["now_is"]) and not cleaned["text"]:
            empty = "now_is" if cleaned["was"] else "was"
            self.add_error(empty, "Hãy ghi cả hai ô này, hoặc giải thích ở ô dưới.")
        return cleaned


def _sentences(choices):
    return [(value, label[:1].upper() + label[1:]) for value, label in choices.choices]


def _request_words(feedback):
    text = " ".join(feedback.text.split())
    return f"{feedback}: {text[:60]}{'…' if len(text) > 60 else ''}"
