"""Who keeps the lists of hosts: administrators of a unit for it, system administrators for all."""

import pytest
from django.urls import reverse

from reports.models import LinkHost
from tests.factories import next_commune

pytestmark = pytest.mark.django_db

ADD = reverse("admin:reports_linkhost_add")
LIST = reverse("admin:reports_linkhost_changelist")


def test_an_administrator_adds_a_host_for_the_own_unit(seat, unit):
    seat("unit_admin", unit).post(ADD, {"host": " BaoTinh.example ", "unit": unit.pk})

    host = LinkHost.objects.get()
    assert (host.host, host.unit) == ("baotinh.example", unit)


@pytest.mark.parametrize("host", ["https://bao.example/", "bao", "bao example", "-bao.example", ""])
def test_what_is_no_host_is_refused_with_an_example(seat, unit, host):
    response = seat("unit_admin", unit).post(ADD, {"host": host, "unit": unit.pk})

    assert response.status_code == 200
    assert not LinkHost.objects.exists()


def test_nobody_vouches_for_other_units_or_for_all(seat, unit):
    admin = seat("unit_admin", unit)

    admin.post(ADD, {"host": "bao.example", "unit": next_commune().pk})
    admin.post(ADD, {"host": "bao.example", "unit": ""})
    assert not LinkHost.objects.exists()

    # Control: who looks after the whole site does.
    seat("superuser", unit).post(ADD, {"host": "bao.example", "unit": ""})
    assert LinkHost.objects.get().unit is None


def test_other_lists_are_as_absent_as_none(seat, unit):
    other = LinkHost.objects.create(host="bao.example", unit=next_commune())
    admin = seat("unit_admin", unit)

    assert "bao.example" not in admin.get(LIST).content.decode()
    answers = [
        admin.get(reverse("admin:reports_linkhost_change", args=[pk]))
        for pk in (other.pk, other.pk + 1)
    ]
    assert [each.status_code for each in answers] == [404, 404]
    assert answers[0].content == answers[1].content


@pytest.mark.parametrize("role", ["nobody", "contributor", "editor", "approver", "desk"])
def test_it_is_no_page_for_others(seat, unit, role):
    client = seat(role, unit)

    assert client.get(LIST).status_code == 403
    assert client.post(ADD, {"host": "bao.example", "unit": unit.pk}).status_code == 403
    assert not LinkHost.objects.exists()
