"""A unit's history as its page tells it: names in time, what came to it, what went from it.

Answered from the registry in memory, with keys; the page looks the units up all at once.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta

from units import naming, registry
from units.registry import BEGINNING, END


@dataclass(frozen=True)
class Change:
    """Ground that came from, or went to, the unit `key`.

    `is_later`: it came when the unit was there already, or went while the unit remained.
    """

    key: str
    day: date
    partial: bool
    basis: str
    is_later: bool = False


@dataclass
class Step:
    """A stretch of the unit's life under one name and parent. Days are included; None is unknown
    (before the data) or open (still so)."""

    first: date | None
    last: date | None
    name: str
    full_name: str
    gained: list = field(default_factory=list)
    lost: list = field(default_factory=list)

    @property
    def grounds(self):
        """`Căn cứ: Nghị quyết …` for documents, `Nguồn: …` for where else the knowledge is from."""
        bases = dict.fromkeys(change.basis for change in (*self.gained, *self.lost))
        # A document has a number.
        documents = [basis for basis in bases if any(letter.isdigit() for letter in basis)]
        sources = [basis for basis in bases if basis and basis not in documents]
        named = (("Căn cứ", documents), ("Nguồn", sources))
        return [f"{word}: {'; '.join(found)}" for word, found in named if found]


@dataclass(frozen=True)
class Ending:
    """The last day of a unit that is gone, and the documents that ended it (`Nghị quyết …`)."""

    on: date
    basis: str


def ending_of(unit, today):
    """How `unit` ended, or None while it exists. From the registry in memory; no query."""
    known = registry.current()
    if unit.pk not in known.spans:
        return None
    died = known.life(unit.pk)[1]
    if died > today:
        return None
    last = [edge for edge in known.successors.get(unit.pk, ()) if edge.day >= died]
    # What names no document (no number in it) is a source of ours, not a ground.
    bases = dict.fromkeys(edge.basis for edge in last if any(map(str.isdigit, edge.basis)))
    return Ending(died - timedelta(days=1), "; ".join(bases))


def history_of(unit):
    """[Step], the latest first. Every succession of the unit stands in exactly one step."""
    known = registry.current()
    spans = known.spans.get(unit.pk, ())
    steps = [
        Step(
            first=None if span.first == BEGINNING else span.first,
            last=naming.last_day(span.end),
            name=span.name,
            full_name=naming.full_name_on(unit, naming.last_day(span.end)),
        )
        for span in spans
    ]
    if not steps:
        return []
    for old in known.predecessors.get(unit.pk, ()):
        for edge in known.successors[old]:
            if edge.key == unit.pk:
                is_later = edge.day > spans[0].first
                change = Change(old, edge.day, edge.partial, edge.basis, is_later)
                steps[_number_of(spans, edge.day)].gained.append(change)
    for edge in known.successors.get(unit.pk, ()):
        # On the day the ground goes, the unit no longer has it: it belongs to the day before.
        number = _number_of(spans, edge.day - timedelta(days=1))
        is_later = edge.day < spans[-1].end
        steps[number].lost.append(Change(edge.key, edge.day, edge.partial, edge.basis, is_later))
    return steps[::-1]


def children_of(unit, today):
    """(keys of the units directly below, keys of those that were below it before).

    Of today; of a unit that is gone: those of its last day, and those before.
    """
    known = registry.current()
    died = known.life(unit.pk)[1] if unit.pk in known.spans else END
    is_gone = died <= today
    now, before = [], []
    for child in known.children.get(unit.pk, ()):
        held = [span for span in known.spans[child] if span.parent == unit.pk]
        is_below = any(
            span.end == died if is_gone else span.first <= today < span.end for span in held
        )
        # What begins tomorrow is neither below it nor was.
        if is_below:
            now.append(child)
        elif any(span.end <= today for span in held):
            before.append(child)
    return now, before


def _number_of(spans, day):
    """Which stretch holds `day`; days outside the life count as its nearest stretch."""
    for number, span in enumerate(spans):
        if day < span.end:
            return number
    return len(spans) - 1
