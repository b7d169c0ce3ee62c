"""What comes in from portals that were closed: one batch, and what became of each page in it."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from .photo import new_token
from .report import Report


class BatchState(models.TextChoices):
    """A trial reads everything and stores no report; only a person turns it into a real run."""

    TRIAL = "trial", "chạy thử"
    RUNNING = "running", "đang nhập"
    FINISHED = "finished", "đã nhập xong"
    ABANDONED = "abandoned", "đã bỏ"


class ItemOutcome(models.TextChoices):
    WAITING = "waiting", "chưa tới lượt"
    NEW = "new", "mới"
    DOUBTFUL = "doubtful", "nên xem lại"
    KNOWN = "known", "đã có"
    SKIPPED = "skipped", "bỏ qua"
    FAILED = "failed", "không đọc được"


# The outcomes of pages that became drafts, or would.
BROUGHT = (ItemOutcome.NEW, ItemOutcome.DOUBTFUL)


class ImportBatch(models.Model):
    """One upload or one run of `import_articles`: the page and the command tell the same story."""

    # Names the upload in the storage; never part of an address.
    token = models.CharField(max_length=32, unique=True, default=new_token, editable=False)
    unit = models.ForeignKey(
        "units.Unit", models.PROTECT, related_name="import_batches", verbose_name="đơn vị"
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="import_batches",
        verbose_name="người nhập",
    )
    started_at = models.DateTimeField("bắt đầu lúc", auto_now_add=True)
    finished_at = models.DateTimeField("xong lúc", null=True)
    state = models.CharField(
        "trạng thái", max_length=10, choices=BatchState.choices, default=BatchState.TRIAL
    )
    source = models.CharField("lấy từ", max_length=500)
    # Where the upload lies; empty for a folder read by the command, and once the batch is done.
    package = models.CharField(max_length=200, blank=True, editable=False)
    brings_back = models.BooleanField("nhập lại cả bài đã xóa", default=False)

    class Meta:
        verbose_name = "đợt nhập kho"
        verbose_name_plural = "đợt nhập kho"
        indexes = [
            # The page's list of a newsroom's batches, newest first.
            models.Index(fields=["unit", "-started_at"], name="batch_of_unit"),
        ]
        constraints = [
            models.CheckConstraint(
                name="batch_state_known",
                condition=Q(state__in=BatchState.values),
                violation_error_message="Không có trạng thái ấy.",
            ),
        ]

    def __str__(self):
        return f"{self.source} ({self.get_state_display()})"

    @property
    def is_open(self):
        """Whether a next step would do something."""
        return self.state in (BatchState.TRIAL, BatchState.RUNNING)


class ImportItem(models.Model):
    """One page of a batch. What it brought is never overwritten, and what was deleted since is not
    brought back unless the batch says so.
    """

    batch = models.ForeignKey(ImportBatch, models.CASCADE, related_name="items")
    order = models.PositiveIntegerField()
    # A file, or a row of a table; row 0 is the whole file.
    name = models.TextField("tệp")
    row = models.PositiveIntegerField("dòng", default=0)
    outcome = models.CharField(
        "kết quả", max_length=10, choices=ItemOutcome.choices, default=ItemOutcome.WAITING
    )
    title = models.CharField("tít", max_length=400, blank=True)
    # One remark a line: why it was skipped, or what a person should look at.
    words = models.TextField("ghi chú", blank=True)
    # A draft may be deleted; that it came in once must stay known.
    report = models.ForeignKey(
        Report, models.SET_NULL, null=True, related_name="import_items", verbose_name="bài"
    )
    brought_at = models.DateTimeField("nhập lúc", null=True)
    source_hash = models.CharField(max_length=64, blank=True)
    original_url = models.CharField(max_length=500, blank=True)
    # What the reader was not sure of, and a person may take over with one click (archive.accepting).
    suggested = models.JSONField(default=dict, blank=True)
    accepted_at = models.DateTimeField("nhận gợi ý lúc", null=True)

    class Meta:
        verbose_name = "trang trong đợt nhập"
        verbose_name_plural = "trang trong đợt nhập"
        indexes = [
            # The page's lists: of one outcome, in the order of the archive.
            models.Index(fields=["batch", "outcome", "order"], name="item_of_batch"),
            # Has this page come in before, whatever became of its report?
            models.Index(fields=["source_hash"], name="item_by_text"),
            models.Index(fields=["original_url"], name="item_by_address"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["batch", "order"], name="item_once_a_place"),
            models.CheckConstraint(
                name="item_outcome_known",
                condition=Q(outcome__in=ItemOutcome.values),
                violation_error_message="Không có kết quả ấy.",
            ),
        ]

    def __str__(self):
        return self.title or self.key

    @property
    def key(self):
        """Where it came from, for people: `bai/12.html`, or `tin.csv, dòng 7`."""
        return f"{self.name}, dòng {self.row}" if self.row else self.name

    @property
    def remarks(self):
        return [line for line in self.words.split("\n") if line]

    @property
    def is_deleted(self):
        """Whether it became a draft that somebody has deleted since."""
        return self.brought_at is not None and self.report_id is None
