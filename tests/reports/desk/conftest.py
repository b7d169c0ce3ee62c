"""What tests of the desk share: its people, and the reports that can be counted by hand."""

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from reports.models import MemberRole
from tests.factories import MembershipFactory, UserFactory
from tests.reports.desk import counted_reports
from units import registry


def at_the_desk(unit, **fields):
    """A user who compiles for the unit (its key or itself)."""
    which = {"unit_id": unit} if isinstance(unit, str) else {"unit": unit}
    return MembershipFactory(user=UserFactory(**fields), role=MemberRole.DESK, **which).user


@pytest.fixture
def desk(db):
    """A browser of somebody who compiles for An Giang."""
    client = Client()
    client.force_login(at_the_desk("t2-91"))
    return client


@pytest.fixture(scope="module")
def counted(django_db_setup, django_db_blocker):
    """The three hundred reports, written once for a module: {(block, number): Report}.

    They are really committed, so only tests that change nothing of them may use it, and the others of
    the module come before (below).
    """
    with django_db_blocker.unblock():
        registry.current()
        user = get_user_model().objects.create(username="nguoi-xac-nhan")
        reports = counted_reports.store(user)
    yield reports
    with django_db_blocker.unblock():
        counted_reports.clear()
        user.delete()


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items):
    """In each module the tests of `counted` come last: the others find no reports but their own."""
    places = {}
    for place, item in enumerate(items):
        places.setdefault(item.path, []).append(place)
    for of_module in places.values():
        mine = [items[place] for place in of_module]
        if any(map(_is_counted, mine)):
            for place, item in zip(of_module, sorted(mine, key=_is_counted), strict=True):
                items[place] = item


def _is_counted(item):
    return "counted" in getattr(item, "fixturenames", ())
