"""What kind of event, where, by whom – and never from what a text is merely about."""

from decimal import Decimal

import pytest

from reports.figures_in_text import find_figures
from reports.intake.events import find_chair, find_kind, find_venue
from reports.models import EventKind


def kind(title="", lead="", *body):
    return find_kind(title, [lead] if lead else [], list(body))[0]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Sơ kết công tác Dân vận 6 tháng đầu năm", EventKind.INTERIM_REVIEW),
        ("Ban Dân vận họp tổng kết công tác dân vận năm 2020", EventKind.FINAL_REVIEW),
        ("Thị ủy trực báo với các đoàn thể", EventKind.BRIEFING),
        ("Hội nghị giao ban công tác Hội quý I", EventKind.BRIEFING),
        ("Hội nghị trực tuyến toàn quốc triển khai công tác dân vận", EventKind.ROLL_OUT),
        ("Hội nghị học tập, quán triệt Nghị quyết Trung ương", EventKind.ROLL_OUT),
        ("Tập huấn nghiệp vụ cho cán bộ Mặt trận", EventKind.TRAINING),
        ("Mở lớp bồi dưỡng nhận thức về Đảng", EventKind.TRAINING),
        ("Bí thư Đảng ủy xã đối thoại với nhân dân", EventKind.DIALOGUE),
        ("Đại biểu Quốc hội tiếp xúc cử tri huyện Ba Tơ", EventKind.VOTER_MEETING),
        ("Mặt trận huyện giám sát việc trả lời cử tri tại xã", EventKind.SURVEY),
        ("Tiếp và làm việc với Tổ khảo sát của Ban Dân vận Tỉnh ủy", EventKind.SURVEY),
        ("HỘI NGHỊ PHẢN BIỆN XÃ HỘI DỰ THẢO KẾ HOẠCH", EventKind.CRITIQUE),
        ("Lãnh đạo huyện thăm, tặng quà người có công", EventKind.VISIT),
        ("Mặt trận xã trao tặng 2 căn nhà Đại đoàn kết", EventKind.VISIT),
        ("PHÁT ĐỘNG THÁNG CAO ĐIỂM VÌ NGƯỜI NGHÈO", EventKind.LAUNCH),
        ("Tuổi trẻ xã ra quân làm vệ sinh", EventKind.LAUNCH),
        ("Tọa đàm phong trào bảo vệ an ninh Tổ quốc", EventKind.SEMINAR),
        ("Gặp mặt chức sắc tôn giáo nhân dịp Tết", EventKind.SEMINAR),
        ("Lễ kỷ niệm 30 năm ngày thành lập Hội", EventKind.SEMINAR),
        ("Kỷ niệm 91 năm Ngày thành lập Hội Nông dân", EventKind.SEMINAR),
        ("Mít tinh kỷ niệm ngày Quốc tế Phụ nữ", EventKind.SEMINAR),
        ("Hội nghị ký kết chương trình phối hợp", EventKind.SIGNING),
        ("Đại hội Hội Chữ thập đỏ xã nhiệm kỳ 2021 - 2026", EventKind.CONGRESS),
        ("Xã tổ chức lễ khánh thành cầu dân sinh", EventKind.CEREMONY),
    ],
)
def test_the_title_names_the_kind(text, expected):
    assert kind(text) == expected


@pytest.mark.parametrize(
    "title",
    [
        "Hiện thực hóa hoạt động giám sát, phản biện xã hội",
        "Chào mừng Đại hội đại biểu các dân tộc thiểu số",
        "Phát huy vai trò phụ nữ trong xây dựng nông thôn mới",
        "Kế hoạch giám sát của Mặt trận xã năm 2024",
        "Gương người có uy tín ở bản",
        "Xã nhân rộng mô hình tự quản",
        "Nâng cao chất lượng giám sát, phản biện xã hội",
        "Phụ nữ xã hưởng ứng phong trào do Trung ương phát động",
        "Đưa Nghị quyết Đại hội Đảng vào cuộc sống",
        "Tăng cường đối thoại với nhân dân",
        "Hội thi Dân vận khéo năm 2020",
    ],
)
def test_what_a_title_is_about_is_no_event(title):
    assert kind(title) == ""


def test_the_meeting_in_the_text_counts_when_the_title_has_none():
    assert (
        kind(
            "Hiện thực hóa hoạt động giám sát, phản biện xã hội",
            "Hai quyết định đã đi vào cuộc sống.",
            "Hôm nay, hai cơ quan phối hợp tổ chức hội nghị trực tuyến sơ kết 3 năm thực hiện quyết định.",
        )
        == EventKind.INTERIM_REVIEW
    )


def test_what_was_done_in_months_past_is_not_the_event():
    assert (
        kind(
            "Họp Thường trực Hội",
            "Ngày 20/2/2019 đã diễn ra cuộc họp thường trực Hội.",
            "Thời gian qua, Hội đã tổ chức tốt hội nghị tổng kết năm 2018 và thăm, tặng quà hội viên.",
        )
        == ""
    )


def test_guests_of_a_congress_do_not_hold_it():
    lead = "Sáng 29/12/2022, đại biểu dự Đại hội toàn quốc vào Lăng viếng Chủ tịch Hồ Chí Minh."

    assert kind("", lead) == ""


@pytest.mark.parametrize(
    ("sentence", "venue"),
    [
        ("Chiều 2/7, tại phòng Hội thảo Nhà văn hóa thành phố, Thành ủy tổ chức hội nghị.", "phòng Hội thảo Nhà văn hóa thành phố"),
        ("Ngày 13.5, tại nhà bà Bảy, ấp Suối Cao, Mặt trận xã trao nhà.", "nhà bà Bảy, ấp Suối Cao"),
        ("Tối 14/6, tại cung văn hóa Hữu nghị (Hà Nội) đã diễn ra lễ tôn vinh.", "cung văn hóa Hữu nghị (Hà Nội)"),
        ("Tại điểm cầu huyện Thoại Sơn có bà Ba dự hội nghị.", ""),
        ("Tại hội nghị, đại biểu nêu nhiều ý kiến.", ""),
        ("Hội kiểm tra 12 cuộc tại 12 cơ sở.", ""),
    ],
)  # fmt: skip
def test_the_venue_is_where_it_was_held(sentence, venue):
    assert find_venue([sentence])[0] == venue


@pytest.mark.parametrize(
    ("sentence", "chair"),
    [
        ("Đồng chí Bùi Văn Lĩnh – Phó Bí thư Thị ủy chủ trì hội nghị trực báo.", "Bùi Văn Lĩnh"),
        ("Đồng chí Trần Thị Hồng, Tỉnh ủy viên dự và chủ trì hội nghị.", "Trần Thị Hồng"),
        ("Trưởng Ban Dân vận Tỉnh ủy Võ Xuân Cả chủ trì hội nghị tập huấn.", "Võ Xuân Cả"),
        ("Chủ trì cuộc họp là ông Nguyễn Thanh – PBT Đảng ủy, thư ký là ông Phan Dương.", "Nguyễn Thanh"),
        ("Hội nghị do bà Dương Thị Loan - Chủ tịch UBND và bà Nguyễn Thị Nguyện - Chủ tịch Mặt trận đồng chủ trì.", "Dương Thị Loan; Nguyễn Thị Nguyện"),
        ("Phiên họp dưới sự chủ trì của đồng chí Lê Thị Thái, Trưởng ban.", "Lê Thị Thái"),
        ("Toàn tỉnh lập 1.000 tổ tự quản do Ủy ban Mặt trận Tổ quốc chủ trì.", ""),
        ("Đoàn do ông Nguyễn Thanh Hải làm Trưởng đoàn về làm việc.", ""),
        ("Đồng chí Lê Văn Bình phát biểu tại hội nghị.", ""),
    ],
)  # fmt: skip
def test_only_chủ_trì_makes_a_chair(sentence, chair):
    assert find_chair([sentence])[0] == chair


@pytest.mark.parametrize(
    ("sentence", "figures"),
    [
        ("Tỷ lệ đạt 99,95%.", [("99.95", None, "%")]),
        ("Có 5/9 xã, phường và 08/24 đơn.", [("5", "9", "xã, phường"), ("8", "24", "đơn")]),
        ("Tặng 9.081 suất quà trị giá 2.811,7 triệu đồng.", [("9081", None, "suất quà"), ("2811.7", None, "triệu đồng")]),
        ("Thu 676.586.000đ, chi 22 tỷ đồng.", [("676586000", None, "đồng"), ("22", None, "tỷ đồng")]),
        ("Có 5 đồng chí và 63 tỉnh, thành phố.", [("5", None, "đồng chí"), ("63", None, "tỉnh, thành phố")]),
        ("Làm 17km đường, 349 công trình.", [("17", None, "km đường"), ("349", None, "công trình")]),
        ("Năm 2021, 6 tháng đầu năm, ngày 2/7/2021, khóa 12.", []),
        ("Quyết định 217 của Bộ Chính trị; Nghị quyết số 01; Phường 8.", []),
        ("Phấn đấu thêm 9 - 10 xã, đạt 35-36%.", []),
        ("Chương trình số 09/CTr, lần thứ 3 và câu 5.", []),
        ("Tổng số 1.250 hội viên, tổng số 24 đơn; số 30 người.", [("1250", None, "hội viên"), ("24", None, "đơn")]),
        ("Cả năm 46 mô hình, trong tháng 250 lượt người.", [("46", None, "mô hình"), ("250", None, "lượt người")]),
        ("Năm 2024 xã, tháng 7 xã, ngày 20 hộ, quý 3 hộ.", []),
        ("Chiều 2/7 phường tặng 40 suất quà; dịp 1/6 em nào cũng có; chỉ 2/7 phường đạt.", [
            ("40", None, "suất quà"), ("2", "7", "phường")]),
        ("Có 1 234 hộ góp 10 000 000 đồng.", [("1234", None, "hộ"), ("10000000", None, "đồng")]),
        ("Gọi 0912 345 678 người nghe máy; năm 2024 500 hộ.", [("500", None, "hộ")]),
        ("Làm 02 (hai) công trình, 50 (năm mươi) triệu đồng.", [("2", None, "công trình"), ("50", None, "triệu đồng")]),
        ("Từ 50 người đến 70 người, 30% đến 40% số hộ, 5–7 triệu đồng.", []),
        ("Từ 120 hộ còn 80 hộ.", [("120", None, "hộ"), ("80", None, "hộ")]),
        ("Đề án 06 cán bộ biết; Quốc lộ 91 người đông; Nghị định 59 xã nào cũng học.", []),
    ],
)  # fmt: skip
def test_a_figure_is_a_number_with_its_word(sentence, figures):
    found = [(f.value, f.out_of, f.unit) for f in find_figures([sentence])]

    assert found == [
        (Decimal(value), Decimal(out_of) if out_of else None, unit)
        for value, out_of, unit in figures
    ]
    assert {f.sentence for f in find_figures([sentence])} <= {sentence}
