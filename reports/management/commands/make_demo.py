"""`make_demo --reports N`: very many plausible reports, for measuring."""

import os

from django.core.management.base import BaseCommand, CommandError

from reports.demo.volume import BATCH, make
from units.models import Unit


class Command(BaseCommand):
    help = "Thêm thật nhiều bài đặt ra để đo tốc độ. Cùng --seed trên kho trống thì cùng bài."

    def add_arguments(self, parser):
        parser.add_argument("--reports", type=int, required=True, help="Số bài cần thêm.")
        parser.add_argument("--seed", type=int, default=1, help="Số gốc của dãy ngẫu nhiên.")

        parser.add_argument(
            "--processes", type=int, help="Số tiến trình; mặc định: mỗi nhân máy một tiến trình."
        )

    def handle(self, *, reports, seed, processes, verbosity, **options):
        if reports < 1:
            raise CommandError("--reports phải là số từ 1 trở lên.")
        if not Unit.objects.exists():
            raise CommandError("Chưa có đơn vị nào. Hãy chạy load_units trước.")
        # A few reports are made faster than a second process starts.
        processes = processes or (os.cpu_count() if reports > 10 * BATCH else 1)
        progress = self._say if verbosity else lambda done, seconds: None
        make(reports, seed=seed, processes=processes, progress=progress)

    def _say(self, done, seconds):
        self.stdout.write(f"{done} bài, {seconds:.0f} giây, {done / seconds:.0f} bài/giây")
