"""Two people, one text: no save over somebody else's, and nothing typed or uploaded is lost."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from reports import versions, workflow
from reports.models import (
    Contribution,
    Figure,
    Photo,
    Report,
    StaleReport,
    TypedText,
)
from tests.factories import (
    ContributionFactory,
    FigureFactory,
    PersonFactory,
    PhotoFactory,
    ReportFactory,
    TopicFactory,
    next_commune,
)
from tests.reports.admin.pages import change, file, rows_of, sent_by
from tests.reports.test_pictures import jpeg

pytestmark = pytest.mark.django_db


@pytest.fixture
def other(seat, unit):
    return seat("editor", unit)


class TestDeleting:
    def deleted(self, client, report, version):
        """Whether the report has gone, and what the next page says."""
        door = reverse("admin:reports_report_delete", args=[report.pk])
        page = client.post(door, {"post": "yes", "version": version}, follow=True)
        return not Report.objects.filter(pk=report.pk).exists(), page.content.decode()

    def test_what_was_saved_since_the_question_is_not_deleted_unseen(
        self, editor, other, unit, form
    ):
        report = ReportFactory(unit=unit)
        asked = editor.get(reverse("admin:reports_report_delete", args=[report.pk]))
        assert 'name="version" value="1"' in asked.content.decode()
        other.post(change(report), form(report, title="Tít của Bảy", _continue="1"))

        gone, page = self.deleted(editor, report, 1)

        assert not gone
        assert "Chưa xóa: bài vừa được lưu bản mới hơn" in page
        assert self.deleted(editor, report, 2)[0]

    def test_a_draft_does_not_go_from_under_somebody_who_is_writing(self, editor, other, unit):
        report = ReportFactory(unit=unit)
        other.post(reverse("admin:reports_report_take_over", args=[report.pk]))

        gone, page = self.deleted(editor, report, 1)

        assert not gone
        assert "đang sửa bài này nên chưa xóa được" in page
        assert self.deleted(other, report, 1)[0]


class TestStaleSave:
    def test_it_is_answered_with_both_texts_and_saves_nothing(self, editor, other, unit, form):
        other.user.first_name = "Trần Văn Bảy"
        other.user.save()
        report = ReportFactory(unit=unit, title="Tít gốc")
        mine = form(report, title="Tít của tôi", _continue="1")
        other.post(change(report), form(report, title="Tít của Bảy", _continue="1"))

        response = editor.post(change(report), mine)

        assert response.status_code == 409
        assert Report.objects.get().title == "Tít của Bảy"
        page = response.content.decode()
        for words in ("Trần Văn Bảy", "Cả hai cùng sửa", "Lấy bản của tôi", "Lấy bản đang lưu"):
            assert words in page, words
        (difference,) = response.context["conflict"].differences
        ((theirs, ours),) = difference.parts
        assert ["".join(piece.text for piece in side) for side in (theirs, ours)] == [
            "Tít của Bảy", "Tít của tôi",
        ]  # fmt: skip
        assert response.context["merged"] is None

    def test_my_version_goes_over_the_one_i_was_shown_and_no_other(self, editor, other, unit, form):
        report = ReportFactory(unit=unit, title="Tít gốc")
        mine = form(report, title="Tít của tôi", _continue="1")
        other.post(change(report), form(report, title="Tít thứ hai", _continue="1"))
        shown = sent_by(editor.post(change(report), mine), "tôi")
        other.post(change(report), form(Report.objects.get(), title="Tít thứ ba", _continue="1"))

        again = editor.post(change(report), shown)
        assert again.status_code == 409
        assert Report.objects.get().title == "Tít thứ ba"

        saved = editor.post(change(report), sent_by(again, "tôi"))
        assert saved.status_code == 302
        assert Report.objects.get().title == "Tít của tôi"
        assert not TypedText.objects.exists()

    def test_who_changed_other_things_is_offered_both_in_one_click(self, editor, other, unit, form):
        body = "<p>Đoạn một.</p>\n<p>Đoạn hai.</p>\n<p>Đoạn ba.</p>"
        report = ReportFactory(unit=unit, title="Tít gốc", lead="Mở đầu.", body=body)
        topic = TopicFactory()
        mine = form(
            report, title="Tít của tôi", body=body.replace("một", "một của tôi"), _continue="1"
        )
        theirs = {
            "lead": "Mở đầu của bạn.",
            "body": body.replace("ba", "ba của bạn"),
            "topics": [topic.pk],
        }
        other.post(change(report), form(report, **theirs, _continue="1"))

        response = editor.post(change(report), mine)
        assert response.status_code == 409
        editor.post(change(report), sent_by(response, "gộp"))

        stored = Report.objects.get()
        assert (stored.title, stored.lead) == ("Tít của tôi", "Mở đầu của bạn.")
        assert stored.body == (
            "<p>Đoạn một của tôi.</p>\n<p>Đoạn hai.</p>\n<p>Đoạn ba của bạn.</p>"
        )
        assert list(stored.topics.all()) == [topic]

    def test_the_same_save_twice_is_one(self, editor, unit, form):
        report = ReportFactory(unit=unit)
        person = PersonFactory()
        rows = {"contributions": [{"role": "author", "person": person.pk, "place": 1}]}
        sent = form(report, title="Tít mới", rows=rows, _continue="1")

        for _ in range(3):
            assert editor.post(change(report), sent).status_code == 302

        stored = Report.objects.get()
        assert (stored.title, stored.version) == ("Tít mới", 2)
        assert Contribution.objects.count() == 1

    @pytest.mark.parametrize("version", ["", "0", "-1", "99", "x", "9" * 40])
    def test_without_the_stored_version_nothing_is_saved(self, editor, unit, form, version):
        report = ReportFactory(unit=unit, title="Tít gốc")

        response = editor.post(change(report), form(report, title="Tít mới") | {"version": version})

        assert response.status_code == 409
        assert Report.objects.get().title == "Tít gốc"

    def test_a_save_that_loses_at_the_last_moment_gets_the_same_page(
        self, editor, unit, form, monkeypatch
    ):
        """The other save lands between reading and writing."""
        report = ReportFactory(unit=unit, title="Tít gốc")
        upload = file("a.jpg", jpeg())
        sent = form(report, title="Tít của tôi", _continue="1", new_photos=upload)
        take_turn = Report._take_turn

        def slow(self):
            monkeypatch.setattr(Report, "_take_turn", take_turn)
            Report.objects.filter(pk=self.pk).update(title="Tít nhanh hơn", version=2)
            raise StaleReport

        monkeypatch.setattr(Report, "_take_turn", slow)
        # The other save is another connection's in earnest; here the rollback takes it back with ours.
        response = editor.post(change(report), sent)

        assert response.status_code == 302
        assert Photo.objects.count() == 1

    def test_a_report_sent_off_meanwhile_keeps_what_was_typed(self, editor, other, unit, form):
        report = ReportFactory(unit=unit)
        mine = form(report, title="Tít của tôi", _continue="1")
        workflow.submit(report, by=other.user)

        response = editor.post(change(report), mine)

        assert response.status_code == 409
        page = response.content.decode()
        assert "Tít của tôi" in page
        assert "Chờ duyệt" in page
        assert "Lấy bản của tôi" not in page
        assert TypedText.objects.get().user == editor.user
        assert Report.objects.get().title == report.title

    @pytest.mark.parametrize("role", ["approver", "contributor", "desk"])
    def test_who_may_not_write_learns_nothing_from_an_old_version(self, seat, unit, form, role):
        report = ReportFactory(unit=unit, status="submitted")
        old = form(report, title="Tít giả") | {"version": "77"}

        response = seat(role, unit).post(change(report), old)

        assert response.status_code in (403, 404)
        assert not TypedText.objects.exists()
        assert Report.objects.get().title == report.title

    def test_reports_of_others_are_not_found(self, editor, form):
        foreign = ReportFactory(unit=next_commune())

        absent = editor.post(change(Report(pk=999_999)), form(foreign) | {"version": "7"})
        response = editor.post(change(foreign), form(foreign) | {"version": "7"})

        assert (response.status_code, response.content) == (404, absent.content)

    def test_the_page_with_both_texts_carries_no_editor_and_no_relaxed_policy(
        self, editor, unit, form
    ):
        report = ReportFactory(unit=unit)

        response = editor.post(change(report), form(report, title="X") | {"version": "0"})

        assert "unsafe-inline" not in response.headers["Content-Security-Policy"]


class TestRows:
    def test_changes_of_both_in_the_rows_are_put_together(self, editor, other, unit, form):
        report = ReportFactory(unit=unit)
        photo = PhotoFactory(report=report, caption="Chú thích gốc")
        FigureFactory(report=report, indicator="mô hình")
        rows = rows_of(report, "photos", "figures")
        mine = [{**rows["photos"][0], "alt": "Mô tả của tôi"}]
        theirs = [{**rows["photos"][0], "caption": "Chú thích của bạn"}]
        opened = form(report, rows=rows | {"photos": mine}, _continue="1")
        other.post(change(report), form(report, rows=rows | {"photos": theirs}, _continue="1"))

        response = editor.post(change(report), opened)
        assert response.status_code == 409
        editor.post(change(report), sent_by(response, "gộp"))

        photo.refresh_from_db()
        assert (photo.caption, photo.alt) == ("Chú thích của bạn", "Mô tả của tôi")
        assert Figure.objects.count() == 1

    def test_a_name_somebody_removed_and_i_did_not_touch_stays_away_when_put_together(
        self, editor, other, unit, form
    ):
        report = ReportFactory(unit=unit)
        ContributionFactory(report=report)
        rows = rows_of(report, "contributions")
        gone = [{**rows["contributions"][0], "DELETE": "on"}]
        mine = form(report, title="Tít của tôi", rows=rows, _continue="1")
        other.post(change(report), form(report, rows={"contributions": gone}, _continue="1"))
        assert not Contribution.objects.exists()

        response = editor.post(change(report), mine)
        editor.post(change(report), sent_by(response, "tôi"))
        assert Contribution.objects.count() == 1

    def test_a_photo_somebody_removed_gives_back_its_typed_words(self, editor, other, unit, form):
        report = ReportFactory(unit=unit)
        PhotoFactory(report=report, caption="Chú thích gốc")
        PhotoFactory(report=report, caption="Ảnh hai")
        rows = rows_of(report, "photos")
        mine = [{**rows["photos"][0], "caption": "Chú thích tôi gõ lâu"}, rows["photos"][1]]
        theirs = [{**rows["photos"][0], "DELETE": "on"}, rows["photos"][1]]
        opened = form(report, rows={"photos": mine}, _continue="1")
        other.post(change(report), form(report, rows={"photos": theirs}, _continue="1"))

        response = editor.post(change(report), opened)

        assert response.status_code == 409
        assert "Chú thích tôi gõ lâu" in response.content.decode()
        assert response.context["merged"] is None
        assert editor.post(change(report), sent_by(response, "tôi")).status_code == 302
        assert [photo.caption for photo in Photo.objects.all()] == ["Ảnh hai"]

    def test_rows_of_both_that_are_new_are_all_kept(self, editor, other, unit, form):
        report = ReportFactory(unit=unit)
        lan, mai = PersonFactory(), PersonFactory()

        def signed(person):
            rows = [{"role": "author", "person": person.pk, "place": 1}]
            return form(report, rows={"contributions": rows}, _continue="1")

        mine = signed(lan)
        other.post(change(report), signed(mai))
        response = editor.post(change(report), mine)
        editor.post(change(report), sent_by(response, "gộp"))

        assert {one.person for one in Contribution.objects.all()} == {lan, mai}

    def test_photos_uploaded_with_a_stale_form_wait_for_it(self, editor, other, unit, form):
        report = ReportFactory(unit=unit)
        uploads = [file("a.jpg", jpeg()), file("b.jpg", jpeg())]
        row = {"caption": "Trồng hoa", "upload": file("c.jpg", jpeg())}
        mine = form(report, new_photos=uploads, rows={"photos": [row]}, _continue="1")
        other.post(change(report), form(report, title="Tít khác", _continue="1"))

        response = editor.post(change(report), mine)
        assert response.status_code == 409
        editor.post(change(report), sent_by(response, "gộp"))

        assert Photo.objects.count() == 3
        assert Report.objects.get().title == "Tít khác"
        assert Photo.objects.filter(caption="Trồng hoa").count() == 1

    @pytest.mark.parametrize("key", ["999999", "-1", "x", "", "9" * 30, "1 OR 1"])
    def test_forged_and_missing_keys_of_rows_crash_nothing_and_change_nothing(
        self, editor, unit, form, key
    ):
        report, foreign = ReportFactory(unit=unit), ReportFactory(unit=next_commune())
        theirs = PhotoFactory(report=foreign, caption="Của người khác")
        rows = {"photos": [{"id": key or " ", "caption": "Giả", "place": 1}]}
        for version in (report.version, 0):
            sent = form(report, rows=rows, _continue="1") | {"version": version}
            assert editor.post(change(report), sent).status_code in (200, 302, 409)
        rows = {"photos": [{"id": theirs.pk, "caption": "Giả", "place": 1}]}
        for version in (report.version, 0):
            sent = form(report, rows=rows, _continue="1") | {"version": version}
            assert editor.post(change(report), sent).status_code in (200, 302, 409)
        theirs.refresh_from_db()
        assert (theirs.caption, theirs.report) == ("Của người khác", foreign)


def test_what_a_version_said_is_told_with_names_photos_and_figures(editor, unit, form):
    report = ReportFactory(unit=unit)
    photo = PhotoFactory(report=report, caption="Cũ")
    ContributionFactory(report=report)
    record = report.history.first()
    before = timezone.now() - timedelta(seconds=1)
    report.title = "Mới"
    report.save()
    photo.caption = "Mới"
    photo.save()
    report.contributions.all().delete()

    then = versions.snapshot(report, record)

    assert then.parts[Photo][photo.pk].caption == "Cũ"
    assert len(then.parts[Contribution]) == 1
    assert before < timezone.now()


def test_the_form_opens_with_the_same_number_of_queries_whoever_typed(
    editor, unit, django_assert_max_num_queries
):
    report = ReportFactory(unit=unit)
    ContributionFactory.create_batch(3, report=report)

    with django_assert_max_num_queries(40):
        assert editor.get(change(report)).status_code == 200


def test_there_is_a_door_for_each_deed_of_typing(editor, unit):
    report = ReportFactory(unit=unit)
    for name in ("keep", "drop", "take_over"):
        address = reverse(f"admin:reports_report_{name}", args=[report.pk])
        assert editor.get(address).status_code == 405
