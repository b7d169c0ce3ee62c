"""Writes the `.mo` files Django reads from the `.po` files people edit."""

from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand

from portal.words import compile_mo, read_po


class Command(BaseCommand):
    help = "Compile portal/locale/**/*.po to .mo; needs no gettext."

    def handle(self, **options):
        for folder in settings.LOCALE_PATHS:
            for source in sorted(Path(folder).rglob("*.po")):
                messages = read_po(source.read_text(encoding="utf-8"))
                source.with_suffix(".mo").write_bytes(compile_mo(messages))
                self.stdout.write(f"{source.parent.parent.name}/{source.stem}: {len(messages) - 1}")
