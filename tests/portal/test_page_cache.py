"""Ready pages: never a cookie, never early, never what was changed; and what an outage leaves."""

import gzip
from datetime import UTC, datetime

import pytest
from django.db import OperationalError

from portal.generation import SharedGeneration
from portal.page_cache import KEPT_SECONDS, PageCache
from reports.models import Report
from tests.portal.asking import Answer

FAR = datetime(2100, 1, 1, tzinfo=UTC)


class Kitchen:
    """An application that counts how often it had to cook."""

    def __init__(self, status="200 OK", body=b"<p>chao</p>" * 200, **headers):
        self.status, self.body, self.cooked = status, body, 0
        self.headers = {"Content-Type": "text/html; charset=utf-8", **headers}

    def __call__(self, environ, start_response):
        self.cooked += 1
        start_response(self.status, list(self.headers.items()))
        return [self.body]


@pytest.fixture
def served(generation, clock):
    """A function: an application, behind ready pages."""

    def served(application, change=FAR):
        return PageCache(
            application, generation, lambda now: change, forget=lambda: None, clock=clock
        )

    return served


# --- what is kept --------------------------------------------------------------------------------


def test_a_page_is_drawn_once(served):
    kitchen = Kitchen()
    site = served(kitchen)

    bodies = {Answer(site, "/tin/?trang=2").body for _ in range(3)}

    assert (kitchen.cooked, bodies) == (1, {kitchen.body})


def test_each_address_is_a_page_of_its_own(served):
    kitchen = Kitchen()
    site = served(kitchen)
    for path in ("/tin/", "/tin/?trang=2", "/", "/tin/"):
        Answer(site, path)

    assert kitchen.cooked == 3


@pytest.mark.parametrize(
    "kitchen",
    [
        Kitchen(**{"Set-Cookie": "a=1"}),
        Kitchen(**{"Cache-Control": "no-store, private"}),
        Kitchen(**{"Cache-Control": "private"}),
        Kitchen(**{"Vary": "Cookie"}),
        Kitchen(status="404 Not Found"),
        Kitchen(status="500 Internal Server Error"),
        Kitchen(status="301 Moved Permanently"),
        Kitchen(body=b"x" * 600_000),
    ],
)
def test_what_is_private_broken_or_huge_is_never_kept(served, kitchen):
    site = served(kitchen)
    Answer(site, "/tin/")
    Answer(site, "/tin/")

    assert kitchen.cooked == 2


@pytest.mark.parametrize(
    "path",
    ["/quan-tri/", "/tong-hop/x", "/media/anh/a.jpg", "/gop-y/", "/luot-xem/1/", "/readyz", "/tin/?q=" + "x" * 600],
)  # fmt: skip
def test_the_staffs_side_files_and_forms_go_to_django_each_time(served, path):
    kitchen = Kitchen()
    site = served(kitchen)
    Answer(site, path)
    Answer(site, path)

    assert kitchen.cooked == 2


def test_a_post_is_never_answered_from_memory(served):
    kitchen = Kitchen()
    site = served(kitchen)
    Answer(site, "/tin/")
    Answer(site, "/tin/", method="POST")

    assert kitchen.cooked == 2


def test_a_wrong_host_hears_it_from_django(served):
    kitchen = Kitchen()
    site = served(kitchen)
    Answer(site, "/tin/")
    Answer(site, "/tin/", HTTP_HOST="evil.example")

    assert kitchen.cooked == 2


def test_memory_has_an_end(served, monkeypatch):
    monkeypatch.setattr("portal.page_cache.MOST_BYTES", 30_000)
    kitchen = Kitchen(body=b"0123456789" * 1000)
    site = served(kitchen)
    for number in (1, 2, 3, 4, 4, 1):
        Answer(site, f"/tin/?trang={number}")

    # The fourth was kept, the first had to give way.
    assert kitchen.cooked == 5


# --- what a browser gets -------------------------------------------------------------------------


def test_who_can_read_zipped_pages_gets_them(served):
    kitchen = Kitchen()
    site = served(kitchen)

    zipped = Answer(site, "/", HTTP_ACCEPT_ENCODING="gzip, br")
    plain = Answer(site, "/")

    assert gzip.decompress(zipped.body) == plain.body == kitchen.body
    assert zipped.headers["Content-Encoding"] == "gzip"
    assert "Content-Encoding" not in plain.headers
    assert int(zipped.headers["Content-Length"]) == len(zipped.body) < len(plain.body) / 10
    assert zipped.headers["Vary"] == plain.headers["Vary"] == "Accept-Encoding"


def test_errors_are_zipped_too(served):
    site = served(Kitchen(status="404 Not Found"))

    answer = Answer(site, "/khong-co/", HTTP_ACCEPT_ENCODING="gzip")

    assert (answer.status, answer.headers["Content-Encoding"]) == (404, "gzip")


def test_who_has_the_page_hears_that_it_is_still_good(served):
    site = served(Kitchen())
    first = Answer(site, "/")

    again = Answer(site, "/", HTTP_IF_NONE_MATCH=first.headers["ETag"])

    assert (again.status, again.body) == (304, b"")
    assert again.headers["ETag"] == first.headers["ETag"]


def test_a_head_says_what_a_get_would(served):
    site = served(Kitchen())
    page = Answer(site, "/")

    head = Answer(site, "/", method="HEAD")

    assert (head.status, head.headers, head.body) == (200, page.headers, b"")


# --- how long -------------------------------------------------------------------------------------


def test_a_page_lives_a_minute(served, clock):
    kitchen = Kitchen()
    site = served(kitchen)
    Answer(site, "/")
    clock.now += KEPT_SECONDS - 1
    Answer(site, "/")
    assert kitchen.cooked == 1
    clock.now += 1
    Answer(site, "/")

    assert kitchen.cooked == 2


def test_a_new_generation_ends_every_page_in_every_process(served, generation):
    kitchen = Kitchen()
    one, other = served(kitchen), served(kitchen)
    for site in (one, other):
        Answer(site, "/")
    generation.renew()
    for site in (one, other):
        Answer(site, "/")

    assert kitchen.cooked == 4


def test_a_change_while_a_page_is_drawn_is_not_missed(served, generation):
    class Slow(Kitchen):
        def __call__(self, environ, start_response):
            generation.renew()  # somebody publishes just now
            return super().__call__(environ, start_response)

    kitchen = Slow()
    site = served(kitchen)
    Answer(site, "/")
    Answer(site, "/")

    assert kitchen.cooked == 2


def test_what_a_process_remembers_is_forgotten_with_the_generation(generation, clock):
    forgotten = []
    site = PageCache(
        Kitchen(), generation, lambda now: FAR, forget=lambda: forgotten.append(1), clock=clock
    )
    Answer(site, "/")
    Answer(site, "/tin/")
    generation.renew()
    Answer(site, "/tin/")

    assert len(forgotten) == 2


def test_without_agreement_nothing_is_kept(clock):
    class Away:
        def current(self):
            raise ConnectionError

    kitchen = Kitchen()
    site = PageCache(kitchen, Away(), lambda now: FAR, forget=lambda: None, clock=clock)
    Answer(site, "/")
    answer = Answer(site, "/")

    assert (kitchen.cooked, answer.status) == (2, 200)


# --- while the database is away --------------------------------------------------------------------


def test_an_outage_shows_old_pages_but_none_that_was_changed(served, generation, clock):
    kitchen = Kitchen()
    site = served(kitchen)
    Answer(site, "/")
    clock.now += 3600
    kitchen.status, kept = "503 Service Unavailable", kitchen.body

    assert (Answer(site, "/").status, Answer(site, "/").body) == (200, kept)
    assert Answer(site, "/tin/").status == 503  # nobody had asked for it

    generation.renew()  # it was withdrawn, and then the database went
    assert Answer(site, "/").status == 503


def test_an_outage_of_more_than_a_day_shows_nothing(served, clock):
    kitchen = Kitchen()
    site = served(kitchen)
    Answer(site, "/")
    clock.now += 24 * 3600
    kitchen.status = "503 Service Unavailable"

    assert Answer(site, "/").status == 503


def test_a_database_that_is_away_is_a_503_with_a_way_on(client, monkeypatch):
    client.raise_request_exception = False

    def away(*args, **kwargs):
        raise OperationalError("connection refused")

    monkeypatch.setattr(Report.objects, "published", away)

    answer = client.get("/tin/")

    assert (answer.status_code, answer["Retry-After"], answer["Cache-Control"]) == (
        503,
        "30",
        "no-store",
    )
    assert "tạm nghỉ" in answer.content.decode()


def test_a_fault_of_ours_stays_a_500(client, monkeypatch):
    client.raise_request_exception = False
    monkeypatch.setattr(Report.objects, "published", lambda *args: 1 / 0)

    assert client.get("/tin/").status_code == 500


# --- the generation -----------------------------------------------------------------------------------


def test_a_file_that_was_removed_is_another_generation(generation):
    generation.renew()
    before = generation.current()
    generation.path.unlink()

    assert generation.current() != before


def test_machines_agree_through_a_shared_cache():
    from django.core.cache import cache

    now = [0.0]
    here, there = (SharedGeneration(cache, clock=lambda: now[0]) for _ in range(2))
    assert here.current() == there.current()

    here.renew()
    now[0] += 0.5

    assert there.current() == here.current()
    before = there.current()
    cache.clear()
    now[0] += 0.5
    assert there.current() != before
