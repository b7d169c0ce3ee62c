"""What the second editor says: a finding, the rule behind it, and the list of all rules."""

import hashlib
from dataclasses import dataclass, field
from enum import StrEnum

MOST_OF_ONE_RULE = 12


class Level(StrEnum):
    """A text with a `BLOCK` is not sent; a `WARN` is read and ticked."""

    BLOCK = "block"
    WARN = "warn"


@dataclass(frozen=True)
class Link:
    words: str
    url: str


@dataclass(frozen=True)
class Replacement:
    """A cure that is safe to do unseen: `old` becomes `new` in the field, wherever it stands."""

    old: str
    new: str


@dataclass(frozen=True)
class Found:
    """One hit of a rule. Empty `words` and `cure` are the rule's own.

    `field` is a field of the report's form (`title`, `photos-0-caption`), `where` says the place to a
    person. `evidence` is what was hit: the same evidence in the same place is the same finding, and
    `about` names the place where its number may change (a photo's token).
    """

    field: str
    where: str = ""
    words: str = ""
    cure: str = ""
    evidence: str = ""
    about: str = ""
    replacement: Replacement | None = None
    links: tuple[Link, ...] = ()


@dataclass(frozen=True)
class Finding:
    """What is wrong (`words`), where, and the cure, all in sentences for the editor."""

    rule: str
    level: Level
    field: str
    where: str
    words: str
    cure: str
    fingerprint: str
    replacement: Replacement | None = None
    links: tuple[Link, ...] = ()

    @property
    def is_block(self):
        return self.level == Level.BLOCK

    @property
    def anchor(self):
        """The id of the field in the report's form."""
        return f"id_{self.field}"


@dataclass(frozen=True)
class Rule:
    """`says` and `cure` stand in the guide and, unless a hit says more, beside the field."""

    id: str
    level: Level
    says: str
    cure: str
    find: object = field(repr=False)

    def findings(self, draft):
        """The findings of this rule in `draft`, each once, at most `MOST_OF_ONE_RULE`."""
        known = {}
        for found in self.find(draft):
            fingerprint = self._fingerprint(found)
            if fingerprint in known:
                continue
            known[fingerprint] = Finding(
                rule=self.id,
                level=self.level,
                field=found.field,
                where=found.where,
                words=found.words or self.says,
                cure=found.cure or self.cure,
                fingerprint=fingerprint,
                replacement=found.replacement,
                links=found.links,
            )
            if len(known) == MOST_OF_ONE_RULE:
                break
        return list(known.values())

    def _fingerprint(self, found):
        parts = self.id, found.about or found.field, found.evidence
        return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:16]


RULES = {}


def rule(identity, level, says, cure):
    """Decorate a function that takes a `Draft` and yields `Found`."""

    def register(find):
        if identity in RULES:
            raise ValueError(f"Two rules are called {identity}.")
        RULES[identity] = Rule(identity, level, says, cure, find)
        return find

    return register
