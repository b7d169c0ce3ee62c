"""What one coefficient is worth on a day: the salary, the schedule and the rounding of that day."""

import importlib
from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from reports.fees.rules import NoRule, Rules, Terms, rounded
from reports.models import BaseSalary, FeeRate, FeeSchedule, RoundingMode
from tests.factories import UnitFactory

pytestmark = pytest.mark.django_db


def test_the_worked_example_comes_out_to_the_dong(schedule, unit):
    terms = Rules().on(unit, date(2024, 7, 1))

    assert terms.unit_price == Decimal("46800")
    assert terms.worth(Decimal("1.5")) == Decimal("70200")


def test_a_work_of_the_last_day_of_june_2024_uses_the_salary_of_that_day(schedule, unit):
    rules = Rules()

    assert rules.on(unit, date(2024, 6, 30)).salary.amount == 1_800_000
    assert rules.on(unit, date(2024, 7, 1)).salary.amount == 2_340_000
    assert rules.on(unit, date(2023, 6, 30)).salary.amount == 1_490_000


def test_only_decreed_salaries_are_known_from_the_start(db):
    known = importlib.import_module("reports.migrations.0017_base_salaries").KNOWN

    assert [(day, amount) for day, amount, _ in known] == [
        (date(2019, 7, 1), 1_490_000),
        (date(2023, 7, 1), 1_800_000),
        (date(2024, 7, 1), 2_340_000),
    ]


def test_a_day_without_a_rule_says_which_one_is_missing(unit, schedule):
    BaseSalary.objects.filter(from_on__lt=date(2023, 1, 1)).delete()

    with pytest.raises(NoRule, match="Chưa có lương cơ sở cho ngày 01/03/2022"):
        Rules().on(unit, date(2022, 3, 1))
    schedule.rates.all().delete()
    schedule.delete()
    with pytest.raises(NoRule, match="Chưa có quy chế nhuận bút cho ngày 01/03/2024"):
        Rules().on(unit, date(2024, 3, 1))


def test_the_nearest_unit_rules_and_of_its_schedules_the_latest(schedule, salaries):
    commune = UnitFactory()
    of_province = FeeSchedule.objects.create(
        unit=commune.parent, from_on=date(2021, 1, 1), basis="tỉnh"
    )
    of_commune = FeeSchedule.objects.create(unit=commune, from_on=date(2023, 1, 1), basis="xã")
    newer = FeeSchedule.objects.create(from_on=date(2025, 1, 1), basis="cả trang, mới")
    elsewhere = UnitFactory()
    rules = Rules()

    def in_force(unit, *day):
        return rules.on(unit, date(*day)).schedule

    assert in_force(commune, 2020, 6, 1) == schedule
    assert in_force(commune, 2022, 6, 1) == of_province
    assert in_force(commune, 2025, 6, 1) == of_commune
    assert in_force(elsewhere, 2022, 6, 1) == schedule
    assert in_force(elsewhere, 2025, 6, 1) == newer


def test_rules_are_read_once_however_many_days_are_asked(schedule, unit, django_assert_num_queries):
    with django_assert_num_queries(3):
        rules = Rules()
        for day in range(1, 29):
            rules.on(unit, date(2024, 3, day))


@pytest.mark.parametrize(
    ("amount", "step", "mode", "result"),
    [
        ("0.5", 1, RoundingMode.HALF_UP, 1),
        ("1.5", 1, RoundingMode.HALF_UP, 2),
        ("2.5", 1, RoundingMode.HALF_UP, 3),
        ("2.4999", 1, RoundingMode.HALF_UP, 2),
        ("2.9", 1, RoundingMode.DOWN, 2),
        ("70250", 100, RoundingMode.HALF_UP, 70300),
        ("70249", 100, RoundingMode.HALF_UP, 70200),
        ("70299", 100, RoundingMode.DOWN, 70200),
        ("70500", 1000, RoundingMode.HALF_UP, 71000),
    ],
)
def test_money_is_rounded_as_the_schedule_says(amount, step, mode, result):
    assert rounded(Decimal(amount), step, mode) == result


@given(
    st.decimals(0, 10**9, places=4),
    st.sampled_from([1, 100, 1000]),
    st.sampled_from(list(RoundingMode)),
)
def test_rounding_stays_within_one_step(amount, step, mode):
    result = rounded(amount, step, mode)

    assert result % step == 0
    assert abs(result - amount) < step
    if mode == RoundingMode.HALF_UP:
        assert abs(result - amount) * 2 <= step


@given(
    coefficient=st.decimals(0, 10, places=2),
    salary=st.integers(1_000_000, 5_000_000),
    percent=st.decimals(0, 100, places=2),
)
def test_fees_grow_with_the_coefficient_and_never_need_a_float(coefficient, salary, percent):
    terms = Terms(BaseSalary(amount=Decimal(salary)), FeeSchedule(site_percent=percent), rates={})
    exact = Decimal(salary) * Decimal("0.1") * percent / 100 * coefficient

    assert abs(terms.worth(coefficient) - exact) <= Decimal("0.51")
    assert terms.worth(coefficient) <= terms.worth(coefficient + 1)


def test_the_database_refuses_rules_that_make_no_sense(schedule):
    for wrong in (
        lambda: BaseSalary.objects.create(from_on=date(2030, 1, 1), amount=0),
        lambda: BaseSalary.objects.create(from_on=date(2024, 7, 1), amount=1),
        lambda: FeeSchedule.objects.create(from_on=schedule.from_on),
        lambda: FeeSchedule.objects.create(from_on=date(2030, 1, 1), site_percent=101),
        lambda: FeeSchedule.objects.create(from_on=date(2030, 1, 1), photo_low=2, photo_usual=1),
        lambda: FeeRate.objects.create(schedule=schedule, genre="guong", low=2, high=1, usual=2),
        lambda: FeeRate.objects.create(schedule=schedule, genre="tin", low=1, high=2, usual=1),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            wrong()


def test_refusals_of_the_database_reach_the_form_in_words(schedule):
    rate = FeeRate(
        schedule=schedule, genre="guong", low=Decimal(2), high=Decimal(1), usual=Decimal(2)
    )

    with pytest.raises(ValidationError, match="thường dùng phải nằm giữa"):
        rate.full_clean()
