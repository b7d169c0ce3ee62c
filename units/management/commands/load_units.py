from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from units.census import PUBLISHED, counts_on, differences
from units.kinds import UnitKind, UnitLevel
from units.loading import DATA_FOLDER, RegistryDataError, load_registry
from units.names import day_text


def _number(value):
    return f"{value:,}".replace(",", ".")


class Command(BaseCommand):
    help = (
        "Nạp danh mục đơn vị hành chính. Chạy lại bao nhiêu lần cũng được: không xoá đơn vị nào, "
        "giữ nguyên những gì đã sửa tay."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--dir", type=Path, default=DATA_FOLDER, help="Thư mục chứa các tệp CSV."
        )
        parser.add_argument(
            "--check",
            action="store_true",
            help="Không nạp; đếm đơn vị theo ngày và so với số liệu đã công bố.",
        )

    def handle(self, *, verbosity, **options):
        if options["check"]:
            return self.check_counts()
        try:
            done = load_registry(options["dir"])
        except RegistryDataError as error:
            raise CommandError(str(error)) from error
        if verbosity:
            self.stdout.write(self.summary(done))
        return None

    def summary(self, done):
        line = f"{_number(done.units)} đơn vị, {_number(done.changes)} thay đổi"
        details = {
            "đơn vị mới": done.units_created,
            "đơn vị cập nhật": done.units_changed,
            "tên qua các thời kỳ": done.versions_changed,
            "kế thừa": done.successions_changed,
        }
        parts = [f"{_number(number)} {word}" for word, number in details.items() if number]
        if parts:
            line += f" ({', '.join(parts)})"
        if done.corrections_kept:
            line += f"; giữ nguyên {_number(done.corrections_kept)} mục đã sửa tay"
        return line + "."

    def check_counts(self):
        wrong = []
        for day in PUBLISHED:
            by_level, by_kind = counts_on(day)
            levels = ", ".join(
                f"{_number(by_level[level])} {level.label}"
                for level in UnitLevel
                if by_level[level]
            )
            kinds = ", ".join(
                f"{_number(by_kind[kind])} {kind.label}" for kind in UnitKind if by_kind[kind]
            )
            self.stdout.write(f"{day_text(day)}: {levels} ({kinds})")
            wrong += [
                f"{day_text(day)}: {what.label} {_number(counted)}, công bố {_number(published)}"
                for what, published, counted in differences(day)
            ]
        if wrong:
            raise CommandError("Khác số liệu đã công bố – " + "; ".join(wrong))
        self.stdout.write("Khớp với số liệu đã công bố.")
