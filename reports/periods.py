"""Reporting periods: a month, a quarter, six or nine months, a year – in each convention.

There is not one rule for where a month ends. Calendar periods run from the first to the last day;
party committees that report by the 15th count from the day after the cut-off of the month before
(Nghị định 09/2019/NĐ-CP: tháng = 15 của tháng trước đến 14; quý I = 15/12 đến 14/3; năm = 15/12 đến
14/12). A local committee may have any cut-off day of its own.

No models here, no clock: a period is two days, both included, and the words for them.
"""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

ROMAN = {1: "I", 2: "II", 3: "III", 4: "IV"}
KY = re.compile(
    r"(?P<year>\d{4})(?:-(?:Q(?P<quarter>[1-4])|H(?P<half>[12])|(?P<nine>9T)|(?P<month>\d{2})))?",
    re.ASCII,
)


@dataclass(frozen=True)
class Convention:
    """Where a period is cut: `cutoff_day` is its last day of the month, None the month's own last.

    >>> FIFTEEN_FOURTEEN.cutoff_day
    14
    """

    slug: str
    label: str
    cutoff_day: int | None = None

    def start(self, year, month):
        """The first day of the reporting month `month`."""
        if self.cutoff_day is None:
            return date(year, month, 1)
        before = date(year, month, 1) - timedelta(days=1)
        return self.end(before.year, before.month) + timedelta(days=1)

    def end(self, year, month):
        """The last day of the reporting month `month`, never later than the month itself."""
        last = monthrange(year, month)[1]
        return date(year, month, min(self.cutoff_day or last, last))


CALENDAR = Convention("lich", "theo lịch")
FIFTEEN_FOURTEEN = Convention("15-14", "từ ngày 15 đến ngày 14", 14)
CONVENTIONS = {convention.slug: convention for convention in (CALENDAR, FIFTEEN_FOURTEEN)}
OWN_CUTOFF = re.compile(r"chot-([1-9]|[12]\d|30)", re.ASCII)


def convention_cut_on(day):
    """The convention whose month ends on `day` (1 to 30); None is the calendar's, 14 the decree's."""
    if day is None:
        return CALENDAR
    if day == FIFTEEN_FOURTEEN.cutoff_day:
        return FIFTEEN_FOURTEEN
    return Convention(f"chot-{day}", f"chốt số liệu ngày {day}", day)


def convention_named(slug):
    """`lich`, `15-14`, or a committee's own cut-off day as `chot-20`; None for anything else."""
    own = OWN_CUTOFF.fullmatch(slug or "")
    return convention_cut_on(int(own[1])) if own else CONVENTIONS.get(slug)


@dataclass(frozen=True)
class Period:
    """Two days, both included, and how people call the time between them.

    `ky` is the period as the address bar writes it: `2024`, `2024-Q1`, `2024-H1`, `2024-9T`,
    `2024-06`; empty for a free choice of days.
    """

    start: date
    end: date
    label: str
    ky: str = ""
    convention: Convention = CALENDAR

    def __post_init__(self):
        if self.end < self.start:
            raise ValueError("Ngày kết thúc không được trước ngày bắt đầu.")

    def __contains__(self, day):
        return self.start <= day <= self.end

    @classmethod
    def _months(cls, year, first, last, label, ky, convention):
        return cls(convention.start(year, first), convention.end(year, last), label, ky, convention)

    @classmethod
    def month(cls, year, month, convention=CALENDAR):
        return cls._months(
            year, month, month, f"tháng {month}/{year}", f"{year}-{month:02d}", convention
        )

    @classmethod
    def quarter(cls, year, quarter, convention=CALENDAR):
        last = quarter * 3
        label = f"quý {ROMAN[quarter]}/{year}"
        return cls._months(year, last - 2, last, label, f"{year}-Q{quarter}", convention)

    @classmethod
    def half(cls, year, half, convention=CALENDAR):
        label = f"6 tháng {'đầu' if half == 1 else 'cuối'} năm {year}"
        return cls._months(year, half * 6 - 5, half * 6, label, f"{year}-H{half}", convention)

    @classmethod
    def nine_months(cls, year, convention=CALENDAR):
        return cls._months(year, 1, 9, f"9 tháng đầu năm {year}", f"{year}-9T", convention)

    @classmethod
    def year(cls, year, convention=CALENDAR):
        return cls._months(year, 1, 12, f"năm {year}", f"{year}", convention)

    @classmethod
    def between(cls, start, end):
        """Free days; raises ValueError (in Vietnamese) when they run backwards."""
        return cls(start, end, f"từ {start:%d/%m/%Y} đến {end:%d/%m/%Y}")

    @classmethod
    def parse(cls, ky, convention=CALENDAR):
        """The period that `ky` names, as in the address bar; ValueError when it names none."""
        match = KY.fullmatch(str(ky or "").strip().upper())
        if not match or not 1900 <= int(match["year"]) <= 2999:
            raise ValueError(f"Không hiểu kỳ “{ky}”. Ví dụ: 2024, 2024-Q1, 2024-H1, 2024-06.")
        year = int(match["year"])
        if match["quarter"]:
            return cls.quarter(year, int(match["quarter"]), convention)
        if match["half"]:
            return cls.half(year, int(match["half"]), convention)
        if match["nine"]:
            return cls.nine_months(year, convention)
        if match["month"]:
            if not 1 <= int(match["month"]) <= 12:
                raise ValueError(f"Không có tháng {match['month']}. Ví dụ: {year}-06.")
            return cls.month(year, int(match["month"]), convention)
        return cls.year(year, convention)

    def last_year(self):
        """The same period last year (cùng kỳ), in the same convention."""
        if self.ky:
            return Period.parse(f"{int(self.ky[:4]) - 1}{self.ky[4:]}", self.convention)
        return Period.between(_year_before(self.start), _year_before(self.end))

    @property
    def days_label(self):
        """The exact days, which every list and export prints: `15/12/2023 – 14/06/2024`."""
        return f"{self.start:%d/%m/%Y} – {self.end:%d/%m/%Y}"


def _year_before(day):
    try:
        return day.replace(year=day.year - 1)
    except ValueError:  # 29 February
        return day.replace(year=day.year - 1, day=28)


def calendar_label(start, end):
    """The words for two days: `6 tháng đầu năm 2024` when they are that, else the days."""
    for period in _calendar_periods(start.year):
        if (period.start, period.end) == (start, end):
            return period.label
    return Period.between(start, end).label


def _calendar_periods(year):
    yield Period.year(year)
    yield Period.half(year, 1)
    yield Period.half(year, 2)
    yield Period.nine_months(year)
    for quarter in range(1, 5):
        yield Period.quarter(year, quarter)
    for month in range(1, 13):
        yield Period.month(year, month)
