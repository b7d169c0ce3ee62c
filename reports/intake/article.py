"""What the reader found on one page. Suggestions only: a person confirms them."""

from dataclasses import asdict, dataclass, field
from datetime import date, datetime

from reports.figures_in_text import FoundFigure
from reports.models.choices import EventKind, Session


@dataclass
class EventFacts:
    """The conference or visit the page speaks of; `kind` and `session` are the models' values."""

    kind: str = ""
    held_on: date | None = None
    ends_on: date | None = None
    session: str = ""
    venue: str = ""
    chair: str = ""


@dataclass
class FoundPicture:
    """A picture that came inside the file; nobody has looked at the bytes yet.

    `credit` is the name printed with its own caption; `times` is how often the file shows it. A
    small one is a logo or an icon.
    """

    content: bytes
    caption: str = ""
    content_type: str = ""
    credit: str = ""
    alt: str = ""
    times: int = 1
    is_small: bool = False


@dataclass
class Removed:
    """A line that was dropped, and the rule that dropped it (Vietnamese)."""

    line: str
    rule: str


@dataclass
class Article:
    """One page, read. Empty means that the page does not say.

    `published_at` is an aware moment (+07:00), or a plain date where the page has no time of day.
    `period` is written as in the address bar (`2024-H1`). `unit_candidates` are keys of units, the
    likeliest first. `evidence` gives for each suggested field the line it was read from; fields of
    the event are called `held_on`, `event_kind`, `venue`, `chair`, `session`.
    """

    title: str = ""
    lead: str = ""
    body_html: str = ""
    published_at: datetime | date | None = None
    authors: list[str] = field(default_factory=list)
    photographers: list[str] = field(default_factory=list)
    informants: list[str] = field(default_factory=list)
    editors: list[str] = field(default_factory=list)
    organisation: str = ""
    source: str = ""
    category: str = ""
    views: int | None = None
    captions: list[str] = field(default_factory=list)
    event: EventFacts = field(default_factory=EventFacts)
    period: str = ""
    unit_candidates: list[str] = field(default_factory=list)
    figures: list[FoundFigure] = field(default_factory=list)
    pictures: list[FoundPicture] = field(default_factory=list)
    # How many pictures the text shows that did not come with it.
    missing_pictures: int = 0
    # Every day the text tells of as a happening's, with its sentence; the suggested one is first.
    days: list[tuple[date, str]] = field(default_factory=list)
    # Why a suggestion should be looked at again, or why there is none; keys as in `evidence`.
    doubts: dict[str, str] = field(default_factory=dict)
    removed: list[Removed] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    evidence: dict[str, str] = field(default_factory=dict)

    def as_json(self):
        """A dict of what JSON knows: ISO 8601, labels instead of values, None for "not said".

        Pictures are told by their number only; whoever needs the bytes has the article.
        """
        facts = asdict(self)
        facts["pictures"] = [
            {"caption": picture.caption, "bytes": len(picture.content)} for picture in self.pictures
        ]
        facts["published_at"] = _iso(self.published_at)
        facts["days"] = [_iso(day) for day, _ in self.days]
        facts["event"] = {
            "kind": EventKind(self.event.kind).label if self.event.kind else None,
            "held_on": _iso(self.event.held_on),
            "ends_on": _iso(self.event.ends_on),
            "session": Session(self.event.session).label if self.event.session else None,
            "venue": self.event.venue or None,
            "chair": self.event.chair or None,
        }
        facts["figures"] = [
            {
                "value": figure.printed if figure.out_of else _number(figure.value),
                "unit": figure.unit,
                "sentence": figure.sentence,
            }
            for figure in self.figures
        ]
        for name in ("title", "lead", "organisation", "source", "category", "period"):
            facts[name] = facts[name] or None
        return facts


def _iso(day):
    return day.isoformat() if day else None


def _number(value):
    return int(value) if value == value.to_integral_value() else float(value)
