"""A description tells what is seen; leftovers of machines are refused with the cure."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.alt_text import alt_complaint

CAPTION = "Bà con ấp Mỹ An trồng hoa ven đường."
TITLE = "Ấp Mỹ An làm xong đường hoa"


@pytest.mark.parametrize(
    "alt",
    [
        "Responsive image", "responsive-image", "image", "Image 3", "Ảnh", "ảnh", "ảnh 1", "Ảnh số 2",
        "Hình ảnh", "photo1", "photo", "Ảnh minh họa", "img", "IMG", "...", "–", "Hình 01", "Untitled",
    ],
)  # fmt: skip
def test_leftovers_of_machines_are_refused(alt):
    assert "chưa nói trong ảnh có gì" in alt_complaint(alt, caption=CAPTION, title=TITLE)


@pytest.mark.parametrize(
    "alt",
    [
        "IMG_1234.jpg", "IMG_1234", "img-20260702-wa0003", "DSC01234", "DSC_0001 (1)", "DSCF0012.JPG",
        "PXL_20260702_081500123", "z5432109876543_0a1b2c", "20260702_081500", "cau moi.png",
        "hội nghị sơ kết.jpeg", "1719886512345", "Screenshot_20260702", "received_3141592653",
    ],
)  # fmt: skip
def test_names_of_files_are_refused(alt):
    assert "là tên tệp" in alt_complaint(alt, caption=CAPTION, title=TITLE)


@pytest.mark.parametrize(
    "alt",
    [CAPTION, "bà con ấp mỹ an trồng hoa ven đường", "Ảnh: Bà con ấp Mỹ An trồng hoa ven đường"],
)
def test_the_caption_over_again_is_refused(alt):
    assert "lặp lại chú thích" in alt_complaint(alt, caption=CAPTION, title=TITLE)


def test_the_title_over_again_is_refused():
    assert "lặp lại tít" in alt_complaint(
        "Ấp Mỹ An làm xong đường hoa.", caption=CAPTION, title=TITLE
    )


def test_one_word_is_too_short():
    assert "quá ngắn" in alt_complaint("Cầu", caption=CAPTION, title=TITLE)


@pytest.mark.parametrize(
    "alt",
    [
        "",
        "   ",
        "Bảy người đứng trên cây cầu bê tông mới.",
        "Hai hàng hoa mười giờ dọc con đường đất",
        "Ảnh chụp từ trên cao: con đường rợp hoa",
        "Đồng chí bí thư chi bộ phát biểu",
        "Bà con trồng hoa",
        "12 phụ nữ ngồi quanh bàn dài",
        "Năm 2026, cầu mới",
        "Tấm bảng ghi số 115",
        "115 người đứng trên cây cầu mới",
    ],
)
def test_an_honest_description_passes(alt):
    assert alt_complaint(alt, caption=CAPTION, title=TITLE) == ""


@given(st.text(max_size=80), st.text(max_size=80), st.text(max_size=80))
def test_whatever_is_typed_gets_a_sentence_or_nothing(alt, caption, title):
    complaint = alt_complaint(alt, caption=caption, title=title)

    assert complaint == "" or complaint.endswith(".")


@given(st.text(min_size=1, max_size=60))
def test_what_repeats_the_caption_is_never_let_through(caption):
    complaint = alt_complaint(caption, caption=caption)

    assert complaint != "" or caption.strip() == "" or alt_complaint(caption) == complaint
