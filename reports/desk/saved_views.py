"""`/tong-hop/bo-loc/`: the choices of reports a unit's desk has given a name."""

from urllib.parse import urlencode

from django import forms
from django.db import IntegrityError, transaction
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.paging import asked_page
from reports.form_fields import Described, PlainField
from reports.form_keys import seen_version
from reports.models import SavedFilter, Stale

from .access import desk_page, own_units
from .page import desk_render
from .saved import (
    KIND_WORDS,
    RELATIVE,
    filters_of,
    kept_query,
    kind_of,
    known_page,
    made_relative,
    open_address,
    words_of,
)
from .selection import Selection

FILTERS_PER_PAGE = 50
TAKEN = "Đơn vị đã có bộ lọc tên này. Hãy đặt tên khác."
SAVED = {"luu": "Đã lưu bộ lọc.", "ten": "Đã đổi tên.", "xoa": "Đã xóa bộ lọc."}


def _name_field():
    return PlainField(
        label="Tên bộ lọc",
        max_length=120,
        help_text="Ví dụ: Sơ kết quý, 8 xã phía tây",
        error_messages={
            "required": "Hãy đặt tên cho bộ lọc.",
            "max_length": "Tên dài quá 120 chữ cái.",
        },
    )


class NameForm(Described, forms.Form):
    name = _name_field()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.describe()


class SaveForm(Described, forms.Form):
    """The name, whose it is when one works for several units, and whether its period moves."""

    name = _name_field()
    unit = forms.ChoiceField(
        label="Dùng chung cho",
        error_messages={"invalid_choice": "Hãy chọn một đơn vị của bạn.", "required": "Hãy chọn."},
    )
    moving = forms.ChoiceField(
        label="Khi mở lại, xem", choices=list(RELATIVE.items()), required=False,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": "Hãy chọn một trong các cách dưới đây."},
    )  # fmt: skip

    def __init__(self, *args, units, kind="", **kwargs):
        super().__init__(*args, auto_id="bo-loc-%s", **kwargs)
        self.fields["unit"].choices = [(unit.pk, unit.name_on()) for unit in units]
        if not kind:
            del self.fields["moving"]
        else:
            words = KIND_WORDS[kind]
            self.fields["moving"].choices = [
                (how, text.replace("Kỳ", words.capitalize(), 1)) for how, text in RELATIVE.items()
            ]
        self.describe()


@desk_page
@require_safe
def saved_filters(request):
    """All one may open, the units in their order."""
    return _list(request)


@desk_page
@require_safe
def open_saved(request, pk):
    """To the address that was saved; a period that moves is told today."""
    saved = get_object_or_404(filters_of(request.user), pk=pk)
    return HttpResponseRedirect(open_address(saved, timezone.localdate()))


@desk_page
@require_http_methods(["GET", "HEAD", "POST"])
def save(request):
    """`?tu-trang=table&…`: the form that names the rest of this address; POST keeps it."""
    posted = request.method == "POST"
    asked = request.POST if posted else request.GET
    page = known_page(asked.get("tu-trang", ""))
    query = kept_query(asked.get("query", "") if posted else request.GET.urlencode())
    selection = Selection.of(query)
    kind = kind_of(selection.filters.kept.get("ky", ""))
    units = own_units(request.user)
    if request.user.is_superuser:
        units = list({unit.pk: unit for unit in [*units, *selection.units]}.values())
    form = SaveForm(
        request.POST if posted else None,
        units=units,
        kind=kind,
        initial={"unit": units[0].pk if units else "", "moving": ""},
    )
    if posted and form.is_valid():
        data = form.cleaned_data
        saved = SavedFilter(
            unit_id=data["unit"],
            name=data["name"],
            page=page,
            query=made_relative(query, data.get("moving", "")),
            created_by=request.user,
        )
        if _stored(saved) or _is_kept(saved):
            return _back("luu")
        form.add_error("name", TAKEN)
        form.describe()
    context = {
        "form": form,
        "units": units,
        "page_name": page,
        "query": query,
        "cancel": reverse(f"desk:{page}") + (f"?{query}" if query else ""),
    }
    return desk_render(
        request, "desk/save_filter.html", context, here="desk:saved", selection=selection
    )


@desk_page
@require_POST
def rename(request, pk):
    saved = get_object_or_404(filters_of(request.user), pk=pk)
    form = NameForm(request.POST, auto_id=f"ten-{saved.pk}-%s")
    if not form.is_valid():
        return _list(request, wrong=(saved.pk, form))
    seen, saved.name = seen_version(request.POST), form.cleaned_data["name"]
    try:
        if _stored(saved, seen):
            return _back("ten")
    except Stale:
        there = get_object_or_404(filters_of(request.user), pk=pk)
        if there.name == saved.name:
            return _back("ten")
        words = (
            f"Người khác vừa đổi tên thành “{there.name}”. Chưa lưu; bấm lần nữa nếu vẫn muốn đổi."
        )
        form.add_error("name", words)
        form.describe()
        return _list(request, wrong=(saved.pk, form), status=409)
    form.add_error("name", TAKEN)
    form.describe()
    return _list(request, wrong=(saved.pk, form))


@desk_page
@require_POST
def delete(request, pk):
    get_object_or_404(filters_of(request.user), pk=pk).delete()
    return _back("xoa")


def _stored(saved, seen=None):
    """Whether its name was free. Raises Stale when somebody saved it since the version `seen`."""
    try:
        with transaction.atomic():
            if seen is not None:
                saved.take_turn(seen)
            saved.save()
    except IntegrityError:
        return False
    return True


def _is_kept(saved):
    """Whether just this is there already: the same form was sent twice."""
    what = {
        name: getattr(saved, name) for name in ("unit_id", "name", "page", "query", "created_by")
    }
    return SavedFilter.objects.filter(**what).exists()


def _back(done):
    return HttpResponseRedirect(f"{reverse('desk:saved')}?{urlencode({'da-luu': done})}")


def _list(request, wrong=(None, None), status=200):
    today = timezone.localdate()
    page = asked_page(
        request.GET, filters_of(request.user).order_by("name", "pk"), FILTERS_PER_PAGE
    )
    for saved in page.rows:
        saved.words = words_of(saved, today)
        saved.form = (
            wrong[1]
            if wrong[0] == saved.pk
            else NameForm(initial={"name": saved.name}, auto_id=f"ten-{saved.pk}-%s")
        )
        saved.is_wrong = wrong[0] == saved.pk
    context = {"page": page, "saved": SAVED.get(request.GET.get("da-luu"), "")}
    return desk_render(
        request, "desk/saved_filters.html", context, here="desk:saved", status=status
    )
