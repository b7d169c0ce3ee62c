"""Vietnamese text as words for searching: what is compared without marks, and what with them.

Model-free: the index of reports, the reader of queries and the marker of found words must cut text
into exactly the same words, or one of them would not find what another shows.
"""

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

from portal.text import fold, plain_text

# A letter or digit, then letters, digits and marks that no precomposed letter holds.
_WORD = re.compile("[^\\W_](?:[^\\W_]|[\u0300-\u036f])*")
# Letters that look like đ and come from other keyboards and old code pages.
_LIKE_D = str.maketrans("ðÐɖƉ", "đĐđĐ")
_TONES = {"\u0300", "\u0301", "\u0303", "\u0309", "\u0323"}
# No word of any language is longer; a run of letters without spaces must not become a huge key.
LONGEST_WORD = 60


class Word(NamedTuple):
    """One word of a text, and where it stands: `text[start:end]`."""

    folded: str
    exact: str
    start: int
    end: int

    @property
    def is_marked(self):
        return self.folded != self.exact


def normal(text):
    """`plain_text` with one đ; words and their places are those of this text."""
    return plain_text(text).translate(_LIKE_D)


def words_in(text):
    """The words of `normal(text)` in their order, with their places in it."""
    return [Word(*forms(match[0]), *match.span()) for match in _WORD.finditer(normal(text))]


def word_forms(text):
    """[(folded, exact)] of the words of `text`: what the index needs, and nothing more."""
    return [forms(word) for word in _WORD.findall(normal(text))]


# Vietnamese writes some 7,000 syllables again and again.
@lru_cache(maxsize=32_768)
def forms(word):
    """`Hoà` -> (`hoa`, `hoa` with its tone at the end): one spelling for `hoà` and `hòa`.

    The second form is the word in small letters with the tone mark moved behind the last letter,
    so where a typist puts the tone does not matter; it equals the first for a word without marks.
    A number is the same with leading zeros and without: `01/2026`, `1/2026`.
    """
    word = word[:LONGEST_WORD]
    if word.isdecimal():
        word = word.lstrip("0") or "0"
    letters, tones = [], []
    for part in unicodedata.normalize("NFD", word.lower()):
        (tones if part in _TONES else letters).append(part)
    exact = unicodedata.normalize("NFC", "".join(letters)) + "".join(sorted(tones))
    return fold(word), exact
