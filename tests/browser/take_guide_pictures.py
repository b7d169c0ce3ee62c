"""The pictures in the guides, taken anew from a demo site: `make guide-pictures`.

    python -m tests.browser.take_guide_pictures docs/img/vi [--base http://…]

The people of the demo do what the guides tell, one after the other, on a site that goes away
afterwards; `--base` lets them do it on a running demo site, which keeps what they did. What a picture
is about has a thick frame. Each is a WebP of at most 120 kB.
"""

import argparse
import contextlib
import io
import re
import shutil
import sys
import tempfile
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

from . import guide_desk
from . import guide_material as material
from .take_shots import demo_site

# The demo's logins (reports.demo.accounts), as `make run` prints them.
PASSWORDS = {
    "quantri": "mo-cua-don-xuan",
    "bientap": "viet-mot-bai-hay",
    "nguoiduyet": "doc-ky-roi-duyet",
    "tonghop": "dem-du-tung-bai",
}
WIDTH, HEIGHT = 1000, 700
MOST_BYTES = 120 * 1024
FRAME = "element => { element.style.outline = '4px solid #b3261e'; element.style.outlineOffset = '4px'; }"
UNSTICK = "() => document.querySelectorAll('.submit-row').forEach(row => { row.style.position = 'static'; })"
DROP = """(area, files) => {
    const carried = new DataTransfer();
    for (const file of document.getElementById('chuot').files) carried.items.add(file);
    document.getElementById('chuot').remove();
    for (const what of ['dragenter', 'dragover', 'drop'])
        area.dispatchEvent(new DragEvent(what, {bubbles: true, cancelable: true, dataTransfer: carried}));
}"""
MOUSE = (
    "document.body.insertAdjacentHTML('beforeend', '<input type=file multiple id=chuot hidden>')"
)
EDITOR_READY = "() => window.CKEDITOR && CKEDITOR.instances.id_body && CKEDITOR.instances.id_body.status === 'ready'"


class Office:
    """People at their desks: each has a window of their own, signed in once."""

    def __init__(self, browser, base, folder, scratch):
        self.browser, self.base, self.folder, self.scratch = browser, base, folder, scratch
        self.desks = {}

    def desk(self, name):
        """The window of one of the demo's people."""
        if name not in self.desks:
            context = self.browser.new_context(
                viewport={"width": WIDTH, "height": HEIGHT},
                locale="vi-VN",
                timezone_id="Asia/Ho_Chi_Minh",
            )
            page = context.new_page()
            page.set_default_timeout(30_000)
            page.goto(f"{self.base}/quan-tri/")
            page.fill("#id_username", name)
            page.fill("#id_password", PASSWORDS[name])
            page.click("#login-form button")
            page.get_by_role("heading", name="Việc của tôi").wait_for()
            self.desks[name] = page
        return self.desks[name]

    def open(self, name, path):
        page = self.desk(name)
        page.goto(f"{self.base}/quan-tri/{path}", wait_until="networkidle")
        return page

    def picture(self, page, name, *, of="main", mark=None, most=HEIGHT):
        """Keep what stands at `of`, at most `most` pixels of its height, with a frame around `mark`."""
        # Bars that stay in sight would stand in the middle of a long picture.
        page.evaluate(UNSTICK)
        if mark is not None:
            mark.first.evaluate(FRAME)
        place = page.locator(of).first if isinstance(of, str) else of.first
        page.evaluate("window.scrollTo(0, 0)")
        box = place.bounding_box()
        # Above the page's own part stands the row of lists, which would be cut through.
        margin = 0 if of == "main" else 16
        left, top = max(box["x"] - margin, 0), max(box["y"] - margin, 0)
        clip = {
            "x": left,
            "y": top,
            "width": min(box["width"] + 2 * margin, WIDTH - left),
            "height": min(box["height"] + 2 * margin, most),
        }
        content = page.screenshot(full_page=True, clip=clip, animations="disabled")
        keep(content, self.folder / f"{name}.webp")


def keep(content, path):
    """Write the picture as WebP, as fine as `MOST_BYTES` allow."""
    picture = Image.open(io.BytesIO(content)).convert("RGB")
    for quality in range(84, 30, -6):
        file = io.BytesIO()
        picture.save(file, "WEBP", quality=quality, method=6)
        if file.tell() <= MOST_BYTES:
            break
    path.write_bytes(file.getvalue())
    print(f"{path.name}: {file.tell() // 1024} kB", flush=True)


def drop(page, paths):
    page.evaluate(MOUSE)
    page.set_input_files("#chuot", paths)
    page.locator(".drop").last.evaluate(DROP)


def press(page, name):
    """Press a button of the page and wait for what comes."""
    with page.expect_navigation():
        page.get_by_role("button", name=name, exact=True).first.click()
    page.wait_for_load_state("networkidle")


def start_page(office):
    page = office.open("bientap", "")
    office.picture(page, "viec-cua-toi", of="body", most=800)
    page = office.open("bientap", "tin-bao/")
    office.picture(page, "tin-bao", most=420)


def from_word(office):
    """A Word file comes in; returns the new draft's address."""
    page = office.open("bientap", "nhap-bai/")
    page.set_input_files("[name=file]", material.word_file(office.scratch / "cau-kenh-moi.docx"))
    read = page.get_by_role("button", name="Đọc bài")
    office.picture(page, "nhap-tu-word", mark=read, most=1100)
    press(page, "Đọc bài")
    page.wait_for_function(EDITOR_READY)
    office.picture(page, "nhap-xem-lai", most=900)
    press(page, "Lưu nháp")
    page.get_by_text("Đã lưu nháp").wait_for()
    return re.search(r"/quan-tri/(.+/)change/", page.url)[1]


def at_the_form(office, draft):
    page = open_form(office, "bientap", draft)
    panel = page.locator("#kiem-bai")
    for fold in panel.locator("summary").all():
        fold.click()
    mend = panel.get_by_role("button", name=re.compile("Sửa thành"))
    office.picture(page, "kiem-bai", of=panel, mark=mend)
    with page.expect_navigation():
        mend.first.click()
    page.wait_for_function(EDITOR_READY)

    drop(page, material.photos(office.scratch, "flowers 2", "feast 1"))
    page.locator(".uploads progress").first.wait_for(state="detached")
    page.wait_for_load_state("networkidle")
    office.picture(page, "tha-anh", of=".new-photos")
    office.picture(page, "tam-anh", of=".photo-row", mark=page.locator(".photo-row .thumb img"))


def sent_and_sent_back(office, draft):
    page = open_form(office, "bientap", draft)
    page.locator("[name=da-xem]").check()
    send = page.get_by_role("button", name="Gửi duyệt", exact=True)
    office.picture(page, "gui-duyet", of=".submit-row", mark=send)
    press(page, "Gửi duyệt")

    page = office.open("nguoiduyet", f"{draft}change/")
    page.locator("summary", has_text="Trả lại người viết").click()
    office.picture(page, "duyet", of=".deeds", most=900)
    page.locator(".reasons input").nth(1).check()
    page.locator("#tra-lai_reason").fill("Xin ghi rõ cầu ở tổ nào của ấp.")
    press_last(page, "Trả lại người viết")

    page = open_form(office, "bientap", draft)
    office.picture(page, "tra-lai", of="#content", mark=page.locator(".notice h2"), most=420)
    page.fill("#id_lead", page.input_value("#id_lead").replace("ấp Tây Bình", "tổ 4, ấp Tây Bình"))
    press(page, "Gửi duyệt")
    # Other words may bring other reminders.
    if page.locator("[name=da-xem]").count():
        page.locator("[name=da-xem]").check()
        press(page, "Gửi duyệt")
    page = office.open("nguoiduyet", f"{draft}change/")
    press(page, "Đăng ngay")


def after_publishing(office, draft):
    page = office.open("nguoiduyet", f"{draft}change/")
    page.locator("summary", has_text="Ghi đính chính").click()
    page.fill("#dinh-chinh_was", "Cây cầu dài 28 mét.")
    page.fill("#dinh-chinh_now_is", "Cây cầu dài 26 mét.")
    office.picture(page, "dinh-chinh", of=".deeds details[open]", most=960)
    page = office.open("nguoiduyet", f"{draft}change/")
    page.locator("summary", has_text="Gỡ bài").click()
    office.picture(page, "go-bai", of=".deeds details[open]")

    page = office.open("bientap", f"{draft}change/")
    press(page, "Viết bản sửa")
    page.wait_for_function(EDITOR_READY)
    page.fill("#id_title", f"{material.WORD_TITLE} sau bốn tháng góp công")
    press(page, "Lưu nháp")
    page.locator(".revision summary").first.click()
    office.picture(page, "ban-sua", of=".revision")


def two_people(office, title):
    path = address_of(office, title)
    mine, theirs = open_form(office, "bientap", path), office.desk("quantri")
    mine.fill("#id_title", f"{title} lúc bốn giờ sáng")
    mine.get_by_text("Đã giữ bản gõ lúc").wait_for(timeout=60_000)
    office.open("quantri", f"{path}change/")
    office.picture(theirs, "hai-nguoi", most=420)
    press(theirs, "Giành quyền sửa")
    theirs.wait_for_function(EDITOR_READY)
    theirs.fill("#id_lead", "Bốn giờ sáng, mười hai chiếc ghe đã cắm sào đợi khách ở ngã ba kênh.")
    press(theirs, "Lưu nháp")
    press(mine, "Lưu nháp")
    mine.get_by_role("heading", name="Hai bản khác nhau ở đâu").wait_for()
    merge = mine.get_by_role("button", name=re.compile("^Gộp"))
    office.picture(mine, "hai-ban", mark=merge, most=900)
    press(mine, "Gộp: giữ thay đổi của cả hai")
    page = office.open("bientap", f"{path}history/")
    compare = page.get_by_role("button", name="So sánh")
    office.picture(page, "lich-su", mark=compare)
    compare.click()
    page.get_by_role("heading", name="So sánh hai bản").wait_for()
    office.picture(page, "so-sanh")


def old_pages(office):
    page = office.open("bientap", "nhap-kho/")
    page.set_input_files("[name=files]", material.old_portal(office.scratch / "cong-cu.zip"))
    choose_unit(page, "thoai son")
    press(page, "Tải lên và xem thử")
    bring = page.get_by_role("button", name=re.compile("^Nhập .* bài"))
    bring.wait_for(timeout=120_000)
    office.picture(page, "kho-bai-cu", mark=bring, most=760)
    bring.click()
    review = page.get_by_role("link", name="Xem lại và gửi duyệt")
    review.wait_for(timeout=120_000)
    review.click()
    page.wait_for_load_state("networkidle")
    for box in page.locator("[name=bai]").all()[:2]:
        box.check()
    office.picture(page, "kho-xem-lai", most=800)
    office.picture(page, "kho-viec-chung", of=".bulk")


def choose_unit(page, words):
    if page.locator("#id_unit").input_value():
        return
    page.locator(".select2-selection").first.click()
    page.locator(".select2-search__field").fill(words)
    page.locator(
        ".select2-results__option--selectable, .select2-results__option[role=option]"
    ).first.click()


def library_and_fees(office):
    page = office.open("bientap", "anh/")
    office.picture(page, "kho-anh")
    page = office.open("nguoiduyet", "reports/feesheet/")
    office.picture(page, "nhuan-but", most=640)
    to_score = page.locator("td[data-label='Chưa chấm'] a").first
    to_score.click()
    page.wait_for_load_state("networkidle")
    office.picture(page, "nhuan-but-cham", most=640)
    office.open("nguoiduyet", "reports/feesheet/")
    page.locator("tr", has_text="đã khóa").locator("th a").first.click()
    page.wait_for_load_state("networkidle")
    office.picture(page, "nhuan-but-bang", most=860)


def open_form(office, name, path):
    page = office.open(name, f"{path}change/")
    page.wait_for_function(EDITOR_READY)
    return page


def address_of(office, title):
    """Where the demo's report of this title is written, below the back office."""
    page = office.open("bientap", f"reports/report/?q={title}")
    link = page.get_by_role("link", name=title).first.get_attribute("href")
    return re.search(r"/quan-tri/(.+/)change/", link)[1]


def press_last(page, name):
    with page.expect_navigation():
        page.get_by_role("button", name=name, exact=True).last.click()
    page.wait_for_load_state("networkidle")


def take(office):
    """Everything the guides tell, in an order in which one leads to the next."""
    start_page(office)
    draft = from_word(office)
    at_the_form(office, draft)
    sent_and_sent_back(office, draft)
    after_publishing(office, draft)
    two_people(office, "Ghi chép nhanh: chợ nổi nhỏ ở ngã ba kênh")
    old_pages(office)
    library_and_fees(office)
    guide_desk.take(office)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--base", default="")
    options = parser.parse_args()
    options.folder.mkdir(parents=True, exist_ok=True)
    with contextlib.ExitStack() as stack:
        base = options.base or stack.enter_context(demo_site())
        scratch = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="guides-")))
        playwright = stack.enter_context(sync_playwright())
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"),
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        )
        take(Office(browser, base, options.folder, scratch))
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
