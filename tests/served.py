"""The site as it is served: gunicorn with two workers, on a database and folders of its own."""

import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from socket import create_connection, socket
from urllib.error import HTTPError
from urllib.request import Request, urlopen
from uuid import uuid4

from django.conf import settings

WORKERS = 2
# In seconds; a busy machine is slow, not broken.
PATIENCE = 120


def free_port():
    with closing(socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class ServedSite:
    """Starts with `with`; stops with it. `get(path)` reads as a browser does."""

    def __init__(self, folder, **environment):
        self.port = free_port()
        self.base = f"http://127.0.0.1:{self.port}"
        self.answered = (
            Path(folder) / "answered"
        )  # a line an answer: the worker, what the asker called it
        keep = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
        self.environment = {
            **keep,
            "SECRET_KEY": "only-for-tests",
            "DEBUG": "0",
            "PAGE_CACHE": "1",
            "SITE_URL": self.base,
            "LOG_LEVEL": "CRITICAL",
            "DATABASE_URL": f"sqlite:///{folder}/site.sqlite3",
            "MEDIA_ROOT": f"{folder}/media",
            "STATIC_ROOT": f"{folder}/static",
            "GENERATION_FILE": f"{folder}/generation",
            **environment,
        }

    def manage(self, *arguments):
        """Run a command of the site, as somebody in another window would."""
        return self._run("manage.py", *arguments)

    def say(self, script):
        """Run a few lines with the models at hand; returns what they print."""
        start = "import os, django; os.environ['DJANGO_SETTINGS_MODULE'] = 'portal.settings'; django.setup()\n"
        return self._run("-c", start + script)

    def _run(self, *arguments):
        done = subprocess.run(
            [sys.executable, *arguments],
            cwd=settings.BASE_DIR,
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()

    def __enter__(self):
        self.process = subprocess.Popen(
            [
                sys.executable, "-m", "gunicorn", "portal.wsgi:application",
                "--bind", f"127.0.0.1:{self.port}", "--workers", str(WORKERS),
                "--no-control-socket", "--log-level", "critical",
                "--access-logfile", str(self.answered), "--access-logformat", "%(p)s %({x-asked}i)s",
            ],
            cwd=settings.BASE_DIR,
            env=self.environment,
        )  # fmt: skip
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            try:
                create_connection(("127.0.0.1", self.port), 1).close()
                if self.get("/healthz")[0] == 200:
                    return self
            except OSError:
                time.sleep(0.1)
        self.__exit__()
        raise AssertionError(f"the site did not start within {PATIENCE} seconds")

    def __exit__(self, *error):
        self.process.terminate()
        self.process.wait(PATIENCE)

    def get(self, path, **headers):
        """(status, headers, text) of one page."""
        try:
            with urlopen(Request(self.base + path, headers=headers), timeout=PATIENCE) as answer:
                return answer.status, answer.headers, answer.read().decode()
        except HTTPError as error:
            with error:
                return error.code, error.headers, error.read().decode()

    def from_every_worker(self, path):
        """What the page says, asked until each worker has answered."""
        asked = uuid4().hex
        answers = []
        deadline = time.monotonic() + PATIENCE
        while len(self._workers_that_answered(asked)) < WORKERS:
            assert time.monotonic() < deadline, (
                f"a worker did not answer {path} within {PATIENCE} seconds"
            )
            # At once, so that one worker alone is not quick enough to take them all.
            with ThreadPoolExecutor(WORKERS * 2) as pool:
                answers += pool.map(
                    lambda _: self.get(path, **{"X-Asked": asked}), range(WORKERS * 2)
                )
        return answers

    def _workers_that_answered(self, asked):
        lines = self.answered.read_text().splitlines() if self.answered.exists() else []
        return {
            worker for worker, called in (line.split(" ", 1) for line in lines) if called == asked
        }
