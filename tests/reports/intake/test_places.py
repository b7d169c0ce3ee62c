"""Which unit a page may come from, on the real registry: names of that day, homonyms told apart."""

from datetime import date

import pytest

from reports.intake import places

pytestmark = pytest.mark.usefixtures("registry")


def find(text, day=None, *, foot=""):
    return places.find_units([(text, places.LEAD), (foot, places.FOOT)], day)[0]


def test_the_day_decides_between_a_commune_and_the_ward_it_became():
    assert (
        find("Khối Dân vận phường Thới Sơn, thị xã Tịnh Biên họp.", date(2024, 7, 1))[0]
        == "t3-30517"
    )
    assert find("Khối Dân vận xã Thới Sơn, huyện Tịnh Biên họp.", date(2021, 7, 1))[0] == "t3-30517"
    assert "t3-30517" not in find("Khối Dân vận phường Thới Sơn họp.", date(2021, 7, 1))


def test_the_day_decides_between_the_two_systems():
    text = "Đảng ủy phường Thới Sơn, tỉnh An Giang họp."

    assert find(text, date(2025, 6, 30))[0] == "t3-30517"
    assert find(text, date(2025, 7, 1))[0] == "t2-30502"


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Ban Thường vụ Huyện ủy Tháp Mười họp.", "t3-872"),
        ("Thúy Yến – Trung tâm TT-VH-TT thị xã Đức Phổ", "t3-534"),
        ("Tỉnh Đoàn Trà Vinh báo công dâng Bác.", "t3-84"),
        ("Ban Dân vận Thành ủy Pleiku họp.", "t3-622"),
        ("LĐLĐ TP.HCM biểu dương công nhân.", "t3-79"),
        ("HUYỆN DƯƠNG MINH CHÂU PHÁT ĐỘNG THÁNG CAO ĐIỂM", "t3-707"),
        ("Mặt trận Phường 8, Quận 8, TP. Hồ Chí Minh họp.", "t3-27388"),
        ("Hội CCB xã Ea Tu, TP Buôn Ma Thuột họp.", "t3-24163"),
    ],
)
def test_names_are_found_in_the_words_of_the_trade(text, key):
    assert find(text, date(2021, 1, 15))[0] == key


def test_homonyms_are_told_apart_by_the_places_above_them():
    day = date(2022, 4, 20)

    assert find("Công an xã Đại Hiệp (H. Đại Lộc, tỉnh Quảng Nam) họp.", day)[0] == "t3-20524"
    assert find("Mặt trận xã Phước Đông, huyện Gò Dầu trao nhà.", day)[0] == "t3-25672"


def test_a_lone_place_at_the_foot_is_the_only_hint_and_the_level_speaks():
    text = "Thành ủy tổ chức hội nghị; thành phố và các xã, phường đã làm nhiều việc."

    assert find(text, date(2021, 7, 2), foot="Ninh Bình")[:2] == ["t3-369", "t3-37"]


@pytest.mark.parametrize(
    "text",
    [
        "Hội Phụ nữ giúp hội viên.",
        "Học tập đạo đức, phong cách Hồ Chí Minh.",
        "Hội sở số 58 đường Điện Biên Phủ.",
        "Đồng chí Nguyễn Thanh Bình phát biểu.",
        "Ủy ban MTTQ tỉnh họp với các xã, phường.",
        "",
    ],
)
def test_streets_persons_and_common_words_are_no_units(text):
    assert find(text, date(2021, 7, 2)) == []


def test_without_a_day_the_committees_of_today_speak_for_the_new_system():
    text = "Đảng ủy xã Sơn Điện mở lớp."

    assert find(text)[0] == "t3-15022"
    assert find("Ban Tuyên giáo và Dân vận Tỉnh ủy cùng " + text)[0] == "t2-15022"
