"""What the registry of units and the lists of hosts say about a text."""

from datetime import date, datetime, timedelta

import pytest
from django.utils import timezone

from reports import workflow
from reports.models import LinkHost, MemberRole, Report, ReportStatus
from reports.proofreading.checking import check
from tests.factories import (
    EventFactory,
    MembershipFactory,
    PhotoFactory,
    ReportFactory,
    UserFactory,
    next_commune,
)
from units.models import Unit

pytestmark = pytest.mark.django_db

ENDED, BORN = "t3-894", "t2-30682"  # huyện Thoại Sơn until 30/6/2025; xã Thoại Sơn since 1/7/2025


@pytest.fixture
def district(registry):
    return Unit.objects.get(pk=ENDED)


@pytest.fixture
def commune(registry):
    return Unit.objects.get(pk=BORN)


def of(report, *rules):
    return [finding for finding in check(report) if finding.rule in rules]


class TestUnit:
    def test_a_unit_that_has_ended_held_no_later_event(self, district):
        event = EventFactory(unit=district, event_on=date(2025, 7, 2))
        report = ReportFactory(unit=district, event=event)

        (finding,) = of(report, "don-vi-khong-co-hom-ay")

        assert finding.is_block
        assert finding.where == (
            "Huyện Thoại Sơn, tỉnh An Giang không còn từ ngày 1/7/2025, mà ngày của bài là 2/7/2025."
        )
        assert "Nơi ấy nay là: " in finding.cure
        assert "Xã Thoại Sơn, tỉnh An Giang" in finding.cure

    def test_a_unit_held_no_event_before_it_was_there(self, commune):
        event = EventFactory(unit=commune, event_on=date(2025, 6, 30))
        report = ReportFactory(unit=commune, event=event)

        (finding,) = of(report, "don-vi-khong-co-hom-ay")

        assert finding.where == (
            "Xã Thoại Sơn, tỉnh An Giang có từ ngày 1/7/2025, mà ngày của bài là 30/6/2025."
        )

    @pytest.mark.parametrize("day", [date(2025, 6, 30), date(2019, 1, 1)])
    def test_its_last_day_and_every_day_before_are_its_own(self, district, day):
        event = EventFactory(unit=district, event_on=day)
        report = ReportFactory(
            unit=district, event=event,
            published_at=timezone.make_aware(datetime(day.year, day.month, day.day, 9)),
        )  # fmt: skip

        assert of(report, "don-vi-khong-co-hom-ay", "don-vi-het-luc-dang") == []

    def test_without_any_day_a_unit_that_has_ended_publishes_no_more(self, district):
        assert [each.rule for each in of(ReportFactory(unit=district), "don-vi-khong-co-hom-ay")]

    def test_an_old_page_published_late_is_a_reminder(self, district):
        event = EventFactory(unit=district, event_on=date(2025, 6, 28))
        report = ReportFactory(unit=district, event=event)

        assert [
            each.rule for each in of(report, "don-vi-khong-co-hom-ay", "don-vi-het-luc-dang")
        ] == ["don-vi-het-luc-dang"]

    def test_an_old_page_without_a_day_goes_by_its_period(self, district):
        period = {"period_start": date(2024, 1, 1), "period_end": date(2024, 6, 30)}
        report = ReportFactory(unit=district, **period)

        assert not any(each.is_block for each in check(report))

    def test_a_unit_of_today_is_fine(self, commune):
        event = EventFactory(unit=commune, event_on=timezone.localdate())

        assert check(ReportFactory(unit=commune, event=event)) == []


class TestLinks:
    LINK = '<p>Xem <a href="https://{}/tin/1">tin này</a> nhé.</p>'

    def link(self, host, unit):
        return of(ReportFactory(unit=unit, body=self.LINK.format(host)), "lien-ket-la")

    def test_a_host_nobody_has_vouched_for_is_a_reminder(self, commune):
        (finding,) = self.link("la.example", commune)

        assert (finding.where, finding.is_block) == ("Liên kết tới la.example", False)

    @pytest.mark.parametrize("host", ["dichvucong.gov.vn", "www.gov.vn", "dangcongsan.vn"])
    def test_hosts_of_the_state_are_known(self, commune, host):
        assert self.link(host, commune) == []

    @pytest.mark.parametrize("host", ["gov.vn.example", "xgov.vn", "dangcongsan.vn.example"])
    def test_hosts_that_look_alike_are_not(self, commune, host):
        assert len(self.link(host, commune)) == 1

    def test_the_list_of_a_unit_holds_for_it_and_below(self, commune):
        LinkHost.objects.create(unit=commune.parent, host="BaoAnGiang.example")

        assert self.link("baoangiang.example", commune) == []
        assert self.link("www.baoangiang.example", commune) == []
        assert len(self.link("khac-baoangiang.example", commune)) == 1
        assert len(self.link("baoangiang.example", next_commune())) == 1

    def test_the_list_of_the_site_holds_everywhere(self, commune):
        LinkHost.objects.create(unit=None, host="bao.example")

        assert self.link("bao.example", commune) == []
        assert self.link("bao.example", next_commune()) == []

    def test_the_address_of_the_source_counts(self, commune):
        report = ReportFactory(unit=commune, source_url="https://la.example/tin")

        assert [each.field for each in of(report, "lien-ket-la")] == ["source_url"]

    def test_own_pages_mail_and_telephone_lead_nowhere_strange(self, commune):
        body = '<p><a href="/tin/">tin</a> <a href="mailto:a@xa.example">thư</a> <a href="tel:113">gọi</a></p>'

        assert of(ReportFactory(unit=commune, body=body), "lien-ket-la") == []

    def test_a_gambling_host_is_stopped_even_if_it_stands_on_a_list(self, commune):
        LinkHost.objects.create(unit=None, host="kubet88.example")
        report = ReportFactory(unit=commune, body=self.LINK.format("kubet88.example"))

        assert [each.is_block for each in of(report, "quang-cao-co-bac")] == [True]


class TestStops:
    """The one call in the workflow: a text that must be mended goes nowhere."""

    @pytest.fixture
    def report(self, commune):
        report = ReportFactory(unit=commune)
        PhotoFactory(report=report, credit_text="")
        return report

    def test_submitting_is_refused_in_words(self, report):
        with pytest.raises(workflow.Refused, match="Ảnh chưa ghi người chụp") as refused:
            workflow.submit(report, by=UserFactory(is_superuser=True))

        assert refused.value.status_code == 400
        assert Report.objects.get().status == ReportStatus.DRAFT

    def test_publishing_is_refused_too(self, report, commune):
        Report.objects.filter(pk=report.pk).update(status=ReportStatus.SUBMITTED)
        approver = MembershipFactory(unit=commune, role=MemberRole.APPROVER).user

        with pytest.raises(workflow.Refused) as refused:
            workflow.publish(report, by=approver, at=timezone.now() + timedelta(days=1))

        assert refused.value.status_code == 400
        assert Report.objects.get().status == ReportStatus.SUBMITTED

    def test_a_new_version_is_refused_too(self, commune):
        approver = MembershipFactory(unit=commune, role=MemberRole.APPROVER).user
        original = ReportFactory(unit=commune, published=True)
        writer = MembershipFactory(unit=commune, role=MemberRole.EDITOR).user
        revision = workflow.revise(original, by=writer)
        Report.objects.filter(pk=revision.pk).update(status=ReportStatus.SUBMITTED, title="null")

        with pytest.raises(workflow.Refused) as refused:
            workflow.publish(revision, by=approver)

        assert refused.value.status_code == 400
        assert Report.objects.get(pk=original.pk).title == original.title

    def test_the_same_text_mended_passes(self, report):
        # Control: nothing but the missing credit stood in the way.
        report.photos.update(credit_text="TTXVN")

        workflow.submit(report, by=UserFactory(is_superuser=True))

        assert Report.objects.get().status == ReportStatus.SUBMITTED

    def test_reminders_stop_nobody_here(self, commune):
        report = ReportFactory(unit=commune, lead="Bà con xử dụng máy cày.")

        workflow.submit(report, by=UserFactory(is_superuser=True))

        assert Report.objects.get().status == ReportStatus.SUBMITTED
