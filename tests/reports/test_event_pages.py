"""Events: today belongs to what comes, an unknown day has its own place, and nothing is lost."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from portal.text import one_line
from reports.calendars import calendar_of
from reports.models import Event, EventKind, Session
from tests.factories import EventFactory, OrganisationFactory, PhotoFactory, ReportFactory
from units.models import Unit

pytestmark = pytest.mark.django_db


def held(days, **fields):
    """A public event that many days from today."""
    return EventFactory(
        event_on=timezone.localdate() + timedelta(days=days), is_public=True, **fields
    )


def shown(client, **query):
    context = client.get(reverse("reports:events"), query).context
    return list(context["upcoming"]), context["page"].rows, list(context["undated"])


def test_each_event_stands_in_one_place(client):
    today, tomorrow, yesterday = held(0), held(1), held(-1)
    undated = EventFactory(event_on=None, is_public=True)

    assert shown(client) == ([today, tomorrow], [yesterday], [undated])


def test_an_event_on_its_last_day_is_still_to_come(client):
    long = held(-3, ends_on=timezone.localdate())

    assert shown(client) == ([long], [], [])


def test_only_announced_or_told_events_are_shown(client):
    EventFactory(event_on=date(2024, 7, 2))
    ReportFactory(event=EventFactory(event_on=date(2024, 7, 3)))
    told = EventFactory(event_on=date(2024, 7, 4))
    ReportFactory(published=True, event=told)

    assert shown(client) == ([], [told], [])


def test_past_events_are_turned_by_page(client):
    events = [held(-days) for days in range(1, 24)]

    assert shown(client)[1] == events[:20]
    assert shown(client, trang="2") == ([], events[20:], [])
    assert shown(client, trang="999999999")[1] == events[20:]


@pytest.mark.parametrize("count", [1, 30])
def test_the_list_costs_the_same_however_long(client, django_assert_max_num_queries, count):
    for number in range(count):
        ReportFactory(published=True, event=held(number))
        ReportFactory(published=True, event=held(-number - 1))
        EventFactory(event_on=None, is_public=True)
    client.get(reverse("about"))

    # upcoming, past with its count, undated
    with django_assert_max_num_queries(3):
        client.get(reverse("reports:events"))


def test_events_can_be_chosen_by_unit_and_kind(client):
    an_giang = held(1, unit=Unit.objects.get(pk="t2-91"))
    below = held(2, unit=Unit.objects.get(pk="t2-30502"), kind=EventKind.DIALOGUE)
    held(3, unit=Unit.objects.get(pk="t2-01"))

    assert shown(client, **{"don-vi": "t2-91"})[0] == [an_giang, below]
    assert shown(client, **{"don-vi": "t2-91", "loai": "doi-thoai"})[0] == [below]
    assert len(shown(client, **{"don-vi": "t2-99999", "loai": "tiec"})[0]) == 3


def test_the_number_of_reports_counts_published_ones(client):
    event = held(1)
    ReportFactory(published=True, event=event)
    ReportFactory(event=event)
    ReportFactory(scheduled=True, event=event)

    assert shown(client)[0][0].told_by == 1


# --- one event ---------------------------------------------------------------------------------------


def test_its_page_shows_what_is_stored(client):
    event = EventFactory(
        name="Hội nghị trực tuyến",
        event_on=date(2026, 7, 2),
        session=Session.AFTERNOON,
        venue="Hội trường lớn",
        chair="Bà Chủ Trì",
        attendees="Các trưởng ấp",
        organisation=OrganisationFactory(name="Mặt trận Tổ quốc"),
        unit=Unit.objects.get(pk="t2-91"),
        is_online=True,
        period_start=date(2026, 1, 1),
        period_end=date(2026, 6, 30),
    )
    event.connected_sites.add(Unit.objects.get(pk="t2-30502"))
    report = ReportFactory(published=True, event=event)

    page = client.get(event.get_absolute_url()).content.decode()

    assert "Chiều thứ năm, " in page
    for words in (
        '<time datetime="2026-07-02">02/07/2026</time>',
        "Sơ kết</a>, trực tiếp và trực tuyến",
        "6 tháng đầu năm 2026",
        "Hội trường lớn",
        "Bà Chủ Trì",
        "Các trưởng ấp",
        "Mặt trận Tổ quốc",
        Unit.objects.get(pk="t2-30502").name,
        "Một bài viết về sự kiện này",
        report.title,
        '"@type": "Event"',
        '"startDate": "2026-07-02"',
        '"organizer": {"@type": "Organization", "name": "Mặt trận Tổ quốc"}',
    ):
        assert words in page


def test_an_unknown_day_is_said_and_never_marked_up(client):
    event = EventFactory(event_on=None, is_public=True)

    page = client.get(event.get_absolute_url()).content.decode()

    assert "Chưa rõ ngày, tại" in page
    assert "startDate" not in page


def test_a_wrong_slug_leads_to_the_right_address(client):
    event = held(1)

    response = client.get(reverse("reports:event", args=["ten-khac", event.pk]))

    assert (response.status_code, response.url) == (301, event.get_absolute_url())


@pytest.mark.parametrize("count", [1, 30])
def test_its_page_costs_the_same_however_many_reports(client, django_assert_num_queries, count):
    event = held(-1)
    for report in ReportFactory.create_batch(count, published=True, event=event):
        PhotoFactory(report=report)
        event.connected_sites.add(report.unit)
    client.get(reverse("about"))

    # the event, its reports with their count, their photos, the connected sites, some of the photos
    with django_assert_num_queries(5):
        client.get(event.get_absolute_url())


def test_photos_of_its_published_reports_lead_to_them(client):
    event = held(-1)
    shown = PhotoFactory(report=ReportFactory(published=True, event=event))
    PhotoFactory(report=ReportFactory(event=event))
    PhotoFactory(report=ReportFactory(scheduled=True, event=event))

    assert list(client.get(event.get_absolute_url()).context["photos"]) == [shown]


def test_an_event_to_come_says_that_reports_will_follow(client):
    assert "Bài viết sẽ có ở đây" in client.get(held(1).get_absolute_url()).content.decode()
    assert "Chưa có bài viết nào" in client.get(held(-1).get_absolute_url()).content.decode()


def test_an_event_of_a_unit_that_is_gone_says_whose_ground_it_is_today(client):
    event = held(-1, unit=Unit.objects.get(pk="t3-30517"))

    page = client.get(event.get_absolute_url()).content.decode()

    assert Unit.objects.get(pk="t2-30502").get_absolute_url() in page


# --- the calendar ------------------------------------------------------------------------------------


def entries(client, **query):
    response = client.get(reverse("reports:calendar"), query)
    assert response.headers["Content-Type"] == "text/calendar; charset=utf-8"
    return Calendar.from_ical(response.content).walk("VEVENT")


def test_the_calendar_holds_whole_days_with_the_end_after_the_last(client):
    event = held(3, ends_on=timezone.localdate() + timedelta(days=4), name="Ngày hội", venue="Bến")

    (entry,) = entries(client)

    assert entry.decoded("dtstart") == event.event_on
    assert entry.decoded("dtend") == event.ends_on + timedelta(days=1)
    assert str(entry["summary"]) == "Ngày hội"
    assert str(entry["location"]) == f"Bến, {event.unit_label}"
    assert str(entry["url"]) == f"http://127.0.0.1:8000{event.get_absolute_url()}"


def test_the_calendar_leaves_out_what_is_hidden_undated_or_long_ago(client):
    EventFactory(event_on=timezone.localdate())
    EventFactory(event_on=None, is_public=True)
    held(-400)
    held(-1, name="Mới qua")

    assert [str(entry["summary"]) for entry in entries(client)] == ["Mới qua"]


def test_the_calendar_follows_the_filters_of_the_list(client):
    held(1, unit=Unit.objects.get(pk="t2-01"))
    below = held(2, unit=Unit.objects.get(pk="t2-30502"))

    assert [str(e["summary"]) for e in entries(client, **{"don-vi": "t2-91"})] == [below.name]


def test_one_event_alone_can_be_put_into_a_calendar_however_old(client):
    old = held(-4000)
    held(1)

    assert [str(e["summary"]) for e in entries(client, **{"su-kien": old.pk})] == [old.name]


def test_the_file_of_an_event_has_a_name_and_stays_valid(client):
    event = held(
        3, name="Hội nghị sơ kết; “đối thoại”, ký kết " + "dài " * 40, venue="Bến, cầu; chợ"
    )
    event.session, event.chair = Session.MORNING, "Bà Chủ Trì"
    event.save()

    response = client.get(reverse("reports:event_entry", args=[event.slug, event.pk]))

    assert response.headers["Content-Type"] == "text/calendar; charset=utf-8"
    disposition = response.headers["Content-Disposition"]
    assert disposition == f'inline; filename="{event.slug}-{event.pk}.ics"'
    lines = response.content.split(b"\r\n")
    assert lines[-1] == b""
    assert max(map(len, lines)) <= 75
    (entry,) = Calendar.from_ical(response.content).walk("VEVENT")
    assert str(entry["summary"]) == f"{event.name} (sáng)"
    assert str(entry["location"]) == f"Bến, cầu; chợ, {event.unit_label}"
    assert str(entry["uid"]) == f"su-kien-{event.pk}@127.0.0.1"
    assert entry["dtstamp"].to_ical().endswith(b"Z")
    assert entry.decoded("dtend") - entry.decoded("dtstart") == timedelta(days=1)
    assert "Chủ trì: Bà Chủ Trì" in str(entry["description"])


def test_an_event_without_a_day_or_hidden_has_no_file(client):
    undated = EventFactory(event_on=None, is_public=True)
    hidden = EventFactory(event_on=date(2026, 7, 2))

    for event in (undated, hidden):
        address = reverse("reports:event_entry", args=[event.slug, event.pk])
        assert client.get(address).status_code == 404


@given(
    st.lists(
        st.tuples(
            st.dates(date(2019, 1, 1), date(2027, 12, 31)),
            st.integers(0, 9),
            # The library takes a backslash and an N for the end of a line.
            st.text(max_size=200).filter(lambda name: r"\N" not in name),
            st.sampled_from(["", *Session.values]),
        ),
        max_size=4,
    )
)
def test_what_is_written_into_a_calendar_is_read_out_of_it(events):
    unit = Unit.objects.get(pk="t2-91")
    events = [
        Event(
            pk=number,
            name=f"Họp {one_line(name)}",
            slug="hop",
            event_on=first,
            last_day_on=first + timedelta(days=more),
            session=session,
            unit=unit,
            unit_label="Tỉnh An Giang",
            updated_at=timezone.now(),
        )
        for number, (first, more, name, session) in enumerate(events, start=1)
    ]

    written = calendar_of(events)

    assert max(map(len, written.split(b"\r\n"))) <= 75
    read = Calendar.from_ical(written)
    assert (str(read["version"]), str(read["calscale"])) == ("2.0", "GREGORIAN")
    entries = read.walk("VEVENT")
    assert [(e.decoded("dtstart"), e.decoded("dtend")) for e in entries] == [
        (e.event_on, e.last_day_on + timedelta(days=1)) for e in events
    ]
    assert [str(e["summary"]).split(" (")[0] for e in entries] == [
        e.name.split(" (")[0] for e in events
    ]
    assert len({str(e["uid"]) for e in entries}) == len(events)
