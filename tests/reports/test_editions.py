"""Every published text is kept, chained, and nobody changes one unseen."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db.models import F

from reports import workflow
from reports.editions import keep_edition, verify
from reports.models import Edition, EditionHead, MemberRole, Report
from tests.factories import MembershipFactory, PhotoFactory, ReportFactory, UserFactory

pytestmark = pytest.mark.django_db


def published(**fields):
    report = ReportFactory(status="submitted", created_by=UserFactory(), **fields)
    approver = MembershipFactory(unit=report.unit, role=MemberRole.APPROVER).user
    return workflow.publish(report, by=approver, version=report.version)


@pytest.fixture
def archive(registry):
    return [published(title=f"Bài số {number}") for number in range(4)]


def words():
    out = StringIO()
    call_command("verify_archive", stdout=out)
    return out.getvalue()


def test_publishing_keeps_the_text_and_who_approved_which_version(registry):
    report = ReportFactory(status="submitted", created_by=UserFactory(), version=7)
    approver = MembershipFactory(unit=report.unit, role=MemberRole.APPROVER).user

    workflow.publish(report, by=approver, version=7)

    edition = Edition.objects.get()
    assert (edition.report, edition.report_version, edition.kept_by) == (report, 8, approver)
    assert f'"written_by":[{report.created_by_id}]' in edition.content
    assert not edition.one_step


def test_a_text_that_did_not_change_is_kept_once(archive):
    assert keep_edition(archive[0], by=None) is None
    PhotoFactory(report=archive[0])
    assert keep_edition(archive[0], by=None).position == 5


def test_an_untouched_archive_holds(archive):
    assert words().startswith("4 bản đã đăng, chuỗi nguyên vẹn. Mã cuối: ")
    assert verify() == (4, EditionHead.objects.get().chain_hash, None)


def test_an_empty_archive_holds():
    assert words() == "0 bản đã đăng, chuỗi nguyên vẹn. Mã cuối: –\n"


@pytest.mark.parametrize(
    ("tamper", "complaint"),
    [
        (lambda: _at(2).update(content_hash="0" * 64), "Bản số 2: nội dung khác mã của nó."),
        (lambda: _at(3).update(report_version=99), "Bản số 3: mã của bản không đúng."),
        (lambda: _at(2).update(kept_by=UserFactory()), "Bản số 2: mã của bản không đúng."),
        (lambda: _at(2).delete(), "Bản số 3: thiếu bản số 2 của chuỗi."),
        (lambda: _at(4).delete(), "Bản số 4: thiếu các bản ở cuối chuỗi."),
        (lambda: Edition.objects.all().delete(), "Bản số 4: thiếu các bản ở cuối chuỗi."),
        (
            lambda: EditionHead.objects.update(position=F("position") + 1),
            "Bản số 5: thiếu các bản ở cuối chuỗi.",
        ),
    ],
)
def test_the_first_broken_link_is_named(archive, tamper, complaint):
    tamper()

    with pytest.raises(CommandError) as error:
        words()
    assert str(error.value) == complaint


def _at(position):
    return Edition.objects.filter(position=position)


def test_a_text_changed_behind_the_back_office_is_named(archive):
    Report.objects.filter(pk=archive[1].pk).update(body='<p><a href="https://x.test">x</a></p>')

    with pytest.raises(CommandError, match=f"bài {archive[1].pk} đang hiện khác bản đã duyệt"):
        words()
    out = StringIO()
    call_command("verify_archive", "--chain-only", stdout=out)
    assert "nguyên vẹn" in out.getvalue()
