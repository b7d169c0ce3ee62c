"""The list of reports: what a row shows, and how it is found."""

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.db.models import Prefetch
from django.utils import timezone
from django.utils.html import format_html

from reports.models import Contribution, ContributionRole

from .filters import (
    AuthorFilter,
    PeriodFilter,
    SectionFilter,
    StatusFilter,
    TaskFilter,
    UnitFilter,
    UsefulnessFilter,
)


class ReportList(ChangeList):
    """The list reads what a row shows, in one query for all rows, and never the text."""

    def get_queryset(self, *args, **kwargs):
        authors = Contribution.objects.filter(role=ContributionRole.AUTHOR).select_related("person")
        return (
            super()
            .get_queryset(*args, **kwargs)
            .defer("body", "event__folded")
            .prefetch_related(Prefetch("contributions", authors, to_attr="author_contributions"))
        )


class WithList:
    """The list's side of the report's admin page."""

    list_display = ["title", "unit_shown", "state", "event_day", "published", "authors"]
    list_filter = [
        TaskFilter, StatusFilter, UnitFilter, PeriodFilter, SectionFilter, AuthorFilter,
        UsefulnessFilter,
    ]  # fmt: skip
    search_fields = ["title"]
    search_help_text = "Mọi từ phải có trong tít, sapo, nội dung hoặc tên đơn vị; không cần gõ dấu."
    ordering = ["-updated_at", "-pk"]
    list_select_related = ["event"]

    def get_changelist(self, request, **kwargs):
        return ReportList

    @admin.display(description="đơn vị", ordering="unit_label")
    def unit_shown(self, report):
        return report.unit_label

    @admin.display(description="trạng thái", ordering="status")
    def state(self, report):
        name = "scheduled" if report.is_scheduled() else report.status
        mark = " · bản sửa" if report.revises_id else ""
        return format_html(
            '<span class="state state--{}">{}{}</span>', name, report.status_words, mark
        )

    @admin.display(description="diễn ra", ordering="event__event_on")
    def event_day(self, report):
        if report.event is None or report.event.event_on is None:
            return "chưa rõ"
        return f"{report.event.event_on:%d/%m/%Y}"

    @admin.display(description="đăng lúc", ordering="published_at")
    def published(self, report):
        if not report.published_at:
            return "–"
        at = timezone.localtime(report.published_at)
        if report.published_is_estimate:
            return f"khoảng {at:%m/%Y}"
        return f"{at:%H:%M %d/%m/%Y}"

    @admin.display(description="người viết")
    def authors(self, report):
        return ", ".join(c.printed_name for c in report.author_contributions) or "–"
