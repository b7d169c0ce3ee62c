"""Every address of the back office against every role, other units, strangers, GET and forgeries.

`OPEN` is the table: who is let in by GET and by POST. An address that is not in it fails.
"""

import pytest
from django.test import Client

from reports.admin import archive
from reports.models import Alert, TypedText
from tests.factories import next_commune

from .doors import (
    ALONE,
    OF_ALL,
    OF_UNIT,
    absent,
    address,
    all_rows,
    common,
    names,
    office,
    tell,
    type_in,
)
from .route_table import tried

pytestmark = [pytest.mark.django_db, pytest.mark.once]

ROLES = {"n": "nobody", "c": "contributor", "e": "editor", "a": "approver", "u": "unit_admin",
         "d": "desk", "s": "superuser"}  # fmt: skip
ALL = "".join(ROLES)
NO_METHOD = "-"
# (who is let in by GET, who by POST): the addresses. "-": the method is refused to everybody.
# Deeds are tried on a draft; those that lead nowhere from there are 403 to all who may see it.
OPEN = {
    ("-", ""): "alert reports_report_bo-ban-sua reports_report_dang reports_report_theo-ban-moi",
    ("-", "as"): "reports_fees_file reports_fees_lock reports_fees_paid",
    ("-", "ces"): "reports_report_proofread_new upload_picture",
    ("-", "eas"): "reports_feedback_forget",
    ("-", "es"): """
        archive_abandon archive_begin archive_step reports_report_ban-sua reports_report_dang-lai
        reports_report_dinh-chinh reports_report_doi-gio reports_report_drop reports_report_go
        reports_report_gui-duyet reports_report_hen-gio reports_report_keep reports_report_proofread
        reports_report_restore reports_report_take_over reports_report_tra-lai reports_event_restore
    """,
    # They keep nothing for who may not write, and only one's own.
    ("-", ALL): "reports_report_drop_new reports_report_keep_new",
    (ALL, "-"): "autocomplete jsi18n password_change_done reports_report_session",
    ("es", "-"): "archive_batch archive_table reports_report_preview reports_report_compare",
    ("", ""): """
        portal_siteprofile_add portal_siteprofile_delete reports_feedback_add reports_fees_mine
        reports_feesheet_add reports_feesheet_delete view_on_site
    """,
    ("as", "as"): """
        reports_fees_print reports_fees_score reports_fees_sheet reports_feesheet_change
        reports_feesheet_changelist reports_feesheet_history reports_person_duplicates
        reports_person_merge
    """,
    ("ceauds", ""): "photo_library",
    ("ceauds", "ceauds"): "reports_event_history reports_event_version",
    # Readers see this event and this person: contributors change neither.
    ("ceauds", "es"): "reports_event_change",
    ("ces", "ces"): """
        intake photo_report reports_event_add reports_organisation_add
        reports_person_add reports_report_add
    """,
    ("eas", "eas"): "reports_feedback_change reports_feedback_changelist reports_feedback_history",
    ("es", "es"): """
        archive archive_review reports_event_delete reports_report_change reports_report_delete reports_report_from_file
        reports_report_history reports_report_version
    """,
    (ALL, "es"): "reports_person_change",
    (ALL, ALL): """
        alerts app_list index login password_change reports_event_changelist
        reports_organisation_changelist reports_organisation_history reports_person_changelist
        reports_person_history reports_report_changelist units_unit_changelist units_unit_history
    """,
    (ALL, "s"): "reports_organisation_change units_unit_change",
    ("s", "s"): """
        auth_user_delete portal_notice_add portal_notice_change portal_notice_changelist
        portal_notice_delete portal_notice_history portal_siteprofile_change
        portal_siteprofile_changelist portal_siteprofile_history reports_basesalary_add
        reports_basesalary_change reports_basesalary_changelist reports_basesalary_delete
        reports_basesalary_history reports_feedback_delete reports_feeschedule_add
        reports_feeschedule_change reports_feeschedule_changelist reports_feeschedule_delete
        reports_feeschedule_history reports_newsroom_add reports_newsroom_change
        reports_newsroom_changelist reports_newsroom_delete reports_newsroom_history
        reports_organisation_delete reports_person_delete reports_section_add reports_section_change
        reports_section_changelist reports_section_delete reports_section_history reports_topic_add
        reports_topic_change reports_topic_changelist reports_topic_delete reports_topic_history
        units_unit_add units_unit_delete
    """,
    ("us", "us"): """
        auth_user_add auth_user_change auth_user_changelist auth_user_history
        auth_user_password_change axes_accessattempt_changelist reports_linkhost_add
        reports_linkhost_change reports_linkhost_changelist reports_linkhost_delete
        reports_linkhost_history reports_membership_add reports_membership_change
        reports_membership_changelist reports_membership_delete reports_membership_history
    """,
}
TABLE = {
    each if each == "upload_picture" else f"admin:{each}": rights
    for rights, line in OPEN.items()
    for each in line.split()
}
# Signing out is for everybody, and would end the test.
LEAVING = {"admin:logout"}
# Of these, persons of all units may be read: they sign reports, in public.
READ_BY_ALL = {"admin:reports_person_change", "admin:reports_person_history"}


def asked(name, here):
    """What a page needs in its question to have an answer."""
    if name == "admin:autocomplete":
        return {"app_label": "reports", "model_name": "report", "field_name": "unit", "term": ""}
    if name == "admin:reports_report_compare":
        keys = here.draft.history.values_list("history_id", flat=True)
        return {"tu": keys.first(), "den": keys.last()}
    if name == "admin:reports_person_merge":
        keep, gone = here.people
        return {"giu": keep.pk, "gop": gone.pk}
    return {}


def let_in(client, method, name, here, beside):
    """Whether the door opened, or "-" where it takes no such call."""
    path, data = address(name, here, beside), asked(name, here)
    send = client.get if method == "GET" else client.post
    status = tried(lambda: send(path, data).status_code)
    assert status < 500, (name, status)
    return NO_METHOD if status == 405 else status not in (403, 404)


def wrong_cells(clients, here, beside):
    found = []
    for name, rights in TABLE.items():
        for method, may in zip(("GET", "POST"), rights, strict=True):
            for letter, client in clients.items():
                right = NO_METHOD if may == "-" else letter in may
                answer = let_in(client, method, name, here, beside)
                if answer != right:
                    found.append((name, method, ROLES[letter], answer))
    return found


@pytest.fixture
def scene(unit):
    return office(unit), office(next_commune(), "chimyen"), common()


def test_the_table_has_every_address_there_is():
    assert names() == set(TABLE) | LEAVING
    assert set(TABLE) | LEAVING == set(OF_UNIT) | set(OF_ALL) | ALONE


@pytest.mark.parametrize("letter", ROLES)
def test_doors_open_for_whom_the_table_names(seat, unit, scene, letter):
    here, _, beside = scene

    assert wrong_cells({letter: seat(ROLES[letter], unit)}, here, beside) == []


def test_the_table_finds_a_door_left_open(seat, unit, scene, monkeypatch):
    """Control: everybody brings in everybody's archive."""
    here, _, beside = scene
    monkeypatch.setattr(archive, "edited_units", lambda user: None)

    wrong = wrong_cells({"n": seat("nobody", unit)}, here, beside)

    assert {name for name, *_ in wrong} == {
        f"admin:archive_{view}" for view in ("batch", "step", "begin", "abandon", "table", "review")
    }


def test_strangers_are_led_to_the_sign_in(client, scene):
    here, _, beside = scene
    before = all_rows()
    for name in set(TABLE) - {"admin:login", "admin:jsi18n"}:
        for send in (client.get, client.head, client.post):
            answer = send(address(name, here, beside))
            if name == "upload_picture" and answer.status_code == 405:
                continue  # it takes forms only, from anybody
            there = answer.headers.get("Location", "")
            assert (answer.status_code, there.partition("?")[0]) == (302, "/quan-tri/login/"), name
    assert all_rows() == before


@pytest.mark.parametrize("letter", "ceau")
def test_things_of_other_units_are_the_same_bytes_as_none(seat, unit, scene, letter):
    _, other, beside = scene
    client = seat(ROLES[letter], unit)
    before, different = all_rows(), []
    for name in OF_UNIT:
        if name in READ_BY_ALL:
            client.post(address(name, other, beside), {"name": "x"})
            continue
        for send in (client.get, client.post):
            there = send(address(name, other, beside), asked(name, other))
            none = send(absent(name, other), asked(name, other))
            assert there.status_code in (403, 404, 405), name
            assert b"chimyen" not in there.content, name
            if (there.status_code, there.content) != (none.status_code, none.content):
                different.append((name, there.status_code, none.status_code))
    assert different == []
    assert all_rows() == before


@pytest.mark.parametrize("letter", "s")
def test_looking_changes_nothing(seat, unit, scene, letter):
    here, _, beside = scene
    client = seat(ROLES[letter], unit)
    tell(client.user, here.reports["published"])
    type_in(client.user, here.draft, "Tít gõ dở")
    before = all_rows()
    for name in TABLE:
        for send in (client.get, client.head):
            send(address(name, here, beside), asked(name, here))
    for page in ("?lay-lai=1", "?xem=1"):
        client.get(address("admin:reports_report_change", here, beside) + page)
    assert all_rows() == before


def test_rows_that_change_are_noticed(seat, unit, scene):
    """Control of the test above and the one below."""
    here, _, beside = scene
    before = all_rows()
    client = seat("editor", unit)
    assert client.post(address("admin:reports_report_take_over", here, beside)).status_code == 302

    assert all_rows() != before


def test_no_form_is_taken_without_its_token(scene, seat, unit):
    here, _, beside = scene
    user = seat("superuser", unit).user
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(user)
    before = all_rows()
    for name in TABLE:
        answer = strict.post(address(name, here, beside), asked(name, here))
        assert answer.status_code in (403, 405), (name, answer.status_code)
    assert all_rows() == before


def test_with_its_token_the_same_form_is_taken(scene, seat, unit):
    here, _, beside = scene
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(seat("editor", unit).user)
    token = strict.get(address("admin:reports_report_session", here, beside)).json()["token"]

    door = address("admin:reports_report_take_over", here, beside)

    assert strict.post(door, {"csrfmiddlewaretoken": token}).status_code == 302


# --- what belongs to one person -----------------------------------------------------------------------


@pytest.mark.parametrize("role", ["editor", "superuser"])
def test_alerts_and_typed_text_are_nobody_elses(seat, unit, scene, role):
    """Two people of the same newsroom; even a system administrator reads no other's unsaved words."""
    here, _, beside = scene
    mine, theirs = seat(role, unit), seat("editor", unit)
    alert = tell(theirs.user, here.reports["published"])
    type_in(theirs.user, here.draft, "chimyen gõ dở")

    opened = mine.post(f"/quan-tri/tin-bao/{alert.pk}/")
    none = mine.post("/quan-tri/tin-bao/987654321/")
    mine.post("/quan-tri/tin-bao/", {"until": "999999999"})
    mine.post(address("admin:reports_report_drop", here, beside))
    page = mine.get(address("admin:reports_report_change", here, beside), {"lay-lai": "1"})
    alerts = mine.get("/quan-tri/tin-bao/")

    assert (opened.status_code, opened.content) == (404, none.content)
    assert Alert.objects.get().seen_at is None
    assert TypedText.objects.get().user == theirs.user
    assert "chimyen" not in page.content.decode() + alerts.content.decode()
    # Control: to whom they belong, both are there.
    assert (
        "chimyen"
        in theirs.get(
            address("admin:reports_report_change", here, beside), {"lay-lai": "1"}
        ).content.decode()
    )
    assert theirs.post(f"/quan-tri/tin-bao/{alert.pk}/").status_code == 302
