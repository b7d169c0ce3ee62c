"""The page "Nhập bài": paste or upload, look at every suggestion beside its sentence, then a draft."""

import secrets

from django.contrib import messages
from django.contrib.admin.widgets import AutocompleteSelect
from django.core.exceptions import PermissionDenied
from django.forms import DateField, Media, ValidationError
from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from portal.limited import Refusal
from portal.text import one_line
from units.models import Unit

from ..editor import rich_text_widget, with_editor
from ..intake.forms import NEW_EVENT, NO_EVENT, OTHER_UNIT, ConfirmForm, SourceForm
from ..intake.importing import AlreadyImported, create_draft
from ..intake.names import is_nobody, is_organisation
from ..intake.picture_forms import FigureFormSet, PictureFormSet
from ..intake.pictures import keep_pictures
from ..intake.reader import read_article
from ..intake.suggesting import suggestions_from
from ..intake.who import find_people
from ..models import Report
from ..photos import waiting_pictures
from ..rights import visible_events, writable_units

_MOST_NAMES = 40


@with_editor
@require_http_methods(["GET", "HEAD", "POST"])
def intake(request, admin_site):
    """Step one shows the source form; its post shows what was read; the second post saves."""
    keys = writable_units(request.user)
    if keys == set():
        raise PermissionDenied
    if request.method != "POST":
        return _ask_for_source(request, admin_site, SourceForm())
    if request.POST.get("buoc") == "luu":
        return _save(request, admin_site)
    source = SourceForm(request.POST, request.FILES)
    article = article_of(source)
    if article is None:
        return _ask_for_source(request, admin_site, source)
    return _show_what_was_read(request, admin_site, article, source.cleaned_data["photos"])


def article_of(source):
    """The Article of a SourceForm that was sent; None, with the reason beside the field, if there is none."""
    if not source.is_valid():
        return None
    try:
        return read_article(**_source(source.cleaned_data))
    except Refusal as refused:
        source.add_error("file" if source.cleaned_data.get("file") else "pasted", str(refused))
        return None


def _source(data):
    for name in ("file", "pasted_page"):
        if upload := data.get(name):
            return {"data": upload.read(), "name": upload.name}
    if data.get("pasted_html"):
        return {"data": data["pasted_html"].encode(), "name": "dan.html"}
    return {"data": data["pasted"].encode(), "name": "dan.txt"}


def _ask_for_source(request, admin_site, form):
    status = 200 if request.method in ("GET", "HEAD") else 400
    context = {**admin_site.each_context(request), "title": "Nhập bài", "form": form}
    return render(request, "admin/intake_source.html", context, status=status)


def _show_what_was_read(request, admin_site, article, photos):
    suggested = suggestions_from(article)
    kept, complaints = keep_pictures(article, by=request.user, uploads=photos)
    suggested.warnings += complaints
    pictures = [
        *({**vars(one), "keep": not one.note} for one in kept),
        *({"caption": words} for words in still_missing(suggested.captions, kept, photos)),
    ]
    names = _names(suggested.initial, pictures)
    units = _offered_units(request.user, suggested.unit_keys)
    _doubt_unit(suggested, units)
    form = _confirm_form(
        request,
        admin_site,
        units,
        events=_offered_events(request.user, units, suggested.initial.get("held_on")),
        people=find_people(names, units[0].pk if units else ""),
        initial={
            **suggested.initial,
            "unit": units[0].pk if units else OTHER_UNIT,
            "event": NEW_EVENT if suggested.has_event else NO_EVENT,
            "evidence": suggested.evidence,
            "offered": " ".join(unit.pk for unit in units),
            "once_key": secrets.token_hex(16),
        },
    )
    return _confirm(
        request,
        admin_site,
        form,
        _pictures(request, initial=pictures),
        FigureFormSet(initial=suggested.figures, prefix="so"),
    )


def _doubt_unit(suggested, units):
    """Where the text names another unit than those the user writes for, that is said."""
    keys = suggested.unit_keys
    if keys and keys[0] not in {unit.pk for unit in units}:
        named = Unit.objects.filter(pk=keys[0]).first()
        if named:
            suggested.doubts["unit"] = (
                f"bài nhắc tới {named.label_with_context}, nơi bạn không viết bài cho được"
            )


def still_missing(captions, kept, photos):
    """The captions that wait for a picture; whoever chose photos beside the text has sent the others."""
    given = {one.caption for one in kept}
    return [words for words in captions if (words or not photos) and words not in given - {""}]


# The fields of the form that hold names.
_ROLES = ("authors", "photographers", "editors", "informants")


def _names(values, pictures):
    """Everybody named in the byline and below the photos, as lists or as a browser sends them."""
    names = []
    for role in _ROLES:
        value = values.get(role) or []
        names += value.split(";") if isinstance(value, str) else value
    names += [picture.get("credit") or "" for picture in pictures]
    names = (one_line(name.partition("/")[0]) for name in names)
    kept = [name for name in names if name and not is_organisation(name) and not is_nobody(name)]
    return list(dict.fromkeys(kept))[:_MOST_NAMES]


def _pictures(request, *data, **options):
    return PictureFormSet(*data, prefix="anh", form_kwargs={"user": request.user}, **options)


def _save(request, admin_site):
    day = _posted_day(request.POST.get("held_on") or request.POST.get("day"))
    credits = [
        {"credit": request.POST.get(f"anh-{number}-credit")}
        for number in range(PictureFormSet.absolute_max)
    ]
    names = _names(request.POST, credits)
    units = _offered_units(request.user, request.POST.get("offered", "").split()[:20])
    form = _confirm_form(
        request,
        admin_site,
        units,
        events=_offered_events(request.user, units, day),
        people=find_people(names, request.POST.get("unit", "")),
        data=request.POST,
    )
    pictures = _pictures(request, request.POST, request.FILES)
    figures = FigureFormSet(request.POST, prefix="so")
    if form.is_valid() & pictures.is_valid() & figures.is_valid():
        values = form.values(
            [one.picture() for one in pictures if one.cleaned_data.get("keep")],
            [one.figure(request.user) for one in figures if one.cleaned_data.get("keep")],
        )
        try:
            report = create_draft(values, by=request.user)
        except AlreadyImported as already:
            form.add_error(None, str(already))
        else:
            messages.success(request, f"Đã lưu nháp “{report.title}”. Hãy xem lại rồi gửi duyệt.")
            return HttpResponseRedirect(reverse("admin:reports_report_change", args=[report.pk]))
    return _confirm(request, admin_site, form, pictures, figures, status=400)


def _confirm(request, admin_site, form, pictures, figures, *, status=200):
    context = {
        **admin_site.each_context(request),
        "title": "Xem lại trước khi lưu nháp",
        "form": form,
        "groups": [_group(form, title, names) for title, names in GROUPS],
        "pictures": pictures,
        "shown_pictures": _shown(pictures, request.user),
        "figures": figures,
        "warnings": form.notes("warnings"),
        "removed": form.notes("removed"),
        # The office's own style sheets dress the pickers; Django's would undress them again.
        "media": form.media["js"] + Media(js=["admin-dv/fields.js"]),
        "photographer": _one_photographer(form),
    }
    return render(request, "admin/intake_confirm.html", context, status=status)


def _group(form, title, names):
    """(title, rows to look at, rows that hold nothing): the second wait folded below the first."""
    looked_at, empty = [], []
    for name in names:
        if name in form.fields:
            field = form[name]
            is_empty = field.value() in (None, "", [], False) and not field.errors
            (empty if is_empty and name not in ALWAYS else looked_at).append(_beside(form, name))
    return title, looked_at, empty


def _beside(form, name):
    """(bound field, its sentence, how sure the reader is and in which words)."""
    # The radio buttons of several days speak for the day.
    asked = "held_on" if name == "day" else name
    if name == "held_on" and "day" in form.fields:
        return form[name], "", "", ""
    return form[name], form.sentence(asked), *form.confidence(asked)


# How the second page is laid out, in the order a person checks a text.
GROUPS = (
    ("Bài", ("title", "lead", "body")),
    ("Nơi đăng", ("unit", "other_unit", "section", "organisation")),
    (
        "Người thực hiện",
        ("authors", "photographers", "editors", "informants", "byline_organisation"),
    ),
    (
        "Sự kiện",
        (
            "event",
            "event_name",
            "event_kind",
            "day",
            "held_on",
            "ends_on",
            "session",
            "venue",
            "chair",
        ),
    ),
    (
        "Kỳ và nguồn",
        ("period", "published_at", "published_is_estimate", "views", "source_name", "original_url"),
    ),
)


# These are looked at even when they are empty.
ALWAYS = {
    "title", "lead", "body", "unit", "other_unit", "section", "authors", "photographers", "event",
    "event_kind", "day", "held_on", "chair",
}  # fmt: skip


def _confirm_form(request, admin_site, units, **options):
    keys = writable_units(request.user)
    others = Unit.objects.all() if keys is None else Unit.objects.filter(pk__in=keys)
    form = ConfirmForm(units=units, other_units=others.select_related("parent"), **options)
    form.fields["other_unit"].widget = AutocompleteSelect(
        Report._meta.get_field("unit"), admin_site, attrs={"data-width": "100%"}
    )
    form.fields["other_unit"].widget.choices = form.fields["other_unit"].choices
    form.fields["body"].widget = rich_text_widget()
    return form


def _offered_units(user, keys):
    """What the text suggests and the user may write for; else the user's own few units."""
    allowed = writable_units(user)
    found = Unit.objects.select_related("parent").in_bulk([key for key in keys if key])
    offered = [found[key] for key in keys if key in found and (allowed is None or key in allowed)]
    for membership in user.memberships.select_related("unit__parent")[:6]:
        if membership.unit not in offered and allowed is not None and membership.unit_id in allowed:
            offered.append(membership.unit)
    return offered[:8]


def _offered_events(user, units, day):
    """Events of the same units on the same day: one event, many reports."""
    if not day or not units:
        return []
    events = visible_events(user).filter(unit__in=units, event_on=day)
    return list(events.order_by("name")[:6])


def _posted_day(text):
    try:
        return DateField(required=False).clean(text)
    except ValidationError:
        return None


def _one_photographer(form):
    """Whose photos they are where nobody is named below them; empty when several have signed."""
    names = form["photographers"].value() or []
    names = names.split(";") if isinstance(names, str) else names
    return names[0].strip() if len(names) == 1 else ""


def _shown(formset, user):
    """[(form, stored picture)] for the thumbnails; a token that is not the user's shows nothing."""
    tokens = [str(form["token"].value() or "") for form in formset]
    waiting = waiting_pictures(tokens, by=user)
    return [(form, waiting.get(token)) for form, token in zip(formset, tokens, strict=True)]
