"""Reads the demo's texts: TOML files beside this module, days relative to `today` resolved."""

import re
import tomllib
from datetime import date, datetime, time, timedelta
from pathlib import Path

from django.utils import timezone

FOLDER = Path(__file__).parent / "content"
RELATIVE = re.compile(r"today(?P<days>[+-]\d+)?")


def shelves():
    """Sections, topics, organisations and people, as written in `shelves.toml`."""
    return _read("shelves.toml")


def events():
    """The events, in order; `day` and `until` still as written (see `day_of`)."""
    return _read("events.toml")["events"]


def reports():
    """All reports in order of their files; moments still as written (see `moment_of`)."""
    return [
        report
        for path in sorted(FOLDER.glob("reports_*.toml"))
        for report in _read(path.name)["reports"]
    ]


def register():
    """The rows of the register “Dân vận khéo”."""
    return _read("register.toml")["initiatives"]


def words():
    """The word lists of `make_demo`."""
    return _read("words.toml")


def day_of(words, today):
    """`2024-10-14`, `today`, `today+5` -> a date; None for nothing."""
    if not words:
        return None
    if match := RELATIVE.fullmatch(words):
        return today + timedelta(days=int(match["days"] or 0))
    return date.fromisoformat(words)


def moment_of(words, today):
    """`2024-10-14 08:15`, `today-1 07:30` -> an aware moment on our clock; None for nothing."""
    if not words:
        return None
    day, _, clock = words.partition(" ")
    return timezone.make_aware(datetime.combine(day_of(day, today), time.fromisoformat(clock)))


def _read(name):
    with open(FOLDER / name, "rb") as file:
        return tomllib.load(file)
