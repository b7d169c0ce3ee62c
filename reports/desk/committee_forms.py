"""What a committee tells the desk about itself: its header, its periods, its targets."""

from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse

from reports.form_fields import Described
from reports.models import Committee, Target
from units.area import area_of

from .fields import NamedPersonField, NamedUnitField


class CommitteeForm(Described, forms.ModelForm):
    class Meta:
        model = Committee
        fields = [
            "parent_body", "issuing_body", "document_code", "place", "signatory_title",
            "signatory_name", "recipients", "margin_top", "margin_bottom", "margin_left",
            "margin_right", "cutoff_day", "grace_days",
        ]  # fmt: skip
        help_texts = {"signatory_name": "In dưới chữ ký. Ví dụ: Nguyễn Thị Hoa"}
        widgets = {"recipients": forms.Textarea(attrs={"rows": 4})}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, auto_id="mau-%s", **kwargs)
        for name in (
            "cutoff_day",
            "grace_days",
            *(f for f in self.fields if f.startswith("margin")),
        ):
            self.fields[name].widget.attrs["inputmode"] = "numeric"
        for field in self.fields.values():
            field.label = field.label[:1].upper() + field.label[1:]
        self.describe()

    @property
    def header_fields(self):
        return [self[name] for name in ("parent_body", "issuing_body", "document_code", "place")]

    @property
    def ending_fields(self):
        return [self[name] for name in ("signatory_title", "signatory_name", "recipients")]

    @property
    def margin_fields(self):
        return [self[name] for name in self.fields if name.startswith("margin")]

    @property
    def period_fields(self):
        return [self["cutoff_day"], self["grace_days"]]


class TargetForm(Described, forms.Form):
    """A new target: of a unit, of a person, or with neither of every unit without one of its own.

    `same` is the Target that asks just this already.
    """

    unit = NamedUnitField(
        label="Đơn vị", required=False, help_text="Gõ tên, không cần dấu. Ví dụ: thoai son"
    )
    person = NamedPersonField(
        label="Hoặc một người",
        required=False,
        help_text="Họ tên hoặc bút danh. Để trống cả hai ô: chỉ tiêu bài chung cho mọi đơn vị.",
    )
    reports_a_month = forms.IntegerField(
        label="Số bài mỗi tháng",
        min_value=1,
        max_value=500,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        help_text="Ví dụ: 8",
    )

    def __init__(self, *args, committee, **kwargs):
        self.committee = committee
        super().__init__(*args, auto_id="chi-tieu-%s", **kwargs)
        self.fields["unit"].widget.attrs |= {
            "autocomplete": "off",
            "data-suggest": reverse("units:suggest"),
        }
        self.describe()

    def clean_unit(self):
        unit = self.cleaned_data["unit"]
        if unit and unit.pk not in area_of(self.committee.unit_id):
            raise ValidationError(
                f"{unit.full_name_on()} không thuộc địa bàn {self.committee.unit.name_on()}."
            )
        return unit

    def clean(self):
        data = super().clean()
        if data.get("unit") and data.get("person"):
            self.add_error("person", "Chọn đơn vị hoặc người, không chọn cả hai.")
        self.same = None
        if not self.errors and self.committee.pk:
            self.same = self._stored(data)
        if self.same and self.same.reports_a_month != data["reports_a_month"]:
            self.refuse_twice()
        return data

    def refuse_twice(self):
        name = "person" if self.cleaned_data.get("person") else "unit"
        self.add_error(name, "Đã có chỉ tiêu bài này: hãy sửa số ở danh sách bên trên.")

    def _stored(self, data):
        wanted = {"unit": data.get("unit"), "person": data.get("person")}
        return self.committee.targets.filter(**wanted).first()

    def target(self):
        """The Target that was asked for, not stored yet."""
        return Target(committee=self.committee, **self.cleaned_data)


class NumberForm(Described, forms.Form):
    """A new number for a target there is."""

    reports_a_month = forms.IntegerField(
        label="Số bài mỗi tháng",
        min_value=1,
        max_value=500,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )

    def __init__(self, data=None, *, target):
        self.target = target
        super().__init__(
            data,
            auto_id=f"so-{target.pk}-%s",
            initial={"reports_a_month": target.reports_a_month},
        )
        self.describe()

    @property
    def is_as_stored(self):
        """Whether the number that was typed is the stored one."""
        return self.is_valid() and self.cleaned_data == {
            "reports_a_month": self.target.reports_a_month
        }

    def tell_stored(self):
        """Somebody else was quicker: beside what was typed, say what is stored."""
        self.is_valid()
        stored = self.target.reports_a_month
        self.add_error(
            "reports_a_month",
            f"Người khác vừa sửa thành {stored} bài. Chưa lưu gì; bấm lần nữa nếu vẫn muốn đổi.",
        )
        self.describe()
