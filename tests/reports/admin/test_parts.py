"""What is written together with a report: people, photos, figures – in order, and never lost."""

import pytest
from django.urls import reverse

from reports.models import BodyPicture, Contribution, Photo, Report
from tests.factories import (
    ContributionFactory,
    PersonFactory,
    PhotoFactory,
    ReportFactory,
    TopicFactory,
    next_commune,
)
from tests.reports.admin.pages import ADD, change, errors_of, file, seen
from tests.reports.test_pictures import jpeg

pytestmark = pytest.mark.django_db


class TestParts:
    def test_people_are_kept_in_the_order_of_their_places(self, editor, unit, form):
        first, second = PersonFactory(), PersonFactory()
        lines = [
            {"role": "author", "person": first.pk, "place": 2},
            {"role": "photographer", "person": second.pk, "place": 1, "signed_as": "T.X"},
        ]

        editor.post(ADD, form(unit=unit.pk, rows={"contributions": lines}, _continue="1"))

        signed = [(c.person, c.order, c.signed_as) for c in Contribution.objects.all()]
        assert signed == [(second, 0, "T.X"), (first, 1, "")]

    def test_one_person_twice_in_one_role_is_refused_in_words(self, editor, unit, form):
        line = {"role": "author", "person": PersonFactory().pk}

        response = editor.post(ADD, form(unit=unit.pk, rows={"contributions": [line, line]}))

        assert response.status_code == 200
        assert not Report.objects.exists()

    def test_photos_change_places_and_the_first_leads(self, editor, unit, form):
        report = ReportFactory(unit=unit)
        one, two = (PhotoFactory(report=report, order=n, caption=f"Ảnh {n}") for n in (0, 1))
        lines = [
            {"id": one.pk, "caption": "Ảnh một", "place": 2},
            {"id": two.pk, "caption": "Ảnh hai", "place": 1},
        ]

        editor.post(change(report), form(report, rows={"photos": lines}, _continue="1"))

        assert [(p.caption, p.order) for p in Photo.objects.all()] == [
            ("Ảnh hai", 0),
            ("Ảnh một", 1),
        ]

    def test_a_row_of_another_report_cannot_be_changed_by_its_number(self, editor, unit, form):
        report = ReportFactory(unit=unit)
        foreign = PhotoFactory(report=ReportFactory(unit=next_commune()), caption="Của họ")
        line = {"id": foreign.pk, "report": report.pk, "caption": "Đã chiếm", "DELETE": "on"}

        editor.post(change(report), form(report, rows={"photos": [line]}, _continue="1"))

        assert Photo.objects.get().caption == "Của họ"
        assert Photo.objects.get().report != report

    def test_figures_count_once_somebody_confirmed_them(self, editor, unit, form):
        line = {"indicator": "suất quà", "value": "9081", "sentence": "Trao 9.081 suất quà."}

        editor.post(
            ADD, form(unit=unit.pk, rows={"figures": [{**line, "confirmed": "on"}]}, _continue="1")
        )

        figure = Report.objects.get().figures.get()
        assert (figure.value, figure.confirmed_by) == (9081, editor.user)

    def test_topics_are_chosen(self, editor, unit, form):
        topic = TopicFactory()

        editor.post(ADD, form(unit=unit.pk, topics=[topic.pk], _continue="1"))

        assert list(Report.objects.get().topics.all()) == [topic]

    def test_deleting_a_draft_takes_its_photo_files_away(
        self, editor, unit, form, settings, django_capture_on_commit_callbacks
    ):
        editor.post(
            ADD, form(unit=unit.pk, new_photos=[file("a.jpg", jpeg(64, 48))], _continue="1")
        )
        report = Report.objects.get()
        ContributionFactory(report=report)
        assert list(settings.MEDIA_ROOT.rglob("*.jpg"))

        with django_capture_on_commit_callbacks(execute=True):
            address = reverse("admin:reports_report_delete", args=[report.pk])
            editor.post(address, {"post": "yes"} | seen(report))

        assert not Report.objects.exists()
        assert list(settings.MEDIA_ROOT.rglob("*.*")) == []


class TestNewPhotos:
    """Several at once, without scripts: the good ones stay, whatever else is wrong."""

    def test_several_photos_come_in_with_the_form(self, editor, unit, form):
        files = [file("một.jpg", jpeg(64, 48)), file("hai.jpg", jpeg(48, 64))]

        editor.post(ADD, form(unit=unit.pk, new_photos=files, _continue="1"))

        photos = Photo.objects.all()
        assert [(p.order, p.width, p.uploaded_by) for p in photos] == [
            (0, 64, editor.user),
            (1, 48, editor.user),
        ]
        assert not BodyPicture.objects.exists()

    def test_a_bad_photo_is_named_and_the_good_one_waits(self, editor, unit, form):
        files = [file("tốt.jpg", jpeg(64, 48)), file("giả.jpg", b"GIF89a<script>alert(1)</script>")]

        response = editor.post(ADD, form(unit=unit.pk, new_photos=files))

        assert errors_of(response)["new_photos"][0].startswith("giả.jpg: Tệp này không phải là ảnh")
        waiting = response.context["adminform"].form["kept_photos"].value()
        assert BodyPicture.objects.get().token == waiting

        editor.post(ADD, form(unit=unit.pk, kept_photos=waiting, _continue="1"))
        assert Photo.objects.get().token == waiting
        assert not BodyPicture.objects.exists()

    def test_a_photo_row_keeps_its_file_while_other_fields_are_mended(self, editor, unit, form):
        line = {"upload": file("a.jpg", jpeg(64, 48)), "caption": "Bà con trồng hoa"}

        response = editor.post(ADD, form(unit=unit.pk, title="", rows={"photos": [line]}))
        photos = response.context["inline_admin_formsets"][1].formset
        token = photos.forms[0]["kept"].value()
        assert f"/{token}/" in response.content.decode()

        line = {"kept": token, "caption": "Bà con trồng hoa"}
        editor.post(ADD, form(unit=unit.pk, rows={"photos": [line]}, _continue="1"))
        assert (Photo.objects.get().token, Photo.objects.get().caption) == (
            token,
            "Bà con trồng hoa",
        )

    def test_nobody_takes_up_what_another_person_uploaded(self, editor, seat, unit, form):
        other = seat("editor", unit)
        answer = other.post(
            "/quan-tri/anh-noi-dung/", {"upload": file("a.jpg", jpeg(64, 48))}
        ).json()
        line = {"kept": answer["token"], "caption": "Của người khác"}

        response = editor.post(ADD, form(unit=unit.pk, rows={"photos": [line]}))
        assert response.status_code == 200
        editor.post(ADD, form(unit=unit.pk, kept_photos=answer["token"], _continue="1"))

        assert not Photo.objects.exists()
        assert BodyPicture.objects.get().uploaded_by == other.user

    def test_a_row_with_words_but_no_file_says_so(self, editor, unit, form):
        response = editor.post(ADD, form(unit=unit.pk, rows={"photos": [{"caption": "Thiếu tệp"}]}))

        assert "Hãy chọn tệp ảnh cho dòng này, hoặc bỏ dòng này." in response.content.decode()
        assert not Report.objects.exists()
