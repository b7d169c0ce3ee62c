"""Numbered pages for any queryset: one statement brings the rows of a page and their count.

The count stops at `COUNT_CAP`: counting a million rows costs more than showing twenty of them.
Beyond it a list says "hơn 10.000" and its pages still open by number.

Pages stay where they are while the list grows: the links of a page carry its own place (`moc=`, the
number of the page and the key of its first or last row), so the next page begins after the last row
the reader saw, whatever was published in between. A plain `trang=N` counts from the newest.
"""

import re
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

from django.db.models import DateField, DateTimeField, IntegerField, Q, Subquery

COUNT_CAP = 10_000
_MAX_DIGITS = 9
_MARK = re.compile(r"([1-9]\d{0,8})((?:\.\d{1,17})+)", re.ASCII)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


class CappedCount(Subquery):
    """How many rows a queryset has, but no more than `COUNT_CAP` + 1, as a part of another query."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) AS counted)"
    output_field = IntegerField()

    def __init__(self, queryset):
        super().__init__(queryset.order_by().values("pk")[: COUNT_CAP + 1])


@dataclass(frozen=True)
class Page:
    """The rows of one page, and where it stands. `last` is None where nobody has counted so far.

    `marks` are the places before and after it, None for a list that turns by number alone;
    `newer` is how many rows came above this page since its reader opened the first one.
    """

    rows: list
    number: int
    size: int
    total: int
    last: int | None
    counts: dict = field(default_factory=dict)
    marks: tuple | None = None
    own_mark: str = ""
    newer: int = 0

    def __iter__(self):
        return iter(self.rows)

    def __len__(self):
        return len(self.rows)

    @property
    def is_capped(self):
        return self.total > COUNT_CAP

    @property
    def total_shown(self):
        """The number a heading prints; `is_capped` says whether "hơn" stands before it."""
        return min(self.total, COUNT_CAP)

    @property
    def cap(self):
        return COUNT_CAP

    @property
    def is_only_page(self):
        return self.number == 1 and self.last == 1 and not self.newer

    @property
    def previous(self):
        return self.number - 1 if self.number > 1 else None

    @property
    def next(self):
        if self.last is None:
            return self.number + 1 if len(self.rows) == self.size else None
        return self.number + 1 if self.number < self.last else None

    @property
    def window(self):
        """The numbers beside the current one: five at most, as many as fit on a phone."""
        end = self.last if self.last is not None else self.number + (2 if self.next else 0)
        first = max(1, min(self.number - 2, end - 4))
        return list(range(first, min(end, first + 4) + 1))

    def mark_for(self, number):
        """The `moc=` of a link to page `number`; empty for the first page, which is always fresh."""
        if number == self.number:
            return self.own_mark
        if number == 1 or not self.marks:
            return ""
        return self.marks[number > self.number]


def page_number(text):
    """`trang=` as it came: a number from 1 to 999999999, or None for anything else."""
    text = str(text or "")
    if not (text.isascii() and text.isdigit() and len(text) <= _MAX_DIGITS):
        return None
    return int(text) or None


def asked_page(asked, queryset, size, parameter="trang", **also_counted):
    """The page that an address asks for; `asked` is request.GET. What makes no sense is page 1."""
    number = page_number(asked.get(parameter)) or 1
    return turn_to(queryset, number, size, mark=asked.get("moc", ""), **also_counted)


def turn_to(queryset, number, size, mark=None, **also_counted):
    """Page `number` of `queryset`; the last page when there are fewer.

    The queryset must be ordered by names of columns that together are unique. `also_counted` names
    further querysets whose capped counts are wanted (`page.counts["undated"]`); they ride in the
    same statement. With a `mark` (a text; empty when none came) the page has marks for its links.
    """
    place = _place(queryset, number, size, mark)
    counted = {"page_total": CappedCount(queryset)} | {
        f"page_{name}": CappedCount(other) for name, other in also_counted.items()
    }
    if place.above is not None:
        counted["page_above"] = CappedCount(place.above)
    rows = _rows(place.narrow(queryset.annotate(**counted)), place.narrow(queryset), place, size)
    if rows:
        total = rows[0].page_total
        counts = {name: getattr(rows[0], f"page_{name}") for name in also_counted}
        before = place.rows_before(rows)
    else:
        place = _Place(number, (number - 1) * size)
        total = queryset.order_by().count()
        counts = {
            name: other.order_by()[: COUNT_CAP + 1].count() for name, other in also_counted.items()
        }
        if total:
            number = min(number, -(-total // size))
            place = _Place(number, (number - 1) * size)
            rows = _rows(queryset, queryset, place, size)
        number, before = (number, place.start) if rows else (1, 0)
    return Page(
        rows,
        number,
        size,
        min(total, COUNT_CAP + 1),
        _last(number, size, total, before, len(rows)),
        counts,
        None if mark is None or not rows else _marks(queryset, number, rows),
        str(mark) if place.key else "",
        max(0, before - (number - 1) * size) if before <= COUNT_CAP else 0,
    )


def rows_after(queryset, row):
    """The rows of an ordered queryset that come after `row` of it."""
    columns = _columns(queryset)
    key = tuple(getattr(row, name) for name, _, _ in columns)
    return queryset.filter(_beyond(columns, key, backwards=False))


def key_mark(queryset, row):
    """The place of `row` in its queryset's order, for an address."""
    return ".".join(_digits(getattr(row, name)) for name, _, _ in _columns(queryset))


def after_mark(queryset, mark):
    """The rows after the place that `key_mark` wrote, or None where it is no such place."""
    columns = _columns(queryset)
    match = _MARK.fullmatch(f"1.{mark}")
    key = match and _key(columns, match[2][1:].split("."))
    return queryset.filter(_beyond(columns, key, backwards=False)) if key else None


def _last(number, size, total, before, shown):
    """The number of the last page, or None where the count stopped before it."""
    if total > COUNT_CAP:
        return number if shown < size else None
    return number + max(0, -(-(total - before - shown) // size))


@dataclass(frozen=True)
class _Place:
    """Where a page begins: `start` rows into the list, or before or after a key of it."""

    number: int
    start: int
    key: tuple = ()
    columns: tuple = ()
    backwards: bool = False
    above: object = None

    def narrow(self, queryset):
        if not self.key:
            return queryset
        queryset = queryset.filter(_beyond(self.columns, self.key, self.backwards))
        return queryset.reverse() if self.backwards else queryset

    def rows_before(self, rows):
        """How many rows of the whole list stand above these rows of it."""
        if not self.key:
            return self.start
        above = rows[0].page_above
        return max(0, above - self.start - len(rows)) if self.backwards else above + self.start


def _place(queryset, number, size, mark):
    plain = _Place(number, (number - 1) * size)
    match = _MARK.fullmatch(str(mark or ""))
    if not match or number == 1:
        return plain
    seen, columns = int(match[1]), _columns(queryset)
    key = _key(columns, match[2][1:].split("."))
    if key is None or seen == number:
        return plain
    backwards = number < seen
    start = (seen - 1 - number if backwards else number - seen - 1) * size
    beyond = _beyond(columns, key, backwards)
    above = queryset.filter(beyond if backwards else ~beyond)
    return _Place(number, start, key, columns, backwards, above)


def _columns(queryset):
    """((name, is it descending, its field), …) of the queryset's order."""
    columns = []
    for name in queryset.query.order_by:
        bare = name.lstrip("-")
        if annotation := queryset.query.annotations.get(bare):
            kind = annotation.output_field
        else:
            options = queryset.model._meta
            kind = options.pk if bare == "pk" else options.get_field(bare)
        columns.append((bare, name.startswith("-"), kind))
    return tuple(columns)


def _beyond(columns, key, backwards):
    """The rows after `key` in the list's order, or those before it."""
    name, descending, _ = columns[0]
    # Says nothing new, but lets the database begin in the middle of an index.
    found = Q(**{f"{name}__{'lte' if descending != backwards else 'gte'}": key[0]})
    steps, equal = Q(), Q()
    for (name, descending, _), value in zip(columns, key, strict=True):
        steps |= equal & Q(**{f"{name}__{'lt' if descending != backwards else 'gt'}": value})
        equal &= Q(**{name: value})
    return found & steps


def _key(columns, texts):
    """The values that a mark carries, or None when they are not those of this order."""
    if len(texts) != len(columns):
        return None
    try:
        return tuple(
            _value(kind, int(text)) for (_, _, kind), text in zip(columns, texts, strict=True)
        )
    except (OverflowError, ValueError):
        return None


def _value(kind, number):
    if isinstance(kind, DateTimeField):
        return _EPOCH + number * _MICROSECOND
    if isinstance(kind, DateField):
        return date.fromordinal(number)
    if number >= 2**31:
        raise OverflowError
    return number


def _marks(queryset, number, rows):
    """(mark before the first row, mark after the last); None when a row has no place in the order."""
    columns = _columns(queryset)
    marks = []
    for row in (rows[0], rows[-1]):
        values = [_digits(getattr(row, name)) for name, _, _ in columns]
        if None in values:
            return None
        marks.append(".".join((str(number), *values)))
    return tuple(marks)


def _digits(value):
    if isinstance(value, datetime):
        value = (value - _EPOCH) // _MICROSECOND
    elif isinstance(value, date):
        value = value.toordinal()
    return str(value) if isinstance(value, int) and value >= 0 else None


def _rows(annotated, plain, place, size):
    # The keys first, the rows after: what is skipped or sorted is never read whole.
    keys = plain.values("pk")[place.start : place.start + size]
    rows = list(annotated.filter(pk__in=keys))
    return rows[::-1] if place.backwards else rows
