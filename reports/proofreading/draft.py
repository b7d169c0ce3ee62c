"""The text under review, taken apart once for all rules: stored, or as it is being typed."""

import html
import re
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from django.utils import timezone

from portal.tokens import normal, words_in

from ..models import Genre
from ..search.index import blocks_of

_LINK = re.compile(r'<a\s[^>]*?href="([^"]*)"', re.IGNORECASE)
_LINE_END = re.compile(r"\s*\n\s*")
_EXCERPT = 34


@dataclass(frozen=True)
class Passage:
    """A stretch of text in one field; `about` is empty or names a photo."""

    field: str
    label: str
    text: str
    about: str = ""

    @cached_property
    def words(self):
        return words_in(self.text)

    def around(self, start, end):
        """The place in words: `Nội dung: … đã tổ chức hội nghị …`"""
        before, after = max(0, start - _EXCERPT), min(len(self.text), end + _EXCERPT)
        if before:
            before = self.text.find(" ", before, start) + 1 or start
        if after < len(self.text):
            after = max(self.text.rfind(" ", end, after), end)
        shown = self.text[before:after].strip()
        head, tail = "… " if before else "", " …" if after < len(self.text) else ""
        return f"{self.label}: “{head}{shown}{tail}”"


@dataclass(frozen=True)
class PhotoWords:
    """The words of one photo; `number` is its place in the form, from 0."""

    number: int
    token: str
    caption: str
    alt: str
    has_credit: bool

    @property
    def label(self):
        return f"Ảnh {self.number + 1}"


@dataclass
class Draft:
    """What the rules read. `today` is the day on which it is checked, `user` whose eyes it is for."""

    title: str
    lead: str
    body: str
    today: date
    photos: list[PhotoWords] = field(default_factory=list)
    key: int | None = None
    revises: int | None = None
    unit: object = None
    event: object = None
    genre: str = ""
    period_start: date | None = None
    period_end: date | None = None
    period_label: str = ""
    published_on: date | None = None
    published_is_estimate: bool = False
    source_url: str = ""
    user: object = None
    # What a room of rules worked out for several of its rules.
    worked_out: dict = field(default_factory=dict)

    @classmethod
    def of(cls, report, *, now, user=None, photos=None):
        """From a report, stored or made of what is typed; `photos` are `PhotoWords`, if not stored."""
        published_at = report.published_at
        return cls(
            title=normal(report.title),
            lead=normal(report.lead),
            body=report.body,
            today=timezone.localdate(now),
            photos=_photos_of(report) if photos is None else photos,
            key=report.pk,
            revises=report.revises_id,
            unit=report.unit if report.unit_id else None,
            event=report.event,
            genre=report.genre,
            period_start=report.period_start,
            period_end=report.period_end,
            period_label=report.period_label,
            published_on=timezone.localdate(published_at) if published_at else None,
            published_is_estimate=report.published_is_estimate,
            source_url=report.source_url,
            user=user,
        )

    @cached_property
    def blocks(self):
        """Paragraphs, items and cells of the body."""
        return [normal(_LINE_END.sub(" ", block)) for block in blocks_of(self.body)]

    @cached_property
    def passages(self):
        """All text a reader is given, field by field."""
        passages = [Passage("title", "Tít", self.title), Passage("lead", "Sapo", self.lead)]
        passages += [
            Passage("body", f"Nội dung, đoạn {number}", block)
            for number, block in enumerate(self.blocks, 1)
        ]
        for photo in self.photos:
            caption = Passage(
                f"photos-{photo.number}-caption",
                f"{photo.label}, chú thích",
                photo.caption,
                photo.token,
            )
            passages.append(caption)
        return [passage for passage in passages if passage.text]

    @cached_property
    def whole(self):
        return "\n".join(passage.text for passage in self.passages)

    @cached_property
    def links(self):
        """[(field, address)] of everything that leads away."""
        links = [("body", html.unescape(href)) for href in _LINK.findall(self.body)]
        return [*links, ("source_url", self.source_url)] if self.source_url else links

    @property
    def event_on(self):
        return self.event.event_on if self.event else None

    @property
    def out_on(self):
        """The day readers see it: where nobody has said one, at the earliest today."""
        return self.published_on or self.today

    @property
    def announces(self):
        """Whether it tells of what is still to come."""
        if self.genre == Genre.NOTICE:
            return True
        told = f"{self.title} {self.lead} {' '.join(self.blocks[:3])}".lower()
        return bool(re.search(r"\b(?:sẽ|sắp|dự kiến|chuẩn bị|kế hoạch|mời)\b", told))


def _photos_of(report):
    if report.pk is None:
        return []
    return [
        PhotoWords(
            number, photo.token, normal(photo.caption), normal(photo.alt),
            bool(photo.credit_id or photo.credit_text),
        )
        for number, photo in enumerate(report.photos.order_by("order", "pk"))
    ]  # fmt: skip
