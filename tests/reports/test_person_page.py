"""A person's page: what they have published, under the name they sign with."""

import pytest
from django.urls import reverse

from tests.factories import (
    ContributionFactory,
    OrganisationFactory,
    PersonFactory,
    PhotoFactory,
    ReportFactory,
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
