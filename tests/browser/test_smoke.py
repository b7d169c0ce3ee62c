"""A newcomer signs in, writes, uploads, publishes, and finds it where readers look."""

import re

import feedparser
import pytest

from reports.models import MemberRole, Report
from tests.browser.patience import EDITOR_IS_READY
from tests.factories import (
    MembershipFactory,
    NewsroomFactory,
    PersonFactory,
    SectionFactory,
    UserFactory,
)
from tests.reports.test_pictures import jpeg
from units.models import Unit

pytestmark = pytest.mark.django_db(transaction=True)

PASSWORD = "viet-mot-bai-hay"


@pytest.fixture
def newsroom(registry):
    """A one-person newsroom in the ward of Thới Sơn of today, and its editor."""
    unit = Unit.objects.current().get(name="Phường Thới Sơn", parent="t2-91")
    editor = UserFactory(username="bien-tap", first_name="Lê Mai")
    editor.set_password(PASSWORD)
    editor.save()
    NewsroomFactory(unit=unit, one_step=True)
    MembershipFactory(user=editor, unit=unit, role=MemberRole.EDITOR)
    PersonFactory(name="Ngọc Lan", unit=unit)
    SectionFactory(name="Dân vận khéo")
    return unit


@pytest.fixture
def desk(page, live_server, newsroom):
    """The start page of the signed-in editor."""
    page.goto(f"{live_server.url}/quan-tri/")
    page.get_by_label("Tên đăng nhập").fill("bien-tap")
    page.get_by_label("Mật khẩu").fill(PASSWORD)
    page.get_by_role("button", name="Đăng nhập").click()
    page.get_by_role("heading", name="Việc của tôi").wait_for()
    return page


def test_from_an_empty_form_to_a_published_report(desk, live_server, newsroom, tmp_path, client):
    photo = tmp_path / "anh.jpg"
    photo.write_bytes(jpeg(1800, 1200))
    desk.get_by_role("link", name=re.compile("^Viết bài")).click()

    desk.get_by_label("Tít").fill("Thới Sơn thắp sáng con hẻm số 7")
    desk.get_by_label("Sapo").fill("Mười hai hộ góp tiền mắc đèn, ai có thang thì mang thang.")
    editor = desk.frame_locator("iframe.cke_wysiwyg_frame").locator("body")
    desk.wait_for_function(EDITOR_IS_READY)
    editor.click()
    editor.type("Con hẻm dài 140 mét nay có chín bóng đèn.")
    desk.get_by_label("Chuyên mục").select_option(label="Dân vận khéo")
    desk.set_input_files("#id_new_photos", photo)
    desk.get_by_text("1/1 ảnh đã lên.").wait_for()
    desk.fill("#id_photos-0-caption", "Con hẻm số 7 sáng đèn")
    desk.fill("#id_photos-0-alt", "Chín bóng đèn dọc một con hẻm, trẻ em đạp xe")
    desk.fill("#id_photos-0-credit_text", "Ảnh do bà con gửi")
    desk.get_by_role("button", name="Đăng ngay").first.click()

    desk.get_by_text("Đã đăng").first.wait_for()
    report = Report.objects.get()
    assert report.is_published()
    assert report.unit == newsroom
    assert report.body == "<p>Con hẻm dài 140 mét nay có chín bóng đèn.</p>"
    assert report.photos.count() == 1

    address = f"{live_server.url}{report.get_absolute_url()}"
    desk.goto(address)
    assert desk.get_by_role("heading", level=1).inner_text() == report.title
    shown = desk.locator("article img").first
    assert shown.evaluate("image => image.decode().then(() => image.naturalWidth)") > 0
    for door in ("/", "/tin/", newsroom.get_absolute_url(), f"/tin/?don-vi={newsroom.pk}"):
        desk.goto(f"{live_server.url}{door}")
        assert desk.get_by_role("link", name=report.title).count() >= 1, door
    feed = feedparser.parse(client.get("/rss/").content)
    assert [entry.title for entry in feed.entries] == [report.title]


def test_a_pasted_page_becomes_a_draft_after_a_look(desk):
    desk.get_by_role("link", name="Nhập từ Word").click()
    desk.get_by_label("Hoặc dán bài vào đây").fill(
        "Phường Thới Sơn sơ kết công tác dân vận 6 tháng đầu năm 2026\n\n"
        "Chiều 02/7/2026, tại hội trường phường, Đảng ủy phường Thới Sơn tổ chức hội nghị sơ kết công "
        "tác dân vận 6 tháng đầu năm 2026.\n\n"
        "Các khóm kể lại cách vận động từng hộ dời hàng rào.\n\n"
        "BT: Ngọc Lan – Hình: Minh Tâm"
    )
    desk.get_by_role("button", name="Đọc bài").click()

    assert desk.get_by_label("Người viết").input_value() == "Ngọc Lan"
    assert desk.get_by_label("Người chụp ảnh").input_value() == "Minh Tâm"
    assert desk.get_by_label("Ngày diễn ra").input_value() == "02/07/2026"
    assert desk.get_by_label("Bài nói về kỳ").input_value() == "2026-H1"
    assert not Report.objects.exists()

    desk.get_by_role("button", name="Lưu nháp").click()
    desk.get_by_text("Đã lưu nháp").wait_for()
    report = Report.objects.get()
    assert not report.is_published()
    assert report.counting_on.isoformat() == "2026-07-02"
