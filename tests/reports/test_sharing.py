"""A report leaves its page by a short address, a QR code and plain links."""

import re
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
import segno
from django.urls import reverse
from django.utils import timezone

from reports.sharing import qr_code, share_links, short_url
from tests.factories import ReportFactory

pytestmark = pytest.mark.django_db


def test_the_short_address_leads_to_the_report_for_good(client):
    report = ReportFactory(published=True)

    response = client.get(f"/b/{report.pk}/")

    assert (response.status_code, response.headers["Location"]) == (301, report.get_absolute_url())
    assert "Set-Cookie" not in response.headers


def test_the_short_address_says_nothing_of_what_is_not_public(client):
    draft, scheduled = ReportFactory(), ReportFactory(scheduled=True)
    absent = client.get("/b/999999999/")
    assert absent.status_code == 404

    for report in (draft, scheduled):
        response = client.get(f"/b/{report.pk}/")
        assert (response.status_code, response.content) == (404, absent.content)


def test_the_short_address_of_a_withdrawn_report_says_so_without_its_words(client):
    gone = ReportFactory(withdrawn=True, title="Tít bí mật")

    response = client.get(f"/b/{gone.pk}/")

    assert response.status_code == 410
    assert "bí mật" not in response.content.decode()


@pytest.mark.parametrize("key", ["0", "9" * 10, "x", "-1", "1%00"])
def test_no_key_breaks_the_short_address(client, key):
    assert client.get(f"/b/{key}/").status_code in (400, 404)


def test_the_code_on_paper_holds_the_short_address(client):
    report = ReportFactory(published=True)
    page = client.get(report.get_absolute_url()).content.decode()
    side, path = re.search(r'class="qr" viewBox="0 0 (\d+) \d+".*?<path d="([^"]+)"', page).groups()

    drawn = [[0] * int(side) for _ in range(int(side))]
    for x, y, length in re.findall(r"M(\d+) (\d+)\.5h(\d+)", path):
        for step in range(int(length)):
            drawn[int(y)][int(x) + step] = 1

    wanted = segno.make(short_url(report), error="m", micro=False).matrix_iter(border=4)
    assert drawn == [[int(bool(dot)) for dot in row] for row in wanted]
    assert short_url(report) in page


def test_the_code_keeps_its_quiet_zone_and_stays_small():
    code = qr_code("https://danvan.example/b/123456/")

    assert code["side"] == 25 + 2 * 4 or code["side"] == 29 + 2 * 4
    assert len(code["path"]) < 4000


def test_facebook_gets_the_address_and_mail_the_words():
    report = ReportFactory(published=True, title="Tít & hai dấu + một", lead="Sapo.")
    links = share_links(report)

    facebook, mail = urlsplit(links["facebook"]), urlsplit(links["mail"])

    assert parse_qs(facebook.query) == {"u": [f"http://127.0.0.1:8000{report.get_absolute_url()}"]}
    assert mail.scheme == "mailto"
    assert "+" not in mail.query
    assert parse_qs(mail.query) == {
        "subject": ["Tít & hai dấu + một"],
        "body": [f"Sapo.\n\nhttp://127.0.0.1:8000/b/{report.pk}/"],
    }


def test_the_page_offers_them_without_a_script_of_anybody(client):
    report = ReportFactory(published=True)
    page = client.get(report.get_absolute_url()).content.decode()

    assert 'href="https://www.facebook.com/sharer/sharer.php?u=' in page
    assert 'href="mailto:?subject=' in page
    scripts = re.findall(r'<script[^>]* src="([^"]+)"', page)
    assert [src for src in scripts if not src.startswith("/static/")] == []


def test_a_moved_moment_keeps_the_short_address(client):
    report = ReportFactory(published=True)
    address = reverse("reports:short", kwargs={"pk": report.pk})
    report.published_at = timezone.now() - timedelta(days=400)
    report.save()

    assert client.get(address).headers["Location"] == report.get_absolute_url()
