"""Kho ảnh, and "Thêm ảnh": photos looked for, taken again, or brought in before there is a report."""

import json
from functools import partial
from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import render
from django.urls import path, reverse
from django.views.decorators.http import require_http_methods

from portal.paging import asked_page
from portal.text import one_line

from ..library import library_of, narrowed, of_library, with_uses
from ..models import Genre, Photo, Report
from ..periods import CALENDAR, Period
from ..photos import MOST_AT_ONCE, PictureGone, keep_uploads, show_again, waiting_pictures
from ..rights import EDITABLE, known_units, may_edit, visible_reports, writable_units
from .photo_parts import STARTED_WITH
from .report_form import SeveralFiles

PER_PAGE = 24


def photo_urls(site):
    """The addresses of this room in the back office `site`."""
    return [
        path(f"{address}/", site.admin_view(partial(page, admin_site=site)), name=name)
        for address, page, name in (
            ("anh", library, "photo_library"),
            ("them-anh", photo_report, "photo_report"),
        )
    ]


@require_http_methods(["GET", "HEAD", "POST"])
def library(request, admin_site):
    """The photos of all reports the person may open; with `bai`, ticked ones go into that draft.

    `chon` asks for the list alone, to choose from inside a report's form.
    """
    if known_units(request.user) == set():
        raise PermissionDenied
    report = _report_to_fill(request)
    if request.method == "POST":
        return _fill(request, report)
    words = one_line(request.GET.get("q"))[:200]
    asked_period = one_line(request.GET.get("ky"))[:20]
    period, note = _period(asked_period)
    photos = narrowed(library_of(request.user), words=words, period=period)
    photos = photos.select_related("credit").defer("report__body")
    page = asked_page(request.GET, photos, PER_PAGE)
    choosing = "chon" in request.GET
    kept = {
        "q": words,
        "ky": asked_period,
        "bai": report.pk if report else "",
        "chon": "1" if choosing else "",
    }
    context = {
        "page": page,
        "photos": [_shown(photo) for photo in with_uses(page.rows, request.user)],
        "words": words,
        "asked_period": asked_period,
        "note": note,
        "report": report,
        "choosing": choosing,
        "may_add": report is None and writable_units(request.user) != set(),
        "address": reverse("admin:photo_library"),
        "query": urlencode({name: value for name, value in kept.items() if value}),
    }
    if choosing:
        return render(request, "admin/photo_library_list.html", context)
    context |= admin_site.each_context(request)
    return render(request, "admin/photo_library.html", context | {"title": "Kho ảnh"})


def _period(text):
    """(the period, a note for the eye): what makes no sense narrows nothing."""
    if not text:
        return None, ""
    try:
        period = Period.parse(text, CALENDAR)
    except ValueError as error:
        return None, str(error)
    return period, f"{period.label}: {period.days_label}"


def _shown(photo):
    """A photo, and what the script of the form needs to make a row of it."""
    row = {
        "token": photo.token,
        "url": photo.src,
        "width": photo.src_width,
        "height": photo.src_height,
        "caption": photo.caption,
        "alt": photo.alt,
        "creditText": photo.credit_text,
        "credit": [photo.credit_id, photo.credit.name] if photo.credit_id else None,
    }
    photo.as_row_json = json.dumps(row, ensure_ascii=False)
    return photo


def _report_to_fill(request):
    """The draft named by `bai`; 404 for what is not there, not seen or not to be changed."""
    asked = (request.POST if request.method == "POST" else request.GET).get("bai", "")
    if not asked and request.method != "POST":
        return None
    key = int(asked) if asked.isascii() and asked.isdigit() and len(asked) <= 9 else 0
    report = visible_reports(request.user).filter(pk=key).first()
    if report is None or not _may_fill(request.user, report):
        raise Http404
    return report


def _may_fill(user, report):
    """What is published is changed through its form, which keeps what readers were given."""
    return report.status in EDITABLE and may_edit(user, report)


@transaction.atomic
def _fill(request, report):
    """Rows with the ticked photos' files and words; what the report has already stays as it is."""
    # Asked again under the lock: it may have been sent off, or dropped, since.
    report = Report.objects.select_for_update().filter(pk=report.pk).first()
    if report is None or not _may_fill(request.user, report):
        raise Http404
    ticked = dict.fromkeys(request.POST.getlist("anh")[:PER_PAGE])
    known = of_library(ticked, request.user)
    has = set(report.photos.values_list("token", flat=True))
    order, added = report.photos.count(), 0
    for token in ticked:
        source = known.get(token)
        if source is None or token in has:
            continue
        again = Photo(report=report, order=order + added)
        for name in ("caption", "alt", "credit_id", "credit_text", "focal_x", "focal_y"):
            setattr(again, name, getattr(source, name))
        try:
            show_again(source, again)
        except PictureGone:
            continue
        added += 1
    if added:
        report._change_reason = "lấy ảnh từ kho"
        report.save()  # a version of its own: whoever has the form open is told
        messages.success(request, f"Đã thêm {added} ảnh vào bài.")
    else:
        messages.warning(request, "Chưa thêm ảnh nào. Hãy đánh dấu ảnh mà bài chưa có.")
    return HttpResponseRedirect(reverse("admin:reports_report_change", args=[report.pk]))


class PhotosFirstForm(forms.Form):
    new_photos = SeveralFiles(
        label="Ảnh của tin",
        required=False,
        help_text="Chọn được nhiều ảnh một lần: JPEG, PNG, WebP, GIF, mỗi ảnh không quá 20 MB.",
    )


@require_http_methods(["GET", "HEAD", "POST"])
def photo_report(request, admin_site):
    """A handful of photos first; then the form of a new photo report opens with them as its rows.

    Nothing but the uploads is stored here.
    """
    if writable_units(request.user) == set():
        raise PermissionDenied
    form, waiting, status = PhotosFirstForm(), [], 200
    if request.method == "POST":
        waiting = _already_here(request)
        form = PhotosFirstForm(request.POST, request.FILES)
        pictures, complaints = keep_uploads(form.files.getlist("new_photos"), by=request.user)
        waiting += pictures
        if waiting and not complaints:
            tokens = " ".join(picture.token for picture in waiting[:MOST_AT_ONCE])
            start = urlencode({"genre": Genre.PHOTO_NEWS, STARTED_WITH: tokens})
            return HttpResponseRedirect(f"{reverse('admin:reports_report_add')}?{start}")
        form.is_valid()
        for complaint in complaints or ["Hãy chọn ít nhất một ảnh."]:
            form.add_error("new_photos", complaint)
        status = 400
    context = {
        **admin_site.each_context(request),
        "title": "Thêm ảnh",
        "form": form,
        "waiting": waiting,
    }
    return render(request, "admin/photo_report.html", context, status=status)


def _already_here(request):
    """The pictures that came up before the button was pressed, in their order."""
    tokens = request.POST.getlist(STARTED_WITH)[:MOST_AT_ONCE]
    waiting = waiting_pictures(tokens, by=request.user)
    return [waiting[token] for token in dict.fromkeys(tokens) if token in waiting]
