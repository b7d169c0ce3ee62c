"""`check --deploy` refuses what a real installation must not do, and passes one that is right."""

import pytest
from django.contrib.auth import get_user_model
from django.core.checks import Tags, run_checks

from portal.models import SiteProfile
from reports.demo.accounts import USERNAMES

pytestmark = pytest.mark.django_db

LONG_SECRET = "x7" * 40


@pytest.fixture
def right_house(settings):
    """An installation as it should be."""
    settings.DEMO = False
    settings.SITE_URL = "https://danvan.vi-du.example"
    settings.SITE_HOST = "danvan.vi-du.example"
    settings.SITE_IS_HTTPS = True
    settings.SECRET_KEY = LONG_SECRET
    SiteProfile.objects.create(
        managing_body="Ban Tuyên giáo và Dân vận",
        address="Số 1, đường Bến Sông",
        phone="0299 000 0000",
        email="ban@vi-du.example",
        responsible_person="Trưởng ban biên tập",
    )
    return settings


def portal_problems():
    found = run_checks(tags=[Tags.security], include_deployment_checks=True)
    return sorted(problem.id for problem in found if problem.id.startswith("portal."))


def test_a_right_installation_has_no_problem(right_house):
    assert portal_problems() == []


def test_demo_mode_is_refused(right_house):
    right_house.DEMO = True

    assert portal_problems() == ["portal.E001"]


@pytest.mark.parametrize("username", USERNAMES)
def test_an_open_demo_login_is_refused_and_a_closed_one_is_not(right_house, username):
    user = get_user_model().objects.create_user(username, password="mat-khau-khac-han")

    assert portal_problems() == ["portal.E002"]

    user.is_active = False
    user.save()

    assert portal_problems() == []


def test_an_ordinary_login_is_no_problem(right_house):
    get_user_model().objects.create_user("nguyen-thi-lan", password="mat-khau-khac-han")

    assert portal_problems() == []


@pytest.mark.parametrize(
    ("url", "host", "https", "problem"),
    [
        ("http://127.0.0.1:8000", "127.0.0.1", False, "portal.E003"),
        ("http://localhost", "localhost", False, "portal.E003"),
        ("", "", False, "portal.E003"),
        ("http://danvan.vi-du.example", "danvan.vi-du.example", False, "portal.E004"),
    ],
)
def test_an_address_readers_cannot_use_is_refused(right_house, url, host, https, problem):
    right_house.SITE_URL, right_house.SITE_HOST, right_house.SITE_IS_HTTPS = url, host, https

    assert portal_problems() == [problem]


@pytest.mark.parametrize("secret", ["ngan", "only-for-development" + "x" * 60])
def test_a_weak_secret_is_refused(right_house, secret):
    right_house.SECRET_KEY = secret

    assert portal_problems() == ["portal.E005"]


def test_a_site_that_does_not_say_who_runs_it_is_warned_of(right_house):
    profile = SiteProfile.objects.get()
    profile.phone = ""
    profile.save()

    (warning,) = [
        found
        for found in run_checks(tags=[Tags.security], include_deployment_checks=True)
        if found.id == "portal.W001"
    ]
    assert warning.msg == "Cuối trang còn thiếu: điện thoại."
