"""Numbered pages: every row once, whatever number is asked for, in one statement."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal import paging
from portal.paging import Page, page_number, turn_to
from units.models import Unit

pytestmark = pytest.mark.django_db


def provinces():
    return Unit.objects.filter(parent=None, era="t2").order_by("key")  # 34 of them


def test_the_pages_together_hold_every_row_once():
    pages = [turn_to(provinces(), number, 10) for number in (1, 2, 3, 4)]

    assert [row for page in pages for row in page] == list(provinces())
    assert [page.total for page in pages] == [34] * 4
    assert [page.last for page in pages] == [4] * 4


def test_a_page_and_its_count_are_one_statement(django_assert_num_queries):
    with django_assert_num_queries(1):
        turn_to(provinces(), 2, 10, former=Unit.objects.filter(parent=None, era="t3"))


def test_what_is_also_counted_comes_along():
    page = turn_to(provinces(), 1, 10, former=Unit.objects.filter(parent=None, era="t3"))

    assert page.counts == {"former": 63}


def test_a_page_beyond_the_end_is_the_last_one():
    page = turn_to(provinces(), 999_999_999, 10, former=Unit.objects.filter(parent=None, era="t3"))

    assert (page.number, len(page), page.next, page.counts) == (4, 4, None, {"former": 63})


def test_an_empty_list_is_one_empty_page():
    page = turn_to(provinces().filter(name="không có"), 3, 10)

    assert (page.number, page.rows, page.total, page.last) == (1, [], 0, 1)
    assert page.is_only_page


def test_counting_stops_at_the_cap_and_says_so(monkeypatch):
    monkeypatch.setattr(paging, "COUNT_CAP", 15)

    page = turn_to(provinces(), 1, 10)

    assert (page.is_capped, page.total_shown, page.last, page.next) == (True, 15, None, 2)


def test_beyond_the_cap_pages_still_open_and_the_last_one_knows_it_is(monkeypatch):
    monkeypatch.setattr(paging, "COUNT_CAP", 15)

    assert list(turn_to(provinces(), 3, 10)) == list(provinces()[20:30])
    assert turn_to(provinces(), 4, 10).next is None
    assert turn_to(provinces(), 77, 10).number == 4


@pytest.mark.parametrize(
    "text",
    [
        "",
        None,
        "0",
        "-1",
        "1.5",
        "1e3",
        "một",
        "٣",
        "²",
        "1" * 5000,
        " 2",
        "2\x00",
        "1_0",
        "0000000000",
    ],
)
def test_what_is_no_page_number_is_none(text):
    assert page_number(text) is None


def test_a_page_number_is_read_from_ascii_digits():
    assert [page_number(text) for text in ("1", "20", "999999999", "007")] == [1, 20, 999999999, 7]


@given(number=st.integers(1, 60), last=st.integers(1, 60))
def test_the_window_is_at_most_five_neighbours_and_holds_the_page(number, last):
    number = min(number, last)
    window = Page([], number, 10, last * 10, last).window

    assert number in window
    assert len(window) == min(5, last)
    assert window == list(range(window[0], window[-1] + 1))
    assert 1 <= window[0] <= window[-1] <= last
