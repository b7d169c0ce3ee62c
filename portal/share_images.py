"""The pictures of shared links, drawn when first asked for and kept.

Each address names what it shows: a new title or photo has a new address, so what a network keeps
never goes stale. The kept copies have no door but this one, which asks `published(now)` each time.
"""

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.views.decorators.http import require_safe

from portal.models import SiteProfile
from reports.models import Report
from reports.share_card import NARROWEST_PHOTO, photo_card, words_card

# As short as for photos: what is withdrawn leaves shared caches within a minute.
CACHING = "public, max-age=30, stale-while-revalidate=30"


@require_safe
def report_share_image(request, pk, key):
    """The card of a published report; an old address leads to the new one."""
    reports = Report.objects.filter(pk=pk).defer("body").prefetch_related("photos")
    report = reports.published(timezone.now()).first()
    if report is None:
        if reports.once_public().exists():
            return HttpResponse("Bài đã được gỡ.", "text/plain; charset=utf-8", status=410)
        raise Http404
    if key != report.share_image_key:
        return HttpResponseRedirect(report.share_image_path)
    return _kept(f"chia-se/{pk}", key, lambda: _draw(report))


@require_safe
def site_share_image(request, key):
    """The card of every page that is no report."""
    site = SiteProfile.current()
    if key != site.share_image_key:
        return HttpResponseRedirect(site.share_image_path)
    words = (site.full_name, site.managing_body, settings.SITE_HOST)
    return _kept("chia-se/cong", key, lambda: words_card(*words))


def _draw(report):
    photo = report.lead_photo
    if photo and photo.width >= NARROWEST_PHOTO:
        try:
            with default_storage.open(f"{photo.folder}/{photo.widths[-1]}.jpg") as file:
                return photo_card(file, photo.focal_x, photo.focal_y)
        except OSError:
            pass  # a lost file must not cost the link its card
    site = SiteProfile.current()
    return words_card(report.title, report.unit_full_label, site.full_name)


def _kept(folder, key, draw):
    """The kept card, or one drawn now; only the newest of a folder stays."""
    name = f"{folder}/{key}.jpg"
    try:
        with default_storage.open(name) as file:
            card = file.read()
    except OSError:
        card = draw()
        _keep(folder, name, card)
    response = HttpResponse(card, "image/jpeg")
    response.headers["Cache-Control"] = CACHING
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


def _keep(folder, name, card):
    try:
        if default_storage.exists(folder):
            for old in default_storage.listdir(folder)[1]:
                default_storage.delete(f"{folder}/{old}")
        default_storage.save(name, ContentFile(card))
    except OSError:
        pass  # a full disk: the card is drawn again next time
