"""The readers' list of units: provinces first, one level at a time, never all 15,000 at once."""

from django.db.models import Count, Q
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from portal.text import one_line
from units.models import Era, Unit, UnitLevel

FOUND_AT_MOST = 40


@require_safe
def unit_tree(request):
    """`/don-vi/`: the provinces of today and of before; with `?q=`, the units of that name."""
    text = one_line(request.GET.get("q", ""))[:200]
    today = timezone.localdate()
    provinces = (
        Unit.objects.filter(level=UnitLevel.PROVINCE)
        .annotate(communes=Count("children", filter=_existing_child(today)))
        .in_name_order()
    )
    found = list(Unit.objects.matching(text)[: FOUND_AT_MOST + 1]) if text else []
    context = {
        "here": "units",
        "here_exactly": True,
        "q": text,
        "found": found[:FOUND_AT_MOST],
        "found_more": len(found) > FOUND_AT_MOST,
        "current": [unit for unit in provinces if unit.era == Era.TWO_TIER],
        "former": [unit for unit in provinces if unit.era == Era.THREE_TIER],
    }
    return render(request, "units/unit_tree.html", context)


def _existing_child(today):
    """The children that a province of today still has."""
    return Q(children__valid_to=None) | Q(children__valid_to__gt=today)
