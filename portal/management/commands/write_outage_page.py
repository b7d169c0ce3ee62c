"""`write_outage_page`: the page a proxy shows while no process of ours answers."""

from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import DatabaseError
from django.template.loader import render_to_string

from portal.errors import whom_to_call
from portal.models import SiteProfile

NAME = "tam-nghi.html"


class Command(BaseCommand):
    help = "Ghi trang “Cổng thông tin tạm nghỉ” cho máy đứng trước. Chạy lại khi đổi cách liên hệ."

    def add_arguments(self, parser):
        parser.add_argument(
            "folder", nargs="?", default=settings.STATIC_ROOT, type=Path, metavar="THƯ_MỤC",
            help="nơi máy đứng trước đọc tệp tĩnh (mặc định STATIC_ROOT)",
        )  # fmt: skip

    def handle(self, *args, **options):
        try:
            SiteProfile.current()
        except DatabaseError:
            self.stderr.write("Không đọc được cơ sở dữ liệu: trang chỉ ghi SITE_CONTACT.")
        page = Path(options["folder"]) / NAME
        page.write_text(render_to_string("503.html", whom_to_call()), encoding="utf-8")
        self.stdout.write(f"Đã ghi {NAME}.")
