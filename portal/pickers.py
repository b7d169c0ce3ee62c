"""The pickers of the back office: Django's, but what was sent is looked up only if it can be a key.

Django asks the database for whatever stood in the form or the address, and `?event=abc` is a 500.
"""

from django.contrib.admin.widgets import AutocompleteSelect
from django.core.exceptions import ValidationError


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


class WithPickers:
    """For an admin or an inline with `autocomplete_fields`."""

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name in self.get_autocomplete_fields(request):
            picker = Picker(db_field, self.admin_site, using=kwargs.get("using"))
            kwargs.setdefault("widget", picker)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)
