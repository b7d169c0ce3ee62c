"""Numbers as Vietnamese people type them: a dot between thousands, a comma before decimals."""

import re
from decimal import Decimal

from django import forms

GROUPED = re.compile(r"-?\d{1,3}(\.\d{3})+(,\d+)?")
PLAIN = re.compile(r"-?\d+([.,]\d+)?")


class VietnameseNumberField(forms.DecimalField):
    """`2.811,7`, `2811,7` and `2811.7` -> Decimal("2811.7"); `9.081` is nine thousand and eighty-one.

    Shown as `2811,7`, without grouping, so that what is shown reads back as the same number.
    """

    default_error_messages = {
        "invalid": "Ghi số như 2.811,7 (dấu chấm ngăn hàng nghìn, dấu phẩy thập phân)."
    }
    widget = forms.TextInput(attrs={"inputmode": "decimal"})

    def to_python(self, value):
        if isinstance(value, str):
            value = value.strip().replace("\u00a0", "").replace(" ", "")
            if GROUPED.fullmatch(value):
                value = value.replace(".", "").replace(",", ".")
            elif PLAIN.fullmatch(value):
                value = value.replace(",", ".")
            elif value:
                raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        return super().to_python(value)

    def prepare_value(self, value):
        if isinstance(value, Decimal):
            text = f"{value:f}"
            return (text.rstrip("0").rstrip(".") if "." in text else text).replace(".", ",")
        return value

    def has_changed(self, initial, data):
        try:
            return self.to_python(data) != initial
        except forms.ValidationError:
            return True
