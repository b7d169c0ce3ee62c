"""What an address of the register chooses when a part of it is not understood."""

import io

import openpyxl
import pytest

from reports.models import HolderKind, Initiative, InitiativeField
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db

BASE = "/tong-hop/dan-van-kheo/"
AN_GIANG, THOAI_SON = "t2-91", "t2-30682"


@pytest.fixture
def two(registry):
    """A row of the province's own and one of a commune of it."""
    for unit in (AN_GIANG, THOAI_SON):
        Initiative.objects.create(
            name=unit,
            unit_id=unit,
            registered_year=2026,
            field=InitiativeField.values[0],
            holder_kind=HolderKind.GROUP,
            created_by=UserFactory(),
        )


def names(client, query):
    rows = client.get(f"{BASE}?{query}").context["page"].rows
    return sorted(row.name for row in rows)


@pytest.mark.parametrize("typed", ["t2-99999", "khong-co-xa-nay"])
def test_one_unclear_unit_takes_nothing_away_from_the_others(desk, two, typed):
    """As everywhere at the desk: what was understood counts, what was not is said."""
    own = f"don-vi={AN_GIANG}&chi-don-vi=1"
    query = f"{own}&don-vi={typed}"

    assert (names(desk, own), names(desk, "chi-don-vi=1")) == ([AN_GIANG], [THOAI_SON, AN_GIANG])
    assert names(desk, query) == [AN_GIANG]
    assert typed in desk.get(f"{BASE}?{query}").content.decode()
    file = desk.get(f"{BASE}so.xlsx?{query}").getvalue()
    sheet = openpyxl.load_workbook(io.BytesIO(file))["Danh sách"]
    said = " ".join(str(row[0].value) for row in sheet.iter_rows(max_row=8))
    assert "Không hiểu nên bỏ qua: Đơn vị: " in said


def test_what_was_not_understood_stays_typed(desk, two):
    page = desk.get(f"{BASE}?don-vi={AN_GIANG}&don-vi=khong-co-xa-nay&nam=20x6").content.decode()

    assert ('value="khong-co-xa-nay"' in page, 'value="20x6"' in page) == (True, True)
