"""In which letters a file is written is told by its bytes; one lost letter spoils no page."""

import io
import unicodedata

import pytest

from reports.intake.encodings import LOST, decoded, encoding_of
from reports.intake.reader import read_article

TEXT = (
    "Xã ta làm xong đường hoa\n\nBà con ấp Mỹ An góp công trồng hoa hai bên đường, ai cũng vui.\n\n"
    "Các cụ già nhổ cỏ, thanh niên gánh nước, học sinh tưới cây."
)
TONES = "\u0300\u0301\u0303\u0309\u0323"


def in_the_old_page(text):
    """As Windows wrote it: tones behind their letters."""
    taken = []
    for letter in unicodedata.normalize("NFC", text):
        parts = unicodedata.normalize("NFD", letter)
        bare = unicodedata.normalize("NFC", "".join(each for each in parts if each not in TONES))
        taken.append(bare + "".join(each for each in parts if each in TONES))
    return "".join(taken).encode("cp1258")


CUT = TEXT.encode() + "\n\nTin khác: Bà con xã".encode() + b"\xe1\xba ..."
PAGES = {
    "utf-8": TEXT.encode(),
    "with a mark": TEXT.encode("utf-8-sig"),
    "utf-16": TEXT.encode("utf-16"),
    "the old page": in_the_old_page(TEXT),
}


@pytest.mark.parametrize("name", PAGES)
def test_the_text_is_what_was_written(name):
    assert unicodedata.normalize("NFC", decoded(PAGES[name])) == TEXT


def test_a_letter_cut_in_half_takes_no_other_with_it():
    assert decoded(CUT).startswith(TEXT)
    assert decoded(CUT).count(LOST) == 1
    assert encoding_of(io.BytesIO(CUT)) == "utf-8-sig"


@pytest.mark.django_db
def test_what_was_lost_is_told():
    spoiled = TEXT.encode().replace("gánh nước".encode(), b"g\xc3 n\xc6")

    assert any("gõ bù chữ thiếu" in words for words in read_article(spoiled).warnings)
    # Control: where nothing is lost, nothing is told.
    whole = read_article(TEXT.encode())
    assert whole.title == "Xã ta làm xong đường hoa"
    assert not any("gõ bù chữ thiếu" in words for words in whole.warnings)
