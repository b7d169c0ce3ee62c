"""Chấm nhuận bút: one deed that checks the range, the shares and the right, and keeps who did it."""

from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from ..models import FeeScore
from .access import may_prepare, may_score
from .rules import HUNDRED, plain


class ScoreRefused(Exception):
    """A score that may not be; `field` is `coefficient` or `shares`."""

    def __init__(self, message, field="coefficient"):
        super().__init__(message)
        self.field = field


@dataclass(frozen=True)
class Score:
    """What somebody typed for one part; `shares` is {person's key: percent}, empty for the usual.

    A coefficient of None with `waived` says: nothing is paid for this.
    """

    coefficient: Decimal | None
    shares: dict
    waived: bool = False


def check(part, score):
    """Raises ScoreRefused with the sentence for the field."""
    if score.waived:
        return
    if not part.range.holds(score.coefficient):
        raise ScoreRefused(
            f"Hệ số của {what_it_is(part)} nằm trong khoảng {part.range.words} "
            f"({part.terms.schedule.basis})."
        )
    if part.is_shared:
        shares = _shares(part, score)
        if set(shares) != {payee.person.pk for payee in part.payees} or any(
            share < 0 for share in shares.values()
        ):
            raise ScoreRefused("Hãy ghi phần hưởng của từng người.", "shares")
        if (total := sum(shares.values())) != HUNDRED:
            raise ScoreRefused(
                f"Các phần hưởng cộng lại {plain(total)} %, phải là 100 %.", "shares"
            )


@transaction.atomic
def give(part, score, *, by):
    """Store `score` for all payees of `part`; whether anything changed.

    Raises ScoreRefused. Scores of people who no longer have a share go.
    """
    if not may_prepare(by, part.report.unit_id):
        raise ScoreRefused("Người duyệt của đơn vị mới chấm nhuận bút được.")
    if not may_score(by, part):
        raise ScoreRefused("Bạn có phần trong bài này nên người duyệt khác chấm.")
    check(part, score)
    shares = _shares(part, score)
    before = {
        one.person_id: one
        for one in FeeScore.objects.select_for_update().filter(report=part.report, kind=part.kind)
    }
    changed = False
    for payee in part.payees:
        stored = before.pop(payee.person.pk, None) or FeeScore(
            report=part.report, person=payee.person, kind=part.kind
        )
        coefficient = Decimal(0) if score.waived else score.coefficient
        wanted = (coefficient, shares[payee.person.pk], payee.pieces)
        if stored.pk and (stored.coefficient, stored.share, stored.pieces) == wanted:
            continue
        stored.coefficient, stored.share, stored.pieces = wanted
        stored.scored_by, stored.scored_at = by, timezone.now()
        stored._history_user = by
        stored.save()
        part.scores[payee.person.pk] = stored
        changed = True
    for stored in before.values():
        stored._history_user = by
        stored.delete()
        part.scores.pop(stored.person_id, None)
        changed = True
    return changed


def what_it_is(part):
    """`tin ảnh`, or `ảnh`: what the coefficient is for, in a sentence."""
    return "ảnh" if part.kind == "anh" else part.report.get_genre_display()


def _shares(part, score):
    typed = {} if score.waived or not part.is_shared else score.shares
    return typed or part.usual_shares()
