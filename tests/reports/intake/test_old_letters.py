"""What was typed before Unicode is refused with the cure, not turned into a page of nonsense."""

import pytest

from reports.intake.errors import UnreadableFile
from reports.intake.reader import read_article

TCVN3 = (
    "X· ta lµm xong ®­êng hoa\n\nS¸ng 2/7, bµ con Êp T©y B×nh gãp c«ng trång hoa hai bªn ®­êng.\n\n"
    "C¸c cô giµ nhæ cá, thanh niªn g¸nh n­íc, häc sinh t­íi c©y."
)
VNI = (
    "Xaõ ta laøm xong ñöôøng hoa\n\nSaùng 2/7, baø con aáp Taây Bình goùp coâng troàng hoa hai beân ñöôøng.\n\n"
    "Caùc cuï giaø nhoå coû, thanh nieân gaùnh nöôùc, hoïc sinh töôùi caây."
)
TODAY = (
    "Xã ta làm xong đường hoa\n\nSáng 2/7, bà con ấp Tây Bình góp công trồng hoa hai bên đường.\n\n"
    "Tấm biển cũ ghi “Xaõ ta laøm ñöôøng”; giống hoa Profusion® mua ở cửa hàng Thaï, giá 12.000 đồng."
)


def pages(text):
    lines = text.split("\n\n")
    html = f"<h1>{lines[0]}</h1>" + "".join(f"<p>{line}</p>" for line in lines[1:])
    return {
        "pasted": text,
        "UTF-8 file": text.encode(),
        "page": f"<html><head><meta charset='utf-8'></head><body>{html}</body></html>".encode(),
    }


@pytest.mark.parametrize("letters", [TCVN3, VNI], ids=["TCVN3", "VNI"])
@pytest.mark.parametrize("way", ["pasted", "UTF-8 file", "page"])
def test_letters_that_only_their_own_font_shows_are_refused_with_the_cure(letters, way):
    with pytest.raises(UnreadableFile, match=r"phông chữ cũ.*UniKey"):
        read_article(pages(letters)[way])


def test_a_file_saved_in_them_byte_by_byte_is_refused_too():
    with pytest.raises(UnreadableFile, match="UniKey"):
        read_article(TCVN3.encode("latin-1"))


@pytest.mark.django_db
@pytest.mark.parametrize("way", ["pasted", "UTF-8 file", "page"])
def test_unicode_that_quotes_them_is_read(way):
    assert read_article(pages(TODAY)[way]).title == "Xã ta làm xong đường hoa"
