"""Is this page in already, nearly? Same unit; near title or same event; much of the words shared.

Before a text is sent, `reports.proofreading.rules.twins` asks the word index the same question of one
report. Here thousands of pages come one after another, in a trial without any row to ask for.
"""

from django.db.models import Q
from django.utils.html import strip_tags

from portal.text import fold, vietnamese_slug
from portal.tokens import word_forms

from ..models import Report

# Shared five-word runs, of the shorter text's; titles by their words.
SAME_TEXT = 0.8
NEAR_TITLE = 0.7
RUN = 5
MOST_LOOKED_AT = 200
MOST_COMPARED = 20
# Near titles nearly always begin alike; addresses are folded already, so the database can tell.
_BEGINNING = 16


def find_duplicates(text):
    """[(report, why)] of the same unit that say nearly the same, the nearest first; `why` in words.

    `text` is a Report or anything with `title`, `lead`, `body`, `unit` and, where known, `event`,
    `held_on`. The report itself, the one it revises and its own revisions are left out. Two queries.
    """
    near = []
    own_words = None
    for candidate in _candidates(text):
        title = title_nearness(text.title, candidate.title)
        same_event = bool(candidate.event_id and candidate.event_id == _event_key(text))
        own_words = own_words if own_words is not None else runs(text)
        shared = shared_part(own_words, runs(candidate))
        if shared >= SAME_TEXT:
            near.append((shared + title, candidate, f"giống {shared:.0%} nội dung"))
        elif same_event and title >= NEAR_TITLE:
            near.append((shared + title, candidate, "cùng sự kiện, tít gần giống"))
    near.sort(key=lambda found: (-found[0], found[1].pk))
    return [(candidate, why) for _, candidate, why in near]


def title_nearness(one, other):
    """How much of their words two titles share, from 0 to 1; marks and order do not count."""
    ours, theirs = set(fold(one).split()), set(fold(other).split())
    return len(ours & theirs) / max(1, len(ours | theirs))


def runs(text):
    """All runs of five words of lead and body, folded; a shorter text is one run."""
    words = [folded for folded, _ in word_forms(f"{text.lead} {strip_tags(text.body)}")]
    if len(words) < RUN:
        return {tuple(words)} if words else set()
    return set(zip(*(words[start:] for start in range(RUN)), strict=False))


def shared_part(ours, theirs):
    """How much of the shorter text stands in the other, from 0 to 1."""
    return len(ours & theirs) / max(1, min(len(ours), len(theirs)))


def _candidates(text):
    """Reports worth comparing: same event, same day, or a title that begins alike or is near."""
    event, day = _event_key(text), _day(text)
    slug = vietnamese_slug(text.title)[:_BEGINNING]
    condition = Q(slug__startswith=slug)
    if event:
        condition |= Q(event=event)
    if day:
        condition |= Q(counting_on=day)
    unit = getattr(text, "unit_id", None) or text.unit.pk
    reports = Report.objects.filter(condition, unit=unit)
    if pk := getattr(text, "pk", None):
        own = {pk, getattr(text, "revises_id", None)} - {None}
        reports = reports.exclude(pk__in=own).exclude(revises__in=own)
    looked_at = list(reports.order_by("-pk").values_list("pk", "title", "event")[:MOST_LOOKED_AT])
    looked_at.sort(
        key=lambda row: (
            row[2] is None or row[2] != event,
            -title_nearness(text.title, row[1]),
            row[0],
        )
    )
    found = Report.objects.in_bulk([pk for pk, _, _ in looked_at[:MOST_COMPARED]])
    return list(found.values())


def _event_key(text):
    event = getattr(text, "event", None)
    return event.pk if event else None


def _day(text):
    return getattr(text, "counting_on", None) or getattr(text, "held_on", None)
