"""The readers' list of units: one level at a time, never all 15,000 at once."""

import unicodedata
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby

from django.db.models import Count, Q
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from portal.text import one_line
from units.area import successors_on
from units.kinds import Era, UnitLevel
from units.models import Unit
from units.names import bare_name

FOUND_AT_MOST = 40
HEIRS_SHOWN = 6
OVERLOOKED_AT_ONCE = 30
# The era switch of the address: `?thoi=truoc` is the three-tier system.
BEFORE = "truoc"
TWO_TIERS_SINCE = date(2025, 7, 1)
_LEVELS = {"tinh": UnitLevel.PROVINCE, "huyen": UnitLevel.DISTRICT}
_TONES = "\u0300\u0309\u0303\u0301\u0323"


@dataclass
class Choice:
    """What of the tree is open, and what of the address was not understood."""

    era: str = Era.TWO_TIER
    province: Unit | None = None
    district: Unit | None = None
    notices: list = field(default_factory=list)


@require_safe
def unit_tree(request):
    """`/don-vi/`: the provinces of today, or with `?thoi=truoc` those until 30 June 2025.

    `?tinh=` opens a province, `?huyen=` a former district; `?q=` finds units by name and says what
    has become of those that are gone.
    """
    text = one_line(request.GET.get("q", ""))[:200]
    today = timezone.localdate()
    choice = _choice(request.GET)
    provinces = (
        Unit.objects.filter(level=UnitLevel.PROVINCE, era=choice.era)
        .annotate(below=Count("children", filter=_below(choice.era, today)))
        .defer("folded_names", "marked_names")
        .in_name_order()
    )
    found = list(Unit.objects.suggested(text)[: FOUND_AT_MOST + 1]) if text else []
    context = {
        "here": "units",
        "here_exactly": True,
        "q": text,
        "found": _with_heirs(found[:FOUND_AT_MOST], today),
        "found_more": len(found) > FOUND_AT_MOST,
        "before": choice.era == Era.THREE_TIER,
        "notices": choice.notices,
        "provinces": provinces,
        "province": choice.province,
        "district": choice.district,
    }
    if choice.province:
        children = _children(choice.province, today)
        context["below"] = by_letter(children) if choice.era == Era.TWO_TIER else children
    if choice.district:
        context["communes"] = by_letter(_children(choice.district, today))
    return render(request, "units/unit_tree.html", context)


def _choice(data):
    """What the address opens. A district opens its province; a province decides the era."""
    wanted = {level: one_line(data.get(name, ""))[:12] for name, level in _LEVELS.items()}
    keys = [key for key in wanted.values() if key]
    units = {unit.pk: unit for unit in Unit.objects.filter(pk__in=keys).select_related("parent")}
    choice = Choice(era=Era.THREE_TIER if data.get("thoi") == BEFORE else Era.TWO_TIER)
    for level, key in wanted.items():
        unit = units.get(key)
        if key and (unit is None or unit.level != level):
            choice.notices.append(f"Không có đơn vị {UnitLevel(level).label} mã “{key}”.")
        elif unit and level == UnitLevel.PROVINCE:
            choice.province, choice.era = unit, unit.era
        elif unit:
            choice.district, choice.province, choice.era = unit, unit.parent, unit.era
    return choice


def _below(era, today):
    """The children a province of today still has; of a former one, all it had at its end."""
    if era == Era.TWO_TIER:
        return Q(children__valid_to=None) | Q(children__valid_to__gt=today)
    return Q(children__valid_to=TWO_TIERS_SINCE)


def _children(unit, today):
    children = unit.children.defer("folded_names", "marked_names").in_name_order()
    return children.existing_on(today) if unit.era == Era.TWO_TIER else children


def by_letter(units):
    """[(letter, units)] of units in name order, by the first letter of the name after its kind.

    A list that a reader overlooks at once stays whole, under no letter.
    """
    units = list(units)
    if len(units) <= OVERLOOKED_AT_ONCE:
        return [("", units)] if units else []
    return [(letter, list(group)) for letter, group in groupby(units, key=first_letter)]


def first_letter(unit):
    """`Phường Óc Eo` -> `O`, `Xã Đông Thạnh` -> `Đ`, `Phường 8` -> `0–9`; tones do not count."""
    first = bare_name(unit.name, unit.kind)[:1].upper()
    if not first.isalpha():
        return "0–9"
    parts = unicodedata.normalize("NFD", first)
    return unicodedata.normalize("NFC", "".join(part for part in parts if part not in _TONES))


def _with_heirs(found, today):
    """[(unit, units that stand in its place, how many more)]; empty for those that exist."""
    heirs = {unit.pk: sorted(successors_on(unit, today)) for unit in found}
    keys = {key for keys in heirs.values() for key in keys[:HEIRS_SHOWN]}
    units = Unit.objects.select_related("parent").in_bulk(keys) if keys else {}
    return [
        (
            unit,
            [units[key] for key in heirs[unit.pk][:HEIRS_SHOWN]],
            max(0, len(heirs[unit.pk]) - HEIRS_SHOWN),
        )
        for unit in found
    ]
