"""What is written about the second editor is what it does."""

from django.conf import settings

from reports.proofreading.finding import Level
from reports.proofreading.rules import ordered

GUIDE = settings.BASE_DIR / "docs" / "vi" / "kiem-bai.md"
LEVELS = {Level.BLOCK: "**phải sửa**", Level.WARN: "nhắc"}


def line_of(rule):
    return f"| `{rule.id}` | {LEVELS[rule.level]} | {rule.says} | {rule.cure} |"


def test_the_guide_lists_every_rule_in_its_order():
    lines = GUIDE.read_text(encoding="utf-8").splitlines()
    first = lines.index("| Mã | Mức | Điều thấy | Cách sửa |") + 2
    listed = lines[first : lines.index("", first)]

    assert listed == [line_of(rule) for rule in ordered()]
