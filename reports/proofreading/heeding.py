"""Which reminders somebody has read. A tick holds for what was read: new reminders come up again."""

from django.utils import timezone

from ..models import HeededFinding


def reminders(findings):
    return [finding for finding in findings if not finding.is_block]


def heeded(report):
    """{fingerprint: HeededFinding} of what was ticked in `report`, with who did it."""
    if report.pk is None:
        return {}
    return {row.fingerprint: row for row in report.heeded.select_related("by")}


def unheeded(report, findings):
    """The reminders among `findings` that nobody has ticked yet."""
    known = heeded(report)
    return [finding for finding in reminders(findings) if finding.fingerprint not in known]


def heed(report, findings, fingerprints, *, by):
    """Keep that `by` has read those of `findings` whose fingerprints were sent; others are ignored."""
    sent = set(fingerprints)
    HeededFinding.objects.bulk_create(
        [
            HeededFinding(
                report=report,
                fingerprint=finding.fingerprint,
                words=f"{finding.words} {finding.where}"[:400],
                by=by,
                at=timezone.now(),
            )
            for finding in unheeded(report, findings)
            if finding.fingerprint in sent
        ],
        ignore_conflicts=True,
    )
