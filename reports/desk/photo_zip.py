"""The original photos of a choice of reports, with their captions, as one zip sent while it is made.

No photo is held in memory and none is packed again: they are what the site stores, without EXIF.
Pictures inside a text are not among them: they have no caption and no name.
"""

import csv
import io
import zipfile
from collections import Counter
from dataclasses import dataclass

from django.core.files.storage import default_storage
from django.utils import timezone

from portal.text import vietnamese_slug
from reports.models import Photo
from reports.schema_org import absolute
from reports.spreadsheet import harmless

from .exporting import facts_of, listed

MOST_PHOTOS = 500
# As much as nginx takes over from a worker (proxy_max_temp_file_size), whoever reads it how slowly.
MOST_BYTES = 1024**3
READ_AT_ONCE = 256 * 1024
HEADINGS = (
    "Tệp", "Chú thích", "Người chụp", "Tít bài", "Đơn vị (tên ngày ấy)", "Ngày", "Liên kết", "Ghi chú",
)  # fmt: skip
UNKNOWN_DAY = "chua-ro-ngay"
# Zip files know no day before 1980.
FIRST_YEAR = 1980


class TooMuch(Exception):
    """Why there is no zip, in words for the person who asked."""


@dataclass
class Line:
    """One photo of one report: a line of the lists. `name` is its file in the zip."""

    photo: Photo
    name: str
    note: str = ""


def photo_zip(selection):
    """The bytes of the zip, part by part. Raises TooMuch, before the first byte, above the limits.

    Every photo is read from the database here; while the parts are sent only files are.
    """
    photos = _photos(selection)
    if not photos:
        raise TooMuch("Các bài đã chọn không có ảnh nào.")
    if len(photos) > MOST_PHOTOS:
        raise TooMuch(
            f"Các bài đã chọn có hơn {MOST_PHOTOS} ảnh, một tệp không chứa hết. "
            "Hãy chọn kỳ ngắn hơn hoặc ít đơn vị hơn."
        )
    sizes = {photo.token: _size(photo) for photo in photos}
    if sum(sizes.values()) > MOST_BYTES:
        raise TooMuch(
            f"Ảnh của các bài đã chọn nặng {_gigabytes(sum(sizes.values()))}, một tệp chứa nhiều "
            f"nhất {_gigabytes(MOST_BYTES)}. Hãy chọn kỳ ngắn hơn hoặc ít đơn vị hơn."
        )
    undated = 0 if selection.filters.wants_undated else selection.undated.count()
    return _parts(_named(photos), facts_of(selection), selection.now, undated)


def _photos(selection):
    """In the order of the list; one more than fits, to see that it does not."""
    reports = listed(selection)
    # The order of a list, kept by its keys: photos cannot be put into it by the database.
    keys = list(
        reports.filter(pk__in=Photo.objects.values("report")).values_list("pk", flat=True)[
            : MOST_PHOTOS + 1
        ]
    )
    place = {key: number for number, key in enumerate(keys)}
    photos = (
        Photo.objects.filter(report__in=keys)
        .select_related("report", "credit")
        .defer("report__body", "report__lead")
    )
    return sorted(photos, key=lambda photo: (place[photo.report_id], photo.order, photo.pk))


def _named(photos):
    """[Line]: `2026-07-02_xa-thoai-son_01.jpg`. One picture shown by two reports is one file."""
    used, names, lines = Counter(), {}, []
    for photo in photos:
        report = photo.report
        if photo.token not in names:
            day = report.counting_on.isoformat() if report.counting_on else UNKNOWN_DAY
            stem = f"{day}_{vietnamese_slug(report.unit_label, max_length=60)}"
            used[stem] += 1
            names[photo.token] = f"{stem}_{used[stem]:02d}.jpg"
        lines.append(Line(photo, names[photo.token]))
    return lines


def _parts(lines, facts, now, undated):
    out = _Outlet()
    # Photos are packed already; packing them again costs time and saves nothing.
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        notes = {}
        for line in lines:
            if line.name not in notes:
                note = notes[line.name] = _Note()
                yield from _add_photo(archive, out, line, note)
            line.note = notes[line.name].words
        archive.writestr(_entry("danh-sach-anh.csv", now), _csv(lines))
        archive.writestr(_entry("chu-thich-anh.txt", now), _text(lines, facts, now, undated))
        yield out.taken()
    yield out.taken()


class _Note:
    words = ""


def _add_photo(archive, out, line, note):
    """The file as stored. What cannot be read is named in the lists instead: a zip that has begun
    cannot answer with an error.
    """
    try:
        with default_storage.open(f"{line.photo.folder}/goc.jpg") as source:
            part = source.read(READ_AT_ONCE)
            with archive.open(_entry(line.name, line.photo.report.published_at), "w") as target:
                while part:
                    target.write(part)
                    yield out.taken()
                    try:
                        part = source.read(READ_AT_ONCE)
                    except OSError:
                        note.words = "tệp ảnh bị hỏng, chỉ có một phần"
                        break
    except OSError:
        note.words = "thiếu tệp ảnh trên máy chủ"
    yield out.taken()


def _entry(name, moment):
    at = timezone.localtime(moment)
    day = at.timetuple()[:6] if at.year >= FIRST_YEAR else (FIRST_YEAR, 1, 1, 0, 0, 0)
    entry = zipfile.ZipInfo(name, day)
    entry.external_attr = 0o644 << 16
    return entry


class _Outlet:
    """What the zip is written into: handed on at once, never sought back into."""

    def __init__(self):
        self._parts = []

    def write(self, data):
        self._parts.append(bytes(data))
        return len(data)

    def flush(self):
        """Nothing waits here but what `taken` hands out."""

    def taken(self):
        data, self._parts = b"".join(self._parts), []
        return data


# --- the lists ------------------------------------------------------------------------------------


def _row(line):
    photo, report = line.photo, line.photo.report
    return (
        line.name,
        photo.caption,
        photo.credit_words,
        report.title,
        report.unit_full_label,
        f"{report.counting_on:%d/%m/%Y}" if report.counting_on else "chưa rõ ngày",
        absolute(report.get_absolute_url()),
        line.note,
    )


def _csv(lines):
    target = io.StringIO()
    writer = csv.writer(target)
    writer.writerow(HEADINGS)
    writer.writerows([harmless(value) for value in _row(line)] for line in lines)
    return f"\ufeff{target.getvalue()}".encode()


def _text(lines, facts, now, undated):
    """The same for people: what goes below each picture."""
    at = timezone.localtime(now)
    found = ["CHÚ THÍCH ẢNH", *(f"{label}: {words}" for label, words in facts)]
    found.append(f"Lập lúc {at.hour}:{at:%M} ngày {at:%d/%m/%Y}")
    if undated:
        found.append(f"Còn {undated} bài chưa rõ ngày, ảnh của các bài ấy không có trong tệp này.")
    for line in lines:
        name, caption, credit, title, unit, day, url, note = _row(line)
        found += ["", name, caption or "(chưa có chú thích)"]
        found += [f"Ảnh: {credit}"] if credit else []
        found += [f"Bài: {title} ({unit}, {day})", url]
        found += [f"Lưu ý: {note}"] if note else []
    return ("\ufeff" + "\r\n".join(found) + "\r\n").encode()


def _size(photo):
    """Bytes of the original; of a lost one none, the lists name it."""
    try:
        return default_storage.size(f"{photo.folder}/goc.jpg")
    except OSError:
        return 0


def _gigabytes(size):
    return f"{size / 1024**3:.1f} GB".replace(".", ",")
