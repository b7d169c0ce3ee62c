"""Two texts that grew from one: put together only where nobody's words are lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.two_texts import blocks, merge_lists, merge_texts

words = st.lists(st.sampled_from("abcdefgh"), max_size=8)


@given(words, words)
def test_where_one_side_changed_nothing_the_other_side_is_taken(base, side):
    assert merge_lists(base, side, base) == side
    assert merge_lists(base, base, side) == side
    assert merge_lists(base, side, side) == side


@given(words, words, words)
def test_it_does_not_matter_who_came_first(base, mine, theirs):
    assert merge_lists(base, mine, theirs) == merge_lists(base, theirs, mine)


@given(words, words, words)
def test_no_new_word_of_either_side_is_lost(base, mine, theirs):
    merged = merge_lists(base, mine, theirs)
    if merged is not None:
        new = (set(mine) | set(theirs)) - set(base)
        assert new <= set(merged)
        assert set(merged) <= set(base) | new


@given(st.lists(st.sampled_from(["<p>Một</p>", "<h2>Hai</h2>", "<hr>", "<ul><li>Ba</li></ul>"])))
def test_blocks_hold_the_whole_text(parts):
    html = "\n".join(parts)

    assert "".join(blocks(html)) == html
    assert [block.strip() for block in blocks(html)] == parts


def test_a_list_and_what_it_holds_is_one_block():
    html = "<p>A</p>\n<ul><li><p>b</p></li><li>c</li></ul>\n<table><tbody><tr><td><p>d</p></td></tr></tbody></table>"

    assert len(blocks(html)) == 3


@pytest.mark.parametrize(
    ("mine", "theirs", "merged"),
    [
        ("<p>1 tôi</p>\n<p>2</p>\n<p>3</p>", "<p>1</p>\n<p>2</p>\n<p>3 bạn</p>",
         "<p>1 tôi</p>\n<p>2</p>\n<p>3 bạn</p>"),
        ("<p>1</p>\n<p>2</p>\n<p>3</p>\n<p>4 tôi</p>", "<p>1 bạn</p>\n<p>3</p>",
         "<p>1 bạn</p>\n<p>3</p>\n<p>4 tôi</p>"),
        ("<p>1 tôi</p>\n<p>2</p>\n<p>3</p>", "<p>1</p>\n<p>2 bạn</p>\n<p>3</p>",
         "<p>1 tôi</p>\n<p>2 bạn</p>\n<p>3</p>"),
        ("<p>1</p>\n<p>2 tôi</p>\n<p>3</p>", "<p>1</p>\n<p>2 bạn</p>\n<p>3</p>", None),
        ("<p>1</p>\n<p>2</p>\n<p>3</p>\n<p>tôi</p>", "<p>1</p>\n<p>2</p>\n<p>3</p>\n<p>bạn</p>", None),
        ("<p>1</p>\n<p>2 như nhau</p>\n<p>3</p>", "<p>1</p>\n<p>2 như nhau</p>\n<p>3</p>",
         "<p>1</p>\n<p>2 như nhau</p>\n<p>3</p>"),
    ],
)  # fmt: skip
def test_paragraphs_of_both_are_put_together_unless_both_changed_one(mine, theirs, merged):
    assert merge_texts("<p>1</p>\n<p>2</p>\n<p>3</p>", mine, theirs) == merged
