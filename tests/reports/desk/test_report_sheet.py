"""The report as a sheet to print and as PDF: the same words, behind the same door."""

from datetime import UTC, datetime

import pytest
from django.test import Client
from django.urls import reverse
from lxml import html

from portal.limited import Busy, Refusal, TookTooMuch
from reports.desk import pdf, pdf_child, report_views
from reports.models import Committee, ReportHeading
from tests.factories import ReportFactory, UserFactory
from tests.reports.desk.conftest import at_the_desk
from tests.reports.desk.counted_reports import HIDDEN_WORD

pytestmark = pytest.mark.django_db

SHEET, PDF, WORD = (f"/tong-hop/xuat/{name}" for name in ("ban-in/", "bao-cao.pdf", "bao-cao.docx"))
MAY = "don-vi=t2-91&ky=2026-05"


def told(day, **fields):
    at = datetime(2026, 5, day, 3, tzinfo=UTC)
    return ReportFactory(published=True, unit_id="t2-30682", published_at=at, **fields)


def page(client, query, status=200):
    response = client.get(f"{SHEET}?{query}")
    assert response.status_code == status
    return html.fromstring(response.content.decode())


def classed(node, name):
    return node.xpath(f"descendant-or-self::*[contains(concat(' ', @class, ' '), ' {name} ')]")


def words(nodes):
    return [" ".join(node.text_content().split()) for node in nodes]


def weasyprint_works():
    try:
        import weasyprint  # noqa: F401
    except (ImportError, OSError):
        return False
    return True


@pytest.mark.parametrize("address", [SHEET, PDF, WORD, "/tong-hop/xuat/le-giay.css"])
def test_who_does_not_compile_finds_nothing(client, address):
    stranger = Client()
    stranger.force_login(UserFactory())

    assert stranger.get(address).status_code == 404
    to_sign_in = client.get(address)
    assert (to_sign_in.status_code, to_sign_in.url.partition("?")[0]) == (
        302,
        reverse("admin:login"),
    )


@pytest.mark.parametrize("address", [SHEET, PDF, WORD])
def test_nothing_is_changed_here(desk, address):
    assert desk.post(address).status_code == 405


def test_the_sheet_says_what_the_word_file_says(desk):
    told(5, title="Mở đầu <b>đậm</b>", heading=ReportHeading.PARTY, lead="Một & hai.")
    told(6, title="Kết thúc")

    sheet = classed(page(desk, MAY), "paper")[0]

    assert words(sheet.xpath(".//h3 | .//h4 | .//h5"))[:4] == [
        "II. Kết quả công tác dân vận",
        "II.1. Công tác dân vận của các cấp ủy đảng",
        "Xã Thoại Sơn",
        "Chưa xếp mục báo cáo",
    ]
    assert words(classed(sheet, "paper-entry")) == [
        "1. Mở đầu <b>đậm</b> – Xã Thoại Sơn; đăng ngày 05/05/2026.",
        "2. Kết thúc – Xã Thoại Sơn; đăng ngày 06/05/2026.",
    ]
    assert "Một & hai." in words(sheet.xpath(".//p"))
    assert words(classed(sheet, "total-row")[0].xpath("th | td")) == ["Cộng", "2"]
    anchors = [link.get("href") for link in sheet.xpath(".//p[@class='paper-entry']/a")]
    assert anchors == ["#nguon-1", "#nguon-2"]
    assert [node.get("id") for node in sheet.xpath(".//p[@class='paper-source'][@id]")] == [
        "nguon-1",
        "nguon-2",
    ]


def test_what_is_typed_stays_in_the_address_of_the_files(desk):
    document = page(desk, f"{MAY}&tieu-de=công+tác+tháng+Năm&so=7&ngay=3/6/2026&dai=day-du")

    assert words(classed(document, "paper-title")) == ["BÁO CÁOcông tác tháng Năm"]
    assert words(classed(document, "paper-from")[0].xpath("p")) == ["……", "*", "Số 7-BC"]
    assert words(classed(document, "paper-day")) == ["……, ngày 03 tháng 6 năm 2026"]
    asked = (
        "don-vi=t2-91&ky=2026-05&tieu-de=c%C3%B4ng+t%C3%A1c+th%C3%A1ng+N%C4%83m&so=7"
        "&ngay=3%2F6%2F2026&dai=day-du"
    )
    assert [link.get("href") for link in document.xpath("//a[@data-export]")] == [
        f"{WORD}?{asked}",
        f"{PDF}?{asked}",
    ]
    kept = {
        field.get("name"): field.get("value")
        for field in document.xpath("//main//input[@type='hidden']")
    }
    assert kept == {"don-vi": "t2-91", "ky": "2026-05"}


@pytest.mark.parametrize("address", [SHEET, PDF, WORD])
def test_what_is_wrong_is_said_beside_its_field_and_nothing_is_lost(desk, address):
    query = f"{MAY}&tieu-de={'x' * 301}&so=7&ngay=31/02/2026&dai=dai"

    response = desk.get(f"{address}?{query}")

    assert response.status_code == 400
    form = classed(html.fromstring(response.content.decode()), "wording")[0]
    assert words(classed(form, "wrong")) == [
        "Dài quá 300 chữ (đang có 301).",
        "Không hiểu ngày “31/02/2026”. Ví dụ: 02/07/2024.",
        "Không có “dai” trong danh sách.",
    ]
    assert [field.get("value") for field in form.xpath(".//input")] == [
        "x" * 301,
        "7",
        "31/02/2026",
    ]


@pytest.mark.parametrize(
    "query",
    [
        "so=%00&tieu-de=%00%ff&ngay=%00&ban=%00",
        f"ngay={'9' * 5000}&so={'9' * 5000}",
        f"ban={'9' * 5000}&don-vi={'9' * 5000}&ky=9999",
        "ngay=0001-01-01&dai=&tieu-de=",
    ],
)
@pytest.mark.parametrize("address", [SHEET, WORD, "/tong-hop/xuat/le-giay.css"])
def test_nonsense_breaks_nothing(desk, address, query):
    response = desk.get(f"{address}?{query}")
    response.close()

    assert response.status_code in (200, 400)


def test_the_margins_of_the_paper_are_the_committees(client):
    Committee.objects.create(
        unit_id="t2-91", margin_top=25, margin_bottom=21, margin_left=33, margin_right=14
    )
    client.force_login(at_the_desk("t2-91"))

    response = client.get("/tong-hop/xuat/le-giay.css")

    assert response.headers["Content-Type"] == "text/css"
    assert response.content.decode() == "@page { margin: 25mm 14mm 21mm 33mm; }\n"


@pytest.mark.parametrize("address", [SHEET, PDF])
def test_more_than_paper_takes_leads_to_the_word_file(desk, monkeypatch, address):
    told(5)
    told(6)
    monkeypatch.setattr(pdf, "MOST_REPORTS", 1)

    response = desk.get(f"{address}?{MAY}")

    assert response.status_code == (400 if address == PDF else 200)
    assert "Lựa chọn này có hơn 1 bài" in response.content.decode()
    assert "lấy tệp Word" in response.content.decode()
    assert classed(html.fromstring(response.content.decode()), "paper") == []


@pytest.mark.parametrize(
    ("trouble", "said"),
    [
        (Refusal(pdf_child.NO_LIBRARY), "Máy chủ chưa có thư viện dựng PDF"),
        (TookTooMuch("…"), "Báo cáo này quá dài để dựng PDF"),
        (Busy("Máy đang xử lý nhiều tệp khác."), "Máy đang xử lý nhiều tệp khác"),
    ],
)
def test_where_no_pdf_can_be_drawn_a_page_says_why(desk, monkeypatch, trouble, said):
    def refuse(*_, **__):
        raise trouble

    monkeypatch.setattr(pdf, "run_limited", refuse)

    response = desk.get(f"{PDF}?{MAY}")

    assert response.status_code == 400
    assert said in response.content.decode()
    assert "Tệp Word và trang in vẫn dùng được" in response.content.decode()


def test_a_text_too_long_to_draw_is_not_begun(desk, monkeypatch):
    monkeypatch.setattr(pdf, "MOST_SIGNS", 100)
    monkeypatch.setattr(pdf, "run_limited", None)

    assert "quá dài để dựng PDF" in desk.get(f"{PDF}?{MAY}").content.decode()


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/a.ttf",
        "https://x.example/a.woff2",
        "file:///etc/passwd",
        "file://may-khac/a.ttf",
        "letters:../css/site.css",
        "letters:../../portal/settings.woff2",
        "data:font/woff2;base64,AAAA",
        "/media/anh.ttf",
    ],
)
def test_drawing_fetches_letters_and_nothing_else(url):
    assert pdf_child.letters_at(url) is None


def test_drawing_finds_the_letters_of_the_project():
    found = pdf_child.letters_at("letters:be-vietnam-pro/latin-400.woff2")

    assert found.read_bytes()[:4] == b"wOF2"


@pytest.mark.skipif(not weasyprint_works(), reason="Pango is not installed")
def test_the_pdf_is_drawn(desk):
    told(5, title="Bài để in", lead="<img src='http://127.0.0.1:9/x.png'>")

    response = desk.get(f"{PDF}?{MAY}")

    assert response.status_code == 200
    assert response.headers["Content-Type"] == "application/pdf"
    assert response.headers["Content-Disposition"].startswith('attachment; filename="bao-cao_')
    assert response.content[:5] == b"%PDF-"
    # On A4, with letters inside.
    assert b"/FontFile2" in response.content or b"/ObjStm" in response.content


@pytest.mark.usefixtures("counted")
def test_what_is_not_public_stands_on_no_sheet(desk):
    response = desk.get(f"{SHEET}?don-vi=t2-91&don-vi-cu=1&ky=2024&dai=day-du")

    assert response.status_code == 200
    assert HIDDEN_WORD not in response.content.decode()
    assert len(classed(html.fromstring(response.content.decode()), "paper-entry")) > 80


def test_the_views_know_the_limits_of_the_files():
    # Control: the limits that other tests lower are those the views ask.
    assert report_views.MOST_REPORTS == 10_000
    assert pdf.MOST_REPORTS == 500
