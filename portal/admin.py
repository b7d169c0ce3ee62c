"""The site's own page in the back office: who runs it, how to reach them."""

from django.contrib import admin

from portal.models import SiteProfile
from portal.office import OfficeAdmin


@admin.register(SiteProfile)
class SiteProfileAdmin(OfficeAdmin):
    """One row: it can be added once, changed always, never deleted."""

    fieldsets = [
        ("Đầu trang", {"fields": ["name", "area"]}),
        (
            "Cuối trang và trang Liên hệ",
            {
                "fields": [
                    "managing_body", "address", "phone", "email", "working_hours",
                    "responsible_person", "licence",
                ]
            },
        ),
        ("Trang Giới thiệu", {"fields": ["introduction"]}),
    ]  # fmt: skip

    def has_view_permission(self, request, obj=None):
        return self.has_change_permission(request, obj)

    def has_add_permission(self, request):
        return super().has_add_permission(request) and not SiteProfile.objects.exists()

    def has_delete_permission(self, request, obj=None):
        return False
