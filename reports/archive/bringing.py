"""One page comes in: in one transaction its draft, persons, event, photos and what is told of it.

A process may be killed at any moment: either all of it is there or nothing. What is left are files
without a row, which the sweeper of uploads removes.
"""

from django.db import IntegrityError, transaction
from django.utils import timezone

from portal.limited import Busy, Refusal
from reports.intake.importing import AlreadyImported, PictureValues, create_draft
from reports.intake.pictures import is_small
from reports.models import ImportItem, ItemOutcome
from reports.photos import check_picture, keep_for_later
from units.models import Unit

from .judging import MOST_NEAR, Verdict, near_words
from .nearness import find_duplicates


def bring_in(item, verdict):
    """Store what `verdict` says of a waiting `item`; returns the item as it now stands.

    Whoever comes second – another browser, another process – changes nothing. Raises Busy when
    pictures could not be looked at now; the item then waits on.
    """
    pictures = checked_pictures(verdict) if verdict.is_brought else []
    try:
        with transaction.atomic():
            return _store(item, verdict, pictures)
    except (IntegrityError, AlreadyImported):
        # The same text came in by another way between the look and the deed.
        known = Verdict(
            ItemOutcome.KNOWN, verdict.title, ["Đã có bài này (vừa được nhập)."],
            source_hash=verdict.source_hash, original_url=verdict.original_url,
        )  # fmt: skip
        with transaction.atomic():
            return _store(item, known, [])


def checked_pictures(verdict):
    """[(CheckedPicture, FoundPicture)], nothing stored; what is refused becomes a doubt.

    Emblems and buttons of the old page are left out: a small picture is a photo only to a person,
    who is told of it where it had a caption.
    """
    checked = []
    for number, picture in enumerate(verdict.pictures, start=1):
        if picture.is_small:
            continue
        try:
            looked_at = check_picture(picture.content)
        except Busy:
            raise
        except Refusal as refusal:
            verdict.doubt(f"Ảnh thứ {number} của trang bị bỏ: {refusal}")
            continue
        if not is_small(looked_at):
            checked.append((looked_at, picture))
        elif picture.caption:
            verdict.doubt(
                f"Ảnh “{picture.caption[:80]}” quá nhỏ ({looked_at.width} × {looked_at.height} điểm) "
                "nên không nhập. Nếu còn bản lớn, hãy thêm vào bài."
            )
    return checked


def _store(item, verdict, pictures):
    batch = item.batch
    # One import of a unit at a time: two at once would make two persons of one name.
    Unit.objects.select_for_update(no_key=True).get(pk=batch.unit_id)
    item = ImportItem.objects.select_related("batch").get(pk=item.pk)
    if item.outcome != ItemOutcome.WAITING:
        return item
    if verdict.is_brought:
        item.report = _make_draft(verdict, pictures, batch)
        item.brought_at = timezone.now()
    else:
        item.report = verdict.known
    item = write_down(item, verdict)
    item.save()
    return item


def write_down(item, verdict):
    """Put into `item` what a person is told of the verdict; saves nothing."""
    item.outcome = verdict.outcome
    item.title = verdict.title[:400]
    item.words = "\n".join(" ".join(words.split()) for words in verdict.remarks)
    item.source_hash = verdict.source_hash
    item.original_url = verdict.original_url
    item.suggested = verdict.suggested
    return item


def _make_draft(verdict, pictures, batch):
    values = verdict.values
    values.pictures = [
        PictureValues(
            keep_for_later(checked, by=batch.by).token, found.caption, found.credit, found.alt
        )
        for checked, found in pictures
    ]
    report = create_draft(values, by=batch.by)
    if near := find_duplicates(report)[:MOST_NEAR]:
        verdict.suggested["duplicates"] = [other.pk for other, _ in near]
        for other, why in near:
            verdict.doubt(near_words(other.title, why))
    return report
