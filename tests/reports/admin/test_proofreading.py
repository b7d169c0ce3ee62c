"""The second editor at the back office: shown, ticked, mended, and never in anybody's way but the text's."""

import pytest
from django.urls import reverse

from reports.models import HeededFinding, Report, ReportStatus
from reports.proofreading.checking import check
from tests.factories import NewsroomFactory, PhotoFactory, ReportFactory, next_commune
from tests.reports.admin.pages import ADD, change

pytestmark = pytest.mark.django_db

SLIP = "Bà con xử dụng máy cày chung."


def live(report):
    return reverse("admin:reports_report_proofread", args=[report.pk])


def prints(response):
    return response.context["proof"]["prints"]


class TestPanel:
    def test_the_form_shows_findings_that_lead_to_their_fields(self, editor, unit):
        report = ReportFactory(unit=unit, lead=SLIP, title="null Xã ta làm đường")

        page = editor.get(change(report)).content.decode()

        assert "1 lỗi phải sửa" in page
        assert 'href="#id_lead" data-proof-field' in page
        assert "Sửa thành “sử dụng”" in page

    def test_a_clean_text_is_told_so(self, editor, unit):
        report = ReportFactory(unit=unit)

        assert "Không thấy gì phải sửa." in editor.get(change(report)).content.decode()

    def test_what_is_public_is_not_read_again(self, seat, unit):
        report = ReportFactory(unit=unit, published=True, lead=SLIP)

        page = seat("approver", unit).get(change(report))

        assert "proof" not in page.context

    def test_the_approver_sees_the_findings_and_who_has_read_them(self, editor, seat, unit, form):
        editor.user.first_name = "Trần Hữu Lộc"
        editor.user.save()
        report = ReportFactory(unit=unit, lead=SLIP, created_by=editor.user)
        ticked = prints(editor.get(change(report)))
        editor.post(change(report), form(report, **{"_gui-duyet": "1", "da-xem": ticked}))

        page = seat("approver", unit).get(change(report)).content.decode()

        assert "“xử dụng”: có lẽ là “sử dụng”." in page
        assert "Trần Hữu Lộc đã xem" in page
        assert 'name="_chua"' not in page


class TestSending:
    @pytest.fixture
    def report(self, editor, unit):
        return ReportFactory(unit=unit, lead=SLIP, created_by=editor.user)

    def test_unread_reminders_keep_a_text_at_home(self, editor, report, form):
        editor.post(change(report), form(report, **{"_gui-duyet": "1"}))

        assert Report.objects.get().status == ReportStatus.DRAFT
        page = editor.get(change(report)).content.decode()
        assert "còn 1 điều nhắc chưa xem" in page

    def test_a_tick_sends_it(self, editor, report, form):
        ticked = prints(editor.get(change(report)))

        editor.post(change(report), form(report, **{"_gui-duyet": "1", "da-xem": ticked}))

        assert Report.objects.get().status == ReportStatus.SUBMITTED
        assert HeededFinding.objects.get().by == editor.user

    def test_a_new_reminder_needs_a_new_tick(self, editor, report, form):
        ticked = prints(editor.get(change(report)))
        typed = form(
            report, lead=f"{SLIP} Tổ hổ trợ nhau.", **{"_gui-duyet": "1", "da-xem": ticked}
        )

        editor.post(change(report), typed)

        report = Report.objects.get()
        assert (report.status, report.lead) == (ReportStatus.DRAFT, f"{SLIP} Tổ hổ trợ nhau.")
        shown = editor.get(change(report)).context["proof"]
        assert (shown["reminders"], shown["unread"]) == (2, 1)

    def test_a_made_up_tick_ticks_nothing(self, editor, report, form):
        editor.post(change(report), form(report, **{"_gui-duyet": "1", "da-xem": "a" * 16}))

        assert Report.objects.get().status == ReportStatus.DRAFT
        assert not HeededFinding.objects.exists()

    def test_the_door_beside_the_form_asks_for_the_same_tick(self, editor, report):
        door = reverse("admin:reports_report_gui-duyet", args=[report.pk])

        refused = editor.post(door, {"version": report.version})
        assert refused.status_code == 400
        assert Report.objects.get().status == ReportStatus.DRAFT

        ticked = prints(editor.get(change(report)))
        editor.post(door, {"version": report.version, "da-xem": ticked})
        assert Report.objects.get().status == ReportStatus.SUBMITTED

    def test_what_must_be_mended_is_no_matter_of_ticks(self, editor, unit, form):
        report = ReportFactory(unit=unit, created_by=editor.user)
        PhotoFactory(report=report, caption="")
        door = reverse("admin:reports_report_gui-duyet", args=[report.pk])
        ticked = " ".join(each.fingerprint for each in check(report))

        refused = editor.post(door, {"version": report.version, "da-xem": ticked})

        assert refused.status_code == 400
        assert "Ảnh chưa có chú thích (Ảnh 1)" in refused.content.decode()
        assert Report.objects.get().status == ReportStatus.DRAFT

    def test_one_step_stops_at_what_must_be_mended_and_at_nothing_else(self, editor, unit, form):
        NewsroomFactory(unit=unit)
        report = ReportFactory(unit=unit, lead=SLIP, created_by=editor.user)
        photo = PhotoFactory(report=report)

        row = {"id": photo.pk, "caption": photo.caption, "order": 0, "focal_x": 50, "focal_y": 50}
        editor.post(change(report), form(report, _dang="1", rows={"photos": [row]}))
        assert Report.objects.get().status == ReportStatus.DRAFT

        row["credit_text"] = "TTXVN"
        report.refresh_from_db()
        editor.post(change(report), form(report, _dang="1", rows={"photos": [row]}))
        assert Report.objects.get().status == ReportStatus.PUBLISHED


class TestMending:
    def test_one_click_saves_what_is_typed_and_mends_it(self, editor, unit, form):
        report = ReportFactory(unit=unit, lead=SLIP)
        (finding,) = check(report)

        response = editor.post(
            change(report), form(report, title="Tít mới gõ", _chua=finding.fingerprint)
        )

        report = Report.objects.get()
        assert response.url == f"{change(report)}#kiem-bai"
        assert (report.title, report.lead) == ("Tít mới gõ", "Bà con sử dụng máy cày chung.")
        last = report.history.first()
        assert last.history_user == editor.user
        assert last.history_change_reason == "sửa theo lời nhắc: “xử dụng” → “sử dụng”"

    def test_a_slip_in_the_text_is_mended_without_touching_a_tag(self, editor, unit, form):
        body = '<p>Bà con <a href="/cũa/">cũa ấp</a>, cũa xã. Cũan.</p>'
        report = ReportFactory(unit=unit, body=body)
        finding = next(each for each in check(report) if each.rule == "chinh-ta")

        editor.post(change(report), form(report, _chua=finding.fingerprint))

        assert Report.objects.get().body == (
            '<p>Bà con <a href="/cũa/">của ấp</a>, của xã. Cũan.</p>'
        )

    def test_a_made_up_cure_changes_nothing(self, editor, unit, form):
        report = ReportFactory(unit=unit, lead=SLIP)

        editor.post(change(report), form(report, _chua="a" * 16))

        assert Report.objects.get().lead == SLIP

    def test_an_old_form_cures_nothing(self, editor, unit, form):
        report = ReportFactory(unit=unit, lead=SLIP)
        (finding,) = check(report)
        old = form(report, title="Tít của tôi", _chua=finding.fingerprint)
        report.title = "Tít của người khác"
        report.save()

        response = editor.post(change(report), old)

        assert response.status_code == 409
        assert Report.objects.get().lead == SLIP

    def test_who_may_not_edit_may_not_cure(self, seat, unit, form):
        report = ReportFactory(unit=unit, lead=SLIP, status=ReportStatus.SUBMITTED)
        (finding,) = check(report)

        seat("approver", unit).post(change(report), form(report, _chua=finding.fingerprint))

        assert Report.objects.get().lead == SLIP


class TestLive:
    def test_it_reads_what_is_typed_and_stores_nothing(self, editor, unit, form):
        report = ReportFactory(unit=unit)
        before = Report.objects.values().get()

        page = editor.post(live(report), form(report, lead=SLIP, body="<p>Các ngề.</p>"))

        said = page.content.decode()
        assert "“xử dụng”: có lẽ là “sử dụng”." in said
        assert "“ngề” không ghép được thành tiếng Việt." in said
        assert Report.objects.values().get() == before
        assert not HeededFinding.objects.exists()

    def test_it_reads_captions_as_they_are_typed(self, editor, unit, form):
        report = ReportFactory(unit=unit)
        photo = PhotoFactory(report=report, caption="")
        row = {"id": photo.pk, "caption": "Bà con hổ trợ nhau", "alt": "", "credit_text": "TTXVN"}

        said = editor.post(live(report), form(report, rows={"photos": [row]})).content.decode()

        assert "Ảnh chưa có chú thích" not in said
        assert "“hổ trợ”" in said

    def test_a_new_report_is_read_before_it_is_saved(self, editor, unit, form):
        url = reverse("admin:reports_report_proofread_new")

        said = editor.post(url, form(unit=unit.pk, title="null Làm đường")).content.decode()

        assert "1 lỗi phải sửa" in said
        assert not Report.objects.exists()
        assert (
            'data-proof="/quan-tri/reports/report/add/kiem-bai/"'
            in editor.get(ADD).content.decode()
        )

    @pytest.mark.parametrize("role", ["nobody", "approver", "desk", "unit_admin"])
    def test_it_is_for_those_who_write(self, seat, unit, role, form):
        report = ReportFactory(unit=unit)
        new = reverse("admin:reports_report_proofread_new")
        client = seat(role, unit)

        assert client.post(live(report), form(report)).status_code == 404
        assert client.post(new, form(unit=unit.pk)).status_code == 404

    def test_another_units_report_is_as_absent_as_none(self, editor, form):
        other = ReportFactory(unit=next_commune())
        absent = reverse("admin:reports_report_proofread", args=[other.pk + 1])

        there, nowhere = editor.post(live(other), form(other)), editor.post(absent, form(other))

        assert there.status_code == nowhere.status_code == 404
        assert there.content == nowhere.content

    def test_it_asks_politely_and_briefly(self, editor, unit, form):
        report = ReportFactory(unit=unit)

        assert editor.get(live(report)).status_code == 405
        assert editor.post(live(report), form(report, body="x" * 600_000)).status_code == 413

    @pytest.mark.parametrize(
        "odd",
        [
            {"event": "abc"}, {"event": "999999999"}, {"period_start": "hôm qua"}, {"title": "\x00"},
            {"photos-TOTAL_FORMS": "9" * 50}, {"photos-TOTAL_FORMS": "-1"}, {"body": "<p>" * 40},
        ],
    )  # fmt: skip
    def test_nonsense_is_no_error(self, editor, unit, form, odd):
        report = ReportFactory(unit=unit)

        assert editor.post(live(report), form(report) | odd).status_code in (200, 400)
