"""Fields of the pages of "Nhập bài": names, periods, several files; and the form they stand in."""

from django import forms

from portal.text import one_line

from ..periods import Period


class OfficeForm(forms.Form):
    """Labels without a colon, as in the rest of the back office."""

    def __init__(self, *args, **options):
        super().__init__(*args, **{"label_suffix": "", **options})


class NamesField(forms.CharField):
    """Names separated by semicolons -> a list; spaces tidied, empty ones dropped."""

    def __init__(self, **options):
        super().__init__(required=False, **options)

    def prepare_value(self, value):
        return "; ".join(value) if isinstance(value, list) else value

    def to_python(self, value):
        names = [one_line(name) for name in (super().to_python(value) or "").split(";")]
        if too_long := next((name for name in names if len(name) > 120), None):
            raise forms.ValidationError(f"Tên “{too_long[:40]}…” dài quá 120 chữ.")
        return [name for name in names if name]


class PeriodField(forms.CharField):
    """`2024-H1` as in the address bar -> Period."""

    def __init__(self, **options):
        super().__init__(
            required=False,
            help_text="Ví dụ: 2024 (cả năm), 2024-H1 (6 tháng đầu năm), 2024-Q1, 2024-9T, 2024-06.",
            **options,
        )

    def prepare_value(self, value):
        return value.ky if isinstance(value, Period) else value

    def to_python(self, value):
        text = super().to_python(value)
        if not text:
            return None
        try:
            return Period.parse(text)
        except ValueError as error:
            raise forms.ValidationError(str(error)) from None


class PhotosInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class PhotosField(forms.FileField):
    """Several files -> a list; each is judged when it is kept, so that a bad one stops no other."""

    widget = PhotosInput

    def clean(self, data, initial=None):
        return [super(PhotosField, self).clean(one) for one in data or []]
