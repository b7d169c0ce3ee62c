"""What readers wrote, at the newsroom's desk: who sees it, the clock, the answer, the history."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from reports.feedback import receive
from reports.models import Feedback, Usefulness
from tests.factories import ReportFactory, next_commune

pytestmark = pytest.mark.django_db

LIST = reverse("admin:reports_feedback_changelist")


def wrote(report=None, *, days_ago=0, **fields):
    at = timezone.now() - timedelta(days=days_ago)
    return receive(now=at, report=report, **{"kind": "bao-loi", "text": "Đoạn 3 sai.", **fields})


def page_of(feedback):
    return reverse("admin:reports_feedback_change", args=[feedback.pk])


def shown(client, query=""):
    response = client.get(LIST + query)
    return list(response.context["cl"].result_list) if response.status_code == 200 else None


def answer(client, feedback, **data):
    form = {"status": feedback.status, "answer": "", "seen_at": feedback.updated_at.isoformat()}
    return client.post(page_of(feedback), form | data)


# --- who sees what -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("role", "own", "whole_site"),
    [
        ("superuser", True, True),
        ("editor", True, False),
        ("approver", True, False),
        ("contributor", False, False),
        ("desk", False, False),
        ("unit_admin", False, False),
        ("nobody", False, False),
    ],
)
def test_messages_are_for_the_newsroom_of_the_unit(seat, unit, role, own, whole_site):
    about_own = wrote(ReportFactory(published=True, unit=unit))
    about_other = wrote(ReportFactory(published=True, unit=next_commune()))
    about_site = wrote()
    client = seat(role, unit)

    opens = {
        feedback: client.get(page_of(feedback)).status_code == 200
        for feedback in (about_own, about_other, about_site)
    }

    assert opens == {about_own: own, about_other: role == "superuser", about_site: whole_site}
    listed = shown(client)
    assert (set(listed) if listed is not None else set()) == {f for f, yes in opens.items() if yes}


def test_nobody_adds_or_invents_a_message(editor):
    assert editor.get(reverse("admin:reports_feedback_add")).status_code == 403


# --- what is shown ---------------------------------------------------------------------------------------


def test_markup_and_links_are_shown_as_the_letters_they_are(editor, unit):
    text = '<script>alert(1)</script>\n<a href="https://xau.example">bấm</a> https://xau.example'
    feedback = wrote(
        ReportFactory(published=True, unit=unit), text=text, name="<b>Tên</b>", contact="a@b.vn"
    )

    for address in (page_of(feedback), LIST, reverse("admin:index")):
        page = editor.get(address).content.decode()
        assert "<script>alert" not in page, address
        assert "<b>Tên" not in page, address
        assert 'href="https://xau.example' not in page, address
    page = editor.get(page_of(feedback)).content.decode()
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "&lt;b&gt;Tên&lt;/b&gt;, a@b.vn" in page


def test_the_clock_is_told_in_words_and_chooses_the_list(editor, unit):
    report = ReportFactory(published=True, unit=unit)
    fresh, soon, late = (wrote(report, days_ago=days) for days in (1, 13, 17))
    done = wrote(report, days_ago=30)
    answer(editor, done, status="answered", answer="Cảm ơn bạn.")

    page = editor.get(LIST).content.decode()

    for words in ("còn 14 ngày", "còn 2 ngày", "quá hạn 2 ngày"):
        assert words in page
    assert shown(editor, "?han=cho") == [late, soon, fresh]
    assert shown(editor, "?han=sap") == [soon]
    assert shown(editor, "?han=qua") == [late]
    assert shown(editor, "?han=xong") == [done]
    assert shown(editor, "?han=nhon") == [done, late, soon, fresh]


def test_the_start_page_counts_what_waits_most_urgent_first(editor, unit):
    report = ReportFactory(published=True, unit=unit)
    wrote(ReportFactory(published=True))
    late, fresh = wrote(report, days_ago=20), wrote(report)
    for number in range(5):
        wrote(report, text=f"Ý kiến {number}")

    response = editor.get(reverse("admin:index"))

    voices = response.context["voices"]
    assert voices["count"] == 7
    assert voices["rows"][:2] == [late, fresh]
    assert "quá hạn 5 ngày" in response.content.decode()


# --- answering -----------------------------------------------------------------------------------------------


def test_an_answer_closes_the_message_and_the_history_says_who(editor, unit, client):
    feedback = wrote(ReportFactory(published=True, unit=unit))
    answer(editor, feedback, status="reading")
    feedback.refresh_from_db()
    answer(editor, feedback, status="corrected", answer="Đã sửa. <b>Cảm ơn</b> bạn.")

    feedback.refresh_from_db()
    assert (feedback.status, feedback.closed_at is not None) == ("corrected", True)
    steps = [(step.status, step.by) for step in feedback.steps.order_by("pk")]
    assert steps == [("received", None), ("reading", editor.user), ("corrected", editor.user)]
    assert editor.user.username in editor.get(page_of(feedback)).content.decode()
    public = client.get(feedback.get_absolute_url()).content.decode()
    assert "&lt;b&gt;Cảm ơn&lt;/b&gt;" in public
    assert editor.user.username not in public


@pytest.mark.parametrize("status", ["answered", "corrected", "declined"])
def test_closing_without_an_answer_is_told_at_the_field(editor, unit, status):
    feedback = wrote(ReportFactory(published=True, unit=unit))

    response = answer(editor, feedback, status=status)

    assert "Hãy viết câu trả lời rồi mới khép lại ý kiến này." in response.content.decode()
    feedback.refresh_from_db()
    assert feedback.status == "received"


def test_two_colleagues_do_not_answer_over_each_other(editor, seat, unit):
    feedback = wrote(ReportFactory(published=True, unit=unit))
    answer(seat("approver", unit), feedback, status="answered", answer="Trả lời trước.")

    response = answer(editor, feedback, status="answered", answer="Trả lời sau.")

    page = response.content.decode()
    assert "Người khác vừa sửa ý kiến này." in page
    assert "Trả lời sau." in page
    feedback.refresh_from_db()
    assert feedback.answer == "Trả lời trước."


def test_who_may_correct_finds_the_way_from_the_message(seat, unit):
    report = ReportFactory(published=True, unit=unit)
    feedback = wrote(report)
    way = f"{reverse('admin:reports_report_change', args=[report.pk])}#viec-voi-bai"

    shown_to = {
        role: way in seat(role, unit).get(page_of(feedback)).content.decode()
        for role in ("editor", "approver")
    }

    assert shown_to == {"editor": False, "approver": True}


def test_the_sender_can_be_forgotten_by_a_button(editor, unit):
    feedback = wrote(ReportFactory(published=True, unit=unit), name="Chim Yến", contact="a@b.vn")
    forget = reverse("admin:reports_feedback_forget", args=[feedback.pk])

    assert editor.get(forget).status_code == 405
    assert editor.post(forget).status_code == 302

    page = editor.get(page_of(feedback)).content.decode()
    assert "Chim Yến" not in page
    assert "a@b.vn" not in page
    assert Feedback.objects.get().text == "Đoạn 3 sai."


def test_another_newsroom_cannot_forget_or_answer(seat, unit):
    feedback = wrote(ReportFactory(published=True, unit=unit), name="Chim Yến")
    stranger = seat("editor", next_commune())

    assert (
        stranger.post(reverse("admin:reports_feedback_forget", args=[feedback.pk])).status_code
        == 404
    )
    assert answer(stranger, feedback, status="answered", answer="x").status_code == 404
    feedback.refresh_from_db()
    assert (feedback.name, feedback.status) == ("Chim Yến", "received")


# --- useful or not ---------------------------------------------------------------------------------------------


def test_the_newsroom_reads_how_useful_a_report_was(editor, unit):
    report, quiet = (
        ReportFactory(published=True, unit=unit),
        ReportFactory(published=True, unit=unit),
    )
    for is_useful in (True, False, False, False):
        Usefulness.add(report.pk, is_useful)

    page = editor.get(reverse("admin:reports_report_change", args=[report.pk])).content.decode()
    little = editor.get(f"{reverse('admin:reports_report_changelist')}?co-ich=it")

    assert "1 có ích, 3 chưa" in page
    assert list(little.context["cl"].result_list) == [report]
    page = editor.get(reverse("admin:reports_report_change", args=[quiet.pk])).content.decode()
    assert "có ích" not in page
