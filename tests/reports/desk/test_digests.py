"""Điểm tin: chosen, put in order, shortened, handed on – and never more than the public may read."""

import io
from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone
from docx import Document

from reports.desk.digests import MOST_ITEMS, printed, zalo_text
from reports.models import Committee, Digest, Report, ReportStatus
from tests.factories import EventFactory, ReportFactory, UserFactory
from tests.reports.desk.conftest import at_the_desk
from units.models import Unit

pytestmark = pytest.mark.django_db

COMMUNE, OTHER = "t2-30682", "t2-46"  # xã Thoại Sơn; thành phố Huế
NEW = "/tong-hop/diem-tin/moi/"


@pytest.fixture
def reports():
    unit = Unit.objects.get(pk=COMMUNE)
    held = EventFactory(unit=unit, event_on=date(2026, 7, 2))
    at = datetime(2026, 7, 3, 1, tzinfo=UTC)
    return [
        ReportFactory(
            unit=unit, published=True, title=f"Tin số {n}", lead=f"Sapo {n}.", event=held,
            published_at=at + timedelta(days=n),
        )
        for n in (1, 2, 3)
    ]  # fmt: skip


def made(client, reports, **more):
    answer = client.post(NEW, {"bai": [r.pk for r in reports], "chon": "ky=2026-07", **more})
    assert answer.status_code == 302
    return Digest.objects.latest("pk")


def form_of(digest, **changes):
    """What the page would post, with changes."""
    data = {"version": digest.version, "title": digest.title, "intro": digest.intro}
    for name in ("period_start", "period_end"):
        day = getattr(digest, name)
        data[name] = f"{day:%d/%m/%Y}" if day else ""
    data["bai"] = []
    for place, item in enumerate(digest.items.order_by("order"), 1):
        key = item.report_id
        data["bai"].append(key)
        data |= {f"thu-tu-{key}": place, f"nhom-{key}": item.group, f"chu-{key}": item.words}
    return data | changes


def saved(client, digest, **changes):
    digest.refresh_from_db()
    return client.post(f"/tong-hop/diem-tin/{digest.pk}/", form_of(digest, **changes))


def order_of(digest):
    return list(digest.items.order_by("order").values_list("report", flat=True))


def test_ticked_reports_make_a_digest_of_the_own_unit(desk, reports):
    digest = made(desk, [reports[2], reports[0]])

    assert (digest.unit_id, digest.title) == ("t2-91", "Điểm tin tháng 7/2026")
    assert (digest.period_start, digest.period_end) == (date(2026, 7, 1), date(2026, 7, 31))
    assert order_of(digest) == [reports[2].pk, reports[0].pk]


def test_only_public_reports_get_in(desk, reports):
    draft, later = ReportFactory(), ReportFactory(scheduled=True)
    gone = ReportFactory(withdrawn=True)

    digest = made(desk, [draft, later, gone, reports[0]])

    assert order_of(digest) == [reports[0].pk]


def test_nothing_ticked_is_said_and_makes_nothing(desk, reports):
    answer = desk.post(NEW, {"chon": "ky=2026-07"})

    assert (answer.status_code, Digest.objects.count()) == (400, 0)
    assert "Chưa đánh dấu bài nào" in answer.content.decode()


def test_more_reports_come_in_at_the_end_and_each_once(desk, reports):
    digest = made(desk, reports[:2])

    desk.post(NEW, {"bai": [reports[2].pk, reports[0].pk], "diem-tin": digest.pk})

    assert order_of(digest) == [report.pk for report in reports]


def test_a_digest_has_an_end(desk, reports):
    digest = made(desk, reports[:1])
    many = Report.objects.bulk_create(
        ReportFactory.build(unit=reports[0].unit, published=True, slug=f"b-{n}")
        for n in range(MOST_ITEMS)
    )

    answer = desk.post(NEW, {"bai": [r.pk for r in many], "diem-tin": digest.pk})

    assert (answer.status_code, digest.items.count()) == (400, 1)
    assert f"nhiều nhất {MOST_ITEMS} bài" in answer.content.decode()


@pytest.mark.parametrize(
    ("pressed", "order"),
    [
        ({"len": 1}, [1, 0, 2]),
        ({"xuong": 1}, [0, 2, 1]),
        ({"len": 0}, [0, 1, 2]),
        ({"xuong": 2}, [0, 1, 2]),
        ({"bo": 1}, [0, 2]),
    ],
)
def test_buttons_move_one_report(desk, reports, pressed, order):
    digest = made(desk, reports)
    (name, at), *_ = pressed.items()

    saved(desk, digest, **{name: reports[at].pk})

    assert order_of(digest) == [reports[place].pk for place in order]


@pytest.mark.parametrize(("at", "typed", "order"), [(2, 1, [2, 0, 1]), (0, 3, [1, 2, 0]), (1, "x", [0, 1, 2])])  # fmt: skip
def test_a_typed_place_is_the_place_it_gets(desk, reports, at, typed, order):
    digest = made(desk, reports)

    saved(desk, digest, **{f"thu-tu-{reports[at].pk}": typed})

    assert order_of(digest) == [reports[place].pk for place in order]


def test_an_own_text_is_kept_and_the_lead_can_be_taken_back(desk, reports):
    digest, key = made(desk, reports), reports[0].pk

    saved(desk, digest, **{f"chu-{key}": "Ngắn hơn."})
    assert digest.items.get(report=key).text == "Ngắn hơn."

    saved(desk, digest, sapo=key)
    assert digest.items.get(report=key).text is None


def test_an_untouched_text_follows_the_lead(desk, reports):
    digest = made(desk, reports[:1])
    saved(desk, digest)

    reports[0].lead = "Sapo đã sửa."
    reports[0].save()

    assert [entry.text for entry in printed(digest).entries] == ["Sapo đã sửa."]


def test_a_stale_save_shows_both_texts_and_changes_nothing(desk, reports):
    digest, key = made(desk, reports[:2]), reports[0].pk
    stale = form_of(digest, title="Tên của tôi")
    stale[f"chu-{key}"] = "Chữ của tôi."
    other = Client()
    other.force_login(at_the_desk("t2-91", first_name="Người Kia"))
    saved(other, digest, **{"title": "Tên kia", f"chu-{key}": "Chữ kia."})

    answer = desk.post(f"/tong-hop/diem-tin/{digest.pk}/", stale)

    page = answer.content.decode()
    digest.refresh_from_db()
    assert (answer.status_code, digest.title) == (409, "Tên kia")
    said = ("Người Kia vừa lưu", "Tên kia", 'value="Tên của tôi"', "Chữ của tôi.", "Chữ kia.")
    assert [words for words in said if words not in page] == []
    # Whoever has seen both may save over it.
    desk.post(f"/tong-hop/diem-tin/{digest.pk}/", stale | {"version": digest.version})
    digest.refresh_from_db()
    assert digest.title == "Tên của tôi"


def test_what_others_added_or_took_out_meanwhile_is_offered(desk, reports):
    digest = made(desk, reports[:2])
    stale = form_of(digest)
    saved(desk, digest, bo=reports[0].pk)
    desk.post(NEW, {"bai": [reports[2].pk], "diem-tin": digest.pk})

    answer = desk.post(f"/tong-hop/diem-tin/{digest.pk}/", stale)

    sheet = answer.context["sheet"]
    assert [row.line.report.pk for row in sheet.rows if row.is_gone] == [reports[0].pk]
    assert [line.report.pk for line in sheet.also_stored] == [reports[2].pk]


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"title": ""}, "Hãy đặt tên."),
        ({"title": "x" * 201}, "Tên dài quá 200 chữ cái."),
        ({"period_start": "32/13/2026"}, "Không hiểu ngày “32/13/2026”"),
        ({"period_end": ""}, "Ghi cả hai ngày"),
        ({"period_end": "01/01/2020"}, "“Đến hết ngày” trước “Từ ngày”."),
    ],
)
def test_what_is_wrong_is_said_and_nothing_typed_is_lost(desk, reports, changes, message):
    digest = made(desk, reports)
    typed = {f"chu-{reports[0].pk}": "Chữ chưa lưu"}

    answer = saved(desk, digest, **changes, **typed)

    page = answer.content.decode()
    assert (answer.status_code, message in page, "Chữ chưa lưu" in page) == (400, True, True)


def test_a_text_too_long_is_said_beside_it(desk, reports):
    digest = made(desk, reports)

    answer = saved(desk, digest, **{f"chu-{reports[1].pk}": "x" * 4001})

    errors = [row.errors for row in answer.context["sheet"].rows]
    assert errors == [{}, {"text": "Dài quá 4.000 chữ cái. Hãy rút gọn."}, {}]


@pytest.mark.parametrize(
    "rubbish",
    [
        {"version": "9" * 5000},
        {"version": "\x00"},
        {"bai": ["9" * 5000, "\x00", "-1", "x"]},
        {"len": "9" * 5000, "bo": "\x00"},
        {"title": "Tên\x00 có dấu\u202e lạ"},
        {"period_start": "\x00", "period_end": "9" * 5000},
    ],
)
def test_rubbish_breaks_nothing(desk, reports, rubbish):
    digest = made(desk, reports)

    assert saved(desk, digest, **rubbish).status_code < 500
    assert desk.post(NEW, rubbish | {"diem-tin": "9" * 5000}).status_code < 500


def test_a_withdrawn_report_is_marked_and_printed_nowhere(desk, reports):
    digest = made(desk, reports)
    saved(desk, digest, **{f"chu-{reports[0].pk}": "Chữ riêng.", f"nhom-{reports[0].pk}": "Nhóm A"})
    Report.objects.filter(pk=reports[0].pk).update(
        status=ReportStatus.WITHDRAWN, withdrawn_at=timezone.now(), withdrawn_reason="Trùng bài"
    )
    base = f"/tong-hop/diem-tin/{digest.pk}/"

    edit = desk.get(base).content.decode()
    outputs = [desk.get(base + page).content.decode() for page in ("in/", "zalo/")]
    outputs.append(word_text(desk, digest))

    assert "Trùng bài" in edit
    hidden = [
        words for page in [edit, *outputs] for words in ("Tin số 1", "Chữ riêng.") if words in page
    ]
    assert hidden == []
    assert ["Đã bỏ ra 1 bài" in page for page in outputs] == [True] * 3
    # Its heading goes on with the next report, and saving keeps what is stored about it.
    assert [entry.group for entry in printed(digest).entries] == ["Nhóm A", ""]
    digest.refresh_from_db()
    unseen = form_of(digest)
    del unseen[f"chu-{reports[0].pk}"], unseen[f"nhom-{reports[0].pk}"]
    desk.post(base, unseen)
    assert digest.items.get(report=reports[0]).text == "Chữ riêng."


def word_text(client, digest):
    answer = client.get(f"/tong-hop/diem-tin/{digest.pk}/diem-tin.docx")
    document = Document(io.BytesIO(answer.getvalue()))
    return "\n".join(paragraph.text for paragraph in document.paragraphs)


def test_all_outputs_say_the_same_in_the_same_order(desk, reports):
    digest = made(desk, reports)
    saved(
        desk, digest, intro="Mấy việc đáng kể.",
        **{f"nhom-{reports[1].pk}": "Giúp dân", f"chu-{reports[2].pk}": "<b>A & B</b>"},
    )  # fmt: skip

    digest.refresh_from_db()
    zalo = zalo_text(printed(digest))

    address = f"/b/{reports[1].pk}/"
    assert zalo.split("\n\n")[:2] == [
        "ĐIỂM TIN THÁNG 7/2026\nTừ ngày 01/07/2026 đến ngày 31/07/2026",
        "Mấy việc đáng kể.",
    ]
    assert zalo.split("\n\n")[3] == "— Giúp dân —"
    assert zalo.split("\n\n")[4].startswith("2. Tin số 2\nSapo 2.\nhttp")
    assert zalo.split("\n\n")[4].endswith(address)
    word = word_text(desk, digest)
    in_order = ["1. Tin số 1", "Sapo 1.", "Giúp dân", "2. Tin số 2", "3. Tin số 3", "<b>A & B</b>"]
    assert [line for line in word.split("\n") if line in in_order] == in_order
    assert "xã Thoại Sơn, tỉnh An Giang, diễn ra ngày 02/07/2026: http" in word.replace("Xã", "xã")
    page = desk.get(f"/tong-hop/diem-tin/{digest.pk}/zalo/").context
    assert (page["text"], page["length"]) == (zalo, len(zalo))


def test_the_word_file_has_the_committees_margins_and_working_links(desk, reports):
    digest = made(desk, reports[:1])
    Committee.objects.create(unit_id="t2-91", margin_left=35)

    answer = desk.get(f"/tong-hop/diem-tin/{digest.pk}/diem-tin.docx")

    document = Document(io.BytesIO(answer.getvalue()))
    page, normal = document.sections[0], document.styles["Normal"].font
    assert (round(page.left_margin.mm), round(page.page_width.mm)) == (35, 210)
    assert (normal.name, normal.size.pt) == ("Times New Roman", 14)
    links = [rel.target_ref for rel in document.part.rels.values() if rel.is_external]
    assert [link.endswith(f"/b/{reports[0].pk}/") for link in links] == [True]


@pytest.mark.parametrize("page", ["", "chon/", "in/", "zalo/", "diem-tin.docx"])
def test_another_units_digest_is_as_absent_as_none(desk, reports, page):
    digest = made(desk, reports)
    stranger = Client()
    stranger.force_login(at_the_desk(OTHER))
    address = f"/tong-hop/diem-tin/{digest.pk}/{page}"

    opened = desk.get(address)
    assert (opened.status_code, opened.getvalue() != b"") == (200, True)
    assert stranger.get(address).status_code == 404
    assert stranger.get(f"/tong-hop/diem-tin/999999/{page}").status_code == 404


def test_a_stranger_changes_and_lists_nothing(desk, reports):
    digest = made(desk, reports[:1])
    stranger = Client()
    stranger.force_login(at_the_desk(OTHER))
    nobody = Client()
    nobody.force_login(UserFactory())
    base = f"/tong-hop/diem-tin/{digest.pk}/"

    for client in (stranger, nobody):
        assert client.post(base, form_of(digest, title="Chiếm")).status_code == 404
        assert client.post(f"{base}xoa/").status_code == 404
        into = {"bai": [reports[1].pk], "diem-tin": digest.pk}
        assert client.post(NEW, into).status_code == 404
    listed = [c.get("/tong-hop/diem-tin/").context["page"].rows for c in (desk, stranger)]
    assert listed == [[digest], []]
    digest.refresh_from_db()
    assert (digest.title, digest.items.count()) == ("Điểm tin tháng 7/2026", 1)


def test_looking_never_deletes(desk, reports):
    digest = made(desk, reports)

    assert desk.get(f"/tong-hop/diem-tin/{digest.pk}/xoa/").status_code == 405
    assert desk.post(f"/tong-hop/diem-tin/{digest.pk}/xoa/", {"version": 1}).status_code == 302
    assert Digest.objects.count() == 0


def test_a_digest_somebody_has_just_changed_is_not_deleted(desk, reports):
    digest = made(desk, reports)
    saved(desk, digest, title="Tên mới")

    answer = desk.post(f"/tong-hop/diem-tin/{digest.pk}/xoa/", {"version": 1})

    assert (answer.status_code, Digest.objects.count()) == (409, 1)
    assert "Người khác vừa sửa điểm tin này" in answer.content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_pages_cost_the_same_however_long(
    desk, reports, count, django_assert_max_num_queries, settings
):
    settings.DESK_SECONDS = 0  # to set a limit is a statement more, on PostgreSQL
    digest = made(desk, reports[:count])

    for page, most in (("", 12), ("in/", 9), ("chon/", 14)):
        with django_assert_max_num_queries(most):
            desk.get(f"/tong-hop/diem-tin/{digest.pk}/{page}")
