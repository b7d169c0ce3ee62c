"""Every address of the desk, knocked at by everybody: each has a row in `doors`, a new one too."""

import pytest
from django.apps import apps
from django.db.models import Max
from django.test import Client
from django.urls import get_resolver, reverse

from reports.models import Digest, MemberRole
from tests.factories import UserFactory
from tests.reports.desk.conftest import at_the_desk
from tests.reports.desk.doors import (
    CANARY,
    DOORS,
    ELSEWHERE,
    HOME,
    SLOW,
    address,
    answers,
    make_things,
    member,
    plain,
    signed_in,
)

pytestmark = pytest.mark.django_db


def test_every_address_has_a_row():
    _, desk = get_resolver().namespace_dict["desk"]
    assert {each.name for each in desk.url_patterns} == set(DOORS)


@pytest.fixture
def things():
    return make_things()


def test_who_is_not_signed_in_is_asked_to(things, client):
    for method in ("get", "post"):
        for name, answer in answers(client, things, method).items():
            assert answer.status_code == 302, name
            assert answer["Location"].startswith(reverse("admin:login")), name


@pytest.mark.parametrize("role", ["none", "contributor", "editor", "approver", "unit_admin"])
def test_for_all_other_roles_the_desk_is_not_there(things, role):
    user = UserFactory() if role == "none" else member(HOME, MemberRole(role))
    client = signed_in(user)
    absent = client.get("/tong-hop/khong-co-trang-nay/")
    absent.bytes = absent.content

    for method in ("get", "post"):
        for name, answer in answers(client, things, method).items():
            assert answer.status_code == 404, (method, name)
            assert CANARY.encode() not in answer.bytes
    got = answers(client, things, names=("table", "csv", "digest", "saved-one", "waiting"))
    assert {plain(answer) for answer in got.values()} == {plain(absent)}


def test_somebody_who_was_sent_away_finds_nothing(things):
    user = at_the_desk(HOME)
    client = signed_in(user)
    assert client.get(address("table", things)).status_code == 200

    user.memberships.all().delete()

    assert client.get(address("table", things)).status_code == 404


def of_objects():
    return [name for name, each in DOORS.items() if each.of]


def test_objects_of_another_desk_are_absent(things):
    """The same bytes as for a number nobody has; the register alone is read by every desk."""
    client = signed_in(at_the_desk(ELSEWHERE))
    nobody = {name: type("Nothing", (), {"pk": 999_999_999})() for name in things}
    for method, takes in (("get", "GET"), ("post", "POST")):
        names = [name for name in of_objects() if takes in DOORS[name].takes]
        there, absent = (answers(client, each, method, names) for each in (things, nobody))
        for name in names:
            if (name, method) == ("initiative", "get"):
                continue
            assert there[name].status_code == absent[name].status_code == 404, (method, name)
            assert plain(there[name]) == plain(absent[name]), (method, name)


@pytest.mark.parametrize("who", ["desk", "administrator"])
def test_ones_own_open(things, who):
    """Control: the doors that stayed shut are doors."""
    user = at_the_desk(HOME) if who == "desk" else UserFactory(is_superuser=True)
    client = signed_in(user)
    names = [name for name in DOORS if "GET" in DOORS[name].takes and name not in SLOW]

    found = answers(client, things, names=names)

    expected = {name: 302 if name == "saved-one" else 200 for name in names}
    # A zip of no photo is none: it says so on the page.
    expected["photos"] = found["photos"].status_code
    assert {name: answer.status_code for name, answer in found.items()} == expected
    for name in ("digest", "saved", "promise", "initiative"):
        assert CANARY.encode() in found[name].bytes, name
    for name, answer in found.items():
        assert "no-store" in answer["Cache-Control"], name
        assert "private" in answer["Cache-Control"], name


def test_no_other_method_does_anything(things):
    client = signed_in(at_the_desk(HOME))
    nobody = {name: type("Nothing", (), {"pk": 999_999_999})() for name in things}
    for name, each in DOORS.items():
        if "POST" in each.takes:
            assert client.post(address(name, nobody)).status_code != 405, name
        for method in {"GET", "POST"} - each.takes | {"PUT", "DELETE"}:
            answer = getattr(client, method.lower())(address(name, things))
            assert answer.status_code == 405, (name, method)


def test_a_post_without_its_token_changes_nothing(things):
    client = Client(enforce_csrf_checks=True)
    client.force_login(at_the_desk(HOME))
    for name, each in DOORS.items():
        if "POST" in each.takes:
            assert client.post(address(name, things)).status_code == 403, name


def rows_of_all_tables():
    """{table: (rows, highest key)}: what looking must not change."""
    return {
        model._meta.db_table: (
            model._default_manager.count(),
            str(model._default_manager.aggregate(last=Max("pk"))["last"]),
        )
        for model in apps.get_models(include_auto_created=True)
        if model._meta.db_table != "django_session"
    }


def test_looking_changes_nothing(things):
    client = signed_in(at_the_desk(HOME))
    names = [name for name in DOORS if "GET" in DOORS[name].takes and name not in SLOW]
    before = rows_of_all_tables()
    versions = list(Digest.objects.values_list("version", "updated_at"))

    answers(client, things, names=names)

    assert rows_of_all_tables() == before
    assert list(Digest.objects.values_list("version", "updated_at")) == versions
