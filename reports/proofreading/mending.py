"""The cure with one click, for findings where nothing else can be meant."""

import re
from html import escape

from django.db import transaction

_TAG = re.compile(r"(<[^>]*>)")


class NotMended(Exception):
    """The words stand there no more, or run across a change of format; nothing was changed."""

    def __init__(self):
        super().__init__("Không tự sửa được chỗ này. Hãy sửa bằng tay.")


@transaction.atomic
def mend(report, finding, *, by):
    """Do the replacement of `finding` in `report` and save it, in the name of `by`.

    Raises NotMended, and StaleReport when somebody saved since `report` was read.
    """
    change = finding.replacement
    if change is None:
        raise NotMended
    reason = f"sửa theo lời nhắc: {_named(change.old)} → {_named(change.new)}"[:100]
    prefix, _, name = finding.field.rpartition("-")
    if prefix:
        _mend_photo(report, int(prefix.partition("-")[2]), name, change, by, reason)
        return
    before = getattr(report, name)
    after = _in_html(before, change) if name == "body" else _in_plain(before, change)
    if after == before:
        raise NotMended
    setattr(report, name, after)
    report._history_user = by
    report._change_reason = reason
    report.save()


def _mend_photo(report, number, name, change, by, reason):
    photo = report.photos.order_by("order", "pk")[number]
    before = getattr(photo, name)
    after = _in_plain(before, change)
    if after == before:
        raise NotMended
    setattr(photo, name, after)
    photo._history_user = by
    photo._change_reason = reason
    # The report's version grows with its captions, so that nobody approves unseen words.
    report._history_user = by
    report._change_reason = reason
    report.save()
    photo.save()


def _in_html(html, change):
    """Only text is changed, never a tag."""
    old, new = escape(change.old, quote=False), escape(change.new, quote=False)
    parts = _TAG.split(html.replace("&nbsp;", "\u00a0"))
    parts[::2] = [_replaced(part, old, new) for part in parts[::2]]
    return "".join(parts)


def _in_plain(text, change):
    return _replaced(text, change.old, change.new)


def _replaced(text, old, new):
    """Whole words only: `cũa` is mended, `cũan` is not."""
    before = r"(?<!\w)" if old[:1].isalnum() else ""
    after = r"(?!\w)" if old[-1:].isalnum() else ""
    return re.sub(f"{before}{re.escape(old)}{after}", lambda found: new, text)


def _named(text):
    return f"“{text}”" if text.strip() else "“ ”"
