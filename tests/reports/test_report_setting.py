"""How a report's page sets its photos and its text."""

import re

import pytest
from django.urls import reverse

from tests.factories import PhotoFactory, ReportFactory

pytestmark = pytest.mark.django_db


def page_of(client, report):
    return client.get(report.get_absolute_url()).content.decode()


@pytest.fixture
def report():
    """A report with two photos."""
    report = ReportFactory(published=True)
    for order in range(2):
        PhotoFactory(report=report, order=order)
    return report


# --- its photos --------------------------------------------------------------------------------------


def test_the_first_photo_is_fetched_at_once_and_the_others_when_they_are_near(client, report):
    page = page_of(client, report)
    pictures = re.findall(r"<img [^>]*/media/[^>]*>", page)

    assert [("fetchpriority" in each, 'loading="lazy"' in each) for each in pictures] == [
        (True, False),
        (False, True),
    ]
    assert all('width="1600" height="1067"' in each for each in pictures)


def test_a_phone_chooses_among_its_own_widths_however_fine_its_screen(client, report):
    page = page_of(client, report)
    photo = report.photos.all()[0]
    for_phones = re.search(r'<source media="\(max-width: 47.99em\)"[^>]*srcset="([^"]+)"', page)[1]

    assert for_phones == f"{photo.url('480.webp')} 480w, {photo.url('960.webp')} 960w"


def test_each_photo_is_a_link_to_its_largest_file(client, report):
    page = page_of(client, report)

    assert re.findall(r'class="photo-link" href="([^"]+)"', page) == [
        photo.url("1600.jpg") for photo in report.photos.all()
    ]


@pytest.mark.parametrize(
    ("count", "grids", "figures"), [(1, 0, 1), (2, 0, 2), (3, 1, 1), (12, 1, 1)]
)
def test_many_photos_stand_in_a_grid_below_the_text(client, count, grids, figures):
    report = ReportFactory(published=True)
    for order in range(count):
        PhotoFactory(report=report, order=order)

    page = page_of(client, report)

    assert page.count('<div class="shots') == grids
    assert page.count('<figure class="figure') == figures
    assert page.count('<figure class="shot"') == count - figures


# --- the text ----------------------------------------------------------------------------------------


def test_a_table_in_the_text_scrolls_inside_itself(client):
    body = "<table><tbody><tr><th>Ấp</th><td>Một</td></tr></tbody></table>"
    page = page_of(client, ReportFactory(published=True, body=body))

    assert (
        '<div class="table-scroll" role="region" tabindex="0" aria-label="Bảng 1"><table>' in page
    )


@pytest.mark.parametrize(("title", "is_long"), [("Tít vừa phải", False), ("Tít dài " * 20, True)])
def test_a_title_like_a_paragraph_is_set_smaller(client, title, is_long):
    page = page_of(client, ReportFactory(published=True, title=title))

    assert ('<h1 class="long">' in page) is is_long


def test_a_preview_is_not_shared(admin_client, report):
    page = admin_client.get(
        reverse("admin:reports_report_preview", args=[report.pk])
    ).content.decode()

    assert "Bản xem trước." in page
    assert "Một đoạn nội dung." in page
    for door in ("facebook.com", 'class="qr"', "og:image", "/b/"):
        assert door not in page
