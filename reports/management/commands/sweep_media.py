"""`sweep_media`: find uploads nobody uses, and remove the old ones; for a nightly timer."""

from datetime import timedelta

from django.core.management.base import BaseCommand
from django.template.defaultfilters import filesizeformat

from reports.sweeping import sweep

HOURS = 48


class Command(BaseCommand):
    help = "Liệt kê tệp ảnh không thuộc về bài nào; thêm --delete thì xóa những tệp đã cũ."

    def add_arguments(self, parser):
        parser.add_argument("--delete", action="store_true", help="xóa, không chỉ liệt kê")
        parser.add_argument(
            "--hours", type=int, default=HOURS, metavar="GIỜ",
            help=f"chỉ xóa thứ đã cũ hơn bấy nhiêu giờ (mặc định {HOURS})",
        )  # fmt: skip

    def handle(self, *args, **options):
        age = timedelta(hours=max(options["hours"], 0))
        for finds in sweep(older_than=age, delete=options["delete"]):
            line = f"{finds.label}: {finds.found} ({_size(finds.bytes)}), cũ: {finds.old}"
            if options["delete"]:
                line += f", đã xóa: {finds.removed} ({_size(finds.freed)})"
            self.stdout.write(line[:1].upper() + line[1:])
            if options["verbosity"] > 1:
                for name in finds.names:
                    self.stdout.write(f"  {name}")


def _size(count):
    return filesizeformat(count).replace("\xa0", " ")
