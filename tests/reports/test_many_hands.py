"""Twenty people press the same button at the same moment: it is done once, and the others are told.

PostgreSQL; SQLite lets one writer in at a time. Editing and publishing: `test_two_editors.py`.
"""

from collections import Counter

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from reports.editions import content_hash
from reports.models import (
    Contribution,
    EditLock,
    ImportBatch,
    MemberRole,
    Person,
    PersonMerge,
    Photo,
    Report,
    ReportStatus,
    TypedText,
)
from tests.factories import (
    ContributionFactory,
    PersonFactory,
    PhotoFactory,
    ReportFactory,
    UserFactory,
    next_commune,
)
from tests.reports.admin.conftest import report_form
from tests.reports.admin.pages import change

from .archive.old_portal import page, zipped
from .test_two_editors import PEOPLE, at_once, browsers, several_writers, unjudged  # noqa: F401

pytestmark = several_writers


def pressed(at_once, clients, address, data=None):  # noqa: F811
    """How often each status was answered."""
    return Counter(
        at_once([lambda one=one: one.post(address, data or {}).status_code for one in clients])
    )


def deed(slug, report):
    return reverse(f"admin:reports_report_{slug}", args=[report.pk])


def revision_of(original, **fields):
    return ReportFactory(
        unit=original.unit, revises=original, revises_hash=content_hash(original), **fields
    )


def test_a_revision_is_dropped_once_and_begun_once(at_once):  # noqa: F811
    original = ReportFactory(unit=next_commune(), published=True)
    editors = browsers(original.unit, MemberRole.EDITOR)

    begun = pressed(at_once, editors, deed("ban-sua", original), {"version": original.version})
    assert begun == {302: 1, 403: PEOPLE - 1}
    revision = Report.objects.get(revises=original)

    dropped = pressed(at_once, editors, deed("bo-ban-sua", revision), {"version": 1})

    assert dropped[302] == 1
    assert set(dropped) <= {302, 404, 409}
    assert Report.objects.get().pk == original.pk


def test_a_revision_takes_the_place_of_its_original_once(at_once, unjudged):  # noqa: F811
    original = ReportFactory(unit=next_commune(), published=True)
    revision = revision_of(original, status=ReportStatus.SUBMITTED, title="Tít mới")
    approvers = browsers(original.unit, MemberRole.APPROVER)

    answers = pressed(at_once, approvers, deed("dang", revision), {"version": 1})

    assert answers[302] == 1
    assert set(answers) <= {302, 404, 409}
    assert Report.objects.get().title == "Tít mới"
    assert original.editions.count() == 1


def test_writing_on_a_revision_that_goes_is_no_accident(at_once):  # noqa: F811
    """Ten drop it while ten others' forms send what was typed, or take the form over."""
    original = ReportFactory(unit=next_commune(), published=True)
    revision = revision_of(original)
    clients = browsers(original.unit, MemberRole.EDITOR)
    doors = [
        (deed("bo-ban-sua", revision), {"version": 1}),
        (deed("keep", revision), {"title": "Gõ dở", "version": 1}),
        (deed("take_over", revision), {}),
        (change(revision), report_form(revision, title="Lưu")),
    ]

    answers = Counter(
        at_once(
            [
                lambda one=one, door=doors[n % 4]: one.post(*door).status_code
                for n, one in enumerate(clients)
            ]
        )
    )

    assert set(answers) <= {200, 302, 403, 404, 409}


def test_the_form_is_taken_over_and_left_by_twenty(at_once):  # noqa: F811
    report = ReportFactory(unit=next_commune())
    clients = browsers(report.unit, MemberRole.EDITOR)
    doors = [deed("take_over", report), deed("keep", report)]
    answers = Counter(
        at_once(
            [
                lambda one=one, door=doors[n % 2]: (
                    one.post(door, {"title": "Gõ dở", "version": 1}).status_code
                )
                for n, one in enumerate(clients)
            ]
        )
    )

    assert answers == {302: PEOPLE // 2, 200: PEOPLE // 2}
    assert EditLock.objects.count() == 1
    assert TypedText.objects.count() == PEOPLE // 2


def test_one_picture_of_the_library_comes_into_a_draft_once(at_once):  # noqa: F811
    unit = next_commune()
    report, photo = ReportFactory(unit=unit), PhotoFactory(report=ReportFactory(unit=unit))
    clients = browsers(unit, MemberRole.EDITOR)

    answers = pressed(at_once, clients, "/quan-tri/anh/", {"bai": report.pk, "anh": photo.token})

    assert answers == {302: PEOPLE}
    assert Photo.objects.filter(report=report).count() == 1


def test_two_people_become_one_once_in_whichever_direction(at_once):  # noqa: F811
    unit = next_commune()
    one, other = PersonFactory(unit=unit), PersonFactory(unit=unit)
    for person in (one, other):
        ContributionFactory(person=person)
    door = reverse("admin:reports_person_merge")
    clients = browsers(unit, MemberRole.APPROVER)

    answers = Counter(
        at_once(
            [
                lambda client=client, pair=pair: client.post(door, pair).status_code
                for client, pair in zip(
                    clients,
                    [{"giu": one.pk, "gop": other.pk}, {"giu": other.pk, "gop": one.pk}] * 10,
                    strict=True,
                )
            ]
        )
    )

    assert answers[302] == 1
    assert set(answers) <= {302, 404, 409}
    assert PersonMerge.objects.count() == 1
    kept = Person.objects.get(pk__in=[one.pk, other.pk])
    assert Contribution.objects.filter(person=kept).count() == 2


def test_steps_of_a_batch_make_each_draft_once(at_once):  # noqa: F811
    unit = next_commune()
    clients = browsers(unit, MemberRole.EDITOR)
    files = zipped({f"{n}.html": page(n) for n in range(1, 4)})
    clients[0].post(
        "/quan-tri/nhap-kho/", {"files": SimpleUploadedFile("cu.zip", files), "unit": unit.pk}
    )
    batch = ImportBatch.objects.get()

    def at(word):
        return reverse(f"admin:archive_{word}", args=[batch.pk])

    tried = pressed(at_once, clients[:6], at("step"))
    begun = pressed(at_once, clients[:6], at("begin"))
    done = pressed(at_once, clients[:6], at("step"))

    assert (tried, begun, done) == ({302: 6}, {302: 6}, {302: 6})
    clients[0].post(at("step"))
    assert Report.objects.count() == 3
    assert batch.items.filter(brought_at__lte=timezone.now()).count() == 3


def test_a_reader_is_answered_while_a_colleague_saves(at_once):  # noqa: F811
    """Twenty different drafts of one newsroom at once: nobody waits for, or breaks, another's."""
    unit = next_commune()
    clients = browsers(unit, MemberRole.EDITOR)
    reports = [ReportFactory(unit=unit, created_by=UserFactory()) for _ in clients]

    answers = Counter(
        at_once(
            [
                lambda one=one, report=report: (
                    one.post(change(report), report_form(report, title="Tít của tôi")).status_code
                )
                for one, report in zip(clients, reports, strict=True)
            ]
        )
    )

    assert answers == {302: PEOPLE}
    assert set(Report.objects.values_list("title", "version")) == {("Tít của tôi", 2)}
