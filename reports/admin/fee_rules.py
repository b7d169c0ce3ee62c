"""What fees are reckoned by: salaries and schedules, kept by system administrators."""

from django import forms
from django.contrib import admin

from portal.office import OfficeAdmin
from reports.fees.rules import plain
from reports.models import BaseSalary, FeeRate, FeeSchedule
from reports.number_field import VietnameseNumberField

COEFFICIENTS = {
    "low": "Thấp nhất người chấm được cho. Ví dụ: 1",
    "high": "Cao nhất. Ví dụ: 1,5",
    "usual": "Ghi sẵn khi chấm. Ví dụ: 1",
}


class RulesAdmin(OfficeAdmin):
    """For system administrators; whoever scores sees the range where they need it."""

    help_texts = {}

    def get_form(self, request, obj=None, change=False, **kwargs):
        return super().get_form(request, obj, change, help_texts=self.help_texts, **kwargs)

    def has_view_permission(self, request, obj=None):
        return self.has_change_permission(request, obj)

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        return super().formfield_for_dbfield(db_field, request, **_as_typed(db_field), **kwargs)


def _as_typed(db_field):
    """Numbers as people type them: a comma before decimals, dots between thousands."""
    if db_field.get_internal_type() == "DecimalField":
        return {
            "form_class": VietnameseNumberField,
            "widget": forms.TextInput({"inputmode": "decimal"}),
        }
    return {}


@admin.register(BaseSalary)
class BaseSalaryAdmin(RulesAdmin):
    list_display = ["from_on", "amount_shown", "basis"]
    ordering = ["-from_on"]
    fields = ["from_on", "amount", "basis"]
    help_texts = {"amount": "Đồng một tháng. Ví dụ: 2.340.000"}

    @admin.display(description="mức lương", ordering="amount")
    def amount_shown(self, salary):
        return f"{salary.amount:,.0f} đ".replace(",", ".")


class FeeRateInline(admin.TabularInline):
    model = FeeRate
    extra = 0
    fields = [("genre", "low", "high", "usual"), "includes_photos"]
    help_texts = COEFFICIENTS | {
        "genre": "Thể loại không có khung thì bài không được trả.",
        "includes_photos": "Hệ số này trả cho cả ảnh: người chụp cùng hưởng với người viết.",
    }

    def get_formset(self, request, obj=None, **kwargs):
        return super().get_formset(request, obj, help_texts=self.help_texts, **kwargs)

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        return super().formfield_for_dbfield(db_field, request, **_as_typed(db_field), **kwargs)

    def has_view_permission(self, request, obj=None):
        return request.user.is_active and request.user.is_superuser

    has_add_permission = has_change_permission = has_delete_permission = has_view_permission


@admin.register(FeeSchedule)
class FeeScheduleAdmin(RulesAdmin):
    list_display = ["from_on", "place", "percents", "basis"]
    list_select_related = ["unit"]
    ordering = ["-from_on", "pk"]
    autocomplete_fields = ["unit"]
    help_texts = {
        "rounding_step": "Tiền của mỗi bài tròn tới số này.",
        "rounding_mode": "Theo lối của kế toán nơi chi.",
        "photo_rule": "Ảnh có trả riêng không, và tính theo từng ảnh hay cả bài.",
        "photos_counted": "Nhiều nhất bấy nhiêu ảnh một bài được tính. Ví dụ: 3",
    } | {f"photo_{name}": words for name, words in COEFFICIENTS.items()}
    inlines = [FeeRateInline]
    fieldsets = [
        ("Ở đâu, từ bao giờ", {"fields": ["unit", "from_on", "basis"]}),
        (
            "Đơn giá của hệ số 1",
            {
                "fields": [("salary_percent", "site_percent"), ("rounding_step", "rounding_mode")],
                "description": "Đơn giá = lương cơ sở × phần của lương × tỷ lệ của trang.",
            },
        ),
        (
            "Ảnh",
            {
                "fields": [
                    "photo_rule",
                    ("photo_low", "photo_usual", "photo_high"),
                    "photos_counted",
                ]
            },
        ),
        ("Thuế", {"fields": [("tax_percent", "tax_from")]}),
    ]

    @admin.display(description="áp dụng cho", ordering="unit__sort_key")
    def place(self, schedule):
        return schedule.unit.full_name_on() if schedule.unit else "cả trang"

    @admin.display(description="lương × trang")
    def percents(self, schedule):
        return f"{plain(schedule.salary_percent)} % × {plain(schedule.site_percent)} %"
