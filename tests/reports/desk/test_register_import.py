"""The old register, pasted: tried first, every wrong row told, nothing written twice."""

import pytest

from reports.desk.register_import import MOST_ROWS
from reports.models import Initiative

pytestmark = pytest.mark.django_db

ADDRESS = "/tong-hop/dan-van-kheo/nhap/"
HEAD = (
    "STT\tTên mô hình\tLĩnh vực\tĐơn vị\tNăm đăng ký\tCấp công nhận\tNgày công nhận\tSố quyết định"
)
GOOD = (
    "1\tTổ tự quản kênh xanh\tVăn hóa - xã hội\tXã Thoại Sơn\t2026\t\t\t\n"
    "2\tCánh đồng hẹn giờ\tKinh tế\tXã Thoại Sơn\t2025\tCấp xã\t20/11/2025\t12-QĐ/ĐU"
)


def post(client, table, **more):
    return client.post(ADDRESS, {"bang": table, "nam": "2026"} | more)


def outcomes(answer):
    return [(row.number, row.known, len(row.errors)) for row in answer.context["tried"]]


def test_a_trial_writes_nothing_then_all_that_is_new_is_written_once(desk):
    table = f"{HEAD}\n{GOOD}"

    trial = post(desk, table)
    assert (outcomes(trial), Initiative.objects.count()) == ([(2, False, 0), (3, False, 0)], 0)

    assert post(desk, table, ghi="1").status_code == 302
    rows = Initiative.objects.order_by("registered_year").values_list(
        "name", "field", "step", "recognised_level", "unit_id"
    )
    assert list(rows) == [
        ("Cánh đồng hẹn giờ", "kinh-te", "cong-nhan", "xa", "t2-30682"),
        ("Tổ tự quản kênh xanh", "van-hoa-xa-hoi", "dang-ky", "", "t2-30682"),
    ]
    assert outcomes(post(desk, table)) == [(2, True, 0), (3, True, 0)]
    post(desk, table, ghi="1")
    assert Initiative.objects.count() == 2


def test_wrong_rows_are_told_one_by_one_and_the_others_written(desk):
    table = "\n".join((
        HEAD, GOOD,
        "3\tMô hình lạ\tThiên văn\tXã Thoại Sơn\t2026\t\t\t",
        "4\tMô hình xa\tKinh tế\tThành phố Huế\t2026\t\t\t",
        "5\ttổ tự quản Kênh Xanh\tKinh tế\tXã Thoại Sơn\t2026\t\t\t",
        "6\tThiếu ngày\tKinh tế\tXã Thoại Sơn\t2026\tCấp xã\t\t",
        "7\t=cmd|x\tKinh tế\tXã Thoại Sơn\t20x6\t\t\t",
    ))  # fmt: skip

    answer = post(desk, table, ghi="1")

    wrong = [row.errors[0] for row in answer.context["tried"] if row.errors]
    assert wrong == [
        "Lĩnh vực: Không có mục này trong danh sách.",
        "Đơn vị: Không có đơn vị “Thành phố Huế” trong các đơn vị bạn giữ sổ.",
        "Trùng dòng 2 của bảng này.",
        "Ngày công nhận: Hãy ghi ngày công nhận.",
        "Năm đăng ký: Năm gồm bốn chữ số. Ví dụ: 2026.",
    ]
    assert (answer.status_code, Initiative.objects.count()) == (200, 2)
    assert "Mô hình lạ" in answer.content.decode()


def test_a_name_means_whoever_bore_it_in_that_year(desk):
    # Two xã Long Thạnh: one of Giồng Riềng until 30/06/2025, one of An Giang since.
    table = (
        "Mô hình\tLĩnh vực\tĐơn vị\tNăm\nA\tkhác\tXã Long Thạnh\t2024\nB\tkhác\tXã Long Thạnh\t2026"
    )

    post(desk, table, ghi="1")

    units = Initiative.objects.order_by("name").values_list("unit", flat=True)
    assert [key[:2] for key in units] == ["t3", "t2"]


def test_rows_without_unit_or_year_are_of_the_own_unit_and_the_typed_year(desk):
    post(desk, "Mô hình;Lĩnh vực\nNhà sạch ngõ thơm;khác", ghi="1")

    row = Initiative.objects.get()
    assert (row.unit_id, row.registered_year, row.field) == ("t2-91", 2026, "khac")


@pytest.mark.parametrize(
    ("table", "message"),
    [
        ("", "Chưa có dòng nào."),
        ("a\tb\n1\t2", "Dòng đầu phải là tiêu đề cột"),
        ("Tên mô hình\tLĩnh vực" + "\nx\tkhác" * (MOST_ROWS + 1), f"nhiều nhất {MOST_ROWS} dòng"),
        ("x" * 400_001, "Dài quá."),
        ("\x00\x00", "Chưa có dòng nào."),
        ("Tên mô hình\tLĩnh vực\n\"" + "y" * 140_000, "Không đọc được bảng này."),
    ],
)  # fmt: skip
def test_a_paste_that_makes_no_sense_is_told_what_to_do(desk, table, message):
    answer = post(desk, table)

    assert (answer.status_code, message in answer.content.decode()) == (400, True)
