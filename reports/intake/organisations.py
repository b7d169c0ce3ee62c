"""Organisations named in a text, by the names, short names and other spellings of the table.

`TT` stands for too many things to be expanded by a rule; what is not in the table is not guessed.
"""

import re

from portal.text import fold

from ..models import Organisation

_PUNCTUATION = re.compile(r"[^\w]+")


def spellings(organisation):
    """All ways of writing it, folded, without dashes and dots."""
    written = (organisation.name, organisation.short_name, *organisation.aliases.splitlines())
    return {plain for text in written if (plain := _plain(text))}


def _plain(text):
    return _PUNCTUATION.sub(" ", fold(text)).strip()


def find_organisation(name):
    """The organisation written exactly so, whatever dashes stand in it; or None."""
    plain = _plain(name)
    if not plain:
        return None
    known = Organisation.objects.order_by("pk")
    return next((one for one in known if plain in spellings(one)), None)


def find_host(title, lead):
    """(organisation, sentence) of the one a title, or else a lead, names first; (None, "").

    Of two that begin at one place the longer counts. Short names of one word must stand in capitals.
    """
    known = list(Organisation.objects.order_by("pk"))
    for text in (lead, title):
        padded, best = f" {_plain(text)} ", None
        for organisation in known:
            for written in spellings(organisation):
                at = padded.find(f" {written} ")
                if at < 0 or (" " not in written and written.upper() not in text):
                    continue
                if best is None or (at, -len(written)) < best[:2]:
                    best = (at, -len(written), organisation)
        if best:
            return best[2], text[:300]
    return None, ""
