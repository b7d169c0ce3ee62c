"""Found words are marked in the original text, and nothing else about it changes."""

import re

import pytest
from django.utils.html import escape
from hypothesis import given
from hypothesis import strategies as st

from portal.highlight import SNIPPET_LENGTH
from reports.search.query import Query


def highlighter(typed):
    return Query(typed).highlighter()


@pytest.mark.parametrize(
    ("typed", "text", "marked"),
    [
        ("dan van", "Tổ Dân vận khéo", "Tổ <mark>Dân vận</mark> khéo"),
        ("dân vận", "Tổ dân vận, dan van", "Tổ <mark>dân vận</mark>, dan van"),
        ("bạn", "Ban Dân vận", "Ban Dân vận"),
        ("ban", "Bạn của Ban", "<mark>Bạn</mark> của <mark>Ban</mark>"),
        ("hoà", "Hòa, hoà", "<mark>Hòa</mark>, <mark>hoà</mark>"),
        ("dong", "Đông Anh", "<mark>Đông</mark> Anh"),
        ("an", "Tân An", "Tân <mark>An</mark>"),
        ('"dan van" kheo', "dân rồi vận, khéo", "dân rồi vận, <mark>khéo</mark>"),
        ("<b>", "1 < 2 & <b>", "1 &lt; 2 &amp; &lt;<mark>b</mark>&gt;"),
        ("", "Không có gì", "Không có gì"),
        ("MTTQ", "Mặt trận Tổ quốc, MTTQ", "<mark>Mặt trận Tổ quốc</mark>, <mark>MTTQ</mark>"),
        ("hội đồng nhân dân", "HĐND họp", "<mark>HĐND</mark> họp"),
        ('"MTTQ xã"', "Mặt trận Tổ quốc xã", "<mark>Mặt trận Tổ quốc xã</mark>"),
        ("uỷ ban", "Ủy ban, Uỷ ban", "<mark>Ủy ban</mark>, <mark>Uỷ ban</mark>"),
        ("đất", "Ðất đỏ", "<mark>Ðất</mark> đỏ"),
        ("5", "05 nhà", "<mark>05</mark> nhà"),
    ],
)
def test_words_are_marked_where_they_stand_alone(typed, text, marked):
    assert highlighter(typed).mark(text) == marked


def test_a_snippet_shows_where_most_words_stand_together():
    text = "dân " + "x " * 200 + "tổ dân vận khéo của ấp " + "y " * 200

    snippet = highlighter("dan van kheo").snippet(text)

    assert "<mark>dân vận khéo</mark>" in snippet
    assert snippet.startswith("… ")
    assert snippet.endswith(" …")


def test_without_a_found_word_there_is_no_snippet():
    assert highlighter("khéo").snippet("không có chữ ấy") == ""


def test_marks_that_no_text_has_are_not_asked_for():
    asked = highlighter("bạn đọc")

    assert asked.fitted_to("Ban đọc", "Đọc sách").mark("Ban đọc") == "<mark>Ban đọc</mark>"
    assert asked.fitted_to("Ban đọc", "Bạn").mark("Ban đọc") == "Ban <mark>đọc</mark>"


@given(
    typed=st.text(max_size=30), text=st.text(max_size=300).map(lambda text: " ".join(text.split()))
)
def test_marks_are_all_that_is_added(typed, text):
    from portal.text import plain_text

    marked = highlighter(typed).mark(text)

    assert re.sub("</?mark>", "", marked) == escape(plain_text(text))
    assert len(highlighter(typed).snippet(text)) <= 12 * SNIPPET_LENGTH
