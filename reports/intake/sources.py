"""Any source to blocks: a path, the bytes of a file, or text that somebody pasted."""

import base64
import binascii
import re
from dataclasses import dataclass, field
from pathlib import Path

from portal.limited import Refusal, run_limited
from portal.text import plain_text
from reports.markup import parse

from . import blocks as block_kinds
from .article import FoundPicture
from .chat import without_chat
from .encodings import LOST, UTF_16, decoded
from .errors import UnreadableFile
from .old_letters import refuse_old_letters
from .signs import OWN_SIGNS
from .webpage import looks_like_html, mark_word, read_html
from .word_guard import OLE_SIGNATURE, check_signature

MAX_FILE = 30_000_000
MAX_TEXT = 500_000
_CANNOT_READ = "Không đọc được tệp: "


@dataclass
class Source:
    """What the file holds, before anybody asks what it means."""

    blocks: list
    titles: list = field(default_factory=list)
    published_at: object = None
    pictures: list = field(default_factory=list)
    # How many the text shows that did not come with it.
    missing_pictures: int = 0
    removed: list = field(default_factory=list)
    warnings: list = field(default_factory=list)


def load(source):
    """The `Source` of a path, bytes, a binary file or pasted text.

    Raises `UnreadableFile` (a Vietnamese message) for what cannot or should not be read. A file
    that is too large is refused by its size, before a byte of it is read.
    """
    loaded = _loaded(source)
    refuse_old_letters(loaded.blocks)
    return loaded


def _loaded(source):
    if isinstance(source, Path):
        source = _bytes_of(source)
    elif hasattr(source, "read"):
        source = _bytes_of_stream(source)
    if isinstance(source, bytes):
        _check_size(len(source))
        if source[:4] == b"PK\x03\x04" or source.startswith((OLE_SIGNATURE, b"{\\rtf", b"%PDF")):
            return _of_word(source)
        source = _decoded(source)
    loaded = _of_words(source)
    if LOST in source:
        loaded.warnings.append("Tệp có chữ bị hỏng hay bị cắt cụt: hãy đọc lại và gõ bù chữ thiếu.")
    return loaded


def _bytes_of(path):
    try:
        _check_size(path.stat().st_size)
        return path.read_bytes()
    except OSError:
        raise UnreadableFile(f"{_CANNOT_READ}không mở được “{path.name}”.") from None


def _bytes_of_stream(stream):
    if (size := getattr(stream, "size", None)) is not None:
        _check_size(size)
    content = stream.read(MAX_FILE + 1)
    return content if isinstance(content, str) else bytes(content)


def _check_size(size):
    if size > MAX_FILE:
        raise UnreadableFile(
            f"{_CANNOT_READ}tệp nặng {size // 1_000_000} MB, nhiều nhất là {MAX_FILE // 1_000_000} MB. "
            "Hãy bỏ bớt ảnh khỏi tệp và tải ảnh lên riêng."
        )
    if not size:
        raise UnreadableFile(f"{_CANNOT_READ}tệp trống.")


def _decoded(content):
    if not content.startswith(UTF_16) and b"\x00" in content[:100_000]:
        raise UnreadableFile(f"{_CANNOT_READ}đây không phải tệp .txt, .html hay .docx.")
    text = decoded(content)
    if text.count(LOST) * 50 > len(text):
        raise UnreadableFile(
            f"{_CANNOT_READ}không rõ bảng mã chữ. Hãy lưu lại với bảng mã UTF-8 (Unicode) rồi thử lần nữa."
        )
    return text


def _of_word(content):
    """Word is opened in a child process; only what it asks of the file's first bytes is asked here."""
    check_signature(content)
    try:
        answer, blobs = run_limited("reports.intake.word:read_word", content)
    except Refusal as refused:
        raise UnreadableFile(str(refused)) from None
    written = OWN_SIGNS.sub("", answer["html"])
    page = mark_word(parse(written, max_tags=200_000, max_nesting=150))
    pictures = {
        number: FoundPicture(
            blobs[str(number)],
            content_type=kind,
            alt=page.alts.get(number, ""),
            is_small=answer["small_pictures"][number],
        )
        for number, kind in enumerate(answer["picture_types"])
    }
    blocks, pictures = _once(block_kinds.of_tree(page.nodes), pictures)
    return Source(blocks, pictures=pictures, warnings=answer["warnings"])


def _of_words(text):
    text = text if looks_like_html(text) else plain_text(text)
    if not text.strip():
        raise UnreadableFile(f"{_CANNOT_READ}không có chữ nào.")
    if not looks_like_html(text):
        if len(text) > MAX_TEXT:
            raise UnreadableFile(f"{_CANNOT_READ}văn bản quá dài. Hãy tách thành nhiều bài.")
        blocks, photos, dropped = without_chat(block_kinds.of_text(text))
        warnings = []
        if photos:
            warnings.append(
                f"{photos} ảnh còn nằm trong tin nhắn, không đi kèm bài: hãy tải ảnh lên."
            )
        return Source(blocks, removed=dropped, warnings=warnings, missing_pictures=photos)
    page = read_html(text)
    pictures = {number: _picture(*page.pictures[number]) for number in sorted(page.pictures)}
    for number, picture in pictures.items():
        if picture:
            picture.alt = page.alts.get(number, "")
    blocks, pictures = _once(block_kinds.of_tree(page.nodes), pictures)
    return Source(
        blocks,
        titles=page.titles,
        published_at=page.published_at,
        pictures=pictures,
        removed=page.removed,
        warnings=_about_pictures_outside(page.outside_pictures),
        missing_pictures=len(page.outside_pictures),
    )


def _once(blocks, pictures):
    """(blocks, pictures) with each picture once, in the order of the text, however often it is shown.

    The place of a picture that cannot be read stays, empty; a small one's goes, for no caption is
    meant for a logo.
    """
    order, first, kept = {}, {}, []
    for block in blocks:
        picture = pictures.get(block.picture) if block.kind == block_kinds.PICTURE else None
        if picture:
            known = first.setdefault(picture.content, picture)
            known.times += known is not picture
            block.picture = order.setdefault(picture.content, len(order))
        else:
            block.picture = None
        if not (picture and picture.is_small):
            kept.append(block)
    for picture in pictures.values():
        if picture:
            first.setdefault(picture.content, picture)
    return kept, list(first.values())


def _about_pictures_outside(addresses):
    """Nothing is fetched from anywhere: a person who has the picture adds it."""
    if not addresses:
        return []
    names = [re.split(r"[?#]", address)[0].rsplit("/", 1)[-1][:60] for address in addresses]
    shown = ", ".join(dict.fromkeys(name for name in names if name))[:200]
    return [
        f"Có {len(addresses)} ảnh không đi kèm bài mà nằm ở nơi khác ({shown or 'không có tên'}): "
        "hãy tải ảnh lên."
    ]


def _picture(kind, data):
    try:
        content = base64.b64decode("".join(data.replace("%0A", "").split()), validate=True)
    except (binascii.Error, ValueError):
        return None
    return FoundPicture(content, content_type=f"image/{kind}")
