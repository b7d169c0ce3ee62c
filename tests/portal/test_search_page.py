"""`/tim-kiem/`: units and persons of that name at once, then reports with the words marked."""

import pytest
from django.urls import reverse

from tests.factories import ContributionFactory, PersonFactory, ReportFactory

pytestmark = pytest.mark.django_db


def search(client, q, **query):
    response = client.get(reverse("search"), {"q": q, **query})
    assert response.status_code == 200
    return response


def test_reports_are_found_without_marks_and_shown_in_their_own_spelling(client):
    report = ReportFactory(
        published=True,
        title="Mô hình Dân vận khéo",
        body="<p>Ba cách làm của tổ dân vận ấp Đông.</p>",
    )

    response = search(client, "dan van")

    assert list(response.context["page"]) == [report]
    page = response.content.decode()
    assert "Mô hình <mark>Dân vận</mark> khéo" in page
    assert "tổ <mark>dân vận</mark> ấp Đông" in page


def test_units_of_the_name_are_offered_with_place_and_years(client):
    page = search(client, "thoi son").content.decode()

    assert "Phường Thới Sơn, thị xã Tịnh Biên, tỉnh An Giang" in page


def test_persons_are_offered_once_they_have_published(client):
    known, unknown = PersonFactory(name="Minh Ngọc"), PersonFactory(name="Minh Ngọc Hai")
    ContributionFactory(report=ReportFactory(published=True), person=known)
    ContributionFactory(report=ReportFactory(), person=unknown)

    assert list(search(client, "minh ngoc").context["people"]) == [known]


def test_results_are_turned_by_page_with_the_words_kept(client):
    ReportFactory.create_batch(12, published=True, title="Tập huấn hòa giải")

    page = search(client, "hòa giải")

    assert page.context["page"].total == 12
    assert 'href="?q=h%C3%B2a+gi%E1%BA%A3i&amp;trang=2"' in page.content.decode()
    assert len(search(client, "hòa giải", trang="2").context["page"]) == 2


@pytest.mark.parametrize("q", ["", "   ", "\x00", "%", "!!!", '"', "“”", "'", "\\", "_"])
def test_words_without_letters_find_nothing_and_break_nothing(client, q):
    ReportFactory(published=True)

    response = client.get(reverse("search"), {"q": q})

    assert response.status_code == 200
    assert not response.context.get("page")


def test_what_was_typed_is_shown_but_never_run(client):
    evil = "<script>alert(1)</script>"
    ReportFactory(published=True, title="Bài có chữ script alert")

    page = search(client, evil).content.decode()

    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


@pytest.mark.parametrize("count", [1, 30])
def test_it_costs_the_same_however_many_results(client, django_assert_max_num_queries, count):
    ReportFactory.create_batch(count, published=True, title="Tập huấn hòa giải")
    client.get(reverse("about"))

    # reports with their count, units, persons
    with django_assert_max_num_queries(3):
        client.get(reverse("search"), {"q": "hòa giải"})
