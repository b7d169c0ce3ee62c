"""Promises under two hands: nobody's words are overwritten unseen, and two clicks are one."""

from datetime import date

import pytest

from reports.desk.promises import tick_off
from reports.models import Promise
from tests.factories import UserFactory
from tests.reports.desk.test_promises import (
    AN_GIANG,
    FIND,
    LIST,
    browser,
    keeping,
    kept,
    sent,
    told,
)

pytestmark = pytest.mark.django_db


def test_who_keeps_what_is_kept_already_is_told_in_both_words(desk):
    report = told()
    data = keeping(report, "Sửa")
    (key,) = [name.removesuffix("-keep") for name in data if name.endswith("-keep")]
    address = f"{FIND}?don-vi={AN_GIANG}"

    def said(**typed):
        answer = desk.post(address, data | typed, follow=True)
        assert answer.redirect_chain[0][0] == f"{LIST}?don-vi={AN_GIANG}"
        return [str(one) for one in answer.context["messages"]]

    name = "Sửa tay vịn bến đò kênh E cho người già"
    assert said() == ["Đã giữ 1 nhiệm vụ."]
    assert said() == [f"Nhiệm vụ “{name}” đã được giữ."]
    assert said(**{f"{key}-text": "Sửa bến đò"}) == [
        f"Người khác vừa giữ nhiệm vụ “{name}”; bạn ghi “Sửa bến đò”, chưa lưu. "
        "Mở nhiệm vụ ấy để sửa lời."
    ]
    assert Promise.objects.get().text == name


def test_who_comes_too_late_settles_nothing_and_keeps_what_was_typed(desk):
    promise = kept()
    shown = told(body="<p>Tay vịn đã xong.</p>", on=date(2026, 9, 1))
    tick_off(
        promise, report=shown, sentence="Tay vịn đã xong.", on=date(2026, 9, 1), by=UserFactory()
    )

    page = sent(desk, promise, "bo", reason="bến đò đã dời")

    assert (page.status_code, "bến đò đã dời" in page.content.decode()) == (409, True)
    promise.refresh_from_db()
    assert (promise.done_report, promise.dropped_reason) == (shown, "")
    # Opened again, it may be given up.
    sent(desk, promise, "mo-lai")
    assert sent(desk, promise, "bo", reason="bến đò đã dời").status_code == 302


def test_of_two_who_word_a_promise_anew_the_second_sees_both_texts(desk):
    promise = kept()
    period = {"sua-period_start": "01/07/2026", "sua-period_end": "31/12/2026"}
    mine = {"viec": "sua", "version": promise.version, "sua-text": "Chữ của tôi", **period}
    sent(
        browser(AN_GIANG), promise, "sua", text="Chữ kia", period_start="01/07/2026",
        period_end="30/09/2026",
    )  # fmt: skip

    answer = desk.post(f"{LIST}{promise.pk}/", mine)

    promise.refresh_from_db()
    assert (answer.status_code, promise.text) == (409, "Chữ kia")
    assert answer.context["beside"] == [
        ("Nhiệm vụ", "Chữ kia"), ("Đến hết ngày", "30/09/2026"), ("Gọi kỳ ấy là", "quý III/2026"),
    ]  # fmt: skip
    page = answer.content.decode()
    assert [words in page for words in ("vừa lưu nhiệm vụ này", "Chữ của tôi")] == [True, True]
    # Whoever has seen both may save over it.
    assert desk.post(f"{LIST}{promise.pk}/", mine | {"version": 2}).status_code == 302
    promise.refresh_from_db()
    assert (promise.text, promise.version) == ("Chữ của tôi", 3)


@pytest.mark.parametrize(
    ("deed", "typed"),
    [
        ("bo", {"bo-reason": "bến đò đã dời"}),
        ("sua", {"sua-text": "Gọn hơn", "sua-period_start": "", "sua-period_end": ""}),
        ("xong", {"xong-proof": "khac", "xong-sentence": "Tay vịn đã xong."}),
    ],
)
def test_two_quick_clicks_are_one_deed(desk, deed, typed):
    promise = kept()
    shown = told(body="<p>Tay vịn đã xong.</p>", on=date(2026, 9, 1))
    typed = typed | ({"xong-report": shown.pk} if deed == "xong" else {})
    data = {"viec": deed, "version": promise.version, **typed}

    answers = [desk.post(f"{LIST}{promise.pk}/", data) for _ in range(2)]

    promise.refresh_from_db()
    assert [answer.status_code for answer in answers] == [302, 302]
    assert (promise.version, promise.history.count()) == (2, 2)
    # Control: another wish by the same old form is too late.
    other = {"viec": "bo", "version": 1, "bo-reason": "lý do khác"}
    assert desk.post(f"{LIST}{promise.pk}/", other).status_code == 409
