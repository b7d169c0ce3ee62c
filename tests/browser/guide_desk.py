"""What somebody at the desk does for the pictures of its guide (docs/vi/tong-hop.md)."""

from urllib.parse import urlencode

from . import guide_material as material

MEMBER = "tonghop"


def at_desk(office, path="", **choice):
    """A page of the desk, asked for by an address as people send it to each other."""
    page = office.desk(MEMBER)
    question = f"?{urlencode(choice, safe=',')}" if choice else ""
    page.goto(f"{office.base}/tong-hop/{path}{question}", wait_until="networkidle")
    return page


def numbers(office):
    page = at_desk(office, **material.COMMUNES, **material.FORMER, ky="2026")
    office.picture(page, "tong-hop-loc", of=".bar")
    page = at_desk(office, **material.PROVINCE, **material.SHORT, ky="2026")
    linked = page.locator("td a").nth(1)
    office.picture(page, "tong-hop-bang", of="section.stack", mark=linked, most=1180)
    page = at_desk(office, "cung-ky/", **material.PROVINCE, **material.SHORT, ky="2026")
    by_unit = page.locator("section.stack").nth(1)
    office.picture(page, "tong-hop-cung-ky", of=by_unit, most=860)
    page = at_desk(office, "do-phu/", **material.COMMUNES, ky="2026-H2")
    result = page.locator("section.stack").first
    office.picture(page, "tong-hop-do-phu", of=result, most=960)


def what_texts_hold(office):
    """A number is about to be confirmed; promises were kept, one of them is done."""
    page = at_desk(office, "chi-tieu/xac-nhan/", **material.PROVINCE, q=material.COUNTED)
    proposal = page.locator("fieldset.proposal").first
    proposal.get_by_label("Chỉ tiêu").fill(material.INDICATOR)
    proposal.get_by_label("Xác nhận").check()
    page.locator("h1").click()
    office.picture(page, "tong-hop-xac-nhan", of=".to-confirm", most=640)
    page = at_desk(office, "nhiem-vu/", **material.PROVINCE)
    office.picture(page, "tong-hop-nhiem-vu", of="section.stack")


def paper(office):
    page = at_desk(office, "mau-bao-cao/")
    office.picture(page, "tong-hop-mau", most=760)
    page = at_desk(office, "xuat/ban-in/", **material.PROVINCE, ky="2026-H1", so="128")
    office.picture(page, "tong-hop-soan", mark=page.locator("a", has_text="Word"), most=1100)


def books(office):
    page = at_desk(office, "diem-tin/")
    page.locator("ul.digests a").first.click()
    page.wait_for_load_state("networkidle")
    office.picture(page, "tong-hop-diem-tin", of="ol.digest-rows", most=820)
    page = at_desk(office, "dan-van-kheo/", **material.PROVINCE)
    office.picture(page, "tong-hop-so-kheo", of="section.stack", most=760)


def kept(office):
    page = at_desk(office, **material.COMMUNES, ky="2026-Q3")
    page.get_by_role("link", name="Lưu bộ lọc này").click()
    page.wait_for_load_state("networkidle")
    page.get_by_label("Tên bộ lọc").fill("Bảy xã, phường, từng quý")
    page.locator("h1").click()
    office.picture(page, "tong-hop-luu")


def take(office):
    numbers(office)
    what_texts_hold(office)
    paper(office)
    books(office)
    kept(office)
