"""Keeps every published text in a chain of hashes, and finds the first link that was broken.

Each edition stores the hash of its content and of the edition before it, so that a row changed,
removed or slipped in later breaks every link behind it. `verify_archive` prints the last hash: kept
somewhere else, it also proves that nobody has rewritten the whole chain.
"""

import hashlib
import json
from dataclasses import dataclass
from datetime import UTC

from django.db import transaction
from django.utils import timezone

from .models import Edition, EditionHead, Report, ReportStatus


def content_of(report):
    """What readers are given of `report`, as plain data: its words, its photos, its sources.

    Names of people and units may be corrected later without a new version; they are kept beside
    it (`names_of`) and not compared.
    """
    return {
        "title": report.title,
        "lead": report.lead,
        "body": report.body,
        "unit": report.unit_id,
        "organisation": report.byline_organisation,
        "source": [report.source_name, report.source_url],
        "period": [
            report.period_start and report.period_start.isoformat(),
            report.period_end and report.period_end.isoformat(),
            report.period_label,
        ],
        "photos": [
            [photo.token, photo.caption, photo.alt, photo.credit_text]
            for photo in report.photos.order_by("order", "pk")
        ],
    }


def names_of(report):
    """Who signed, as printed on this day."""
    contributions = report.contributions.select_related("person").order_by("order", "pk")
    return [[one.role, one.printed_name] for one in contributions]


def content_hash(report):
    """The hash of what readers are given of `report` now."""
    return _hash(_canonical(content_of(report)))


@transaction.atomic
def keep_edition(report, *, by, one_step=False, written_by=()):
    """Keep the text of a published report, if it is not the one kept last; the Edition or None.

    `written_by`: primary keys of the accounts that wrote it.
    """
    content = content_of(report)
    hashed = _hash(_canonical(content))
    last = report.editions.order_by("-position").first()
    if last and last.content_hash == hashed:
        return None
    # Whoever comes second waits here, so that positions have neither gaps nor twins.
    EditionHead.objects.get_or_create(pk=1)
    head = EditionHead.objects.select_for_update().get(pk=1)
    edition = Edition(
        position=head.position + 1,
        report=report,
        report_version=report.version,
        content=_canonical(
            {"content": content, "names": names_of(report), "written_by": sorted(written_by)}
        ),
        content_hash=hashed,
        kept_at=timezone.now(),
        kept_by=by,
        one_step=one_step,
        previous_hash=head.chain_hash,
    )
    edition.chain_hash = _link(edition)
    edition.save(force_insert=True)
    EditionHead.objects.filter(pk=1).update(
        position=edition.position, chain_hash=edition.chain_hash
    )
    return edition


@dataclass(frozen=True)
class Broken:
    """Where the archive is not what it was: the edition's place, if it is one, and a sentence."""

    position: int | None
    words: str


def verify(*, with_pages=True):
    """(the number of editions that hold, the last hash, Broken or None). Reads row by row.

    `with_pages` also compares what published reports show today with their last edition.
    """
    previous, position = "", 0
    for edition in Edition.objects.order_by("position").iterator(chunk_size=500):
        words = _what_is_wrong(edition, position, previous)
        if words:
            return position, previous, Broken(edition.position, words)
        previous, position = edition.chain_hash, edition.position
    head = EditionHead.objects.filter(pk=1).first() or EditionHead()
    if (head.position, head.chain_hash) != (position, previous):
        return position, previous, Broken(head.position, "thiếu các bản ở cuối chuỗi")
    return position, previous, _changed_page() if with_pages else None


def _what_is_wrong(edition, position, previous):
    if edition.position != position + 1:
        return f"thiếu bản số {position + 1} của chuỗi"
    if edition.previous_hash != previous:
        return "không nối với bản trước"
    if _hash(_canonical(json.loads(edition.content)["content"])) != edition.content_hash:
        return "nội dung khác mã của nó"
    if _link(edition) != edition.chain_hash:
        return "mã của bản không đúng"
    return ""


def _changed_page():
    """A published report whose text is not the one last approved: changed behind the back office."""
    with_editions = Report.objects.filter(
        pk__in=Edition.objects.values("report"), status=ReportStatus.PUBLISHED
    )
    for report in with_editions.order_by("pk").iterator(chunk_size=200):
        last = report.editions.order_by("-position").first()
        if last.content_hash != content_hash(report):
            return Broken(last.position, f"bài {report.pk} đang hiện khác bản đã duyệt")
    return None


def _link(edition):
    """The hash of an edition with everything it claims, the edition before it included."""
    claims = [
        edition.position,
        edition.report_id,
        edition.report_version,
        edition.content,
        edition.content_hash,
        edition.kept_at.astimezone(UTC).isoformat(),
        edition.kept_by_id,
        edition.one_step,
        edition.previous_hash,
    ]
    return _hash(_canonical(claims))


def _canonical(data):
    return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _hash(text):
    return hashlib.sha256(text.encode()).hexdigest()
