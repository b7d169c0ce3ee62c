"""Every part of the pages on one page, drawn by the real templates; only while building (DEBUG).

The colours are read from tokens.css, and their contrast is computed, so the page cannot tell
anything else than what readers get.
"""

import re
from datetime import date

from django.conf import settings
from django.http import Http404
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from portal.paging import Page
from reports.feedback_form import FeedbackForm
from reports.models import Event, EventKind, Report, Session

TOKENS = settings.BASE_DIR / "static" / "css" / "tokens.css"
ICONS = settings.BASE_DIR / "templates" / "components" / "icon.html"
GROUNDS = {
    "sáng": ":root {",
    "tối": 'html[data-theme="dark"] {',
    "tương phản cao": 'html[data-theme="contrast"] {',
}
# (letters or line, ground, the least WCAG asks for, what it is for)
PAIRS = (
    ("ink", "ground", 4.5, "chữ"),
    ("ink-soft", "ground", 4.5, "dòng phụ"),
    ("ink", "wash", 4.5, "chữ trên nền phụ"),
    ("ink-soft", "wash", 4.5, "dòng phụ trên nền phụ"),
    ("red", "ground", 4.5, "liên kết, nơi chốn"),
    ("red", "wash", 4.5, "liên kết trên nền phụ"),
    ("red-strong", "ground", 4.5, "liên kết đang chỉ vào"),
    ("on-action", "action", 4.5, "chữ trên nút"),
    ("on-band", "band", 4.5, "chữ đầu trang"),
    ("on-band-soft", "band", 4.5, "dòng phụ đầu trang"),
    ("gold-ink", "gold-tint", 4.5, "đính chính"),
    ("ink", "gold-tint", 4.5, "chữ trong đính chính"),
    ("ink", "mark", 4.5, "từ tìm thấy"),
    ("edge", "ground", 3, "viền ô, nút"),
    ("gold", "ground", 3, "nét, chấm"),
    ("focus", "ground", 3, "viền chỗ đang đứng"),
)
_COLOUR = re.compile(r"--([\w-]+): (#[0-9a-f]{6})\b")
_TOKEN = re.compile(r"--([\w-]+): ([^;]+);")


@require_safe
def component_page(request):
    if not settings.DEBUG:
        raise Http404
    now = timezone.now()
    reports = list(Report.objects.published(now).for_cards().newest_first()[:3])
    context = {
        "contrasts": contrasts(),
        "sizes": [pair for pair in tokens() if pair[0].startswith("size-")],
        "gaps": [pair for pair in tokens() if pair[0].startswith("gap-")],
        "icons": icons(),
        "reports": reports,
        "photo": next((report.lead_photo for report in reports if report.lead_photo), None),
        "events": sample_events(),
        "middle": Page(rows=[], number=5, size=10, total=120, last=12),
        "unknown_end": Page(rows=[], number=2, size=10, total=20_001, last=None),
        "empty_form": FeedbackForm(),
        "wrong_form": FeedbackForm({"kind": "x", "text": "", "contact": "gọi tôi"}),
    }
    return render(request, "portal/components.html", context)


def sample_events():
    """The three faces of a calendar tile: a weekday, a Sunday, an unknown day; never stored."""
    named = {"kind": EventKind.INTERIM_REVIEW, "name": "Hội nghị sơ kết"}
    return [
        Event(event_on=date(2026, 7, 2), session=Session.MORNING, **named),
        Event(event_on=date(2026, 7, 5), **named),
        Event(**named),
    ]


def icons():
    """The names that components/icon.html knows."""
    return re.findall(r'name == "([\w-]+)"', ICONS.read_text())


def tokens():
    """[(name, value)] of the light ground, in the file's order."""
    return _TOKEN.findall(_block(TOKENS.read_text(), GROUNDS["sáng"]))


def grounds():
    """{ground: {token: colour}}; what a ground does not change, it takes from the light one."""
    text = TOKENS.read_text()
    light = dict(_COLOUR.findall(_block(text, GROUNDS["sáng"])))
    return {
        name: light | dict(_COLOUR.findall(_block(text, start))) for name, start in GROUNDS.items()
    }


def _block(text, start):
    return text.split(start, 1)[1].split("}", 1)[0]


def contrasts():
    """[{letters, ground, least, purpose, figures: [(ground's name, contrast, is enough)]}]."""
    by_name = grounds()
    return [
        {
            "letters": letters,
            "ground": ground,
            "least": least,
            "purpose": purpose,
            "figures": [
                (name, figure, figure >= least)
                for name, colours in by_name.items()
                for figure in [contrast(colours[letters], colours[ground])]
            ],
        }
        for letters, ground, least, purpose in PAIRS
    ]


def contrast(one, other):
    """WCAG 2's contrast ratio of two colours `#rrggbb`, rounded down to a tenth."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return int((lighter + 0.05) / (darker + 0.05) * 10) / 10


def _luminance(colour):
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (
        part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
