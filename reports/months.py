"""A month as calendars print it: weeks from Monday to Sunday, and what takes place on each day.

No models here, no clock.
"""

from calendar import Calendar
from dataclasses import dataclass, field
from datetime import date, timedelta

WEEKS = Calendar(firstweekday=0)
SUNDAY = 6
# No event of ours is older, none is announced for later; beyond lies only an endless calendar.
FIRST_YEAR, LAST_YEAR = 1945, 2099


@dataclass(frozen=True, order=True)
class Month:
    year: int
    month: int

    @classmethod
    def of(cls, day):
        return cls(day.year, day.month)

    @property
    def is_printed(self):
        """Whether there is a page of this month at all."""
        return FIRST_YEAR <= self.year <= LAST_YEAR and 1 <= self.month <= 12

    @property
    def first(self):
        return date(self.year, self.month, 1)

    @property
    def last(self):
        return self.next.first - timedelta(days=1)

    @property
    def previous(self):
        return Month(self.year - 1, 12) if self.month == 1 else Month(self.year, self.month - 1)

    @property
    def next(self):
        return Month(self.year + 1, 1) if self.month == 12 else Month(self.year, self.month + 1)

    @property
    def ky(self):
        """`2026-07`: as addresses write it."""
        return f"{self.year}-{self.month:02d}"

    def __str__(self):
        return f"tháng {self.month}/{self.year}"


@dataclass
class Day:
    """One cell: `on` lies in the month or fills its first or last week; the rest is of the month."""

    on: date
    is_in_month: bool
    is_today: bool
    events: list = field(default_factory=list)

    @property
    def classes(self):
        """What its look depends on: `busy sunday today`."""
        marks = {
            "busy": self.events,
            "sunday": self.on.weekday() == SUNDAY,
            "today": self.is_today,
        }
        return " ".join(name for name, is_so in marks.items() if is_so)


def weeks_of(month, events, today):
    """The weeks of `month`, each of seven `Day`s, with `(event, which day of it, of how many)`.

    `events` have `event_on` and `last_day_on`; each stands on every day it touches, in the order
    given. Days outside the month stay empty.
    """
    weeks = [
        [Day(on, on.month == month.month, on == today) for on in week]
        for week in WEEKS.monthdatescalendar(month.year, month.month)
    ]
    days = {day.on: day for week in weeks for day in week if day.is_in_month}
    for event in events:
        of = (event.last_day_on - event.event_on).days + 1
        on = max(event.event_on, month.first)
        while on <= min(event.last_day_on, month.last):
            days[on].events.append((event, (on - event.event_on).days + 1, of))
            on += timedelta(days=1)
    return weeks
