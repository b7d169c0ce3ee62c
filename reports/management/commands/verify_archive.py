"""`verify_archive`: recompute the hash chain of published versions, name the first broken link."""

from django.core.management.base import BaseCommand, CommandError

from reports.editions import verify


class Command(BaseCommand):
    help = "Kiểm lại chuỗi mã của các bản đã đăng; nêu mắt xích hỏng đầu tiên."

    def add_arguments(self, parser):
        parser.add_argument(
            "--chain-only",
            action="store_true",
            help="chỉ kiểm chuỗi, không so với trang đang hiện",
        )

    def handle(self, *, chain_only, **options):
        held, last_hash, broken = verify(with_pages=not chain_only)
        if broken:
            raise CommandError(f"Bản số {broken.position}: {broken.words}.")
        self.stdout.write(f"{held} bản đã đăng, chuỗi nguyên vẹn. Mã cuối: {last_hash or '–'}")
