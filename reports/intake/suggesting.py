"""From what the reader found to what a form or an import starts with. Unknown stays empty."""

import json
from dataclasses import dataclass, field
from datetime import datetime

from portal.text import fold

from ..models import Section
from ..periods import Period
from .confidence import doubts_of
from .importing import DraftValues, aware, source_hash
from .organisations import find_host

SENTENCE_LIMIT = 300


@dataclass
class Suggestions:
    """`initial` for `ConfirmForm`, and what stands beside it; `warnings` may be added to."""

    initial: dict
    sentences: dict
    unit_keys: list
    figures: list
    # Captions whose pictures did not come with the text; an empty one for a picture without words.
    captions: list
    # Why to look again, by field; and the days the text tells of, with their sentences.
    doubts: dict = field(default_factory=dict)
    days: list = field(default_factory=list)
    warnings: list = field(default_factory=list)
    removed: list = field(default_factory=list)

    @property
    def evidence(self):
        """The sentences and notes as one JSON text, which the form carries from page to page."""
        found = [name for name in ASKED if self.initial.get(name) not in (None, "", [])]
        notes = {
            "sentences": self.sentences,
            "warnings": self.warnings,
            "removed": self.removed,
            "asked": ASKED,
            "found": [*found, *(["unit"] if self.unit_keys else [])],
            "doubts": self.doubts,
            "days": self.days,
        }
        return json.dumps(notes, ensure_ascii=False)

    @property
    def has_event(self):
        return bool(self.initial["event_kind"] or self.initial["held_on"])

    def draft_values(self, unit, *, original_url="", pictures=()):
        """The `DraftValues` of an import, where a person looks afterwards instead of before."""
        taken = {
            name: value
            for name, value in self.initial.items()
            if name in DraftValues.__dataclass_fields__
        }
        taken["original_url"] = original_url or taken.get("original_url", "")
        return DraftValues(**{**taken, "unit": unit, "pictures": list(pictures)})


# The fields the reader tries to fill: beside each stands how sure it is.
ASKED = [
    "title", "lead", "body", "unit", "section", "organisation", "authors", "photographers",
    "byline_organisation", "event_kind", "held_on", "session", "venue", "chair", "period",
    "published_at", "source_name",
]  # fmt: skip
# What the reader calls a thing -> what the form calls it, where the two differ.
FORM_NAMES = {
    "organisation": "byline_organisation",
    "source": "source_name",
    "category": "section",
    "unit_candidates": "unit",
    "kind": "event_kind",
}


def suggestions_from(article):
    """The `Suggestions` an `Article` gives rise to."""
    event = article.event
    warnings = list(article.warnings)
    section = _section(article.category)
    host, said_host = find_host(article.title, article.lead)
    if article.category and not section:
        warnings.append(f"Trang ghi chuyên mục “{article.category}”, ở đây chưa có chuyên mục ấy.")
    if article.published_at and not isinstance(article.published_at, datetime):
        warnings.append("Trang chỉ ghi ngày đăng, không ghi giờ; giờ được để là 00:00.")
    initial = {
        "title": article.title,
        "lead": article.lead,
        "body": article.body_html,
        "section": section,
        "organisation": host,
        "authors": article.authors,
        "photographers": article.photographers,
        "editors": article.editors,
        "informants": article.informants,
        "byline_organisation": article.organisation,
        "source_name": article.source,
        "published_at": aware(article.published_at),
        "views": article.views,
        "period": Period.parse(article.period) if article.period else None,
        "event_kind": event.kind,
        "held_on": event.held_on,
        "ends_on": event.ends_on,
        "session": event.session,
        "venue": event.venue,
        "chair": event.chair,
        "source_hash": source_hash(article.title, article.body_html),
    }
    sentences = {
        FORM_NAMES.get(name, name): sentence[:SENTENCE_LIMIT]
        for name, sentence in article.evidence.items()
    }
    if host:
        sentences["organisation"] = said_host
    pictured = {picture.caption for picture in article.pictures}
    captions = [caption for caption in article.captions if caption not in pictured]
    return Suggestions(
        initial=initial,
        sentences=sentences,
        captions=captions + [""] * max(0, min(article.missing_pictures, 20) - len(captions)),
        doubts={FORM_NAMES.get(name, name): doubt for name, doubt in doubts_of(article).items()},
        days=[[day.isoformat(), sentence[:SENTENCE_LIMIT]] for day, sentence in article.days],
        unit_keys=list(article.unit_candidates),
        figures=[_figure(figure) for figure in article.figures],
        warnings=warnings,
        removed=[removed.line for removed in article.removed],
    )


def _section(category):
    """The section of that name, compared without marks; only a person adds a new one."""
    folded = fold(category)
    if not folded:
        return None
    return next((one for one in Section.objects.all() if fold(one.name) == folded), None)


def _figure(figure):
    """`5/9 xã` becomes 5 “trên 9 xã”: the whole that a share is of must not be lost."""
    measure = f"trên {figure.out_of:f} {figure.unit}" if figure.out_of else figure.unit
    return {
        "value": figure.value,
        "unit_of_measure": measure[:60],
        "indicator": "",
        "sentence": figure.sentence,
    }
