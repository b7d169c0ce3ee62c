"""Three hundred reports laid out so that every number of the desk can be told by hand.

A small world of real units, in both systems: An Giang and Kiên Giang as they were, the An Giang that
both became; Thoại Sơn, a district that ended; Thới Sơn, a xã until 10/04/2023, then a phường; Phú
Hội, divided between two xã of today; Ninh Bình, whose city ended half a year before the districts.

`BLOCKS` is the table. 220 of the reports are public, 211 of these have a day. The other 80 stand in
the same places and on the same days and must never be counted.

    block                               a month (days)         public reports
    --- 2024, on the 5th: every convention has these in their own month ---   64
    A  Thoại Sơn, interim reviews       1                      12
    B  Thoại Sơn, no event, two topics  1                      12
    C  Thới Sơn (phường), no event      1                      12
    D  Phú Hội, dialogues               1 (January – June)      6
    E  An Giang of then, final reviews  1                      12
    F  Kiên Giang, no event             1 (odd months)          6
    G  City of Ninh Bình, no event      1 a quarter             4
    --- July 2025 – June 2026, on the 5th ---                                 76
    H  An Giang, final reviews          1                      12
    I  Xã Thoại Sơn, interim reviews    1                      12
    J  Xã Thoại Sơn, no event, 1 topic  1                      12
    K  Phường Thới Sơn, talks whose day nobody knows  1        12
    L  Xã An Phú, dialogues             1                      12
    M  Ninh Bình, no event              1                      12
    N  Phường Hoa Lư, no event          1 a quarter             4
    --- on the edges: the 1st, 14th, 15th, 20th, 21st and the last day ---    42
    O  Thới Sơn, 12/2023 and 3, 6, 9, 12/2024       5 × 6      30
    P  An Giang, 12/2025 and 3/2026                 2 × 6      12
    --- on the days when units change ---                                     13
    Q  Thới Sơn on 09/04/2023 (still a xã) and 10/04/2023      2 + 2
    R  Thoại Sơn on 30/06/2025, its last day                   3
    S  Xã Thoại Sơn on 01/07/2025, its first                   3
    T  Thoại Sơn on 10/07/2025, after its end                  2
    U  City of Ninh Bình on 10/01/2025, after its end          1
    --- several reports of one event: the event's day counts ---              16
    V  Đức Phổ, briefing of 26/12/2023, told until 03/01/2024  4
    W  Tháp Mười, survey of 19/08/2022, told until 16/09/2022  3
    X  Thoại Sơn, roll-out of 10/01/2020                       5
    Y  Thoại Sơn, interim review of 12/05/2024, days of publication guessed   4
    --- without any day ---                                                    9
    Z  Thới Sơn 6 (about July 2024), An Giang 3 (about September 2025)
"""

from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

from portal.text import vietnamese_slug
from reports.models import (
    Contribution,
    ContributionRole,
    Event,
    EventKind,
    Figure,
    Genre,
    Organisation,
    Person,
    Photo,
    Report,
    ReportHeading,
    ReportScope,
    ReportStatus,
    SearchEntry,
    Section,
    Topic,
)
from reports.scope import scope_rows
from units.models import Unit

AN_GIANG, KIEN_GIANG, NINH_BINH = "t3-89", "t3-91", "t3-37"
AN_GIANG_NOW, NINH_BINH_NOW = "t2-91", "t2-37"
THOAI_SON, THOAI_SON_NOW = "t3-894", "t2-30682"
THOI_SON, THOI_SON_NOW = "t3-30517", "t2-30502"
# Divided on 01/07/2025 between these two; the second of them never reports.
PHU_HOI, AN_PHU_NOW, NHON_HOI_NOW = "t3-30355", "t2-30337", "t2-30346"
CITY, CITY_AFTER, HOA_LU_NOW = "t3-369", "t3-374", "t2-14329"
DUC_PHO, THAP_MUOI = "t3-534", "t3-872"

KHEO, QCDC = "Dân vận khéo đếm tay", "Quy chế dân chủ đếm tay"
SECTION, FRONT = "Chuyên mục đếm tay", "Mặt trận đếm tay"
WRITER, PHOTOGRAPHER = "Người Viết Đếm Tay", "Người Chụp Đếm Tay"
# In every hidden report; no page and no file may hold it.
HIDDEN_WORD = "chimtron"
SCHEDULED_FOR = datetime(2100, 1, 1, tzinfo=UTC)


def on_the_fifth(first, months, step=1):
    """The 5th of `months` months from `first` (year, month) on; every `step`-th."""
    year, month = first
    return [
        date(year + (month - 1 + number) // 12, (month - 1 + number) % 12 + 1, 5)
        for number in range(0, months, step)
    ]


def on_the_edges(*months):
    """The 1st, 14th, 15th, 20th, 21st and last day of some months."""
    days = []
    for year, month in months:
        after = date(year + month // 12, month % 12 + 1, 1)
        days += [date(year, month, day) for day in (1, 14, 15, 20, 21)]
        days.append(after - timedelta(days=1))
    return days


@dataclass(frozen=True)
class Block:
    """One report a day of `days`, or the day's `each`. `event`: an event a report, or one for all.

    `state`: "" is public. `told`: the days of publication, where they are not the day after.
    """

    unit: str
    days: list
    kind: str = ""
    each: int = 1
    event: str = "own"  # own | shared | without a day
    told: tuple = ()
    guessed: bool = False
    state: str = ""
    fields: dict = field(default_factory=dict)


def _hidden():
    places = (
        (THOAI_SON, date(2024, 5, 5), EventKind.INTERIM_REVIEW),
        (THOI_SON, date(2024, 3, 15), EventKind.SEMINAR),
        (AN_GIANG_NOW, date(2025, 9, 5), EventKind.FINAL_REVIEW),
        (PHU_HOI, date(2024, 5, 5), EventKind.DIALOGUE),
    )
    numbers = {"draft": (5, 5, 5, 5), "submitted": (5, 5, 5, 5), "scheduled": (5, 5, 5, 0),
               "withdrawn": (5, 5, 5, 0)}  # fmt: skip
    return {
        f"{state} {number}": Block(unit, [day], kind, each=each, state=state)
        for state, eaches in numbers.items()
        for number, ((unit, day, kind), each) in enumerate(zip(places, eaches, strict=True))
        if each
    } | {"revision": Block(THOAI_SON, on_the_fifth((2024, 1), 10), state="revision")}


BLOCKS = {
    "A": Block(THOAI_SON, on_the_fifth((2024, 1), 12), EventKind.INTERIM_REVIEW,
               fields={"heading": ReportHeading.PARTY, "author": True}),
    "B": Block(THOAI_SON, on_the_fifth((2024, 1), 12), fields={"topics": (KHEO, QCDC)}),
    "C": Block(THOI_SON, on_the_fifth((2024, 1), 12), fields={"section": True, "photographer": True}),
    "D": Block(PHU_HOI, on_the_fifth((2024, 1), 6), EventKind.DIALOGUE),
    "E": Block(AN_GIANG, on_the_fifth((2024, 1), 12), EventKind.FINAL_REVIEW,
               fields={"organisation": True, "figure": "confirmed"}),
    "F": Block(KIEN_GIANG, on_the_fifth((2024, 1), 12, step=2)),
    "G": Block(CITY, on_the_fifth((2024, 1), 12, step=3)),
    "H": Block(AN_GIANG_NOW, on_the_fifth((2025, 7), 12), EventKind.FINAL_REVIEW,
               fields={"organisation": True, "figure": "proposed"}),
    "I": Block(THOAI_SON_NOW, on_the_fifth((2025, 7), 12), EventKind.INTERIM_REVIEW,
               fields={"heading": ReportHeading.FRONT, "author": True}),
    "J": Block(THOAI_SON_NOW, on_the_fifth((2025, 7), 12), fields={"topics": (KHEO,)}),
    "K": Block(THOI_SON_NOW, on_the_fifth((2025, 7), 12), EventKind.SEMINAR, event="without a day"),
    "L": Block(AN_PHU_NOW, on_the_fifth((2025, 7), 12), EventKind.DIALOGUE),
    "M": Block(NINH_BINH_NOW, on_the_fifth((2025, 7), 12), fields={"genre": Genre.FEATURE}),
    "N": Block(HOA_LU_NOW, on_the_fifth((2025, 7), 12, step=3)),
    "O": Block(THOI_SON, on_the_edges((2023, 12), (2024, 3), (2024, 6), (2024, 9), (2024, 12))),
    "P": Block(AN_GIANG_NOW, on_the_edges((2025, 12), (2026, 3))),
    "Q": Block(THOI_SON, [date(2023, 4, 9), date(2023, 4, 10)], each=2),
    "R": Block(THOAI_SON, [date(2025, 6, 30)], each=3),
    "S": Block(THOAI_SON_NOW, [date(2025, 7, 1)], each=3),
    "T": Block(THOAI_SON, [date(2025, 7, 10)], each=2),
    "U": Block(CITY, [date(2025, 1, 10)]),
    "V": Block(DUC_PHO, [date(2023, 12, 26)], EventKind.BRIEFING, each=4, event="shared",
               told=(date(2023, 12, 27), date(2023, 12, 28), date(2023, 12, 29), date(2024, 1, 3))),
    "W": Block(THAP_MUOI, [date(2022, 8, 19)], EventKind.SURVEY, each=3, event="shared",
               told=(date(2022, 8, 20), date(2022, 8, 25), date(2022, 9, 16))),
    "X": Block(THOAI_SON, [date(2020, 1, 10)], EventKind.ROLL_OUT, each=5, event="shared"),
    "Y": Block(THOAI_SON, [date(2024, 5, 12)], EventKind.INTERIM_REVIEW, each=4, event="shared",
               guessed=True, told=(date(2024, 9, 1),) * 4),
    "Z1": Block(THOI_SON, [None], each=6, guessed=True, told=(date(2024, 7, 1),) * 6),
    "Z2": Block(AN_GIANG_NOW, [None], each=3, guessed=True, told=(date(2025, 9, 1),) * 3),
    **_hidden(),
}  # fmt: skip


@dataclass(frozen=True)
class Row:
    """What was laid out, in plain values: what an independent count reads."""

    block: str
    number: int
    unit: str
    counts_on: date | None
    published_on: date
    kind: str
    is_public: bool
    heading: str = ""
    genre: str = Genre.NEWS
    section: str = ""
    organisation: str = ""
    topics: tuple = ()
    people: tuple = ()
    event: str = ""

    @property
    def title(self):
        hidden = "" if self.is_public else f" {HIDDEN_WORD}"
        return f"Bài đếm tay {self.block} số {self.number}{hidden}"


def _rows():
    for name, block in BLOCKS.items():
        days = [day for day in block.days for _ in range(block.each)]
        for number, day in enumerate(days):
            told = block.told[number] if block.told else day
            if not block.told and block.kind and block.event != "without a day":
                told = day + timedelta(days=1)
            fields = block.fields
            event = ""
            if block.kind:
                event = f"{name}-{number}" if block.event != "shared" else name
            yield Row(
                block=name,
                number=number,
                unit=block.unit,
                counts_on=day,
                published_on=told,
                kind=str(block.kind),
                is_public=not block.state,
                heading=str(fields.get("heading", "")),
                genre=str(fields.get("genre", Genre.NEWS)),
                section=vietnamese_slug(SECTION) if "section" in fields else "",
                organisation=vietnamese_slug(FRONT) if "organisation" in fields else "",
                topics=tuple(map(vietnamese_slug, fields.get("topics", ()))),
                people=(
                    *([(WRITER, "author")] if "author" in fields else ()),
                    *([(PHOTOGRAPHER, "photographer")] if "photographer" in fields else ()),
                ),
                event=event,
            )


ROWS = tuple(_rows())
PUBLIC = tuple(row for row in ROWS if row.is_public)


def numbers_of(rows, *names):
    """{values: how many}: a plain count."""
    return Counter(tuple(getattr(row, name) for name in names) for row in rows)


# --- in the database ------------------------------------------------------------------------------


def store(user):
    """Write all of it, in few statements; {(block, number): Report}. `user` confirmed the figures."""
    units = Unit.objects.in_bulk({row.unit for row in ROWS})
    section = Section.objects.create(name=SECTION)
    organisation = Organisation.objects.create(name=FRONT)
    topics = {name: Topic.objects.create(name=name) for name in (KHEO, QCDC)}
    people = {name: Person.objects.create(name=name) for name in (WRITER, PHOTOGRAPHER)}
    events = _store_events(units)
    reports = {}
    for row in ROWS:
        if row.block != "revision":
            reports[row.block, row.number] = _report(row, units, section, organisation, events)
    Report.objects.bulk_create(reports.values())
    revisions = {}
    for row in ROWS:
        if row.block == "revision":
            revision = _report(row, units, section, organisation, events)
            revision.revises = reports["A", row.number]
            revision.event = revision.revises.event
            revision.derive()
            revisions[row.block, row.number] = revision
    Report.objects.bulk_create(revisions.values())
    reports |= revisions
    ReportScope.objects.bulk_create(
        scope for report in reports.values() for scope in scope_rows(report)
    )
    _store_what_hangs_on(reports, topics, people, user)
    Event.objects.all().follow_reports()
    return reports


def _store_events(units):
    events = {}
    for row in ROWS:
        if row.event and row.event not in events:
            dated = BLOCKS[row.block].event != "without a day"
            event = Event(
                name=f"Hội nghị đếm tay {row.event}" + ("" if row.is_public else f" {HIDDEN_WORD}"),
                slug=f"hoi-nghi-dem-tay-{len(events)}",
                kind=row.kind,
                unit=units[row.unit],
                event_on=row.counts_on if dated else None,
            )
            event.derive()
            events[row.event] = event
    Event.objects.bulk_create(events.values())
    return events


def _report(row, units, section, organisation, events):
    block = BLOCKS[row.block]
    told = datetime(row.published_on.year, row.published_on.month, row.published_on.day, 3, tzinfo=UTC)  # fmt: skip
    state = {
        "": {"status": ReportStatus.PUBLISHED},
        "draft": {"status": ReportStatus.DRAFT},
        "submitted": {"status": ReportStatus.SUBMITTED},
        "scheduled": {"status": ReportStatus.PUBLISHED, "published_at": SCHEDULED_FOR},
        "withdrawn": {
            "status": ReportStatus.WITHDRAWN,
            "withdrawn_at": told + timedelta(days=1),
            "withdrawn_reason": f"Trùng bài {HIDDEN_WORD}",
        },
        "revision": {"status": (ReportStatus.DRAFT, ReportStatus.SUBMITTED)[row.number % 2]},
    }[block.state]
    words = "" if row.is_public else f" {HIDDEN_WORD}"
    report = Report(
        title=row.title,
        slug=vietnamese_slug(row.title),
        lead=f"Một câu mở đầu{words}.",
        body=f"<p>Một đoạn{words}.</p>",
        unit=units[row.unit],
        event=events.get(row.event),
        section=section if row.section else None,
        organisation=organisation if row.organisation else None,
        heading=row.heading,
        genre=row.genre,
        published_is_estimate=block.guessed,
        **{"published_at": told} | state,
    )
    report.derive()
    return report


def _store_what_hangs_on(reports, topics, people, user):
    by_slug = {topic.slug: topic for topic in topics.values()}
    chosen, signed, figures, photos = [], [], [], []
    for row in ROWS:
        report = reports[row.block, row.number]
        fields = BLOCKS[row.block].fields
        chosen += [Report.topics.through(report=report, topic=by_slug[slug]) for slug in row.topics]
        signed += [
            Contribution(report=report, person=people[name], role=ContributionRole(role))
            for name, role in row.people
        ]
        if "figure" in fields:
            confirmed = user if fields["figure"] == "confirmed" else None
            figures.append(
                Figure(report=report, indicator="mô hình", value=2, confirmed_by=confirmed)
            )
        if "photographer" in fields:
            photos.append(Photo(report=report, width=1600, height=1067, caption="Toàn cảnh"))
    Report.topics.through.objects.bulk_create(chosen)
    Contribution.objects.bulk_create(signed)
    Figure.objects.bulk_create(figures)
    Photo.objects.bulk_create(photos)


def clear():
    """Take all of it away again, in few statements."""
    for model in (
        Figure, Photo, Contribution, SearchEntry, ReportScope, Report.topics.through, Report, Event,
        Person, Organisation, Topic, Section,
    ):  # fmt: skip
        if model is Report:
            Report.objects.update(revises=None)
        model.objects.all()._raw_delete(model.objects.db)
