"""`/tong-hop/dang-cho/`: what waits for approval in one's own units. It is in no number and no file."""

from django.urls import reverse
from django.views.decorators.http import require_safe

from portal.paging import asked_page
from reports.address_filter import OF_DAYS
from reports.rights import visible_reports
from reports.workflow import SUBMITTED, with_moved_at

from .access import desk_page, waiting_reports
from .page import desk_render
from .places import ground_of
from .selection import Selection

REPORTS_PER_PAGE = 50
# What only published reports have: a day that counts, an entry in the index, a row of a table.
OF_THE_PUBLISHED = {*OF_DAYS, "chua-ro-ngay", "q", "dong", "dinh-chinh"}


@desk_page
@require_safe
def waiting(request):
    """The chosen ones among them: by unit and by what a report is, never by days or words."""
    selection = Selection.of(request.GET).whole
    reports = with_moved_at(_narrowed(waiting_reports(request.user), selection), SUBMITTED)
    reports = reports.select_related("unit", "event", "created_by").defer("body")
    page = asked_page(request.GET, reports.order_by("-moved_at", "-pk"), REPORTS_PER_PAGE)
    keys = [report.pk for report in page.rows]
    # The form of a report opens for those who work on it, not for everybody at the desk.
    opened = set(visible_reports(request.user).filter(pk__in=keys).values_list("pk", flat=True))
    for report in page.rows:
        report.form_url = (
            reverse("admin:reports_report_change", args=[report.pk]) if report.pk in opened else ""
        )
    filters = selection.filters
    context = {
        "page": page,
        "left_out": [words for name, words, _ in filters.named_chips if name in OF_THE_PUBLISHED],
        "chips": [
            (words, address)
            for name, words, address in filters.named_chips
            if name not in OF_THE_PUBLISHED
        ],
    }
    return desk_render(
        request, "desk/waiting.html", context, here="desk:waiting", selection=selection
    )


def _narrowed(reports, selection):
    filters = selection.filters
    if selection.units:
        # What is published has rows for this, what waits has none.
        reports = reports.filter(unit__in=ground_of(selection.units, selection.relation))
    return filters.narrowed_but_for({"don-vi", *OF_THE_PUBLISHED}, reports)
