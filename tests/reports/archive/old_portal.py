"""Pages of a portal that never was, in our own words, as browsers and old systems leave them behind."""

import csv
import io
import zipfile

from tests.reports.test_pictures import jpeg

SITE = "https://cu-phuhoa.example"


def text_of(number, *, words="đường hoa"):
    """A paragraph nobody else has, so that no two pages are alike."""
    names = ["Tư", "Năm", "Sáu", "Bảy", "Tám", "Chín"]
    return " ".join(
        f"Nhà ông {names[(number + turn) % 6]} ở tổ {number * 7 + turn} góp {turn + 3} ngày công làm "
        f"{words}, thêm {number * 13 + turn} cây giống và {turn * number + 2} bao xi măng."
        for turn in range(6)
    )


def page(number, *, title=None, day="12/03/2019 08:15", url=None, picture="", head="", text=""):
    """A saved page; `url` None gives it an address of its own, "" none."""
    address = f"{SITE}/tin/bai-{number}.html" if url is None else url
    link = f'<link rel="canonical" href="{address}">' if address else ""
    title = title if title is not None else f"Tổ {number} góp công làm đường hoa đợt {number}"
    image = (
        f'<p><img src="{picture}"></p><p class="caption">Bà con tổ {number} trồng hoa.</p>'
        if picture
        else ""
    )
    return (
        f"<!DOCTYPE html><html><head><title>{title}</title>{link}{head}</head><body>"
        '<div class="menu"><a href="/">Trang chủ</a> <a href="/tin">Tin tức</a> <a href="/lh">Liên hệ</a></div>'
        f"<div class='bai'><h1>{title}</h1><p>{day}</p>"
        f"<p>Sáng 10/3/2019, tổ {number} họp dân bàn việc làm đường hoa trước ngõ.</p>{image}"
        f"<p>{text or text_of(number)}</p><p>Tin, ảnh: Ngọc Lan</p></div></body></html>"
    )


def photo(number=0):
    return jpeg(640 + number, 420)


def table(rows, *, delimiter=";", encoding="utf-8-sig"):
    """A table as Excel saves it; `rows` are dicts with the same keys."""
    out = io.StringIO()
    writer = csv.DictWriter(out, list(rows[0]), delimiter=delimiter, lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode(encoding)


def zipped(files):
    """A zip of {name: bytes or text}."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in files.items():
            package.writestr(name, content)
    return out.getvalue()


def web_archive(number):
    """A page with its picture as browsers save it in one file (.mht)."""
    import base64

    body = page(number, url="", picture=f"{SITE}/anh/{number}.jpg")
    picture = base64.b64encode(photo(number)).decode()
    return (
        f"From: <Luu boi trinh duyet>\r\nSnapshot-Content-Location: {SITE}/tin/bai-{number}.html\r\n"
        'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="----ranh"\r\n\r\n'
        "------ranh\r\nContent-Type: text/html; charset=utf-8\r\n"
        f"Content-Transfer-Encoding: base64\r\n\r\n{base64.encodebytes(body.encode()).decode()}\r\n"
        f"------ranh\r\nContent-Type: image/jpeg\r\nContent-Transfer-Encoding: base64\r\n"
        f"Content-Location: {SITE}/anh/{number}.jpg\r\n\r\n{picture}\r\n------ranh--\r\n"
    ).encode()


def write(folder, files):
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return folder
