"""What all tests share: the real registry of units, loaded once."""

from itertools import count

import pytest
from django.conf import settings
from django.core.management.commands import flush
from django.db import connection
from django.test import override_settings
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings

from tests import deadlines, factories, template
from units import registry as unit_registry
from units.loading import load_registry

# The registry is the same for all examples of a property, and a busy machine has no deadline. The
# suite tries the same few examples every time, so it is red for a change and not for a chance; new ones,
# and many more, are looked for by `make chance`.
hypothesis_settings.register_profile(
    "portal",
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
hypothesis_settings.register_profile(
    "chance", hypothesis_settings.get_profile("portal"), derandomize=False, max_examples=300
)
hypothesis_settings.load_profile("portal")


def pytest_configure():
    template.use_for_new_databases()
    deadlines.stretch()
    # Argon2 is slow on purpose, hashed file names need a collectstatic: neither proves anything here.
    override_settings(
        PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],
        STORAGES={
            **settings.STORAGES,
            "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
        },
    ).enable()


def _flush_all_but_units(style, connection, **options):
    """Tests that commit are cleaned up by emptying all tables. None of them changes the units, which
    take seconds to come back.
    """
    introspection = connection.introspection
    names = introspection.django_table_names

    def all_but_units(**which):
        return [name for name in names(**which) if not name.startswith("units_")]

    introspection.django_table_names = all_but_units
    try:
        return _sql_flush(style, connection, **options)
    finally:
        introspection.django_table_names = names


_sql_flush = flush.sql_flush
flush.sql_flush = _flush_all_but_units


def pytest_collection_modifyitems(config, items):
    """The second run, on PostgreSQL, leaves out what never asks a database, and what is marked `once`
    (long tables of rights, words on pages): it was proved already.
    """
    if "postgresql" not in settings.DATABASES["default"]["ENGINE"]:
        return
    asking = [item for item in items if _asks_a_database(item)]
    config.hook.pytest_deselected(items=[item for item in items if item not in set(asking)])
    items[:] = asking


def _asks_a_database(item):
    if item.get_closest_marker("once"):
        return False
    fixtures = set(getattr(item, "fixturenames", ()))
    return bool(item.get_closest_marker("django_db") or {"db", "transactional_db"} & fixtures)


@pytest.fixture(scope="session")
def _turn():
    return template.wait_for_turn() if connection.vendor == "sqlite" else None


@pytest.fixture(scope="session")
def django_db_setup(_turn, django_db_setup, django_db_blocker):
    """Every test that may use the database finds the real registry of units there."""
    from units.models import Unit

    with django_db_blocker.unblock():
        if not Unit.objects.exists():
            load_registry()
        template.keep(connection, _turn)


@pytest.fixture(autouse=True)
def _registry_is_there(request):
    """Tests that commit leave an empty database behind them; the next such test gets units again."""
    commits = {"transactional_db", "live_server"}.intersection(request.fixturenames)
    marker = request.node.get_closest_marker("django_db")
    if commits or (marker and marker.kwargs.get("transaction")):
        request.getfixturevalue("registry")


@pytest.fixture
def registry(db):
    """The real registry, for tests that speak of units by name: it is there, whatever came before."""
    from units.models import Unit

    if not Unit.objects.exists():
        load_registry()
    return unit_registry.current()


@pytest.fixture(autouse=True)
def _registry_in_memory(monkeypatch):
    """The registry in memory is never looked up again by the clock, so query counts are exact.

    A test that changed units leaves no memory of it behind.
    """
    monkeypatch.setattr(unit_registry, "RECHECK_SECONDS", float("inf"))
    really_changed, changes = unit_registry.changed, []

    def changed():
        changes.append(True)
        really_changed()

    monkeypatch.setattr(unit_registry, "changed", changed)
    yield
    if changes:
        unit_registry.forget()


@pytest.fixture(autouse=True)
def _same_objects_in_any_order():
    """Which commune or number a test gets from a factory is not a matter of the tests before it."""
    factories.start_over()


@pytest.fixture(autouse=True)
def _nothing_remembered():
    """What one test put into the cache is not there for the next."""
    from django.core.cache import caches

    for name in settings.CACHES:
        caches[name].clear()


@pytest.fixture(autouse=True)
def _own_media(settings, _uploads):
    """No test writes into the real folder of uploads, or finds what another has written."""
    settings.MEDIA_ROOT = _uploads / str(next(_numbers))
    settings.MEDIA_ROOT.mkdir()


_numbers = count()


@pytest.fixture(scope="session")
def _uploads(tmp_path_factory):
    return tmp_path_factory.mktemp("uploads")
