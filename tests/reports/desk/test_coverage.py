"""The coverage matrix: who told something in each step, in time, late or not at all."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from reports.desk.coverage import STEPS, State, TooManySteps, coverage_of, reminder, steps_of
from reports.desk.selection import Selection
from reports.models import Committee
from reports.periods import Period, convention_cut_on
from tests.factories import EventFactory, ReportFactory
from tests.reports.desk.counted_reports import (
    AN_GIANG_NOW,
    AN_PHU_NOW,
    DUC_PHO,
    NHON_HOI_NOW,
    THAP_MUOI,
    THOAI_SON,
    THOAI_SON_NOW,
)
from units.models import Unit

pytestmark = pytest.mark.django_db
WHOLE = f"don-vi={AN_GIANG_NOW}&don-vi-cu=1"
IN_TIME, LATE, MISSING = State.IN_TIME, State.LATE, State.MISSING
PENDING, ABSENT = State.PENDING, State.ABSENT
# A unit of which nothing was laid out.
TAY_PHU = "t2-30691"
AFTER_ALL = datetime(2027, 6, 1, tzinfo=UTC)


def matrix(query, step="thang", grace=0, now=AFTER_ALL):
    """{row key: CoverageRow} and the Coverage."""
    found = coverage_of(Selection.of(query, now), step, grace)
    assert sum(row.total for row in found.rows) == found.total
    assert sum(total.number for total in found.totals) == found.total
    assert found.total == Selection.of(query, now).reports.count()
    return {row.row.key: row for row in found.rows}, found


def numbers(row):
    return [cell.number for cell in row.cells]


def states(row):
    return [cell.state for cell in row.cells]


@pytest.mark.usefixtures("counted")
class TestCountedByHand:
    def test_each_month_has_its_reports(self):
        rows, _ = matrix(f"{WHOLE}&ky=2024")

        # Blocks A and B, and the four of May; their days of publication are guessed and late for nobody.
        assert numbers(rows[THOAI_SON]) == [2, 2, 2, 2, 6, 2, 2, 2, 2, 2, 2, 2]
        assert states(rows[THOAI_SON]) == [IN_TIME] * 12
        # C, and six on the edges of every third month.
        assert numbers(rows["t3-890"]) == [1, 1, 7, 1, 1, 7, 1, 1, 7, 1, 1, 7]

    def test_the_convention_moves_the_edges_with_the_columns(self):
        rows, _ = matrix(f"{WHOLE}&ky=2024&quy-uoc=15-14")

        # 15, 20, 21 and the last day of December 2023 are January; those of 2024's are next year.
        assert numbers(rows["t3-890"]) == [5, 1, 3, 5, 1, 3, 5, 1, 3, 5, 1, 3]

    def test_quarters_and_years_are_their_months(self):
        quarters, _ = matrix(f"{WHOLE}&ky=2024", "quy")
        years, _ = matrix(f"{WHOLE}&tu=2024-01-01&den=2025-12-31", "nam")

        assert numbers(quarters[THOAI_SON]) == [6, 10, 6, 6]
        # In 2025: three on its last day, two after its end.
        assert numbers(years[THOAI_SON]) == [28, 5]

    def test_a_unit_is_only_asked_while_it_exists(self):
        rows, found = matrix(f"{WHOLE}&ky=2025")

        # It ended on 01/07; what was told of it after that still counts, and is asked of nobody.
        assert states(rows[THOAI_SON])[:6] == [MISSING] * 5 + [IN_TIME]
        assert states(rows[THOAI_SON])[6:] == [IN_TIME] + [ABSENT] * 5
        assert states(rows[THOAI_SON_NOW]) == [ABSENT] * 6 + [IN_TIME] * 6
        assert found.totals[0].states[ABSENT] > 0
        assert found.totals[0].existing + found.totals[0].states[ABSENT] == found.asked

    def test_late_is_what_came_out_after_the_end_and_the_grace(self):
        query = f"don-vi={THAP_MUOI}&ky=2022-08"

        for grace, late in ((0, 1), (15, 1), (16, 0), (90, 0)):
            rows, _ = matrix(query, grace=grace)
            (cell,) = rows[THAP_MUOI].cells
            assert (cell.number, cell.late, cell.state) == (3, late, IN_TIME)

    def test_the_step_a_report_counts_in_decides_what_is_late(self):
        calendar, _ = matrix(f"don-vi={DUC_PHO}&ky=2023-12")
        decree, _ = matrix(f"don-vi={DUC_PHO}&ky=2024-01&quy-uoc=15-14")

        assert [(cell.number, cell.late) for cell in calendar[DUC_PHO].cells] == [(4, 1)]
        assert [(cell.number, cell.late) for cell in decree[DUC_PHO].cells] == [(4, 0)]

    @pytest.mark.parametrize(
        ("query", "step"),
        [
            (f"{WHOLE}&ky=2025", "thang"),
            (f"{WHOLE}&ky=2025&quy-uoc=15-14", "quy"),
            (f"{WHOLE}&tu=2024-01-01&den=2026-12-31", "nam"),
            (f"don-vi={AN_PHU_NOW},{NHON_HOI_NOW}&don-vi-cu=1&tu=2024-02-10&den=2025-08-03", "quy"),
        ],
    )
    def test_every_number_leads_to_exactly_its_reports(self, query, step):
        rows, found = matrix(query, step)

        told = {
            query: number
            for row in rows.values()
            for query, number in [(cell.query, cell.number) for cell in row.cells]
            if number
        }
        told |= {row.query: row.total for row in rows.values() if row.total}
        told |= {total.query: total.number for total in found.totals}
        assert {q: Selection.of(q, AFTER_ALL).reports.count() for q in told} == told

    def test_the_page_shows_the_same_numbers(self, desk):
        response = desk.get(reverse("desk:coverage"), {"don-vi": AN_GIANG_NOW, "ky": "2024", "don-vi-cu": "1"})  # fmt: skip

        shown = {row.row.key: numbers(row) for row in response.context["page"]}
        rows, found = matrix(f"{WHOLE}&ky=2024")
        assert shown == {key: numbers(row) for key, row in rows.items()}
        assert response.context["coverage"].total == found.total

    def test_only_those_who_lack_something_stay_when_asked(self, desk):
        asked = {"don-vi": THOAI_SON, "ky": "2024", "hang": "chon"}
        url = reverse("desk:coverage")

        assert len(desk.get(url, asked).context["page"].rows) == 1
        assert desk.get(url, asked | {"con-thieu": "1"}).context["page"].rows == []
        assert "Không có đơn vị nào còn thiếu" in desk.get(url, asked | {"con-thieu": "1"}).content.decode()  # fmt: skip


@pytest.fixture
def tay_phu(db):
    return Unit.objects.get(pk=TAY_PHU)


def one_row(grace=0, now=AFTER_ALL, ky="2026-Q1", step="thang"):
    rows, found = matrix(f"don-vi={TAY_PHU}&hang=chon&ky={ky}", step, grace, now)
    return rows[TAY_PHU], found


def told(unit, held_on, out_on):
    return ReportFactory(
        unit=unit,
        published=True,
        event=EventFactory(event_on=held_on, unit=unit),
        published_at=datetime(out_on.year, out_on.month, out_on.day, 5, tzinfo=UTC),
    )


def test_a_cell_is_late_when_nothing_in_it_was_in_time(tay_phu):
    told(tay_phu, date(2026, 1, 30), date(2026, 2, 6))
    told(tay_phu, date(2026, 2, 27), date(2026, 3, 9))
    told(tay_phu, date(2026, 2, 20), date(2026, 2, 21))

    row, found = one_row(grace=5)

    assert states(row) == [LATE, IN_TIME, MISSING]
    assert [(cell.number, cell.late) for cell in row.cells] == [(1, 1), (2, 1), (0, 0)]
    assert (row.covered, row.due) == (2, 3)
    assert [(total.covered, total.existing) for total in found.totals] == [(1, 1), (1, 1), (0, 1)]
    assert states(one_row(grace=6)[0]) == [IN_TIME, IN_TIME, MISSING]


def test_nobody_lacks_what_still_has_time(tay_phu):
    on_the_fifth = datetime(2026, 2, 5, 10, tzinfo=UTC)

    assert states(one_row(grace=5, now=on_the_fifth)[0]) == [PENDING, PENDING, PENDING]
    assert states(one_row(grace=4, now=on_the_fifth)[0]) == [MISSING, PENDING, PENDING]
    assert one_row(grace=5, now=on_the_fifth)[1].lacking == []


def test_what_is_not_public_covers_nothing(tay_phu):
    later = {"scheduled": True, "published_at": AFTER_ALL + timedelta(days=1)}
    for state in ({}, later, {"withdrawn": True}):
        ReportFactory(unit=tay_phu, event=EventFactory(event_on=date(2026, 1, 5)), **state)

    assert states(one_row()[0]) == [MISSING, MISSING, MISSING]


def test_the_reminder_names_who_lacks_what(tay_phu):
    told(tay_phu, date(2026, 2, 10), date(2026, 2, 11))
    selection = Selection.of(f"don-vi={TAY_PHU}&hang=chon&ky=2026", AFTER_ALL)

    lines = reminder(coverage_of(selection), selection).splitlines()

    assert lines[1] == "1. Xã Tây Phú, tỉnh An Giang: tháng 1/2026, tháng 3/2026 đến tháng 12/2026"
    assert "từ ngày 01/01/2026 đến ngày 31/12/2026" in lines[0]


def test_there_is_nothing_to_remind_of_when_all_told(tay_phu):
    told(tay_phu, date(2026, 2, 10), date(2026, 2, 11))
    selection = Selection.of(f"don-vi={TAY_PHU}&hang=chon&ky=2026-02", AFTER_ALL)

    assert reminder(coverage_of(selection), selection) == ""


@given(
    first=st.dates(date(1950, 1, 1), date(2090, 1, 1)),
    length=st.integers(0, 1500),
    cutoff=st.one_of(st.none(), st.integers(1, 30)),
    step=st.sampled_from(list(STEPS)),
)
def test_steps_lie_one_after_another_and_fill_the_period(first, length, cutoff, step):
    convention = convention_cut_on(cutoff)
    period = Period(first, first + timedelta(days=length), "", "", convention)

    steps = steps_of(period, step)

    assert steps[0].start == period.start
    assert steps[-1].end == period.end
    for before, after in pairwise(steps):
        assert after.start == before.end + timedelta(days=1)
    for each in steps:
        whole = Period.parse(each.ky, convention)
        assert whole.start <= each.start <= each.end <= whole.end


@pytest.mark.parametrize(
    ("first", "last"),
    [(date(1900, 1, 1), date(2999, 12, 31)), (date(1, 1, 1), date(1, 2, 1)), (date(9999, 12, 1), date.max)],
)  # fmt: skip
def test_a_period_without_measure_is_refused_in_words(desk, first, last):
    with pytest.raises(TooManySteps):
        steps_of(Period.between(first, last))
    asked = {"tu": first.isoformat(), "den": last.isoformat(), "quy-uoc": "15-14", "ky": ""}
    response = desk.get(reverse("desk:coverage"), asked)
    assert response.status_code == 200
    assert response.context["too_many"].startswith("Kỳ")


def test_without_a_question_it_asks_for_ones_own_unit_and_year(desk):
    Committee.objects.create(unit_id=AN_GIANG_NOW, cutoff_day=14)

    response = desk.get(reverse("desk:coverage"))

    assert response.status_code == 302
    assert response["Location"].startswith(f"?don-vi={AN_GIANG_NOW}&ky=20")
    assert response["Location"].endswith("&quy-uoc=15-14")


@pytest.mark.parametrize("asked", [{"ky": "abc"}, {"chua-ro-ngay": "1"}, {"don-vi": AN_GIANG_NOW}])
def test_without_days_it_asks_for_a_period(desk, asked):
    response = desk.get(reverse("desk:coverage"), asked)

    assert "coverage" not in response.context
    assert "Hãy chọn kỳ" in response.content.decode()


@pytest.mark.parametrize(
    ("typed", "days", "complains"),
    [("", 7, False), ("0", 0, False), ("90", 90, False), ("91", 7, True), ("x", 7, True),
     ("9" * 5000, 7, True), ("-1", 7, True), ("²", 7, True)],
)  # fmt: skip
def test_days_of_grace_are_the_committees_or_the_asked_ones(desk, typed, days, complains):
    Committee.objects.create(unit_id=AN_GIANG_NOW, grace_days=7)

    response = desk.get(reverse("desk:coverage"), {"ky": "2026", "don-vi": TAY_PHU, "cho-them": typed})  # fmt: skip

    assert response.context["coverage"].grace == days
    assert bool(response.context["grace_notice"]) == complains


@pytest.mark.parametrize("asked", [{"buoc": "ngay"}, {"trang": "99999999"}, {"trang": "\0"}])
def test_nonsense_changes_nothing(desk, asked):
    response = desk.get(reverse("desk:coverage"), {"ky": "2026", "don-vi": TAY_PHU} | asked)

    assert response.context["step"] == "thang"
    assert [len(row.cells) for row in response.context["page"]] == [12]


def test_the_page_costs_the_same_however_much_was_told(desk, tay_phu):
    url, asked = reverse("desk:coverage"), {"ky": "2026", "don-vi": AN_GIANG_NOW}
    costs = []
    for number in (1, 3):
        for _ in range(number):
            told(tay_phu, date(2026, number, 5), date(2026, number, 6))
        desk.get(url, asked)
        with CaptureQueriesContext(connection) as statements:
            desk.get(url, asked)
        costs.append(len(statements))

    assert costs[0] == costs[1]
