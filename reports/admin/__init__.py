"""The back office's pages about what is reported and who may do what."""

from . import accounts, events, fee_rules, fees, links, people, report, shelves, voices

__all__ = [
    "accounts",
    "events",
    "fee_rules",
    "fees",
    "links",
    "people",
    "report",
    "shelves",
    "voices",
]
