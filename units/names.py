"""Names of units as text: the kind word and the rest, their order, and their form for searching.

No models: the loader, the registry and the models ask here.
"""

import re
import unicodedata

from portal.text import fold, one_line, sort_key
from units.kinds import UnitKind

_TONES = {"\u0300": "1", "\u0309": "2", "\u0303": "3", "\u0301": "4", "\u0323": "5"}
# Ea H'Leo is typed with any of these, or with none.
_APOSTROPHES = re.compile("['’‘ʼ`´]")
_NOT_WORDS = re.compile(r"[^\w\s]|_")
_LEADING_ZEROS = re.compile(r"\b0+(?=\d)")
_NUMBER = re.compile(r"\d+")


def bare_name(name, kind):
    """`Phường Thới Sơn` -> `Thới Sơn`; a name without the word of its kind stays whole."""
    word = UnitKind(kind).word
    if name[: len(word) + 1].lower() == word + " ":
        return name[len(word) + 1 :]
    return name


def in_sentence(name):
    """`Thị xã Tịnh Biên` -> `thị xã Tịnh Biên`: as the name reads after a comma."""
    return name[:1].lower() + name[1:]


def day_text(day):
    """`1/7/2025`, as the notices of the law print a day."""
    return f"{day.day}/{day.month}/{day.year}"


def name_sort_key(name, kind):
    """Dictionary order of the name without its kind word; `Phường 8` stands before `Phường 10`.

    Only digits and small letters: a database that sorts by a locale gives the same order as one
    that compares bytes. (The shell's key holds spaces and tabs, which locales skip.)
    """
    bare = _NOT_WORDS.sub(" ", _APOSTROPHES.sub("", one_line(bare_name(name, kind))))
    bare = _NUMBER.sub(lambda number: number[0].zfill(3), " ".join(bare.split()))
    return sort_key(bare).replace("\t", "0").replace(" ", "1").replace("!", "2")


def folded_words(text):
    """What searching compares when marks do not matter: `Ea H'Leo` -> `ea hleo`."""
    text = _NOT_WORDS.sub(" ", fold(_APOSTROPHES.sub("", str(text))))
    return _LEADING_ZEROS.sub("", " ".join(text.split()))


def marked_words(text):
    """What searching compares when marks matter; each tone stands at the end of its word.

    So `Hoà` and `Hòa`, `Uỷ` and `Ủy` are one spelling here.
    """
    text = _NOT_WORDS.sub(" ", one_line(_APOSTROPHES.sub("", str(text))).lower())
    text = _LEADING_ZEROS.sub("", text)
    return " ".join(_tone_last(word) for word in text.split())


def _tone_last(word):
    letters, tone = [], ""
    for part in unicodedata.normalize("NFD", word):
        if part in _TONES:
            tone = _TONES[part]
        else:
            letters.append(part)
    return unicodedata.normalize("NFC", "".join(letters)) + tone


def search_columns(latest, earlier=()):
    """Two columns for (name, kind) pairs: `|phuong/thoi son=|xa/thoi son|`, and the same marked.

    The signs let one LIKE tell a whole name from the start of one, the latest name from an earlier
    one, and the kind word from the name (`units.search` reads them).
    """
    folded, marked = {}, {}
    for name, kind in (latest, *earlier):
        word, bare = UnitKind(kind).word, bare_name(name, kind)
        folded[f"{folded_words(word)}/{folded_words(bare)}"] = None
        marked[f"{marked_words(word)}/{marked_words(bare)}"] = None
    return _column(folded), _column(marked)


def _column(names):
    latest, *earlier = names
    return f"|{'|'.join([latest + '=', *earlier])}|"
