"""An SQLite database with all tables and the real registry of units, kept ready between runs.

Migrations and registry take some fifteen seconds of work, the same for each worker of each run; a copy
of the result takes none. It lies in var/, named after all that it was made from: who changes a
migration, the units or a library has a new one made. `migrate` still runs over every copy.
"""

import fcntl
import hashlib
import os
import sqlite3
from contextlib import closing
from functools import cache

from django.conf import settings
from django.db.backends.sqlite3.creation import DatabaseCreation

FOLDER = settings.BASE_DIR / "var" / "tests"
MADE_FROM = (
    "*/migrations/*.py",
    "units/*.py",
    "units/data/*.csv",
    "portal/settings.py",
    "portal/text.py",
    "requirements.txt",
    "tests/template.py",
)
KEPT = 3
# A database in memory is there as long as somebody holds it.
_held = []
_create_test_db = DatabaseCreation._create_test_db


def use_for_new_databases():
    """From here on every new test database starts as a copy, where there is one."""

    def create(self, *args, **options):
        name = _create_test_db(self, *args, **options)
        if _place().exists():
            _held.append(sqlite3.connect(name, uri=name.startswith("file:")))
            with closing(sqlite3.connect(f"{_place().as_uri()}?mode=ro", uri=True)) as ready:
                ready.backup(_held[-1])
        return name

    DatabaseCreation._create_test_db = create


def wait_for_turn():
    """Who comes first makes what the others copy; they wait until `keep`. Returns what to give there."""
    if _place().exists():
        return None
    try:
        FOLDER.mkdir(parents=True, exist_ok=True)
        turn = (FOLDER / "lock").open("w")
    except OSError:
        return None  # nowhere to keep one: each makes its own
    fcntl.flock(turn, fcntl.LOCK_EX)
    return turn


def keep(connection, turn):
    """What the database of this connection holds is what the next ones start from."""
    while _held:
        _held.pop().close()
    if turn is None:
        return
    with turn:
        if connection.vendor != "sqlite" or _place().exists():
            return
        unfinished = FOLDER / f"{os.getpid()}.unfinished"
        with closing(sqlite3.connect(unfinished)) as target:
            connection.connection.backup(target)
        unfinished.replace(_place())
        newest_first = sorted(FOLDER.glob("*.sqlite3"), key=os.path.getmtime, reverse=True)
        for old in newest_first[KEPT:]:
            old.unlink(missing_ok=True)


@cache
def _place():
    digest = hashlib.sha256()
    files = {path for pattern in MADE_FROM for path in settings.BASE_DIR.glob(pattern)}
    for path in sorted(files):
        digest.update(f"{path.relative_to(settings.BASE_DIR)}\0".encode())
        digest.update(path.read_bytes())
    return FOLDER / f"{digest.hexdigest()[:16]}.sqlite3"
