"""A Word file into a draft that is there already: both texts, three ways on, and nothing lost."""

import io
import re
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from reports.models import Contribution, Figure, Organisation, Person, Photo, Report
from tests.factories import (
    ContributionFactory,
    EventFactory,
    FigureFactory,
    PersonFactory,
    PhotoFactory,
    ReportFactory,
)
from tests.reports.intake.word_makers import (
    BODY,
    END,
    LEAD,
    TITLE,
    add_caption,
    document,
    picture,
    saved,
)

from .conftest import report_form

pytestmark = pytest.mark.django_db

CAPTION = "Bà con ấp Mỹ An đi qua cầu mới. Ảnh: Minh Tâm"


def word(*paragraphs, pictures=()):
    file = document(*paragraphs)
    for colour in pictures:
        file.add_picture(io.BytesIO(picture(colour)))
        add_caption(file, CAPTION)
    file.add_paragraph(END)
    file.add_paragraph("Tin: Ngọc Lan")
    return SimpleUploadedFile("bai.docx", saved(file))


@pytest.fixture
def draft(editor, unit):
    return ReportFactory(
        unit=unit, created_by=editor.user, title="Xã bắc cầu", lead="Sapo đã gõ.",
        body="<p>Đoạn đã gõ.</p>",
    )  # fmt: skip


def address(report):
    return f"/quan-tri/reports/report/{report.pk}/tu-tep/"


def read(client, report, upload=None, **fields):
    page = client.post(address(report), {"file": upload or word(), **fields})
    assert page.status_code == 200, page.content.decode()[:3000]
    return page


def way(page, number):
    """The form behind a button, as a browser sends it."""
    sent = {}
    for name, value in page.context["ways"][number].fields:
        sent.setdefault(name, []).append(value)
    return sent


def take(client, page, report, number):
    """Press a button, then "Lưu nháp" on the form it fills; the report as stored."""
    change = f"/quan-tri/reports/report/{report.pk}/change/"
    sent = way(page, number)
    before = Report.objects.get(pk=report.pk).version
    drawn = client.post(change, {**sent, "_sua-tiep": "tep"})
    assert drawn.status_code == 200
    assert "chưa lưu" in drawn.context["typed_note"]
    assert Report.objects.get(pk=report.pk).version == before
    answer = client.post(change, {**sent, "_continue": "1"})
    assert answer.status_code == 302, answer.context["errors"]
    return Report.objects.get(pk=report.pk)


REPLACE, APPEND, PICTURES = range(3)


def test_the_form_of_a_draft_saves_what_is_typed_and_leads_to_the_file(editor, draft):
    change = f"/quan-tri/reports/report/{draft.pk}/change/"
    assert "Đưa tệp Word vào bài này" in editor.get(change).content.decode()

    answer = editor.post(change, {**report_form(draft, title="Tít vừa gõ"), "_tu-tep": ""})

    assert (answer.status_code, answer["Location"]) == (302, address(draft))
    assert Report.objects.get(pk=draft.pk).title == "Tít vừa gõ"


def test_enter_in_a_field_saves_and_does_not_lead_to_the_file(editor, draft):
    """Enter presses the first button that belongs to the form, wherever on the page it stands."""
    page = editor.get(f"/quan-tri/reports/report/{draft.pk}/change/").content.decode()
    before_form, form = page.split('id="report_form"', 1)
    buttons = re.findall(r"<button[^>]*>", before_form), re.findall(r"<button[^>]*>", form)
    first = next(each for each in [*buttons[0], *buttons[1]]
                 if each in buttons[1] or 'form="report_form"' in each)  # fmt: skip

    assert 'name="_continue"' in first
    assert 'name="_tu-tep"' in page


def test_reading_a_file_changes_nothing_and_shows_both_texts(editor, draft):
    page = read(editor, draft)

    told = {
        each.label.lower(): "".join(piece.text for _, new in each.parts for piece in new)
        for each in page.context["conflict"].differences
    }
    assert TITLE in told["tít"]
    assert LEAD in told["sapo"]
    stored = Report.objects.get(pk=draft.pk)
    assert (stored.version, stored.title, stored.body) == (draft.version, draft.title, draft.body)
    assert not Person.objects.exists()


def test_the_new_text_replaces_the_old_which_stays_in_the_history(editor, draft):
    report = take(editor, read(editor, draft), draft, REPLACE)

    assert (report.title, report.lead) == (TITLE, LEAD)
    assert report.body == f"<p>{BODY}</p>\n<p>{END}</p>"
    assert report.status == "draft"
    old = report.history.filter(version=draft.version).first()
    assert (old.title, old.lead, old.body) == (draft.title, draft.lead, draft.body)


def test_the_new_text_goes_behind_the_old(editor, draft):
    report = take(editor, read(editor, draft), draft, APPEND)

    assert (report.title, report.lead) == (draft.title, draft.lead)
    assert report.body == f"<p>Đoạn đã gõ.</p>\n<p>{LEAD}</p>\n<p>{BODY}</p>\n<p>{END}</p>"


def test_only_pictures_and_names_leave_every_word_as_it_is(editor, draft, unit):
    writer, photographer = (PersonFactory(name=n, unit=unit) for n in ("Ngọc Lan", "Minh Tâm"))
    page = read(editor, draft, word(pictures=["red", "blue"]))

    report = take(editor, page, draft, PICTURES)

    assert (report.title, report.lead, report.body) == (draft.title, draft.lead, draft.body)
    assert [(one.caption, one.credit) for one in report.photos.order_by("order")] == [
        ("Bà con ấp Mỹ An đi qua cầu mới.", photographer)
    ] * 2
    signed = Contribution.objects.filter(report=report).values_list("role", "person")
    assert ("author", writer.pk) in signed


def test_what_stands_in_the_draft_already_stays_and_is_not_doubled(editor, draft, unit):
    writer = PersonFactory(name="Ngọc Lan", unit=unit)
    first = take(editor, read(editor, draft, word(pictures=["red"])), draft, PICTURES)
    own = PhotoFactory(report=first, caption="Ảnh đã có", order=5)
    figure = FigureFactory(report=first)
    colleague = ContributionFactory(report=first, role="editor")

    page = read(editor, first, word(pictures=["red", "green"]))
    report = take(editor, page, first, REPLACE)

    assert report.photos.count() == 3
    assert Photo.objects.filter(pk=own.pk, caption="Ảnh đã có").exists()
    assert list(Figure.objects.filter(report=report)) == [figure]
    assert list(report.contributions.filter(role="author").values_list("person", flat=True)) == [
        writer.pk
    ]
    assert report.contributions.filter(pk=colleague.pk).exists()
    assert any("1 ảnh trong tệp đã có trong bài" in note for note in page.context["warnings"])


def test_a_file_that_says_nothing_new_is_told_so(editor, draft):
    report = take(editor, read(editor, draft), draft, REPLACE)

    page = read(editor, report)

    assert page.context["conflict"].differences == []
    assert "Tệp không có gì mới" in page.content.decode()


def test_a_name_nobody_bears_is_said_and_not_made_up(editor, draft):
    page = read(editor, draft)

    assert [n for n in page.context["warnings"] if "Ngọc Lan" in n] == [
        "Chưa có trong danh sách tác giả: Ngọc Lan. Sau khi lấy tệp, thêm ở “Người thực hiện” bằng nút "
        "dấu cộng."
    ]
    assert not Person.objects.exists()


def test_empty_fields_are_filled_and_chosen_ones_are_not(editor, draft, unit):
    event = EventFactory(unit=unit, event_on=date(2025, 9, 14))
    mine = Organisation.objects.create(name="Hội Nông dân xã")
    draft.organisation = mine
    draft.save()

    report = take(editor, read(editor, draft), draft, REPLACE)

    assert (report.event, report.organisation) == (event, mine)


def test_a_day_without_its_event_is_said(editor, draft):
    page = read(editor, draft)

    assert "Tệp kể việc ngày 14/09/2025" in "".join(page.context["warnings"])


def test_a_save_in_between_is_answered_with_both_texts(editor, draft):
    sent = way(read(editor, draft), REPLACE)
    other = Report.objects.get(pk=draft.pk)
    other.title = "Tít của người khác"
    other.save()

    answer = editor.post(f"/quan-tri/reports/report/{draft.pk}/change/", {**sent, "_continue": "1"})

    assert answer.status_code == 409
    assert Report.objects.get(pk=draft.pk).title == "Tít của người khác"


def test_words_typed_and_not_saved_are_asked_about_first(editor, draft):
    keep = f"/quan-tri/reports/report/{draft.pk}/giu-chu/"
    editor.post(keep, report_form(draft, title="Đang gõ dở"))

    answer = editor.get(address(draft))

    assert (answer.status_code, answer["Location"]) == (
        302,
        f"/quan-tri/reports/report/{draft.pk}/change/",
    )


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, ".docx"),
        (b"", "rỗng"),
    ],
    ids=["old-word", "empty"],
)
def test_a_file_that_cannot_be_read_is_refused_with_the_cure(editor, draft, content, said):
    answer = editor.post(address(draft), {"file": SimpleUploadedFile("bai.docx", content)})

    assert answer.status_code == 400
    assert said in str(answer.context["form"].errors["file"])


def test_nothing_sent_is_asked_for_again(editor, draft):
    answer = editor.post(address(draft), {})

    assert answer.status_code == 400
    assert answer.context["form"].errors


@pytest.mark.parametrize(
    ("role", "status", "expected"),
    [
        ("editor", "draft", 200),
        ("editor", "returned", 200),
        ("editor", "submitted", 403),
        ("editor", "published", 403),
        ("contributor", "draft", 404),
        ("approver", "submitted", 404),
        ("desk", "published", 404),
        ("nobody", "draft", 404),
    ],
)
def test_who_may_not_write_the_draft_may_not_put_a_file_into_it(seat, unit, role, status, expected):
    report = ReportFactory(
        unit=unit, status=status, **({"published": True} if status == "published" else {})
    )
    browser = seat(role, unit)

    for send in (browser.get, browser.post):
        answer = send(address(report))
        assert answer.status_code == (400 if expected == 200 and send == browser.post else expected)
