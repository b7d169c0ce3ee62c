"""What is not published shows at no door: each is knocked at with canary words in every field.

A hidden report must not even change what a page counts: beside the words, the bytes of all pages
that are not its own are compared with and without it.
"""

import re
from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.wsgi import WSGIHandler
from django.urls import get_resolver, resolve, reverse
from django.utils import timezone

from reports import feedback, workflow
from reports.models import FeedbackKind, ReportStatus
from tests.factories import (
    ContributionFactory,
    CorrectionFactory,
    EventFactory,
    FigureFactory,
    PersonFactory,
    PhotoFactory,
    ReportFactory,
    SectionFactory,
    TopicFactory,
    UserFactory,
)
from tests.portal.asking import Answer
from units.models import Unit

pytestmark = pytest.mark.django_db

# What must not show, and what a stranger asks for: a page may repeat a question.
CANARY, ASKED = "chimyen", "toyen"
BOTH = f"{CANARY} {ASKED}"
OLD_PATH = "/web/guest/tin-77.htm"
STATES = {
    "draft": {"status": ReportStatus.DRAFT},
    "submitted": {"status": ReportStatus.SUBMITTED},
    "returned": {"status": ReportStatus.RETURNED, "returned_reason": BOTH},
    "scheduled": {"scheduled": True},
    "withdrawn": {"withdrawn": True},
    "withdrawn before its moment": {
        "withdrawn": True,
        "published_at": timezone.now() + timedelta(days=9),
    },
    # It has the day of what it revises, and would be public by it.
    "revision": {"status": ReportStatus.DRAFT},
    "revision submitted": {"status": ReportStatus.SUBMITTED},
}
# The same rig on a published report.
CONTROL = {"published": True}
# Doors that show nothing of a published report, either.
BARE = {
    "the report's mark of use, not pressed", "robots", "tree", "tree of then", "unit by name",
    "names of units", "process", "readiness", "about", "contact", "accessibility", "components",
    "open data", "archive of the year", "search nearly right", "card of the site", "search without words",
    "site map", "sitemap index", "withdrawn reports", "search for something else",
}  # fmt: skip


def world(words=BOTH):
    """What stands there before the report: a neighbour in all its places, and what hangs on it."""
    unit = Unit.objects.get(pk="t2-91")
    here = SimpleNamespace(
        unit=unit,
        section=SectionFactory(name="Chuyên mục thử"),
        topic=TopicFactory(name="Chủ đề thử"),
        person=PersonFactory(name=f"Người {words}"),
        event=EventFactory(
            name=f"Sự kiện {words}",
            venue=words,
            chair=words,
            attendees=words,
            unit=unit,
            event_on=date(2026, 7, 2),
        ),
    )
    here.neighbour = ReportFactory(
        published=True, unit=unit, section=here.section, title="Bài bên cạnh"
    )
    here.neighbour.topics.add(here.topic)
    return here


def reported(here, fields):
    """A report in the same places, the canary in every text, and everything that hangs on it."""
    report = ReportFactory(
        title=f"Tít {BOTH}",
        lead=f"Sapo {BOTH}",
        body=f"<p>Chữ {BOTH}</p>",
        unit=here.unit,
        section=here.section,
        event=here.event,
        period_start=date(2026, 1, 1),
        period_end=date(2026, 6, 30),
        period_label=f"Kỳ {BOTH}",
        byline_organisation=f"Cơ quan {BOTH}",
        source_name=f"Nguồn {BOTH}",
        source_url=f"https://nguon.example/{CANARY}",
        original_url=f"http://{CANARY}.example{OLD_PATH}",
        **fields,
    )
    report.topics.add(here.topic)
    ContributionFactory(report=report, person=here.person, signed_as=f"Ký {BOTH}")
    photo = PhotoFactory(
        report=report, caption=f"Ảnh {BOTH}", alt=f"Mô tả {BOTH}", credit=here.person
    )
    default_storage.save(f"{photo.folder}/{photo.src_width}.jpg", ContentFile(b"\xff\xd8"))
    FigureFactory(report=report, indicator=BOTH, sentence=BOTH, confirmed_by=UserFactory())
    CorrectionFactory(report=report, text=f"Đính chính {BOTH}")
    return report


def common_doors(here):
    """Every public address that is not the report's own.

    Where names stand in an address it is guessed by its number: who knows that much is led on.
    """
    lists, q = reverse("reports:list"), f"q={ASKED}"
    year, month = timezone.localtime(here.neighbour.published_at).strftime("%Y %m").split()
    return {
        "home": reverse("home"),
        "list": lists,
        "list of the unit": f"{lists}?don-vi=t2-91",
        "list with the former area": f"{lists}?don-vi=t2-91&don-vi-cu=1",
        "list by words": f"{lists}?{q}",
        "list of the person": f"{lists}?tac-gia={here.person.pk}",
        "list by day": f"{lists}?sap-xep=ngay-dien-ra",
        "corrected": f"{lists}?dinh-chinh=1",
        "corrections": reverse("reports:corrections"),
        "feed of corrections": reverse("reports:corrections_feed"),
        "withdrawn reports": reverse("reports:withdrawals"),
        "unit": here.unit.get_absolute_url(),
        "section": here.section.get_absolute_url(),
        "topic": here.topic.get_absolute_url(),
        "event": reverse("reports:event", args=["doan", here.event.pk]),
        "events": reverse("reports:events"),
        "events by words": f"{reverse('reports:events')}?{q}",
        "month": reverse("reports:event_month", args=[2026, 7]),
        "calendar": reverse("reports:calendar"),
        "file of the event": reverse("reports:event_entry", args=["doan", here.event.pk]),
        "person": reverse("reports:person", args=["doan", here.person.pk]),
        "another report": here.neighbour.get_absolute_url(),
        "search": f"{reverse('search')}?{q}",
        "search nearly right": f"{reverse('search')}?q={ASKED[:-1]}m",
        "search for a phrase": f"{reverse('search')}?q=%22{ASKED}%22",
        "search in the unit": f"{reverse('search')}?{q}&don-vi=t2-91",
        "search for something else": f"{reverse('search')}?q=khongco",
        "search without words": reverse("search"),
        "names of units": f"{reverse('units:suggest')}?{q}",
        "feed": reverse("reports:feed"),
        "feed of the unit": f"{reverse('reports:feed')}?don-vi=t2-91",
        "feed as JSON": reverse("reports:json_feed"),
        "data as a table": reverse("reports:csv"),
        "data as JSON": f"{reverse('reports:json')}?don-vi=t2-91",
        "open data": reverse("reports:open_data"),
        "archive of the year": reverse("reports:archive_year", args=[int(year)]),
        "archive of the month": reverse("reports:archive_month", args=[int(year), int(month)]),
        "sitemap index": reverse("reports:sitemap"),
        "sitemap": reverse("reports:sitemap_part", args=["bai-1"]),
        "sitemap of events": reverse("reports:sitemap_part", args=["su-kien"]),
        "sitemap of persons": reverse("reports:sitemap_part", args=["tac-gia"]),
        "its old address": OLD_PATH,
        "site map": reverse("site_map"),
        "tree": reverse("units:tree"),
        "tree of then": f"{reverse('units:tree')}?thoi=truoc",
        "unit by name": f"{reverse('units:tree')}?{q}",
        "about": reverse("about"),
        "contact": reverse("contact"),
        "accessibility": reverse("accessibility"),
        "components": reverse("components"),
        "robots": reverse("robots"),
        "process": reverse("healthz"),
        "readiness": reverse("readyz"),
        "card of the site": reverse("site_share_image", args=["0" * 12]),
    }


def own_doors(report):
    """The addresses made of its number or of its files, as somebody may guess them."""
    photo = report.photos.get()
    message = feedback.receive(
        report=report,
        now=timezone.now(),
        kind=FeedbackKind.choices[0][0],
        text=f"Ý kiến {CANARY}",
        name=f"Tên {CANARY}",
        contact=f"{CANARY}@example.com",
    )
    return {
        "its own page": f"/tin/2026/07/doan-{report.pk}/",
        "short": reverse("reports:short", args=[report.pk]),
        "its form": f"{reverse('reports:feedback')}?bai={report.pk}",
        "its follower": message.get_absolute_url(),
        "its counter": f"{reverse('reports:read', args=[report.pk])}?anh=1",
        "the report's mark of use, not pressed": reverse("reports:rate", args=[report.pk]),
        "its photo": photo.src,
        "its card": report.share_image_path,
    }


def asking(application):
    """A function: address -> (status, headers, body)."""

    def ask(address):
        answer = Answer(application, address)
        return answer.status, answer.headers, answer.body

    return ask


@pytest.fixture
def ask(one_connection):
    """Each page drawn anew."""
    return asking(WSGIHandler())


def told(ask, address):
    """For each answer on the way from this address: whether it carries the canary.

    In its text, in its headers, or because it is a picture. Who is led on by an address with the
    canary in it follows.
    """
    status, headers, body = ask(address)
    if headers["Content-Type"].startswith("image/"):
        return [status == 200]
    if CANARY in headers.get("Location", ""):
        return [True, *told(ask, headers["Location"])]
    return [CANARY in body.decode() + " ".join(headers.values())]


def shows(ask, address):
    return any(told(ask, address))


def shown_by_all(ask, addresses):
    """The names of the doors that show the canary to the end of their way."""
    return {name for name, address in addresses.items() if all(told(ask, address))}


@pytest.mark.parametrize("state", STATES)
def test_no_door_shows_or_counts_what_is_not_published(ask, state):
    here = world()
    addresses = common_doors(here)
    before = {name: _bytes(ask, address) for name, address in addresses.items()}

    revised = {}
    if "revision" in state:
        original = here.neighbour
        revised = {"revises": original, "published_at": original.published_at}
    report = reported(here, STATES[state] | revised)

    for name, address in (addresses | own_doors(report)).items():
        assert not shows(ask, address), name
    if state == "withdrawn":
        # What was public once and why it is gone is told in public, without its words.
        del addresses["withdrawn reports"]
    for name, address in addresses.items():
        assert _bytes(ask, address) == before[name], name
    assert ask(report.get_absolute_url())[0] in (404, 410)


def _bytes(ask, address):
    status, _, body = ask(address)
    # The moment a feed or a file was made is not part of what it says.
    return status, re.sub(rb"(DTSTAMP:|<lastBuildDate>)[^\r<]*", b"", body)


def test_the_doors_do_show_what_is_published(ask):
    here = world()
    report = reported(here, CONTROL)
    addresses = common_doors(here) | own_doors(report)

    assert shown_by_all(ask, addresses) == set(addresses) - BARE


def test_every_public_address_has_its_door():
    here = world()
    report = reported(here, CONTROL)
    addresses = [*common_doors(here).values(), *own_doors(report).values()]
    found = {resolve(path.partition("?")[0]).view_name for path in addresses if path != OLD_PATH}
    found.add(resolve(report.get_absolute_url()).view_name)

    assert _public_names() - found == set()


def _public_names():
    """The names of all addresses but the back office's and the desk's, which have doors of their own."""
    staff = {"admin", "desk", "upload_picture"}
    names, patterns = set(), [("", each) for each in get_resolver().url_patterns]
    while patterns:
        prefix, pattern = patterns.pop()
        if hasattr(pattern, "url_patterns"):
            space = f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix
            if pattern.namespace not in staff:
                patterns += [(space, each) for each in pattern.url_patterns]
        elif pattern.name and pattern.name not in staff:
            names.add(f"{prefix}{pattern.name}")
    return names


def test_a_withdrawal_empties_every_door_that_was_warm(site, committed):
    here = world()
    with committed():
        report = reported(here, CONTROL)
    addresses = common_doors(here) | own_doors(report)
    ask = asking(site)
    assert shown_by_all(ask, addresses) == set(addresses) - BARE
    with committed():
        workflow.withdraw(report, by=UserFactory(is_superuser=True), reason="Trùng bài")

    assert [name for name, address in addresses.items() if shows(ask, address)] == []


def test_what_readers_wrote_shows_nowhere(ask):
    here = world("Không có gì")
    message = feedback.receive(
        report=here.neighbour,
        now=timezone.now(),
        kind=FeedbackKind.choices[0][0],
        text=f"Ý kiến {BOTH}",
        name=f"Tên {BOTH}",
        contact=f"{CANARY}@example.com",
    )
    doors = [
        *common_doors(here).values(),
        message.get_absolute_url(),
        f"{message.get_absolute_url()}?moi=1",
        f"{reverse('reports:feedback')}?bai={here.neighbour.pk}",
        f"{reverse('reports:feedback')}?ma={message.code}",
    ]

    assert [address for address in doors if shows(ask, address)] == []


def test_an_event_announced_as_public_shows_without_its_unpublished_report(client):
    here = world()
    report = reported(here, STATES["draft"])
    here.event.is_public = True
    here.event.save()

    page = client.get(here.event.get_absolute_url())

    assert page.status_code == 200
    assert report.title not in page.content.decode()
    assert client.get(reverse("reports:events")).context["page"].rows[0].told_by == 0


def test_a_person_shows_only_through_published_works(client):
    here = world()
    reported(here, STATES["scheduled"])

    assert client.get(here.person.get_absolute_url()).status_code == 404


def test_a_login_name_shows_nowhere(ask):
    user = UserFactory(username="dang-nhap-bi-mat")
    here = world()
    report = reported(here, CONTROL)
    here.person.user = user
    here.person.save()
    report.created_by = user
    report.save()

    for name, address in (common_doors(here) | own_doors(report)).items():
        _, _, body = ask(address)
        assert b"dang-nhap-bi-mat" not in body, name
