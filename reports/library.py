"""Kho ảnh: photos taken once and shown again, out of the reports a person may open anyway."""

from django.db.models import Exists, OuterRef

from .models import Photo, Report
from .rights import visible_reports


def library_of(user):
    """The photos `user` may use again, the last added first; each picture once, as it was used last."""
    seen = _seen_by(user)
    later = seen.filter(token=OuterRef("token"), pk__gt=OuterRef("pk"))
    return seen.filter(~Exists(later)).order_by("-pk")


def narrowed(photos, *, words="", period=None):
    """Those in reports that have every word – in title, caption, name or text – and count in `period`.

    Words need no marks.
    """
    reports = Report.objects.all()
    if words:
        reports = reports.matching(words)
    if period:
        reports = reports.in_period(period)
    return photos.filter(report__in=reports.values("pk")) if words or period else photos


def of_library(tokens, user):
    """{token: photo} of those pictures that `user` may use again; other tokens are left out."""
    found = _seen_by(user).filter(token__in=tokens).select_related("credit").order_by("pk")
    return {photo.token: photo for photo in found}


def with_uses(photos, user):
    """The photos of one page; `uses` of each is the rows of all reports that show it to `user`."""
    photos = list(photos)
    uses = (
        _seen_by(user)
        .filter(token__in={photo.token for photo in photos})
        .select_related("report")
        .defer("report__body", "report__lead")
        .order_by("-pk")
    )
    by_token = {}
    for use in uses:
        by_token.setdefault(use.token, []).append(use)
    for photo in photos:
        photo.uses = by_token.get(photo.token, [photo])
    return photos


def _seen_by(user):
    return Photo.objects.filter(report__in=visible_reports(user).values("pk"))
