"""The page on which a person confirms what was read: how sure it is, who is who, which pictures."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from reports.models import MemberRole, Organisation, Person, Report
from tests.factories import MembershipFactory, NewsroomFactory, OrganisationFactory, PersonFactory
from tests.reports.test_pictures import jpeg
from units.models import Unit

from .test_from_page_to_page import read
from .word_makers import END, add_picture, document, picture, saved, sign

pytestmark = pytest.mark.django_db

ADDRESS = "/quan-tri/nhap-bai/"
UNIT = "t2-30682"
TITLE = "Xã Thoại Sơn khánh thành cầu Kênh Mới"
LEAD = "Sáng 14/9/2025, Ủy ban MTTQ Việt Nam xã Thoại Sơn tổ chức lễ khánh thành cầu Kênh Mới."
BODY = (
    "Cây cầu dài 28 mét nối hai bờ kênh mà trước đây trẻ em phải qua bằng vỏ lãi mỗi sáng đi học."
)


@pytest.fixture
def editor(client, registry):
    unit = Unit.objects.get(pk=UNIT)
    NewsroomFactory(unit=unit)
    user = MembershipFactory(unit=unit, role=MemberRole.EDITOR).user
    client.force_login(user)
    return user


def page(byline="Tin: Thúy Vân", lead=LEAD):
    return f"{TITLE}\n\n{lead}\n\n{BODY}\n\n{byline}"


def fill(client, text, **changed):
    fields, response = read(client, text)
    fields |= {"buoc": "luu", "unit": UNIT, **changed}
    return fields, response


def question_for(response, name):
    for asked, words, question in response.context["form"].whos_who():
        if asked == name:
            return words, question
    raise AssertionError(f"{name} is not on the page")


def signed_by():
    return [c.person for c in Report.objects.get().contributions.all()]


# --- how sure -------------------------------------------------------------------------------------


def test_each_field_says_how_sure_the_reader_is(client, editor):
    _, response = fill(client, page(lead=LEAD.replace("14/9/2025", "14/9")))
    form = response.context["form"]

    assert form.confidence("title") == ("chac", "Chắc.")
    assert form.confidence("authors") == ("chac", "Chắc.")
    assert form.confidence("photographers") == ("trong", "Bài không nói.")
    assert form.confidence("held_on")[0] == "trong"
    assert form.confidence("held_on")[1].startswith(
        "Bài không nói: bài ghi ngày 14/9 mà không ghi năm"
    )
    assert form.confidence("other_unit") == ("", "")
    assert "Nên xem lại" in response.content.decode()


def test_a_text_that_says_lately_is_told_so(client, editor):
    _, response = fill(client, page(lead=LEAD.replace("Sáng 14/9/2025", "Vừa qua")))

    assert response.context["form"].confidence("held_on") == (
        "trong",
        "Bài không nói: sapo chỉ ghi “vừa qua”, “mới đây”.",
    )


TWO_DAYS = LEAD.replace("tổ chức", "và ngày 16/9/2025 tại ấp Tây Bình tổ chức")


def test_a_text_about_a_place_the_editor_does_not_write_for_is_told(client, editor):
    elsewhere = LEAD.replace("xã Thoại Sơn", "xã Chợ Mới, tỉnh An Giang")
    text = page(lead=elsewhere).replace(TITLE, "Xã Chợ Mới khánh thành cầu Kênh Mới")
    _, response = fill(client, text)
    form = response.context["form"]

    assert form["unit"].value() == UNIT
    assert form.confidence("unit") == (
        "xem",
        "Nên xem lại: bài nhắc tới Xã Chợ Mới, tỉnh An Giang (từ 1/7/2025), nơi bạn không viết bài cho được.",
    )


def test_two_days_in_a_text_are_both_offered(client, editor):
    fields, response = fill(client, page(lead=TWO_DAYS))
    form = response.context["form"]

    assert [value for value, _ in form.fields["day"].choices] == ["2025-09-14", "2025-09-16", ""]
    assert (form["day"].value(), form["held_on"].value()) == ("2025-09-14", None)
    assert form.confidence("held_on") == ("xem", "Nên xem lại: bài nhắc mấy ngày khác nhau.")

    client.post(ADDRESS, {**fields, "day": "2025-09-16"})
    assert Report.objects.get().event.event_on == date(2025, 9, 16)


@pytest.mark.parametrize(
    ("sent", "day"),
    [
        ({"day": "2025-09-14", "held_on": "20/09/2025"}, date(2025, 9, 20)),
        ({"day": ""}, None),
    ],
    ids=["what is typed counts", "none of them"],
)
def test_another_day_than_those_offered(client, editor, sent, day):
    fields, _ = fill(client, page(lead=TWO_DAYS))

    assert client.post(ADDRESS, {**fields, **sent}).status_code == 302
    assert Report.objects.get().event.event_on == day


def test_a_forged_day_is_refused_and_broken_notes_break_nothing(client, editor):
    fields, _ = fill(client, page(lead=TWO_DAYS))

    assert client.post(ADDRESS, {**fields, "day": "2020-01-01"}).status_code == 400
    for notes in ("[]", "{", '{"days": [["x", 1], 7], "warnings": {}, "doubts": []}', "null"):
        assert client.post(ADDRESS, {**fields, "evidence": notes, "title": ""}).status_code == 400
    assert not Report.objects.exists()


# --- who is who -----------------------------------------------------------------------------------


def test_the_other_way_of_setting_a_tone_makes_no_twin(client, editor):
    known = PersonFactory(name="Thuý Vân", unit_id=UNIT)
    fields, response = fill(client, page("Tin, ảnh: Thúy Vân"))
    words, question = question_for(response, "Thúy Vân")

    assert words.startswith("đã có: Thuý Vân")
    assert question is None
    assert client.post(ADDRESS, fields).status_code == 302
    assert signed_by() == [known, known]
    assert [c.printed_name for c in Report.objects.get().contributions.all()] == ["Thúy Vân"] * 2
    assert Person.objects.count() == 1


def test_somebody_unknown_is_told_to_be_new_and_is_made_once(client, editor):
    fields, response = fill(client, page("Tin, ảnh: Như Ý"))

    assert question_for(response, "Như Ý") == ("người mới, sẽ được thêm khi lưu", None)
    assert client.post(ADDRESS, fields).status_code == 302
    assert [person.name for person in Person.objects.all()] == ["Như Ý"]
    assert len(signed_by()) == 2


def test_a_name_that_is_near_is_asked_about(client, editor):
    near = PersonFactory(name="Thùy Vân", unit_id=UNIT)
    fields, response = fill(client, page())
    _, question = question_for(response, "Thúy Vân")

    assert [value for value, _ in question.field.choices] == [str(near.pk), "moi"]
    assert question.value() == "moi"
    assert client.post(ADDRESS, {**fields, question.html_name: str(near.pk)}).status_code == 302
    assert signed_by() == [near]


def test_of_namesakes_the_one_of_the_same_unit_is_proposed(client, editor):
    far = PersonFactory(name="Thúy Vân", unit_id="t2-91")
    here = PersonFactory(name="Thúy Vân", unit_id=UNIT)
    fields, response = fill(client, page())
    _, question = question_for(response, "Thúy Vân")

    assert question.value() == str(here.pk)
    assert [label for _, label in question.field.choices] == [
        f"Đã có: Thúy Vân – {here.unit.label_with_context}",
        f"Đã có: Thúy Vân – {far.unit.label_with_context}",
        "Người mới, ký tên “Thúy Vân”",
    ]
    assert client.post(ADDRESS, {**fields, question.html_name: "moi"}).status_code == 302
    assert signed_by() not in ([far], [here])
    assert Person.objects.filter(name="Thúy Vân").count() == 3


def test_nobody_may_be_named_who_was_not_offered(client, editor):
    PersonFactory(name="Thùy Vân", unit_id=UNIT)
    stranger = PersonFactory(name="Người Lạ")
    fields, response = fill(client, page())
    _, question = question_for(response, "Thúy Vân")

    assert client.post(ADDRESS, {**fields, question.html_name: str(stranger.pk)}).status_code == 400
    assert not Report.objects.exists()


def test_organisations_are_known_by_their_other_spellings(client, editor):
    office = OrganisationFactory(
        name="Trung tâm Văn hóa Thoại Sơn", aliases="Trung tâm VH–TT–TT xã"
    )
    host = OrganisationFactory(name="Ủy ban MTTQ Việt Nam", short_name="MTTQ")
    fields, response = fill(client, page("Như Ý – Trung tâm VH - TT - TT xã"))

    assert response.context["form"]["organisation"].value() == host.pk
    assert response.context["form"].sentence("organisation") == LEAD
    fields["organisation"] = host.pk
    assert client.post(ADDRESS, fields).status_code == 302
    report = Report.objects.get()
    assert (report.organisation, report.byline_organisation) == (host, "Trung tâm VH - TT - TT xã")
    assert signed_by()[0].organisation == office


def test_without_the_organisation_in_the_table_nothing_is_guessed(client, editor):
    OrganisationFactory(name="Hội Nông dân", short_name="HND")
    _, response = fill(client, page())

    assert response.context["form"]["organisation"].value() is None
    assert Organisation.objects.count() == 1


# --- pictures -------------------------------------------------------------------------------------


def word(*pictures, byline="Tin: Như Ý"):
    new = document()
    for colour, words, options in pictures:
        add_picture(new, colour, **options)
        new.add_paragraph(words) if words else None
    new.add_paragraph(END)
    sign(new, byline)
    return saved(new)


def upload(client, content, **more):
    file = SimpleUploadedFile("bai.docx", content)
    response = client.post(ADDRESS, {"buoc": "doc", "file": file, "pasted": "", **more})
    assert response.status_code == 200
    form = response.context["form"]
    fields = {b.html_name: b.field.prepare_value(b.value()) for b in form}
    for formset in (response.context["pictures"], response.context["figures"]):
        for one in (formset.management_form, *formset):
            fields |= {b.html_name: b.field.prepare_value(b.value()) for b in one}
    fields = {name: value for name, value in fields.items() if value not in (None, False)}
    return {**fields, "buoc": "luu", "unit": UNIT}, response


def test_each_photo_keeps_its_place_words_and_name(client, editor):
    fields, _ = upload(
        client,
        word(
            ("red", "Bà con cắt băng. Ảnh: Lê Hà", {}),
            ("green", "Học sinh qua cầu. Ảnh: TTXVN", {}),
            ("blue", "Các cụ bên con đò (ảnh: Minh Tâm/TTXVN)", {}),
        ),
    )
    fields["anh-0-alt"] = "Bảy người đứng trước dải băng đỏ"
    assert client.post(ADDRESS, fields).status_code == 302

    photos = Report.objects.get().photos.all()
    assert [(p.caption, p.credit_words, p.alt) for p in photos] == [
        ("Bà con cắt băng.", "Lê Hà", "Bảy người đứng trước dải băng đỏ"),
        ("Học sinh qua cầu.", "TTXVN", ""),
        ("Các cụ bên con đò", "Minh Tâm – TTXVN", ""),
    ]


def test_who_signed_as_the_only_photographer_took_what_nobody_is_named_for(client, editor):
    fields, response = upload(
        client, word(("red", "Bà con cắt băng", {}), byline="Tin, ảnh: Như Ý")
    )

    assert "ghi tên Như Ý" in response.content.decode()
    assert client.post(ADDRESS, fields).status_code == 302
    assert Report.objects.get().photos.get().credit.name == "Như Ý"


def test_logos_and_repeated_pictures_are_offered_unticked(client, editor):
    fields, response = upload(
        client,
        word(
            ("gold", "", {"size": (60, 60)}),
            ("red", "Bà con cắt băng", {}),
            ("blue", "", {}),
            ("blue", "", {}),
        ),
    )

    rows = [(f["keep"].value(), f["note"].value()[:7]) for f in response.context["pictures"]]
    assert rows == [(False, "Ảnh nhỏ"), (True, ""), (False, "Ảnh này")]
    assert client.post(ADDRESS, fields).status_code == 302
    assert [p.caption for p in Report.objects.get().photos.all()] == ["Bà con cắt băng"]


def test_photos_chosen_beside_the_text_come_in_with_its_captions(client, editor):
    text = page().replace(BODY, f"{BODY}\n\nQuang cảnh lễ khánh thành cầu\n\n{END}")
    photos = [SimpleUploadedFile(f"{n}.jpg", jpeg(600, 400)) for n in (1, 2)]
    bad = SimpleUploadedFile("hong.jpg", b"GIF89a hong")

    response = client.post(
        ADDRESS, {"buoc": "doc", "pasted": text, "photos": [photos[0], bad, photos[1]]}
    )

    rows = [(bool(f["token"].value()), f["caption"].value()) for f in response.context["pictures"]]
    assert rows == [(True, "Quang cảnh lễ khánh thành cầu"), (True, "")]
    assert any("Ảnh “hong.jpg” bị bỏ" in line for line in response.context["warnings"])


def test_more_photos_than_an_office_has_are_refused(client, editor):
    photos = [SimpleUploadedFile(f"{n}.jpg", b"x") for n in range(41)]
    response = client.post(ADDRESS, {"buoc": "doc", "pasted": page(), "photos": photos})

    assert response.status_code == 400
    assert "nhiều nhất 40 ảnh" in response.content.decode()


def test_a_large_paste_comes_as_a_file_with_its_pictures(client, editor):
    html = f"<p>{TITLE}</p><p>{LEAD}</p><p>{BODY}</p><!--{'x' * 600_000}-->"
    sent = {
        "buoc": "doc",
        "pasted": "chữ thường",
        "pasted_page": SimpleUploadedFile("dan.html", html.encode()),
    }

    assert client.post(ADDRESS, sent).context["form"]["title"].value() == TITLE


# --- once, and at one price -----------------------------------------------------------------------


def test_a_second_press_makes_no_second_draft_and_no_second_photo(client, editor):
    fields, _ = upload(client, word(("red", "Bà con cắt băng", {})))

    addresses = {client.post(ADDRESS, fields).url for _ in range(3)}

    report = Report.objects.get()
    assert addresses == {f"/quan-tri/reports/report/{report.pk}/change/"}
    assert (report.photos.count(), report.history.count()) == (1, 1)


def test_going_back_and_changing_the_text_is_told_and_loses_nothing(client, editor):
    fields, _ = fill(client, page())
    client.post(ADDRESS, fields)

    again = client.post(ADDRESS, {**fields, "title": "Tít khác hẳn"})

    assert again.status_code == 400
    assert "đã được nhập" in again.content.decode()
    assert again.context["form"]["title"].value() == "Tít khác hẳn"
    assert [report.title for report in Report.objects.all()] == [TITLE]


def test_the_key_of_one_person_is_nothing_to_another(client, editor):
    fields, _ = fill(client, page())
    client.post(ADDRESS, fields)
    other = MembershipFactory(unit_id=UNIT, role=MemberRole.EDITOR).user
    client.force_login(other)

    client.post(ADDRESS, {**fields, "source_hash": "", "title": "Tít của người khác"})

    assert sorted(report.title for report in Report.objects.all()) == sorted(
        [TITLE, "Tít của người khác"]
    )


@pytest.mark.parametrize("people", [1, 4])
def test_the_page_asks_the_same_number_of_questions_whoever_signs(client, editor, people):
    for number in range(people):
        PersonFactory(name="Thúy Vân", unit_id=UNIT if number else "t2-91")
    names = "; ".join(["Thúy Vân", "Như Ý", "Ngọc Lan", "Minh Tâm"][:people])
    client.post(ADDRESS, {"buoc": "doc", "pasted": page()})
    with CaptureQueriesContext(
        connection,
    ) as asked:
        client.post(ADDRESS, {"buoc": "doc", "pasted": page(f"Tác giả: {names}")})

    assert len([q for q in asked if "reports_pe" in q["sql"]]) == 2


def test_pictures_of_a_file_are_told_apart_by_their_bytes():
    assert len({picture(colour) for colour in ("red", "green", "blue", "gold")}) == 4
