"""`/tong-hop/dong-gop/`: what units and people told, against their targets."""

from django.urls import reverse
from django.views.decorators.http import require_safe

from .access import committee_for, desk_page
from .contributions import Targets, months_counted, person_shares, unit_shares
from .coverage_views import ROWS_PER_PAGE, own_year
from .page import desk_render
from .row_order import folded_words, in_order, switches
from .selection import Selection
from .walking import page_of


@desk_page
@require_safe
def contributions(request):
    """Units and persons of a choice of reports; `trang=` turns the units, `trang-nguoi=` the people."""
    selection = Selection.of(request.GET).whole
    committee = committee_for(request.user, request.GET.get("ban", ""))
    targets = Targets.of(committee)
    units, people = unit_shares(selection, targets), person_shares(selection, targets)
    context = {
        "list_url": reverse("desk:list"),
        "months": months_counted(selection),
        "units": page_of(
            in_order(units, selection.filters, _reports_of), request.GET.get("trang"), ROWS_PER_PAGE
        ),
        "switches": switches(selection.filters, units),
        "folded": folded_words(
            units, selection.filters, _reports_of, lambda share: share.row.label
        ),
        "people": page_of(people, request.GET.get("trang-nguoi"), ROWS_PER_PAGE),
        "total": sum(share.total for share in units),
        "asked_of_units": [share for share in units if share.target],
        "asked_total": sum(share.target or 0 for share in units),
        "met_by_units": sum(share.is_met for share in units),
        "has_targets": bool(targets.for_all or targets.of_units or targets.of_people),
        "this_year": own_year(committee, selection),
        "address": selection.filters.query(),
    }
    return desk_render(
        request, "desk/contributions.html", context, here="desk:contributions", selection=selection
    )


def _reports_of(share):
    return share.total
