"""Numbers at the desk: proposed with their sentence, confirmed by a person, added up only then."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from reports import revising
from reports.desk.figures import CONFIRM, SET_ASIDE, Decision, decide, found_in
from reports.desk.selection import Selection
from reports.desk.totals import key_of, measure_key, totals, trend
from reports.models import Figure, Report
from tests.factories import EventFactory, FigureFactory, ReportFactory, UserFactory
from tests.reports.desk.conftest import at_the_desk

pytestmark = pytest.mark.django_db
AN_GIANG, THOAI_SON, TAY_PHU, NINH_BINH = "t2-91", "t2-30682", "t2-30691", "t2-37"
TO_CONFIRM = "/tong-hop/chi-tieu/xac-nhan/"
BODY = "<p>Bà con góp 312 ngày công và 2.811,7 triệu đồng. Xã giải quyết 08/24 đơn, 15 đơn đang chờ.</p>"


def told(unit=THOAI_SON, body=BODY, on=date(2026, 3, 9), **fields):
    fields.setdefault("event", EventFactory(event_on=on, unit_id=unit) if on else None)
    return ReportFactory(published=True, unit_id=unit, lead="", body=body, **fields)


def confirmed(report, value, indicator="suất quà", measure="suất", **fields):
    return FigureFactory(
        report=report,
        value=Decimal(value),
        indicator=indicator,
        unit_of_measure=measure,
        confirmed_by=UserFactory(),
        **fields,
    )


def rows(query=f"don-vi={AN_GIANG}"):
    return [
        (row.indicator, row.unit_of_measure, row.total, row.reports)
        for row in totals(Selection.of(query))
    ]


def proposed(report):
    return {one.found_as: one for one in found_in([report])[report.pk].proposals}


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


def test_what_somebody_else_has_decided_meanwhile_is_said(desk):
    report = told()
    data = posted(report, **{"15 đơn": {"deed": "bo"}})
    decide(report.pk, [Decision(proposed(report)["15 đơn"].key, SET_ASIDE)], by=UserFactory())

    response = desk.post(TO_CONFIRM, data, follow=True)

    assert [str(one) for one in response.context["messages"]] == [
        "1 số không còn chờ: đã có người quyết, hoặc bài đã sửa."
    ]
    assert Figure.objects.count() == 1


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


# --- totals ---------------------------------------------------------------------------------------


def test_only_confirmed_numbers_of_one_indicator_and_one_measure_are_added():
    first, second = told(), told(TAY_PHU)
    confirmed(first, "10")
    confirmed(second, "2.5", "Suất  quà", "SUẤT")
    confirmed(first, "7", "suất quà", "triệu đồng")
    confirmed(first, "4", "suất quế", "suất")
    FigureFactory(report=first, indicator="suất quà", unit_of_measure="suất", value=1_000)

    assert rows() == [
        ("suất quà", "suất", Decimal("12.5"), 2),
        ("suất quà", "triệu đồng", Decimal(7), 1),
        ("suất quế", "suất", Decimal(4), 1),
    ]


@pytest.mark.parametrize("measure", ["%", "phần trăm", "trên 9 xã", "trên 24 đơn"])
def test_shares_and_percentages_are_listed_and_never_added(measure):
    report = told()
    confirmed(report, "55.6", "xã làm xong", measure)
    confirmed(told(), "44.4", "xã làm xong", measure)

    (row,) = totals(Selection.of(f"don-vi={AN_GIANG}"))

    assert (row.total, row.numbers, trend(Selection.of(f"don-vi={AN_GIANG}&ky=2026"), row)) == (
        None, 2, [],
    )  # fmt: skip


@given(st.lists(st.integers(0, 10**9), max_size=8))
def test_the_key_of_a_name_ignores_how_it_is_typed(spaces):
    assert key_of("Hoà giải", "Tỉ đồng") == key_of("  hòa   giải ", "tỷ đồng")
    assert measure_key("50 %") == measure_key("50%")
    assert key_of("bản", "") != key_of("bàn", "")


def test_two_reports_of_one_event_count_once_when_marked_and_twice_before(desk):
    event = EventFactory(event_on=date(2026, 3, 9), unit_id=THOAI_SON)
    first, second = told(event=event), told(event=event)
    confirmed(first, "10")
    confirmed(second, "10")
    url = f"/tong-hop/chi-tieu/trung/?don-vi={AN_GIANG}"
    ((one, _),) = desk.get(url).context["groups"]

    assert rows() == [("suất quà", "suất", Decimal(20), 2)]
    desk.post(url, {"so": one.key, "viec": "mot"})
    assert rows() == [("suất quà", "suất", Decimal(10), 1)]
    desk.post(url, {"so": one.key, "viec": "rieng"})
    assert rows() == [("suất quà", "suất", Decimal(20), 2)]


def test_a_number_that_repeats_another_counts_where_the_other_is_not_chosen():
    event = EventFactory(event_on=date(2026, 3, 9))
    first, second, third = (told(unit, event=event) for unit in (THOAI_SON, TAY_PHU, TAY_PHU))
    confirmed(first, "10")
    confirmed(second, "10", same_as=first)
    confirmed(third, "10", same_as=first)

    assert rows(f"don-vi={AN_GIANG}") == [("suất quà", "suất", Decimal(10), 1)]
    # Neither lost nor counted twice.
    assert rows(f"don-vi={TAY_PHU}") == [("suất quà", "suất", Decimal(10), 1)]


def test_the_same_number_told_twice_within_one_report_is_two_numbers():
    report = told()
    confirmed(report, "10", sentence="Ấp 1 nhận 10 suất quà.")
    confirmed(report, "10", sentence="Ấp 2 nhận 10 suất quà.")

    assert rows() == [("suất quà", "suất", Decimal(20), 1)]


def test_what_desk_and_newsroom_both_confirmed_counts_once():
    report = told()
    confirmed(report, "10", sentence="Ấp 1 nhận 10 suất quà.")
    confirmed(report, "10", sentence="Ấp 1 nhận 10 suất quà.", at_desk=True)

    assert rows() == [("suất quà", "suất", Decimal(10), 1)]


def test_only_public_reports_of_the_selection_enter_a_total():
    confirmed(told(), "1")
    confirmed(told(NINH_BINH), "20")
    confirmed(told(on=date(2025, 3, 9)), "300")
    confirmed(ReportFactory(unit_id=THOAI_SON), "4000")
    confirmed(ReportFactory(unit_id=THOAI_SON, withdrawn=True), "50000")
    confirmed(ReportFactory(unit_id=THOAI_SON, scheduled=True), "600000")

    assert rows(f"don-vi={AN_GIANG}&ky=2026-Q1")[0][2] == 1
    assert rows(f"don-vi={AN_GIANG}")[0][2] == 301
    assert rows("")[0][2] == 321


def test_the_steps_of_a_period_add_up_to_its_total_beside_those_of_last_year():
    for day, value in (("2026-01-14", 1), ("2026-01-15", 20), ("2026-03-31", 300)):
        confirmed(told(on=date.fromisoformat(day)), value)
    confirmed(told(on=date(2025, 2, 1)), 7)
    selection = Selection.of(f"don-vi={AN_GIANG}&ky=2026-Q1")
    (row,) = totals(selection)
    (last,) = totals(selection.last_year)

    steps = trend(selection, row, last)

    assert [(step.label, step.total, step.before) for step in steps] == [
        ("1/2026", 21, 0), ("2/2026", 0, 7), ("3/2026", 300, 0),
    ]  # fmt: skip
    assert sum(step.total for step in steps) == row.total
    by_cutoff = Selection.of(f"don-vi={AN_GIANG}&ky=2026-Q1&quy-uoc=15-14")
    assert [step.total for step in trend(by_cutoff, totals(by_cutoff)[0])] == [1, 20, 0]


def test_an_indicator_is_renamed_in_ones_own_units_and_printed_as_before(desk):
    own, foreign = confirmed(told(), "10", "phần quà"), confirmed(told(NINH_BINH), "5", "phần quà")
    words = {"cu": "phần quà", "moi": "suất quà"}
    url = reverse("desk:figure-rename")

    shown = desk.get(url, words)
    assert (shown.context["numbers"], Figure.objects.exclude(counted_as="").count()) == (1, 0)
    desk.post(url, words)

    own.refresh_from_db()
    foreign.refresh_from_db()
    assert (own.indicator, own.counts_as) == ("phần quà", "suất quà")
    assert foreign.counts_as == "phần quà"
    # And back again.
    desk.post(url, {"cu": "suất quà", "moi": "phần quà"})
    assert Figure.objects.exclude(counted_as="").count() == 0


@pytest.mark.parametrize(
    "path",
    [
        "?",
        "xac-nhan/?",
        "mot/?chi-tieu=suất quà&dvt=suất&",
        "trung/?",
        "doi-ten/?cu=mô hình&moi=x&",
    ],
)
def test_the_pages_cost_the_same_however_many_numbers(desk, path):
    url = f"/tong-hop/chi-tieu/{path}don-vi={AN_GIANG}&ky=2026"
    event = EventFactory(event_on=date(2026, 3, 9))

    def cost(new_reports):
        for _ in range(new_reports):
            report = told(event=event)
            confirmed(report, "10")
            confirmed(report, "3", "mô hình", "")
        with CaptureQueriesContext(connection) as queries:
            assert desk.get(url).status_code == 200
        return len(queries)

    desk.get(url)  # what every first page of a process looks up
    assert cost(2) == cost(3)


@pytest.mark.parametrize(
    "path", ["", "mot/", "xac-nhan/", "trung/", "doi-ten/", "mot/?chi-tieu=%00&dvt=%00&trang=999999999999"]
)  # fmt: skip
def test_the_pages_open_for_the_desk_alone(desk, client, path):
    url = f"/tong-hop/chi-tieu/{path}"

    assert desk.get(url).status_code == 200
    assert client.get(url).status_code == 302
    client.force_login(UserFactory())
    assert client.get(url).status_code == 404


def test_a_detail_page_shows_each_sentence_and_says_which_numbers_do_not_count(desk):
    event = EventFactory(event_on=date(2026, 3, 9))
    first, second = told(event=event), told(event=event)
    confirmed(first, "1234.5", sentence="Trao 1.234,5 suất.")
    confirmed(second, "1234.5", same_as=first, sentence="Cũng trao 1.234,5 suất.")

    response = desk.get(
        reverse("desk:figure"), {"don-vi": AN_GIANG, "chi-tieu": "SUẤT QUÀ", "dvt": "suất"}
    )

    assert [(one.counts, figure.sentence) for one, figure, _, _ in response.context["lines"]] == [
        (True, "Trao 1.234,5 suất."),
        (False, "Cũng trao 1.234,5 suất."),
    ]
    assert "trùng với bài" in response.content.decode()
