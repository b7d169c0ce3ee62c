"""What goes wrong is said in Vietnamese, in the design, with a way on; what moved is found."""

import re
from datetime import timedelta

import pytest
from django.db import OperationalError
from django.urls import reverse
from django.utils import timezone

from portal import models
from portal.errors import words_of
from portal.models import SiteProfile
from reports.models.report import old_path
from tests.factories import ReportFactory, UserFactory

pytestmark = pytest.mark.django_db

OLD = "https://cu.example/tin-tuc/bai-1"


def said(response):
    page = response.content.decode()
    assert '<html lang="vi">' in page
    assert len(re.findall(r"<h1[ >]", page)) == 1
    return page


# --- the pages -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("method", "address", "status", "words"),
    [
        ("get", "/khong-co/", 404, "Không có trang này"),
        ("get", "/tin/2026/07/bai-999999/", 404, "Không có trang này"),
        ("get", "/gop-y/AAAAAAAAAA/", 404, "Không có mã này"),
        ("get", "/tin/\x00/", 400, "Yêu cầu không hợp lệ"),
        ("post", "/tin/", 405, "Không mở được theo cách này"),
        ("delete", "/", 405, "Không mở được theo cách này"),
        ("put", "/gop-y/", 405, "Không mở được theo cách này"),
        ("get", "/co-ich/1/", 405, "Không mở được theo cách này"),
    ],
)
def test_every_state_has_its_page(client, method, address, status, words):
    response = getattr(client, method)(address)

    page = said(response)
    assert response.status_code == status
    assert words in page
    assert "noindex" in page
    assert not response.cookies


def test_a_wrong_method_still_names_the_right_ones(client):
    assert client.post("/tin/").headers["Allow"] == "GET, HEAD"
    assert client.get("/co-ich/1/").headers["Allow"] == "POST"


def test_a_missing_page_offers_a_search_for_its_own_words(client):
    page = said(client.get("/tin-tuc/hoi-nghi-so-ket-2024.html"))

    assert 'value="hoi nghi so ket"' in page


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/a/xa-thoi-son-2/", "xa thoi son"),
        ("/tin/b%C3%A0i-m%E1%BB%9Bi.aspx", "bài mới"),
        ("/", ""),
        ("/12345/", ""),
        ("/<script>alert(1)</script>", "script"),
    ],
)
def test_the_words_of_an_address(path, words):
    assert words_of(path) == words


@pytest.mark.parametrize("slug", ["xa-thoi-son-999", "xa-thoi-son-an-giiang", "thoi-son-khong-co"])
def test_a_missing_unit_offers_units_of_that_name(client, registry, slug):
    page = said(client.get(f"/don-vi/{slug}/"))

    assert "Có phải bạn tìm đơn vị này?" in page
    assert len(re.findall(r'<a href="/don-vi/[a-z0-9-]*thoi-son', page)) >= 2
    assert "Có phải bạn tìm" not in said(client.get("/don-vi-khac/xa-thoi-son/"))


# --- the database is away ----------------------------------------------------------------------------------


@pytest.fixture
def database_away(monkeypatch):
    def away(*args, **kwargs):
        raise OperationalError("connection refused")

    monkeypatch.setattr("reports.models.questions.ReportQuerySet.published", away)


def test_a_database_that_is_away_is_told_with_whom_to_call(client, monkeypatch):
    SiteProfile.objects.create(phone="0299 000 0000", email="ban@cong.example")
    client.get(reverse("about"))

    def away(*args, **kwargs):
        raise OperationalError("connection refused")

    monkeypatch.setattr("reports.models.questions.ReportQuerySet.published", away)
    monkeypatch.setattr("django.db.models.query.QuerySet._fetch_all", away)
    client.raise_request_exception = False
    response = client.get("/")

    page = said(response)
    assert response.status_code == 503
    assert int(response.headers["Retry-After"]) > 0
    assert 'href="tel:02990000000"' in page
    assert 'href="mailto:ban@cong.example"' in page


def test_a_process_that_never_saw_the_database_names_the_contact_of_the_settings(
    client, database_away, settings, monkeypatch
):
    monkeypatch.setattr(models, "_last_known", None)
    settings.SITE_CONTACT = "0299 111 1111"
    client.raise_request_exception = False

    response = client.get("/")

    assert response.status_code == 503
    assert "0299 111 1111" in said(response)


# --- old addresses ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("original", "asked"),
    [
        (OLD, "/tin-tuc/bai-1"),
        (OLD, "/tin-tuc/bai-1/"),
        (OLD, "/tin-tuc/bai-1?fbclid=abc&utm_source=zalo"),
        ("https://cu.example/Default.aspx?tabid=1&id=7", "/Default.aspx?tabid=1&id=7"),
        ("https://cu.example/b%C3%A0i-m%E1%BB%9Bi.html", "/bài-mới.html"),
        ("https://cu.example/bài-mới.html", "/b%C3%A0i-m%E1%BB%9Bi.html"),
    ],
)
def test_an_old_portals_address_leads_to_its_report(client, original, asked):
    report = ReportFactory(published=True, original_url=original)

    response = client.get(asked)

    assert response.status_code == 301
    assert response.headers["Location"] == report.get_absolute_url()


@pytest.mark.parametrize("state", ["draft", "scheduled", "withdrawn"])
def test_an_old_address_does_not_betray_what_is_not_public(client, state):
    traits = {} if state == "draft" else {state: True}
    ReportFactory(original_url=OLD, title="Tít chưa ai đọc", **traits)

    response = client.get("/tin-tuc/bai-1")

    assert response.status_code == 404
    assert "chua-ai-doc" not in response.content.decode()


def test_two_reports_of_one_old_path_are_no_answer(client):
    for host in ("mot", "hai"):
        ReportFactory(published=True, original_url=f"https://{host}.example/tin-tuc/bai-1")

    assert client.get("/tin-tuc/bai-1").status_code == 404


def test_a_query_decides_between_reports_of_one_script(client):
    wanted = ReportFactory(published=True, original_url="https://cu.example/x.aspx?id=1")
    ReportFactory(published=True, original_url="https://cu.example/x.aspx?id=2")

    assert client.get("/x.aspx?id=1").headers["Location"] == wanted.get_absolute_url()
    assert client.get("/x.aspx?id=3").status_code == 404


def test_pages_of_ours_are_never_led_away(client):
    ReportFactory(published=True, original_url="https://cu.example/tin/")
    ReportFactory(published=True, original_url="https://cu.example/")

    assert client.get("/tin/").status_code == 200
    assert client.get("/").status_code == 200


def test_an_unknown_address_costs_one_query(client, django_assert_num_queries):
    ReportFactory.create_batch(5, published=True)
    client.get(reverse("about"))

    with django_assert_num_queries(1):
        client.get("/khong-co/")


def test_the_old_path_follows_the_address_an_editor_types():
    report = ReportFactory(published=True, original_url=OLD)
    report.original_url = ""
    report.save()

    assert report.original_path == ""
    assert old_path("https://[hong") == ""
    assert old_path("https://cu.example") == ""


def test_a_form_sent_to_an_old_address_is_not_led_on(client):
    ReportFactory(published=True, original_url=OLD)

    assert client.post("/tin-tuc/bai-1").status_code == 404


def test_a_foreign_page_of_the_back_office_stays_a_404_of_its_own(client):
    client.force_login(UserFactory(is_superuser=True))
    ReportFactory(published=True, original_url="https://cu.example/quan-tri/reports/khong-co")

    assert client.get("/quan-tri/reports/khong-co").status_code == 404


def test_dates_of_this_file_are_not_in_the_future():
    # Control of the factories: a scheduled report is to come, so the tests above mean something.
    assert ReportFactory(scheduled=True).published_at > timezone.now() + timedelta(hours=1)
