"""A trial says what an import would do, and stores nothing: what it has already seen, it remembers."""

from dataclasses import dataclass
from datetime import date
from zlib import crc32

from portal.limited import Refusal
from portal.text import vietnamese_slug

from .judging import MOST_NEAR, Stored
from .nearness import SAME_TEXT, find_duplicates, runs, shared_part

SKETCH = 48
WORTH_READING = 0.25


@dataclass(frozen=True)
class Seen:
    """A page that would have become a draft by now; its text is read again where it is needed."""

    piece: object
    title: str
    source_hash: str
    original_url: str = ""
    day: date | None = None
    sketch: frozenset = frozenset()


class Imagined(Stored):
    """What would be in already had the pages before this one been stored.

    `read(piece)` gives the `DraftValues` of a page read before.
    """

    def __init__(self, read):
        self._read = read
        self._by_hash, self._by_address, self._alike = {}, {}, {}

    def remember(self, seen):
        self._by_hash[seen.source_hash] = seen
        if seen.original_url:
            self._by_address[seen.original_url] = seen
        for key in _keys(seen.title, seen.day):
            self._alike.setdefault(key, []).append(seen)

    def by_address(self, address):
        if found := super().by_address(address):
            return found
        seen = self._by_address.get(address)
        return seen and (self._read(seen.piece), None)

    def by_text(self, unit, text_hash):
        if found := super().by_text(unit, text_hash):
            return found
        seen = self._by_hash.get(text_hash)
        return seen and (seen, None)

    def near(self, values):
        found = [(report.title, why) for report, why in find_duplicates(values)]
        alike = {
            seen.source_hash: seen
            for key in _keys(values.title, day_of(values))
            for seen in self._alike.get(key, ())
        }
        own = runs(values) if alike else set()
        drawn = sketch_of(own)
        for seen in alike.values():
            if len(drawn & seen.sketch) < WORTH_READING * min(len(drawn), len(seen.sketch)):
                continue
            try:
                shared = shared_part(own, runs(self._read(seen.piece)))
            except Refusal:
                continue
            if shared >= SAME_TEXT:
                found.append((seen.title, f"giống {shared:.0%} nội dung"))
        return found[:MOST_NEAR]


def sketch_of(own_runs):
    """A few numbers of a text; texts that share much share many of them."""
    return frozenset(sorted(crc32(" ".join(run).encode()) for run in own_runs)[:SKETCH])


def day_of(values):
    """The day by which the draft would count."""
    if values.held_on:
        return values.held_on
    return values.published_at and values.published_at.date()


def _keys(title, day):
    return [vietnamese_slug(title)[:16], *([day] if day else [])]
