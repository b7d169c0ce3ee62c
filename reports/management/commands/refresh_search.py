"""`refresh_search`: index rows for reports that have none, or with `--all` anew for every report."""

from django.core.management.base import BaseCommand

from reports.search.index import rebuild


class Command(BaseCommand):
    help = (
        "Lập mục lục tìm kiếm cho các bài chưa có. Thêm --all để lập lại cho mọi bài, "
        "sau khi đổi tên chuyên mục, chủ đề, tổ chức hoặc danh sách chữ viết tắt."
    )

    def add_arguments(self, parser):
        parser.add_argument("--all", action="store_true", help="Lập lại cho mọi bài.")

    def handle(self, *, verbosity, **options):
        done = rebuild(missing_only=not options["all"])
        if verbosity:
            self.stdout.write(f"{done} bài được ghi vào mục lục tìm kiếm.")
