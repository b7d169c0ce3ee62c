"""The readers' form: few questions, forgiving, and nothing typed is ever lost."""

import re

from django import forms

from reports.form_fields import Described, PlainField
from reports.models import FeedbackKind
from reports.models.voices import LONGEST_FEEDBACK

E_MAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
FEWEST_PHONE_DIGITS = 8


class FeedbackForm(Described, forms.Form):
    """What a reader says about a report or the site; the report is chosen by the address."""

    kind = forms.ChoiceField(
        label="Bạn muốn",
        choices=[(value, label[0].upper() + label[1:]) for value, label in FeedbackKind.choices],
        widget=forms.RadioSelect,
        error_messages={
            "required": "Hãy chọn một việc.",
            "invalid_choice": "Hãy chọn một trong các việc dưới đây.",
        },
    )
    text = PlainField(
        is_one_line=False,
        label="Nội dung",
        max_length=LONGEST_FEEDBACK,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text="Ví dụ: Đoạn 3 ghi 46 mô hình, đúng là 64 theo báo cáo ngày 02/07/2026.",
        error_messages={
            "required": "Hãy viết điều bạn muốn nói.",
            "max_length": "Dài quá 4.000 chữ cái. Hãy rút gọn, hoặc gửi làm hai lần.",
        },
    )
    name = PlainField(
        label="Họ tên",
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"max_length": "Họ tên dài quá 100 chữ cái."},
    )
    contact = PlainField(
        label="Thư điện tử hoặc điện thoại",
        required=False,
        max_length=120,
        help_text="Chỉ khi bạn muốn được trả lời riêng. Ban biên tập không dùng vào việc khác.",
        error_messages={"max_length": "Dài quá 120 chữ cái."},
    )
    # People do not see this one; programs that fill in every field do.
    nickname = PlainField(
        label="Ô này để trống",
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, auto_id="gop-y-%s", **kwargs)
        self.describe()

    def clean_contact(self):
        contact = self.cleaned_data["contact"]
        digits = sum(character.isdigit() for character in contact)
        if contact and not E_MAIL.fullmatch(contact) and digits < FEWEST_PHONE_DIGITS:
            raise forms.ValidationError(
                "Chưa giống địa chỉ thư hoặc số điện thoại. Ví dụ: 0299 000 0000."
            )
        return contact

    def clean_nickname(self):
        if self.cleaned_data["nickname"]:
            raise forms.ValidationError(
                "Ô này không dành cho bạn, máy dùng để lọc thư rác. Hãy xóa chữ trong ô rồi gửi lại."
            )
        return ""
