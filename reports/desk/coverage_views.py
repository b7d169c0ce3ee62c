"""`/tong-hop/do-phu/`: who told something, month by month, and who did not."""

from urllib.parse import urlencode

from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from reports.periods import CALENDAR, Period, convention_cut_on

from .access import committee_for, desk_page
from .coverage import MONTH, MOST_GRACE, STEPS, YEAR, TooManySteps, coverage_of, reminder
from .page import desk_render
from .row_order import folded_words, in_order, switches
from .selection import Selection
from .walking import page_of

ROWS_PER_PAGE = 150
# More units than anybody writes to at once.
MOST_REMINDED = 300


@desk_page
@require_safe
def coverage(request):
    """Unit × step (`buoc=`), late after `cho-them=` days; `con-thieu=1` shows only who lacks one."""
    committee = committee_for(request.user, request.GET.get("ban", ""))
    if not request.GET:
        return HttpResponseRedirect(f"?{own_year(committee)}")
    selection = Selection.of(request.GET).whole
    step = request.GET.get("buoc", MONTH)
    step = step if step in STEPS else MONTH
    usual = committee.grace_days if committee else 0
    typed_grace = request.GET.get("cho-them", "").strip()
    grace = _grace(typed_grace, usual)
    only_lacking = request.GET.get("con-thieu") == "1"
    kept = {
        name: value
        for name, value in (
            ("buoc", step if step != MONTH else ""),
            ("cho-them", str(grace) if grace != usual else ""),
            ("con-thieu", "1" if only_lacking else ""),
        )
        if value
    }
    context = {
        "list_url": reverse("desk:list"),
        "step": step,
        "step_word": STEPS[step],
        "steps": STEPS.items(),
        "shows_days": step != YEAR and selection.filters.convention != CALENDAR,
        "grace": grace,
        "typed_grace": typed_grace,
        "grace_notice": grace_notice(typed_grace, usual),
        "only_lacking": only_lacking,
        "address": selection.filters.query(**kept),
        "extras": f"&{urlencode(kept)}" if kept else "",
        "this_year": own_year(committee, selection),
        "hidden": list(selection.filters.kept.items()),
    }
    if selection.period is not None and not selection.filters.wants_undated:
        try:
            found = coverage_of(selection, step, grace)
        except TooManySteps as error:
            context["too_many"] = str(error)
        else:
            asked = found.lacking if only_lacking else found.rows
            rows = in_order(asked, selection.filters, lambda row: row.total)
            is_short = len(found.lacking) <= MOST_REMINDED
            context |= {
                "coverage": found,
                "switches": switches(selection.filters, found.rows, **kept),
                "folded": folded_words(
                    asked, selection.filters, lambda row: row.total, lambda row: row.row.label
                ),
                "page": page_of(rows, request.GET.get("trang"), ROWS_PER_PAGE),
                "reminder": reminder(found, selection) if is_short else "",
                "is_reminder_short": is_short,
                "undated_count": selection.undated.count(),
                "undated_address": selection.filters.address_of_undated,
            }
    return desk_render(
        request, "desk/coverage.html", context, here="desk:coverage", selection=selection
    )


def own_year(committee, selection=None, today=None):
    """The query of this year in the committee's convention; of its own unit when nothing is chosen."""
    today = today or timezone.localdate()
    convention = convention_cut_on(committee.cutoff_day if committee else None)
    year = today.year + (today > Period.year(today.year, convention).end)
    days = {"ky": str(year), "quy-uoc": convention.slug}
    if selection is not None:
        return selection.filters.query("chua-ro-ngay", "tu", "den", **days)
    return urlencode(({"don-vi": committee.unit_id} if committee else {}) | days)


def _grace(typed, usual):
    return int(typed) if _is_grace(typed) else usual


def _is_grace(typed):
    return typed.isascii() and typed.isdigit() and len(typed) <= 3 and int(typed) <= MOST_GRACE


def grace_notice(typed, usual):
    """What to say about days of grace that were not understood."""
    if not typed or _is_grace(typed):
        return ""
    return f"Số ngày cho thêm là số từ 0 đến {MOST_GRACE}; đang tính {usual} ngày."
