"""What units and people told against their targets."""

from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from reports.desk.contributions import Share, Targets, months_counted, person_shares, unit_shares
from reports.desk.counting import table_of
from reports.desk.selection import Selection
from reports.models import Committee, ContributionRole, Person, Target
from tests.factories import ContributionFactory, PersonFactory, ReportFactory
from tests.reports.desk.counted_reports import (
    AN_GIANG_NOW,
    NINH_BINH_NOW,
    PHOTOGRAPHER,
    THOAI_SON,
    THOAI_SON_NOW,
    WRITER,
)
from units.models import Unit

pytestmark = pytest.mark.django_db
WHOLE = f"don-vi={AN_GIANG_NOW}&don-vi-cu=1"
TAY_PHU = "t2-30691"
IN_JANUARY = datetime(2026, 1, 5, 5, tzinfo=UTC)
BOTH = (ContributionRole.AUTHOR, ContributionRole.PHOTOGRAPHER)


@pytest.fixture
def committee(db):
    return Committee.objects.create(unit_id=AN_GIANG_NOW)


def asked_of(committee, number, **whom):
    Target.objects.create(committee=committee, reports_a_month=number, **whom)


def units(query, committee=None):
    return {
        share.row.key: share for share in unit_shares(Selection.of(query), Targets.of(committee))
    }


@pytest.mark.usefixtures("counted")
class TestCountedByHand:
    @pytest.mark.parametrize("query", [f"{WHOLE}&ky=2024", f"{WHOLE}&ky=2025&quy-uoc=15-14", WHOLE])
    def test_units_have_the_numbers_of_the_table(self, query):
        table = table_of(Selection.of(query))

        found = {key: share.total for key, share in units(query).items()}
        assert found == {row.row.key: row.total for row in table.rows}

    def test_every_unit_owes_the_months_it_existed_in(self, committee):
        asked_of(committee, 2)
        asked_of(committee, 3, unit_id=THOAI_SON_NOW)

        found = units(f"{WHOLE}&ky=2025", committee)

        assert found[THOAI_SON].target == 2 * 6
        assert found[THOAI_SON_NOW].target == 3 * 6
        assert found["t2-30502"].target == 2 * 6
        # The unit above was not asked about, and owes nothing.
        assert found[AN_GIANG_NOW].row.is_extra
        assert found[AN_GIANG_NOW].target is None

    def test_units_of_others_owe_only_what_was_asked_of_them_by_name(self, committee):
        asked_of(committee, 2)

        assert {share.target for share in units(f"don-vi={NINH_BINH_NOW}&ky=2026", committee).values()} == {None}  # fmt: skip

    def test_writers_and_photographers_stand_apart(self):
        found = {
            share.person.name: (share.authored, share.photographed, share.total)
            for share in person_shares(Selection.of(f"{WHOLE}&ky=2024"), Targets.of(None))
        }

        assert found == {WRITER: (12, 0, 12), PHOTOGRAPHER: (0, 12, 12)}

    def test_every_number_leads_to_exactly_its_reports(self):
        selection = Selection.of(f"{WHOLE}&tu=2024-01-01&den=2026-12-31")
        told = {s.query: s.total for s in unit_shares(selection, Targets.of(None)) if s.total}
        for share in person_shares(selection, Targets.of(None)):
            told[f"{share.query}&vai-tro=author"] = share.authored
            told[f"{share.query}&vai-tro=photographer"] = share.photographed

        assert {query: Selection.of(query).reports.count() for query in told} == told


def test_a_month_that_is_cut_counts_whole():
    assert len(months_counted(Selection.of("tu=2026-01-31&den=2026-03-01"))) == 3
    assert len(months_counted(Selection.of("ky=2026-Q1&quy-uoc=15-14"))) == 3
    assert months_counted(Selection.of("don-vi=t2-91")) == []
    assert months_counted(Selection.of("chua-ro-ngay=1&ky=2026")) == []


@pytest.mark.parametrize(
    ("total", "target", "words", "bar", "met"),
    [
        (7, 8, "87,5 %", 88, False),
        (8, 8, "100 %", 100, True),
        (28, 12, "233,3 %", 100, True),
        (0, 5, "0 %", 0, False),
        (1, 2000, "0,1 %", 0, False),  # half up
        (5, None, "", 0, False),
    ],
)
def test_a_share_is_told_to_a_tenth(total, target, words, bar, met):
    share = Share(total, target)

    assert (share.percent, share.bar, share.is_met) == (words, bar, met)


def test_who_did_both_for_a_report_told_it_once(committee):
    person = PersonFactory()
    for roles in (BOTH, BOTH[:1], BOTH[1:]):
        report = ReportFactory(published=True, published_at=IN_JANUARY)
        for role in (*roles, ContributionRole.EDITOR):
            ContributionFactory(report=report, person=person, role=role)
    hidden = ReportFactory(scheduled=True)
    ContributionFactory(report=hidden, person=person)
    asked_of(committee, 2, person=person)

    found = person_shares(Selection.of("ky=2026"), Targets.of(committee))
    (share,) = [each for each in found if each.person == person]

    assert (share.authored, share.photographed, share.total, share.target) == (2, 2, 3, 24)


def test_who_was_merged_counts_as_the_person_that_stayed():
    kept = PersonFactory(name="Người Ở Lại")
    gone = PersonFactory(name="Người Đã Gộp")
    report = ReportFactory(published=True)
    ContributionFactory(report=report, person=gone)
    ContributionFactory(report=report, person=kept, role=ContributionRole.PHOTOGRAPHER)
    Person.objects.filter(pk=gone.pk).update(merged_into=kept)

    found = person_shares(Selection.of(""), Targets.of(None))

    shares = {
        each.person.name: each.total for each in found if each.person.pk in (kept.pk, gone.pk)
    }
    assert shares == {"Người Ở Lại": 1}


def test_somebody_who_was_asked_and_told_nothing_is_listed(committee):
    person = PersonFactory(name="Chưa Viết")
    asked_of(committee, 4, person=person)

    found = person_shares(Selection.of("ky=2026-01"), Targets.of(committee))

    assert [(s.total, s.target) for s in found if s.person == person] == [(0, 4)]


def test_the_page_tells_both_and_costs_the_same_however_long(desk, committee):
    asked_of(committee, 1)
    unit = Unit.objects.get(pk=TAY_PHU)
    url, asked = reverse("desk:contributions"), {"don-vi": TAY_PHU, "ky": "2026"}
    costs = []
    for number in (1, 3):
        for _ in range(number):
            ContributionFactory(
                report=ReportFactory(published=True, published_at=IN_JANUARY, unit=unit)
            )
        desk.get(url, asked)
        with CaptureQueriesContext(connection) as statements:
            response = desk.get(url, asked)
        costs.append(len(statements))

    assert costs[0] == costs[1]
    assert response.context["total"] == 4
    assert len(response.context["people"].rows) == 4
    assert "33,3 %" in response.content.decode()


@pytest.mark.parametrize(
    "asked",
    [{"tu": "0001-01-01", "den": "9999-12-31"}, {"chua-ro-ngay": "1"}, {"trang-nguoi": "9" * 5000}],
)
def test_nonsense_is_no_error(desk, asked):
    assert desk.get(reverse("desk:contributions"), asked).status_code == 200
