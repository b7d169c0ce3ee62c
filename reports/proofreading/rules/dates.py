"""Days and periods: three different dates, none of which may stand in for another."""

import re
from datetime import date

from units.names import day_text

from ..finding import Found, Level, rule

# `2/7`, `02-7`, `ngày 2 tháng 7`, with or without a year; only behind a word that makes it a day.
# Of `14-16/8` the last day is read.
_DAY = re.compile(
    r"\b(?:ngày|sáng|trưa|chiều|tối|đêm|hôm)(?:\s+ngày)?\s+"
    r"(?:\d{1,2}\s*[-–]\s*(?=\d{1,2}\s*(?:[/.]|tháng\s)\s*\d))?(?P<day>\d{1,2})"
    r"(?:\s*[/.-]\s*|\s+tháng\s+)(?P<month>\d{1,2})"
    r"(?:(?:\s*[/.-]\s*|\s+năm\s+)(?P<year>\d{4}))?(?![\d%])",
    re.IGNORECASE,
)
_RANGE = re.compile(
    r"\btừ\s+(?:ngày\s+)?(?P<day>\d{1,2})\s*[/-]\s*(?P<month>\d{1,2})(?:\s*[/-]\s*(?P<year>\d{4}))?"
    r"\s+đến\s+(?:hết\s+)?(?:ngày\s+)?(?P<day2>\d{1,2})\s*[/-]\s*(?P<month2>\d{1,2})"
    r"(?:\s*[/-]\s*(?P<year2>\d{4}))?(?!\d)",
    re.IGNORECASE,
)
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_PERIOD = re.compile(
    r"\b(?:(?:[369]|ba|sáu|chín)\s+tháng\s+(?:đầu|cuối)\s+năm|qu[ýí]\s+(?:I{1,3}|IV|[1-4])(?!\w))"
    r"(?P<tail>[\s/,-]*(?:năm\s+)?(?:19|20)\d\d)?",
    re.IGNORECASE,
)
_NEAR_DAY = re.compile(
    r"\b(?:hôm\s+nay|hôm\s+qua|hôm\s+kia|ngày\s+mai|(?:sáng|trưa|chiều|tối)\s+(?:nay|qua|mai))\b",
    re.IGNORECASE,
)
_A_DAY = re.compile(r"\b\d{1,2}\s*[/.-]\s*\d{1,2}\b|\bngày\s+\d{1,2}\b|\bmùng?\s+\d", re.IGNORECASE)


@rule(
    "dien-ra-sau-khi-dang",
    Level.BLOCK,
    "Sự kiện diễn ra sau ngày đăng, mà bài không phải bài báo trước.",
    "Xem lại ngày của sự kiện. Nếu bài báo trước việc sắp tới thì viết rõ (“sẽ”, “dự kiến”).",
)
def held_after_publication(draft):
    if draft.event_on and draft.event_on > draft.out_on and not draft.announces:
        yield _later_event(draft)


@rule(
    "bao-truoc-su-kien",
    Level.WARN,
    "Bài báo trước một sự kiện chưa diễn ra.",
    "Xem lại ngày của sự kiện cho chắc.",
)
def announced(draft):
    if draft.event_on and draft.event_on > draft.out_on and draft.announces:
        yield _later_event(draft)


def _later_event(draft):
    return Found(
        "event",
        f"Sự kiện ngày {day_text(draft.event_on)}, đăng ngày {day_text(draft.out_on)}.",
        evidence=f"{draft.event_on} {draft.published_on or ''}",
    )


@rule(
    "su-kien-chua-ro-ngay",
    Level.WARN,
    "Sự kiện của bài chưa ghi ngày diễn ra.",
    "Biết ngày thì ghi vào sự kiện. Không biết thì để trống; đừng lấy ngày đăng thay vào.",
)
def event_without_day(draft):
    if draft.event and not draft.event.event_on:
        yield Found("event", f"Sự kiện: “{draft.event.name}”", evidence=str(draft.event.pk))


@rule(
    "thieu-nam",
    Level.WARN,
    "Có ngày mà không rõ năm nào.",
    "Ghi năm ở lần nhắc đầu, hoặc chọn sự kiện có ngày. Ví dụ: chiều 2/7/2026.",
)
def day_without_year(draft):
    if draft.event_on or draft.period_start or _YEAR.search(draft.whole):
        return
    for passage in draft.passages:
        for found in _DAY.finditer(passage.text):
            yield Found(
                passage.field, passage.around(*found.span()), evidence=_squeezed(found[0]),
                about=passage.about,
            )  # fmt: skip
            return


@rule(
    "ky-thieu-nam",
    Level.WARN,
    "Bài nói về một kỳ (quý, 6 tháng, 9 tháng…) mà không rõ năm nào.",
    "Chọn kỳ ở “Chọn kỳ cho nhanh”, hoặc ghi năm trong câu. Ví dụ: 6 tháng đầu năm 2026.",
)
def period_without_year(draft):
    if draft.period_start or draft.event_on or _YEAR.search(draft.whole + draft.period_label):
        return
    for passage in draft.passages:
        for found in _PERIOD.finditer(passage.text):
            if not found["tail"]:
                yield Found(
                    "period_start", passage.around(*found.span()), evidence=_squeezed(found[0])
                )
                return


@rule(
    "hom-nay-la-ngay-nao",
    Level.WARN,
    "“Hôm nay”, “hôm qua”… mà bài không có ngày nào: mai đọc lại sẽ không hiểu.",
    "Ghi ngày. Ví dụ: sáng 2/7.",
)
def near_day(draft):
    if draft.event_on or _A_DAY.search(draft.whole):
        return
    for passage in draft.passages:
        if found := _NEAR_DAY.search(passage.text):
            if _is_quoted(passage.text, found.start()):
                continue
            yield Found(
                passage.field, passage.around(*found.span()), evidence=_squeezed(found[0]),
                about=passage.about,
            )  # fmt: skip
            return


@rule(
    "ngay-khong-co-tren-lich",
    Level.WARN,
    "Ngày này không có trên lịch.",
    "Xem lại ngày và tháng.",
)
def impossible_day(draft):
    for passage in draft.passages:
        for found in _DAY.finditer(passage.text):
            day, month, year = int(found["day"]), int(found["month"]), found["year"]
            # 29/2 without a year may be.
            if _date(day, month, int(year) if year else 2024) is None:
                yield Found(
                    passage.field, passage.around(*found.span()), evidence=_squeezed(found[0]),
                    about=passage.about,
                )  # fmt: skip


@rule(
    "ngay-dao-nguoc",
    Level.WARN,
    "Ngày kết thúc đứng trước ngày bắt đầu.",
    "Xem lại hai ngày.",
)
def backwards(draft):
    for passage in draft.passages:
        for found in _RANGE.finditer(passage.text):
            year2 = found["year2"]
            year = found["year"] or (year2 if found["month"] == found["month2"] else None)
            year2 = year2 or found["year"]
            # `từ 25/12 đến 5/1` crosses the turn of a year.
            if (not year or not year2) and int(found["month"]) != int(found["month2"]):
                continue
            first = _date(int(found["day"]), int(found["month"]), int(year or 2024))
            last = _date(int(found["day2"]), int(found["month2"]), int(year2 or year or 2024))
            if first and last and last < first:
                yield Found(
                    passage.field, passage.around(*found.span()), evidence=_squeezed(found[0]),
                    about=passage.about,
                )  # fmt: skip


def _date(day, month, year):
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _squeezed(text):
    return " ".join(text.lower().split())


def _is_quoted(text, at):
    """Inside quotation marks somebody speaks of their own today."""
    before = text[:at]
    return before.count("“") > before.count("”") or before.count('"') % 2 == 1
