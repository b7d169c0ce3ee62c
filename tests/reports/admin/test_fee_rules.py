"""The fee rules' own pages, and the words of all fee pages."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from reports.fees.locking import lock
from reports.models import BaseSalary, FeeSchedule
from tests.factories import PersonFactory
from tests.portal.test_backoffice_words import english_in
from tests.reports.fees.conftest import *  # noqa: F403 - the newsroom with rules and its words

pytestmark = pytest.mark.django_db
LIST = reverse("admin:reports_feesheet_changelist")
MINE = reverse("admin:reports_fees_mine")
SCHEDULES = reverse("admin:reports_feeschedule_changelist")


def schedule_form(**fields):
    rates = {"rates-TOTAL_FORMS": 1, "rates-INITIAL_FORMS": 0, "rates-0-genre": "tin",
             "rates-0-low": "1", "rates-0-high": "1,5", "rates-0-usual": "1,2"}  # fmt: skip
    return {
        "from_on": "01/01/2026", "basis": "Quyết định", "salary_percent": "10", "site_percent": "20",
        "rounding_step": "1", "rounding_mode": "gan", "photo_rule": "khong", "photo_low": "0",
        "photo_usual": "0", "photo_high": "0", "photos_counted": "3", "tax_percent": "0",
        "tax_from": "2.000.000", **rates, **fields,
    }  # fmt: skip


def test_rules_are_added_as_people_write_numbers(seat, unit):
    client = seat("superuser", unit)
    add = reverse("admin:reports_feeschedule_add")

    wrong = client.post(add, schedule_form(**{"rates-0-usual": "2"}))
    assert "Hệ số thường dùng phải nằm giữa" in wrong.content.decode()
    assert client.post(add, schedule_form()).status_code == 302
    salary = {"from_on": "01/07/2030", "amount": "3.000.000", "basis": "Nghị định"}
    assert client.post(reverse("admin:reports_basesalary_add"), salary).status_code == 302

    (rate,) = FeeSchedule.objects.get().rates.all()
    assert (rate.low, rate.high, rate.usual) == (1, Decimal("1.5"), Decimal("1.2"))
    assert FeeSchedule.objects.get().tax_from == 2_000_000
    assert BaseSalary.objects.get(from_on=date(2030, 7, 1)).amount == 3_000_000
    twice = client.post(add, schedule_form())
    assert "Cả trang đã có quy chế từ ngày ấy." in twice.content.decode()


@pytest.mark.parametrize("role", ["approver", "editor", "unit_admin", "desk"])
def test_only_system_administrators_keep_the_rules(seat, unit, schedule, role):
    client = seat(role, unit)
    change = reverse("admin:reports_feeschedule_change", args=[schedule.pk])

    for address in (SCHEDULES, change, reverse("admin:reports_basesalary_add")):
        assert client.get(address).status_code in (403, 404)
    client.post(change, schedule_form(site_percent="100"))

    assert FeeSchedule.objects.get().site_percent == 20


def test_fee_pages_speak_vietnamese(seat, unit, schedule, work, score, approver):
    client = seat("superuser", unit)
    person = PersonFactory(user=client.user)
    PersonFactory.create_batch(2, name="Lê An")
    scored, unscored = work(2024, 8, 5, person), work(2024, 8, 6)
    score(scored, "1")
    lock(unit, date(2024, 8, 1), by=approver)
    score(scored, "1.5")

    def at(name, month="2024-08"):
        return reverse(f"admin:reports_fees_{name}", args=[unit.pk, month])

    addresses = [
        LIST, LIST + "?nam=2024", MINE, at("sheet"), at("score"), at("print"),
        at("sheet", "2024-09"), SCHEDULES,
        reverse("admin:reports_feeschedule_change", args=[schedule.pk]),
        reverse("admin:reports_basesalary_changelist"), reverse("admin:reports_person_duplicates"),
    ]  # fmt: skip

    answers = [client.get(address) for address in addresses]
    answers.append(
        client.post(
            at("score"),
            {f"{unscored.pk}-bai-coefficient": "x", f"{unscored.pk}-bai-seen": ""},
        )
    )

    assert [answer.status_code for answer in answers] == [200] * len(addresses) + [400]
    assert [english_in(answer.content.decode()) for answer in answers] == [[]] * len(answers)
