"""Turning pages while the newsroom works: nothing is shown twice, nothing is dropped."""

import re
from datetime import date, datetime, timedelta
from html import unescape

import pytest
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from reports import list_views
from reports.models import Report, ViewCount
from tests.factories import EventFactory, ReportFactory
from units.models import Unit

pytestmark = pytest.mark.django_db

START = timezone.make_aware(datetime(2024, 3, 1, 8))
moments = st.integers(0, 40)


@pytest.fixture
def small_pages(monkeypatch):
    monkeypatch.setattr(list_views, "REPORTS_PER_PAGE", 3)


def publish(hour, **fields):
    return ReportFactory(published=True, published_at=START + timedelta(hours=hour), **fields)


def turn(client, address):
    """(the page's report keys, the address of the next page or None)."""
    response = client.get(address)
    assert response.status_code == 200
    match = re.search(r'<a href="([^"]+)" rel="next"><span', response.content.decode())
    path = address.partition("?")[0]
    return [row.pk for row in response.context["page"]], match and path + unescape(match[1])


@settings(max_examples=20)
@given(
    before=st.lists(moments, min_size=4, max_size=11),
    meanwhile=st.lists(st.lists(moments, max_size=3), min_size=3, max_size=3),
    query=st.sampled_from(["", "sap-xep=cu", "don-vi=t2-91", "don-vi=t2-91&sap-xep=ngay-dien-ra",
                           "ky=2024-03", "sap-xep=ngay-dien-ra", "sap-xep=xem-nhieu"]),
)  # fmt: skip
def test_whatever_is_published_between_two_pages_moves_nothing(
    client, small_pages, before, meanwhile, query
):
    unit = Unit.objects.get(pk="t2-30502")
    with transaction.atomic():
        there = {publish(hour, unit=unit).pk for hour in before}
        address, seen, waiting = f"{reverse('reports:list')}?{query}", [], list(meanwhile)
        while address:
            shown, address = turn(client, address)
            seen += shown
            for hour in waiting.pop() if waiting else ():
                publish(hour, unit=unit)
        transaction.set_rollback(True)

    assert len(seen) == len(set(seen))
    assert there <= set(seen)


def test_a_page_says_how_many_came_and_leads_to_the_top(client, small_pages):
    for hour in range(8):
        publish(hour)
    _, second = turn(client, reverse("reports:list"))
    assert "tin mới hơn" not in client.get(second).content.decode()

    for hour in (50, 51):
        publish(hour)
    page = client.get(second)

    assert page.context["page"].newer == 2
    assert '<a href="?">Có 2 tin mới hơn. Về trang đầu</a>' in page.content.decode()


def test_turning_back_shows_the_page_one_came_from(client, small_pages):
    for hour in range(9):
        publish(hour)
    first, second = turn(client, reverse("reports:list"))
    shown, third = turn(client, second)
    publish(50)
    html = client.get(third).content.decode()
    back = unescape(re.search(r'<a href="([^"]+)" rel="prev">', html)[1])

    assert turn(client, reverse("reports:list") + back)[0] == shown
    assert not set(first) & set(shown)


def test_a_report_withdrawn_meanwhile_drops_no_other(client, small_pages):
    reports = [publish(hour) for hour in range(7)]
    first, second = turn(client, reverse("reports:list"))
    Report.objects.filter(pk=first[0]).delete()

    shown, third = turn(client, second)

    assert first + shown + turn(client, third)[0] == [report.pk for report in reversed(reports)]


def test_pages_far_away_are_counted_from_the_page_one_is_on(client, small_pages):
    reports = [publish(hour).pk for hour in range(15)][::-1]
    _, second = turn(client, reverse("reports:list"))
    html = client.get(second).content.decode()
    fourth = unescape(re.search(r'href="([^"]+trang=4[^"]+)"', html)[1])
    publish(50)

    assert turn(client, reverse("reports:list") + fourth)[0] == reports[9:12]


@pytest.mark.parametrize(
    "mark",
    ["", "x", "1", "1.2", "1.2.3.4", "0.1.2", "1.1.99999999999", "1.-1.2",
     "2.1709254800000000.1", "1." + "9" * 500, "1.1٣.2", "<script>"],
)  # fmt: skip
def test_a_mark_that_means_nothing_is_a_plain_page_number(client, small_pages, mark):
    reports = [publish(hour).pk for hour in range(8)][::-1]

    response = client.get(reverse("reports:list"), {"trang": "2", "moc": mark})

    assert [row.pk for row in response.context["page"]] == reports[3:6]


def test_a_mark_beyond_the_end_leads_to_the_last_page(client, small_pages):
    reports = [publish(hour).pk for hour in range(8)][::-1]

    response = client.get(reverse("reports:list"), {"trang": "3", "moc": "2.1.1"})

    assert [row.pk for row in response.context["page"]] == reports[6:]


@pytest.mark.parametrize("number", ["1000000000", "999999999", "0", "-1", "một"])
def test_no_page_number_breaks_the_list(client, small_pages, number):
    publish(1)

    response = client.get(reverse("reports:list"), {"trang": number, "moc": "3.1709254800000000.1"})

    assert (response.status_code, len(response.context["page"])) == (200, 1)


def test_the_pager_under_a_report_turns_as_steadily(client):
    reports = [publish(hour) for hour in range(20)]
    address = reports[0].get_absolute_url()
    first, second = _others(client, address)
    publish(50)

    shown, _ = _others(client, second)

    others = [report.pk for report in reversed(reports[1:])]
    assert first + shown == others[: len(first + shown)]


def _others(client, address):
    response = client.get(address)
    match = re.search(r'<a href="([^"]+)" rel="next"><span', response.content.decode())
    path = address.partition("?")[0]
    return [row.pk for row in response.context["others"]], path + unescape(match[1])


# --- the orders ------------------------------------------------------------------------------------


def ordered(client, **query):
    response = client.get(
        reverse("reports:list"), {k.replace("_", "-"): v for k, v in query.items()}
    )
    return [row.pk for row in response.context["page"]]


def test_each_order_is_what_it_says(client):
    early = publish(1, event=EventFactory(event_on=date(2024, 2, 20)))
    late = publish(2, event=EventFactory(event_on=date(2024, 1, 5)))
    undated = publish(3, published_is_estimate=True)
    ViewCount.objects.create(report=late, count=9)

    assert ordered(client) == ordered(client, sap_xep="moi") == [undated.pk, late.pk, early.pk]
    assert ordered(client, sap_xep="cu") == [early.pk, late.pk, undated.pk]
    assert ordered(client, sap_xep="xem-nhieu") == [late.pk, undated.pk, early.pk]
    assert ordered(client, sap_xep="ngay-dien-ra") == [early.pk, late.pk]
    assert ordered(client, sap_xep="ngay-dien-ra", chua_ro_ngay="1") == [undated.pk]


def test_the_order_by_day_counts_what_has_none(client):
    publish(1)
    publish(2, published_is_estimate=True)

    page = client.get(reverse("reports:list"), {"sap-xep": "ngay-dien-ra"})

    assert page.context["page"].counts == {"undated": 1}
    assert 'href="?chua-ro-ngay=1">1 bài chưa rõ ngày</a>' in page.content.decode()


@pytest.mark.parametrize("query", [{}, {"don-vi": "t2-91"}, {"ky": "2024-03"}, {"tu": "1/3/2024"}])
def test_an_unknown_order_is_named_and_the_newest_stand_first(client, query):
    unit = Unit.objects.get(pk="t2-30502")
    reports = [publish(hour, unit=unit).pk for hour in range(3)][::-1]

    response = client.get(reverse("reports:list"), {**query, "sap-xep": "x"})

    assert [row.pk for row in response.context["page"]] == reports
    assert response.context["filters"].notices == [
        "Sắp xếp: Không có “x” trong danh sách. Điều kiện này được bỏ qua."
    ]


def test_the_order_is_no_condition_but_stays_in_the_address(client):
    filters = client.get(
        reverse("reports:list"), {"ky": "2024", "sap-xep": "cu", "trang": "1"}
    ).context["filters"]

    assert [address for _, address in filters.chips] == ["?sap-xep=cu"]
    assert [(words, address) for words, address, current in filters.orders if current] == [
        ("Cũ trước", "?ky=2024&sap-xep=cu")
    ]
    assert filters.orders[0][1] == "?ky=2024"
