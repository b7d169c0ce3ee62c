"""Show what the reader finds in a file, without storing anything."""

import json
from pathlib import Path

from django.core.management.base import BaseCommand

from reports.intake.errors import UnreadableFile
from reports.intake.reader import read_article


class Command(BaseCommand):
    help = "Đọc tệp .txt, .html, .docx và in những gì đọc được, không lưu gì."

    def add_arguments(self, parser):
        parser.add_argument("files", nargs="+", type=Path, metavar="TỆP")
        parser.add_argument("--format", choices=["json"], default="json", help="một dòng một tệp")

    def handle(self, *, files, **options):
        """One JSON object a line; a file that cannot be read says so in `error` and stops nothing."""
        for file in files:
            try:
                facts = read_article(file).as_json()
            except UnreadableFile as error:
                facts = {"error": str(error)}
            self.stdout.write(json.dumps({"file": str(file), **facts}, ensure_ascii=False))
