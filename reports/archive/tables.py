"""A table an old portal left behind (CSV): its columns are told by the words of their heads."""

import csv
import html
import io
import re
from dataclasses import dataclass, field

from portal.limited import Refusal
from portal.text import fold, one_line, plain_text
from reports.intake.encodings import encoding_of
from reports.intake.word_guard import BROKEN_ZIP

LONGEST_CELL = 5_000_000
_SAMPLE = 1 << 16
_LINK = re.compile(r"^https?://\S+$", re.IGNORECASE)
_HAS_TAGS = re.compile(r"<(?:p|div|br|span|table|ul|ol|h\d|b|strong|em|i|img|a)\b[^<>]*>", re.I)

# What each column may be called, folded; an exact name counts before one that only begins so.
HEADS = {
    "title": ("tit", "tieu de", "tua de", "ten bai", "ten bai viet", "title", "headline"),
    "lead": ("sapo", "tom tat", "trich yeu", "mo ta", "lead", "summary", "description", "excerpt"),
    "body": ("noi dung", "noi dung bai", "noi dung bai viet", "noi dung chi tiet", "chi tiet",
             "bai viet", "content", "body", "full text", "html"),
    "published": ("ngay dang", "ngay xuat ban", "thoi gian dang", "thoi gian xuat ban", "dang luc",
                  "ngay gio dang", "ngay dang tin", "ngay phat hanh", "published", "published at",
                  "publish date", "date", "ngay"),
    "author": ("tac gia", "nguoi viet", "but danh", "author", "byline", "tac gia bai viet"),
    "photographer": ("nguoi chup", "tac gia anh", "nguoi chup anh", "photographer"),
    "pictures": ("anh", "hinh", "hinh anh", "anh dai dien", "tep anh", "file anh", "image",
                 "images", "photo", "thumbnail"),
    "caption": ("chu thich", "chu thich anh", "caption"),
    "category": ("chuyen muc", "danh muc", "muc", "category", "section"),
    "url": ("dia chi", "duong dan", "lien ket", "link", "url", "dia chi goc", "permalink"),
    "views": ("luot xem", "so luot xem", "luot doc", "views", "hits"),
    "source": ("nguon", "nguon tin", "source"),
}  # fmt: skip
_NAME_OF = {words: name for name, all_words in HEADS.items() for words in all_words}


@dataclass
class Row:
    """One article of a table; `number` is its place in the file, the head being row 1."""

    number: int
    title: str = ""
    lead: str = ""
    body: str = ""
    published: str = ""
    author: str = ""
    photographer: str = ""
    pictures: list = field(default_factory=list)
    caption: str = ""
    category: str = ""
    url: str = ""
    views: str = ""
    source: str = ""


def read_rows(package, name):
    """The `Row`s of a table, one after the other; empty lines are passed over.

    Raises Refusal for what is no table of articles, and where the table breaks off.
    """
    with package.open(name) as stream:
        encoding = encoding_of(stream)
    with package.open(name) as stream, _text(stream, encoding) as text:
        delimiter = _delimiter(text.readline(_SAMPLE))
    csv.field_size_limit(LONGEST_CELL)
    with package.open(name) as stream, _text(stream, encoding) as text:
        number, columns = 0, None
        try:
            for number, cells in enumerate(csv.reader(text, delimiter=delimiter), start=1):
                if columns is None:
                    if not "".join(cells).lower().startswith("sep="):
                        columns = columns_of(cells)
                elif any(cell.strip() for cell in cells):
                    yield _row(number, columns, cells)
        except (csv.Error, *BROKEN_ZIP):
            raise Refusal(
                f"Bảng bị hỏng sau dòng {number}. Hãy mở bằng Excel rồi lưu lại."
            ) from None


def _text(stream, encoding):
    return io.TextIOWrapper(stream, encoding=encoding, errors="replace", newline="")


def _delimiter(head):
    """Excel parts columns as its country does, and may say so in a line of its own (`sep=;`)."""
    if head.lower().startswith("sep=") and head[4:5] in set(";,\t|"):
        return head[4]
    return max(";,\t", key=head.count)


def columns_of(head):
    """{column name: place} of a head row. Raises Refusal when there is neither title nor text."""
    columns = {}
    for place, cell in enumerate(head):
        words = " ".join(re.findall(r"[a-z0-9]+", fold(cell)))
        name = _NAME_OF.get(words)
        if name and name not in columns:
            columns[name] = place
    if "body" not in columns and not {"title", "lead"} <= set(columns):
        raise Refusal(
            "Bảng này không có cột nội dung. Dòng đầu phải ghi tên cột, ví dụ: tiêu đề; sapo; nội dung; "
            "ngày đăng; tác giả; ảnh; chuyên mục; địa chỉ; lượt xem."
        )
    return columns


def _row(number, columns, cells):
    values = {
        name: plain_text(cells[place]).strip() if place < len(cells) else ""
        for name, place in columns.items()
    }
    values["pictures"] = [
        part.strip() for part in re.split(r"[;|,\n]", values.get("pictures", "")) if part.strip()
    ]
    for name in ("title", "published", "author", "photographer", "category", "url", "source"):
        values[name] = one_line(values.get(name, ""))
    return Row(number, **values)


def page_of(row, published_at):
    """The row as a page the reader understands: title, day, lead, text, pictures."""
    parts = [f"<h1>{html.escape(row.title)}</h1>"] if row.title else []
    if published_at:
        parts.append(f"<p>{published_at:%d/%m/%Y %H:%M}</p>")
    if row.lead:
        parts.append(marked(row.lead))
    for picture in row.pictures:
        if not _LINK.match(picture):
            parts.append(f'<p><img src="{html.escape(picture)}"></p>')
            parts.append(
                f'<p class="caption">{html.escape(row.caption)}</p>' if row.caption else ""
            )
    parts.append(marked(row.body))
    return "\n".join(parts)


def marked(text):
    """A cell as HTML: it holds that, or plain lines."""
    if _HAS_TAGS.search(text):
        return text
    return "\n".join(f"<p>{html.escape(line)}</p>" for line in text.split("\n") if line.strip())


def number_of(words):
    """`1.204` -> 1204; None for what is no count."""
    digits = re.sub(r"[\s.,]", "", words)
    return int(digits) if re.fullmatch(r"[0-9]{1,9}", digits) else None
