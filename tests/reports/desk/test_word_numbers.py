"""The Word report as a whole: its numbers are the screen's, no report is left out, limits are told."""

import shutil
import subprocess
from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from reports.desk import outline as outlines
from reports.desk import report_views
from reports.desk.comparison import comparison_of
from reports.desk.counting import table_of
from reports.desk.selection import Selection
from reports.models import Committee, Event, EventKind
from tests.factories import ReportFactory
from tests.reports.desk.conftest import at_the_desk
from tests.reports.desk.reading_word import download, entries, grid, lines, opened

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


# --- the whole ------------------------------------------------------------------------------------


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


# --- the numbers ----------------------------------------------------------------------------------


@pytest.mark.usefixtures("counted")
@pytest.mark.parametrize(
    "query",
    [
        "don-vi=t2-91&don-vi-cu=1&ky=2024",
        "don-vi=t2-91&don-vi-cu=1&ky=2026-H1&quy-uoc=15-14",
        "don-vi=t2-30337,t2-30346&don-vi-cu=1&ky=2024",
        "don-vi=t2-91&don-vi-cu=1&ky=2024&dong=t3-894",
        "don-vi=t2-91&don-vi-cu=1&chua-ro-ngay=1",
    ],
)
def test_the_numbers_are_those_of_the_screen(desk, query):
    selection = Selection.of(query)
    table = table_of(selection)
    document = opened(desk, query)

    rows = grid(document, "Đơn vị")
    shown = [row for row in table.rows if row.total or "dong" not in selection.filters.chosen]
    assert [row[1] for row in rows[1 : 1 + len(shown)]] == [str(row.total) for row in shown]
    assert rows[-1][:2] == ["Cộng", str(table.total)]
    assert len(entries(document)) == table.total + (
        0 if selection.filters.wants_undated else selection.undated.count()
    )
    compared = comparison_of(selection)
    assert ("Cùng kỳ" in rows[0]) == (compared is not None)
    if compared and "dong" not in selection.filters.chosen:
        assert rows[-1][2] == str(compared.total.change.then)
        assert sum(int(row[2]) for row in rows[1:-1]) == compared.total.change.then
    silent = [line for line in lines(document, "DVThan") if "đơn vị chưa có bài:" in line]
    expected = [row.label for row in table.silent_units]
    if expected and "dong" not in selection.filters.chosen:
        assert silent == [f"{len(expected)} đơn vị chưa có bài: {'; '.join(expected)}."]
    else:
        assert silent == []


@pytest.mark.usefixtures("counted")
def test_a_unit_younger_than_the_year_before_is_not_compared(desk):
    document = opened(desk, "don-vi=t2-91&ky=2026-05")

    facts = dict(line.split(": ", 1) for line in lines(document, "DVThongTin"))
    assert facts["Lưu ý"].startswith("Tỉnh An Giang có từ ngày 01/07/2025")
    assert grid(document, "Đơn vị")[0] == ["Đơn vị", "Số bài"]
    assert "cùng kỳ" not in lines(document, "DVThan")[0]


@pytest.mark.drill
@pytest.mark.usefixtures("counted")
@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed")
def test_libreoffice_opens_it_and_finds_its_pages(desk, tmp_path):
    file = tmp_path / "bao-cao.docx"
    file.write_bytes(download(desk, "don-vi=t2-91&don-vi-cu=1&ky=2024&dai=day-du"))

    subprocess.run(
        [
            "soffice",
            f"-env:UserInstallation={(tmp_path / 'lo').as_uri()}",
            "--headless",
            "--convert-to",
            "pdf",
            "--outdir",
            tmp_path,
            file,
        ],
        check=True,
        capture_output=True,
        timeout=300,
    )

    assert (tmp_path / "bao-cao.pdf").read_bytes().count(b"/Type/Page/") > 5


@pytest.mark.usefixtures("counted")
def test_one_month_of_a_table_is_said_and_compared_with_its_own_month(desk):
    query = "don-vi=t2-91&don-vi-cu=1&ky=2024&thang=2024-05"
    document = opened(desk, query)

    total = Selection.of(query).reports.count()
    before = Selection.of("don-vi=t2-91&don-vi-cu=1&ky=2023&thang=2023-05").reports.count()
    assert grid(document, "Đơn vị")[-1][1:3] == [str(total), str(before)]
    said = lines(document, "DVThan")[0]
    assert "riêng tháng 5/2024 (01/05/2024 – 31/05/2024)" in said
    assert f"tổng cộng {total} bài" in said
    assert "(01/05/2023 – 31/05/2023)" in said
