"""Typed words find units: without marks, with kind words, former names too, homonyms all."""

from datetime import date

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from units.models import Unit

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 22)


def labels(text, count=20):
    return [str(unit) for unit in Unit.objects.suggested(text, TODAY)[:count]]


def keys(text):
    return [unit.pk for unit in Unit.objects.matching(text, TODAY)]


def test_thoi_son_offers_all_homonyms_with_parent_and_years(registry):
    assert labels("thoi son") == [
        "Phường Thới Sơn, tỉnh Đồng Tháp (từ 1/7/2025)",
        "Phường Thới Sơn, tỉnh An Giang (từ 1/7/2025)",
        "Xã Thới Sơn, thành phố Mỹ Tho, tỉnh Tiền Giang (đến 30/6/2025)",
        "Phường Thới Sơn, thị xã Tịnh Biên, tỉnh An Giang (đến 30/6/2025)",
        "Xã Xuân Thới Sơn, thành phố Hồ Chí Minh (từ 1/7/2025)",
        "Xã Xuân Thới Sơn, huyện Hóc Môn, thành phố Hồ Chí Minh (đến 30/6/2025)",
    ]


@pytest.mark.parametrize("text", ["THOI SON", "  thới   sơn ", "Thơ\u0301i Sơn", "thoi-son"])
def test_case_spaces_and_unicode_form_make_no_difference(registry, text):
    assert keys(text) == keys("thoi son")


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("tx tinh bien", "t3-890"),
        ("thị xã tịnh biên", "t3-890"),
        ("TX. Tịnh Biên", "t3-890"),
        ("tp ninh binh", "t3-369"),
        ("tỉnh ninh bình", "t2-37"),
        ("q9", "t3-763"),
        ("Q. 9", "t3-763"),
        ("quận 09", "t3-763"),
        ("h. thoai son", "t3-894"),
        ("huyện thoại sơn", "t3-894"),
        ("dac khu ly son", "t2-21548"),
        ("ea hleo", "t2-24184"),
        ("Ea H’Leo", "t2-24184"),
        ("tinh bien", "t2-30520"),
    ],
)
def test_kind_words_and_their_abbreviations_are_understood(registry, text, first):
    found = Unit.objects.matching(text, TODAY).first()

    assert (found.pk, found.name) == (first, Unit.objects.get(pk=first).name)


def test_a_kind_word_leaves_out_other_kinds_but_knows_former_ones(registry):
    """Phường Thới Sơn of Tịnh Biên was a xã until 2023."""
    assert keys("xã thới sơn") == ["t3-28591", "t3-30517", "t2-27577", "t3-27577"]


@pytest.mark.parametrize("text", ["phuong 8", "p8", "P. 8", "Phường 08"])
def test_a_ward_with_a_number_is_found_by_its_number_alone(registry, text):
    found = list(Unit.objects.matching(text, TODAY)[:10])

    assert {unit.name for unit in found} == {"Phường 8"}


@pytest.mark.parametrize(
    "text",
    [
        "thới sơn, tịnh biên",
        "phuong thoi son, tx tinh bien, an giang",
        "Phường Thới Sơn, thị xã Tịnh Biên, tỉnh An Giang (đến 30/6/2025)",
        "thoi son tinh bien",
    ],
)
def test_a_place_after_the_name_narrows_the_choice(registry, text):
    assert labels(text) == ["Phường Thới Sơn, thị xã Tịnh Biên, tỉnh An Giang (đến 30/6/2025)"]


def test_a_label_copied_from_the_screen_finds_its_unit(registry):
    for unit in Unit.objects.filter(pk__endswith="7").order_by("slug")[:60]:
        assert unit.pk in keys(str(unit)), str(unit)


def test_typed_marks_bring_names_with_these_marks_first(registry):
    marked = [unit.name for unit in Unit.objects.matching("phú cát", TODAY)]
    unmarked = [unit.name for unit in Unit.objects.matching("phu cat", TODAY)]

    assert sorted(marked) == sorted(unmarked)
    assert marked[0].endswith("Phú Cát")
    exact = [name.endswith("Phú Cát") for name in marked]
    assert exact == sorted(exact, reverse=True)
    # Control: the other spelling exists, and its own marks bring it first.
    assert Unit.objects.matching("phù cát", TODAY).first().name.endswith("Phù Cát")


def test_both_ways_to_place_a_tone_mark_find_the_same(registry):
    assert keys("hoà bình") == keys("hòa bình") != []


def test_units_of_today_stand_before_former_ones_of_the_same_name(registry):
    eras = [key[:2] for key in keys("an giang")]

    assert eras == ["t2", "t3"]


def test_the_day_decides_who_is_former(registry):
    then = Unit.objects.matching("an giang", date(2025, 6, 30))

    assert [unit.pk for unit in then] == ["t3-89", "t2-91"]


@pytest.mark.parametrize(
    "text", ["", "   ", "%", "_", "|", "/", "=", "()", ",", "\x00", "🙂", "''"]
)
def test_text_without_words_finds_nothing(registry, text):
    assert (keys(text), labels(text)) == ([], [])


def test_signs_of_the_search_columns_are_no_words(registry):
    assert keys("thoi son=") == keys("|thoi/son|") == keys("thoi son")
    assert keys("th_i son") == keys("%oi son") == []


@given(text=st.text(max_size=300))
def test_no_text_breaks_the_search(registry, text):
    found = list(Unit.objects.suggested(text, TODAY)[:3])

    assert len({unit.pk for unit in found}) == len(found)


def test_existing_on_a_day_and_today(registry):
    assert Unit.objects.current(TODAY).count() == 34 + 3_321
    assert Unit.objects.existing_on(date(2025, 6, 30)).count() == 63 + 696 + 10_035


# --- the picker -----------------------------------------------------------------------------------


def suggestions(client, text):
    response = client.get(reverse("units:suggest"), {"q": text})
    assert (response.status_code, response.headers["Content-Type"]) == (200, "application/json")
    return response.json()["results"]


def test_the_picker_tells_homonyms_apart(client, registry):
    assert suggestions(client, "xã thới sơn")[1] == {
        "key": "t3-30517",
        "name": "Phường Thới Sơn",
        "parent": "thị xã Tịnh Biên, tỉnh An Giang",
        "years": "đến 30/6/2025",
        "label": "Phường Thới Sơn, thị xã Tịnh Biên, tỉnh An Giang (đến 30/6/2025)",
        "url": "/don-vi/phuong-thoi-son-tinh-bien/",
        "former_names": ["Xã Thới Sơn"],
        "now": "phường Thới Sơn, tỉnh An Giang",
    }


def test_the_picker_stands_at_its_vietnamese_address():
    assert reverse("units:suggest") == "/don-vi/goi-y/"


def test_the_picker_offers_at_most_twenty(client, registry):
    assert [len(suggestions(client, text)) for text in ("thoi son", "phuong", "an")] == [6, 20, 20]


@pytest.mark.parametrize("text", ["thoi son", "phuong 1"])
def test_the_picker_costs_two_queries_however_much_it_finds(
    client, registry, text, django_assert_num_queries
):
    with django_assert_num_queries(2):
        suggestions(client, text)


@pytest.mark.parametrize("query", ["", "?q=", "?q=%00", "?q=" + "a+" * 500, "?q=%22%5B%5D&q=x"])
def test_the_picker_answers_nonsense_with_an_empty_list(client, registry, query):
    response = client.get(reverse("units:suggest") + query)

    assert response.status_code in (200, 400)
    if response.status_code == 200:
        assert isinstance(response.json()["results"], list)


def test_the_picker_only_reads(client):
    assert client.post(reverse("units:suggest"), {"q": "an"}).status_code == 405
