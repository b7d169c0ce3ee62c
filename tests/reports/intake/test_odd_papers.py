"""Papers as a tired office sends them: captions in a list, a letterhead, two texts in one file."""

import io

import pytest

from reports.intake.reader import read_article

from .word_makers import BODY, END, LEAD, TITLE, document, picture, saved

pytestmark = pytest.mark.usefixtures("registry")

COLOURS = ("red", "green", "blue")
WORDS = ("Bà con đi qua cầu mới.", "Các cụ ngồi bên bến đò cũ.", "Học sinh ba ấp tới trường.")


def read(file):
    return read_article(data=saved(file), name="bai.docx")


def with_pictures(*after, colours=COLOURS):
    file = document(END)
    for colour in colours:
        file.add_picture(io.BytesIO(picture(colour)))
    for text in after:
        file.add_paragraph(text)
    return file


def test_captions_in_a_list_find_their_pictures_by_number():
    lines = [f"Ảnh {number}: {words}" for number, words in enumerate(WORDS, 1)]
    lines[1] = f"{lines[1]} Ảnh: Minh Tâm"

    article = read(with_pictures("Chú thích ảnh:", *lines))

    assert [(one.caption, one.credit) for one in article.pictures] == [
        (WORDS[0], ""), (WORDS[1], "Minh Tâm"), (WORDS[2], ""),
    ]  # fmt: skip
    assert [one.line for one in article.removed] == ["Chú thích ảnh:"]
    assert article.warnings == []


def test_a_list_of_captions_may_stand_above_the_pictures():
    file = document(END, *(f"Hình {number}. {words}" for number, words in enumerate(WORDS, 1)))
    for colour in COLOURS:
        file.add_picture(io.BytesIO(picture(colour)))

    assert [one.caption for one in read(file).pictures] == list(WORDS)


def test_a_list_without_pictures_waits_for_them():
    article = read(with_pictures(*(f"Ảnh {n}: {w}" for n, w in enumerate(WORDS, 1)), colours=()))

    assert article.captions == list(WORDS)
    assert END in article.body_html
    assert "Ảnh 1" not in article.body_html


def test_a_list_that_numbers_other_pictures_is_not_guessed_at():
    lines = [f"Ảnh {number}: {words}" for number, words in enumerate(WORDS[:2], 1)]

    article = read(with_pictures(BODY, *lines))

    assert [one.caption for one in article.pictures] == ["", "", ""]


def test_the_letterhead_above_the_title_is_told_and_no_text():
    paper = document(END)
    head = paper.add_table(rows=1, cols=2)
    head.cell(0, 0).text, head.cell(0, 1).text = (
        "KHỐI DÂN VẬN",
        "Thoại Sơn, ngày 14 tháng 9 năm 2025",
    )
    paper.element.body.insert(0, head._tbl)

    article = read(paper)

    assert (article.title, article.lead) == (TITLE, LEAD)
    assert [(one.line, one.rule) for one in article.removed] == [
        ("KHỐI DÂN VẬN Thoại Sơn, ngày 14 tháng 9 năm 2025", "bảng phía trên tít")
    ]


@pytest.mark.parametrize(
    ("second", "said"),
    [
        (
            "Tin, ảnh: Thúy Vân",
            [
                "Có thể là hai bài trong một tệp: Ngọc Lan ký, rồi Thúy Vân ký sau một đoạn nữa. Mỗi bài nên "
                "một lần nhập."
            ],
        ),
        ("Tin, ảnh: Ngọc Lan", []),
    ],
    ids=["somebody else", "the same again"],
)
def test_two_texts_in_one_file_are_noticed_by_who_signs(second, said):
    article = read(
        document("Tin, ảnh: Ngọc Lan", "Xã bên trao 20 suất học bổng", LEAD, BODY, second)
    )

    assert article.warnings == said
