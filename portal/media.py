"""The one door to uploaded files: public only with a published report, for staff otherwise."""

import mimetypes
import re
from urllib.parse import quote

from django.conf import settings
from django.core.files.storage import default_storage
from django.db.models import F
from django.http import FileResponse, Http404, HttpResponse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from reports.models import BodyPicture, Photo, Report
from reports.photos import download_name
from reports.rights import known_units, visible_reports

PICTURE = re.compile(
    r"anh/(?P<head>[0-9a-f]{2})/(?P<token>[0-9a-f]{32})/(?P<name>goc|\d{1,4})\.(?P<kind>jpg|webp)"
)
# `goc.jpg?tai-ve` is saved, not shown.
DOWNLOAD = "tai-ve"


@require_safe
def media(request, path):
    """One stored file. A photo of an unpublished report has no public address that works.

    The original comes with a name that says whose it is; with `?tai-ve` browsers save it.
    """
    match = PICTURE.fullmatch(path)
    if not match or not match["token"].startswith(match["head"]):
        raise Http404
    token = match["token"]
    reports = Report.objects.published(timezone.now())
    if _is_public(token):
        # Not for ever: a withdrawn report takes its photos from shared caches within a minute.
        caching = "public, max-age=30, stale-while-revalidate=30"
    elif request.COOKIES.get(settings.SESSION_COOKIE_NAME) and _is_staff_picture(
        request.user, token
    ):
        caching = "private, no-store"
        reports = visible_reports(request.user)
    else:
        raise Http404
    response = _file(path)
    response.headers["Cache-Control"] = caching
    if match["name"] == "goc":
        response.headers["Content-Disposition"] = content_disposition_header(
            DOWNLOAD in request.GET, _name_among(reports, token)
        )
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


def _is_public(token):
    """Asked of `published(now)`, like every other door."""
    published = Report.objects.published(timezone.now())
    return (
        published.filter(photos__token=token).exists()
        or published.filter(body_pictures__token=token).exists()
    )


def _is_staff_picture(user, token):
    """A preview: of a report the user may open, or of a picture they have just uploaded."""
    if not user.is_authenticated:
        return False
    reports = visible_reports(user)
    return (
        Photo.objects.filter(token=token, report__in=reports).exists()
        or BodyPicture.objects.filter(token=token, reports__in=reports).exists()
        or (
            known_units(user) != set()
            and BodyPicture.objects.filter(token=token, uploaded_by=user).exists()
        )
    )


def _name_among(reports, token):
    """The original's name for the disk; of several reports the newest that this visitor may open."""
    photos = Photo.objects.filter(token=token, report__in=reports).select_related("report__unit")
    photo = photos.order_by(F("report__published_at").desc(nulls_last=True), "-pk").first()
    return download_name(photo) if photo else "anh.jpg"


def _file(path):
    content_type = mimetypes.guess_type(path)[0] or "application/octet-stream"
    if settings.MEDIA_ACCEL_PREFIX:
        # The proxy checks that the file exists and sends it; we only said that it may.
        response = HttpResponse(content_type=content_type)
        response.headers["X-Accel-Redirect"] = quote(f"{settings.MEDIA_ACCEL_PREFIX}{path}")
        return response
    try:
        return FileResponse(default_storage.open(path), content_type=content_type)
    except FileNotFoundError:
        raise Http404 from None
