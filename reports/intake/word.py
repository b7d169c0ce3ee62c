"""A Word file, opened with gloves: plain HTML and pictures out, everything else left inside.

No Django here: `portal.limited` runs `read_word` in a child process, because a .docx is a zip of XML
and each of the two has its bombs. What a reader of the printed page would not see – hidden and
deleted text, comments, fields, embedded files – does not come out.
"""

import io
import stat
import zipfile
from xml.etree import ElementTree

import defusedxml.ElementTree
import mammoth
from defusedxml import DefusedXmlException

from portal.limited import Refusal

# SECURITY, "Word": asked before anything is unpacked.
MAX_BYTES = 50 * 1024 * 1024
MAX_UNPACKED = 50 * 1024 * 1024
MAX_ENTRIES = 2_000
MAX_RATIO = 100
MAX_PICTURES = 60

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
RELATIONSHIP = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
# Elements whose content the printed page does not show.
UNSEEN = {
    f"{W}{name}" for name in ("del", "moveFrom", "altChunk", "instrText", "delText", "object")
}
# The parts that mammoth needs for text, lists, notes, links and pictures; the rest stays out.
PARTS = (
    "[Content_Types].xml",
    "_rels/.rels",
    "word/document.xml",
    "word/styles.xml",
    "word/numbering.xml",
    "word/footnotes.xml",
    "word/endnotes.xml",
    "word/_rels/document.xml.rels",
)
STYLES = """
p[style-name='Title'] => h1:fresh
p[style-name='Subtitle'] => p:fresh
p[style-name='Heading 1'] => h2:fresh
p[style-name='Heading 2'] => h3:fresh
p[style-name='Heading 3'] => h3:fresh
"""
UNREADABLE = "Không đọc được tệp Word này. Hãy mở bằng Word, chọn “Lưu thành” .docx rồi gửi lại."


def read_word(data):
    """({"html": …}, {"0": picture bytes, "1": …}) of a .docx; pictures stand as `src="picture:0"`.

    Raises Refusal in Vietnamese with the cure.
    """
    _refuse_by_signature(data)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as word:
            _refuse_bombs(word, len(data))
            plain = _plain_copy(word)
    except DefusedXmlException as error:
        raise Refusal(
            "Tệp Word này chứa mã lạ (DTD) nên bị từ chối. Hãy chép nội dung sang tệp mới."
        ) from error
    except (
        zipfile.BadZipFile,
        ElementTree.ParseError,
        KeyError,
        EOFError,
        NotImplementedError,
        OSError,
        ValueError,
        RuntimeError,
    ) as error:
        raise Refusal(UNREADABLE) from error

    pictures = {}

    def keep(image):
        if len(pictures) >= MAX_PICTURES:
            return {}
        number = str(len(pictures))
        with image.open() as source:
            pictures[number] = source.read()
        return {"src": f"picture:{number}", "alt": image.alt_text or ""}

    try:
        result = mammoth.convert_to_html(
            plain, convert_image=mammoth.images.img_element(keep), style_map=STYLES
        )
    except (
        KeyError,
        ValueError,
        TypeError,
        AttributeError,
        IndexError,
        RecursionError,
        zipfile.BadZipFile,
    ) as error:
        raise Refusal(UNREADABLE) from error
    return {"html": result.value}, pictures


def _refuse_by_signature(data):
    """What is no .docx, told apart by its first bytes, each with its own cure."""
    if len(data) > MAX_BYTES:
        raise Refusal("Tệp Word lớn hơn 50 MB. Hãy bỏ bớt ảnh hoặc nén ảnh trong Word rồi gửi lại.")
    if data[:4] == b"\xd0\xcf\x11\xe0":
        # An encrypted .docx wears the old container, too; its directory names the package.
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise Refusal("Tệp Word này có mật khẩu. Hãy mở, bỏ mật khẩu, lưu lại rồi gửi.")
        raise Refusal(
            "Đây là tệp Word kiểu cũ (.doc). Hãy mở bằng Word, chọn “Lưu thành” .docx rồi gửi lại."
        )
    if data[:5] == b"{\\rtf":
        raise Refusal("Đây là tệp RTF. Hãy mở bằng Word, chọn “Lưu thành” .docx rồi gửi lại.")
    if data[:5] == b"%PDF-":
        raise Refusal(
            "Đây là tệp PDF. Hãy gửi tệp Word gốc, hoặc chép nội dung rồi dán vào ô bên dưới."
        )
    if data[:2] != b"PK":
        raise Refusal(UNREADABLE)


def _refuse_bombs(word, size):
    entries = word.infolist()
    unpacked = sum(entry.file_size for entry in entries)
    names = {entry.filename.lower() for entry in entries}
    if len(entries) > MAX_ENTRIES or unpacked > MAX_UNPACKED or unpacked > MAX_RATIO * size:
        raise Refusal(
            "Tệp Word này phình ra quá lớn khi mở nên bị từ chối. Hãy chép nội dung sang tệp mới."
        )
    if any(entry.flag_bits & 0x1 for entry in entries):
        raise Refusal("Tệp Word này có mật khẩu. Hãy mở, bỏ mật khẩu, lưu lại rồi gửi.")
    if any(stat.S_ISLNK(entry.external_attr >> 16) for entry in entries):
        raise Refusal(
            "Tệp Word này chứa liên kết lạ nên bị từ chối. Hãy chép nội dung sang tệp mới."
        )
    if any(name.endswith("vbaproject.bin") for name in names):
        raise Refusal(
            "Tệp Word này có macro nên bị từ chối. Hãy “Lưu thành” .docx không macro rồi gửi lại."
        )
    if "word/document.xml" not in names:
        raise Refusal("Tệp này không phải là tệp Word. Hãy gửi tệp .docx.")


def _plain_copy(word):
    """A new .docx in memory with only the parts we read, cleaned of what the page does not show."""
    names = set(word.namelist())
    copy = io.BytesIO()
    with zipfile.ZipFile(copy, "w") as plain:
        for name in PARTS:
            if name in names:
                plain.writestr(name, _cleaned(name, word.read(name)))
        for name in sorted(names):
            if name.startswith("word/media/"):
                plain.writestr(name, word.read(name))
    copy.seek(0)
    return copy


def _cleaned(name, xml):
    root = defusedxml.ElementTree.fromstring(xml, forbid_dtd=True)
    if b"macroEnabled" in xml and name == "[Content_Types].xml":
        raise Refusal(
            "Tệp Word này có macro nên bị từ chối. Hãy “Lưu thành” .docx không macro rồi gửi lại."
        )
    if name.endswith(".rels"):
        # Linked pictures would be fetched; only links for readers may point outside.
        for relation in root.findall(RELATIONSHIP):
            outside = relation.get("TargetMode") == "External"
            if outside and not relation.get("Type", "").endswith("/hyperlink"):
                root.remove(relation)
    else:
        _remove_unseen(root)
    return ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)


def _remove_unseen(root):
    """Drop hidden runs and deleted, moved-away or embedded content, however deep it stands."""
    waiting = [root]
    while waiting:
        parent = waiting.pop()
        for child in list(parent):
            if child.tag in UNSEEN or _is_hidden(child):
                parent.remove(child)
            else:
                waiting.append(child)


def _is_hidden(element):
    if element.tag != f"{W}r":
        return False
    vanish = element.find(f"{W}rPr/{W}vanish")
    return vanish is not None and vanish.get(f"{W}val", "1") not in ("0", "false", "off")
