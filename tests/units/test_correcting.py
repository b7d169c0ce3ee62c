"""The back office corrects the registry, and a reload keeps what a person corrected."""

from datetime import date

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from units.loading import load_registry
from units.models import Succession, Unit

pytestmark = [pytest.mark.django_db, pytest.mark.once]

THOI_SON = "t3-30517"


@pytest.fixture
def office(client, registry):
    user = get_user_model().objects.create_superuser("quan-tri", password="mat-khau-dai-1")
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def change_address(key):
    return reverse("admin:units_unit_change", args=[key])


def form_of(office, key):
    """What a person who opens the page and presses "Lưu" sends."""
    response = office.get(change_address(key))
    assert response.status_code == 200
    data = {}
    forms = [response.context["adminform"].form]
    for inline in response.context["inline_admin_formsets"]:
        forms += [inline.formset.management_form, *inline.formset.forms]
    for form in forms:
        for name in form.fields:
            value = form[name].value()
            data[form.add_prefix(name)] = "" if value is None else value
            if isinstance(value, date):
                data[form.add_prefix(name)] = f"{value:%d/%m/%Y}"
            if value is False:
                del data[form.add_prefix(name)]
    return data


def save(office, key, data):
    response = office.post(change_address(key), data)
    if response.status_code == 200:
        errors = [response.context["adminform"].form.errors]
        for inline in response.context["inline_admin_formsets"]:
            errors += [inline.formset.errors, inline.formset.non_form_errors()]
        return str([error for error in errors if error])
    assert response.status_code == 302
    return None


def row_of(data, prefix, **values):
    """The number of the inline row that holds these values."""
    numbers = range(int(data[f"{prefix}-TOTAL_FORMS"]))
    return next(
        number
        for number in numbers
        if all(str(data[f"{prefix}-{number}-{name}"]) == value for name, value in values.items())
    )


def test_saving_without_a_change_corrects_nothing(office):
    before = Unit.objects.values().get(pk=THOI_SON)

    assert save(office, THOI_SON, form_of(office, THOI_SON)) is None

    assert Unit.objects.values().get(pk=THOI_SON) == before
    assert load_registry().changes == 0


def test_a_corrected_name_is_shown_found_and_kept(office):
    data = form_of(office, "t2-30502") | {"name": "Phường Thới Sơn Mới"}

    assert save(office, "t2-30502", data) is None
    done = load_registry()

    unit = Unit.objects.get(pk="t2-30502")
    assert (done.changes, done.corrections_kept) == (0, 1)
    assert unit.full_name_on() == "Phường Thới Sơn Mới, tỉnh An Giang"
    assert list(Unit.objects.matching("thoi son moi")) == [unit]
    assert (unit.slug, unit.corrected_fields) == ("phuong-thoi-son-an-giang", ["name"])


def test_a_corrected_name_of_a_unit_with_a_timeline_changes_its_last_line_only(office):
    data = form_of(office, THOI_SON) | {"name": "Phường Thới Sơn Cũ"}

    assert save(office, THOI_SON, data) is None
    assert load_registry().changes == 0

    unit = Unit.objects.get(pk=THOI_SON)
    assert [unit.name_on(day) for day in (date(2021, 1, 1), date(2024, 1, 1))] == [
        "Xã Thới Sơn",
        "Phường Thới Sơn Cũ",
    ]
    assert unit.corrected_fields == ["name", "versions"]


def test_a_corrected_timeline_is_kept_as_a_whole(office):
    data = form_of(office, THOI_SON)
    old = row_of(data, "versions", name="Xã Thới Sơn")
    new = row_of(data, "versions", name="Phường Thới Sơn")
    data[f"versions-{old}-valid_to"] = data[f"versions-{new}-valid_from"] = "15/05/2023"

    assert save(office, THOI_SON, data) is None
    assert load_registry().changes == 0

    unit = Unit.objects.get(pk=THOI_SON)
    assert [unit.name_on(date(2023, 5, day)) for day in (14, 15)] == [
        "Xã Thới Sơn",
        "Phường Thới Sơn",
    ]
    assert unit.corrected_fields == ["versions"]


def test_the_latest_line_of_a_timeline_is_the_units_own_name(office):
    data = form_of(office, THOI_SON)
    row = row_of(data, "versions", name="Phường Thới Sơn")
    data[f"versions-{row}-name"] = "Phường Thới Sơn Hạ"

    assert save(office, THOI_SON, data) is None
    load_registry()

    unit = Unit.objects.get(pk=THOI_SON)
    assert (unit.name, unit.full_name_on()) == (
        "Phường Thới Sơn Hạ",
        "Phường Thới Sơn Hạ, thị xã Tịnh Biên, tỉnh An Giang",
    )


def test_a_gap_in_a_timeline_is_refused_with_the_cure(office):
    data = form_of(office, THOI_SON)
    row = row_of(data, "versions", name="Xã Thới Sơn")
    data[f"versions-{row}-valid_to"] = "09/04/2023"

    assert "phải hết vào ngày “Phường Thới Sơn” bắt đầu (10/4/2023)" in save(office, THOI_SON, data)


def test_a_timeline_ends_with_its_unit(office):
    data = form_of(office, THOI_SON) | {"valid_to": "30/06/2025"}

    assert "Dòng cuối cùng phải hết cùng ngày với đơn vị (30/6/2025)" in save(
        office, THOI_SON, data
    )


def test_a_removed_succession_stays_removed(office):
    data = form_of(office, THOI_SON)
    row = row_of(data, "successions_out", successor="t2-30502")
    data[f"successions_out-{row}-DELETE"] = "on"

    assert save(office, THOI_SON, data) is None
    assert load_registry().changes == 0

    unit = Unit.objects.get(pk=THOI_SON)
    assert (unit.successors_today(), unit.corrected_fields) == ([], ["successors"])


def test_a_succession_written_on_the_successors_page_is_kept_for_the_predecessor(office):
    """One of the four communes whose successor nobody knew."""
    lost, heir = "t3-01408", "t2-01392"
    data = form_of(office, heir)
    number = data["successions_in-TOTAL_FORMS"]
    data["successions_in-TOTAL_FORMS"] = int(number) + 1
    data |= {
        f"successions_in-{number}-predecessor": lost,
        f"successions_in-{number}-successor": heir,
        f"successions_in-{number}-kind": "whole",
        f"successions_in-{number}-effective_on": "01/02/2020",
        f"successions_in-{number}-basis": "Tra hồ sơ địa giới của tỉnh",
    }

    assert save(office, heir, data) is None
    assert load_registry().changes == 0

    assert [unit.pk for unit, _partial in Unit.objects.get(pk=lost).successors_today()] == [heir]
    assert Unit.objects.get(pk=lost).corrected_fields == ["successors"]
    assert Unit.objects.get(pk=heir).corrected_fields == []


def test_released_corrections_go_back_to_the_data(office):
    save(office, THOI_SON, form_of(office, THOI_SON) | {"name": "Phường Nhầm"})

    office.post(
        reverse("admin:units_unit_changelist"),
        {"action": "release_corrections", "_selected_action": [THOI_SON]},
    )

    assert Unit.objects.get(pk=THOI_SON).name == "Phường Nhầm"
    load_registry()
    unit = Unit.objects.get(pk=THOI_SON)
    assert (unit.name, unit.corrected_fields) == ("Phường Thới Sơn", [])
    assert unit.full_name_on().startswith("Phường Thới Sơn, ")


def test_a_unit_of_a_later_reform_can_be_added_by_hand(office):
    data = {
        "key": "t2-30999",
        "name": "Phường Tương Lai",
        "kind": "ward",
        "level": "commune",
        "parent": "t2-91",
        "valid_from": "01/01/2027",
        "valid_to": "",
        "slug": "",
    }
    for prefix in ("versions", "successions_out", "successions_in"):
        data |= {f"{prefix}-TOTAL_FORMS": 0, f"{prefix}-INITIAL_FORMS": 0}

    response = office.post(reverse("admin:units_unit_add"), data)

    assert response.status_code == 302
    unit = Unit.objects.get(pk="t2-30999")
    assert (unit.slug, unit.era, unit.code) == ("phuong-tuong-lai", "t2", "30999")
    assert str(unit) == "Phường Tương Lai, tỉnh An Giang (từ 1/1/2027)"
    assert load_registry().changes == 0


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"valid_from": "01/07/2026", "valid_to": "01/07/2025"}, "Ngày hết phải sau ngày bắt đầu."),
        ({"parent": ""}, "đơn vị cấp huyện, cấp xã phải có."),
        ({"parent": "t2-30502"}, "Đơn vị cấp trên phải là cấp tỉnh hoặc cấp huyện"),
        ({"parent": "t3-89"}, "Đơn vị cấp trên phải thuộc cùng hệ thống."),
    ],
)
def test_nonsense_is_refused_in_our_language(office, change, message):
    data = form_of(office, "t2-30502") | change

    assert message in save(office, "t2-30502", data)


def test_the_list_is_searched_without_marks(office):
    response = office.get(reverse("admin:units_unit_changelist"), {"q": "thoi son tinh bien"})

    assert [unit.pk for unit in response.context["cl"].result_list] == [THOI_SON]


def test_the_area_filter_shows_former_units_too(office):
    response = office.get(
        reverse("admin:units_unit_changelist"), {"dia-ban": "t2-91", "level": "district"}
    )

    keys = {unit.pk for unit in response.context["cl"].queryset}
    assert {"t3-890", "t3-894"} < keys
    assert len(keys) == 26


@pytest.mark.parametrize(
    "query", ["?con=1", "?con=0", "?sua-tay=1", "?era=t3", "?dia-ban=khong-co"]
)
def test_every_filter_opens(office, query):
    assert office.get(reverse("admin:units_unit_changelist") + query).status_code == 200


def test_the_autocomplete_tells_homonyms_apart(office):
    response = office.get(
        reverse("admin:autocomplete"),
        {
            "term": "thoi son",
            "app_label": "units",
            "model_name": "succession",
            "field_name": "successor",
        },
    )

    assert [result["text"] for result in response.json()["results"]][:2] == [
        "Phường Thới Sơn, tỉnh Đồng Tháp (từ 1/7/2025)",
        "Phường Thới Sơn, tỉnh An Giang (từ 1/7/2025)",
    ]


def test_the_list_costs_the_same_however_long(office):
    office.get(reverse("admin:units_unit_changelist"))  # Django remembers content types.
    costs = []
    for query, rows in (("?q=quan+9", 1), ("?q=chau+thanh&level=district", 11)):
        with CaptureQueriesContext(connection) as queries:
            response = office.get(reverse("admin:units_unit_changelist") + query)
        assert len(response.context["cl"].result_list) == rows
        costs.append(len(queries))

    assert costs[0] == costs[1] <= 12


def test_a_parent_in_a_timeline_stands_above_its_unit(office):
    data = form_of(office, THOI_SON)
    row = row_of(data, "versions", name="Xã Thới Sơn")
    data[f"versions-{row}-parent"] = "t3-30502"

    assert "Đơn vị cấp trên phải là cấp tỉnh hoặc cấp huyện" in save(office, THOI_SON, data)


def test_a_unit_that_reports_or_successions_hang_on_is_not_deleted(office):
    response = office.post(reverse("admin:units_unit_delete", args=[THOI_SON]), {"post": "yes"})

    assert response.status_code in (200, 403)
    assert Unit.objects.filter(pk=THOI_SON).exists()


def test_a_succession_names_both_ends(registry):
    succession = Succession.objects.get(predecessor=THOI_SON)

    assert str(succession) == (
        "Phường Thới Sơn, thị xã Tịnh Biên, tỉnh An Giang → Phường Thới Sơn, tỉnh An Giang"
    )
