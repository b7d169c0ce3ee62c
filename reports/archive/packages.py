"""Where the files of an old portal are read from: folders on this machine, or a zip somebody sent.

Both have `names()`, `read(name)`, `open(name)` and `beside(name, address)`. A zip is judged before
anything is unpacked from it and never unpacked onto a disk, so no name in it leads anywhere.
"""

import contextlib
import io
import posixpath
import re
import stat
import struct
import zipfile
from pathlib import Path
from urllib.parse import unquote

from portal.limited import Refusal
from reports.intake.word_guard import BROKEN_ZIP

MAX_ENTRIES = 2_000
MAX_UNPACKED = 200_000_000
MAX_RATIO = 100
# Below this size even a file of one letter repeated harms nobody.
RATIO_FROM = 100_000
MAX_FILE = 30_000_000
MAX_NAME = 300
# What 2,000 names of the longest kind take in the list at the zip's end.
_MAX_LIST = MAX_ENTRIES * (46 + 2 * MAX_NAME)
_PACKERS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_END, _END_LENGTH = b"PK\x05\x06", 22
_LARGE = b"PK\x06\x07"

# Pages and tables; of the rest those that people take for texts, so that they hear why not.
READABLE = (".txt", ".html", ".htm", ".xhtml", ".docx", ".mht", ".mhtml", ".csv", ".tsv")
TAKEN_FOR_TEXT = (".doc", ".rtf", ".odt", ".pdf", ".xls", ".xlsx")
_JUNK = re.compile(r"(?:^|/)(?:__MACOSX/|\._|~\$|\.)[^/]*")
# Browsers put what a saved page shows into a folder beside it.
_COMPANION = re.compile(r"^(?P<page>.+?)(?:_files|\.files|-files|_tệp)$", re.IGNORECASE)

_BAD_ZIP = "Tệp zip bị hỏng hoặc chưa tải lên hết. Hãy nén lại rồi gửi lại."
_STRANGE_ZIP = (
    "Tệp zip được nén bất thường nên không nhận. Hãy nén lại bằng chức năng có sẵn của máy."
)


class Folders:
    """Files and folders of this machine. `names()` are paths as they were typed."""

    def __init__(self, paths):
        self._roots = {}
        for path in map(Path, paths):
            if path.is_dir():
                found = sorted(p for p in path.rglob("*") if p.is_file())
                inside = {file.relative_to(path).as_posix(): file for file in found}
                for name in without_companions(inside):
                    self._roots.setdefault(str(inside[name]), path)
            elif path.is_file():
                self._roots.setdefault(str(path), path.parent)
            else:
                raise Refusal(f"Không có tệp hay thư mục {path}.")

    def names(self):
        return list(self._roots)

    def open(self, name):
        try:
            return Path(name).open("rb")
        except OSError:
            raise Refusal(f"Không mở được tệp “{Path(name).name}”.") from None

    def read(self, name):
        with self.open(name) as file:
            return _within(file.read(MAX_FILE + 1), name)

    def beside(self, name, address):
        """The bytes of what the page `name` shows under a relative address, or None.

        Never from outside the folder that was given, whatever the page or a link in it says.
        """
        root = self._roots[name].resolve()
        try:
            path = (Path(name).parent / _plain(address)).resolve()
            if path.is_relative_to(root) and path.is_file() and path.stat().st_size <= MAX_FILE:
                return path.read_bytes()
        except (OSError, ValueError):
            pass
        return None


class Package:
    """A zip of saved pages. Raises Refusal for one that is broken, too large or a trap."""

    def __init__(self, file):
        check_list(file)
        try:
            self._zip = zipfile.ZipFile(file)
            entries = self._zip.infolist()
        except BROKEN_ZIP:
            raise Refusal(_BAD_ZIP) from None
        check_entries(entries)
        self._entries = {_name(entry): entry for entry in entries if not entry.is_dir()}
        if len(self._entries) != sum(not entry.is_dir() for entry in entries):
            raise Refusal(_STRANGE_ZIP)
        self._by_last_part = {}
        for name in self._entries:
            self._by_last_part.setdefault(posixpath.basename(name), []).append(name)

    def names(self):
        return without_companions(sorted(self._entries))

    def open(self, name):
        """A stream of the entry, never longer than the list says."""
        try:
            return self._zip.open(self._entries[name])
        except KeyError:
            raise Refusal(f"Trong tệp zip không còn “{name}”.") from None
        except BROKEN_ZIP:
            raise Refusal(_BAD_ZIP) from None

    def read(self, name):
        with self.open(name) as entry:
            try:
                return _within(entry.read(MAX_FILE + 1), name)
            except BROKEN_ZIP:
                raise Refusal(_BAD_ZIP) from None

    def beside(self, name, address):
        """The bytes of what the page `name` shows under a relative address, or None.

        Browsers lose folders when many files are sent at once: then the only file of that name is it.
        """
        wanted = posixpath.normpath(posixpath.join(posixpath.dirname(name), _plain(address)))
        if wanted not in self._entries:
            others = self._by_last_part.get(posixpath.basename(wanted), [])
            if len(others) != 1:
                return None
            wanted = others[0]
        try:
            return self.read(wanted)
        except Refusal:
            return None


def without_companions(names):
    """Those that may be texts: no system files, nothing from the folder a saved page keeps beside it."""
    pages = {name.rpartition(".")[0] for name in names if _suffix(name) in READABLE}
    return [
        name
        for name in names
        if _suffix(name) in READABLE + TAKEN_FOR_TEXT
        and not _JUNK.search(name)
        and not _is_companion(name, pages)
    ]


def _is_companion(name, pages):
    parts = name.split("/")[:-1]
    for depth, part in enumerate(parts):
        page = _COMPANION.match(part)
        if page and "/".join([*parts[:depth], page["page"]]) in pages:
            return True
    return False


def _suffix(name):
    return posixpath.splitext(name)[1].lower()


def check_list(file):
    """Refuse a zip by the size of its list, before anybody reads that list into memory."""
    size = file.seek(0, io.SEEK_END)
    file.seek(max(0, size - _END_LENGTH - 65_535))
    tail = file.read()
    file.seek(0)
    at = tail.rfind(_END)
    if at < 0 or len(tail) - at < _END_LENGTH:
        raise Refusal(_BAD_ZIP)
    listed = struct.unpack("<I", tail[at + 12 : at + 16])[0]
    if listed > _MAX_LIST or _LARGE in tail[max(0, at - 20) : at]:
        raise Refusal(
            f"Tệp zip có quá nhiều tệp (nhiều nhất {MAX_ENTRIES}). Hãy chia thành vài tệp zip."
        )


def check_entries(entries):
    """Raises Refusal for entries that are too many, too large, locked, or lead somewhere else."""
    if len(entries) > MAX_ENTRIES:
        raise Refusal(
            f"Tệp zip có {len(entries)} tệp, nhiều nhất là {MAX_ENTRIES}. Hãy chia thành vài tệp zip."
        )
    if any(entry.flag_bits & 0x1 for entry in entries):
        raise Refusal("Tệp zip có mật khẩu. Hãy nén lại, không đặt mật khẩu.")
    # Others ask for as much memory as they please, or have no unpacker here.
    if any(entry.compress_type not in _PACKERS for entry in entries):
        raise Refusal(_STRANGE_ZIP)
    unpacked = sum(entry.file_size for entry in entries)
    packed = sum(entry.compress_size for entry in entries)
    if unpacked > MAX_UNPACKED:
        raise Refusal(
            f"Tệp zip bung ra quá lớn ({unpacked // 1_000_000} MB, nhiều nhất "
            f"{MAX_UNPACKED // 1_000_000} MB). Hãy chia thành vài tệp zip."
        )
    for size, small in [(unpacked, packed), *((e.file_size, e.compress_size) for e in entries)]:
        if size > RATIO_FROM and size > MAX_RATIO * max(small, 1):
            raise Refusal(_STRANGE_ZIP)
    for entry in entries:
        name = entry.filename.replace("\\", "/")
        is_link = stat.S_ISLNK(entry.external_attr >> 16)
        leads_out = ".." in name.split("/") or name.startswith("/") or re.match(r"[A-Za-z]:", name)
        if is_link or leads_out or len(name) > MAX_NAME or "\x00" in entry.orig_filename:
            raise Refusal(_STRANGE_ZIP)


def _name(entry):
    """The name in Unicode; older packers write UTF-8 without saying so."""
    name = entry.filename.replace("\\", "/")
    if not entry.flag_bits & 0x800:
        with contextlib.suppress(UnicodeError):
            name = name.encode("cp437").decode("utf-8")
    return name


def _plain(address):
    return unquote(re.split(r"[?#]", address, maxsplit=1)[0]).replace("\\", "/")


def _within(content, name):
    if len(content) > MAX_FILE:
        raise Refusal(
            f"Tệp “{posixpath.basename(name)}” nặng hơn {MAX_FILE // 1_000_000} MB. "
            "Hãy bỏ bớt ảnh khỏi tệp và tải ảnh lên riêng."
        )
    return content
