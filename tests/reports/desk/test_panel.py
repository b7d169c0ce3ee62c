"""The filter form: what it offers to a committee, and that what was typed stays."""

from datetime import UTC, date, datetime

import pytest

from reports.desk.panel import Panel, question_of
from reports.desk.selection import Selection
from reports.models import Committee
from tests.factories import ContributionFactory, PersonFactory, ReportFactory
from units.models import Unit

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 22)


def panel(query="", cutoff=None):
    committee = Committee(unit=Unit.objects.get(pk="t2-91"), cutoff_day=cutoff)
    return Panel(Selection.of(query), committee, "/tong-hop/", today=TODAY)


@pytest.mark.parametrize(
    ("cutoff", "question"),
    [
        (None, "don-vi=t2-91&ky=2026-11&quy-uoc=lich"),
        (14, "don-vi=t2-91&ky=2026-12&quy-uoc=15-14"),
        (22, "don-vi=t2-91&ky=2026-11&quy-uoc=chot-22"),
        (21, "don-vi=t2-91&ky=2026-12&quy-uoc=chot-21"),
    ],
)
def test_ones_own_question_is_the_month_being_reported(cutoff, question):
    committee = Committee(unit_id="t2-91", cutoff_day=cutoff)

    assert question_of(committee, TODAY) == question


def test_december_is_reported_until_the_year_is_over():
    committee = Committee(unit_id="t2-91", cutoff_day=14)

    assert "ky=2027-01" in question_of(committee, date(2026, 12, 31))


def test_the_committees_own_cut_off_stands_first_and_is_chosen():
    offered = panel(cutoff=20)

    assert [slug for slug, _ in offered.conventions] == ["chot-20", "lich", "15-14"]
    assert offered.convention.slug == "chot-20"
    # Somebody who names a period without a convention means the calendar's, as everywhere.
    assert panel("ky=2026", cutoff=20).convention.slug == "lich"
    assert panel("ky=2026&quy-uoc=15-14", cutoff=20).convention.slug == "15-14"


@pytest.mark.parametrize("query", ["", "ky=2026&quy-uoc=chot-7", "quy-uoc=15-14"])
def test_every_convention_is_offered_once(query):
    offered = panel(query, cutoff=20)
    slugs = [slug for slug, _ in [*offered.conventions, *offered.other_conventions]]

    assert sorted(slugs) == sorted(
        ["lich", "15-14", *(f"chot-{day}" for day in range(1, 31) if day != 14)]
    )


def test_periods_reach_back_to_the_first_report():
    assert [group for group, _ in panel().periods][-1] == "Năm 2023"

    ReportFactory(published=True, published_at=datetime(2019, 5, 5, tzinfo=UTC))
    assert [group for group, _ in panel().periods][-1] == "Năm 2019"


def test_links_to_other_periods_keep_the_rest():
    before, after = panel("don-vi=t2-91&don-vi-cu=1&ky=2026-01&quy-uoc=15-14&loai=so-ket").around

    rest = "don-vi=t2-91&don-vi-cu=1&loai=so-ket"
    assert before[:2] == ("Tháng 12/2025", f"?{rest}&ky=2025-12&quy-uoc=15-14")
    assert after[:2] == ("Tháng 2/2026", f"?{rest}&ky=2026-02&quy-uoc=15-14")


def test_people_of_one_name_are_offered():
    persons = [PersonFactory(name="Lê Minh Ngọc"), PersonFactory(name="Lê Minh Ngọc")]
    for person in persons:
        ContributionFactory(person=person, report=ReportFactory(published=True))
    # Nobody signs in public with this name so far.
    PersonFactory(name="Lê Minh Ngọc")

    offered = panel("tac-gia=le+minh+ngoc&ky=2026")

    assert {person.pk for person, _ in offered.persons} == {person.pk for person in persons}
    assert offered.typed_person == "le minh ngoc"
    assert offered.shows_more
    chosen = panel(offered.persons[0][1].removeprefix("?"))
    assert chosen.person[1] == "Lê Minh Ngọc"
    assert chosen.persons == []


def test_a_name_with_marks_finds_the_one_who_signs_so():
    for name in ("Lê Hoa", "Lê Hòa"):
        ContributionFactory(person=PersonFactory(name=name), report=ReportFactory(published=True))

    assert panel("tac-gia=L%C3%AA+H%C3%B2a").person[1] == "Lê Hòa"
