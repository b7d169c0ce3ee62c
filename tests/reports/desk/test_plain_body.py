"""What of a report's text remains on paper: its words in their order, and no markup."""

import pytest
from django.utils.html import escape
from hypothesis import given
from hypothesis import strategies as st

from portal.text import one_line
from reports.cleaning import clean_html
from reports.desk.plain_body import plain_paragraphs

WORDS = st.text(st.sampled_from("aă ơ&<>;–ắ“”1.\n\xa0"), min_size=0, max_size=12)


@pytest.mark.parametrize(
    ("body", "paragraphs"),
    [
        ("", []),
        ("<p>Một &amp; hai</p><p></p><p>ba &lt;b&gt;</p>", ["Một & hai", "ba <b>"]),
        ("<p>trên<br>dưới</p>", ["trên", "dưới"]),
        ("<h2>Đầu mục</h2><blockquote><p>Lời dẫn</p></blockquote>", ["Đầu mục", "Lời dẫn"]),
        ("<ul><li>a</li><li>b<ul><li>c</li></ul></li></ul>", ["– a", "– b", "– c"]),
        ('<ol start="3"><li>x</li><li><p>y</p><p>z</p></li></ol>', ["3. x", "4. y z"]),
        (
            "<table><tr><th>Xã</th><th>Số</th></tr><tr><td>A</td><td>5</td></tr></table>",
            ["Xã; Số", "A; 5"],
        ),
        ('<p>a</p><figure><img src="/media/x.jpg"><figcaption>ảnh</figcaption></figure>', ["a"]),
        (
            "<p><strong>đậm</strong><em>nghiêng</em> <a href='https://x.example'>nối</a></p>",
            ["đậmnghiêng nối"],
        ),
    ],
)
def test_words_stay_and_markup_goes(body, paragraphs):
    assert plain_paragraphs(body) == paragraphs


@given(st.lists(WORDS, max_size=4))
def test_every_word_of_a_clean_text_comes_once(texts):
    body = clean_html("".join(f"<p>{escape(text)}</p>" for text in texts))

    found = plain_paragraphs(body)

    assert found == [one_line(text) for text in texts if one_line(text) not in ("", "–")]
