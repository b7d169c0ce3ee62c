"""From an empty form to a published report with three photos, out of one Word file, in few actions.

An action is a click, a choice or a text typed; logging in is none.
"""

import time
from base64 import b64encode
from datetime import date

import docx
import pytest
from docx.shared import Inches
from playwright.sync_api import expect

from reports.models import Report, ReportStatus
from tests.browser.looking import broken_rules
from tests.browser.patience import settle
from tests.browser.signing_in import sign_in as let_in
from tests.factories import (
    MembershipFactory,
    OrganisationFactory,
    SectionFactory,
    UserFactory,
)
from tests.reports.intake.word_makers import add_caption, saved, sign
from tests.reports.test_pictures import jpeg
from units.models import Unit

pytestmark = pytest.mark.django_db(transaction=True)

TITLE = "Phường Thới Sơn khánh thành cầu Kênh Mới"
LEAD = (
    "Sáng 14/9/2025, tại ấp Tây Bình, Ủy ban MTTQ Việt Nam phường Thới Sơn tổ chức lễ khánh thành cầu "
    "Kênh Mới do bà con góp công, góp của."
)
BODY = (
    "Cây cầu dài 28 mét nối hai bờ kênh mà trước đây trẻ em phải qua bằng vỏ lãi mỗi sáng đi học."
)
END = "Sau buổi lễ, học sinh ba ấp đi chung chuyến đầu tiên, còn các cụ ngồi lại kể chuyện con đò xưa."
CAPTIONS = [
    "Bà con cắt băng khánh thành cầu",
    "Học sinh đi chuyến đầu tiên qua cầu",
    "Các cụ kể chuyện con đò xưa",
]
# What is signed -> (writers, photographers, organisation).
BYLINES = {
    "Minh Ngọc (Trung tâm VH – TT – TT)\nẢnh: Thanh Hà": (
        ["Minh Ngọc"], ["Thanh Hà"], "Trung tâm VH – TT – TT",
    ),
    "Hải Yến": (["Hải Yến"], [], ""),
    "BT: Thu Hà – Hình: Văn Chiến": (["Thu Hà"], ["Văn Chiến"], ""),
    "Như Ý – Trung tâm TT-VH-TT thị xã Đức Phổ": (
        ["Như Ý"], [], "Trung tâm TT-VH-TT thị xã Đức Phổ",
    ),
    "Tin, ảnh: Bảo Trâm": (["Bảo Trâm"], ["Bảo Trâm"], ""),
}  # fmt: skip

FORMS = ["photographer apart", "name alone", "BT and Hình", "name and office", "both at once"]


class Actions:
    """Counts what a person does with mouse and keyboard."""

    def __init__(self, page):
        self.page, self.count = page, 0

    def click(self, target):
        self.count += 1
        target.click()
        self.page.wait_for_load_state()

    def choose_file(self, field, path):
        self.count += 1
        self.page.set_input_files(field, path)

    def type(self, field, text):
        self.count += 1
        self.page.fill(field, text)


@pytest.fixture
def newsroom(registry):
    unit = Unit.objects.current().get(name="Phường Thới Sơn", parent="t2-91")
    SectionFactory(name="Dân vận khéo")
    OrganisationFactory(name="Ủy ban MTTQ Việt Nam", short_name="MTTQ")
    for name, role in (("bien-tap", "editor"), ("nguoi-duyet", "approver")):
        MembershipFactory(user=UserFactory(username=name), unit=unit, role=role)
    return unit


@pytest.fixture
def sign_in(open_tab, live_server):
    def enter(name):
        page = open_tab(1280)
        let_in(page, live_server, name)
        page.goto(f"{live_server.url}/quan-tri/")
        return page

    return enter


def word_file(path, byline):
    new = docx.Document()
    for text in (TITLE, LEAD, BODY):
        new.add_paragraph(text)
    for number, caption in enumerate(CAPTIONS):
        picture = path.with_suffix(f".{number}.jpg")
        picture.write_bytes(jpeg(1200, 800 + number))
        new.add_picture(str(picture), width=Inches(4))
        # Whose photos they are where the byline names no photographer stands below each.
        credit = "" if "nh:" in byline else ". Ảnh: Lê Hà"
        add_caption(new, caption + credit)
    new.add_paragraph(END)
    for line in byline.split("\n"):
        sign(new, line)
    path.write_bytes(saved(new))
    return path


def write(actions, path):
    """What the editor does: out of Word, looked over, saved, sent for review."""
    page = actions.page
    actions.click(page.get_by_role("link", name="Nhập từ Word"))
    actions.choose_file("[name=file]", path)
    actions.click(page.get_by_role("button", name="Đọc bài"))
    page.get_by_role("heading", name="Xem lại trước khi lưu nháp").wait_for()
    actions.click(page.get_by_role("button", name="Lưu nháp"))
    page.get_by_text("Đã lưu nháp").wait_for()
    press(actions, "Gửi duyệt")


def press(actions, name):
    """Press a button of the report's page, and say that the reminders were read where it asks."""
    page = actions.page
    for _ in range(2):
        unread = page.locator("[name=da-xem]:not(:checked)")
        if unread.count():
            actions.click(unread.first)
        with page.expect_navigation():
            actions.click(page.get_by_role("button", name=name, exact=True))
        if not page.locator("[name=da-xem]:not(:checked)").count():
            return


def approve(actions):
    """What the approver does: opens what waits, reads it, publishes."""
    page = actions.page
    page.reload()  # the work list, as it is when the approver comes to it
    with page.expect_navigation():
        actions.click(page.get_by_role("link", name=TITLE).first)
    press(actions, "Đăng ngay")


@pytest.mark.parametrize("byline", BYLINES, ids=FORMS)
def test_one_word_file_becomes_a_page_in_twelve_actions(
    sign_in, newsroom, live_server, tmp_path, byline
):
    path = word_file(tmp_path / "bai.docx", byline)
    editor, approver = Actions(sign_in("bien-tap")), Actions(sign_in("nguoi-duyet"))
    started = time.monotonic()

    write(editor, path)
    approve(approver)

    report = Report.objects.get()
    assert report.status == ReportStatus.PUBLISHED
    assert editor.count + approver.count <= 12
    assert time.monotonic() - started < 60

    writers, photographers, organisation = BYLINES[byline]
    signed = {
        role: [c.printed_name for c in report.signed_by(role)]
        for role in ("author", "photographer")
    }
    credited = photographers or (["Lê Hà"] if "nh:" not in byline else [])
    assert signed == {"author": writers, "photographer": credited}
    assert report.byline_organisation == organisation
    assert (report.event.event_on, report.event.kind) == (date(2025, 9, 14), "le")
    assert report.organisation.short_name == "MTTQ"
    page = editor.page
    page.goto(f"{live_server.url}{report.get_absolute_url()}")
    assert page.inner_text("h1") == TITLE
    words = page.inner_text("article")
    for caption in CAPTIONS:
        assert caption in words
    assert [photo.credit.name for photo in report.photos.all()] == (credited or writers) * 3
    assert page.locator("article img").count() >= 3


def test_the_page_that_shows_what_was_read_is_for_everybody(
    sign_in, newsroom, live_server, tmp_path
):
    path = word_file(tmp_path / "bai.docx", "Tin, ảnh: Bảo Trâm")
    page = sign_in("bien-tap")
    trouble = []
    page.on("console", lambda line: line.type == "error" and trouble.append(line.text))
    for width in (360, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        page.goto(f"{live_server.url}/quan-tri/nhap-bai/")
        assert broken_rules(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        page.set_input_files("[name=file]", path)
        page.get_by_role("button", name="Đọc bài").click()
        page.get_by_role("heading", name="Xem lại trước khi lưu nháp").wait_for()
        settle(page)
        assert broken_rules(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert trouble == []


DROP = """([text, name, type]) => {
    const transfer = new DataTransfer();
    transfer.items.add(new File([Uint8Array.from(atob(text), c => c.charCodeAt(0))], name, {type}));
    const told = {bubbles: true, cancelable: true};
    document.querySelector('[data-drop]').dispatchEvent(
        Object.assign(new DragEvent('drop', {...told, dataTransfer: transfer})));
}"""
PASTE = """([text, name, type]) => {
    const transfer = new DataTransfer();
    transfer.items.add(new File([Uint8Array.from(atob(text), c => c.charCodeAt(0))], name, {type}));
    document.querySelector('[name=pasted]').dispatchEvent(
        new ClipboardEvent('paste', {bubbles: true, cancelable: true, clipboardData: transfer}));
}"""


def test_a_dropped_file_and_a_pasted_screenshot_come_in_together(
    sign_in, newsroom, live_server, tmp_path
):
    path = word_file(tmp_path / "bai.docx", "Tin, ảnh: Bảo Trâm")
    page = sign_in("bien-tap")
    page.goto(f"{live_server.url}/quan-tri/nhap-bai/")
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    page.evaluate(DROP, [b64encode(path.read_bytes()).decode(), "bai.docx", kind])
    page.evaluate(PASTE, [b64encode(jpeg(700, 500)).decode(), "image.png", "image/png"])
    expect(page.locator("[data-drop=file]")).to_contain_text("bai.docx")
    expect(page.locator("[data-drop=photos]")).to_contain_text("image.png")
    page.get_by_role("button", name="Đọc bài").click()
    page.get_by_role("heading", name="Xem lại trước khi lưu nháp").wait_for()

    assert page.locator(".picture-row img").count() == 4
    assert page.input_value("#id_title") == TITLE


def test_a_paste_with_its_formatting_and_pictures_is_read_as_it_was_copied(
    sign_in, newsroom, live_server
):
    page = sign_in("bien-tap")
    page.goto(f"{live_server.url}/quan-tri/nhap-bai/")
    html = (
        f"<p>{TITLE}</p><p>{LEAD}</p><ul><li>Hoa mười giờ</li><li>Hoa sao nhái</li></ul><p>{BODY}</p>"
        f"<!--{'x' * 600_000}--><p>{END}</p>"
    )
    page.evaluate(
        """html => {
            const transfer = new DataTransfer();
            transfer.setData('text/html', html);
            transfer.setData('text/plain', 'chữ thường');
            const field = document.querySelector('[name=pasted]');
            field.dispatchEvent(
                new ClipboardEvent('paste', {bubbles: true, cancelable: true, clipboardData: transfer}));
            field.value = 'chữ thường';
        }""",
        html,
    )
    page.get_by_role("button", name="Đọc bài").click()
    page.get_by_role("heading", name="Xem lại trước khi lưu nháp").wait_for()

    assert page.input_value("#id_title") == TITLE
    body = page.frame_locator("iframe.cke_wysiwyg_frame").locator("body")
    body.locator("li").first.wait_for()
    assert body.locator("li").all_inner_texts() == ["Hoa mười giờ", "Hoa sao nhái"]
