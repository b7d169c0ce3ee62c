"""`/tin/2026/` and `/tin/2026/07/`: what was published when, on our own clock."""

from datetime import datetime

import pytest
from django.utils import timezone

from tests.factories import PhotoFactory, ReportFactory

pytestmark = pytest.mark.django_db


def publish(text, **fields):
    moment = timezone.make_aware(datetime.fromisoformat(text))
    return ReportFactory(**{"published": True, **fields}, published_at=moment)


def test_a_month_holds_what_was_published_in_it_on_our_clock(client):
    publish("2026-06-30 23:59")
    first = publish("2026-07-01 00:00")
    last = publish("2026-07-31 23:59")
    publish("2026-08-01 00:00")

    response = client.get("/tin/2026/07/")

    assert list(response.context["page"]) == [last, first]
    assert "<h1>Tin bài đăng tháng 7/2026</h1>" in response.content.decode()


def test_a_year_counts_its_months(client):
    for day in ("2025-12-31 23:59", "2026-01-01 00:00", "2026-07-01 08:00", "2026-07-02 08:00"):
        publish(day)

    response = client.get("/tin/2026/")

    assert response.context["months"] == [(1, 1, "/tin/2026/01/"), (7, 2, "/tin/2026/07/")]
    assert "3 bài" in response.content.decode()


def test_they_lead_to_the_nearest_months_and_years_with_reports(client):
    for day in ("2023-05-01 08:00", "2025-11-01 08:00", "2026-07-01 08:00"):
        publish(day)

    month, year = client.get("/tin/2025/11/").context, client.get("/tin/2025/").context

    assert month["older"] == ("Tháng 5/2023", "/tin/2023/05/")
    assert month["newer"] == ("Tháng 7/2026", "/tin/2026/07/")
    assert (year["older"], year["newer"]) == (
        ("Năm 2023", "/tin/2023/"),
        ("Năm 2026", "/tin/2026/"),
    )
    assert client.get("/tin/2026/07/").context["newer"] is None


def test_only_what_is_published_is_in_them(client):
    shown = publish("2026-07-01 08:00")
    publish("2026-07-02 08:00", published=False, status="draft")
    publish("2026-06-02 08:00", published=False, status="withdrawn", withdrawn_reason="Trùng bài",
            withdrawn_at=timezone.now())  # fmt: skip
    publish("2098-07-02 08:00")

    assert list(client.get("/tin/2026/07/").context["page"]) == [shown]
    assert client.get("/tin/2026/").context["months"] == [(7, 1, "/tin/2026/07/")]
    assert client.get("/tin/2026/").context["newer"] is None
    for path in ("/tin/2026/06/", "/tin/2098/07/", "/tin/2098/"):
        assert client.get(path).status_code == 404


def test_a_year_of_silence_between_two_others_leads_on(client):
    publish("2023-05-01 08:00")
    publish("2025-05-01 08:00")

    response = client.get("/tin/2024/")

    assert (response.context["older"][1], response.context["newer"][1]) == (
        "/tin/2023/",
        "/tin/2025/",
    )
    assert "Năm này chưa có bài nào" in response.content.decode()
    assert [client.get(f"/tin/{year}/").status_code for year in (2022, 2026)] == [404, 404]


@pytest.mark.parametrize(
    "path",
    ["/tin/0000/", "/tin/9999/", "/tin/1899/", "/tin/2026/00/", "/tin/2026/13/", "/tin/9999/12/"],
)
def test_a_month_that_is_none_is_not_found(client, path):
    publish("2026-07-01 08:00")

    assert client.get(path).status_code == 404


def test_its_address_says_which_page_it_is(client):
    publish("2026-07-01 08:00")

    for path in ("/tin/2026/", "/tin/2026/07/"):
        page = client.get(path, {"x": "y"}).content.decode()
        assert f'<link rel="canonical" href="http://127.0.0.1:8000{path}">' in page
        assert '"@type": "BreadcrumbList"' in page


def test_the_list_and_the_month_lead_to_each_other(client):
    publish("2026-07-01 08:00")

    assert 'href="/tin/2026/">Xem theo tháng đăng</a>' in client.get("/tin/").content.decode()
    assert (
        'href="/tin/2026/">Các tháng năm 2026</a>' in client.get("/tin/2026/07/").content.decode()
    )


@pytest.mark.parametrize("count", [1, 30])
def test_they_cost_the_same_however_long(client, django_assert_num_queries, count):
    for _ in range(count):
        PhotoFactory(report=publish("2026-07-01 08:00"))
    client.get("/gioi-thieu/")

    # the page with count and photos, the month before, the month after
    with django_assert_num_queries(3):
        client.get("/tin/2026/07/")
    with django_assert_num_queries(3):
        client.get("/tin/2026/")
