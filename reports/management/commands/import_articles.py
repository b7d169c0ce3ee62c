"""`import_articles PATH… --unit KEY`: files of an old portal become drafts, one by one.

Drafts only: nobody is published by a command. Running again brings in only what is new, so a run
that was cut off is simply run again.
"""

import csv
import sys
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils.text import Truncator

from portal.limited import Refusal
from reports.intake.importing import AlreadyImported, create_draft, find_imported
from reports.intake.pictures import keep_pictures
from reports.intake.reader import read_article
from reports.intake.suggesting import suggestions_from
from units.models import Unit

READABLE = {".txt", ".html", ".htm", ".docx"}
BAR = 30


class Command(BaseCommand):
    help = "Nhập các tệp bài cũ (.txt, .html, .docx) thành bài nháp của một đơn vị."

    def add_arguments(self, parser):
        parser.add_argument("paths", nargs="+", type=Path, metavar="PATH", help="tệp hoặc thư mục")
        parser.add_argument("--unit", required=True, metavar="KEY", help="mã đơn vị, ví dụ t3-894")
        parser.add_argument(
            "--report", type=Path, metavar="CSV", help="ghi kết quả từng tệp vào tệp CSV này"
        )

    def handle(self, *, paths, unit, report, **options):
        unit = Unit.objects.filter(pk=unit).first()
        if unit is None:
            raise CommandError("Không có đơn vị mã ấy. Xem mã ở trang đơn vị trong quản trị.")
        files = list(_files(paths))
        if not files:
            raise CommandError("Không thấy tệp .txt, .html hay .docx nào.")
        rows = []
        for number, file in enumerate(files, start=1):
            rows.append((str(file), *_bring_in(file, unit)))
            self._progress(number, len(files))
        if report:
            _write_csv(report, rows)
        self._sum_up(rows)

    def _progress(self, done, total):
        if sys.stderr.isatty():
            filled = BAR * done // total
            end = "\n" if done == total else ""
            self.stderr.write(
                f"\r[{'#' * filled}{'.' * (BAR - filled)}] {done}/{total}", ending=end
            )

    def _sum_up(self, rows):
        counts = {outcome: sum(row[1] == outcome for row in rows) for outcome in OUTCOMES}
        for file, outcome, _, words in rows:
            if outcome == FAILED:
                self.stderr.write(f"{file}: {words}")
        self.stdout.write(
            f"{counts[NEW]} bài nháp mới, {counts[KNOWN]} đã có, {counts[FAILED]} không đọc được."
        )


UNTITLED = "(Chưa có tít)"
NEW, KNOWN, FAILED = "mới", "đã có", "không đọc được"
OUTCOMES = (NEW, KNOWN, FAILED)


def _files(paths):
    """Every readable file below `paths`, in a steady order; what is not there is said at once."""
    for path in paths:
        if path.is_dir():
            yield from sorted(p for p in path.rglob("*") if p.suffix.lower() in READABLE)
        elif path.is_file():
            yield path
        else:
            raise CommandError(f"Không có tệp hay thư mục {path}.")


def _bring_in(file, unit):
    """(outcome, title, words) of one file; one bad file never stops the others."""
    try:
        article = read_article(file)
    except Refusal as error:
        return FAILED, "", str(error)
    suggested = suggestions_from(article)
    values = suggested.draft_values(unit)
    if not values.title:
        # Stored pages lose their titles; the text is worth keeping, under a name nobody takes for one.
        if not (values.lead or values.body):
            return FAILED, "", "Không tìm thấy nội dung bài."
        values.title = f"{UNTITLED} {Truncator(values.lead or file.stem).words(12)}"
        suggested.warnings.append("Trang không còn tít, biên tập viên phải đặt.")
    known = find_imported(unit, source_hash=values.source_hash)
    if known:
        return KNOWN, known.title, str(AlreadyImported(known))
    values.pictures, complaints = keep_pictures(article, by=None)
    report = create_draft(values)
    return NEW, report.title, " ".join([*suggested.warnings, *complaints])


def _write_csv(path, rows):
    """UTF-8 with a mark, as Excel expects; a cell that looks like a formula is kept from being one."""
    with path.open("w", encoding="utf-8-sig", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(["Tệp", "Kết quả", "Tít", "Ghi chú"])
        writer.writerows([_harmless(cell) for cell in row] for row in rows)


def _harmless(cell):
    return f"'{cell}" if cell[:1] in ("=", "+", "-", "@", "\t", "\r") else cell
