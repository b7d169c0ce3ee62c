"""Who changed what, in words; and the way back, which is no side door."""

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import strip_tags

from reports import workflow
from reports.models import Event, Report
from tests.factories import (
    ContributionFactory,
    EventFactory,
    PersonFactory,
    PhotoFactory,
    ReportFactory,
    SectionFactory,
    UserFactory,
    next_commune,
)

pytestmark = pytest.mark.django_db


def history(report):
    return reverse("admin:reports_report_history", args=[report.pk])


def restore(report, record):
    return reverse("admin:reports_report_restore", args=[report.pk, record.history_id])


def version(report, record):
    return reverse("admin:reports_report_version", args=[report.pk, record.history_id])


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
    editor.post(restore(report, old))

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

    seat("superuser", unit).post(restore(report, old))

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
    assert editor.post(restore(report, old)).status_code == 403
    assert Report.objects.get().title == "Tít mới"


def test_hostile_html_of_an_old_version_is_cleaned_on_its_way_back(editor, unit):
    report = ReportFactory(unit=unit)
    old = report.history.first()
    old.body = "<p onclick=alert(1)>Chữ</p><script>alert(1)</script>"
    old.save()
    changed(report, title="Tít mới")

    page = editor.get(version(report, old)).content.decode()
    assert "<script>alert" not in page
    editor.post(restore(report, old))

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
