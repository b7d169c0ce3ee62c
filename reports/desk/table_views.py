"""`/tong-hop/`: the numbers of a choice of reports, and the reports behind each number."""

from dataclasses import replace
from itertools import groupby

from django.db.models import Case, Count, OuterRef, Prefetch, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.http import HttpResponseRedirect
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_safe

from portal.paging import COUNT_CAP, asked_page, page_number
from portal.templatetags.vietnamese import first_capital
from reports.address_filter import OF_DAYS
from reports.filter_words import NOTHING, ORDERS
from reports.form_keys import new_key
from reports.models import Contribution, Photo, ReportHeading

from . import charts
from .access import committee_for, desk_page
from .comparison import change_words, comparison_of
from .counting import COLUMNS, MONTH, has_months, table_of
from .drill import Drill, worth_showing
from .page import desk_render
from .panel import question_of
from .places import BELOW, CHOSEN, EACH
from .row_order import folded_words, in_order, switches
from .selection import Selection
from .table_words import apart_words, days_told, hints, hints_of_last_year
from .timeline import timeline_of

REPORTS_PER_PAGE = 50
# More are not sorted for a page that shows fifty of them.
MOST_GROUPED = 5000
ROWS = ((BELOW, "Đơn vị trực thuộc"), (CHOSEN, "Đúng các đơn vị đã chọn"), (EACH, "Nơi đăng bài"))


@desk_page
@gzip_page
@require_safe
def table(request):
    """Unit × kind (`cot=` chooses what else), with zeros. Without a question: one's own this month."""
    if not request.GET:
        return HttpResponseRedirect(f"?{question_of(committee_for(request.user))}")
    selection = Selection.of(request.GET).whole
    filters = selection.filters
    counted = table_of(selection, filters.chosen.get("cot", ""))
    before, too_young = selection.last_year, hints_of_last_year(selection)
    comparable = before and not too_young and not hints(selection)
    drill = Drill(selection)
    rows = in_order(counted.rows, filters, _reports_in)
    lines = drill.lines(replace(counted, rows=rows))
    context = {
        "table": counted,
        "lines": lines,
        "totals": drill.totals(counted),
        "all_reports": drill.total(),
        "left_out": len(rows) - len(lines),
        "left_out_reports": counted.total - sum(line.total for line, *_ in lines),
        "told_units": sum(1 for line in counted.rows if not line.row.is_extra),
        "extras": apart_words([line.row for line in counted.rows if line.row.is_extra]),
        "switches": switches(filters, counted.rows),
        "folded": folded_words(counted.rows, filters, _reports_in, lambda line: line.row.label),
        "partial": sum(line.partial for line in counted.rows),
        "change": change_words(counted.total, before.reports.count()) if comparable else "",
        "undated": 0 if filters.wants_undated else selection.undated.count(),
        "undated_list": _list_of_undated(selection),
        "days": days_told(counted),
        "hints": [*hints(selection), *too_young],
        **_choices(selection, counted.kind),
    }
    return desk_render(request, "desk/table.html", context, here="desk:table", selection=selection)


@desk_page
@gzip_page
@require_safe
def report_list(request):
    """The reports of a choice, newest first; `dong=` is one row of the table.

    `nhom=muc` puts up to `MOST_GROUPED` of them under the headings of a report, the latest day first.
    """
    selection = Selection.of(request.GET)
    reports, grouped = ordered(selection, request.GET), False
    if selection.filters.chosen.get("nhom"):
        grouped = selection.reports.order_by()[: MOST_GROUPED + 1].count() <= MOST_GROUPED
        reports = by_heading(selection.reports) if grouped else reports
    page = asked_page(request.GET, for_desk(reports), REPORTS_PER_PAGE)
    context = {
        "page": page,
        "groups": headed(page) if grouped else [("", page.rows)],
        "orders": _orders(selection.filters, grouped, can_group=grouped or not page.is_capped),
        "total": selection.reports.count() if page.is_capped else page.total,
        "undated": 0 if selection.filters.wants_undated else selection.undated.count(),
        "undated_list": _list_of_undated(selection),
        "hints": [] if page.rows else hints(selection),
        "once_key": new_key(),
    }
    return desk_render(request, "desk/list.html", context, here="desk:list", selection=selection)


@desk_page
@gzip_page
@require_safe
def comparison(request):
    """`/tong-hop/cung-ky/`: the same choice of the same period last year, by unit and by column."""
    selection = Selection.of(request.GET).whole
    compared = comparison_of(selection, selection.filters.chosen.get("cot", ""))
    lines = in_order(compared.units, selection.filters, _reports_either_year) if compared else []
    units = worth_showing(lines, _reports_either_year)
    context = {
        "compared": compared,
        "units": units,
        "left_out": len(lines) - len(units),
        "switches": switches(selection.filters, compared.units) if compared else [],
        "folded": folded_words(
            compared.units if compared else [],
            selection.filters,
            _reports_either_year,
            lambda line: line.label,
        ),
        "before": selection.last_year,
        "unit_chart": _chart(lines) if compared else None,
        "column_chart": _chart(compared.columns) if compared else None,
        "hints": [*hints(selection), *hints_of_last_year(selection)],
        **_choices(selection, compared.kind if compared else ""),
    }
    return desk_render(
        request, "desk/comparison.html", context, here="desk:table", selection=selection
    )


@desk_page
@gzip_page
@require_safe
def timeline(request):
    """`/tong-hop/dien-bien/`: month by month with the year before; without a period, year by year."""
    selection = Selection.of(request.GET).whole
    told = timeline_of(selection)
    context = {
        "timeline": told,
        "chart": told and _chart_of_time(told),
        "undated": 0 if selection.filters.wants_undated else selection.undated.count(),
        "undated_list": _list_of_undated(selection),
        "hints": [*hints(selection), *hints_of_last_year(selection)],
    }
    return desk_render(
        request, "desk/timeline.html", context, here="desk:table", selection=selection
    )


def ordered(selection, asked):
    """The reports of a choice in the order of their list; `asked` is request.GET.

    The first pages of a whole country are found without sorting all of it.
    """
    filters, reports = selection.filters, selection.reports
    number = page_number(asked.get("trang")) or 1
    is_early = number * REPORTS_PER_PAGE <= COUNT_CAP and not asked.get("moc")
    if is_early and filters.sorts_a_country:
        # One more than is counted: whether there are more is still told.
        reports = reports.among_newest(COUNT_CAP + 1)
    return filters.in_order(reports)


def _reports_in(line):
    return line.total


def _reports_either_year(line):
    return max(line.change.now, line.change.then)


def _chart(lines):
    return charts.pairs((line.label, line.change.now, line.change.then) for line in lines)


def _chart_of_time(told):
    # Year by year the bar to compare with is the one beside it.
    return charts.columns(
        (step.tick, step.mark, step.change.now, step.change.then if told.then_label else None)
        for step in told.steps
    )


def _orders(filters, grouped, *, can_group):
    """[(words, address, is it this one)]: the orders of every list, and by heading."""
    without_groups = [
        (words, filters.address("sap-xep", "nhom", **order), is_current and not grouped)
        for (words, _, is_current), order in zip(
            filters.orders,
            [{} if name == "moi" else {"sap-xep": name} for name in ORDERS],
            strict=True,
        )
    ]
    by_headings = ("Theo mục báo cáo", filters.address("sap-xep", **{"nhom": "muc"}), grouped)
    return [*without_groups, by_headings] if can_group else without_groups


def by_heading(reports):
    """`reports` in the order of the headings of a report, those without one last."""
    place = Case(
        *(When(heading=value, then=Value(at)) for at, value in enumerate(ReportHeading.values)),
        default=Value(len(ReportHeading.values)),
    )
    reports = reports.annotate(heading_place=place)
    return reports.order_by("heading_place", "-counting_on", "-published_at", "-pk")


def headed(page):
    """[(heading in words, its reports)] of a page in the order of `by_heading`."""
    return [
        (words or first_capital(NOTHING["muc"]), list(rows))
        for words, rows in groupby(page.rows, key=lambda report: report.get_heading_display())
    ]


def for_desk(reports):
    """`reports` with what a row of the desk's list shows: two statements, whatever their number."""
    photos = Photo.objects.filter(report=OuterRef("pk")).order_by().values("report")
    signed = Contribution.objects.select_related("person").order_by("order", "pk")
    return (
        reports.select_related("unit", "event", "section")
        .defer("body", "lead", "unit__folded_names", "unit__marked_names", "event__attendees")
        .annotate(photo_number=Coalesce(Subquery(photos.annotate(n=Count("pk")).values("n")), 0))
        .prefetch_related(Prefetch("contributions", signed))
    )


def _list_of_undated(selection):
    return selection.filters.query(*OF_DAYS, "dong", "thang", "cot", **{"chua-ro-ngay": "1"})


def _choices(selection, kind):
    """The links to other columns and other rows: [(words, address, is it this one)]."""
    filters = selection.filters
    rows = filters.chosen.get("hang", "")
    if rows not in dict(ROWS):
        rows = CHOSEN if len(selection.units) > 1 else BELOW
    return {
        "columns": [
            (label, filters.address("cot", "dong", **{"cot": name}), name == kind)
            for name, (label, _) in COLUMNS.items()
            if name != MONTH or has_months(selection)
        ],
        "rows": [
            (label, filters.address("dong", **{"hang": name}), name == rows)
            for name, label in ROWS
            if name != CHOSEN or selection.units
        ],
    }
