"""Photos before their report, and their rows in its form: credited, described, never guessed at."""

import re
from time import sleep

import pytest

from reports.models import BodyPicture, Photo, Report
from reports.photos import CheckedPicture
from tests.factories import (
    ContributionFactory,
    PersonFactory,
    PhotoFactory,
    ReportFactory,
    next_commune,
)
from tests.reports.admin.pages import ADD, change, file
from tests.reports.test_pictures import jpeg

pytestmark = pytest.mark.django_db

PHOTOS_FIRST = "/quan-tri/them-anh/"
SMALL = CheckedPicture(64, 48, {"goc.jpg": b"x", "64.jpg": b"x", "64.webp": b"x"})


class TestPhotosFirst:
    def test_photos_first_then_the_form_of_a_photo_report_with_them(self, editor, form, unit):
        files = [file("một.jpg", jpeg(64, 48)), file("hai.jpg", jpeg(48, 64))]

        answer = editor.post(PHOTOS_FIRST, {"new_photos": files})

        page = editor.get(answer.url)
        rows = page.context["inline_admin_formsets"][1].formset
        assert [row["kept"].value() for row in rows.forms] == [
            picture.token for picture in BodyPicture.objects.order_by("pk")
        ]
        assert page.context["adminform"].form["genre"].value() == "tin-anh"
        assert not Report.objects.exists()

        lines = [{"kept": row["kept"].value(), "caption": "Bà con"} for row in rows.forms]
        editor.post(ADD, form(unit=unit.pk, rows={"photos": lines}, _continue="1"))
        assert [photo.width for photo in Report.objects.get().photos.all()] == [64, 48]
        assert Report.objects.get().status == "draft"

    def test_what_came_up_before_goes_along(self, editor):
        up = editor.post("/quan-tri/anh-noi-dung/", {"upload": file("a.jpg", jpeg(64, 48))}).json()

        answer = editor.post(
            PHOTOS_FIRST, {"anh": [up["token"]], "new_photos": [file("b.jpg", jpeg(48, 64))]}
        )

        rows = editor.get(answer.url).context["inline_admin_formsets"][1].formset.forms
        assert [row.preview.width for row in rows] == [64, 48]

    def test_a_bad_file_is_named_and_the_good_one_stays(self, editor):
        files = [file("tốt.jpg", jpeg(64, 48)), file("giả.jpg", b"<html></html>")]

        answer = editor.post(PHOTOS_FIRST, {"new_photos": files})

        assert answer.status_code == 400
        assert "giả.jpg: Tệp này không phải là ảnh" in answer.content.decode()
        assert [one.token for one in answer.context["waiting"]] == [BodyPicture.objects.get().token]

    def test_what_there_was_no_time_for_is_named_and_the_rest_stays(self, editor, monkeypatch):
        def slowly(upload):
            sleep(0.2)
            return SMALL

        monkeypatch.setattr("reports.photos.check_picture", slowly)
        monkeypatch.setattr("reports.photos.MOST_SECONDS", 0.1)
        files = [file("một.jpg", jpeg(64, 48)), file("hai.jpg", jpeg(48, 64))]

        answer = editor.post(PHOTOS_FIRST, {"new_photos": files})

        assert "hai.jpg: chưa kịp nhận." in answer.content.decode()
        assert len(answer.context["waiting"]) == 1

    def test_nothing_chosen_is_said(self, editor):
        answer = editor.post(PHOTOS_FIRST, {})

        assert answer.status_code == 400
        assert "Hãy chọn ít nhất một ảnh." in answer.content.decode()

    def test_an_address_with_tokens_of_others_begins_with_nothing(self, editor, seat, unit):
        other = seat("editor", unit)
        up = other.post("/quan-tri/anh-noi-dung/", {"upload": file("a.jpg", jpeg(64, 48))}).json()
        secret = PhotoFactory(report=ReportFactory(unit=next_commune()))

        page = editor.get(ADD, {"anh": f"{up['token']} {secret.token} x"})

        assert page.context["inline_admin_formsets"][1].formset.forms == []

    @pytest.mark.parametrize("role", ["approver", "unit_admin", "desk", "nobody"])
    def test_only_who_may_write_may_begin(self, seat, unit, role):
        assert seat(role, unit).get(PHOTOS_FIRST).status_code == 403


class TestCredit:
    @pytest.fixture
    def photographer(self):
        return PersonFactory(name="Thanh Xuân")

    def lines(self, *people):
        return [
            {"role": role, "person": person.pk, "place": place}
            for place, (role, person) in enumerate(people, 1)
        ]

    def test_new_photos_are_credited_to_the_bylines_only_photographer(
        self, editor, unit, form, photographer
    ):
        people = self.lines(("author", PersonFactory()), ("photographer", photographer))
        rows = {"contributions": people, "photos": [{"upload": file("a.jpg", jpeg(64, 48))}]}

        editor.post(
            ADD,
            form(unit=unit.pk, rows=rows, new_photos=[file("b.jpg", jpeg(48, 64))], _continue="1"),
        )

        assert [photo.credit for photo in Photo.objects.all()] == [photographer, photographer]

    def test_of_two_photographers_none_is_guessed(self, editor, unit, form, photographer):
        people = self.lines(("photographer", photographer), ("photographer", PersonFactory()))
        rows = {"contributions": people, "photos": [{"upload": file("a.jpg", jpeg(64, 48))}]}

        editor.post(ADD, form(unit=unit.pk, rows=rows, _continue="1"))

        assert Photo.objects.get().credit is None

    def test_what_is_written_stays(self, editor, unit, form, photographer):
        line = {"upload": file("a.jpg", jpeg(64, 48)), "credit_text": "TTXVN"}
        rows = {
            "contributions": self.lines(("photographer", photographer)),
            "photos": [line],
        }

        editor.post(ADD, form(unit=unit.pk, rows=rows, _continue="1"))

        photo = Photo.objects.get()
        assert (photo.credit, photo.credit_text) == (None, "TTXVN")

    def test_stored_photos_are_left_alone(self, editor, unit, form, photographer):
        photo = PhotoFactory(report=ReportFactory(unit=unit))
        ContributionFactory(report=photo.report, person=photographer, role="photographer")
        lines = [{"id": photo.pk, "caption": "Chú thích mới", "place": 1}]

        editor.post(change(photo.report), form(photo.report, rows={"photos": lines}, _continue="1"))

        photo.refresh_from_db()
        assert (photo.caption, photo.credit) == ("Chú thích mới", None)


class TestWords:
    def test_a_description_that_says_nothing_is_refused_at_its_field(self, editor, unit, form):
        line = {"upload": file("a.jpg", jpeg(64, 48)), "caption": "Cầu mới", "alt": "IMG_1234.jpg"}

        answer = editor.post(ADD, form(unit=unit.pk, rows={"photos": [line]}))

        errors = answer.context["inline_admin_formsets"][1].formset.errors
        assert list(errors[0]) == ["alt"]
        assert "là tên tệp" in errors[0]["alt"][0]
        assert not Report.objects.exists()

    def test_the_title_over_again_is_refused(self, editor, unit, form):
        line = {"upload": file("a.jpg", jpeg(64, 48)), "alt": "Xã ta trồng xong đường hoa"}

        answer = editor.post(
            ADD, form(unit=unit.pk, title="Xã ta trồng xong đường hoa", rows={"photos": [line]})
        )

        assert "lặp lại tít" in answer.content.decode()

    def test_an_old_bad_description_does_not_stop_a_mended_title(self, editor, unit, form):
        photo = PhotoFactory(report=ReportFactory(unit=unit), alt="Responsive image")
        line = {"id": photo.pk, "caption": photo.caption, "alt": photo.alt, "place": 1}

        editor.post(
            change(photo.report),
            form(photo.report, title="Tít mới", rows={"photos": [line]}, _continue="1"),
        )

        assert Report.objects.get().title == "Tít mới"

    def test_a_row_says_at_its_top_what_it_lacks(self, editor, unit):
        report = ReportFactory(unit=unit)
        PhotoFactory(report=report, caption="", order=0)
        PhotoFactory(report=report, credit_text="TTXVN", alt="Bảy người trên cầu", order=1)

        html = editor.get(change(report)).content.decode()

        assert re.findall(r"data-lacks( hidden)?>([^<]*)<", html) == [
            ("", "Còn thiếu: chú thích, người chụp, mô tả"),
            (" hidden", ""),
            (" hidden", ""),  # the empty row that new ones are made of
        ]

    def test_a_refused_file_is_named(self, editor, unit, form):
        line = {"upload": file("IMG_7.heic", b"\0\0\0\x18ftypheic" + b"\0" * 64)}

        answer = editor.post(ADD, form(unit=unit.pk, rows={"photos": [line]}))

        errors = answer.context["inline_admin_formsets"][1].formset.errors[0]
        assert errors["upload"][0].startswith("IMG_7.heic: Đây là ảnh HEIC của iPhone.")
        assert "Cài đặt" in errors["upload"][0]
