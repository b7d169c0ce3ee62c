"""The registry of units in memory: names, parents and successions by key, for the whole process.

About 15,000 units change a few times a year and are asked for on every line of every list. So each
process holds them as plain tuples, loaded in three queries. `current()` looks at one small row at
most every `RECHECK_SECONDS` to learn that another process changed something; `changed()` says so.
"""

import time
import uuid
from collections import defaultdict
from datetime import date
from typing import NamedTuple

from django.apps import apps

# How long a correction made in another process may stay unseen here.
RECHECK_SECONDS = 10

# "Before the data" and "still there", so that days always compare.
BEGINNING, END = date.min, date.max


class Span(NamedTuple):
    """A stretch of a unit's life under one name and one parent; `end` is the first day after."""

    first: date
    end: date
    name: str
    parent: str | None


class Edge(NamedTuple):
    """Ground goes to (or comes from) `key` on `day`; `partial` where the old unit was divided.

    `basis` is the document that says so, or where the knowledge comes from.
    """

    key: str
    day: date
    partial: bool
    basis: str = ""


class Registry:
    """One consistent reading of all units. Its answers are keys; nothing in it may be changed."""

    def __init__(self, *, generation, spans, successors):
        self.generation = generation
        self.spans = spans
        self.successors = successors
        self.predecessors = _turned_round(successors)
        self.children = _children(spans)

    def span_on(self, key, day):
        """The stretch that holds `day`; before and after the unit's life its first and last."""
        spans = self.spans[key]
        for span in spans:
            if day < span.end:
                return span
        return spans[-1]

    def life(self, key):
        spans = self.spans[key]
        return spans[0].first, spans[-1].end


_held = None
_look_again_at = 0.0


def current():
    """The registry as the database has it (another process' change may be seconds late)."""
    global _held, _look_again_at
    now = time.monotonic()
    if _held is None or now >= _look_again_at:
        generation = _stored_generation()
        if _held is None or _held.generation != generation:
            _held = _read(generation)
        _look_again_at = now + RECHECK_SECONDS
    return _held


def changed():
    """Tell every process, this one at once, that units are not what they were.

    Part of the caller's transaction: others learn of it when it is committed.
    """
    apps.get_model("units", "RegistryState").objects.update_or_create(
        pk=1, defaults={"generation": uuid.uuid4().hex}
    )
    forget()


def forget():
    """Read the registry anew at the next question."""
    global _held
    _held = None


def look_again():
    """Ask the database at the next question whether units changed: somebody has changed something."""
    global _look_again_at
    _look_again_at = 0.0


def held():
    """What this process holds at the moment, or None; asks nothing."""
    return _held


def _stored_generation():
    states = apps.get_model("units", "RegistryState").objects
    return states.values_list("generation", flat=True).first() or ""


def _read(generation):
    """Three queries; equal days and keys are kept once, which halves the memory."""
    same = {}

    def once(value):
        return same.setdefault(value, value)

    versions = defaultdict(list)
    rows = apps.get_model("units", "UnitVersion").objects.values_list(
        "unit_id", "valid_from", "valid_to", "name", "parent_id"
    )
    for key, *version in rows.iterator():
        versions[key].append(version)

    spans = {}
    rows = apps.get_model("units", "Unit").objects.values_list(
        "pk", "valid_from", "valid_to", "name", "parent_id"
    )
    for key, *whole_life in rows.iterator():
        stretches = sorted(
            Span(once(first or BEGINNING), once(end or END), once(name), once(parent))
            for first, end, name, parent in versions.pop(key, None) or [whole_life]
        )
        # The unit's own days rule: a corrected life shortens or stretches its timeline.
        born, died = whole_life[0] or BEGINNING, whole_life[1] or END
        stretches = [span for span in stretches if span.first < died and span.end > born]
        if not stretches:
            stretches = [Span(born, died, *whole_life[2:])]
        stretches[0] = stretches[0]._replace(first=once(born))
        stretches[-1] = stretches[-1]._replace(end=once(died))
        spans[once(key)] = tuple(stretches)

    successors = defaultdict(list)
    rows = apps.get_model("units", "Succession").objects.values_list(
        "predecessor_id", "successor_id", "effective_on", "kind", "basis"
    )
    for old, new, day, kind, basis in rows.iterator():
        successors[once(old)].append(Edge(once(new), once(day), kind == "part", once(basis)))
    return Registry(
        generation=generation,
        spans=spans,
        successors={key: tuple(sorted(edges)) for key, edges in successors.items()},
    )


def _turned_round(successors):
    predecessors = defaultdict(list)
    for old, edges in successors.items():
        for edge in edges:
            predecessors[edge.key].append(old)
    return {key: tuple(olds) for key, olds in predecessors.items()}


def _children(spans):
    """Parent -> units that were ever below it directly."""
    children = defaultdict(dict)
    for key, stretches in spans.items():
        for span in stretches:
            if span.parent:
                children[span.parent][key] = None
    return {key: tuple(below) for key, below in children.items()}
