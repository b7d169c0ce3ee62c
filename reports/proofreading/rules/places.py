"""The unit: it must have been there on the day the report speaks of."""

from django.utils import timezone

from units import registry
from units.area import successors_on
from units.naming import full_name_of

from ..finding import Found, Level, rule


@rule(
    "don-vi-khong-co-hom-ay",
    Level.BLOCK,
    "Đơn vị đăng bài không có vào ngày ấy.",
    "Chọn lại đơn vị, hoặc xem lại ngày của sự kiện.",
)
def not_there(draft):
    day = _spoken_of(draft) or (None if draft.published_is_estimate else draft.out_on)
    if draft.unit and day and (words := _absence(draft.unit, day)):
        yield Found("unit", words, cure=_cure(draft, day), evidence=f"{draft.unit.pk} {day}")


@rule(
    "don-vi-het-luc-dang",
    Level.WARN,
    "Đơn vị không còn (hoặc chưa có) vào ngày đăng.",
    "Bài của cổng cũ thì ghi ngày cổng ấy đăng. Bài mới thì chọn đơn vị hiện nay.",
)
def gone_when_published(draft):
    day = _spoken_of(draft)
    if draft.unit and day and not _absence(draft.unit, day):
        words = _absence(draft.unit, draft.out_on)
        if words:
            yield Found("unit", words, evidence=f"{draft.unit.pk} {draft.published_on or ''}")


def _spoken_of(draft):
    """The day the report is about, as far as somebody has said so."""
    return draft.event_on or draft.period_end


def _absence(unit, day):
    """`Huyện Thoại Sơn, tỉnh An Giang có đến hết ngày 30/6/2025.`; empty if it was there."""
    known = registry.current()
    if unit.pk not in known.spans:
        return ""
    born, died = known.life(unit.pk)
    name = full_name_of(unit.pk, max(day, born) if day < died else None)
    if day < born:
        return f"{name} có từ ngày {_day(born)}, mà ngày của bài là {_day(day)}."
    if day >= died:
        return f"{name} không còn từ ngày {_day(died)}, mà ngày của bài là {_day(day)}."
    return ""


def _cure(draft, day):
    """The successors of a unit that has ended, by name."""
    today = timezone.localdate() if day > draft.today else draft.today
    heirs = [full_name_of(key) for key in successors_on(draft.unit, today)]
    if not heirs:
        return ""
    shown = "; ".join(sorted(heirs)[:8])
    more = "…" if len(heirs) > 8 else "."
    return f"Chọn lại đơn vị, hoặc xem lại ngày. Nơi ấy nay là: {shown}{more}"


def _day(day):
    return f"{day.day}/{day.month}/{day.year}"
