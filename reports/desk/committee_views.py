"""`/tong-hop/mau-bao-cao/`: the header, the cut-off day and the targets of a committee of one's own."""

from urllib.parse import urlencode

from django import forms
from django.db import IntegrityError, transaction
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from reports.models import Committee, Target
from reports.periods import convention_cut_on

from .access import desk_page, own_units
from .committee_forms import CommitteeForm, NumberForm, TargetForm
from .fields import NamedUnitField
from .page import desk_render

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
    form = CommitteeForm(request.POST if request.method == "POST" else None, instance=chosen)
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            # Two people may open a unit's first form at once; the row is one.
            kept, _ = Committee.objects.get_or_create(unit=chosen.unit)
            form.instance.pk, form.instance._state.adding = kept.pk, False
            form.save()
        return _back(chosen, "mau")
    return _page(request, chosen, form=form, notice=notice)


@desk_page
@require_POST
def add_target(request):
    """One more target of the committee `ban`."""
    chosen, _ = _chosen(request)
    if chosen is None:
        raise Http404
    form = TargetForm(request.POST, committee=chosen)
    if form.is_valid():
        try:
            with transaction.atomic():
                if chosen.pk is None:
                    chosen, _ = Committee.objects.get_or_create(unit=chosen.unit)
                    form.committee = chosen
                form.target().save()
            return _back(chosen, "chi-tieu")
        except IntegrityError:
            form.add_error("unit", "Đã có chỉ tiêu bài này: hãy sửa số ở danh sách bên trên.")
    return _page(request, chosen, target_form=form)


@desk_page
@require_POST
def change_target(request, pk):
    """Another number for a target, or with `xoa` none."""
    target = get_object_or_404(Target.objects.select_related("committee__unit"), pk=pk)
    if not _is_own(request.user, target.committee.unit_id):
        raise Http404
    if "xoa" in request.POST:
        target.delete()
        return _back(target.committee, "xoa")
    form = NumberForm(request.POST, target=target)
    if form.is_valid():
        Target.objects.filter(pk=target.pk).update(**form.cleaned_data)
        return _back(target.committee, "chi-tieu")
    return _page(request, target.committee, number_form=form)


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


def _page(request, chosen, *, form=None, target_form=None, number_form=None, notice=""):
    context = {"units": own_units(request.user), "notice": notice, "chosen": chosen}
    if chosen is not None:
        context |= {
            "form": form or CommitteeForm(instance=chosen),
            "target_form": target_form or TargetForm(committee=chosen),
            "targets": [_number_form(target, number_form) for target in _targets(chosen)],
            "saved": SAVED.get(request.GET.get("da-luu"), ""),
            "today": timezone.localdate(),
            "convention": convention_cut_on(chosen.cutoff_day) if _is_day(chosen) else None,
        }
    return desk_render(request, "desk/committee.html", context, here="desk:committee")


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
