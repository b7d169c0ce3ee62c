"""A person's page: what they have published, under the name they sign with."""

from datetime import date

import pytest
from django.urls import reverse

from tests.factories import (
    ContributionFactory,
    EventFactory,
    OrganisationFactory,
    PersonFactory,
    PhotoFactory,
    ReportFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db


def test_it_holds_their_published_works_once_whatever_they_did(client):
    person = PersonFactory(name="Minh Ngọc", organisation=OrganisationFactory(name="Đài thị xã"))
    both = ReportFactory(published=True)
    ContributionFactory(report=both, person=person, role="author")
    ContributionFactory(report=both, person=person, role="photographer")
    ContributionFactory(report=ReportFactory(), person=person)
    ContributionFactory(report=ReportFactory(published=True))

    response = client.get(person.get_absolute_url())

    assert list(response.context["page"]) == [both]
    assert "Người viết, người chụp ảnh, Đài thị xã." in response.content.decode()


def test_works_are_counted_by_the_year_they_count_for(client):
    person = PersonFactory()
    for year in (2023, 2023, 2024):
        report = ReportFactory(published=True, event=EventFactory(event_on=date(year, 5, 1)))
        ContributionFactory(report=report, person=person, role="author")
        ContributionFactory(report=report, person=person, role="photographer")
    undated = ReportFactory(published=True, published_is_estimate=True)
    ContributionFactory(report=undated, person=person)
    ContributionFactory(report=ReportFactory(scheduled=True), person=person)

    response = client.get(person.get_absolute_url())

    assert response.context["years"] == [(2024, 1), (2023, 2)]
    assert response.context["undated"] == 1
    for year, number in response.context["years"]:
        listed = client.get("/tin/", {"tac-gia": person.pk, "ky": year})
        assert listed.context["page"].total == number


def test_only_pen_names_that_were_printed_are_told(client):
    person = PersonFactory(name="Minh Ngọc")
    person.pen_names.create(name="Bút Danh Kín")
    ContributionFactory(report=ReportFactory(published=True), person=person, signed_as="M.N")
    ContributionFactory(report=ReportFactory(published=True), person=person, signed_as="Minh Ngọc")
    ContributionFactory(report=ReportFactory(), person=person, signed_as="Tên Ở Bản Nháp")

    page = client.get(person.get_absolute_url()).content.decode()

    assert "Còn ký: M.N." in page
    assert "Bút Danh Kín" not in page
    assert "Tên Ở Bản Nháp" not in page


def test_a_login_name_shows_nowhere(client):
    person = PersonFactory(user=UserFactory(username="dang-nhap-kin"))
    ContributionFactory(report=ReportFactory(published=True), person=person)

    for address in (person.get_absolute_url(), f"/rss/?tac-gia={person.pk}",
                    f"/tin/feed.json?tac-gia={person.pk}", f"/tin/?tac-gia={person.pk}"):  # fmt: skip
        assert "dang-nhap-kin" not in client.get(address).content.decode()


def test_it_offers_feeds_of_its_own(client):
    person = ContributionFactory(report=ReportFactory(published=True)).person
    page = client.get(person.get_absolute_url()).content.decode()

    for path in ("/rss/", "/tin/feed.json"):
        address = f"{path}?tac-gia={person.slug}-{person.pk}"
        assert 'rel="alternate"' in page
        assert f'href="{address}"' in page
        assert client.get(address).status_code == 200


def test_a_wrong_slug_leads_to_the_right_address(client):
    person = ContributionFactory(report=ReportFactory(published=True)).person

    response = client.get(reverse("reports:person", args=["ai-do", person.pk]))

    assert (response.status_code, response.url) == (301, person.get_absolute_url())


@pytest.mark.parametrize("count", [1, 30])
def test_it_costs_the_same_however_many(client, django_assert_num_queries, count):
    person = PersonFactory()
    for report in ReportFactory.create_batch(count, published=True):
        ContributionFactory(report=report, person=person)
        PhotoFactory(report=report)
    client.get(reverse("about"))

    # the person, the page with its count and photos, the roles
    with django_assert_num_queries(3):
        client.get(person.get_absolute_url())
