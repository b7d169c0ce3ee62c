"""A newsroom with rules, and works to pay for."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from reports.fees.rules import Rules
from reports.fees.scoring import Score, give
from reports.fees.works import works_of
from reports.models import BaseSalary, FeeRate, FeeSchedule, Report
from tests.factories import (
    ContributionFactory,
    MembershipFactory,
    PersonFactory,
    ReportFactory,
    UserFactory,
    next_commune,
)

SALARIES = [(2019, 1_490_000), (2023, 1_800_000), (2024, 2_340_000)]
RATES = [
    # genre, from, to, usual, photos included
    ("tin", "1", "1.5", "1", False),
    ("tin-anh", "1.5", "1.5", "1.5", True),
    ("phan-anh", "2", "2.5", "2", False),
]


@pytest.fixture
def unit(registry):
    return next_commune()


@pytest.fixture
def salaries(db):
    """What is known so far; a test that committed may have emptied the table."""
    for year, amount in SALARIES:
        BaseSalary.objects.get_or_create(
            from_on=date(year, 7, 1), defaults={"amount": amount, "basis": "Nghị định"}
        )


@pytest.fixture
def schedule(salaries):
    """The whole site's: 10 % of the salary, 20 % of that for a district's site."""
    schedule = FeeSchedule.objects.create(
        from_on=date(2020, 1, 1), basis="Quyết định 23/2020", site_percent=Decimal(20)
    )
    for genre, low, high, usual, includes_photos in RATES:
        FeeRate.objects.create(
            schedule=schedule, genre=genre, low=Decimal(low), high=Decimal(high),
            usual=Decimal(usual), includes_photos=includes_photos,
        )  # fmt: skip
    return schedule


@pytest.fixture
def approver(unit):
    user = UserFactory(first_name="Lê Thị Duyệt")
    MembershipFactory(user=user, unit=unit, role="approver")
    return user


def noon(year, month, day):
    """Noon in Việt Nam."""
    return datetime(year, month, day, 5, tzinfo=UTC)


@pytest.fixture
def work(unit):
    """work(2024, 8, 5, people, …) -> a published report signed by them."""

    def make(year, month, day, *people, genre="tin", **fields):
        report = ReportFactory(
            published=True, published_at=noon(year, month, day), genre=genre,
            **{"unit": unit, **fields},
        )  # fmt: skip
        for order, person in enumerate(people or (PersonFactory(),)):
            ContributionFactory(report=report, person=person, order=order)
        return report

    return make


def parts_of(report):
    (found,) = works_of(Report.objects.filter(pk=report.pk), Rules())
    return found.parts


@pytest.fixture
def score(approver):
    """score(report, "1.5") scores the report's text; `shares` as percents in printed order."""

    def give_it(report, coefficient, *, shares=(), by=None, waived=False, part=0):
        wanted = parts_of(report)[part]
        keys = [payee.person.pk for payee in wanted.payees]
        typed = dict(zip(keys, map(Decimal, shares), strict=True)) if shares else {}
        coefficient = None if coefficient is None else Decimal(coefficient)
        return give(wanted, Score(coefficient, typed, waived), by=by or approver)

    return give_it
