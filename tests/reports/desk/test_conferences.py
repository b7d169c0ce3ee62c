"""The list of conferences: each event once, by its own day, written about or not; page and files alike."""

import io
import re
from datetime import date, datetime
from html import unescape

import docx
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from reports.desk import conference_views
from reports.desk.conferences import Conferences
from reports.desk.selection import Selection
from reports.models import EventKind
from tests.factories import EventFactory, OrganisationFactory, ReportFactory, TopicFactory
from tests.reports.desk.workbooks import opened, table_in

pytestmark = pytest.mark.django_db

AN_GIANG = "don-vi=t2-91&don-vi-cu=1"
JULY = f"{AN_GIANG}&ky=2026-07"
ADDRESS = "/tong-hop/hoi-nghi/"


def at(year, month, day):
    return timezone.make_aware(datetime(year, month, day, 8))


def event(name, day=None, unit="t2-30682", **fields):
    return EventFactory(name=name, event_on=day, unit_id=unit, **fields)


def told(event_, unit="t2-30682", published=None, **fields):
    return ReportFactory(
        published=True,
        unit_id=unit,
        event=event_,
        published_at=published or at(2026, 7, 10),
        **fields,
    )


def found(query):
    """(names of the dated events, names of the undated)."""
    conferences = Conferences(Selection.of(query))
    return [each.name for each in conferences.dated], [each.name for each in conferences.undated]


def test_an_event_with_many_reports_stands_once_and_says_how_many(desk):
    many = event("Sơ kết sáu tháng", date(2026, 7, 2))
    for _ in range(3):
        told(many)
    html = desk.get(f"{ADDRESS}?{JULY}").content.decode()

    assert found(JULY) == (["Sơ kết sáu tháng"], [])
    (row,) = re.findall(r"<tbody>\s*<tr>(.*?)</tr>", html.split("Theo loại")[0], re.DOTALL)
    assert f'<a href="{many.get_absolute_url()}">3<span class="sr-only"> bài về' in row


def test_the_days_of_the_event_decide_not_those_of_its_reports():
    told(event("Trong kỳ", date(2026, 7, 31)), published=at(2026, 8, 3))
    told(event("Kéo sang kỳ", date(2026, 6, 29), ends_on=date(2026, 7, 1)))
    told(event("Trước kỳ", date(2026, 6, 30)), published=at(2026, 7, 1))
    told(event("Sau kỳ", date(2026, 8, 1)), published=at(2026, 7, 30))

    assert found(JULY)[0] == ["Kéo sang kỳ", "Trong kỳ"]
    assert found(f"{JULY}&quy-uoc=15-14")[0] == ["Kéo sang kỳ", "Trước kỳ"]
    assert found(AN_GIANG)[0] == ["Kéo sang kỳ", "Trước kỳ", "Trong kỳ", "Sau kỳ"]


def test_announced_events_of_the_units_stand_in_it_without_a_report(desk):
    day = date(2026, 7, 5)
    event("Đã báo", day, is_public=True)
    event("Chưa báo", day)
    event("Nơi khác", day, unit="t2-37", is_public=True)
    scheduled = event("Bài hẹn giờ", day, is_public=True)
    ReportFactory(scheduled=True, unit_id="t2-30682", event=scheduled)
    ReportFactory(unit_id="t2-30682", event=event("Chỉ có nháp", day))
    html = desk.get(f"{ADDRESS}?{JULY}").content.decode()

    assert sorted(found(JULY)[0]) == ["Bài hẹn giờ", "Đã báo"]
    conferences = Conferences(Selection.of(JULY))
    assert (conferences.total, conferences.silent) == (2, 2)
    assert html.count("<small>chưa có bài</small>") == 2
    assert found("ky=2026-07")[0] == ["Đã báo", "Nơi khác", "Bài hẹn giờ"]


def test_announced_events_belong_to_the_units_as_reports_do():
    event("Huyện Thoại Sơn", date(2025, 6, 30), unit="t3-894", is_public=True)
    query = "ky=2025&don-vi=t2-91"

    assert found(query)[0] == []
    assert found(f"{query}&don-vi-cu=1")[0] == ["Huyện Thoại Sơn"]
    assert found("ky=2025&don-vi=t3-89")[0] == ["Huyện Thoại Sơn"]
    assert found("ky=2025&don-vi=t3-89&chi-don-vi=1")[0] == []


def test_conditions_that_only_reports_meet_leave_the_announced_out_and_say_so(desk):
    topic = TopicFactory(name="Dân vận khéo")
    with_topic, without = event("Có chủ đề", date(2026, 7, 1)), event("Khác", date(2026, 7, 1))
    told(with_topic).topics.add(topic)
    told(without)
    event("Đã báo", date(2026, 7, 5), is_public=True)
    query = f"{JULY}&chu-de={topic.slug}"

    assert found(query)[0] == ["Có chủ đề"]
    assert "hội nghị báo trước mà chưa có bài không được liệt kê" in (
        desk.get(f"{ADDRESS}?{query}").content.decode()
    )


def test_kind_and_organisation_choose_among_the_announced_too():
    organisation = OrganisationFactory(name="Hội Nông dân")
    day = date(2026, 7, 5)
    event("Tập huấn", day, kind=EventKind.TRAINING, is_public=True)
    event("Của Hội", day, organisation=organisation, is_public=True)

    assert found(f"{JULY}&loai=tap-huan")[0] == ["Tập huấn"]
    assert found(f"{JULY}&to-chuc={organisation.slug}")[0] == ["Của Hội"]


def test_events_without_a_day_are_named_and_never_counted_in_a_period(desk):
    told(event("Chưa rõ, bài trong kỳ"))
    told(event("Chưa rõ, bài kỳ khác"), published=at(2025, 1, 1))
    told(event("Chưa rõ cả hai"), published_is_estimate=True)
    event("Chưa rõ, đã báo", is_public=True)
    told(event("Rõ ngày", date(2026, 7, 2)))
    expected = ["Chưa rõ, đã báo", "Chưa rõ cả hai", "Chưa rõ, bài trong kỳ"]

    assert found(JULY) == (["Rõ ngày"], expected)
    assert Conferences(Selection.of(JULY)).total == 1
    html = unescape(desk.get(f"{ADDRESS}?{JULY}").content.decode())
    assert [name in html for name in expected] == [True] * 3
    assert found(f"{AN_GIANG}&chua-ro-ngay=1") == ([], expected[:2])


@pytest.fixture
def full():
    one = event(
        "=Hội nghị, buổi sáng", date(2025, 6, 30), unit="t3-894", kind=EventKind.BRIEFING,
        session="chieu", ends_on=date(2025, 7, 2), venue="@Hội trường", chair="-Bí thư",
        attendees="+Đại biểu\nnhiều xã", organisation=OrganisationFactory(name="Ban Dân vận"),
    )  # fmt: skip
    one.connected_sites.set(["t3-30517", "t3-30682"])
    told(one, unit="t3-894", published=at(2025, 7, 1))
    event("Chưa ai viết", date(2025, 6, 30), session="sang", is_public=True, unit="t2-91")
    told(event("Không ngày"), published=at(2025, 7, 3))
    return f"{AN_GIANG}&ky=2025"


def test_excel_and_page_say_the_same(desk, full):
    book = opened(desk, full, "hoi-nghi.xlsx")
    headings, rows = table_in(book["Hội nghị"])
    html = unescape(desk.get(f"{ADDRESS}?{full}").content.decode())

    assert dict(zip(headings, rows[1], strict=True)) == {
        "STT": 2,
        "Ngày": datetime(2025, 6, 30),
        "Đến ngày": datetime(2025, 7, 2),
        "Buổi": "chiều",
        "Tên hội nghị": "=Hội nghị, buổi sáng",
        "Loại": "Giao ban, trực báo",
        "Địa điểm": "@Hội trường",
        "Đơn vị tổ chức (tên ngày ấy)": "Huyện Thoại Sơn, tỉnh An Giang",
        "Cơ quan chủ trì": "Ban Dân vận",
        "Chủ trì": "-Bí thư",
        "Thành phần": "+Đại biểu\nnhiều xã",
        "Số điểm cầu": 2,
        "Điểm cầu": "; ".join(
            each.name_on(date(2025, 6, 30))
            for each in Conferences(Selection.of(full))
            .dated[1]
            .connected_sites.order_by("sort_key")
        ),
        "Số bài": 1,
        "Ghi chú": None,
        "Liên kết": rows[1][-1],
    }
    assert [(row[4], row[13], row[14]) for row in rows] == [
        ("Chưa ai viết", 0, "chưa có bài"),
        ("=Hội nghị, buổi sáng", 1, None),
    ]
    assert [row[4] for row in table_in(book["Chưa rõ ngày"])[1]] == ["Không ngày"]
    kinds = table_in(opened(desk, full, "hoi-nghi.xlsx", data_only=True)["Theo loại"], "Loại")[1]
    assert kinds == [["Sơ kết", 1, 1], ["Giao ban, trực báo", 1, 0], ["Cộng", 2, 1]]
    assert "30/06/2025 – 02/07/2025, chiều" in html
    assert "Huyện Thoại Sơn, tỉnh An Giang" in html
    formulas = [
        cell.value for sheet in book for row in sheet.rows for cell in row if cell.data_type == "f"
    ]
    assert [each for each in formulas if not each.startswith("=SUM(")] == []
    assert "Mỗi hội nghị một lần" in str([cell.value for cell in book["Hội nghị"]["A"]])


def test_word_says_the_same(desk, full):
    response = desk.get(f"/tong-hop/xuat/hoi-nghi.docx?{full}")
    document = docx.Document(io.BytesIO(response.getvalue()))
    dated, undated = document.tables

    words = [paragraph.text for paragraph in document.paragraphs]
    assert words[:2] == ["DANH SÁCH HỘI NGHỊ", "Năm 2025, từ ngày 01/01/2025 đến ngày 31/12/2025"]
    assert "Tổng số: 2 hội nghị, trong đó 1 chưa có bài." in words
    rows = [[cell.text for cell in row.cells] for row in dated.rows]
    assert [row[2] for row in rows] == ["Tên hội nghị", "Chưa ai viết", "=Hội nghị, buổi sáng"]
    assert rows[2][1] == "30/06/2025 – 02/07/2025, chiều"
    assert rows[2][5] == "Huyện Thoại Sơn, tỉnh An Giang\nBan Dân vận"
    assert rows[2][7].startswith("+Đại biểu\nnhiều xã\n2 điểm cầu: ")
    assert [row[8] for row in rows] == ["Bài", "chưa có bài", "1 bài"]
    assert [row.cells[2].text for row in undated.rows] == ["Tên hội nghị", "Không ngày"]
    section = document.sections[0]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (297, 210)
    assert document.styles["Normal"].font.name == "Times New Roman"
    assert document.core_properties.author == ""


def test_nothing_in_the_period_is_said(desk):
    assert "Không có hội nghị nào trong kỳ." in desk.get(f"{ADDRESS}?{JULY}").content.decode()
    response = desk.get(f"/tong-hop/xuat/hoi-nghi.docx?{JULY}")
    texts = [each.text for each in docx.Document(io.BytesIO(response.getvalue())).paragraphs]
    assert "Không có hội nghị nào trong kỳ." in texts


def test_above_the_cap_a_page_says_why_there_is_no_file(desk, monkeypatch):
    monkeypatch.setattr(conference_views, "MOST_IN_WORD", 1)
    for number in range(2):
        told(event(f"Hội nghị {number}", date(2026, 7, 1)))

    response = desk.get(f"/tong-hop/xuat/hoi-nghi.docx?{JULY}")
    assert response.status_code == 400
    assert "một tệp Word chứa nhiều nhất 1" in response.content.decode()


def test_the_page_costs_the_same_however_long(desk):
    def queries():
        with CaptureQueriesContext(connection) as captured:
            rows = desk.get(f"{ADDRESS}?{JULY}").context["page"].rows
        return len(rows), [each for each in captured if "session" not in each["sql"][:60]]

    costs = {}
    for number in range(3):
        one = event(f"Hội nghị {number}", date(2026, 7, 1), organisation=OrganisationFactory())
        one.connected_sites.set(["t2-30682", "t2-30502"])
        told(one)
        event(f"Báo {number}", date(2026, 7, 1), is_public=True)
        event(f"Không ngày {number}", is_public=True).connected_sites.set(["t2-30682"])
        length, asked = queries()
        costs[length] = len(asked)
    assert costs.keys() == {2, 4, 6}
    assert len(set(list(costs.values())[1:])) == 1


def test_a_long_list_turns_by_page_and_comes_whole_for_the_printer(desk, monkeypatch):
    monkeypatch.setattr(conference_views, "EVENTS_PER_PAGE", 2)
    for number in range(3):
        told(event(f"Hội nghị {number}", date(2026, 7, 1 + number)))

    first = desk.get(f"{ADDRESS}?{JULY}")
    assert [each.name for each in first.context["page"]] == ["Hội nghị 0", "Hội nghị 1"]
    second = desk.get(f"{ADDRESS}?{JULY}&trang=2")
    assert [each.name for each in second.context["page"]] == ["Hội nghị 2"]
    assert len(desk.get(f"{ADDRESS}?{JULY}&tat-ca=1").context["page"]) == 3


@pytest.mark.parametrize("query", ["ky=%00", "trang=99999999999999", "don-vi=x", "tu=1/1/1&den=z"])
def test_nonsense_in_the_address_is_never_an_error(desk, query):
    assert desk.get(f"{ADDRESS}?{query}").status_code == 200
