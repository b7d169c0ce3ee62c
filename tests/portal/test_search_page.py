"""`/tim-kiem/`: what bears the name at once, then reports, best first, with the words marked."""

import re
from datetime import UTC, datetime

import pytest
from django.urls import reverse

from reports.models import Report
from tests.factories import (
    ContributionFactory,
    PersonFactory,
    ReportFactory,
    SectionFactory,
    TopicFactory,
)
from units.models import Unit

pytestmark = pytest.mark.django_db


def search(client, q, **query):
    response = client.get(reverse("search"), {"q": q, **query})
    assert response.status_code == 200
    return response


def found(response):
    return [hit.report for hit in response.context["hits"]]


def of(key, **fields):
    return ReportFactory(published=True, unit=Unit.objects.get(pk=key), **fields)


def test_reports_are_found_without_marks_and_shown_in_their_own_spelling(client):
    report = ReportFactory(
        published=True,
        title="Mô hình Dân vận khéo",
        body="<p>Ba cách làm của tổ dân vận ấp Đông.</p>",
    )

    response = search(client, "dan van")

    assert found(response) == [report]
    page = response.content.decode()
    assert "Mô hình <mark>Dân vận</mark> khéo" in page
    assert "tổ <mark>dân vận</mark> ấp Đông" in page


def test_an_abbreviation_is_marked_in_full_and_the_other_way_round(client):
    ReportFactory(published=True, title="Mặt trận Tổ quốc trao nhà", body="<p>MTTQ xã góp gỗ.</p>")

    for q in ("MTTQ", "mat tran to quoc"):
        page = search(client, q).content.decode()

        assert "<mark>Mặt trận Tổ quốc</mark> trao nhà" in page
        assert "<mark>MTTQ</mark> xã góp gỗ" in page


def test_another_place_of_the_tone_is_marked_too(client):
    ReportFactory(published=True, title="Tổ hoà giải", body="<p>Hòa thuận.</p>")

    page = search(client, "hòa").content.decode()

    assert "Tổ <mark>hoà</mark> giải" in page
    assert "<mark>Hòa</mark> thuận" in page


def test_a_report_found_by_other_marks_only_shows_where(client):
    ReportFactory(published=True, title="Ban Dân vận họp")

    assert "<mark>Ban</mark> Dân vận họp" in search(client, "bạn").content.decode()


# --- what bears the name --------------------------------------------------------------------------


def test_units_of_the_name_are_offered_with_place_and_years(client):
    page = search(client, "thoi son").content.decode()

    assert "Phường Thới Sơn, thị xã Tịnh Biên, tỉnh An Giang" in page


def test_a_former_unit_says_what_it_belongs_to_today(client):
    page = search(client, "huyện thoại sơn").content.decode()

    assert "nay thuộc xã Định Mỹ, xã Óc Eo, xã Phú Hòa, xã Tây Phú, xã Thoại Sơn" in page


def test_a_unit_is_offered_when_more_words_stand_beside_its_name(client):
    units = search(client, "mặt trận thoại sơn 2020").context["units"]

    assert [unit.pk for unit, _ in units] == ["t2-30682", "t3-894"]


@pytest.mark.parametrize("typed", ["thoai xon", "thoại sơnn", "thoaison"])
def test_a_misspelt_unit_is_asked_about(client, typed):
    response = search(client, typed)

    assert [unit.pk for unit, _ in response.context["near"]] == ["t2-30682", "t3-894"]
    assert "Có phải bạn tìm" in response.content.decode()


@pytest.mark.parametrize("typed", ["thoai son", "dan van", "hội nghị trực tuyến", "abc"])
def test_what_is_no_misspelt_unit_is_not_asked_about(client, typed):
    assert search(client, typed).context["near"] == []


def test_everyday_words_do_not_offer_a_commune(client):
    assert search(client, "ban dan van").context["units"] == []


def test_persons_are_offered_once_they_have_published(client):
    known, unknown = PersonFactory(name="Minh Ngọc"), PersonFactory(name="Minh Ngọc Hai")
    ContributionFactory(report=ReportFactory(published=True), person=known)
    ContributionFactory(report=ReportFactory(), person=unknown)

    assert list(search(client, "minh ngoc").context["people"]) == [known]


def test_sections_and_topics_of_the_name_are_offered(client):
    section, topic = SectionFactory(name="Dân vận khéo"), TopicFactory(name="Tổ dân vận")
    SectionFactory(name="Tin trong ngày")

    shelves = search(client, "dan van").context["shelves"]

    assert shelves == [
        ("Chuyên mục", "Dân vận khéo", section.get_absolute_url()),
        ("Chủ đề", "Tổ dân vận", topic.get_absolute_url()),
    ]


# --- together with the list's filter ---------------------------------------------------------------


def test_it_understands_the_filters_of_the_list(client):
    here = of("t2-30682", title="Hòa giải một")
    of("t2-30307", title="Hòa giải hai")
    former = ReportFactory(
        title="Hòa giải ba",
        unit=Unit.objects.get(pk="t3-30682"),
        status="published",
        published_at=datetime(2020, 1, 11, tzinfo=UTC),
    )

    assert found(search(client, "hoa giai", **{"don-vi": "t2-30682"})) == [here]
    both = search(client, "hoa giai", **{"don-vi": "t2-30682", "don-vi-cu": "1"})
    assert set(found(both)) == {here, former}
    assert found(search(client, "hoa giai", ky="2020")) == [former]
    assert found(search(client, "hoa giai", ky="2020", **{"don-vi": "t2-30682"})) == []


def test_the_list_shows_the_same_reports_for_the_same_address(client):
    for number in range(4):
        of("t2-30682", title=f"Hòa giải {number}")
    of("t2-30682", title="Chuyện khác")
    asked = {"q": "hoa giai", "don-vi": "t2-30682"}

    listed = client.get(reverse("reports:list"), asked).context["page"]

    assert {r.pk for r in listed} == {r.pk for r in found(client.get(reverse("search"), asked))}
    assert len(listed) == 4


def test_conditions_are_labels_to_take_off(client):
    page = search(client, "trà", ky="2026", **{"don-vi": "t2-30682"}).content.decode()

    assert '<a href="?don-vi=t2-30682&amp;ky=2026">' in page
    assert '<a href="?q=tr%C3%A0&amp;ky=2026">' in page
    assert 'name="ky" value="2026"' in page


# --- pages ------------------------------------------------------------------------------------------


def test_results_are_turned_by_page_with_the_words_kept(client):
    ReportFactory.create_batch(12, published=True, title="Tập huấn hòa giải")

    page = search(client, "hòa giải")

    assert page.context["page"].total == 12
    assert 'href="?q=h%C3%B2a+gi%E1%BA%A3i&amp;trang=2"' in page.content.decode()
    assert len(found(search(client, "hòa giải", trang="2"))) == 2


@pytest.mark.parametrize("number", ["3", "99", "100", "101", "999999999"])
def test_a_page_beyond_the_end_is_the_last(client, number):
    ReportFactory.create_batch(12, published=True, title="Tập huấn hòa giải")

    page = search(client, "hòa giải", trang=number).context["page"]

    assert (page.number, len(page)) == (2, 2)


@pytest.mark.parametrize("number", ["0", "-1", "a", "1.5", "٣", "9" * 5000])
def test_a_page_that_is_no_number_is_the_first(client, number):
    ReportFactory.create_batch(12, published=True, title="Tập huấn hòa giải")

    assert search(client, "hòa giải", trang=number).context["page"].number == 1


def test_what_is_beyond_the_cap_is_said_and_left_to_the_list(client, monkeypatch):
    monkeypatch.setattr("reports.search.finding.CAP", 20)
    monkeypatch.setattr("portal.search_view.CAP", 20)
    ReportFactory.create_batch(23, published=True, title="Tập huấn hòa giải")

    first, last = search(client, "hòa giải"), search(client, "hòa giải", trang="2")

    assert "Hơn 20 kết quả" in first.content.decode()
    assert (last.context["page"].number, len(found(last))) == (2, 10)
    assert "chỉ xếp 20 bài gần đúng nhất" in last.content.decode()
    assert search(client, "hòa giải", trang="3").context["page"].number == 2
    assert set(found(first)).isdisjoint(found(last))


@pytest.mark.parametrize("cap", [3, 6, 1000])
def test_the_order_is_the_same_whether_hits_are_few_or_many(client, monkeypatch, cap):
    for title, lead in (
        ("Ban chỉ đạo", "x"), ("Bạn đọc", "x"), ("Chuyện", "Ban ấp"), ("Bàn tròn", "ban"),
        ("Ván", "bàn"), ("Ban mai", "x"), ("Khác", "bạn"),
    ):  # fmt: skip
        ReportFactory(published=True, title=title, lead=lead)
    monkeypatch.setattr("reports.search.finding.CAP", cap)

    titles = [report.title for report in found(search(client, "ban"))]

    wanted = ["Ban mai", "Ban chỉ đạo", "Bàn tròn", "Chuyện", "Bạn đọc", "Khác", "Ván"]
    assert titles == wanted[:cap]


# --- nothing found ------------------------------------------------------------------------------------


def test_a_search_without_results_says_which_word_is_to_blame(client):
    ReportFactory.create_batch(2, published=True, title="Tập huấn hòa giải")

    response = search(client, "hòa giải xoẹt")

    assert [(t.typed, n) for t, n, _ in response.context["words"]] == [
        ("xoẹt", 0),
        ("hòa", 2),
        ("giải", 2),
    ]
    assert 'href="?q=h%C3%B2a+gi%E1%BA%A3i"' in response.content.decode()


def test_a_phrase_without_results_offers_its_words(client):
    page = search(client, '"giải hòa"').content.decode()

    assert "bỏ ngoặc kép" in page
    assert 'href="?q=gi%E1%BA%A3i+h%C3%B2a"' in page


def test_the_empty_page_shows_how_to_search_and_the_sections(client):
    SectionFactory(name="Gương sáng")

    page = client.get(reverse("search")).content.decode()

    assert "Cách tìm" in page
    assert "Gương sáng" in page


# --- bad input, leaks, cost ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "q", ["", "   ", "\x00", "%", "!!!", '"', "“”", "'", "\\", "_", "&|!", "()"]
)
def test_words_without_letters_find_nothing_and_break_nothing(client, q):
    ReportFactory(published=True)

    response = client.get(reverse("search"), {"q": q})

    assert response.status_code == 200
    assert not response.context.get("page")


@pytest.mark.parametrize(
    "q",
    [
        "a" * 5000, "a " * 300, '"' * 300, "a:* & !b | (c", "NEAR(a b)", "a AND NOT", "words : a",
        "'; DROP TABLE reports_report; --", "𝕏 ﬁ ß İ ı", "สวัสดี 你好 привет", "e\u0301" * 90,
        "\u0301\u0301", "a\u0300\u0301\u0302", "=ban #ban @mttq +1t2x91", "dan_van", "{}{0}%s%(a)s",
    ],
)  # fmt: skip
def test_no_query_is_an_error(client, q):
    ReportFactory(published=True)

    assert search(client, q).status_code == 200
    assert client.get(reverse("reports:list"), {"q": q}).status_code == 200


def test_bytes_that_are_no_text_are_no_error(client):
    for q in ("%ED%A0%80", "%FF%FE", "%C3", "a%00b"):
        assert client.get(f"{reverse('search')}?q={q}").status_code in (200, 400)


def test_inner_signs_of_the_index_are_no_way_in(client):
    of("t2-30682", title="Mặt trận Tổ quốc")

    for q in ("@mttq", "+1t2x30682", "#tran"):
        names = re.findall(r"[a-z0-9]+", q)
        assert found(search(client, q)) == found(search(client, " ".join(names)))


def test_what_was_typed_is_shown_but_never_run(client):
    evil = "<script>alert(1)</script>"
    ReportFactory(published=True, title="Bài có chữ script alert")

    page = search(client, evil).content.decode()

    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


@pytest.mark.parametrize("trait", ["", "scheduled", "withdrawn"])
def test_what_is_not_public_is_not_found_nor_counted_nor_offered(client, trait):
    hidden = ReportFactory(title="Bí mật chưa đăng", **({trait: True} if trait else {}))
    ContributionFactory(report=hidden, person=PersonFactory(name="Người Ẩn Danh"))

    for q in ("bí mật", '"bí mật chưa"', "người ẩn danh"):
        response = search(client, q)
        assert (found(response), response.context["page"].total) == ([], 0)
        assert list(response.context["people"]) == []
    assert [number for _, number, _ in search(client, "bí mật").context["words"]] == [0, 0]


def test_the_guard_of_leaks_sees_one(client):
    shown = ReportFactory(published=True, title="Bí mật chưa đăng")

    assert found(search(client, '"bí mật chưa"')) == [shown]


def test_a_withdrawn_or_deleted_report_is_gone_from_the_search_at_once(client):
    report = ReportFactory(published=True, title="Chuyện hòa giải")
    assert found(search(client, "hòa giải")) == [report]

    Report.objects.get(pk=report.pk).delete()

    assert found(search(client, "hòa giải")) == []


@pytest.mark.parametrize("count", [1, 30])
def test_it_costs_the_same_however_many_results(client, django_assert_num_queries, count):
    ReportFactory.create_batch(count, published=True, title="Tập huấn hòa giải")
    SectionFactory()
    client.get(reverse("search"))

    # hits in order, their reports, units, persons
    with django_assert_num_queries(4):
        client.get(reverse("search"), {"q": "hòa giải"})


def test_the_page_is_the_same_for_everybody(client, admin_client):
    ReportFactory(published=True, title="Tập huấn hòa giải")

    anonymous, editor = search(client, "hòa giải"), search(admin_client, "hòa giải")

    assert anonymous.content == editor.content
    assert not anonymous.cookies
