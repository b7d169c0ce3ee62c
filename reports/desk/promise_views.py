"""`/tong-hop/nhiem-vu/`: what units promised, for when, and whether it was done."""

from django.contrib import messages
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from portal.templatetags.vietnamese import number
from reports.models import Promise, PromiseState

from .access import desk_page, keeps, kept_units
from .page import desk_render
from .promise_forms import DoneForm, DropForm, KeepForm, PromiseForm
from .promises import (
    counts,
    drop,
    found_in,
    keep,
    of_selection,
    proofs_for,
    readable,
    reopen,
    tick_off,
    to_be_kept,
)
from .selection import Selection
from .walking import page_of, posted_reports

PROMISES_PER_PAGE = 50
# Of one report on one form; the rest comes up once these are kept.
SHOWN_AT_ONCE = 20
STATE = "tinh-trang"
DONE, DROP, REOPEN, CHANGE = "xong", "bo", "mo-lai", "sua"


@desk_page
@require_safe
def promises(request):
    """The kept ones of a selection's units and days; `tinh-trang=` is one state."""
    selection = Selection.of(request.GET)
    today = timezone.localdate(selection.now)
    chosen = of_selection(readable(request.user), selection)
    numbers = counts(chosen, today)
    state = request.GET.get(STATE, "")
    shown = chosen.in_state(PromiseState(state), today) if state in PromiseState.values else chosen
    page = page_of(
        shown.select_related("unit", "report", "done_report")
        .defer("report__body", "done_report__body")
        .order_by("period_end", "pk"),
        request.GET.get("trang"),
        PROMISES_PER_PAGE,
    )
    query = selection.filters.query()
    keys = kept_units(request.user)
    context = {
        "page": page,
        "lines": [(promise, PromiseState(promise.state_on(today))) for promise in page],
        "total": sum(numbers.values()),
        "states": [
            ("Tất cả", f"?{query}", sum(numbers.values()), state not in PromiseState.values),
            *(
                (
                    each.label[0].upper() + each.label[1:],
                    f"?{selection.filters.query(**{STATE: each.value})}",
                    numbers[each],
                    state == each.value,
                )
                for each in PromiseState
            ),
        ],
        "late": numbers[PromiseState.LATE],
        "done": numbers[PromiseState.DONE],
        "page_query": selection.filters.query(**{STATE: state}) if state else query,
        "may_keep": keys is None or bool(keys),
    }
    return desk_render(
        request, "desk/promises.html", context, here="desk:promises", selection=selection
    )


@desk_page
@require_http_methods(["GET", "HEAD", "POST"])
def promises_to_keep(request):
    """What the selection's reports of one's own units promise, and nobody has kept so far."""
    selection = Selection.of(request.GET)
    if request.method == "POST":
        reports = posted_reports(request.POST, kept_units(request.user))
        found = found_in(reports)
        entries = [_entry(report, found[report.pk], request.POST) for report in reports]
        forms = [form for _, forms in entries for form in forms]
        # Not `all(...)`: every field says what is wrong with it.
        if sum(not form.is_valid() for form in forms) == 0:
            kept = 0
            for report, its in entries:
                chosen = [one for form in its if (one := form.chosen())]
                kept += keep(report, chosen, by=request.user) if chosen else 0
            told = f"Đã giữ {number(kept)} nhiệm vụ." if kept else "Chưa chọn nhiệm vụ nào."
            messages.success(request, told)
            query = selection.filters.query()
            after = reverse("desk:promises") if kept else request.path
            return HttpResponseRedirect(f"{after}?{query}")
        return _keep_page(request, selection, entries, status=400)
    seen = to_be_kept(selection, request.user, request.GET.get("sau", ""))
    entries = [_entry(report, offered) for report, offered in seen.found]
    return _keep_page(request, selection, entries, after=seen.after, read=seen.read)


def _entry(report, offered, data=None):
    """What was on the form, when there was one; else the first of what is offered."""
    shown = (
        offered[:SHOWN_AT_ONCE]
        if data is None
        else [one for one in offered if f"{one.key}-text" in data]
    )
    return report, [KeepForm(data, offered=one, report=report) for one in shown]


def _keep_page(request, selection, entries, *, after="", read=0, status=200):
    context = {
        "entries": entries,
        "wrong": sum(bool(form.errors) for _, forms in entries for form in forms),
        "next": f"?{selection.filters.query(sau=after)}" if after else "",
        "first": f"?{selection.filters.query()}" if request.GET.get("sau") else "",
        "read": read,
    }
    return desk_render(
        request, "desk/promises_to_keep.html", context,
        here="desk:promises", selection=selection, status=status,
    )  # fmt: skip


@desk_page
@require_http_methods(["GET", "HEAD", "POST"])
def promise_detail(request, pk):
    """One promise; its own desk ticks it off, gives it up, opens it again, words it anew.

    Who settles what a colleague has settled meanwhile is told so (409), and nothing is stored.
    """
    promise = get_object_or_404(
        readable(request.user).select_related("unit", "report__unit", "done_report", "done_by"),
        pk=pk,
    )
    is_own = keeps(request.user, promise.unit_id)
    deed = request.POST.get("viec", "") if request.method == "POST" else ""
    if request.method == "POST" and not is_own:
        raise Http404
    today = timezone.localdate()
    state = PromiseState(promise.state_on(today))
    is_open = state in (PromiseState.OPEN, PromiseState.LATE)
    proofs = proofs_for(promise) if is_own and (is_open or deed == DONE) else []
    done = DoneForm(request.POST if deed == DONE else None, proofs=proofs)
    dropping = DropForm(request.POST if deed == DROP else None)
    stored = Promise.objects.get(pk=pk)
    changing = PromiseForm(request.POST if deed == CHANGE else None, instance=stored)
    is_late = deed in (DONE, DROP) and not is_open
    if not is_late and (told := _act(deed, promise, done, dropping, changing, today, request.user)):
        messages.success(request, told)
        return HttpResponseRedirect(request.get_full_path())
    context = {
        "promise": promise,
        "state": state,
        "is_own": is_own,
        "is_open": is_open,
        "is_late": is_late,
        "done": done,
        "offers": _offers(done),
        "dropping": dropping,
        "changing": changing,
        "history": promise.history.select_related("history_user").order_by("-history_id")[:30],
        "back": f"{reverse('desk:promises')}?{Selection.of(request.GET).filters.query()}",
    }
    return desk_render(
        request, "desk/promise_detail.html", context, here="desk:promises",
        status=409 if is_late else 400 if deed else 200,
    )  # fmt: skip


def _act(deed, promise, done, dropping, changing, today, user):
    """Does what was asked and says so; empty when nothing was, or not rightly."""
    if deed == DONE and done.is_valid():
        report, sentence = done.found
        tick_off(
            promise, report=report, sentence=sentence, on=done.cleaned_data["done_on"], by=user
        )
        return "Đã ghi là làm xong."
    if deed == DROP and dropping.is_valid():
        drop(promise, dropping.cleaned_data["reason"], on=today, by=user)
        return "Đã bỏ nhiệm vụ này."
    if deed == REOPEN:
        reopen(promise, by=user)
        return "Đã mở lại nhiệm vụ."
    if deed == CHANGE and changing.is_valid():
        changing.instance._history_user = user
        changing.instance._change_reason = "Sửa lời, kỳ"
        changing.save()
        return "Đã sửa."
    return ""


def _offers(done):
    """[(choice of the form, its report or None)] of the sentences that may show it."""
    return [
        (option, done.proofs[value].report if value in done.proofs else None)
        for option, (value, _) in zip(done["proof"], done.fields["proof"].choices, strict=True)
    ]
