"""The back office in a real browser: usable by thumb, ear and keyboard; the editor whole and quiet."""

from datetime import date

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from reports.feedback import receive
from reports.models import Alert, Photo, Report
from tests.browser.looking import broken_rules
from tests.browser.patience import EDITOR_IS_READY, settle, until
from tests.browser.signing_in import sign_in as let_in
from tests.factories import (
    ContributionFactory,
    EventFactory,
    FigureFactory,
    MembershipFactory,
    NewsroomFactory,
    PersonFactory,
    ReportFactory,
    SectionFactory,
    TopicFactory,
    UserFactory,
)
from tests.reports.test_pictures import jpeg
from units.models import Unit

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def unit(registry):
    return Unit.objects.current().get(name="Phường Thới Sơn", parent="t2-91")


@pytest.fixture
def office(unit):
    """Reports in every state, and one account for each desk."""
    users = {}
    for name, role in (
        ("bien-tap", "editor"),
        ("nguoi-duyet", "approver"),
        ("quan-tri-dv", "unit_admin"),
    ):
        users[name] = UserFactory(username=name)
        MembershipFactory(user=users[name], unit=unit, role=role)
    users["quan-tri"] = UserFactory(username="quan-tri", is_superuser=True)
    person = PersonFactory(name="Ngọc Lan", unit=unit, user=users["bien-tap"])
    event = EventFactory(unit=unit, name="Hội nghị sơ kết", event_on=date(2026, 7, 2))
    TopicFactory(name="Nông thôn mới")
    section = SectionFactory(name="Dân vận khéo")
    reports = {}
    for state in ("draft", "returned", "submitted", "scheduled", "published", "withdrawn"):
        traits = (
            {state: True} if state in ("scheduled", "published", "withdrawn") else {"status": state}
        )
        reports[state] = ReportFactory(
            unit=unit, event=event, section=section, returned_reason="Thiếu chú thích", **traits
        )
        ContributionFactory(report=reports[state], person=person)
        FigureFactory(report=reports[state])
    receive(report=reports["published"], now=timezone.now(), kind="hoi", text="Cho hỏi", name="Bảy")
    reports["revision"] = ReportFactory(
        unit=unit, title="Tít của bản sửa", revises=reports["published"]
    )
    for person in users.values():
        Alert.objects.create(
            recipient=person, report=reports["published"], kind="dang", created_at=timezone.now()
        )
    reports["draft"].title = "Tít đã sửa một lần"
    reports["draft"].save()
    return reports


@pytest.fixture
def sign_in(page, live_server, office):
    """sign_in(name) -> the page, with everything that goes wrong noted in `page.trouble`."""

    def enter(name):
        page.trouble = []
        page.on("pageerror", lambda error: page.trouble.append(str(error)))
        page.on(
            "response",
            lambda answer: (
                answer.status >= 400 and page.trouble.append(f"{answer.status} {answer.url}")
            ),
        )
        page.on(
            "console",
            lambda line: line.type == "error" and page.trouble.append(line.text),
        )
        let_in(page, live_server, name)
        page.goto(f"{live_server.url}/quan-tri/")
        return page

    return enter


def pages_of(name, reports):
    report = "/quan-tri/reports/report"
    return {
        "bien-tap": [
            "/quan-tri/",
            "/quan-tri/password_change/",
            "/quan-tri/nhap-bai/",
            f"{report}/",
            f"{report}/?don-vi=thoi+son&ky=2026-H1&tac-gia=lan",
            f"{report}/add/",
            f"{report}/{reports['returned'].pk}/change/",
            f"{report}/{reports['published'].pk}/change/",
            f"{report}/{reports['revision'].pk}/change/",
            "/quan-tri/tin-bao/",
            f"{report}/{reports['draft'].pk}/history/",
            f"{report}/{reports['draft'].pk}/lich-su/{reports['draft'].history.last().history_id}/",
            f"{report}/{reports['draft'].pk}/delete/",
            "/quan-tri/reports/event/",
            "/quan-tri/reports/event/add/",
            "/quan-tri/reports/feedback/?han=cho",
            f"/quan-tri/reports/feedback/{reports['published'].feedback.get().pk}/change/",
            "/quan-tri/reports/person/",
            "/quan-tri/reports/person/add/",
            "/quan-tri/reports/organisation/",
            "/quan-tri/reports/organisation/add/",
            "/quan-tri/khong-co/",
        ],
        "nguoi-duyet": [
            "/quan-tri/",
            "/quan-tri/tin-bao/",
            f"{report}/{reports['submitted'].pk}/change/",
            f"{report}/{reports['scheduled'].pk}/change/",
            f"{report}/{reports['withdrawn'].pk}/change/",
        ],
        "quan-tri-dv": [
            "/quan-tri/auth/user/",
            "/quan-tri/auth/user/add/",
            "/quan-tri/reports/membership/",
            "/quan-tri/axes/accessattempt/",
        ],
        "quan-tri": [
            "/quan-tri/",
            "/quan-tri/units/unit/?q=thoi+son",
            "/quan-tri/units/unit/t3-30517/change/",
            "/quan-tri/reports/section/",
            "/quan-tri/reports/newsroom/",
            "/quan-tri/reports/newsroom/add/",
            "/quan-tri/portal/siteprofile/add/",
            "/quan-tri/portal/notice/add/",
            "/quan-tri/auth/user/add/",
        ],
    }[name]


@pytest.mark.parametrize(
    ("name", "width"),
    [
        ("bien-tap", 360),
        ("bien-tap", 1280),
        ("nguoi-duyet", 360),
        ("quan-tri-dv", 360),
        ("quan-tri", 360),
    ],
)
def test_no_page_breaks_a_rule_of_accessibility_or_the_width_of_a_phone(
    sign_in, live_server, office, name, width
):
    page = sign_in(name)
    page.set_viewport_size({"width": width, "height": 800})

    broken = []
    for address in pages_of(name, office):
        page.goto(f"{live_server.url}{address}")
        settle(page)
        broken += [(address, *each) for each in broken_rules(page)]
        if page.evaluate("document.documentElement.scrollWidth") > width:
            broken.append((address, "wider than the screen"))

    assert broken == []
    assert [line for line in page.trouble if "404" not in line] == []


def test_the_ear_for_broken_rules_is_not_deaf(sign_in, live_server):
    page = sign_in("bien-tap")
    page.evaluate("document.querySelector('main').innerHTML = '<input><img src=\"/static/x.png\">'")

    assert {rule for rule, _ in broken_rules(page)} >= {"label", "image-alt"}


def test_login_page_passes_too(page, live_server, registry):
    page.set_viewport_size({"width": 360, "height": 800})
    page.goto(f"{live_server.url}/quan-tri/login/")
    assert broken_rules(page) == []
    page.fill("#id_username", "ai-do")
    page.fill("#id_password", "sai")
    page.click("#login-form button")

    expect(page.locator("main")).to_contain_text("Sai tên đăng nhập hoặc mật khẩu.")
    assert broken_rules(page) == []


def test_a_tired_editor_mends_a_form_and_loses_nothing(sign_in, live_server, unit, tmp_path):
    good, second, fake = (tmp_path / name for name in ("tot.jpg", "hai.jpg", "gia.jpg"))
    good.write_bytes(jpeg(900, 600))
    second.write_bytes(jpeg(600, 900))
    fake.write_bytes(b"GIF89a<script>alert(1)</script>")
    NewsroomFactory(unit=unit)
    page = sign_in("bien-tap")
    page.goto(f"{live_server.url}/quan-tri/reports/report/add/")

    page.wait_for_function(EDITOR_IS_READY)
    page.fill("#id_title", "Ấp Mỹ An làm xong đường hoa")
    text = page.frame_locator("iframe.cke_wysiwyg_frame").locator("body")
    text.click()
    page.keyboard.type("Sáng 2/7, bà con trồng xong con đường hoa.")
    page.get_by_text("Kỳ báo cáo, mục, chủ đề").click()
    page.select_option("#id_ky_part", "H1")
    page.fill("#id_ky_year", "2026")
    page.select_option("#id_ky_rule", "15-14")
    assert page.input_value("#id_period_start") == "15/12/2025"
    assert page.input_value("#id_period_end") == "14/06/2026"
    page.set_input_files("#id_new_photos", [good, fake, second])
    page.get_by_text("hai.jpg: đã thêm").wait_for()
    page.get_by_text("gia.jpg: Tệp này không phải là ảnh").wait_for()
    page.get_by_text("2/3 ảnh đã lên.").wait_for()
    page.fill("#id_photos-0-caption", "Bà con trồng hoa")
    page.locator("#photos-group .move-down").first.focus()
    page.keyboard.press("Enter")
    page.fill("#id_publish_on_0", "31/02/2026")
    page.fill("#id_publish_on_1", "25:99")
    page.get_by_role("button", name="Hẹn giờ đăng").click()

    page.get_by_text("Chưa lưu được.").wait_for()
    assert "Ngày không đúng." in page.inner_text(".error-note")
    assert page.input_value("#id_title") == "Ấp Mỹ An làm xong đường hoa"
    assert page.input_value("#id_publish_on_0") == "31/02/2026"
    body = page.frame_locator("iframe.cke_wysiwyg_frame").locator("body")
    expect(body).to_have_text("Sáng 2/7, bà con trồng xong con đường hoa.")
    assert not Report.objects.filter(title="Ấp Mỹ An làm xong đường hoa").exists()
    page.fill("#id_publish_on_0", "")
    page.fill("#id_publish_on_1", "")
    page.get_by_role("button", name="Lưu nháp").click()

    page.get_by_text("Đã thêm bài").wait_for()
    report = Report.objects.get(title="Ấp Mỹ An làm xong đường hoa")
    captions = [(photo.caption, photo.width) for photo in Photo.objects.filter(report=report)]
    assert captions == [("", 600), ("Bà con trồng hoa", 900)]
    assert [c.person.name for c in report.contributions.all()] == ["Ngọc Lan"]
    assert [line for line in page.trouble if "anh-noi-dung" not in line and "400" not in line] == []


def test_the_editor_takes_a_picture_and_says_why_it_refuses_one(
    sign_in, live_server, office, tmp_path
):
    good, fake = tmp_path / "tot.jpg", tmp_path / "gia.jpg"
    good.write_bytes(jpeg(900, 600))
    fake.write_bytes(b"<html></html>")
    page = sign_in("bien-tap")
    told = []
    page.on("dialog", lambda dialog: (told.append(dialog.message), dialog.accept()))
    page.goto(f"{live_server.url}/quan-tri/reports/report/{office['draft'].pk}/change/")
    page.wait_for_function(EDITOR_IS_READY)
    page.frame_locator("iframe.cke_wysiwyg_frame").locator("body").click()

    page.click(".cke_button__image")
    page.locator(".cke_dialog_tab", has_text="Tải lên").click()
    chooser = page.frame_locator("iframe.cke_dialog_ui_input_file:visible").locator(
        "input[type=file]"
    )
    send = page.locator(".cke_dialog a.cke_dialog_ui_button:visible").first
    chooser.set_input_files(fake)
    send.click()
    until(lambda: told, page)
    chooser.set_input_files(good)
    send.click()
    page.wait_for_function(
        "() => CKEDITOR.dialog.getCurrent().getContentElement('info', 'src').getValue()"
    )
    page.locator(".cke_dialog_ui_button_ok").click()
    page.get_by_role("button", name="Lưu nháp").click()

    page.get_by_text("Đã lưu bài").wait_for()
    assert len(told) == 1
    assert told[0].startswith("Tệp này không phải là ảnh")
    report = Report.objects.get(pk=office["draft"].pk)
    assert report.body_pictures.count() == 1
    assert f"/{report.body_pictures.get().token}/" in report.body


def test_every_dialog_of_the_editor_opens_in_vietnamese(sign_in, live_server, office):
    page = sign_in("bien-tap")
    page.goto(f"{live_server.url}/quan-tri/reports/report/{office['draft'].pk}/change/")
    page.wait_for_function(EDITOR_IS_READY)
    page.frame_locator("iframe.cke_wysiwyg_frame").locator("body").click()

    for button, title in (
        ("image", "Thuộc tính của ảnh"),
        ("link", "Liên kết"),
        ("table", "Thuộc tính bảng"),
        ("find", "Tìm kiếm và thay thế"),
    ):
        page.click(f".cke_button__{button}")
        dialog = page.locator(".cke_dialog:visible")
        dialog.wait_for()
        expect(dialog).to_contain_text(title)
        words = dialog.inner_text()
        for english in ("URL", "Upload", "Alternative", "Display", "Height", "Header", "Cancel"):
            assert english not in words, (button, english)
        page.locator(".cke_dialog_close_button:visible").click()
        dialog.wait_for(state="hidden")
    assert page.trouble == []


def test_a_picker_finds_units_without_marks_by_keyboard(sign_in, live_server, unit):
    page = sign_in("quan-tri")
    page.goto(f"{live_server.url}/quan-tri/reports/newsroom/add/")

    page.get_by_role("combobox", name="Đơn vị").focus()
    page.keyboard.press("Enter")
    page.keyboard.type("thoi son, an giang")
    page.locator(".select2-results__option", has_text="Phường Thới Sơn, tỉnh An Giang").wait_for()
    page.keyboard.press("Enter")

    expect(page.locator("#id_unit")).to_have_value(unit.pk)
