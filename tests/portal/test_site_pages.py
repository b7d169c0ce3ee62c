"""The pages about the site: whom to reach, what there is, what does not work yet."""

import re

import pytest
from django.urls import reverse
from django.utils import timezone

from portal.models import SiteProfile
from tests.factories import ReportFactory, SectionFactory, TopicFactory

pytestmark = pytest.mark.django_db

PROFILE = {
    "managing_body": "Ban Tuyên giáo và Dân vận",
    "address": "Số 1, đường Bến Sông",
    "phone": "0299 000 0000",
    "email": "ban@cong.example",
    "responsible_person": "ông Trần Văn Đông",
}


def year_of(report):
    return timezone.localtime(report.published_at).year


def test_every_page_names_who_runs_the_site(client):
    SiteProfile.objects.create(**PROFILE)

    for name in ("home", "about", "contact", "reports:feedback"):
        foot = client.get(reverse(name)).content.decode().split("<footer", 1)[1]
        for words in PROFILE.values():
            assert words in foot, (name, words)


def test_every_link_of_the_footer_leads_somewhere(client):
    foot = client.get(reverse("about")).content.decode().split("<footer", 1)[1]
    links = re.findall(r'href="(/[^"]*)"', foot)

    assert len(links) >= 8
    assert {link: client.get(link).status_code for link in links} == dict.fromkeys(links, 200)


def test_the_site_map_leads_to_everything_there_is(client):
    section, topic = SectionFactory(), TopicFactory()
    report = ReportFactory(published=True, section=section)
    report.topics.add(topic)
    page = client.get(reverse("site_map")).content.decode()
    links = set(re.findall(r'href="(/[^"]*)"', page.split("<main", 1)[1].split("</main", 1)[0]))

    assert {
        section.get_absolute_url(), topic.get_absolute_url(), reverse("reports:feedback"),
        reverse("reports:archive_year", args=[year_of(report)]),
        reverse("units:detail", args=["tinh-an-giang"]), reverse("reports:open_data"),
    } <= links  # fmt: skip
    broken = [link for link in links if client.get(link).status_code != 200]
    assert broken == []


@pytest.mark.parametrize("count", [1, 5])
def test_the_site_map_costs_the_same_however_much_there_is(
    client, django_assert_num_queries, count
):
    for _ in range(count):
        ReportFactory(published=True, section=SectionFactory())
        TopicFactory()
    client.get(reverse("about"))

    # sections, topics, the first and last year, provinces
    with django_assert_num_queries(4):
        client.get(reverse("site_map"))


def test_years_of_the_map_are_those_of_public_reports(client):
    ReportFactory(scheduled=True)
    assert client.get(reverse("site_map")).context["years"] == []

    report = ReportFactory(published=True)
    assert client.get(reverse("site_map")).context["years"] == [year_of(report)]


def test_robots_do_not_walk_through_feedback(client):
    assert "Disallow: /gop-y/" in client.get("/robots.txt").content.decode().splitlines()


def test_the_accessibility_statement_names_limits_and_the_way_to_complain(client):
    page = client.get(reverse("accessibility")).content.decode()

    assert "Những chỗ còn hạn chế" in page
    assert f"{reverse('reports:feedback')}?loai=bao-loi" in page
    assert reverse("contact") in page
