"""Events: conferences, dialogues, visits; several reports may speak of one."""

from django import forms
from django.contrib import admin
from django.db.models import Count, Q

from reports.models import Event, MemberRole
from reports.rights import (
    edits_somewhere,
    has_role,
    may_change_event,
    visible_events,
    visible_reports,
)

from .filters import UnitFilter
from .history import WithHistory
from .periods import PeriodChoice
from .writers import WritersAdmin


class EventForm(PeriodChoice, forms.ModelForm):
    """`user` is set by the admin."""

    user = None

    class Meta:
        model = Event
        fields = [
            "name", "kind", "event_on", "ends_on", "session", "venue", "unit", "organisation", "chair",
            "attendees", "is_online", "connected_sites", "is_public", "period_start", "period_end",
        ]  # fmt: skip
        labels = {"organisation": "tổ chức chủ trì"}
        widgets = {"attendees": forms.Textarea(attrs={"rows": 3})}
        help_texts = {
            "venue": "Ví dụ: Hội trường UBND xã Phú Hòa",
            "chair": "Họ tên và chức vụ. Ví dụ: đồng chí Trần Văn Đông, Phó Bí thư Đảng ủy",
            "attendees": "Ví dụ: 120 đại biểu các ban, ngành, đoàn thể.",
            "connected_sites": "Các đơn vị dự họp qua màn hình.",
            "kind": "Để lọc lịch và làm báo cáo theo loại việc.",
            "session": "Không biết thì để trống.",
            "organisation": "Cơ quan mời họp. Ví dụ: Ủy ban MTTQ Việt Nam xã",
            "is_online": "Có nơi dự họp qua màn hình thì đánh dấu.",
            "period_start": "Kỳ mà hội nghị bàn tới. Ví dụ: 01/01/2026",
            "period_end": "Tính cả ngày này. Ví dụ: 30/06/2026",
        }

    def clean(self):
        cleaned = super().clean()
        unit = cleaned.get("unit")
        if cleaned.get("is_public") and unit and not _may_announce(self.user, unit.pk):
            self.add_error("is_public", "Biên tập viên của đơn vị mới báo trước cho bạn đọc được.")
        return cleaned


def _may_announce(user, unit_key):
    """What is announced is read by everybody at once, and nobody approves it first."""
    return has_role(user, unit_key, MemberRole.EDITOR)


@admin.register(Event)
class EventAdmin(WithHistory, WritersAdmin):
    form = EventForm
    list_display = ["name", "kind", "day", "unit_shown", "report_count"]
    list_filter = ["kind", UnitFilter]
    search_fields = ["name"]
    search_help_text = "Tên, địa điểm, chủ trì hoặc đơn vị, không cần gõ dấu."
    ordering = ["-event_on", "-pk"]
    list_select_related = ["unit"]
    autocomplete_fields = ["unit", "organisation", "connected_sites"]
    fieldsets = [
        ("Sự kiện", {"fields": ["name", "kind", "is_public"]}),
        ("Khi nào, ở đâu", {"fields": [("event_on", "ends_on", "session"), "venue"]}),
        ("Ai", {"fields": ["unit", "organisation", "chair", "attendees"]}),
        (
            "Họp trực tuyến",
            {"fields": ["is_online", "connected_sites"], "classes": ["collapse"]},
        ),
        (
            "Kỳ báo cáo",
            {
                "fields": [("ky_part", "ky_year", "ky_rule"), ("period_start", "period_end")],
                "classes": ["collapse"],
            },
        ),
    ]

    restored_fields = [
        "name", "kind", "event_on", "ends_on", "session", "venue", "organisation", "chair",
        "attendees", "is_online", "period_start", "period_end", "is_public",
    ]  # fmt: skip
    followed_fields = ["unit"]

    def get_queryset(self, request):
        seen = visible_reports(request.user).values("pk")
        told = Count("reports", filter=Q(reports__in=seen), distinct=True)
        return visible_events(request.user).annotate(told=told)

    def get_form(self, request, obj=None, **kwargs):
        form = super().get_form(request, obj, **kwargs)
        form.user = request.user
        return form

    def get_readonly_fields(self, request, obj=None):
        return [] if edits_somewhere(request.user) else ["is_public"]

    def has_change_permission(self, request, obj=None):
        if not super().has_change_permission(request, obj):
            return False
        return obj is None or may_change_event(request.user, obj)

    def bring_back(self, request, obj, record, deed):
        if not _may_announce(request.user, obj.unit_id):
            record.is_public = obj.is_public
        return super().bring_back(request, obj, record, deed)

    @admin.display(description="ngày diễn ra", ordering="event_on")
    def day(self, event):
        if not event.event_on:
            return "chưa rõ ngày"
        until = f" – {event.ends_on:%d/%m/%Y}" if event.ends_on else ""
        return f"{event.event_on:%d/%m/%Y}{until}"

    @admin.display(description="đơn vị", ordering="unit__sort_key")
    def unit_shown(self, event):
        return event.unit_label

    @admin.display(description="số bài", ordering="told")
    def report_count(self, event):
        return event.told

    def has_delete_permission(self, request, obj=None):
        """An event nobody has written about may go; its reports would keep it otherwise."""
        return self.has_change_permission(request, obj)

    def get_deleted_objects(self, objs, request):
        """What stands in the way is said without titles: some may be other units' drafts."""
        deleted, count, _, protected = super().get_deleted_objects(objs, request)
        return deleted, count, set(), ["các bài gắn với sự kiện này"] if protected else []
