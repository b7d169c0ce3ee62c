"""`/tong-hop/chi-tieu/`: totals of confirmed numbers, the sentences behind them, and confirming."""

from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from portal.paging import page_number
from portal.templatetags.vietnamese import number
from portal.text import one_line
from reports.models import Figure, Report

from . import charts
from .access import desk_page, keeps, kept_units
from .comparison import Change
from .figure_forms import ProposalForm, RenameForm
from .figures import CONFIRM, decide, found_in, indicators, of_indicator, rename, take_back
from .page import desk_render
from .selection import Selection
from .totals import TotalRow, alike, key_of, totals, trend
from .twins import mark_different, mark_same, twins
from .walking import page_of, posted_reports, walk

LINES_PER_PAGE = 50
# `da-quyet=1`: the texts about which somebody has decided, to take something back.
DECIDED = "da-quyet"


@desk_page
@require_safe
def figures(request):
    """Totals by indicator and measure; shares and percentages stand apart, since nobody adds them."""
    selection = Selection.of(request.GET)
    rows = totals(selection)
    last = selection.last_year
    before = {row.key: row for row in totals(last)} if last else {}
    own = kept_units(request.user)
    context = {
        "added": [
            (row, before.get(row.key), _change(row, before.get(row.key)), _address(row, selection))
            for row in rows
            if row.can_be_added
        ],
        "listed": [(row, _address(row, selection)) for row in rows if not row.can_be_added],
        "compares": last is not None,
        "alike": [[(row, _address(row, selection)) for row in group] for group in alike(rows)],
        "twice": sum(not one.is_settled for one in twins(selection)),
        "numbers": sum(row.numbers for row in rows),
        "repeated": sum(row.repeated for row in rows),
        "may_confirm": own is None or bool(own),
    }
    return desk_render(
        request, "desk/figures.html", context, here="desk:figures", selection=selection
    )


@desk_page
@require_safe
def figure_detail(request):
    """`chi-tieu=`, `dvt=`: one indicator through the period, and every sentence it was read from."""
    selection = Selection.of(request.GET)
    key = key_of(request.GET.get("chi-tieu", "")[:200], request.GET.get("dvt", "")[:60])
    row = _row(totals(selection), key) or TotalRow(
        one_line(request.GET.get("chi-tieu", ""))[:200],
        one_line(request.GET.get("dvt", ""))[:60],
        key,
    )
    last = selection.last_year
    before = _row(totals(last), key) if last else None
    steps = trend(selection, row, before or (TotalRow("", "", key) if last else None))
    ordered = sorted(
        row.figures,
        key=lambda one: (one.counting_on is None, one.counting_on, -one.pk),
        reverse=True,
    )
    page = page_of(ordered, request.GET.get("trang"), LINES_PER_PAGE)
    stored = (
        Figure.objects.select_related("report__unit", "confirmed_by")
        .defer("report__body")
        .in_bulk([one.pk for one in page])
    )
    others = Report.objects.defer("body").in_bulk(
        {one.repeats for one in page if one.repeats is not None}
    )
    lines = [
        (one, stored[one.pk], others.get(one.repeats), keeps(request.user, one.unit))
        for one in page
        if one.pk in stored
    ]
    context = {
        "row": row,
        "before": before,
        "change": _change(row, before) if last else None,
        "steps": steps,
        "chart": charts.columns(
            [(*ticks, step.total, step.before) for ticks, step in zip(_ticks(steps), steps, strict=True)]
        ) if steps else None,
        "page": page,
        "lines": lines,
        "query": _address(row, selection),
        "rename": RenameForm(initial={"cu": row.indicator}),
        "names": indicators(),
        "may_rename": any(keeps(request.user, one.unit) for one in row.figures),
    }  # fmt: skip
    return desk_render(
        request, "desk/figure_detail.html", context, here="desk:figures", selection=selection
    )


@desk_page
@require_http_methods(["GET", "HEAD", "POST"])
def figures_to_confirm(request):
    """Numbers of one's own units nobody has decided about, some reports at a time."""
    selection = Selection.of(request.GET)
    own = kept_units(request.user)
    if request.method == "POST":
        reports = posted_reports(request.POST, own)
        found = found_in(reports)
        entries = [_entry(report, found[report.pk], request.POST) for report in reports]
        forms = [form for _, _, forms in entries for form in forms]
        # Not `all(...)`: every field says what is wrong with it.
        if sum(not form.is_valid() for form in forms) == 0:
            _store(request, entries)
            return HttpResponseRedirect(request.get_full_path())
        _tell_both(request, _settled_before(request.POST, entries)[1])
        return _confirm_page(request, selection, entries, "", status=400)
    wanted = (lambda found: bool(found.decided)) if request.GET.get(DECIDED) == "1" else bool
    seen = walk(selection, own, found_in, request.GET.get("sau", ""), wanted=wanted)
    entries = [_entry(report, holds) for report, holds in seen.found]
    return _confirm_page(request, selection, entries, seen.after, read=seen.read)


def _confirm_page(request, selection, entries, after, *, status=200, read=0):
    # Looking back at what was decided, one turns the pages of that.
    looks_back = {DECIDED: "1"} if request.GET.get(DECIDED) == "1" else {}
    context = {
        "looks_back": bool(looks_back),
        "entries": entries,
        "names": indicators() if entries else [],
        "numbers": sum(len(forms) for _, _, forms in entries),
        "wrong": sum(bool(form.errors) for _, _, forms in entries for form in forms),
        "next": f"?{selection.filters.query(sau=after, **looks_back)}" if after else "",
        "first": f"?{selection.filters.query(**looks_back)}" if request.GET.get("sau") else "",
        "read": read,
    }
    return desk_render(
        request, "desk/figures_to_confirm.html", context,
        here="desk:figures", selection=selection, status=status,
    )  # fmt: skip


def _entry(report, found, data=None):
    """What was on the form, when there was one; else the first of what waits."""
    if data is None:
        return report, found, [ProposalForm(proposal=one) for one in found.shown]
    sent = [one for one in found.proposals if f"{one.key}-deed" in data]
    return report, found, [ProposalForm(data, proposal=one) for one in sent]


def _settled_before(data, entries):
    """(how many were decided just so already, [(Figure, what was typed)] of those decided otherwise,
    how many are no longer proposed) of the numbers that a form decides about.
    """
    settled = {key: both for _, found, _ in entries for key, both in found.settled.items()}
    there = {form.prefix for _, _, forms in entries for form in forms}
    sent = [name.removesuffix("-deed") for name in data if name.endswith("-deed") and data[name]]
    alike, otherwise, gone = 0, [], 0
    for key in sent:
        if key in settled:
            proposal, figure = settled[key]
            form = ProposalForm(data, proposal=proposal)
            if form.is_valid() and form.decision().says_as(figure):
                alike += 1
            else:
                otherwise.append((figure, form))
        elif key not in there:
            gone += 1
    return alike, otherwise, gone


def _store(request, entries):
    confirmed = aside = 0
    alike, otherwise, gone = _settled_before(request.POST, entries)
    taken_back = take_back(
        Figure.objects.filter(
            pk__in=[key for key in map(page_number, request.POST.getlist("rut")[:500]) if key],
            report__in=[report.pk for report, _, _ in entries],
        ),
        by=request.user,
    )
    for report, _, forms in entries:
        decisions = [decision for form in forms if (decision := form.decision())]
        if decisions:
            done = decide(report.pk, decisions, by=request.user)
            confirmed, aside, gone = confirmed + done[0], aside + done[1], gone + len(done[2])
    told = [
        f"Đã xác nhận {number(confirmed)} số" if confirmed else "",
        f"để riêng {number(aside)} số" if aside else "",
        f"rút lại {number(taken_back)} số" if taken_back else "",
        f"{number(alike)} số đã được ghi đúng như vậy" if alike else "",
        f"{number(gone)} số không còn chờ: đã có người quyết, hoặc bài đã sửa" if gone else "",
    ]
    if not otherwise or any(told):
        words = "; ".join(filter(None, told)) or "Chưa quyết số nào"
        messages.success(request, f"{words[0].upper()}{words[1:]}.")
    _tell_both(request, otherwise)


def _tell_both(request, otherwise):
    """Somebody else was quicker, with other words: both are told, theirs stays."""
    for figure, form in otherwise:
        messages.warning(request, _both_words(figure, form))


def _both_words(figure, form):
    theirs = "để riêng số này"
    if not figure.set_aside:
        measured = f"{number(figure.value)} {figure.unit_of_measure}".strip()
        theirs = f"ghi “{figure.indicator}: {measured}”"
    mine = "để riêng"
    if form["deed"].value() == CONFIRM:
        typed = {name: one_line(form[name].value() or "") for name in form.fields}
        measured = f"{typed['value']} {typed['unit_of_measure']}".strip()
        mine = f"“{typed['indicator']}: {measured}”"
    return (
        f"Số {figure.found_as}: người khác vừa {theirs}; bạn ghi {mine}, chưa lưu. "
        "Muốn đổi, rút lại số ấy ở “đã quyết, để xem lại” rồi quyết lại."
    )


@desk_page
@require_http_methods(["GET", "HEAD", "POST"])
def figure_twins(request):
    """Numbers that several reports of one event tell: do they count once or each?"""
    selection = Selection.of(request.GET)

    def is_own(unit_key):
        return keeps(request.user, unit_key)

    found = twins(selection, is_own)
    if request.method == "POST":
        chosen = next((one for one in found if one.key == request.POST.get("so")), None)
        if chosen is None:
            messages.error(request, "Các số này đã đổi. Hãy xem lại danh sách.")
        elif request.POST.get("viec") == "mot":
            marked = mark_same(chosen, by=request.user, works_for=is_own)
            messages.success(request, "Đã ghi là cùng một số, tính một lần." if marked else "Không có số nào của đơn vị bạn để ghi.")  # fmt: skip
        else:
            freed = mark_different(chosen, by=request.user, works_for=is_own)
            messages.success(request, "Các số được tính riêng." if freed else "Không có gì đổi.")
        return HttpResponseRedirect(request.get_full_path())
    context = {
        "groups": [
            (one, sum(is_own(figure.report.unit_id) for figure in one.figures))
            for one in found[:LINES_PER_PAGE]
        ],
        "left_out": max(0, len(found) - LINES_PER_PAGE),
    }
    return desk_render(
        request, "desk/figure_twins.html", context, here="desk:figures", selection=selection
    )


@desk_page
@require_http_methods(["GET", "HEAD", "POST"])
def figure_rename(request):
    """Another name for an indicator in all of one's own units: shown first, done on POST."""
    selection = Selection.of(request.GET)
    form = RenameForm(request.POST if request.method == "POST" else request.GET)
    own = kept_units(request.user)
    figures_ = Figure.objects.filter(report__in=Report.objects.published(timezone.now()))
    if own is not None:
        figures_ = figures_.filter(report__unit__in=own)
    context = {"form": form, "names": indicators()}
    if form.is_valid():
        old, new = form.cleaned_data["cu"], form.cleaned_data["moi"]
        keys = of_indicator(figures_, old)
        if request.method == "POST":
            changed = rename(Figure.objects.filter(pk__in=keys), new, by=request.user)
            messages.success(request, f"Đã đổi tên ở {number(changed)} số: “{old}” nay là “{new}”.")
            return HttpResponseRedirect(f"{reverse('desk:figures')}?{selection.filters.query()}")
        context |= {
            "old": old,
            "new": new,
            "numbers": len(keys),
            "reports": Figure.objects.filter(pk__in=keys).values("report").distinct().count(),
            "joins": len(of_indicator(figures_, new)) if key_of(old, "") != key_of(new, "") else 0,
        }
    return desk_render(
        request, "desk/figure_rename.html", context, here="desk:figures", selection=selection,
        status=400 if request.method == "POST" else 200,
    )  # fmt: skip


# --- small things ---------------------------------------------------------------------------------


def _row(rows, key):
    return next((row for row in rows if row.key == key), None)


def _change(row, before):
    if not row.can_be_added:
        return None
    return Change(row.total, before.total if before else 0)


def _address(row, selection):
    """The query that leads to one indicator of this selection."""
    own = urlencode({"chi-tieu": row.indicator, "dvt": row.unit_of_measure})
    return "&".join(filter(None, [selection.filters.query(), own]))


def _ticks(steps):
    """[(month or quarter, year)] below the columns of a chart; the year where it begins."""
    ticks, last = [], ""
    for step in steps:
        short, _, year = step.label.rpartition("/")
        ticks.append((short, "" if year == last else year))
        last = year
    return ticks
