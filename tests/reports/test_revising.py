"""A published text gets a new version on the same road; the old one stays public meanwhile."""

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction
from django.urls import reverse

from reports import workflow
from reports.models import MemberRole, Photo, Report, ReportStatus, StaleReport
from reports.workflow import Refused
from tests.factories import (
    ContributionFactory,
    FigureFactory,
    MembershipFactory,
    NewsroomFactory,
    PersonFactory,
    PhotoFactory,
    ReportFactory,
    TopicFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def original(registry):
    report = ReportFactory(published=True, title="Bản cũ", created_by=UserFactory())
    report.topics.add(TopicFactory())
    ContributionFactory(report=report, signed_as="N.A")
    PhotoFactory(report=report, caption="Cầu mới", credit_text="TTXVN")
    FigureFactory(report=report)
    return report


def member(role, report):
    return MembershipFactory(unit=report.unit, role=MemberRole(role)).user


def test_the_old_text_stays_until_the_new_one_is_approved(client, original):
    writer, approver = member("editor", original), member("approver", original)
    revision = workflow.revise(original, by=writer, version=original.version)
    revision.title = "Bản mới"
    revision._history_user = writer
    revision.save()
    workflow.submit(revision, by=writer)

    assert client.get(original.get_absolute_url()).context["report"].title == "Bản cũ"
    assert Report.objects.published().get() == original

    renewed = workflow.publish(revision, by=approver)

    assert renewed.pk == original.pk
    assert (renewed.title, renewed.slug) == ("Bản mới", "ban-moi")
    assert renewed.published_at == original.published_at
    assert not Report.objects.filter(pk=revision.pk).exists()
    assert renewed.history.first().history_change_reason == "đăng bản mới"
    assert renewed.editions.get().kept_by == approver


def test_the_old_address_leads_to_the_new_one(client, original):
    before = original.get_absolute_url()
    revision = workflow.revise(original, by=member("editor", original))
    revision.title = "Tít hoàn toàn khác"
    revision.save()
    revision = workflow.submit(revision, by=member("editor", original))
    renewed = workflow.publish(revision, by=member("approver", original))

    response = client.get(before)

    assert renewed.get_absolute_url() != before
    assert (response.status_code, response.headers["Location"]) == (301, renewed.get_absolute_url())


def test_a_revision_carries_names_photos_figures_and_topics(original):
    revision = workflow.revise(original, by=member("editor", original))
    photo = revision.photos.get()

    assert photo.token == original.photos.get().token
    assert revision.contributions.get().signed_as == "N.A"
    assert revision.figures.get().value == 46
    assert list(revision.topics.all()) == list(original.topics.all())

    photo.caption = "Cầu mới, nhìn từ chợ"
    photo.save()
    added = PhotoFactory(report=revision, caption="Bến đò", order=1, credit_text="TTXVN")
    revision.contributions.all().delete()
    someone = PersonFactory()
    ContributionFactory(report=revision, person=someone)
    revision.figures.all().delete()
    revision = workflow.submit(revision, by=member("editor", original))
    renewed = workflow.publish(revision, by=member("approver", original))

    assert [(p.caption, p.token) for p in renewed.photos.all()] == [
        ("Cầu mới, nhìn từ chợ", photo.token),
        ("Bến đò", added.token),
    ]
    assert [c.person for c in renewed.contributions.all()] == [someone]
    assert not renewed.figures.exists()


def test_files_live_as_long_as_anybody_shows_them(original, django_capture_on_commit_callbacks):
    kept = original.photos.get()
    default_storage.save(f"{kept.folder}/goc.jpg", ContentFile(b"x"))
    revision = workflow.revise(original, by=member("editor", original))
    with django_capture_on_commit_callbacks(execute=True):
        revision.photos.all().delete()
        revision = workflow.submit(revision, by=member("editor", original))
        workflow.publish(revision, by=member("approver", original))

    assert not Photo.objects.exists()
    assert not default_storage.exists(f"{kept.folder}/goc.jpg")


def test_who_wrote_the_new_version_does_not_approve_it(original):
    both = member("editor", original)
    MembershipFactory(user=both, unit=original.unit, role=MemberRole.APPROVER)
    revision = workflow.submit(workflow.revise(original, by=both), by=both)

    with pytest.raises(Refused, match="người khác phải duyệt"):
        workflow.publish(revision, by=both)


def test_there_is_one_revision_at_a_time(original):
    editor = member("editor", original)
    workflow.revise(original, by=editor)

    with pytest.raises(Refused):
        workflow.revise(original, by=editor)
    with pytest.raises(IntegrityError), transaction.atomic():
        ReportFactory(unit=original.unit, revises=original)


@pytest.mark.parametrize("role", ["contributor", "approver", "unit_admin", "desk"])
def test_only_editors_begin_a_new_version(original, role):
    with pytest.raises(Refused) as refused:
        workflow.revise(original, by=member(role, original))
    assert refused.value.status_code == 403


def test_a_one_step_newsroom_changes_its_text_in_place(original):
    NewsroomFactory(unit=original.unit)

    with pytest.raises(Refused):
        workflow.revise(original, by=member("editor", original))


def test_a_revision_is_no_page_even_for_the_database(original):
    revision = workflow.revise(original, by=member("editor", original))

    with pytest.raises(IntegrityError), transaction.atomic():
        Report.objects.filter(pk=revision.pk).update(status=ReportStatus.PUBLISHED)


@pytest.mark.parametrize("meanwhile", ["withdrawn", "changed"])
def test_a_revision_of_what_is_no_longer_so_is_refused(original, meanwhile):
    revision = workflow.revise(original, by=member("editor", original))
    revision = workflow.submit(revision, by=member("editor", original))
    approver = member("approver", original)
    if meanwhile == "withdrawn":
        workflow.withdraw(original, by=approver, reason="Sai tên")
    else:
        original.lead = "Câu khác."
        original.save()

    with pytest.raises(Refused, match=r"[Bb]ài gốc") as refused:
        workflow.publish(revision, by=approver)
    assert refused.value.status_code == 409


def test_a_withdrawn_report_comes_back_as_it_was(client, original):
    approver = member("approver", original)
    gone = workflow.withdraw(original, by=approver, reason="Gỡ nhầm")
    assert client.get(original.get_absolute_url()).status_code == 410

    back = workflow.restore(gone, by=approver, version=gone.version)

    assert client.get(reverse("reports:short", args=[back.pk])).status_code == 301
    assert (back.published_at, back.withdrawn_reason) == (original.published_at, "")


def test_a_save_of_what_somebody_else_saved_is_refused(original):
    first, second = Report.objects.get(pk=original.pk), Report.objects.get(pk=original.pk)
    first.lead = "Của người thứ nhất."
    first.save()
    second.lead = "Của người thứ hai."

    with pytest.raises(StaleReport):
        second.save()
    stored = Report.objects.get(pk=original.pk)
    assert (stored.lead, stored.version) == ("Của người thứ nhất.", first.version)


def test_a_deed_names_the_version_that_was_seen(original):
    report = ReportFactory(status="submitted", unit=original.unit, created_by=UserFactory())
    seen = report.version
    report.title = "Tít người khác vừa sửa"
    report.save()

    with pytest.raises(Refused, match="bản mới hơn") as refused:
        workflow.publish(report, by=member("approver", original), version=seen)
    assert refused.value.status_code == 409
