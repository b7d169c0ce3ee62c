"""Saved filters: an address with a name, kept by a unit's desk; its period may move with the days."""

import re
from datetime import date
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import NoReverseMatch, reverse

from portal.templatetags.vietnamese import first_capital
from portal.text import one_line
from reports.models import SavedFilter
from reports.periods import CALENDAR, Period, convention_named
from units import registry

from .access import desk_units
from .filters import KEYS

LONGEST_QUERY = 4_000
NAME = re.compile(r"[a-z][a-z0-9-]{0,29}")
# Where somebody stood in a list, whose header was shown, what was just done: no part of a choice.
PASSING = {"trang", "trang-nguoi", "moc", "ban", "da-luu", "tu-trang", "csrfmiddlewaretoken"}
# Instead of `ky=2026-Q1`: which quarter that is, is told on the day it is opened.
MOVING, KIND = "ky-theo", "ky-loai"
RUNNING, ENDED = "nay", "truoc"
RELATIVE = {
    "": "Đúng kỳ đã chọn",
    RUNNING: "Kỳ đang diễn ra vào ngày mở",
    ENDED: "Kỳ vừa kết thúc trước ngày mở",
}
MONTH, QUARTER, HALF, NINE, YEAR = "T", "Q", "H", "9T", "N"
KIND_WORDS = {MONTH: "tháng", QUARTER: "quý", HALF: "6 tháng", NINE: "9 tháng", YEAR: "năm"}
# Pages whose address is a choice of reports.
PAGES = (
    "table", "list", "conferences", "comparison", "timeline", "coverage", "contributions", "figures",
    "waiting",
)  # fmt: skip


def filters_of(user):
    """The saved filters `user` may open: those of the units they compile for."""
    found = SavedFilter.objects.select_related("unit", "created_by")
    keys = desk_units(user)
    return found if keys is None else found.filter(unit__in=keys)


def known_page(name):
    """The name of a page whose address can be saved; the table for anything else."""
    name = str(name).removeprefix("desk:")
    try:
        reverse(f"desk:{name}")
    except NoReverseMatch:
        return PAGES[0]
    return name if name in PAGES else PAGES[0]


def kept_query(text):
    """What of an address is worth keeping, in plain form."""
    data = QueryDict(str(text)[:LONGEST_QUERY])
    return urlencode(
        [
            (name, one_line(value))
            for name in data
            if NAME.fullmatch(name) and name not in PASSING
            for value in data.getlist(name)
            if one_line(value)
        ]
    )


def kind_of(ky):
    """Which kind of period `ky` names (`KIND_WORDS`), or "" for none."""
    try:
        known = Period.parse(ky).ky
    except ValueError:
        return ""
    for mark, kind in (("-Q", QUARTER), ("-H", HALF), ("-9T", NINE), ("-", MONTH)):
        if mark in known:
            return kind
    return YEAR


def made_relative(query, how):
    """`query` whose period moves (`RUNNING`, `ENDED`); unchanged where it has none to move."""
    data = QueryDict(query, mutable=True)
    kind = kind_of(data.get("ky", ""))
    if how not in (RUNNING, ENDED) or not kind:
        return query
    del data["ky"]
    data[MOVING], data[KIND] = how, kind
    return data.urlencode()


def opened_query(query, today):
    """The address of a saved query on `today`."""
    data = QueryDict(query, mutable=True)
    how, kind = data.pop(MOVING, [""])[-1], data.pop(KIND, [""])[-1]
    if kind in KIND_WORDS:
        convention = convention_named(data.get("quy-uoc")) or CALENDAR
        data["ky"] = moved_period(kind, how, today, convention).ky
    return data.urlencode()


def moved_period(kind, how, today: date, convention=CALENDAR):
    """The period of this kind that runs on `today` (the last one that began), or that ended last."""
    found = [
        period
        for year in (today.year - 1, today.year, today.year + 1)
        for period in _of_year(kind, year, convention)
    ]
    if how == ENDED:
        return max((p for p in found if p.end < today), key=lambda period: period.end)
    return max((p for p in found if p.start <= today), key=lambda period: period.start)


def _of_year(kind, year, convention):
    if kind == MONTH:
        return [Period.month(year, month, convention) for month in range(1, 13)]
    if kind == QUARTER:
        return [Period.quarter(year, quarter, convention) for quarter in range(1, 5)]
    if kind == HALF:
        return [Period.half(year, half, convention) for half in (1, 2)]
    return [(Period.nine_months if kind == NINE else Period.year)(year, convention)]


def open_address(saved, today):
    """Where a SavedFilter leads on `today`."""
    query = opened_query(saved.query, today)
    return reverse(f"desk:{known_page(saved.page)}") + (f"?{query}" if query else "")


def words_of(saved, today):
    """What it chooses, from the address alone: no statement, however many there are in a list."""
    asked = QueryDict(saved.query)
    data = QueryDict(opened_query(saved.query, today))
    spans = registry.current().spans
    keys = [
        key for text in data.getlist("don-vi") if KEYS.fullmatch(text) for key in text.split(",")
    ]
    names = [spans[key][-1].name for key in keys if key in spans]
    words = ["; ".join(names[:3]) + (f" và {len(names) - 3} đơn vị nữa" if names[3:] else "")]
    convention = convention_named(data.get("quy-uoc")) or CALENDAR
    if kind_of(data.get("ky", "")):
        words.append(first_capital(Period.parse(data["ky"], convention).label))
    if asked.get(MOVING) in (RUNNING, ENDED):
        words.append(f"tự chuyển theo {KIND_WORDS.get(asked.get(KIND), 'kỳ')}")
    told = {"don-vi", "don-vi-cu", "chi-don-vi", "ky", "quy-uoc"}
    told |= {"sap-xep", "cot", "hang", "hang-theo", "xep", "gon", "nhom"}  # how it is laid out
    if others := len(set(data) - told):
        words.append(f"{others} điều kiện khác")
    return [each for each in words if each]
