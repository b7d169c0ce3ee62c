"""What people who cannot see a photo are told of it, and what says nothing to them."""

import re

from portal.text import fold, one_line

EXAMPLE = "Ví dụ: Bảy người đứng trên cây cầu bê tông mới."
# Left behind by old portals, page builders and cameras; compared without marks and signs.
_EMPTY_WORDS = {
    "responsive image", "image", "images", "img", "photo", "photos", "picture", "untitled", "no title",
    "anh", "hinh", "hinh anh", "buc anh", "tam anh", "anh chup", "anh minh hoa", "hinh minh hoa",
    "minh hoa", "anh dai dien", "anh bia", "chua co mo ta", "khong co mo ta", "mo ta anh", "chu thich",
}  # fmt: skip
_NUMBERED = re.compile(
    r"(?:responsive image|image|img|photo|picture|screenshot|anh|hinh|hinh anh|tam anh|buc anh)"
    r" ?(?:so )?\d+(?: \d+)*"
)
_FILE = re.compile(r"\S+\.(?:jpe?g|jfif|png|webp|gif|bmp|tiff?|heic|heif|avif)", re.IGNORECASE)
# IMG_1234, DSC01234, DSCF-0012, PXL_20260702_…, z5432109876543_…, 20260702_081500 (1)
_CAMERA = re.compile(
    r"(?:img|dsc|dscn|dscf|pxl|pict|image|photo|screenshot|received|fb_img|mvimg|zalo|z|p|_mg|sam|wp|vlcsnap)?"
    r"[-_ ]?\d{3,}[\w-]*(?: ?\(\d+\))?",
    re.IGNORECASE,
)
_SIGNS = re.compile(r"[^a-z0-9]+")
_LEADS = re.compile(r"(?:(?:trong )?(?:anh|hinh|hinh anh|buc anh) )")


def alt_complaint(alt, *, caption="", title=""):
    """Why `alt` says nothing to somebody who hears the page, with the cure; empty where it does.

    An empty alt is no complaint: it can be written later.
    """
    alt = one_line(alt)
    if not alt:
        return ""
    words = _bare(alt)
    if _FILE.search(alt) or _CAMERA.fullmatch(alt):
        return f"“{alt}” là tên tệp. Hãy tả điều nhìn thấy trong ảnh. {EXAMPLE}"
    if not words or words in _EMPTY_WORDS or _NUMBERED.fullmatch(words):
        return f"“{alt}” chưa nói trong ảnh có gì. Hãy tả điều nhìn thấy. {EXAMPLE}"
    if _same(words, caption):
        return (
            "Mô tả đang lặp lại chú thích, người nghe sẽ nghe hai lần. "
            f"Hãy tả điều nhìn thấy, hoặc để trống. {EXAMPLE}"
        )
    if _same(words, title):
        return f"Mô tả đang lặp lại tít của bài. Hãy tả điều nhìn thấy trong ảnh. {EXAMPLE}"
    if len(words.split()) < 2:
        return f"“{alt}” quá ngắn. Hãy tả bằng một câu. {EXAMPLE}"
    return ""


def _bare(text):
    return _SIGNS.sub(" ", fold(text)).strip()


def _same(words, text):
    other = _bare(text)
    return bool(other) and _LEADS.sub("", words, count=1) == _LEADS.sub("", other, count=1)
