"""Names of a day: what a report prints about the unit that published it."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from units.models import Era, Unit, UnitKind, UnitLevel
from units.names import bare_name, folded_words, marked_words, name_sort_key

pytestmark = pytest.mark.django_db


def test_a_report_prints_the_name_its_unit_had_on_that_day(registry):
    thoi_son = Unit.objects.get(pk="t3-30517")

    assert [
        thoi_son.full_name_on(date(2024, 7, 1)),
        thoi_son.full_name_on(date(2021, 7, 1)),
    ] == [
        "Phường Thới Sơn, thị xã Tịnh Biên, tỉnh An Giang",
        "Xã Thới Sơn, huyện Tịnh Biên, tỉnh An Giang",
    ]


def test_the_name_changes_on_the_day_of_the_decision_and_not_before(registry):
    thoi_son = Unit.objects.get(pk="t3-30517")

    assert [thoi_son.name_on(date(2023, 4, day)) for day in (9, 10)] == [
        "Xã Thới Sơn",
        "Phường Thới Sơn",
    ]


def test_days_outside_a_units_life_count_as_its_nearest_living_day(registry):
    thoi_son = Unit.objects.get(pk="t3-30517")
    hoa_lu = Unit.objects.get(pk="t3-374")

    assert thoi_son.full_name_on(date(1990, 1, 1)) == "Xã Thới Sơn, huyện Tịnh Biên, tỉnh An Giang"
    assert thoi_son.full_name_on(date(2026, 1, 1)) == thoi_son.full_name_on()
    assert hoa_lu.full_name_on(date.max) == "Thành phố Hoa Lư, tỉnh Ninh Bình"


def test_without_a_day_the_parents_are_those_of_the_units_last_day(registry):
    # The commune ended in 2020, three years before its district became a town.
    retired = Unit.objects.create(
        key="t3-99901",
        code="99901",
        era=Era.THREE_TIER,
        name="Xã Thử Nghiệm",
        kind=UnitKind.COMMUNE,
        level=UnitLevel.COMMUNE,
        parent_id="t3-890",
        valid_to=date(2020, 1, 1),
    )

    assert retired.full_name_on() == "Xã Thử Nghiệm, huyện Tịnh Biên, tỉnh An Giang"


def test_a_unit_that_is_not_stored_yet_answers_from_its_fields(registry):
    draft = Unit(key="t2-99999", name="Xã Mới", parent=Unit.objects.get(pk="t2-91"))

    assert draft.full_name_on(date(2026, 1, 1)) == "Xã Mới, tỉnh An Giang"


def test_every_label_tells_homonyms_apart(registry):
    labels = [unit.label_with_context for unit in Unit.objects.filter(name="Phường Thới Sơn")]

    assert sorted(labels) == [
        "Phường Thới Sơn, thị xã Tịnh Biên, tỉnh An Giang (đến 30/6/2025)",
        "Phường Thới Sơn, tỉnh An Giang (từ 1/7/2025)",
        "Phường Thới Sơn, tỉnh Đồng Tháp (từ 1/7/2025)",
    ]
    everybody = [str(unit) for unit in Unit.objects.all()]
    assert len(set(everybody)) == len(everybody) == 15_299


@pytest.mark.parametrize(
    ("first", "end", "label"),
    [
        (date(2023, 4, 10), date(2025, 7, 1), "10/4/2023–30/6/2025"),
        (date(2025, 7, 1), None, "từ 1/7/2025"),
        (None, date(2025, 7, 1), "đến 30/6/2025"),
        (None, None, ""),
    ],
)
def test_years_are_printed_with_both_days_included(first, end, label):
    assert Unit(valid_from=first, valid_to=end).years_label() == label


def test_existence_includes_the_first_day_and_excludes_the_end(registry):
    hoa_lu = Unit.objects.get(pk="t3-374")

    days = [date(2024, 12, 31), date(2025, 1, 1), date(2025, 6, 30), date(2025, 7, 1)]

    expected = [(day >= date(2025, 1, 1) or hoa_lu.valid_from is None) for day in days[:3]]
    assert [hoa_lu.exists_on(day) for day in days] == [*expected, False]
    stored = [Unit.objects.existing_on(day).filter(pk="t3-374").exists() for day in days]
    assert stored == [*expected, False]


def test_labels_of_a_list_cost_no_query_however_long(registry, django_assert_num_queries):
    for count in (1, 30):
        with django_assert_num_queries(1):
            units = list(Unit.objects.filter(name__contains="Sơn")[:count])
            assert len({unit.label_with_context for unit in units}) == count


@given(day=st.dates(), index=st.integers(min_value=0, max_value=15_298))
def test_every_unit_has_one_name_on_every_day(registry, day, index):
    key = sorted(registry.spans)[index]
    unit = Unit(pk=key)
    name = unit.name_on(day)

    born, died = registry.life(key)
    nearest = max(born, min(day, date.fromordinal(died.toordinal() - 1)))
    assert [span.name for span in registry.spans[key] if span.first <= nearest < span.end] == [name]
    assert unit.full_name_on(day).split(", ")[0] == name


@pytest.mark.parametrize(
    ("name", "kind", "bare"),
    [
        ("Phường Thới Sơn", UnitKind.WARD, "Thới Sơn"),
        ("Thành phố Thủ Đức", UnitKind.MUNICIPAL_CITY, "Thủ Đức"),
        ("Thị xã Tịnh Biên", UnitKind.TOWN, "Tịnh Biên"),
        ("Thới Sơn", UnitKind.WARD, "Thới Sơn"),
    ],
)
def test_the_kind_word_is_no_part_of_the_bare_name(name, kind, bare):
    assert bare_name(name, kind) == bare


def test_units_stand_in_dictionary_order_and_numbers_in_theirs():
    names = ["Phường 1", "Phường 2", "Phường 10", "Phường An Biên", "Phường Ấn", "Phường Đông"]

    assert sorted(set(names), key=lambda name: name_sort_key(name, UnitKind.WARD)) == names


def test_the_sort_key_is_one_that_every_collation_orders_alike(registry):
    keys = Unit.objects.values_list("sort_key", flat=True)

    assert {character for key in keys for character in key} <= set(
        "0123456789abcdefghijklmnopqrstuvwxyz"
    )


@pytest.mark.parametrize(
    ("text", "folded"),
    [("Ea H’Leo", "ea hleo"), ("Xã  ĐÔNG-ANH", "xa dong anh"), ("Phường 08", "phuong 8")],
)
def test_searching_compares_words_without_marks_and_signs(text, folded):
    assert folded_words(text) == folded


def test_both_ways_to_place_a_tone_mark_are_one_spelling():
    assert marked_words("Hoà Uỷ Thuý") == marked_words("hòa ủy thúy")
    assert marked_words("hoà") != marked_words("hoá")
