"""The registry data comes in: four CSV files to rows, again and again, with nothing lost.

Units are known by their key and never deleted. What the data says overwrites what the data said,
but not what an administrator corrected (`Unit.corrected_fields`): single fields of a unit, its
whole timeline, or its whole list of successors. A succession the data no longer has stays.
"""

import csv
from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.db import transaction

from units import registry, slugs
from units.kinds import Era, UnitKind, UnitLevel
from units.models import (
    DATA_FIELDS,
    SUCCESSORS,
    TIMELINE,
    Succession,
    Unit,
    UnitVersion,
)
from units.questions import OLDEST_FIRST

DATA_FOLDER = Path(__file__).resolve().parent / "data"

_KINDS = {str(kind.label): kind.value for kind in UnitKind}
_ERAS = {"pre-2025": Era.THREE_TIER.value, "2025": Era.TWO_TIER.value}
# How the compilers of the data know of a succession, in our words.
_BASES = {
    "nso": "danh mục của cơ quan thống kê",
    "alias": "đối chiếu tên cũ và tên mới",
    "name": "trùng tên trên cùng địa bàn",
    "communes": "suy từ các xã, phường trực thuộc",
    "curated": "tra từng văn bản",
}
_FIELDS = ("name", "type", "parent_key", "valid_from", "valid_to")
_DERIVED = ("sort_key", "folded_names", "marked_names")
_LEVELS = UnitLevel.values
_BATCH = 2000


class RegistryDataError(Exception):
    """The data cannot be read; the message says where, in Vietnamese. Nothing has been stored."""


@dataclass
class Loaded:
    """What one run found and did."""

    units: int
    units_created: int = 0
    units_changed: int = 0
    versions_changed: int = 0
    successions_changed: int = 0
    corrections_kept: int = 0

    @property
    def changes(self):
        return (
            self.units_created
            + self.units_changed
            + self.versions_changed
            + self.successions_changed
        )


@transaction.atomic
def load_registry(folder=DATA_FOLDER):
    """Bring the stored units in line with the files in `folder`; all or nothing.

    Raises `RegistryDataError` on a missing file, an unknown word or an unknown unit.
    """
    units, versions, successions = read_registry(Path(folder))
    done = Loaded(units=len(units))
    stored = Unit.objects.in_bulk()
    timelines = _load_units(units, versions, stored, done)
    _load_versions(timelines, done)
    _load_successions(successions, stored, done)
    if done.changes:
        registry.changed()
    return done


# --- reading --------------------------------------------------------------------------------------


def read_registry(folder):
    """({key: fields}, {key: [version fields]}, {(old, new): fields}) as the files say, checked."""
    units = {}
    for where, row in _rows(folder / "units.csv", "key", "code", "era", "level", *_FIELDS):
        units[row["key"]] = {
            "code": row["code"],
            "era": _word(_ERAS, row["era"], where),
            "level": _word({level: level for level in UnitLevel.values}, row["level"], where),
            **_fields(row, where),
        }
    versions = defaultdict(list)
    for where, row in _rows(folder / "unit_versions.csv", "key", *_FIELDS):
        _known(units, row["key"], where)
        versions[row["key"]].append(_fields(row, where))
    for stretches in versions.values():
        stretches.sort(key=lambda version: version["valid_from"] or date.min)
    for key, fields in units.items():
        for parent in {fields["parent_id"], *(v["parent_id"] for v in versions.get(key, ()))}:
            if parent:
                _known(units, parent, f"units.csv, {key}")
                if _LEVELS.index(units[parent]["level"]) >= _LEVELS.index(fields["level"]):
                    raise RegistryDataError(f"units.csv, {key}: {parent} không thể là cấp trên.")
    successions = {}
    columns = "old_key", "new_key", "kind", "effective_date", "basis"
    for where, row in _rows(folder / "successions.csv", *columns):
        pair = row["old_key"], row["new_key"]
        for key in pair:
            _known(units, key, where)
        successions[pair] = {
            "kind": _word({"whole": "whole", "part": "part"}, row["kind"], where),
            "effective_on": _day(row["effective_date"], where),
            "basis": _BASES.get(row["basis"], row["basis"]),
        }
    return units, dict(versions), successions


def _rows(path, *columns):
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = csv.DictReader(file)
            if missing := set(columns).difference(rows.fieldnames or ()):
                raise RegistryDataError(f"{path.name} thiếu cột {', '.join(sorted(missing))}.")
            for number, row in enumerate(rows, start=2):
                yield f"{path.name}, dòng {number}", row
    except (OSError, UnicodeDecodeError) as error:
        raise RegistryDataError(f"Không đọc được {path.name}: {error}") from error


def _fields(row, where):
    return {
        "name": row["name"],
        "kind": _word(_KINDS, row["type"], where),
        "parent_id": row["parent_key"] or None,
        "valid_from": _day(row["valid_from"], where),
        "valid_to": _day(row["valid_to"], where),
    }


def _word(known, word, where):
    if word not in known:
        raise RegistryDataError(f"{where}: không hiểu “{word}”.")
    return known[word]


def _known(units, key, where):
    if key not in units:
        raise RegistryDataError(f"{where}: không có đơn vị {key}.")


def _day(text, where):
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise RegistryDataError(f"{where}: ngày “{text}” không hợp lệ.") from None


# --- storing --------------------------------------------------------------------------------------


def _load_units(data, data_versions, stored, done):
    """Create and update units; return {key: timeline} of those whose timeline the data rules."""
    stored_versions = defaultdict(list)
    for version in UnitVersion.objects.order_by("unit_id", OLDEST_FIRST):
        stored_versions[version.unit_id].append(version)
    timelines, new, changed = {}, [], []
    for key, fields in data.items():
        unit = stored.get(key)
        corrected = set(unit.corrected_fields) if unit else set()
        done.corrections_kept += len(corrected)
        if TIMELINE in corrected or key not in data_versions:
            names = [(version.name, version.kind) for version in stored_versions[key]]
        else:
            names = [(version["name"], version["kind"]) for version in data_versions[key]]
            timelines[key] = data_versions[key], stored_versions[key]
        if unit is None:
            unit = Unit(key=key, **fields)
            unit.fill_derived(names)
            new.append(unit)
        elif _update(unit, fields, corrected, names):
            changed.append(unit)
    _give_slugs(new, data, stored)
    Unit.objects.bulk_create(new, batch_size=_BATCH)
    columns = [field.removesuffix("_id") for field in ("code", "era", *DATA_FIELDS, *_DERIVED)]
    Unit.objects.bulk_update(changed, columns, batch_size=200)
    stored.update((unit.key, unit) for unit in new)
    done.units_created, done.units_changed = len(new), len(changed)
    return timelines


def _update(unit, fields, corrected, names):
    """Set what the data rules on a stored unit; say whether anything is different now."""
    columns = (*fields, *_DERIVED)
    before = [getattr(unit, column) for column in columns]
    for column, value in fields.items():
        if column.removesuffix("_id") not in corrected:
            setattr(unit, column, value)
    unit.fill_derived(names)
    return before != [getattr(unit, column) for column in columns]


def _give_slugs(new, data, stored):
    """Slugs for new units only; those of today choose first (`units.slugs`)."""
    taken = {unit.slug for unit in stored.values()}
    for of_today in (True, False):
        wishes = {
            unit.key: slugs.candidates(
                key=unit.key,
                name=unit.name,
                parents=_parents(unit.parent_id, data),
                valid_from=unit.valid_from,
                valid_to=unit.valid_to,
            )
            for unit in new
            if (unit.era == Era.TWO_TIER and unit.valid_to is None) == of_today
        }
        dealt = slugs.deal(wishes, taken)
        # A short form that units of today share means none of them; nor a former one.
        taken.update(*wishes.values())
        for unit in new:
            unit.slug = dealt.get(unit.key, unit.slug)


def _parents(key, data):
    parents = []
    while key:
        parents.append((data[key]["name"], data[key]["kind"]))
        key = data[key]["parent_id"]
    return parents


def _load_versions(timelines, done):
    """Replace, as a whole, each timeline that differs from the data's."""
    outdated, new = [], []
    for key, (wanted, rows) in timelines.items():
        if wanted != [{name: getattr(row, name) for name in wanted[0]} for row in rows]:
            outdated += [row.pk for row in rows]
            new += [UnitVersion(unit_id=key, **fields) for fields in wanted]
    for start in range(0, len(outdated), _BATCH):
        UnitVersion.objects.filter(pk__in=outdated[start : start + _BATCH]).delete()
    UnitVersion.objects.bulk_create(new, batch_size=_BATCH)
    done.versions_changed = len(new)


def _load_successions(data, stored, done):
    rows = {(row.predecessor_id, row.successor_id): row for row in Succession.objects.all()}
    new, changed = [], []
    for pair, fields in data.items():
        if SUCCESSORS in stored[pair[0]].corrected_fields:
            continue
        row = rows.get(pair)
        if row is None:
            new.append(Succession(predecessor_id=pair[0], successor_id=pair[1], **fields))
        elif any(getattr(row, name) != value for name, value in fields.items()):
            for name, value in fields.items():
                setattr(row, name, value)
            changed.append(row)
    Succession.objects.bulk_create(new, batch_size=_BATCH)
    Succession.objects.bulk_update(changed, ["kind", "effective_on", "basis"], batch_size=200)
    done.successions_changed = len(new) + len(changed)
