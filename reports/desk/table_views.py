"""`/tong-hop/`: the numbers of a choice of reports, and the reports behind each number."""

from django.http import HttpResponseRedirect
from django.utils import timezone
from django.views.decorators.http import require_safe

from portal.paging import asked_page
from reports.cards import as_cards
from reports.periods import Period, convention_cut_on

from .access import committee_for, desk_page
from .counting import table_of
from .page import desk_render
from .selection import Selection

REPORTS_PER_PAGE = 50


@desk_page
@require_safe
def table(request):
    """Unit × kind (`cot=` chooses what else), with zeros. Without a question: one's own this year."""
    if not request.GET:
        return HttpResponseRedirect(f"?{own_question(request.user)}")
    selection = Selection.of(request.GET).whole
    context = {"table": table_of(selection, selection.filters.chosen.get("cot", ""))}
    return desk_render(request, "desk/table.html", context, here="desk:table", selection=selection)


@desk_page
@require_safe
def report_list(request):
    """The reports of a choice, newest first; `dong=` is one row of the table."""
    selection = Selection.of(request.GET)
    page = asked_page(
        request.GET, as_cards(selection.filters.in_order(selection.reports)), REPORTS_PER_PAGE
    )
    return desk_render(
        request, "desk/list.html", {"page": page}, here="desk:list", selection=selection
    )


def own_question(user, today=None):
    """The query of “kỳ của đơn vị tôi”: one's own unit, the month that is being reported now."""
    today = today or timezone.localdate()
    committee = committee_for(user)
    if committee is None:
        return f"ky={today.year}"
    convention = convention_cut_on(committee.cutoff_day)
    month = Period.month(today.year, today.month, convention)
    if today > month.end:
        after = (today.year + today.month // 12, today.month % 12 + 1)
        month = Period.month(*after, convention)
    return f"don-vi={committee.unit_id}&ky={month.ky}&quy-uoc={convention.slug}"
