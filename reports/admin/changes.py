"""What changed between two versions, in words."""

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


@dataclass(frozen=True)
class Change:
    """One field; `parts` is [(old, new), …], several for a long text."""

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
        before, after = (paragraphs(getattr(record, field.attname)) for record in (old, new))
        return _changed_paragraphs(before, after) or [("", "chỉ đổi định dạng hoặc liên kết")]
    return [(value_words(old, field), value_words(new, field))]


def paragraphs(html):
    """The paragraphs of a text with or without markup, as plain text."""
    text = unescape(strip_tags(_BLOCK_END.sub("\n", str(html or ""))))
    return [" ".join(line.split()) for line in text.split("\n") if line.strip()]


def _changed_paragraphs(before, after):
    matcher = SequenceMatcher(a=before, b=after, autojunk=False)
    return [
        ("\n".join(before[i1:i2]), "\n".join(after[j1:j2]))
        for tag, i1, i2, j1, j2 in matcher.get_opcodes()
        if tag != "equal"
    ]


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
