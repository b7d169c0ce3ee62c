"""The form in which a report is written: what it accepts, what it refuses, that nothing is lost."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from reports.models import Report, ReportStatus
from tests.factories import (
    EventFactory,
    NewsroomFactory,
    PersonFactory,
    ReportFactory,
    next_commune,
)
from tests.reports.admin.pages import ADD, change, errors_of

pytestmark = pytest.mark.django_db


class TestUnit:
    def test_a_new_report_begins_with_the_writers_unit_and_name(self, editor, unit):
        person = PersonFactory(user=editor.user, unit=unit)

        response = editor.get(ADD)

        assert response.context["adminform"].form["unit"].value() == unit.pk
        contributions = response.context["inline_admin_formsets"][0].formset
        assert contributions.forms[0]["person"].value() == person.pk

    def test_what_is_written_is_a_draft_of_the_writer(self, editor, unit, form):
        editor.post(ADD, form(unit=unit.pk, _continue="1"))

        report = Report.objects.get()
        assert (report.unit, report.status) == (unit, ReportStatus.DRAFT)
        assert report.created_by == editor.user
        assert report.history.first().history_user == editor.user
        assert not Report.objects.published().exists()

    def test_a_forged_unit_is_refused(self, editor, form):
        response = editor.post(ADD, form(unit=next_commune().pk))

        assert response.status_code == 200
        assert errors_of(response)["unit"] == [
            "Bạn không viết bài cho đơn vị này được. Hãy chọn đơn vị của bạn."
        ]
        assert not Report.objects.exists()

    def test_a_report_without_unit_or_title_says_the_cure_beside_the_field(self, editor, form):
        response = editor.post(ADD, form(title="", lead="Bà con góp công làm đường hoa."))

        assert errors_of(response) == {
            "title": ["Bài cần có tít. Ví dụ: Phú Hòa bắc xong ba cây cầu dân sinh"],
            "unit": ["Hãy chọn đơn vị đăng bài. Gõ vài chữ của tên, không cần dấu."],
        }
        page = response.content.decode()
        assert "Bà con góp công làm đường hoa." in page
        assert "Bà con góp công." in page

    def test_only_a_system_administrator_moves_a_report(self, editor, seat, unit, form):
        report = ReportFactory(unit=unit)
        elsewhere = next_commune()

        editor.post(change(report), form(report, unit=elsewhere.pk, _continue="1"))
        assert Report.objects.get().unit == unit

        seat("superuser", unit).post(
            change(report), form(Report.objects.get(), unit=elsewhere.pk, _continue="1")
        )
        assert Report.objects.get().unit == elsewhere

    def test_status_and_other_inner_fields_are_never_taken_from_a_form(self, editor, unit, form):
        forged = {
            "status": "published",
            "slug": "gia",
            "created_by": "1",
            "counting_on": "2020-01-01",
        }

        editor.post(ADD, form(unit=unit.pk, _continue="1", **forged))

        report = Report.objects.get()
        assert (report.status, report.created_by) == ("draft", editor.user)
        assert report.slug == "xa-ta-trong-xong-duong-hoa"
        assert report.counting_on is None

    def test_an_event_one_may_not_know_of_is_refused(self, editor, unit, form):
        hidden = EventFactory(unit=next_commune())
        public = EventFactory(unit=next_commune(), is_public=True)

        response = editor.post(ADD, form(unit=unit.pk, event=hidden.pk))
        assert "event" in errors_of(response)

        editor.post(ADD, form(unit=unit.pk, event=public.pk, _continue="1"))
        assert Report.objects.get().event == public


class TestDays:
    def test_a_period_is_chosen_by_name_in_either_convention(self, editor, unit, form):
        chosen = {"ky_part": "H1", "ky_year": "2026"}

        editor.post(ADD, form(unit=unit.pk, **chosen, ky_rule="15-14", _continue="1"))

        report = Report.objects.get()
        assert (report.period_start, report.period_end) == (date(2025, 12, 15), date(2026, 6, 14))

    @pytest.mark.parametrize("typed", ["02/07/2026", "2/7/2026", "2026-07-02", "02-07-2026"])
    def test_days_are_typed_the_vietnamese_way(self, editor, unit, form, typed):
        days = {"period_start": typed, "period_end": typed}

        editor.post(ADD, form(unit=unit.pk, **days, _continue="1"))

        assert Report.objects.get().period_start == date(2026, 7, 2)

    @pytest.mark.parametrize(
        ("typed", "complaint"),
        [
            ({"period_start": "31/02/2026", "period_end": "30/06/2026"}, "period_start"),
            ({"period_start": "30/06/2026", "period_end": "01/01/2026"}, "__all__"),
            ({"period_start": "30/06/2026"}, "__all__"),
            ({"ky_part": "H1", "ky_year": ""}, "ky_year"),
            ({"ky_part": "H1", "ky_year": "26"}, "ky_year"),
            ({"ky_part": "Q9", "ky_year": "2026"}, "ky_part"),
            (
                {"ky_part": "H1", "ky_year": "2026", "period_start": "01/02/2026",
                 "period_end": "30/06/2026"},
                "ky_part",
            ),
        ],
    )  # fmt: skip
    def test_days_that_cannot_be_are_refused_and_stay_in_the_form(
        self, editor, unit, form, typed, complaint
    ):
        response = editor.post(ADD, form(unit=unit.pk, **typed))

        assert list(errors_of(response)) == [complaint]
        for name, value in typed.items():
            assert response.context["adminform"].form[name].value() == value
        assert not Report.objects.exists()

    def test_a_moment_of_an_old_portal_cannot_lie_ahead(self, editor, unit, form):
        ahead = {"published_at_0": "01/01/2090", "published_at_1": "08:00"}

        response = editor.post(ADD, form(unit=unit.pk, **ahead))

        assert "Hẹn giờ đăng" in errors_of(response)["published_at"][0]


class TestButtons:
    def test_send_for_approval_saves_first(self, editor, unit, form):
        report = ReportFactory(unit=unit)

        response = editor.post(
            change(report), form(report, title="Tít cuối", **{"_gui-duyet": "1"})
        )

        stored = Report.objects.get()
        assert (response.status_code, response.url) == (302, "/quan-tri/")
        assert (stored.title, stored.status) == ("Tít cuối", ReportStatus.SUBMITTED)

    def test_publish_button_in_a_normal_newsroom_saves_and_says_no(self, editor, unit, form):
        response = editor.post(ADD, form(unit=unit.pk, _dang="1"), follow=True)

        assert Report.objects.get().status == ReportStatus.DRAFT
        assert "Đã lưu, nhưng chưa làm tiếp được" in response.content.decode()

    def test_one_step_newsroom_publishes_from_the_empty_form(self, editor, unit, form):
        NewsroomFactory(unit=unit)

        assert "Đăng ngay" in editor.get(ADD).content.decode()
        editor.post(ADD, form(unit=unit.pk, _dang="1"))

        assert Report.objects.published().get().title == "Xã ta trồng xong đường hoa"

    def test_scheduling_needs_an_hour_to_come_and_keeps_what_was_typed(self, editor, unit, form):
        NewsroomFactory(unit=unit)
        past = {"publish_on_0": "01/01/2020", "publish_on_1": "7:30"}
        to_come = {"publish_on_0": "01/01/2090", "publish_on_1": "7:30"}

        for typed in ({}, past, {"publish_on_0": "31/02/2026", "publish_on_1": "25:99"}):
            response = editor.post(ADD, form(unit=unit.pk, **typed, **{"_hen-gio": "1"}))
            assert list(errors_of(response)) == ["publish_on"]
            assert not Report.objects.exists()
            for value in typed.values():
                assert f'value="{value}"' in response.content.decode()
        editor.post(ADD, form(unit=unit.pk, **to_come, **{"_hen-gio": "1"}))

        report = Report.objects.get()
        assert report.is_scheduled()
        assert timezone.localtime(report.published_at).isoformat() == "2090-01-01T07:30:00+07:00"

    def test_publish_now_means_now_unless_an_old_portal_was_first(self, editor, unit, form):
        NewsroomFactory(unit=unit)
        old = {"published_at_0": "11/01/2020", "published_at_1": "01:53"}

        editor.post(ADD, form(unit=unit.pk, _dang="1", **old))

        at = timezone.localtime(Report.objects.get().published_at)
        assert at.isoformat() == "2020-01-11T01:53:00+07:00"

    def test_save_and_preview_opens_the_public_page_of_a_draft(self, editor, unit, form):
        report = ReportFactory(unit=unit)

        response = editor.post(
            change(report), form(report, title="Xem thử", **{"_xem-truoc": "1"}), follow=True
        )

        assert "Bản xem trước." in response.content.decode()
        assert f'<a href="{change(report)}">Quay lại bài</a>' in response.content.decode()
        assert "Xem thử" in response.content.decode()
        assert response.headers["Cache-Control"] == "no-store, private"


class TestText:
    def test_hostile_html_is_clean_before_the_editor_sees_it_again(self, editor, unit, form):
        body = "<p onclick=alert(1)>Chữ</p><script>alert(1)</script><img src=x onerror=alert(1)>"

        response = editor.post(ADD, form(title="", unit=unit.pk, body=body))
        assert response.context["adminform"].form["body"].value() == "<p>Chữ</p>"

        editor.post(ADD, form(unit=unit.pk, body=body, _continue="1"))
        assert Report.objects.get().body == "<p>Chữ</p>"

    def test_too_much_html_is_refused_with_the_cure_and_comes_back_as_letters(
        self, editor, unit, form
    ):
        body = "<b>" * 30_000

        response = editor.post(ADD, form(unit=unit.pk, body=body))

        assert len(errors_of(response)["body"]) == 1
        assert "django-ckeditor-widget" not in response.content.decode()
        assert not Report.objects.exists()


def test_a_scheduled_report_changes_its_hour(editor, seat, unit):
    report = ReportFactory(unit=unit, scheduled=True)
    address = reverse("admin:reports_report_doi-gio", args=[report.pk])

    seat("approver", unit).post(
        address, {"version": 1, "publish_on_0": "02/07/2090", "publish_on_1": "07:30"}
    )

    stored = Report.objects.get()
    assert timezone.localtime(stored.published_at).isoformat() == "2090-07-02T07:30:00+07:00"
    assert stored.history.first().history_change_reason == "đổi giờ đăng"
    assert timezone.now() < stored.published_at - timedelta(days=1)
