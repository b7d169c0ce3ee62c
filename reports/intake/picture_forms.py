"""What a person says of each picture and number that was found; only ticked ones are kept."""

from django import forms

from portal.limited import Refusal

from ..number_field import VietnameseNumberField
from ..photos import check_picture, keep_for_later
from .fields import OfficeForm
from .importing import PictureValues


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
        help_text="Để trống thì lấy người chụp ảnh ghi ở trên. Ảnh của nơi khác thì ghi nơi ấy: TTXVN",
    )
    alt = forms.CharField(
        label="Mô tả cho người không xem được ảnh",
        required=False,
        max_length=300,
        help_text="Ví dụ: Bảy người đứng trên cây cầu bê tông mới.",
    )
    # Why it is offered unticked; only shown.
    note = forms.CharField(required=False, widget=forms.HiddenInput)
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
                # And whoever chose a file wants it kept.
                cleaned |= {"token": stored.token, "keep": True}
                self.data = self.data.copy()
                self.data[self.add_prefix("token")] = stored.token
                self.data[self.add_prefix("keep")] = "on"
        if cleaned.get("keep") and not cleaned.get("token") and "file" not in self.errors:
            self.add_error("file", "Hãy thêm tệp ảnh, hoặc bỏ chọn “Giữ ảnh này”.")
        return cleaned

    def picture(self):
        data = self.cleaned_data
        return PictureValues(data["token"], data["caption"], data["credit"], data["alt"])


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
