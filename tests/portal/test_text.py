"""Vietnamese text: one form on its way in, one way to compare, one alphabetical order."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.text import fold, one_line, plain_text, sort_key, vietnamese_slug


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Đảng ủy xã Đông Anh", "dang uy xa dong anh"),
        ("hoà bình", "hoa binh"),
        ("hòa  bình", "hoa binh"),
        ("ỦY BAN", "uy ban"),
        ("Nguyễn Thị Ngọc Ước", "nguyen thi ngoc uoc"),
    ],
)
def test_folding_drops_marks_and_keeps_words(text, folded):
    assert fold(text) == folded
    assert fold(unicodedata.normalize("NFD", text)) == folded


def test_slug_keeps_the_letter_d_that_django_drops():
    assert vietnamese_slug("Đảng ủy xã Đông Anh") == "dang-uy-xa-dong-anh"


def test_slug_is_cut_at_a_word_and_never_empty():
    assert vietnamese_slug("mot hai ba", max_length=8) == "mot-hai"
    assert vietnamese_slug("???") == "bai"


def test_text_comes_in_without_controls_bidi_marks_and_carriage_returns():
    assert plain_text("a\x0bb\u202ec\ufeff\r\nd\re") == "abc\nd\ne"
    assert one_line("  Tít \n hai\tdòng ") == "Tít hai dòng"


def test_lone_surrogates_are_dropped():
    assert plain_text("a\ud800b") == "ab"


def test_names_sort_as_in_a_vietnamese_dictionary():
    names = ["Đông", "Dung", "Ân", "An", "Ẩn", "Ăn", "Anh", "Duy", "Ba", "an", "An Bình", "Ấn"]

    assert sorted(names, key=sort_key) == [
        "an", "An", "An Bình", "Anh", "Ăn", "Ân", "Ẩn", "Ấn", "Ba", "Dung", "Duy", "Đông",
    ]  # fmt: skip


@given(st.text(max_size=60))
def test_text_functions_are_stable_on_anything(text):
    assert plain_text(plain_text(text)) == plain_text(text)
    assert fold(fold(text)) == fold(text)
    assert unicodedata.is_normalized("NFC", plain_text(text))
    slug = vietnamese_slug(text)
    assert slug
    assert len(slug) <= 80
    assert vietnamese_slug(slug) == slug


@given(st.text(max_size=20))
def test_sort_keys_need_no_collation(text):
    assert set(sort_key(text)) <= set("0123456789abcdef")
