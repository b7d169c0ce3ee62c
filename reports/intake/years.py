"""The year of a day that is printed without one – from what the page says, never from today.

Evidence, the strongest first: the same day printed in full elsewhere; the publication day; the end
of an anniversary's range near that day; the years in title and lead; the period the text reviews.
Terms of office, stages and school years (2017 – 2020) are no evidence.
"""

import re
from datetime import date, timedelta

from .stamps import real_day

_FULL_DAY = re.compile(
    r"(?<![\d/.\-])(?P<d>\d{1,2})\s*(?P<sep>[/.\-])\s*(?P<m>\d{1,2})\s*(?P=sep)\s*(?P<y>\d{4})(?!\d)"
    r"(?P<start>\s*(?:[-–—]|đến)\s*(?:ngày\s*)?\d{1,2}\s*[/.\-]\s*\d{1,2}\s*[/.\-]\s*\d{4})?"
)
_RANGE_END = re.compile(
    r"\d{1,2}\s*[/.\-]\s*\d{1,2}\s*[/.\-]\s*\d{4}\s*(?:[-–—]|đến)\s*(?:ngày\s*)?"
    r"(?P<d>\d{1,2})\s*[/.\-]\s*(?P<m>\d{1,2})\s*[/.\-]\s*(?P<y>\d{4})(?!\d)"
)
_SPAN_END = re.compile(
    r"(?:từ ngày|từ)\s+(?P<d>\d{1,2})\s*[/.\-]\s*(?P<m>\d{1,2})\s*(?:đến|[-–—])\s*(?:hết\s*)?(?:ngày\s*)?"
    r"\d{1,2}\s*[/.\-]\s*\d{1,2}\s*[/.\-]\s*(?P<y>\d{4})(?!\d)",
    re.IGNORECASE,
)
_NOT_ITS_DAY = re.compile(
    r"(?:sinh|vào đảng|kết nạp|chính thức|ra đời|hy sinh|mất|ban hành|ký|hiệu lực|số\s*[\w/.\-]+,?)"
    r"\s*(?:ngày)?\s*$",
    re.IGNORECASE,
)
_YEAR = re.compile(
    r"(?<![\d/.,\-–])(?P<before>[^\d\s]*\s*)(?P<year>20\d\d|19[5-9]\d)(?![\d/%]|[.,]\d|\s*[-–—]\s*\d|\s*đến\s+(?:năm\s+)?\d)"
)
_PART_OF_RANGE = re.compile(r"(?:\d{4}\s*[-–—]\s*|\d\s*đến\s+(?:năm\s+)?)$")
_NOT_ITS_YEAR = re.compile(
    r"(?:đến|từ|sau|trước|kể từ|sinh|tới|hướng tới|tầm nhìn|so với|cuối|giai đoạn|nhiệm kỳ|khóa|"
    r"cách mạng tháng tám|mùa xuân|tầm nhìn đến|định hướng đến)\s*(?:năm\s*)?$",
    re.IGNORECASE,
)
_PLANS = re.compile(
    r"(?:kế hoạch|nhiệm vụ|phương hướng|dự toán|dự thảo|triển khai|giao ước|chương trình công tác)"
    r"[^.;,]*$",
    re.IGNORECASE,
)
_REVIEWS = re.compile(r"(?:tổng kết|kết quả|nhìn lại)[^.;]*$", re.IGNORECASE)
_REVIEWED = re.compile(
    r"(?:[69] tháng (?:đầu |cuối )?năm|quý (?:[1-4]|i{1,3}|iv)(?:\s*/\s*|\s+năm\s+|,?\s+))\s*"
    r"(?P<year>20\d\d)",
    re.IGNORECASE,
)
NEAR = timedelta(days=62)


def infer(day, month, *, published_on, title, lead, body):
    """(year, why in Vietnamese), or (None, "") where the page does not tell."""
    text = "\n".join((title, lead, body))
    if year := _only(_same_day(day, month, text)):
        return year, f"lấy theo ngày {day}/{month}/{year} ghi đủ trong bài"
    if published_on:
        year = published_on.year
        this_year = real_day(year, month, day)
        if this_year and this_year > published_on + timedelta(days=10):
            year -= 1
        return year, f"suy từ ngày đăng {published_on:%d/%m/%Y}"
    if year := _only(_ends_of_ranges(day, month, f"{title}\n{lead}")):
        return year, "suy từ mốc kỷ niệm ghi trong bài"
    for where, part in (("tít", title), ("sapo", lead)):
        years = _years(part)
        if years and (year := _fitting(years, month)):
            return year, f"suy từ năm ghi ở {where}"
        if years:
            return None, ""
    if year := _only(_spans(day, month, body)):
        return year, "suy từ khoảng ngày ghi trong bài"
    if year := _only({int(found["year"]) for found in _REVIEWED.finditer(text)}):
        return (year, "suy từ kỳ báo cáo ghi trong bài") if 3 <= month <= 11 else (None, "")
    return None, ""


def _only(years):
    return next(iter(years)) if len(years) == 1 else None


def _same_day(day, month, text):
    """Years of the same day and month printed in full; the beginnings of ranges left out."""
    found = set()
    for match in [*_FULL_DAY.finditer(text), *_RANGE_END.finditer(text)]:
        if match.groupdict().get("start") or _NOT_ITS_DAY.search(text[: match.start()][-60:]):
            continue
        if (int(match["d"]), int(match["m"])) == (day, month):
            found.add(int(match["y"]))
    return found


def _ends_of_ranges(day, month, text):
    """Years of anniversaries kept about that day: `(21-6-1925 - 21-6-2017)`."""
    return {int(m["y"]) for m in _RANGE_END.finditer(text) if _is_near(day, month, m)}


def _spans(day, month, text):
    return {int(m["y"]) for m in _SPAN_END.finditer(text) if _is_near(day, month, m)}


def _is_near(day, month, match):
    year = int(match["y"])
    ours, theirs = real_day(year, month, day), real_day(year, int(match["m"]), int(match["d"]))
    return bool(ours and theirs and abs(ours - theirs) <= NEAR)


def _years(text):
    """{year: "plan", "review" or ""} of the single years that `text` names."""
    years = {}
    for match in _YEAR.finditer(text):
        start = match.start("year")
        before = text[:start]
        if _PART_OF_RANGE.search(before) or _NOT_ITS_YEAR.search(before):
            continue
        tail = before[-90:]
        kind = "plan" if _PLANS.search(tail) else "review" if _REVIEWS.search(tail) else ""
        years[int(match["year"])] = years.get(int(match["year"])) or kind
    return years


def _fitting(years, month):
    """The year in which a meeting that names `years` takes place in `month`; None if both could be."""
    if len(years) == 1:
        year, kind = next(iter(years.items()))
        if kind == "plan" and month >= 11:
            return None  # next year's plan, made this year?
        if kind == "review" and month <= 2:
            return year + 1
        return year
    first, *others = sorted(years)
    if others == [first + 1]:
        return first + 1 if month <= 4 else first if month >= 10 else None
    return None


def as_day(found, year):
    """The date of `found` in `year`, and its last day or None."""
    first = real_day(year, found.month, found.day)
    if not first or not found.last_day:
        return first, None
    last_year = found.last_year or year + (
        (found.last_month, found.last_day) < (found.month, found.day)
    )
    last = real_day(last_year, found.last_month, found.last_day)
    return first, last if isinstance(last, date) and first < last <= first + NEAR * 2 else None
