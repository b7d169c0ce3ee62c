"""`xep=nhieu` and `gon=1`: another order and fewer rows, never other numbers."""

import pytest

from reports.desk import charts
from reports.models import ReportHeading
from tests.reports.desk.counted_reports import AN_GIANG_NOW

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("counted")]

CHOICE = f"don-vi={AN_GIANG_NOW}&don-vi-cu=1&ky=2024"


def table(desk, more=""):
    context = desk.get(f"/tong-hop/?{CHOICE}{more}").context
    return [(line.row.key, line.total) for line, *_ in context["lines"]], context


def test_the_most_reports_come_first_and_equals_stay_by_name(desk):
    usual, _ = table(desk)
    ordered, context = table(desk, "&xep=nhieu")

    assert ordered == sorted(usual, key=lambda row: -row[1])
    assert ordered != usual
    assert context["table"].total == sum(total for _, total in usual)


def test_folded_units_are_named_beneath_and_the_sum_stays(desk):
    usual, full = table(desk)
    folded, context = table(desk, "&gon=1")

    assert folded == [row for row in usual if row[1]]
    assert full["folded"] == ""
    silent = [line.row.label for line, *_ in full["lines"] if not line.total]
    assert context["folded"] == f"{len(silent)} đơn vị chưa có bài: {'; '.join(silent)}."
    assert [text for text, _ in context["totals"]] == [text for text, _ in full["totals"]]


@pytest.mark.parametrize(
    ("page", "rows", "total"),
    [
        ("do-phu/", lambda context: context["page"].rows, lambda row: row.total),
        ("dong-gop/", lambda context: context["units"].rows, lambda row: row.total),
        (
            "cung-ky/",
            lambda context: context["units"],
            lambda row: max(row.change.now, row.change.then),
        ),
    ],
)
def test_the_other_tables_of_units_obey_the_same_words(desk, page, rows, total):
    usual = rows(desk.get(f"/tong-hop/{page}?{CHOICE}").context)
    response = desk.get(f"/tong-hop/{page}?{CHOICE}&xep=nhieu&gon=1")

    expected = sorted(filter(total, usual), key=lambda row: -total(row))
    assert [total(row) for row in rows(response.context)] == [total(row) for row in expected]
    assert len(expected) < len(usual)
    assert response.context["folded"].startswith(f"{len(usual) - len(expected)} đơn vị chưa có bài")


def test_the_list_behind_a_number_and_the_files_are_the_same_in_any_order(desk):
    _, context = table(desk, "&xep=nhieu&gon=1")
    (words, *_), *_ = context["lines"]

    assert "gon=1" not in context["all_reports"]
    assert words.total == desk.get(context["lines"][0][2]).context["total"]


def test_nonsense_in_the_order_is_no_order(desk):
    assert table(desk, "&xep=%00&gon=2")[0] == table(desk)[0]


def test_the_chart_draws_the_rows_beside_it_in_their_order(desk):
    context = desk.get(f"/tong-hop/cung-ky/?{CHOICE}&xep=nhieu&gon=1").context

    beside = [line.label for line in context["units"]]
    assert [row.label for row in context["unit_chart"].rows] == beside[: charts.MOST_ROWS]


def test_the_list_can_stand_under_the_headings_of_a_report(desk):
    usual = desk.get(f"/tong-hop/danh-sach/?{CHOICE}").context
    grouped = desk.get(f"/tong-hop/danh-sach/?{CHOICE}&nhom=muc").context

    assert grouped["total"] == usual["total"]
    assert {report.pk for _, rows in grouped["groups"] for report in rows} == {
        report.pk for report in grouped["page"]
    }
    order = [*ReportHeading.labels, "Chưa xếp mục báo cáo"]
    heads = [head for head, _ in grouped["groups"]]
    assert heads == sorted(set(heads), key=order.index)
    assert all(
        (report.get_heading_display() or order[-1]) == head
        for head, rows in grouped["groups"]
        for report in rows
    )
    assert [(words, current) for words, _, current in grouped["orders"] if current] == [
        ("Theo mục báo cáo", True)
    ]
    newest = desk.get(f"/tong-hop/danh-sach/{grouped['orders'][0][1]}").context
    assert newest["groups"] == [("", usual["page"].rows)]
