"""The numbers of the Word report are the screen's."""

import shutil
import subprocess

import pytest

from reports.desk.comparison import comparison_of
from reports.desk.counting import table_of
from reports.desk.selection import Selection
from tests.reports.desk.reading_word import download, entries, grid, lines, opened

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("counted")]


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


def test_a_unit_younger_than_the_year_before_is_not_compared(desk):
    document = opened(desk, "don-vi=t2-91&ky=2026-05")

    facts = dict(line.split(": ", 1) for line in lines(document, "DVThongTin"))
    assert facts["Lưu ý"].startswith("Tỉnh An Giang có từ ngày 01/07/2025")
    assert grid(document, "Đơn vị")[0] == ["Đơn vị", "Số bài"]
    assert "cùng kỳ" not in lines(document, "DVThan")[0]


@pytest.mark.drill
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
