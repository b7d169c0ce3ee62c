"""`import_articles PATH… --unit KEY`: pages of an old portal become drafts, one by one.

Drafts only: nobody is published by a command. A run that was cut off is run again: what is in is not
read twice with `--resume`, and never brought in twice without it.
"""

import csv
import sys
import time
from collections import Counter

from django.core.management.base import BaseCommand, CommandError

from portal.limited import Busy, Refusal
from reports.archive.packages import Folders
from reports.archive.running import Run, list_items, pieces_of
from reports.archive.telling import HEAD, csv_row
from reports.models import BROUGHT, BatchState, ImportBatch, ImportItem, ItemOutcome
from units.models import Unit

BAR = 30
# How often pictures are tried again while the machine looks at others, and the seconds between.
TRIES, PAUSE = 20, 3
NOTHING = (
    "Không thấy tệp nào đọc được. Đọc được: trang đã lưu (.html, .mht), .txt, .docx, bảng .csv."
)


class Command(BaseCommand):
    help = (
        "Nhập bài của cổng cũ (trang đã lưu, .mht, .txt, .docx, bảng .csv) thành bài nháp của "
        "một đơn vị."
    )

    def add_arguments(self, parser):
        parser.add_argument("paths", nargs="+", metavar="PATH", help="tệp hoặc thư mục")
        parser.add_argument("--unit", required=True, metavar="KEY", help="mã đơn vị, ví dụ t3-894")
        parser.add_argument(
            "--dry-run", action="store_true", help="nói trước kết quả, không lưu gì cả"
        )
        parser.add_argument("--report", metavar="CSV", help="ghi kết quả từng trang vào tệp này")
        parser.add_argument(
            "--resume", action="store_true", help="làm tiếp lần chạy trước bị ngắt, cùng các PATH"
        )
        parser.add_argument(
            "--bring-back", action="store_true", help="nhập lại cả những bài đã nhập rồi bị xóa"
        )

    def handle(self, *, paths, unit, report, dry_run, resume, bring_back, **options):
        unit = Unit.objects.filter(pk=unit).first()
        if unit is None:
            raise CommandError("Không có đơn vị mã ấy. Xem mã ở trang đơn vị trong quản trị.")
        try:
            package = Folders(paths)
        except Refusal as refusal:
            raise CommandError(str(refusal)) from None
        self._started, self._total, self._counts = time.monotonic(), 0, Counter()
        source = " ".join(paths)[:500]
        if dry_run:
            batch = ImportBatch(unit=unit, source=source, brings_back=bring_back)
            items = self._imagine(batch, package)
        else:
            batch = self._batch(unit, source, resume, bring_back)
            self._total = list_items(batch, package)
            items = self._bring(batch, package)
        if report:
            _write_csv(report, self._watched(items))
        else:
            for _ in self._watched(items):
                pass
        if not self._counts:
            raise CommandError(NOTHING)
        self._sum_up(dry_run)

    def _batch(self, unit, source, resume, bring_back):
        """A new batch, or the last one of the same source that was cut off."""
        if resume:
            cut_off = ImportBatch.objects.filter(
                unit=unit, source=source, by=None, package="", state=BatchState.RUNNING
            )
            if batch := cut_off.order_by("-pk").first():
                return batch
        return ImportBatch.objects.create(
            unit=unit, source=source, brings_back=bring_back, state=BatchState.RUNNING
        )

    def _bring(self, batch, package):
        """Every item of the batch as it now stands; those of an earlier run are not read again."""
        run = Run(batch, package)
        # In portions: a cursor of the database would end with each item's own transaction.
        last = -1
        while portion := list(batch.items.filter(order__gt=last).order_by("order")[:200]):
            for item in portion:
                if item.outcome == ItemOutcome.WAITING:
                    item = self._patiently(run.take, item)
                yield item
            last = portion[-1].order
        run.step(seconds=0)

    def _imagine(self, batch, package):
        run = Run(batch, package)
        self._total = sum(1 for _ in pieces_of(package))
        for order, piece in enumerate(pieces_of(package)):
            item = ImportItem(batch=batch, order=order, name=piece.name, row=piece.row)
            yield self._patiently(run.imagine, item)

    def _patiently(self, deed, item):
        for _ in range(TRIES):
            try:
                return deed(item)
            except Busy as busy:
                words = str(busy)
                time.sleep(PAUSE)
        raise CommandError(f"{item.key}: {words}")

    def _watched(self, items):
        for number, item in enumerate(items, start=1):
            self._counts[item.outcome] += 1
            self._progress(number)
            if item.outcome in (ItemOutcome.FAILED, ItemOutcome.SKIPPED):
                self.stderr.write(f"{item.key}: {' '.join(item.remarks)}")
            yield item

    def _progress(self, done):
        if not sys.stderr.isatty():
            return
        filled = BAR * done // max(1, self._total)
        speed = done / max(0.001, time.monotonic() - self._started)
        left = (self._total - done) / speed
        self.stderr.write(
            f"\r[{'#' * filled}{'.' * (BAR - filled)}] {done}/{self._total}, "
            f"{speed:.1f} trang/giây, còn {left / 60:.0f} phút {left % 60:02.0f} giây ",
            ending="\n" if done == self._total else "",
        )

    def _sum_up(self, dry_run):
        counts = self._counts
        new = sum(counts[outcome] for outcome in BROUGHT)
        words = "sẽ là bài nháp mới" if dry_run else "bài nháp mới"
        parts = [f"{new} {words}"]
        if counts[ItemOutcome.DOUBTFUL]:
            parts[0] += f" (trong đó {counts[ItemOutcome.DOUBTFUL]} nên xem lại)"
        parts.append(f"{counts[ItemOutcome.KNOWN]} đã có")
        if counts[ItemOutcome.SKIPPED]:
            parts.append(f"{counts[ItemOutcome.SKIPPED]} bỏ qua")
        parts.append(f"{counts[ItemOutcome.FAILED]} không đọc được")
        self.stdout.write(f"{', '.join(parts)}.")
        seconds = max(0.001, time.monotonic() - self._started)
        done = sum(counts.values())
        self.stderr.write(
            f"{done} trang trong {seconds:.0f} giây: {done / seconds:.1f} trang/giây."
        )


def _write_csv(path, items):
    """UTF-8 with a mark, as Excel expects, written line by line: a run cut off leaves what it did."""
    with open(path, "w", encoding="utf-8-sig", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(HEAD)
        for item in items:
            writer.writerow(csv_row(item))
