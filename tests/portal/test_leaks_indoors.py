"""What the newsroom writes beside a report – unsaved words, alerts, findings, remarks, batches, fees –
shows at no public door, to no other newsroom and in nobody else's post.
"""

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.wsgi import WSGIHandler
from django.test import Client
from django.utils import timezone

from reports import workflow
from reports.models import (
    FeeScore,
    HeededFinding,
    ImportBatch,
    ImportItem,
    MemberRole,
    ReportStatus,
)
from tests.factories import (
    MembershipFactory,
    PhotoFactory,
    ReportFactory,
    UserFactory,
    next_commune,
)
from tests.portal.test_leaks import CANARY, asking, common_doors, own_doors, shows, world
from tests.reports.admin.doors import type_in

pytestmark = pytest.mark.django_db


def member(unit, role, **fields):
    user = UserFactory(**fields)
    MembershipFactory(user=user, unit=unit, role=role)
    return user


def signed_in(user):
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def newsroom(settings, one_connection):
    """A public report, and the canary in all that is said about it indoors."""
    settings.EMAIL_HOST = "thu.example"
    here = world("Không có gì")
    report = here.neighbour
    here.writer = member(here.unit, MemberRole.EDITOR, email="viet@example.com")
    here.reader = member(here.unit, MemberRole.APPROVER, email="duyet@example.com")
    now = timezone.now()
    type_in(here.writer, report, f"Gõ dở {CANARY}")
    batch = ImportBatch.objects.create(unit=here.unit, by=here.writer, source=f"{CANARY}.zip")
    ImportItem.objects.create(
        batch=batch, order=0, name=f"{CANARY}.html", title=CANARY, words=CANARY,
        outcome="failed", original_url=f"https://cu.example/{CANARY}",
    )  # fmt: skip
    HeededFinding.objects.create(
        report=report, fingerprint="0" * 16, words=f"Nhắc {CANARY}", by=here.writer, at=now
    )
    FeeScore.objects.create(
        report=report, person=here.person, kind="bai", coefficient=1, share=100, pieces=1,
        scored_by=here.reader, scored_at=now,
    )  # fmt: skip
    here.waiting = ReportFactory(
        unit=here.unit, created_by=here.writer, title=f"Tít {CANARY}", status=ReportStatus.SUBMITTED
    )
    workflow.return_to_author(here.waiting, by=here.reader, reason=f"Nhận xét {CANARY}")
    return here


def test_nothing_said_indoors_shows_in_public(newsroom):
    ask = asking(WSGIHandler())
    report = newsroom.neighbour
    PhotoFactory(report=report)
    doors = common_doors(newsroom)
    own = own_doors(report)
    # The reader's own message, and pictures of what is public.
    for name in ("its follower", "its counter", "its card"):
        own.pop(name)

    assert [name for name, address in (doors | own).items() if shows(ask, address)] == []


@pytest.mark.parametrize("role", [MemberRole.EDITOR, MemberRole.APPROVER, MemberRole.DESK])
def test_nothing_of_it_shows_to_another_newsroom(newsroom, role):
    client = signed_in(member(next_commune(), role))
    pages = {name: f"/quan-tri/{path}" for name, path in {
        "index": "", "alerts": "tin-bao/", "photos": "anh/", "archive": "nhap-kho/",
        "reports": "reports/report/?q=chimyen", "new": "reports/report/add/",
        "people": "reports/person/", "merging": "reports/person/gop/",
        "fees": "reports/feesheet/",
    }.items()}  # fmt: skip
    shown = [name for name, path in pages.items() if CANARY in body(client, path)]

    assert shown == []
    # Control: at home the start page speaks of it, and alerts tell the writer.
    assert CANARY in body(signed_in(newsroom.writer), "/quan-tri/tin-bao/")
    assert CANARY in body(signed_in(newsroom.writer), "/quan-tri/nhap-kho/")


def body(client, path):
    return client.get(path).content.decode().replace("q=chimyen", "").replace('value="chimyen"', "")


def test_letters_go_to_those_who_may_read_it(
    newsroom, mailoutbox, django_capture_on_commit_callbacks
):
    """The writer lost the grant before the report came back; the approver of elsewhere never had one."""
    stranger = member(next_commune(), MemberRole.APPROVER, email="la@example.com")
    workflow.submit(newsroom.waiting, by=newsroom.writer)
    newsroom.writer.memberships.all().delete()
    mailoutbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        workflow.return_to_author(newsroom.waiting, by=newsroom.reader, reason=f"Nữa {CANARY}")

    assert [letter.to for letter in mailoutbox if CANARY in letter.subject + letter.body] == []
    assert CANARY not in body(signed_in(newsroom.writer), "/quan-tri/tin-bao/")
    assert stranger.email not in str([letter.to for letter in mailoutbox])


def test_a_photo_two_reports_show_is_public_as_long_as_one_of_them_is(one_connection):
    unit = next_commune()
    first, second = (ReportFactory(unit=unit, published=True) for _ in range(2))
    photo = PhotoFactory(report=first, caption="Chung")
    again = PhotoFactory(report=second, token=photo.token)
    draft = PhotoFactory(report=ReportFactory(unit=unit), token=photo.token)
    for name in ("goc", photo.src_width):
        default_storage.save(f"{photo.folder}/{name}.jpg", ContentFile(b"\xff\xd8"))
    root = UserFactory(is_superuser=True)

    def status(client=None):
        answer = (client or Client()).get(f"/media/{photo.folder}/goc.jpg")
        b"".join(answer)  # read to its end: closing it would close the test's connection, too
        return answer.status_code

    assert (again.token, draft.token) == (photo.token, photo.token)
    assert status() == 200
    workflow.withdraw(first, by=root, reason="Trùng")
    assert status() == 200
    workflow.withdraw(second, by=root, reason="Trùng")
    assert status() == 404
    # A member of the newsroom sees it still; one of elsewhere does not.
    assert status(signed_in(member(unit, MemberRole.EDITOR))) == 200
    assert status(signed_in(member(next_commune(), MemberRole.EDITOR))) == 404
