"""A page of an old portal goes in, is looked at and published, and everything it says comes out.

The five pages are of our own making, in the five forms met in the wild; where the folder of real
pages is at hand, those take the same road.
"""

import json
import re
from html import unescape

import feedparser
import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from django.utils.html import strip_tags

from reports import workflow
from reports.models import EventKind, MemberRole, Report
from reports.periods import Period
from tests.factories import MembershipFactory, NewsroomFactory, SectionFactory
from tests.reports.intake.texts import PAGES, Page
from tests.reports.test_pictures import jpeg
from units.models import Unit

pytestmark = pytest.mark.django_db

SEEDS = settings.BASE_DIR.parent / "shared" / "seeds"
RUBBISH = (
    "Skip to main content", "Truy cập nội dung luôn", "Xuất bản thông tin", "Chi tiết bài viết",
    "Responsive image", "các tin khác", "Phim hay", "null Tiếp",
)  # fmt: skip
KINDS = {
    "sơ kết": "so-ket",
    "triển khai": "trien-khai",
    "khảo sát": "giam-sat",
    "trực báo": "giao-ban",
}


def seeds():
    if not SEEDS.exists():
        return []
    for line in (SEEDS / "truth.jsonl").read_text(encoding="utf-8").splitlines():
        truth = json.loads(line)
        yield Page(
            name=truth["file"],
            text=(SEEDS / truth["file"]).read_text(encoding="utf-8"),
            unit=truth["unit_key"],
            title=truth["title"],
            authors=truth["authors"],
            photographers=truth["photographers"],
            organisation=truth["organisation"] or "",
            published_at=(truth["published_at"] or "")[:16],
            views=truth["views"],
            category=truth["category"] or "",
            kind=KINDS[truth["event_kind"]],
            held_on=truth["held_on"] or "",
            period=truth["period"] or "",
            captions=truth["captions"],
            rubbish=RUBBISH,
        )


def pages():
    found = [*PAGES, *seeds()]
    return [pytest.param(page, id=page.name) for page in found]


def test_the_real_pages_are_read_where_they_are_at_hand():
    if not SEEDS.exists():
        pytest.skip("the folder of real pages is not beside this project")
    assert len(list(seeds())) == 5


@pytest.fixture
def editor_of(registry):
    def editor(key):
        unit = Unit.objects.get(pk=key)
        NewsroomFactory(unit=unit, one_step=True)
        return MembershipFactory(unit=unit, role=MemberRole.EDITOR).user

    return editor


def read(client, text):
    """What the page "Nhập bài" shows after reading `text`: its fields as a browser would send them."""
    response = client.post("/quan-tri/nhap-bai/", {"buoc": "doc", "pasted": text})
    assert response.status_code == 200, response.content.decode()[:2000]
    form = response.context["form"]
    fields = {bound.html_name: bound.field.prepare_value(bound.value()) for bound in form}
    for formset in (response.context["pictures"], response.context["figures"]):
        for bound in formset.management_form:
            fields[bound.html_name] = bound.value()
        for one in formset:
            for bound in one:
                fields[bound.html_name] = bound.field.prepare_value(bound.value())
    if moment := fields.get("published_at"):
        fields["published_at"] = f"{moment:%d/%m/%Y %H:%M}"
    sent = {
        name: value for name, value in fields.items() if value is not None and value is not False
    }
    return sent, response


@pytest.mark.parametrize("source", pages())
def test_everything_a_page_says_comes_out_and_its_rubbish_does_not(client, editor_of, source):
    editor = editor_of(source.unit)
    client.force_login(editor)
    section = SectionFactory(name=source.category or "Tin tức")

    fields, _ = read(client, source.text)
    assert not Report.objects.exists(), "nothing is saved before a person confirms"
    fields |= {"buoc": "luu", "unit": source.unit, "section": section.pk}
    for number, _ in enumerate(source.captions):
        # The page as text has only the caption; the person has the photo.
        fields[f"anh-{number}-keep"] = "on"
        fields[f"anh-{number}-file"] = SimpleUploadedFile("anh.jpg", jpeg(600, 400))
        fields[f"anh-{number}-credit"] = "Quang Vinh"
    if not source.published_at:
        # The old portal's own day is known to whoever brings the page over, not to the page.
        fields["published_at"] = "15/07/2024 08:00"
    response = client.post("/quan-tri/nhap-bai/", fields)
    assert response.status_code == 302, response.context["form"].errors

    report = Report.objects.get()
    assert client.get(report.get_absolute_url()).status_code == 404
    report = workflow.publish(report, by=editor)
    client.logout()
    html = client.get(report.get_absolute_url()).content.decode()
    text = " ".join(unescape(strip_tags(html)).split())

    assert " ".join(source.title.split()) in text
    assert report.lead
    assert report.lead in text
    assert section.name in text
    if source.unit_that_day:
        assert report.unit_label == source.unit_that_day
    assert report.unit_label in text
    assert report.event.kind == EventKind(source.kind)
    assert (report.event.event_on.isoformat() if report.event.event_on else "") == source.held_on
    if source.held_on:
        year, month, day = source.held_on.split("-")
        assert f"{day}/{month}/{year}" in text
    else:
        assert "chưa rõ ngày" in text
    if source.published_at:
        assert timezone.localtime(report.published_at).isoformat()[:16] == source.published_at
    if source.period:
        period = Period.parse(source.period)
        assert (report.period_start, report.period_end) == (period.start, period.end)
        assert period.label in text.lower()
    assert names(report, "author") == source.authors
    assert names(report, "photographer") == source.photographers
    for words in (*source.authors, *source.photographers, *source.captions):
        assert words in text
    if source.organisation:
        assert report.byline_organisation == source.organisation
        assert source.organisation in text
    if source.views is not None:
        assert f"Lượt xem: {source.views}" in text
    article = html.partition("<article")[2].partition("</article>")[0]
    for line in source.rubbish:
        assert line not in article

    json_ld = html.partition('type="application/ld+json">')[2].partition("</script>")[0]
    told = json.loads(json_ld)
    assert told["headline"] == report.title[:110] or told["headline"] == report.title
    assert [
        author["name"] for author in told["author"] if author["@type"] == "Person"
    ] == source.authors
    assert told["datePublished"][:16] == timezone.localtime(report.published_at).isoformat()[:16]

    entries = feedparser.parse(client.get("/rss/").content).entries
    assert [entry.title for entry in entries] == [report.title]
    for door in ("/tin/", report.unit.get_absolute_url()):
        listed = unescape(client.get(door).content.decode())
        assert report.get_absolute_url() in listed, door
        assert report.unit_label in listed, door


def names(report, role):
    return [c.printed_name for c in report.signed_by(role)]


@pytest.mark.parametrize("source", [PAGES[0]], ids=["first"])
def test_a_page_comes_in_once(client, editor_of, source):
    client.force_login(editor_of(source.unit))
    fields, _ = read(client, source.text)
    fields |= {"buoc": "luu", "unit": source.unit}

    first = client.post("/quan-tri/nhap-bai/", fields)
    twice = client.post("/quan-tri/nhap-bai/", fields)
    read_again, _ = read(client, source.text)
    again = client.post(
        "/quan-tri/nhap-bai/", {**fields, **read_again, "unit": source.unit, "buoc": "luu"}
    )

    assert (first.status_code, twice.status_code, first.url == twice.url) == (302, 302, True)
    assert again.status_code == 400
    assert "đã được nhập" in again.content.decode()
    assert Report.objects.count() == 1


def test_each_suggestion_stands_beside_the_sentence_it_came_from(client, editor_of):
    client.force_login(editor_of("t3-872"))
    _, response = read(client, PAGES[3].text)
    form = response.context["form"]

    assert form.sentence("authors") == "BT: Thu Hà – Hình: Văn Chiến"
    assert "Ngày 19/8/2022" in form.sentence("held_on")
    assert "BT: Thu Hà – Hình: Văn Chiến" in unescape(response.content.decode())


def test_what_a_person_corrects_is_what_is_saved(client, editor_of):
    client.force_login(editor_of("t3-872"))
    fields, _ = read(client, PAGES[3].text)
    fields |= {
        "buoc": "luu", "unit": "t3-872", "authors": "Thu Hà; Ngọc Lan", "held_on": "20/08/2022",
        "event_name": "Buổi làm việc", "title": "Tít đã sửa",
    }  # fmt: skip
    assert client.post("/quan-tri/nhap-bai/", fields).status_code == 302

    report = Report.objects.get()
    assert report.title == "Tít đã sửa"
    assert names(report, "author") == ["Thu Hà", "Ngọc Lan"]
    assert (report.event.name, report.event.event_on.isoformat()) == ("Buổi làm việc", "2022-08-20")


@pytest.mark.parametrize(
    ("change", "field", "words"),
    [
        ({"unit": ""}, "unit", "Hãy chọn đơn vị"),
        ({"unit": "khac"}, "other_unit", "Hãy chọn đơn vị"),
        ({"unit": "t2-91"}, "unit", "Không có lựa chọn"),
        ({"title": " "}, "title", "phải có tít"),
        ({"held_on": "31/02/2024"}, "held_on", "02/07/2026"),
        ({"ends_on": "01/01/2020"}, "ends_on", "không được trước"),
        ({"period": "2024-Q9"}, "period", "Không hiểu kỳ"),
        ({"published_at": "hôm qua"}, "published_at", "27/12/2023 09:14"),
        ({"views": "-1"}, "views", ""),
        ({"event_kind": "", "held_on": ""}, "event_kind", "ít nhất loại hoặc ngày"),
    ],
)
def test_a_mistake_is_told_at_its_field_and_nothing_typed_is_lost(
    client, editor_of, change, field, words
):
    client.force_login(editor_of("t3-872"))
    fields, _ = read(client, PAGES[3].text)
    fields |= {"buoc": "luu", "unit": "t3-872", "venue": "Hội trường mới sơn", **change}

    response = client.post("/quan-tri/nhap-bai/", fields)

    assert response.status_code == 400
    errors = response.context["form"].errors
    assert list(errors) == [field]
    assert re.search(words, str(errors[field][0]))
    assert response.context["form"]["venue"].value() == "Hội trường mới sơn"
    assert not Report.objects.exists()


def test_nobody_without_the_right_to_write_finds_the_page(client, registry):
    assert client.get("/quan-tri/nhap-bai/").status_code == 302
    client.force_login(MembershipFactory(role=MemberRole.DESK).user)
    assert client.get("/quan-tri/nhap-bai/").status_code == 403
    assert client.post("/quan-tri/nhap-bai/", {"buoc": "doc", "pasted": "x"}).status_code == 403


def test_a_caption_without_its_photo_says_so_and_a_bad_photo_is_named(client, editor_of):
    client.force_login(editor_of("t3-369"))
    fields, _ = read(client, PAGES[1].text)
    assert fields["anh-0-caption"] == "Toàn cảnh hội nghị"
    fields |= {"buoc": "luu", "unit": "t3-369", "anh-0-keep": "on"}

    without = client.post("/quan-tri/nhap-bai/", fields)
    assert "Hãy thêm tệp ảnh" in unescape(without.content.decode())

    fields["anh-0-file"] = SimpleUploadedFile("anh.jpg", b"GIF89a khong phai anh")
    bad = client.post("/quan-tri/nhap-bai/", fields)
    assert "không phải là ảnh" in unescape(bad.content.decode())
    assert not Report.objects.exists()


def test_a_good_photo_survives_a_mistake_elsewhere(client, editor_of):
    client.force_login(editor_of("t3-369"))
    fields, _ = read(client, PAGES[1].text)
    fields |= {"buoc": "luu", "unit": "t3-369", "anh-0-keep": "on", "title": ""}
    fields["anh-0-file"] = SimpleUploadedFile("anh.jpg", jpeg(600, 400))

    again = client.post("/quan-tri/nhap-bai/", fields)
    token = again.context["pictures"][0]["token"].value()
    del fields["anh-0-file"]
    fields |= {"title": "Tít", "anh-0-token": token}

    assert client.post("/quan-tri/nhap-bai/", fields).status_code == 302
    assert [photo.caption for photo in Report.objects.get().photos.all()] == ["Toàn cảnh hội nghị"]


def test_a_share_keeps_the_whole_it_is_of_and_only_ticked_numbers_are_kept(client, editor_of):
    editor = editor_of("t3-369")
    client.force_login(editor)
    text = PAGES[1].text.replace("trao 1.240 suất quà", "trao 1.240 suất quà, có 5/9 xã làm trước")
    fields, response = read(client, text)
    found = [
        (str(f["value"].value()), f["unit_of_measure"].value()) for f in response.context["figures"]
    ]
    assert ("5", "trên 9 xã") in found
    assert ("1240", "suất quà") in found

    place = found.index(("1240", "suất quà"))
    fields |= {"buoc": "luu", "unit": "t3-369", f"so-{place}-keep": "on"}
    fields[f"so-{place}-indicator"] = "quà Tết"
    assert client.post("/quan-tri/nhap-bai/", fields).status_code == 302

    kept = Report.objects.get().figures.get()
    assert (kept.value, kept.indicator, kept.confirmed_by) == (1240, "quà Tết", editor)
