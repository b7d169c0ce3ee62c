"""Where a report is found: own unit, those above it that day, and the ground as it lies today."""

from datetime import date, datetime

import pytest
from django.utils import timezone

from reports.models import Report, ReportScope, ReportStatus, ScopeRelation
from reports.scope import refresh_all
from tests.factories import EventFactory, ReportFactory
from units.models import Unit
from units.registry import changed as units_changed

pytestmark = pytest.mark.django_db


def published(unit, day):
    moment = timezone.make_aware(datetime.fromisoformat(f"{day} 08:00"))
    return ReportFactory(published=True, unit_id=unit, published_at=moment)


def scope_of(report):
    return {row.unit_id: (row.relation, row.partial) for row in report.scopes.all()}


def test_a_wards_report_is_found_above_it_and_on_its_ground_today(registry):
    scope = scope_of(published("t3-30517", "2024-07-01"))  # phường Thới Sơn, thị xã Tịnh Biên

    assert scope["t3-30517"] == (ScopeRelation.OWN, False)
    assert scope["t3-890"] == (ScopeRelation.SUBORDINATE, False)
    assert scope["t3-89"] == (ScopeRelation.SUBORDINATE, False)
    assert scope["t2-91"] == (ScopeRelation.FORMER_AREA, False)
    assert ScopeRelation.FORMER_DISTRICT not in {relation for relation, _ in scope.values()}


def test_an_abolished_districts_report_is_offered_to_its_communes(registry):
    report = published("t3-894", "2020-01-11")  # huyện Thoại Sơn: nay sáu xã
    communes = {
        key
        for key, (relation, _) in scope_of(report).items()
        if relation == ScopeRelation.FORMER_DISTRICT
    }

    assert len(communes) >= 6
    commune = Unit.objects.get(pk=sorted(communes)[0])
    assert list(Report.objects.in_area_of(commune)) == []
    assert list(Report.objects.in_area_of(Unit.objects.get(pk="t2-91"))) == [report]


def test_the_province_of_today_finds_the_old_only_when_asked(registry):
    old, new = published("t3-894", "2020-01-11"), published("t2-91", "2026-01-11")
    province = Unit.objects.get(pk="t2-91")

    assert list(Report.objects.in_unit(province).newest_first()) == [new]
    assert list(Report.objects.in_area_of(province).newest_first()) == [new, old]


def test_a_report_stays_with_the_province_of_its_day(registry):
    report = published("t3-894", "2020-01-11")
    then = Unit.objects.get(pk="t3-89")

    assert list(Report.objects.in_unit(then)) == [report]


def test_no_list_of_a_unit_shows_a_report_twice(registry):
    for day in ("2020-01-11", "2024-07-01"):
        published("t3-30517", day)
    for key in ("t3-30517", "t3-890", "t3-89", "t2-91"):
        found = Report.objects.in_area_of(Unit.objects.get(pk=key)).newest_first()
        assert len(found) == len(set(found)) == 2


@pytest.mark.parametrize(
    "status", [ReportStatus.DRAFT, ReportStatus.SUBMITTED, ReportStatus.RETURNED]
)
def test_what_is_not_public_has_no_place_in_any_list(status):
    assert scope_of(ReportFactory(status=status, published_at=timezone.now())) == {}


def test_withdrawing_takes_a_report_out_of_every_list(registry):
    report = published("t3-894", "2020-01-11")
    report.status = ReportStatus.WITHDRAWN
    report.withdrawn_reason, report.withdrawn_at = "Trùng bài", timezone.now()
    report.save()

    assert scope_of(report) == {}


def test_saving_again_writes_no_scope_row_anew(registry):
    report = published("t3-894", "2020-01-11")
    before = set(report.scopes.values_list("pk", flat=True))
    report.save()

    assert set(ReportScope.objects.filter(report=report).values_list("pk", flat=True)) == before


def test_a_report_moved_in_time_moves_under_the_district_of_that_day(registry):
    report = published("t3-30517", "2024-07-01")
    report.published_at = timezone.make_aware(datetime(2021, 7, 1, 8))
    report.save()

    assert report.unit_label == "Xã Thới Sơn"
    assert {row.published_at for row in report.scopes.all()} == {report.published_at}


def test_a_correction_of_the_registry_reaches_every_list_and_printed_name(registry):
    report = published("t3-894", "2020-01-11")
    event = EventFactory(unit_id="t3-894", event_on=date(2020, 1, 10))
    assert refresh_all() == 0

    unit = Unit.objects.get(pk="t3-894")
    unit.name = "Huyện Thoại Sơn Mới"
    unit.save()
    unit.versions.all().delete()
    units_changed()
    ReportScope.objects.filter(report=report, unit_id="t3-89").delete()

    assert refresh_all() == 2
    assert refresh_all() == 0
    report.refresh_from_db()
    event.refresh_from_db()
    assert (report.unit_label, event.unit_label) == ("Huyện Thoại Sơn Mới",) * 2
    assert list(Report.objects.in_unit(Unit.objects.get(pk="t3-89"))) == [report]
