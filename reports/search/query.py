"""Reads what somebody typed and says which lexemes a report must hold. Nothing typed is an error.

Words must all occur; words in quotes stand beside each other; an abbreviation or its long form
meets both. Signs are borders between words and mean nothing else.
"""

import re
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from portal.abbreviations import found_in
from portal.highlight import Highlighter, Sought, sought
from portal.tokens import normal, words_in

LONGEST = 200
MOST_TERMS = 12
_QUOTED_OR_NOT = re.compile(r'["“”„«»]([^"“”„«»]+)["“”„«»]|([^"“”„«»]+)')


class Lexemes:
    """An expression over lexemes; both databases read it. Build it with `all_of` and `any_of`."""

    def __init__(self, sign, parts):
        self.sign, self.parts = sign, parts

    def __eq__(self, other):
        return isinstance(other, Lexemes) and self.as_tsquery() == other.as_tsquery()

    def __hash__(self):
        return hash(self.as_tsquery())

    def as_tsquery(self):
        return self._written("'{}'", {"and": " & ", "or": " | "}, "({}) & !({})")

    def as_fts5(self):
        return self._written('"{}"', {"and": " AND ", "or": " OR "}, "({}) NOT ({})")

    def _written(self, word, signs, without):
        parts = [
            part._written(word, signs, without) if isinstance(part, Lexemes) else word.format(part)
            for part in self.parts
        ]
        if self.sign == "without":
            return without.format(*parts)
        return parts[0] if len(parts) == 1 else f"({signs[self.sign].join(parts)})"


def all_of(*parts):
    return Lexemes("and", list(dict.fromkeys(parts)))


def any_of(*parts):
    return Lexemes("or", list(dict.fromkeys(parts)))


def without(these, those):
    return Lexemes("without", [these, those])


@dataclass(frozen=True)
class Term:
    """One thing to find: a word, an abbreviation with its long forms, or a phrase.

    `typed` is as it stood in the query; `words` are its words; `spellings` (runs of folded words)
    are the other ways to say the same; `name` is the meaning of an abbreviation.
    """

    typed: str
    words: tuple
    name: str = ""
    spellings: tuple = ()
    is_phrase: bool = False

    @property
    def is_marked(self):
        return any(word.is_marked for word in self.words)

    @property
    def ways(self):
        """All runs of folded words that say this."""
        return (tuple(word.folded for word in self.words), *self.spellings)

    def lexemes(self, zone="", *, exact="none"):
        """What a report must hold. `zone` is `#` for its title; `exact`: see `Query.tier`."""
        if self.is_phrase and len(self.words) > 1:
            found = any_of(*(_beside(way, zone) for way in self.ways))
            written = self._written(zone, exact)
            return all_of(found, *written) if written else found
        if self.name:
            meaning = f"{zone}@{self.name}"
            # What stands in the text as an abbreviation or in full has this lexeme; words that
            # stand apart count as well, since nobody said "beside each other".
            if len(self.words) == 1:
                return all_of(meaning)
            return any_of(meaning, all_of(*self._each(zone, exact)))
        return all_of(*self._each(zone, exact))

    def _each(self, zone, exact):
        return [
            f"{zone}={word.exact}" if _must_be_exact(word, exact) else f"{zone}{word.folded}"
            for word in self.words
        ]

    def _written(self, zone, exact):
        return [f"{zone}={word.exact}" for word in self.words if _must_be_exact(word, exact)]

    @property
    def long_ways(self):
        """For a phrase that pairs of words cannot prove: how it may stand in the stream of words."""
        if not self.is_phrase or all(len(way) < 3 for way in self.ways):
            return ()
        return tuple(f" {' '.join(way)} " for way in self.ways)


def _must_be_exact(word, exact):
    return exact == "all" or (exact == "marked" and word.is_marked)


def _beside(way, zone):
    if len(way) == 1:
        return all_of(f"{zone}{way[0]}")
    return all_of(*(f"{zone}{one}_{two}" for one, two in pairwise(way)))


class Query:
    """`hội "dân vận khéo", xã` as terms; at most 200 letters and 12 terms count."""

    def __init__(self, text):
        self.text = " ".join(normal(text).split())[:LONGEST]
        self.terms = _terms(self.text)[:MOST_TERMS]

    def __bool__(self):
        return bool(self.terms)

    @cached_property
    def everything(self):
        """What a report must hold to be found at all."""
        return self.tier("", exact="none")

    @cached_property
    def tiers(self):
        """The same, stricter: best first, `everything` last.

        As typed before compared without marks, and inside that in the title before anywhere. Marks
        that somebody took the trouble to type must be there; words typed without any in such a
        query may have some. A query wholly without marks is first taken literally.
        """
        exact = "marked" if any(term.is_marked for term in self.terms) else "all"
        return [
            self.tier("#", exact=exact),
            self.tier("", exact=exact),
            self.tier("#", exact="none"),
            self.everything,
        ]

    def tier(self, zone, *, exact):
        return all_of(*(term.lexemes(zone, exact=exact) for term in self.terms))

    @cached_property
    def long_phrases(self):
        """[[way, …], …]: of each, one must stand in the stream (phrases of three words and more)."""
        return [term.long_ways for term in self.terms if term.long_ways]

    def highlighter(self):
        """Marks what this query finds, abbreviations and their long forms, too."""
        runs = []
        for number, term in enumerate(self.terms):
            if term.is_phrase or not term.name:
                own = [term.words] if term.is_phrase else [(word,) for word in term.words]
                runs += [sought(words, number) for words in own]
            else:
                runs.append(sought(term.words, number, marked=False, apart=True))
            runs += [Sought(way, (None,) * len(way), number) for way in term.spellings]
        return Highlighter(runs)

    def but(self, left_out):
        """The typed text without one term: for links that ask for less."""
        return " ".join(
            f'"{term.typed}"' if term.is_phrase else term.typed
            for term in self.terms
            if term != left_out
        )


def _terms(text):
    terms = []
    for quoted, plain in _QUOTED_OR_NOT.findall(text):
        words = words_in(quoted or plain)
        if not words:
            continue
        if quoted and len(words) > 1:
            terms.append(_phrase(quoted, words))
        else:
            terms += _plain(quoted or plain, words)
    return list(dict.fromkeys(terms))


def _plain(text, words):
    meanings = {
        start: (end, meaning) for start, end, meaning in found_in([w.folded for w in words])
    }
    terms, at = [], 0
    while at < len(words):
        end, meaning = meanings.get(at, (at + 1, None))
        mine = tuple(words[at:end])
        typed = text[mine[0].start : mine[-1].end]
        if meaning:
            own = tuple(word.folded for word in mine)
            others = tuple(way for way in meaning.spellings if way != own)
            terms.append(Term(typed, _placeless(mine), meaning.name, others))
        else:
            terms.append(Term(typed, _placeless(mine)))
        at = end
    return terms


def _phrase(text, words):
    """A phrase, and the same with one abbreviation or long form in it said otherwise."""
    folded = [word.folded for word in words]
    others = [
        (*folded[:start], *way, *folded[end:])
        for start, end, meaning in found_in(folded)
        for way in meaning.spellings
        if way != tuple(folded[start:end])
    ]
    return Term(" ".join(text.split()), _placeless(words), "", tuple(others[:8]), True)


def _placeless(words):
    """Two words are one term wherever they stand in the query."""
    return tuple(word._replace(start=0, end=0) for word in words)
