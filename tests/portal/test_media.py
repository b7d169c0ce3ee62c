"""Uploaded files have one door, and it asks whether the report is published."""

import io
from datetime import timedelta

import pytest
from django.utils import timezone
from PIL import Image

from reports.models import BodyPicture, MemberRole
from reports.photos import check_picture
from tests.factories import MembershipFactory, PhotoFactory, ReportFactory, UserFactory
from tests.reports.test_pictures import jpeg

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(client):
    """Closes the files it was sent, as a server would."""
    answers, get = [], client.get

    def get_and_keep(*args, **kwargs):
        answers.append(get(*args, **kwargs))
        return answers[-1]

    client.get = get_and_keep
    yield client
    for answer in answers:
        answer.close()


@pytest.fixture(scope="module")
def checked():
    return check_picture(jpeg())


def stored(checked, picture):
    checked.store(picture)
    picture.save()
    return picture


def photo_of(report, checked):
    return stored(checked, PhotoFactory.build(report=report))


def test_a_published_photo_is_served_as_what_it_is(client, checked):
    photo = photo_of(ReportFactory(published=True), checked)

    response = client.get(photo.url("480.webp"))

    assert response.status_code == 200
    assert response.headers["Content-Type"] == "image/webp"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert "Set-Cookie" not in response.headers
    assert Image.open(io.BytesIO(response.getvalue())).size == (480, 320)


@pytest.mark.parametrize(
    "state",
    [{}, {"status": "submitted"}, {"status": "returned"}, {"scheduled": True}, {"withdrawn": True}],
)
@pytest.mark.parametrize("name", ["goc.jpg", "480.jpg", "480.webp", "960.webp"])
def test_no_photo_of_what_is_not_public_has_an_address(client, checked, state, name):
    photo = photo_of(ReportFactory(**state), checked)

    assert client.get(photo.url(name)).status_code == 404


def test_a_scheduled_photo_opens_at_its_moment(client, checked):
    report = ReportFactory(scheduled=True)
    photo = photo_of(report, checked)
    assert client.get(photo.url("480.jpg")).status_code == 404

    report.published_at = timezone.now() - timedelta(seconds=1)
    report.save()

    assert client.get(photo.url("480.jpg")).status_code == 200


def test_a_picture_in_the_text_is_public_with_its_report_only(client, checked):
    picture = stored(checked, BodyPicture())
    address = picture.url("960.jpg")
    report = ReportFactory(body=f'<p><img src="{address}" alt="Cây cầu"></p>')
    assert list(report.body_pictures.all()) == [picture]
    assert client.get(address).status_code == 404

    report.status, report.published_at = "published", timezone.now()
    report.save()
    assert client.get(address).status_code == 200

    report.body = "<p>Không còn ảnh.</p>"
    report.save()
    assert client.get(address).status_code == 404


def test_staff_see_what_they_may_open_and_no_cache_keeps_it(client, checked):
    report = ReportFactory()
    photo = photo_of(report, checked)
    editor = MembershipFactory(unit=report.unit, role=MemberRole.EDITOR).user
    client.force_login(editor)

    response = client.get(photo.url("480.jpg"))

    assert response.status_code == 200
    assert response.headers["Cache-Control"] == "private, no-store"
    client.force_login(MembershipFactory(role=MemberRole.EDITOR).user)
    assert client.get(photo.url("480.jpg")).status_code == 404
    client.force_login(UserFactory())
    assert client.get(photo.url("480.jpg")).status_code == 404


@pytest.mark.parametrize(
    "path",
    [
        "",
        "secret",
        "../portal/settings.py",
        "anh/aa/" + "b" * 32 + "/480.jpg",
        "anh/%00",
        "anh/aa/" + "a" * 32 + "/x.php",
    ],
)
def test_guessed_paths_open_nothing(client, path):
    assert client.get(f"/media/{path}").status_code in (400, 404)


def test_the_proxy_sends_the_bytes_when_it_can(client, checked, settings):
    settings.MEDIA_ACCEL_PREFIX = "/kho/"
    photo = photo_of(ReportFactory(published=True), checked)

    response = client.get(photo.url("480.jpg"))

    assert response.headers["X-Accel-Redirect"] == f"/kho/{photo.folder}/480.jpg"
    assert response.content == b""
