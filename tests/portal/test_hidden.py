"""What is not published shows at no door: each is knocked at with canary words in every field."""

import re
from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from reports.models import ReportStatus
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
from units.models import Unit

pytestmark = pytest.mark.django_db

CANARY = "chimyen"
STATES = {
    "draft": {"status": ReportStatus.DRAFT},
    "submitted": {"status": ReportStatus.SUBMITTED},
    "returned": {"status": ReportStatus.RETURNED, "returned_reason": CANARY},
    "scheduled": {"scheduled": True},
    "withdrawn": {"withdrawn": True},
    "withdrawn before its moment": {
        "withdrawn": True,
        "published_at": timezone.now() + timedelta(days=9),
    },
}
# The same rig on a published report: every door but the person's data shows it.
CONTROL = {"published": True}


def make(fields):
    """A report of An Giang with the canary in every text, and everything that hangs on it."""
    section, topic = SectionFactory(name="Chuyên mục thử"), TopicFactory(name="Chủ đề thử")
    event = EventFactory(
        name=f"Sự kiện {CANARY}", unit=Unit.objects.get(pk="t2-91"), event_on=date(2026, 7, 2)
    )
    report = ReportFactory(
        title=f"Tít {CANARY}",
        lead=f"Sapo {CANARY}",
        body=f"<p>Chữ {CANARY}</p>",
        unit=Unit.objects.get(pk="t2-91"),
        section=section,
        event=event,
        byline_organisation=f"Cơ quan {CANARY}",
        source_name=f"Nguồn {CANARY}",
        **fields,
    )
    report.topics.add(topic)
    person = PersonFactory(name=f"Người {CANARY}")
    ContributionFactory(report=report, person=person, signed_as=f"Ký {CANARY}")
    PhotoFactory(report=report, caption=f"Ảnh {CANARY}", alt=CANARY, credit=person)
    FigureFactory(report=report, indicator=CANARY, confirmed_by=UserFactory())
    CorrectionFactory(report=report, text=f"Đính chính {CANARY}")
    return report, event, person, section


def doors(report, event, person, section):
    """Every public address that could show the report, or something of it."""
    other = ReportFactory(published=True, unit=report.unit, title="Bài bên cạnh")
    unit = report.unit
    return {
        "home": reverse("home"),
        "list": reverse("reports:list"),
        "list of the unit": f"{reverse('reports:list')}?don-vi=t2-91",
        "list by words": f"{reverse('reports:list')}?q={CANARY}",
        "list of the person": f"{reverse('reports:list')}?tac-gia={person.pk}",
        "corrected": f"{reverse('reports:list')}?dinh-chinh=1",
        "unit": unit.get_absolute_url(),
        "section": section.get_absolute_url(),
        "event": event.get_absolute_url(),
        "events": reverse("reports:events"),
        "month": reverse("reports:event_month", args=[2026, 7]),
        "calendar": reverse("reports:calendar"),
        "file of the event": reverse("reports:event_entry", args=[event.slug, event.pk]),
        "person": person.get_absolute_url(),
        "another report": other.get_absolute_url(),
        "search": f"{reverse('search')}?q={CANARY}",
        "feed": reverse("reports:feed"),
        "feed of the unit": f"{reverse('reports:feed')}?don-vi=t2-91",
        "feed as JSON": reverse("reports:json_feed"),
        "data as a table": reverse("reports:csv"),
        "data as JSON": f"{reverse('reports:json')}?don-vi=t2-91",
        "archive": reverse("reports:archive_month", args=_month_of(report)),
        "sitemap": reverse("reports:sitemap_part", args=["bai-1"]),
        "sitemap of events": reverse("reports:sitemap_part", args=["su-kien"]),
        "sitemap of persons": reverse("reports:sitemap_part", args=["tac-gia"]),
        "its own page": report.get_absolute_url(),
        "page found by number": f"/tin/2026/07/doan-{report.pk}/",
        "site map": reverse("site_map"),
        "tree": reverse("units:tree"),
        "robots": reverse("robots"),
    }


def _month_of(report):
    at = timezone.localtime(report.published_at or report.created_at)
    return at.year, at.month


def shows(client, address, asked=""):
    """Whether an answer carries the canary anywhere: body, or where it would send us."""
    response = client.get(address)
    text = response.getvalue().decode() + response.headers.get("Location", "")
    # A page may repeat what the reader typed; that of an unknown address offers its words to search.
    text = re.sub(f'value="[a-z ]*{CANARY}"', "", text)
    for echo in (f"“{CANARY}”", f"q={CANARY}", f'value="{CANARY}"'):
        text = text.replace(echo, "")
    return CANARY in text


@pytest.mark.parametrize("state", STATES)
def test_no_door_shows_what_is_not_published(client, state):
    for name, address in doors(*make(STATES[state])).items():
        assert not shows(client, address), name


def test_the_doors_do_show_what_is_published(client):
    addresses = doors(*make(CONTROL))

    shown = {name for name, address in addresses.items() if shows(client, address)}

    assert shown == set(addresses) - {"site map", "tree", "robots"}


@pytest.mark.parametrize("state", STATES)
def test_nothing_is_counted_that_is_not_published(client, state):
    make(STATES[state])

    home = client.get(reverse("home")).context
    unit = client.get(reverse("units:detail", args=["tinh-an-giang"])).context

    assert [told for _, told in home["sections"]] == [0]
    assert [told for _, told in home["topics"]] == [0]
    assert list(home["units"]) == []
    assert unit["page"].total == 0


def test_an_event_announced_as_public_shows_without_its_unpublished_report(client):
    report, event, _, _ = make(STATES["draft"])
    event.is_public = True
    event.save()

    page = client.get(event.get_absolute_url())

    assert page.status_code == 200
    assert report.title not in page.content.decode()
    assert client.get(reverse("reports:events")).context["page"].rows[0].told_by == 0


def test_a_person_shows_only_through_published_works(client):
    _, _, person, _ = make(STATES["scheduled"])

    assert client.get(person.get_absolute_url()).status_code == 404


def test_a_login_name_shows_nowhere(client):
    user = UserFactory(username="dang-nhap-bi-mat")
    report, event, person, section = make(CONTROL)
    person.user = user
    person.save()
    report.created_by = user
    report.save()

    for name, address in doors(report, event, person, section).items():
        assert "dang-nhap-bi-mat" not in client.get(address).getvalue().decode(), name
