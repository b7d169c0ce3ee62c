"""Sections and topics: fixed lists that system administrators keep in order."""

from django.contrib import admin

from reports.models import Section, Topic

from .office import OfficeAdmin


class ShelfAdmin(OfficeAdmin):
    list_display = ["name", "order"]
    list_editable = ["order"]
    ordering = ["order", "name"]
    search_fields = ["name"]
    fields = ["name", "order"]

    def has_view_permission(self, request, obj=None):
        return request.user.is_active and request.user.is_superuser


admin.site.register([Section, Topic], ShelfAdmin)
