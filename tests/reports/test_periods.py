"""Reporting periods: exact days in each convention, and the address bar's words for them."""

import itertools
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.periods import (
    CALENDAR,
    CONVENTIONS,
    FIFTEEN_FOURTEEN,
    Convention,
    Period,
    calendar_label,
)


@pytest.mark.parametrize(
    ("ky", "start", "end", "label"),
    [
        ("2024", date(2024, 1, 1), date(2024, 12, 31), "năm 2024"),
        ("2024-Q1", date(2024, 1, 1), date(2024, 3, 31), "quý I/2024"),
        ("2024-H1", date(2024, 1, 1), date(2024, 6, 30), "6 tháng đầu năm 2024"),
        ("2024-H2", date(2024, 7, 1), date(2024, 12, 31), "6 tháng cuối năm 2024"),
        ("2024-9T", date(2024, 1, 1), date(2024, 9, 30), "9 tháng đầu năm 2024"),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29), "tháng 2/2024"),
    ],
)
def test_calendar_periods(ky, start, end, label):
    period = Period.parse(ky)

    assert (period.start, period.end, period.label, period.ky) == (start, end, label, ky)


@pytest.mark.parametrize(
    ("ky", "start", "end"),
    [
        # Nghị định 09/2019/NĐ-CP, điều 13: tháng, quý, 6 tháng, năm.
        ("2024-03", date(2024, 2, 15), date(2024, 3, 14)),
        ("2024-01", date(2023, 12, 15), date(2024, 1, 14)),
        ("2024-Q1", date(2023, 12, 15), date(2024, 3, 14)),
        ("2024-H1", date(2023, 12, 15), date(2024, 6, 14)),
        ("2024-9T", date(2023, 12, 15), date(2024, 9, 14)),
        ("2024", date(2023, 12, 15), date(2024, 12, 14)),
    ],
)
def test_periods_from_the_15th_to_the_14th(ky, start, end):
    period = Period.parse(ky, FIFTEEN_FOURTEEN)

    assert (period.start, period.end) == (start, end)


def test_one_day_belongs_to_another_year_in_another_convention():
    day = date(2023, 12, 26)

    assert day in Period.parse("2023")
    assert day not in Period.parse("2024")
    assert day not in Period.parse("2023", FIFTEEN_FOURTEEN)
    assert day in Period.parse("2024", FIFTEEN_FOURTEEN)
    assert day in Period.parse("2024-Q1", FIFTEEN_FOURTEEN)


@pytest.mark.parametrize(
    "ky",
    [
        "",
        "24",
        "2024-Q5",
        "2024-13",
        "2024-00",
        "2024-q",
        "abc",
        "2024-Q1x",
        "0000",
        "9999",
        None,
        "２０２４-Q１",
    ],
)
def test_what_names_no_period_is_refused_in_vietnamese(ky):
    with pytest.raises(ValueError, match=r"Không (hiểu kỳ|có tháng)"):
        Period.parse(ky)


def test_free_days_must_run_forward():
    with pytest.raises(ValueError, match="Ngày kết thúc không được trước ngày bắt đầu"):
        Period.between(date(2024, 2, 1), date(2024, 1, 1))


def test_same_period_last_year():
    assert Period.parse("2024-H1", FIFTEEN_FOURTEEN).last_year() == Period.parse(
        "2023-H1", FIFTEEN_FOURTEEN
    )
    assert Period.between(date(2024, 2, 29), date(2024, 3, 1)).last_year().start == date(
        2023, 2, 28
    )


def test_days_are_called_by_the_period_they_make():
    assert calendar_label(date(2024, 1, 1), date(2024, 6, 30)) == "6 tháng đầu năm 2024"
    assert calendar_label(date(2024, 1, 2), date(2024, 6, 30)) == "từ 02/01/2024 đến 30/06/2024"


conventions = st.sampled_from(
    [*CONVENTIONS.values(), Convention("rieng", "riêng", 20), Convention("rieng", "riêng", 30)]
)


@given(st.dates(date(1990, 1, 1), date(2100, 1, 1)), conventions)
def test_every_day_is_in_exactly_one_month_and_one_quarter(day, convention):
    years = range(day.year - 1, day.year + 2)
    months = [Period.month(y, m, convention) for y in years for m in range(1, 13)]
    quarters = [Period.quarter(y, q, convention) for y in years for q in range(1, 5)]

    assert sum(day in month for month in months) == 1
    assert sum(day in quarter for quarter in quarters) == 1


@given(st.integers(1990, 2100), conventions)
def test_months_make_quarters_make_halves_make_the_year(year, convention):
    months = [Period.month(year, m, convention) for m in range(1, 13)]
    for before, after in itertools.pairwise(months):
        assert after.start == before.end + timedelta(days=1)
    whole = Period.year(year, convention)
    halves = [Period.half(year, 1, convention), Period.half(year, 2, convention)]

    assert (whole.start, whole.end) == (months[0].start, months[-1].end)
    assert (halves[0].start, halves[1].end) == (whole.start, whole.end)
    assert halves[1].start == halves[0].end + timedelta(days=1)
    assert Period.nine_months(year, convention).end == Period.quarter(year, 3, convention).end


@given(
    st.integers(1901, 2900),
    st.sampled_from(["", "-Q1", "-Q2", "-Q3", "-Q4", "-H1", "-H2", "-9T", "-01", "-12"]),
)
def test_what_the_address_bar_says_is_what_it_reads(year, part):
    ky = f"{year}{part}"

    assert Period.parse(ky).ky == ky
    assert Period.parse(ky, CALENDAR) == Period.parse(Period.parse(ky).ky)
