"""A printed page of the desk says by itself what was chosen, for which days, and when it was made."""

import pytest
from django.urls import reverse
from lxml import html

from tests.factories import ReportFactory

pytestmark = pytest.mark.django_db
ASKED = "don-vi=t2-91&ky=2026-H1&quy-uoc=15-14&loai=so-ket"
PERIOD = "6 tháng đầu năm 2026, từ ngày 15/12/2025 đến ngày 14/06/2026"
UNIT = "Tỉnh An Giang, gồm cấp dưới"


@pytest.mark.parametrize(
    "name",
    [
        "table",
        "list",
        "comparison",
        "timeline",
        "conferences",
        "coverage",
        "contributions",
        "figures",
    ],
)
def test_the_days_the_conditions_and_the_moment_are_printed(desk, name):
    ReportFactory(published=True, unit_id="t2-30682")

    told = printed(desk, f"{reverse(f'desk:{name}')}?{ASKED}")

    assert (told["Kỳ"], told["Cách tính kỳ"]) == (PERIOD, "Từ ngày 15 đến ngày 14")
    assert (told["Đơn vị"], told["Loại sự kiện"]) == (UNIT, "Sơ kết")
    assert list(told)[-2:] == ["Cách đếm", "Lập ngày"]


def test_promises_and_the_register_say_theirs(desk):
    promises = printed(desk, f"{reverse('desk:promises')}?don-vi=t2-91&ky=2026")
    register = printed(desk, f"{reverse('desk:register')}?don-vi=t2-91&nam=2026&buoc=dien-hinh")

    assert (list(promises), promises["Đơn vị"]) == (
        ["Kỳ", "Cách tính kỳ", "Đơn vị", "Lập ngày"],
        UNIT,
    )
    assert list(register.values())[:-1] == [UNIT, "Đăng ký năm 2026", "Điển hình"]
    assert list(register)[-1] == "Lập ngày"


def printed(desk, address):
    """{label: words} of what stands on paper only."""
    page = html.fromstring(desk.get(address).content.decode())
    (facts,) = page.xpath("//dl[contains(@class, 'desk-facts')]")
    return {
        row.findtext("dt").removesuffix(":"): row.find("dd").text_content().strip()
        for row in facts.iterfind("div")
    }
