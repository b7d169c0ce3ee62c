"""What the people in the guides' pictures bring along: a Word file, photos, pages of a closed portal."""

import io
import zipfile

import docx
from docx.shared import Inches

from reports.demo.scenes import draw

WORD_TITLE = "Ấp Tây Bình khánh thành cầu Kênh Mới"
WORD = (
    WORD_TITLE,
    "Sáng 14/11/2026, Ủy ban MTTQ Việt Nam xã Thoại Sơn tổ chức lễ khánh thành cầu Kênh Mới do bà con "
    "ấp Tây Bình góp công, góp của.",
    "Cây cầu dài 28 mét, rộng 3 mét. Bà con góp 312 ngày công và xử dụng lại cát, đá của cầu cũ, nên "
    "chỉ mất bốn tháng là xong.",
    "Ông Sáu Bền, người coi thợ, đếm từng bao xi măng rồi ghi vào sổ treo ở đầu cầu cho ai cũng xem "
    "được. Ai muốn hỏi thêm thì gọi ông: 0912 345 678.",
)
WORD_PHOTOS = (
    ("bridge 1", "Bà con ấp Tây Bình qua cầu trong buổi sáng đầu tiên. Ảnh: Ngọc Hà"),
    ("bridge 3", "Trẻ em đi học bằng cầu mới. Ảnh: Ngọc Hà"),
)
BYLINE = "Tin: Minh Châu"
# What the desk chooses: places with reports in the demo, how a table is laid, words of one report.
PROVINCE = {"don-vi": "t2-91"}
COMMUNES = {"don-vi": "t2-30682,t2-30691,t2-30307,t2-30313,t2-30538,t2-30688,t2-30502"}
FORMER = {"don-vi-cu": "1"}
SHORT = {**FORMER, "xep": "nhieu", "gon": "1"}
COUNTED, INDICATOR = "muoi sau la don", "đơn đã giải quyết"
MONTHS = ("3/2019", "5/2019", "8/2019", "10/2019", "1/2020")
WORKS = ("làm đường hoa", "dọn rác kênh Tư", "lắp đèn ngõ", "sửa cầu ván", "trồng cây sân trường")


def word_file(path):
    """A Word file as a commune's editor gets it; with one slip and one telephone number."""
    new = docx.Document()
    for text in WORD[:3]:
        new.add_paragraph(text)
    for scene, caption in WORD_PHOTOS:
        new.add_picture(io.BytesIO(draw(scene)), width=Inches(5))
        new.add_paragraph(caption, style="Caption")
    new.add_paragraph(WORD[3])
    new.add_paragraph(BYLINE)
    new.save(path)
    return path


def photos(folder, *scenes):
    """Photo files named as phones name them."""
    paths = []
    for number, scene in enumerate(scenes):
        path = folder / f"IMG_{4120 + number}.jpg"
        path.write_bytes(draw(scene))
        paths.append(path)
    return paths


def old_portal(path):
    """A package with saved pages of a portal that never was."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for number, (month, work) in enumerate(zip(MONTHS, WORKS, strict=True), start=1):
            package.writestr(f"bai-{number}.html", _page(number, month, work))
    return path


def _page(number, month, work):
    title = f"Tổ {number + 3} góp công {work}"
    # One page does not say when it was published: that is what the list of doubtful pages is for.
    published = "" if number == 4 else f"<p>1{number}/{month.zfill(7)} 08:15</p>"
    families = " ".join(
        f"Nhà ông {name} góp {number * 3 + count} ngày công {work}, thêm {number * 7 + count} bao xi măng."
        for count, name in enumerate(("Tư Lành", "Năm Thạnh", "Sáu Bền", "Bảy Đủ"), start=1)
    )
    return (
        f'<!DOCTYPE html><html><head><title>{title}</title><link rel="canonical" '
        f'href="https://cong-cu.example/tin/bai-{number}.html"></head><body><div class="menu">'
        '<a href="/">Trang chủ</a> <a href="/tin">Tin tức</a></div>'
        f"<div class='bai'><h1>{title}</h1>{published}<p>Sáng 1{number - 1}/{month}, tổ {number + 3} họp dân "
        f"bàn việc {work}.</p><p>{families}</p><p>Tin, ảnh: Ngọc Lan</p></div></body></html>"
    )
