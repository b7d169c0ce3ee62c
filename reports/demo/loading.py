"""Puts the demo into the database: once, whole, and never again over what somebody changed.

What was loaded before is known by its slug in the history, which outlives edits of the title and
even deletion: a second load adds only what is new in the files.
"""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from portal.text import vietnamese_slug
from reports import workflow
from reports.editions import keep_edition
from reports.models import (
    Contribution,
    Correction,
    Event,
    Figure,
    Organisation,
    PenName,
    Person,
    Photo,
    Report,
    ReportStatus,
    Section,
    Topic,
    ViewCount,
)
from reports.periods import Period
from reports.photos import check_picture
from reports.search.index import refresh
from units.models import Unit

from . import content
from .accounts import create_accounts
from .desk_committee import add_committee
from .desk_digest import add_books
from .desk_figures import add_figures_and_promises
from .fees import add_fees
from .prose import html_of
from .scenes import draw
from .voices import add_voices

LOADED = "nội dung mẫu"


def load(today=None):
    """Load what is missing; return how many events and reports were added.

    Raises RuntimeError where DEMO is off, Unit.DoesNotExist before `load_units`.
    """
    today = today or timezone.localdate()
    reports = _missing(Report, content.reports(), "title")
    events = _missing(Event, content.events(), "name")
    pictures = _draw_all({photo[0] for report in reports for photo in report.get("photos", ())})
    with transaction.atomic():
        loader = Loader(today, pictures)
        for data in events:
            loader.add_event(data)
        for data in reports:
            loader.add_report(data)
        add_voices(timezone.now())
        add_fees(timezone.now(), loader.users["nguoiduyet"])
        add_books(today, loader.users["tonghop"])
        add_committee(loader.users["tonghop"])
        add_figures_and_promises(loader.users["tonghop"])
    return len(events), len(reports)


def _missing(model, rows, titled):
    known = set(model.history.values_list("slug", flat=True))
    return [row for row in rows if vietnamese_slug(row[titled]) not in known]


def _draw_all(names):
    """{scene name: CheckedPicture}; drawn by us, then checked like any upload."""
    names = sorted(names)
    with ThreadPoolExecutor(max_workers=3) as pool:
        return dict(
            zip(names, pool.map(lambda name: check_picture(draw(name)), names), strict=True)
        )


class Loader:
    """Holds what the rows refer to by name while they are written."""

    def __init__(self, today, pictures):
        self.today = today
        self.pictures = pictures
        self.users = create_accounts()
        shelves = content.shelves()
        self.sections = _shelf(Section, shelves["sections"])
        self.topics = _shelf(Topic, shelves["topics"])
        self.organisations = {
            row["name"]: Organisation.objects.filter(name=row["name"]).first()
            or Organisation.objects.create(**row)
            for row in shelves["organisations"]
        }
        self.people = {}
        for row in shelves["people"]:
            self._add_person(**row)
        slugs = {event["key"]: vietnamese_slug(event["name"]) for event in content.events()}
        known = {e.slug: e for e in Event.objects.filter(slug__in=slugs.values())}
        self.events = {key: known[slug] for key, slug in slugs.items() if slug in known}

    def _add_person(self, name, pen_names, organisation, unit, user=None):
        person = Person.objects.filter(name=name).first()
        if person is None:
            person = Person.objects.create(
                name=name,
                organisation=self.organisations[organisation],
                unit_id=unit,
                user=self.users.get(user),
            )
            for pen_name in pen_names:
                PenName.objects.create(person=person, name=pen_name)
        self.people.update(dict.fromkeys((name, *pen_names), person))

    def add_event(self, data):
        period = Period.parse(data["period"]) if "period" in data else None
        event = Event(
            name=data["name"],
            kind=data["kind"],
            event_on=content.day_of(data.get("day"), self.today),
            ends_on=content.day_of(data.get("until"), self.today),
            session=data.get("session", ""),
            venue=data.get("venue", ""),
            unit=Unit.objects.get(pk=data["unit"]),
            organisation=self.organisations.get(data.get("organisation")),
            chair=data.get("chair", ""),
            attendees=data.get("attendees", ""),
            is_online=data.get("online", False),
            is_public=data.get("public", False),
            period_start=period and period.start,
            period_end=period and period.end,
        )
        event._change_reason = LOADED
        event.save()
        event.connected_sites.set(data.get("sites", ()))
        self.events[data["key"]] = event

    def add_report(self, data):
        report = self._new_report(data)
        report.save()
        report.topics.set(self.topics[name] for name in data.get("topics", ()))
        for order, words in enumerate(data.get("signed", ())):
            role, _, signed = words.partition(": ")
            person = self.people[signed]
            Contribution.objects.create(
                report=report,
                person=person,
                role=role,
                order=order,
                signed_as="" if signed == person.name else signed,
            )
        for order, (scene, caption, alt, credit) in enumerate(data.get("photos", ())):
            photo = Photo(
                report=report, order=order, caption=caption, alt=alt, credit=self.people.get(credit)
            )
            self.pictures[scene].store(photo)
            photo.save()
        for order, (indicator, value, measure, sentence) in enumerate(data.get("figures", ())):
            Figure.objects.create(
                report=report,
                indicator=indicator,
                value=Decimal(value),
                unit_of_measure=measure,
                sentence=sentence,
                confirmed_by=self.users["bientap"],
                order=order,
            )
        for moment, text in data.get("corrections", ()):
            decided_at = content.moment_of(moment, self.today)
            Correction.objects.create(
                report=report,
                text=text,
                asked_on=timezone.localdate(decided_at) - timedelta(days=1),
                decided_at=decided_at,
                decided_by=self.users["nguoiduyet"],
            )
        if data.get("views"):
            ViewCount.objects.create(report=report, count=data["views"])
        refresh(report.pk)  # its topics have no save of their own
        if report.status == ReportStatus.PUBLISHED:
            keep_edition(report, by=self.users["nguoiduyet"])
        self._move(report, data)

    def _new_report(self, data):
        start, end = _period_of(data)
        published_at = content.moment_of(data.get("published"), self.today)
        withdrawn_at = content.moment_of(data.get("withdrawn"), self.today)
        report = Report(
            title=data["title"],
            lead=data["lead"],
            body=html_of(data["body"]),
            unit=Unit.objects.get(pk=data["unit"]),
            section=self.sections.get(data.get("section")),
            event=self.events.get(data.get("event")),
            organisation=self.organisations.get(data.get("organisation")),
            heading=data.get("heading", ""),
            genre=data["genre"],
            period_start=start,
            period_end=end,
            period_label=data.get("period_label", ""),
            status=_status(published_at, withdrawn_at),
            published_at=published_at,
            published_is_estimate=data.get("estimate", False),
            withdrawn_at=withdrawn_at,
            withdrawn_reason=data.get("withdrawn_reason", ""),
            byline_organisation=data.get("byline_organisation", ""),
            source_name=data.get("source_name", ""),
            source_url=data.get("source_url", ""),
            original_url=data.get("original_url", ""),
        )
        report._change_reason = LOADED
        if "state" in data:
            report.created_by = report._history_user = self.users["bientap"]
        return report

    def _move(self, report, data):
        """Unpublished reports take the road everybody's take, so their history is a real one."""
        state = data.get("state", "draft")
        if state == "draft":
            return
        workflow.submit(report, by=self.users["bientap"])
        if state == "returned":
            workflow.return_to_author(
                report, by=self.users["nguoiduyet"], reason=data["returned_reason"]
            )


def _shelf(model, names):
    """{name: row} of sections or topics, in this order; rows that exist are left alone."""
    rows = {}
    for order, name in enumerate(names):
        rows[name] = model.objects.filter(name=name).first() or model.objects.create(
            name=name, order=order
        )
    return rows


def _period_of(data):
    if "period" in data:
        period = Period.parse(data["period"])
        return period.start, period.end
    return tuple(content.day_of(day, None) for day in data.get("period_days", (None, None)))


def _status(published_at, withdrawn_at):
    if withdrawn_at:
        return ReportStatus.WITHDRAWN
    return ReportStatus.PUBLISHED if published_at else ReportStatus.DRAFT
