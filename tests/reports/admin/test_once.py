"""A new report's form makes one report, however often it is sent."""

import pytest

from reports.models import Contribution, Photo, Report
from tests.factories import PersonFactory
from tests.reports.admin.pages import ADD, change, file, sent_by
from tests.reports.test_pictures import jpeg

pytestmark = pytest.mark.django_db


@pytest.fixture
def other(seat, unit):
    return seat("editor", unit)


def key_of(editor):
    return editor.get(ADD).context["adminform"].form["once_key"].value()


def test_the_same_new_report_sent_twice_is_one(editor, unit, form):
    person = PersonFactory()
    rows = {"contributions": [{"role": "author", "person": person.pk, "place": 1}]}
    sent = form(unit=unit.pk, once_key=key_of(editor), rows=rows, _continue="1")

    answers = [editor.post(ADD, sent) for _ in range(3)]

    report = Report.objects.get()
    assert {(one.status_code, one.url) for one in answers} == {(302, change(report))}
    assert Contribution.objects.count() == 1
    assert report.version == 1


def test_photos_sent_twice_with_it_are_there_once(editor, unit, form):
    key = key_of(editor)
    for _ in range(2):
        sent = form(unit=unit.pk, once_key=key, new_photos=file("a.jpg", jpeg()), _continue="1")
        editor.post(ADD, sent)

    assert Report.objects.count() == 1
    assert Photo.objects.count() == 1


def test_going_back_and_writing_on_leads_to_the_report_with_both_texts(editor, unit, form):
    sent = form(unit=unit.pk, once_key=key_of(editor), _continue="1")
    editor.post(ADD, sent)

    response = editor.post(ADD, sent | {"title": "Viết thêm sau khi quay lại"})
    assert response.status_code == 409
    editor.post(response.context["here"], sent_by(response, "gộp"))

    assert Report.objects.get().title == "Viết thêm sau khi quay lại"


def test_two_forms_make_two_reports_and_other_peoples_keys_say_nothing(editor, other, unit, form):
    key = key_of(editor)
    assert key != key_of(editor)
    for browser in (editor, other):
        browser.post(ADD, form(unit=unit.pk, once_key=key, _continue="1"))
    editor.post(ADD, form(unit=unit.pk, _continue="1"))
    editor.post(ADD, form(unit=unit.pk, once_key="gia", _continue="1"))

    assert Report.objects.count() == 4
