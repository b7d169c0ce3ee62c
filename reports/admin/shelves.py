"""Sections and topics: fixed lists that system administrators keep in order."""

from django import forms
from django.contrib import admin

from portal.office import OfficeAdmin
from reports.models import Section, Topic


class ShelfAdmin(OfficeAdmin):
    list_display = ["name", "order"]
    list_editable = ["order"]
    ordering = ["order", "name"]
    search_fields = ["name"]
    fields = ["name", "order"]

    def get_changelist_form(self, request, **kwargs):
        """The numbers in the list have no label beside them, so each says what it is."""
        number = forms.NumberInput(attrs={"aria-label": "Thứ tự"})
        return super().get_changelist_form(request, widgets={"order": number}, **kwargs)

    def has_view_permission(self, request, obj=None):
        return request.user.is_active and request.user.is_superuser


admin.site.register([Section, Topic], ShelfAdmin)
