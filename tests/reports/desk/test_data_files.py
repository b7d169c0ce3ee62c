"""CSV and JSON of a choice: the reports that were counted, each with the row it was counted in."""

import csv
import io
import json
from collections import Counter

import pytest

from reports import open_data
from reports.desk.counting import table_of
from reports.desk.selection import Selection
from tests.factories import ReportFactory, next_commune
from tests.reports.desk.counted_reports import AN_GIANG_NOW, HIDDEN_WORD, PHU_HOI

pytestmark = pytest.mark.django_db

WHOLE = f"don-vi={AN_GIANG_NOW}&don-vi-cu=1"


@pytest.fixture
def elsewhere():
    """A unit of which nothing else is counted."""
    return next(
        unit for unit in iter(next_commune, None) if unit.parent_id not in ("t2-91", "t2-37")
    )


def lines(client, query):
    text = client.get(f"/tong-hop/xuat/du-lieu.csv?{query}").getvalue().decode()
    assert text.startswith("\ufeff")
    return list(csv.DictReader(io.StringIO(text[1:])))


def objects(client, query):
    return json.loads(client.get(f"/tong-hop/xuat/du-lieu.json?{query}").getvalue())


@pytest.mark.usefixtures("counted")
@pytest.mark.parametrize(
    "query",
    [
        f"{WHOLE}&ky=2024",
        f"{WHOLE}&ky=2025&quy-uoc=15-14&sap-xep=xem-nhieu",
        "don-vi=t2-30337,t2-30346&don-vi-cu=1&tu=2024-01-01&den=2026-12-31",
        f"{WHOLE}&chua-ro-ngay=1",
    ],
)
def test_the_rows_add_up_to_the_table_of_the_screen(desk, query):
    table = table_of(Selection.of(query))
    rows = lines(desk, query)

    assert Counter(row["dong_ma"] for row in rows) == {
        row.row.key: row.total for row in table.rows if row.total
    }
    assert sum(int(row["mot_phan"]) for row in rows) == sum(row.partial for row in table.rows)
    assert len({row["ma"] for row in rows}) == len(rows) == table.total
    assert HIDDEN_WORD not in str(rows).lower()


@pytest.mark.usefixtures("counted")
def test_a_divided_unit_names_the_rows_its_ground_went_to(desk):
    rows = lines(desk, "don-vi=t2-30337,t2-30346&don-vi-cu=1&tu=2024-01-01&den=2026-12-31")

    assert {(row["dong_ma"], row["chia_cho"]) for row in rows} == {
        (PHU_HOI, "Xã An Phú; Xã Nhơn Hội"),
        ("t2-30337", ""),
    }


@pytest.mark.usefixtures("counted")
def test_json_says_what_was_chosen_and_holds_the_same_rows(desk):
    query = f"{WHOLE}&ky=2024&quy-uoc=15-14&loai=so-ket"
    data = objects(desk, query)
    rows = lines(desk, query)

    assert data["ky"] == {
        "ten": "Năm 2024, từ ngày 15/12/2023 đến ngày 14/12/2024",
        "tu": "2023-12-15",
        "den": "2024-12-14",
        "cach_tinh": "15-14",
    }
    assert {"ten": "Loại sự kiện", "noi_dung": "Sơ kết"} in data["dieu_kien"]
    assert data["so_bai"] == len(rows)
    selection = Selection.of(query)
    undated = objects(desk, data["chua_ro_ngay"]["tham_so"])
    assert data["chua_ro_ngay"]["so_bai"] == selection.undated.count() == undated["so_bai"]
    assert [{name: str(value) for name, value in row.items()} for row in data["bai"]] == rows


def test_a_long_file_is_sent_in_parts_and_whole(desk, monkeypatch, elsewhere):
    monkeypatch.setattr(open_data, "CHUNK", 2)
    reports = ReportFactory.create_batch(5, published=True, unit=elsewhere)

    response = desk.get(f"/tong-hop/xuat/du-lieu.csv?don-vi={elsewhere.pk}")
    assert response.streaming
    assert len(list(response.streaming_content)) == 1 + 3
    assert {int(row["ma"]) for row in lines(desk, f"don-vi={elsewhere.pk}")} == {
        each.pk for each in reports
    }


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@a"])
def test_no_spreadsheet_runs_a_text_of_the_csv(desk, text, elsewhere):
    ReportFactory(published=True, unit=elsewhere, title=text)

    (row,) = lines(desk, f"don-vi={elsewhere.pk}")
    assert row["tit"] == f"'{text}"
    assert objects(desk, f"don-vi={elsewhere.pk}")["bai"][0]["tit"] == text


@pytest.mark.parametrize(
    ("query", "words"),
    [("ky=hôm+qua", "Không hiểu kỳ"), ("loai=khong-co", "Không có “khong-co”"),
     ("don-vi=thoi+son", "don-vi=t2-30502")],
)  # fmt: skip
def test_what_is_not_understood_gives_no_file_but_a_word(desk, query, words):
    response = desk.get(f"/tong-hop/xuat/du-lieu.csv?{query}")

    assert response.status_code == 400
    assert words in response.content.decode()
