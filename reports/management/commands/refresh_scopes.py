"""`refresh_scopes`: after units were reloaded or corrected, lists and printed names follow."""

from django.core.management.base import BaseCommand

from reports.scope import refresh_all


class Command(BaseCommand):
    help = "Cập nhật danh sách và tên đơn vị của mọi bài sau khi nạp lại hoặc sửa dữ liệu đơn vị."

    def handle(self, *, verbosity, **options):
        changed = refresh_all()
        if verbosity:
            self.stdout.write(f"{changed} bài và sự kiện được cập nhật.")
