"""One deed: what was read from a file, and confirmed or left to be confirmed, becomes a draft.

The admin's "Nhập bài" page and `import_articles` both come here. It makes drafts, never pages; the
unit is a person's choice. The same file, or the same old address, comes into a unit once.
"""

import hashlib
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.html import strip_tags

from portal.text import fold, one_line

from ..models import (
    Contribution,
    ContributionRole,
    Event,
    EventKind,
    Figure,
    Organisation,
    Photo,
    Report,
    Section,
    ViewCount,
)
from ..periods import Period
from ..photos import become_photo, waiting_pictures
from .names import is_nobody, is_organisation
from .organisations import find_organisation
from .who import person_who_signs


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
    organisation: Organisation | None = None
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
    # Who a name is, where a person has said so: {name: Person or `who.NEW`}.
    people: dict = field(default_factory=dict)
    # The same key from the same user never makes a second draft.
    once_key: str = ""


@dataclass
class PictureValues:
    """A picture already stored (as a BodyPicture's token), and the words under it.

    `credit` is a person, an agency (`TTXVN`) or both (`Minh Tâm/TTXVN`). A small one (a logo) becomes
    no photo unless a person says so; `note` tells that person why to look twice.
    """

    token: str
    caption: str = ""
    credit: str = ""
    alt: str = ""
    is_small: bool = False
    note: str = ""


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


def create_draft(values, *, by=None):
    """Turn `values` into a draft with its event, byline, photos and figures; returns the report.

    The same `once_key` again returns the draft it has made, with nothing added. Raises
    AlreadyImported, also when the key comes back with another text. Persons are looked up by the
    name they sign (`who.person_who_signs`).
    """
    if made := _made_before(values, by):
        return made
    try:
        with transaction.atomic():
            return _create(values, by)
    except IntegrityError:
        # The other of two clicks was quicker.
        if made := _made_before(values, by):
            return made
        raise


def _made_before(values, by):
    if not values.once_key:
        return None
    made = Report.objects.filter(created_by=by, once_key=values.once_key).first()
    if made and source_hash(made.title, made.body) != source_hash(values.title, values.body):
        raise AlreadyImported(made)
    return made


def _create(values, by):
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
        organisation=values.organisation,
        event=_event(values),
        published_at=values.published_at,
        published_is_estimate=values.published_is_estimate,
        byline_organisation=values.byline_organisation[:200],
        source_name=values.source_name[:200],
        original_url=values.original_url,
        source_hash=values.source_hash,
        once_key=values.once_key,
        created_by=by,
    )
    if values.period:
        report.period_start, report.period_end = values.period.start, values.period.end
    report._history_user = by
    report._change_reason = "nhập bài"
    report.save()
    people = dict(values.people)
    _sign(report, values, people)
    _hang_pictures(report, values, people, by)
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


def _who(name, report, people, office=None):
    """The person meant by `name`; `people` remembers, so that one name is one person in a report."""
    name = one_line(name)
    person = person_who_signs(name, report.unit, chosen=people.get(name), organisation=office)
    if person:
        people[name] = person
    return person


def _sign(report, values, people):
    office = find_organisation(values.byline_organisation)
    for role, names in (
        (ContributionRole.AUTHOR, values.authors),
        (ContributionRole.PHOTOGRAPHER, values.photographers),
        (ContributionRole.EDITOR, values.editors),
        (ContributionRole.INFORMANT, values.informants),
    ):
        signed = set()
        for order, name in enumerate(names):
            person = _who(name, report, people, office)
            if person and person.pk not in signed:
                signed.add(person.pk)
                Contribution.objects.create(
                    report=report,
                    person=person,
                    role=role,
                    order=order,
                    signed_as="" if person.name == one_line(name) else one_line(name),
                )


def _hang_pictures(report, values, people, by):
    """What was uploaded for the form becomes the report's photos; the files stay where they are."""
    waiting = waiting_pictures([picture.token for picture in values.pictures], by=by)
    credits = [c.person for c in report.contributions.filter(role=ContributionRole.PHOTOGRAPHER)]
    for order, picture in enumerate(values.pictures):
        if picture.token not in waiting or picture.is_small:
            continue
        credit, agency = _credited(picture.credit, report, people)
        if not credit and not agency and len(credits) == 1:
            credit = credits[0]  # one photographer signed the page, so the photos are theirs
        photo = Photo(
            report=report,
            caption=picture.caption[:400],
            alt=picture.alt[:300],
            credit=credit,
            credit_text=agency[:120],
            order=order,
        )
        become_photo(waiting.pop(picture.token), photo)


def _credited(words, report, people):
    """(person, agency) of a photo's credit: `Minh Tâm`, `TTXVN`, `Minh Tâm/TTXVN`, `Tư liệu`."""
    words = one_line(words)
    if is_organisation(words) or is_nobody(words):
        return None, words
    name, _, agency = (part.strip() for part in words.partition("/"))
    return _who(name, report, people), agency


def aware(moment):
    """A page's moment on our own clock; a page that prints only the day gives its midnight."""
    if isinstance(moment, datetime):
        return moment if timezone.is_aware(moment) else timezone.make_aware(moment)
    if isinstance(moment, date):
        return timezone.make_aware(datetime(moment.year, moment.month, moment.day))
    return None
