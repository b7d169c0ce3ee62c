"""Promises: kept by their own desk, ticked off with proof, read by whoever has the ground today."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from reports.desk.promises import counts, found_in, of_selection, proofs_for, tick_off
from reports.desk.selection import Selection
from reports.models import Promise, PromiseState, Report, ReportStatus
from tests.factories import EventFactory, ReportFactory, UserFactory
from tests.reports.desk.conftest import at_the_desk

pytestmark = pytest.mark.django_db
AN_GIANG, THOAI_SON, TAY_PHU, NINH_BINH = "t2-91", "t2-30682", "t2-30691", "t2-37"
OLD_THOAI_SON = "t3-894"
DIVIDED, HALF = "t3-30355", "t2-30337"  # xã Phú Hội, of which An Phú got a part
LIST, FIND = "/tong-hop/nhiem-vu/", "/tong-hop/nhiem-vu/tim/"
BODY = (
    "<h2>Nhiệm vụ 6 tháng cuối năm 2026</h2><ul><li>Sửa tay vịn bến đò kênh E cho người già.</li>"
    "<li>Lập tổ báo mặn qua điện thoại cho ruộng lúa.</li></ul>"
)


def told(unit=THOAI_SON, body=BODY, on=date(2026, 7, 3), **fields):
    event = EventFactory(event_on=on, unit_id=unit)
    return ReportFactory(published=True, unit_id=unit, lead="", body=body, event=event, **fields)


def kept(unit=THOAI_SON, report=None, **fields):
    report = report or told(unit)
    fields = {
        "text": "Sửa tay vịn bến đò kênh E cho người già",
        "period_start": date(2026, 7, 1),
        "period_end": date(2026, 12, 31),
        **fields,
    }
    return Promise.objects.create(unit_id=unit, report=report, **fields)


def keeping(report, *texts, period="2026-H2"):
    data = {"bai": [report.pk]}
    for one in found_in([report])[report.pk]:
        data |= {f"{one.key}-text": one.text, f"{one.key}-period": period}
        if one.text.startswith(texts):
            data[f"{one.key}-keep"] = "on"
    return data


def sent(client, promise, deed, **typed):
    """The answer to a form of the promise's page as it stands now."""
    promise.refresh_from_db()
    typed = {f"{deed}-{name}": words for name, words in typed.items()}
    data = {"viec": deed, "version": promise.version, **typed}
    return client.post(f"{LIST}{promise.pk}/", data)


def browser(unit):
    client = Client()
    client.force_login(at_the_desk(unit))
    return client


# --- keeping --------------------------------------------------------------------------------------


def test_a_person_keeps_some_of_what_a_report_promises(desk):
    report = told()

    page = desk.get(FIND, {"don-vi": AN_GIANG})
    assert [len(forms) for _, forms in page.context["entries"]] == [2]
    assert Promise.objects.count() == 0
    desk.post(f"{FIND}?don-vi={AN_GIANG}", keeping(report, "Sửa"))

    (promise,) = Promise.objects.all()
    assert (promise.text, promise.unit_id, promise.report) == (
        "Sửa tay vịn bến đò kênh E cho người già", THOAI_SON, report,
    )  # fmt: skip
    assert promise.sentence == "Sửa tay vịn bến đò kênh E cho người già."
    assert promise.period_words == "6 tháng cuối năm 2026"
    # What is kept is not offered again; the other still is.
    (left,) = found_in([report])[report.pk]
    assert left.text.startswith("Lập tổ báo mặn")


def test_the_same_sentence_is_kept_once(desk):
    report = told()
    data = keeping(report, "Sửa")

    desk.post(FIND, data)
    desk.post(FIND, data)

    assert Promise.objects.count() == 1
    with (
        pytest.raises(IntegrityError, match=r"sentence_hash|promise_kept_once"),
        transaction.atomic(),
    ):
        kept(report=report, sentence="Sửa tay vịn bến đò kênh E cho người già.")


def test_nothing_typed_is_lost_when_a_period_or_a_text_is_wrong(desk):
    report = told()
    data = keeping(report, "Sửa", period="2026-H9")
    data = {name: ("\x00" if name.endswith("text") else value) for name, value in data.items()}

    response = desk.post(FIND, data)

    assert response.status_code == 400
    assert "Hãy chọn một kỳ trong danh sách" in response.content.decode()
    assert "Ghi nhiệm vụ, hoặc bỏ chọn" in response.content.decode()
    assert Promise.objects.count() == 0


def test_others_reports_are_neither_offered_nor_kept(desk):
    foreign = told(NINH_BINH)

    assert desk.get(FIND).context["entries"] == []
    desk.post(FIND, keeping(foreign, "Sửa"))
    assert Promise.objects.count() == 0
    # Control.
    browser(NINH_BINH).post(FIND, keeping(foreign, "Sửa"))
    assert Promise.objects.count() == 1


# --- the list -------------------------------------------------------------------------------------


def test_the_four_states_hold_every_promise_once():
    today, user = timezone.localdate(), UserFactory()
    period = {"period_start": today - timedelta(days=9), "period_end": today}
    late = {"period_start": today - timedelta(days=9), "period_end": today - timedelta(days=1)}
    cases = {
        "còn một ngày": (period, PromiseState.OPEN),
        "chưa định kỳ": ({"period_start": None, "period_end": None}, PromiseState.OPEN),
        "hết hạn hôm qua": (late, PromiseState.LATE),
        "làm trễ": ({**late, "done_on": today, "done_by": user}, PromiseState.DONE),
        "thôi": ({**late, "dropped_on": today, "dropped_reason": "gộp xã"}, PromiseState.DROPPED),
    }
    report = told()
    for text, (fields, _) in cases.items():
        kept(report=report, text=text, **fields)
    promises = Promise.objects.all()

    found = {one.text: state for state in PromiseState for one in promises.in_state(state, today)}
    assert found == {text: state for text, (_, state) in cases.items()}
    assert {one.text: one.state_on(today) for one in promises} == found
    assert counts(promises, today) == {
        PromiseState.OPEN: 2, PromiseState.LATE: 1, PromiseState.DONE: 1, PromiseState.DROPPED: 1,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("query", "texts"),
    [
        (f"don-vi={AN_GIANG}", {"a", "b", "c"}),
        (f"don-vi={THOAI_SON}", {"a", "c"}),
        (f"don-vi={AN_GIANG}&chi-don-vi=1", set()),
        ("", {"a", "b", "c", "d"}),
        # By its own period, not by the day it was told; without one it is in every period.
        (f"don-vi={AN_GIANG}&ky=2026-H2", {"a", "c"}),
        (f"don-vi={AN_GIANG}&ky=2026-H1", {"b", "c"}),
        (f"don-vi={AN_GIANG}&ky=2026-Q4", {"a", "c"}),
    ],
)
def test_the_list_follows_units_and_the_promises_own_days(query, texts):
    kept(text="a")
    kept(TAY_PHU, text="b", period_start=date(2026, 1, 1), period_end=date(2026, 6, 30))
    kept(text="c", period_start=None, period_end=None)
    kept(NINH_BINH, text="d")

    found = of_selection(Promise.objects.all(), Selection.of(query))

    assert {promise.text for promise in found} == texts


def test_promises_pass_on_with_the_ground(desk):
    own, old, foreign = kept(), kept(OLD_THOAI_SON), kept(NINH_BINH)

    assert {line[0] for line in desk.get(LIST).context["lines"]} == {own, old}
    # The district lies wholly in the province of today, whose desk goes on with its promises.
    assert desk.get(f"{LIST}{old.pk}/").context["is_own"] is True
    assert desk.get(f"{LIST}{foreign.pk}/").status_code == 404
    assert desk.get(f"{LIST}{foreign.pk + 1000}/").status_code == 404


def test_whoever_has_a_part_of_the_ground_only_reads():
    promise, half = kept(DIVIDED), Client()
    half.force_login(at_the_desk(HALF))

    assert half.get(f"{LIST}{promise.pk}/").context["is_own"] is False
    # What is only read cannot be changed, and says no more than what is absent.
    answer = sent(half, promise, "bo", reason="thôi")
    assert answer.status_code == 404
    promise.refresh_from_db()
    assert promise.dropped_on is None


def test_the_list_costs_the_same_however_long(desk):
    def cost(more):
        for _ in range(more):
            kept()
        with CaptureQueriesContext(connection) as queries:
            assert desk.get(LIST, {"don-vi": AN_GIANG, "ky": "2026"}).status_code == 200
        return len(queries)

    desk.get(LIST)  # what every first page of a process looks up
    assert cost(1) == cost(3)


# --- ticking off ----------------------------------------------------------------------------------


def test_sentences_of_later_reports_of_the_unit_are_offered_as_proof():
    promise = kept()
    done = "<p>Sáng nay trời đẹp. Bến đò kênh E đã có tay vịn cho người già bước xuống.</p>"
    shown = told(body=done, on=date(2026, 9, 1))
    told(body=done, on=date(2026, 6, 1))  # before it was promised
    told(TAY_PHU, body=done, on=date(2026, 9, 1))
    ReportFactory(unit_id=THOAI_SON, body=done)  # a draft
    told(body=BODY, on=date(2026, 9, 2))  # promised again

    assert [(one.report, one.sentence) for one in proofs_for(promise)] == [
        (shown, "Bến đò kênh E đã có tay vịn cho người già bước xuống.")
    ]


def test_a_promise_is_ticked_off_with_an_offered_sentence_and_opened_again(desk):
    promise = kept()
    shown = told(body="<p>Bến đò kênh E đã có tay vịn cho người già.</p>", on=date(2026, 9, 1))
    (proof,) = proofs_for(promise)

    sent(desk, promise, "xong", proof=proof.key)
    promise.refresh_from_db()
    assert (promise.done_report, promise.done_on) == (shown, date(2026, 9, 1))
    assert promise.done_sentence == "Bến đò kênh E đã có tay vịn cho người già."
    assert promise.state_on(date(2030, 1, 1)) == PromiseState.DONE
    sent(desk, promise, "mo-lai")
    promise.refresh_from_db()
    assert (promise.done_on, promise.done_report, promise.done_sentence) == (None, None, "")
    reasons = promise.history.order_by("history_id").values_list("history_change_reason", flat=True)
    assert list(reasons)[-2:] == ["Đã làm", "Mở lại"]


def test_proof_by_hand_must_stand_in_a_public_report(desk):
    promise, shown = kept(), told(TAY_PHU, body="<p>Tay vịn đã xong, bà Sáu thử trước.</p>")
    draft = ReportFactory(unit_id=THOAI_SON, body="<p>Tay vịn đã xong.</p>")

    def tick(report, sentence, day=""):
        how = {"proof": "khac", "report": report, "sentence": sentence, "done_on": day}
        return sent(desk, promise, "xong", **how)

    assert "Không có bài đã đăng" in tick(str(draft.pk), "Tay vịn đã xong").content.decode()
    assert "không có câu này" in tick(str(shown.pk), "Bà Tư thử trước").content.decode()
    assert "Chép câu" in tick(str(shown.pk), "").content.decode()
    assert "sau hôm nay" in tick(str(shown.pk), "Tay vịn đã xong", "01/01/2999").content.decode()
    for wrong in ("9" * 5_000, "x\x00y", "-0", "99999999999"):
        assert tick(wrong, "Tay vịn", "31/02/2026").status_code == 400
    address = f"https://cong.example{shown.get_absolute_url()}?x=1"
    assert tick(address, "Tay  vịn đã xong, bà Sáu thử trước", "20/07/2026").status_code == 302
    promise.refresh_from_db()
    assert (promise.done_report, promise.done_on) == (shown, date(2026, 7, 20))
    sent(desk, promise, "mo-lai")
    assert tick(f"https://cong.example/b/{shown.pk}/", "Tay vịn đã xong").status_code == 302


def test_of_reports_that_are_public_no_more_nothing_is_told(desk):
    promise = kept(report=told(title="Tít của bài hứa"), sentence="Câu hứa của bài")
    shown = told(title="Tít của bài làm", body="<p>Tay vịn đã xong.</p>", on=date(2026, 9, 1))
    tick_off(
        promise, report=shown, sentence="Tay vịn đã xong.", on=date(2026, 9, 1), by=UserFactory()
    )
    words = ("Tít của bài hứa", "Câu hứa của bài", "Tít của bài làm", "Tay vịn đã xong.")

    def told_by(path):
        page = desk.get(path).content.decode()
        return [each for each in words if each in page]

    here = f"{LIST}{promise.pk}/"
    assert (told_by(LIST), told_by(here)) == ([words[0], *words[2:]], list(words))
    later = timezone.now() + timedelta(days=3)
    Report.objects.filter(pk=promise.report_id).update(published_at=later)
    Report.objects.filter(pk=shown.pk).update(
        status=ReportStatus.WITHDRAWN, withdrawn_at=timezone.now(), withdrawn_reason="Trùng bài"
    )
    assert (told_by(LIST), told_by(here)) == ([], [])
    for path in (LIST, here):
        page = desk.get(path).content.decode()
        assert f"Bài số {promise.report_id} (không còn đăng)" in page
        assert f"Bài số {shown.pk} (không còn đăng)" in page


def test_giving_up_needs_a_reason(desk):
    promise = kept()

    assert sent(desk, promise, "bo", reason=" ").status_code == 400
    sent(desk, promise, "bo", reason="bến đò đã dời")
    promise.refresh_from_db()
    assert (promise.state_on(timezone.localdate()), promise.dropped_reason) == (
        PromiseState.DROPPED, "bến đò đã dời",
    )  # fmt: skip
    with pytest.raises(IntegrityError, match="promise_done_or_dropped"), transaction.atomic():
        Promise.objects.filter(pk=promise.pk).update(dropped_reason="")


def test_words_and_period_may_be_mended(desk):
    promise = kept()
    words = {"text": "Sửa tay vịn", "period_start": "1/7/2026"}

    assert sent(desk, promise, "sua", **words).status_code == 400
    assert sent(desk, promise, "sua", **words, period_end="30/6/2026").status_code == 400
    sent(desk, promise, "sua", **words, period_end="30/9/2026")
    promise.refresh_from_db()
    assert (promise.text, promise.period_label) == ("Sửa tay vịn", "quý III/2026")


def test_looking_changes_nothing(desk):
    promise = kept()

    desk.get(f"{LIST}{promise.pk}/", {"viec": "bo", "bo-reason": "thôi"})

    promise.refresh_from_db()
    assert promise.dropped_on is None


@pytest.mark.parametrize("path", ["", "tim/", "1/", "?tinh-trang=%00", "?tinh-trang=bo&trang=9999"])
def test_the_pages_open_for_the_desk_alone(client, path):
    url = f"{LIST}{path}"

    assert client.get(url).status_code == 302
    client.force_login(UserFactory())
    assert client.get(url).status_code == 404
    assert browser(AN_GIANG).get(url).status_code == (404 if path == "1/" else 200)
