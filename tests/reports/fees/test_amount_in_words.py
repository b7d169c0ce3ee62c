"""Bằng chữ, promised by reading the words back."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from reports.fees.amount_in_words import amount_in_words

ONES = {
    "không": 0, "một": 1, "mốt": 1, "hai": 2, "ba": 3, "bốn": 4, "tư": 4, "năm": 5, "lăm": 5,
    "sáu": 6, "bảy": 7, "tám": 8, "chín": 9,
}  # fmt: skip


def read_back(words):
    """The number behind spoken words, by the grammar alone: no table of what was written."""
    total = group = 0
    digit = None
    for word in words.split():
        if word in ONES:
            digit = ONES[word]
        elif word == "trăm":
            group, digit = group + digit * 100, None
        elif word == "mươi":
            group, digit = group + digit * 10, None
        elif word == "mười":
            group += 10
        elif word == "lẻ":
            assert digit is None
        elif word in ("nghìn", "triệu"):
            size = {"nghìn": 1000, "triệu": 10**6}[word]
            total, group, digit = total + (group + (digit or 0)) * size, 0, None
        else:
            assert word == "tỷ"
            total, group, digit = (total + group + (digit or 0)) * 10**9, 0, None
    return total + group + (digit or 0)


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        (0, "Không đồng"),
        (1, "Một đồng"),
        (4, "Bốn đồng"),
        (10, "Mười đồng"),
        (14, "Mười bốn đồng"),
        (15, "Mười lăm đồng"),
        (20, "Hai mươi đồng"),
        (21, "Hai mươi mốt đồng"),
        (24, "Hai mươi tư đồng"),
        (55, "Năm mươi lăm đồng"),
        (101, "Một trăm lẻ một đồng"),
        (105, "Một trăm lẻ năm đồng"),
        (110, "Một trăm mười đồng"),
        (111, "Một trăm mười một đồng"),
        (1_000, "Một nghìn đồng"),
        (1_005, "Một nghìn không trăm lẻ năm đồng"),
        (70_200, "Bảy mươi nghìn hai trăm đồng"),
        (1_000_000, "Một triệu đồng"),
        (1_000_005, "Một triệu không trăm lẻ năm đồng"),
        (1_010_000, "Một triệu không trăm mười nghìn đồng"),
        (
            2_345_678,
            "Hai triệu ba trăm bốn mươi lăm nghìn sáu trăm bảy mươi tám đồng",
        ),
        (1_000_000_000, "Một tỷ đồng"),
        (21_000_000_004, "Hai mươi mốt tỷ không trăm lẻ bốn đồng"),
        (-46_800, "Âm bốn mươi sáu nghìn tám trăm đồng"),
    ],
)
def test_amounts_are_spelled_as_vouchers_spell_them(amount, words):
    assert amount_in_words(amount) == words


@given(st.integers(0, 10**13))
@example(10**9 + 10**6)
@example(10**12 + 5)
@example(999_999_999_999)
def test_every_amount_reads_back_as_itself(amount):
    words = amount_in_words(amount)

    assert words.endswith(" đồng")
    assert read_back(words.removesuffix(" đồng").lower()) == amount


@given(st.integers(0, 10**10))
def test_words_keep_the_tones_of_speech(amount):
    words = amount_in_words(amount).lower()

    for wrong in ("mươi một", "mươi năm", "mười năm ", "mười mốt", "mười tư", "một mươi", "  "):
        assert wrong not in words


def test_parts_of_a_dong_have_no_words():
    with pytest.raises(ValueError, match="not a whole number"):
        amount_in_words(0.5)
