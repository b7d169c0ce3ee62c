"""Totals of confirmed numbers: each once, within one indicator and one measure; the pages about them."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from reports.desk.selection import Selection
from reports.desk.totals import key_of, measure_key, totals, trend
from reports.models import Figure
from tests.factories import EventFactory, FigureFactory, ReportFactory, UserFactory
from tests.reports.desk.numbers_told import (
    AN_GIANG,
    NINH_BINH,
    TAY_PHU,
    THOAI_SON,
    confirmed,
    rows,
    told,
)  # fmt: skip

pytestmark = pytest.mark.django_db


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


@given(
    st.text(" \t\n", min_size=1, max_size=4),
    st.sampled_from([str.upper, str.lower, str.title, str.capitalize]),
)
def test_the_key_of_a_name_ignores_how_it_is_typed(space, typed):
    name = space.join(["", "Hoà", "giải", "thành", ""])

    assert key_of(typed(name), typed(f"triệu{space}đồng")) == key_of("hòa giải thành", "triệu đồng")
    assert key_of(name, "") != key_of("hòa giai thành", "")


def test_one_measure_has_several_spellings_and_two_words_stay_two():
    assert measure_key("50 %") == measure_key("50%")
    assert measure_key("tỉ đồng") == measure_key("Tỷ VNĐ")
    assert measure_key("m2") == measure_key("m²")
    assert measure_key("bản") != measure_key("bàn")


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
