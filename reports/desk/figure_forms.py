"""What a person says about one proposed number, and about the name of an indicator."""

from django import forms

from reports.form_fields import Described, PlainField
from reports.number_field import VietnameseNumberField

from .figures import CONFIRM, SET_ASIDE, Decision

DEEDS = [("", "Để sau"), (CONFIRM, "Xác nhận"), (SET_ASIDE, "Để riêng")]


class ProposalForm(Described, forms.Form):
    """One proposal; its prefix is the proposal's key. Says nothing when its deed is left open."""

    deed = forms.ChoiceField(
        label="Số này",
        choices=DEEDS,
        required=False,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": "Hãy chọn một trong ba việc dưới đây."},
    )
    indicator = PlainField(
        label="Chỉ tiêu",
        required=False,
        max_length=200,
        error_messages={"max_length": "Tên chỉ tiêu dài quá 200 chữ cái."},
    )
    value = VietnameseNumberField(
        label="Giá trị",
        required=False,
        max_digits=18,
        decimal_places=4,
        error_messages={
            "max_digits": "Số này dài quá 18 chữ số.",
            "max_whole_digits": "Số này dài quá 14 chữ số.",
            "max_decimal_places": "Nhiều nhất bốn chữ số sau dấu phẩy.",
        },
    )
    unit_of_measure = PlainField(
        label="Đơn vị tính",
        required=False,
        max_length=60,
        error_messages={"max_length": "Đơn vị tính dài quá 60 chữ cái."},
    )

    def __init__(self, data=None, *, proposal):
        self.proposal = proposal
        super().__init__(
            data,
            prefix=proposal.key,
            auto_id="so-%s",
            initial={
                "deed": "",
                "value": proposal.value,
                "unit_of_measure": proposal.unit_of_measure,
            },
        )
        self.fields["indicator"].widget.attrs |= {"list": "chi-tieu-da-co", "autocomplete": "off"}
        self.fields["unit_of_measure"].widget.attrs["autocomplete"] = "off"
        self.describe()

    @property
    def words(self):
        """The fields that are typed into."""
        return [self[name] for name in ("indicator", "value", "unit_of_measure")]

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("deed") == CONFIRM:
            if not cleaned.get("indicator") and "indicator" not in self.errors:
                self.add_error("indicator", "Ghi số này đếm gì. Ví dụ: suất quà Tết")
            if cleaned.get("value") is None and "value" not in self.errors:
                self.add_error("value", "Ghi giá trị. Ví dụ: 2.811,7")
        elif cleaned.get("deed") == "" and cleaned.get("indicator"):
            self.add_error("deed", "Đã ghi chỉ tiêu; hãy chọn “Xác nhận” hoặc “Để riêng”.")
        return cleaned

    def decision(self):
        """A Decision, or None where nothing was decided. Only of a valid form."""
        data = self.cleaned_data
        if not data["deed"]:
            return None
        return Decision(
            self.proposal.key,
            data["deed"],
            data["indicator"],
            data["value"] if data["value"] is not None else self.proposal.value,
            data["unit_of_measure"],
        )


class RenameForm(Described, forms.Form):
    """`cu`: an indicator as it is called now; `moi`: as it shall be called."""

    cu = PlainField(
        label="Tên đang dùng",
        max_length=200,
        error_messages={"required": "Hãy chọn chỉ tiêu cần đổi tên."},
    )
    moi = PlainField(
        label="Gọi là",
        max_length=200,
        help_text="Ví dụ: ngày công của người dân. Gõ tên đã có để gộp vào chỉ tiêu ấy.",
        error_messages={
            "required": "Hãy ghi tên mới.",
            "max_length": "Tên chỉ tiêu dài quá 200 chữ cái.",
        },
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, auto_id="ten-%s", **kwargs)
        self.fields["moi"].widget.attrs |= {"list": "chi-tieu-da-co", "autocomplete": "off"}
        self.describe()
