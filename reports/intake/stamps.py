"""When a page says it was published, and how often it was read: the line portals print for it.

`dd/mm/yyyy hh:mm    98`, `Thứ sáu, dd/mm/yyyy - hh:mm'`, `Ngày đăng: 27 tháng 6 năm 2024`,
`(hh:mm dd/mm/yyyy)` behind a title. Impossible days and years are no stamps.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone

VIETNAM = timezone(timedelta(hours=7))
FIRST_YEAR, LAST_YEAR = 1995, 2100

_MONTHS = "một,hai,ba,tư,năm,sáu,bảy,tám,chín,mười,mười một,mười hai"
_MONTH_WORDS = {word: number for number, word in enumerate(_MONTHS.split(","), start=1)}
_MONTH_WORDS["giêng"], _MONTH_WORDS["chạp"] = 1, 12
# In words only as calendars print it: `6 tháng năm 2025` is half a year, `6 Tháng Năm, 2025` a day.
_MONTH = (
    r"(?:tháng\s+(?P<{0}n>\d{{1,2}})|(?-i:Tháng)\s+(?P<{0}w>[Mm]ười\s+(?:[Mm]ột|[Hh]ai)|[^\W\d_]+))"
)
_DATE = re.compile(
    r"(?<![\d/])(?:(?P<d>\d{1,2})\s*(?P<sep>[/.\-])\s*(?P<m>\d{1,2})\s*(?P=sep)\s*(?P<y>\d{4}|\d{2})(?!\d)"
    r"|(?P<iy>\d{4})-(?P<im>\d{2})-(?P<id>\d{2})(?!\d)"
    rf"|(?:ngày\s+)?(?P<wd>\d{{1,2}})\s+{_MONTH.format('wm')}\s*,?\s*(?:năm\s+)?(?P<wy>\d{{4}})(?!\d)"
    rf"|{_MONTH.format('pm')}\s+(?P<pd>\d{{1,2}})\s*,\s*(?P<py>\d{{4}})(?!\d))",
    re.IGNORECASE,
)
_TIME = re.compile(
    r"(?<![\d/])T?(?P<hour>\d{1,2})\s*(?:[:h]|giờ)\s*(?P<minute>\d{2})(?!\d)"
    r"(?:\s*(?:[:]|phút)\s*(?P<second>\d{2})(?:\.\d+)?)?\s*(?:phút)?['’]?\s*(?P<half>(?:AM|PM|SA|CH)\b)?",
    re.IGNORECASE,
)
_ZONE = re.compile(r"[\[(]?\s*(?:GMT|UTC)\s*\+?\s*0?7(?::?00)?\s*[\])]?|\+07:?00|\bICT\b", re.I)
_VIEWS_LABEL = (
    r"(?:số\s+)?(?:lượt|lần|người)\s+(?:xem|đọc)(?:\s+tin|\s+bài)?|đã\s+(?:xem|đọc)|số\s+lần\s+(?:xem|đọc)"
    r"|xem|views?|hits?|lượt\s+truy\s+cập\s+bài(?:\s+viết)?"
)
_NUMBER = r"\d{1,3}(?:[.,]\d{3})+|\d{1,8}"
_VIEWS = re.compile(
    rf"(?<!\w)(?:{_VIEWS_LABEL})\s*[:：]?\s*\(?\s*(?P<after>{_NUMBER})(?![\d/])"
    rf"|(?<![\d/.:])(?P<before>{_NUMBER})\s*(?:{_VIEWS_LABEL})(?!\w)",
    re.IGNORECASE,
)
_BARE_NUMBER = re.compile(rf"^\D*?({_NUMBER})\D*$")
_POSTED = re.compile(
    r"(?:thời\s+gian|ngày|giờ|đã)\s+(?:đăng|xuất\s+bản|gửi|tạo|viết|phát\s+hành|ban\s+hành\s+tin)"
    r"(?:\s+(?:tin|bài|lúc|vào|ngày))*|đăng\s+(?:lúc|ngày|tải|vào)(?:\s+ngày)?|xuất\s+bản(?:\s+lúc)?"
    r"|post(?:ed)?(?:\s+(?:on|date))?|publish(?:ed)?(?:\s+(?:on|date))?|date",
    re.IGNORECASE,
)
_UPDATED = re.compile(
    r"(?:ngày\s+|lần\s+)?cập\s+nhật(?:\s+(?:lần\s+cuối|lúc|ngày|vào|mới\s+nhất|cuối))*"
    r"|(?:last\s+)?(?:updated|modified)(?:\s+on)?|sửa\s+lần\s+cuối",
    re.IGNORECASE,
)
_WEEKDAY = re.compile(
    r"(?<!\w)(?:thứ\s+(?:hai|ba|tư|năm|sáu|bảy|[2-7])|chủ\s+nhật|t[2-7]|cn)(?!\w)", re.IGNORECASE
)
_FILLER = re.compile(
    r"(?<!\w)(?:ngày|lúc|vào|time|thời gian|hồi|in trang|in bài(?: viết)?|in|gửi email|email|chia sẻ|"
    r"print|cỡ chữ|xem cỡ chữ|a a|aa|a[+\-]|gửi tin|lưu|nghe đọc bài)(?!\w)",
    re.IGNORECASE,
)
_SIGNS = re.compile(r"[\s|\-–—•*·,;:.()\[\]/'’_>+=@#]+")
_STAMP_AT_END = re.compile(
    r"\s*[(\[|\-–]*\s*(?P<stamp>(?:\d{1,2}\s*[:h]\s*\d{2}(?::\d{2})?\s*[,\-|]?\s*(?:ngày\s*)?)?"
    r"\d{1,2}[/.\-]\d{1,2}[/.\-]\d{4}(?:\s*[,\-|]?\s*\d{1,2}\s*[:h]\s*\d{2}(?::\d{2})?)?)\s*[)\]]?\s*$"
)


@dataclass(frozen=True)
class Stamp:
    """A moment (aware) or a day; `label` is posted, updated or empty; `rest` is what else stood there."""

    at: datetime | date
    label: str = ""
    views: int | None = None
    rest: str = ""
    has_zone: bool = False

    @property
    def has_time(self):
        return isinstance(self.at, datetime)

    @property
    def day(self):
        return self.at.date() if self.has_time else self.at


def read_stamp(line):
    """The stamp that a line consists of, perhaps beside a name or category (`rest`); or None."""
    if len(line) > 160 or not any(c.isdigit() for c in line):
        return None
    dates = list(_DATE.finditer(line))
    if not dates or len(dates) > 2:
        return None
    if len(dates) == 2:
        return _of_two(line, dates)
    day = _day(dates[0])
    if day is None:
        return None
    remaining = _blank(line, dates[0])
    at, remaining = _with_time(day, remaining)
    has_zone = bool(_ZONE.search(remaining))
    label = "posted" if _POSTED.search(line) else "updated" if _UPDATED.search(line) else ""
    remaining = _WEEKDAY.sub(" ", _ZONE.sub(" ", remaining))
    views, remaining = _cut_views(remaining, bare=isinstance(at, datetime))
    for pattern in (_POSTED, _UPDATED, _FILLER):
        remaining = pattern.sub(" ", remaining)
    rest = remaining if re.search(r"[^\W_]", _SIGNS.sub("", remaining)) else ""
    return Stamp(at, label, views, " ".join(rest.strip(" |-–—•*·,;:.()[]").split()), has_zone)


def _of_two(line, dates):
    """Two labelled days on one line (`Ngày đăng: … Cập nhật: …`): the day of posting."""
    label = re.compile(f"{_POSTED.pattern}|{_UPDATED.pattern}", re.IGNORECASE).search(
        line, dates[0].end(), dates[1].start()
    )
    if not label:
        return None
    stamps = [read_stamp(line[: label.start()]), read_stamp(line[label.start() :])]
    stamps = [stamp for stamp in stamps if stamp]
    posted = [stamp for stamp in stamps if stamp.label == "posted"]
    return (posted or stamps or [None])[0]


def stamp_at_end(line):
    """(`Title`, stamp) of a title with a stamp glued behind it; None if there is none."""
    found = _STAMP_AT_END.search(line)
    if not found or not found.start() or re.search(r"\d{4}\W*$", line[: found.start()]):
        return None
    stamp = read_stamp(found["stamp"])
    bracketed = line.rstrip().endswith((")", "]"))
    if not stamp or stamp.rest or not (stamp.has_time or bracketed):
        return None
    return line[: found.start()].rstrip(" -–|("), stamp


def read_views(line):
    """The count of a line that says only that (`Lượt xem: 3`, `1.204 lượt xem`), or None."""
    if len(line) > 60 or _DATE.search(line):
        return None
    views, rest = _cut_views(line, bare=False)
    if views is None or re.search(r"[^\W_]", _FILLER.sub("", rest)):
        return None
    return views


def parse_moment(text):
    """An ISO moment of a page's metadata as an aware moment in Vietnam; None if it is none."""
    try:
        at = datetime.fromisoformat(str(text).strip().replace("Z", "+00:00"))
    except ValueError:
        stamp = read_stamp(str(text).strip()[:60])
        return stamp.at if stamp and not stamp.rest else None
    if not FIRST_YEAR <= at.year <= LAST_YEAR:
        return None
    if "T" not in str(text) and ":" not in str(text):
        return at.date()
    return at.replace(tzinfo=VIETNAM) if at.tzinfo is None else at.astimezone(VIETNAM)


def _blank(text, found):
    return f"{text[: found.start()]}  {text[found.end() :]}"


def _day(found):
    """The date of a match, or None when there is no such day."""
    day, month, year = (
        (found["d"], found["m"], found["y"])
        if found["d"]
        else (found["id"], found["im"], found["iy"])
        if found["iy"]
        else (found["wd"], found["wmn"] or found["wmw"], found["wy"])
        if found["wd"]
        else (found["pd"], found["pmn"] or found["pmw"], found["py"])
    )
    month = _MONTH_WORDS.get(" ".join(month.lower().split()), month)
    if not str(month).isdigit():
        return None
    day, month, year = int(day), int(month), int(year) + (2000 if len(year) == 2 else 0)
    if found["d"] and month > 12 >= day:
        # A server that thinks in English: 2/13/2020.
        day, month = month, day
    return real_day(year, month, day)


def real_day(year, month, day):
    """The date, or None where the calendar or common sense has none."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _with_time(day, text):
    found = _TIME.search(text)
    if not found:
        return day, text
    hour, minute = int(found["hour"]), int(found["minute"])
    half = (found["half"] or "").upper()
    if half in ("PM", "CH") and hour < 12:
        hour += 12
    elif half in ("AM", "SA") and hour == 12:
        hour = 0
    second = int(found["second"] or 0)
    if hour > 23 or minute > 59 or second > 59:
        return day, text
    at = datetime(day.year, day.month, day.day, hour, minute, second, tzinfo=VIETNAM)
    return at, _blank(text, found)


def _cut_views(text, *, bare):
    found = _VIEWS.search(text)
    number = (found["after"] or found["before"]) if found else None
    if not found and bare and (found := _BARE_NUMBER.match(_FILLER.sub(" ", text))):
        without_labels = _FILLER.sub("", _POSTED.sub("", _UPDATED.sub("", text)))
        number = None if re.search(r"[^\W\d_]", without_labels) else found[1]
        if number:
            return _count(number), text.replace(number, " ", 1)
        return None, text
    if not number:
        return None, text
    return _count(number), _blank(text, found)


def _count(number):
    return int(re.sub(r"\D", "", number))
