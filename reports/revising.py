"""Bản sửa: how a published text gets a new version while the old one stays public.

A revision is a report of its own with `revises` set, so that it is written, checked, sent, returned
and compared like any other; approving it carries it over into the original and removes it. Who may
is asked in `reports.workflow`.
"""

from .editions import content_hash
from .models import Contribution, Figure, Photo, Report, ReportStatus
from .photos import delete_files_later
from .search.index import refresh

# What a new version may change. The unit, the publication and the old address stay.
CARRIED = (
    "title", "lead", "body", "section", "event", "organisation", "heading", "genre",
    "period_start", "period_end", "period_label", "byline_organisation", "source_name",
    "source_url",
)  # fmt: skip
PHOTO_WORDS = ("caption", "alt", "credit_id", "credit_text", "order", "focal_x", "focal_y")
FIGURE_WORDS = (
    "indicator", "value", "unit_of_measure", "sentence", "confirmed_by_id", "order", "counted_as",
    "same_as_id",
)  # fmt: skip


def begin(original, *, by, deed):
    """A draft that holds what `original` says now, with its byline, photos and figures."""
    revision = Report(
        unit=original.unit,
        published_at=original.published_at,
        published_is_estimate=original.published_is_estimate,
        status=ReportStatus.DRAFT,
        revises=original,
        revises_hash=content_hash(original),
        created_by=by,
        **{name: getattr(original, name) for name in CARRIED},
    )
    revision._history_user = by
    revision._change_reason = deed
    revision.save()
    revision.topics.set(original.topics.all())
    for one in original.contributions.all():
        Contribution.objects.create(
            report=revision, person_id=one.person_id, role=one.role,
            signed_as=one.signed_as, order=one.order,
        )  # fmt: skip
    for photo in original.photos.all():
        _show_same(photo, Photo(report=revision))
    _copy_figures(original, revision)
    refresh(revision.pk)
    return revision


def is_behind(revision):
    """Whether the original's text changed since the revision began."""
    return revision.revises_hash != content_hash(revision.revises)


def begin_anew(revision):
    """Count `revision` from what its original says now. Not saved."""
    revision.revises_hash = content_hash(revision.revises)


def carry_over(revision, original, *, by, deed):
    """Make `original` say what `revision` says, and remove the revision; the saved original."""
    for name in CARRIED:
        setattr(original, name, getattr(revision, name))
    original._history_user = by
    original._change_reason = deed
    original.save()
    original.topics.set(revision.topics.all())
    _carry_names(revision, original)
    _carry_photos(revision, original)
    # What the desk confirmed stays with the original.
    original.figures.of_the_newsroom().delete()
    _copy_figures(revision, original)
    remove(revision)
    refresh(original.pk)
    return original


def remove(revision):
    """Delete a revision; the files its original shows as well stay."""
    photos = list(revision.photos.all())
    revision.delete()
    for photo in photos:
        delete_files_later(photo)


def _carry_names(revision, original):
    kept = {(one.role, one.person_id): one for one in original.contributions.all()}
    for new in revision.contributions.all():
        old = kept.pop((new.role, new.person_id), None) or Contribution(
            report=original, person_id=new.person_id, role=new.role
        )
        if old.pk is None or (old.signed_as, old.order) != (new.signed_as, new.order):
            old.signed_as, old.order = new.signed_as, new.order
            old.save()
    for gone in kept.values():
        gone.delete()


def _carry_photos(revision, original):
    kept = {photo.token: photo for photo in original.photos.all()}
    for new in revision.photos.all():
        old = kept.pop(new.token, None) or Photo(report=original)
        if old.pk is None or any(getattr(old, n) != getattr(new, n) for n in PHOTO_WORDS):
            _show_same(new, old)
    for gone in kept.values():
        gone.delete()
        delete_files_later(gone)


def _show_same(photo, other):
    """Save `other` as a row with the same files and words as `photo`."""
    for name in ("token", "width", "height", "uploaded_by_id", *PHOTO_WORDS):
        setattr(other, name, getattr(photo, name))
    other.save()


def _copy_figures(source, target):
    Figure.objects.bulk_create(
        Figure(report=target, **{name: getattr(figure, name) for name in FIGURE_WORDS})
        for figure in source.figures.of_the_newsroom()
    )
