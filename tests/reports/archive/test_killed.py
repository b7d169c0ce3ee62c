"""An import that is killed at any moment and run again ends like one that nobody disturbed."""

import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from tests.served import ServedSite

from .old_portal import page, photo, table, text_of, write

pytestmark = pytest.mark.django_db(transaction=True)
UNIT = "t3-894"
SHARED = settings.BASE_DIR.parent / "shared"

# Everything an import stores, by content: no keys, no clocks, no random names.
CONTENT = """
import hashlib, json
from django.core.files.storage import default_storage
from reports.models import *

def files(photo):
    names = sorted(default_storage.listdir(photo.folder)[1])
    return [[name, hashlib.sha256(default_storage.open(f"{photo.folder}/{name}").read()).hexdigest()]
            for name in names]

def below(folder):
    folders, names = default_storage.listdir(folder)
    return [hashlib.sha256(default_storage.open(f"{folder}/{name}").read()).hexdigest() for name in names] + [
        one for each in folders for one in below(f"{folder}/{each}")]

def event(one):
    return one and [one.name, one.kind, str(one.event_on), one.session, one.venue, one.chair, one.unit_id]

reports = [[
    r.title, r.lead, r.body, r.unit_id, r.status, str(r.published_at), r.published_is_estimate, r.original_url,
    r.source_hash, str(r.period_start), r.byline_organisation, r.source_name, r.version, event(r.event), r.history.count(),
    [[c.role, c.person.name, c.order] for c in r.contributions.order_by("role", "order")],
    [[p.caption, p.credit and p.credit.name, p.order, p.width, p.height, files(p)] for p in r.photos.all()],
    [[str(f.value), f.unit_of_measure, f.sentence] for f in r.figures.all()],
    getattr(getattr(r, "view_count", None), "count", None), SearchEntry.objects.filter(report=r).count(),
    ReportScope.objects.filter(report=r).count(),
] for r in Report.objects.order_by("title", "source_hash")]
print(json.dumps({
    "reports": reports,
    "persons": sorted([p.name, p.unit_id] for p in Person.objects.all()),
    "events": sorted(map(event, Event.objects.all())),
    "waiting pictures": BodyPicture.objects.count(),
    "items": [[i.order, i.name, i.row, i.outcome, i.title, i.words, i.original_url, i.source_hash]
              for i in ImportItem.objects.order_by("batch", "order")],
    "batches": [b.state for b in ImportBatch.objects.order_by("pk")],
    "files": sorted(below("anh")) if default_storage.exists("anh") else [],
}, ensure_ascii=False))
"""


class Place:
    """A database and a folder of uploads of their own, with all tables and units."""

    def __init__(self, folder, name):
        folder = folder / name
        folder.mkdir()
        on_postgresql = connection.vendor == "postgresql"
        here = os.environ.get("DATABASE_URL", "")
        self.name = f"kho_{name}_{os.getpid()}"
        url = (
            f"{here.rpartition('/')[0]}/{self.name}" if on_postgresql else f"sqlite:///{folder}/db"
        )
        self.site = ServedSite(folder, DATABASE_URL=url)
        # A copy of the database of the tests, in which nothing but the units is committed.
        if on_postgresql:
            connection.close()  # nobody may be in it meanwhile
            with connection._nodb_cursor() as cursor:
                here = connection.settings_dict["NAME"]
                cursor.execute(f"CREATE DATABASE {self.name} TEMPLATE {here}")
        else:
            connection.ensure_connection()
            with closing(sqlite3.connect(folder / "db")) as copy:
                connection.connection.backup(copy)
        self.report = folder / "kq.csv"

    def drop(self):
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute(f"DROP DATABASE IF EXISTS {self.name} WITH (FORCE)")

    def bring_in(self, archive, *options):
        return self.site.manage("import_articles", str(archive), "--unit", UNIT, *options)

    def bring_in_and_die(self, archive, after, *options):
        """kill -9, `after` seconds from when the pages begin to come in; True if it was still at it."""
        self.report.unlink(missing_ok=True)
        process = subprocess.Popen(
            [sys.executable, "manage.py", "import_articles", str(archive), "--unit", UNIT,
             "--report", str(self.report), *options],
            cwd=settings.BASE_DIR, env=self.site.environment,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        while not self.report.exists() and process.poll() is None:
            time.sleep(0.01)
        time.sleep(after)
        was_running = process.poll() is None
        if was_running:
            process.send_signal(signal.SIGKILL)
        process.wait()
        return was_running

    def content(self):
        return json.loads(self.site.say(CONTENT))


@pytest.fixture
def places(tmp_path, _registry_is_there):
    quiet = Place(tmp_path, "yen")
    disturbed = Place(tmp_path, "bi_ngat")
    yield quiet, disturbed
    disturbed.drop()
    quiet.drop()


def rehearse(places, archive, *, kills, longest, resume=True):
    """Kills one run after the other while it is at work, then lets one come to its end."""
    quiet, disturbed = places
    options = ("--resume",) if resume else ()
    quiet.bring_in(archive)
    chance = random.Random(20191203)
    met = 0
    # A run that came to its end, because it was quicker than we are, has nothing left to disturb.
    while met < kills and disturbed.bring_in_and_die(archive, chance.uniform(0, longest), *options):
        met += 1
    assert met
    disturbed.bring_in(archive, *options)
    # Files of pages that were half in belong to nobody; the sweeper takes them.
    disturbed.site.manage("sweep_media", "--delete", "--hours", "0")
    wanted, got = quiet.content(), disturbed.content()
    if not resume:
        wanted, got = ({**one, "items": None, "batches": None} for one in (wanted, got))
    assert got == wanted
    assert disturbed.bring_in(archive).startswith("0 bài nháp mới")
    assert disturbed.content()["reports"] == got["reports"]


def small_archive(folder):
    pages = {f"{n}.html": page(n, picture="a.jpg" if n % 2 else "") for n in range(1, 13)}
    rows = [
        {"tít": f"Bắc cầu số {n}", "nội dung": text_of(n, words="cầu"), "tác giả": f"Minh Tâm {'A' * (n % 3)}",
         "ngày đăng": f"0{n}/06/2018", "lượt xem": n}
        for n in range(1, 7)
    ]  # fmt: skip
    return write(folder, {**pages, "a.jpg": photo(), "tin.csv": table(rows)})


def test_killed_five_times_it_ends_as_if_nobody_had(places, tmp_path):
    rehearse(places, small_archive(tmp_path / "cu"), kills=5, longest=0.4)

    stored = places[1].content()
    assert len(stored["reports"]) == 18
    assert stored["batches"][0] == "finished"


@pytest.mark.drill
@pytest.mark.parametrize("resume", [True, False])
def test_the_open_articles_come_in_whole_however_often_it_is_killed(places, tmp_path, resume):
    sources = [SHARED / "articles", SHARED / "seeds"]
    if not all(map(Path.is_dir, sources)):
        pytest.skip("the open articles are not here")
    archive = tmp_path / "bai"
    for source in sources:
        for file in source.glob("*.txt"):
            write(archive, {f"{source.name}/{file.name}": file.read_bytes()})
    small_archive(archive / "cu")

    rehearse(places, archive, kills=10, longest=0.3, resume=resume)
