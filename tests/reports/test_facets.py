"""The numbers beside the filter's choices: what a choice would leave, adding up to the list."""

from datetime import date
from random import Random

import pytest
from django.urls import reverse
from hypothesis import example, given, settings
from hypothesis import strategies as st

from portal import paging
from reports import facets as facets_module
from reports.facets import LISTS, count_facets
from reports.filters import ReportFilter
from reports.models import EventKind, Report, ReportHeading
from reports.periods import FIFTEEN_FOURTEEN, Period
from tests.factories import (
    EventFactory,
    OrganisationFactory,
    ReportFactory,
    SectionFactory,
    TopicFactory,
)
from units.models import Unit

pytestmark = pytest.mark.django_db

SINGLE = ("chuyen-muc", "loai", "to-chuc", "muc")
SHELVES = {
    "chuyen-muc": ["muc-mot", "muc-hai", "chua-phan-loai"],
    "loai": ["doi-thoai", "so-ket", "chua-phan-loai"],
    "to-chuc": ["hoi-mot", "chua-phan-loai"],
    "chu-de": ["chu-de-mot", "chu-de-hai", "chua-phan-loai"],
    "muc": ["II.3", "I", "chua-phan-loai"],
    "ky": ["2023", "2024", "2024-Q1"],
    "chua-ro-ngay": ["1"],
    "don-vi": ["t2-91"],
    "sap-xep": ["cu", "ngay-dien-ra"],
    "q": ["dong lua"],
}


@pytest.fixture
def many():
    """Thirty published reports with everything by chance, and one of each that is not public."""
    random = Random(7)
    sections = [SectionFactory(name="Mục một"), SectionFactory(name="Mục hai"), None]
    organisations = [OrganisationFactory(name="Hội một"), None]
    topics = [TopicFactory(name="Chủ đề một"), TopicFactory(name="Chủ đề hai")]
    events = [
        EventFactory(kind=EventKind.DIALOGUE, event_on=date(2023, 12, 26)),
        EventFactory(kind=EventKind.INTERIM_REVIEW, event_on=date(2024, 3, 1)),
        EventFactory(kind=EventKind.INTERIM_REVIEW),
        None,
    ]
    units = [Unit.objects.get(pk=key) for key in ("t2-91", "t2-30502", "t2-01")]
    for state in [{"published": True}] * 30 + [{}, {"scheduled": True}, {"withdrawn": True}]:
        report = ReportFactory(
            **state,
            title=random.choice(["Đồng lúa", "Bến sông"]),
            unit=random.choice(units),
            section=random.choice(sections),
            organisation=random.choice(organisations),
            event=random.choice(events),
            heading=random.choice([ReportHeading.FRONT, ReportHeading.SITUATION, ""]),
            published_is_estimate=random.random() < 0.3,
        )
        report.topics.set(random.sample(topics, random.randint(0, 2)))


def chosen(query):
    """(the filter, its facets, the published reports) for some parameters."""
    filters, published = ReportFilter(query), Report.objects.published()
    return filters, count_facets(filters, published), published


def found(query, published):
    return ReportFilter(query).narrow(published).count()


@example(query={"sap-xep": "ngay-dien-ra"})
@settings(max_examples=25)
@given(
    query=st.fixed_dictionaries(
        {}, optional={name: st.sampled_from(values) for name, values in SHELVES.items()}
    )
)
def test_each_number_is_what_the_choice_leaves_and_all_add_up(many, query):
    filters, facets, published = chosen(query)

    for facet in LISTS:
        others = {name: value for name, value in query.items() if name != facet}
        numbers = {
            value: facets.of(facet, value)
            for value, _ in filters.form.fields[facet].choices
            if value
        }
        assert facets.total(facet) == found(others, published)
        assert numbers == {value: found(others | {facet: value}, published) for value in numbers}
        if facet in SINGLE:
            assert sum(numbers.values()) == facets.total(facet)
        else:  # a report may have several topics
            assert sum(numbers.values()) >= facets.total(facet)
    any_day = {n: v for n, v in query.items() if n not in ("ky", "chua-ro-ngay", "sap-xep")}
    years = sum(facets.of_period(Period.year(year)) for year in facets.years)
    assert years + facets.undated == facets.total("ngay") == found(any_day, published)
    assert sum(n for *_, n in facets.units) == found(query, published)


def test_periods_are_counted_in_the_convention_that_was_chosen(many):
    _, facets, published = chosen({})

    for period in (Period.parse("2024-Q1"), Period.parse("2024-Q1", FIFTEEN_FOURTEEN)):
        assert facets.of_period(period) == published.in_period(period).count()
    assert facets.of_period(Period.parse("2024-Q1", FIFTEEN_FOURTEEN)) != facets.of_period(
        Period.parse("2024-Q1")
    )


def test_all_facets_are_one_statement(many, django_assert_num_queries):
    filters = ReportFilter({"loai": "doi-thoai", "chu-de": "chu-de-mot", "ky": "2023"})
    filters.narrow(Report.objects.published())

    with django_assert_num_queries(1):
        count_facets(filters, Report.objects.published())


def test_what_nothing_can_meet_is_counted_as_nothing(many):
    _, facets, _ = chosen({"q": "!!!", "loai": "doi-thoai"})

    assert (facets.total("loai"), facets.of("loai", "so-ket")) == (0, 0)


def test_above_the_cap_no_choice_has_a_number(client, many, monkeypatch):
    monkeypatch.setattr(paging, "COUNT_CAP", 20)
    monkeypatch.setattr(facets_module, "COUNT_CAP", 20)

    page = client.get(reverse("reports:list"))
    few = client.get(reverse("reports:list"), {"chuyen-muc": "muc-mot"})

    assert "Hơn 20 bài" in page.content.decode()
    assert page.context["filters"].facets.total("loai") is None
    assert "disabled" not in page.content.decode()
    # The list is short enough, but without its section there are more than anybody counts.
    assert few.context["filters"].facets.total("loai") == few.context["page"].total
    assert few.context["filters"].facets.of("chuyen-muc", "muc-hai") is None


def test_the_page_says_the_numbers_and_offers_no_choice_without_any(client):
    full, empty = SectionFactory(name="Có bài"), SectionFactory(name="Trống")
    ReportFactory.create_batch(2, published=True, section=full)
    ReportFactory(published=True)

    page = client.get(reverse("reports:list")).content.decode()

    assert '<option value="">Mọi chuyên mục (3)</option>' in page
    assert f'<option value="{full.slug}">Có bài (2)</option>' in page
    assert f'<option value="{empty.slug}" disabled>Trống (0)</option>' in page
    assert '<option value="chua-phan-loai">Chưa có chuyên mục (1)</option>' in page


def test_years_with_reports_are_offered_however_old(client):
    ReportFactory(published=True, event=EventFactory(event_on=date(2015, 5, 4)))

    page = client.get(reverse("reports:list")).content.decode()

    assert '<option value="2015">Cả năm 2015 (1)</option>' in page
    assert '<option value="2015-H1">6 tháng đầu năm 2015 (1)</option>' in page
    assert '<option value="2015-Q3" disabled>Quý III/2015 (0)</option>' in page


def test_a_chosen_unit_tells_which_of_its_units_reported(client):
    province, commune = Unit.objects.get(pk="t2-91"), Unit.objects.get(pk="t2-30502")
    ReportFactory.create_batch(2, published=True, unit=commune)
    ReportFactory(published=True, unit=province)

    filters = client.get(reverse("reports:list"), {"don-vi": "t2-91"}).context["filters"]

    assert filters.units_within == [
        (commune.name, "?don-vi=t2-30502", 2),
        (province.name, "?don-vi=t2-91", 1),
    ]


def test_an_empty_list_says_which_condition_to_take_off(client):
    section = SectionFactory()
    ReportFactory(published=True, section=section)

    page = client.get(reverse("reports:list"), {"chuyen-muc": section.slug, "loai": "le"})

    assert page.context["filters"].ways_out == [("Lễ", f"?chuyen-muc={section.slug}", 1)]
    assert "Bỏ “Lễ”</a>: có 1 bài." in page.content.decode()
