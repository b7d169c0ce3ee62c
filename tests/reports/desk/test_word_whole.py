"""The Word report as a whole: no report is left out, limits are told, the header is one's own."""

from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from reports.desk import outline as outlines
from reports.desk import report_views
from reports.models import Committee, Event, EventKind
from tests.factories import ReportFactory
from tests.reports.desk.conftest import at_the_desk
from tests.reports.desk.reading_word import download, entries, opened

pytestmark = pytest.mark.django_db

XA = "t2-30682"  # xã Thoại Sơn
MAY = "don-vi=t2-91&ky=2026-05"


def told(unit, day, *, month=5, **fields):
    return ReportFactory(
        published=True,
        unit_id=unit,
        published_at=datetime(2026, month, day, 3, tzinfo=UTC),
        **fields,
    )


def test_batches_leave_no_report_out(desk, monkeypatch):
    for day in range(1, 8):
        told(XA, day, title=f"Ngày {day}")
    whole = entries(opened(desk, MAY))

    monkeypatch.setattr(outlines, "BATCH", 3)

    assert entries(opened(desk, MAY)) == whole
    assert len(whole) == 7


def test_it_costs_the_same_however_many_reports(desk):
    event = Event.objects.create(
        name="Hội nghị", kind=EventKind.INTERIM_REVIEW, unit_id=XA, event_on=date(2026, 5, 2)
    )
    told(XA, 5, event=event)
    download(desk, f"{MAY}&dai=day-du")  # what is kept in memory is there from now on
    with CaptureQueriesContext(connection) as one:
        download(desk, f"{MAY}&dai=day-du")
    for day in range(6, 9):
        told(XA, day, event=event)
    with CaptureQueriesContext(connection) as four:
        download(desk, f"{MAY}&dai=day-du")

    assert len(four) == len(one)


def test_too_many_reports_are_refused_in_words(desk, monkeypatch):
    told(XA, 5)
    told(XA, 6)
    monkeypatch.setattr(report_views, "MOST_REPORTS", 1)

    response = desk.get(f"/tong-hop/xuat/bao-cao.docx?{MAY}")

    assert response.status_code == 400
    assert "Hãy chọn kỳ ngắn hơn" in response.content.decode()


def test_a_report_bears_the_header_of_ones_own_unit_alone(client):
    Committee.objects.create(unit_id="t2-91", issuing_body="Ban của An Giang")
    Committee.objects.create(unit_id="t2-37", issuing_body="Ban của Ninh Bình")
    client.force_login(at_the_desk("t2-37"))

    document = opened(client, f"{MAY}&ban=t2-91")

    assert document.tables[0].rows[0].cells[0].paragraphs[0].text == "Ban của Ninh Bình"
