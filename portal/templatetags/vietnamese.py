"""How Vietnamese is printed: days, numbers, names inside a sentence. Built in, no `load` needed."""

from datetime import date, datetime
from decimal import Decimal

from django import template
from django.utils import timezone
from django.utils.html import format_html
from django.utils.numberformat import format as format_number

register = template.Library()

WEEKDAYS = ("Thứ hai", "Thứ ba", "Thứ tư", "Thứ năm", "Thứ sáu", "Thứ bảy", "Chủ nhật")
NUMBER_WORDS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín", "mười")
# Nouns that open a unit's or an organisation's name; inside a sentence they begin small.
COMMON_NOUNS = (
    "Xã", "Phường", "Thị trấn", "Thị xã", "Huyện", "Quận", "Tỉnh", "Thành phố", "Đặc khu",
    "Sáng", "Chiều", "Tối", "Thứ", "Chủ nhật", "Năm", "Quý", "Tháng",
)  # fmt: skip


@register.filter
def day(value):
    """`03/07/2026` inside a `<time>`; of a moment, its day on our clock."""
    if not value:
        return ""
    on = timezone.localdate(value) if isinstance(value, datetime) else value
    return format_html('<time datetime="{}">{}</time>', on.isoformat(), f"{on:%d/%m/%Y}")


@register.filter
def moment(value):
    """`03/07/2026 lúc 8:15` inside a `<time>`, on our clock."""
    if not value:
        return ""
    at = timezone.localtime(value)
    return format_html(
        '<time datetime="{}">{}</time>',
        at.isoformat(timespec="minutes"),
        f"{at:%d/%m/%Y} lúc {at.hour}:{at:%M}",
    )


@register.filter
def about_month(value):
    """`khoảng tháng 7/2024`: for a publication moment that is an editor's estimate."""
    at = timezone.localtime(value)
    return f"khoảng tháng {at.month}/{at.year}"


@register.filter
def weekday(value):
    """`Thứ năm`."""
    return WEEKDAYS[value.weekday()] if isinstance(value, date) else ""


@register.filter
def number(value):
    """`1.284`, `2.811,7`: dots between thousands, a comma before decimals, no idle zeros."""
    if value is None or value == "":
        return ""
    if isinstance(value, Decimal):
        value = value.normalize() if value % 1 else value.to_integral_value()
    return format_number(f"{value:f}" if isinstance(value, Decimal) else value, ",", grouping=3,
                         thousand_sep=".", force_grouping=True, use_l10n=False)  # fmt: skip


@register.filter
def in_words(value):
    """`Ba`: small numbers as a heading says them; larger ones in digits."""
    value = int(value)
    return NUMBER_WORDS[value].capitalize() if 0 <= value < len(NUMBER_WORDS) else number(value)


@register.filter
def in_sentence(name):
    """`Xã Phú Hòa` -> `xã Phú Hòa`: a name's common noun begins small within a sentence."""
    name = str(name)
    if name.startswith(COMMON_NOUNS):
        return name[0].lower() + name[1:]
    return name


@register.filter
def first_capital(text):
    """`sơ kết` -> `Sơ kết`, the rest untouched; lazy text too."""
    text = str(text)
    return text[:1].upper() + text[1:]


@register.filter
def paragraphs(text):
    """The paragraphs of a plain text: parts set apart by an empty line."""
    return [part.strip() for part in str(text).split("\n\n") if part.strip()]
