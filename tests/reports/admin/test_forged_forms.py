"""What no browser of ours would send to the back office: answered as nonsense, never with a 5xx, and
nothing half is left behind.
"""

import json
from urllib.parse import urlencode

import pytest
from django.test import Client
from django.urls import reverse

from reports import editing
from reports.admin import library, parts
from reports.models import EditLock, Person, Photo, Report, TypedText
from tests.factories import PersonFactory, PhotoFactory, ReportFactory, next_commune

from .conftest import report_form
from .pages import ADD, change

pytestmark = pytest.mark.django_db
HUGE = "9" * 30
STRANGE = {
    "NUL": "a\x00b",
    "nothing but NUL": "\x00",
    "a huge number": HUGE,
    "one past a bigint": str(2**63),
    "5,000 digits": "9" * 5000,
    "another digit": "²",
    "not UTF-8": b"\xed\xa0\x80\xff",
    "formula": "=1+1",
    "looks escaped": "\\u0000",
}


@pytest.fixture
def doors(unit):
    report = ReportFactory(unit=unit)
    name = "admin:reports_report_"
    return [
        ADD, change(report), "/quan-tri/login/", "/quan-tri/nhap-bai/", "/quan-tri/nhap-kho/",
        "/quan-tri/anh/", "/quan-tri/them-anh/", "/quan-tri/tin-bao/",
        "/quan-tri/reports/person/gop/xem/", "/quan-tri/reports/person/gop/",
        reverse(f"{name}proofread", args=[report.pk]), reverse(f"{name}keep", args=[report.pk]),
        reverse(f"{name}compare", args=[report.pk]), reverse(f"{name}keep_new"),
        reverse("admin:reports_fees_score", args=[unit.pk, "2026-01"]),
        reverse("admin:reports_fees_lock", args=[unit.pk, "2026-01"]),
        reverse("admin:reports_fees_paid", args=[unit.pk, "2026-01"]),
    ]  # fmt: skip


def everywhere(value):
    """The value in every field that any of these doors reads."""
    fields = [
        "title",
        "lead",
        "body",
        "unit",
        "event",
        "section",
        "organisation",
        "topics",
        "genre",
        "heading",
        "version",
        "once_key",
        "anh",
        "bai",
        "giu",
        "gop",
        "tu",
        "den",
        "until",
        "trang",
        "seen",
        "coefficient",
        "code",
        "reason",
        "paid_on",
        "voucher",
        "q",
        "ky",
        "lay-lai",
        "photos-0-kept",
        "photos-0-id",
        "photos-0-credit",
        "photos-0-focal_x",
        "contributions-0-person",
        "contributions-0-role",
        "contributions-0-signed_as",
        "figures-0-value",
        "figures-0-indicator",
        "period_start",
        "username",
        "password",
        "term",
        "buoc",
        "text",
        "url",
        "published_at_0",
        "original_url",
        "nam",
        "xem",
        "da-xem",
        "_chua",
    ]
    rows = {
        f"{prefix}-{name}_FORMS": number
        for prefix in ("photos", "contributions", "figures")
        for name, number in (("TOTAL", "1"), ("INITIAL", "0"), ("MIN_NUM", "0"), ("MAX_NUM", "9"))
    }
    return dict.fromkeys(fields, value) | rows


def sent(client, door, data):
    """As bytes, so that they need be no letters."""
    return client.post(door, urlencode(data), content_type="application/x-www-form-urlencoded")


@pytest.mark.parametrize("kind", STRANGE)
def test_no_value_of_any_field_breaks_a_page(seat, unit, doors, kind):
    client = seat("superuser", unit)
    value = STRANGE[kind]
    for door in doors:
        for answer in (
            sent(client, door, everywhere(value)),
            client.get(door, {name: text[:900] for name, text in everywhere(value).items()}),
        ):
            assert answer.status_code < 500, door


def test_what_is_sent_with_nul_is_kept_without(editor, unit):
    editor.post(ADD, report_form(unit=unit.pk, title="Xã ta\x00 trồng hoa"))

    assert Report.objects.get().title == "Xã ta trồng hoa"


@pytest.mark.parametrize("words", ["\\u0000", 'cuối câu \\u0000"', "\\", "a\x00b", "\ufffd"])
def test_any_words_that_were_typed_come_back(editor, unit, words):
    """Who typed them could not open the form again, if the kept text could not be read."""
    report = ReportFactory(unit=unit)
    keep = reverse("admin:reports_report_keep", args=[report.pk])
    editor.post(keep, {"title": words, "version": 1})

    kept = editing.payload_of(TypedText.objects.get())["title"]

    assert kept == words.replace("\x00", "")
    assert editor.get(change(report)).status_code == 200
    assert editor.get(change(report), {"lay-lai": "1"}).status_code == 200


def test_a_live_check_is_answered_however_the_form_is_packed(editor, unit):
    """Control: packed the usual way. A browser's token is read out of the form first."""
    report = ReportFactory(unit=unit)
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(editor.user)
    token = strict.get(reverse("admin:reports_report_session")).json()["token"]
    door = reverse("admin:reports_report_proofread", args=[report.pk])
    data = {"title": "Xã ta", "body": "<p>Chữ</p>", "csrfmiddlewaretoken": token}

    assert sent(strict, door, data).status_code == 200
    assert strict.post(door, data).status_code == 200
    assert strict.post(door, data | {"body": "a" * 600_000}).status_code == 413


def test_a_form_of_five_thousand_fields_or_three_megabytes_is_refused(editor, unit):
    report = ReportFactory(unit=unit)
    keep = reverse("admin:reports_report_keep", args=[report.pk])
    before = Report.objects.values().get()

    for door in (keep, change(report), ADD, "/quan-tri/nhap-bai/"):
        assert editor.post(door, {f"o{n}": "x" for n in range(5000)}).status_code == 400
        assert editor.post(door, {"title": "a" * 3_500_000}).status_code == 400
    told = editor.post(keep, {"title": "a" * 1_200_000, "version": 1})

    assert told.status_code == 200
    assert "quá dài" in json.loads(told.content)["trouble"]
    assert not TypedText.objects.exists()
    assert Report.objects.values().get() == before


def test_a_million_rows_are_refused_without_being_drawn(editor, unit, monkeypatch):
    monkeypatch.setattr(parts, "MOST_ROWS", 3)
    report = ReportFactory(unit=unit)
    for rows in ("contributions", "photos", "figures"):
        data = report_form(report, title="Tít mới") | {f"{rows}-TOTAL_FORMS": "1000000"}
        page = editor.post(change(report), data).context["inline_admin_formsets"]
        [formset] = [one.formset for one in page if one.formset.prefix == rows]
        assert (formset.is_valid(), len(formset.forms)) == (False, 3)
    report.refresh_from_db()
    assert report.version == 1


# --- other people's things in one's own forms -----------------------------------------------------------


def test_pictures_of_reports_one_may_not_read_are_not_taken_from_the_library(seat, unit):
    """A contributor knows the token of a colleague's draft, and of another unit's."""
    writer = seat("contributor", unit)
    own = ReportFactory(unit=unit, created_by=writer.user)
    shown = PhotoFactory(report=ReportFactory(unit=unit, created_by=writer.user))
    hidden = [PhotoFactory(report=ReportFactory(unit=each)) for each in (unit, next_commune())]
    tokens = [photo.token for photo in (*hidden, shown)] + ["0" * 32, "../../x", ""]

    writer.post("/quan-tri/anh/", {"bai": own.pk, "anh": tokens})

    # Control: the one of one's own is.
    assert [photo.token for photo in own.photos.all()] == [shown.token]
    for photo in hidden:
        rows = {"photos": [{"kept": photo.token, "place": 1, "caption": "x"}]}
        answer = writer.post(change(own), report_form(Report.objects.get(pk=own.pk), rows=rows))
        assert answer.status_code == 200
        assert f"/{photo.token}/" not in answer.content.decode()  # it is no address
        opened = writer.get(ADD, {"anh": photo.token})
        assert photo.token not in opened.content.decode()
        assert writer.get(f"/media/anh/{photo.token[:2]}/{photo.token}/goc.jpg").status_code == 404
    assert Photo.objects.filter(token__in=[photo.token for photo in hidden]).count() == 2


def test_people_of_other_units_are_not_merged(seat, unit):
    approver = seat("approver", unit)
    mine = [PersonFactory(unit=unit), PersonFactory(unit=unit)]
    theirs, nobodys = PersonFactory(unit=next_commune()), PersonFactory(unit=None)
    door = "/quan-tri/reports/person/gop/xem/"
    for keep, gone in ((mine[0], theirs), (theirs, mine[0]), (mine[0], nobodys)):
        for send in (approver.get, approver.post):
            assert send(door, {"giu": keep.pk, "gop": gone.pk}).status_code == 404
    assert not Person._base_manager.exclude(merged_into=None).exists()
    # Control: one's own are.
    assert approver.post(door, {"giu": mine[0].pk, "gop": mine[1].pk}).status_code == 302


def test_forged_versions_move_and_overwrite_nothing(editor, unit):
    report = ReportFactory(unit=unit)
    for version in ("", "0", "-1", "2", "1.0", "01x", "١", HUGE, "9" * 5000, "1 "):
        sent = editor.post(
            reverse("admin:reports_report_gui-duyet", args=[report.pk]), {"version": version}
        )
        saved = editor.post(change(report), report_form(report, title="Khác", version=version))
        assert (sent.status_code, saved.status_code) in ((409, 409), (400, 409)), version
    report.refresh_from_db()
    assert (report.status, report.version) == ("draft", 1)


# --- between the look and the deed ------------------------------------------------------------------------


def test_photos_do_not_slip_into_a_report_that_was_sent_off_meanwhile(editor, unit, monkeypatch):
    report = ReportFactory(unit=unit)
    photo = PhotoFactory(report=ReportFactory(unit=unit))
    look = library._report_to_fill

    def looked(request):
        found = look(request)
        Report.objects.filter(pk=report.pk).update(status="submitted")
        return found

    monkeypatch.setattr(library, "_report_to_fill", looked)

    answer = editor.post("/quan-tri/anh/", {"bai": report.pk, "anh": photo.token})

    assert (answer.status_code, report.photos.count()) == (404, 0)


def test_a_lock_is_free_when_its_holder_leaves_just_now(editor, unit, monkeypatch):
    """Between making sure there is one and reading it."""
    report = ReportFactory(unit=unit)
    made = EditLock.objects.get_or_create
    left = []

    def gone_at_once(*args, **kwargs):
        found = made(*args, **kwargs)
        if not left:
            left.append(EditLock.objects.all().delete())
        return found

    monkeypatch.setattr(
        type(EditLock.objects), "get_or_create", lambda self, **kw: gone_at_once(**kw)
    )

    assert (
        editor.post(reverse("admin:reports_report_take_over", args=[report.pk])).status_code == 302
    )
    assert EditLock.objects.get().user == editor.user
