"""What became of units, and which ground they cover: the hardest promises of the portal."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from units import area
from units.models import Era, Succession, Unit, UnitKind, UnitLevel

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 22)


def names_today(key):
    return [
        (unit.name, partial) for unit, partial in Unit.objects.get(pk=key).successors_today(TODAY)
    ]


# --- the five source units ------------------------------------------------------------------------


def test_phuong_thoi_son_became_a_new_ward_of_the_same_name(registry):
    [(successor, partial)] = Unit.objects.get(pk="t3-30517").successors_today(TODAY)

    assert (successor.pk, successor.full_name_on(), partial) == (
        "t2-30502",
        "Phường Thới Sơn, tỉnh An Giang",
        False,
    )


def test_thanh_pho_ninh_binh_became_hoa_lu_and_then_four_wards(registry):
    first = Succession.objects.get(predecessor="t3-369")

    assert (first.successor.full_name_on(), first.effective_on, first.kind) == (
        "Thành phố Hoa Lư, tỉnh Ninh Bình",
        date(2025, 1, 1),
        "whole",
    )
    wards = {"Phường Đông Hoa Lư", "Phường Hoa Lư", "Phường Nam Hoa Lư", "Phường Tây Hoa Lư"}
    assert {name for name, _partial in names_today("t3-369")} == wards
    assert {name for name, _partial in names_today("t3-374")} == wards


@pytest.mark.parametrize(
    ("key", "successors"),
    [
        (
            "t3-894",
            ["Xã Định Mỹ", "Xã Óc Eo", "Xã Phú Hòa", "Xã Tây Phú", "Xã Thoại Sơn", "Xã Vĩnh Trạch"],
        ),
        (
            "t3-872",
            [
                "Xã Đốc Binh Kiều",
                "Xã Mỹ Quí",
                "Xã Phương Thịnh",
                "Xã Thanh Mỹ",
                "Xã Tháp Mười",
                "Xã Trường Xuân",
            ],
        ),
        (
            "t3-534",
            [
                "Phường Đức Phổ",
                "Xã Khánh Cường",
                "Xã Nguyễn Nghiêm",
                "Phường Sa Huỳnh",
                "Phường Trà Câu",
            ],
        ),
    ],
    ids=["Thoại Sơn", "Tháp Mười", "Đức Phổ"],
)
def test_a_district_became_what_its_communes_became(registry, key, successors):
    assert [name for name, _partial in names_today(key)] == successors


def test_a_commune_with_ground_from_a_second_district_is_a_partial_heir(registry):
    assert dict(names_today("t3-872"))["Xã Phương Thịnh"] is True
    assert set(dict(names_today("t3-894")).values()) == {False}


# --- successors -----------------------------------------------------------------------------------


def test_a_unit_that_exists_has_no_successor(registry):
    unit = Unit.objects.get(pk="t2-30502")

    assert unit.successors_today(TODAY) == []
    assert Unit.objects.get(pk="t3-30517").successors_today(date(2024, 1, 1)) == []


def test_nobody_invents_a_successor_for_the_four_communes_without_a_known_one(registry):
    lost = ["t3-01408", "t3-10774", "t3-23758", "t3-28825"]

    assert [names_today(key) for key in lost] == [[], [], [], []]
    # Their ground stays in their province for all that.
    assert [area.later_units(key) for key in lost[:1]] == [{"t2-04": False}]


def test_everything_else_has_successors_that_exist_today(registry):
    for key in registry.spans:
        _born, died = registry.life(key)
        if died <= TODAY and key not in {"t3-01408", "t3-10774", "t3-23758", "t3-28825"}:
            heirs = area.successors_on(key, TODAY)
            assert heirs, key
            assert all(born <= TODAY < died for born, died in map(registry.life, heirs)), key


def test_a_divided_commune_has_partial_heirs_and_an_undivided_one_a_whole_heir(registry):
    for old, edges in registry.successors.items():
        if edges[0].day == date(2025, 7, 1) and not registry.children.get(old):
            heirs = area.successors_on(old, TODAY)
            assert heirs == {edge.key: edge.partial for edge in edges}, old


def test_island_districts_became_special_zones(registry):
    assert names_today("t3-536") == [("Đặc khu Lý Sơn", False)]


def test_a_district_merged_into_a_larger_one_is_offered_only_where_it_was(registry):
    """Quận Thủ Đức was a third of thành phố Thủ Đức."""
    communes = area.former_district_communes("t3-762", TODAY)

    assert set(Unit.objects.filter(pk__in=communes).values_list("name", flat=True)) == {
        "Phường Hiệp Bình",
        "Phường Linh Xuân",
        "Phường Tam Bình",
        "Phường Thủ Đức",
    }


def test_only_districts_are_former_districts(registry):
    assert [
        area.former_district_communes(key, TODAY) for key in ("t3-89", "t3-30517", "t2-91")
    ] == [
        {},
        {},
        {},
    ]
    assert set(area.former_district_communes("t3-894", TODAY)) == set(
        area.successors_on("t3-894", TODAY)
    )


# --- ancestors, subtree, area ---------------------------------------------------------------------


def test_ancestors_are_those_of_the_day(registry):
    # A commune of huyện Hoa Lư until 2024; the district became a city with another code's ground.
    assert area.ancestors_on("t3-30517", date(2024, 7, 1)) == ["t3-890", "t3-89"]
    moved = next(
        key
        for key, spans in registry.spans.items()
        if len(spans) == 2 and spans[0].parent != spans[1].parent
    )
    change = registry.spans[moved][1].first
    assert area.ancestors_on(moved, change)[0] == registry.spans[moved][1].parent
    assert (
        area.ancestors_on(moved, change - timedelta(days=1))[0] == registry.spans[moved][0].parent
    )
    assert area.ancestors_on("t2-91", TODAY) == []


def test_parents_come_as_units_in_one_query(registry, django_assert_num_queries):
    unit = Unit.objects.get(pk="t3-30517")

    with django_assert_num_queries(1):
        assert [str(parent) for parent in unit.parents_on(date(2021, 1, 1))] == [
            "Thị xã Tịnh Biên, tỉnh An Giang (đến 30/6/2025)",
            "Tỉnh An Giang (đến 30/6/2025)",
        ]


def test_the_subtree_is_the_unit_and_its_own_system_below_it(registry):
    old = area.subtree_keys("t3-89")
    new = area.subtree_keys("t2-91")

    assert {"t3-89", "t3-890", "t3-30517"} <= old
    assert {key[:2] for key in old} == {"t3"}
    assert (len(new), {key[:2] for key in new}) == (103, {"t2"})


def test_an_giang_of_today_contains_what_lies_there(registry):
    an_giang = area.area_of("t2-91")

    assert [an_giang.get(key) for key in ("t3-89", "t3-91", "t3-894", "t3-890", "t3-30517")] == [
        False,
        False,
        False,
        False,
        False,
    ]
    assert "t3-87" not in an_giang
    assert area.area_of("t3-89").keys() == area.subtree_keys("t3-89")


def test_a_commune_is_partly_in_a_commune_but_wholly_in_its_province(registry):
    old, edges = next(
        (old, edges)
        for old, edges in sorted(registry.successors.items())
        if len(edges) == 2
        and edges[0].partial
        and len({registry.spans[edge.key][-1].parent for edge in edges}) == 1
        and edges[0].day == date(2025, 7, 1)
    )
    province = registry.spans[edges[0].key][-1].parent

    assert area.later_units(old) == {edges[0].key: True, edges[1].key: True, province: False}
    assert area.area_of(edges[0].key)[old] is True
    assert area.area_of(province)[old] is False


def test_every_unit_of_2025_lies_wholly_in_exactly_one_province_of_today(registry):
    provinces = {key for key in registry.spans if len(key) == 5 and key.startswith("t2-")}
    assert len(provinces) == 34
    for key in registry.spans:
        if key.startswith("t3-"):
            homes = {
                other: part for other, part in area.later_units(key).items() if other in provinces
            }
            assert list(homes.values()) == [False], key


def test_area_and_later_units_are_inverse_for_every_unit(registry):
    """x in area_of(y) exactly if y is x, was ever above x, or is in later_units(x)."""
    forwards, backwards = {}, {}
    for key in registry.spans:
        for other, partial in area.area_of(key).items():
            backwards[other, key] = partial
        forwards[key, key] = False
        for parents in {span.parent for span in registry.spans[key]} - {None}:
            forwards[key, parents] = False
            for span in registry.spans[parents]:
                if span.parent:
                    forwards[key, span.parent] = False
        for other, partial in area.later_units(key).items():
            assert (key, other) not in forwards
            forwards[key, other] = partial
    assert forwards == backwards


@given(index=st.integers(0, 15_298), day=st.dates(date(2019, 1, 1), date(2027, 1, 1)))
def test_after_a_day_a_unit_lies_above_or_later_never_both(registry, index, day):
    key = sorted(registry.spans)[index]
    later = area.later_units(key, after=day)
    above = area.ancestors_on(key, day)

    assert key not in later
    assert not set(above) & set(later)
    # All of it is known without a day, too.
    known = {*area.later_units(key), *(span.parent for span in registry.spans[key])}
    assert set(later) <= known | {up for span in known - {None} for up in area.ancestors_on(span)}


@given(index=st.integers(0, 3_354))
def test_the_area_of_a_unit_of_today_is_closed(registry, index):
    """Predecessors of what is in it are in it, and so is what was below it to the end."""
    key = sorted(key for key in registry.spans if key.startswith("t2-"))[index]
    in_area = area.area_of(key)

    assert area.subtree_keys(key) <= set(in_area)
    for other in in_area:
        assert set(registry.predecessors.get(other, ())) <= set(in_area)


def test_a_succession_that_already_took_place_moves_no_later_report(registry):
    """Huyện Lục Ngạn gave a part to thị xã Chũ on 1/1/2025 and lived on for half a year."""
    before = area.later_units("t3-219", after=date(2024, 12, 31))
    after = area.later_units("t3-219", after=date(2025, 1, 1))

    assert before["t3-224"] is True
    assert "t3-224" not in after
    assert "t2-24" in after


def test_a_commune_that_changed_its_district_is_found_in_the_later_one(registry):
    moved, old, new = next(
        (key, spans[0].parent, spans[1])
        for key, spans in sorted(registry.spans.items())
        if len(spans) == 2 and spans[0].parent != spans[1].parent
    )

    assert new.parent in area.later_units(moved, after=new.first - timedelta(days=1))
    assert new.parent not in area.later_units(moved, after=new.first)
    assert old not in area.later_units(moved, after=new.first)


def test_a_day_after_the_end_counts_as_the_last_day(registry):
    late = area.later_units("t3-30517", after=date(2026, 1, 1))

    assert (
        late
        == area.later_units("t3-30517", after=date(2025, 6, 30))
        == {
            "t2-30502": False,
            "t2-91": False,
        }
    )


def test_questions_of_ground_cost_no_query(registry, django_assert_num_queries):
    with django_assert_num_queries(0):
        for key in ("t3-30517", "t3-894", "t2-91"):
            area.ancestors_on(key, TODAY)
            area.subtree_keys(key)
            area.area_of(key)
            area.later_units(key, after=date(2024, 7, 1))
            area.former_district_communes(key, TODAY)


def test_successors_cost_one_query_however_many(registry, django_assert_num_queries):
    for key in ("t3-30517", "t3-769"):
        unit = Unit.objects.get(pk=key)
        with django_assert_num_queries(1):
            assert all(str(successor) for successor, _partial in unit.successors_today(TODAY))


def test_a_circle_made_by_a_mistaken_correction_hangs_nothing(registry):
    pair = [
        Unit.objects.create(
            key=f"t3-9990{number}",
            code=f"9990{number}",
            era=Era.THREE_TIER,
            name=f"Xã Vòng {number}",
            kind=UnitKind.COMMUNE,
            level=UnitLevel.COMMUNE,
            parent_id="t3-890",
            valid_to=date(2024, 1, 1),
        )
        for number in (1, 2)
    ]
    for old, new in (pair, pair[::-1]):
        Succession.objects.create(predecessor=old, successor=new, effective_on=date(2024, 1, 1))

    assert area.later_units(pair[0]).keys() == {"t3-99902"}
    assert area.successors_on(pair[0], TODAY) == {}
    assert area.area_of(pair[0]) == {"t3-99901": False, "t3-99902": False}
