"""The rules, one small function each; `ORDER` is the order of the findings and of the guide."""

from ..finding import RULES
from . import (
    dates,
    links,
    photos,
    places,
    privacy,
    punctuation,
    residue,
    spelling,
    titles,
    twins,
    wording,
)

ORDER = (
    titles, photos, dates, places, twins, links, residue, spelling, wording, privacy, punctuation,
)  # fmt: skip


def ordered():
    """All rules in the order in which their findings are shown."""
    rooms = [room.__name__ for room in ORDER]
    return sorted(RULES.values(), key=lambda rule: rooms.index(rule.find.__module__))
