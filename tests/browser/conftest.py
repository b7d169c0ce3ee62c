"""A real browser, or one line saying why there is none."""

import os
import shutil
import time
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.core.signals import request_finished, request_started
from django.db import connection
from django.test import override_settings
from playwright.sync_api import expect

from tests.browser import public_site as site_for_readers
from tests.browser.patience import MOST_MS

# The test server and the browser's driver share a thread; Django's guard does not know that.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
expect.set_options(timeout=MOST_MS)
HERE = Path(__file__).parent
CHROMIUM = (
    shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
)


def pytest_collection_modifyitems(items):
    # The hook sees the items of every folder.
    for item in items:
        if not item.path.is_relative_to(HERE):
            continue
        item.add_marker(pytest.mark.browser)
        if not CHROMIUM:
            item.add_marker(pytest.mark.skip(reason="Chromium is not installed"))


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    return {
        **browser_type_launch_args,
        "executable_path": CHROMIUM,
        # Root needs --no-sandbox; the others keep the browser from calling home.
        "args": [
            "--no-sandbox",
            "--disable-gpu",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--no-first-run",
        ],
    }


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args):
    return {**browser_context_args, "locale": "vi-VN", "timezone_id": "Asia/Ho_Chi_Minh"}


@pytest.fixture(scope="session")
def browser(browser):
    """A browser whose windows wait as long as a busy machine may need."""
    plain = browser.new_context

    def new_context(**args):
        context = plain(**args)
        context.set_default_timeout(MOST_MS)
        return context

    browser.new_context = new_context
    return browser


@pytest.fixture(scope="session", autouse=True)
def collected_static(tmp_path_factory):
    """Static files as in production: collected, with hashed names; a missing one is an error here."""
    storages = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"},
    }
    with override_settings(STATIC_ROOT=tmp_path_factory.mktemp("static"), STORAGES=storages):
        call_command("collectstatic", verbosity=0, interactive=False)
        yield


@pytest.fixture(scope="session")
def django_db_modify_db_settings(tmp_path_factory):
    """A database file, as in production: in memory, SQLite answers two requests at once with a lock."""
    if connection.vendor == "sqlite":
        name = tmp_path_factory.mktemp("database") / "browser.sqlite3"
        connection.settings_dict["TEST"]["NAME"] = str(name)


class Answering:
    """How many requests are being answered at this moment."""

    def __init__(self):
        self.begun = self.ended = 0

    def begin(self, **_):
        self.begun += 1

    def end(self, **_):
        self.ended += 1

    def is_over(self):
        return self.begun == self.ended


@pytest.fixture(scope="session")
def answering():
    now = Answering()
    request_started.connect(now.begin)
    request_finished.connect(now.end)
    yield now
    request_started.disconnect(now.begin)
    request_finished.disconnect(now.end)


@pytest.fixture(autouse=True)
def _nobody_is_being_answered(request, answering):
    """What a window asked as it was closed is answered before the tables are emptied for the next test."""
    if not request.node.get_closest_marker("django_db"):
        yield
        return
    request.getfixturevalue("transactional_db")
    yield
    # Without a fault: an answer nobody took may never have been said to be over.
    for _ in range(100):
        if answering.is_over():
            return
        time.sleep(0.05)
    answering.begun = answering.ended


@pytest.fixture
def public_site(transactional_db, registry):
    """A site with everything readers can meet."""
    return site_for_readers.build()


@pytest.fixture
def public_addresses(public_site):
    """{address: status} of every kind of public page there."""
    return site_for_readers.addresses_of(public_site)


@pytest.fixture
def open_tab(browser, browser_context_args):
    """A window of some width with what the reader chose before on this device."""
    contexts = []

    def open_tab(width, theme="light", size="normal", **context_args):
        context = browser.new_context(
            **browser_context_args, viewport={"width": width, "height": 800}, **context_args
        )
        context.add_init_script(
            f"localStorage.setItem('nen', '{theme}'); localStorage.setItem('co-chu', '{size}')"
        )
        contexts.append(context)
        return context.new_page()

    yield open_tab
    for context in contexts:
        context.close()
