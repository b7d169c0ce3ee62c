"""Found words, marked in the original text: `dan van` marks `Dân vận`, and no letter is lost."""

from itertools import pairwise
from typing import NamedTuple

from django.utils.html import conditional_escape, format_html, format_html_join

from portal.text import plain_text
from portal.tokens import words_in

SNIPPET_LENGTH = 180


class Sought(NamedTuple):
    """A run of words to mark; `exact[i]` is None where marks do not matter.

    Runs of one `term` are ways to say the same; they count once in the choice of a snippet.
    `apart`: a text without the run was found by its words, wherever they stand.
    """

    folded: tuple
    exact: tuple
    term: int
    apart: bool = False


def sought(words, term, *, marked=True, apart=False):
    """`words` as they were typed: those with marks are found only with the same marks."""
    return Sought(
        tuple(word.folded for word in words),
        tuple(word.exact if marked and word.is_marked else None for word in words),
        term,
        apart,
    )


class Highlighter:
    """Marks runs of words wherever they stand alone.

    A word typed without marks is found with any; one typed with marks only with those. A text that
    was found by its letters alone wants a highlighter `fitted_to` it.
    """

    def __init__(self, runs):
        self.runs = {}
        for run in runs:
            self.runs.setdefault(run.folded[0], []).append(run)

    def mark(self, text):
        """`text` as HTML, its found words in `<mark>`; neighbours share one."""
        return _marked(plain_text(text), self._found(text))

    def snippet(self, text):
        """The part of `text` with most of what was sought close together, marked; else empty."""
        text = " ".join(plain_text(text).split())
        found = self._found(text)
        if not found:
            return ""
        start, end = _best_place(found)
        start = max(0, min(start - SNIPPET_LENGTH // 3, len(text) - SNIPPET_LENGTH))
        start = text.find(" ", start, end) + 1 if start else 0
        stop = start + SNIPPET_LENGTH
        stop = len(text) if stop >= len(text) else max(text.rfind(" ", start, stop), end)
        here = [
            (max(first, start) - start, min(last, stop) - start, term)
            for first, last, term in found
            if first < stop and last > start
        ]
        before, after = "… " if start else "", " …" if stop < len(text) else ""
        return format_html("{}{}{}", before, _marked(text[start:stop], here), after)

    def fitted_to(self, *texts, whole=False):
        """A highlighter for these texts: marks that none of them has are not asked for.

        Nor is it asked that words stand together where they nowhere do, unless `whole`.
        """
        found = [words_in(text) for text in texts]
        fitted, there = [], set()
        for run in (run for runs in self.runs.values() for run in runs):
            loose = run._replace(exact=(None,) * len(run.exact))
            fitted.append(run if _stands_in(run, found) else loose)
            if _stands_in(loose, found):
                there.add(run.term)
        if not whole:
            fitted += [
                Sought((word,), (None,), run.term)
                for run in fitted
                if run.apart and run.term not in there
                for word in run.folded
            ]
        return Highlighter(fitted)

    def terms_in(self, text):
        """The numbers of the terms that stand somewhere in `text`."""
        return {term for *_, term in self._found(text)}

    def _found(self, text):
        """[(start, end, term)] in their order."""
        words = words_in(text)
        return [
            (word.start, words[at + len(run.folded) - 1].end, run.term)
            for at, word in enumerate(words)
            for run in self.runs.get(word.folded, ())
            if _stands_at(run, words, at)
        ]


def _stands_in(run, texts):
    return any(_stands_at(run, words, at) for words in texts for at in range(len(words)))


def _stands_at(run, words, at):
    here = words[at : at + len(run.folded)]
    return len(here) == len(run.folded) and all(
        word.folded == folded and exact in (None, word.exact)
        for word, folded, exact in zip(here, run.folded, run.exact, strict=True)
    )


def _best_place(found):
    """(start, end) of the stretch of a snippet's reach that holds most different terms."""
    reach = SNIPPET_LENGTH * 2 // 3
    best, best_worth = (0, 0), (0, 0)
    last = 0
    for first in range(len(found)):
        last = max(last, first + 1)
        while last < len(found) and found[last][1] <= found[first][0] + reach:
            last += 1
        inside = found[first:last]
        letters = sum(end - start for start, end, _ in inside)
        worth = (len({term for *_, term in inside}), letters)
        if worth > best_worth:
            best, best_worth = (inside[0][0], max(end for _, end, _ in inside)), worth
    return best


def _marked(text, spans):
    """`text` as HTML; spans that touch, or have only spaces between them, share one `<mark>`."""
    stretches = []
    for start, end, *_ in spans:
        if stretches and (start <= stretches[-1][1] or text[stretches[-1][1] : start].isspace()):
            stretches[-1] = (stretches[-1][0], max(end, stretches[-1][1]))
        else:
            stretches.append((start, end))
    edges = [(0, 0), *stretches, (len(text), len(text))]
    pieces = []
    for (start, end), (following, _) in pairwise(edges):
        if end > start:
            pieces.append(format_html("<mark>{}</mark>", text[start:end]))
        pieces.append(conditional_escape(text[end:following]))
    return format_html_join("", "{}", ((piece,) for piece in pieces))
