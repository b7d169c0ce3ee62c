"""Tasks that a report names for later, on our own texts and, where they are at hand, on real ones."""

from datetime import date

import pytest
from django.conf import settings

from reports.desk.promises_in_text import find_promises
from reports.desk.reading import PARAGRAPH, Line, lines_of_html

SEEDS = settings.BASE_DIR.parent / "shared" / "seeds"
SUMMER = date(2026, 7, 3)


def promised(html, told_on=SUMMER):
    return [
        (found.text, found.period.ky if found.period else "")
        for found in find_promises(lines_of_html(html), told_on)
    ]


def test_a_heading_opens_a_part_of_tasks_until_the_next_heading():
    text = """<h2>Kết quả nhiệm vụ 6 tháng đầu năm</h2><ul><li>Đã mở hai mươi buổi đối thoại ở ấp.</li></ul>
    <h2>Nhiệm vụ 6 tháng cuối năm 2026</h2><ul><li>Mở lớp tập huấn cho trưởng ấp;</li>
    <li>Rà soát sổ góp ý treo ở chợ.</li></ul><p>Xã sẽ mời bà con tới coi sổ.</p>
    <h2>Chuyện bên lề</h2><ul><li>Chén chè bưởi của bà Sáu ở cuối chợ.</li></ul>"""

    assert promised(text) == [
        ("Mở lớp tập huấn cho trưởng ấp", "2026-H2"),
        ("Rà soát sổ góp ý treo ở chợ", "2026-H2"),
        ("Xã sẽ mời bà con tới coi sổ", "2026-H2"),
    ]


@pytest.mark.parametrize(
    ("heading", "ky"),
    [
        ("Phương hướng, nhiệm vụ trọng tâm quý III", "2026-Q3"),
        ("Phương hướng, nhiệm vụ trọng tâm quý III/2026", "2026-Q3"),
        ("Nhiệm vụ sáu tháng cuối năm", "2026-H2"),
        ("Nhiệm vụ trọng tâm tháng 8", "2026-08"),
        # Told in July, the next January is that of the next year.
        ("Nhiệm vụ tháng 1", "2027-01"),
        ("Mục tiêu năm 2027", "2027"),
        ("Phương hướng, nhiệm vụ", ""),
        ("NHIỆM VỤ TRỌNG TÂM QUÝ IV NĂM 2026", "2026-Q4"),
    ],
)
def test_the_heading_says_for_when(heading, ky):
    text = f"<p><strong>{heading}</strong></p><p>- Làm lại hàng rào chợ cùng bà con.</p>"

    assert promised(text) == [("Làm lại hàng rào chợ cùng bà con", ky)]


def test_what_is_over_is_no_promise():
    text = "<h2>Nhiệm vụ năm 2025</h2><ul><li>Làm lại hàng rào chợ cùng bà con.</li></ul>"

    assert promised(text) == []
    # Control: on a day before, it was one.
    assert promised(text, date(2025, 1, 5)) == [("Làm lại hàng rào chợ cùng bà con", "2025")]


def test_a_sentence_about_the_time_ahead_is_found_and_its_parts_told_apart():
    text = (
        "<p>Hội nghị bàn nhiều việc. Thời gian tới, xã cần nắm chắc ý kiến của dân; tiếp tục mở "
        "sổ góp ý ở bến đò; hẹn ngày trả lời từng câu hỏi.</p>"
    )

    assert [task for task, _ in promised(text)] == [
        "Thời gian tới, xã cần nắm chắc ý kiến của dân",
        "Tiếp tục mở sổ góp ý ở bến đò",
        "Hẹn ngày trả lời từng câu hỏi",
    ]


def test_a_sentence_that_ends_in_a_colon_announces_the_list_after_it():
    text = (
        "<p>Thời gian tới, xã làm những việc sau:</p><ul><li>Sửa tay vịn bến đò kênh E.</li>"
        "<li>Lập tổ báo mặn qua điện thoại.</li></ul><p>Bà con ra về lúc trời vừa tối.</p>"
    )

    assert [task for task, _ in promised(text)] == [
        "Sửa tay vịn bến đò kênh E",
        "Lập tổ báo mặn qua điện thoại",
    ]


def test_a_plan_may_open_with_its_time_as_long_as_that_lies_ahead():
    plan = "<p>Sáu tháng cuối năm, xã chọn làm hai việc cho bến đò và ruộng lúa.</p>"

    assert [ky for _, ky in promised(plan)] == ["2026-H2"]
    assert promised(plan, date(2026, 12, 20)) == []
    counted = "Quý III, xã sẽ chỉ báo một dòng: trong sổ có bao nhiêu câu hỏi"
    assert promised(f"<p>{counted}.</p>") == [(counted, "2026-Q3")]
    assert promised("<p>Quý I, xã phải họp lại năm lần để chọn chỗ bắc cầu.</p>") == []


@pytest.mark.parametrize(
    "sentence",
    [
        "Sáng 3/7, xã tổ chức hội nghị sơ kết, triển khai nhiệm vụ 6 tháng cuối năm 2026 với các ấp.",
        "Các ý kiến tập trung bàn cách gỡ khó trong thời gian tới.",
        "Trong 6 tháng đầu năm, xã đã mở hai mươi buổi đối thoại với dân các ấp.",
        "Qua một năm thực hiện nhiệm vụ trọng tâm, các ấp tiếp tục giữ nếp họp dân.",
    ],
)
def test_what_only_mentions_tasks_is_no_promise(sentence):
    assert promised(f"<p>{sentence}</p>") == []


def test_the_same_task_is_offered_once():
    item = "<li>Rà soát sổ góp ý treo ở chợ.</li>"
    text = f"<h2>Nhiệm vụ quý III</h2><ul>{item}{item}</ul>"

    assert promised(text) == [("Rà soát sổ góp ý treo ở chợ", "2026-Q3")]


def test_captions_and_tables_of_a_text_are_read_for_what_they_are():
    lines = lines_of_html(
        "<h2>Đầu</h2><p>Một.<br>Hai.</p><figure><img src='/x'><figcaption>Ảnh</figcaption></figure>"
        "<ul><li>Ba<ul><li>Bốn</li></ul></li></ul><p><strong>Năm</strong></p><p>1. Sáu</p>"
    )

    assert [(line.kind, line.text) for line in lines] == [
        ("heading", "Đầu"),
        ("paragraph", "Một."),
        ("paragraph", "Hai."),
        ("item", "Ba"),
        ("item", "Bốn"),
        ("heading", "Năm"),
        ("item", "1. Sáu"),
    ]


@pytest.mark.skipif(not SEEDS.exists(), reason="the pages of the sources are not at hand")
def test_real_pages_promise_what_a_reader_finds_in_them():
    found = {}
    for path in sorted(SEEDS.glob("*.txt")):
        text = path.read_text(encoding="utf-8")
        lines = [Line(PARAGRAPH, " ".join(row.split())) for row in text.split("\n") if row.strip()]
        found[path.name[:3]] = find_promises(lines)

    assert {name: len(its) for name, its in found.items()} == {
        "000": 0, "001": 7, "002": 0, "003": 0, "004": 10,
    }  # fmt: skip
    assert {one.period.ky for one in found["001"]} == {"2021-H2"}
