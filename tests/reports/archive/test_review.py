"""The bulk review: many drafts with one click, each by its own rights, version and history."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from reports.models import (
    Event,
    ImportBatch,
    MemberRole,
    Report,
    ReportHeading,
    ReportStatus,
    Section,
    Topic,
)
from tests.factories import MembershipFactory, ReportFactory
from tests.portal.test_backoffice_words import english_in
from units.models import Unit

from .old_portal import page, table, text_of, zipped
from .test_page import address, send, to_the_end

pytestmark = pytest.mark.django_db

# The year of the day is told by nothing but the publication.
SURE = page(1)
INFERRED = page(2).replace("Sáng 10/3/2019", "Sáng 10/3")
UNDATED = page(3, day="")


@pytest.fixture
def unit(registry):
    return Unit.objects.get(pk="t3-894")


@pytest.fixture
def editor(client, unit):
    user = MembershipFactory(role=MemberRole.EDITOR, unit=unit).user
    client.force_login(user)
    return user


@pytest.fixture
def batch(client, editor, unit):
    send(client, unit, ("cu.zip", zipped({"1.html": SURE, "2.html": INFERRED, "3.html": UNDATED})))
    batch = ImportBatch.objects.get()
    to_the_end(client, batch)
    client.post(address(batch, "begin"))
    to_the_end(client, batch)
    return batch


def items(batch):
    return list(batch.items.select_related("report").order_by("order"))


def do(client, batch, viec, chosen, **fields):
    """Tick `chosen`, with the versions now stored, and press a button; the messages of the answer."""
    seen = {f"ban-{item.pk}": item.report.version for item in chosen}
    data = {"viec": viec, "bai": [item.pk for item in chosen], **seen, **fields}
    answer = client.post(address(batch, "review"), data, follow=True)
    return [str(message) for message in answer.context["messages"]]


def test_doubts_wait_until_somebody_takes_the_suggestion(client, batch, editor):
    sure, inferred, undated = items(batch)
    assert sure.report.event.event_on == date(2019, 3, 10)
    assert inferred.report.event is None or inferred.report.event.event_on is None
    shown = client.get(address(batch, "review")).content.decode()
    assert 'gợi ý <time datetime="2019-03-10">' in shown
    assert "gợi ý khoảng tháng 3/2019" in shown
    assert english_in(shown) == []

    assert do(client, batch, "nhan", [inferred, undated]) == ["Đã nhận gợi ý 2 bài."]

    inferred, undated = items(batch)[1:]
    assert inferred.report.event.event_on == date(2019, 3, 10)
    assert undated.report.published_is_estimate
    # Within the month, and not before what it tells of.
    assert timezone.localtime(undated.report.published_at).date() == date(2019, 3, 10)
    newest = inferred.report.history.first()
    assert (newest.history_user, newest.history_change_reason) == (
        editor,
        "nhận gợi ý khi nhập kho",
    )


def test_only_what_is_settled_is_sent_and_the_others_say_why(client, batch):
    chosen = items(batch)
    told = do(client, batch, "gui", chosen)

    assert {item.report.status for item in items(batch)[1:]} == {ReportStatus.DRAFT}
    assert items(batch)[0].report.status == ReportStatus.SUBMITTED
    assert told[0] == "Đã gửi duyệt 1 bài."
    assert "Còn điều nên xem lại" in told[1]
    assert "Chưa có ngày đăng ở cổng cũ" in told[2]

    do(client, batch, "nhan", items(batch)[1:])
    assert do(client, batch, "gui", items(batch)[1:]) == ["Đã gửi duyệt 2 bài."]
    assert "Không còn bài nháp nào" in client.get(address(batch, "review")).content.decode()


def test_a_draft_somebody_opened_and_saved_counts_as_looked_at(client, batch, editor):
    inferred = items(batch)[1]
    inferred.report.lead = "Câu mở đầu đã sửa."
    inferred.report._history_user = editor
    inferred.report.save()

    assert do(client, batch, "gui", [items(batch)[1]]) == ["Đã gửi duyệt 1 bài."]


def test_many_get_section_topics_heading_and_month_at_once(client, batch):
    section, topic = (
        Section.objects.create(name="Dân vận khéo", order=1),
        Topic.objects.create(name="Đường hoa"),
    )
    do(
        client,
        batch,
        "dat",
        items(batch)[1:],
        section=section.pk,
        topics=[topic.pk],
        heading="II.3",
        month="4/2019",
    )

    first, *others = [item.report for item in items(batch)]
    assert (first.section, first.heading, first.topics.count()) == (None, "", 0)
    for report in others:
        assert (report.section, report.heading) == (section, ReportHeading.FRONT)
        assert list(report.topics.all()) == [topic]
        assert timezone.localtime(report.published_at).date() == date(2019, 4, 1)
        assert report.published_is_estimate
    # Sorting many is not reading each.
    assert "Còn điều nên xem lại" in do(client, batch, "gui", [items(batch)[1]])[0]


def test_the_unit_may_be_another_of_ones_own_and_no_other(client, batch, editor):
    own, foreign = Unit.objects.get(pk="t3-372"), Unit.objects.get(pk="t3-534")
    MembershipFactory(user=editor, unit=own, role=MemberRole.EDITOR)
    editor.__dict__.pop("_grants", None)

    answer = client.post(
        address(batch, "review"), {"viec": "dat", "bai": [items(batch)[0].pk], "unit": foreign.pk}
    )
    assert answer.status_code == 400
    assert list(answer.context["form"].errors) == ["unit"]
    assert do(client, batch, "dat", items(batch)[:1], unit=own.pk) == ["Đã đặt 1 bài."]

    report = items(batch)[0].report
    assert (report.unit, report.event.unit) == (own, own)
    assert {item.report.unit_id for item in items(batch)[1:]} == {"t3-894"}


def test_nothing_newer_is_overwritten(client, batch):
    chosen = items(batch)[:1]
    report = Report.objects.get(pk=chosen[0].report_id)
    report.title = "Tít người khác vừa sửa"
    report.save()
    section = Section.objects.create(name="Dân vận khéo", order=1)

    for viec, fields in (("nhan", {}), ("gui", {}), ("dat", {"section": section.pk})):
        assert "bản mới" in do(client, batch, viec, chosen, **fields)[0]
    report.refresh_from_db()
    assert (report.title, report.section, report.status) == (
        "Tít người khác vừa sửa",
        None,
        ReportStatus.DRAFT,
    )


@pytest.mark.parametrize("viec", ["nhan", "gui", "dat"])
def test_forged_keys_change_nothing(client, batch, unit, viec):
    """Items of another unit's batch, reports, nonsense."""
    other = Unit.objects.get(pk="t3-372")
    foreign = ReportFactory(unit=other)
    hidden = ImportBatch.objects.create(unit=other, source="x").items.create(
        order=0, name="1.html", report=foreign, brought_at=timezone.now(), outcome="new"
    )
    # An item of this batch whose report went to a unit the editor does not see.
    mine = items(batch)[0]
    Report.objects.filter(pk=mine.report_id).update(unit=other)
    before = list(Report.objects.order_by("pk").values())
    section = Section.objects.create(name="Dân vận khéo", order=1)

    answer = client.post(address(batch, "review"), {
        "viec": viec, "bai": [hidden.pk, mine.pk, foreign.pk + 10_000, "x", "-1", "²"], "section": section.pk,
        f"ban-{hidden.pk}": 1, f"ban-{mine.pk}": 1,
    })  # fmt: skip

    assert answer.status_code == 302
    assert list(Report.objects.order_by("pk").values()) == before


def test_a_list_of_thirty_costs_what_a_list_of_three_does(
    client, batch, unit, django_assert_num_queries
):
    def cost():
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert client.get(address(last, "review")).status_code == 200
        return len(queries)

    last = batch
    few = cost()
    rows = [
        {
            "tít": f"Bắc cầu {n}",
            "nội dung": text_of(n, words="cầu"),
            "tác giả": "Tin, ảnh: Minh Tâm",
        }
        for n in range(25)
    ]
    send(client, unit, ("nhieu.csv", table(rows)))
    last = ImportBatch.objects.order_by("-pk").first()
    to_the_end(client, last)
    client.post(address(last, "begin"))
    to_the_end(client, last)

    assert len(client.get(address(last, "review")).context["rows"]) == 25
    assert cost() <= few
    assert Event.objects.count() <= 3


def test_undo_is_the_history(client, batch):
    report = items(batch)[1].report
    do(client, batch, "dat", items(batch)[1:2], heading="II.3")
    oldest = report.history.order_by("history_id").first()
    page = client.get(reverse("admin:reports_report_version", args=[report.pk, oldest.history_id]))

    assert page.status_code == 200
    assert report.history.first().history_change_reason == "xếp loại khi nhập kho"
