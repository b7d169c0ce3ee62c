"""The doors of the desk: every address with what it takes, and how to knock at it."""

import re
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from zipfile import ZipFile, is_zipfile

from django.test import Client
from django.urls import reverse

from reports.models import Committee, Digest, Initiative, Promise, SavedFilter, Target
from tests.factories import (
    ContributionFactory,
    EventFactory,
    FigureFactory,
    MembershipFactory,
    PhotoFactory,
    ReportFactory,
    TopicFactory,
    UserFactory,
)
from tests.reports.desk.conftest import at_the_desk
from units.models import Unit

HOME, ELSEWHERE = "t2-91", "t2-37"
CANARY = "chimyen"
QUERY = "don-vi=t2-91&don-vi-cu=1&ky=2025"
READ, BOTH, WRITE = {"GET"}, {"GET", "POST"}, {"POST"}


@dataclass(frozen=True)
class Door:
    """`takes` says the methods, `of` whose object stands in the address."""

    takes: frozenset
    of: str = ""
    shows_reports: bool = True


def door(takes, of="", *, shows_reports=True):
    return Door(frozenset(takes), of, shows_reports)


DOORS = {
    "table": door(READ),
    "list": door(READ),
    "comparison": door(READ),
    "timeline": door(READ),
    "conferences": door(READ),
    "conferences-excel": door(READ),
    "conferences-word": door(READ),
    "excel": door(READ),
    "csv": door(READ),
    "json": door(READ),
    "photos": door(READ),
    "print": door(READ),
    "paper": door(READ, shows_reports=False),
    "word": door(READ),
    "pdf": door(READ),
    "digests": door(READ),
    "digest-new": door(BOTH),
    "digest": door(BOTH, "digest"),
    "digest-more": door(READ, "digest"),
    "digest-versions": door(BOTH, "digest"),
    "digest-delete": door(WRITE, "digest"),
    "digest-print": door(READ, "digest"),
    "digest-zalo": door(READ, "digest"),
    "digest-word": door(READ, "digest"),
    "coverage": door(READ),
    "contributions": door(READ),
    "waiting": door(READ),
    "saved": door(READ),
    "saved-new": door(BOTH),
    "saved-one": door(READ, "saved"),
    "saved-rename": door(WRITE, "saved"),
    "saved-delete": door(WRITE, "saved"),
    "committee": door(BOTH),
    "target-new": door(WRITE),
    "target": door(WRITE, "target"),
    "figures": door(READ),
    "figure": door(READ),
    "figures-to-confirm": door(BOTH),
    "figure-twins": door(BOTH),
    "figure-rename": door(BOTH),
    "promises": door(READ),
    "promises-to-keep": door(BOTH),
    "promise": door(BOTH, "promise"),
    "register": door(READ),
    "initiative-new": door(BOTH),
    "register-import": door(BOTH),
    "initiative": door(READ, "initiative"),
    "initiative-edit": door(BOTH, "initiative"),
    "initiative-reports": door(WRITE, "initiative"),
    "register-excel": door(READ),
}
# Slow to draw; what it prints is what `print` shows.
SLOW = {"pdf"}


def signed_in(user):
    client = Client()
    client.force_login(user)
    return client


def member(unit, role):
    return MembershipFactory(user=UserFactory(), unit_id=unit, role=role).user


def make_things():
    """{kind: an object of An Giang's desk}, each with the canary in its words."""
    user = at_the_desk(HOME)
    unit = Unit.objects.get(pk=HOME)
    report = ReportFactory(published=True, unit=unit, title="Bài công khai")
    committee = Committee.objects.create(unit=unit, issuing_body=f"Ban {CANARY}")
    return {
        "saved": SavedFilter.objects.create(unit=unit, name=CANARY, page="table", query="ky=2025"),
        "target": Target.objects.create(committee=committee, reports_a_month=3),
        "digest": Digest.objects.create(
            unit=unit, title=f"Điểm tin {CANARY}", created_by=user, updated_by=user
        ),
        "promise": Promise.objects.create(
            unit=unit, report=report, text=f"Nhiệm vụ {CANARY}", period_start=date(2025, 7, 1),
            period_end=date(2025, 12, 31), kept_by=user,
        ),
        "initiative": Initiative.objects.create(
            name=f"Mô hình {CANARY}", unit=unit, registered_year=2025, holder_name="Tổ Một",
            field=Initiative._meta.get_field("field").choices[0][0],
            holder_kind=Initiative._meta.get_field("holder_kind").choices[0][0],
            created_by=user,
        ),
    }  # fmt: skip


def address(name, things, query=QUERY):
    arguments = [things[DOORS[name].of].pk] if DOORS[name].of else []
    path = reverse(f"desk:{name}", args=arguments)
    return f"{path}?{query}" if query else path


def answers(client, things, method="get", names=DOORS, query=QUERY):
    """{name: answer}, the body of a stream read."""
    found = {}
    for name in names:
        answer = getattr(client, method)(address(name, things, query))
        answer.bytes = b"".join(answer) if answer.streaming else answer.content
        found[name] = answer
    return found


def plain(answer):
    """Its words without what is new at every request."""
    return re.sub(rb'(nonce|value)="[^"]*"', b"", answer.bytes)


def hidden(unit, **fields):
    """A report with the canary in every word, and with all that hangs on a report."""
    event = EventFactory(
        name=f"Hội nghị {CANARY}", venue=CANARY, unit=unit, event_on=date(2025, 9, 5)
    )
    report = ReportFactory(
        unit=unit, title=f"Tít {CANARY} nhiệm vụ 6 tháng cuối năm", lead=f"Sapo {CANARY}",
        body=f"<p>Đã xây 46 mô hình {CANARY}. Phấn đấu năm 2026 xây 50 mô hình.</p>",
        event=event, heading="II.1", **fields,
    )  # fmt: skip
    ContributionFactory(report=report, person__name=f"Người {CANARY}")
    PhotoFactory(report=report, caption=f"Ảnh {CANARY}")
    FigureFactory(
        report=report, indicator=f"mô hình {CANARY}", sentence=CANARY, confirmed_by=UserFactory()
    )
    report.topics.add(TopicFactory())
    return report


def readable(answer):
    """The text of a page or file, without what is new at every request."""
    data = BytesIO(answer.bytes)
    if is_zipfile(data):
        with ZipFile(data) as archive:
            text = " ".join(
                archive.read(name).decode("utf-8", "replace")
                for name in sorted(archive.namelist())
                if name.endswith((".xml", ".rels", ".txt", ".csv")) and "docProps" not in name
            )
    else:
        text = answer.bytes.decode("utf-8", "replace")
    text = re.sub(r'nonce="[^"]*"|name="(csrfmiddlewaretoken|once_key)" value="[^"]*"', "", text)
    # The moment of printing; before ten o'clock the hour has one digit.
    return re.sub(r"\d{1,2}:\d\d(:\d\d)?(\.\d+)?", "", text)
