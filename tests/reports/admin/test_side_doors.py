"""No role publishes, or moves a report at all, by any route beside its address: the form's buttons,
crafted fields, lists, inlines, restoring, choosers, reading, and what comes in from outside.

Whatever the table (`route_table.py`) does not allow must leave every row as it was.
"""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from reports.models import Report, ReportStatus
from tests.factories import PhotoFactory, ReportFactory, UserFactory, next_commune

from .conftest import report_form
from .pages import ADD
from .route_table import (
    BY_PAGE,
    CONTRIBUTOR,
    EDITOR,
    HOUR,
    ROLES,
    RULES,
    STATES,
    allowed,
    edits,
    everything,
    newsroom,
    stage,
    take_seat,
    tried,
)

pytestmark = [pytest.mark.django_db, pytest.mark.once]


# --- the form ---------------------------------------------------------------------------------------

BUTTONS = {"_gui-duyet": "submit", "_dang": "publish", "_hen-gio": "schedule"}
CRAFTED = {
    "status": "published",
    "published_at": "2020-01-01 07:00",
    "created_by": "",
    "revises": "",
    "version_0": "1",
    "withdrawn_at": "2020-01-01",
    "returned_code": "",
    "once_public": "1",
}


@pytest.mark.parametrize("alone", [False, True], ids=["two steps", "one step"])
@pytest.mark.parametrize("role", BY_PAGE)
def test_buttons_of_the_form_save_and_move_what_the_table_says(unit, role, alone):
    """Saving makes an author, so a button never lets anybody approve what it has just saved."""
    newsroom(unit, alone)
    user, client, wrong = take_seat(role, unit), Client(), []
    client.force_login(user)
    reports = [
        (state, own, report)
        for own in (False, True)
        for state, report in stage(unit, user if own else UserFactory()).items()
        if not own or edits(role, state, own=True, alone=alone)
    ]
    for state, own, report in reports:
        saved = edits(role, state, own=own, alone=alone)
        for button, deed in BUTTONS.items():
            data = report_form(report, title="Tít gõ vào") | CRAFTED | HOUR | {button: "1"}

            def send():
                client.post(reverse("admin:reports_report_change", args=[report.pk]), data)  # noqa: B023
                return Report.objects.filter(pk=report.pk).first()  # noqa: B023

            stored = tried(send)
            moved = saved and allowed(deed, role, state, own=True, alone=alone)
            if moved and deed == "publish" and report.revises_id:
                fits = stored is None
            else:
                status = RULES[deed].after if moved else report.status
                fits = (stored.title == "Tít gõ vào", stored.status) == (saved, status)
            if not fits:
                wrong.append((button, state, own, saved, moved, stored and stored.status))

    assert wrong == []


@pytest.mark.parametrize("alone", [False, True], ids=["two steps", "one step"])
@pytest.mark.parametrize("role", ROLES)
def test_a_new_report_begins_as_a_draft_whatever_is_sent(unit, role, alone):
    newsroom(unit, alone)
    client = Client()
    client.force_login(take_seat(role, unit))
    writes = bool(ROLES[role] & {EDITOR, CONTRIBUTOR})
    publishes = alone and EDITOR in ROLES[role]
    for button in (*BUTTONS, "_continue"):
        data = report_form(unit=unit.pk) | CRAFTED | HOUR | {button: "1"}

        def send():
            client.post(ADD, data)  # noqa: B023
            return [report.status for report in Report.objects.all()]

        made = tried(send)
        expected = "draft"
        if button == "_gui-duyet":
            expected = "submitted"
        elif button in ("_dang", "_hen-gio") and publishes:
            expected = "published"
        assert made == ([expected] if writes else []), button


# --- side doors ---------------------------------------------------------------------------------------


@pytest.fixture
def scene(unit):
    """One of each state, in one's own unit and in another, and somebody else's words in all."""
    return [*stage(unit, UserFactory()).values(), *stage(next_commune(), UserFactory()).values()]


def moved(report):
    return Report.objects.filter(pk=report.pk).values("status", "published_at", "unit_id").first()


@pytest.mark.parametrize("role", BY_PAGE)
def test_lists_have_no_action_and_no_field_that_moves_anything(unit, role, scene):
    client = Client()
    client.force_login(take_seat(role, unit))
    keys = [report.pk for report in scene]
    rows = {f"form-{n}-{name}": value for n, key in enumerate(keys)
            for name, value in {"id": key, "status": "published", "title": "Tít gõ vào"}.items()}  # fmt: skip
    rows |= {"form-TOTAL_FORMS": len(keys), "form-INITIAL_FORMS": len(keys), "_save": "1"}

    before = everything()
    for action in ("publish", "dang", "workflow.publish", "delete_selected", "withdraw", ""):
        data = {"action": action, "_selected_action": keys, "index": 0, "select_across": 1}
        for sent in (data, data | rows):
            list_url = reverse("admin:reports_report_changelist")
            client.post(list_url, sent)
            assert everything() == before, action


@pytest.mark.parametrize("role", BY_PAGE)
def test_forged_rows_of_an_inline_move_nothing_of_another_report(unit, role, scene):
    user = take_seat(role, unit)
    client = Client()
    client.force_login(user)
    own = ReportFactory(unit=unit, created_by=user)
    foreign = scene[-1]
    photo = PhotoFactory(report=foreign, caption="Chú thích của người khác")
    rows = {"photos": [{"id": photo.pk, "report": foreign.pk, "caption": "x", "DELETE": "on",
                        "report__status": "published", "place": 1}]}  # fmt: skip
    before = [moved(report) for report in scene]

    data = report_form(own, rows=rows, _continue="1") | {"photos-0-status": "published"}
    client.post(reverse("admin:reports_report_change", args=[own.pk]), data)

    photo.refresh_from_db()
    assert (photo.report_id, photo.caption) == (foreign.pk, "Chú thích của người khác")
    assert [moved(report) for report in scene] == before
    assert moved(own)["status"] == "draft"


@pytest.mark.parametrize("role", ROLES)
def test_restoring_a_published_version_publishes_nothing(unit, role):
    """Each report was published once, so that its history holds a version that says so."""
    user = take_seat(role, unit)
    client = Client()
    client.force_login(user)
    for state, report in stage(unit, UserFactory()).items():
        if state not in STATES:
            continue
        out = report.history.first()
        out.pk, out.status, out.published_at = None, "published", timezone.now()
        out.history_date -= timedelta(hours=1)
        out.save()
        before = moved(report)

        name = "admin:reports_report_restore"
        client.post(reverse(name, args=[report.pk, out.history_id]), {"version": report.version})

        assert moved(report) == before, state


@pytest.mark.parametrize("role", ["editor", "approver"])
def test_reading_moves_nothing(unit, role):
    user, client = take_seat(role, unit), Client()
    client.force_login(user)
    reports = stage(unit, user).values()
    before = everything()
    for report in reports:
        for name in ("change", "history", "preview", "delete"):
            assert client.get(reverse(f"admin:reports_report_{name}", args=[report.pk]))
        for rule in RULES.values():
            address = reverse(f"admin:reports_report_{rule.slug}", args=[report.pk])
            assert client.get(address, rule.data | {"version": 1}).status_code == 405
    chooser = reverse("admin:autocomplete")
    asked = "?app_label=reports&model_name=report&field_name=event&term=&status=published"
    client.get(chooser + asked)
    client.post(chooser + asked, {"status": "published"})

    assert everything() == before


def test_what_comes_in_from_a_folder_is_a_draft(unit, tmp_path, capsys):
    (tmp_path / "bai.txt").write_text(
        "status: published\n\nXã ta trồng xong đường hoa\n\nBà con góp công trồng hoa hai bên lộ.",
        encoding="utf-8",
    )

    call_command("import_articles", str(tmp_path), "--unit", unit.pk)

    assert {report.status for report in Report.objects.all()} == {ReportStatus.DRAFT}


@pytest.mark.parametrize("role", ROLES)
def test_what_comes_in_by_the_page_for_files_is_a_draft(unit, role):
    client = Client()
    client.force_login(take_seat(role, unit))
    address = reverse("admin:intake")
    said = {"text": "Xã ta trồng xong đường hoa\n\nBà con góp công trồng hoa hai bên lộ."}
    saved = {"buoc": "luu", "title": "Xã ta trồng xong đường hoa", "body": "<p>Bà con.</p>",
             "unit": unit.pk, "genre": "tin"}  # fmt: skip

    for data in (said, saved, *(saved | {button: "1"} for button in BUTTONS)):
        client.post(address, data | CRAFTED | HOUR)

    published = Report.objects.filter(status__in=[ReportStatus.PUBLISHED, ReportStatus.WITHDRAWN])
    assert not published.exists()
    if not ROLES[role] & {EDITOR, CONTRIBUTOR}:
        assert not Report.objects.exists()
