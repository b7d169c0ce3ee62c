"""The buttons on a report's page: the version seen, reasons, corrections, revisions, coming back."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from reports import feedback, workflow
from reports.models import Correction, FeedbackKind, FeedbackStatus, Newsroom, Report
from tests.factories import FigureFactory, PhotoFactory, ReportFactory, UserFactory

from .pages import change, seen

pytestmark = pytest.mark.django_db


@pytest.fixture
def boss():
    return UserFactory(is_superuser=True)


def address(deed, report):
    return reverse(f"admin:reports_report_{deed}", args=[report.pk])


def stored(report):
    return Report.objects.get(pk=report.pk)


class TestVersions:
    @pytest.mark.parametrize("version", ["1", "", "x", "99", "²", "-1", None])
    def test_a_deed_on_another_version_is_answered_with_the_newer_text(self, seat, unit, version):
        report = ReportFactory(unit=unit, status="submitted")
        report.lead = "Câu mở đầu mới hơn."
        report.save()
        data = {"code": "khac", "reason": "Lời tôi vừa gõ"}
        if version is not None:
            data["version"] = version

        answer = seat("approver", unit).post(address("tra-lai", report), data)

        page = answer.content.decode()
        assert answer.status_code == 409
        assert "Bài vừa được lưu bản mới hơn bản bạn đang xem." in page
        assert "Câu mở đầu mới hơn." in page
        assert "Lời tôi vừa gõ" in page
        assert 'name="version" value="2"' in page
        assert stored(report).status == "submitted"

    def test_a_second_click_moves_nothing(self, seat, unit):
        report = ReportFactory(unit=unit, published=True)
        client, data = seat("approver", unit), seen(report) | {"text": "Đúng là 46."}

        codes = [client.post(address("dinh-chinh", report), data).status_code for _ in range(2)]

        assert codes == [302, 409]
        assert Correction.objects.count() == 1

    def test_what_is_missing_and_what_is_newer_are_both_said(self, seat, unit):
        report = ReportFactory(unit=unit, status="submitted")

        answer = seat("approver", unit).post(address("tra-lai", report), {"version": 7})

        assert answer.status_code == 409
        assert "Hãy chọn một lý do." in answer.content.decode()

    def test_every_button_of_the_page_carries_the_version(self, seat, unit):
        report = ReportFactory(unit=unit, status="submitted")

        page = seat("approver", unit).get(change(report)).content.decode()

        deeds = page.partition('class="deeds"')[2].partition("</section>")[0]
        assert deeds.count("<form") == deeds.count('name="version" value="1"') == 3


class TestReasons:
    def test_the_writer_reads_the_reason_from_the_list_and_the_remark(self, seat, unit, editor):
        report = ReportFactory(unit=unit, status="submitted", created_by=editor.user)
        data = seen(report) | {"code": "thieu-ten", "reason": "ảnh số 2"}

        seat("approver", unit).post(address("tra-lai", report), data)

        words = "Thiếu tên người chụp hoặc chú thích ảnh: ảnh số 2"
        assert (stored(report).returned_code, stored(report).returned_reason) == (
            "thieu-ten",
            words,
        )
        for page in ("/quan-tri/", change(report), "/quan-tri/tin-bao/"):
            assert words in editor.get(page).content.decode(), page

    def test_a_reason_from_the_list_needs_no_remark(self, seat, unit):
        report = ReportFactory(unit=unit, published=True)

        answer = seat("approver", unit).post(
            address("go", report), seen(report) | {"code": "trung"}
        )

        assert answer.status_code == 302
        assert stored(report).withdrawn_reason == "Trùng với bài khác"

    @pytest.mark.parametrize("data", [{}, {"code": "khac"}, {"code": "tu-bia", "reason": "x"}])
    def test_no_reason_is_refused_beside_the_field(self, seat, unit, data):
        report = ReportFactory(unit=unit, published=True)

        answer = seat("approver", unit).post(address("go", report), seen(report) | data)

        assert answer.status_code == 400
        assert stored(report).status == "published"

    def test_whoever_sends_where_nobody_approves_is_told(self, editor, unit):
        report = ReportFactory(unit=unit, created_by=editor.user)

        page = editor.post(address("gui-duyet", report), seen(report), follow=True)

        assert "Chưa tài khoản nào được phân quyền duyệt" in page.content.decode()


class TestCorrections:
    def test_before_and_after_come_from_the_form(self, seat, unit):
        report = ReportFactory(unit=unit, published=True)
        data = seen(report) | {"was": "64 mô hình", "now_is": "46 mô hình"}

        answer = seat("approver", unit).post(address("dinh-chinh", report), data)

        made = Correction.objects.get()
        assert answer.status_code == 302
        assert (made.was, made.now_is, made.text) == ("64 mô hình", "46 mô hình", "")

    @pytest.mark.parametrize("data", [{}, {"was": "64"}, {"now_is": "46"}, {"text": " \u202e "}])
    def test_half_a_correction_is_refused_beside_the_field(self, seat, unit, data):
        report = ReportFactory(unit=unit, published=True)

        answer = seat("approver", unit).post(address("dinh-chinh", report), seen(report) | data)

        assert answer.status_code == 400
        assert Correction.objects.count() == 0

    def test_a_readers_request_is_offered_and_closed(self, seat, unit):
        report = ReportFactory(unit=unit, published=True)
        asked, foreign = (
            feedback.receive(
                report=about, now=timezone.now(), kind=FeedbackKind.MISTAKE, text="Sai con số"
            )
            for about in (report, ReportFactory(unit=unit, published=True))
        )
        client = seat("approver", unit)
        page = client.get(change(report)).content.decode()
        assert (str(asked) in page, str(foreign) in page) == (True, False)

        data = seen(report) | {"text": "Đúng là 46."}
        forged = client.post(address("dinh-chinh", report), data | {"feedback": foreign.pk})
        answer = client.post(address("dinh-chinh", report), data | {"feedback": asked.pk})

        assert (forged.status_code, answer.status_code) == (400, 302)
        states = [type(each).objects.get(pk=each.pk).status for each in (asked, foreign)]
        assert states == [FeedbackStatus.CORRECTED, FeedbackStatus.RECEIVED]


class TestRevisions:
    @pytest.fixture
    def report(self, unit):
        return ReportFactory(unit=unit, published=True, title="Tít đang đăng")

    @pytest.fixture
    def revision(self, report, editor):
        return workflow.revise(report, by=editor.user)

    def test_beginning_one_opens_its_form_and_leaves_the_page(self, client, editor, report):
        answer = editor.post(address("ban-sua", report), seen(report))

        revision = report.revisions.get()
        assert answer.url == change(revision)
        page = editor.get(answer.url).content.decode()
        assert "Bản sửa của bài đang đăng" in page
        assert change(report) in page
        assert "Thay bản đang đăng" not in page  # an approver's button
        assert client.get(report.get_absolute_url()).status_code == 200

    def test_its_form_shows_what_differs_and_keeps_what_is_fixed(
        self, editor, form, report, revision
    ):
        moment = revision.published_at
        data = form(
            revision,
            title="Tít của bản sửa",
            published_at_0="01/01/2020",
            published_at_1="07:00",
            original_url="https://cu.example/tin/7",
            _continue="1",
        )
        editor.post(change(revision), data)

        revision.refresh_from_db()
        assert revision.title == "Tít của bản sửa"
        assert (revision.published_at, revision.original_url) == (moment, "")
        page = editor.get(change(revision)).content.decode()
        assert "Khác bản đang đăng" in page
        assert "Sửa: tít" in page
        assert 'name="_hen-gio"' not in page

    def test_photos_names_and_figures_are_compared_too(self, editor, report):
        PhotoFactory(report=report, caption="Chú thích cũ", token="a" * 32)
        FigureFactory(report=report)
        revision = workflow.revise(report, by=editor.user)
        revision.photos.update(caption="Chú thích mới")
        revision.figures.all().delete()

        page = editor.get(change(revision)).content.decode()

        assert "Sửa: ảnh" in page
        assert "Sửa: số liệu" in page
        assert "Sửa: người thực hiện" not in page

    def test_an_approver_reads_the_difference_and_puts_it_in_place(
        self, seat, unit, editor, report, revision
    ):
        revision.title = "Tít của bản sửa"
        revision.save()
        waiting = workflow.submit(revision, by=editor.user)
        client = seat("approver", unit)

        page = client.get(change(waiting)).content.decode()
        assert "Thay bản đang đăng" in page
        assert "Sửa: tít" in page
        assert "Hẹn giờ đăng" not in page
        answer = client.post(address("dang", waiting), seen(waiting))

        assert answer.status_code == 302
        assert stored(report).title == "Tít của bản sửa"
        assert not Report.objects.filter(pk=revision.pk).exists()
        read = client.get(change(report)).content.decode()
        assert f"Bản số {stored(report).version}" in read
        assert f", {client.user.username}" in read

    def test_a_crafted_hour_is_refused(self, seat, unit, editor, report, revision):
        waiting = workflow.submit(revision, by=editor.user)
        data = seen(waiting) | {"publish_on_0": "01/01/2090", "publish_on_1": "7:30"}

        answer = seat("approver", unit).post(address("hen-gio", waiting), data)

        assert answer.status_code == 409
        assert stored(report).title == "Tít đang đăng"
        assert stored(revision).status == "submitted"

    def test_it_is_given_up_and_the_page_stays(self, editor, report, revision):
        answer = editor.post(address("bo-ban-sua", revision), seen(revision))

        assert answer.url == change(report)
        assert not Report.objects.filter(pk=revision.pk).exists()
        assert stored(report).title == "Tít đang đăng"

    def test_an_original_taken_down_meanwhile_says_what_to_do(
        self, seat, unit, editor, report, revision, boss
    ):
        waiting = workflow.submit(revision, by=editor.user)
        workflow.withdraw(report, by=boss, reason="Chờ số liệu")
        client = seat("approver", unit)

        refused = client.post(address("dang", waiting), seen(waiting))

        page = refused.content.decode()
        assert refused.status_code == 409
        assert "Bài gốc không còn đăng" in page
        assert "nhờ người duyệt đăng lại bài gốc, hoặc bỏ bản sửa" in page
        back = client.get(change(report)).content.decode()
        assert "Mở bản sửa" in back
        workflow.restore(stored(report), by=boss)
        assert client.post(address("dang", waiting), seen(waiting)).status_code == 302

    def test_an_original_changed_meanwhile_is_compared_before_going_on(
        self, seat, unit, editor, form, report, revision
    ):
        waiting = workflow.submit(revision, by=editor.user)
        newsroom = Newsroom.objects.create(unit=unit, one_step=True)
        changed = form(report, title="Tít sửa thẳng", _continue="1")
        assert editor.post(change(report), changed).status_code == 302
        newsroom.delete()
        approver = seat("approver", unit)

        refused = approver.post(address("dang", waiting), seen(waiting))
        assert refused.status_code == 409
        assert "Bài gốc đã đổi sau khi bản sửa này bắt đầu" in refused.content.decode()
        assert stored(report).title == "Tít sửa thẳng"

        back = workflow.return_to_author(waiting, by=approver.user, reason="Đối chiếu lại")
        assert editor.post(address("theo-ban-moi", back), seen(back)).url == change(back)
        again = workflow.submit(stored(back), by=editor.user)
        assert approver.post(address("dang", again), seen(again)).status_code == 302
        assert stored(report).title == "Tít đang đăng"

    def test_lists_and_the_start_page_mark_it(self, editor, report, revision):
        assert "bản sửa" in editor.get("/quan-tri/reports/report/").content.decode()
        tasks = {task["key"]: task for task in editor.get("/quan-tri/").context["tasks"]}
        assert (tasks["ban-sua"]["count"], tasks["nhap"]["count"]) == (1, 0)

    def test_its_page_costs_the_same_however_much_it_shows(self, editor, report):
        revision = workflow.revise(report, by=editor.user)

        def cost():
            editor.get(change(revision))
            with CaptureQueriesContext(connection) as queries:
                editor.get(reverse("admin:reports_report_preview", args=[revision.pk]))
                page = editor.get(change(revision))
            assert page.status_code == 200
            return len(queries)

        before = cost()
        FigureFactory.create_batch(4, report=revision)

        assert cost() == before


def test_a_withdrawn_report_comes_back_by_its_button(client, seat, unit):
    report = ReportFactory(unit=unit, withdrawn=True)
    approver = seat("approver", unit)
    assert client.get(report.get_absolute_url()).status_code == 410
    assert "Đăng lại" in approver.get(change(report)).content.decode()

    answer = approver.post(address("dang-lai", report), seen(report))

    assert answer.status_code == 302
    assert client.get(report.get_absolute_url()).status_code == 200
    assert stored(report).history.first().history_change_reason == "đăng lại"
