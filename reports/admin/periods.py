"""Choosing a reporting period by name instead of typing its two days."""

from django import forms
from django.utils import timezone

from reports.periods import CALENDAR, CONVENTIONS, ROMAN, Period

PARTS = [
    ("", "– tự ghi hai ngày dưới đây –"),
    ("nam", "Cả năm"),
    ("H1", "6 tháng đầu năm"),
    ("H2", "6 tháng cuối năm"),
    ("9T", "9 tháng đầu năm"),
    *[(f"Q{quarter}", f"Quý {roman}") for quarter, roman in ROMAN.items()],
    *[(f"{month:02d}", f"Tháng {month}") for month in range(1, 13)],
]


class PeriodChoice(forms.Form):
    """Three fields that fill `period_start` and `period_end` of the form they are mixed into.

    A script fills the two days at once; without it the server does when the form is sent. Chosen
    and typed days that contradict each other are an error, never silently overwritten.
    """

    ky_part = forms.ChoiceField(
        label="Chọn kỳ cho nhanh",
        choices=PARTS,
        required=False,
        widget=forms.Select(attrs={"data-ky": "part"}),
        help_text="Ví dụ: 6 tháng đầu năm. Hai ngày của kỳ tự ghi theo.",
    )
    ky_year = forms.IntegerField(
        label="Năm",
        required=False,
        min_value=1990,
        max_value=2099,
        widget=forms.NumberInput(attrs={"data-ky": "year"}),
        help_text="Ví dụ: 2026",
    )
    ky_rule = forms.ChoiceField(
        label="Quy ước",
        choices=[
            (rule.slug, rule.label[0].upper() + rule.label[1:]) for rule in CONVENTIONS.values()
        ],
        required=False,
        initial=CALENDAR.slug,
        widget=forms.Select(attrs={"data-ky": "rule"}),
        help_text="Nơi tính từ ngày 15 tháng trước đến ngày 14 thì chọn quy ước ấy.",
    )

    class Media:
        js = ["admin-dv/periods.js"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["ky_year"].initial = timezone.localdate().year

    def clean(self):
        cleaned = super().clean() or self.cleaned_data
        part = cleaned.get("ky_part")
        if not part or "ky_year" in self.errors:
            return cleaned
        if not cleaned.get("ky_year"):
            self.add_error("ky_year", "Hãy ghi năm của kỳ. Ví dụ: 2026")
            return cleaned
        year = cleaned["ky_year"]
        ky = str(year) if part == "nam" else f"{year}-{part}"
        period = Period.parse(ky, CONVENTIONS.get(cleaned.get("ky_rule"), CALENDAR))
        typed = (cleaned.get("period_start"), cleaned.get("period_end"))
        if any(typed) and typed != (period.start, period.end):
            self.add_error(
                "ky_part",
                f"Kỳ đã chọn là {period.days_label}, khác hai ngày đã ghi. "
                "Hãy bỏ trống hai ngày, hoặc chọn “tự ghi hai ngày”.",
            )
            return cleaned
        cleaned["period_start"], cleaned["period_end"] = period.start, period.end
        return cleaned
