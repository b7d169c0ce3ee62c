"""The numbers of the desk are those a person counts by hand in `counted_reports`."""

from datetime import date

import pytest

from reports.desk.counting import COLUMNS, DEFAULT_COLUMNS, table_of
from reports.desk.selection import Selection
from tests.reports.desk.counted_reports import (
    AN_GIANG,
    AN_GIANG_NOW,
    AN_PHU_NOW,
    CITY,
    DUC_PHO,
    HOA_LU_NOW,
    KIEN_GIANG,
    NHON_HOI_NOW,
    NINH_BINH,
    NINH_BINH_NOW,
    PHU_HOI,
    THAP_MUOI,
    THOAI_SON,
    THOAI_SON_NOW,
    THOI_SON,
    THOI_SON_NOW,
)  # fmt: skip

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("counted")]

TINH_BIEN, AN_PHU = "t3-890", "t3-886"
WHOLE = f"don-vi={AN_GIANG_NOW}&don-vi-cu=1"
BOTH_ERAS = "tu=2024-01-01&den=2026-12-31"
DIVIDED = f"don-vi={AN_PHU_NOW},{NHON_HOI_NOW}&don-vi-cu=1"


def numbers(query, **more):
    """{row key: reports} of the rows that have any, and the total."""
    table = table_of(Selection.of(query), **more)
    assert sum(row.total for row in table.rows) == table.total
    if not table.overlapping:
        assert [sum(row.cells) for row in table.rows] == [row.total for row in table.rows]
        assert sum(table.totals) == table.total
    return {row.row.key: row.total for row in table.rows if row.total}, table.total


def columns(query, **more):
    """{column value: reports}."""
    table = table_of(Selection.of(query), **more)
    return dict(zip((column.value for column in table.columns), table.totals, strict=True))


BY_HAND = {
    # Blocks A B C D E F and O's four months of 2024, Y: offices of the provinces stand beside the
    # districts, whose rows these are.
    "An Giang's ground in 2024": (
        f"{WHOLE}&ky=2024",
        {THOAI_SON: 12 + 12 + 4, TINH_BIEN: 12 + 24, AN_PHU: 6, AN_GIANG: 12, KIEN_GIANG: 6},
    ),
    "An Giang of then in 2024": (
        f"don-vi={AN_GIANG}&ky=2024",
        {THOAI_SON: 28, TINH_BIEN: 36, AN_PHU: 6, AN_GIANG: 12},
    ),
    "An Giang's own office in 2024": (f"don-vi={AN_GIANG}&chi-don-vi=1&ky=2024", {AN_GIANG: 12}),
    # July – December of H I J K L, P in December, S; R and T are the district's.
    "An Giang's ground in 2025": (
        f"{WHOLE}&ky=2025",
        {AN_GIANG_NOW: 6 + 6, THOAI_SON_NOW: 6 + 6 + 3, THOI_SON_NOW: 6, AN_PHU_NOW: 6, THOAI_SON: 3 + 2},
    ),
    "An Giang of now in 2025": (
        f"don-vi={AN_GIANG_NOW}&ky=2025",
        {AN_GIANG_NOW: 12, THOAI_SON_NOW: 15, THOI_SON_NOW: 6, AN_PHU_NOW: 6},
    ),
    "An Giang's ground in 2020": (f"{WHOLE}&ky=2020", {THOAI_SON: 5}),
    "An Giang of now before it was": (f"don-vi={AN_GIANG_NOW}&ky=2024", {}),
    "two provinces of two systems": (
        f"don-vi={AN_GIANG},{AN_GIANG_NOW}&ky=2025", {AN_GIANG: 3 + 2, AN_GIANG_NOW: 39},
    ),
    "the country in 2023": (
        "ky=2023", {AN_GIANG: 4 + 6, "t3-51": 4},
    ),
    "the country in 2024": (
        "ky=2024", {AN_GIANG: 12 + 12 + 12 + 6 + 12 + 24 + 4, KIEN_GIANG: 6, NINH_BINH: 4},
    ),
    "the country in 2024, by 15–14": (
        "ky=2024&quy-uoc=15-14", {AN_GIANG: 82, KIEN_GIANG: 6, NINH_BINH: 4, "t3-51": 4},
    ),
    "the country in 2025": (
        "ky=2025",
        {AN_GIANG_NOW: 39, AN_GIANG: 3 + 2, NINH_BINH_NOW: 6 + 2, NINH_BINH: 1},
    ),
    "Ninh Bình's ground, both systems": (
        f"don-vi={NINH_BINH_NOW}&don-vi-cu=1&{BOTH_ERAS}",
        {NINH_BINH_NOW: 12, HOA_LU_NOW: 4, CITY: 4 + 1},
    ),
    "each unit for itself": (
        f"don-vi={AN_GIANG}&hang=don-vi&ky=2024",
        {THOAI_SON: 28, THOI_SON: 36, PHU_HOI: 6, AN_GIANG: 12},
    ),
    # D is divided between the two that were asked about: a row of its own, in neither of them.
    "two heirs of a divided unit": (f"{DIVIDED}&{BOTH_ERAS}", {AN_PHU_NOW: 12, PHU_HOI: 6}),
    "one heir of a divided unit": (
        f"don-vi={AN_PHU_NOW}&don-vi-cu=1&hang=chon&{BOTH_ERAS}", {AN_PHU_NOW: 12 + 6},
    ),
    "the other heir": (
        f"don-vi={NHON_HOI_NOW}&don-vi-cu=1&hang=chon&{BOTH_ERAS}", {NHON_HOI_NOW: 6},
    ),
    "a unit and its heir": (
        f"don-vi={THOI_SON},{THOI_SON_NOW}&don-vi-cu=1&{BOTH_ERAS}", {THOI_SON: 36, THOI_SON_NOW: 12},
    ),
    "a district's ground asked of its province": (
        f"don-vi={AN_GIANG_NOW},{THOAI_SON}&don-vi-cu=1&ky=2024&hang=chon",
        # The province of today was not yet: its districts of then stand in its place.
        {THOAI_SON: 28, TINH_BIEN: 36, AN_PHU: 6, AN_GIANG: 12, KIEN_GIANG: 6},
    ),
    "undated": ("chua-ro-ngay=1", {AN_GIANG: 6, AN_GIANG_NOW: 3}),
    "undated of a unit": (f"don-vi={THOI_SON}&chua-ro-ngay=1", {THOI_SON: 6}),
}  # fmt: skip


@pytest.mark.parametrize("name", BY_HAND)
def test_rows_are_those_counted_by_hand(name):
    query, expected = BY_HAND[name]

    assert numbers(query) == (expected, sum(expected.values()))


@pytest.mark.parametrize("name", BY_HAND)
def test_no_choice_of_columns_changes_the_rows(name):
    query, expected = BY_HAND[name]
    others = [kind for kind in COLUMNS if kind != DEFAULT_COLUMNS]
    # Another kind for each question; every kind has its turn.
    kind = others[list(BY_HAND).index(name) % len(others)]

    assert numbers(query, columns=kind) == (expected, sum(expected.values()))


def test_columns_are_those_counted_by_hand():
    assert columns(f"{WHOLE}&ky=2024") == {
        "so-ket": 12 + 4, "tong-ket": 12, "doi-thoai": 6, "": 12 + 12 + 24 + 6,
    }  # fmt: skip
    assert columns(f"{WHOLE}&ky=2025", columns="muc") == {"II.3": 6, "": 44 - 6}
    assert columns("ky=2025", columns="the-loai") == {"tin": 53 - 6, "phan-anh": 6}
    assert columns("ky=2024", columns="chuyen-muc") == {"chuyen-muc-dem-tay": 12, "": 80}
    assert columns("ky=2024", columns="to-chuc") == {"mat-tran-dem-tay": 12, "": 80}


def test_a_report_of_two_topics_counts_once_in_the_total():
    table = table_of(Selection.of(f"don-vi={THOAI_SON}&ky=2024"), "chu-de")

    assert columns(f"don-vi={THOAI_SON}&ky=2024", columns="chu-de") == {
        "dan-van-kheo-dem-tay": 12, "quy-che-dan-chu-dem-tay": 12, "": 16,
    }  # fmt: skip
    assert (table.total, sum(table.totals), table.overlapping) == (28, 40, True)


# A month of C's, and what O has on the 1st, 14th, 15th, 20th, 21st and last day of 12/2023 and of
# March, June, September and December.
MONTHS_OF_THOI_SON = {
    "lich": [1, 1, 7, 1, 1, 7, 1, 1, 7, 1, 1, 7],
    "15-14": [1 + 4, 1, 1 + 2, 1 + 4, 1, 1 + 2, 1 + 4, 1, 1 + 2, 1 + 4, 1, 1 + 2],
    "chot-20": [1 + 2, 1, 1 + 4, 1 + 2, 1, 1 + 4, 1 + 2, 1, 1 + 4, 1 + 2, 1, 1 + 4],
}


@pytest.mark.parametrize("convention", MONTHS_OF_THOI_SON)
def test_months_are_cut_where_the_convention_cuts_them(convention):
    query = f"don-vi={THOI_SON}&ky=2024&quy-uoc={convention}"
    table = table_of(Selection.of(query), "thang")

    assert table.totals == MONTHS_OF_THOI_SON[convention]
    assert table.total == 36
    singly = [
        Selection.of(f"don-vi={THOI_SON}&ky=2024-{month:02d}&quy-uoc={convention}").reports.count()
        for month in range(1, 13)
    ]
    assert singly == table.totals


@pytest.mark.parametrize(
    ("ky", "convention", "days", "number"),
    [
        ("2023", "lich", (date(2023, 1, 1), date(2023, 12, 31)), 4 + 6 + 4),
        ("2023", "15-14", (date(2022, 12, 15), date(2023, 12, 14)), 4 + 2),
        ("2023", "chot-20", (date(2022, 12, 21), date(2023, 12, 20)), 4 + 4),
        ("2024-Q1", "lich", (date(2024, 1, 1), date(2024, 3, 31)), 3 * 5 + 2 + 1 + 6),
        ("2025-Q1", "lich", (date(2025, 1, 1), date(2025, 3, 31)), 1),
        ("2025-Q1", "15-14", (date(2024, 12, 15), date(2025, 3, 14)), 1 + 4),
        ("2025-Q1", "chot-20", (date(2024, 12, 21), date(2025, 3, 20)), 1 + 2),
        ("2024-9T", "15-14", (date(2023, 12, 15), date(2024, 9, 14)), 9 * 4 + 6 + 5 + 3 + 18 + 4 + 4),
        ("2025-H2", "15-14", (date(2025, 6, 15), date(2025, 12, 14)), 6 * 6 + 2 + 2 + 8),
    ],
)  # fmt: skip
def test_the_convention_changes_the_days_and_the_set_together(ky, convention, days, number):
    selection = Selection.of(f"ky={ky}&quy-uoc={convention}")

    assert (selection.period.start, selection.period.end) == days
    assert selection.reports.count() == number == table_of(selection).total
    printed = f"từ ngày {days[0]:%d/%m/%Y} đến ngày {days[1]:%d/%m/%Y}"
    assert selection.period_words == f"{selection.period.label}, {printed}"
    assert all(day in selection.period for day in selection.reports.values_list("counting_on", flat=True))  # fmt: skip


def found(unit, ky, convention):
    return Selection.of(f"don-vi={unit}&ky={ky}&quy-uoc={convention}").reports.count()


def test_the_briefing_of_26_december_is_of_the_next_year_by_15_14():
    assert {
        (ky, convention): found(DUC_PHO, ky, convention)
        for ky in ("2023", "2023-12", "2024", "2024-Q1", "2024-01")
        for convention in ("lich", "15-14")
    } == {
        ("2023", "lich"): 4, ("2023", "15-14"): 0,
        ("2023-12", "lich"): 4, ("2023-12", "15-14"): 0,
        ("2024", "lich"): 0, ("2024", "15-14"): 4,
        ("2024-Q1", "lich"): 0, ("2024-Q1", "15-14"): 4,
        ("2024-01", "lich"): 0, ("2024-01", "15-14"): 4,
    }  # fmt: skip


def test_the_survey_of_19_august_is_of_september_by_15_14():
    assert [found(THAP_MUOI, f"2022-0{month}", "lich") for month in (8, 9)] == [3, 0]
    assert [found(THAP_MUOI, f"2022-0{month}", "15-14") for month in (8, 9)] == [0, 3]


def test_units_without_a_report_are_listed_if_they_were_there():
    table = table_of(Selection.of(f"{WHOLE}&ky=2020"))
    names = [row.row.name for row in table.rows]

    # The districts of An Giang and Kiên Giang; nothing that began in 2025.
    assert len(names) == 11 + 15 == len(table.silent_units) + 1
    assert "Huyện Thoại Sơn" in names
    # It became a thị xã, with phường, in 2023.
    assert "Huyện Tịnh Biên" in names
    assert {row.row.key[:3] for row in table.rows} == {"t3-"}
    assert len(table_of(Selection.of(f"don-vi={AN_GIANG_NOW}&ky=2026")).rows) == 102 + 1
    assert len(table_of(Selection.of("ky=2024")).rows) == 63
    assert len(table_of(Selection.of("ky=2025")).rows) == 63 + 34
    assert len(table_of(Selection.of("ky=2026")).rows) == 34


def test_a_divided_unit_says_between_whom_and_counts_as_partial():
    table = table_of(Selection.of(f"{DIVIDED}&{BOTH_ERAS}"))
    (divided,) = [row for row in table.rows if row.row.key == PHU_HOI]

    assert (divided.total, divided.partial, divided.row.is_extra) == (6, 6, True)
    assert divided.row.divided_among == ("Xã An Phú", "Xã Nhơn Hội")
    assert [row.row.key for row in table.rows if not row.total] == [NHON_HOI_NOW]
    alone = table_of(Selection.of(f"don-vi={AN_PHU_NOW}&don-vi-cu=1&{BOTH_ERAS}"), rows="chon")
    assert [(row.total, row.partial) for row in alone.rows] == [(18, 6)]


def test_dated_and_undated_are_all():
    selection = Selection.of("")

    assert (selection.reports.count(), selection.undated.count()) == (211, 9)
    year = Selection.of(f"{WHOLE}&ky=2024")
    assert (year.reports.count(), year.undated.count()) == (88, 9)


def test_last_year_is_the_same_question_of_the_year_before():
    assert Selection.of("ky=2024&quy-uoc=15-14").last_year.reports.count() == 6
    assert Selection.of("tu=2024-12-20&den=2024-12-31").last_year.reports.count() == 3 + 4
    assert Selection.of(f"{WHOLE}&ky=2025-9T").last_year.reports.count() == 9 * 4 + 6 + 5 + 18 + 4
    assert Selection.of("chua-ro-ngay=1").last_year is None


@pytest.mark.parametrize("name", BY_HAND)
@pytest.mark.parametrize("kind", ["loai", "thang"])
def test_every_number_leads_to_exactly_its_reports(name, kind):
    """The reports behind the rows are all reports, each behind one row; so are the cells'."""
    selection = Selection.of(BY_HAND[name][0])
    table = table_of(selection, kind)
    behind_rows = []
    for row in (row for row in table.rows if row.total):
        theirs = list(selection.beside(dong=row.row.key).reports.values_list("pk", flat=True))
        assert len(theirs) == row.total
        behind_rows += theirs
        for column, number in zip(table.columns, row.cells, strict=True):
            if number:
                cell = selection.beside(dong=row.row.key, **column.narrowing).reports
                assert cell.count() == number, (row.row.key, column.value)
                assert set(cell.values_list("pk", flat=True)) <= set(theirs)

    assert sorted(behind_rows) == sorted(selection.reports.values_list("pk", flat=True))


def test_hidden_reports_stand_in_these_places(counted):
    """Control: what must not be counted would change these numbers."""
    from reports.models import Report

    hidden = Report.objects.exclude(pk__in=Report.objects.published())
    there = hidden.filter(counting_on__year__in=(2024, 2025)).values_list("unit", flat=True)
    assert hidden.count() == 80
    assert set(there) == {THOAI_SON, THOI_SON, AN_GIANG_NOW, PHU_HOI}
