"""Filters of the back office's lists. They work without scripts and ignore what makes no sense."""

from django.contrib.admin import SimpleListFilter
from django.utils import timezone

from portal.text import one_line
from reports.models import Person, ReportStatus, Section
from reports.models.voices import is_little_useful
from reports.periods import CALENDAR, CONVENTIONS, Period
from reports.rights import known_units
from reports.tasks import tasks_of
from units.area import subtree_keys
from units.models import Unit

MAX_OFFERED = 12
SCHEDULED = "scheduled"


class TaskFilter(SimpleListFilter):
    """The tasks of the start page, so that each of its numbers leads to exactly its reports."""

    title = "việc của tôi"
    parameter_name = "viec"

    def lookups(self, request, model_admin):
        self.tasks = tasks_of(request.user, timezone.now())
        return [(task.key, task.title) for task in self.tasks]

    def queryset(self, request, queryset):
        task = next((task for task in self.tasks if task.key == self.value()), None)
        return queryset.filter(pk__in=task.reports.values("pk")) if task else queryset


class StatusFilter(SimpleListFilter):
    """States as people see them: scheduled is one of its own."""

    title = "trạng thái"
    parameter_name = "trang-thai"

    def lookups(self, request, model_admin):
        states = list(ReportStatus.choices)
        after_submitted = [value for value, _ in states].index(ReportStatus.PUBLISHED)
        states.insert(after_submitted, (SCHEDULED, "Hẹn giờ đăng"))
        return states

    def queryset(self, request, queryset):
        now = timezone.now()
        if self.value() == SCHEDULED:
            return queryset.scheduled(now)
        if self.value() == ReportStatus.PUBLISHED:
            return queryset.published(now)
        if self.value() in ReportStatus.values:
            return queryset.filter(status=self.value())
        return queryset


class SectionFilter(SimpleListFilter):
    title = "chuyên mục"
    parameter_name = "chuyen-muc"

    def lookups(self, request, model_admin):
        sections = Section.objects.order_by("order", "name").values_list("slug", "name")
        return [("chua", "Chưa chọn"), *sections]

    def queryset(self, request, queryset):
        if self.value() == "chua":
            return queryset.filter(section=None)
        chosen = one_line(self.value())
        return queryset.filter(section__slug=chosen) if chosen else queryset


class UsefulnessFilter(SimpleListFilter):
    """Reports that readers found of little use: worth writing better next time."""

    title = "bạn đọc thấy"
    parameter_name = "co-ich"

    def lookups(self, request, model_admin):
        return [("it", "Ít hữu ích")]

    def queryset(self, request, queryset):
        return queryset.filter(is_little_useful()) if self.value() == "it" else queryset


class AskingFilter(SimpleListFilter):
    """A filter one types into: a small form that keeps the other conditions of the list."""

    template = "admin/reports/asking_filter.html"
    field_label = ""
    example = ""

    def lookups(self, request, model_admin):
        self.asked = one_line(request.GET.get(self.parameter_name))[:200]
        self.user = request.user
        return [("", "")]

    def has_output(self):
        return True

    def choices(self, changelist):
        """What the template draws: the form's hidden fields, and choices to click, if any."""
        own = set(self.expected_parameters())
        hidden = [
            (name, value)
            for name, values in changelist.filter_params.items()
            for value in values
            if name not in own
        ]
        return [
            {
                "filter": self,
                "hidden": hidden,
                "clear": changelist.get_query_string(remove=sorted(own)),
                "offered": [
                    {
                        "label": label,
                        "url": changelist.get_query_string({self.parameter_name: value}),
                        "chosen": self.asked == value,
                    }
                    for value, label in self.offered()
                ],
            }
        ]

    def offered(self):
        return []


class UnitFilter(AskingFilter):
    """Reports of a unit and of what is below it: by key, or by a typed name of one's own units."""

    title = "đơn vị (gồm cấp dưới)"
    parameter_name = "don-vi"
    field_label = "Tên đơn vị"
    example = "Ví dụ: thoi son"

    def lookups(self, request, model_admin):
        looked_up = super().lookups(request, model_admin)
        self.known = known_units(request.user)
        self.matches = self._matches()
        self.key = self.matches[0].pk if len(self.matches) == 1 else None
        return looked_up

    def _matches(self):
        if not self.asked:
            return []
        units = Unit.objects.all()
        if self.known is not None:
            units = units.filter(pk__in=self.known)
        exact = units.filter(pk=self.asked).first()
        return [exact] if exact else list(units.matching(self.asked)[: MAX_OFFERED + 1])

    def offered(self):
        """Several matches: which one was meant? Nothing typed: the units of one's own grants."""
        if self.asked:
            return [(unit.pk, unit.label_with_context) for unit in self.matches]
        if self.known is None:
            return []
        granted = Unit.objects.filter(memberships__user=self.user).distinct()
        units = granted.in_name_order()[:MAX_OFFERED]
        return [(unit.pk, unit.label_with_context) for unit in units]

    @property
    def note(self):
        if self.asked and not self.matches:
            return f"Không có đơn vị “{self.asked}” trong phạm vi của bạn."
        return "Chọn một đơn vị:" if self.asked and self.key is None else ""

    def queryset(self, request, queryset):
        if not self.asked:
            return queryset
        if self.key is None:
            return queryset.none()
        return queryset.filter(unit__in=subtree_keys(self.key))


class AuthorFilter(AskingFilter):
    title = "người viết"
    parameter_name = "tac-gia"
    field_label = "Họ tên hoặc bút danh"
    example = "Ví dụ: minh ngoc"

    def queryset(self, request, queryset):
        if not self.asked:
            return queryset
        persons = Person.objects.matching(self.asked).order_by().values("pk")
        return queryset.filter(
            pk__in=queryset.model.objects.filter(contributions__person__in=persons).values("pk")
        )


class PeriodFilter(AskingFilter):
    """Reports that count in a period, in either convention; `chua` is the undated bucket."""

    title = "kỳ"
    parameter_name = "ky"
    field_label = "Kỳ"
    example = "Ví dụ: 2026, 2026-Q1, 2026-H1, 2026-9T, 2026-06"
    template = "admin/reports/period_filter.html"

    def __init__(self, request, params, model, model_admin):
        params.pop("quy-uoc", None)  # ours too; the list would take it for a field of the model
        super().__init__(request, params, model, model_admin)

    def lookups(self, request, model_admin):
        looked_up = super().lookups(request, model_admin)
        self.rule = CONVENTIONS.get(request.GET.get("quy-uoc"), CALENDAR)
        self.rules = list(CONVENTIONS.values())
        self.note, self.period = "", None
        if self.asked and self.asked != "chua":
            try:
                self.period = Period.parse(self.asked, self.rule)
                self.note = f"{self.period.label}: {self.period.days_label}"
            except ValueError as error:
                self.note = str(error)
        return looked_up

    def expected_parameters(self):
        return [self.parameter_name, "quy-uoc"]

    def offered(self):
        return [("chua", "Chưa rõ ngày")]

    def queryset(self, request, queryset):
        if self.asked == "chua":
            return queryset.undated()
        return queryset.in_period(self.period) if self.period else queryset
