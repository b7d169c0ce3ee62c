"""Kho ảnh: photos used again – only those a person may see, never more public than their reports."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from reports.models import BodyPicture, Photo, Report
from reports.photos import check_picture
from tests.factories import (
    EventFactory,
    PersonFactory,
    PhotoFactory,
    ReportFactory,
    next_commune,
)
from tests.reports.admin.pages import ADD, change
from tests.reports.test_pictures import jpeg

pytestmark = pytest.mark.django_db

LIBRARY = "/quan-tri/anh/"


@pytest.fixture
def reader():
    """Somebody outside; the files they were sent are closed at the end, as a server would."""
    answers = []

    class Reader(Client):
        def get(self, *args, **kwargs):
            answers.append(super().get(*args, **kwargs))
            return answers[-1]

    yield Reader()
    for answer in answers:
        answer.close()


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

    def test_the_page_costs_the_same_however_many(self, editor, unit):
        def cost():
            with CaptureQueriesContext(connection) as queries:
                editor.get(LIBRARY)
            return len(queries)

        def add():
            PhotoFactory(report=ReportFactory(unit=unit), credit=PersonFactory())

        add()
        editor.get(LIBRARY)
        cost_of_one = cost()
        for _ in range(4):
            add()

        assert cost() == cost_of_one

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
        self, reader, unit, checked
    ):
        first, second = (ReportFactory(unit=unit, published=True) for _ in range(2))
        photo = stored(checked, report=first)
        PhotoFactory(report=second, token=photo.token, width=64, height=48)

        def opens():
            return reader.get(photo.url("64.jpg")).status_code == 200

        def withdraw(report):
            report.status = "withdrawn"
            report.withdrawn_at, report.withdrawn_reason = timezone.now(), "Trùng bài"
            report.save()

        assert opens()
        withdraw(first)
        assert opens()
        withdraw(second)
        assert not opens()

    def test_a_draft_that_takes_a_photo_makes_nothing_public(self, reader, editor, unit, checked):
        photo = stored(checked, report=ReportFactory(unit=unit))
        draft = ReportFactory(unit=unit)
        editor.post(LIBRARY, {"bai": draft.pk, "anh": [photo.token]})

        assert reader.get(photo.url("64.jpg")).status_code == 404


class TestNameOnDisk:
    def test_an_original_has_a_name_that_says_whose_it_is(self, reader, registry, checked):
        commune = next_commune()
        report = ReportFactory(
            unit=commune,
            event=EventFactory(event_on=timezone.datetime(2026, 7, 2).date()),
            published=True,
        )
        photo = stored(checked, report=report, order=2)

        answer = reader.get(f"{photo.original}?tai-ve")
        said = answer.headers["Content-Disposition"]

        assert re.fullmatch(r'attachment; filename="2026-07-02_[a-z0-9-]+_03\.jpg"', said), said
        assert not re.search(r"_(xa|phuong|dac-khu)-", said)
        inline = reader.get(photo.original)
        assert inline.headers["Content-Disposition"] == said.replace("attachment", "inline")

    def test_a_name_tells_a_reader_nothing_of_a_draft(self, reader, unit, checked):
        public = ReportFactory(
            unit=unit, published=True, published_at=timezone.now() - timedelta(days=400)
        )
        photo = stored(checked, report=public)
        PhotoFactory(
            report=ReportFactory(unit=next_commune(), title="Bí mật"), token=photo.token, order=7
        )

        answer = reader.get(photo.original)

        day = timezone.localdate(public.published_at).isoformat()
        assert answer.headers["Content-Disposition"].startswith(f'inline; filename="{day}_')
        assert answer.headers["Content-Disposition"].endswith('_01.jpg"')
