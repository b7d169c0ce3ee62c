"""Very many plausible reports for benches: same seed on an empty database, same reports.

What a report's `save` derives comes from the same code here (`Report.derive`, `scope_of`), so
saving a made report anew changes nothing. History has no entry for made rows.
"""

import time
from datetime import date, datetime, timedelta
from datetime import time as clock
from random import Random

from django.db import transaction
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
    Section,
    Session,
    Topic,
    ViewCount,
)
from reports.periods import Period
from reports.scope import scope_of
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


def make(count, *, seed=1, progress=lambda done, seconds: None):
    """Add `count` reports with events, contributions, topics and views; commits batch by batch."""
    started = time.monotonic()
    maker = Maker(seed)
    for first in range(0, count, BATCH):
        with transaction.atomic():
            maker.add(min(BATCH, count - first))
        progress(min(first + BATCH, count), time.monotonic() - started)
    after_bulk(Report, Event, Contribution, ReportScope, ViewCount, Report.topics.through)


class Maker:
    def __init__(self, seed):
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
        self.next_report = 1 + (Report.objects.aggregate(last=Max("pk"))["last"] or 0)
        self.next_event = 1 + (Event.objects.aggregate(last=Max("pk"))["last"] or 0)
        self.zone = timezone.get_default_timezone()

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

    def add(self, count):
        """Make `count` reports and write them with all that belongs to them."""
        events, reports = [], []
        while len(reports) < count:
            day = FIRST + timedelta(days=int((LAST - FIRST).days * self.random.random() ** 0.8))
            unit = self._unit(day)
            event = self._event(unit, day) if self.random.random() < 0.3 else None
            if event:
                events.append(event)
            # An event that is told of at all is told of once to four times.
            for _ in range(self.random.choice((1, 1, 2, 4)) if event else 1):
                if len(reports) < count:
                    reports.append(self._report(unit, day, event))
        _write(Event, events)
        _write(Report, reports)
        self._write_around(reports)

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
            kind=self.random.choice(EventKind.values),
            # Now and then nobody wrote down the day.
            event_on=day if self.random.random() < 0.96 else None,
            session=self.random.choice(Session.values),
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
            heading=random.choice(ReportHeading.values) if random.random() < 0.7 else "",
            genre=random.choices(Genre.values, (60, 14, 8, 8, 4, 2, 1, 3))[0],
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

    def _write_around(self, reports):
        random = self.random
        scopes, contributions, topics, views = [], [], [], []
        for report in reports:
            if report.status == ReportStatus.PUBLISHED:
                for key, (relation, partial) in scope_of(report.unit, report.named_on).items():
                    scopes.append((key, report.pk, relation, partial, report.published_at))
            if random.random() < 0.9:
                author = random.choice(self.people).pk
                contributions.append((report.pk, author, ContributionRole.AUTHOR, "", 0))
                if random.random() < 0.5:
                    other = random.choice(self.people).pk
                    contributions.append((report.pk, other, ContributionRole.PHOTOGRAPHER, "", 1))
            for topic in random.sample(self.topics, random.choice((0, 1, 1, 2))):
                topics.append((report.pk, topic.pk))
            views.append((report.pk, int(random.paretovariate(1.1) * 20) % 100_000))
        write_rows(
            ReportScope, ("unit_id", "report_id", "relation", "partial", "published_at"), scopes
        )
        write_rows(
            Contribution, ("report_id", "person_id", "role", "signed_as", "order"), contributions
        )
        write_rows(Report.topics.through, ("report_id", "topic_id"), topics)
        write_rows(ViewCount, ("report_id", "count"), views)

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


def _row(model, name):
    return model.objects.filter(name=name).first() or model.objects.create(name=name)


def _write(model, rows):
    columns, attributes = columns_of(model)
    write_rows(model, columns, [tuple(getattr(row, a) for a in attributes) for row in rows])
