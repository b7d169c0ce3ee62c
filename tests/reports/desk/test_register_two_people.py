"""The register under two hands: nobody's words are overwritten unseen, and two clicks are one."""

import pytest
from django.test import Client

from reports.models import Initiative
from tests.factories import UserFactory
from tests.reports.desk.conftest import at_the_desk
from tests.reports.desk.test_register import BASE, COMMUNE, typed

pytestmark = pytest.mark.django_db


def put(name):
    return Initiative.objects.create(
        name=name, unit_id=COMMUNE, registered_year=2026, field="kinh-te", created_by=UserFactory()
    )


def test_a_stale_save_shows_what_is_stored_and_changes_nothing(desk):
    row = put("Tên đầu")
    address = f"{BASE}{row.pk}/sua/"
    mine = typed(name="Tên của tôi", version=row.version)
    desk.post(address, typed(name="Tên kia", version=row.version))

    answer = desk.post(address, mine)

    page = answer.content.decode()
    row.refresh_from_db()
    assert (answer.status_code, row.name) == (409, "Tên kia")
    assert ("Tên kia" in page, 'value="Tên của tôi"' in page) == (True, True)
    desk.post(address, mine | {"version": row.version})
    row.refresh_from_db()
    assert (row.name, row.unit_id) == ("Tên của tôi", COMMUNE)


def test_the_same_form_sent_twice_writes_one_row_and_leads_to_it(desk):
    new = typed(description="Dòng một\r\nDòng hai", holder_name=" Tổ  Một ")

    answers = [desk.post(f"{BASE}them/", new) for _ in range(2)]

    row = Initiative.objects.get()
    assert [answer["Location"] for answer in answers] == [f"{BASE}{row.pk}/"] * 2
    # Control: other words under the same name are refused, and so is a colleague's row.
    assert desk.post(f"{BASE}them/", new | {"field": "khac"}).status_code == 400
    other = Client()
    other.force_login(at_the_desk("t2-91"))
    assert other.post(f"{BASE}them/", new).status_code == 400


def test_a_change_sent_twice_is_saved_once(desk):
    row = put("Tên đầu")
    change = typed(name="Tên mới", version=row.version)

    answers = [desk.post(f"{BASE}{row.pk}/sua/", change) for _ in range(2)]

    row.refresh_from_db()
    assert [answer.status_code for answer in answers] == [302, 302]
    assert (row.name, row.version) == ("Tên mới", 2)


def test_a_name_and_a_field_are_enough_for_a_new_row(desk):
    form = desk.get(f"{BASE}them/").context["form"]
    begun = {name: form[name].value() for name in form.fields if form[name].value() is not None}

    desk.post(f"{BASE}them/", begun | {"name": "Tổ heo đất", "field": "kinh-te"})

    row = Initiative.objects.get()
    assert (row.step, row.holder_kind, row.unit_id) == ("dang-ky", "tap-the", "t2-91")
