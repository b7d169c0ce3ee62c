"""`/tin/`: exactly the reports that were asked for, whatever stands in the address."""

import re
from datetime import date, datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from reports.models import EventKind, ReportHeading
from tests.factories import (
    ContributionFactory,
    CorrectionFactory,
    EventFactory,
    OrganisationFactory,
    PersonFactory,
    PhotoFactory,
    ReportFactory,
    SectionFactory,
    TopicFactory,
    next_commune,
)
from units.models import Unit

pytestmark = pytest.mark.django_db


def at(text):
    return timezone.make_aware(datetime.fromisoformat(text))


@pytest.fixture
def ask(client):
    """The page of `/tin/` for some parameters."""

    def ask(**parameters):
        query = {name.replace("_", "-"): value for name, value in parameters.items()}
        return client.get(reverse("reports:list"), query)

    return ask


@pytest.fixture
def found(ask):
    """The set of reports that `/tin/` shows for some parameters."""
    return lambda **parameters: set(ask(**parameters).context["page"].rows)


def in_unit(key, **fields):
    return ReportFactory(published=True, unit=Unit.objects.get(pk=key), **fields)


# --- what is in the list ---------------------------------------------------------------------------


def test_the_newest_stands_first_and_each_report_once(ask):
    days = ["2024-03-01 08:00", "2024-03-02 08:00", "2024-03-02 08:00"]
    first, second, third = (ReportFactory(published=True, published_at=at(day)) for day in days)

    assert list(ask().context["page"]) == [third, second, first]


def test_only_what_is_published_is_listed(found):
    ReportFactory()
    ReportFactory(scheduled=True)
    ReportFactory(withdrawn=True)
    shown = ReportFactory(published=True)

    assert found() == {shown}


@pytest.mark.parametrize("count", [1, 30])
def test_the_list_costs_the_same_however_long(client, django_assert_num_queries, count):
    for report in ReportFactory.create_batch(count, published=True, event=EventFactory()):
        PhotoFactory(report=report)

    # the names to choose from, the page with count and photos, the numbers; the frame's profile
    with django_assert_num_queries(4):
        client.get(reverse("reports:list"))
    with django_assert_num_queries(2):
        client.get(reverse("reports:list"))


@pytest.mark.parametrize("count", [1, 30])
def test_every_filter_together_costs_at_most_four(client, django_assert_max_num_queries, count):
    unit, person, topic = next_commune(), PersonFactory(), TopicFactory()
    for report in ReportFactory.create_batch(count, published=True, unit=unit):
        ContributionFactory(report=report, person=person)
        report.topics.add(topic)
    query = {
        "don-vi": unit.pk,
        "don-vi-cu": "1",
        "tac-gia": person.pk,
        "chu-de": topic.slug,
        "tu": "1/1/2000",
    }
    client.get(reverse("reports:list"))  # the lists to choose from are remembered for a minute

    with django_assert_max_num_queries(4):
        response = client.get(reverse("reports:list"), query)

    assert response.context["page"].total == count


# --- units -----------------------------------------------------------------------------------------


def test_a_unit_brings_its_subordinates_of_that_day(found):
    own = in_unit("t2-91")
    below = in_unit("t2-30502")
    in_unit("t3-894", published_at=at("2024-03-01 08:00"))

    assert found(don_vi="t2-91") == {own, below}
    assert found(don_vi="t2-30502") == {below}


def test_the_former_area_is_added_only_when_asked_for(found):
    today = in_unit("t2-91")
    district = in_unit("t3-894", published_at=at("2024-03-01 08:00"))
    ward = in_unit("t3-30517", published_at=at("2024-07-01 08:00"))
    in_unit("t2-01")

    assert found(don_vi="t2-91") == {today}
    assert found(don_vi="t2-91", don_vi_cu="1") == {today, district, ward}
    assert found(don_vi="t3-89") == {district, ward}


def test_a_unit_may_be_named_with_its_place_without_marks(found):
    ward = in_unit("t3-30517", published_at=at("2024-07-01 08:00"))

    assert found(don_vi="Phường Thới Sơn, thị xã Tịnh Biên, tỉnh An Giang") == {ward}
    assert found(don_vi="phuong thoi son, tinh bien, an giang") == {ward}


def test_homonyms_are_all_offered_and_nothing_is_guessed(ask):
    response = ask(don_vi="thoi son")

    offered = {unit.pk for unit, _ in response.context["filters"].candidates}
    assert {"t3-30517", "t2-30502"} <= offered
    assert len(offered) > 2
    assert response.context["filters"].unit is None


def test_a_percent_sign_among_homonyms_is_a_letter_like_others(ask):
    assert "tên “phú hòa %”" in ask(don_vi="phú hòa %").content.decode()


# --- everything else one can choose ----------------------------------------------------------------


def test_each_condition_finds_exactly_its_reports(found):
    section, topic, organisation = SectionFactory(), TopicFactory(), OrganisationFactory()
    person = PersonFactory()
    event = EventFactory(kind=EventKind.DIALOGUE)
    ReportFactory(published=True)
    by_section = ReportFactory(published=True, section=section)
    by_topic = ReportFactory(published=True)
    by_topic.topics.add(topic, TopicFactory())
    by_organisation = ReportFactory(published=True, organisation=organisation)
    by_kind = ReportFactory(published=True, event=event)
    by_heading = ReportFactory(published=True, heading=ReportHeading.FRONT)
    by_person = ReportFactory(published=True)
    ContributionFactory(report=by_person, person=person, role="author")
    ContributionFactory(report=by_person, person=person, role="photographer")
    corrected = ReportFactory(published=True)
    CorrectionFactory.create_batch(2, report=corrected)

    assert found(chuyen_muc=section.slug) == {by_section}
    assert found(chu_de=topic.slug) == {by_topic}
    assert found(to_chuc=organisation.slug) == {by_organisation}
    assert found(loai="doi-thoai") == {by_kind}
    assert found(muc="II.3") == {by_heading}
    assert (
        found(tac_gia=str(person.pk)) == found(tac_gia=f"{person.slug}-{person.pk}") == {by_person}
    )
    assert found(dinh_chinh="1") == {corrected}


def test_conditions_narrow_together(found):
    section = SectionFactory()
    both = ReportFactory(published=True, section=section, heading=ReportHeading.FRONT)
    ReportFactory(published=True, section=section)
    ReportFactory(published=True, heading=ReportHeading.FRONT)

    assert found(chuyen_muc=section.slug, muc="II.3") == {both}


def test_words_are_found_without_marks_and_phrases_in_quotes(found):
    clever = ReportFactory(published=True, title="Mô hình Dân vận khéo ở ấp Đông")
    apart = ReportFactory(published=True, body="<p>Dân bàn rồi vận động, ai cũng khéo.</p>")

    assert found(q="dan van kheo") == {clever, apart}
    assert found(q="“dân vận khéo”") == {clever}
    assert found(q="ap dong") == {clever}
    assert found(q="dân vận, khéo!") == {clever, apart}
    assert found(q="không ở đâu có") == set()


# --- days ------------------------------------------------------------------------------------------


@pytest.fixture
def year_end():
    """A meeting of 26/12/2023 told of on the 27th: 2023 by the calendar, 2024 by 15–14."""
    event = EventFactory(event_on=date(2023, 12, 26))
    return ReportFactory(published=True, event=event, published_at=at("2023-12-27 09:14"))


@pytest.mark.parametrize(
    ("ky", "convention", "is_there"),
    [
        ("2023", "lich", True),
        ("2024", "lich", False),
        ("2023", "15-14", False),
        ("2024", "15-14", True),
        ("2024-Q1", "15-14", True),
        ("2024-H1", "15-14", True),
        ("2024-01", "15-14", True),
        ("2023-12", "15-14", False),
        ("2023-12", "lich", True),
        ("2024-9T", "15-14", True),
    ],
)
def test_a_period_means_what_its_convention_says(found, year_end, ky, convention, is_there):
    assert found(ky=ky, quy_uoc=convention) == ({year_end} if is_there else set())


def test_the_convention_is_the_calendar_unless_said(found, year_end):
    assert found(ky="2023") == {year_end}
    assert found(ky="2024") == set()


@pytest.mark.parametrize(
    ("since", "until", "is_there"),
    [
        ("2023-12-26", "2023-12-26", True),
        ("26/12/2023", "26/12/2023", True),
        ("26/12/2023", "", True),
        ("", "2023-12-26", True),
        ("27/12/2023", "", False),
        ("", "25/12/2023", False),
        ("2/1/2023", "1/12/2023", False),
    ],
)
def test_days_are_included_on_both_ends_and_read_day_first(found, year_end, since, until, is_there):
    assert found(tu=since, den=until) == ({year_end} if is_there else set())


def test_undated_reports_are_counted_beside_a_period_and_reachable(ask, found, year_end):
    unit = year_end.unit
    undated = ReportFactory(
        published=True, unit=unit, published_is_estimate=True, published_at=at("2024-07-01 08:00")
    )
    ReportFactory(published=True, published_is_estimate=True, published_at=at("2024-07-01 08:00"))

    page = ask(ky="2023", don_vi=unit.pk)

    assert set(page.context["page"].rows) == {year_end}
    assert page.context["page"].counts == {"undated": 1}
    assert "1 bài chưa rõ ngày" in page.content.decode()
    assert found(don_vi=unit.pk, chua_ro_ngay="1") == {undated}
    assert found(don_vi=unit.pk, chua_ro_ngay="1", ky="2023") == {undated}


def test_the_page_prints_the_exact_days_of_a_period(ask):
    page = ask(ky="2024-H1", quy_uoc="15-14").content.decode()

    assert '<time datetime="2023-12-15">15/12/2023</time>' in page
    assert '<time datetime="2024-06-14">14/06/2024</time>' in page


# --- what does not make sense ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("parameter", "value", "words"),
    [
        ("don-vi", "t2-99999", "Không có đơn vị mã"),
        ("don-vi", "khongcotenaynhe", "Không tìm thấy đơn vị"),
        ("chuyen-muc", "khong-co", "Không có “khong-co” trong danh sách."),
        ("loai", "tiec", "Không có “tiec” trong danh sách."),
        ("muc", "V", "Không có “V” trong danh sách."),
        ("ky", "2024-13", "Không có tháng 13"),
        ("ky", "hôm qua", "Không hiểu kỳ"),
        ("quy-uoc", "31-30", "Không có “31-30” trong danh sách."),
        ("tu", "32/13/2024", "Không hiểu ngày"),
        ("den", "abc", "Không hiểu ngày"),
        ("tac-gia", "999999", "Không có tác giả"),
        ("tac-gia", "1" * 100, "Không có tác giả"),
        ("chua-ro-ngay", "có", "Không hiểu “có”"),
    ],
)
def test_a_bad_value_is_left_out_with_a_word_about_it(client, parameter, value, words):
    report = ReportFactory(published=True)

    response = client.get(reverse("reports:list"), {parameter: value})

    assert response.status_code == 200
    assert list(response.context["page"]) == [report]
    assert [words in notice for notice in response.context["filters"].notices] == [True]


def test_days_that_run_backwards_are_left_out_both(client):
    report = ReportFactory(published=True)

    response = client.get(reverse("reports:list"), {"tu": "2/7/2024", "den": "1/7/2024"})

    assert list(response.context["page"]) == [report]
    assert len(response.context["filters"].notices) == 2


def test_a_page_beyond_the_end_is_the_last_page(client):
    ReportFactory.create_batch(21, published=True)

    for number in ("2", "3", "999999999"):
        page = client.get(reverse("reports:list"), {"trang": number}).context["page"]
        assert (page.number, len(page)) == (2, 1)
    for number in ("0", "-1", "một", "1" * 5000, "٣"):
        assert client.get(reverse("reports:list"), {"trang": number}).context["page"].number == 1


# --- what the page offers --------------------------------------------------------------------------


def test_each_condition_can_be_taken_off(ask):
    section = SectionFactory()
    filters = ask(don_vi="t2-91", don_vi_cu="1", chuyen_muc=section.slug, ky="2024").context[
        "filters"
    ]

    assert filters.chips == [
        ("Tỉnh An Giang, cả đơn vị cũ", f"?chuyen-muc={section.slug}&ky=2024"),
        (section.name, "?don-vi=t2-91&don-vi-cu=1&ky=2024"),
        (
            "Năm 2024 (01/01/2024 – 31/12/2024)",
            f"?don-vi=t2-91&don-vi-cu=1&chuyen-muc={section.slug}",
        ),
    ]


def test_the_pager_keeps_the_conditions_and_needs_no_script(ask):
    ReportFactory.create_batch(45, published=True)
    page = ask(tu="1/1/2000").content.decode()

    next_page, last_page = re.findall(
        r'<a href="([^"]+)"(?: rel="next")?><span aria-hidden="true">[›»]', page
    )
    assert next_page.startswith("?tu=2000-01-01&amp;trang=2&amp;moc=1.")
    assert last_page.startswith("?tu=2000-01-01&amp;trang=3&amp;moc=1.")


def test_an_empty_list_helps(ask):
    page = ask(q="không có chữ này").content.decode()

    assert "Không có bài nào" in page
    assert "không cần gõ dấu" in page
    assert 'href="/tin/"' in page


def test_the_page_stays_light(client):
    for report in ReportFactory.create_batch(20, published=True, lead="Một câu mở đầu dài. " * 12):
        PhotoFactory(report=report)

    assert len(client.get(reverse("reports:list")).content) <= 40_000


def test_the_former_ground_is_offered_on_the_page_of_a_unit(ask):
    in_unit("t2-91")

    assert "?don-vi=t2-91&amp;don-vi-cu=1" in ask(don_vi="t2-91").content.decode()
