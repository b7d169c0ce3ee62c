"""Names of units inside what was typed, and names that were nearly typed."""

import pytest

from units.models import Unit
from units.near import name_within, near_names

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("registry")]


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("thoai son", "thoai son"),
        ("Thoại Sơn tổng kết 2020", "Thoại Sơn"),
        ("dân vận khéo ở thoại sơn", "thoại sơn"),
        ("mttq xã thới sơn", "xã thới sơn"),
        ("thị xã tịnh biên", "thị xã tịnh biên"),
        ("tịnh biên, an giang", "tịnh biên"),
        ("hue", "hue"),
        ("phuong 8", "phuong 8"),
        ("xứ huế đẹp", ""),
        ("thoài sơn", ""),
        ("ban dan van", ""),
        ("hội nghị tổng kết", ""),
        ("", ""),
        ("!!!", ""),
    ],
)
def test_a_name_is_found_inside_other_words(typed, name):
    assert name_within(typed) == name


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("thoai xon", "Xã Thoại Sơn, tỉnh An Giang"),
        ("xa thoai xon", "Xã Thoại Sơn, tỉnh An Giang"),
        ("thapp muoi", "Xã Tháp Mười, tỉnh Đồng Tháp"),
        ("ninh bimh", "Tỉnh Ninh Bình"),
        ("ducpho", "Phường Đức Phổ, tỉnh Quảng Ngãi"),
        ("nin hbinh", "Tỉnh Ninh Bình"),
    ],
)
def test_one_or_two_slips_still_find_the_unit(typed, first):
    assert Unit.objects.get(pk=near_names(typed)[0]).full_name_on() == first


@pytest.mark.parametrize(
    "typed",
    ["thoai son", "abc", "", "công tác dân vận chính quyền", "x" * 200, "\x00", "1234567890"],
)
def test_right_names_short_words_and_sentences_are_near_to_nothing(typed):
    assert near_names(typed) == []


def test_no_unit_is_offered_twice():
    keys = near_names("trau thanh")

    assert len(keys) == len(set(keys)) == 5
