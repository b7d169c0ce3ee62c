"""What readers wrote: the newsroom's list with its clock, the answer, and forgetting the sender."""

from django import forms
from django.contrib import admin, messages
from django.contrib.admin import SimpleListFilter
from django.http import Http404, HttpResponseNotAllowed, HttpResponseRedirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.html import format_html

from portal.office import OfficeAdmin
from reports import workflow
from reports.feedback import forget_sender, record_answer
from reports.models import Feedback
from reports.models.voices import OPEN_STATES, SOON_DAYS
from reports.rights import NEWSROOM, grants, visible_feedback


class ClockFilter(SimpleListFilter):
    title = "hạn trả lời"
    parameter_name = "han"

    def lookups(self, request, model_admin):
        return [
            ("cho", "Chưa trả lời"),
            ("sap", f"Còn {SOON_DAYS} ngày trở lại"),
            ("qua", "Quá hạn"),
            ("xong", "Đã xong"),
        ]

    def queryset(self, request, queryset):
        today = timezone.localdate()
        if self.value() == "cho":
            return queryset.open()
        if self.value() == "sap":
            return queryset.due_soon(today)
        if self.value() == "qua":
            return queryset.overdue(today)
        return queryset.exclude(status__in=OPEN_STATES) if self.value() == "xong" else queryset


class FeedbackForm(forms.ModelForm):
    seen_at = forms.CharField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = Feedback
        fields = ["status", "answer"]
        widgets = {"answer": forms.Textarea(attrs={"rows": 6})}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial["seen_at"] = self.instance.updated_at.isoformat()

    def clean(self):
        cleaned = super().clean()
        status, answer = cleaned.get("status"), (cleaned.get("answer") or "").strip()
        if status and status not in OPEN_STATES and not answer:
            self.add_error("answer", "Hãy viết câu trả lời rồi mới khép lại ý kiến này.")
        # The database asks for the moment too; the deed behind the form writes it.
        if status and status not in OPEN_STATES:
            self.instance.closed_at = self.instance.closed_at or timezone.now()
        self._notice_another_hand(cleaned)
        return cleaned

    def _notice_another_hand(self, cleaned):
        stored = Feedback.objects.only("updated_at").get(pk=self.instance.pk)
        now_seen = stored.updated_at.isoformat()
        if cleaned.get("seen_at") and cleaned["seen_at"] != now_seen:
            self.data = self.data.copy()
            self.data["seen_at"] = now_seen
            raise forms.ValidationError(
                "Người khác vừa sửa ý kiến này. Những gì bạn gõ vẫn ở dưới; lưu lần nữa là lấy bản của bạn."
            )


@admin.register(Feedback)
class FeedbackAdmin(OfficeAdmin):
    form = FeedbackForm
    list_display = ["headline", "about", "state", "due", "received"]
    list_filter = [ClockFilter, "kind", "status"]
    list_select_related = ["report"]
    search_fields = ["code", "text"]
    search_help_text = "Mã theo dõi viết liền, hoặc chữ có trong ý kiến."
    ordering = ["due_on", "pk"]
    readonly_fields = ["received", "due", "about", "said", "sender"]
    fieldsets = [
        ("Bạn đọc viết", {"fields": ["received", "due", "about", "said", "sender"]}),
        ("Trả lời", {"fields": ["status", "answer", "seen_at"]}),
    ]

    # --- who sees and does what ------------------------------------------------------------------

    def get_queryset(self, request):
        return visible_feedback(request.user).select_related("report")

    def has_view_permission(self, request, obj=None):
        if not self._is_member(request):
            return False
        if obj is None:
            return request.user.is_superuser or any(map(grants(request.user).get, NEWSROOM))
        return visible_feedback(request.user).filter(pk=obj.pk).exists()

    def has_change_permission(self, request, obj=None):
        return self.has_view_permission(request, obj)

    def has_add_permission(self, request):
        return False

    # --- the list --------------------------------------------------------------------------------

    @admin.display(description="ý kiến", ordering="kind")
    def headline(self, feedback):
        text = " ".join(feedback.text.split())
        return f"{feedback.get_kind_display().capitalize()}: {text[:80]}{'…' if len(text) > 80 else ''}"

    @admin.display(description="về bài")
    def about(self, feedback):
        if feedback.report is None:
            return "cả trang"
        url = reverse("admin:reports_report_change", args=[feedback.report_id])
        return format_html('<a href="{}">{}</a>', url, feedback.report.title)

    @admin.display(description="trạng thái", ordering="status")
    def state(self, feedback):
        name = "submitted" if feedback.is_open else "published"
        return format_html(
            '<span class="state state--{}">{}</span>', name, feedback.get_status_display()
        )

    @admin.display(description="hạn trả lời", ordering="due_on")
    def due(self, feedback):
        today = timezone.localdate()
        words = feedback.clock_words(today)
        if not words:
            return f"{feedback.due_on:%d/%m/%Y}"
        late = feedback.days_left(today) <= SOON_DAYS
        return format_html(
            '{} <span class="state{}">{}</span>',
            f"{feedback.due_on:%d/%m/%Y}", " state--returned" if late else "", words,
        )  # fmt: skip

    @admin.display(description="nhận lúc", ordering="received_at")
    def received(self, feedback):
        return f"{timezone.localtime(feedback.received_at):%H:%M %d/%m/%Y}"

    # --- answering ---------------------------------------------------------------------------------

    @admin.display(description="nội dung")
    def said(self, feedback):
        # As text, line by line: what looks like a link or markup stays letters.
        return format_html('<div class="said">{}</div>', feedback.text)

    @admin.display(description="người gửi")
    def sender(self, feedback):
        if feedback.forgotten_at:
            return f"đã xóa {timezone.localtime(feedback.forgotten_at):%d/%m/%Y}"
        return ", ".join(filter(None, [feedback.name, feedback.contact])) or "không ghi"

    def save_model(self, request, obj, form, change):
        record_answer(obj, by=request.user, now=timezone.now())

    def render_change_form(self, request, context, *args, obj=None, **kwargs):
        report = obj and obj.report
        context |= {
            "steps": obj.steps.select_related("by").order_by("at", "pk") if obj else [],
            "may_forget": bool(obj and (obj.name or obj.contact)),
            "correct_url": (
                f"{reverse('admin:reports_report_change', args=[report.pk])}#viec-voi-bai"
                if report and report.is_published() and workflow.may_withdraw(request.user, report)
                else ""
            ),
            "show_save_and_add_another": False,
        }
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)

    def get_urls(self):
        forget = self.admin_site.admin_view(self.forget_view)
        return [
            path("<int:pk>/quen-nguoi-gui/", forget, name="reports_feedback_forget"),
            *super().get_urls(),
        ]

    def forget_view(self, request, pk):
        """Remove name and contact; the message and its answer stay."""
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        feedback = self.get_queryset(request).filter(pk=pk).first()
        if feedback is None:
            raise Http404
        forget_sender(feedback, now=timezone.now())
        self.message_user(request, "Đã xóa thông tin cá nhân của người gửi.", messages.SUCCESS)
        return HttpResponseRedirect(reverse("admin:reports_feedback_change", args=[pk]))
