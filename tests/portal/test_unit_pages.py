"""A unit's page: its names through time, its reports, and those of the ground's earlier units."""

from datetime import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.factories import EventFactory, PhotoFactory, ReportFactory
from units.models import Unit

pytestmark = pytest.mark.django_db


def unit(key):
    return Unit.objects.get(pk=key)


def at(text):
    return timezone.make_aware(datetime.fromisoformat(text))


def context_of(client, key):
    response = client.get(unit(key).get_absolute_url())
    assert response.status_code == 200
    return response.context


def page_of(client, key):
    return client.get(unit(key).get_absolute_url()).content.decode()


def test_it_lists_the_unit_and_what_is_below_it(client):
    own = ReportFactory(published=True, unit=unit("t2-91"), published_at=at("2026-01-02 08:00"))
    below = ReportFactory(
        published=True, unit=unit("t2-30502"), published_at=at("2026-01-01 08:00")
    )
    ReportFactory(published=True, unit=unit("t2-01"))

    assert list(context_of(client, "t2-91")["page"]) == [own, below]


def test_earlier_units_of_the_ground_are_a_second_group_with_their_numbers(client):
    ReportFactory.create_batch(
        2, published=True, unit=unit("t3-894"), published_at=at("2024-03-01 08:00")
    )
    ReportFactory(published=True, unit=unit("t3-30517"), published_at=at("2024-07-01 08:00"))
    ReportFactory(unit=unit("t3-30517"))

    groups = context_of(client, "t2-91")["former"]

    assert [(group["unit"].pk, group["reports"]) for group in groups] == [
        ("t3-894", 2),
        ("t3-30517", 1),
    ]
    assert "?don-vi=t2-91&amp;don-vi-cu=1" in page_of(client, "t2-91")


def test_a_commune_is_offered_the_reports_of_its_former_district(client):
    ReportFactory(published=True, unit=unit("t3-894"), published_at=at("2024-03-01 08:00"))
    commune = unit("t3-894").successors_today()[0][0]

    context = client.get(commune.get_absolute_url()).context

    assert [group["unit"].pk for group in context["former_districts"]] == ["t3-894"]
    assert context["page"].total == 0
    assert list(context["former"]) == []


def test_an_abolished_unit_says_what_it_has_become(client):
    context = context_of(client, "t3-894")
    page = page_of(client, "t3-894")

    assert len(context["successors"]) == 6
    assert "<strong>Nay thuộc</strong>" in page
    assert "đến 30/06/2025" in page


def test_a_unit_of_today_says_of_what_it_was_made(client):
    context = context_of(client, "t2-91")

    assert {old.pk for old, _ in context["predecessors"]} == {"t3-89", "t3-91"}
    assert context["successors"] == []


def test_its_names_stand_in_time_the_latest_first(client):
    page = page_of(client, "t3-30517")
    ward = page.index("phường Thới Sơn, thị xã Tịnh Biên")
    commune = page.index("xã Thới Sơn, huyện Tịnh Biên")

    assert ward < commune


def test_its_events_stand_beside_with_those_below(client):
    mine = EventFactory(unit=unit("t2-30502"), is_public=True, event_on=None)
    EventFactory(unit=unit("t2-01"), is_public=True)

    assert context_of(client, "t2-91")["events"] == [mine]


@pytest.mark.parametrize("count", [1, 30])
def test_the_page_costs_the_same_however_much_there_is(
    client, django_assert_max_num_queries, count
):
    for number in range(count):
        PhotoFactory(report=ReportFactory(published=True, unit=unit("t2-91")))
        EventFactory(
            unit=unit("t2-91"),
            is_public=True,
            event_on=None if number % 2 else at("2026-07-02 08:00").date(),
        )
        ReportFactory(published=True, unit=unit("t3-894"), published_at=at("2024-03-01 08:00"))
    address = unit("t2-91").get_absolute_url()
    client.get(reverse("about"))

    # the unit, its reports with their count, their photos, events with and without a day, former
    # units and their names, predecessors, what is below
    with django_assert_max_num_queries(9):
        client.get(address)


def test_an_unknown_unit_is_not_found(client):
    assert client.get("/don-vi/khong-co-don-vi-nay/").status_code == 404


# --- the tree ----------------------------------------------------------------------------------------


def test_the_tree_begins_with_provinces_of_today_and_of_then(client):
    context = client.get(reverse("units:tree")).context

    assert len(context["current"]) == 34
    assert len(context["former"]) == 63
    an_giang = next(province for province in context["current"] if province.pk == "t2-91")
    assert an_giang.communes == Unit.objects.current().filter(parent="t2-91").count()


def test_the_tree_is_one_query_and_stays_light(client, django_assert_num_queries):
    client.get(reverse("about"))

    with django_assert_num_queries(1):
        response = client.get(reverse("units:tree"))

    assert len(response.content) <= 40_000


def test_a_name_finds_all_its_homonyms_with_place_and_years(client):
    response = client.get(reverse("units:tree"), {"q": "thoi son"})

    keys = {found.pk for found in response.context["found"]}
    assert {"t2-30502", "t3-30517"} <= keys
    page = response.content.decode()
    assert "Phường Thới Sơn, thị xã Tịnh Biên, tỉnh An Giang" in page
    assert "từ 01/07/2025" in page


def test_each_level_leads_to_the_next(client):
    assert unit("t2-30502").get_absolute_url() in page_of(client, "t2-91")
    assert unit("t3-894").get_absolute_url() in page_of(client, "t3-89")
