"""Suggestions while somebody types the name of a unit: the public picker and the back office."""

from django.http import JsonResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from units import naming, registry
from units.area import successors_on
from units.models import Unit
from units.names import in_sentence

MAX_SUGGESTIONS = 20
MOST_NAMES = 3


@require_safe
def suggest(request):
    """JSON for `?q=`: at most 20 units, homonyms told apart by parent and years.

    Public and the same for everybody; ten minutes in a cache do no harm.
    """
    units = Unit.objects.suggested(request.GET.get("q", ""))[:MAX_SUGGESTIONS]
    response = JsonResponse(
        {"results": [suggestion(unit) for unit in units]},
        json_dumps_params={"ensure_ascii": False},
    )
    response.headers["Cache-Control"] = "public, max-age=600"
    return response


def suggestion(unit):
    """What a list of choices needs to know of a unit; costs no query."""
    name, _, parent = unit.full_name_on().partition(", ")
    return {
        "key": unit.pk,
        "name": name,
        "parent": parent,
        "years": unit.years_label(),
        "label": unit.label_with_context,
        "url": unit.get_absolute_url(),
        # Why a unit appears under a name it no longer bears.
        "former_names": former_names(unit),
        # What stands in its place today, when it is gone.
        "now": names_today(unit),
    }


def names_today(unit):
    """`phường Thới Sơn, tỉnh An Giang`: what the unit became, as far as it fits on a line."""
    if not unit.valid_to or unit.valid_to > timezone.localdate():
        return ""
    keys = sorted(successors_on(unit))
    if len(keys) == 1:
        return in_sentence(naming.full_name_of(keys[0]))
    shown = ", ".join(in_sentence(naming.name_of(key)) for key in keys[:MOST_NAMES])
    return f"{shown} và {len(keys) - MOST_NAMES} nơi khác" if len(keys) > MOST_NAMES else shown


def former_names(unit):
    """Names the unit bore before its latest, oldest first."""
    spans = registry.current().spans.get(unit.pk, ())
    return list(dict.fromkeys(span.name for span in spans if span.name != unit.name))
