"""Bản sửa on its pages: what it changes, side by side with what readers see, and what to do when
the original changed or was taken down meanwhile. And of a published report, who approved which text.
"""

from reports import revising
from reports.models import ReportStatus
from reports.rights import visible_reports

from .changes import Change, changes_between, marked_parts

# A revision says these of its original; they are not its own to change.
FIXED = ("unit", "published_at", "published_is_estimate", "original_url")


def about_revision(report):
    """What a page of a revision says besides its text; None for what is no revision."""
    if report.revises_id is None:
        return None
    original = report.revises
    is_gone = original.status != ReportStatus.PUBLISHED
    return {
        "original": original,
        "changes": differences(original, report),
        "is_gone": is_gone,
        "is_behind": not is_gone and revising.is_behind(report),
    }


def running_revision(user, report):
    """The revision of `report` that is being written, for whom may read it; or None."""
    if report.status not in (ReportStatus.PUBLISHED, ReportStatus.WITHDRAWN):
        return None
    return visible_reports(user).filter(revises=report).select_related("created_by").first()


def editions_of(report):
    """The texts readers were given, newest first: their number, moment and who approved them."""
    return report.editions.select_related("kept_by").defer("content").order_by("-position")


def differences(original, revision):
    """The `Change`s a reader would meet if `revision` took the place of `original`."""
    changes = changes_between(original, revision, revising.CARRIED)
    for label, words in (
        ("chủ đề", _topics),
        ("người thực hiện", _names),
        ("ảnh", _photos),
        ("số liệu", _figures),
    ):
        before, after = words(original), words(revision)
        if before != after:
            changes.append(Change(label, marked_parts("\n".join(before), "\n".join(after))))
    return changes


def _topics(report):
    return [topic.name for topic in report.topics.order_by("order", "name")]


def _names(report):
    contributions = report.contributions.select_related("person").order_by("order", "pk")
    return [f"{one.get_role_display()}: {one.printed_name}" for one in contributions]


def _photos(report):
    """A line a photo; another picture with the same words has another line, too."""
    lines = []
    for number, photo in enumerate(report.photos.select_related("credit").order_by("order", "pk")):
        words = photo.caption or "chưa có chú thích"
        credit = photo.credit_words or "chưa ghi người chụp"
        alt = f", mô tả: {photo.alt}" if photo.alt else ""
        lines.append(f"{number + 1}. {words} (ảnh: {credit}{alt}; tệp {photo.token[:6]})")
    return lines


def _figures(report):
    return [
        f"{figure.indicator}: {figure}{'' if figure.confirmed_by_id else ' (chưa đối chiếu)'}"
        for figure in report.figures.of_the_newsroom().order_by("order", "pk")
    ]
