"""Found words, marked in the original text: `dan van` marks `Dân vận`, and no letter is lost."""

import re
import unicodedata
from functools import lru_cache

from django.utils.html import conditional_escape, format_html, format_html_join

from portal.text import fold, plain_text

_WORD = re.compile(r"\w+")
_QUOTED_OR_WORD = re.compile(r'["“”]([^"“”]+)["“”]|([^\s"“”]+)')
SNIPPET_LENGTH = 180

# Vietnamese writes some 7,000 syllables again and again.
_folded = lru_cache(maxsize=8192)(fold)


class Highlighter:
    """Marks the words of one search wherever they stand alone.

    A word typed without marks is found with any; one typed with marks only with those. Words in
    quotes are marked only beside each other.
    """

    def __init__(self, text):
        terms = (_WORD.findall(quoted or word) for quoted, word in _QUOTED_OR_WORD.findall(text))
        self.terms = [term for term in terms if term]

    def mark(self, text):
        """`text` as HTML, its found words in `<mark>`; neighbours share one."""
        text = plain_text(text)
        pieces, at = [], 0
        for start, end in self._stretches(text):
            pieces.append(conditional_escape(text[at:start]))
            pieces.append(format_html("<mark>{}</mark>", text[start:end]))
            at = end
        pieces.append(conditional_escape(text[at:]))
        return format_html_join("", "{}", ((piece,) for piece in pieces))

    def snippet(self, text):
        """The part of `text` with most found words close together, marked; empty without any."""
        text = " ".join(plain_text(text).split())
        stretches = self._stretches(text)
        if not stretches:
            return ""
        reach = SNIPPET_LENGTH * 2 // 3

        def weight(at):
            return sum(end - start for start, end in stretches if at <= start and end <= at + reach)

        best = max(stretches, key=lambda stretch: weight(stretch[0]))
        start = max(0, best[0] - SNIPPET_LENGTH // 3)
        start = text.find(" ", start) + 1 if start else 0
        end = start + SNIPPET_LENGTH
        end = len(text) if end >= len(text) else max(text.rfind(" ", start, end), best[1])
        before, after = "… " if start else "", " …" if end < len(text) else ""
        return format_html("{}{}{}", before, self.mark(text[start:end]), after)

    def _stretches(self, text):
        """[(start, end)] of what was found; words with only spaces between them are one stretch."""
        words = [(match[0], *match.span()) for match in _WORD.finditer(text)]
        spans = []
        for at in range(len(words)):
            for term in self.terms:
                here = words[at : at + len(term)]
                if len(here) == len(term) and all(
                    _same(typed, word) for typed, (word, _, _) in zip(term, here, strict=True)
                ):
                    spans.append((here[0][1], here[-1][2]))
        found = []
        for start, end in spans:
            if found and (start <= found[-1][1] or text[found[-1][1] : start].isspace()):
                found[-1] = (found[-1][0], max(end, found[-1][1]))
            else:
                found.append((start, end))
        return found


def _same(typed, word):
    folded = _folded(typed)
    if _folded(word) != folded:
        return False
    # `hoà` and `hòa` are one word: letters and marks are compared, not where the mark stands.
    return typed.lower() == folded or _marks(typed) == _marks(word)


def _marks(word):
    return sorted(unicodedata.normalize("NFD", word.lower()))
