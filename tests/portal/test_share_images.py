"""A shared link shows one picture: 1200 × 630, light, and of nothing that is not public."""

import io
import re

import pytest
from django.core.files.storage import default_storage
from PIL import Image

from portal.models import SiteProfile
from reports.models import Photo
from reports.photos import check_picture
from reports.share_card import photo_card, words_card
from tests.factories import PhotoFactory, ReportFactory

pytestmark = [pytest.mark.django_db, pytest.mark.once]


def opened(content):
    return Image.open(io.BytesIO(content))


def halves(width=1600, height=1000):
    """Blue on the left, yellow on the right."""
    picture = Image.new("RGB", (width, height), (20, 40, 160))
    picture.paste((230, 200, 40), (width // 2, 0, width, height))
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=95)
    return out.getvalue()


def with_photo(report, upload, **focus):
    photo = PhotoFactory.build(report=report, **focus)
    check_picture(upload).store(photo)
    photo.save()
    return photo


def is_close(colour, wanted):
    return all(abs(a - b) < 30 for a, b in zip(colour, wanted, strict=True))


def card_of(client, report):
    page = client.get(report.get_absolute_url()).content.decode()
    (address,) = re.findall(r'<meta property="og:image" content="([^"]+)"', page)
    return address.removeprefix("http://127.0.0.1:8000")


def test_the_card_is_a_light_jpeg_of_the_lead_photo(client):
    report = ReportFactory(published=True)
    with_photo(report, halves())

    response = client.get(card_of(client, report))

    assert response.status_code == 200
    assert response.headers["Content-Type"] == "image/jpeg"
    assert response.headers["Cache-Control"] == "public, max-age=30, stale-while-revalidate=30"
    assert "Set-Cookie" not in response.headers
    card = opened(response.content)
    assert (card.format, card.size) == ("JPEG", (1200, 630))
    assert len(response.content) <= 300_000
    assert is_close(card.getpixel((50, 300)), (20, 40, 160))
    assert is_close(card.getpixel((1150, 300)), (230, 200, 40))


@pytest.mark.parametrize(("focal_x", "colour"), [(5, (20, 40, 160)), (95, (230, 200, 40))])
def test_the_cut_keeps_the_focal_point(focal_x, colour):
    wide = halves(4000, 700)

    card = opened(photo_card(wide, focal_x, 50))

    assert all(is_close(card.getpixel((x, 300)), colour) for x in (20, 600, 1180))


def test_a_tall_photo_is_cut_around_its_focal_point():
    tall = Image.new("RGB", (900, 3000), "white")
    tall.paste((200, 30, 30), (0, 2100, 900, 2500))
    out = io.BytesIO()
    tall.save(out, "JPEG")

    card = opened(photo_card(out.getvalue(), 50, 76))

    assert is_close(card.getpixel((600, 315)), (200, 30, 30))


def test_a_sideways_photo_stands_upright_on_the_card(client):
    exif = Image.Exif()
    exif[0x0112] = 6
    picture = Image.new("RGB", (1000, 1600), (20, 40, 160))
    picture.paste((230, 200, 40), (0, 800, 1000, 1600))
    out = io.BytesIO()
    picture.save(out, "JPEG", exif=exif)
    report = ReportFactory(published=True)
    with_photo(report, out.getvalue())

    card = opened(client.get(card_of(client, report)).content)

    # What lay below in the sensor's picture stands on the left once it is turned.
    assert is_close(card.getpixel((50, 300)), (230, 200, 40))
    assert is_close(card.getpixel((1150, 300)), (20, 40, 160))


def test_a_photo_too_small_to_enlarge_leaves_the_card_to_the_title(client):
    report = ReportFactory(published=True)
    with_photo(report, halves(400, 300))

    card = opened(client.get(card_of(client, report)).content)

    assert card.size == (1200, 630)
    assert is_close(card.getpixel((20, 20)), (138, 23, 26))


@pytest.mark.parametrize(
    "title",
    [
        "Ngắn",
        "Ban Chấp hành Đảng bộ triển khai " * 12,
        "Một_chữ_dài_không_ngắt_được" * 14,
        "Tiếng Việt: ẤẦẨẪẬ ẮẰẲẴẶ ẾỀỂỄỆ ỐỒỔỖỘ ỚỜỞỠỢ ỨỪỬỮỰ Đđ – “trích” … 100 %",
        "Ký hiệu lạ: 🙂 漢字 ☂",
    ],
)
def test_any_title_makes_a_card(title):
    content = words_card(title[:400], "Xã Thử, tỉnh Mẫu " * 9, "Cổng thông tin " * 9)

    assert opened(content).size == (1200, 630)
    assert len(content) <= 300_000


def test_the_drawn_card_keeps_its_margins():
    card = opened(words_card("Chữ rộng và dài " * 25, "Xã Thử", "Cổng")).convert("L")

    for x in (*range(50), *range(1150, 1200)):
        assert card.crop((x, 130, x + 1, 630)).getextrema()[0] > 200
    assert card.crop((60, 130, 1140, 610)).getextrema()[0] < 80


def test_a_photo_of_pure_noise_stays_light():
    noise = Image.effect_noise((1600, 1000), 120).convert("RGB")
    out = io.BytesIO()
    noise.save(out, "JPEG", quality=95)

    assert len(photo_card(out.getvalue(), 50, 50)) <= 300_000


def test_another_title_or_photo_has_another_address_and_the_old_one_leads_there(client):
    report = ReportFactory(published=True)
    first = card_of(client, report)
    report.title = "Tít mới"
    report.save()
    second = card_of(client, report)
    photo = with_photo(report, halves())
    third = card_of(client, report)
    Photo.objects.filter(pk=photo.pk).update(focal_x=10)
    fourth = card_of(client, report)

    assert len({first, second, third, fourth}) == 4
    response = client.get(first)
    assert (response.status_code, response.headers["Location"]) == (302, fourth)


def test_it_is_drawn_once_and_the_old_copy_goes(client, monkeypatch):
    report = ReportFactory(published=True)
    first = client.get(card_of(client, report)).content
    monkeypatch.setattr("portal.share_images.words_card", lambda *words: pytest.fail("drawn twice"))
    assert client.get(card_of(client, report)).content == first
    monkeypatch.undo()

    report.title = "Tít mới"
    report.save()
    client.get(card_of(client, report))

    assert default_storage.listdir(f"chia-se/{report.pk}")[1] == [f"{report.share_image_key}.jpg"]


def test_a_kept_copy_has_no_other_door(client):
    report = ReportFactory(published=True)
    client.get(card_of(client, report))

    path = f"/media/chia-se/{report.pk}/{report.share_image_key}.jpg"

    assert client.get(path).status_code == 404


@pytest.mark.parametrize("state", [{}, {"status": "submitted"}, {"scheduled": True}])
def test_what_is_not_published_has_no_card(client, state):
    report = ReportFactory(**state)

    assert client.get(report.share_image_path).status_code == 404


def test_a_withdrawn_report_takes_its_card_along(client):
    report = ReportFactory(published=True)
    assert client.get(report.share_image_path).status_code == 200

    report.status, report.withdrawn_reason = "withdrawn", "Trùng bài"
    report.withdrawn_at = report.published_at.now(report.published_at.tzinfo)
    report.save()

    assert client.get(report.share_image_path).status_code == 410


@pytest.mark.parametrize("key", ["x", "0" * 12, "../../etc"])
def test_a_guessed_key_draws_nothing_new(client, key):
    report = ReportFactory(published=True)

    response = client.get(f"/anh-chia-se/{report.pk}-{key}.jpg")

    assert response.status_code in (302, 404)
    assert not default_storage.exists(f"chia-se/{report.pk}")


def test_a_lost_photo_file_costs_no_card(client):
    report = ReportFactory(published=True)
    PhotoFactory(report=report)

    response = client.get(card_of(client, report))

    assert opened(response.content).size == (1200, 630)


def test_a_full_disk_costs_no_card(client, monkeypatch):
    def full(*args, **kwargs):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(type(default_storage), "save", full, raising=False)
    report = ReportFactory(published=True)

    assert client.get(report.share_image_path).status_code == 200


def test_the_site_has_a_card_of_its_own(client):
    site = SiteProfile(name="Cổng Thử", managing_body="Ban Dân vận")
    site.save()

    response = client.get(site.share_image_path)

    assert (response.status_code, opened(response.content).size) == (200, (1200, 630))
    old = site.share_image_path
    site.name = "Cổng Khác"
    site.save()
    assert client.get(old).headers["Location"] == SiteProfile.current().share_image_path


@pytest.mark.parametrize("address", ["/", "/tin/", "/gioi-thieu/", "/don-vi/", "/su-kien/"])
def test_every_other_page_is_shared_with_the_card_of_the_site(client, address):
    SiteProfile(name="Cổng Thử").save()
    page = client.get(address).content.decode()

    (shown,) = re.findall(r'<meta property="og:image" content="([^"]+)"', page)
    assert shown == f"http://127.0.0.1:8000{SiteProfile.current().share_image_path}"
    assert client.get(shown.removeprefix("http://127.0.0.1:8000")).status_code == 200


def test_the_card_costs_the_same_whatever_hangs_on_the_report(client, django_assert_num_queries):
    report = ReportFactory(published=True)
    for order in range(5):
        PhotoFactory(report=report, order=order)
    address = report.share_image_path
    client.get(address)

    with django_assert_num_queries(2):
        client.get(address)
