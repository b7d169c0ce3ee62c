"""`/tong-hop/dan-van-kheo/`: the register of models and examples, its numbers, its rows."""

from django.contrib import messages
from django.db import IntegrityError, transaction
from django.http import Http404, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.paging import asked_page, page_number
from portal.templatetags.vietnamese import first_capital
from portal.text import fold, one_line
from reports.form_keys import seen_version
from reports.models import Initiative, Report, Stale, Topic

from .access import desk_page, keeps, own_units, readable_units
from .page import desk_render
from .register import (
    RegisterFilter,
    by_field,
    by_unit,
    in_order,
    initiative_or_404,
    initiatives_for,
)
from .register_excel import excel_file
from .register_form import InitiativeForm, first_values
from .register_import import Unreadable, try_rows, write
from .selection import Selection
from .turns import beside

ROWS_PER_PAGE = 50
# Found by title, proposed, and shown of a row's history.
MOST_FOUND, MOST_PROPOSED, MOST_STEPS = 10, 8, 20
TOPIC = "dan van kheo"
# The lists that stand folded below the filter, with the words to look for.
LISTS = {
    "linh-vuc": "Lĩnh vực",
    "buoc": "Bước",
    "cap": "Cấp công nhận",
    "doi-tuong": "Đối tượng",
}


def register_filter(request):
    """The filter of an address; a period that came along from another page says the year."""
    data = request.GET.copy()
    selection = Selection.of(request.GET)
    if "nam" not in data and selection.period and selection.period.ky:
        data["nam"] = str(selection.period.end.year)
    return RegisterFilter(data), selection


@desk_page
@require_safe
def register(request):
    """Field × state, unit × state, and the rows. Without a question: one's own unit this year."""
    if not request.GET:
        return HttpResponseRedirect(f"?{_own_question(request.user)}")
    filters, selection = register_filter(request)
    rows = filters.narrow(initiatives_for(request.user))
    context = {
        "register": filters,
        "page": asked_page(request.GET, in_order(rows), ROWS_PER_PAGE),
        "fields": _linked(by_field(rows), filters),
        "units": _unit_table(request.user, rows, filters),
        "lists": [
            (name, label, filters.form.fields[name].choices, filters.kept.get(name, ""))
            for name, label in LISTS.items()
        ],
        "uses_more": any(name in filters.kept for name in (*LISTS, "q")),
        "writes": _writes(request.user),
    }  # fmt: skip
    return desk_render(
        request, "desk/register.html", context, here="desk:register", selection=selection
    )


def _own_question(user):
    units = own_units(user)
    own = f"don-vi={units[0].pk}&" if units else ""
    return f"{own}nam={timezone.localdate().year}"


def _writes(user):
    return user.is_superuser or bool(own_units(user))


def _unit_table(user, rows, filters):
    """None where it would say nothing: one row of it alone, or only units whose book is not theirs."""
    keys = readable_units(user)
    units = filters.units
    if "dong" in filters.chosen or not units:
        return None
    if keys is not None and not keys.intersection(unit.pk for unit in units):
        return None
    return _linked(by_unit(rows, filters), filters)


def _linked(table, filters):
    """The table's lines as [(line, address, [(number, address)])]."""
    lines = []
    for line in table.lines:
        cells = [
            (number, filters.address(**line.narrowing | state.narrowing))
            for number, state in zip(line.cells, table.columns, strict=True)
        ]
        lines.append((line, filters.address(**line.narrowing), cells))
    return {"table": table, "lines": lines}


@desk_page
@require_http_methods(["GET", "HEAD", "POST"])
def initiative_new(request):
    if not _writes(request.user):
        raise Http404
    if request.method != "POST":
        form = InitiativeForm(
            user=request.user, initial=first_values(request.user, own_units(request.user))
        )
        return _form_page(request, form)
    form = InitiativeForm(request.POST, user=request.user)
    made = form.instance
    if not form.is_valid() or not _stored(form, request.user):
        made = form.same_by(request.user)
        if made is None:
            return _form_page(request, form, status=400)
    messages.success(request, "Đã ghi vào sổ.")
    return HttpResponseRedirect(reverse("desk:initiative", args=[made.pk]))


def _stored(form, user=None):
    """Whether it could be saved: of two people who write the same at once, one is told."""
    if user:
        form.instance.created_by = user
    try:
        with transaction.atomic():
            form.save()
    except IntegrityError:
        form.add_error("name", "Đơn vị đã đăng ký mô hình tên này trong năm ấy.")
        form.describe()
        return False
    return True


@desk_page
@require_http_methods(["GET", "HEAD", "POST"])
def initiative_edit(request, pk):
    """A stale save (409) shows what is stored beside what was typed."""
    initiative = initiative_or_404(request.user, pk, to_write=True)
    if request.method != "POST":
        return _form_page(request, InitiativeForm(instance=initiative, user=request.user))
    initiative.version = seen_version(request.POST)
    form = InitiativeForm(request.POST, instance=initiative, user=request.user)
    try:
        if not form.is_valid() or not _stored(form):
            return _form_page(request, form, status=400)
    except Stale:
        stored = initiative_or_404(request.user, pk, to_write=True)
        if both := beside(form, stored):
            form.instance.version = stored.version
            return _form_page(request, form, beside=both, saver=_saver(stored), status=409)
    messages.success(request, "Đã lưu.")
    return HttpResponseRedirect(reverse("desk:initiative", args=[pk]))


def _saver(initiative):
    last = initiative.history.select_related("history_user").order_by("-history_id").first()
    return last and last.history_user


def _form_page(request, form, *, status=200, **context):
    context |= {"form": form, "initiative": form.instance if form.instance.pk else None}
    return desk_render(
        request, "desk/register_form.html", context, here="desk:register", status=status
    )


@desk_page
@require_safe
def initiative_detail(request, pk):
    initiative = initiative_or_404(request.user, pk)
    writes = keeps(request.user, initiative.unit_id)
    linked = set(initiative.reports.values_list("pk", flat=True))
    public = Report.objects.published(timezone.now())
    asked = one_line(request.GET.get("tim", ""))[:200]
    context = {
        "initiative": initiative,
        "writes": writes,
        "reports": _cards(public.filter(pk__in=linked).newest_first()),
        "hidden": len(linked) - public.filter(pk__in=linked).count(),
        "asked": asked,
        "found": _cards(public.matching(asked).exclude(pk__in=linked).newest_first()[:MOST_FOUND])
        if writes and asked
        else [],
        "proposed": _proposed(initiative, public, linked) if writes and not asked else [],
        "steps": _steps(initiative),
    }
    return desk_render(request, "desk/register_detail.html", context, here="desk:register")


def _cards(reports):
    return list(reports.select_related("event").defer("body"))


def _proposed(initiative, public, linked):
    """Public reports on the topic “Dân vận khéo” from the unit's ground."""
    topics = [topic.pk for topic in Topic.objects.all() if fold(topic.name) == TOPIC]
    told = public.in_area_of(initiative.unit).filter(topics__in=topics).exclude(pk__in=linked)
    return _cards(told.newest_first()[:MOST_PROPOSED])


def _steps(initiative):
    """[(moment, who, words)] of the row's life, the latest first."""
    records = list(
        initiative.history.select_related("history_user").order_by("-history_date", "-history_id")[
            : MOST_STEPS + 1
        ]
    )
    watched = [field.name for field in Initiative._meta.fields if field.editable]
    found = []
    for place, record in enumerate(records[:MOST_STEPS]):
        user = record.history_user
        who = (user.get_full_name() or user.get_username()) if user else ""
        if record.history_type == "+":
            found.append((record.history_date, who, "Ghi vào sổ"))
            continue
        if place + 1 == len(records):
            break
        changed = record.diff_against(records[place + 1], included_fields=watched).changed_fields
        labels = [first_capital(Initiative._meta.get_field(name).verbose_name) for name in changed]
        words = f"Sửa: {', '.join(labels)}" if labels else "Gắn hoặc bỏ bài"
        found.append((record.history_date, who, words))
    return found


@desk_page
@require_POST
def initiative_reports(request, pk):
    """Put a public report (`them`) to the row, or take one (`bo`) away."""
    initiative = initiative_or_404(request.user, pk, to_write=True)
    if key := page_number(request.POST.get("them")):
        if report := Report.objects.published(timezone.now()).filter(pk=key).first():
            initiative.reports.add(report)
            messages.success(request, "Đã gắn bài.")
    elif key := page_number(request.POST.get("bo")):
        initiative.reports.remove(*initiative.reports.filter(pk=key))
        messages.success(request, "Đã bỏ bài.")
    return HttpResponseRedirect(reverse("desk:initiative", args=[pk]) + "#bai-viet")


@desk_page
@require_http_methods(["GET", "HEAD", "POST"])
def register_import(request):
    """Try a paste (POST), write what is new of it (POST with `ghi`)."""
    if not _writes(request.user):
        raise Http404
    units = own_units(request.user)
    today = timezone.localdate()
    context = {"text": request.POST.get("bang", ""), "year": request.POST.get("nam", today.year)}
    status = 200
    if request.method == "POST":
        year = page_number(request.POST.get("nam"))
        unit = units[0] if units else None
        try:
            tried = try_rows(context["text"], user=request.user, unit=unit, year=year)
        except Unreadable as refusal:
            context["wrong"], status = str(refusal), 400
        else:
            if request.POST.get("ghi"):
                messages.success(request, f"Đã ghi {write(tried, by=request.user)} mô hình vào sổ.")
                if not any(row.errors for row in tried):
                    return HttpResponseRedirect(reverse("desk:register"))
                tried = try_rows(context["text"], user=request.user, unit=unit, year=year)
            context |= {
                "tried": tried,
                "new": sum(row.is_new for row in tried),
                "known": sum(row.known for row in tried),
                "wrong_rows": sum(bool(row.errors) for row in tried),
            }
    return desk_render(
        request, "desk/register_import.html", context | {"own_units": units},
        here="desk:register", status=status,
    )  # fmt: skip


@desk_page
@require_safe
def register_excel(request):
    """The same rows and numbers as on screen, as a workbook."""
    filters, _ = register_filter(request)
    rows = filters.narrow(initiatives_for(request.user))
    units = _unit_table(request.user, rows, filters)
    return excel_file(filters, in_order(rows), by_field(rows), units["table"] if units else None)
