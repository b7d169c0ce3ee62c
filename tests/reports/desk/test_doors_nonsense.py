"""Nonsense in an address or a form of the desk breaks no page and no file."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import ReportFactory
from tests.reports.desk.conftest import at_the_desk
from tests.reports.desk.doors import (
    DOORS,
    HOME,
    QUERY,
    SLOW,
    address,
    make_things,
    signed_in,
)

pytestmark = pytest.mark.django_db
MOST_QUESTIONS = 200
MOST_BYTES = 1_000_000


@pytest.fixture
def things():
    return make_things()


NONSENSE = {
    "NUL": "don-vi=%00&q=%00&dong=t2%00-91&thang=%00&ky=%00",
    "invalid UTF-8": "don-vi=%ff%fe&q=%c0%80&tac-gia=%ff&trang=%ff&ky=%ff&chi-tieu=%ff",
    "5,000 digits": "&".join(f"{name}={'9' * 1600}" for name in ("trang", "tac-gia", "ky")),
    "300 units": "don-vi=" + ",".join(f"t2-{10000 + number}" for number in range(300)),
    "page 10^9": f"{QUERY}&trang=1000000000&sau=1000000000&moc=1.1.1",
    "days turned round": "tu=2025-12-31&den=2025-01-01",
    "year 2999": "ky=2999&cot=thang&thang=2999-12&quy-uoc=15-14",
    "year 1900": "ky=1900&quy-uoc=15-14&cot=thang&thang=1900-01",
    "all time by month": "tu=1900-01-01&den=2999-12-31&cot=thang&buoc=thang",
    "first and last day": "tu=0001-01-01&den=9999-12-31&quy-uoc=chot-30&cot=thang",
    "the last day": "tu=9999-12-01&den=9999-12-31&quy-uoc=15-14&cot=thang&buoc=thang",
    "the first day": "tu=0001-01-01&den=0001-01-31&quy-uoc=15-14&cot=thang&buoc=thang",
    "a period and other days": "ky=2024&tu=2025-01-01&den=2025-02-01&cot=thang",
    "a row that is no row": f"{QUERY}&dong=t3-89&hang=khong&cot=khong&loai=khong",
    "a month elsewhere": f"{QUERY}&dong=t2-91&thang=1999-01",
    "undated beside days": f"{QUERY}&chua-ro-ngay=1&cot=thang&thang=2025-01",
    "brackets": "q=" + "(" * 1000 + "&don-vi=" + "(" * 1000,
    "formulas": "q=%3D1%2B1&chi-tieu=%3Dcmd&dvt=%40x&ban=%3D1",
    "line ends": "don-vi=a%0d%0aSet-Cookie:x=1&ban=%0d%0a&ky=%0d%0a",
    "own words": "ban=t2-37&bo=x&tieu-de=%00&chi-tieu=%00&dvt=%00&nam=%00&sau=%00&muc-luc=%ff",
}


DAILY = {"NUL", "5,000 digits", "300 units", "first and last day", "undated beside days"}


@pytest.mark.parametrize(
    "kind",
    [kind if kind in DAILY else pytest.param(kind, marks=pytest.mark.drill) for kind in NONSENSE],
)
def test_nonsense_breaks_no_page_and_no_file(things, kind):
    ReportFactory(published=True, unit_id=HOME)
    client = signed_in(at_the_desk(HOME))
    for name, each in DOORS.items():
        if "GET" not in each.takes or name in SLOW:
            continue
        with CaptureQueriesContext(connection) as asked:
            answer = client.get(address(name, things, NONSENSE[kind]))
            data = b"".join(answer) if answer.streaming else answer.content
        assert answer.status_code in (200, 302, 400, 404), (name, answer.status_code)
        assert "Set-Cookie" not in answer.headers, name
        # What would keep a server busy either asks much or answers much; no clock is needed.
        assert len(asked) <= MOST_QUESTIONS, name
        assert len(data) <= MOST_BYTES, name


@pytest.mark.parametrize("kind", ["NUL", "invalid UTF-8", "5,000 digits"])
def test_nonsense_in_a_form_breaks_nothing(things, kind):
    client = signed_in(at_the_desk(HOME))
    fields = {"NUL": "\0", "invalid UTF-8": "\ud800", "5,000 digits": "9" * 5000}
    names = (
        "name", "unit", "query", "title", "intro", "version", "bai", "report", "text", "field", "reports_a_month",
        "cutoff_day", "grace_days", "margin_top", "registered_year", "period_start", "step", "viec", "thu-tu",
    )  # fmt: skip
    if kind == "invalid UTF-8":
        body = "&".join(f"{name}=%ed%a0%80%ff" for name in names)
    else:
        body = "&".join(f"{name}={fields[kind].replace(chr(0), '%00')}" for name in names)
    for name, each in DOORS.items():
        if "POST" in each.takes:
            answer = client.post(
                address(name, things, ""), body, content_type="application/x-www-form-urlencoded"
            )
            assert answer.status_code < 500, name
