"""Who changed what, in words; and the way back, which is no side door."""

from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.urls import reverse
from django.utils import timezone
from django.utils.html import strip_tags

from reports import workflow
from reports.admin.changes import marked_parts
from reports.editions import verify
from reports.models import Event, Photo, Report
from reports.photos import become_photo, check_picture, keep_for_later
from reports.sweeping import sweep
from tests.factories import (
    ContributionFactory,
    EventFactory,
    FigureFactory,
    NewsroomFactory,
    PersonFactory,
    PhotoFactory,
    ReportFactory,
    SectionFactory,
    TopicFactory,
    UserFactory,
    next_commune,
)
from tests.reports.test_pictures import jpeg

pytestmark = pytest.mark.django_db


def history(report):
    return reverse("admin:reports_report_history", args=[report.pk])


def restore(report, record):
    return reverse("admin:reports_report_restore", args=[report.pk, record.history_id])


def version(report, record):
    return reverse("admin:reports_report_version", args=[report.pk, record.history_id])


def seen(report):
    return {"version": report.version}


def changed(report, by=None, **fields):
    for name, value in fields.items():
        setattr(report, name, value)
    report._history_user = by
    report.save()
    return report.history.first()


def test_the_history_tells_who_changed_what(editor, unit):
    mai = UserFactory(first_name="Lê Thị Mai")
    report = ReportFactory(unit=unit, title="Tít cũ", body="<p>Đoạn một.</p><p>Đoạn hai.</p>")
    changed(
        report,
        by=mai,
        title="Tít mới",
        body="<p>Đoạn một.</p><p>Đoạn hai đã sửa.</p>",
        section=SectionFactory(name="Dân vận khéo"),
    )
    workflow.submit(report, by=UserFactory(is_superuser=True))

    html = editor.get(history(report)).content.decode()

    assert "Tít <del>cũ</del>" in html
    assert "Tít <ins>mới</ins>" in html
    page = strip_tags(html)
    assert "Lê Thị Mai" in page
    for words in ("Sửa: tít", "Tít cũ", "Tít mới", "Sửa: chuyên mục", "(trống)", "Dân vận khéo"):
        assert words in page, words
    assert "Đoạn hai." in page
    assert "Đoạn hai đã sửa." in page
    assert "Đoạn một." not in page  # what did not change is not repeated
    assert "Gửi duyệt" in page


def test_the_history_tells_of_photos_and_people_too(editor, unit):
    report = ReportFactory(unit=unit)
    photo = PhotoFactory(report=report, caption="Bà con trồng hoa")
    photo.caption = "Bà con ấp Mỹ An trồng hoa"
    photo.save()
    contribution = ContributionFactory(report=report, person=PersonFactory(name="Ngọc Lan"))
    contribution.delete()

    page = editor.get(history(report)).content.decode()

    for words in (
        "thêm ảnh “Bà con trồng hoa”",
        "ảnh “Bà con ấp Mỹ An trồng hoa”: chú thích",
        "thêm người viết “Ngọc Lan”",
        "bỏ người viết “Ngọc Lan”",
    ):
        assert words.lower() in page.lower(), words


def test_an_earlier_version_is_read_and_restored(editor, unit):
    report = ReportFactory(unit=unit, title="Tít cũ", body="<p>Nội dung cũ.</p>")
    old = report.history.first()
    changed(report, title="Tít mới", body="<p>Nội dung mới.</p>")

    page = editor.get(version(report, old)).content.decode()
    assert "Nội dung cũ." in page
    assert "Khôi phục bản này" in page
    assert editor.get(restore(report, old)).status_code == 405
    editor.post(restore(report, old), seen(report))

    stored = Report.objects.get()
    assert (stored.title, stored.body) == ("Tít cũ", "<p>Nội dung cũ.</p>")
    newest = stored.history.first()
    assert newest.history_user == editor.user
    assert newest.history_change_reason.startswith("khôi phục bản ")
    assert editor.user.pk in workflow.authors_of(stored)


def test_restoring_never_touches_state_unit_or_publication(seat, unit):
    report = ReportFactory(unit=unit, title="Tít cũ")
    old = report.history.first()
    elsewhere = next_commune()
    at = timezone.now()
    changed(report, status="published", published_at=at)
    changed(report, status="returned", unit=elsewhere)

    seat("superuser", unit).post(restore(report, old), seen(report))

    stored = Report.objects.get()
    assert stored.history.first().history_change_reason.startswith("khôi phục bản ")
    assert (stored.status, stored.unit, stored.published_at) == ("returned", elsewhere, at)


@pytest.mark.parametrize("state", ["submitted", "published", "scheduled", "withdrawn"])
def test_what_may_not_be_edited_may_not_be_restored(editor, unit, state):
    trait = {"status": state} if state == "submitted" else {state: True}
    report = ReportFactory(unit=unit, **trait)
    old = report.history.first()
    changed(report, title="Tít mới")

    assert "Khôi phục" not in editor.get(version(report, old)).content.decode()
    assert editor.post(restore(report, old), seen(report)).status_code == 403
    assert Report.objects.get().title == "Tít mới"


def test_hostile_html_of_an_old_version_is_cleaned_on_its_way_back(editor, unit):
    report = ReportFactory(unit=unit)
    old = report.history.first()
    old.body = "<p onclick=alert(1)>Chữ</p><script>alert(1)</script>"
    old.save()
    changed(report, title="Tít mới")

    page = editor.get(version(report, old)).content.decode()
    assert "<script>alert" not in page
    editor.post(restore(report, old), seen(report))

    assert Report.objects.get().body == "<p>Chữ</p>"


def test_versions_of_other_reports_are_not_found(editor, unit):
    report, foreign = ReportFactory(unit=unit), ReportFactory(unit=next_commune())
    record = foreign.history.first()

    assert editor.get(history(foreign)).status_code == 404
    assert editor.get(version(foreign, record)).status_code == 404
    assert editor.post(restore(foreign, record)).status_code == 404
    assert editor.get(version(report, record)).status_code == 404
    assert editor.post(restore(report, record)).status_code == 404


def test_an_events_history_works_alike(editor, unit):
    event = EventFactory(unit=unit, name="Hội nghị sơ kết", venue="Hội trường xã")
    old = event.history.first()
    event.venue = "Nhà văn hóa ấp"
    event.save()

    page = editor.get(reverse("admin:reports_event_history", args=[event.pk])).content.decode()
    assert "Sửa: địa điểm" in page
    editor.post(reverse("admin:reports_event_restore", args=[event.pk, old.history_id]))

    assert Event.objects.get().venue == "Hội trường xã"


def test_moving_an_events_day_makes_nobody_an_author_of_its_reports(editor, unit):
    event = EventFactory(unit=unit)
    report = ReportFactory(unit=unit, event=event)
    event._history_user = editor.user

    event.event_on = timezone.localdate()
    event.save()

    stored = Report.objects.get()
    assert stored.counting_on == timezone.localdate()
    assert stored.version == report.version
    assert workflow.authors_of(report) == set()


class TestWholeVersions:
    """An earlier version is all that the form shows: names, topics, photos and figures included."""

    @pytest.fixture
    def report(self, unit):
        report = ReportFactory(unit=unit, title="Tít cũ")
        report.topics.add(TopicFactory(name="Dân vận khéo"))
        self.lan = PersonFactory(name="Ngọc Lan")
        ContributionFactory(report=report, person=self.lan)
        picture = keep_for_later(check_picture(jpeg()), by=UserFactory())
        become_photo(picture, Photo(report=report, caption="Trồng hoa"))
        FigureFactory(report=report, indicator="cây cầu", value=3)
        return report

    def rewrite(self, report):
        """Everything another way; the photo's files stay, as its own door decides."""
        changed(report, title="Tít mới")
        report.topics.set([TopicFactory(name="Tôn giáo")])
        report.contributions.all().delete()
        ContributionFactory(report=report, person=PersonFactory(name="Minh Tâm"))
        report.photos.all().delete()
        report.figures.update(value=5)
        figure = report.figures.get()
        figure.save()

    def test_all_of_it_comes_back(self, editor, report):
        old = report.history.first()
        self.rewrite(report)

        response = editor.post(restore(report, old), seen(report), follow=True)

        stored = Report.objects.get()
        assert stored.title == "Tít cũ"
        assert [topic.name for topic in stored.topics.all()] == ["Dân vận khéo"]
        assert [one.person for one in stored.contributions.all()] == [self.lan]
        assert [photo.caption for photo in stored.photos.all()] == ["Trồng hoa"]
        assert [figure.value for figure in stored.figures.all()] == [3]
        assert "không trở lại được" not in response.content.decode()

    def test_a_photo_taken_out_by_the_form_comes_back_with_its_files_for_two_days(
        self, editor, report, form, django_capture_on_commit_callbacks
    ):
        old, photo = report.history.first(), report.photos.get()
        row = {"id": photo.pk, "report": report.pk, "caption": photo.caption, "DELETE": "on"}
        address = reverse("admin:reports_report_change", args=[report.pk])
        now = timezone.now()

        with django_capture_on_commit_callbacks(execute=True):
            editor.post(address, form(report, rows={"photos": [row]}, _continue="1"))
            assert not Photo.objects.exists()
            sweep(delete=True, now=now + timedelta(hours=47))
            editor.post(restore(report, old), seen(Report.objects.get()))

        assert [(one.token, one.caption) for one in report.photos.all()] == [
            (photo.token, "Trồng hoa")
        ]
        assert default_storage.exists(f"{photo.folder}/goc.jpg")
        # The control: taken out again, and two days gone.
        Photo.objects.get().delete()
        sweep(delete=True, now=now + timedelta(hours=49))
        assert not default_storage.exists(f"{photo.folder}/goc.jpg")

    def test_a_photo_without_files_is_named_and_the_rest_comes_back(self, editor, report):
        old = report.history.first()
        photo = report.photos.get()
        default_storage.delete(f"{photo.folder}/goc.jpg")
        self.rewrite(report)

        response = editor.post(restore(report, old), seen(report), follow=True)

        assert "Ảnh “Trồng hoa” không trở lại được: tệp ảnh đã xóa." in response.content.decode()
        assert not Photo.objects.exists()
        assert Report.objects.get().title == "Tít cũ"

    def test_it_goes_over_the_version_that_was_shown_and_no_other(self, editor, report):
        old = report.history.first()
        shown = seen(report)
        self.rewrite(report)

        response = editor.post(restore(report, old), shown)

        assert response.status_code == 409
        assert Report.objects.get().title == "Tít mới"
        assert "bài vừa được lưu bản mới hơn" in response.content.decode()

    def test_two_versions_stand_beside_each_other_with_everything(self, editor, report):
        old = report.history.first()
        self.rewrite(report)
        address = reverse("admin:reports_report_compare", args=[report.pk])
        new = report.history.first()

        page = editor.get(address, {"tu": new.history_id, "den": old.history_id})

        assert [change.label for change in page.context["changes"]] == [
            "tít", "chủ đề", "người thực hiện", "ảnh", "số liệu",
        ]  # fmt: skip
        html = page.content.decode()
        assert "Tít <del>cũ</del>" in html
        assert "Tít <ins>mới</ins>" in html
        assert "Ngọc Lan" in strip_tags(html)

    @pytest.mark.parametrize("keys", [{}, {"tu": "x", "den": "1"}, {"tu": "9" * 30, "den": "1"}])
    def test_versions_that_are_not_there_are_not_found(self, editor, report, keys):
        address = reverse("admin:reports_report_compare", args=[report.pk])
        foreign = ReportFactory(unit=next_commune()).history.first().history_id
        known = report.history.first().history_id

        assert editor.get(address, keys).status_code == 404
        assert editor.get(address, {"tu": foreign, "den": known}).status_code == 404

    def test_only_publications_are_shown_on_request(self, seat, unit):
        NewsroomFactory(unit=unit)
        editor = seat("editor", unit)
        report = ReportFactory(unit=unit)
        changed(report, title="Tít mới")
        workflow.publish(report, by=editor.user)

        entries = editor.get(history(report), {"chi": "dang"}).context["entries"]

        assert [entry.deeds for entry in entries] == [["đăng, một bước"]]
        assert len(editor.get(history(report)).context["entries"]) == 2

    def test_restoring_what_readers_see_keeps_an_edition(self, seat, unit):
        NewsroomFactory(unit=unit)
        editor = seat("editor", unit)
        report = ReportFactory(unit=unit, title="Tít cũ")
        old = report.history.first()
        report = workflow.publish(report, by=editor.user)
        changed(report, by=editor.user, title="Tít mới")

        editor.post(restore(report, old), seen(report))

        assert Report.objects.get().title == "Tít cũ"
        assert verify()[2] is None


def test_the_cells_of_a_row_stand_apart():
    before = "<table><tbody><tr><td>Ấp</td><td>40</td></tr></tbody></table><p>Hết.</p>"
    after = before.replace("40", "45")

    ((old, new),) = marked_parts(before, after, html=True)

    assert ["".join(piece.text for piece in side) for side in (old, new)] == ["Ấp | 40", "Ấp | 45"]
