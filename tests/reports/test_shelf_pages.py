"""`/chuyen-muc/…/` and `/chu-de/…/`: one shelf's reports, and the way to its neighbours."""

import pytest
from django.urls import reverse

from tests.factories import PhotoFactory, ReportFactory, SectionFactory, TopicFactory

pytestmark = pytest.mark.django_db


def put(shelf, **fields):
    if type(shelf).__name__ == "Section":
        return ReportFactory(section=shelf, **fields)
    report = ReportFactory(**fields)
    report.topics.add(shelf)
    return report


@pytest.fixture(params=[SectionFactory, TopicFactory], ids=["section", "topic"])
def kind(request):
    return request.param


def test_it_holds_its_published_reports_newest_first(client, kind):
    shelf, other = kind(), kind()
    reports = [put(shelf, published=True) for _ in range(3)]
    put(other, published=True)
    for state in ({}, {"scheduled": True}, {"withdrawn": True}):
        put(shelf, **state)

    page = client.get(shelf.get_absolute_url()).context["page"]

    assert sorted(row.pk for row in page) == [report.pk for report in reports]
    assert [row.published_at for row in page] == sorted(
        (report.published_at for report in reports), reverse=True
    )


def test_it_offers_its_feeds_its_data_and_the_filter(client, kind):
    shelf, parameter = kind(), "chuyen-muc" if kind is SectionFactory else "chu-de"
    put(shelf, published=True)
    page = client.get(shelf.get_absolute_url()).content.decode()

    query = f"?{parameter}={shelf.slug}"
    for name in ("feed", "json_feed", "csv", "json", "list"):
        assert f'href="{reverse(f"reports:{name}")}{query}"' in page
    assert page.count('rel="alternate"') == 2
    assert f'<link rel="canonical" href="http://127.0.0.1:8000{shelf.get_absolute_url()}">' in page


def test_it_leads_to_the_others_of_its_kind(client, kind):
    shelf, other = kind(), kind()

    page = client.get(shelf.get_absolute_url())

    assert list(page.context["others"]) == [other]
    assert other.get_absolute_url() in page.content.decode()


def test_an_empty_one_says_so_and_leads_on(client, kind):
    page = client.get(kind().get_absolute_url()).content.decode()

    assert "Chưa có bài nào ở đây." in page


def test_one_that_is_none_is_not_found(client):
    for path in ("/chuyen-muc/khong-co/", "/chu-de/khong-co/"):
        assert client.get(path).status_code == 404


def test_the_list_with_this_one_condition_names_it_as_the_real_address(client, kind):
    shelf, parameter = kind(), "chuyen-muc" if kind is SectionFactory else "chu-de"
    put(shelf, published=True)

    alone = client.get("/tin/", {parameter: shelf.slug}).content.decode()
    narrowed = client.get("/tin/", {parameter: shelf.slug, "ky": "2024"}).content.decode()

    assert f'<link rel="canonical" href="http://127.0.0.1:8000{shelf.get_absolute_url()}">' in alone
    assert '<meta name="robots"' not in alone
    assert '<meta name="robots" content="noindex, follow">' in narrowed


@pytest.mark.parametrize("count", [1, 30])
def test_it_costs_the_same_however_many(client, django_assert_num_queries, kind, count):
    shelf = kind()
    for _ in range(count):
        PhotoFactory(report=put(shelf, published=True))
    client.get("/gioi-thieu/")

    # the shelf, the page with its count and photos, the other shelves
    with django_assert_num_queries(3):
        client.get(shelf.get_absolute_url())
