"""`/tong-hop/mau-bao-cao/`: the header, the cut-off day and the targets of a committee of one's own."""

from copy import copy
from urllib.parse import urlencode

from django import forms
from django.db import IntegrityError, transaction
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from reports.form_keys import seen_version
from reports.models import Committee, Stale, Target
from reports.periods import convention_cut_on

from .access import desk_page, own_units
from .committee_forms import CommitteeForm, NumberForm, TargetForm
from .fields import NamedUnitField
from .page import desk_render
from .turns import beside

SAVED = {
    "mau": "Đã lưu mẫu báo cáo.",
    "chi-tieu": "Đã lưu chỉ tiêu bài.",
    "xoa": "Đã xóa chỉ tiêu bài.",
}


@desk_page
@require_http_methods(["GET", "HEAD", "POST"])
def committee(request):
    """The form; `ban=` says which of one's own units. Nobody else's: 404."""
    chosen, notice = _chosen(request)
    if chosen is None:
        return _page(request, None, notice=notice)
    if request.method != "POST":
        return _page(request, chosen, notice=notice)
    form = CommitteeForm(request.POST, instance=copy(chosen))
    if form.is_valid():
        try:
            _save(form, seen_version(request.POST))
        except Stale:
            stored = _committee(chosen.unit)
            both = beside(form, stored)
            if both:
                return _page(request, stored, form=form, beside=both, status=409)
        return _back(chosen, "mau")
    return _page(request, chosen, form=form, notice=notice)


@transaction.atomic
def _save(form, seen):
    """Raises Stale when somebody saved since the version `seen`."""
    # Two people may open a unit's first form at once; the row is one.
    kept, _ = Committee.objects.get_or_create(unit=form.instance.unit)
    kept.take_turn(seen)
    form.instance.pk, form.instance.version = kept.pk, kept.version
    form.instance._state.adding = False
    form.save()


@desk_page
@require_POST
def add_target(request):
    """One more target of the committee `ban`."""
    chosen, _ = _chosen(request)
    if chosen is None:
        raise Http404
    form = TargetForm(request.POST, committee=chosen)
    for last_try in (False, True):
        if not form.is_valid():
            break
        try:
            with transaction.atomic():
                if form.same is None:
                    form.committee, _ = Committee.objects.get_or_create(unit=chosen.unit)
                    form.target().save()
            return _back(chosen, "chi-tieu")
        except IntegrityError:  # somebody was a moment faster; now theirs is there to be seen
            if last_try:
                raise
            form = TargetForm(request.POST, committee=_committee(chosen.unit))
    return _page(request, chosen, target_form=form)


@desk_page
@require_POST
def change_target(request, pk):
    """Another number for a target, or with `xoa` none."""
    target = get_object_or_404(Target.objects.select_related("committee__unit"), pk=pk)
    if not _is_own(request.user, target.committee.unit_id):
        raise Http404
    form, takes_away = NumberForm(request.POST, target=target), "xoa" in request.POST
    if not takes_away and not form.is_valid():
        return _page(request, target.committee, number_form=form)
    try:
        with transaction.atomic():
            target.take_turn(seen_version(request.POST))
            if takes_away:
                target.delete()
            else:
                target.reports_a_month = form.cleaned_data["reports_a_month"]
                target.save()
    except Stale:
        target = get_object_or_404(Target.objects.select_related("committee__unit"), pk=pk)
        form = NumberForm(request.POST, target=target)
        if form.is_as_stored and not takes_away:
            return _back(target.committee, "chi-tieu")
        form.tell_stored()
        return _page(request, target.committee, number_form=form, status=409)
    return _back(target.committee, "xoa" if takes_away else "chi-tieu")


def _is_own(user, unit_key):
    return user.is_superuser or unit_key in {unit.pk for unit in own_units(user)}


def _chosen(request):
    """(Committee to work on or None, what to say); raises Http404 for a unit that is not one's own."""
    asked = request.POST.get("ban", "") if request.method == "POST" else request.GET.get("ban", "")
    units = own_units(request.user)
    if not asked:
        return (_committee(units[0]), "") if units else (None, "")
    unit = next((unit for unit in units if unit.pk == asked), None)
    if unit is None and request.user.is_superuser:
        # An administrator opens the form of any unit, by its name too.
        try:
            unit = NamedUnitField().clean(asked)
        except forms.ValidationError as error:
            return None, " ".join(error.messages)
    if unit is None:
        raise Http404
    return _committee(unit), ""


def _committee(unit):
    known = Committee.objects.select_related("unit").filter(unit=unit).first()
    return known or Committee(unit=unit)


def _back(chosen, done):
    query = urlencode({"ban": chosen.unit_id, "da-luu": done})
    anchor = "" if done == "mau" else "#chi-tieu"
    return HttpResponseRedirect(f"{reverse('desk:committee')}?{query}{anchor}")


def _page(request, chosen, *, form=None, target_form=None, number_form=None, status=200, **context):
    context |= {"units": own_units(request.user), "chosen": chosen}
    if chosen is not None:
        context |= {
            "form": form or CommitteeForm(instance=chosen),
            "target_form": target_form or TargetForm(committee=chosen),
            "targets": [_number_form(target, number_form) for target in _targets(chosen)],
            "saved": SAVED.get(request.GET.get("da-luu"), ""),
            "today": timezone.localdate(),
            "convention": convention_cut_on(chosen.cutoff_day) if _is_day(chosen) else None,
        }
    return desk_render(
        request, "desk/committee.html", context, here="desk:committee", status=status
    )


def _is_day(chosen):
    return chosen.cutoff_day is None or 1 <= chosen.cutoff_day <= 30


def _number_form(target, typed):
    return typed if typed and typed.target.pk == target.pk else NumberForm(target=target)


def _targets(chosen):
    """Its targets: the one for all first, then units, then people."""
    if chosen.pk is None:
        return []
    return sorted(
        chosen.targets.select_related("unit", "person"),
        key=lambda each: (
            each.unit_id is not None or each.person_id is not None,
            each.person_id is not None,
            each.unit.sort_key if each.unit else each.person.sort_key if each.person else "",
        ),
    )
