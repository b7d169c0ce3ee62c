"""The unit: it must have been there on the day the report speaks of."""

from django.utils import timezone

from units import registry
from units.area import successors_on
from units.names import day_text
from units.naming import full_name_of

from ..finding import Found, Level, rule


@rule(
    "don-vi-khong-co-hom-ay",
    Level.BLOCK,
    "Đơn vị đăng bài không có vào ngày ấy.",
    "Chọn lại đơn vị, hoặc xem lại ngày của sự kiện.",
)
def not_there(draft):
    if draft.unit is None or not (days := _days(draft)):
        return
    # Where only a period and the publication are known, one day under the unit's name is enough.
    if all(_absence(draft.unit, day) for day in days):
        day = days[0]
        words = _absence(draft.unit, day)
        yield Found("unit", words, cure=_cure(draft, day), evidence=f"{draft.unit.pk} {day}")


@rule(
    "don-vi-het-luc-dang",
    Level.WARN,
    "Đơn vị không còn (hoặc chưa có) vào ngày đăng.",
    "Bài của cổng cũ thì ghi ngày cổng ấy đăng. Bài mới thì chọn đơn vị hiện nay.",
)
def gone_when_published(draft):
    days = _days(draft) if draft.unit else []
    if not all(_absence(draft.unit, day) for day in days):
        words = _absence(draft.unit, draft.out_on)
        if words:
            yield Found("unit", words, evidence=f"{draft.unit.pk} {draft.published_on or ''}")


def _days(draft):
    """The days on which the unit must have been there: the event's, else one of all that is known."""
    if draft.event_on:
        return [draft.event_on]
    days = [] if draft.published_is_estimate else [draft.out_on]
    return [day for day in (*days, draft.period_start, draft.period_end) if day]


def _absence(unit, day):
    """`Huyện Thoại Sơn, tỉnh An Giang không còn từ ngày 1/7/2025, mà …`; empty if it was there."""
    known = registry.current()
    if unit.pk not in known.spans:
        return ""
    born, died = known.life(unit.pk)
    name = full_name_of(unit.pk, max(day, born) if day < died else None)
    if day < born:
        return f"{name} có từ ngày {day_text(born)}, mà ngày của bài là {day_text(day)}."
    if day >= died:
        return f"{name} không còn từ ngày {day_text(died)}, mà ngày của bài là {day_text(day)}."
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
