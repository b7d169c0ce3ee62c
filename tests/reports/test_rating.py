"""Whether a report was of use: a number, not a name; once a day from one place; without a script too."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from reports.models import Quota, Usefulness
from tests.factories import ReportFactory

pytestmark = pytest.mark.django_db


def say(client, report, answer="co", **options):
    return client.post(reverse("reports:rate", args=[report.pk]), {"tra-loi": answer}, **options)


def counted(report):
    row = Usefulness.objects.filter(report=report).first()
    return (row.yes, row.no) if row else (0, 0)


def test_voices_are_counted_by_report(client):
    report, other = ReportFactory(published=True), ReportFactory(published=True)
    for number, answer in enumerate(["co", "co", "khong"]):
        say(client, report, answer, REMOTE_ADDR=f"192.0.2.{number}")
    say(client, other, "khong")

    assert (counted(report), counted(other)) == ((2, 1), (0, 1))


def test_without_a_script_a_page_thanks_and_leads_back(client):
    report = ReportFactory(published=True)

    response = say(Client(enforce_csrf_checks=True), report)

    page = response.content.decode()
    assert response.status_code == 200
    assert "Cảm ơn bạn" in page
    assert report.get_absolute_url() in page
    assert f"{reverse('reports:feedback')}?bai={report.pk}" in page
    assert not response.cookies
    assert "no-store" in response.headers["Cache-Control"]


def test_a_script_hears_a_number_and_nothing_else(client):
    response = say(client, ReportFactory(published=True), headers={"accept": "application/json"})

    assert (response.status_code, response.content) == (204, b"")


def test_one_place_counts_once_a_day_for_a_report_and_is_thanked_each_time(client):
    report = ReportFactory(published=True)

    answers = [say(client, report, answer).status_code for answer in ("co", "khong", "co")]

    assert answers == [200, 200, 200]
    assert counted(report) == (1, 0)


def test_addresses_of_one_household_are_one_place(client):
    report = ReportFactory(published=True)
    for last in ("1", "2", "abcd"):
        say(client, report, REMOTE_ADDR=f"2001:db8:1:2::{last}")
    say(client, report, REMOTE_ADDR="2001:db8:1:3::1")

    assert counted(report) == (2, 0)


def test_a_flood_over_many_reports_is_turned_away(client, monkeypatch):
    monkeypatch.setattr("reports.rating_views.PER_VISITOR", (("day", 3),))
    reports = ReportFactory.create_batch(5, published=True)

    answers = [say(client, report).status_code for report in reports]

    assert answers == [200, 200, 200, 429, 429]
    assert sum(counted(report)[0] for report in reports) == 3


@pytest.mark.parametrize("answer", ["", "x", "1 OR 1=1", "\x00", "CO"])
def test_what_is_no_answer_is_not_counted(client, answer):
    report = ReportFactory(published=True)

    response = say(client, report, answer)

    assert response.status_code == 400
    assert "Chưa ghi được" in response.content.decode()
    assert counted(report) == (0, 0)


def test_another_sites_button_is_not_counted(client):
    report = ReportFactory(published=True)

    assert say(client, report, headers={"origin": "https://xa.example"}).status_code == 403
    assert counted(report) == (0, 0)


@pytest.mark.parametrize("state", ["draft", "scheduled", "withdrawn"])
def test_what_is_not_public_cannot_be_rated(client, state):
    report = ReportFactory(**({} if state == "draft" else {state: True}))

    assert say(client, report).status_code == 404
    assert Quota.objects.count() == 0


def test_the_public_never_sees_the_numbers(client):
    report = ReportFactory(published=True)
    Usefulness.objects.create(report=report, yes=4177, no=3193)

    for address in (report.get_absolute_url(), reverse("home"), reverse("reports:list")):
        page = client.get(address).content.decode()
        assert "4177" not in page
        assert "4.177" not in page
        assert "3.193" not in page


def test_quotas_of_yesterday_are_cleared_away(client):
    Quota.objects.create(key="x" * 64, count=1, ends_at=timezone.now() - timedelta(days=1))

    say(client, ReportFactory(published=True))

    assert not Quota.objects.filter(key="x" * 64).exists()
