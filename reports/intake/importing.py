"""One deed: what was read from a file, and confirmed or left to be confirmed, becomes a draft.

The admin's "Nhập bài" page and `import_articles` both come here. It makes drafts, never pages; the
unit is a person's choice. The same file, or the same old address, comes into a unit once.
"""

import hashlib
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.html import strip_tags

from portal.text import fold, one_line

from ..models import (
    Contribution,
    ContributionRole,
    Event,
    EventKind,
    Figure,
    Person,
    Photo,
    Report,
    Section,
    ViewCount,
)
from ..periods import Period
from ..photos import become_photo, waiting_pictures


@dataclass
class DraftValues:
    """What a draft is made of; every name, day and number as a person would type it.

    `event` is an existing Event to join; else `event_kind` or `held_on` make a new one.
    `pictures` are `PictureValues` in printed order.
    """

    title: str
    unit: object
    lead: str = ""
    body: str = ""
    section: Section | None = None
    published_at: datetime | None = None
    published_is_estimate: bool = False
    authors: list[str] = field(default_factory=list)
    photographers: list[str] = field(default_factory=list)
    editors: list[str] = field(default_factory=list)
    informants: list[str] = field(default_factory=list)
    byline_organisation: str = ""
    source_name: str = ""
    original_url: str = ""
    views: int | None = None
    event: Event | None = None
    event_name: str = ""
    event_kind: str = ""
    held_on: date | None = None
    ends_on: date | None = None
    session: str = ""
    venue: str = ""
    chair: str = ""
    period: Period | None = None
    figures: list = field(default_factory=list)
    pictures: list = field(default_factory=list)
    source_hash: str = ""


@dataclass
class PictureValues:
    """A picture already stored (as a BodyPicture's token), and the words under it."""

    token: str
    caption: str = ""
    credit: str = ""


class AlreadyImported(Exception):
    """The same file or the same old address is in already; `report` is that one."""

    def __init__(self, report):
        super().__init__(f"Bài này đã được nhập: “{report.title}”.")
        self.report = report


def source_hash(title, body_html):
    """What makes two files the same: their folded text, whatever their furniture and encoding."""
    text = f"{fold(title)}\n{fold(strip_tags(body_html))}"
    return hashlib.sha256(text.encode()).hexdigest()


def find_imported(unit, *, source_hash="", original_url=""):
    """The report that came from the same old address, or into the same unit from the same text."""
    if original_url and (found := Report.objects.filter(original_url=original_url).first()):
        return found
    if source_hash:
        return Report.objects.filter(unit=unit, source_hash=source_hash).first()
    return None


@transaction.atomic
def create_draft(values, *, by=None):
    """Turn `values` into a draft with its event, byline, photos and figures; returns the report.

    Raises AlreadyImported. Persons are looked up by the name they sign; an unknown name becomes a
    new person, one that several bear stays with the one of the same unit.
    """
    found = find_imported(
        values.unit, source_hash=values.source_hash, original_url=values.original_url
    )
    if found:
        raise AlreadyImported(found)
    report = Report(
        title=values.title,
        lead=values.lead,
        body=values.body,
        unit=values.unit,
        section=values.section,
        event=_event(values),
        published_at=values.published_at,
        published_is_estimate=values.published_is_estimate,
        byline_organisation=values.byline_organisation[:200],
        source_name=values.source_name[:200],
        original_url=values.original_url,
        source_hash=values.source_hash,
        created_by=by,
    )
    if values.period:
        report.period_start, report.period_end = values.period.start, values.period.end
    report._history_user = by
    report._change_reason = "nhập bài"
    report.save()
    _sign(report, values)
    _hang_pictures(report, values, by)
    Figure.objects.bulk_create(
        Figure(report=report, order=order, **figure) for order, figure in enumerate(values.figures)
    )
    if values.views:
        ViewCount.add(report.pk, values.views)
    return report


def _event(values):
    """The event to join, a new one, or none when nothing is known of it."""
    if values.event:
        return values.event
    if not (values.event_kind or values.held_on):
        return None
    event = Event(
        name=values.event_name or values.title,
        kind=values.event_kind or EventKind.OTHER,
        event_on=values.held_on,
        ends_on=values.ends_on,
        session=values.session,
        venue=values.venue[:300],
        chair=values.chair[:300],
        unit=values.unit,
    )
    if values.period:
        event.period_start, event.period_end = values.period.start, values.period.end
    event.save()
    return event


def _sign(report, values):
    for role, names in (
        (ContributionRole.AUTHOR, values.authors),
        (ContributionRole.PHOTOGRAPHER, values.photographers),
        (ContributionRole.EDITOR, values.editors),
        (ContributionRole.INFORMANT, values.informants),
    ):
        signed = set()
        for order, name in enumerate(names):
            person = person_who_signs(name, report.unit)
            if person and person.pk not in signed:
                signed.add(person.pk)
                Contribution.objects.create(
                    report=report,
                    person=person,
                    role=role,
                    order=order,
                    signed_as="" if person.name == one_line(name) else one_line(name),
                )


def person_who_signs(name, unit):
    """The person known by exactly this name or pen name, else a new one; None for no name."""
    name = one_line(name)[:120]
    if not name:
        return None
    namesakes = list(Person.objects.named(name).order_by("pk"))
    for person in namesakes:
        if person.unit_id == unit.pk:
            return person
    return namesakes[0] if namesakes else Person.objects.create(name=name, unit=unit)


def _hang_pictures(report, values, by):
    """What was uploaded for the form becomes the report's photos; the files stay where they are."""
    waiting = waiting_pictures([picture.token for picture in values.pictures], by=by)
    credits = [c.person for c in report.contributions.filter(role=ContributionRole.PHOTOGRAPHER)]
    for order, picture in enumerate(values.pictures):
        if picture.token not in waiting:
            continue
        credit = person_who_signs(picture.credit, report.unit)
        if not credit and len(credits) == 1:
            credit = credits[0]  # one photographer signed the page, so the photos are theirs
        photo = Photo(report=report, caption=picture.caption[:400], credit=credit, order=order)
        become_photo(waiting.pop(picture.token), photo)


def aware(moment):
    """A page's moment on our own clock; a page that prints only the day gives its midnight."""
    if isinstance(moment, datetime):
        return moment if timezone.is_aware(moment) else timezone.make_aware(moment)
    if isinstance(moment, date):
        return timezone.make_aware(datetime(moment.year, moment.month, moment.day))
    return None
