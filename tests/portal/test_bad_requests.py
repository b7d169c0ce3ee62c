"""Nonsense in an address gives a page in Vietnamese, never a broken one."""

import pytest
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st

from reports.filters import ReportFilter
from tests.factories import ContributionFactory, EventFactory, ReportFactory, SectionFactory
from units.models import Unit

pytestmark = pytest.mark.django_db

PARAMETERS = [*ReportFilter.parameters.values(), "trang", "moc", "khac", "khong-co"]
NONSENSE = {
    "NUL": "%00",
    "NUL inside": "t2%00-91",
    "invalid UTF-8": "%ff%fe%c0%80",
    "cut UTF-8": "%e1%ba",
    "lone surrogate": "%ed%a0%80",
    "5,000 digits": "9" * 5000,
    "minus": "-1",
    "a huge number": "1e309",
    "other digits": "%d9%a3%c2%b2",
    "3,000 brackets": "(" * 3000,
    "quotes": "%27%22%3B--",
    "percent": "%25%5f%5c",
    "script": "%3Cscript%3Ealert(1)%3C/script%3E",
    "line ends": "a%0d%0aSet-Cookie:x=1",
    "right to left": "%e2%80%ae%e2%80%8b",
    "control": "%0b%1b%7f",
    "a list": "a&{name}=b",
    "like JSON": "%7B%22a%22%3A%5B%5D%7D",
    "year 0": "0000",
    "year 9999": "9999-12",
    "day 0": "0001-01-01",
    "far day": "31/12/9999",
    "a day too many": "30/02/2024",
}


@pytest.fixture
def addresses():
    report = ReportFactory(
        published=True, section=SectionFactory(), event=EventFactory(is_public=True)
    )
    person = ContributionFactory(report=report).person
    things = (report, report.section, report.event, Unit.objects.get(pk="t2-91"), person)
    names = (
        "home search reports:list reports:events reports:feed reports:calendar "
        "units:tree units:suggest reports:sitemap "
        "reports:json_feed reports:csv reports:json reports:open_data"
    )
    return [*map(reverse, names.split()), *(thing.get_absolute_url() for thing in things)]


def spelled(kind, name):
    return NONSENSE[kind].replace("{name}", name)


@pytest.mark.parametrize("kind", NONSENSE)
def test_no_value_of_any_parameter_breaks_the_list(client, kind):
    ReportFactory(published=True)

    for name in PARAMETERS:
        response = client.get(f"/tin/?{name}={spelled(kind, name)}")
        assert response.status_code == 200, name
        assert "Set-Cookie" not in response.headers


@pytest.mark.parametrize("kind", NONSENSE)
def test_all_parameters_at_once_break_no_page(client, addresses, kind):
    query = "&".join(f"{name}={spelled(kind, name)}" for name in PARAMETERS)

    for address in addresses:
        assert client.get(f"{address}?{query}").status_code in (200, 400), address


def test_thousands_of_parameters_are_refused_in_vietnamese(client):
    response = client.get("/tin/?" + "&".join(f"a{n}=1" for n in range(5000)))

    assert response.status_code == 400
    assert "Yêu cầu không hợp lệ" in response.content.decode()


@pytest.mark.parametrize(
    "path",
    [
        "/tin/2024/07/a-%00-1/",
        "/tin/2024/07/a-0/",
        "/tin/2024/07/a-99999999999999999999/",
        "/tin/2024/07/a-1%ff/",
        "/tin/0000/99/a-999999999/",
        "/tin/20240/07/a-1/",
        "/tin/２０２４/07/a-1/",
        "/tac-gia/a-99999999999/",
        "/su-kien/a-99999999999/",
        "/su-kien/%00/",
        "/don-vi/%ff/",
        "/don-vi/" + "a" * 4000 + "/",
        "/chuyen-muc/%2e%2e%2f/",
        "/media/../../etc/passwd",
        "/media/anh/%00",
        "/sitemap-bai-99999999999999999999.xml",
        "/%F0%9F%98%80/",
    ],
)
def test_no_path_breaks(client, path):
    response = client.get(path)

    assert response.status_code in (400, 404)
    text = response.content.decode()
    assert "Không có trang này" in text or "Yêu cầu không hợp lệ" in text


@settings(max_examples=60)
@given(
    data=st.dictionaries(
        st.sampled_from(PARAMETERS),
        st.text(max_size=40) | st.from_regex(r"[0-9/.\-QHT]{0,12}", fullmatch=True),
        max_size=6,
    )
)
def test_any_text_at_all_gives_a_list(client, data):
    response = client.get(
        "/tin/", {name: value.encode("utf-8", "replace") for name, value in data.items()}
    )

    assert response.status_code == 200
