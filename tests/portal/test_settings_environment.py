"""Every setting the environment may carry stands in `.env.example`, and nothing else does."""

import os
import re
import subprocess
import sys
from itertools import pairwise

import pytest
from django.conf import settings

READ = re.compile(r"\benv\.\w+\(\s*\"([A-Z_]+)\"")
WRITTEN = re.compile(r"^#?\s?([A-Z_]+)=", re.MULTILINE)


def test_every_setting_has_a_word_in_the_example_and_vice_versa():
    source = (settings.BASE_DIR / "portal" / "settings.py").read_text()
    example = (settings.BASE_DIR / ".env.example").read_text()

    assert sorted(set(WRITTEN.findall(example))) == sorted(set(READ.findall(source)))


def test_the_example_says_something_about_each_setting():
    lines = (settings.BASE_DIR / ".env.example").read_text().splitlines()
    bare = [
        line
        for before, line in pairwise(lines)
        if WRITTEN.match(line) and not before.startswith("#")
    ]

    assert bare == []


SETTINGS = """
from portal import settings as s
print(s.DEBUG, s.DEMO, s.SITE_IS_HTTPS, getattr(s, "SESSION_COOKIE_NAME", "-"), s.ALLOWED_HOSTS)
"""


def start(script=SETTINGS, **environment):
    """Run `script` in a process of its own; return (exit code, errors, what it printed)."""
    # A .env beside the code belongs to the developer, not to this question.
    alone = "from environs import Env; Env.read_env = lambda *a, **k: None\n"
    keep = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    done = subprocess.run(
        [sys.executable, "-c", alone + script],
        env={**keep, **environment},
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stderr, done.stdout.strip()


def test_without_a_secret_nothing_starts():
    code, errors, _ = start()

    assert code != 0
    assert 'Environment variable "SECRET_KEY" not set' in errors


def test_forgetting_everything_else_is_safe():
    assert start(SECRET_KEY="x" * 60)[2] == "False False False - ['127.0.0.1']"


@pytest.mark.parametrize("secret", ["x" * 60])
def test_https_in_the_address_makes_cookies_secure(secret):
    _, _, said = start(SECRET_KEY=secret, SITE_URL="https://danvan.vi-du.example/")

    assert said == "False False True __Host-sessionid ['danvan.vi-du.example']"


VISITORS = """
import django; django.setup()
from axes.helpers import get_client_ip_address
from django.test import RequestFactory
for said in (None, "203.0.113.9", "9.9.9.9, 203.0.113.9"):
    headers = {"HTTP_X_FORWARDED_FOR": said} if said else {}
    print(get_client_ip_address(RequestFactory().get("/", REMOTE_ADDR="192.0.2.1", **headers)))
"""


@pytest.mark.parametrize(
    ("proxies", "seen"),
    [
        # Nobody in front: what a visitor writes into a header is worth nothing.
        ("0", ["192.0.2.1", "192.0.2.1", "192.0.2.1"]),
        # One proxy: its word counts; a longer chain than ours is nobody's address.
        ("1", ["None", "203.0.113.9", "None"]),
        ("2", ["None", "None", "9.9.9.9"]),
    ],
)
def test_the_login_guard_sees_the_visitor_behind_so_many_proxies(proxies, seen):
    code, errors, said = start(
        VISITORS, SECRET_KEY="x" * 60, PROXY_COUNT=proxies, DJANGO_SETTINGS_MODULE="portal.settings"
    )

    assert (code, said.split()) == (0, seen), errors
