"""Parts of pages that need more than a template can say."""

import json
from datetime import timedelta
from urllib.parse import urlencode

from django import template
from django.core.serializers.json import DjangoJSONEncoder
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import mark_safe

from portal.templatetags.vietnamese import about_month, day, number
from reports import schema_org
from reports.typesetting import set_text

register = template.Library()

# What could end a script element early or start a comment in it; JSON allows escapes everywhere.
_ESCAPES = {
    ord(">"): "\\u003E",
    ord("<"): "\\u003C",
    ord("&"): "\\u0026",
    0x2028: "\\u2028",
    0x2029: "\\u2029",
}
# More pages than any list has: whoever turns there gets the last one.
_FAR_END = 999_999_999


@register.simple_tag
def json_ld(data):
    """`data` for search engines, in an element browsers do not run."""
    text = json.dumps(data, cls=DjangoJSONEncoder, ensure_ascii=False).translate(_ESCAPES)
    return mark_safe(f'<script type="application/ld+json">{text}</script>')


@register.inclusion_tag("components/pager.html")
def pager(page, query="", parameter="trang", label="Phân trang", fragment=""):
    """`« ‹ 1 2 3 › »` as plain links. `query` is the rest of the address, already encoded."""

    def address(number):
        parts = [query] if query else []
        if number > 1:
            parts.append(urlencode({parameter: number}))
        if mark := page.mark_for(number):
            parts.append(urlencode({"moc": mark}))
        return f"?{'&'.join(parts)}{fragment}"

    return {
        "page": page,
        "label": label,
        "first": address(1),
        "previous": address(page.previous) if page.previous else "",
        # Three numbers fit on a phone beside the arrows; the others are marked to be left out there.
        "numbers": [(n, address(n), abs(n - page.number) > 1) for n in page.window],
        "next": address(page.next) if page.next else "",
        "last": address(page.last or _FAR_END),
        "newer": page.newer,
    }


@register.filter
def text(report):
    """The body, cleaned when it was saved, set for the page."""
    return mark_safe(set_text(report.body))


@register.filter
def focus(photo):
    """The classes that keep the photo's focal point in view when it is cropped."""
    return f"fx-{round(photo.focal_x / 10)} fy-{round(photo.focal_y / 10)}"


@register.filter
def event_day(event):
    """`chiều 02/07/2026`, `13/11/2026 – 15/11/2026`, `chưa rõ ngày`."""
    if not event.event_on:
        return "chưa rõ ngày"
    if event.ends_on and event.ends_on != event.event_on:
        return format_html("{} – {}", day(event.event_on), day(event.ends_on))
    if event.session:
        return format_html("{} {}", event.get_session_display(), day(event.event_on))
    return day(event.event_on)


@register.filter
def published_words(report):
    """`đăng 03/07/2026`, or `đăng khoảng tháng 7/2024` where that is all anybody knows."""
    if report.published_is_estimate:
        return f"đăng {about_month(report.published_at)}"
    return format_html("đăng {}", day(report.published_at))


@register.filter
def changed_at(report):
    """When what readers see of a published report last changed."""
    return schema_org.changed_at(report)


@register.filter
def year_of(moment):
    """The year of a moment on our clock."""
    return timezone.localtime(moment).year


@register.filter
def count_words(page, noun="bài"):
    """`46 bài`, `hơn 10.000 bài`."""
    return f"{'hơn ' if page.is_capped else ''}{number(page.total_shown)} {noun}"


@register.filter
def years(unit):
    """`từ 01/07/2025`, `đến 30/06/2025`: a unit's life, written like every other day of the page."""
    first, gone = unit.valid_from, unit.valid_to
    last = gone and gone - timedelta(days=1)
    if first and last:
        return f"{first:%d/%m/%Y} – {last:%d/%m/%Y}"
    if first:
        return f"từ {first:%d/%m/%Y}"
    return f"đến {last:%d/%m/%Y}" if last else ""
