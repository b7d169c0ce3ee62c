"""Numbers are typed and shown as Vietnamese people write them."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from reports.number_field import VietnameseNumberField

field = VietnameseNumberField(max_digits=18, decimal_places=4)


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("2.811,7", "2811.7"), ("2811,7", "2811.7"), ("2811.7", "2811.7"), ("9.081", "9081"),
        ("1.234.567", "1234567"), ("46", "46"), (" 1 200 ", "1200"), ("-3,5", "-3.5"), ("99,95", "99.95"),
    ],
)  # fmt: skip
def test_a_number_is_read_as_it_is_meant(typed, value):
    assert field.clean(typed) == Decimal(value)


@pytest.mark.parametrize("typed", ["mười", "1.2.3", "1,2,3", "12..3", "--1", "1e9", "NaN", "½"])
def test_what_is_no_number_is_told_with_an_example(typed):
    with pytest.raises(ValidationError, match=r"2\.811,7"):
        field.clean(typed)


@given(st.decimals(-(10**12), 10**12, places=4))
def test_what_is_shown_reads_back_as_the_same_number(value):
    assert field.clean(field.prepare_value(value)) == value
