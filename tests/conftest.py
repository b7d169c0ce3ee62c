"""What all tests share: the real registry of units, loaded once."""

import pytest

from units import registry as unit_registry
from units.loading import load_registry


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """Every test that may use the database finds the real registry of units there."""
    with django_db_blocker.unblock():
        load_registry()


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
    before = unit_registry.held()
    yield
    if unit_registry.held() is not before:
        unit_registry.forget()
