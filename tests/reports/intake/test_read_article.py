"""The command: one JSON object a line for each file, and nothing stored."""

import io
import json

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from units.models import Unit

pytestmark = pytest.mark.django_db

PAGES = sorted((settings.BASE_DIR / "tests" / "data" / "intake").glob("*.txt"))
FIELDS = {
    "file", "title", "lead", "body_html", "published_at", "authors", "photographers", "organisation",
    "source", "category", "views", "captions", "event", "period", "unit_candidates", "figures",
    "removed", "warnings",
}  # fmt: skip


def run(*files):
    out = io.StringIO()
    call_command("read_article", *map(str, files), "--format", "json", stdout=out)
    return [json.loads(line) for line in out.getvalue().splitlines()]


def test_each_file_is_one_line_of_json_with_every_field():
    answers = run(*PAGES)

    assert [answer["file"] for answer in answers] == [str(page) for page in PAGES]
    for answer in answers:
        assert set(answer) >= FIELDS
        assert set(answer["event"]) >= {"kind", "held_on", "session", "venue", "chair"}
        for figure in answer["figures"]:
            assert set(figure) == {"value", "unit", "sentence"}


def test_days_moments_and_kinds_are_written_for_machines_and_people():
    (page,) = [page for page in PAGES if page.stem == "luot-xem"]
    (answer,) = run(page)

    assert answer["published_at"] == "2023-12-27T09:14:00+07:00"
    assert answer["event"] == {
        "kind": "giao ban, trực báo",
        "held_on": "2023-12-26",
        "ends_on": None,
        "session": "chiều",
        "venue": None,
        "chair": "Phạm Văn Sáng",
    }
    assert (answer["period"], answer["views"], answer["source"]) == ("2023", 98, None)


def test_a_share_is_printed_as_it_stands():
    (page,) = [page for page in PAGES if page.stem == "chan-trang"]
    (answer,) = run(page)

    assert [figure["value"] for figure in answer["figures"]] == [
        4120,
        1350.8,
        "7/9",
        98.6,
        84,
        "11/19",
        2,
    ]


def test_a_bad_file_says_so_and_stops_nothing(tmp_path):
    bad = tmp_path / "hong.docx"
    bad.write_bytes(b"PK\x03\x04")

    first, second, third = run(PAGES[0], bad, tmp_path / "khong-co.txt")

    assert "error" not in first
    assert second == {"file": str(bad), "error": second["error"]}
    assert second["error"].startswith("Không đọc được tệp Word")
    assert third["error"].startswith("Không đọc được tệp")


def test_nothing_is_stored():
    with CaptureQueriesContext(
        connection,
    ) as queries:
        run(*PAGES)

    assert [query["sql"] for query in queries if not query["sql"].startswith("SELECT")] == []


def test_without_units_there_are_no_candidates_but_a_word(monkeypatch):
    monkeypatch.setattr("reports.intake.places.is_empty", lambda: True)

    (answer,) = run(PAGES[0])

    assert Unit.objects.exists()
    assert answer["unit_candidates"] == []
    assert any("Danh mục đơn vị" in warning for warning in answer["warnings"])
