"""Điểm tin: whose they are, what is chosen and saved, and what of it is printed.

A digest belongs to a unit's desk; only public reports get in, and only what is still public comes
out on paper. Every change counts its version up, so that two people never overwrite each other.
"""

from dataclasses import dataclass, field, replace
from datetime import date
from hashlib import sha256

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Count
from django.http import Http404
from django.urls import reverse
from django.utils import timezone

from portal.templatetags.vietnamese import first_capital
from portal.text import one_line, plain_text
from reports.models import Digest, DigestItem, Report

from .access import desk_units, works_for
from .days import day_words
from .digest_versions import keep_first_version, keep_version

MOST_ITEMS = 100


class TooManyItems(Exception):
    def __init__(self):
        super().__init__(f"Một điểm tin có nhiều nhất {MOST_ITEMS} bài.")


def digests_of(user):
    """The digests `user` may work on, the latest changed first; with their number of reports."""
    keys = desk_units(user)
    digests = Digest.objects.all() if keys is None else Digest.objects.filter(unit__in=keys)
    counted = digests.annotate(item_count=Count("items")).select_related("unit", "updated_by")
    return counted.order_by("-updated_at", "-pk")


def digest_or_404(user, pk):
    """The digest; somebody else's is as absent as one that never was."""
    digest = Digest.objects.filter(pk=pk).select_related("unit", "updated_by").first()
    if digest is None or not works_for(user, digest.unit_id):
        raise Http404
    return digest


# --- deeds ----------------------------------------------------------------------------------------


@dataclass
class Line:
    """One report of a draft. `text` None is the report's own lead."""

    report: Report
    group: str = ""
    text: str | None = None
    is_public: bool = True

    @property
    def words(self):
        return self.report.lead if self.text is None else self.text


@dataclass
class Draft:
    """What a form says a digest is to be."""

    title: str
    intro: str = ""
    period_start: object = None
    period_end: object = None
    lines: list = field(default_factory=list)


def start(unit, selection, keys, *, by, form_key=""):
    """A new Digest of those reports of `keys` that are public, in this order.

    The same form (`form_key`) with the same ticks makes one: sent again, it leads to that.
    """
    period, query = selection.period, selection.filters.query()
    once = _once(form_key, unit.pk, query, keys)
    mine = Digest.objects.filter(created_by=by).exclude(once_key="")
    if there := mine.filter(once_key=once).first():
        return there
    try:
        with transaction.atomic():
            digest = Digest.objects.create(
                unit=unit,
                title=_first_title(selection),
                period_start=period and period.start,
                period_end=period and period.end,
                query=query,
                once_key=once,
                created_by=by,
                updated_by=by,
            )
            _put_in(digest, keys)
            keep_version(digest, "Lập", by=by)
    except IntegrityError:  # the other click was a moment faster
        if there := mine.filter(once_key=once).first():
            return there
        raise
    return digest


def _once(form_key, *said):
    return sha256(repr((form_key, *said)).encode()).hexdigest() if form_key else ""


def _first_title(selection):
    period = selection.period
    words = period.label if period and period.ky else selection.period_words
    return "Điểm tin" if period is None else f"Điểm tin {words}"


def _take_turn(digest, *, by, seen=None):
    """The digest as it is stored now, changed by `by`; nobody else gets in before the transaction ends."""
    digest.take_turn(seen)
    digest.refresh_from_db()
    keep_first_version(digest)
    digest.updated_by = by
    digest.save()


@transaction.atomic
def add(digest, keys, *, by, now=None):
    """Put public reports at the end; what is in it already stays where it is. How many came in.

    Raises TooManyItems, and then adds none.
    """
    _take_turn(digest, by=by)
    added = _put_in(digest, keys, now)
    if not added:
        # Nothing was done: nobody's open form of it is too old for that.
        transaction.set_rollback(True)
        return 0
    keep_version(digest, "Thêm bài", by=by)
    return added


def _put_in(digest, keys, now=None):
    there = dict(digest.items.values_list("report", "order"))
    public = Report.objects.published(now or timezone.now()).filter(pk__in=keys)
    known = set(public.values_list("pk", flat=True))
    new = [key for key in dict.fromkeys(keys) if key in known and key not in there]
    if len(there) + len(new) > MOST_ITEMS:
        raise TooManyItems
    last = max(there.values(), default=0)
    DigestItem.objects.bulk_create(
        DigestItem(digest=digest, report_id=key, order=place)
        for place, key in enumerate(new, last + 1)
    )
    return len(new)


@transaction.atomic
def save(digest, draft, *, by, version, deed="Sửa"):
    """Make the digest what `draft` says. Raises Stale when it has changed since `version`."""
    if len(draft.lines) > MOST_ITEMS:
        raise TooManyItems
    _take_turn(digest, by=by, seen=version)
    for name in ("title", "intro", "period_start", "period_end"):
        setattr(digest, name, getattr(draft, name))
    digest.save()
    digest.items.all().delete()
    DigestItem.objects.bulk_create(
        DigestItem(
            digest=digest,
            report=line.report,
            order=place,
            group=one_line(line.group),
            text=None if line.text is None else plain_text(line.text).strip(),
        )
        for place, line in enumerate(draft.lines, 1)
    )
    keep_version(digest, deed, by=by)


@transaction.atomic
def delete(digest, *, version):
    """Raises Stale when somebody has changed it since `version`."""
    digest.take_turn(version)
    digest.delete()


def as_stored(digest, now=None):
    """The digest as a Draft: two statements."""
    items = digest.items.select_related("report__event").defer("report__body")
    now = now or timezone.now()
    lines = [
        Line(item.report, item.group, item.text, item.report.is_published(now))
        for item in items.order_by("order", "pk")
    ]
    return Draft(digest.title, digest.intro, digest.period_start, digest.period_end, lines)


def draft_of(kept, now=None):
    """(Draft, how many reports are left out) of a DigestVersion.

    Left out is what is not public now, but for what is in the digest anyway: it keeps its place.
    """
    content, now = kept.content, now or timezone.now()
    known = {line.report.pk: line for line in as_stored(kept.digest, now).lines}
    missing = [line["report"] for line in content["lines"] if line["report"] not in known]
    found = Report.objects.published(now).filter(pk__in=missing).select_related("event")
    known |= {report.pk: Line(report) for report in found.defer("body")}
    lines = [
        replace(known[line["report"]], group=line["group"], text=line["text"])
        for line in content["lines"]
        if line["report"] in known
    ]
    days = [
        day and date.fromisoformat(day) for day in (content["period_start"], content["period_end"])
    ]
    left_out = len(content["lines"]) - len(lines)
    return Draft(content["title"], content["intro"], *days, lines), left_out


# --- what is printed ------------------------------------------------------------------------------


@dataclass(frozen=True)
class Entry:
    """One printed report. `group`: the heading above it, where one begins."""

    number: int
    title: str
    text: str
    place: str
    day_words: str
    url: str
    group: str = ""

    @property
    def source(self):
        """`Xã Thoại Sơn, tỉnh An Giang, diễn ra ngày 02/07/2026`."""
        return ", ".join(part for part in (self.place, self.day_words) if part)


@dataclass(frozen=True)
class Printed:
    """A digest as it goes out; `left_out` reports are not public any more and stand nowhere in it."""

    title: str
    intro: str
    period_words: str
    entries: list
    left_out: int

    @property
    def note(self):
        if not self.left_out:
            return ""
        return f"Đã bỏ ra {self.left_out} bài không còn đăng."


def printed(digest, now=None):
    draft = as_stored(digest, now)
    entries, group = [], ""
    for line in draft.lines:
        group = line.group or group
        if line.is_public:
            entries.append(_entry(len(entries) + 1, line, group))
            group = ""
    days = (draft.period_start, draft.period_end)
    period = f"Từ ngày {days[0]:%d/%m/%Y} đến ngày {days[1]:%d/%m/%Y}" if days[0] else ""
    left_out = len(draft.lines) - len(entries)
    return Printed(draft.title, draft.intro, period, entries, left_out)


def _entry(number, line, group):
    report = line.report
    return Entry(
        number=number,
        title=report.title,
        text=line.words,
        place=report.unit_full_label,
        day_words=day_words(report),
        url=settings.SITE_URL + reverse("reports:short", args=[report.pk]),
        group=group,
    )


def zalo_text(sheet):
    """Plain text with a link below each report, for a chat."""
    head = [sheet.title.upper(), sheet.period_words]
    parts = ["\n".join(filter(None, head)), sheet.intro]
    for entry in sheet.entries:
        if entry.group:
            parts.append(f"— {first_capital(entry.group)} —")
        lines = [f"{entry.number}. {entry.title}", entry.text, entry.url]
        parts.append("\n".join(filter(None, lines)))
    return "\n\n".join(filter(None, parts))
