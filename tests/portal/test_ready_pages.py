"""Our own pages, kept ready: a change is seen at once, an hour is met to the second."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from portal import renewal
from portal.models import Notice, SiteProfile
from portal.moments import next_change
from reports.models import Report, ReportStatus
from tests.factories import EventFactory, ReportFactory, TopicFactory
from tests.portal.asking import Answer
from units import registry


def shows(site, path, words):
    answer = Answer(site, path)
    assert answer.status == 200
    return words in answer.body.decode()


def test_a_publication_and_a_withdrawal_are_seen_at_once(site, clock, committed):
    assert not shows(site, "/tin/", "Cầu mới")
    with committed():
        report = ReportFactory(
            published=True,
            title="Cầu mới",
            published_at=datetime.fromtimestamp(clock.now - 60, UTC),
        )
    assert shows(site, "/tin/", "Cầu mới")
    assert Answer(site, report.get_absolute_url()).status == 200

    with committed():
        Report.objects.filter(pk=report.pk).update(
            status=ReportStatus.WITHDRAWN, withdrawn_at=timezone.now(), withdrawn_reason="Sai"
        )

    assert not shows(site, "/tin/", "Cầu mới")
    assert Answer(site, report.get_absolute_url()).status == 410


def test_what_is_rolled_back_renews_nothing(site, generation, clock, committed):
    before = generation.current()
    with committed():
        try:
            with transaction.atomic():
                ReportFactory(published=True)
                raise RuntimeError
        except RuntimeError:
            pass
    assert generation.current() == before

    with committed():
        ReportFactory(published=True)
    assert generation.current() != before


def test_a_transaction_of_many_writes_renews_once(site, generation, committed):
    with committed() as callbacks:
        ReportFactory.create_batch(3, published=True)

    assert len(callbacks) == 1
    assert generation.path.read_bytes() == b"."


def test_a_topic_put_on_a_report_is_seen_at_once(site, generation, clock, committed):
    """Many-to-many rows are written in another way on SQLite."""
    hour = datetime.fromtimestamp(clock.now - 60, UTC)
    report = ReportFactory(published=True, title="Cầu mới", published_at=hour)
    topic = TopicFactory(name="Hạ tầng")
    assert not shows(site, topic.get_absolute_url(), "Cầu mới")

    with committed():
        report.topics.add(topic)
    assert shows(site, topic.get_absolute_url(), "Cầu mới")

    with committed():
        report.topics.remove(topic)
    assert not shows(site, topic.get_absolute_url(), "Cầu mới")


def test_a_store_that_is_away_breaks_no_page(site, monkeypatch, client):
    class Away:
        def current(self):
            raise ConnectionError

    monkeypatch.setattr(renewal, "generation", Away)

    assert client.get("/gioi-thieu/").status_code == 200


def test_with_a_new_generation_a_process_asks_for_new_names_at_once(db, monkeypatch):
    from portal.wsgi import forget
    from units.models import RegistryState

    before = registry.current()
    # As another process does: nothing here is told of it.
    RegistryState.objects.update_or_create(pk=1, defaults={"generation": "another"})
    assert registry.current() is before

    forget()

    assert registry.current() is not before
    registry.forget()


@pytest.mark.parametrize("cookie", ["csrftoken='\";", "csrftoken=x", "sessionid=x; csrftoken=y"])
def test_no_page_answers_a_broken_cookie_with_a_new_one(db, client, cookie):
    for path in ("/tin/", "/khong-co/", "/gop-y/", "/healthz", "/luot-xem/1/?anh=1"):
        answer = client.get(path, headers={"cookie": cookie})
        assert not answer.cookies
        assert "Cookie" not in answer.headers.get("Vary", "")


def test_sessions_and_views_renew_nothing(site, generation, client, django_user_model, committed):
    from reports.models import ViewCount

    report = ReportFactory(published=True)
    before = generation.current()
    with committed():
        ViewCount.add(report.pk, 3)
        client.force_login(django_user_model.objects.create_user("a"))

    assert generation.current() == before


@pytest.mark.parametrize("path", ["/tin/", "/", "/rss/", "/tin/?q=hen+gio"])
def test_a_scheduled_report_is_there_at_its_second_and_not_before(site, clock, path):
    hour = datetime.fromtimestamp(clock.now, UTC) + timedelta(seconds=30)
    ReportFactory(published=True, title="Bài hẹn giờ", published_at=hour)

    assert not shows(site, path, "Bài hẹn giờ")
    clock.now += 29.999
    assert not shows(site, path, "Bài hẹn giờ")
    clock.now = hour.timestamp()
    assert shows(site, path, "Bài hẹn giờ")


def test_a_notice_appears_and_goes_to_the_second(site, clock):
    now = datetime.fromtimestamp(clock.now, UTC)
    SiteProfile().save()
    Notice.objects.create(
        text="Nâng cấp máy chủ",
        show_from=now + timedelta(seconds=10),
        starts_at=now + timedelta(seconds=20),
        ends_at=now + timedelta(seconds=30),
    )
    shown = []
    for seconds in (0, 9.9, 10, 29.9, 30):
        clock.now = now.timestamp() + seconds
        shown.append(shows(site, "/gioi-thieu/", "Nâng cấp máy chủ"))

    assert shown == [False, False, True, True, False]


def test_a_day_that_begins_changes_the_pages(site, clock):
    # 23:59:30 here is 16:59:30 UTC.
    clock.now = datetime(2026, 6, 1, 16, 59, 30, tzinfo=UTC).timestamp()
    moment = datetime.fromtimestamp(clock.now, UTC)

    assert next_change(moment) == datetime(2026, 6, 1, 17, tzinfo=UTC)
    EventFactory(is_public=True, event_on=timezone.localdate())
    Answer(site, "/su-kien/")
    clock.now += 31

    assert next_change(timezone.now()) == datetime(2026, 6, 2, 17, tzinfo=UTC)


@pytest.mark.parametrize(
    "path", ["/", "/tin/", "/su-kien/", "/don-vi/", "/tim-kiem/?q=cau", "/rss/", "/tin/feed.json", "/du-lieu-mo/", "/lien-he/", "/tro-nang/", "/don-vi/?thoi=truoc", "/sitemap.xml", "/gioi-thieu/", "/so-do-trang/", "/su-kien/lich.ics"],
)  # fmt: skip
def test_every_public_page_can_be_kept(site, path):
    """No cookie, no Vary: a page that could not be kept would be drawn for each reader."""
    report = ReportFactory(published=True, event=EventFactory(is_public=True))
    for address in (path, report.get_absolute_url(), report.unit.get_absolute_url()):
        first = Answer(site, address)
        assert (first.status, "Set-Cookie" in first.headers) == (200, False)
        assert Answer(site, address, HTTP_IF_NONE_MATCH=first.headers["ETag"]).status == 304
