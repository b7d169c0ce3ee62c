"""What every public page has in common: one language, no cookie, no stranger's file, no surprise."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.urls import reverse

from tests.factories import (
    ContributionFactory,
    EventFactory,
    PhotoFactory,
    ReportFactory,
    SectionFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def addresses():
    """One address of every kind of public page."""
    report = ReportFactory(
        published=True, section=SectionFactory(), event=EventFactory(is_public=True)
    )
    PhotoFactory(report=report)
    person = ContributionFactory(report=report).person
    things = (report, report.section, report.event, report.unit, person)
    names = (
        "home search about contact accessibility site_map reports:list reports:events units:tree"
    )
    return [*map(reverse, names.split()), *(thing.get_absolute_url() for thing in things)]


def pages(client, addresses):
    for address in addresses:
        response = client.get(address)
        assert response.status_code == 200, address
        yield address, response


def test_no_public_page_sets_a_cookie_or_varies_by_one(client, addresses):
    machines = [reverse("reports:feed"), reverse("reports:calendar"), reverse("reports:sitemap")]
    for address, response in pages(client, [*addresses, *machines]):
        assert not response.cookies, address
        assert "Cookie" not in response.headers.get("Vary", ""), address


def test_a_colleague_who_is_signed_in_gets_the_same_bytes(client, addresses):
    before = {address: response.content for address, response in pages(client, addresses)}
    client.force_login(UserFactory(is_superuser=True))

    for address, response in pages(client, addresses):
        assert response.content == before[address], address
        assert not response.cookies, address


def test_every_page_speaks_vietnamese_and_has_its_landmarks(client, addresses):
    for address, response in pages(client, addresses):
        page = response.content.decode()
        assert '<html lang="vi">' in page, address
        assert '<a class="skip-link" href="#noi-dung">' in page, address
        for landmark in ("<header", "<nav", "<main", "<footer"):
            assert landmark in page, address
        assert len(re.findall(r"<h1[ >]", page)) == 1, address
        assert re.search(r"<title>[^<]+</title>", page), address


def test_every_page_stays_light(client, addresses):
    for address, response in pages(client, addresses):
        assert len(response.content) <= 40_000, address


def test_nothing_is_fetched_from_strangers_and_nothing_runs_inline(client, addresses):
    for address, response in pages(client, addresses):
        page = response.content.decode()
        fetched = re.findall(r'<(?:script|img|source|iframe)[^>]* src(?:set)?="([^"]+)"', page)
        fetched += re.findall(r'<link rel="(?:stylesheet|preload|icon)"[^>]* href="([^"]+)"', page)
        assert all(each.startswith("/") and not each.startswith("//") for each in fetched), address
        assert not re.search(r"<style|\sstyle=|\son[a-z]+=", page), address
        inline = re.findall(r"<script(?![^>]* src=)([^>]*)>", page)
        assert set(inline) <= {' type="application/ld+json"'}, address


def test_the_policy_allows_nothing_but_ourselves(client):
    policy = client.get("/").headers["Content-Security-Policy"]

    assert "default-src 'self'" in policy
    assert "unsafe" not in policy


def test_every_file_a_page_names_is_there(client, addresses):
    for _, response in pages(client, addresses):
        for name in re.findall(r'(?:href|src)="/static/([^"]+)"', response.content.decode()):
            assert finders.find(name), name


def test_pages_are_only_read(client, addresses):
    for address in addresses:
        assert client.post(address).status_code == 405, address
        assert client.head(address).status_code == 200, address


def test_absolute_addresses_come_from_the_settings_never_from_the_visitor(client, addresses):
    for address in [*addresses, reverse("reports:feed"), reverse("reports:sitemap")]:
        page = client.get(address, HTTP_X_FORWARDED_HOST="evil.example").content.decode()
        assert "evil.example" not in page, address
        assert "testserver" not in page, address


# --- pages for what goes wrong -----------------------------------------------------------------------


def test_what_is_not_there_is_said_in_vietnamese(client):
    response = client.get("/khong-co-trang-nay/")

    assert response.status_code == 404
    assert "Không có trang này" in response.content.decode()


def test_a_broken_page_has_a_page_that_needs_nothing(client, monkeypatch):
    def broken(*args, **kwargs):
        raise RuntimeError

    monkeypatch.setattr("reports.models.questions.ReportQuerySet.published", broken)
    client.raise_request_exception = False

    response = client.get("/")

    assert response.status_code == 500
    assert "Lỗi ở phía máy chủ, không phải do bạn." in response.content.decode()


def test_the_process_says_that_it_lives_and_whether_it_can_serve(client, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path

    assert client.get("/healthz").content == b"ok\n"
    assert client.get("/readyz").status_code == 200
    assert list(tmp_path.iterdir()) == []


def test_it_is_not_ready_without_a_place_for_photos(client, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "tep"
    settings.MEDIA_ROOT.write_text("no folder")

    response = client.get("/readyz")

    assert response.status_code == 503
    assert "kho ảnh" in response.content.decode()


# --- the sheets --------------------------------------------------------------------------------------

CSS = Path(settings.BASE_DIR / "static" / "css")


def test_the_style_sheets_stay_small():
    assert sum(len((CSS / name).read_bytes()) for name in ("tokens.css", "site.css")) <= 40_000


@pytest.mark.parametrize(
    "modern", ["light-dark(", "oklch(", ":has(", "@layer", "@import", "subgrid"]
)
def test_old_webviews_understand_the_style_sheets(modern):
    for name in ("tokens.css", "site.css", "print.css"):
        assert modern not in (CSS / name).read_text().split("*/", 1)[1], name


def test_both_ways_into_the_dark_are_alike():
    tokens = (CSS / "tokens.css").read_text()

    def colours(selector):
        return set(re.findall(r"--[\w-]+: [^;]+", tokens.split(selector, 1)[1].split("}", 1)[0]))

    chosen = colours('html[data-theme="dark"] {')
    by_device = colours("(prefers-color-scheme: dark) {\n  html:not([data-theme]) {")
    assert chosen == by_device
    assert len(chosen) > 15
