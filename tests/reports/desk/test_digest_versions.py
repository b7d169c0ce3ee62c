"""A digest made once, changed by many: every version is kept, told by its changes, and can be had again."""

from datetime import UTC, datetime

import pytest
from django.test import Client
from django.utils import timezone

from reports.desk.digest_versions import changes
from reports.models import Digest, DigestItem, Report, ReportStatus
from tests.factories import ReportFactory, UserFactory
from tests.reports.desk.conftest import at_the_desk
from tests.reports.desk.test_digests import COMMUNE, NEW, form_of, made, order_of, saved

pytestmark = pytest.mark.django_db
KEY = "a" * 32


@pytest.fixture
def reports(registry):
    at = datetime(2026, 7, 3, 1, tzinfo=UTC)
    return [
        ReportFactory(
            unit_id=COMMUNE, published=True, title=f"Tin số {n}", lead=f"Sapo {n}.", published_at=at
        )
        for n in (1, 2, 3)
    ]


def colleague(name="Người Kia"):
    client = Client()
    client.force_login(at_the_desk("t2-91", first_name=name))
    return client


def history(client, digest):
    """[(deed, what changed, who)] as the page tells it, the latest first."""
    page = client.get(f"/tong-hop/diem-tin/{digest.pk}/cac-ban/")
    return [
        (version.deed, words, version.saved_by.first_name)
        for version, words in page.context["told"]
    ]


def take_back(client, digest, number, version):
    data = {"so": number, "version": version}
    return client.post(f"/tong-hop/diem-tin/{digest.pk}/cac-ban/", data)


# --- made once ------------------------------------------------------------------------------------


def test_two_clicks_make_one_digest_and_lead_to_it(desk, reports):
    data = {"bai": [one.pk for one in reports], "chon": "ky=2026-07", "once_key": KEY}

    first, second = desk.post(NEW, data), desk.post(NEW, data)

    assert (first.status_code, first["Location"]) == (302, second["Location"])
    assert Digest.objects.count() == 1
    # Control: somebody who went back and ticked otherwise wants another; so does somebody else.
    desk.post(NEW, data | {"bai": [reports[0].pk]})
    colleague().post(NEW, data)
    assert Digest.objects.count() == 3


def test_the_form_has_a_key_of_its_own_each_time(desk, reports):
    keys = {desk.get(NEW, {"ky": "2026-07"}).context["once_key"] for _ in range(2)}

    assert [len(key) for key in keys] == [32, 32]


@pytest.mark.parametrize("key", ["", "\x00", "9" * 5000, "không phải khóa"])
def test_a_key_that_is_none_of_ours_counts_for_nothing(desk, reports, key):
    for _ in range(2):
        made(desk, reports, once_key=key)

    assert Digest.objects.count() == 2


def test_a_move_sent_twice_moves_once(desk, reports):
    digest = made(desk, reports)
    data = form_of(digest, xuong=reports[0].pk)

    answers = [desk.post(f"/tong-hop/diem-tin/{digest.pk}/", data) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [302, 302]
    assert order_of(digest) == [reports[at].pk for at in (1, 0, 2)]


def test_adding_what_is_there_disturbs_nobody(desk, reports):
    digest = made(desk, reports)

    answer = desk.post(NEW, {"bai": [reports[0].pk], "diem-tin": digest.pk}, follow=True)

    assert [str(one) for one in answer.context["messages"]] == ["Các bài ấy đã có trong điểm tin."]
    digest.refresh_from_db()
    assert digest.version == 1


# --- its versions ---------------------------------------------------------------------------------


def test_every_change_is_told_with_who_made_it(desk, reports):
    digest, other = made(desk, reports[:2]), colleague()
    saved(other, digest, title="Tên khác", len=reports[1].pk)
    other.post(NEW, {"bai": [reports[2].pk], "diem-tin": digest.pk})
    saved(other, digest, bo=reports[0].pk, **{f"chu-{reports[1].pk}": "Gọn."})
    # Saved without a change: no version more.
    saved(other, digest)

    assert history(other, digest) == [
        ("Sửa", "bỏ 1 bài; sửa lời 1 bài", "Người Kia"),
        ("Thêm bài", "thêm 1 bài", "Người Kia"),
        ("Sửa", "đổi tên; đổi thứ tự", "Người Kia"),
        ("Lập", "2 bài", digest.created_by.first_name),
    ]


def test_a_version_is_shown_and_can_be_had_again(desk, reports):
    digest = made(desk, reports)
    saved(desk, digest, **{f"chu-{reports[0].pk}": "Lời hay.", f"nhom-{reports[0].pk}": "Nhóm"})
    saved(colleague(), digest, title="Hỏng", bo=reports[0].pk)
    digest.refresh_from_db()

    page = desk.get(f"/tong-hop/diem-tin/{digest.pk}/cac-ban/?so=2")
    assert page.context["since"] == "đổi tên; bỏ 1 bài"
    assert "Lời hay." in page.content.decode()
    assert take_back(desk, digest, 2, digest.version).status_code == 302

    digest.refresh_from_db()
    item = digest.items.get(report=reports[0])
    assert (digest.title, item.text, item.group) == ("Điểm tin tháng 7/2026", "Lời hay.", "Nhóm")
    assert order_of(digest) == [report.pk for report in reports]
    # What was there before is a version, too.
    assert [words for _, words, _ in history(desk, digest)][:2] == [
        "đổi tên; thêm 1 bài", "đổi tên; bỏ 1 bài",
    ]  # fmt: skip
    assert take_back(desk, digest, 3, digest.version).status_code == 302


def test_what_is_public_no_more_does_not_come_back(desk, reports):
    digest = made(desk, reports)
    saved(desk, digest, **{f"chu-{reports[0].pk}": "Chữ riêng."})
    saved(desk, digest, bo=reports[0].pk)
    Report.objects.filter(pk=reports[0].pk).update(
        status=ReportStatus.WITHDRAWN, withdrawn_at=timezone.now(), withdrawn_reason="Trùng bài"
    )
    digest.refresh_from_db()

    page = desk.get(f"/tong-hop/diem-tin/{digest.pk}/cac-ban/?so=2")
    take_back(desk, digest, 2, digest.version)

    told = page.content.decode()
    assert ("Chữ riêng." in told, "1 bài của bản này không còn đăng" in told) == (False, True)
    assert order_of(digest) == [reports[1].pk, reports[2].pk]


def test_nobody_takes_a_version_back_over_a_colleagues_work(desk, reports):
    digest = made(desk, reports)
    saved(desk, digest, title="Hai")
    saved(colleague(), digest, title="Ba")

    answer = take_back(desk, digest, 1, 2)

    digest.refresh_from_db()
    assert (answer.status_code, digest.title) == (409, "Ba")
    assert "Người Kia vừa lưu điểm tin này" in answer.content.decode()
    # Whoever has seen that may; and twice is once.
    assert [take_back(desk, digest, 1, 3).status_code for _ in range(2)] == [302, 302]
    digest.refresh_from_db()
    assert (digest.title, digest.version) == ("Điểm tin tháng 7/2026", 4)


def test_a_digest_from_before_keeps_how_it_was(desk, reports):
    user = UserFactory(first_name="Người Lập")
    digest = Digest.objects.create(unit_id="t2-91", title="Xưa", created_by=user, updated_by=user)
    DigestItem.objects.create(digest=digest, report=reports[0], order=1)
    changed_at = digest.updated_at

    saved(desk, digest, title="Nay")

    first = digest.versions.get(number=1)
    assert (first.content["title"], first.saved_by, first.saved_at) == ("Xưa", user, changed_at)
    assert [words for _, words, _ in history(desk, digest)] == ["đổi tên", "1 bài"]


@pytest.mark.parametrize("number", ["99", "0", "-1", "\x00", "9" * 5000, ""])
def test_a_version_that_never_was_is_absent(desk, reports, number):
    digest = made(desk, reports)
    address = f"/tong-hop/diem-tin/{digest.pk}/cac-ban/"

    assert desk.get(address, {"so": number}).status_code == 404
    assert take_back(desk, digest, number, 1).status_code == 404


def test_looking_takes_nothing_back(desk, reports):
    digest = made(desk, reports)
    saved(desk, digest, title="Hai")

    desk.get(f"/tong-hop/diem-tin/{digest.pk}/cac-ban/", {"so": 1, "version": 2})

    digest.refresh_from_db()
    assert digest.title == "Hai"


def test_its_pages_cost_the_same_however_many_versions(
    desk, reports, django_assert_max_num_queries
):
    digest = made(desk, reports)
    for title in ("Hai", "Ba", "Bốn"):
        saved(desk, digest, title=title)

    for query in ("", "?so=1"):
        with django_assert_max_num_queries(16):
            desk.get(f"/tong-hop/diem-tin/{digest.pk}/cac-ban/{query}")


def test_what_changed_is_told_in_few_words():
    def content(*lines, **more):
        rows = [{"report": key, "group": group, "text": text} for key, group, text in lines]
        return {"title": "A", "intro": "", "period_start": None, "period_end": None} | {
            "lines": rows, **more,
        }  # fmt: skip

    before = content((1, "", None), (2, "", None), (3, "", "x"))

    assert changes(before, before) == ""
    assert changes(before, content((3, "", "x"), (1, "", None), (2, "", None))) == "đổi thứ tự"
    # Taking one out or putting one in is no other order.
    assert changes(before, content((1, "", None), (4, "", None), (3, "", "x"))) == (
        "thêm 1 bài; bỏ 1 bài"
    )
    assert changes(before, content((1, "N", None), (2, "", ""), (3, "", "y"), intro="Lời")) == (
        "sửa lời mở đầu; sửa lời 2 bài; sửa tên nhóm"
    )
    assert changes(before, before | {"period_start": "2026-07-01"}) == "đổi kỳ"
