"""`/tong-hop/diem-tin/`: choose reports, put them in order, shorten them, hand them on."""

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.paging import asked_page, page_number
from reports.cards import as_cards
from reports.form_keys import new_key, once_key, seen_version
from reports.models import Stale

from .access import desk_page, own_units
from .digest_form import DigestSheet, posted_keys
from .digest_versions import changes, told
from .digest_word import word_file
from .digests import (
    TooManyItems,
    add,
    as_stored,
    delete,
    digest_or_404,
    digests_of,
    draft_of,
    printed,
    save,
    start,
    zalo_text,
)
from .page import desk_render
from .selection import Selection

DIGESTS_PER_PAGE, REPORTS_PER_PAGE = 30, 50
NOTHING_TICKED = "Chưa đánh dấu bài nào. Hãy đánh dấu ít nhất một bài."
ALL_THERE = "Các bài ấy đã có trong điểm tin."
CHANGED = "Người khác vừa sửa điểm tin này sau khi bạn mở. Xem lại rồi hãy xóa."
NO_UNIT = "Tài khoản của bạn chưa tổng hợp cho đơn vị nào, nên chưa lập được điểm tin."


@desk_page
@require_safe
def digest_list(request):
    page = asked_page(request.GET, digests_of(request.user), DIGESTS_PER_PAGE)
    context = {"page": page}
    selection = Selection.of(request.GET)
    return desk_render(
        request, "desk/digest_list.html", context, here="desk:digests", selection=selection
    )


@desk_page
@require_http_methods(["GET", "HEAD", "POST"])
def digest_new(request):
    """Choose from the selection; POST `bai` (repeated), `chon` (the query) and `diem-tin`, if there is one."""
    if request.method != "POST":
        return _choose(request, Selection.of(request.GET))
    selection = Selection.of(request.POST.get("chon", ""))
    digest = None
    if into := request.POST.get("diem-tin"):
        digest = digest_or_404(request.user, page_number(into) or 0)
    keys = posted_keys(request.POST)
    if not keys:
        return _choose(request, selection, digest, wrong=NOTHING_TICKED)
    unit = _unit_of(request)
    if digest is None and unit is None:
        return _choose(request, selection, wrong=NO_UNIT, keys=keys)
    try:
        if digest is None:
            digest = start(unit, selection, keys, by=request.user, form_key=once_key(request.POST))
        else:
            added = add(digest, keys, by=request.user)
            told = f"Đã thêm {added} bài vào cuối điểm tin." if added else ALL_THERE
            messages.success(request, told)
    except TooManyItems as refusal:
        return _choose(request, selection, digest, wrong=str(refusal), keys=keys)
    return HttpResponseRedirect(reverse("desk:digest", args=[digest.pk]))


@desk_page
@require_safe
def digest_more(request, pk):
    """More reports for a digest: from the choice it was made of, or any other."""
    digest = digest_or_404(request.user, pk)
    return _choose(request, Selection.of(request.GET or digest.query), digest)


def _unit_of(request):
    """The own unit that was asked for, else the first."""
    units = own_units(request.user)
    asked = request.POST.get("don-vi-lap", "")
    return next((unit for unit in units if unit.pk == asked), units[0] if units else None)


def _choose(request, selection, digest=None, *, wrong="", keys=()):
    reports = selection.filters.in_order(selection.reports)
    asked = request.POST if request.method == "POST" else request.GET
    context = {
        "page": asked_page(asked, as_cards(reports), REPORTS_PER_PAGE),
        "digest": digest,
        "there": set(digest.items.values_list("report", flat=True)) if digest else set(),
        "ticked": set(keys),
        "wrong": wrong,
        "own_units": own_units(request.user) if digest is None else [],
        "once_key": once_key(request.POST) or new_key(),
    }
    return desk_render(
        request, "desk/digest_choose.html", context,
        here="desk:digests", selection=selection, status=400 if wrong else 200,
    )  # fmt: skip


@desk_page
@require_http_methods(["GET", "HEAD", "POST"])
def digest_edit(request, pk):
    """A stale save (409) shows both texts; its next save is meant to overwrite."""
    digest = digest_or_404(request.user, pk)
    if request.method != "POST":
        return _edit_page(request, digest, DigestSheet(digest))
    sheet = DigestSheet(digest, request.POST)
    if not sheet.is_valid():
        return _edit_page(request, digest, sheet, status=400)
    try:
        save(digest, sheet.draft, by=request.user, version=sheet.version)
    except TooManyItems as refusal:
        return _edit_page(request, digest, sheet, status=400, refusal=str(refusal))
    except Stale:
        digest = digest_or_404(request.user, pk)
        sheet = DigestSheet(digest, request.POST)
        if sheet.is_valid() and sheet.is_as_stored:
            return HttpResponseRedirect(reverse("desk:digest", args=[pk]) + _anchor(request.POST))
        sheet.lay_beside()
        return _edit_page(request, digest, sheet, status=409)
    messages.success(request, "Đã lưu điểm tin.")
    return HttpResponseRedirect(reverse("desk:digest", args=[pk]) + _anchor(request.POST))


def _anchor(data):
    """Where the page opens again: at the report that was just moved."""
    moved = page_number(data.get("len") or data.get("xuong") or data.get("sapo"))
    return f"#bai-{moved}" if moved else ""


def _edit_page(request, digest, sheet, *, status=200, refusal=""):
    context = {"digest": digest, "sheet": sheet, "form": sheet.form, "refusal": refusal}
    return desk_render(
        request, "desk/digest_edit.html", context,
        here="desk:digests", selection=Selection.of(digest.query), status=status,
    )  # fmt: skip


@desk_page
@require_POST
def digest_delete(request, pk):
    """A digest that somebody has changed since it was read stays (409)."""
    digest = digest_or_404(request.user, pk)
    try:
        delete(digest, version=seen_version(request.POST))
    except Stale:
        digest = digest_or_404(request.user, pk)
        return _edit_page(request, digest, DigestSheet(digest), status=409, refusal=CHANGED)
    messages.success(request, f"Đã xóa “{digest.title}”.")
    return HttpResponseRedirect(reverse("desk:digests"))


@desk_page
@require_http_methods(["GET", "HEAD", "POST"])
def digest_versions(request, pk):
    """What was saved by whom; `so=` is one version, which a POST makes the stored one again."""
    digest = digest_or_404(request.user, pk)
    asked = (request.POST if request.method == "POST" else request.GET).get("so")
    if asked is None and request.method != "POST":
        page = asked_page(request.GET, _versions_of(digest), DIGESTS_PER_PAGE)
        return _versions_page(request, digest, page=page, told=told(digest, page.rows))
    kept = get_object_or_404(_versions_of(digest), number=page_number(asked) or 0)
    draft, left_out = draft_of(kept)
    if request.method == "POST":
        at = timezone.localtime(kept.saved_at)
        deed = f"Lấy lại bản lưu {at:%H:%M} {at:%d/%m/%Y}"
        here = HttpResponseRedirect(reverse("desk:digest", args=[pk]))
        try:
            save(digest, draft, by=request.user, version=seen_version(request.POST), deed=deed)
        except Stale:
            digest = digest_or_404(request.user, pk)
            if draft == as_stored(digest):
                return here
            return _versions_page(
                request, digest, kept=kept, draft=draft, left_out=left_out, is_late=True, status=409
            )
        messages.success(request, f"Đã lấy lại bản lưu lúc {at:%H:%M} ngày {at:%d/%m/%Y}.")
        return here
    return _versions_page(request, digest, kept=kept, draft=draft, left_out=left_out)


def _versions_of(digest):
    return digest.versions.select_related("saved_by").order_by("-number")


def _versions_page(request, digest, *, kept=None, status=200, **context):
    latest = digest.versions.order_by("-number").first()
    context |= {
        "digest": digest,
        "kept": kept,
        "latest": latest and latest.number,
        "since": changes(kept.content, latest.content) if kept else "",
    }
    return desk_render(
        request, "desk/digest_versions.html", context,
        here="desk:digests", selection=Selection.of(digest.query), status=status,
    )  # fmt: skip


# --- handing on -----------------------------------------------------------------------------------


@desk_page
@require_safe
def digest_print(request, pk):
    digest = digest_or_404(request.user, pk)
    return render(request, "desk/digest_print.html", {"digest": digest, "sheet": printed(digest)})


@desk_page
@require_safe
def digest_zalo(request, pk):
    digest = digest_or_404(request.user, pk)
    sheet = printed(digest)
    text = zalo_text(sheet)
    context = {"digest": digest, "sheet": sheet, "text": text, "length": len(text)}
    return desk_render(
        request, "desk/digest_zalo.html", context,
        here="desk:digests", selection=Selection.of(digest.query),
    )  # fmt: skip


@desk_page
@require_safe
def digest_word(request, pk):
    digest = digest_or_404(request.user, pk)
    return word_file(digest, printed(digest))
