"""Very many plausible reports for benches: same seed on an empty database, same reports.

What a report's `save` derives comes from the same code here (`Report.derive`, `scope_of`), so
saving a made report anew changes nothing. History has no entry for made rows.
"""

import time
from concurrent.futures import ProcessPoolExecutor, as_completed
from contextlib import nullcontext
from datetime import date, datetime, timedelta
from datetime import time as clock
from multiprocessing import get_context
from random import Random
from typing import NamedTuple

from django.db import connections, transaction
from django.db.models import Max
from django.utils import timezone

from portal.text import vietnamese_slug
from reports.models import (
    Contribution,
    ContributionRole,
    Event,
    EventKind,
    Genre,
    Organisation,
    Person,
    Report,
    ReportHeading,
    ReportScope,
    ReportStatus,
    SearchEntry,
    Section,
    Session,
    Topic,
    ViewCount,
)
from reports.periods import Period
from reports.scope import scope_of
from reports.search.index import row_for
from reports.search.storage import rebuilt_afterwards
from units.kinds import Era, UnitLevel
from units.models import Unit

from . import content
from .bulk import after_bulk, columns_of, write_rows

BATCH = 2_000
FIRST, LAST = date(2019, 10, 6), date(2026, 10, 31)
REFORM = date(2025, 7, 1)
# How often a province, a district, a commune publishes; districts did the most until 2025.
LEVELS = {Era.THREE_TIER: (6, 34, 60), Era.TWO_TIER: (10, 0, 90)}
PEOPLE = 300
# From so many reports on the search index is made anew afterwards.
MANY = 20_000
# A list each time one is drawn would cost more than drawing.
KINDS, SESSIONS, HEADINGS, GENRES = (
    tuple(choices.values) for choices in (EventKind, Session, ReportHeading, Genre)
)


class Batch(NamedTuple):
    """A part of the work that knows all it needs, so that any process may do it."""

    number: int
    size: int
    first_report: int
    first_event: int


def make(count, *, seed=1, processes=1, progress=lambda done, seconds: None):
    """Add `count` reports with events, contributions, topics and views; commits batch by batch.

    How many processes share the work changes nothing in what is made.
    """
    started = time.monotonic()
    maker = Maker(seed)
    done = 0
    # Filling an index row by row takes longer than making it anew, once there is much to fill.
    at_once = count >= Report.objects.count() + MANY
    with rebuilt_afterwards() if at_once else nullcontext():
        for size in maker.run(_batches(count), processes):
            done += size
            progress(done, time.monotonic() - started)
    after_bulk(
        Report, Event, Contribution, ReportScope, ViewCount, Report.topics.through, SearchEntry
    )


def _batches(count):
    report = 1 + (Report.objects.aggregate(last=Max("pk"))["last"] or 0)
    event = 1 + (Event.objects.aggregate(last=Max("pk"))["last"] or 0)
    return [
        # A batch has fewer events than reports, so this leaves gaps and never collides.
        Batch(number, min(BATCH, count - made), report + made, event + made)
        for number, made in enumerate(range(0, count, BATCH))
    ]


class Maker:
    def __init__(self, seed):
        self.seed = seed
        self.random = Random(seed)
        self.words = content.words()
        self.units = {
            era: [self._units(era, level) for level in UnitLevel.values] for era in Era.values
        }
        shelves = content.shelves()
        self.sections = [_row(Section, name) for name in shelves["sections"]]
        self.topics = [_row(Topic, name) for name in shelves["topics"]]
        self.organisations = [_row(Organisation, row["name"]) for row in shelves["organisations"]]
        self.people = self._people()
        self.zone = timezone.get_default_timezone()

    def run(self, batches, processes):
        """Do the batches, alone or with helpers; yields the size of each that is done."""
        if processes == 1:
            yield from map(self.add, batches)
            return
        # A connection cannot be shared by two processes; each opens its own.
        connections.close_all()
        # Forked, the others find the registry and this maker in memory.
        with ProcessPoolExecutor(processes, mp_context=get_context("fork")) as pool:
            futures = [pool.submit(self.add, batch) for batch in batches]
            for future in as_completed(futures):
                yield future.result()

    def _units(self, era, level):
        return list(Unit.objects.filter(era=era, level=level).order_by("key"))

    def _people(self):
        names = Random(0)
        people = []
        for _ in range(PEOPLE):
            name = " ".join(
                names.choice(self.words[part]) for part in ("family", "middle", "given")
            )
            people.append(
                Person.objects.filter(name=name).first() or Person.objects.create(name=name)
            )
        return people

    # --- one batch ------------------------------------------------------------------------------

    def add(self, batch):
        """Make the reports of a batch and write them with all that belongs to them; its size."""
        self.random.seed(f"{self.seed}/{batch.number}")
        self.next_report, self.next_event = batch.first_report, batch.first_event
        events, reports = [], []
        while len(reports) < batch.size:
            day = FIRST + timedelta(days=int((LAST - FIRST).days * self.random.random() ** 0.8))
            unit = self._unit(day)
            event = self._event(unit, day) if self.random.random() < 0.3 else None
            if event:
                events.append(event)
            # An event that is told of at all is told of once to four times.
            for _ in range(self.random.choice((1, 1, 2, 4)) if event else 1):
                if len(reports) < batch.size:
                    reports.append(self._report(unit, day, event))
        around = self._around(reports)
        _tell(reports)
        with transaction.atomic():
            _write(Event, events)
            _write(Report, reports)
            for model, columns, rows in around:
                write_rows(model, columns, rows)
        return batch.size

    def _unit(self, day):
        era = Era.TWO_TIER if day >= REFORM else Era.THREE_TIER
        while True:
            (pool,) = self.random.choices(self.units[era], LEVELS[era])
            unit = self.random.choice(pool)
            if unit.exists_on(day):
                return unit

    def _event(self, unit, day):
        fill = self._fill(unit, day)
        moment = self._moment(day)
        event = Event(
            pk=self.next_event,
            name=f"{self.random.choice(self.words['event'])} {fill['place']}",
            kind=self.random.choice(KINDS),
            # Now and then nobody wrote down the day.
            event_on=day if self.random.random() < 0.96 else None,
            session=self.random.choice(SESSIONS),
            venue="Nhà văn hóa",
            unit=unit,
            organisation=self.random.choice(self.organisations),
            created_at=moment,
            updated_at=moment,
        )
        event.slug = vietnamese_slug(event.name)
        event.derive()
        self.next_event += 1
        return event

    def _report(self, unit, day, event):
        random = self.random
        fill = self._fill(unit, day)
        published_at = self._moment(day + timedelta(days=random.choice((0, 0, 0, 1, 1, 2, 5))))
        start, end = self._period(day)
        report = Report(
            pk=self.next_report,
            title=self._sentence("titles", fill),
            lead=self._sentence("leads", fill),
            body=self._body(fill),
            unit=unit,
            section=random.choice(self.sections),
            event=event,
            organisation=random.choice(self.organisations) if random.random() < 0.6 else None,
            heading=random.choice(HEADINGS) if random.random() < 0.7 else "",
            genre=random.choices(GENRES, (60, 14, 8, 8, 4, 2, 1, 3))[0],
            period_start=start,
            period_end=end,
            published_at=published_at,
            published_is_estimate=random.random() < 0.01,
            created_at=published_at,
            updated_at=published_at,
        )
        self._set_status(report)
        report.slug = vietnamese_slug(report.title)
        report.derive()
        self.next_report += 1
        return report

    def _set_status(self, report):
        dice = self.random.random()
        report.status = ReportStatus.PUBLISHED
        if dice > 0.995:
            report.status = ReportStatus.WITHDRAWN
            report.withdrawn_at = report.published_at + timedelta(days=1)
            report.withdrawn_reason = "Bài trùng với bài đã đăng."
        elif dice > 0.985:
            report.status = self.random.choice(
                (ReportStatus.DRAFT, ReportStatus.SUBMITTED, ReportStatus.RETURNED)
            )
            report.published_at = None
            report.published_is_estimate = False

    def _around(self, reports):
        """[(model, columns, rows)] of what hangs on the reports."""
        random = self.random
        scopes, contributions, topics, views, entries = [], [], [], [], []
        for report in reports:
            scope, signers = {}, []
            if report.status == ReportStatus.PUBLISHED:
                scope = scope_of(report.unit, report.named_on)
                for key, (relation, partial) in scope.items():
                    scopes.append(
                        (
                            key,
                            report.pk,
                            relation,
                            partial,
                            report.published_at,
                            report.counting_on,
                        )
                    )
            if random.random() < 0.9:
                author = random.choice(self.people)
                contributions.append((report.pk, author.pk, ContributionRole.AUTHOR, "", 0))
                signers.append(author.name)
                if random.random() < 0.5:
                    other = random.choice(self.people)
                    contributions.append(
                        (report.pk, other.pk, ContributionRole.PHOTOGRAPHER, "", 1)
                    )
                    signers.append(other.name)
            about = random.sample(self.topics, random.choice((0, 1, 1, 2)))
            topics += [(report.pk, topic.pk) for topic in about]
            entries.append(
                (
                    report.pk,
                    *row_for(
                        report,
                        topics=[topic.name for topic in about],
                        signers=signers,
                        scopes=[(key, relation) for key, (relation, _) in scope.items()],
                    ),
                )
            )
            views.append((report.pk, int(random.paretovariate(1.1) * 20) % 100_000))
        return [
            (
                ReportScope,
                ("unit_id", "report_id", "relation", "partial", "published_at", "counting_on"),
                scopes,
            ),
            (Contribution, ("report_id", "person_id", "role", "signed_as", "order"), contributions),
            (Report.topics.through, ("report_id", "topic_id"), topics),
            (ViewCount, ("report_id", "count"), views),
            (SearchEntry, ("report_id", "newest", "words", "stream"), entries),
        ]

    # --- words ------------------------------------------------------------------------------------

    def _fill(self, unit, day):
        fill = {
            part: self.random.choice(self.words[part])
            for part in ("who", "deed", "thing", "outcome", "when", "event")
        }
        name = unit.name_on(day)
        return {**fill, "place": name[:1].lower() + name[1:], "number": self.random.randint(2, 980)}

    def _sentence(self, kind, fill):
        text = self.random.choice(self.words[kind]).format(**fill)
        return text[:1].upper() + text[1:]

    def _body(self, fill):
        paragraphs = [
            f"{first} {self._sentence('counted', fill)} {last}"
            for first, last in (self.random.sample(self.words["sentences"], 2) for _ in range(2))
        ]
        return "\n".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)

    def _period(self, day):
        dice = self.random.random()
        if dice > 0.2:
            return None, None
        if dice > 0.1:
            period = Period.month(day.year, day.month)
        elif dice > 0.04:
            period = Period.half(day.year, 1 if day.month <= 6 else 2)
        else:
            period = Period.year(day.year)
        return period.start, period.end

    def _moment(self, day):
        minute = self.random.randint(6 * 60, 21 * 60)
        return datetime.combine(day, clock(minute // 60, minute % 60), self.zone)


def _tell(reports):
    """What `Report.save` does for the events: note from when on a published report tells of each."""
    for report in reports:
        if report.event and report.status == ReportStatus.PUBLISHED:
            before = report.event.told_from
            report.event.told_from = min(before or report.published_at, report.published_at)


def _row(model, name):
    return model.objects.filter(name=name).first() or model.objects.create(name=name)


def _write(model, rows):
    columns, attributes = columns_of(model)
    write_rows(model, columns, [tuple(getattr(row, a) for a in attributes) for row in rows])
