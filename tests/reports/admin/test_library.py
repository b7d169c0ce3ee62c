"""Kho ảnh: photos used again – only those a person may see, never more public than their reports."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from reports.models import BodyPicture, Photo, Report
from reports.photos import check_picture
from tests.factories import (
    ContributionFactory,
    EventFactory,
    PersonFactory,
    PhotoFactory,
    ReportFactory,
    next_commune,
)
from tests.reports.admin.pages import ADD, change, file
from tests.reports.test_pictures import jpeg

pytestmark = pytest.mark.django_db

LIBRARY = "/quan-tri/anh/"
PHOTOS_FIRST = "/quan-tri/them-anh/"


@pytest.fixture(scope="module")
def checked():
    return check_picture(jpeg(64, 48))


def stored(checked, **fields):
    photo = PhotoFactory.build(**fields)
    checked.store(photo)
    photo.save()
    return photo


def shown(client, **asked):
    return [photo.token for photo in client.get(LIBRARY, asked).context["photos"]]


class TestLooking:
    def test_the_library_holds_each_picture_once_the_last_added_first(self, editor, unit):
        first = PhotoFactory(report=ReportFactory(unit=unit))
        second = PhotoFactory(report=first.report)
        PhotoFactory(report=ReportFactory(unit=unit), token=first.token)

        assert shown(editor) == [first.token, second.token]

    def test_photos_of_reports_one_may_not_open_are_not_there(self, seat, unit):
        own = PhotoFactory(report=ReportFactory(unit=unit))
        PhotoFactory(report=ReportFactory(unit=next_commune(), published=True))

        assert shown(seat("editor", unit)) == [own.token]
        assert shown(seat("contributor", unit)) == []
        assert shown(seat("approver", unit)) == []
        assert len(shown(seat("superuser", unit))) == 2

    def test_whoever_works_nowhere_and_strangers_see_no_library(self, seat, unit):
        assert seat("nobody", unit).get(LIBRARY).status_code == 403
        assert Client().get(LIBRARY).status_code == 302

    @pytest.mark.parametrize(
        "words", ["cay cau", "thanh xuan", "duong hoa", "ttxvn", "cây cầu", "đường hoa"]
    )
    def test_words_without_marks_find_captions_names_and_titles(self, editor, unit, words):
        report = ReportFactory(unit=unit, title="Ấp Mỹ An làm đường hoa")
        found = PhotoFactory(
            report=report,
            caption="Cây cầu mới",
            credit=PersonFactory(name="Thanh Xuân"),
            credit_text="TTXVN",
        )
        PhotoFactory(report=ReportFactory(unit=unit, title="Khác"), caption="Hội nghị")

        assert shown(editor, q=words) == [found.token]

    def test_a_period_narrows_and_nonsense_is_named(self, editor, unit):
        july, june = (
            PhotoFactory(
                report=ReportFactory(
                    unit=unit, event=EventFactory(event_on=timezone.datetime(2026, month, 2).date())
                )
            )
            for month in (7, 6)
        )

        assert shown(editor, ky="2026-07") == [july.token]
        assert shown(editor, ky="2026-Q2") == [june.token]
        answer = editor.get(LIBRARY, {"ky": "hôm qua"})
        assert len(answer.context["photos"]) == 2
        assert answer.context["note"] != ""

    def test_twenty_four_stand_on_a_page(self, editor, unit):
        report = ReportFactory(unit=unit)
        photos = [PhotoFactory(report=report, order=order) for order in range(25)]

        assert shown(editor) == [photo.token for photo in reversed(photos[1:])]
        assert shown(editor, trang=2) == [photos[0].token]

    @pytest.mark.parametrize("count", [1, 5])
    def test_the_page_costs_the_same_however_many(
        self, editor, unit, count, django_assert_num_queries
    ):
        for _ in range(count):
            PhotoFactory(report=ReportFactory(unit=unit), credit=PersonFactory())
        editor.get(LIBRARY)

        with django_assert_num_queries(EXPECTED_QUERIES):
            editor.get(LIBRARY)

    def test_each_photo_leads_to_its_reports_and_its_original(self, editor, unit):
        photo = PhotoFactory(report=ReportFactory(unit=unit))
        other = PhotoFactory(report=ReportFactory(unit=unit), token=photo.token).report
        hidden = PhotoFactory(
            report=ReportFactory(unit=next_commune(), published=True), token=photo.token
        ).report

        html = editor.get(LIBRARY).content.decode()

        links = set(re.findall(r'href="(/quan-tri/reports/report/\d+/change/)"', html))
        assert links == {change(photo.report), change(other)}
        assert change(hidden) not in html
        assert f'href="{photo.original}?tai-ve"' in html


EXPECTED_QUERIES = 9


class TestTakingAgain:
    def test_ticked_photos_come_into_a_draft_with_their_words(self, editor, unit, checked):
        source = stored(
            checked, report=ReportFactory(unit=unit, published=True), caption="Cầu mới",
            alt="Bảy người trên cầu", credit=PersonFactory(), focal_x=20,
        )  # fmt: skip
        draft = ReportFactory(unit=unit)
        before = draft.version

        answer = editor.post(LIBRARY, {"bai": draft.pk, "anh": [source.token, "0" * 32]})

        assert answer.url == change(draft)
        again = draft.photos.get()
        assert (again.token, again.caption, again.alt, again.credit, again.focal_x) == (
            source.token, "Cầu mới", "Bảy người trên cầu", source.credit, 20,
        )  # fmt: skip
        draft.refresh_from_db()
        assert (draft.version, draft.status) == (before + 1, "draft")

    def test_a_photo_the_report_has_comes_no_second_time(self, editor, unit):
        draft = ReportFactory(unit=unit)
        photo = PhotoFactory(report=draft)

        editor.post(LIBRARY, {"bai": draft.pk, "anh": [photo.token]})

        assert draft.photos.get() == photo

    def test_forged_tokens_and_foreign_reports_change_nothing(self, editor, unit):
        secret = PhotoFactory(report=ReportFactory(unit=next_commune()))
        waiting = BodyPicture.objects.create(width=64, height=48)
        draft = ReportFactory(unit=unit)
        foreign = ReportFactory(unit=next_commune())
        mine = PhotoFactory(report=ReportFactory(unit=unit))
        submitted = ReportFactory(unit=unit, status="submitted")

        editor.post(LIBRARY, {"bai": draft.pk, "anh": [secret.token, waiting.token, "x" * 500]})
        for key in (foreign.pk, submitted.pk, 999_999, "", "x", "٣"):
            assert editor.post(LIBRARY, {"bai": key, "anh": [mine.token]}).status_code == 404

        assert Photo.objects.count() == 2

    def test_looking_changes_nothing_and_posting_needs_the_token(self, editor, unit):
        draft, photo = ReportFactory(unit=unit), PhotoFactory(report=ReportFactory(unit=unit))
        strict = Client(enforce_csrf_checks=True)
        strict.force_login(editor.user)
        taken = {"bai": draft.pk, "anh": [photo.token]}

        assert editor.get(LIBRARY, taken).status_code == 200
        assert strict.post(LIBRARY, taken).status_code == 403

        assert not draft.photos.exists()

    def test_a_row_of_a_new_report_takes_a_photo_by_its_token(self, editor, unit, form, checked):
        source = stored(checked, report=ReportFactory(unit=unit))
        line = {"kept": source.token, "caption": "Cầu mới"}

        editor.post(ADD, form(unit=unit.pk, rows={"photos": [line]}, _continue="1"))

        report = Report.objects.exclude(pk=source.report_id).get()
        assert report.photos.get().token == source.token
        assert Photo.objects.filter(pk=source.pk).exists()

    def test_a_row_takes_no_photo_of_a_report_one_may_not_open(self, editor, unit, form):
        secret = PhotoFactory(report=ReportFactory(unit=next_commune()))
        line = {"kept": secret.token, "caption": "Lấy trộm"}

        answer = editor.post(ADD, form(unit=unit.pk, rows={"photos": [line]}))

        assert answer.status_code == 200
        assert Report.objects.count() == 1

    def test_the_same_photo_in_two_rows_is_refused_in_words(self, editor, unit, form):
        source = PhotoFactory(report=ReportFactory(unit=unit))
        line = {"kept": source.token, "caption": "Cầu mới"}

        answer = editor.post(ADD, form(unit=unit.pk, rows={"photos": [line, line]}))

        assert "Bài đã có ảnh này. Hãy bỏ dòng này." in answer.content.decode()
        assert Report.objects.count() == 1


class TestPublicOnlyThroughAReport:
    def test_withdrawing_one_report_leaves_the_photo_public_through_the_other(
        self, client, unit, checked
    ):
        first, second = (ReportFactory(unit=unit, published=True) for _ in range(2))
        photo = stored(checked, report=first)
        PhotoFactory(report=second, token=photo.token, width=64, height=48)

        def opens():
            answer = client.get(photo.url("64.jpg"))
            answer.close()
            return answer.status_code == 200

        def withdraw(report):
            report.status = "withdrawn"
            report.withdrawn_at, report.withdrawn_reason = timezone.now(), "Trùng bài"
            report.save()

        assert opens()
        withdraw(first)
        assert opens()
        withdraw(second)
        assert not opens()

    def test_a_draft_that_takes_a_photo_makes_nothing_public(self, client, editor, unit, checked):
        photo = stored(checked, report=ReportFactory(unit=unit))
        draft = ReportFactory(unit=unit)
        editor.post(LIBRARY, {"bai": draft.pk, "anh": [photo.token]})

        assert client.get(photo.url("64.jpg")).status_code == 404


class TestNameOnDisk:
    def test_an_original_has_a_name_that_says_whose_it_is(self, client, registry, checked):
        commune = next_commune()
        report = ReportFactory(
            unit=commune,
            event=EventFactory(event_on=timezone.datetime(2026, 7, 2).date()),
            published=True,
        )
        photo = stored(checked, report=report, order=2)

        answer = client.get(f"{photo.original}?tai-ve")
        answer.close()
        said = answer.headers["Content-Disposition"]

        assert re.fullmatch(r'attachment; filename="2026-07-02_[a-z0-9-]+_03\.jpg"', said), said
        assert not re.search(r"_(xa|phuong|dac-khu)-", said)
        inline = client.get(photo.original)
        inline.close()
        assert inline.headers["Content-Disposition"] == said.replace("attachment", "inline")

    def test_a_name_tells_a_reader_nothing_of_a_draft(self, client, unit, checked):
        public = ReportFactory(
            unit=unit, published=True, published_at=timezone.now() - timedelta(days=400)
        )
        photo = stored(checked, report=public)
        PhotoFactory(
            report=ReportFactory(unit=next_commune(), title="Bí mật"), token=photo.token, order=7
        )

        answer = client.get(photo.original)
        answer.close()

        day = timezone.localdate(public.published_at).isoformat()
        assert answer.headers["Content-Disposition"].startswith(f'inline; filename="{day}_')
        assert answer.headers["Content-Disposition"].endswith('_01.jpg"')


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
