"""What is typed outlives the tab, the network and the session; who has a form open is seen by the next."""

import json
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from reports import editing, workflow
from reports.models import EditLock, Photo, Report, TypedText
from tests.factories import (
    ContributionFactory,
    PersonFactory,
    PhotoFactory,
    ReportFactory,
    next_commune,
)
from tests.reports.admin.pages import ADD, change, file, rows_of, sent_by
from tests.reports.test_pictures import jpeg

pytestmark = pytest.mark.django_db
KEY = "a" * 32
ADD_KEEP = reverse("admin:reports_report_keep_new")


@pytest.fixture
def other(seat, unit):
    return seat("editor", unit)


def door(name, report):
    return reverse(f"admin:reports_report_{name}", args=[report.pk])


def drawn(response):
    return response.context["adminform"].form


class TestKeeping:
    def test_what_was_typed_comes_back_whole_and_nothing_is_saved(self, editor, unit, form):
        report = ReportFactory(unit=unit, title="Tít gốc")
        PhotoFactory(report=report, caption="Cũ")
        row = {**rows_of(report, "photos")["photos"][0], "caption": "Chú thích gõ dở"}
        new = {"role": "author", "person": PersonFactory().pk, "place": 1, "signed_as": "M.N"}
        typed = form(
            report, title="Tít gõ dở", body="<p>Gõ <b onclick=x>dở</b></p>",
            rows={"photos": [row], "contributions": [new]}, publish_on_0="31/02",
        )  # fmt: skip

        answer = editor.post(door("keep", report), typed).json()
        assert answer["trouble"] == ""
        assert len(answer["kept"]) == len("14:05")

        page = editor.get(change(report))
        assert page.context["unsaved"].user == editor.user
        assert drawn(page)["title"].value() == "Tít gốc"
        again = editor.get(change(report), {"lay-lai": "1"})

        assert drawn(again)["title"].value() == "Tít gõ dở"
        assert drawn(again)["body"].value() == "<p>Gõ <strong>dở</strong></p>"
        html = again.content.decode()
        for words in ("Chú thích gõ dở", "M.N", "chưa lưu"):
            assert words in html, words
        assert (Report.objects.get().title, Report.objects.get().version) == ("Tít gốc", 1)
        assert Photo.objects.get().caption == "Cũ"

    def test_photos_that_wait_come_back_too(self, editor, unit, form):
        report = ReportFactory(unit=unit)
        refused = editor.post(
            change(report), form(report, title="", new_photos=file("a.jpg", jpeg()))
        )
        (waiting,) = refused.context["waiting_photos"]

        editor.post(door("keep", report), form(report, title="", kept_photos=waiting.token))
        again = editor.get(change(report), {"lay-lai": "1"})

        assert again.context["waiting_photos"] == [waiting]

    def test_saving_forgets_what_was_kept(self, editor, unit, form):
        report = ReportFactory(unit=unit)
        typed = form(report, title="Tít mới", _continue="1")
        editor.post(door("keep", report), typed)

        editor.post(change(report), typed)

        assert not TypedText.objects.exists()
        assert editor.get(change(report)).context["unsaved"] is None

    def test_what_is_stored_anyway_is_not_offered(self, editor, unit, form):
        report = ReportFactory(unit=unit)
        editor.post(door("keep", report), form(report))

        assert editor.get(change(report)).context["unsaved"] is None

    def test_a_new_reports_words_are_kept_under_its_forms_key(self, editor, unit, form):
        typed = form(unit=unit.pk, title="Bài viết dở", once_key=KEY)
        assert editor.post(ADD_KEEP, typed).json()["kept"]

        page = editor.get(ADD)
        assert f"?lay-lai={KEY}" in page.content.decode()
        again = editor.get(ADD, {"lay-lai": KEY})
        assert drawn(again)["title"].value() == "Bài viết dở"
        assert drawn(again)["once_key"].value() == KEY
        assert not Report.objects.exists()

        editor.post(ADD, typed | {"_continue": "1"})
        assert Report.objects.get().title == "Bài viết dở"
        assert not TypedText.objects.exists()

    def test_dropping_is_a_deed_of_its_own(self, editor, unit, form):
        report = ReportFactory(unit=unit)
        editor.post(door("keep", report), form(report, title="Bỏ đi"))
        editor.post(ADD_KEEP, form(unit=unit.pk, once_key=KEY))

        assert editor.get(door("drop", report)).status_code == 405
        editor.post(door("drop", report))
        editor.post(reverse("admin:reports_report_drop_new"), {"once_key": KEY})

        assert not TypedText.objects.exists()

    def test_words_typed_against_an_older_version_meet_both_texts_when_saved(
        self, editor, other, unit, form
    ):
        report = ReportFactory(unit=unit, title="Tít gốc")
        PhotoFactory(report=report, caption="Ảnh")
        rows = rows_of(report, "photos")
        editor.post(door("keep", report), form(report, title="Tít của tôi", rows=rows))
        gone = {"photos": [{**rows["photos"][0], "DELETE": "on"}]}
        other.post(change(report), form(report, title="Tít của bạn", rows=gone, _continue="1"))

        again = drawn(editor.get(change(report), {"lay-lai": "1"}))
        assert again["title"].value() == "Tít của tôi"
        response = editor.post(
            change(report), form(report, title="Tít của tôi", version=again["version"].value())
        )
        assert response.status_code == 409
        assert Report.objects.get().title == "Tít của bạn"
        editor.post(change(report), sent_by(response, "tôi"))
        assert Report.objects.get().title == "Tít của tôi"

    def test_words_of_others_are_not_there(self, editor, other, unit, form):
        report = ReportFactory(unit=unit)
        editor.post(door("keep", report), form(report, title="Chữ riêng"))
        editor.post(ADD_KEEP, form(unit=unit.pk, title="Chữ riêng", once_key=KEY))

        for address, data in (
            (change(report), {"lay-lai": "1", "xem": ""}),
            (change(report), {"lay-lai": "1"}),
            (ADD, {"lay-lai": KEY}),
            (ADD, {}),
        ):
            assert "Chữ riêng" not in other.get(address, data).content.decode(), address
        other.post(door("drop", report))
        other.post(reverse("admin:reports_report_drop_new"), {"once_key": KEY})
        assert TypedText.objects.count() == 2

    @pytest.mark.parametrize("role", ["approver", "desk", "unit_admin", "nobody"])
    def test_who_does_not_write_here_finds_no_door(self, seat, unit, form, role):
        browser = seat(role, unit)
        report = ReportFactory(unit=unit, published=True)

        for name in ("keep", "drop", "take_over"):
            assert browser.post(door(name, report), form(report)).status_code == 404
        browser.post(ADD_KEEP, form(unit=unit.pk, once_key=KEY))
        assert not TypedText.objects.exists()
        assert not EditLock.objects.exists()

    def test_reports_of_other_units_are_not_found(self, editor, form):
        foreign = ReportFactory(unit=next_commune())
        for name in ("keep", "drop", "take_over"):
            assert editor.post(door(name, foreign), form(foreign)).status_code == 404
        assert not TypedText.objects.exists()

    def test_too_much_and_odd_letters_are_no_error(self, editor, unit, form):
        report = ReportFactory(unit=unit)

        much = editor.post(door("keep", report), form(report, body="a" * 1_100_000))
        assert (much.status_code, much.json()["kept"]) == (200, "")
        assert "Lưu nháp" in much.json()["trouble"]
        odd = editor.post(
            door("keep", report),
            form(report, title="a\x00b\ud800".encode("utf-8", "replace").decode()),
        )
        assert odd.json()["kept"]
        assert editor.get(change(report), {"lay-lai": "1"}).status_code == 200

    def test_words_a_report_sent_off_cannot_take_any_more_are_kept_all_the_same(
        self, editor, other, unit, form
    ):
        report = ReportFactory(unit=unit)
        workflow.submit(report, by=other.user)

        answer = editor.post(door("keep", report), form(report, title="Gõ dở")).json()

        assert answer["kept"]
        assert "Chờ duyệt" in answer["trouble"]
        assert not EditLock.objects.exists()

    def test_no_token_no_file_and_no_button_is_kept(self, editor, unit, form):
        report = ReportFactory(unit=unit)
        typed = form(
            report, csrfmiddlewaretoken="bi-mat", _dang="1", new_photos=file("a.jpg", b"x")
        )

        editor.post(door("keep", report), typed)

        names = {name for name, _ in json.loads(TypedText.objects.get().payload)}
        assert not names & {"csrfmiddlewaretoken", "_dang", "new_photos"}

    def test_after_thirty_days_words_go(self, editor, unit, form):
        old, new = ReportFactory(unit=unit), ReportFactory(unit=unit)
        editor.post(door("keep", old), form(old))
        TypedText.objects.update(saved_at=timezone.now() - timedelta(days=31))

        editor.post(door("keep", new), form(new))

        assert TypedText.objects.get().report == new

    def test_the_session_is_asked_for_before_a_form_is_sent(self, editor):
        address = reverse("admin:reports_report_session")

        answer = editor.get(address).json()
        assert answer["user"] == editor.user.pk
        assert answer["token"]
        away = Client().get(address)
        assert (away.status_code, away.url.startswith("/quan-tri/login/")) == (302, True)


class TestLock:
    def test_opening_the_form_by_get_takes_nothing(self, editor, unit):
        report = ReportFactory(unit=unit)

        editor.get(change(report))

        assert not EditLock.objects.exists()

    def test_the_second_person_sees_who_is_writing_and_chooses(self, editor, other, unit):
        editor.user.first_name = "Nguyễn Thị Sáu"
        editor.user.save()
        report = ReportFactory(unit=unit)
        editor.post(door("keep", report))

        page = other.get(change(report)).content.decode()
        for words in ("Nguyễn Thị Sáu đang sửa bài này", "Chỉ xem", "Giành quyền sửa"):
            assert words in page, words
        assert "report_form" not in page
        assert "report_form" not in other.get(change(report), {"xem": "1"}).content.decode()
        assert EditLock.objects.get().user == editor.user

    def test_who_lost_the_lock_is_told_and_keeps_the_words(self, editor, other, unit, form):
        other.user.first_name = "Trần Văn Bảy"
        other.user.save()
        report = ReportFactory(unit=unit)
        editor.post(door("keep", report))

        assert other.get(door("take_over", report)).status_code == 405
        assert other.post(door("take_over", report)).url == change(report)
        assert "report_form" in other.get(change(report)).content.decode()
        answer = editor.post(door("keep", report), form(report, title="Gõ dở")).json()

        assert "Trần Văn Bảy đã giành quyền sửa lúc " in answer["trouble"]
        assert answer["kept"]
        assert TypedText.objects.get().user == editor.user
        assert EditLock.objects.get().user == other.user

    def test_after_two_minutes_of_silence_the_form_is_free(self, editor, other, unit):
        report = ReportFactory(unit=unit)
        editor.post(door("keep", report))
        EditLock.objects.update(seen_at=timezone.now() - timedelta(minutes=2, seconds=1))

        assert "report_form" in other.get(change(report)).content.decode()
        assert other.post(door("keep", report)).json()["trouble"] == ""
        assert EditLock.objects.get().user == other.user

    def test_saving_gives_the_lock_back(self, editor, unit, form):
        report = ReportFactory(unit=unit)
        editor.post(door("keep", report))

        editor.post(change(report), form(report, _continue="1"))

        assert not EditLock.objects.exists()

    def test_the_lock_is_a_courtesy_and_the_version_decides(self, editor, other, unit, form):
        report = ReportFactory(unit=unit, title="Tít gốc")
        editor.post(door("keep", report))
        other.post(door("take_over", report))

        editor.post(change(report), form(report, title="Tít của tôi", _continue="1"))
        late = other.post(change(report), form(report, title="Tít của bạn", _continue="1"))

        assert Report.objects.get().title == "Tít của tôi"
        assert late.status_code == 409

    def test_my_own_second_tab_is_no_second_person(self, editor, unit):
        report = ReportFactory(unit=unit)
        editor.post(door("keep", report))

        assert "report_form" in editor.get(change(report)).content.decode()

    def test_taking_over_says_nothing_where_nothing_can_be_saved(self, editor, unit):
        report = ReportFactory(unit=unit, published=True)

        editor.post(door("take_over", report))

        assert not EditLock.objects.exists()


def test_kept_words_of_two_tabs_at_once_are_one_row(editor, unit, form):
    report = ReportFactory(unit=unit)
    ContributionFactory(report=report)
    now = timezone.now()
    for title in ("Một", "Hai"):
        data = Client().request().wsgi_request.POST.copy()
        data["title"] = title
        editing.keep_typed(data, by=editor.user, now=now, report=report, base_version=1)

    assert editing.payload_of(TypedText.objects.get())["title"] == "Hai"
