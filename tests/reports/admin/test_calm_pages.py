"""What a tired editor sees first: the order of the form, what is folded, one name for one thing."""

import re

import pytest

from reports.models import ReportStatus
from tests.factories import ContributionFactory, PersonFactory, ReportFactory
from tests.reports.admin.pages import ADD, change, seen

pytestmark = pytest.mark.django_db


def folded(page, heading):
    """The opening tag of the folded part with this heading, and what it tells of its inside."""
    found = re.search(
        rf"(<details[^>]*>)<summary>\s*<h2[^>]*>{heading}</h2>([^+]*?)</summary>", page
    )
    return found and (found[1], found[2].strip())


def in_order(page, *parts):
    places = [page.index(part) for part in parts]
    return places == sorted(places)


def test_the_form_begins_with_what_every_report_needs(editor):
    page = editor.get(ADD).content.decode()

    assert in_order(
        page, 'name="title"', 'name="lead"', 'name="body"', 'name="unit"', "contributions-group",
        "photos-group", 'name="new_photos"', 'name="event"', 'name="heading"', 'name="period_start"',
        "figures-group", 'name="source_url"', 'id="kiem-bai"', 'class="submit-row"',
    )  # fmt: skip
    assert folded(page, "Kỳ báo cáo, mục, chủ đề") == ("<details>", "")
    assert folded(page, "Sự kiện") is None


def test_a_folded_part_says_what_is_written_in_it(editor, unit):
    report = ReportFactory(unit=unit, source_name="Báo xã")

    page = editor.get(change(report)).content.decode()

    assert folded(page, "Nguồn và cổng cũ") == (
        "<details>",
        '<span class="filled">đã ghi: nguồn</span>',
    )
    assert folded(page, "Kỳ báo cáo, mục, chủ đề") == ("<details>", "")


@pytest.mark.parametrize(
    ("typed", "heading"),
    [
        ({"source_url": "khong-phai-dia-chi"}, "Nguồn và cổng cũ"),
        ({"period_start": "31/02/2026"}, "Kỳ báo cáo, mục, chủ đề"),
        ({"ky_part": "Q1", "ky_year": ""}, "Kỳ báo cáo, mục, chủ đề"),
    ],
)
def test_a_folded_part_opens_for_a_mistake_in_it(editor, unit, form, typed, heading):
    wrong = editor.post(ADD, form(unit=unit.pk, **typed)).content.decode()
    other = editor.post(ADD, form(unit=unit.pk, title="")).content.decode()

    assert folded(wrong, heading)[0] == "<details open>"
    assert folded(other, heading)[0] == "<details>"


def test_a_list_from_which_nothing_is_chosen_says_so(editor):
    for address in (ADD, "/quan-tri/reports/event/add/"):
        page = editor.get(address).content.decode()
        assert '<option value="" selected>– chưa chọn –</option>' in page
        assert ">---------<" not in page


def test_what_must_be_mended_is_told_under_the_title_with_the_way_there(editor, unit):
    bad = ReportFactory(unit=unit, title="null Xã ta trồng hoa")
    good = ReportFactory(unit=unit)

    assert "data-proof-blocks>1 lỗi phải sửa</span>" in editor.get(change(bad)).content.decode()
    assert "data-proof-blocks" not in editor.get(change(good)).content.decode()
    assert "data-proof-blocks" not in editor.get(ADD).content.decode()


def test_the_approver_reads_before_deciding(seat, unit):
    report = ReportFactory(unit=unit, status=ReportStatus.SUBMITTED, body="<p>Bà con góp công.</p>")

    page = seat("approver", unit).get(change(report)).content.decode()

    assert in_order(page, 'href="#viec-voi-bai"', "Bà con góp công.", "Thông tin", "Đăng ngay")


def test_a_refused_deed_says_at_the_top_where_its_mistake_is(seat, unit):
    report = ReportFactory(unit=unit, status=ReportStatus.SUBMITTED)
    client = seat("approver", unit)
    sign = '<a href="#viec-voi-bai">Trả lại người viết: xem chỗ cần sửa</a>'

    answer = client.post(f"/quan-tri/reports/report/{report.pk}/tra-lai/", seen(report))

    assert answer.status_code == 400
    assert sign in answer.content.decode()
    assert sign not in client.get(change(report)).content.decode()


def test_one_deed_has_one_name_on_every_page(editor):
    for address in ("/quan-tri/", "/quan-tri/reports/report/"):
        page = editor.get(address).content.decode()
        assert "Viết bài" in page
        assert "Thêm bài" not in page


def test_the_library_leads_to_bringing_photos_in_for_who_may_write(seat, unit):
    writer, reader = seat("editor", unit), seat("desk", unit)
    page = writer.get("/quan-tri/").content.decode()
    link = re.search(
        r'<a class="task" (href="[^"]+")>\s*<svg[^>]*><path[^>]*></svg>\s*<span><strong>Thêm ảnh',
        page,
    ).group(1)

    assert link in writer.get("/quan-tri/anh/").content.decode()
    assert link not in reader.get("/quan-tri/anh/").content.decode()


def test_an_old_version_shows_what_it_says_and_nothing_about_what_it_does_not(editor, unit):
    report = ReportFactory(unit=unit, body="<p>Bà con góp công.</p>", lead="")
    version = report.history.first()
    report.lead = "Hai ngày là xong."
    report.save()
    address = f"/quan-tri/reports/report/{report.pk}/lich-su/{version.pk}/"

    answer = editor.get(address)

    labels = [label for label, _ in answer.context["facts"]]
    assert ("tít" in labels, "sapo" in labels, "nguồn" in labels) == (True, False, False)
    page = answer.content.decode().partition("Bản này viết")[2]
    assert in_order(page, "Bà con góp công.", report.title)
    assert "(trống)" not in page


def test_system_pages_on_the_start_page_are_those_the_navigation_does_not_lead_to(seat, unit):
    page = seat("superuser", unit).get("/quan-tri/").content.decode()
    told = page.partition("Quản trị hệ thống")[2]

    for address in ("/quan-tri/reports/report/", "/quan-tri/auth/user/"):
        assert f'href="{address}"' in page
        assert f'href="{address}"' not in told
    assert 'href="/quan-tri/reports/newsroom/"' in told


def test_a_row_is_taken_away_in_the_words_of_a_photo(editor, unit):
    report = ReportFactory(unit=unit)
    ContributionFactory(report=report, role="author", person=PersonFactory(name="Ngọc Lan"))

    page = editor.get(change(report)).content.decode()

    assert "Bỏ dòng này khi lưu</label>" in page
    assert re.search(r'<h3 class="inline-title">\s*Người viết: Ngọc Lan', page)
