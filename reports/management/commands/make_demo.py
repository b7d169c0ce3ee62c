"""`make_demo --reports N`: very many plausible reports, for measuring."""

from django.core.management.base import BaseCommand, CommandError

from reports.demo.volume import make
from units.models import Unit


class Command(BaseCommand):
    help = "Thêm thật nhiều bài đặt ra để đo tốc độ. Cùng --seed trên kho trống thì cùng bài."

    def add_arguments(self, parser):
        parser.add_argument("--reports", type=int, required=True, help="Số bài cần thêm.")
        parser.add_argument("--seed", type=int, default=1, help="Số gốc của dãy ngẫu nhiên.")

    def handle(self, *, reports, seed, verbosity, **options):
        if reports < 1:
            raise CommandError("--reports phải là số từ 1 trở lên.")
        if not Unit.objects.exists():
            raise CommandError("Chưa có đơn vị nào. Hãy chạy load_units trước.")
        make(reports, seed=seed, progress=self._say if verbosity else lambda done, seconds: None)

    def _say(self, done, seconds):
        self.stdout.write(f"{done} bài, {seconds:.0f} giây, {done / seconds:.0f} bài/giây")
