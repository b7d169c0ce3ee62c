"""Charts and the panel of the filter: places of bars, periods beside each other, words of change."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.desk.charts import LONGEST, MOST_ROWS, PLOT_BOTTOM, PLOT_TOP, columns, pairs
from reports.desk.comparison import Change, change_words
from reports.desk.panel import beside
from reports.periods import CONVENTIONS, Period, convention_cut_on

numbers = st.integers(0, 10**6)


@given(st.lists(st.tuples(st.text(), numbers, st.none() | numbers), max_size=60))
def test_bars_stand_in_proportion_and_leave_room_for_their_numbers(rows):
    chart = pairs(rows)

    assert len(chart.rows) + chart.left_out == len(rows)
    assert len(chart.rows) <= MOST_ROWS
    most = max((max(now, then or 0) for _, now, then in rows), default=0)
    widths = [(row.now, float(row.now_width[:-1])) for row in chart.rows]
    assert all(
        width == pytest.approx(now * LONGEST / (most or 1), abs=0.05) for now, width in widths
    )
    # What was left out is no longer than what is shown.
    longest = sorted((max(now, then or 0) for _, now, then in rows), reverse=True)
    shown = sorted((max(row.now, row.then or 0) for row in chart.rows), reverse=True)
    assert shown == longest[: len(shown)]


@given(st.lists(st.tuples(st.just("1"), st.just(""), numbers, st.none() | numbers), max_size=40))
def test_columns_stay_inside_their_plot(points):
    chart = columns(points)

    for place, step in enumerate(chart.steps):
        bars = [bar for bar in (step.now_bar, step.then_bar) if bar]
        assert all(bar.y >= PLOT_TOP and bar.y + bar.height == PLOT_BOTTOM for bar in bars)
        left, right = place * 100 / len(points), (place + 1) * 100 / len(points)
        for bar in bars:
            assert left <= float(bar.x[:-1]) <= float(bar.x[:-1]) + float(bar.width[:-1])
            assert float(bar.x[:-1]) + float(bar.width[:-1]) <= right + 0.02
        # Whole numbers: a template would print a decimal comma.
        assert all(isinstance(at, int) for bar in bars for at in (bar.y, bar.height))


def test_nothing_draws_nothing():
    assert pairs([]).rows == []
    assert columns([]).steps == []


@pytest.mark.parametrize(
    ("now", "then", "difference", "percent", "words"),
    [
        (224, 193, "+31", "+16,1\u00a0%", "tăng 31 bài (16,1\u00a0%) so với cùng kỳ năm trước"),
        (24, 26, "\u22122", "\u22127,7\u00a0%", "giảm 2 bài (7,7\u00a0%) so với cùng kỳ năm trước"),
        (0, 6, "\u22126", "\u2212100\u00a0%", "giảm 6 bài (100\u00a0%) so với cùng kỳ năm trước"),
        (6, 6, "0", "0\u00a0%", "bằng cùng kỳ năm trước"),
        (3, 0, "+3", "–", "cùng kỳ năm trước không có bài"),
        (0, 0, "0", "–", "cùng kỳ năm trước cũng không có bài"),
        (2500, 1000, "+1.500", "+150\u00a0%", "tăng 1.500 bài (150\u00a0%) so với cùng kỳ năm trước"),
    ],
)  # fmt: skip
def test_a_change_in_words(now, then, difference, percent, words):
    change = Change(now, then)

    assert (change.difference_words, change.percent_words) == (difference, percent)
    assert change_words(now, then) == words


ky = st.builds(
    "{}{}".format,
    st.integers(1901, 2998),
    st.sampled_from(["", "-Q1", "-Q4", "-H1", "-H2", "-01", "-06", "-12"]),
)
conventions = st.sampled_from([*CONVENTIONS.values(), convention_cut_on(20), convention_cut_on(30)])


@given(ky, conventions)
def test_the_next_period_begins_where_this_one_ends(named, convention):
    period = Period.parse(named, convention)
    after, before = beside(period, 1), beside(period, -1)

    assert (after.start - period.end).days == 1
    assert (period.start - before.end).days == 1
    assert beside(after, -1) == beside(before, 1) == period


def test_nine_months_have_those_of_other_years_beside_them():
    assert beside(Period.parse("2024-9T"), -1) == Period.parse("2023-9T")


def test_the_calendars_ends_and_free_days_have_nothing_beside_them():
    assert beside(Period.parse("2999"), 1) is None
    assert beside(Period.parse("1900-01"), -1) is None
    assert beside(Period.between(*[Period.parse("2024").start] * 2), 1) is None
