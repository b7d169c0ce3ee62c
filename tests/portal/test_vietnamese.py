"""Days, numbers and names are printed as Vietnamese people write them."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.template import Context, Template

from portal.templatetags.vietnamese import (
    about_month,
    day,
    first_capital,
    in_sentence,
    in_words,
    moment,
    number,
    paragraphs,
    weekday,
)


def test_the_day_comes_first_and_stays_readable_for_machines():
    assert day(date(2026, 11, 2)) == '<time datetime="2026-11-02">02/11/2026</time>'


def test_a_moment_belongs_to_the_day_on_our_own_clock():
    late_in_london = datetime(2023, 12, 31, 18, 30, tzinfo=UTC)

    assert day(late_in_london) == '<time datetime="2024-01-01">01/01/2024</time>'
    assert moment(late_in_london) == (
        '<time datetime="2024-01-01T01:30+07:00">01/01/2024 lúc 1:30</time>'
    )
    assert about_month(late_in_london) == "khoảng tháng 1/2024"


def test_an_unknown_day_prints_nothing():
    assert day(None) == moment(None) == weekday(None) == ""


@pytest.mark.parametrize(
    ("value", "printed"),
    [
        (0, "0"),
        (999, "999"),
        (1284, "1.284"),
        (1_000_000, "1.000.000"),
        (Decimal("2811.7000"), "2.811,7"),
        (Decimal("46.0000"), "46"),
        (Decimal("99.95"), "99,95"),
        (Decimal("100"), "100"),
        (None, ""),
    ],
)
def test_numbers_have_dots_between_thousands_and_a_comma_before_decimals(value, printed):
    assert number(value) == printed


@pytest.mark.parametrize(
    ("name", "within"),
    [
        ("Xã Phú Hòa", "xã Phú Hòa"),
        ("Thị xã Tịnh Biên", "thị xã Tịnh Biên"),
        ("Phường 8", "phường 8"),
        ("Ủy ban MTTQ xã Phú Hòa", "Ủy ban MTTQ xã Phú Hòa"),
    ],
)
def test_a_common_noun_begins_small_inside_a_sentence(name, within):
    assert in_sentence(name) == within


def test_small_numbers_of_a_heading_are_words():
    assert [in_words(value) for value in (1, 3, 10, 11)] == ["Một", "Ba", "Mười", "11"]


def test_only_the_first_letter_is_raised():
    assert first_capital("đối thoại với MTTQ") == "Đối thoại với MTTQ"


def test_weekdays_have_our_names():
    days = [date(2026, 7, 13), date(2026, 7, 19)]

    assert [weekday(each) for each in days] == ["Thứ hai", "Chủ nhật"]


def test_an_empty_line_begins_a_paragraph():
    assert paragraphs("Một\nhai\n\n\n ba ") == ["Một\nhai", "ba"]


def test_the_filters_need_no_load():
    template = Template("{{ n|number }} {{ d|day }}")

    assert template.render(Context({"n": 1500, "d": date(2026, 7, 2)})) == (
        '1.500 <time datetime="2026-07-02">02/07/2026</time>'
    )
