"""A question that would keep the database busy for minutes is stopped, and the page says what to choose."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import OperationalError, connection
from django.urls import reverse

from reports.desk import patience, table_views
from units.models import Unit

QUERY = "don-vi=t2-91&don-vi-cu=1&ky=2026"
WORDS = "Hãy chọn kỳ ngắn hơn hoặc ít đơn vị hơn."

on_postgresql = pytest.mark.skipif(
    connection.vendor != "postgresql", reason="only PostgreSQL stops a question"
)


def asleep(seconds):
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_sleep(%s)", [seconds])


@pytest.fixture
def slow_table(monkeypatch):
    """The numbers take as many seconds as the dictionary says."""
    takes, table_of = {"seconds": 60}, table_views.table_of

    def slowly(*args, **more):
        asleep(takes["seconds"])
        return table_of(*args, **more)

    monkeypatch.setattr(table_views, "table_of", slowly)
    return takes


@on_postgresql
def test_what_takes_too_long_is_answered_with_shorter_periods(desk, slow_table, settings):
    settings.DESK_SECONDS = 0.2

    response = desk.get(f"/tong-hop/?{QUERY}")

    page = response.content.decode()
    assert (response.status_code, response["Retry-After"]) == (503, "30")
    assert WORDS in page
    assert f'<a class="button" href="/tong-hop/?{QUERY.replace("&", "&amp;")}">Thử lại</a>' in page
    assert 'href="?don-vi=t2-91&amp;don-vi-cu=1&amp;ky=' in page
    assert "no-store" in response["Cache-Control"]


@on_postgresql
def test_the_next_page_is_as_it_always_was(desk, slow_table, settings):
    settings.DESK_SECONDS = 0.2
    desk.get(f"/tong-hop/?{QUERY}")
    settings.DESK_SECONDS, slow_table["seconds"] = 60, 0

    assert desk.get(f"/tong-hop/?{QUERY}").status_code == 200


@on_postgresql
@pytest.mark.parametrize("limit", [0, 60])
def test_what_is_allowed_its_time_is_told(desk, slow_table, settings, limit):
    settings.DESK_SECONDS, slow_table["seconds"] = limit, 0.3

    assert desk.get(f"/tong-hop/?{QUERY}").status_code == 200


@on_postgresql
def test_only_the_desk_has_a_limit_and_only_while_it_looks(db):
    with pytest.raises(patience.TooLong), patience.patient(0.05):
        asleep(60)

    with connection.cursor() as cursor:
        cursor.execute("SHOW statement_timeout")
        assert cursor.fetchone() == ("0",)


def test_another_trouble_of_the_database_stays_what_it_is(db):
    with pytest.raises(OperationalError, match="away"), patience.patient(60):
        raise OperationalError("away")


@pytest.mark.once
@pytest.mark.django_db
@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("/tong-hop/", "DESK_SECONDS"),
        ("/tong-hop/danh-sach/", "DESK_SECONDS"),
        ("/tong-hop/xuat/phu-luc.xlsx", "DESK_FILE_SECONDS"),
        ("/tong-hop/xuat/ban-in/", "DESK_FILE_SECONDS"),
        ("/tong-hop/dan-van-kheo/so.xlsx", "DESK_FILE_SECONDS"),
    ],
)
def test_files_may_take_longer_than_pages(rf, settings, address, name):
    settings.DESK_SECONDS, settings.DESK_FILE_SECONDS = 1, 2

    assert patience.seconds_for(rf.get(address)) == getattr(settings, name)


@pytest.mark.once
def test_a_database_without_limits_answers_as_before(desk, settings):
    settings.DESK_SECONDS = 0.000001

    assert desk.get(f"/tong-hop/?{QUERY}").status_code == 200


@pytest.mark.once
@pytest.mark.parametrize(("name", "offers"), [("table", True), ("csv", True), ("register", False)])
def test_shorter_periods_are_offered_where_a_period_is_chosen(
    desk, monkeypatch, settings, name, offers
):
    def stopped(seconds):
        raise patience.TooLong

    monkeypatch.setattr("reports.desk.access.patient", stopped)

    response = desk.get(f"{reverse(f'desk:{name}')}?{QUERY}")

    assert response.status_code == 503
    assert ("Vẫn lựa chọn này, kỳ:" in response.content.decode()) is offers


@on_postgresql
def test_a_limit_and_what_a_search_says_hold_for_their_question_alone(db):
    def on_a_connection_of_its_own():
        with connection.cursor() as cursor:
            with patience.patient(60):
                cursor.execute("SHOW statement_timeout")
                inside = cursor.fetchone()
                # As `reports.search` asks; around it there must be no transaction to keep it.
                cursor.execute("SET LOCAL enable_seqscan = off; SHOW enable_seqscan")
                asked = cursor.fetchone()
                cursor.execute("SHOW enable_seqscan")
                next_one = cursor.fetchone()
            cursor.execute("SHOW statement_timeout")
            after = cursor.fetchone()
        connection.close()
        return inside, asked, next_one, after

    with ThreadPoolExecutor(1) as threads:
        told = threads.submit(on_a_connection_of_its_own).result()

    assert told == (("1min",), ("off",), ("on",), ("0",))


@on_postgresql
def test_rows_that_come_piece_by_piece_come_as_always(db):
    with patience.patient(60):
        keys = list(
            Unit.objects.order_by("pk").values_list("pk", flat=True).iterator(chunk_size=500)
        )

    assert len(keys) == Unit.objects.count() > 500
