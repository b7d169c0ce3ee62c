"""Reports as cards of a list, with their lead photos, in one statement."""

from django.db.models import OuterRef

from reports.models import Photo
from reports.one_query import GatheredRows

PHOTO = ("id", "token", "width", "height", "alt", "order", "focal_x", "focal_y", "caption")


def as_cards(reports):
    """The queryset `reports` with what a card shows; its rows still go through `with_photos`."""
    photo = Photo.objects.filter(report=OuterRef("pk"), order=0).order_by("pk").values(*PHOTO)[:1]
    cards = reports.for_cards().prefetch_related(None)
    return cards.annotate(photo_rows=GatheredRows(photo, PHOTO))


def with_photos(rows):
    """Give each row of an `as_cards` queryset its lead photo; returns `rows`."""
    for report in rows:
        report.lead_photos = [Photo(report_id=report.pk, **row) for row in report.photo_rows]
    return rows
