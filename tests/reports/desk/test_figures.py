"""Numbers at the desk: proposed with their sentence, confirmed by a person, added up only then."""

from datetime import date
from decimal import Decimal

import pytest
from django.test import Client

from reports import revising
from reports.desk.figures import CONFIRM, SET_ASIDE, Decision, decide, found_in
from reports.models import Figure, Report
from tests.factories import UserFactory
from tests.reports.desk.conftest import at_the_desk
from tests.reports.desk.numbers_told import (
    AN_GIANG,
    NINH_BINH,
    TO_CONFIRM,
    confirmed,
    proposed,
    rows,
    told,
)  # fmt: skip

pytestmark = pytest.mark.django_db


# --- proposing and deciding -----------------------------------------------------------------------


def test_every_number_is_proposed_with_its_sentence_and_what_arithmetic_says_of_it():
    found = proposed(told())

    assert {name: (one.value, one.unit_of_measure) for name, one in found.items()} == {
        "312 ngày công": (Decimal(312), "ngày công"),
        "2.811,7 triệu đồng": (Decimal("2811.7"), "triệu đồng"),
        "08/24 đơn": (Decimal(8), "trên 24 đơn"),
        "15 đơn": (Decimal(15), "đơn"),
    }
    assert found["15 đơn"].sentence == "Xã giải quyết 08/24 đơn, 15 đơn đang chờ."
    assert [str(check) for check in found["15 đơn"].checks] == ["không khớp: 08 + 15 ≠ 24"]
    assert found["312 ngày công"].checks == ()


def test_nothing_is_stored_or_added_up_until_a_person_decides(desk):
    told()

    response = desk.get(TO_CONFIRM, {"don-vi": AN_GIANG})

    assert response.context["numbers"] == 4
    assert Figure.objects.count() == 0
    assert rows() == []


def test_what_was_decided_is_not_proposed_again_even_when_it_was_corrected():
    report, user = told(), UserFactory()
    found = proposed(report)
    decisions = [
        Decision(found["312 ngày công"].key, CONFIRM, "công của dân", Decimal(321), "ngày"),
        Decision(found["15 đơn"].key, SET_ASIDE),
    ]

    assert decide(report.pk, decisions, by=user) == (2 - 1, 1, [])
    assert set(proposed(report)) == {"2.811,7 triệu đồng", "08/24 đơn"}
    assert rows() == [("công của dân", "ngày", Decimal(321), 1)]
    # Whoever decides the same a second time is told that it is gone.
    assert decide(report.pk, decisions, by=user) == (0, 0, [one.key for one in decisions])
    assert Figure.objects.count() == 2


def test_a_number_the_newsroom_has_confirmed_is_not_proposed():
    report = told()
    confirmed(report, "312", "công", "ngày công", sentence="Bà con góp 312 ngày công và 2.811,7 triệu đồng.")  # fmt: skip

    assert "312 ngày công" not in proposed(report)
    assert "2.811,7 triệu đồng" in proposed(report)


def posted(report, **said):
    """The form as a browser sends it: every proposal, decided or not."""
    data = {"bai": [str(report.pk)]}
    for name, one in proposed(report).items():
        answers = said.get(name, {})
        data |= {
            f"{one.key}-deed": answers.get("deed", ""),
            f"{one.key}-indicator": answers.get("indicator", ""),
            f"{one.key}-value": answers.get("value", f"{one.value:f}".replace(".", ",")),
            f"{one.key}-unit_of_measure": answers.get("measure", one.unit_of_measure),
        }
    return data


def test_the_form_confirms_many_at_once_in_vietnamese_numbers(desk):
    report = told()
    data = posted(
        report,
        **{
            "2.811,7 triệu đồng": {"deed": "dung", "indicator": "tiền dân góp", "value": "2.812,5"},
            "312 ngày công": {"deed": "dung", "indicator": "công dân góp"},
            "15 đơn": {"deed": "bo"},
        },
    )

    response = desk.post(f"{TO_CONFIRM}?don-vi={AN_GIANG}", data)

    assert response.status_code == 302
    assert rows() == [
        ("công dân góp", "ngày công", Decimal(312), 1),
        ("tiền dân góp", "triệu đồng", Decimal("2812.5"), 1),
    ]
    assert set(proposed(report)) == {"08/24 đơn"}


def test_an_error_stands_beside_its_field_and_nothing_typed_is_lost(desk):
    report = told()
    data = posted(
        report,
        **{
            "312 ngày công": {"deed": "dung", "indicator": ""},
            "15 đơn": {"deed": "dung", "indicator": "đơn chờ", "value": "mười\x00lăm"},
        },
    )

    response = desk.post(TO_CONFIRM, data)

    assert response.status_code == 400
    page = response.content.decode()
    assert "Ghi số này đếm gì" in page
    assert "Ghi số như 2.811,7" in page
    assert 'value="đơn chờ"' in page
    assert Figure.objects.count() == 0


def test_a_text_full_of_numbers_is_decided_about_some_at_a_time(desk):
    body = "".join(f"<p>Ấp {number} góp {number} ngày công.</p>" for number in range(1, 31))
    reports = [told(body=body) for _ in range(2)]
    page = desk.get(TO_CONFIRM, {"don-vi": AN_GIANG})
    forms = [form for _, _, forms in page.context["entries"] for form in forms]
    data = {"bai": [report.pk for report in reports]} | {
        form.add_prefix(name): {"deed": "bo"}.get(name, form[name].value())
        for form in forms
        for name in form.fields
    }
    data = {name: "" if value is None else value for name, value in data.items()}

    response = desk.post(TO_CONFIRM, data, follow=True)

    assert len(forms) == 2 * 20
    assert Figure.objects.filter(set_aside=True).count() == 2 * 20
    assert response.context["numbers"] == 2 * 10


@pytest.mark.parametrize(
    ("mine", "words"),
    [
        ({"deed": "bo"}, "1 số đã được ghi đúng như vậy."),
        (
            {"deed": "dung", "indicator": "đơn chờ", "value": "16"},
            "Số 15 đơn: người khác vừa để riêng số này; bạn ghi “đơn chờ: 16 đơn”, chưa lưu. "
            "Muốn đổi, rút lại số ấy ở “đã quyết, để xem lại” rồi quyết lại.",
        ),
    ],
)
def test_what_somebody_else_has_decided_meanwhile_is_told_in_both_words(desk, mine, words):
    report = told()
    data = posted(report, **{"15 đơn": mine})
    decide(report.pk, [Decision(proposed(report)["15 đơn"].key, SET_ASIDE)], by=UserFactory())

    response = desk.post(TO_CONFIRM, data, follow=True)

    assert [str(one) for one in response.context["messages"]] == [words]
    assert Figure.objects.get().set_aside is True


def test_a_number_that_left_the_text_is_told_as_gone(desk):
    report = told()
    data = posted(report, **{"15 đơn": {"deed": "bo"}})
    Report.objects.filter(pk=report.pk).update(body="<p>Xã giải quyết hết đơn.</p>")

    response = desk.post(TO_CONFIRM, data, follow=True)

    assert [str(one) for one in response.context["messages"]] == [
        "1 số không còn chờ: đã có người quyết, hoặc bài đã sửa."
    ]


@pytest.mark.parametrize("value", ["9" * 5_000, "1e999", "NaN", "-5", ""])
def test_no_value_breaks_the_form(desk, value):
    data = posted(told(), **{"15 đơn": {"deed": "dung", "indicator": "x", "value": value}})

    assert desk.post(TO_CONFIRM, data).status_code in (302, 400)


def test_others_units_are_neither_shown_nor_touched(desk):
    foreign = told(NINH_BINH)
    data = posted(foreign, **{"312 ngày công": {"deed": "dung", "indicator": "công"}})

    assert desk.get(TO_CONFIRM).context["numbers"] == 0
    desk.post(TO_CONFIRM, data)
    assert Figure.objects.count() == 0
    # Control: whoever works for that unit may.
    own = Client()
    own.force_login(at_the_desk(NINH_BINH))
    own.post(TO_CONFIRM, data)
    assert Figure.objects.count() == 1


def test_numbers_of_a_unit_that_has_ended_are_confirmed_where_its_ground_lies(desk):
    old = told("t3-894", on=date(2024, 3, 9))  # huyện Thoại Sơn
    data = posted(old, **{"312 ngày công": {"deed": "dung", "indicator": "công"}})

    assert desk.get(TO_CONFIRM, {"don-vi": AN_GIANG, "don-vi-cu": "1"}).context["numbers"] == 4
    desk.post(TO_CONFIRM, data)

    assert [figure.indicator for figure in Figure.objects.all()] == ["công"]


def test_a_decision_is_taken_back_only_by_its_own_desk(desk):
    report = told()
    key = proposed(report)["15 đơn"].key
    decide(report.pk, [Decision(key, SET_ASIDE)], by=UserFactory())
    decided = Figure.objects.get()
    stranger = Client()
    stranger.force_login(at_the_desk(NINH_BINH))

    stranger.post(TO_CONFIRM, {"bai": [report.pk], "rut": [decided.pk]})
    assert Figure.objects.count() == 1
    desk.post(TO_CONFIRM, {"bai": [report.pk], "rut": [decided.pk]})

    assert Figure.objects.count() == 0
    assert "15 đơn" in proposed(report)


def test_what_is_wholly_decided_is_found_again_to_be_taken_back(desk):
    report = told(body="<p>Bà con góp 312 ngày công.</p>")
    decide(report.pk, [Decision(one.key, SET_ASIDE) for one in proposed(report).values()], by=UserFactory())  # fmt: skip

    assert desk.get(TO_CONFIRM).context["entries"] == []
    ((shown, found, forms),) = desk.get(TO_CONFIRM, {"da-quyet": "1"}).context["entries"]
    assert (shown, [one.found_as for one in found.decided], forms) == (
        report,
        ["312 ngày công"],
        [],
    )


def test_a_sentence_that_was_revised_away_is_pointed_out(desk):
    report = told()
    key = proposed(report)["312 ngày công"].key
    decide(report.pk, [Decision(key, CONFIRM, "công", Decimal(312), "ngày")], by=UserFactory())
    Report.objects.filter(pk=report.pk).update(body="<p>Bà con góp 300 ngày công.</p>")

    found = found_in([Report.objects.get(pk=report.pk)])[report.pk]

    assert [one.indicator for one in found.lost] == ["công"]
    assert [one.found_as for one in found.proposals] == ["300 ngày công"]


def test_readers_see_nothing_of_it_and_a_new_version_keeps_it(client):
    report = told()
    confirmed(report, "46", "mô hình khéo", "")
    key = proposed(report)["312 ngày công"].key
    decide(report.pk, [Decision(key, CONFIRM, "Công góp", Decimal(312), "ngày")], by=UserFactory())

    page = client.get(report.get_absolute_url()).content.decode()
    assert "mô hình khéo" in page
    assert "Công góp" not in page
    revision = revising.begin(report, by=None, deed="sửa")
    assert [one.indicator for one in revision.figures.all()] == ["mô hình khéo"]
    revising.carry_over(revision, report, by=None, deed="sửa")
    assert {one.indicator for one in report.figures.all()} == {"mô hình khéo", "Công góp"}
