"""Names as of a day, from the registry in memory: no query per label.

All functions take a unit; `units.models.Unit` offers them as methods. A unit that is not stored
yet answers from its own fields.
"""

from datetime import timedelta

from units import registry
from units.names import day_text, in_sentence


def name_on(unit, day=None):
    spans = registry.current().spans.get(unit.pk)
    if not spans:
        return unit.name
    return _span_on(spans, day).name


def full_name_on(unit, day=None):
    if unit.pk not in registry.current().spans:
        return ", ".join([unit.name, *_stored_parents(unit)])
    return full_name_of(unit.pk, day)


def full_name_of(key, day=None):
    """`full_name_on` of a stored unit by its key."""
    known, names = registry.current().spans, []
    while key:
        span = _span_on(known[key], day)
        names.append(in_sentence(span.name) if names else span.name)
        if day is None:
            # The parents' names of the unit's last day, not of theirs: they may have lived on.
            day = last_day(span.end)
        key = span.parent
    return ", ".join(names)


def name_of(key):
    """The latest name of a stored unit by its key."""
    return registry.current().spans[key][-1].name


def years_label(valid_from, valid_to):
    """The first and the last day, both included; a side that is unknown or open is left out."""
    last = valid_to and day_text(valid_to - timedelta(days=1))
    if valid_from and last:
        return f"{day_text(valid_from)}–{last}"
    if valid_from:
        return f"từ {day_text(valid_from)}"
    return f"đến {last}" if last else ""


def told_apart(units):
    """[name today] of units; where two bear the same name, each with its years."""
    names = [unit.name_on() for unit in units]
    return [
        f"{name} ({years})" if names.count(name) > 1 and (years := unit.years_label()) else name
        for unit, name in zip(units, names, strict=True)
    ]


def last_day(end):
    """The last day before `end`; None while there is no end."""
    return None if end == registry.END else end - timedelta(days=1)


def _span_on(spans, day):
    if day is None:
        return spans[-1]
    for span in spans:
        if day < span.end:
            return span
    return spans[-1]


def _stored_parents(unit):
    if unit.parent_id is None:
        return []
    return [in_sentence(part) for part in full_name_on(unit.parent).split(", ")]
