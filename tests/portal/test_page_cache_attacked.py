"""Ready pages in the hands of somebody who wants to spoil them, and on a machine that stumbles."""

import time
from datetime import UTC, datetime, timedelta

import pytest

from portal.page_cache import KEPT_SECONDS, PageCache
from tests.portal.asking import Answer
from tests.portal.test_page_cache import FAR, Kitchen


@pytest.fixture
def served(generation, clock):
    def served(application, next_change=lambda now: FAR):
        return PageCache(application, generation, next_change, forget=lambda: None, clock=clock)

    return served


# --- what is asked ---------------------------------------------------------------------------------


def test_a_page_for_another_root_is_kept_for_nobody(served):
    kitchen = Kitchen()
    site = served(kitchen)
    Answer(site, "/tin/", SCRIPT_NAME="/lua")
    Answer(site, "/tin/")
    Answer(site, "/tin/")

    assert kitchen.cooked == 2


@pytest.mark.parametrize("told", ["https", "https, http", "https , http"])
def test_pages_of_the_two_schemes_are_never_mixed_up(served, settings, told):
    # Django believes the first of several proxies; so must the key.
    settings.SITE_IS_HTTPS = True
    kitchen = Kitchen()
    site = served(kitchen)
    Answer(site, "/tin/", HTTP_X_FORWARDED_PROTO=told)
    Answer(site, "/tin/")

    assert kitchen.cooked == 2


def test_a_head_first_leaves_no_empty_page(served):
    site = served(Kitchen())
    Answer(site, "/tin/", method="HEAD")

    assert Answer(site, "/tin/").body == Kitchen().body


def test_a_range_of_a_page_gets_all_of_it(served):
    site = served(Kitchen())

    for _ in range(2):
        answer = Answer(site, "/tin/", HTTP_RANGE="bytes=0-3")
        assert (answer.status, answer.body) == (200, Kitchen().body)


def test_what_somebody_sends_does_not_change_what_others_read(served):
    site = served(Kitchen())
    Answer(site, "/tin/")
    Answer(site, "/tin/", method="POST")

    assert Answer(site, "/tin/").body == Kitchen().body


@pytest.mark.parametrize(
    ("known", "status"),
    [
        ("{etag}", 304),
        ('"nothing", {etag}', 304),
        ("{strong}", 304),
        ('W/"nothing"', 200),
        ("W/", 200),
        ("", 200),
        ('"', 200),
    ],
)
def test_who_has_the_page_is_known_by_the_whole_mark(served, known, status):
    site = served(Kitchen())
    etag = Answer(site, "/").headers["ETag"]

    known = known.format(etag=etag, strong=etag.removeprefix("W/"))

    assert Answer(site, "/", HTTP_IF_NONE_MATCH=known).status == status


@pytest.mark.parametrize(
    ("accepted", "zipped"),
    [
        ("gzip", True),
        ("br, GZIP;q=0.5", True),
        ("gzip; q=1.0", True),
        ("gzip;q=0", False),
        ("gzip; q=0.000, br", False),
        ("identity, x-gzipped", False),
        ("", False),
    ],
)
def test_nobody_gets_a_zipped_page_who_refuses_it(served, accepted, zipped):
    site = served(Kitchen())

    for _ in range(2):
        answer = Answer(site, "/", HTTP_ACCEPT_ENCODING=accepted)
        assert ("Content-Encoding" in answer.headers) is zipped


def test_a_crowd_of_tiny_pages_has_an_end_too(served, monkeypatch):
    monkeypatch.setattr("portal.page_cache.MOST_BYTES", 1_000_000)
    kitchen = Kitchen(body=b"x")
    site = served(kitchen)
    for number in range(1000):
        Answer(site, f"/robots.txt?{number}")
    Answer(site, "/robots.txt?999")
    assert kitchen.cooked == 1000

    Answer(site, "/robots.txt?0")

    assert kitchen.cooked == 1001


def test_a_crowd_of_false_names_leaves_the_right_one_working(served):
    kitchen = Kitchen()
    site = served(kitchen)
    for number in range(300):
        Answer(site, "/tin/", HTTP_HOST=f"a{number}.example")
    kitchen.cooked = 0
    for _ in range(3):
        Answer(site, "/tin/")

    assert kitchen.cooked == 1


# --- a machine that stumbles -----------------------------------------------------------------------


def test_a_fault_is_nobodys_page(served):
    class Broken(Kitchen):
        def __call__(self, environ, start_response):
            if not self.cooked:
                self.cooked += 1
                raise RuntimeError("hỏng")
            return super().__call__(environ, start_response)

    site = served(Broken())
    with pytest.raises(RuntimeError):
        Answer(site, "/tin/")

    assert Answer(site, "/tin/").status == 200


def test_a_clock_that_was_set_back_keeps_no_page_from_the_time_to_come(served, clock):
    kitchen = Kitchen()
    site = served(kitchen)
    clock.now += 3600
    Answer(site, "/")
    clock.now -= 3600
    Answer(site, "/")
    Answer(site, "/")

    assert kitchen.cooked == 2


def test_after_the_clock_was_set_back_the_next_hour_is_asked_for_again(served, clock):
    noon = clock.now + 30
    hours = [datetime.fromtimestamp(at, UTC) for at in (noon, noon + 86_400)]
    kitchen = Kitchen()
    site = served(kitchen, lambda now: next(hour for hour in hours if hour > now))
    clock.now += 3600
    Answer(site, "/")
    clock.now -= 3600
    Answer(site, "/")
    clock.now = noon - 1
    Answer(site, "/")
    assert kitchen.cooked == 2

    clock.now = noon
    Answer(site, "/")

    assert kitchen.cooked == 3


def test_a_clock_that_was_set_back_brings_no_page_into_an_outage(served, clock):
    kitchen = Kitchen()
    site = served(kitchen)
    clock.now += 3600
    Answer(site, "/")
    clock.now -= 3600
    kitchen.status = "503 Service Unavailable"

    assert Answer(site, "/").status == 503


def test_a_file_that_cannot_be_read_is_no_agreement(served, generation, monkeypatch):
    kitchen = Kitchen()
    site = served(kitchen)
    Answer(site, "/")

    def refuse(path):
        raise PermissionError(path)

    monkeypatch.setattr("portal.generation.os.stat", refuse)
    Answer(site, "/")
    Answer(site, "/")

    assert kitchen.cooked == 3


def test_a_file_that_was_removed_and_grew_to_its_old_size_is_another_generation(generation):
    for _ in range(3):
        generation.renew()
    before = generation.current()
    time.sleep(0.02)  # the system's own clock for files is no finer
    generation.path.unlink()
    for _ in range(3):
        generation.renew()

    assert generation.current() != before


def test_without_a_word_from_anybody_a_page_still_ends(served, clock):
    # The file could not be written: what was withdrawn goes by time.
    kitchen = Kitchen()
    site = served(kitchen)
    Answer(site, "/")
    clock.now += timedelta(seconds=KEPT_SECONDS).total_seconds()
    Answer(site, "/")

    assert kitchen.cooked == 2
