"""Numbered pages for any queryset: one statement brings the rows of a page and their count.

The count stops at `COUNT_CAP`: counting a million rows costs more than showing twenty of them.
Beyond it a list says "hơn 10.000" and its pages still open by number.
"""

from dataclasses import dataclass, field

from django.db.models import IntegerField, Subquery

COUNT_CAP = 10_000
# From this row on the keys are found first and the rows after: a wide OFFSET reads what it skips.
_DEEP = 1_000
_MAX_DIGITS = 9


class CappedCount(Subquery):
    """How many rows a queryset has, but no more than `COUNT_CAP` + 1, as a part of another query."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) AS counted)"
    output_field = IntegerField()

    def __init__(self, queryset):
        super().__init__(queryset.order_by().values("pk")[: COUNT_CAP + 1])


@dataclass(frozen=True)
class Page:
    """The rows of one page, and where it stands. `last` is None where nobody has counted so far."""

    rows: list
    number: int
    size: int
    total: int
    last: int | None
    counts: dict = field(default_factory=dict)

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
    def is_only_page(self):
        return self.number == 1 and self.last == 1

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


def page_number(text):
    """`trang=` as it came: a number from 1 to 999999999, or None for anything else."""
    text = str(text or "")
    if not (text.isascii() and text.isdigit() and len(text) <= _MAX_DIGITS):
        return None
    return int(text) or None


def turn_to(queryset, number, size, **also_counted):
    """Page `number` of `queryset`; the last page when there are fewer.

    The queryset must be ordered by something unique. `also_counted` names further querysets whose
    capped counts are wanted (`page.counts["undated"]`); they ride in the same statement.
    """
    counted = {"page_total": CappedCount(queryset)} | {
        f"page_{name}": CappedCount(other) for name, other in also_counted.items()
    }
    rows = _rows(queryset.annotate(**counted), queryset, number, size)
    if rows:
        total = rows[0].page_total
        counts = {name: getattr(rows[0], f"page_{name}") for name in also_counted}
    else:
        total = queryset.order_by().count()
        counts = {
            name: other.order_by()[: COUNT_CAP + 1].count() for name, other in also_counted.items()
        }
        if total:
            number = -(-total // size)
            rows = _rows(queryset, queryset, number, size)
    last = None if total > COUNT_CAP and not (rows and len(rows) < size) else -(-total // size) or 1
    if total > COUNT_CAP and rows and len(rows) < size:
        last = number
    return Page(rows, number if rows else 1, size, min(total, COUNT_CAP + 1), last, counts)


def _rows(annotated, plain, number, size):
    start = (number - 1) * size
    if start < _DEEP:
        return list(annotated[start : start + size])
    keys = list(plain.values_list("pk", flat=True)[start : start + size])
    return list(annotated.filter(pk__in=keys)) if keys else []
