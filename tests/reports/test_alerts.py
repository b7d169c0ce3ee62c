"""Tin báo: who has to act and whose text was moved is told, and nobody learns what they may not read."""

import smtplib
from datetime import timedelta

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from reports import alerts, workflow
from reports.models import Alert, AlertKind, MemberRole, Membership, Newsroom
from tests.factories import MembershipFactory, ReportFactory, UserFactory, next_commune

pytestmark = pytest.mark.django_db

PAGE = "/quan-tri/tin-bao/"


@pytest.fixture
def unit(registry):
    return next_commune()


def member(role, unit, **fields):
    return MembershipFactory(unit=unit, role=MemberRole(role), user=UserFactory(**fields)).user


@pytest.fixture
def writer(unit):
    return member("contributor", unit)


@pytest.fixture
def approver(unit):
    return member("approver", unit)


@pytest.fixture
def submitted(unit, writer, approver):
    return workflow.submit(ReportFactory(unit=unit, created_by=writer), by=writer)


def told(user):
    return list(alerts.alerts_for(user).order_by("pk").values_list("kind", flat=True))


def read(client, user):
    client.force_login(user)
    return client.get(PAGE).content.decode()


def test_a_report_that_waits_calls_those_who_may_approve_it(unit, writer):
    here, above = member("approver", unit), member("approver", unit.parent)
    others = [
        member("approver", next_commune()),
        member("editor", unit),
        member("desk", unit),
        member("unit_admin", unit),
        member("approver", unit, is_active=False),
        member("approver", unit, is_staff=False),
    ]
    MembershipFactory(user=writer, unit=unit, role=MemberRole.APPROVER)  # but wrote it

    workflow.submit(ReportFactory(unit=unit, created_by=writer), by=writer)

    assert [told(user) for user in (here, above)] == [["gui-duyet"], ["gui-duyet"]]
    assert [Alert.objects.filter(recipient=user).count() for user in (*others, writer)] == [0] * 7


def test_in_one_step_the_other_editors_are_called(unit):
    Newsroom.objects.create(unit=unit, one_step=True)
    first, second = member("editor", unit), member("editor", unit)

    workflow.submit(ReportFactory(unit=unit, created_by=first), by=first)

    assert (told(first), told(second)) == ([], ["gui-duyet"])


def test_the_author_hears_of_every_turn_their_text_takes(submitted, writer, approver):
    back = workflow.return_to_author(submitted, by=approver, code="thieu-ten", reason="ảnh số 2")
    again = workflow.submit(back, by=writer)
    later = timezone.now() + timedelta(days=1)
    scheduled = workflow.publish(again, by=approver, at=later)
    gone = workflow.withdraw(scheduled, by=approver, reason="Chờ số liệu")
    public = workflow.restore(gone, by=approver)
    workflow.correct(public, by=approver, text="Đúng là 46.")

    assert told(writer) == ["tra-lai", "hen-gio", "go", "dang-lai", "dinh-chinh"]
    returned = Alert.objects.get(kind=AlertKind.RETURNED)
    assert returned.remark == "Thiếu tên người chụp hoặc chú thích ảnh: ảnh số 2"
    assert returned.by == approver


def test_nobody_is_told_of_their_own_deed(unit):
    boss = UserFactory(is_superuser=True)
    report = ReportFactory(unit=unit, published=True, created_by=boss)

    workflow.withdraw(report, by=boss, reason="Trùng bài")

    assert Alert.objects.count() == 0


def test_what_waits_no_longer_calls_nobody(submitted, unit):
    first, second = member("approver", unit), member("approver", unit)
    workflow.return_to_author(submitted, by=first, reason="Thiếu ngày")
    report = workflow.submit(submitted, by=UserFactory(is_superuser=True))
    assert alerts.alerts_for(second).unseen().count() == 1

    workflow.publish(report, by=first)

    assert alerts.alerts_for(second).unseen().count() == 0


def test_the_authors_of_a_revision_hear_that_it_took_its_place(unit, approver):
    editor = member("editor", unit)
    report = ReportFactory(unit=unit, published=True)
    revision = workflow.revise(report, by=editor)
    workflow.publish(workflow.submit(revision, by=editor), by=approver)

    assert told(editor) == ["dang-ban-moi"]
    assert told(approver) == []  # what called them is gone with the revision


class TestPage:
    def test_it_shows_ones_own_and_the_bell_counts_them(self, client, submitted, approver, writer):
        page = read(client, approver)
        assert f"Bài chờ bạn duyệt: {submitted.title}" in page
        assert '<span class="count">1<span' in page
        assert submitted.title not in read(client, writer)

    def test_reading_the_page_changes_nothing(self, client, submitted, approver):
        read(client, approver)

        assert Alert.objects.get().seen_at is None

    def test_opening_one_marks_it_and_leads_to_the_report(self, client, submitted, approver):
        client.force_login(approver)
        address = f"{PAGE}{Alert.objects.get().pk}/"

        assert client.get(address).status_code == 405
        answer = client.post(address)

        assert answer.url == f"/quan-tri/reports/report/{submitted.pk}/change/"
        assert Alert.objects.get().seen_at is not None
        assert "tin chưa đọc" not in read(client, approver)

    def test_one_button_marks_what_the_page_showed(self, client, submitted, approver, unit, writer):
        client.force_login(approver)
        shown = Alert.objects.get()
        workflow.submit(ReportFactory(unit=unit, created_by=writer), by=writer)

        client.post(PAGE, {"until": shown.pk})

        assert list(alerts.alerts_for(approver).unseen()) == [Alert.objects.latest("pk")]

    @pytest.mark.parametrize("until", ["", "x", "-1", "9" * 30, "²"])
    def test_nonsense_marks_nothing(self, client, submitted, approver, until):
        client.force_login(approver)

        assert client.post(PAGE, {"until": until}).status_code == 302
        assert alerts.alerts_for(approver).unseen().count() == 1

    def test_another_persons_alert_is_the_same_404_as_none(self, client, submitted, writer):
        client.force_login(writer)
        foreign = client.post(f"{PAGE}{Alert.objects.get().pk}/")
        absent = client.post(f"{PAGE}987654/")

        assert (foreign.status_code, foreign.content) == (404, absent.content)
        assert Alert.objects.get().seen_at is None

    def test_whoever_lost_the_right_sees_nothing_of_it(self, client, submitted, approver):
        Membership.objects.filter(user=approver).delete()
        alert = Alert.objects.get()

        page = read(client, approver)

        assert submitted.title not in page
        assert "tin chưa đọc" not in page
        assert client.post(f"{PAGE}{alert.pk}/").status_code == 404
        client.post(PAGE, {"until": alert.pk})
        assert Alert.objects.get().seen_at is None

    def test_it_costs_the_same_however_much_there_is(self, client, approver, unit):
        client.force_login(approver)

        def cost_with(number):
            while Alert.objects.count() < number:
                report = ReportFactory(unit=unit)
                workflow.submit(report, by=UserFactory(is_superuser=True))
            client.get(PAGE)
            with CaptureQueriesContext(connection) as queries:
                client.get(PAGE)
            return len(queries)

        costs = cost_with(1), cost_with(8)

        assert costs[0] == costs[1] <= 9

    def test_strangers_meet_the_login_page(self, client):
        assert client.get(PAGE).status_code == 302
        assert client.post(f"{PAGE}1/").status_code == 302


class TestMail:
    @pytest.fixture(autouse=True)
    def _server(self, settings):
        settings.EMAIL_HOST = "smtp.example"

    def send(self, capture, unit, writer):
        report = ReportFactory(unit=unit, created_by=writer, body="<p>Chữ trong bài</p>")
        with capture(execute=True):
            report = workflow.submit(report, by=writer)
        return report

    def test_who_has_an_address_gets_the_title_and_the_way(
        self, django_capture_on_commit_callbacks, unit, writer
    ):
        member("approver", unit, email="duyet@example.com")
        member("approver", unit)

        report = self.send(django_capture_on_commit_callbacks, unit, writer)

        (message,) = mail.outbox
        assert message.to == ["duyet@example.com"]
        assert message.subject == f"Bài chờ bạn duyệt: {report.title}"
        assert f"/quan-tri/reports/report/{report.pk}/change/" in message.body
        assert "Chữ trong bài" not in message.body + message.subject

    def test_without_a_mail_server_the_alert_alone_tells(
        self, django_capture_on_commit_callbacks, settings, unit, writer
    ):
        settings.EMAIL_HOST = ""
        approver = member("approver", unit, email="duyet@example.com")

        self.send(django_capture_on_commit_callbacks, unit, writer)

        assert (mail.outbox, told(approver)) == ([], ["gui-duyet"])

    @pytest.mark.parametrize("failure", [smtplib.SMTPServerDisconnected("x"), OSError("x")])
    def test_a_mail_server_that_is_away_breaks_nothing(
        self, django_capture_on_commit_callbacks, monkeypatch, caplog, unit, writer, failure
    ):
        def away(*args, **kwargs):
            raise failure

        monkeypatch.setattr("django.core.mail.backends.locmem.EmailBackend.send_messages", away)
        approver = member("approver", unit, email="duyet@example.com")

        report = self.send(django_capture_on_commit_callbacks, unit, writer)

        report.refresh_from_db()
        assert report.status == "submitted"
        assert told(approver) == ["gui-duyet"]
        assert "Không gửi được thư báo" in caplog.text

    def test_whoever_lost_the_right_meanwhile_gets_no_mail(
        self, django_capture_on_commit_callbacks, unit, writer
    ):
        approver = member("approver", unit, email="duyet@example.com")
        with django_capture_on_commit_callbacks(execute=True):
            workflow.submit(ReportFactory(unit=unit, created_by=writer), by=writer)
            Membership.objects.filter(user=approver).delete()

        assert mail.outbox == []

    def test_what_was_rolled_back_is_told_to_nobody(
        self, django_capture_on_commit_callbacks, unit, writer
    ):
        member("approver", unit, email="duyet@example.com")
        report = ReportFactory(unit=unit, created_by=writer)
        with django_capture_on_commit_callbacks(execute=True), pytest.raises(workflow.Refused):
            workflow.submit(report, by=writer, version=7)

        assert (mail.outbox, Alert.objects.count()) == ([], 0)
