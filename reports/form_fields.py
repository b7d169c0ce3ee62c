"""What forms of readers and of the desk have in common: text as people type it, inputs that say what is theirs."""

from django import forms

from portal.text import one_line, plain_text


class PlainField(forms.CharField):
    """Text as people type it: no control characters, NFC, markup left as the text it is."""

    def __init__(self, *, is_one_line=True, **kwargs):
        self.tidy = one_line if is_one_line else plain_text
        super().__init__(**kwargs)

    def to_python(self, value):
        return super().to_python(self.tidy(value))


class Described:
    """For forms that `components/form_field.html` draws: inputs look like the site's and say which hint
    and which error are theirs. To be called at the end of `__init__`, and again after `add_error`.
    """

    def describe(self):
        for name, field in self.fields.items():
            attrs = field.widget.attrs
            if isinstance(field.widget, forms.RadioSelect):
                continue
            attrs.setdefault("class", "input")
            place = self[name].auto_id
            described = [f"{place}-loi"] if self.is_bound and self.has_error(name) else []
            described += [f"{place}-goi-y"] if field.help_text else []
            if described:
                attrs["aria-describedby"] = " ".join(described)
            if self.is_bound and self.has_error(name):
                attrs["aria-invalid"] = "true"
