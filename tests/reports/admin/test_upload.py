"""The editor's door for pictures: for writers only, by content only, in words they understand."""

import io
import zlib

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from reports.models import BodyPicture
from tests.factories import ReportFactory
from tests.reports.test_pictures import jpeg

pytestmark = pytest.mark.django_db

DOOR = "/quan-tri/anh-noi-dung/"


def send(client, content, name="anh.jpg"):
    return client.post(DOOR, {"upload": SimpleUploadedFile(name, content, "image/jpeg")})


def opens(client, url):
    response = client.get(url)
    return response.status_code == 200 and len(b"".join(response)) > 100


def png_of(width, height):
    """A tiny file that claims to be huge: a PNG header with almost no pixels behind it."""

    def chunk(kind, data):
        body = kind + data
        return len(data).to_bytes(4, "big") + body + zlib.crc32(body).to_bytes(4, "big")

    header = width.to_bytes(4, "big") + height.to_bytes(4, "big") + bytes([8, 0, 0, 0, 0])
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(b"\0" * 1000))
        + chunk(b"IEND", b"")
    )


def gif_polyglot():
    out = io.BytesIO()
    Image.new("P", (8, 8)).save(out, "GIF")
    return out.getvalue() + b"<script>alert(1)</script>"


def test_a_fine_picture_is_stored_and_seen_by_its_uploader_only(editor, seat, unit):
    answer = send(editor, jpeg(1200, 800)).json()

    picture = BodyPicture.objects.get()
    assert answer == {
        "uploaded": 1,
        "fileName": "anh.jpg",
        "url": picture.src,
        "width": 960,
        "height": 640,
        "token": picture.token,
    }
    assert picture.uploaded_by == editor.user
    assert opens(editor, picture.src)
    assert not opens(seat("editor", unit), picture.src)
    assert not opens(Client(), picture.src)


def test_a_picture_is_public_with_the_published_report_that_shows_it(editor, unit):
    url = send(editor, jpeg(1200, 800)).json()["url"]
    report = ReportFactory(unit=unit, body=f'<p><img src="{url}" alt="Đường hoa"></p>')
    assert not opens(Client(), url)

    report.status, report.published_at = "published", report.created_at
    report.save()

    assert opens(Client(), url)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "Tệp này không phải là ảnh"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "Không nhận ảnh SVG"),
        (b"<html><script>alert(1)</script></html>", "không phải là ảnh"),
        (jpeg(800, 600)[:5000], "không phải là ảnh, hoặc ảnh đã hỏng"),
        (png_of(8200, 5000), "tối đa 40 triệu điểm"),
        (b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00", "HEIC"),
    ],
)
def test_what_is_no_honest_picture_is_refused_with_the_cure(editor, settings, content, words):
    response = send(editor, content)

    assert response.status_code == 400
    answer = response.json()
    assert answer["uploaded"] == 0
    assert words in answer["error"]["message"]
    assert not BodyPicture.objects.exists()
    assert list(settings.MEDIA_ROOT.rglob("*.*")) == []


def test_of_a_gif_with_a_script_behind_it_only_pixels_remain(editor, settings):
    assert send(editor, gif_polyglot(), "anh.html").json()["uploaded"] == 1

    stored = list(settings.MEDIA_ROOT.rglob("*.*"))
    assert {path.suffix for path in stored} == {".jpg", ".webp"}
    assert not any(b"<script" in path.read_bytes() for path in stored)


@pytest.mark.parametrize("role", ["approver", "unit_admin", "desk", "nobody"])
def test_whoever_may_not_write_may_not_upload(seat, unit, role):
    assert send(seat(role, unit), jpeg(8, 8)).status_code == 403
    assert not BodyPicture.objects.exists()


@pytest.mark.parametrize("role", ["contributor", "editor", "superuser"])
def test_whoever_may_write_may_upload(seat, unit, role):
    assert send(seat(role, unit), jpeg(8, 8)).status_code == 200


def test_strangers_meet_the_login_page(client):
    response = send(client, jpeg(8, 8))

    assert response.status_code == 302
    assert response.url.startswith("/quan-tri/login/")
    assert not BodyPicture.objects.exists()


def test_the_door_opens_by_post_with_a_token_only(editor, unit):
    assert editor.get(DOOR).status_code == 405
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(editor.user)

    assert send(strict, jpeg(8, 8)).status_code == 403
    assert not BodyPicture.objects.exists()


def test_no_upload_address_of_the_editors_own_package_is_wired(editor):
    for address in ("/ckeditor/upload/", "/ckeditor/browse/", "/quan-tri/ckeditor/upload/"):
        assert editor.get(address).status_code == 404
