"""Found words, marked in the original text: `dan van` marks `Dân vận`, and no mark is lost."""

import re

from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString

from portal.text import fold, plain_text

_WORD = re.compile(r"\w+")
SNIPPET_LENGTH = 180


class Highlighter:
    """Marks the words of one search, compared without marks, wherever they stand alone."""

    def __init__(self, text):
        self.words = set(_WORD.findall(fold(text)))

    def mark(self, text):
        """`text` as HTML, its found words in `<mark>`; neighbours share one."""
        text = plain_text(text)
        pieces, at = [], 0
        for start, end in self._stretches(text):
            pieces += [(False, text[at:start]), (True, text[start:end])]
            at = end
        pieces.append((False, text[at:]))
        return format_html_join("", "{}", ((_piece(*piece),) for piece in pieces))

    def snippet(self, text):
        """The part of `text` with most found words close together, marked; empty without any."""
        text = " ".join(plain_text(text).split())
        stretches = self._stretches(text)
        if not stretches:
            return ""
        best = max(
            stretches,
            key=lambda one: sum(
                end - start
                for start, end in stretches
                if one[0] <= start and end <= one[0] + SNIPPET_LENGTH * 2 // 3
            ),
        )
        start = max(0, best[0] - SNIPPET_LENGTH // 3)
        start = text.find(" ", start) + 1 if start else 0
        end = start + SNIPPET_LENGTH
        end = len(text) if end >= len(text) else max(text.rfind(" ", start, end), best[1])
        return format_html(
            "{}{}{}",
            "… " if start else "",
            self.mark(text[start:end]),
            " …" if end < len(text) else "",
        )

    def _stretches(self, text):
        """[(start, end)] of found words; words with only spaces between them are one stretch."""
        found = []
        for match in _WORD.finditer(text):
            if fold(match[0]) not in self.words:
                continue
            if found and text[found[-1][1] : match.start()].isspace():
                found[-1] = (found[-1][0], match.end())
            else:
                found.append(match.span())
        return found


def _piece(is_found, text) -> SafeString:
    return format_html("<mark>{}</mark>", text) if is_found else conditional_escape(text)
