"""The list of reports: filters, search without marks, one cost for any length."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from reports.models import Report
from tests.factories import (
    ContributionFactory,
    EventFactory,
    MembershipFactory,
    NewsroomFactory,
    OrganisationFactory,
    PersonFactory,
    ReportFactory,
    SectionFactory,
    next_commune,
)
from units.models import Unit

pytestmark = pytest.mark.django_db

LIST = "/quan-tri/reports/report/"


def found(client, **parameters):
    response = client.get(LIST, parameters)
    assert response.status_code == 200, parameters
    return {report.title for report in response.context["cl"].result_list}


def test_a_row_says_where_in_which_state_when_and_by_whom(editor, unit):
    event = EventFactory(unit=unit, event_on=date(2026, 7, 2))
    at = datetime(2026, 7, 3, 8, 15, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
    report = ReportFactory(unit=unit, event=event, status="published", published_at=at)
    ContributionFactory(report=report, person=PersonFactory(name="Ngọc Lan"))
    ContributionFactory(report=report, person=PersonFactory(name="Vũ Chiến"), role="photographer")

    page = editor.get(LIST).content.decode()

    for words in (report.title, unit.name, "Đã đăng", "02/07/2026", "08:15 03/07/2026", "Ngọc Lan"):
        assert words in page, words
    assert "Vũ Chiến" not in page


def test_the_list_costs_the_same_however_long(editor, unit):
    event, person = EventFactory(unit=unit, event_on=date(2026, 7, 2)), PersonFactory()

    def cost_with(rows):
        while Report.objects.count() < rows:
            ContributionFactory(report=ReportFactory(unit=unit, event=event), person=person)
        editor.get(LIST)  # the footer's row is in the cache from here on
        with CaptureQueriesContext(connection) as queries:
            editor.get(LIST)
        return len(queries)

    costs = cost_with(1), cost_with(30)

    # Who asks (3); one-step units; own fees; alerts; count, rows, authors; sections and own units to
    # filter by; the session (3).
    assert costs[0] == costs[1] <= 14


def _grant(unit):
    # The place of the grant, not the unit itself: one account may hold a role in many units.
    MembershipFactory(unit=next_commune(), role="editor")


@pytest.mark.parametrize(
    ("address", "make"),
    [
        ("reports/event", lambda unit: EventFactory(unit=unit, organisation=OrganisationFactory())),
        (
            "reports/person",
            lambda unit: PersonFactory(unit=unit, organisation=OrganisationFactory()),
        ),
        ("reports/organisation", lambda unit: OrganisationFactory()),
        ("reports/section", lambda unit: SectionFactory()),
        ("reports/newsroom", lambda unit: NewsroomFactory(unit=next_commune())),
        ("reports/membership", _grant),
        ("auth/user", _grant),
    ],
)
def test_every_other_list_costs_the_same_however_long(seat, unit, address, make):
    client = seat("superuser", unit)

    def cost():
        client.get(f"/quan-tri/{address}/")
        with CaptureQueriesContext(connection) as queries:
            assert client.get(f"/quan-tri/{address}/").status_code == 200
        return len(queries)

    make(unit)
    with_one = cost()
    for _ in range(25):
        make(unit)

    assert cost() == with_one


def test_nothing_is_deleted_or_changed_from_the_list(seat, unit):
    report = ReportFactory(unit=unit)
    client = seat("superuser", unit)
    forged = {"_selected_action": [report.pk], "index": "0", "post": "yes", "_save": "1",
              "form-TOTAL_FORMS": 1, "form-INITIAL_FORMS": 1, "form-0-id": report.pk,
              "form-0-title": "Đã chiếm", "form-0-status": "published"}  # fmt: skip

    for action in ("delete_selected", "publish", ""):
        client.post(LIST, {**forged, "action": action})

    stored = Report.objects.get()
    assert (stored.title, stored.status) == (report.title, "draft")


def test_states_are_filtered_as_people_name_them(editor, unit):
    for title, state in (
        ("nháp", {}),
        ("chờ", {"status": "submitted"}),
        ("hẹn", {"scheduled": True}),
        ("đăng", {"published": True}),
        ("gỡ", {"withdrawn": True}),
    ):
        ReportFactory(unit=unit, title=title, **state)

    assert found(editor, **{"trang-thai": "scheduled"}) == {"hẹn"}
    assert found(editor, **{"trang-thai": "published"}) == {"đăng"}
    assert found(editor, **{"trang-thai": "draft"}) == {"nháp"}
    assert found(editor, **{"trang-thai": "vo-nghia"}) == {"nháp", "chờ", "hẹn", "đăng", "gỡ"}


def test_search_needs_no_marks(editor, unit):
    ReportFactory(unit=unit, title="Đường hoa ấp Mỹ An")
    ReportFactory(unit=unit, title="Cầu dân sinh")

    assert found(editor, q="duong hoa") == {"Đường hoa ấp Mỹ An"}
    assert found(editor, q="ĐƯỜNG HOÁ") == {"Đường hoa ấp Mỹ An"}
    assert found(editor, q="khong co") == set()


def test_a_unit_is_found_by_name_and_brings_what_is_below_it(seat, registry):
    province = Unit.objects.get(pk="t2-91")
    commune = Unit.objects.current().get(name="Phường Thới Sơn", parent=province)
    other = Unit.objects.current().get(name="Phường Bình Đức", parent=province)
    client = seat("editor", province)
    ReportFactory(unit=commune, title="của phường")
    ReportFactory(unit=province, title="của tỉnh")
    ReportFactory(unit=other, title="của phường khác")

    everything = {"của phường", "của tỉnh", "của phường khác"}
    assert found(client, **{"don-vi": "t2-91"}) == everything
    assert found(client, **{"don-vi": "an giang"}) == everything
    assert found(client, **{"don-vi": commune.pk}) == {"của phường"}
    assert found(client, **{"don-vi": "binh duc"}) == {"của phường khác"}
    assert found(client, **{"don-vi": "khong co noi nay"}) == set()


def test_several_units_of_a_name_are_offered_with_their_places(seat, unit):
    page = seat("superuser", unit).get(LIST, {"don-vi": "thoi son"}).content.decode()

    assert "Chọn một đơn vị:" in page
    assert "Phường Thới Sơn, tỉnh An Giang (từ 1/7/2025)" in page
    assert "thị xã Tịnh Biên, tỉnh An Giang" in page


def test_units_one_does_not_know_are_not_offered(editor, unit):
    foreign = next_commune()
    ReportFactory(unit=unit, title="của mình")

    page = editor.get(LIST, {"don-vi": foreign.name}).content.decode()

    assert "trong phạm vi của bạn" in page
    assert foreign.label_with_context not in page


def test_periods_follow_the_convention(editor, unit):
    for title, day in (("trước", date(2025, 12, 20)), ("trong", date(2026, 3, 1))):
        ReportFactory(unit=unit, title=title, event=EventFactory(unit=unit, event_on=day))
    ReportFactory(unit=unit, title="chưa rõ")

    assert found(editor, ky="2026-Q1") == {"trong"}
    assert found(editor, ky="2026-Q1", **{"quy-uoc": "15-14"}) == {"trước", "trong"}
    assert found(editor, ky="chua") == {"chưa rõ"}
    assert found(editor, ky="2026-Q7") == {"trước", "trong", "chưa rõ"}
    assert "Không hiểu kỳ" in editor.get(LIST, {"ky": "2026-Q7"}).content.decode()


def test_author_and_section_narrow_the_list_and_keep_each_other(editor, unit):
    section = SectionFactory()
    both = ReportFactory(unit=unit, title="cả hai", section=section)
    person = PersonFactory(name="Minh Ngọc")
    ContributionFactory(report=both, person=person)
    ContributionFactory(report=ReportFactory(unit=unit, title="người"), person=person)
    ReportFactory(unit=unit, title="mục", section=section)

    assert found(editor, **{"tac-gia": "minh ngoc"}) == {"cả hai", "người"}
    assert found(editor, **{"chuyen-muc": section.slug}) == {"cả hai", "mục"}
    assert found(editor, **{"chuyen-muc": "chua"}) == {"người"}
    assert found(editor, **{"tac-gia": "minh ngoc", "chuyen-muc": section.slug}) == {"cả hai"}
    page = editor.get(LIST, {"chuyen-muc": section.slug}).content.decode()
    assert f'<input type="hidden" name="chuyen-muc" value="{section.slug}">' in page


def test_no_list_shows_what_belongs_to_others(editor, unit):
    ReportFactory(unit=next_commune(), title="chim hoàng yến", scheduled=True)
    ReportFactory(unit=unit, title="của mình")

    for parameters in (
        {},
        {"q": "chim"},
        {"viec": "hen-gio"},
        {"trang-thai": "scheduled"},
        {"o": "1"},
    ):
        assert "chim hoàng yến" not in editor.get(LIST, parameters).content.decode()


@pytest.mark.parametrize(
    "query",
    [
        "q=%00", "q=" + "%28" * 3000, "p=999999999", "p=-1", "p=abc", "o=99", "o=../../etc",
        "don-vi=%00", "don-vi=%FF%FE", "ky=%00", "tac-gia=%27%22--", "viec=%00", "chuyen-muc=%00",
        "trang-thai=%00", "khong-co=1", "unit__name=a", "created_by__password__startswith=a", "all=",
    ],
)  # fmt: skip
def test_nonsense_in_the_address_is_ignored_or_refused(editor, unit, query):
    response = editor.get(f"{LIST}?{query}", follow=True)

    assert response.status_code in (200, 400, 404)


def test_pickers_offer_only_what_the_form_accepts(editor, unit):
    asked = {"app_label": "reports", "model_name": "report", "field_name": "unit"}

    offered = editor.get("/quan-tri/autocomplete/", {**asked, "term": ""}).json()["results"]

    assert offered == [{"id": unit.pk, "text": unit.label_with_context}]


def test_pickers_find_without_marks_and_tell_homonyms_apart(seat, unit):
    client = seat("superuser", unit)
    asked = {"app_label": "reports", "model_name": "report", "field_name": "unit"}

    offered = client.get("/quan-tri/autocomplete/", {**asked, "term": "thoi son"}).json()["results"]

    labels = [choice["text"] for choice in offered]
    assert "Phường Thới Sơn, tỉnh An Giang (từ 1/7/2025)" in labels
    assert len(labels) == len(set(labels)) > 3


def test_the_picker_of_accounts_is_for_those_who_administer(editor, seat, unit):
    asked = {"app_label": "reports", "model_name": "membership", "field_name": "user", "term": ""}

    assert editor.get("/quan-tri/autocomplete/", asked).status_code == 403
    administrator = seat("unit_admin", unit)
    offered = administrator.get("/quan-tri/autocomplete/", asked).json()["results"]
    assert [choice["id"] for choice in offered] == [str(editor.user.pk)]
