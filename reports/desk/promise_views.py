"""`/tong-hop/nhiem-vu/`: what units promised, for when, and whether it was done."""

from copy import copy

from django.contrib import messages
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from portal.templatetags.vietnamese import number
from portal.text import one_line
from reports.form_keys import seen_version
from reports.models import PromiseState, Stale

from .access import desk_page, keeps, kept_units
from .page import desk_render
from .promise_forms import DoneForm, DropForm, KeepForm, PromiseForm
from .promises import (
    counts,
    drop,
    found_in,
    keep,
    kept_before,
    of_selection,
    proofs_for,
    readable,
    reopen,
    tick_off,
    to_be_kept,
    word_anew,
)
from .selection import Selection
from .turns import beside
from .walking import page_of, posted_reports

PROMISES_PER_PAGE = 50
# Of one report on one form; the rest comes up once these are kept.
SHOWN_AT_ONCE = 20
# Of one promise's history.
MOST_STEPS = 30
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
        found, before = found_in(reports), kept_before(reports, _ticked(request.POST))
        entries = [_entry(report, found[report.pk], request.POST) for report in reports]
        forms = [form for _, forms in entries for form in forms]
        # Not `all(...)`: every field says what is wrong with it.
        if sum(not form.is_valid() for form in forms) == 0:
            kept = 0
            for report, its in entries:
                chosen = [one for form in its if (one := form.chosen())]
                kept += keep(report, chosen, by=request.user) if chosen else 0
            if kept or not before:
                told = f"Đã giữ {number(kept)} nhiệm vụ." if kept else "Chưa chọn nhiệm vụ nào."
                messages.success(request, told)
            _tell_before(request, before)
            after = reverse("desk:promises") if kept or before else request.path
            return HttpResponseRedirect(f"{after}?{selection.filters.query()}")
        _tell_before(request, before)
        return _keep_page(request, selection, entries, status=400)
    seen = to_be_kept(selection, request.user, request.GET.get("sau", ""))
    entries = [_entry(report, offered) for report, offered in seen.found]
    return _keep_page(request, selection, entries, after=seen.after, read=seen.read)


def _ticked(data):
    """Keys of the promises a form wants to keep."""
    return {name.removesuffix("-keep") for name in data if name.endswith("-keep")}


def _tell_before(request, before):
    """Which promises somebody had kept before this form came: as they word them, and as it does."""
    for key, promise in before.items():
        typed = one_line(request.POST.get(f"{key}-text", ""))
        if typed == promise.text:
            messages.success(request, f"Nhiệm vụ “{promise.text}” đã được giữ.")
        else:
            messages.warning(
                request,
                f"Người khác vừa giữ nhiệm vụ “{promise.text}”; bạn ghi “{typed}”, chưa lưu. "
                "Mở nhiệm vụ ấy để sửa lời.",
            )


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

    Whoever comes after a colleague is told so (409), with what was typed; the same deed twice is one.
    """
    promise = _promise_or_404(request.user, pk)
    is_own = keeps(request.user, promise.unit_id)
    if request.method != "POST":
        return _detail_page(request, promise, _Deeds(promise, is_own=is_own))
    if not is_own:
        raise Http404
    deeds = _Deeds(promise, request.POST)
    is_late = deeds.seen != promise.version
    if is_late and deeds.are_done:
        return HttpResponseRedirect(request.get_full_path())
    if not is_late and deeds.are_possible:
        try:
            told = deeds.do(by=request.user)
        except Stale:
            promise, is_late = _promise_or_404(request.user, pk), True
            deeds = _Deeds(promise, request.POST)
        else:
            messages.success(request, told)
            return HttpResponseRedirect(request.get_full_path())
    is_late = is_late or deeds.are_too_late
    return _detail_page(request, promise, deeds, is_late=is_late, status=409 if is_late else 400)


def _promise_or_404(user, pk):
    found = readable(user).select_related("unit", "report__unit", "done_report", "done_by")
    return get_object_or_404(found, pk=pk)


def _detail_page(request, promise, deeds, *, is_late=False, status=200):
    history = promise.history.select_related("history_user").order_by("-history_id")
    context = {
        "promise": promise,
        "state": deeds.state,
        "is_own": deeds.is_own,
        "is_open": deeds.is_open,
        "is_late": is_late,
        "beside": deeds.beside if is_late else [],
        "done": deeds.done,
        "offers": _offers(deeds.done),
        "dropping": deeds.dropping,
        "changing": deeds.changing,
        "history": list(history[:MOST_STEPS]),
        "back": f"{reverse('desk:promises')}?{Selection.of(request.GET).filters.query()}",
    }
    return desk_render(
        request, "desk/promise_detail.html", context, here="desk:promises", status=status
    )


class _Deeds:
    """The forms of a promise's page; `data` fills the one that was sent."""

    def __init__(self, promise, data=None, *, is_own=True):
        self.promise, self.is_own = promise, is_own
        self.today = timezone.localdate()
        self.deed = data.get("viec", "") if data else ""
        self.seen = seen_version(data) if data else promise.version
        self.state = PromiseState(promise.state_on(self.today))
        self.is_open = self.state in (PromiseState.OPEN, PromiseState.LATE)
        asks_for_proof = is_own and (self.is_open or self.deed == DONE)
        proofs = proofs_for(promise) if asks_for_proof else []
        self.done = DoneForm(data if self.deed == DONE else None, proofs=proofs)
        self.dropping = DropForm(data if self.deed == DROP else None)
        # An object of its own: the page goes on showing what is stored.
        self.changing = PromiseForm(data if self.deed == CHANGE else None, instance=copy(promise))

    @property
    def is_valid(self):
        forms = {DONE: self.done, DROP: self.dropping, CHANGE: self.changing}
        return self.deed == REOPEN or (self.deed in forms and forms[self.deed].is_valid())

    @property
    def are_too_late(self):
        """To be settled, though it is already."""
        return self.deed in (DONE, DROP) and not self.is_open

    @property
    def are_possible(self):
        return self.is_valid and not self.are_too_late

    @property
    def are_done(self):
        """Whether the promise stands exactly as was asked: by a second click, or by a colleague."""
        if not self.is_valid:
            return False
        promise = self.promise
        if self.deed == DONE:
            stored = promise.done_report, promise.done_sentence, promise.done_on
            return stored == (*self.done.found, self.done.cleaned_data["done_on"])
        if self.deed == DROP:
            return promise.dropped_reason == self.dropping.cleaned_data["reason"]
        return self.is_open if self.deed == REOPEN else not self.beside

    @property
    def beside(self):
        """What is stored otherwise than it was typed, of its words and its period."""
        return beside(self.changing, self.promise) if self.changing.is_bound else []

    def do(self, *, by):
        """Does what was asked and says so. Raises Stale when somebody was a moment faster."""
        if self.deed == DONE:
            report, sentence = self.done.found
            on = self.done.cleaned_data["done_on"]
            tick_off(self.promise, report=report, sentence=sentence, on=on, by=by, seen=self.seen)
            return "Đã ghi là làm xong."
        if self.deed == DROP:
            reason = self.dropping.cleaned_data["reason"]
            drop(self.promise, reason, on=self.today, by=by, seen=self.seen)
            return "Đã bỏ nhiệm vụ này."
        if self.deed == REOPEN:
            reopen(self.promise, by=by, seen=self.seen)
            return "Đã mở lại nhiệm vụ."
        word_anew(self.changing.instance, by=by, seen=self.seen)
        return "Đã sửa."


def _offers(done):
    """[(choice of the form, its report or None)] of the sentences that may show it."""
    return [
        (option, done.proofs[value].report if value in done.proofs else None)
        for option, (value, _) in zip(done["proof"], done.fields["proof"].choices, strict=True)
    ]
