"""Whether the numbers of one sentence agree: hints that are right, and silence where nobody can tell."""

from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.templatetags.vietnamese import number
from reports.desk.arithmetic import checks_of

AMOUNT = st.integers(min_value=1, max_value=9_999_999)


def told(sentence):
    return [str(check) for check in checks_of(sentence)]


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        # A share, and what is left of it.
        ("Xã giải quyết 08/24 đơn, 16 đơn đang xem xét.", ["khớp: 08 + 16 = 24"]),
        ("Xã giải quyết 08/24 đơn, 15 đơn đang xem xét.", ["không khớp: 08 + 15 ≠ 24"]),
        ("08/24 đơn + 16 đơn", ["khớp: 08 + 16 = 24"]),
        # Sixteen others, of which the sentence does not say that they are the rest.
        ("Xã giải quyết 08/24 đơn; nhận thêm 15 đơn.", []),
        ("Xã giải quyết 08/24 đơn, tiếp 15 người.", []),
        # A whole and its parts.
        ("Tổng số 24, trong đó 8 đơn khiếu nại và 16 đơn tố cáo.", ["khớp: 8 + 16 = 24"]),
        ("Nhận 24 đơn, gồm 8 đơn khiếu nại và 15 đơn tố cáo.", ["không khớp: 8 + 15 ≠ 24"]),
        (
            "Nhận 24 đơn, trong đó 8 đơn khiếu nại và 15 đơn tố cáo.",
            ["chưa kể đủ: 8 + 15 = 23, tổng số là 24"],
        ),
        ("Có 124 đại biểu, trong đó 80 nam, 44 nữ.", ["khớp: 80 + 44 = 124"]),
        (
            "Tổng số 102 nơi, gồm 85 xã, 14 phường và 3 đặc khu, đều có sổ.",
            ["khớp: 85 + 14 + 3 = 102"],
        ),
        # A delegate may be both.
        ("Có 124 đại biểu, trong đó 80 đảng viên, 60 nữ.", []),
        (
            "Quỹ có 2.811,7 triệu đồng, gồm 2.000 triệu đồng tiền mặt và 811,7 triệu đồng hiện vật.",
            ["khớp: 2.000 + 811,7 = 2.811,7"],
        ),
        (
            "Nhận 1 234 đơn, gồm 1 000 đơn khiếu nại và 234 đơn tố cáo.",
            ["khớp: 1 000 + 234 = 1 234"],
        ),
        # A day, and a share that looks like one.
        ("Chiều 2/7 xã họp, 5 xã còn lại chưa họp.", []),
        ("Có 2/7 xã họp, 5 xã còn lại chưa họp.", ["khớp: 2 + 5 = 7"]),
        # Shares in per cent, as precise as they are printed.
        ("Có 5/9 xã, đạt 55,6 %.", ["khớp: 5/9 = 55,6 %"]),
        ("Có 5/9 xã (56%) làm xong.", ["khớp: 5/9 = 56 %"]),
        ("Có 5/9 xã, đạt 56,5%.", ["không khớp: 5/9 = 55,6 %, bài ghi 56,5 %"]),
        ("Mời 45 hộ trên tổng số 60 hộ, đạt 75%.", ["khớp: 45/60 = 75 %"]),
        # Not what the share amounts to.
        ("Có 5/9 xã đạt 100% kế hoạch.", []),
        ("Tỷ lệ 99,95%, có 5/9 xã có 100% cử tri đi bầu.", []),
        ("8 + 16 = 24 và 8+16=25", ["khớp: 8 + 16 = 24", "không khớp: 8 + 16 ≠ 25"]),
        # Days, years and names of documents are no numbers.
        ("Ngày 5/9/2026, theo Nghị quyết 25, gồm 3 xã và 4 phường.", []),
        ("", []),
    ],
)
def test_a_sentence_says_whether_its_numbers_agree(sentence, words):
    assert told(sentence) == words


@given(st.lists(AMOUNT, min_size=2, max_size=5), st.integers(min_value=-3, max_value=3))
def test_parts_agree_with_their_whole_exactly_when_they_add_up_to_it(parts, slip):
    whole = sum(parts) + slip
    listed = ", ".join(f"{number(part)} đơn loại {letter}" for part, letter in zip(parts, "abcde"))  # noqa: B905
    checks = checks_of(f"Tổng số {number(whole)} đơn, gồm {listed}.")

    if whole > 0:
        assert [check.agrees for check in checks] == [slip == 0]


@given(AMOUNT, AMOUNT, st.sampled_from([0, 1, 2]))
def test_a_rightly_rounded_share_always_agrees_and_a_false_one_never(part, more, decimals):
    whole = part + more
    exact = Decimal(part * 100) / whole
    step = Decimal(1).scaleb(-decimals)
    right = exact.quantize(step, rounding=ROUND_HALF_UP)
    shown = f"{right:f}".replace(".", ",")
    wrong = f"{right + 2 * step:f}".replace(".", ",")

    assert told_agrees(part, whole, shown) == [True]
    assert told_agrees(part, whole, wrong) == [False]


def told_agrees(part, whole, shown):
    sentence = f"Có {number(part)}/{number(whole)} hộ, đạt {shown}%."
    return [check.agrees for check in checks_of(sentence)]


@given(st.text(alphabet="0123456789/.,%+= đơngồmtrong ;đóổsố", max_size=80))
def test_no_sentence_breaks_the_arithmetic(sentence):
    for check in checks_of(sentence):
        assert check.agrees in (True, False, None)


def test_an_endless_sentence_is_read_in_no_time():
    assert len(checks_of("gồm 1 đơn, 1/2 đơn, " * 20_000)) < 100
