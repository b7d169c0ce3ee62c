"""Small tools for Vietnamese text, without models: everybody may use them.

Three questions have one answer each here: how text is normalised on its way in
(`plain_text`), how it is compared without marks (`fold`), and how it is put in
alphabetical order (`sort_key`).
"""

import re
import unicodedata

from django.utils.text import slugify

# Control characters (one vertical tab in a title breaks RSS), zero-width marks and bidi overrides.
_UNWANTED = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\uffff]"
)
_SPACES = re.compile(r"[^\S\n]+")

# The order of the 29 Vietnamese letters and of f, j, w, z among them, as ICU's vi collation has it.
_ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_RANK = {letter: rank for rank, letter in enumerate(_ALPHABET)}
# Tones in dictionary order: none, huyền, hỏi, ngã, sắc, nặng.
_TONE_RANK = {"\u0300": "1", "\u0309": "2", "\u0303": "3", "\u0301": "4", "\u0323": "5"}


def plain_text(text):
    """`text` in NFC (TCVN 6909), LF line ends, without control, zero-width and bidi characters.

    Lone surrogates go too: no database stores them.
    """
    text = str(text or "").encode("utf-8", "ignore").decode("utf-8")
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    return _UNWANTED.sub("", text)


def one_line(text):
    """`plain_text` on a single line with single spaces: titles, names, captions."""
    return " ".join(plain_text(text).split())


def fold(text):
    """`Đảng ủy xã Đông Anh` -> `dang uy xa dong anh`: lower case, no marks, single spaces.

    Two spellings of one word (NFC or NFD, `hoà` or `hòa`) fold to the same string. SQLite and
    PostgreSQL without extensions compare these; neither can drop marks by itself.
    """
    text = unicodedata.normalize("NFD", plain_text(text).lower())
    text = "".join(mark for mark in text if not unicodedata.combining(mark))
    return " ".join(text.replace("đ", "d").split())


def vietnamese_slug(text, max_length=80):
    """`Đảng ủy xã Đông Anh` -> `dang-uy-xa-dong-anh`; Django's slugify drops đ.

    Cut at a word, never empty: text without a single letter or digit becomes `bai`.
    """
    slug = slugify(fold(text))
    if len(slug) > max_length:
        head, _, _ = slug[: max_length + 1].rpartition("-")
        slug = head or slug[:max_length]
    return slug or "bai"


def sort_key(text):
    """A string whose plain order is the Vietnamese dictionary order of `text`.

    Equals ICU's `vi-x-icu` collation: letters first, then tones, then case. Stored beside names,
    so that both databases sort alike without any collation of their own; made of digits and small
    letters only, which every locale puts in the same order.
    """
    letters, tones, cases = [], [], []
    for character in unicodedata.normalize("NFC", str(text)):
        base, tone = _split_tone(character)
        lower = base.lower()
        if lower in _RANK:
            letters.append(f"b{_RANK[lower]:02d}")
        elif lower.isdigit():
            letters.append(f"a{unicodedata.digit(lower, 9)}")
        elif lower.isspace():
            letters.append("1")
        else:
            letters.append(f"2{ord(lower[0]):06x}")
        tones.append(tone)
        cases.append("0" if base == lower else "1")
    # A shorter name comes first: "0" stands before every sign of a letter, digit or space.
    return "0".join(("".join(letters), "".join(tones), "".join(cases)))


def _split_tone(character):
    """`ặ` -> (`ă`, nặng): the letter of the alphabet, and the tone above or below it."""
    tone, rest = "0", []
    for part in unicodedata.normalize("NFD", character):
        if part in _TONE_RANK:
            tone = _TONE_RANK[part]
        else:
            rest.append(part)
    return unicodedata.normalize("NFC", "".join(rest)), tone
