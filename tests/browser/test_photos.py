"""Photos in a real browser: dropped by the dozen, sent again, pointed at, and taken out of the library."""

import io
import json
import os
import threading
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import expect

from reports.models import Photo, Report
from reports.photos import check_picture
from tests.browser.looking import broken_rules
from tests.browser.patience import settle
from tests.browser.signing_in import fill_in_the_login, sign_in
from tests.factories import (
    MembershipFactory,
    NewsroomFactory,
    PersonFactory,
    PhotoFactory,
    ReportFactory,
    UserFactory,
)
from tests.portal.test_served import ONE_UNIT
from tests.reports.test_picture_kinds import UNDOING, UPRIGHT, corners, quarters
from tests.reports.test_pictures import jpeg
from tests.served import ServedSite
from units.models import Unit

pytestmark = pytest.mark.django_db(transaction=True)

PASSWORD = "viet-mot-bai-hay"
MOST_GROWTH = 300 * 1024 * 1024


@pytest.fixture
def unit(registry):
    return Unit.objects.current().get(name="Phường Thới Sơn", parent="t2-91")


@pytest.fixture
def editor(unit):
    user = UserFactory(username="bien-tap")
    MembershipFactory(user=user, unit=unit, role="editor")
    return user


@pytest.fixture
def at_new_report(page, live_server, editor):
    sign_in(page, live_server, editor)
    page.goto(f"{live_server.url}/quan-tri/reports/report/add/")
    return page


def phone_photos(folder, count):
    """12-megapixel photos as phones hold them: in every position, with the place they were taken."""
    ground = corners(4000, 3000)
    grain = Image.effect_noise((500, 375), 40).resize(ground.size).convert("RGB")
    ground = Image.blend(ground, grain, 0.12)
    made = []
    for number in range(count):
        orientation = number % 8 + 1
        turn = UNDOING[orientation]
        exif = Image.Exif()
        exif[0x0112] = orientation
        exif.get_ifd(0x8825)[2] = (10.0, 20.0, 30.0)
        path = folder / f"anh {number + 1:02d}.jpg"
        lying = ground if turn is None else ground.transpose(turn)
        lying.save(path, "JPEG", quality=82, exif=exif)
        made.append(path)
    return made


def drop(page, paths):
    """What a mouse does that lets go of files over the area."""
    page.evaluate(
        "document.body.insertAdjacentHTML('beforeend', '<input type=file multiple id=chuot hidden>')"
    )
    page.set_input_files("#chuot", paths)
    page.evaluate("""() => {
        const carried = new DataTransfer();
        for (const file of document.getElementById('chuot').files) carried.items.add(file);
        document.getElementById('chuot').remove();
        const area = document.querySelector('.drop');
        for (const what of ['dragenter', 'dragover', 'drop'])
            area.dispatchEvent(new DragEvent(what, {bubbles: true, cancelable: true, dataTransfer: carried}));
    }""")


class Memory:
    """The most that a process and its children held while this was open, in bytes."""

    def __init__(self, root, *, only=""):
        self.root, self.only, self.most, self.first = root, only, 0, 0
        self.watching = threading.Event()

    def __enter__(self):
        self.first = self.held()
        self.thread = threading.Thread(target=self._watch, daemon=True)
        self.thread.start()
        return self

    def __exit__(self, *error):
        self.watching.set()
        self.thread.join()

    @property
    def growth(self):
        return self.most - self.first

    def _watch(self):
        while not self.watching.wait(0.1):
            self.most = max(self.most, self.held())

    def held(self):
        parents, total = {}, 0
        for folder in Path("/proc").glob("[0-9]*"):
            try:
                status = (folder / "status").read_text()
                command = (folder / "cmdline").read_text()
            except OSError:
                continue
            said = dict(line.split(":", 1) for line in status.splitlines() if ":" in line)
            kilobytes = int(said.get("VmRSS", "0 kB").split()[0])
            parents[int(folder.name)] = (int(said["PPid"]), kilobytes * 1024, command)
        for process, (_, size, command) in parents.items():
            if process == self.root or (self._is_below(process, parents) and self.only in command):
                total += size
        return total

    def _is_below(self, process, parents):
        while process in parents and process != self.root:
            process = parents[process][0]
        return process == self.root


def assert_upright_and_silent(photos_and_bytes):
    for (width, height), content in photos_and_bytes:
        picture = Image.open(io.BytesIO(content))
        assert (picture.size, width, height) == ((4000, 3000), 4000, 3000)
        assert not picture.getexif()
        assert {"exif", "xmp", "icc_profile", "comment"}.isdisjoint(picture.info)
        assert quarters(picture.convert("RGB")) == UPRIGHT


def test_six_phone_photos_dropped_at_once(at_new_report, tmp_path, settings):
    page = at_new_report
    photos = phone_photos(tmp_path, 6)
    broken = tmp_path / "hong.jpg"
    broken.write_bytes(photos[0].read_bytes()[:200_000])

    with Memory(os.getpid(), only="limited.py") as memory:
        drop(page, [*photos[:2], broken, *photos[2:]])
        page.locator(".upload.sending progress").first.wait_for()
        page.get_by_text("6/7 ảnh đã lên. 1 ảnh chưa được: hong.jpg.").wait_for(timeout=180_000)

    assert memory.growth < MOST_GROWTH
    assert memory.growth > 30 * 1024 * 1024  # the control: what was watched did the work
    expect(page.locator(".upload-notes .failed")).to_contain_text(
        "hong.jpg: Tệp này không phải là ảnh, hoặc ảnh đã hỏng."
    )
    rows = page.locator("#photos-group .inline-related:not(.empty-form)")
    assert [row.locator(".thumb img").first.get_attribute("alt") for row in rows.all()] == [
        f"Ảnh vừa tải lên: anh {number:02d}.jpg" for number in range(1, 7)
    ]
    page.fill("#id_title", "Sáu ảnh một lúc")
    page.get_by_role("button", name="Lưu nháp").click()
    page.get_by_text("Đã thêm bài").wait_for()
    stored = list(Photo.objects.order_by("order"))
    assert len(stored) == 6
    assert_upright_and_silent(
        ((photo.width, photo.height), (settings.MEDIA_ROOT / photo.folder / "goc.jpg").read_bytes())
        for photo in stored
    )


SEAT = (
    ONE_UNIT
    + f"""
from django.contrib.auth import get_user_model
from reports.models import Membership
user = get_user_model().objects.create_user("bien-tap", password="{PASSWORD}", is_staff=True)
Membership.objects.create(user=user, unit_id="t2-12", role="editor")
"""
)
TELL = """
import json
from reports.models import Photo
print(json.dumps([(p.width, p.height, p.folder) for p in Photo.objects.order_by("order")]))
"""


@pytest.mark.drill
def test_twenty_phone_photos_cost_the_server_no_more_memory_than_two(page, tmp_path):
    photos = phone_photos(tmp_path, 20)
    broken = tmp_path / "hong.jpg"
    broken.write_bytes(b"\xff\xd8\xff\xe0 hong")
    site = ServedSite(tmp_path)
    site.manage("migrate", "--verbosity", "0")
    site.manage("collectstatic", "--noinput", "--verbosity", "0")
    site.say(SEAT)
    with site:
        page.goto(f"{site.base}/quan-tri/")
        fill_in_the_login(page, "bien-tap", PASSWORD)
        page.goto(f"{site.base}/quan-tri/reports/report/add/")
        with Memory(site.process.pid) as memory:
            drop(page, [*photos[:7], broken, *photos[7:]])
            page.locator(".upload.sending progress").first.wait_for()
            page.get_by_text("20/21 ảnh đã lên. 1 ảnh chưa được: hong.jpg.").wait_for(
                timeout=280_000
            )
        print(f"grew by {memory.growth // 2**20} MB from {memory.first // 2**20} MB")
        assert memory.growth < MOST_GROWTH
        page.fill("#id_title", "Hai mươi ảnh một lúc")
        page.get_by_role("button", name="Lưu nháp").click()
        page.get_by_text("Đã thêm bài").wait_for()
        stored = json.loads(site.say(TELL))
    assert len(stored) == 20
    assert_upright_and_silent(
        ((width, height), (tmp_path / "media" / folder / "goc.jpg").read_bytes())
        for width, height, folder in stored
    )


def test_a_stopped_and_a_lost_photo_are_sent_again(at_new_report, tmp_path):
    page = at_new_report
    good = tmp_path / "tot.jpg"
    good.write_bytes(jpeg(900, 600))
    page.route("**/quan-tri/anh-noi-dung/", lambda route: route.abort())

    page.set_input_files("#id_new_photos", [good])
    page.get_by_text("tot.jpg: chưa gửi được. Hãy xem lại mạng").wait_for()
    page.unroute("**/quan-tri/anh-noi-dung/")
    page.get_by_role("button", name="Gửi lại: tot.jpg").click()

    page.get_by_text("1/1 ảnh đã lên.").wait_for()
    expect(page.locator("#photos-group .inline-related:not(.empty-form)")).to_have_count(1)


def test_a_busy_server_is_asked_again_by_itself(at_new_report, tmp_path):
    page = at_new_report
    good = tmp_path / "tot.jpg"
    good.write_bytes(jpeg(900, 600))
    asked = []

    def busy_once(route):
        asked.append(route)
        if len(asked) == 1:
            route.fulfill(status=503, json={"uploaded": 0, "error": {"message": "Máy đang bận."}})
        else:
            route.continue_()

    page.route("**/quan-tri/anh-noi-dung/", busy_once)
    page.set_input_files("#id_new_photos", [good])

    page.get_by_text("1/1 ảnh đã lên.").wait_for()
    assert len(asked) == 2


def test_saving_waits_for_the_photos_on_their_way(at_new_report, tmp_path):
    page = at_new_report
    files = [tmp_path / f"{number}.jpg" for number in range(3)]
    for path in files:
        path.write_bytes(jpeg(900, 600))

    held = []

    def hold(route):
        if held is None:
            route.continue_()
        else:
            held.append(route)

    page.route("**/quan-tri/anh-noi-dung/", hold)
    page.fill("#id_title", "Bài chờ ảnh")
    page.set_input_files("#id_new_photos", files)
    page.get_by_role("button", name="Lưu nháp").click()
    page.get_by_text("Xong ảnh cuối, bài sẽ được lưu ngay.").wait_for()
    assert not Report.objects.exists()
    on_their_way, held = held, None
    for route in on_their_way:
        route.continue_()

    page.get_by_text("Đã thêm bài").wait_for()
    assert Report.objects.get().photos.count() == 3


def test_the_focal_point_is_set_by_a_press_and_by_keys(page, live_server, editor, unit):
    photo = PhotoFactory.build(report=ReportFactory(unit=unit))
    check_picture(jpeg(1200, 800)).store(photo)
    photo.save()
    sign_in(page, live_server, editor)
    page.goto(f"{live_server.url}/quan-tri/reports/report/{photo.report_id}/change/")
    pick = page.locator(".focus-pick")
    pick.scroll_into_view_if_needed()
    page.wait_for_function("() => document.querySelector('.focus-pick img').naturalWidth > 0")
    settle(page)

    box = pick.locator("img").bounding_box()
    page.mouse.click(box["x"] + box["width"] * 0.2, box["y"] + box["height"] * 0.75)
    pressed = page.input_value("#id_photos-0-focal_x"), page.input_value("#id_photos-0-focal_y")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Shift+ArrowUp")

    assert pressed == ("20", "75")
    assert "ngang 22%, dọc 65%" in pick.get_attribute("aria-label")
    cuts = [
        page.evaluate("image => image.style.objectPosition", image)
        for image in page.query_selector_all(".focus-frame img")
    ]
    # 1200×630 of 1200×800 keeps all of the width; the square keeps 800 of it, at its left end.
    assert cuts[0].startswith("50% ")
    assert cuts[1] == "0% 50%"
    page.get_by_role("button", name="Lưu nháp").click()
    page.get_by_text("Đã lưu bài").wait_for()
    photo.refresh_from_db()
    assert (photo.focal_x, photo.focal_y) == (22, 65)


def test_a_photo_comes_out_of_the_library_with_its_words(page, live_server, editor, unit, tmp_path):
    person = PersonFactory(name="Thanh Xuân", unit=unit)
    photo = PhotoFactory.build(
        report=ReportFactory(unit=unit, title="Bài cũ"), caption="Cầu mới qua kênh", credit=person,
        alt="Bảy người đứng trên cầu",
    )  # fmt: skip
    check_picture(jpeg(900, 600)).store(photo)
    photo.save()
    good = tmp_path / "tot.jpg"
    good.write_bytes(jpeg(900, 600))
    NewsroomFactory(unit=unit)
    sign_in(page, live_server, editor)
    page.goto(f"{live_server.url}/quan-tri/reports/report/add/")
    page.fill("#id_title", "Bài mới")
    page.set_input_files("#id_new_photos", [good])
    page.get_by_text("1/1 ảnh đã lên.").wait_for()
    first = page.locator("#photos-group .inline-related").first
    expect(first.locator("[data-lacks]")).to_have_text("Còn thiếu: chú thích, người chụp, mô tả")

    page.get_by_role("link", name="Chọn từ kho ảnh").click()
    page.fill("#kho-q", "cau moi")
    page.get_by_role("button", name="Tìm", exact=True).click()
    page.get_by_label("Cầu mới qua kênh").check()
    assert broken_rules(page) == []
    page.get_by_role("button", name="Thêm ảnh đã đánh dấu").click()
    page.fill("#id_photos-0-caption", "Bà con trồng hoa")
    page.get_by_role("button", name="Chép người chụp cho mọi ảnh").click()

    expect(first.locator("[data-lacks]")).to_have_text("Còn thiếu: mô tả")
    page.get_by_role("button", name="Lưu nháp").click()
    page.get_by_text("Đã thêm bài").wait_for()
    rows = Report.objects.get(title="Bài mới").photos.all()
    assert [(row.caption, row.credit) for row in rows] == [
        ("Bà con trồng hoa", person),
        ("Cầu mới qua kênh", person),
    ]
    assert rows[1].token == photo.token


@pytest.mark.parametrize("width", [360, 1280])
def test_the_pages_of_photos_break_no_rule(page, live_server, editor, unit, width, tmp_path):
    photo = PhotoFactory.build(report=ReportFactory(unit=unit), alt="Cây cầu mới")
    check_picture(jpeg(900, 600)).store(photo)
    photo.save()
    good, fake = tmp_path / "tot.jpg", tmp_path / "IMG_7.heic"
    good.write_bytes(jpeg(900, 600))
    fake.write_bytes(b"\0\0\0\x18ftypheic" + b"\0" * 64)
    page.set_viewport_size({"width": width, "height": 800})
    sign_in(page, live_server, editor)
    broken = []

    def look(where):
        settle(page)
        broken.extend((where, *each) for each in broken_rules(page))
        if page.evaluate("document.documentElement.scrollWidth") > width:
            broken.append((where, "wider than the screen"))

    page.goto(f"{live_server.url}/quan-tri/anh/")
    look("library")
    page.goto(f"{live_server.url}/quan-tri/anh/?bai={photo.report_id}")
    look("library for a report")
    page.goto(f"{live_server.url}/quan-tri/them-anh/")
    page.set_input_files("#id_new_photos", [good, fake])
    page.get_by_text("1/2 ảnh đã lên. 1 ảnh chưa được: IMG_7.heic.").wait_for()
    expect(page.locator(".upload-notes")).to_contain_text("Đây là ảnh HEIC của iPhone")
    look("photos first")
    page.get_by_role("button", name="Viết tin ảnh").click()
    page.locator("#photos-group .focus-pick").wait_for()
    look("photo report")
    page.goto(f"{live_server.url}/quan-tri/reports/report/{photo.report_id}/change/")
    look("stored photo")

    assert broken == []
