"""What there is to pay for: published works, their parts, and who has a share in each.

A work brought from a closed portal was paid there; one whose date is an estimate has no rules of
its day. Neither is asked for.
"""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal

from django.db.models import Exists, OuterRef
from django.utils import timezone

from ..models import (
    Contribution,
    ContributionRole,
    FeeKind,
    FeeScore,
    Person,
    Photo,
    PhotoRule,
    Report,
)
from .rules import HUNDRED, NoRule, Range, Terms


@dataclass(frozen=True)
class Payee:
    """Somebody with a share in a part; `pieces` are the pictures counted as theirs."""

    person: Person
    signed_as: str = ""
    pieces: int = 1


@dataclass
class Part:
    """The text of a work, or its pictures: what one coefficient is given to."""

    report: Report
    kind: FeeKind
    terms: Terms
    range: Range
    payees: list[Payee]
    # {person's key: FeeScore} as stored.
    scores: dict = field(default_factory=dict)

    @property
    def is_shared(self):
        """Whether one fee is divided; pictures paid one by one are not."""
        return len(self.payees) > 1 and not (
            self.kind == FeeKind.PHOTO and self.terms.schedule.photo_rule == PhotoRule.EACH
        )

    @property
    def is_scored(self):
        """Whether every payee of today has a score, and shared fees come to a whole."""
        mine = [self.scores.get(payee.person.pk) for payee in self.payees]
        if not mine or None in mine:
            return False
        if all(score.coefficient == 0 for score in mine):
            return True
        return not self.is_shared or sum(score.share for score in mine) == HUNDRED

    @property
    def is_waived(self):
        return self.is_scored and all(
            self.scores[payee.person.pk].coefficient == 0 for payee in self.payees
        )

    def worth(self, payee):
        """What this payee is owed by the stored score, in whole đồng."""
        score = self.scores[payee.person.pk]
        return self.terms.worth(score.coefficient, pieces=score.pieces, share=score.share)

    def usual_shares(self):
        """{person's key: percent}, as even as whole percents allow; the first takes the rest."""
        if not self.is_shared:
            return {payee.person.pk: HUNDRED for payee in self.payees}
        even = Decimal(100 // len(self.payees))
        shares = {payee.person.pk: even for payee in self.payees}
        shares[self.payees[0].person.pk] += HUNDRED - even * len(self.payees)
        return shares


@dataclass
class Work:
    """A published report with its parts; `trouble` says why there is nothing to score."""

    report: Report
    parts: list[Part] = field(default_factory=list)
    trouble: str = ""

    @property
    def is_scored(self):
        return bool(self.parts) and all(part.is_scored for part in self.parts)


def published_works(now):
    """The reports fees are asked for."""
    return Report.objects.published(now).filter(
        original_url="", published_is_estimate=False, import_items=None
    )


def signed_works(now):
    """Those somebody has signed as writer or photographer, or is credited for a picture of."""
    signed = Contribution.objects.filter(
        report=OuterRef("pk"), role__in=[ContributionRole.AUTHOR, ContributionRole.PHOTOGRAPHER]
    )
    credited = Photo.objects.filter(report=OuterRef("pk"), credit__isnull=False)
    return published_works(now).filter(Exists(signed) | Exists(credited))


def works_of(reports, rules):
    """The `Work`s of the queryset `reports`, in its order; a few statements for any number."""
    reports = list(
        reports.select_related("unit__newsroom")
        .defer("body")
        .prefetch_related("contributions__person__organisation", "photos__credit__organisation")
    )
    scores = {}
    for score in FeeScore.objects.filter(report__in=[one.pk for one in reports]).select_related(
        "scored_by"
    ):
        scores.setdefault((score.report_id, score.kind), {})[score.person_id] = score
    return [_work(report, rules, scores) for report in reports]


def _work(report, rules, scores):
    try:
        terms = rules.on(report.unit_id, published_on(report))
        parts = _parts(report, terms)
    except NoRule as no_rule:
        return Work(report, trouble=str(no_rule))
    for part in parts:
        part.scores = scores.get((report.pk, part.kind), {})
    return Work(report, parts, "" if parts else "Bài chưa ghi tên người viết hay người chụp ảnh.")


def _parts(report, terms):
    writers = _once(report.signed_by(ContributionRole.AUTHOR))
    photographers = _photographers(report, terms)
    found = []
    if terms.includes_photos(report.genre):
        known = {payee.person.pk for payee in writers}
        writers += [
            Payee(payee.person, payee.signed_as)
            for payee in photographers
            if payee.person.pk not in known
        ]
    if writers:
        span = terms.range_for(report.genre, FeeKind.TEXT)
        found.append(Part(report, FeeKind.TEXT, terms, span, writers))
    if photographers and terms.pays_photos(report.genre):
        span = terms.range_for(report.genre, FeeKind.PHOTO)
        found.append(Part(report, FeeKind.PHOTO, terms, span, photographers))
    return found


def _photographers(report, terms):
    """Who took the pictures that count: those credited, else the one who signed as photographer."""
    signed = _once(report.signed_by(ContributionRole.PHOTOGRAPHER))
    names = {payee.person.pk: payee.signed_as for payee in signed}
    counted, people = Counter(), {payee.person.pk: payee.person for payee in signed}
    photos = list(report.photos.all())
    for photo in photos[: terms.schedule.photos_counted]:
        person = photo.credit
        # An agency's picture is not ours to pay.
        if person is None and not photo.credit_text and len(signed) == 1:
            person = signed[0].person
        if person is not None:
            people[person.pk] = person
            counted[person.pk] += 1
    each = terms.schedule.photo_rule == PhotoRule.EACH
    if terms.includes_photos(report.genre):
        # One coefficient for text and pictures: whoever signed has a share in it.
        return [Payee(person, names.get(key, "")) for key, person in people.items()]
    return [
        Payee(people[key], names.get(key, ""), number if each else 1)
        for key, number in counted.items()
    ]


def _once(contributions):
    return [Payee(one.person, one.signed_as) for one in contributions]


def published_on(report):
    """The day whose rules hold for a work."""
    return timezone.localdate(report.published_at)


def in_months(reports, first_on, after_on):
    """Those of `reports` published from the first day until before the second, on our clock."""
    return reports.filter(published_at__gte=midnight(first_on), published_at__lt=midnight(after_on))


def next_month(first_on):
    """The first day of the month after."""
    return (first_on + timedelta(days=31)).replace(day=1)


def month_of(day):
    return day.replace(day=1)


def read_month(text):
    """`2026-07` -> its first day; None for what is no month."""
    try:
        year, month = (int(part) for part in text.split("-"))
        return date(year, month, 1) if 1990 <= year <= 2999 else None
    except ValueError:
        return None


def midnight(day):
    """The first moment of a day on our clock."""
    return datetime(day.year, day.month, day.day, tzinfo=timezone.get_default_timezone())
