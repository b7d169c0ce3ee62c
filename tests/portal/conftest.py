"""Our own site behind its kept pages, in a world whose clock the test holds."""

from contextlib import contextmanager
from datetime import UTC, datetime

import pytest
from django.core.signals import request_finished, request_started
from django.core.wsgi import WSGIHandler
from django.db import close_old_connections, connection
from django.utils import timezone

from portal import renewal
from portal.generation import FileGeneration
from portal.moments import next_change
from portal.page_cache import PageCache
from tests.portal.asking import Clock


@pytest.fixture
def generation(tmp_path):
    return FileGeneration(tmp_path / "generation")


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def one_connection(db):
    """A request closes connections it finds inside a transaction, as the test's own is: not here."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def site(one_connection, generation, monkeypatch, clock):
    """Our pages behind the cache; the clock of the cache is the clock of the world."""
    monkeypatch.setattr(renewal, "generation", lambda: generation)
    monkeypatch.setattr(timezone, "now", lambda: datetime.fromtimestamp(clock.now, UTC))
    # With the generation a process forgets its locmem cache.
    from django.core.cache import cache

    site = PageCache(WSGIHandler(), generation, next_change, forget=cache.clear, clock=clock)
    with connection.execute_wrapper(renewal.look):
        yield site


@pytest.fixture
def committed(django_capture_on_commit_callbacks):
    """A block whose transaction is over at its end."""

    @contextmanager
    def committed():
        # The test's own transaction never ends, so what an earlier block waited for is still there.
        connection.run_on_commit.clear()
        with django_capture_on_commit_callbacks(execute=True) as callbacks:
            yield callbacks

    return committed
