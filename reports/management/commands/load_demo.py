"""`load_demo`: the demo's texts, pictures and logins."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from reports.demo.loading import load
from units.models import Unit


class Command(BaseCommand):
    help = "Nạp nội dung mẫu và bốn tài khoản dùng thử. Chạy lại không thay đổi gì."

    def handle(self, *args, **options):
        if not settings.DEMO:
            raise CommandError(
                "Nội dung mẫu chỉ dành cho nơi dùng thử. Hãy đặt DEMO=1 rồi chạy lại."
            )
        if not Unit.objects.exists():
            raise CommandError("Chưa có đơn vị nào. Hãy chạy load_units trước.")
        events, reports = load()
        self.stdout.write(f"Nội dung mẫu: thêm {events} sự kiện, {reports} bài.")
