"""The door of the reader: `read_article` turns a page in any of its forms into an `Article`."""

import re
from datetime import datetime, timedelta

from django.db import DatabaseError

from reports import figures_in_text, sentences
from reports.cleaning import UncleanableHtml, clean_html
from reports.periods import Period

from . import days, events, periods_in_text, places, years
from .article import Article, EventFacts
from .blocks import HEADING, LIST, PARAGRAPH
from .captions import without_runs
from .errors import UnreadableFile
from .layout import lay_out
from .sources import load
from .stamps import real_day

_SITE_BEHIND = re.compile(r"\s+(?:[|»]|[-–—]{1,2})\s+[^|»]{3,60}$")
_LONGEST_LEAD = 700
# A footnote's number has no note beside it in the lead.
_NOTE_SIGN = re.compile(r"(?<=\S)\[\d{1,2}\]")
# A page is a few thousand letters; a hundred pages of letters are searched for nothing.
_LONGEST_SENTENCE = 1_200
_LOOKED_AT = 60_000
_MOST_BLOCKS = 200
_MOST_DAYS = 5


def read_article(source=None, *, data=None, name=""):
    """The `Article` of `source`: a path, the bytes of a file, an open file, or pasted text or HTML.

    What the bytes are is told by themselves, not by a file's `name`. Stores nothing. Raises
    `UnreadableFile`, whose Vietnamese message says what to do.
    """
    loaded = load(data if source is None else source)
    layout = lay_out(loaded)
    article = Article(
        title=layout.title,
        category=layout.category,
        views=layout.views,
        captions=layout.captions,
        removed=layout.removed,
        warnings=[*loaded.warnings, *layout.warnings],
        evidence=layout.evidence,
    )
    for line in loaded.removed:
        layout.drop(line, "trình đơn")
    if not article.title and loaded.titles:
        article.title = _SITE_BEHIND.sub("", loaded.titles[0])
        article.evidence["title"] = f"dữ liệu kèm trang: {loaded.titles[0]}"
    _take_credits(article, layout)
    _take_publication(article, layout, loaded)
    _take_pictures(article, layout, loaded)
    _take_text(article, layout)
    _take_event(article, layout)
    _take_units(article, layout)
    return article


def _take_credits(article, layout):
    credits = layout.credits
    for role in ("authors", "photographers", "editors", "informants", "organisation", "source"):
        setattr(article, role, getattr(credits, role))
    article.warnings += [note for note in credits.notes if note not in article.warnings]
    if credits.notes:
        signed = next((role for role in ("authors", "organisation") if getattr(credits, role)), "")
        article.doubts |= {signed: credits.notes[0]} if signed else {}
    if any("được tách khỏi bài" in note for note in layout.warnings):
        article.doubts["authors"] = "tên được tách ra từ cuối đoạn"


def _take_publication(article, layout, loaded):
    if layout.stamp:
        article.published_at = layout.stamp.at
    elif loaded.published_at:
        article.published_at = loaded.published_at
        article.evidence["published_at"] = "dữ liệu kèm trang (không in trên trang)"


def _take_pictures(article, layout, loaded):
    article.pictures = loaded.pictures
    article.missing_pictures = loaded.missing_pictures
    for number, picture in enumerate(loaded.pictures):
        picture.caption = layout.pictures.get(number, "")
        picture.credit = layout.picture_credits.get(number, "")
    _credit_the_others(article, layout)


def _credit_the_others(article, layout):
    """Some photos name who took them; the others were taken by the one who signed the text."""
    of_photos = set(layout.picture_credits.values())
    signed = [name for name in article.photographers if name not in of_photos]
    if of_photos and len(signed) == 1:
        for picture in article.pictures:
            picture.credit = picture.credit or signed[0]


# --- lead and body -----------------------------------------------------------------------------


def _take_text(article, layout):
    body = list(layout.body)
    if body and body[0].kind in (PARAGRAPH, HEADING):
        first = body[0]
        opening = sentences.split(first.text)
        if len(first.text) <= _LONGEST_LEAD:
            article.lead, body = _NOTE_SIGN.sub("", first.text), body[1:]
        elif len(opening) > 1 and len(opening[0]) <= _LONGEST_LEAD and not first.has_markup:
            article.lead = opening[0]
            body[0] = first.with_text(first.text[len(opening[0]) :].strip())
        if article.lead:
            article.evidence.setdefault("lead", article.lead)
    try:
        article.body_html = clean_html("\n".join(block.html for block in body))
    except UncleanableHtml as error:
        raise UnreadableFile(f"Không đọc được tệp: {error}") from None
    article.figures = figures_in_text.find_figures(
        [block.text[:_LOOKED_AT] for block in layout.body[:_MOST_BLOCKS] if block.kind != LIST]
    )


# --- the event ---------------------------------------------------------------------------------


def _take_event(article, layout):
    blocks = [block.text[:_LOOKED_AT] for block in layout.body[:_MOST_BLOCKS] if block.text]
    lead = _sentences(blocks[0]) if blocks else []
    body = [sentence for text in blocks[1:8] for sentence in _sentences(text)]
    opening = [*lead, *body]
    event = article.event
    event.kind, article.evidence["event_kind"] = events.find_kind(article.title, lead, body)
    _take_day(article, lead, body, "\n".join(blocks[1:]))
    _take_other_days(article, [article.title, *lead, *body])
    told = article.evidence.get("held_on", "")
    event.venue, article.evidence["venue"] = events.find_venue([*(lead or opening)[:2], told])
    event.chair, article.evidence["chair"] = events.find_chair([*opening[:25], *article.captions])
    year = (event.held_on or _publication_day(article) or None) and str(
        (event.held_on or _publication_day(article)).year
    )
    article.period, article.evidence["period"] = periods_in_text.find_period(
        article.title, opening, kind=event.kind, year=year
    )
    if event == EventFacts(session=event.session):
        event.session = ""
    article.evidence = {field: line for field, line in article.evidence.items() if line}


def _sentences(text):
    """Sentences as people write them; what goes on for pages is no sentence and is cut."""
    return [
        sentence[:_LONGEST_SENTENCE]
        for part in without_runs(text)
        for sentence in sentences.split(part)
    ]


def _publication_day(article):
    at = article.published_at
    return at.date() if isinstance(at, datetime) else at


def _take_day(article, lead, body, body_text):
    event, published_on = article.event, _publication_day(article)
    found = days.find(lead, body)
    if found is None:
        _take_relative_day(article, lead, published_on)
        return
    event.session = found.session
    year, reason = found.year, ""
    if not year:
        year, reason = years.infer(
            found.day,
            found.month,
            published_on=published_on,
            title=article.title,
            lead=" ".join(lead),
            body=body_text,
        )
    article.evidence["held_on"] = article.evidence["session"] = found.sentence
    if not year:
        article.doubts["held_on"] = f"bài ghi ngày {found.day}/{found.month} mà không ghi năm"
        article.warnings.append(
            f"Trang ghi ngày {found.day}/{found.month} nhưng không rõ năm: xin điền ngày diễn ra."
        )
        return
    event.held_on, event.ends_on = years.as_day(found, year)
    if reason:
        article.doubts["held_on"] = f"bài không ghi năm; năm {year} {reason}"
        article.warnings.append(f"Ngày diễn ra không ghi năm; năm {year} {reason}. Xin xem lại.")
    if published_on and event.held_on and event.held_on > published_on + timedelta(days=40):
        article.doubts["held_on"] = "ngày diễn ra sau ngày đăng"
        article.warnings.append("Ngày diễn ra sau ngày đăng: xin xem lại.")


def _take_other_days(article, opening):
    """More than one day may be the event's: all are offered, each beside its sentence."""
    held_on = article.event.held_on
    year = (held_on or _publication_day(article) or None) and (
        held_on or _publication_day(article)
    ).year
    found = {held_on: article.evidence.get("held_on", "")} if held_on else {}
    for sentence in opening:
        for other in days.mentions(sentence):
            day = real_day(other.year or year or 0, other.month, other.day)
            if day:
                found.setdefault(day, sentence)
    article.days = list(found.items())[:_MOST_DAYS]
    if held_on and len(found) > 1:
        article.doubts.setdefault("held_on", "bài nhắc mấy ngày khác nhau")


def _take_relative_day(article, lead, published_on):
    """`Sáng nay` is the day of publication, where the page tells it."""
    relative = days.find_relative(lead)
    if not relative or not published_on:
        return
    now, session, sentence = relative
    article.event.held_on = published_on - timedelta(days=int(now == "qua"))
    article.event.session = session
    article.evidence["held_on"] = sentence
    article.doubts["held_on"] = "suy từ ngày đăng, vì bài chỉ ghi “nay”"
    article.warnings.append("Ngày diễn ra được suy từ ngày đăng (bài ghi “nay”): xin xem lại.")


# --- the unit ----------------------------------------------------------------------------------


def _take_units(article, layout):
    blocks = [block.text[:_LOOKED_AT] for block in layout.body[:_MOST_BLOCKS] if block.text]
    parts = [
        (article.title, places.TITLE),
        (blocks[0] if blocks else "", places.LEAD),
        (article.organisation, places.BYLINE),
        *((caption, places.BODY) for caption in article.captions),
        *((text, places.BODY) for text in blocks[1:]),
        *((line, places.HEAD) for line in layout.head_lines),
        *((line, places.FOOT) for line in layout.foot_lines),
    ]
    try:
        if places.is_empty():
            article.warnings.append("Danh mục đơn vị chưa được nạp nên không gợi ý được đơn vị.")
            return
        day = article.event.held_on or _publication_day(article) or _period_day(article.period)
        article.unit_candidates, line = places.find_units([p for p in parts if p[0]], day)
    except DatabaseError:
        article.warnings.append("Danh mục đơn vị không mở được nên không gợi ý được đơn vị.")
        return
    if line:
        article.evidence["unit_candidates"] = line


def _period_day(period):
    """A day inside the period the page speaks for: good enough to choose between two systems."""
    return Period.parse(period).end if period else None
