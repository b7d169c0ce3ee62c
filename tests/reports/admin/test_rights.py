"""Who may open, change and delete a report through the back office: every cell written down.

Who may move it, by whatever route: `test_every_route.py`.
"""

import pytest
from django.urls import reverse

from reports.models import Report
from tests.factories import NewsroomFactory, ReportFactory, next_commune

from .pages import seen

pytestmark = [pytest.mark.django_db, pytest.mark.once]

STATES = ["draft", "returned", "submitted", "scheduled", "published", "withdrawn"]
ROLES = ["nobody", "contributor", "editor", "approver", "unit_admin", "desk", "superuser"]
DEEDS = {
    "gui-duyet": {},
    "dang": {},
    "hen-gio": {"publish_on_0": "01/01/2090", "publish_on_1": "7:30"},
    "doi-gio": {"publish_on_0": "01/01/2090", "publish_on_1": "7:30"},
    "tra-lai": {"code": "khac", "reason": "Thiếu chú thích ảnh"},
    "ban-sua": {},
    "go": {"code": "khac", "reason": "Trùng bài"},
    "dang-lai": {},
    "dinh-chinh": {"text": "Con số đúng là 46."},
}
# What a role reads of other people's reports in its own unit.
READS = {
    "editor": set(STATES),
    "approver": {"submitted", "scheduled", "published", "withdrawn"},
    "desk": {"published"},
    "superuser": set(STATES),
}
EDITS = {"editor": {"draft", "returned"}, "superuser": {"draft", "returned"}}
DELETES = {"editor": {"draft"}, "superuser": {"draft"}}


def in_state(state, **fields):
    if state in ("scheduled", "published", "withdrawn"):
        return ReportFactory(**{state: True}, **fields)
    return ReportFactory(status=state, **fields)


def address(name, report):
    return reverse(f"admin:reports_report_{name}", args=[report.pk])


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("state", STATES)
def test_pages_of_a_report_open_for_those_who_may_read_it(seat, unit, form, role, state):
    report = in_state(state, unit=unit)
    client = seat(role, unit)
    readable = state in READS.get(role, set())
    editable = state in EDITS.get(role, set())

    for page in ("change", "history", "preview"):
        assert client.get(address(page, report)).status_code == (200 if readable else 404), page
    changed = client.post(address("change", report), form(report, title="Tít mới", _continue="1"))
    if readable:
        assert changed.status_code == (302 if editable else 403)
    else:
        assert changed.status_code in (403, 404)
    stored = Report.objects.get(pk=report.pk)
    assert stored.title == ("Tít mới" if editable else report.title)
    assert stored.status == report.status


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("state", STATES)
def test_only_a_draft_is_deleted_and_only_by_its_editors(seat, unit, role, state):
    report = in_state(state, unit=unit)

    response = seat(role, unit).post(
        address("delete", report), {"post": "yes", "version": report.version}
    )

    deletable = state in DELETES.get(role, set())
    assert (response.status_code == 302) == deletable
    assert Report.objects.filter(pk=report.pk).exists() != deletable


@pytest.mark.parametrize("deed", DEEDS)
def test_a_deed_by_get_moves_nothing(seat, unit, deed):
    report = in_state("submitted", unit=unit)

    response = seat("superuser", unit).get(address(deed, report))

    assert response.status_code == 405
    assert Report.objects.get(pk=report.pk).status == "submitted"


def test_a_deed_without_its_reason_says_so_on_the_page(seat, unit):
    report = in_state("submitted", unit=unit)

    response = seat("approver", unit).post(
        address("tra-lai", report), seen(report) | {"code": "khac", "reason": "   "}
    )

    assert response.status_code == 400
    assert "Lý do khác thì ghi ra ở đây" in response.content.decode()
    assert Report.objects.get(pk=report.pk).status == "submitted"


def test_a_refused_deed_says_why_and_keeps_what_was_typed(seat, unit):
    report = in_state("published", unit=unit)

    response = seat("approver", unit).post(
        address("tra-lai", report),
        seen(report) | {"code": "khac", "reason": "Sai tên đơn vị ở đoạn hai"},
    )

    page = response.content.decode()
    assert response.status_code == 409
    assert "Bài đang ở trạng thái “Đã đăng”, không làm việc này được." in page
    assert "Sai tên đơn vị ở đoạn hai" in page


def test_whoever_wrote_a_report_is_told_that_somebody_else_approves(seat, unit):
    client = seat("superuser", unit)
    report = in_state("submitted", unit=unit, created_by=client.user)

    response = client.post(address("dang", report), seen(report))

    assert response.status_code == 403
    assert "người khác phải duyệt" in response.content.decode()


@pytest.mark.parametrize("role", [role for role in ROLES if role != "superuser"])
@pytest.mark.parametrize("state", STATES)
def test_another_units_report_is_the_same_404_as_none(seat, unit, role, state):
    foreign = in_state(state, unit=next_commune())
    client = seat(role, unit)

    for page in ("change", "history", "preview"):
        absent = client.get(reverse(f"admin:reports_report_{page}", args=[987654]))
        there = client.get(address(page, foreign))
        assert (there.status_code, there.content) == (404, absent.content), page
    assert Report.objects.get(pk=foreign.pk).status == foreign.status


@pytest.mark.parametrize("key", ["0", "abc", "9" * 30, "-1", "1_2", "%00"])
def test_a_key_that_is_none_is_not_found(seat, unit, key):
    client = seat("superuser", unit)

    for page in ("change", "history", "xem-truoc"):
        assert client.get(f"/quan-tri/reports/report/{key}/{page}/").status_code in (400, 404), page
    assert client.post(f"/quan-tri/reports/report/{key}/dang/").status_code in (400, 404)


def test_a_contributor_works_on_own_reports_and_reads_them_to_the_end(seat, unit, form):
    client = seat("contributor", unit)
    for state in STATES:
        own = in_state(state, unit=unit, created_by=client.user)

        assert client.get(address("change", own)).status_code == 200, state
        response = client.post(address("change", own), form(own, title="Đã sửa", _continue="1"))
        editable = state in ("draft", "returned")
        assert response.status_code == (302 if editable else 403), state
        assert client.post(address("dang", own), seen(own)).status_code in (403, 409), state


class TestOneStepNewsroom:
    """One person is the whole newsroom: writing and publishing are one step, and logged so."""

    @pytest.fixture(autouse=True)
    def _one_step(self, unit):
        NewsroomFactory(unit=unit)

    def test_an_editor_publishes_own_draft_and_mends_what_is_published(self, editor, unit, form):
        report = ReportFactory(unit=unit, created_by=editor.user)

        assert editor.post(address("dang", report), seen(report)).status_code == 302
        published = Report.objects.get(pk=report.pk)
        assert published.is_published()
        assert published.history.first().history_change_reason == "đăng, một bước"

        response = editor.post(
            address("change", published), form(published, title="Tít đã sửa", _continue="1")
        )
        mended = Report.objects.get(pk=report.pk)
        assert response.status_code == 302
        assert mended.title == "Tít đã sửa"
        assert (mended.status, mended.published_at) == ("published", published.published_at)

    def test_an_approver_of_the_unit_still_cannot_edit(self, seat, unit, form):
        report = ReportFactory(unit=unit, published=True)

        response = seat("approver", unit).post(address("change", report), form(report))

        assert response.status_code == 403


def test_published_text_of_other_newsrooms_is_only_read(editor, unit):
    report = ReportFactory(unit=unit, published=True)

    page = editor.get(address("change", report)).content.decode()

    assert report.body in page
    assert 'name="title"' not in page
    assert "Gỡ bài" not in page


def test_whoever_is_not_signed_in_meets_the_login_page(client, unit):
    report = ReportFactory(unit=unit)

    for page in ("change", "history", "preview"):
        response = client.get(address(page, report))
        assert response.status_code == 302
        assert response.url.startswith("/quan-tri/login/")
    assert client.post(address("dang", report), seen(report)).status_code == 302
    assert Report.objects.get(pk=report.pk).status == "draft"
