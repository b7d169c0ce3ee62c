"""The word lists of `words.toml`, ready to be asked."""

import tomllib
from functools import cache
from pathlib import Path

from portal.tokens import words_in

FILE = Path(__file__).parent / "words.toml"


@cache
def lists():
    """The file as it is."""
    return tomllib.loads(FILE.read_text(encoding="utf-8"))


def exact(text):
    """The words of `text` in the form that is compared: small letters, tone at the end."""
    return tuple(word.exact for word in words_in(text))


@cache
def misspelled():
    """{first word: [(words, right)]}, the longest first."""
    table = {}
    for wrong, right in lists()["misspelled"].items():
        run = exact(wrong)
        table.setdefault(run[0], []).append((run, right))
    for rows in table.values():
        rows.sort(key=lambda row: -len(row[0]))
    return table


@cache
def known_syllables():
    return frozenset(lists()["syllables"]["known"].split())


@cache
def known_abbreviations():
    """Names of the meanings (`portal.abbreviations`) that need no long form."""
    return frozenset("".join(_folded(each)) for each in lists()["abbreviations"]["known"])


@cache
def gambling_phrases():
    return tuple(exact(phrase) for phrase in lists()["gambling"]["phrases"])


def _folded(text):
    return (word.folded for word in words_in(text))
