"""A batch from its list of pages to its end, in steps that may stop anywhere and be taken up again."""

import time
from datetime import date

from django.db import transaction
from django.utils import timezone

from portal.limited import Refusal
from reports.cleaning import UncleanableHtml
from reports.models import BROUGHT, BatchState, ImportBatch, ImportItem, ItemOutcome

from .bringing import bring_in, checked_pictures, write_down
from .judging import Stored, judge, refused, skipped, values_of
from .nearness import runs
from .reading import Piece, is_table, is_unreadable_kind, read_file, read_row
from .tables import read_rows
from .trial import Imagined, Seen, day_of, sketch_of

# Rows listed at once; memory stays flat however long a table is.
PORTION = 500


def pieces_of(package):
    """Every `Piece` in `package`, in a steady order; a table that cannot be read is one piece."""
    for name in package.names():
        if not is_table(name):
            yield Piece(name)
            continue
        listed = 0
        try:
            for row in read_rows(package, name):
                listed = row.number
                yield Piece(name, row.number)
        except Refusal:
            yield Piece(name, listed and listed + 1)


def list_items(batch, package):
    """Store the batch's list of pages, all waiting; returns how many. Takes up a list cut off."""
    listed = batch.items.count()
    waiting = []
    for order, piece in enumerate(pieces_of(package)):
        if order < listed:
            continue
        waiting.append(ImportItem(batch=batch, order=order, name=piece.name, row=piece.row))
        if len(waiting) == PORTION:
            ImportItem.objects.bulk_create(waiting)
            waiting = []
    ImportItem.objects.bulk_create(waiting)
    return batch.items.count()


def piece_of(item):
    return Piece(item.name, item.row)


class Reader:
    """Reads the pages of a package; rows of a table cost one walk through it, not one each."""

    def __init__(self, package):
        self._package = package
        self._table, self._rows, self._row = None, None, None

    def read(self, piece):
        """The `Reading` of a piece. Raises Refusal."""
        if is_table(piece.name):
            return read_row(self._package, piece.name, self._find_row(piece))
        return read_file(self._package, piece.name)

    def _find_row(self, piece):
        if self._table != piece.name or (self._row and self._row.number > piece.row):
            self._table, self._rows = piece.name, read_rows(self._package, piece.name)
            self._row = None
        while self._row is None or self._row.number < piece.row:
            self._row = next(self._rows, None)
            if self._row is None:
                self._table = None
                raise Refusal("Trong bảng không có dòng này.")
        return self._row


class Run:
    """Goes through the pages of one batch, in earnest or as a trial; `package` is where they lie."""

    def __init__(self, batch, package):
        self.batch = batch
        self._reader = Reader(package)
        # Pages read again to compare with must not turn the walk through a table back.
        self._second_reader = Reader(package)
        self._is_trial = batch.state == BatchState.TRIAL
        self._stored = Imagined(self._values_again) if self._is_trial else Stored()
        if self._is_trial and batch.pk:
            for item in batch.items.filter(outcome__in=BROUGHT).order_by("order"):
                self._stored.remember(_seen_of(item))

    def step(self, *, seconds):
        """Take pages in order until `seconds` are over, one at least; returns how many wait on.

        Raises Busy when pictures cannot be looked at just now. The end of the list ends a run.
        """
        until = time.monotonic() + seconds
        waiting = self.batch.items.filter(outcome=ItemOutcome.WAITING).select_related("batch")
        while portion := list(waiting.order_by("order")[:PORTION]):
            for item in portion:
                if not self._goes_on():
                    return 0
                self.take(item)
                if time.monotonic() >= until:
                    return self._left()
        return self._left()

    def _goes_on(self):
        """Nobody has given the batch up meanwhile, or gone on from the trial."""
        return ImportBatch.objects.filter(pk=self.batch.pk, state=self.batch.state).exists()

    def _left(self):
        left = self.batch.items.filter(outcome=ItemOutcome.WAITING).count()
        if not left and not self._is_trial:
            finish(self.batch)
        return left

    def take(self, item):
        """Judge one item and store what comes of it; returns the item."""
        verdict = self.judge(piece_of(item))
        if not self._is_trial:
            return bring_in(item, verdict)
        self._remember(piece_of(item), verdict)
        return self._note(item, verdict)

    @transaction.atomic
    def _note(self, item, verdict):
        """Write a trial's verdict down, unless another browser has, or has begun the real run."""
        batch = ImportBatch.objects.select_for_update(of=("self",)).get(pk=item.batch_id)
        item = ImportItem.objects.get(pk=item.pk)
        if batch.state == BatchState.TRIAL and item.outcome == ItemOutcome.WAITING:
            write_down(item, verdict).save()
        return item

    def imagine(self, item):
        """What would become of an item that is not stored, nor will be."""
        verdict = self.judge(piece_of(item))
        self._remember(piece_of(item), verdict)
        return write_down(item, verdict)

    def judge(self, piece):
        """The `Verdict` on a piece; stores nothing."""
        if is_unreadable_kind(piece.name) and piece.name.lower().endswith((".xls", ".xlsx")):
            return skipped("Bảng Excel: hãy lưu thành tệp CSV UTF-8 rồi nhập.")
        try:
            reading = self._reader.read(piece)
        except (Refusal, UncleanableHtml) as refusal:
            return refused(str(refusal))
        return self._judge(reading, piece)

    def _judge(self, reading, piece):
        return judge(
            reading, self.batch.unit, stem=piece.stem, stored=self._stored,
            brings_back=self.batch.brings_back,
        )  # fmt: skip

    def _remember(self, piece, verdict):
        """A trial has seen this page: its pictures are looked at, later pages compared with it."""
        if verdict.is_brought:
            checked_pictures(verdict)
            drawn = sketch_of(runs(verdict.values))
            day = day_of(verdict.values)
            verdict.suggested |= {"sketch": sorted(drawn), "day": day and day.isoformat()}
            self._stored.remember(
                Seen(piece, verdict.title, verdict.source_hash, verdict.original_url, day, drawn)
            )

    def _values_again(self, piece):
        return values_of(self._second_reader.read(piece), self.batch.unit)[1]


def _seen_of(item):
    day = item.suggested.get("day")
    return Seen(
        piece_of(item), item.title, item.source_hash, item.original_url,
        date.fromisoformat(day) if day else None,
        frozenset(item.suggested.get("sketch", ())),
    )  # fmt: skip


@transaction.atomic
def begin(batch):
    """From the trial to the real run: every page waits again. Does nothing to any other batch."""
    if (
        type(batch)
        .objects.filter(pk=batch.pk, state=BatchState.TRIAL)
        .update(state=BatchState.RUNNING)
    ):
        batch.state = BatchState.RUNNING
        batch.items.update(
            outcome=ItemOutcome.WAITING, title="", words="", report=None, suggested={},
            source_hash="", original_url="",
        )  # fmt: skip


def finish(batch):
    """The list is at its end."""
    now = timezone.now()
    if (
        type(batch)
        .objects.filter(pk=batch.pk, state=BatchState.RUNNING)
        .update(state=BatchState.FINISHED, finished_at=now)
    ):
        batch.state, batch.finished_at = BatchState.FINISHED, now
