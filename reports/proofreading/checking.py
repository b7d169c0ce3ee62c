"""Runs the rules over a text. Nothing is stored, nothing is changed."""

from django.utils import timezone

from .draft import Draft
from .finding import Level
from .rules import ordered


def check(report, *, now=None, user=None):
    """The findings in `report`, those that block first; a constant number of queries.

    `now` is when it would be published if no moment is set; `user` decides which other reports are
    named and linked.
    """
    return check_draft(Draft.of(report, now=now or timezone.now(), user=user))


def check_draft(draft):
    """The same for a `Draft`, as when somebody is still typing."""
    found = [finding for rule in ordered() for finding in rule.findings(draft)]
    return sorted(found, key=lambda finding: finding.level != Level.BLOCK)


def blocking(report, *, now=None, user=None):
    """Why `report` cannot be sent or published, in one message; empty when nothing blocks."""
    blocks = [finding for finding in check(report, now=now, user=user) if finding.is_block]
    if not blocks:
        return ""
    shown = "; ".join(_short(finding) for finding in blocks[:5])
    more = "; …" if len(blocks) > 5 else ""
    return f"Còn {len(blocks)} lỗi phải sửa trước: {shown}{more}"


def _short(finding):
    words = finding.words.rstrip(".")
    return f"{words} ({finding.where.rstrip('.')})" if finding.where else words
