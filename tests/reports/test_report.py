"""A report keeps its dates apart, its unit's name of that day, and what the database must hold."""

from datetime import date, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from reports.models import ContributionRole, Genre, Person, Report, ReportStatus, ViewCount
from reports.periods import FIFTEEN_FOURTEEN, Period
from tests.factories import (
    ContributionFactory,
    EventFactory,
    PersonFactory,
    ReportFactory,
    next_commune,
)

pytestmark = pytest.mark.django_db


def at(text):
    return timezone.make_aware(datetime.fromisoformat(text))


def test_a_report_counts_by_the_day_of_its_event():
    event = EventFactory(event_on=date(2023, 12, 26))
    report = ReportFactory(published=True, event=event, published_at=at("2023-12-27 09:14"))

    assert report.counting_on == date(2023, 12, 26)


def test_without_an_event_day_it_counts_by_publication_in_our_own_time():
    report = ReportFactory(published=True, published_at=at("2024-01-01 00:30"))

    assert report.counting_on == date(2024, 1, 1)


def test_an_estimated_publication_counts_nowhere_and_is_kept_apart():
    report = ReportFactory(
        published=True, published_at=at("2024-07-01 00:00"), published_is_estimate=True
    )

    assert report.counting_on is None
    assert list(Report.objects.undated()) == [report]
    assert list(Report.objects.in_period(Period.parse("2024"))) == []


def test_a_day_moved_in_the_event_moves_its_reports():
    event = EventFactory(event_on=date(2023, 12, 26))
    report = ReportFactory(published=True, event=event)

    event.event_on = date(2023, 11, 30)
    event.save()

    report.refresh_from_db()
    assert report.counting_on == date(2023, 11, 30)


def test_one_report_belongs_to_the_year_its_convention_says():
    event = EventFactory(event_on=date(2023, 12, 26))
    report = ReportFactory(published=True, event=event)
    question = Report.objects.published().in_period

    assert list(question(Period.parse("2023"))) == [report]
    assert list(question(Period.parse("2024"))) == []
    assert list(question(Period.parse("2023", FIFTEEN_FOURTEEN))) == []
    assert list(question(Period.parse("2024", FIFTEEN_FOURTEEN))) == [report]
    assert list(question(Period.parse("2024-Q1", FIFTEEN_FOURTEEN))) == [report]


def test_it_prints_the_units_name_of_that_day(registry):
    def labels(day):
        report = ReportFactory(published=True, unit_id="t3-30517", published_at=at(f"{day} 08:00"))
        return report.unit_label, report.unit_full_label

    assert labels("2024-07-01") == (
        "Phường Thới Sơn",
        "Phường Thới Sơn, thị xã Tịnh Biên, tỉnh An Giang",
    )
    assert labels("2021-07-01") == ("Xã Thới Sơn", "Xã Thới Sơn, huyện Tịnh Biên, tỉnh An Giang")


def test_published_means_status_and_moment():
    now = timezone.now()
    shown = ReportFactory(published=True, published_at=now)
    ReportFactory(published=True, published_at=now + timedelta(seconds=1))
    ReportFactory(withdrawn=True)
    for status in (ReportStatus.DRAFT, ReportStatus.SUBMITTED, ReportStatus.RETURNED):
        ReportFactory(status=status, published_at=now - timedelta(days=9))

    assert list(Report.objects.published(now)) == [shown]


def test_everything_typed_is_normalised_and_cleaned_on_the_way_in():
    report = ReportFactory(
        title="  Hội nghị\x0b\n so\u031b kết ",
        body='<p onclick="x()">Chào<script>alert(1)</script></p>',
    )

    assert report.title == "Hội nghị sơ kết"
    assert report.slug == "hoi-nghi-so-ket"
    assert report.body == "<p>Chào</p>"


def test_a_new_title_gives_a_new_address_and_the_old_one_leads_there(client):
    report = ReportFactory(title="Tít đầu", published=True)
    before = report.get_absolute_url()
    report.title = "Tít sau"
    report.save()

    response = client.get(before)

    assert report.slug == "tit-sau"
    assert (response.status_code, response.headers["Location"]) == (301, report.get_absolute_url())


@pytest.mark.parametrize(
    ("change", "constraint"),
    [
        ({"period_start": date(2024, 2, 1), "period_end": date(2024, 1, 1)}, "period_whole"),
        ({"period_start": date(2024, 2, 1)}, "period_whole"),
        ({"status": ReportStatus.PUBLISHED, "published_at": None}, "dated_once_public"),
        ({"status": ReportStatus.WITHDRAWN, "published_at": timezone.now()}, "withdrawn"),
        ({"status": "mới"}, "status_known"),
        ({"title": ""}, "titled"),
    ],
)
def test_the_database_keeps_what_must_be_true(change, constraint):
    report = ReportFactory()

    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Report.objects.filter(pk=report.pk).update(**change)


def test_a_reversed_period_is_told_in_vietnamese():
    report = ReportFactory()
    report.period_start, report.period_end = date(2024, 2, 1), date(2024, 1, 1)

    with pytest.raises(ValidationError, match="ngày kết thúc không được trước ngày bắt đầu"):
        report.full_clean()


def test_one_old_address_comes_in_once():
    ReportFactory(original_url="https://cu.example/bai-1")

    with pytest.raises(IntegrityError), transaction.atomic():
        ReportFactory(original_url="https://cu.example/bai-1")


def sign(report, role, name, order=0, signed_as=""):
    person = Person.objects.filter(name=name).first() or PersonFactory(name=name)
    ContributionFactory(report=report, role=role, person=person, order=order, signed_as=signed_as)


def byline_words(report):
    return [(label, [c.printed_name for c in signed]) for label, signed in report.byline()]


def test_one_person_with_two_roles_is_one_group():
    report = ReportFactory()
    sign(report, ContributionRole.AUTHOR, "Ngọc Lan")
    sign(report, ContributionRole.PHOTOGRAPHER, "Ngọc Lan")

    assert byline_words(report) == [("Tin, ảnh", ["Ngọc Lan"])]


def test_writers_stand_in_their_order_and_the_photographer_after_them():
    report = ReportFactory(genre=Genre.FEATURE)
    sign(report, ContributionRole.PHOTOGRAPHER, "Minh Tâm")
    sign(report, ContributionRole.AUTHOR, "Thúy Vân", order=2)
    sign(report, ContributionRole.AUTHOR, "Ngọc Lan", order=1, signed_as="N.L")

    assert byline_words(report) == [("Bài", ["N.L", "Thúy Vân"]), ("Ảnh", ["Minh Tâm"])]


def test_an_unsigned_report_has_no_byline():
    assert ReportFactory().byline() == []


def test_the_counter_goes_on_from_the_count_it_came_with():
    report = ReportFactory(published=True)
    ViewCount.add(report.pk, 98)
    ViewCount.add(report.pk)

    report.refresh_from_db()
    assert report.view_count.count == 99


def test_a_units_reports_keep_it_from_being_deleted():
    report = ReportFactory(unit=next_commune())

    with pytest.raises(Exception, match="protected"):
        report.unit.delete()
