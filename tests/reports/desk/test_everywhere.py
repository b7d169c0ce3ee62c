"""One address, one set of reports: every page and every file of the desk holds those counted by hand."""

import re
from html import unescape
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.urls import reverse

from reports.desk.comparison import Change, comparison_of
from reports.desk.conferences import Conferences
from reports.desk.contributions import Targets, unit_shares
from reports.desk.counting import table_of
from reports.desk.coverage import coverage_of
from reports.desk.selection import Selection
from reports.desk.timeline import timeline_of
from tests.reports.desk.counted_reports import (
    AN_GIANG_NOW,
    AN_PHU_NOW,
    NHON_HOI_NOW,
    PUBLIC,
    THOAI_SON,
    THOI_SON,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("counted")]

WHOLE = f"don-vi={AN_GIANG_NOW}&don-vi-cu=1"
# {query: {block: numbers of its reports}}; None is all of the block.
BY_HAND = {
    f"{WHOLE}&ky=2024": {"A": None, "B": None, "C": None, "D": None, "E": None, "F": None,
                         "O": range(6, 30), "Y": None},
    f"{WHOLE}&ky=2024-Q1&quy-uoc=15-14": {
        "A": range(3), "B": range(3), "C": range(3), "D": range(3), "E": range(3), "F": range(2),
        # 15, 20, 21 and 31 December, 1 and 14 March.
        "O": (2, 3, 4, 5, 6, 7),
    },
    f"{WHOLE}&ky=2025": {
        "H": range(6), "I": range(6), "J": range(6), "K": range(6), "L": range(6), "P": range(6),
        "R": None, "S": None, "T": None,
    },
    f"don-vi={AN_PHU_NOW},{NHON_HOI_NOW}&don-vi-cu=1&tu=2024-01-01&den=2026-12-31": {
        "D": None, "L": None,
    },
    "ky=2024-Q1&quy-uoc=15-14&loai=giao-ban": {"V": None},
    f"don-vi={THOAI_SON}&ky=2024&loai=so-ket&muc=II.1": {"A": None},
}  # fmt: skip
TITLE = re.compile(r"Bài đếm tay [A-Z]\d? số \d+")
LISTS = ("list", "csv", "json", "excel", "word", "print")


def titles_of(blocks):
    return {
        row.title for row in PUBLIC
        if row.block in blocks and (blocks[row.block] is None or row.number in blocks[row.block])
    }  # fmt: skip


UNDATED = {row.title for row in PUBLIC if row.counts_on is None}


def words(answer):
    data = b"".join(answer) if answer.streaming else answer.content
    if data[:2] != b"PK":
        return data.decode()
    with ZipFile(BytesIO(data)) as archive:
        return " ".join(
            archive.read(name).decode() for name in archive.namelist() if name.endswith(".xml")
        )


def told_on(desk, name, query):
    """The titles in a page (all its pages) or file, without those of the undated beside it."""
    address, found = f"{reverse(f'desk:{name}')}?{query}", set()
    for page in range(1, 4 if name == "list" else 2):
        answer = desk.get(f"{address}&trang={page}" if name == "list" else address)
        if answer.status_code == 404:  # after the last page
            break
        assert answer.status_code == 200
        found.update(TITLE.findall(words(answer)))
    return found - UNDATED


@pytest.mark.parametrize("name", LISTS)
def test_lists_and_files_hold_exactly_these(desk, name):
    for query, blocks in BY_HAND.items():
        assert told_on(desk, name, query) == titles_of(blocks), query


def test_all_totals_are_the_same_number():
    for query, blocks in BY_HAND.items():
        selection = Selection.of(query)
        number = len(titles_of(blocks))
        assert {
            "reports": selection.reports.count(),
            "table": table_of(selection).total,
            "coverage": coverage_of(selection).total,
            "contributions": sum(each.total for each in unit_shares(selection, Targets.of(None))),
            "comparison": comparison_of(selection).total.change.now,
            "timeline": timeline_of(selection).total.change.now,
        } == dict.fromkeys(
            ("reports", "table", "coverage", "contributions", "comparison", "timeline"), number
        ), query


def test_rows_are_the_same_in_table_coverage_and_contributions():
    for query in BY_HAND:
        selection = Selection.of(query)
        table = {row.row.key: row.total for row in table_of(selection).rows}
        assert {row.row.key: row.total for row in coverage_of(selection).rows} == table
        shares = unit_shares(selection, Targets.of(None))
        assert {each.row.key: each.total for each in shares} == table


def test_the_year_before_is_counted_by_hand_too():
    # 2024 of An Giang's ground is 88; 2025 of it 44 (test_numbers).
    compared = comparison_of(Selection.of(f"{WHOLE}&ky=2025"))

    assert compared.total.change == Change(44, 88)
    assert sum(line.change.then for line in compared.units) == 88
    assert sum(line.change.now for line in compared.columns) == 44


@pytest.mark.parametrize("query", [f"{WHOLE}&ky=2025", "ky=2024&quy-uoc=15-14"])
def test_links_of_all_pages_lead_to_their_number(query):
    selection = Selection.of(query)
    compared, told = comparison_of(selection), timeline_of(selection)
    links = [
        (address, number)
        for line in (*compared.units, *compared.columns, *told.steps)
        for address, number in (
            (line.now_list, line.change.now),
            (line.then_list, line.change.then),
        )
        if address
    ]
    covered = coverage_of(selection)
    links += [
        (cell.query, cell.number) for row in covered.rows for cell in row.cells if cell.number
    ]
    links += [(row.query, row.total) for row in covered.rows]
    links += [(step.query, step.number) for step in covered.totals]

    assert len([number for _, number in links if number]) > 30
    for address, number in links:
        assert Selection.of(unescape(address).rpartition("?")[2]).reports.count() == number, address


def test_coverage_of_thoi_son_by_15_14():
    """A month each, and what lies on the edges (test_numbers); the months add up."""
    covered = coverage_of(Selection.of(f"don-vi={THOI_SON}&ky=2024&quy-uoc=15-14"))

    assert [step.number for step in covered.totals] == [5, 1, 3, 5, 1, 3, 5, 1, 3, 5, 1, 3]


def test_conferences_stand_once_however_many_tell_of_them():
    def held(query):
        return Conferences(Selection.of(query)).dated.count()

    # A, D, E of 2024, and Y, which four reports tell of.
    assert held(f"{WHOLE}&ky=2024") == 12 + 6 + 12 + 1
    assert held(f"{WHOLE}&ky=2024&loai=so-ket") == 12 + 1
    assert held("ky=2023&loai=giao-ban") == 1
    assert held("ky=2023&loai=giao-ban&quy-uoc=15-14") == 0
    assert held("ky=2024-Q1&loai=giao-ban&quy-uoc=15-14") == 1
    assert held("ky=2022-09&quy-uoc=15-14") == held("ky=2022-08") == 1
