"""The site's own pages in the back office: who runs it, how to reach them, what is announced."""

from django.contrib import admin, messages
from django.utils import timezone

from portal.models import Notice, NoticeLevel, SiteProfile
from portal.office import OfficeAdmin

# NĐ 224/2026: planned downtime is announced so many working days before.
DAYS_BEFORE_DOWNTIME = 7


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


@admin.register(Notice)
class NoticeAdmin(OfficeAdmin):
    """A line on top of every public page; system administrators write it."""

    list_display = ["text", "level", "starts_at", "ends_at", "state"]
    list_filter = ["level"]
    search_fields = ["text"]
    ordering = ["-starts_at", "-pk"]
    fieldsets = [
        ("Nói gì", {"fields": ["level", "text"]}),
        ("Khi nào", {"fields": ["starts_at", "ends_at", "show_from"]}),
    ]

    def has_view_permission(self, request, obj=None):
        return self.has_change_permission(request, obj)

    @admin.display(description="bạn đọc thấy")
    def state(self, notice):
        now = timezone.now()
        if notice.ends_at <= now:
            return "đã hết"
        return "đang hiện" if notice.show_from <= now else "chưa hiện"

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        days = obj.working_days_notice(timezone.now())
        if obj.level == NoticeLevel.DOWNTIME and days < DAYS_BEFORE_DOWNTIME:
            messages.warning(
                request,
                f"Chỉ báo trước {days} ngày làm việc. Quy định là ít nhất {DAYS_BEFORE_DOWNTIME} ngày "
                "(chưa trừ ngày lễ). Nếu lùi được, hãy lùi lịch tạm dừng.",
            )
