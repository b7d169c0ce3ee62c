"""Whatever is chosen, the desk counts what a slow count over the plain rows counts."""

from collections import Counter
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reports.desk import places as places_module
from reports.desk.counting import table_of
from reports.desk.places import EACH
from reports.desk.selection import Selection
from tests.reports.desk import counted_reports as world
from tests.reports.desk.counting_again import above, belongs, existed, later, row_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("counted")]

UNITS = (
    *sorted({row.unit for row in world.ROWS}), world.NHON_HOI_NOW, world.CITY_AFTER,
    "t3-883", "t3-886", "t3-890", "t3-51", "t2-51", "t2-82", "t3-30682", "t3-30358", "t2-30352",
)  # fmt: skip
CONVENTIONS = {"lich": None, "15-14": 14, "chot-20": 20, "chot-30": 30}
KY = {"": (1, 12), "-Q1": (1, 3), "-Q2": (4, 6), "-Q4": (10, 12), "-H1": (1, 6), "-H2": (7, 12),
      "-9T": (1, 9), "-03": (3, 3), "-07": (7, 7), "-12": (12, 12)}  # fmt: skip
HOW_FAR = {"own": "&chi-don-vi=1", "below": "", "area": "&don-vi-cu=1"}


def cut(year, month, cutoff):
    """The last day of the reporting month: the cut-off day, or the month's own last."""
    following = date(year + month // 12, month % 12 + 1, 1)
    last = following - timedelta(days=1)
    return last if cutoff is None else date(year, month, min(cutoff, last.day))


def days_of(year, part, convention):
    first, last = KY[part]
    cutoff = CONVENTIONS[convention]
    before = (year, first - 1) if first > 1 else (year - 1, 12)
    return cut(*before, cutoff) + timedelta(days=1), cut(year, last, cutoff)


periods = st.one_of(
    st.tuples(
        st.sampled_from([2022, 2023, 2024, 2025, 2026]),
        st.sampled_from(sorted(KY)),
        st.sampled_from(sorted(CONVENTIONS)),
    ).map(lambda p: (f"ky={p[0]}{p[1]}&quy-uoc={p[2]}", days_of(*p))),
    st.tuples(
        st.dates(date(2019, 1, 1), date(2026, 7, 1)), st.integers(0, 900)
    ).map(lambda p: (p[0], p[0] + timedelta(days=p[1]))).map(
        lambda days: (f"tu={days[0]}&den={days[1]}", days)
    ),
    st.sampled_from([("", None), ("chua-ro-ngay=1", "undated"),
                     ("ky=2025&chua-ro-ngay=1", "undated")]),
)  # fmt: skip
columns = st.sampled_from(["loai", "muc", "the-loai", "chuyen-muc", "to-chuc"])
VALUE = {"loai": "kind", "muc": "heading", "the-loai": "genre", "chuyen-muc": "section",
         "to-chuc": "organisation"}  # fmt: skip


def counted_again(days, units, how_far):
    """The public rows of the choice, looked at one by one."""
    for row in world.PUBLIC:
        if days == "undated":
            in_time = row.counts_on is None
        else:
            in_time = row.counts_on and (days is None or days[0] <= row.counts_on <= days[1])
        if in_time and belongs(row, units, how_far):
            yield row


@settings(max_examples=60)
@given(
    units=st.lists(st.sampled_from(UNITS), max_size=4, unique=True),
    how_far=st.sampled_from(sorted(HOW_FAR)),
    period=periods,
    rows=st.sampled_from(["", "truc-thuoc", "chon", "don-vi"]),
    kind=columns,
)
def test_both_counts_agree(units, how_far, period, rows, kind):
    check(units, how_far, period, rows, kind)


def check(units, how_far, period, rows, kind):
    query, days = period
    if units:
        query += f"&don-vi={','.join(units)}{HOW_FAR[how_far]}"
    else:
        how_far = "below"
    selection = Selection.of(f"{query}&hang={rows}")
    table = table_of(selection, kind)
    mine = list(counted_again(days, units, how_far))

    assert set(selection.reports.values_list("title", flat=True)) == {row.title for row in mine}
    keys = {row.row.key for row in table.rows if not row.row.is_extra}
    cells, partial = Counter(), Counter()
    for row in mine:
        key, in_part = row_of(row, keys, how_far, each_its_own=rows == EACH)
        cells[key, getattr(row, VALUE[kind])] += 1
        partial[key] += in_part
    assert cells == {
        (row.row.key, column.value): number
        for row in table.rows
        for column, number in zip(table.columns, row.cells, strict=True)
        if number
    }
    assert +partial == {row.row.key: row.partial for row in table.rows if row.partial}
    assert table.total == len(mine)
    if isinstance(days, tuple):
        assert all(existed(key, *days) for key in keys)
    if table.total:
        # One row, and what is behind it.
        row = max(table.rows, key=lambda row: (row.total, row.row.key))
        behind = selection.beside(dong=row.row.key).reports.values_list("title", flat=True)
        assert sorted(behind) == sorted(
            each.title for each in mine
            if row_of(each, keys, how_far, each_its_own=rows == EACH)[0] == row.row.key
        )  # fmt: skip


QUESTION = (
    [world.AN_PHU_NOW, world.NHON_HOI_NOW], "area",
    ("tu=2024-01-01&den=2026-12-31", (date(2024, 1, 1), date(2026, 12, 31))), "", "loai",
)  # fmt: skip


def test_the_second_count_sees_a_report_in_a_wrong_row(monkeypatch):
    """Control: give the divided unit's reports to one of its heirs, and the counts part."""
    check(*QUESTION)

    def first_heir(self, key):
        if key == world.PHU_HOI:
            return [(self.first, self.last, world.AN_PHU_NOW, False, ())]
        return right(self, key)

    right = places_module.Places.pieces
    monkeypatch.setattr(places_module.Places, "pieces", first_heir)
    with pytest.raises(AssertionError):
        check(*QUESTION)


def test_the_second_count_sees_a_report_counted_twice(monkeypatch):
    """Control: a list that finds a report under each of its units counts it twice."""
    from reports.models import ScopeRelation
    from reports.models.questions import ReportQuerySet

    def in_each_of(self, units, furthest=ScopeRelation.SUBORDINATE):
        keys = [unit.pk for unit in units]
        return self.filter(scopes__unit__in=keys, scopes__relation__lte=furthest)

    monkeypatch.setattr(ReportQuerySet, "in_any_of", in_each_of)
    with pytest.raises(AssertionError):
        check(*QUESTION)


def test_the_second_count_knows_the_ground():
    """Control: what the plain count says of places is what the law says."""
    assert above(world.THOI_SON, date(2024, 1, 1)) == ["t3-890", "t3-89"]
    assert later(world.THOI_SON, date(2024, 1, 1)) == {"t2-30502": False, "t2-91": False}
    assert later(world.PHU_HOI, date(2024, 1, 1)) == {
        "t2-30337": True, "t2-30346": True, "t2-91": False,
    }  # fmt: skip
    assert later(world.THOAI_SON, date(2024, 1, 1)) == {"t2-91": False}
    assert later(world.CITY, date(2024, 1, 1)) == {"t3-374": False, "t2-37": False}
