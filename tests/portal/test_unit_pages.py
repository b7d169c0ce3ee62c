"""A unit's page: its names through time, its reports, and those of the ground's earlier units."""

from datetime import date, datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from portal.text import sort_key
from tests.factories import EventFactory, PhotoFactory, ReportFactory
from units.models import Succession, Unit
from units.views import first_letter

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

    groups = context_of(client, "t2-91")["former"]["groups"]

    assert [(group["unit"].pk, group["reports"]) for group in groups] == [
        ("t3-894", 2),
        ("t3-30517", 1),
    ]
    assert "?don-vi=t2-91&amp;don-vi-cu=1" in page_of(client, "t2-91")


def test_a_commune_is_offered_the_reports_of_its_former_district(client):
    ReportFactory(published=True, unit=unit("t3-894"), published_at=at("2024-03-01 08:00"))
    commune = unit("t3-894").successors_today()[0][0]

    context = client.get(commune.get_absolute_url()).context

    assert [group["unit"].pk for group in context["former_districts"]["groups"]] == ["t3-894"]
    assert context["page"].total == 0
    assert context["former"]["groups"] == []


def test_an_abolished_unit_says_what_it_has_become(client):
    context = context_of(client, "t3-894")
    page = page_of(client, "t3-894")

    assert len(context["successors"]) == 6
    assert "<strong>Nay thuộc</strong>" in page
    assert 'đến <time datetime="2025-06-30">30/06/2025</time>.' in page


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


def test_a_unit_without_reports_shows_the_newest_of_the_units_before_it(client):
    old = ReportFactory.create_batch(
        4, published=True, unit=unit("t3-30517"), published_at=at("2024-07-01 08:00")
    )
    of_district = ReportFactory(
        published=True, unit=unit("t3-890"), published_at=at("2024-03-01 08:00")
    )
    ReportFactory(scheduled=True, unit=unit("t3-30517"))
    ReportFactory(unit=unit("t3-30517"))

    context = context_of(client, "t2-30502")

    assert context["page"].total == 0
    assert context["former_cards"] == old[:0:-1]
    assert context["former_district_cards"] == [of_district]
    assert "Dưới đây là bài của các đơn vị cũ." in page_of(client, "t2-30502")


def test_an_abolished_unit_leads_to_the_newest_reports_of_what_stands_in_its_place(client):
    new = ReportFactory(published=True, unit=unit("t2-30502"))
    ReportFactory(scheduled=True, unit=unit("t2-30502"))
    own = ReportFactory(published=True, unit=unit("t3-30517"), published_at=at("2024-07-01 08:00"))

    context = context_of(client, "t3-30517")

    assert list(context["page"]) == [own]
    assert context["successor_cards"] == [new]
    assert [(heir.pk, partial) for heir, partial in context["successors"]] == [("t2-30502", False)]
    assert unit("t2-30502").get_absolute_url() in page_of(client, "t3-30517")


def test_a_report_of_an_earlier_name_says_so(client):
    ReportFactory(published=True, unit=unit("t3-30517"), published_at=at("2021-07-01 08:00"))
    ReportFactory(published=True, unit=unit("t3-30517"), published_at=at("2024-07-01 08:00"))

    page = page_of(client, "t3-30517")

    assert ">Xã Thới Sơn</a></p>" in page
    assert ">Phường Thới Sơn</a></p>" not in page
    assert "Trước đó là xã Thới Sơn." in page


def test_numbers_by_year_add_up_and_lead_to_the_list(client):
    for moment in ("2023-03-01 08:00", "2024-03-01 08:00", "2024-04-01 08:00"):
        ReportFactory(
            published=True,
            unit=unit("t3-894"),
            published_at=at(moment),
            event=EventFactory(kind="doi-thoai", event_on=at(moment).date()),
        )
    ReportFactory(
        published=True,
        unit=unit("t3-894"),
        published_at=at("2022-01-01 08:00"),
        published_is_estimate=True,
    )

    tally = context_of(client, "t3-894")["tally"]

    assert tally == {
        "years": [(2024, 2), (2023, 1)],
        "undated": 1,
        "kinds": [("doi-thoai", "đối thoại", 3)],
    }
    page = page_of(client, "t3-894")
    for query, total in (("ky=2024", 2), ("chua-ro-ngay=1", 1), ("loai=doi-thoai", 3)):
        address = f"{reverse('reports:list')}?don-vi=t3-894&{query}"
        assert address.replace("&", "&amp;") in page
        assert client.get(address).context["page"].total == total


def test_a_document_is_named_as_the_ground_of_a_change(client, registry):
    Succession.objects.get(predecessor="t3-30517", successor="t2-30502").delete()
    Succession.objects.create(
        predecessor=unit("t3-30517"),
        successor=unit("t2-30502"),
        effective_on=date(2025, 7, 1),
        basis="Nghị quyết 99/NQ-MAU",
    )

    assert "Căn cứ: Nghị quyết 99/NQ-MAU." in page_of(client, "t3-30517")


def test_each_page_leads_to_feed_and_calendar_of_the_unit(client):
    page = page_of(client, "t2-91")

    for address in ("/rss/?don-vi=t2-91", "/su-kien/lich.ics?don-vi=t2-91"):
        assert f'href="{address}"' in page
        assert client.get(address).status_code == 200


@pytest.mark.parametrize("count", [1, 30])
@pytest.mark.parametrize("key", ["t2-91", "t3-894"])
def test_the_page_costs_the_same_however_much_there_is(
    client, django_assert_max_num_queries, count, key
):
    for number in range(count):
        PhotoFactory(report=ReportFactory(published=True, unit=unit(key)))
        EventFactory(
            unit=unit(key),
            is_public=True,
            event_on=None if number % 2 else at("2026-07-02 08:00").date(),
        )
        old = ReportFactory(
            published=True, unit=unit("t3-894"), published_at=at("2024-03-01 08:00")
        )
        PhotoFactory(report=old)
        PhotoFactory(
            report=ReportFactory(published=True, unit=unit("t3-894").successors_today()[0][0])
        )
    address = unit(key).get_absolute_url()
    client.get(reverse("about"))

    # the unit, its reports with their count, former units with their numbers, the newest of those
    # and of successors, all photos, all names, events, numbers by year and kind
    with django_assert_max_num_queries(8):
        client.get(address)


def test_an_unknown_unit_is_not_found(client):
    assert client.get("/don-vi/khong-co-don-vi-nay/").status_code == 404


# --- the tree ----------------------------------------------------------------------------------------


def tree(client, **query):
    return client.get(reverse("units:tree"), query).context


def test_the_tree_begins_with_the_provinces_of_today(client):
    provinces = list(tree(client)["provinces"])

    assert len(provinces) == 34
    an_giang = next(province for province in provinces if province.pk == "t2-91")
    assert an_giang.below == Unit.objects.current().filter(parent="t2-91").count()


def test_the_address_turns_the_tree_to_the_time_before(client):
    provinces = list(tree(client, thoi="truoc")["provinces"])

    assert len(provinces) == 63
    assert next(province for province in provinces if province.pk == "t3-89").below == 11


def test_a_province_opens_by_a_link_with_its_communes_by_letter(client):
    context = tree(client, tinh="t2-91")
    letters = [letter for letter, _ in context["below"]]
    shown = [commune for _, communes in context["below"] for commune in communes]

    assert letters == sorted(set(letters), key=sort_key) != [""]
    assert "Đ" in letters
    assert set(shown) == set(Unit.objects.current().filter(parent="t2-91"))
    assert list(Unit.objects.current().filter(parent="t2-91").in_name_order()) == shown


def test_a_former_province_opens_districts_and_a_district_its_communes(client):
    districts = list(tree(client, tinh="t3-89")["below"])
    context = tree(client, huyen="t3-894")
    communes = {commune for _, communes in context["communes"] for commune in communes}

    assert unit("t3-894") in districts
    assert {district.level for district in districts} == {"district"}
    assert context["province"].pk == "t3-89"
    assert context["before"] is True
    assert communes == set(unit("t3-894").children.all())


@pytest.mark.parametrize("query", [{}, {"tinh": "t2-91"}, {"tinh": "t2-38"}, {"tinh": "t3-01"},
                                   {"huyen": "t3-894"}, {"q": "phu hoa"}])  # fmt: skip
def test_the_tree_costs_little_and_stays_light(client, django_assert_max_num_queries, query):
    client.get(reverse("about"))

    # what the address opens, provinces, districts, communes; or units found and their successors
    with django_assert_max_num_queries(5):
        response = client.get(reverse("units:tree"), query)

    assert len(response.content) <= 45_000


def test_what_the_address_asks_in_vain_is_said(client):
    for wrong in ({"tinh": "t2-99999"}, {"tinh": "t3-894"}, {"huyen": "<b>"}, {"tinh": "\x00"}):
        context = tree(client, **wrong)
        assert len(list(context["provinces"])) == 34
        assert bool(context["notices"]) == (wrong != {"tinh": "\x00"})


def test_a_name_finds_all_its_homonyms_with_place_and_years(client):
    response = client.get(reverse("units:tree"), {"q": "thoi son"})

    found = {found.pk: heirs for found, heirs, _ in response.context["found"]}
    assert {"t2-30502", "t3-30517"} <= set(found)
    page = response.content.decode()
    assert "Phường Thới Sơn, thị xã Tịnh Biên, tỉnh An Giang" in page
    assert "từ 01/07/2025" in page


def test_an_old_name_says_what_it_is_now(client):
    found = tree(client, q="thới sơn, tịnh biên")["found"]

    assert [(old.pk, [heir.pk for heir in heirs], more) for old, heirs, more in found] == [
        ("t3-30517", ["t2-30502"], 0)
    ]


def test_each_level_leads_to_the_next(client):
    assert unit("t2-30502").get_absolute_url() in page_of(client, "t2-91")
    assert unit("t3-894").get_absolute_url() in page_of(client, "t3-89")


@pytest.mark.parametrize(
    ("name", "kind", "letter"),
    [
        ("Phường Óc Eo", "ward", "O"),
        ("Xã Đông Thạnh", "commune", "Đ"),
        ("Phường Ô Môn", "ward", "Ô"),
        ("Xã Ấp Mới", "commune", "Â"),
        ("Phường 8", "ward", "0–9"),
    ],
)
def test_units_stand_under_the_letter_without_its_tone(name, kind, letter):
    assert first_letter(Unit(name=name, kind=kind)) == letter
