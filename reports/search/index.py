"""Writes the index rows. `refresh` is called wherever a report or what hangs on it is saved.

What is shared by many reports (the name of a section, topic or organisation) follows with the
command `refresh_search`; everything that belongs to one report follows at once.
"""

import html
import re
from collections import defaultdict

from django.db import transaction

from ..models import Contribution, Photo, Report, ReportScope, ReportStatus, SearchEntry
from .lexemes import row_of, unit_lexemes
from .storage import optimise

# `newest` = seconds since 1970, then the report's key: orders like `newest_first`, to the second.
KEY_BITS = 30
FIRST_PUBLIC = 1 << KEY_BITS
# As far as 64 bits reach beside a key: the year 2242. Later moments are typing errors.
LAST_SECOND = (1 << 33) - 1
BATCH = 500
# What runs inside a sentence; every other tag ends one.
_INLINE = re.compile(
    r"</?(?:a|abbr|b|em|i|s|small|span|strong|sub|sup|u)(?:\s[^>]*)?>", re.IGNORECASE
)
_TAG = re.compile(r"<[^>]*>")


def newest_key(report):
    """The place of `report` among all: later publications are larger, unpublished ones smallest."""
    if report.status != ReportStatus.PUBLISHED:
        return report.pk
    return public_key(report.published_at) + report.pk


def public_key(moment):
    """The smallest key of a report published in the second of `moment`."""
    return min(max(1, int(moment.timestamp())), LAST_SECOND) << KEY_BITS


def blocks_of(markup):
    """The paragraphs, items and cells of a text as plain text."""
    blocks = _TAG.split(_INLINE.sub("", markup))
    return [block for block in (html.unescape(each).strip() for each in blocks) if block]


def row_for(report, *, topics=(), signers=(), captions=(), scopes=()):
    """(newest, lexemes, stream) of a report whose derived fields are set.

    `topics` and `signers` are names, `captions` texts, `scopes` pairs of unit key and relation.
    """
    event, day = report.event, report.named_on
    parts = [
        report.lead,
        *blocks_of(report.body),
        report.unit_full_label,
        report.byline_organisation,
        report.source_name,
        report.period_words,
        f"ngày {day.day} tháng {day.month} năm {day.year}" if day else "",
        report.section.name if report.section_id else "",
        *sorted(topics),
        *signers,
        *captions,
    ]
    if report.organisation_id:
        parts += [report.organisation.name, report.organisation.short_name]
    if event:
        parts += [event.name, event.get_kind_display(), event.venue, event.chair]
        if event.event_on and event.event_on != day:
            parts.append(f"năm {event.event_on.year}")
    lexemes, stream = row_of(report.title, parts, unit_lexemes(scopes))
    return newest_key(report), lexemes, stream


def refresh(key):
    """Make the index row of the stored report `key` say what the report says now."""
    refresh_entries([key])


@transaction.atomic
def refresh_entries(keys):
    """The same for many; returns how many rows were new or changed. `keys` are primary keys."""
    reports = list(
        Report.objects.filter(pk__in=keys).select_related(
            "event", "unit", "section", "organisation"
        )
    )
    around = _around([report.pk for report in reports])
    before = {
        entry.pk: entry for entry in SearchEntry.objects.filter(report__in=keys).defer("words")
    }
    new, changed = [], []
    for report in reports:
        newest, words, stream = row_for(report, **around[report.pk])
        entry = SearchEntry(report_id=report.pk, newest=newest, words=words, stream=stream)
        if report.pk in before:
            changed.append(entry)
        else:
            new.append(entry)
    SearchEntry.objects.bulk_create(new, batch_size=200)
    for entry in changed:
        entry.save(force_update=True)
    return len(new) + len(changed)


def _around(keys):
    """{report: what hangs on it}, in five statements for any number of reports."""
    around = defaultdict(lambda: {"topics": [], "signers": [], "captions": [], "scopes": []})
    topics = Report.topics.through.objects.filter(report__in=keys).order_by("topic__order", "topic")
    for report, name in topics.values_list("report", "topic__name"):
        around[report]["topics"].append(name)
    signed = Contribution.objects.filter(report__in=keys).order_by("order", "pk")
    for report, name, printed in signed.values_list("report", "person__name", "signed_as"):
        around[report]["signers"] += [name, printed]
    photos = Photo.objects.filter(report__in=keys).order_by("order", "pk")
    for report, *words in photos.values_list("report", "caption", "credit__name", "credit_text"):
        around[report]["captions"] += [word or "" for word in words]
    scopes = ReportScope.objects.filter(report__in=keys).order_by("unit")
    for report, *scope in scopes.values_list("report", "unit", "relation"):
        around[report]["scopes"].append(scope)
    return around


def rebuild(*, missing_only=False, progress=lambda done: None):
    """Write the rows of all reports anew (or only those that have none); returns how many.

    Each batch is one transaction: it can be cut off and run again, and readers may go on searching.
    """
    done, last = 0, 0
    reports = Report.objects.filter(search=None) if missing_only else Report.objects.all()
    while keys := list(
        reports.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:BATCH]
    ):
        done += refresh_entries(keys)
        last = keys[-1]
        progress(done)
    if done or not missing_only:
        optimise()
    return done
