"""The day it happened: days in the lead, without the days of documents, births and anniversaries.

`Sáng|Chiều|Tối [ngày] d/m`, `02/7`, `18-7`, `11.10`, `ngày 02 tháng 7 năm 2021`, `14-16/8/2019`.
The year is usually absent; `years.infer` looks for it. A day without a year stays unknown.
"""

import re
from dataclasses import dataclass, replace

from .headline import begins_like_lead
from .stamps import real_day

_YEAR = r"(?:\d{4}(?!\d)|\d{2}(?!\d|[.,/]\d))"
_SESSION = r"(?P<session>sáng sớm|sáng|chiều tối|chiều|tối|trưa|đêm)"
_NOW = r"(?:\s+(?:hôm\s+)?(?P<now>nay|qua))?"
_BEFORE = (
    rf"(?<!\w)(?:{_SESSION}{_NOW}\s*[,(]?\s*(?:(?:các\s+)?ngày\s+|hôm\s+)?"
    r"|(?:(?P<from>từ|trong(?:\s+(?:\d+|hai|ba|bốn|năm|sáu|bảy))?|(?:hai|ba|bốn|\d))\s+)?"
    r"(?:các\s+)?ngày\s*[(:]?\s*|(?P<only_from>từ)\s+)"
)
_ONE = r"(?P<d>\d{1,2})"
_THROUGH = r"\s*(?:[-–—]|đến|tới|và|,)\s*(?:(?:hết\s+)?ngày\s+)?"
_TO = r"\s*(?:[-–—]|đến|tới|và)\s*(?:(?:hết\s+)?ngày\s+)?"
_DAY = re.compile(
    rf"{_BEFORE}{_ONE}"
    # 14-16/8/2019 · 14 và 15 tháng 8 · 20 đến 21/8
    rf"(?:(?:(?:\s*,\s*\d{{1,2}})*{_THROUGH}(?P<d2>\d{{1,2}}))?"
    rf"(?:\s*(?P<sep>[/.\-])\s*(?P<m>\d{{1,2}})(?!\d)(?:\s*(?P=sep)\s*(?P<y>{_YEAR})|\s+năm\s+(?P<yn>\d{{4}}))?"
    r"|\s+tháng\s+(?P<mw>\d{1,2})(?!\d)(?:\s*(?:/|,?\s*năm\s+)\s*(?P<yw>\d{4}))?))"
    # … đến ngày 18/11/2019
    rf"(?:{_TO}(?P<ed>\d{{1,2}})\s*(?:[/.\-]|\s+tháng\s+)\s*(?P<em>\d{{1,2}})(?!\d)"
    rf"(?:\s*(?:[/.\-]|,?\s*năm\s+)\s*(?P<ey>\d{{4}}))?)?",
    re.IGNORECASE,
)
_DOCUMENT = re.compile(
    r"(?:số\s*:?\s*[\w/&.\-–]+,?\s*(?:của [^,.;]{3,60}\s)?(?:ban hành\s+|ký\s+)?"
    r"|(?:kế hoạch|quyết định|nghị quyết|chỉ thị|công văn|thông báo|hướng dẫn|kết luận|quy định|"
    r"nghị định|thông tư|luật|chương trình|thư mời|giấy mời|công điện|tờ trình|báo cáo|pháp lệnh|"
    r"quy chế|đề án|văn bản|thông tri)(?:\s[^,;.]{0,70})?\s*(?:ban hành\s*)?)$",
    re.IGNORECASE,
)
_ANOTHER_DAY = re.compile(
    r"(?:sinh|vào đảng|kết nạp|chính thức|ra đời|hy sinh|mất|ban hành|ký|có hiệu lực|hiệu lực|kể|"
    r"trước|sau|đến|đến hết|hết|hạn|tính|cho đến|tới|nhân|dịp|mừng|chào mừng|kỷ niệm|hướng tới|"
    r"quốc tế|truyền thống|từ ngày|bắt đầu|lễ|tết)\s*$",
    re.IGNORECASE,
)
_OCCASION = re.compile(
    r"(?:kỷ niệm|chào mừng|nhân dịp|mừng|hướng tới|hưởng ứng|thành lập)[^,;]*$", re.IGNORECASE
)
_HAPPENS = re.compile(
    r"(?<!\w)(?:tổ chức|diễn ra|khai mạc|bế mạc|phối hợp|tiến hành|tham dự|chủ trì|ra mắt|công bố|"
    r"phát động|ra quân|đến thăm|thăm|làm việc|gặp mặt|đối thoại|tiếp xúc|giám sát|khảo sát|kiểm tra|"
    r"trao|bàn giao|dự|họp|đã|mở|khởi công|khánh thành|ký kết)(?!\w)",
    re.IGNORECASE,
)
_BRACKETS = re.compile(r"\([^()]*\)")
_RELATIVE = re.compile(
    r"^\W*(?:\([^)]*\)\s*[-–]?\s*)?(?:[\w. ]{2,20}\s[-–]\s)?(?P<when>(?P<session>sáng|chiều|tối|trưa|đêm)"
    r"\s+(?:hôm\s+)?(?P<now>nay|qua)|hôm\s+(?P<today>nay|qua))(?!\w)",
    re.IGNORECASE,
)
UNKNOWN_DAY = re.compile(
    r"^\W*(?:\([^)]*\)\s*[-–]?\s*)?(?:vừa qua|mới đây|thời gian qua)", re.IGNORECASE
)
_SESSIONS = {"sáng": "sang", "chiều": "chieu", "tối": "toi", "đêm": "toi"}


@dataclass(frozen=True)
class DayFound:
    """A day of an event as printed; `year` is None where the page leaves it out."""

    day: int
    month: int
    year: int | None
    sentence: str
    session: str = ""
    last_day: int | None = None
    last_month: int | None = None
    last_year: int | None = None
    is_today: bool = False


def find(lead, body):
    """The day the page speaks of: the first in the sentences of `lead`, else in those of `body`.

    `lead` and `body` are lists of sentences. In the body only a sentence in which something takes
    place counts; a lead that begins "Vừa qua" says that the day is not told.
    """
    for sentence in lead:
        if found := _first(sentence, strict=False):
            return _with_last_day(found, [*lead, *body])
    if lead and UNKNOWN_DAY.match(lead[0]):
        return None
    for sentence in body[:8]:
        if found := _first(sentence, strict=True):
            return _with_last_day(found, body)
    return None


def find_relative(lead):
    """(`nay` or `qua`, session, sentence) of a lead that says "Sáng nay"; None if it does not."""
    for sentence in lead[:1]:
        if found := _RELATIVE.match(sentence):
            session = _SESSIONS.get((found["session"] or "").lower(), "")
            return (found["now"] or found["today"]).lower(), session, sentence
    return None


def mentions(sentence):
    """All days of `sentence` that are a happening's, in order."""
    for found in _DAY.finditer(_masked(sentence)):
        if day := _reading(found, sentence):
            yield day


def _first(sentence, *, strict):
    days = list(mentions(sentence))
    if strict and not (_HAPPENS.search(sentence) or begins_like_lead(sentence)):
        days = [day for day in days if day.session]
    with_session = [day for day in days if day.session]
    return (with_session or days or [None])[0]


def _masked(sentence):
    """The sentence with brackets blanked out, but for a day told in them: `Tối nay (14/6)`."""

    def blank(found):
        before = sentence[: found.start()].rstrip().lower()
        if before.endswith(("nay", "qua", "ngày")) and not re.search(r"\d{4}.*\d{4}", found[0]):
            return found[0]
        return " " * len(found[0])

    return _BRACKETS.sub(blank, sentence)


def _reading(found, sentence):
    day, month = int(found["d"]), int(found["m"] or found["mw"])
    year = _year(found["y"] or found["yn"] or found["yw"])
    if not _exists(day, month, year):
        return None
    session = _SESSIONS.get((found["session"] or "").lower().split(" ")[0], "")
    before = sentence[: found.start()]
    is_range = bool(found["d2"] or found["ed"])
    if not found["session"] and (
        _is_another_day(before, found, is_range) or _is_feast(found, before)
    ):
        return None
    last = (None, None, None)
    if found["ed"]:
        last = (int(found["ed"]), int(found["em"]), _year(found["ey"]))
        year = year or last[2]
    elif found["d2"]:
        last = (int(found["d2"]), month, year)
    if last[0] and not _exists(last[0], last[1], last[2]):
        last = (None, None, None)
    return DayFound(
        day, month, year, sentence, session, *last, is_today=(found["now"] or "").lower() == "nay"
    )


def _is_feast(found, before):
    """`… kỷ niệm 74 năm Ngày 27/7`: a capital in the middle of a sentence names a feast."""
    return found[0].startswith("Ngày") and before.rstrip()[-1:].isalnum()


def _is_another_day(before, found, is_range):
    if _DOCUMENT.search(before) or _OCCASION.search(before):
        return "vừa" not in before.lower() or bool(_DOCUMENT.search(before))
    if found["only_from"] and not is_range:
        return True
    if (found["from"] or "").lower() == "từ" and not is_range:
        return True
    return bool(_ANOTHER_DAY.search(before))


def _year(text):
    return (int(text) + (2000 if len(text) == 2 else 0)) if text else None


def _exists(day, month, year):
    # 2024 has a 29 February; a day without a year gets the benefit of the doubt.
    return real_day(year or 2024, month, day) is not None


def _with_last_day(found, sentences):
    """A later sentence may tell how long it went on: `Lớp kéo dài 4 ngày, từ 4 - 7/6/2012`."""
    if found.last_day:
        return found
    for sentence in sentences[:12]:
        for other in mentions(sentence):
            same = (other.day, other.month) == (found.day, found.month)
            if same and other.last_day and (other.year or found.year) == (found.year or other.year):
                return replace(
                    found,
                    year=found.year or other.year,
                    last_day=other.last_day,
                    last_month=other.last_month,
                    last_year=other.last_year,
                )
    return found
