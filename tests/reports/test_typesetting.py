"""A cleaned text gets on a page what it needs there, and keeps every word."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.cleaning import clean_html
from reports.typesetting import set_text

ROW = "<tr><td>Ấp Một</td><td>12</td></tr>"


def words(html):
    return re.sub(r"<[^>]+>", " ", html).split()


def test_a_table_scrolls_in_a_region_the_keyboard_reaches():
    assert set_text(f"<p>Trước</p><table><tbody>{ROW}</tbody></table>") == (
        '<p>Trước</p><div class="table-scroll" role="region" tabindex="0" aria-label="Bảng 1">'
        f"<table><tbody>{ROW}</tbody></table></div>"
    )


def test_every_table_has_a_name_of_its_own():
    html = set_text(f"<table><tbody>{ROW}</tbody></table>" * 3)

    assert re.findall(r'aria-label="([^"]+)"', html) == ["Bảng 1", "Bảng 2", "Bảng 3"]


def test_a_first_row_of_heads_is_the_head_of_the_table():
    heads = "<tr><th>Ấp</th><th>Số hộ</th></tr>"

    assert f"<thead>{heads}</thead><tbody>{ROW}</tbody>" in set_text(
        f"<table><tbody>{heads}{ROW}</tbody></table>"
    )


def test_a_row_with_one_head_stays_a_row():
    row = "<tr><th>Ấp</th><td>12</td></tr>"

    assert f"<tbody>{row}</tbody>" in set_text(f"<table><tbody>{row}</tbody></table>")


def test_pictures_wait_until_they_are_near():
    assert set_text('<p><img src="/media/a.jpg" alt="Cầu"></p>') == (
        '<p><img loading="lazy" decoding="async" src="/media/a.jpg" alt="Cầu"></p>'
    )


@pytest.mark.parametrize("html", ["", "<p>Chỉ có chữ.</p>"])
def test_plain_text_stays_as_it_is(html):
    assert set_text(html) == html


@given(st.text(alphabet="<>/tablerhdpim gsc=\"'1ấ", max_size=200))
def test_no_word_is_lost_whatever_came_in(source):
    cleaned = clean_html(f"<table><tr><th>{source}</th></tr></table><p>{source}</p>")

    set_ = set_text(cleaned)
    assert words(set_) == words(cleaned)
    assert set_.count("<div") == set_.count("</div>") == set_.count("<table>")
