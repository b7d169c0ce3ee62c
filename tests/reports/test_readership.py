"""Lượt xem: readers count once the page is on a screen; robots, drafts and other sites never."""

import pytest
from django.urls import reverse
from django.utils import timezone

from reports import readership
from reports.models import ViewCount
from reports.readership import ViewsInHand, is_robot
from tests.factories import ReportFactory

PHONE = (
    "Mozilla/5.0 (Linux; Android 9; SM-J600G) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Version/4.0 Chrome/96.0.4664.104 Mobile Safari/537.36 Zalo android"
)
ROBOTS = (
    "",
    "Mozilla/5.0",
    "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
    "facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)",
    "Mozilla/5.0 (compatible; coccocbot-web/1.0; +http://help.coccoc.com/searchengine)",
    "Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; bingbot/2.0) Chrome/100.0 Safari/537.36",
    "curl/8.5.0 with a long enough name",
    "python-requests/2.32.3 and so on",
)


@pytest.fixture
def in_hand(monkeypatch):
    """What this process holds, empty, and written only when the test says so."""
    hand = ViewsInHand()
    monkeypatch.setattr(readership, "SECONDS_IN_HAND", 3600)
    monkeypatch.setattr("reports.reading_views.in_hand", hand)
    yield hand
    if hand._timer:
        hand._timer.cancel()


@pytest.fixture
def read(client, in_hand):
    def read(report, method="post", agent=PHONE, **headers):
        address = reverse("reports:read", args=[report.pk])
        return getattr(client, method)(address, headers={"user-agent": agent, **headers})

    return read


def stored(report):
    row = ViewCount.objects.filter(pk=report.pk).first()
    return row.count if row else None


@pytest.mark.django_db
def test_a_reader_counts_and_hears_the_new_number(read, in_hand):
    report = ReportFactory(published=True)
    ViewCount.add(report.pk, 98)  # brought along from the old portal

    answers = [read(report).json() for _ in range(2)]

    assert answers == [{"views": 99}, {"views": 100}]
    in_hand.write()
    assert stored(report) == 100


@pytest.mark.django_db
def test_views_are_written_in_one_transaction(read, in_hand, django_assert_max_num_queries):
    reports = ReportFactory.create_batch(3, published=True)
    for report in reports:
        ViewCount.add(report.pk)
        read(report)
        read(report)

    with django_assert_max_num_queries(6):  # savepoint, which reports, one update each, release
        in_hand.write()

    assert [stored(report) for report in reports] == [3, 3, 3]
    with django_assert_max_num_queries(0):
        in_hand.write()


@pytest.mark.django_db
def test_without_script_a_point_counts(read, in_hand):
    report = ReportFactory(published=True)

    answer = read(report, "get")

    assert (answer["Content-Type"], answer.content[:6]) == ("image/gif", b"GIF89a")
    in_hand.write()
    assert stored(report) == 1


@pytest.mark.django_db
@pytest.mark.parametrize("agent", ROBOTS)
def test_robots_do_not_read(read, in_hand, agent):
    report = ReportFactory(published=True)

    assert read(report, agent=agent).status_code == 200
    in_hand.write()
    assert stored(report) is None


def test_an_old_phone_is_no_robot():
    assert not is_robot(PHONE)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "headers",
    [
        {"sec-fetch-site": "cross-site"},
        {"origin": "https://khac.example"},
        {"sec-purpose": "prefetch;prerender"},
    ],
)
def test_other_sites_and_pages_drawn_ahead_do_not_count(read, in_hand, headers):
    report = ReportFactory(published=True)
    read(report, **headers)
    in_hand.write()

    assert stored(report) is None


@pytest.mark.django_db
def test_what_is_not_public_has_no_counter(read, in_hand):
    draft = ReportFactory()
    scheduled = ReportFactory(
        published=True, published_at=timezone.now() + timezone.timedelta(hours=1)
    )

    assert [read(report).status_code for report in (draft, scheduled)] == [404, 404]
    in_hand.write()
    assert ViewCount.objects.count() == 0


@pytest.mark.django_db
def test_no_answer_sets_a_cookie_or_is_kept(read):
    answer = read(ReportFactory(published=True))

    assert (dict(answer.cookies), answer["Cache-Control"]) == ({}, "no-store")


@pytest.mark.django_db
def test_other_methods_are_refused(read):
    assert read(ReportFactory(published=True), "delete").status_code == 405


@pytest.mark.django_db
def test_a_report_that_is_gone_takes_no_other_view_with_it(read, in_hand):
    gone, stays = ReportFactory.create_batch(2, published=True)
    read(gone)
    read(stays)
    gone.delete()

    in_hand.write()

    assert stored(stays) == 1


@pytest.mark.django_db(transaction=True)
def test_views_arrive_by_themselves(client, monkeypatch):
    hand = ViewsInHand()
    monkeypatch.setattr(readership, "SECONDS_IN_HAND", 0.05)
    report = ReportFactory(published=True)

    hand.add(report.pk)
    timer = hand._timer
    timer.join(20)

    assert stored(report) == 1
