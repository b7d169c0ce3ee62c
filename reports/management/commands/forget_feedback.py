"""`forget_feedback`: remove who sent what was answered long ago; for a nightly or monthly timer."""

from django.core.management.base import BaseCommand
from django.utils import timezone

from reports.feedback import forget_senders

DAYS = 365


class Command(BaseCommand):
    help = "Xóa họ tên, cách liên hệ của người gửi ở các ý kiến đã trả lời xong từ lâu."

    def add_arguments(self, parser):
        parser.add_argument(
            "--older-than", type=int, default=DAYS, metavar="NGÀY",
            help=f"đã xong ít nhất bấy nhiêu ngày (mặc định {DAYS})",
        )  # fmt: skip

    def handle(self, *args, **options):
        forgotten = forget_senders(closed_for=max(options["older_than"], 0), now=timezone.now())
        self.stdout.write(f"Đã xóa thông tin cá nhân ở {forgotten} ý kiến.")
