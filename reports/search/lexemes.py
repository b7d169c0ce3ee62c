"""What the index keeps of one report: its words in the forms in which people ask for them.

A lexeme is a word with a sign before it, so that one list serves every question:

    dan          a word, compared without marks
    =dân         the word as it is written (tone placement and case apart)
    dan_van      two words beside each other; phrases are made of these
    @mttq        an abbreviation or its long form (`portal.abbreviations`)
    #dan #=dân #dan_van #@mttq     the same, in the title
    +1t2x91 +2t2x91                the units under which a list finds it: its own tree, former area

A row keeps each lexeme once and no places: no text is too long for a phrase, nothing is counted,
and both databases hold the very same list.
"""

from itertools import pairwise

from portal.abbreviations import found_in
from portal.tokens import word_forms
from reports.models.choices import ScopeRelation

# PostgreSQL refuses a row with more than 1 MB of them: a text of several hundred thousand different
# words. The pairs go first, then the written forms; every word of such a text is still found.
MOST_BYTES = 900_000
# Between two parts of the stream, where no phrase may run across.
BORDER = " | "


def row_of(title, parts, units=()):
    """(lexemes, stream) of a report with this title and these other `parts` of text.

    The stream is all words in their order, for phrases of three words and more.
    """
    plain, pairs, written = {}, {}, {}
    streams = []
    for number, part in enumerate((title, *parts)):
        forms = word_forms(part)
        if not forms:
            continue
        folded = [form[0] for form in forms]
        found = [f"@{name}" for _, _, meaning in found_in(folded) for name in meaning.names]
        beside = list(map("_".join, pairwise(folded)))
        exact = [f"={form[1]}" for form in forms]
        if number == 0:
            plain.update((f"#{word}", None) for word in (*folded, *found, *beside, *exact))
        plain.update(dict.fromkeys(folded))
        plain.update(dict.fromkeys(found))
        pairs.update(dict.fromkeys(beside))
        written.update(dict.fromkeys(exact))
        streams.append(" ".join(folded))
    plain.update(dict.fromkeys(units))
    lexemes = " ".join(within_limits(plain, written, pairs))
    return lexemes, f" {BORDER.join(streams)} "


def within_limits(*groups):
    """The lexemes of all `groups`, cut where the row would grow beyond `MOST_BYTES`."""
    kept = [lexeme for group in groups for lexeme in group]
    # Four bytes a letter is the most there can be, so nearly no row is ever measured.
    if sum(map(len, kept)) * 4 <= MOST_BYTES:
        return kept
    size, cut = 0, []
    for lexeme in kept:
        size += len(lexeme.encode())
        if size > MOST_BYTES:
            break
        cut.append(lexeme)
    return cut


def unit_lexeme(key, *, former_area):
    """The lexeme of the reports that `in_unit` finds; the former area's are a set beside it."""
    return f"+{2 if former_area else 1}{key.replace('-', 'x')}"


def unit_lexemes(scopes):
    """The lexemes for (unit key, relation) pairs; other relations belong to no list."""
    return [
        unit_lexeme(key, former_area=relation == ScopeRelation.FORMER_AREA)
        for key, relation in scopes
        if relation <= ScopeRelation.FORMER_AREA
    ]
