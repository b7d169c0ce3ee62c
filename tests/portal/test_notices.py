"""A notice stands on every public page between its moments, costs nothing, and goes by itself."""

from datetime import datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from portal.models import Notice, SiteProfile, frame
from portal.moments import next_change
from tests.factories import ReportFactory, UserFactory

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)
WORDS = "Cổng tạm dừng để nâng cấp máy chủ."


def notice(show_from=-1, starts=2, ends=5, **fields):
    """A notice whose moments are so many hours from now."""
    now = timezone.now()
    return Notice.objects.create(
        text=fields.pop("text", WORDS), show_from=now + show_from * HOUR,
        starts_at=now + starts * HOUR, ends_at=now + ends * HOUR, **fields,
    )  # fmt: skip


def pages(client):
    report = ReportFactory(published=True)
    names = (
        "home about contact accessibility site_map reports:list reports:events units:tree search"
    )
    return [
        *map(reverse, names.split()), report.get_absolute_url(), reverse("reports:feedback"),
    ]  # fmt: skip


def test_it_stands_on_every_public_page_without_a_script(client):
    notice(text="Tạm dừng <b>đêm</b> nay")

    for address in pages(client):
        page = client.get(address).content.decode()
        assert "Tạm dừng &lt;b&gt;đêm&lt;/b&gt; nay" in page, address
    assert "Tạm dừng &lt;b&gt;đêm" in client.get("/khong-co/").content.decode()


@pytest.mark.parametrize(
    ("show_from", "starts", "ends", "is_shown"),
    [(-1, 2, 5, True), (-9, -2, 5, True), (1, 2, 5, False), (-9, -5, -1, False)],
)
def test_it_appears_and_goes_by_the_clock(client, show_from, starts, ends, is_shown):
    notice(show_from, starts, ends)

    assert (WORDS in client.get(reverse("about")).content.decode()) == is_shown


def test_to_the_second():
    told = notice(-1, 2, 5)

    for at, shown in (
        (told.show_from - timedelta(microseconds=1), []),
        (told.show_from, [told]),
        (told.ends_at - timedelta(microseconds=1), [told]),
        (told.ends_at, []),
    ):
        assert Notice.shown(at) == shown


def test_several_stand_in_the_order_they_begin(client):
    later, sooner = notice(starts=3, text="Sau"), notice(starts=1, text="Trước")

    assert Notice.shown(timezone.now()) == [sooner, later]


def test_the_frame_of_a_page_is_one_query_and_then_none(client, django_assert_num_queries):
    for count in (0, 1, 5):
        for _ in range(count):
            notice()
        with django_assert_num_queries(1):
            client.get(reverse("about"))
        with django_assert_num_queries(0):
            client.get(reverse("about"))


def test_a_change_is_seen_at_once(client):
    told = notice()
    assert WORDS in client.get(reverse("about")).content.decode()

    told.text = "Lời khác."
    told.save()
    assert "Lời khác." in client.get(reverse("about")).content.decode()

    told.delete()
    assert "Lời khác." not in client.get(reverse("about")).content.decode()
    assert frame()[1] == []


def test_what_is_known_of_the_site_does_not_depend_on_notices(client):
    assert SiteProfile.current().pk is None
    notice()
    SiteProfile.objects.update(phone="0299 000 0000")
    Notice.objects.all().delete()
    from django.core.cache import cache

    cache.clear()
    assert SiteProfile.current().phone == "0299 000 0000"


def test_kept_pages_are_drawn_anew_when_it_appears_and_when_it_is_over():
    now = timezone.now()
    told = notice(0.001, 0.002, 0.003)

    assert next_change(now) == told.show_from
    assert next_change(told.show_from) == told.ends_at
    assert next_change(told.ends_at) > told.ends_at


# --- the back office -----------------------------------------------------------------------------------------


@pytest.fixture
def office():
    client = Client()
    client.force_login(UserFactory(is_superuser=True))
    return client


def typed(**moments):
    form = {"level": "downtime", "text": WORDS}
    for name, at in moments.items():
        local = timezone.localtime(at)
        form |= {f"{name}_0": f"{local:%d/%m/%Y}", f"{name}_1": f"{local:%H:%M}"}
    return form


def warnings_of(office, **form):
    response = office.post(reverse("admin:portal_notice_add"), form, follow=True)
    return [str(message) for message in response.context["messages"] if message.tags == "warning"]


def test_downtime_told_too_late_is_warned_of_and_still_saved(office):
    now = timezone.now()
    soon = typed(show_from=now, starts_at=now + 48 * HOUR, ends_at=now + 50 * HOUR)
    far = typed(show_from=now, starts_at=now + 24 * 20 * HOUR, ends_at=now + 24 * 20 * HOUR + HOUR)

    assert "ngày làm việc" in warnings_of(office, **soon)[0]
    assert warnings_of(office, **far) == []
    assert warnings_of(office, **(soon | {"level": "incident"})) == []
    assert Notice.objects.count() == 3


@pytest.mark.parametrize(
    ("announced", "starts", "days"),
    [
        # 2 July 2026 is a Thursday.
        ("2026-07-02T09:00", "2026-07-14T22:00", 7),
        ("2026-07-02T09:00", "2026-07-13T22:00", 6),
        ("2026-07-03T09:00", "2026-07-06T22:00", 0),
        ("2026-07-02T09:00", "2026-07-02T22:00", 0),
        ("2026-07-20T09:00", "2026-07-02T22:00", 0),
    ],
)
def test_working_days_leave_out_weekends(announced, starts, days):
    zone = timezone.get_default_timezone()
    announced, starts = (
        datetime.fromisoformat(day).replace(tzinfo=zone) for day in (announced, starts)
    )
    told = Notice(text=WORDS, show_from=announced, starts_at=starts, ends_at=starts + HOUR)

    assert told.working_days_notice(announced) == days


def test_backwards_is_told_at_the_form_and_refused_by_the_database(office):
    now = timezone.now()
    backwards = typed(show_from=now, starts_at=now + 50 * HOUR, ends_at=now + 48 * HOUR)

    page = office.post(reverse("admin:portal_notice_add"), backwards).content.decode()

    assert "Lúc kết thúc phải sau lúc bắt đầu." in page
    with pytest.raises(IntegrityError, match="notice_runs_forward"), transaction.atomic():
        notice(-1, 5, 2)


def test_only_system_administrators_announce(client):
    client.force_login(UserFactory())

    assert client.get(reverse("admin:portal_notice_add")).status_code == 403
    assert client.get(reverse("admin:portal_notice_changelist")).status_code == 403
