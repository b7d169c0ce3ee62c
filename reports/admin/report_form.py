"""The form in which a report is written. Whatever is wrong, nothing typed or uploaded is lost."""

import secrets

from django import forms
from django.contrib.admin.widgets import AdminSplitDateTime
from django.forms.utils import ErrorDict
from django.utils import timezone

from reports.cleaning import UncleanableHtml, clean_html
from reports.editor import rich_text_widget
from reports.models import Report, ReportStatus
from reports.photos import MOST_AT_ONCE, keep_uploads, waiting_pictures

from .periods import PeriodChoice

PUBLISH_NOW, SCHEDULE, SUBMIT = "_dang", "_hen-gio", "_gui-duyet"


class SeveralFilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class SeveralFiles(forms.FileField):
    """A file input for many files; its cleaned value is the list of them."""

    widget = SeveralFilesInput(
        attrs={"accept": "image/jpeg,image/png,image/webp,image/gif", "data-new-photos": ""}
    )

    def clean(self, data, initial=None):
        uploads = data if isinstance(data, list | tuple) else [data] if data else []
        return [upload for upload in uploads if upload]


class MomentField(forms.SplitDateTimeField):
    widget = AdminSplitDateTime
    default_error_messages = {
        "invalid_date": "Ngày không đúng. Gõ ngày/tháng/năm, ví dụ: 02/07/2026",
        "invalid_time": "Giờ không đúng. Gõ giờ:phút, ví dụ: 07:30",
    }


class ReportForm(PeriodChoice, forms.ModelForm):
    """`user` is set by the admin: who may write where, and whose uploads are taken up again."""

    user = None
    # Drawn with what was typed before: it has no errors yet and cannot be saved.
    only_drawn = False

    new_photos = SeveralFiles(
        label="Thêm ảnh",
        required=False,
        help_text="Chọn được nhiều ảnh một lần: JPEG, PNG, WebP, GIF, mỗi ảnh không quá 20 MB.",
    )
    kept_photos = forms.CharField(required=False, widget=forms.HiddenInput)
    publish_on = MomentField(
        label="Hẹn đăng lúc",
        required=False,
        help_text="Chỉ dùng với nút “Hẹn giờ đăng”. Ví dụ: 02/07/2026, 07:30",
    )
    # What its person has seen, and the key by which the same new report is not made twice: read by
    # `conflict`, before this form is asked anything.
    version = forms.CharField(required=False, widget=forms.HiddenInput)
    once_key = forms.CharField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = Report
        fields = [
            "title", "lead", "body", "unit", "section", "event", "organisation", "heading", "genre",
            "topics", "period_start", "period_end", "period_label", "published_at",
            "published_is_estimate", "byline_organisation", "source_name", "source_url", "original_url",
        ]  # fmt: skip
        widgets = {
            "title": forms.Textarea(attrs={"rows": 2}),
            "lead": forms.Textarea(attrs={"rows": 3}),
            "topics": forms.CheckboxSelectMultiple,
        }
        field_classes = {"published_at": MomentField}
        labels = {"published_at": "cổng cũ đã đăng lúc"}
        help_texts = {
            "section": "Nơi bài đứng trên trang. Ví dụ: Hoạt động Đảng – Đoàn thể",
            "organisation": "Cơ quan tổ chức việc được kể. Ví dụ: Ủy ban MTTQ Việt Nam xã",
            "heading": "Để bài ra đúng mục khi làm báo cáo định kỳ.",
            "genre": "Tin ngắn, bài phản ánh kể kỹ hơn. Nhuận bút tính theo thể loại.",
            "topics": "Một, hai chủ đề là đủ, để năm sau còn tìm lại.",
            "published_at": "Chỉ ghi cho bài chép từ cổng cũ, kể cả giờ. Bài mới để trống.",
            "source_url": "Ví dụ: https://baosonla.vn/…",
            "original_url": "Người mở địa chỉ cũ sẽ được đưa tới bài này.",
        }
        error_messages = {
            "title": {"required": "Bài cần có tít. Ví dụ: Phú Hòa bắc xong ba cây cầu dân sinh"},
            "unit": {
                "required": "Hãy chọn đơn vị đăng bài. Gõ vài chữ của tên, không cần dấu.",
                "invalid_choice": "Bạn không viết bài cho đơn vị này được. Hãy chọn đơn vị của bạn.",
            },
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.waiting_photos = []
        if self.instance.pk:
            self.initial["version"] = self.instance.version
        else:
            self.initial["once_key"] = secrets.token_hex(16)
        if "body" in self.fields:
            self.fields["body"].widget = rich_text_widget()

    def clean_body(self):
        """Clean before anybody – the editor too, when the form comes back – sees it."""
        try:
            body = clean_html(self.cleaned_data["body"])
        except UncleanableHtml as error:
            # Too much for the cleaner is too much for the editor: it comes back as plain letters.
            self.fields["body"].widget = forms.Textarea(attrs={"rows": 20})
            raise forms.ValidationError(str(error)) from None
        self._show_again("body", body)
        return body

    def clean_published_at(self):
        at = self.cleaned_data.get("published_at")
        if at and at > timezone.now() and self.instance.status != ReportStatus.PUBLISHED:
            raise forms.ValidationError(
                "Thời điểm này chưa tới. Muốn đăng vào giờ đã định, hãy dùng nút “Hẹn giờ đăng”."
            )
        return at

    def clean_kept_photos(self):
        """Photos that came in with an earlier try of this form."""
        tokens = self.cleaned_data["kept_photos"].split()[:MOST_AT_ONCE]
        waiting = waiting_pictures(tokens, by=self.user)
        self.waiting_photos = [waiting[token] for token in tokens if token in waiting]
        return self.waiting_photos

    def clean_new_photos(self):
        """Check each; keep the good ones whatever happens, say of each bad one why."""
        uploads = self.cleaned_data["new_photos"]
        self.new_pictures, complaints = keep_uploads(uploads, by=self.user)
        if complaints:
            raise forms.ValidationError(complaints)
        return uploads

    def clean(self):
        cleaned = super().clean()
        self._take_up_photos()
        if SCHEDULE in self.data and "publish_on" not in self.errors:
            at = cleaned.get("publish_on")
            if not at:
                self.add_error("publish_on", "Hãy ghi ngày và giờ đăng. Ví dụ: 02/07/2026, 07:30")
            elif at <= timezone.now():
                self.add_error(
                    "publish_on", "Giờ hẹn đã qua. Hãy chọn giờ sắp tới, hoặc đăng ngay."
                )
        return cleaned

    def is_valid(self):
        return super().is_valid() and not self.only_drawn

    def full_clean(self):
        super().full_clean()
        if self.only_drawn:
            self._errors = ErrorDict()

    def _take_up_photos(self):
        self.waiting_photos = [*self.waiting_photos, *getattr(self, "new_pictures", [])]
        self._show_again("kept_photos", " ".join(photo.token for photo in self.waiting_photos))

    def _show_again(self, name, value):
        """What the field holds when this form is drawn again."""
        self.data = self.data.copy()
        self.data[self.add_prefix(name)] = value
