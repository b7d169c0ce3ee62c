"""Đính chính: what was wrong is told in public, newest first, for as long as its report is public."""

import xml.etree.ElementTree as ElementTree
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from reports import feedback, workflow
from reports.models import Correction, FeedbackKind, FeedbackStatus
from reports.workflow import Refused
from tests.factories import CorrectionFactory, ReportFactory, UserFactory

pytestmark = pytest.mark.django_db

LEDGER, GONE = "/dinh-chinh/", "/dinh-chinh/bai-da-go/"


@pytest.fixture
def boss():
    return UserFactory(is_superuser=True)


def rows(client, address=LEDGER):
    return list(client.get(address).context["page"].rows)


def feed_items(client):
    tree = ElementTree.fromstring(client.get(reverse("reports:corrections_feed")).content)
    return [item.findtext("title") for item in tree.iter("item")]


def test_the_ledger_and_its_feed_tell_the_newest_first(client):
    now = timezone.now()
    made = [
        CorrectionFactory(
            report=ReportFactory(published=True), decided_at=now - timedelta(hours=hours)
        )
        for hours in (5, 1, 3)
    ]
    newest = [made[1], made[2], made[0]]

    assert rows(client) == newest
    assert feed_items(client) == [f"Đính chính: {each.report.title}" for each in newest]


def test_before_and_after_stand_on_the_report_and_in_the_ledger(client, boss):
    report = ReportFactory(published=True, unit_id="t2-91")
    workflow.correct(report, by=boss, was="64 mô hình", now_is="46 mô hình")

    for address in (LEDGER, report.get_absolute_url()):
        page = client.get(address).content.decode()
        assert "<del>64 mô hình</del>" in page, address
        assert "<ins>46 mô hình</ins>" in page, address
    feed = client.get(reverse("reports:corrections_feed")).content.decode()
    assert "Bản đăng ghi: 64 mô hình. Nay sửa là: 46 mô hình." in feed


@pytest.mark.parametrize("state", ["scheduled", "withdrawn"])
def test_corrections_of_what_is_not_public_are_not_told(client, state):
    CorrectionFactory(report=ReportFactory(**{state: True}))
    shown = CorrectionFactory(report=ReportFactory(published=True))

    assert rows(client) == [shown]
    assert len(feed_items(client)) == 1


def test_what_was_taken_down_is_told_without_its_words(client, boss):
    report = ReportFactory(published=True, title="Tít không ai đọc nữa")
    ReportFactory(withdrawn=True, published_at=timezone.now() + timedelta(days=3))
    workflow.withdraw(report, by=boss, code="trung", reason="xem bài ngày 02/07/2026")

    page = client.get(GONE)

    text = page.content.decode()
    assert list(page.context["page"].rows) == [report]
    assert "Trùng với bài khác: xem bài ngày 02/07/2026" in text
    assert "Tít không ai đọc nữa" not in text
    assert report.slug not in text
    assert reverse("reports:short", args=[report.pk]) in text
    assert client.get(reverse("reports:short", args=[report.pk])).status_code == 410


def test_a_report_put_back_leaves_the_list_of_what_was_taken_down(client, boss):
    report = ReportFactory(withdrawn=True)
    workflow.restore(report, by=boss)

    assert rows(client, GONE) == []
    assert client.get(report.get_absolute_url()).status_code == 200


@pytest.mark.parametrize("address", [LEDGER, GONE, reverse("reports:corrections_feed")])
def test_each_page_costs_the_same_however_long(client, address):
    def cost_with(number):
        while Correction.objects.count() < number:
            CorrectionFactory(report=ReportFactory(published=True))
            ReportFactory(withdrawn=True)
        client.get(address)
        with CaptureQueriesContext(connection) as queries:
            client.get(address)
        return len(queries)

    costs = cost_with(1), cost_with(25)

    assert costs[0] == costs[1] <= 4


def test_long_ledgers_turn(client):
    report = ReportFactory(published=True)
    made = CorrectionFactory.create_batch(45, report=report)

    first, third = rows(client), rows(client, f"{LEDGER}?trang=3")

    assert len(first) == 20
    assert third == sorted(made, key=lambda each: (each.decided_at, each.pk))[:5][::-1]
    assert len(rows(client, f"{LEDGER}?trang=x&moc=%00")) == 20


def test_everybody_gets_the_same_bytes(client, boss):
    CorrectionFactory(report=ReportFactory(published=True))
    anonymous = client.get(LEDGER).content
    client.force_login(boss)

    assert client.get(LEDGER).content == anonymous


@pytest.mark.parametrize("words", [{}, {"was": "64"}, {"now_is": "46"}, {"text": " \x0b "}])
def test_a_correction_says_what_is_right(words):
    report = ReportFactory(published=True)

    with pytest.raises(IntegrityError), transaction.atomic():
        CorrectionFactory(report=report, **({"text": ""} | words))


class TestRequests:
    """A reader's request is answered by the correction itself."""

    @pytest.fixture
    def report(self):
        return ReportFactory(published=True)

    @pytest.fixture
    def request_(self, report):
        return feedback.receive(
            report=report, now=timezone.now(), kind=FeedbackKind.CORRECTION, text="Sai con số."
        )

    def test_it_is_closed_with_the_words_of_the_correction(self, client, boss, report, request_):
        correction = workflow.correct(report, by=boss, was="64", now_is="46", feedback=request_)

        request_.refresh_from_db()
        assert request_.status == FeedbackStatus.CORRECTED
        assert request_.answer == "Đã đính chính trên bài. Bản đăng ghi: 64. Nay sửa là: 46."
        assert request_.steps.order_by("pk").last().by == boss
        assert correction.asked_on == timezone.localdate(request_.received_at)
        assert "Nay sửa là: 46." in client.get(request_.get_absolute_url()).content.decode()

    def test_one_about_another_report_or_answered_before_is_refused(self, boss, report, request_):
        other = ReportFactory(published=True)
        with pytest.raises(Refused) as refused:
            workflow.correct(other, by=boss, text="Đúng là 46.", feedback=request_)
        workflow.correct(report, by=boss, text="Đúng là 46.", feedback=request_)
        with pytest.raises(Refused):
            workflow.correct(report, by=boss, text="Đúng là 46.", feedback=request_)

        assert refused.value.status_code == 409
        assert Correction.objects.count() == 1
