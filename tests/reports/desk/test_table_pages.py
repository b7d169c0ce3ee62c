"""Số liệu and Danh sách: what the screen says is what was counted, and each number leads to it."""

import re
from html import unescape
from urllib.parse import urlencode

import pytest
from django.urls import reverse

from reports.desk import table_views
from reports.desk.counting import table_of
from reports.desk.selection import Selection
from tests.reports.desk.counted_reports import (
    AN_GIANG_NOW,
    HIDDEN_WORD,
    PHU_HOI,
    THOAI_SON_NOW,
    THOI_SON,
    THOI_SON_NOW,
    WRITER,
)
from units.models import Unit

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("counted")]

WHOLE = f"don-vi={AN_GIANG_NOW}&don-vi-cu=1"
ROW = re.compile(r"<tr[^>]*>(<th scope=\"row\">.*?)</tr>", re.DOTALL)
CELL = re.compile(r"<td[^>]*>(?:<a href=\"([^\"]*)\">)?([\d.]+)(?:</a>)?</td>")


def page(desk, address):
    response = desk.get(address)
    assert response.status_code == 200
    return response


def rows_of(html):
    """[(name, [(number, address)])] of every row of the table, the row of totals too."""
    rows = []
    for row in ROW.findall(html):
        name = re.sub(r"<[^>]*>", " ", row.split("</th>")[0]).split()
        cells = [
            (int(text.replace(".", "")), unescape(address)) for address, text in CELL.findall(row)
        ]
        rows.append((" ".join(name), cells))
    return rows


def listed(desk, address):
    """How many reports the list behind a number says it has."""
    return page(desk, address).context["total"]


@pytest.mark.parametrize(
    "query",
    [
        f"{WHOLE}&ky=2024",
        f"{WHOLE}&ky=2025&quy-uoc=15-14&cot=thang",
        f"{WHOLE}&tu=2024-01-01&den=2026-12-31&cot=chu-de",
        f"don-vi={AN_GIANG_NOW}&ky=2026-H1&cot=muc&hang=don-vi",
        f"don-vi={THOAI_SON_NOW},{THOI_SON_NOW}&don-vi-cu=1&ky=2024-Q1&cot=to-chuc&hang=chon",
        "ky=2024&cot=the-loai",
        f"{WHOLE}&chua-ro-ngay=1&cot=chuyen-muc",
    ],
)
def test_every_number_leads_to_as_many_reports(desk, query):
    html = page(desk, f"/tong-hop/?{query}").content.decode()
    rows = rows_of(html)
    counted = table_of(Selection.of(query), Selection.of(query).filters.chosen.get("cot", ""))

    assert [[number for number, _ in cells] for _, cells in rows] == [
        *([row.total, *row.cells] for row in counted.rows),
        [counted.total, *counted.totals],
    ]
    addresses = {address: number for _, cells in rows for number, address in cells if number}
    assert all(bool(number) == bool(address) for _, cells in rows for number, address in cells)
    # Every tenth and the totals: each is a page of its own.
    asked = [*list(addresses)[::10], *[address for _, address in rows[-1][1] if address]]
    assert {address: listed(desk, address) for address in asked} == {
        address: addresses[address] for address in asked
    }


def test_a_unit_without_reports_stands_there_and_is_marked(desk):
    html = page(desk, f"/tong-hop/?don-vi={AN_GIANG_NOW}&ky=2026").content.decode()
    rows = dict(rows_of(html))

    empty = [name for name, cells in rows.items() if name.endswith("chưa có bài")]
    assert len(empty) == 102 - len(
        [name for name, cells in rows.items() if cells[0][0] and "Cộng" not in name]
    ) + ("Tỉnh An Giang bài của chính nơi này" in rows)
    assert all(number == 0 for name in empty for number, _ in rows[name])


def test_the_days_and_the_rule_are_printed(desk):
    html = page(desk, "/tong-hop/?ky=2024-H1&quy-uoc=15-14").content.decode()

    assert "từ ngày 15/12/2023 đến ngày 14/06/2024, tính từ ngày 15 đến ngày 14" in html
    assert "bài không có ngày ấy tính theo ngày đăng" in html


def test_what_has_no_day_is_told_and_leads_to_its_list(desk):
    response = page(desk, f"/tong-hop/?{WHOLE}&ky=2024")

    assert response.context["undated"] == 9
    assert listed(desk, f"/tong-hop/danh-sach/?{response.context['undated_list']}") == 9


def test_a_period_before_the_unit_offers_its_former_area(desk):
    response = page(desk, f"/tong-hop/?don-vi={THOI_SON_NOW}&ky=2024")

    ((sentence, _, address),) = response.context["hints"]
    assert sentence == "Phường Thới Sơn có từ ngày 01/07/2025; kỳ này trước khi có đơn vị này."
    assert response.context["table"].total == 0
    with_area = page(desk, f"/tong-hop/{address}")
    assert with_area.context["hints"] == []
    assert with_area.context["table"].total == 36


def test_a_unit_too_young_is_not_compared_without_its_former_area(desk):
    young = page(desk, f"/tong-hop/?don-vi={AN_GIANG_NOW}&ky=2026-H1").context
    whole = page(desk, f"/tong-hop/?{WHOLE}&ky=2026-H1").context

    assert young["change"] == ""
    assert young["hints"] == [
        (
            "Tỉnh An Giang có từ ngày 01/07/2025, nên chưa có đủ cùng kỳ năm trước.",
            "Gồm cả bài của địa bàn cũ",
            f"?{WHOLE.replace('&don-vi-cu=1', '')}&ky=2026-H1&don-vi-cu=1",
        )
    ]
    assert "so với cùng kỳ" in whole["change"]
    assert whole["hints"] == []


def test_a_divided_unit_is_explained(desk):
    query = "don-vi=t2-30337,t2-30346&don-vi-cu=1&tu=2024-01-01&den=2026-12-31"
    response = page(desk, f"/tong-hop/?{query}")

    extra = [line.row for line in response.context["table"].rows if line.row.is_extra]
    assert [row.key for row in extra] == [PHU_HOI]
    assert response.context["extras"] == [
        f"{extra[0].label}: địa bàn chia cho Xã An Phú, Xã Nhơn Hội; số bài không tách được."
    ]


def test_a_list_says_which_day_counted(desk):
    html = page(desk, f"/tong-hop/danh-sach/?don-vi={THOI_SON}&ky=2024-03").content.decode()

    assert html.count("<span>ngày đăng</span>") + html.count("<span>diễn ra</span>") == 1 + 6


def test_the_year_before_is_told_by_unit_and_by_kind(desk):
    compared = page(desk, f"/tong-hop/cung-ky/?{WHOLE}&ky=2026-H1").context["compared"]

    assert sum(line.change.now for line in compared.units) == compared.total.change.now
    assert sum(line.change.then for line in compared.units) == compared.total.change.then
    assert sum(line.change.now for line in compared.columns) == compared.total.change.now
    assert sum(line.change.then for line in compared.columns) == compared.total.change.then
    for line in [*compared.columns, compared.total]:
        assert bool(line.then_list) == bool(line.change.then)
        if line.then_list:
            assert listed(desk, unescape(line.then_list)) == line.change.then


def test_months_add_up_and_lead_to_their_reports(desk):
    told = page(desk, f"/tong-hop/dien-bien/?{WHOLE}&ky=2026-H1&quy-uoc=15-14").context["timeline"]

    assert [step.label for step in told.steps] == [f"Tháng {month}/2026" for month in range(1, 7)]
    for step in told.steps:
        assert listed(desk, unescape(step.now_list)) == step.change.now
        if step.change.then:
            assert listed(desk, unescape(step.then_list)) == step.change.then


def test_free_days_are_cut_into_the_months_of_their_convention(desk):
    query = f"{WHOLE}&tu=2024-03-01&den=2024-04-25&quy-uoc=chot-20"
    told = page(desk, f"/tong-hop/dien-bien/?{query}").context["timeline"]

    # 1–20 March, 21 March – 20 April, and the five days of May's month that lie before the end.
    assert [step.label for step in told.steps] == ["Tháng 3/2024", "Tháng 4/2024", "Tháng 5/2024"]
    for step in told.steps:
        if step.change.now:
            assert listed(desk, unescape(step.now_list)) == step.change.now
    assert told.total.change.now == listed(desk, f"/tong-hop/danh-sach/?{query}")


def test_without_a_period_years_are_told(desk):
    told = page(desk, f"/tong-hop/dien-bien/?{WHOLE}").context["timeline"]

    assert [step.label for step in told.steps] == [f"Năm {year}" for year in range(2020, 2027)]
    assert told.total.change.now == listed(desk, f"/tong-hop/danh-sach/?{WHOLE}")


def test_a_writer_is_chosen_by_name_and_stays_chosen(desk):
    response = page(desk, "/tong-hop/danh-sach/?tac-gia=nguoi+viet+dem+tay")

    assert response.context["filters"].chosen["tac-gia"].name == WRITER
    assert response.context["total"] > 0
    assert "ky=" not in response.context["filters"].query()


def test_one_unclear_unit_leaves_the_others(desk):
    response = page(
        desk, f"/tong-hop/?don-vi={AN_GIANG_NOW}&don-vi=kh%C3%B4ng+c%C3%B3+x%25&ky=2024"
    )

    assert [unit.pk for unit in response.context["filters"].units] == [AN_GIANG_NOW]
    assert response.context["panel"].typed_unit == "không có x%"
    assert len(response.context["filters"].notices) == 1


@pytest.mark.parametrize(
    ("query", "named"),
    [
        ("ky=2025", ["Tỉnh An Giang (đến 30/6/2025)", "Tỉnh An Giang (từ 1/7/2025)"]),
        ("ky=2025&don-vi=t3-89,t2-91", ["Tỉnh An Giang (đến 30/6/2025)", "Tỉnh An Giang (từ 1/7/2025)"]),
        ("ky=2026", ["Tỉnh An Giang"]),
        ("ky=2024", ["Tỉnh An Giang"]),
    ],
)  # fmt: skip
def test_a_province_before_and_after_the_law_is_told_by_its_years(desk, query, named):
    table = desk.get(f"/tong-hop/?{query}").context["table"]
    names = [line.row.label for line in table.rows]

    assert [name for name in names if "An Giang" in name] == named
    assert len(set(names)) == len(names)


def test_homonyms_are_offered_beside_the_chosen_units(desk):
    response = page(desk, f"/tong-hop/?don-vi={AN_GIANG_NOW}&don-vi=ph%C3%BA+h%C3%B2a+%25")

    addresses = [address for _, address in response.context["filters"].candidates]
    assert addresses
    assert all(f"don-vi={AN_GIANG_NOW}%2C" in address for address in addresses)


HOSTILE = [
    "don-vi=%00&ky=%00", "don-vi=" + "9" * 5000, "ky=" + "9" * 5000, "dong=t2-99999", "hang=%00&cot=%00",
    "tu=0001-01-01&den=9999-12-31&cot=thang", "tu=9999-12-01&den=9999-12-31&cot=thang&quy-uoc=15-14",
    "tu=0001-01-01&den=0001-01-31&cot=thang&quy-uoc=chot-20", "ky=1900", "ky=2999&quy-uoc=chot-30",
    "tac-gia=" + "9" * 400, "tac-gia=%25s", "tac-gia=nguoi", "trang=" + "9" * 30, "quy-uoc=chot-0",
    "thang=9999-13", "ky=2024-02&quy-uoc=chot-30", "tu=29/02/2024&den=29/02/2024", "chua-ro-ngay=1&ky=2024&cot=thang",
    "don-vi=t2-91&dong=t3-894&thang=2024-01", "sap-xep=ngay-dien-ra&chua-ro-ngay=1", "don-vi=%25(x)s",
]  # fmt: skip


@pytest.mark.parametrize("name", ["table", "list", "comparison", "timeline"])
def test_no_address_breaks_a_page(desk, name):
    for query in HOSTILE:
        response = desk.get(f"{reverse(f'desk:{name}')}?{query}")
        assert (query, response.status_code) in {(query, 200), (query, 400)}


@pytest.mark.parametrize(
    "query",
    [
        f"{WHOLE}&ky=2024",
        f"{WHOLE}&tu=2024-01-01&den=2026-12-31&cot=chu-de",
        f"{WHOLE}&ky=2025&cot=thang",
        "ky=2025&cot=muc",
        f"{WHOLE}&ky=1999",
    ],
)
def test_the_table_says_how_many_reports_were_counted_by_which_day(desk, query):
    reports = Selection.of(query).reports
    held = reports.filter(event__event_on__isnull=False).count()
    published = reports.count() - held

    words = ", ".join(
        f"{number} bài tính theo ngày {day}"
        for number, day in ((held, "diễn ra"), (published, "đăng"))
        if number
    )
    assert page(desk, f"/tong-hop/?{query}").context["days"] == (f"{words}." if words else "")


@pytest.mark.parametrize("most", [1, 3, 40, 10_000])
@pytest.mark.parametrize("query", ["ky=2024", "ky=2020", "tu=2019-01-01&den=2026-12-31", "ky=1999"])
def test_the_newest_of_a_country_are_found_without_sorting_it(query, most):
    reports = Selection.of(query).reports

    found = reports.among_newest(most)

    assert list(found.newest_first()[:most]) == list(reports.newest_first()[:most])
    assert min(found.count(), most) == min(reports.count(), most)


def test_a_list_of_a_country_has_the_newest_first_on_every_page(desk, monkeypatch):
    # Pages 1 and 2 are found the short way, the others by sorting all.
    monkeypatch.setattr(table_views, "REPORTS_PER_PAGE", 20)
    monkeypatch.setattr(table_views, "COUNT_CAP", 40)
    query = "tu=2019-01-01&den=2026-08-31"
    reports = list(Selection.of(query).reports.newest_first())

    for number in (1, 2, 3, 5):
        shown = page(desk, f"/tong-hop/danh-sach/?{query}&trang={number}").context["page"]
        assert shown.rows == reports[20 * (number - 1) : 20 * number]
    assert shown.total == len(reports)


@pytest.mark.parametrize("name", ["table", "list", "comparison", "timeline"])
def test_nothing_hidden_shows_and_strangers_find_nothing(desk, client, name):
    address = reverse(f"desk:{name}")

    assert HIDDEN_WORD not in page(desk, f"{address}?{WHOLE}").content.decode()
    assert client.get(address).status_code == 302
    assert desk.post(address).status_code == 405


@pytest.mark.parametrize(
    ("name", "queries"), [("table", 15), ("list", 13), ("comparison", 14), ("timeline", 14)]
)
def test_a_page_costs_the_same_however_much_it_tells(
    desk, name, queries, django_assert_num_queries, settings
):
    settings.DESK_SECONDS = 0  # to set a limit is a statement more, on PostgreSQL
    address = reverse(f"desk:{name}")
    page(desk, f"{address}?{WHOLE}&ky=2026")
    for ky in ("2026-01", "2026"):
        with django_assert_num_queries(queries):
            page(desk, f"{address}?{WHOLE}&ky={ky}")


def test_without_a_question_ones_own_month_is_asked(desk):
    response = desk.get("/tong-hop/")

    assert response.status_code == 302
    assert re.fullmatch(r"\?don-vi=t2-91&ky=\d{4}-\d\d&quy-uoc=lich", response["Location"])


def test_a_table_of_too_many_units_shows_what_tells_most(desk, monkeypatch):
    monkeypatch.setattr("reports.desk.drill.MOST_ROWS", 3)
    query = f"{WHOLE}&ky=2024&hang=don-vi"
    context = page(desk, f"/tong-hop/?{query}").context
    counted = table_of(Selection.of(query))

    most = sorted((row.total for row in counted.rows), reverse=True)[:3]
    assert sorted((line.total for line, *_ in context["lines"]), reverse=True) == most
    assert context["left_out"] == len(counted.rows) - 3
    assert context["left_out_reports"] == counted.total - sum(most)


def test_a_table_of_many_units_travels_light(desk):
    # An address of a hundred units stands behind every number.
    units = ",".join(Unit.objects.filter(level="commune").values_list("pk", flat=True)[:100])
    query = f"/tong-hop/?don-vi={units},{AN_GIANG_NOW}&don-vi-cu=1&tu=2024-01-01&den=2026-12-31"

    zipped = desk.get(f"{query}&cot=thang", headers={"accept-encoding": "gzip"})

    assert zipped["Content-Encoding"] == "gzip"
    assert len(zipped.content) < 30_000


@pytest.mark.parametrize(
    "query",
    [
        f"{WHOLE}&ky=2026-H1",
        f"{WHOLE}&ky=2025&quy-uoc=15-14&hang=chon",
        f"{WHOLE}&tu=2025-01-01&den=2025-12-31&hang=don-vi",
        f"don-vi={THOAI_SON_NOW},{THOI_SON_NOW}&don-vi-cu=1&ky=2025-H1",
        "ky=2025",
    ],
)
def test_every_number_of_last_year_leads_to_as_many_reports(desk, query):
    """By the rows of this year's table, though other units lived then."""
    units = page(desk, f"/tong-hop/cung-ky/?{query}").context["compared"].units

    told = {line.label: (line.then_list, line.change.then) for line in units}
    assert all(bool(address) == bool(then) for address, then in told.values())
    led = {label: then for label, (address, then) in told.items() if address}
    assert led != {}
    assert {label: listed(desk, told[label][0]) for label in led} == led


@pytest.mark.parametrize("days", ["", "x", "2026-06-30..2026-01-01", "..", "\x00", "9" * 5000])
def test_days_of_rows_that_are_none_are_passed_over(desk, days):
    query = f"{WHOLE}&ky=2025&dong={THOAI_SON_NOW}"

    answer = page(desk, f"/tong-hop/danh-sach/?{query}&{urlencode({'hang-theo': days})}")

    assert answer.context["total"] == listed(desk, f"/tong-hop/danh-sach/?{query}")
