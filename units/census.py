"""How many units there were on a day, by level and kind; and what the law says there were."""

from collections import Counter
from datetime import date

from units.kinds import UnitKind, UnitLevel
from units.models import Unit, UnitVersion
from units.questions import exists_condition

# Public figures the data was compiled against; a reload is measured by them.
# ({level: number}, {kind: number}) by day.
PUBLISHED = {
    date(2025, 6, 30): (
        {UnitLevel.PROVINCE: 63, UnitLevel.DISTRICT: 696, UnitLevel.COMMUNE: 10_035},
        {},
    ),
    date(2025, 7, 1): (
        {UnitLevel.PROVINCE: 34, UnitLevel.DISTRICT: 0, UnitLevel.COMMUNE: 3_321},
        {
            UnitKind.PROVINCE: 28,
            UnitKind.MUNICIPALITY: 6,
            UnitKind.COMMUNE: 2_621,
            UnitKind.WARD: 687,
            UnitKind.SPECIAL_ZONE: 13,
        },
    ),
    date(2026, 11, 22): (
        {UnitLevel.PROVINCE: 34, UnitLevel.DISTRICT: 0, UnitLevel.COMMUNE: 3_321},
        {
            UnitKind.PROVINCE: 25,
            UnitKind.MUNICIPALITY: 9,
            UnitKind.COMMUNE: 2_599,
            UnitKind.WARD: 709,
            UnitKind.SPECIAL_ZONE: 13,
        },
    ),
}


def counts_on(day):
    """(Counter of levels, Counter of kinds), each unit under the kind it had on `day`."""
    kinds = dict(UnitVersion.objects.filter(exists_condition(day)).values_list("unit_id", "kind"))
    by_level, by_kind = Counter(), Counter()
    for key, level, kind in Unit.objects.existing_on(day).values_list("pk", "level", "kind"):
        by_level[level] += 1
        by_kind[kinds.get(key, kind)] += 1
    return by_level, by_kind


def differences(day):
    """[(level or kind, published, counted)] where the stored units differ from public figures."""
    return [
        (what, number, counted[what.value])
        for published, counted in zip(PUBLISHED[day], counts_on(day), strict=True)
        for what, number in published.items()
        if counted[what.value] != number
    ]
