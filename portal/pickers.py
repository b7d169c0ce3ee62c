"""The pickers of the back office: Django's, but what was sent is looked up only if it can be a key.

Django asks the database for whatever stood in the form or the address, and `?event=abc` is a 500.
"""

from django.contrib.admin.widgets import AutocompleteSelect
from django.core.exceptions import ValidationError
from django.forms import ModelMultipleChoiceField


class Picker(AutocompleteSelect):
    def optgroups(self, name, value, attrs=None):
        return super().optgroups(name, [one for one in value if self._may_be_key(one)], attrs)

    def _may_be_key(self, text):
        if text in self.choices.field.empty_values:
            return True
        try:
            self.field.target_field.clean(text, None)
        except (ValidationError, ValueError):  # ValueError: more digits than Python reads
            return False
        return True


class SeveralChoices(ModelMultipleChoiceField):
    """Several rows to tick. A number longer than any key is no choice; SQLite would stumble over it."""

    def _check_values(self, value):
        try:
            return super()._check_values(value)
        except OverflowError:
            raise ValidationError(
                self.error_messages["invalid_choice"],
                code="invalid_choice",
                params={"value": "…"},
            ) from None


class WithPickers:
    """For an admin or an inline with `autocomplete_fields`."""

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name in self.get_autocomplete_fields(request):
            picker = Picker(db_field, self.admin_site, using=kwargs.get("using"))
            kwargs.setdefault("widget", picker)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)
