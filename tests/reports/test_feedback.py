"""`/gop-y/`: what a reader says is received, kept private, answered in time and forgotten."""

import re
from datetime import date, datetime, timedelta
from urllib.parse import quote

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from reports.feedback import receive, record_answer
from reports.models import Feedback, FeedbackKind, FeedbackStatus, Quota
from reports.models.voices import CODE_LENGTH, CODE_SIGNS, new_code, read_code
from tests.factories import ReportFactory, UserFactory

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 7, 2, 9, 30, tzinfo=timezone.get_default_timezone())
SENT = {"kind": "bao-loi", "text": "Đoạn 3 ghi 46, đúng là 64."}


def send(client, data=None, about=None, **headers):
    address = reverse("reports:feedback") + (f"?bai={about}" if about else "")
    return client.post(address, SENT | (data or {}), headers=headers or None)


def status_page(client, feedback):
    return client.get(feedback.get_absolute_url())


# --- sending -----------------------------------------------------------------------------------------


def test_a_message_is_received_with_a_code_and_a_day(client):
    response = send(client, {"name": "Trần Văn Đông", "contact": "0299 000 0000"})

    stored = Feedback.objects.get()
    assert response.status_code == 302
    assert response.headers["Location"] == f"{stored.get_absolute_url()}?moi=1"
    assert (stored.kind, stored.text, stored.status) == ("bao-loi", SENT["text"], "received")
    assert stored.due_on == timezone.localdate(stored.received_at) + timedelta(days=15)
    assert [step.status for step in stored.steps.all()] == ["received"]
    page = client.get(response.headers["Location"]).content.decode()
    assert stored.spoken_code in page


def test_neither_form_nor_status_sets_a_cookie_or_is_kept(client):
    send(client)
    for address in (reverse("reports:feedback"), Feedback.objects.get().get_absolute_url()):
        response = client.get(address)
        assert response.status_code == 200
        assert not response.cookies
        assert "no-store" in response.headers["Cache-Control"]
        assert response.headers["X-Robots-Tag"] == "noindex, nofollow"
        assert '<meta name="robots" content="noindex">' in response.content.decode()


def test_a_message_about_a_report_keeps_which(client):
    report = ReportFactory(published=True, title="Phú Hòa bắc cầu")

    page = client.get(f"{reverse('reports:feedback')}?bai={report.pk}").content.decode()
    send(client, about=report.pk)

    assert "Phú Hòa bắc cầu" in page
    assert Feedback.objects.get().report == report


@pytest.mark.parametrize("state", ["draft", "scheduled"])
def test_a_report_nobody_could_read_is_not_named_and_not_kept(client, state):
    report = ReportFactory(title="Tít chưa ai đọc", **({state: True} if state != "draft" else {}))

    page = client.get(f"{reverse('reports:feedback')}?bai={report.pk}").content.decode()
    send(client, about=report.pk)

    assert "Tít chưa ai đọc" not in page
    assert Feedback.objects.get().report is None


def test_a_withdrawn_report_may_be_asked_about_without_its_title(client):
    report = ReportFactory(withdrawn=True, title="Tít đã gỡ")

    page = client.get(f"{reverse('reports:feedback')}?bai={report.pk}").content.decode()
    send(client, about=report.pk)

    assert "Tít đã gỡ" not in page
    stored = Feedback.objects.get()
    assert stored.report == report
    assert "Tít đã gỡ" not in status_page(client, stored).content.decode()


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"text": ""}, "Hãy viết điều bạn muốn nói."),
        ({"text": " \u200b\x00 "}, "Hãy viết điều bạn muốn nói."),
        ({"text": "x" * 4001}, "Dài quá 4.000 chữ cái."),
        ({"kind": ""}, "Hãy chọn một việc."),
        ({"kind": "xyz"}, "Hãy chọn một trong các việc dưới đây."),
        ({"contact": "gọi tôi"}, "Chưa giống địa chỉ thư hoặc số điện thoại."),
        ({"name": "n" * 101}, "Họ tên dài quá 100 chữ cái."),
        ({"nickname": "bot"}, "Hãy xóa chữ trong ô rồi gửi lại."),
    ],
)
def test_a_mistake_is_told_at_its_field_and_nothing_typed_is_lost(client, wrong, told):
    typed = SENT | {"name": "Trần Văn Đông", "text": "Chữ tôi đã gõ"} | wrong

    response = send(client, typed)

    page = response.content.decode()
    assert response.status_code == 400
    assert told in page
    assert typed["name"] in page
    assert "Chữ tôi đã gõ" in page or "text" in wrong
    assert Feedback.objects.count() == 0


def test_four_thousand_letters_are_not_too_many(client):
    send(client, {"text": "ư" * 3999 + "\r\n"})

    assert len(Feedback.objects.get().text) == 3999


@pytest.mark.parametrize("contact", ["a@b.vn", "0299 000 0000", "+84 299 000 0000"])
def test_an_address_or_a_number_is_a_contact(client, contact):
    send(client, {"contact": contact})

    assert Feedback.objects.get().contact == contact


@given(st.text(max_size=300))
def test_no_text_breaks_the_form(text):
    from django.test import Client

    Quota.objects.all().delete()
    before = Feedback.objects.count()

    response = Client().post(reverse("reports:feedback"), SENT | {"text": text, "name": text[:90]})

    assert response.status_code in (302, 400)
    assert Feedback.objects.count() - before == (response.status_code == 302)


# --- where it comes from ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    "headers",
    [
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"origin": "https://noi-khac.example"},
        {"origin": "null"},
        {"referer": "https://noi-khac.example/trang"},
        {"origin": "https://[hong"},
    ],
)
def test_a_form_sent_from_another_site_is_refused_with_its_text(client, headers):
    response = send(client, {"text": "Chữ tôi đã gõ"}, **headers)

    assert response.status_code == 403
    assert "Chữ tôi đã gõ" in response.content.decode()
    assert Feedback.objects.count() == 0


@pytest.mark.parametrize(
    "headers",
    [
        {"sec-fetch-site": "same-origin", "origin": "http://testserver"},
        {"origin": "http://testserver"},
        {"origin": "http://127.0.0.1:8000"},
        {"referer": "http://testserver/gop-y/"},
        {},
    ],
)
def test_a_form_sent_from_our_page_is_received_without_any_token(client, headers):
    from django.test import Client

    strict = Client(enforce_csrf_checks=True)

    assert send(strict, **headers).status_code == 302


# --- how often --------------------------------------------------------------------------------------


def test_of_fifty_messages_in_a_minute_five_are_received(client):
    answers = [send(client, {"text": f"Ý kiến {n}"}) for n in range(50)]

    statuses = [answer.status_code for answer in answers]
    assert statuses == [302] * 5 + [429] * 45
    assert Feedback.objects.count() == 5
    last = answers[-1]
    assert "Ý kiến 49" in last.content.decode()
    assert 1 <= int(last.headers["Retry-After"]) <= 3600
    assert not last.cookies


def test_others_are_not_held_up_by_one_who_floods(client):
    for n in range(10):
        send(client, {"text": f"Ý kiến {n}"})

    assert (
        client.post(reverse("reports:feedback"), SENT, REMOTE_ADDR="192.0.2.7").status_code == 302
    )


def test_all_together_have_a_limit_too(client):
    statuses = [
        client.post(
            reverse("reports:feedback"), SENT, REMOTE_ADDR=f"192.0.{n // 200}.{n % 200 + 1}"
        ).status_code
        for n in range(62)
    ]

    # A minute may turn over while they come in.
    assert statuses[:60] == [302] * 60
    assert 429 in statuses[60:] or Feedback.objects.count() == 62


def test_a_mistake_does_not_use_up_the_quota(client):
    for _ in range(9):
        assert send(client, {"text": ""}).status_code == 400

    assert send(client).status_code == 302


def test_no_address_is_stored_anywhere(client):
    client.post(reverse("reports:feedback"), SENT, REMOTE_ADDR="198.51.100.23")

    stored = [str(vars(row)) for model in (Feedback, Quota) for row in model.objects.all()]
    assert len(stored) >= 3
    assert not [row for row in stored if "198.51.100" in row]


def test_behind_a_proxy_the_visitor_counts_not_the_proxy(client, settings):
    settings.AXES_IPWARE_PROXY_COUNT = 0
    settings.AXES_IPWARE_META_PRECEDENCE_ORDER = ["HTTP_X_FORWARDED_FOR"]
    statuses = [
        client.post(
            reverse("reports:feedback"), SENT, REMOTE_ADDR="10.0.0.1",
            headers={"x-forwarded-for": f"192.0.2.{n + 1}"},
        ).status_code
        for n in range(8)
    ]  # fmt: skip

    assert statuses == [302] * 8


# --- following -----------------------------------------------------------------------------------------


def test_codes_are_long_random_and_read_back_however_they_are_typed():
    codes = {new_code() for _ in range(500)}

    assert len(codes) == 500
    for code in codes:
        assert len(code) == CODE_LENGTH
        assert set(code) <= set(CODE_SIGNS)
        spoken = Feedback(code=code).spoken_code
        for typed in (
            spoken,
            spoken.lower(),
            f" {code[:5]} {code[5:]}. ",
            spoken.replace("-", "–"),
        ):
            assert read_code(typed) == code


@given(st.text(max_size=40))
def test_what_is_no_code_finds_nothing(text):
    code = read_code(text)

    assert code is None or (len(code) == CODE_LENGTH and set(code) <= set(CODE_SIGNS))


def test_the_code_typed_into_the_form_leads_to_the_status(client):
    stored = receive(now=NOW, **SENT)

    response = client.get(reverse("reports:feedback"), {"ma": stored.spoken_code.lower()})

    assert response.headers["Location"] == stored.get_absolute_url()


@pytest.mark.parametrize("code", ["AAAAAAAAAA", "khong-co", "a" * 300, "%00", "..", "<b>x</b>"])
def test_an_unknown_code_is_told_in_vietnamese(client, code):
    response = client.get(f"/gop-y/{quote(code)}/")
    assert response.status_code in (400, 404)
    assert "<b>x" not in response.content.decode()

    typed = client.get(reverse("reports:feedback"), {"ma": code})
    assert typed.status_code in (200, 302)


def test_the_status_shows_kind_days_state_and_answer_and_nothing_else_that_was_sent(client):
    report = ReportFactory(published=True)
    stored = receive(
        now=NOW, report=report, kind=FeedbackKind.CORRECTION, text="chimyen1", name="chimyen2",
        contact="chimyen3@thu.example",
    )  # fmt: skip
    waiting = status_page(client, stored).content.decode()
    stored.status, stored.answer = FeedbackStatus.CORRECTED, "Đã sửa thành 64."
    record_answer(stored, by=UserFactory(username="nguoi-duyet"), now=NOW + timedelta(days=2))
    closed = status_page(client, stored).content.decode()

    assert "Đề nghị đính chính" in waiting
    assert "17/07/2026" in waiting
    assert "Đã sửa thành 64." in closed
    assert re.findall(r"<strong>([^<]+)</strong> <span class=\"soft\"><time datetime=\"(\S{10})", closed) == [
        ("Đã nhận", "2026-07-02"), ("Đã đính chính", "2026-07-04"),
    ]  # fmt: skip
    for page in (waiting, closed):
        assert "chimyen" not in page
        assert "nguoi-duyet" not in page


def test_what_was_sent_shows_at_no_public_door(client):
    report = ReportFactory(published=True, title="Bài có ý kiến")
    send(
        client,
        {"text": "chimyen1 trong bài", "name": "chimyen2", "contact": "chimyen3@thu.example"},
        about=report.pk,
    )
    code = Feedback.objects.get().spoken_code
    doors = [
        reverse("home"), reverse("reports:list"), f"{reverse('reports:list')}?q=chimyen1",
        f"{reverse('search')}?q=chimyen1", report.get_absolute_url(), report.unit.get_absolute_url(),
        reverse("reports:feed"), reverse("reports:sitemap"),
        reverse("reports:sitemap_part", args=["trang"]), reverse("reports:sitemap_part", args=["bai-1"]),
        reverse("site_map"), reverse("robots"), reverse("contact"), reverse("reports:feedback"),
        f"{reverse('reports:feedback')}?bai={report.pk}", Feedback.objects.get().get_absolute_url(),
    ]  # fmt: skip

    for door in doors:
        page = client.get(door).content.decode()
        for echo in ("“chimyen1”", "q=chimyen1", 'value="chimyen1"'):
            page = page.replace(echo, "")
        assert "chimyen" not in page, door
        assert code not in page or door.startswith("/gop-y/"), door


# --- the clock and the end -----------------------------------------------------------------------------


@given(st.dates(date(2026, 1, 1), date(2027, 12, 31)), st.integers(-30, 30))
def test_every_open_message_is_on_time_soon_due_or_overdue_once(received_on, days):
    today = received_on + timedelta(days=15 + days)
    with transaction.atomic():
        stored = receive(now=NOW.replace(year=received_on.year, month=received_on.month,
                                         day=received_on.day), **SENT)  # fmt: skip
        mine = Feedback.objects.filter(pk=stored.pk)
        groups = [mine.overdue(today).exists(), mine.due_soon(today).exists()]
        assert groups == [days > 0, -3 <= days <= 0]
        words = stored.clock_words(today)
        expected = (
            "hạn hôm nay" if days == 0 else f"{'quá hạn' if days > 0 else 'còn'} {abs(days)} ngày"
        )
        assert words == expected
        stored.delete()


def test_nothing_is_closed_without_an_answer(client):
    stored = receive(now=NOW, **SENT)

    with pytest.raises(IntegrityError, match="feedback_closed_with_answer"), transaction.atomic():
        Feedback.objects.filter(pk=stored.pk).update(status="answered")


def test_long_after_the_answer_the_sender_is_forgotten_and_the_answer_stays(capsys):
    def answered(at):
        stored = receive(now=at, name="Trần Văn Đông", contact="a@b.vn", **SENT)
        stored.status, stored.answer = "answered", "Cảm ơn bạn."
        record_answer(stored, by=None, now=at)
        return stored

    now = timezone.now()
    old, new = answered(now - timedelta(days=400)), answered(now - timedelta(days=10))
    waiting = receive(now=now - timedelta(days=400), name="Chưa ai trả lời", **SENT)

    call_command("forget_feedback", "--older-than", "365")
    call_command("forget_feedback")

    for feedback in (old, new, waiting):
        feedback.refresh_from_db()
    assert (old.name, old.contact, old.answer) == ("", "", "Cảm ơn bạn.")
    assert old.forgotten_at is not None
    assert (new.name, waiting.name) == ("Trần Văn Đông", "Chưa ai trả lời")
    said = capsys.readouterr().out.splitlines()
    assert said == ["Đã xóa thông tin cá nhân ở 1 ý kiến.", "Đã xóa thông tin cá nhân ở 0 ý kiến."]
