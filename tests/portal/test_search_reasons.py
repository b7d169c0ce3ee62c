"""`/tim-kiem/` says what brought a result where its title and text do not."""

import pytest
from django.urls import reverse

from reports.search.index import refresh
from tests.factories import (
    ContributionFactory,
    PersonFactory,
    ReportFactory,
    SectionFactory,
    TopicFactory,
)
from units.models import Unit

pytestmark = pytest.mark.django_db


def search(client, q):
    return client.get(reverse("search"), {"q": q})


def test_a_result_says_what_brought_it_where_title_and_text_do_not(client):
    section = SectionFactory(name="Chuyện bến nước")
    by_section = ReportFactory(published=True, title="Ngày hội", section=section)
    by_topic = ReportFactory(published=True, title="Ngày mùa")
    by_topic.topics.add(TopicFactory(name="Giữ bến nước sạch"))
    refresh(by_topic.pk)
    by_text = ReportFactory(published=True, title="Bến nước ấp Đông", section=section)
    writer = PersonFactory(name="Lâm Bến Nước")
    by_writer = ReportFactory(published=True, title="Ngày chợ")
    ContributionFactory(report=by_writer, person=writer)

    hits = search(client, "ben nuoc").context["hits"]

    assert {hit.report: list(hit.reasons) for hit in hits} == {
        by_section: ["Chuyên mục: Chuyện <mark>bến nước</mark>"],
        by_topic: ["Chủ đề: Giữ <mark>bến nước</mark> sạch"],
        by_text: [],
        by_writer: ["Người viết: Lâm <mark>Bến Nước</mark>"],
    }


def test_a_name_of_a_unit_is_marked_where_the_result_names_it(client):
    unit = Unit.objects.get(pk="t2-30682")
    ReportFactory(published=True, unit=unit, title="Ngày hội", body="<p>Cả xóm cùng làm.</p>")

    page = search(client, "thoai son").content.decode()

    assert "Xã <mark>Thoại Sơn</mark></a>" in page


@pytest.mark.parametrize("count", [1, 10])
def test_telling_why_costs_the_same_for_one_and_for_many(client, django_assert_num_queries, count):
    section = SectionFactory(name="Chuyện bến nước")
    ReportFactory.create_batch(count, published=True, title="Ngày hội", section=section)
    client.get(reverse("search"))

    # hits in order, their reports, units, persons; topics, signatures, captions
    with django_assert_num_queries(7):
        client.get(reverse("search"), {"q": "bến nước"})


def test_words_of_a_known_name_are_marked_apart_where_they_stand_apart(client):
    ReportFactory(published=True, title="Chuyển bàn", body="<p>Đổi ghế, ghi số.</p>")

    page = search(client, "chuyen doi so").content.decode()

    assert "<mark>Chuyển</mark> bàn" in page
    assert "<mark>Đổi</mark> ghế, ghi <mark>số</mark>." in page
