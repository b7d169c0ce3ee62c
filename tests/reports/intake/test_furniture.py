"""What portals print around a text is dropped, by a rule with a name; what people wrote is not."""

import pytest

from reports.intake import furniture
from reports.intake.captions import credits_inside, is_caption, split_credit
from reports.intake.reader import read_article

FURNITURE = [
    "Skip to main content", "Truy cập nội dung luôn", "Xuất bản thông tin", "x", "Chi tiết bài viết Tin tức",
    "Responsive image", "A A", "A- A A+", "Xem cỡ chữ", "các tin khác", "Các tin khác:", "Các tin bài khác",
    "Những tin mới hơn", "Những tin cũ hơn", "Tin liên quan", "CÙNG CHUYÊN MỤC", "Tags:", "Từ khóa: dân vận",
    "Ý kiến bạn đọc", "Bình luận (0)", "Gửi bình luận", "0 / 500 ký tự", "QR Code", "Trở về trang trước",
    "Hotline: 0822.173.636   |", "<< < 1 > >>", "« ‹ 1 2 3 › »", "|", "In trang", "Gửi email", "Chia sẻ",
    "Chào mừng Bạn đến với trang thông tin điện tử xã", "Thêm nhận xét mới", "Đang truy cập: 12",
    "Địa chỉ: 12 đường Hòa Bình", "Bản quyền thuộc về Ủy ban nhân dân xã", "Email: hop-thu@xa.example.vn",
]  # fmt: skip
WRITTEN = [
    "Xã có 12 mô hình dân vận khéo.",
    "Chia sẻ với bà con, ông Bảy nói rằng con đường này là của chung, ai cũng có phần.",
    "In đậm dấu chân người đi trước trên con đường mới mở qua cánh đồng lúa chín vàng.",
    "Tin vui đến với bà con thôn Hạ",
    "Bà con đóng góp 1.250 ngày công",
    "Trang trại của ông Sáu",
    "Email không thay được một lần gõ cửa nhà dân, cán bộ dân vận xã vẫn nói với nhau như thế.",
    "Toàn cảnh hội nghị",
]


@pytest.mark.parametrize("line", FURNITURE)
def test_furniture_is_dropped_by_a_rule_with_a_name(line):
    assert furniture.rule_for(line)


@pytest.mark.parametrize("line", WRITTEN)
def test_what_people_wrote_is_not_furniture(line):
    assert furniture.rule_for(line) == ""


@pytest.mark.django_db
def test_nothing_behind_the_list_of_other_items_belongs_to_the_text():
    article = read_article(
        "Xã Tân Lập làm đường hoa\nSáng 3/4/2021, xã Tân Lập làm đường hoa dài 2 km quanh chợ.\nLan Anh\n"
        "Các tin khác\nXã bạn khánh thành cầu qua kênh với sự góp sức của bà con.\nMinh Đức\n"
        "Tác giả: Thu Hà\nLượt xem: 12"
    )

    assert article.authors == ["Lan Anh"]
    assert article.views == 12
    assert "Xã bạn" not in article.body_html
    assert "Minh Đức" in [removed.line for removed in article.removed]


@pytest.mark.django_db
def test_a_labelled_author_behind_the_list_signs_a_text_without_one():
    article = read_article(
        "Xã Tân Lập làm đường hoa\nSáng 3/4/2021, xã Tân Lập làm đường hoa dài 2 km quanh chợ.\n"
        "Các tin khác\nXã bạn khánh thành cầu\nTác giả: Thu Hà"
    )

    assert article.authors == ["Thu Hà"]


@pytest.mark.django_db
def test_related_items_in_the_middle_do_not_end_the_text():
    long = "Con đường mới nối hai xóm với chợ, trẻ con đi học không còn phải lội qua mương. " * 5
    article = read_article(
        f"Xã Tân Lập làm đường hoa\nSáng 3/4/2021, xã Tân Lập làm đường hoa dài 2 km quanh chợ.\n"
        f"Tin liên quan\n{long}\nLan Anh"
    )

    assert long.strip() in article.body_html
    assert article.authors == ["Lan Anh"]


@pytest.mark.parametrize(
    ("line", "caption", "names"),
    [
        ("Quang cảnh hội nghị. Ảnh: Thanh Xuân", "Quang cảnh hội nghị.", ["Thanh Xuân"]),
        ("Bà con làm đường (ảnh: Hoài Thu)", "Bà con làm đường", ["Hoài Thu"]),
        ("Đại biểu dự lễ. Ảnh: Lê Hà/TTXVN", "Đại biểu dự lễ.", ["Lê Hà"]),
        ("Cánh đồng mùa gặt. Ảnh: Internet", "Cánh đồng mùa gặt.", []),
        ("Ảnh: TÁ LÂM", "", ["TÁ LÂM"]),
    ],
)
def test_a_credit_parts_caption_and_photographer(line, caption, names):
    assert split_credit(line) == (caption, names)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("… các cá nhân tiêu biểu. Ảnh: TÁ LÂM “Thật quý biết bao”, bà nói.", "TÁ LÂM"),
        (
            "Quang cảnh buổi lễ. Ảnh: Nguyễn Văn Cảnh - TTXVN Hội nghị diễn ra ngày 19/5.",
            "Nguyễn Văn Cảnh",
        ),
        ("Đường làng mới. Ảnh: Đỗ Trưởng/TTXVN Ngày 7/2, tỉnh họp.", "Đỗ Trưởng"),
        ("Đường làng mới. Ảnh: Minh Khuê Phát biểu tại lễ, ông nói.", "Minh Khuê"),
        ("Đường làng mới. Ảnh: Minh Khuê Ông Vũ Hồng Nam cho biết.", "Minh Khuê"),
    ],
)
def test_a_credit_run_into_the_text_ends_where_the_name_ends(text, name):
    assert [found for found, _, _ in credits_inside(text)] == [name]


@pytest.mark.parametrize(
    "line",
    [
        "Quang cảnh hội nghị",
        "Đồng chí Bùi Văn Lĩnh phát biểu tại hội nghị",
        "Bà Thơm – Chủ tịch Hội (thứ hai từ trái sang) nhận hoa của bà con.",
        "Ông Phạm Văn Tín (bên phải) trao bản ủng hộ",
    ],
)
def test_lines_that_say_they_are_captions(line):
    assert is_caption(line)


@pytest.mark.parametrize(
    "line",
    [
        "Kết quả nổi bật",
        "- Tặng quà cho bà con;",
        "Các hộ dân được hỗ trợ. Hội cùng bà con dọn đường, tặng quà người già",
        "1. Tặng quà",
        "Các nội dung trao đổi gồm:",
    ],
)
def test_lines_that_do_not(line):
    assert not is_caption(line)
