"""Việc của tôi: each number leads to exactly its reports, and nobody sees foreign work."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.templatetags.vietnamese import moment
from reports import tasks, workflow
from reports.feedback import receive, record_answer
from reports.models import Report, ReportStatus
from reports.rights import may_edit, visible_reports
from tests.factories import (
    EventFactory,
    MembershipFactory,
    NewsroomFactory,
    PersonFactory,
    PhotoFactory,
    ReportFactory,
    SectionFactory,
    UserFactory,
    next_commune,
)

pytestmark = pytest.mark.django_db

START = "/quan-tri/"
LIST = "/quan-tri/reports/report/"


def listed(client, key):
    changelist = client.get(LIST, {"viec": key}).context["cl"]
    return {report.pk for report in changelist.result_list}


def shown(client):
    """{key: (count, keys of the reports shown)} of the start page."""
    tasks = client.get(START).context["tasks"]
    return {task["key"]: (task["count"], {r.pk for r in task["reports"]}) for task in tasks}


def test_an_editor_finds_what_came_back_what_waits_and_what_lacks(editor, unit):
    whole = {
        "unit": unit,
        "section": SectionFactory(),
        "event": EventFactory(unit=unit, event_on=date(2026, 7, 2)),
    }
    returned = ReportFactory(status="returned", returned_reason="Thiếu tên người chụp", **whole)
    scheduled = ReportFactory(scheduled=True, unit=unit)
    draft = ReportFactory(created_by=editor.user, **whole)
    lacking = ReportFactory(unit=unit)
    without_caption = PhotoFactory(
        report=ReportFactory(**whole), caption="", credit=PersonFactory()
    )
    without_credit = PhotoFactory(report=ReportFactory(**whole), caption="Bà con trồng hoa")
    ReportFactory(unit=next_commune(), status="returned")

    found = shown(editor)

    assert found["tra-lai"] == (1, {returned.pk})
    assert found["cho-duyet"] == (0, set())
    assert found["hen-gio"] == (1, {scheduled.pk})
    assert found["nhap"] == (1, {draft.pk})
    lacks = {lacking.pk, without_caption.report_id, without_credit.report_id}
    assert found["con-thieu"] == (3, lacks)
    page = editor.get(START).content.decode()
    assert "Thiếu tên người chụp" in page
    assert "Thiếu sự kiện, chuyên mục" in page
    assert "Thiếu chú thích ảnh" in page
    assert "Thiếu người chụp ảnh" in page


@pytest.mark.parametrize("role", ["contributor", "editor", "approver", "desk", "superuser"])
def test_each_number_is_the_length_of_the_list_it_leads_to(seat, unit, role):
    client = seat(role, unit)
    for state in ReportStatus.values:
        trait = {state: True} if state in ("published", "withdrawn") else {"status": state}
        for owner in (client.user, None):
            ReportFactory(unit=unit, created_by=owner, **trait)
            ReportFactory(unit=next_commune(), created_by=owner, **trait)
    ReportFactory(unit=unit, scheduled=True)

    for key, (count, keys) in shown(client).items():
        rows = listed(client, key)
        assert (len(rows), rows) == (count, keys | rows), key
        assert rows <= set(visible_reports(client.user).values_list("pk", flat=True)), key


def test_an_approver_is_not_asked_to_approve_own_words(seat, unit):
    client = seat("approver", unit)
    theirs = ReportFactory(unit=unit, status="submitted")
    ReportFactory(unit=unit, status="submitted", created_by=client.user)
    touched = ReportFactory(unit=unit)
    touched._history_user = client.user
    touched.lead = "Người duyệt đã sửa câu này."
    touched.save()
    workflow.submit(touched, by=UserFactory(is_superuser=True))

    assert shown(client)["cho-duyet"] == (1, {theirs.pk})


def test_long_tasks_show_five_and_the_true_number(editor, unit):
    ReportFactory.create_batch(7, unit=unit, status="returned")

    count, keys = shown(editor)["tra-lai"]

    assert (count, len(keys)) == (7, 5)
    assert "Xem tất cả" in editor.get(START).content.decode()


def test_the_start_page_costs_the_same_however_much_waits(editor, unit):
    event = EventFactory(unit=unit)

    def cost_with(rows):
        while Report.objects.count() < rows:
            state = {"scheduled": True} if Report.objects.count() % 3 else {"status": "returned"}
            ReportFactory(unit=unit, created_by=editor.user, event=event, **state)
        editor.get(START)  # the footer's row is in the cache from here on
        with CaptureQueriesContext(connection) as queries:
            editor.get(START)
        return len(queries)

    costs = cost_with(2), cost_with(30)

    # 3 for who asks, 7 tasks, readers, alerts, 2 for fees, 3 for keeping the session alive
    assert costs[0] == costs[1] <= 17


def test_it_says_when_a_report_came_back_whatever_was_mended_since(editor, unit):
    report = ReportFactory(unit=unit, created_by=editor.user)
    workflow.submit(report, by=editor.user)
    workflow.return_to_author(
        report, by=UserFactory(is_superuser=True), reason="Xin ghi rõ tên người chụp."
    )
    came_back = datetime(2026, 7, 2, 1, tzinfo=UTC)
    report.history.filter(history_change_reason=workflow.RETURNED).update(history_date=came_back)
    report.refresh_from_db()
    report.save()

    (shown,) = (t for t in editor.get(START).context["tasks"] if t["key"] == "tra-lai")

    assert [row.moved_at for row in shown["reports"]] == [came_back]
    assert f"trả lại {moment(came_back)}" in editor.get(START).content.decode()


def test_readers_of_others_work_get_no_buttons_for_writing(seat, unit):
    page = seat("desk", unit).get(START).content.decode()

    assert "Viết bài" not in page
    assert "Không có việc nào đang chờ bạn." in page


@settings(max_examples=25)
@given(st.data())
def test_querysets_of_tasks_say_the_same_as_the_rules_for_one_report(registry, data):
    """`editable` is `may_edit`, `awaiting` is `may_publish`, for any grants, states and authors."""
    units = [next_commune(), next_commune()]
    if data.draw(st.booleans()):
        NewsroomFactory(unit=units[0])
    users = [UserFactory(is_superuser=data.draw(st.booleans())), UserFactory()]
    roles = st.sampled_from(["contributor", "editor", "approver", "desk"])
    for user in users:
        for role in data.draw(st.sets(roles, max_size=2)):
            MembershipFactory(user=user, unit=data.draw(st.sampled_from(units)), role=role)
    made = []
    for unit in units:
        for status in ReportStatus.values:
            trait = {status: True} if status in ("published", "withdrawn") else {"status": status}
            report = ReportFactory(
                unit=unit, created_by=data.draw(st.sampled_from([*users, None])), **trait
            )
            report._history_user = data.draw(st.sampled_from([*users, None]))
            report.save()
            made.append(report.pk)

    for user in users:
        these = Report.objects.filter(pk__in=made).select_related("unit")
        editable = tasks.editable(user).filter(pk__in=made)
        assert set(editable) == {report for report in these if may_edit(user, report)}
        awaiting = tasks.awaiting(user).filter(pk__in=made)
        submitted = these.filter(status=ReportStatus.SUBMITTED)
        assert set(awaiting) == {r for r in submitted if workflow.may_publish(user, r)}


def test_scheduled_work_leaves_the_list_when_its_moment_comes(editor, unit):
    now = timezone.now()
    report = ReportFactory(unit=unit, status="published", published_at=now + timedelta(hours=1))

    def scheduled(at):
        return {task.key: list(task.reports) for task in tasks.tasks_of(editor.user, at)}["hen-gio"]

    assert (scheduled(now), scheduled(now + timedelta(hours=1))) == ([report], [])


def test_public_reports_no_period_counts_wait_for_a_day(editor, unit):
    dateless = ReportFactory(unit=unit, published=True, published_is_estimate=True)
    ReportFactory(unit=unit, published=True)
    ReportFactory(unit=next_commune(), published=True, published_is_estimate=True)

    assert shown(editor)["chua-ro-ngay"] == (1, {dateless.pk})
    assert listed(editor, "chua-ro-ngay") == {dateless.pk}


def test_what_readers_wrote_is_counted_by_kind_and_each_number_leads_to_its_list(editor, unit):
    report = ReportFactory(unit=unit, published=True)
    for kind, number in (("bao-loi", 2), ("dinh-chinh", 1), ("hoi", 3)):
        for _ in range(number):
            receive(report=report, now=timezone.now(), kind=kind, text="Xin xem lại")
    answered = report.feedback.filter(kind="hoi").first()
    answered.status, answered.answer = "answered", "Đã trả lời."
    record_answer(answered, by=editor.user, now=timezone.now())

    voices = editor.get(START).context["voices"]

    assert voices["count"] == 5
    assert [(kind.value, number) for kind, number in voices["kinds"]] == [
        ("bao-loi", 2),
        ("dinh-chinh", 1),
        ("hoi", 2),
    ]
    for kind, number in voices["kinds"]:
        address = f"/quan-tri/reports/feedback/?han=cho&kind__exact={kind.value}"
        assert address.replace("&", "&amp;") in editor.get(START).content.decode()
        assert len(editor.get(address).context["cl"].result_list) == number


def test_many_groups_are_listed_on_top_and_each_leads_to_exactly_its_list(editor, unit):
    whole = {"unit": unit, "section": SectionFactory(), "event": EventFactory(unit=unit)}
    ReportFactory.create_batch(2, status="returned", **whole)
    assert editor.get(START).content.decode().count("waiting-groups") == 0
    ReportFactory.create_batch(3, created_by=editor.user, **whole)
    ReportFactory(scheduled=True, unit=unit)
    for _ in range(2):
        report = ReportFactory(unit=unit, published=True)
        receive(report=report, now=timezone.now(), kind="hoi", text="Xin xem lại")

    page = editor.get(START)

    groups = page.context["groups"]
    assert [(title, number) for title, number, _ in groups] == [
        ("Bị trả lại", 2),
        ("Hẹn giờ đăng", 1),
        ("Bài còn thiếu", 5),
        ("Bài nháp của tôi", 3),
        ("Bạn đọc chờ trả lời", 2),
    ]
    assert page.content.decode().count("waiting-groups") == 1
    for title, number, address in groups:
        assert len(editor.get(address).context["cl"].result_list) == number, title


def test_the_first_line_says_how_much_waits_and_how_much_is_late(editor, unit):
    report = ReportFactory(unit=unit, published=True)
    for kind in ("bao-loi", "hoi"):
        receive(report=report, now=timezone.now(), kind=kind, text="Xin xem lại")
    ReportFactory(unit=unit, status="returned", event=EventFactory(unit=unit))

    def first_line():
        page = editor.get(START)
        counts = [task["count"] for task in page.context["tasks"]]
        return page.content.decode(), page.context["voices"]["count"] + sum(counts)

    page, number = first_line()
    assert f"Bạn có {number} việc." in page

    report.feedback.filter(kind="hoi").update(due_on=timezone.localdate() - timedelta(days=1))
    page, number = first_line()
    assert f"Bạn có {number} việc, 1 việc đã quá hạn." in page


def test_nobody_is_told_of_work_there_is_not(seat, unit):
    assert "Bạn có" not in seat("desk", unit).get(START).content.decode()
