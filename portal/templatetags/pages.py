"""Parts of pages that need more than a template can say."""

import json
from urllib.parse import urlencode

from django import template
from django.core.serializers.json import DjangoJSONEncoder
from django.utils.safestring import mark_safe

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
        return f"?{'&'.join(parts)}{fragment}"

    return {
        "page": page,
        "label": label,
        "first": address(1),
        "previous": address(page.previous) if page.previous else "",
        "numbers": [(number, address(number)) for number in page.window],
        "next": address(page.next) if page.next else "",
        "last": address(page.last or _FAR_END),
    }


@register.filter
def focus(photo):
    """The classes that keep the photo's focal point in view when it is cropped."""
    return f"fx-{round(photo.focal_x / 10)} fy-{round(photo.focal_y / 10)}"
