"""What changed between two versions, in words: paragraph beside paragraph, changed words marked."""

import re
from dataclasses import dataclass
from datetime import date, datetime
from difflib import SequenceMatcher
from html import unescape

from django.db import models
from django.utils import timezone
from django.utils.html import strip_tags

NOTHING = "(trống)"
# The editor's HTML; compared as the paragraphs a reader sees.
_BLOCK_END = re.compile(r"</(?:p|h[1-6]|li|tr|blockquote|figcaption)>|<br\s*/?>", re.IGNORECASE)
# Cells of one row stand in one line.
_CELL_END = re.compile(r"</t[dh]>\s*(?=<t[dh])", re.IGNORECASE)
# A word with the space behind it: two texts are not alike for having spaces in common.
_WORDS = re.compile(r"^\s+|\w+\s*|[^\w\s]\s*")
# Comparing costs the product of both lengths; beyond this the whole is shown as changed.
MAX_PRODUCT = 4_000_000
MAX_WORDS = 1_500
# Two paragraphs less alike than this are two paragraphs, and marking their common words says nothing.
ALIKE = 0.4


@dataclass(frozen=True)
class Piece:
    """A stretch of words; `changed` when the other side does not have it."""

    text: str
    changed: bool = False


@dataclass(frozen=True)
class Change:
    """One field; `parts` is [(old, new), …], each a list of Pieces, empty where nothing stood."""

    label: str
    parts: list


def changes_between(old, new, names):
    """The `Change`s of the fields `names` from one history record to the next."""
    found = []
    for name in names:
        field = new._meta.get_field(name)
        before, after = getattr(old, field.attname), getattr(new, field.attname)
        if before != after:
            found.append(Change(field.verbose_name, _parts(old, new, field)))
    return found


def _parts(old, new, field):
    if isinstance(field, models.TextField):
        before, after = (getattr(record, field.attname) for record in (old, new))
        return marked_parts(before, after, html=field.name == "body")
    return marked_parts(value_words(old, field), value_words(new, field))


def marked_parts(before, after, *, html=False):
    """What `before` and `after` say differently, as `Change.parts`."""
    split = paragraphs if html else lambda text: [line for line in str(text).split("\n") if line]
    parts = []
    for olds, news in _changed_paragraphs(split(before), split(after)):
        parts += _paired(olds, news)
    return parts or [([], [Piece("chỉ đổi định dạng hoặc liên kết")])]


def paragraphs(html):
    """The paragraphs of a text with or without markup, as plain text."""
    html = _CELL_END.sub(" | ", str(html or ""))
    text = unescape(strip_tags(_BLOCK_END.sub("\n", html)))
    return [" ".join(line.split()) for line in text.split("\n") if line.strip()]


def _changed_paragraphs(before, after):
    start = 0
    while start < min(len(before), len(after)) and before[start] == after[start]:
        start += 1
    end = 0
    while end < min(len(before), len(after)) - start and before[-1 - end] == after[-1 - end]:
        end += 1
    before, after = before[start : len(before) - end], after[start : len(after) - end]
    if len(before) * len(after) > MAX_PRODUCT:
        return [(before, after)]
    matcher = SequenceMatcher(a=before, b=after, autojunk=False)
    return [
        (before[i1:i2], after[j1:j2])
        for tag, i1, i2, j1, j2 in matcher.get_opcodes()
        if tag != "equal"
    ]


def _paired(olds, news):
    """Paragraphs that took each other's place stand beside each other, in their order."""
    parts = []
    for number in range(max(len(olds), len(news))):
        old = olds[number] if number < len(olds) else ""
        new = news[number] if number < len(news) else ""
        parts.append(_marked(old, new))
    return parts


def _marked(old, new):
    before, after = _WORDS.findall(old), _WORDS.findall(new)
    if before and after and max(len(before), len(after)) <= MAX_WORDS:
        matcher = SequenceMatcher(a=before, b=after, autojunk=False)
        if matcher.ratio() >= ALIKE:
            steps = matcher.get_opcodes()
            return (
                [Piece("".join(before[i:j]), tag != "equal") for tag, i, j, _, _ in steps if i < j],
                [Piece("".join(after[i:j]), tag != "equal") for tag, _, _, i, j in steps if i < j],
            )
    return ([Piece(old, True)] if old else []), ([Piece(new, True)] if new else [])


def value_words(record, field):
    """A stored value as the form shows it."""
    value = getattr(record, field.attname)
    if value is None or value == "":
        return NOTHING
    if field.is_relation:
        related = field.remote_field.model._base_manager.filter(pk=value).first()
        return str(related) if related else "(đã xóa)"
    if field.choices:
        return str(dict(field.flatchoices).get(value, value))
    if isinstance(value, bool):
        return "có" if value else "không"
    if isinstance(value, datetime):
        return f"{timezone.localtime(value):%d/%m/%Y %H:%M}"
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    return str(value)
