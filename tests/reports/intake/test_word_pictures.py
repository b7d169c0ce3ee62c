"""Pictures in a Word file: in order, once, each with the words that stand with it."""

import pytest

from reports.intake.reader import read_article

from .word_makers import (
    BODY,
    END,
    add_caption,
    add_picture,
    add_xml,
    anchored,
    boxed,
    document,
    grouped,
    paragraph_xml,
    picture,
    relate,
    saved,
    sign,
)

pytestmark = [pytest.mark.django_db, pytest.mark.once]

BODY_HTML = f"<p>{BODY}</p>\n<p>{END}</p>"


def read(new):
    """[(colour, caption)] of the pictures of a document, and its article."""
    colours = {picture(colour): colour for colour in ("red", "green", "blue")}
    article = read_article(data=saved(new))
    return [(colours.get(p.content), p.caption) for p in article.pictures], article


def test_captions_below_pictures_in_words_own_style():
    new = document()
    for colour, words in (("red", "Bà con cắt băng."), ("blue", "Hình 2: Học sinh qua cầu")):
        add_picture(new, colour)
        add_caption(new, words)
    new.add_paragraph(END)

    pictures, article = read(new)

    assert pictures == [("red", "Bà con cắt băng."), ("blue", "Học sinh qua cầu")]
    assert article.body_html == BODY_HTML


def test_captions_above_pictures():
    new = document()
    for colour, words in (
        ("red", "Bà con ấp Tây Bình dời hàng rào"),
        ("blue", "Học sinh qua cầu"),
        ("green", "Các cụ bên con đò xưa"),
    ):
        new.add_paragraph(words)
        add_picture(new, colour)
    new.add_paragraph(END)

    pictures, article = read(new)

    assert pictures == [
        ("red", "Bà con ấp Tây Bình dời hàng rào"),
        ("blue", "Học sinh qua cầu"),
        ("green", "Các cụ bên con đò xưa"),
    ]
    assert article.body_html == BODY_HTML


def test_a_table_of_photos_above_their_captions_is_no_table():
    new = document()
    table = new.add_table(2, 2)
    for column, (colour, words) in enumerate((("red", "Bà con cắt băng"), ("blue", "Qua cầu"))):
        add_picture(table.rows[0].cells[column].paragraphs[0], colour)
        table.rows[1].cells[column].text = words
    new.add_paragraph(END)

    pictures, article = read(new)

    assert pictures == [("red", "Bà con cắt băng"), ("blue", "Qua cầu")]
    assert article.body_html == BODY_HTML


def test_a_photo_beside_its_caption_and_one_in_the_same_cell():
    new = document()
    beside = new.add_table(1, 2)
    add_picture(beside.rows[0].cells[0].paragraphs[0], "red")
    beside.rows[0].cells[1].text = "Bà con cắt băng"
    new.add_paragraph(BODY)
    inside = new.add_table(1, 1)
    add_picture(inside.rows[0].cells[0].paragraphs[0], "blue")
    inside.rows[0].cells[0].add_paragraph("Học sinh qua cầu")

    pictures, _ = read(new)

    assert pictures == [("red", "Bà con cắt băng"), ("blue", "Học sinh qua cầu")]


def test_one_caption_below_a_row_of_photos_is_that_of_each():
    new = document()
    table = new.add_table(2, 2)
    add_picture(table.rows[0].cells[0].paragraphs[0], "red")
    add_picture(table.rows[0].cells[1].paragraphs[0], "blue")
    table.rows[1].cells[0].merge(table.rows[1].cells[1]).text = "Lễ khánh thành cầu"
    new.add_paragraph(END)

    assert read(new)[0] == [("red", "Lễ khánh thành cầu"), ("blue", "Lễ khánh thành cầu")]


def test_a_table_of_numbers_stays_one_when_a_picture_stands_in_it():
    new = document()
    table = new.add_table(2, 3)
    for cell, words in zip(table._cells, ["TT", "Ấp", "Cờ", "1", "Tây Bình", ""], strict=True):
        cell.text = words
    add_picture(table.cell(1, 2).paragraphs[0], "red")
    new.add_paragraph(END)

    pictures, article = read(new)

    assert pictures == [("red", "")]
    assert "<tr><td>1</td><td>Tây Bình</td><td></td></tr>" in article.body_html


def test_anchored_grouped_and_boxed_pictures_come_in_once_each_in_order():
    new = document()
    add_xml(new, anchored(relate(new, "red"), "Bảy người đứng trên cây cầu mới"))
    add_xml(new, boxed(paragraph_xml("Hình 1: Bà con cắt băng", "Caption")))
    new.add_paragraph(BODY)
    add_xml(new, grouped(relate(new, "green")))
    new.add_paragraph(END)
    inside = f"<w:p><w:r>{anchored(relate(new, 'blue'))}</w:r></w:p>"
    add_xml(new, boxed(inside, paragraph_xml("Học sinh qua cầu")))

    pictures, article = read(new)

    assert pictures == [("red", "Bà con cắt băng"), ("green", ""), ("blue", "Học sinh qua cầu")]
    assert [p.alt for p in article.pictures] == ["Bảy người đứng trên cây cầu mới", "", ""]
    assert article.body_html == f"<p>{BODY}</p>\n<p>{BODY}</p>\n<p>{END}</p>"


def test_a_group_that_old_programs_cannot_draw_is_read_all_the_same():
    new = document()
    add_xml(new, grouped(relate(new, "red"), relate(new, "blue"), fallback=False))
    new.add_paragraph(END)

    assert read(new)[0] == [("red", ""), ("blue", "")]


@pytest.mark.parametrize("words", ["C:\\Users\\An\\IMG_2031.jpg", "A group of people", "cầu.jpg"])
def test_what_programs_write_about_a_picture_is_no_description(words):
    new = document()
    add_xml(new, anchored(relate(new, "red"), words))

    assert [p.alt for p in read(new)[1].pictures] == [""]


def test_each_photo_has_the_name_printed_with_it():
    new = document()
    for colour, words in (
        ("red", "Bà con cắt băng. Ảnh: Lê Hà"),
        ("green", "Học sinh qua cầu (ảnh: Minh Tâm)"),
        ("blue", "Các cụ bên con đò. Ảnh: TTXVN"),
    ):
        add_picture(new, colour)
        new.add_paragraph(words)
    new.add_paragraph(END)
    sign(new, "Bảo Trâm")

    _, article = read(new)

    assert [(p.caption, p.credit) for p in article.pictures] == [
        ("Bà con cắt băng.", "Lê Hà"),
        ("Học sinh qua cầu", "Minh Tâm"),
        ("Các cụ bên con đò.", "TTXVN"),
    ]
    assert (article.authors, article.photographers) == (["Bảo Trâm"], ["Lê Hà", "Minh Tâm"])
    assert article.removed == []


def test_a_photo_without_a_name_is_that_of_who_signed():
    new = document()
    for colour, words in (("red", "Bà con cắt băng"), ("green", "Học sinh qua cầu. Ảnh: Lê Hà")):
        add_picture(new, colour)
        new.add_paragraph(words)
    new.add_paragraph(END)
    sign(new, "Tin, ảnh: Bảo Trâm")

    _, article = read(new)

    assert [p.credit for p in article.pictures] == ["Bảo Trâm", "Lê Hà"]


def test_a_credit_in_a_line_of_its_own_belongs_to_the_photo_above():
    new = document()
    for colour, words, name in (("red", "Cắt băng", "Lê Hà"), ("blue", "Qua cầu", "Minh Tâm")):
        add_picture(new, colour)
        new.add_paragraph(words)
        new.add_paragraph(f"Ảnh: {name}")
    new.add_paragraph(END)

    _, article = read(new)

    assert [(p.caption, p.credit) for p in article.pictures] == [
        ("Cắt băng", "Lê Hà"),
        ("Qua cầu", "Minh Tâm"),
    ]


def test_a_logo_takes_no_caption_and_a_photo_shown_twice_comes_in_once():
    new = document()
    add_picture(new, "gold", size=(60, 60))
    new.add_paragraph("Bài của đài truyền thanh xã")
    add_picture(new, "red")
    new.add_paragraph("Bà con cắt băng")
    new.add_paragraph(END)
    add_picture(new, "red")
    add_picture(new, "gold", size=(60, 60))

    _, article = read(new)

    assert [(p.caption, p.times, p.is_small) for p in article.pictures] == [
        ("", 2, True),
        ("Bà con cắt băng", 2, False),
    ]


def test_running_text_below_a_photo_stays_text():
    new = document()
    add_picture(new, "red")
    new.add_paragraph(END)

    pictures, article = read(new)

    assert pictures == [("red", "")]
    assert article.body_html == BODY_HTML
