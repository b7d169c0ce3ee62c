"""Suggestions while somebody types the name of a unit: the public picker and the back office."""

from django.http import JsonResponse
from django.views.decorators.http import require_safe

from units import registry
from units.models import Unit

MAX_SUGGESTIONS = 20


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
        # Why a unit appears under a name it no longer bears.
        "former_names": former_names(unit),
    }


def former_names(unit):
    """Names the unit bore before its latest, oldest first."""
    spans = registry.current().spans.get(unit.pk, ())
    return list(dict.fromkeys(span.name for span in spans if span.name != unit.name))
