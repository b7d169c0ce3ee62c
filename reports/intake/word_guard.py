"""What a .docx must be before anything is unpacked from it (SECURITY, "Word").

A Word file is a zip somebody else has packed. Refused: more than 50 MB unpacked, 2,000 entries or a
hundredfold compression; macros, symbolic links, document types, passwords; and what only looks
like Word: .doc, RTF, other Office files.
"""

import io
import lzma
import stat
import struct
import zipfile
import zlib
from xml.sax import SAXException
from xml.sax.handler import ContentHandler

from defusedxml.common import DefusedXmlException
from defusedxml.sax import make_parser

from .errors import UnreadableFile

MAX_UNPACKED = 50_000_000
MAX_ENTRIES = 2_000
MAX_RATIO = 100
# Below this size even a file of one letter repeated harms nobody.
RATIO_FROM = 100_000
MAX_XML = 8_000_000
MAX_ELEMENTS = 250_000
MAX_DEPTH = 150

OLE_SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SYMLINK = stat.S_IFLNK
_DAMAGED = (
    "Không đọc được tệp Word: tệp bị hỏng hoặc chưa tải lên hết. Hãy mở bằng Word rồi lưu lại."
)
_SUSPICIOUS = "Không đọc được tệp Word: tệp được nén bất thường. Hãy mở bằng Word rồi lưu lại."
_TOO_BIG = "Không đọc được tệp Word: nội dung bung ra quá lớn. Hãy bỏ bớt ảnh khỏi tệp và tải ảnh lên riêng."


def check_signature(content):
    """Tell an editor what kind of file this is, if it is not a .docx at all."""
    if content.startswith(OLE_SIGNATURE):
        if "EncryptedPackage".encode("utf-16-le") in content[:1_000_000]:
            raise UnreadableFile(
                "Không đọc được tệp Word: tệp có mật khẩu. Hãy bỏ mật khẩu (Tệp → Thông tin → "
                "Bảo vệ tài liệu) rồi lưu lại."
            )
        raise UnreadableFile(
            "Không đọc được tệp .doc kiểu cũ. Hãy mở bằng Word và chọn “Lưu thành” kiểu .docx."
        )
    if content.lstrip()[:5].lower() == b"{\\rtf":
        raise UnreadableFile(
            "Không đọc được tệp RTF. Hãy mở bằng Word và chọn “Lưu thành” kiểu .docx."
        )
    if content.startswith(b"%PDF"):
        raise UnreadableFile(
            "Không đọc được tệp PDF. Hãy lấy tệp Word gốc, hoặc chép chữ rồi dán vào ô bên cạnh."
        )
    if not content.startswith(b"PK"):
        raise UnreadableFile("Không đọc được tệp: đây không phải tệp Word (.docx).")


def open_package(content):
    """The zip of a harmless .docx; raises `UnreadableFile` for every other."""
    check_signature(content)
    try:
        package = zipfile.ZipFile(io.BytesIO(content))
        entries = package.infolist()
    except (zipfile.BadZipFile, ValueError, EOFError, NotImplementedError, OSError):
        raise UnreadableFile(_DAMAGED) from None
    _check_entries(entries)
    names = {entry.filename for entry in entries}
    if "word/document.xml" not in names or "[Content_Types].xml" not in names:
        raise UnreadableFile(_what_else(names))
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        raise UnreadableFile(_MACROS)
    if b"macroEnabled" in read_entry(package, "[Content_Types].xml"):
        raise UnreadableFile(_MACROS)
    for entry in entries:
        if entry.filename.lower().endswith((".xml", ".rels")):
            check_xml(read_entry(package, entry.filename))
    return package


_MACROS = "Không đọc được tệp Word: tệp có macro. Hãy chọn “Lưu thành” kiểu .docx (không macro) rồi thử lại."


def _check_entries(entries):
    if len(entries) > MAX_ENTRIES:
        raise UnreadableFile(_SUSPICIOUS)
    if any(entry.flag_bits & 0x1 for entry in entries):
        raise UnreadableFile(
            "Không đọc được tệp Word: tệp có mật khẩu. Hãy bỏ mật khẩu rồi lưu lại."
        )
    unpacked = sum(entry.file_size for entry in entries)
    packed = sum(entry.compress_size for entry in entries)
    if unpacked > MAX_UNPACKED:
        raise UnreadableFile(_TOO_BIG)
    for size, small in [(unpacked, packed), *((e.file_size, e.compress_size) for e in entries)]:
        if size > RATIO_FROM and size > MAX_RATIO * max(small, 1):
            raise UnreadableFile(_SUSPICIOUS)
    names = [entry.filename for entry in entries]
    if len(set(names)) < len(names):
        raise UnreadableFile(_SUSPICIOUS)
    for entry in entries:
        is_link = stat.S_IFMT(entry.external_attr >> 16) == _SYMLINK
        parts = entry.filename.replace("\\", "/").split("/")
        if is_link or ".." in parts or entry.filename.startswith(("/", "\\")):
            raise UnreadableFile(_SUSPICIOUS)


def _what_else(names):
    if any(name.startswith("xl/") for name in names):
        return "Không đọc được tệp: đây là tệp Excel. Hãy chọn tệp Word (.docx)."
    if any(name.startswith("ppt/") for name in names):
        return "Không đọc được tệp: đây là tệp PowerPoint. Hãy chọn tệp Word (.docx)."
    if "content.xml" in names:
        return "Không đọc được tệp ODT. Hãy mở ra và lưu thành kiểu .docx."
    return "Không đọc được tệp: đây không phải tệp Word (.docx)."


# How zipfile and the packers behind it say that an entry is broken or locked.
BROKEN_ZIP = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    EOFError,
    NotImplementedError,
    OSError,
    RuntimeError,
    ValueError,
)


def read_entry(package, name):
    """The bytes of one entry, never more than the package says it has."""
    try:
        with package.open(name) as entry:
            content = entry.read(MAX_UNPACKED + 1)
    except KeyError:
        return b""
    except BROKEN_ZIP:
        raise UnreadableFile(_DAMAGED) from None
    if len(content) > MAX_UNPACKED:
        raise UnreadableFile(_TOO_BIG)
    return content


class _Counter(ContentHandler):
    """Counts elements and depth, so that no parser behind it is drowned."""

    def __init__(self):
        super().__init__()
        self.elements = self.depth = 0

    def startElement(self, name, attrs):
        self.elements += 1
        self.depth += 1
        if self.elements > MAX_ELEMENTS or self.depth > MAX_DEPTH:
            raise UnreadableFile(_TOO_BIG)

    def endElement(self, name):
        self.depth -= 1


def check_xml(content):
    """Refuse document types, entities, and XML that is broken, endless or bottomless."""
    if len(content) > MAX_XML:
        raise UnreadableFile(_TOO_BIG)
    parser = make_parser()
    parser.forbid_dtd = True
    parser.setContentHandler(_Counter())
    try:
        parser.parse(io.BytesIO(content))
    except DefusedXmlException:
        raise UnreadableFile(_SUSPICIOUS) from None
    except (SAXException, ValueError, LookupError):
        raise UnreadableFile(_DAMAGED) from None
