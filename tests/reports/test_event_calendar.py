"""Events by month: every dated event on each of its days, and a calendar nobody gets lost in."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from reports.models import Event, EventKind, Session
from reports.months import FIRST_YEAR, LAST_YEAR, Month, weeks_of
from tests.factories import EventFactory, ReportFactory
from units.models import Unit

DAYS = st.dates(date(2019, 1, 1), date(2027, 12, 31))
SPANS = st.tuples(DAYS, st.integers(0, 70)).map(
    lambda span: Event(
        event_on=span[0], last_day_on=span[0] + timedelta(days=span[1]), name=str(span)
    )
)
TODAY = date(2026, 11, 22)


def days_with_events(month, events):
    return {
        day.on: [(event.name, number, of) for event, number, of in day.events]
        for week in weeks_of(month, events, TODAY)
        for day in week
        if day.events
    }


@given(st.lists(SPANS, max_size=6), st.integers(2019, 2027), st.integers(1, 12))
def test_an_event_stands_on_exactly_the_days_it_touches(events, year, month):
    month = Month(year, month)

    shown = days_with_events(month, events)

    wanted = {}
    day = month.first
    while day <= month.last:
        here = [
            (e.name, (day - e.event_on).days + 1, (e.last_day_on - e.event_on).days + 1)
            for e in events
            if e.event_on <= day <= e.last_day_on
        ]
        if here:
            wanted[day] = here
        day += timedelta(days=1)
    assert shown == wanted


@given(st.integers(FIRST_YEAR, LAST_YEAR), st.integers(1, 12))
def test_weeks_run_from_monday_to_sunday_and_hold_the_month_once(year, month):
    month = Month(year, month)

    weeks = weeks_of(month, [], TODAY)

    assert {tuple(day.on.weekday() for day in week) for week in weeks} == {tuple(range(7))}
    inside = [day.on for week in weeks for day in week if day.is_in_month]
    assert inside[0] == month.first
    assert inside[-1] == month.last
    assert len(inside) == (month.last - month.first).days + 1


@given(st.integers(FIRST_YEAR, LAST_YEAR), st.integers(1, 12))
def test_turning_a_page_and_back_is_the_same_month(year, month):
    month = Month(year, month)

    assert month.next.previous == month == month.previous.next
    assert month.previous < month < month.next


# --- the pages -----------------------------------------------------------------------------------


def month_page(client, ky, **query):
    year, month = ky.split("-")
    return client.get(reverse("reports:event_month", args=[int(year), int(month)]), query)


def names_by_day(context):
    return {
        day.on.day: [event.name for event, _, _ in day.events]
        for week in context["weeks"]
        for day in week
        if day.events
    }


@pytest.mark.django_db
@given(spans=st.lists(st.tuples(st.none() | DAYS, st.integers(0, 40)), max_size=5), today=DAYS)
def test_each_event_is_to_come_or_past_or_undated_and_in_the_months_it_touches(spans, today):
    Event.objects.all().delete()
    unit = Unit.objects.get(pk="t2-91")
    Event.objects.bulk_create(
        Event(
            name=f"Sự kiện {number}",
            slug="su-kien",
            unit=unit,
            event_on=first,
            last_day_on=first and first + timedelta(days=more),
        )
        for number, (first, more) in enumerate(spans)
    )
    events = Event.objects.all()

    parts = [set(events.upcoming(today)), set(events.past(today)), set(events.undated())]
    assert sum(map(len, parts)) == len(spans)
    assert set.union(*parts) == set(events)
    assert all(event.last_day_on >= today for event in parts[0])
    month = Month.of(today)
    assert set(events.touching(month.first, month.last)) == {
        event
        for event in events
        if event.event_on and event.event_on <= month.last and event.last_day_on >= month.first
    }


@pytest.mark.django_db
def test_an_event_of_several_days_stands_on_each_in_both_months(client):
    EventFactory(
        name="Hội thi", event_on=date(2024, 9, 29), ends_on=date(2024, 10, 2), is_public=True
    )
    EventFactory(name="Kín", event_on=date(2024, 9, 30))
    EventFactory(name="Chưa rõ", is_public=True)

    september = month_page(client, "2024-09")
    october = month_page(client, "2024-10")

    assert names_by_day(september.context) == {29: ["Hội thi"], 30: ["Hội thi"]}
    assert names_by_day(october.context) == {1: ["Hội thi"], 2: ["Hội thi"]}
    assert "ngày 3/4" in october.content.decode()


@pytest.mark.django_db
def test_several_events_of_a_day_stand_together_and_many_lead_to_the_list(client):
    for number in range(6):
        EventFactory(name=f"Họp {number}", event_on=date(2024, 7, 2), is_public=True)

    page = month_page(client, "2024-07").content.decode()

    assert page.count("Họp ") == 4
    assert "Cả 6 sự kiện" in page
    held = client.get(reverse("reports:events"), {"tu": "2024-07-02", "den": "2024-07-02"})
    assert held.context["page"].total == 6


@pytest.mark.django_db
def test_the_calendar_can_be_narrowed_to_a_unit_and_a_kind(client):
    mine = {"event_on": date(2024, 7, 2), "is_public": True, "unit": Unit.objects.get(pk="t3-894")}
    EventFactory(name="Đối thoại", kind=EventKind.DIALOGUE, **mine)
    EventFactory(name="Sơ kết", **mine)
    EventFactory(name="Nơi khác", event_on=date(2024, 7, 2), is_public=True)

    def names(**query):
        return names_by_day(month_page(client, "2024-07", **query).context)

    assert names(**{"don-vi": "t3-894"}) == {2: ["Đối thoại", "Sơ kết"]}
    assert names(**{"don-vi": "t3-894", "loai": "doi-thoai"}) == {2: ["Đối thoại"]}


@pytest.mark.django_db
def test_pages_turn_as_far_as_there_are_events_or_today(client):
    EventFactory(event_on=date(2024, 7, 2), is_public=True)
    this_month = Month.of(timezone.localdate())

    first = month_page(client, "2024-07").context
    assert (first["previous"], first["next"]) == (None, Month(2024, 8))
    now = month_page(client, this_month.ky).context
    assert (now["previous"], now["next"]) == (this_month.previous, None)
    assert now["before"] == Month(2024, 7)
    far = month_page(client, "2040-01")
    assert far.context["next"] is None
    assert '<meta name="robots" content="noindex, follow">' in far.content.decode()


@pytest.mark.parametrize("wrong", ["0000-01", "2026-00", "2026-13", "1800-05", "9999-12"])
@pytest.mark.django_db
def test_a_month_no_calendar_has_is_not_found(client, wrong):
    assert client.get(f"/su-kien/thang/{wrong}/").status_code == 404


@pytest.mark.parametrize("count", [1, 30])
@pytest.mark.django_db
def test_a_month_costs_the_same_however_full(client, django_assert_num_queries, count):
    for _ in range(count):
        ReportFactory(published=True, event=EventFactory(event_on=date(2024, 7, 2)))
    client.get(reverse("about"))

    # its events, the nearest before and after
    with django_assert_num_queries(3):
        month_page(client, "2024-07")


@pytest.mark.django_db
def test_the_list_can_be_narrowed_to_a_time_and_says_what_has_no_day(client):
    july = EventFactory(event_on=date(2024, 7, 31), ends_on=date(2024, 8, 2), is_public=True)
    EventFactory(event_on=date(2024, 9, 1), is_public=True)
    undated = EventFactory(event_on=None, is_public=True, session=Session.MORNING)

    def shown(**query):
        return client.get(reverse("reports:events"), query).context

    for query in ({"ky": "2024-08"}, {"ky": "2024-07"}, {"tu": "1/8/2024", "den": "2/8/2024"}):
        context = shown(**query)
        assert context["page"].rows == [july]
        assert context["page"].counts["undated"] == 1
        assert list(context["undated"]) == []
    assert shown(ky="2024")["page"].total == 2
    assert shown(**{"chua-ro-ngay": "1"})["page"].rows == [undated]
    assert shown(ky="2024-99")["filters"].notices != []


@pytest.mark.parametrize(
    "value", ["%00", "%ff%fe", "%3Cscript%3E", "9" * 5000, "2024-99", "-1", "x,x"]
)
@pytest.mark.parametrize(
    "name", ["don-vi", "loai", "ky", "tu", "den", "chua-ro-ngay", "trang", "la"]
)
@pytest.mark.django_db
def test_nonsense_in_the_address_is_left_out_never_an_error(client, name, value):
    month = reverse("reports:event_month", args=[2024, 7])

    for address in (reverse("reports:events"), month, reverse("reports:calendar")):
        response = client.get(f"{address}?{name}={value}")
        assert response.status_code in (200, 400), address
        assert "<script>" not in response.content.decode()
