"""The three hundred reports are what their table says: the numbers of all other tests rest on it."""

from datetime import date

import pytest

from reports.models import Report, ReportStatus
from tests.reports.desk.counted_reports import BLOCKS, PUBLIC, ROWS, numbers_of

pytestmark = pytest.mark.django_db


def test_the_table_adds_up():
    assert len(ROWS) == 300
    assert len(PUBLIC) == 64 + 76 + 42 + 13 + 16 + 9 == 220
    assert len([row for row in PUBLIC if row.counts_on]) == 211
    assert numbers_of(PUBLIC, "kind") == {
        ("so-ket",): 12 + 12 + 4,
        ("tong-ket",): 12 + 12,
        ("doi-thoai",): 6 + 12,
        ("toa-dam",): 12,
        ("giao-ban",): 4,
        ("giam-sat",): 3,
        ("trien-khai",): 5,
        ("",): 117 + 9,
    }


def test_the_database_holds_the_table(counted):
    reports = Report.objects.select_related("event")
    stored = {report.title: report for report in reports}

    assert len(stored) == 300
    assert {title: report.counting_on for title, report in stored.items()} == {
        row.title: row.counts_on for row in ROWS
    }
    assert {title: report.unit_id for title, report in stored.items()} == {
        row.title: row.unit for row in ROWS
    }
    assert Report.objects.published().count() == 220
    assert Report.objects.scheduled().count() == 15
    assert Report.objects.filter(status=ReportStatus.DRAFT).count() == 20 + 5
    assert Report.objects.filter(status=ReportStatus.SUBMITTED).count() == 20 + 5
    assert Report.objects.withdrawn().count() == 15


def test_it_was_written_as_a_save_would_have(counted):
    """Written in bulk for speed: saving one of each block again changes nothing that counts."""
    for name in BLOCKS:
        report = Report.objects.get(pk=counted[name, 0].pk)
        before = (report.counting_on, report.unit_label, report.unit_full_label, scopes(report))
        report.save()
        assert (report.counting_on, report.unit_label, report.unit_full_label, scopes(report)) == (
            before
        ), name


def scopes(report):
    return sorted(report.scopes.values_list("unit", "relation", "partial", "counting_on"))


def test_names_are_those_of_the_day(counted):
    assert counted["Q", 0].unit_label == "Xã Thới Sơn"
    assert counted["Q", 2].unit_label == "Phường Thới Sơn"
    assert (counted["Q", 0].counting_on, counted["Q", 2].counting_on) == (
        date(2023, 4, 9), date(2023, 4, 10),
    )  # fmt: skip
