"""What a period report says, in its order, as plain pieces: Word, PDF and the print page only draw it.

Every number comes from `counting`, every report from `selection.reports`; what has no day is named
apart and never dropped.
"""

from dataclasses import dataclass
from functools import cached_property

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from portal.templatetags.vietnamese import first_capital, number
from portal.text import one_line
from reports.filter_words import NOTHING
from reports.models import ReportHeading

from .comparison import change_words, comparison_of, signed
from .counting import table_of
from .days import day_words
from .exporting import facts_of
from .places import Places
from .plain_body import plain_paragraphs
from .selection import Selection
from .table_words import days_told, hints, hints_of_last_year
from .totals import totals
from .wording import DIGEST, FULL, LIST, Letterhead

BATCH = 500
# Named one by one; of more the number is told, and where they are listed.
MOST_UNDATED = 200
# The outline's second part is told by its four sections (DOMAIN, section 5).
PARENTS = {"II.": "II. Kết quả công tác dân vận"}


@dataclass(frozen=True)
class Heading:
    """`level` 1 is a part of the report, 2 a section of it; a unit stands one below either."""

    level: int
    text: str
    of_unit: bool = False
    kind: str = "heading"


@dataclass(frozen=True)
class Said:
    """One paragraph."""

    text: str
    kind: str = "said"


@dataclass(frozen=True)
class Entry:
    """One report. `number` is its place among the sources, `day` says which of its days that is.

    `place` is the unit by its name of that day; `paragraphs` as much of the text as was asked for.
    """

    number: int
    title: str
    place: str
    day: str
    url: str
    paragraphs: tuple = ()
    kind: str = "entry"


@dataclass(frozen=True)
class Grid:
    """A table; the first `words` columns hold words, the others numbers. The last row is a total
    when `has_total`.
    """

    title: str
    columns: tuple
    rows: tuple
    words: int = 1
    has_total: bool = False
    kind: str = "grid"


@dataclass(frozen=True)
class Outline:
    """One report on paper. `body` is read once, from first to last; it fetches as it goes."""

    selection: Selection
    letterhead: Letterhead
    subject: str
    length: str = DIGEST

    # --- before the first heading -----------------------------------------------------------------

    @property
    def facts(self):
        """[(label, words)]: the exact days, every condition, and what could not be understood."""
        return [
            *facts_of(self.selection),
            *(("Lưu ý", words) for words in self.caveats),
        ]

    @cached_property
    def table(self):
        return table_of(self.selection)

    @cached_property
    def _places(self):
        return Places.of(self.selection, self.selection.filters.chosen.get("hang", ""))

    @cached_property
    def undated(self):
        """How many reports no period can hold, beside those that are told."""
        return 0 if self.selection.filters.wants_undated else self.selection.undated.count()

    @cached_property
    def caveats(self):
        """Sentences on units that did not live all of the period, or of the one it is compared with."""
        whole = self.selection.whole
        return [words for words, *_ in (*hints(whole), *hints_of_last_year(whole))]

    @cached_property
    def before(self):
        """{row key: reports} of the same period last year; None where nothing can be compared."""
        compared = None if self.caveats else comparison_of(self.selection.beside("dong"))
        if compared is None:
            return None
        row = self.selection.filters.chosen.get("dong")
        return {
            line.row.key: line.change.then
            for line in compared.units
            if line.change.then and (not row or line.row.key == row)
        }

    @property
    def _before_by_row(self):
        """`before`, where it is told by the same rows: without a choice of units it may be by others."""
        told_alike = self.selection.units or self.selection.with_former_area
        return self.before if told_alike else None

    @property
    def introduction(self):
        """The total, what became of it since last year, and by which day it was counted."""
        total, selection = self.table.total, self.selection
        when = selection.period_words
        if selection.period and selection.period.ky and not selection.filters.wants_undated:
            when = f"trong {when}"
        if total:
            told = sum(1 for row in self.table.rows if row.total)
            said = f"{number(told)} đơn vị có bài, tổng cộng {number(total)} bài"
        else:
            said = "không có bài nào theo các điều kiện đã chọn"
        month = selection.filters.chosen_month
        if month:
            when += f", riêng {month.label} ({month.days_label})"
        if self.before is not None:
            days = (month or selection.period).last_year().days_label
            said += f"; {change_words(total, sum(self.before.values()))} ({days})"
        return " ".join(filter(None, (f"{first_capital(when)}: {said}.", days_told(self.table))))

    # --- the reports ------------------------------------------------------------------------------

    def body(self):
        """Every piece between the introduction and the signature."""
        numbers = iter(range(1, 10**9))
        yield Said(self.introduction)
        yield from self._chapters(numbers)
        yield from self._figures()
        yield from self._silent_units()
        yield from self._undated(numbers)

    def _chapters(self, numbers):
        part = section = place = None
        for heading, row_key, is_partial, report in self._in_report_order():
            if heading != section:
                parent = PARENTS.get(heading[:3])
                if parent and parent != part:
                    yield Heading(1, parent)
                yield Heading(2 if parent else 1, heading)
                part, section, place = parent, heading, None
            if row_key != place:
                words = _row_words(self._rows.get(row_key) or self._places.row(row_key))
                yield Heading(3 if part else 2, words, of_unit=True)
                place = row_key
            yield self._entry(next(numbers), report, row_key, is_partial)

    @cached_property
    def _rows(self):
        return {row.row.key: row.row for row in self.table.rows}

    def _in_report_order(self):
        """(heading, row key, lies there in part, report): by heading, row, counting day."""
        ranks = {value: rank for rank, value in enumerate(ReportHeading.values)}
        labels = {**dict(ReportHeading.choices), "": first_capital(NOTHING["muc"])}
        order = {key: rank for rank, key in enumerate(self._rows)}
        places, row_of = self._places, {}
        told = []
        for pk, heading, unit, on, at in self.selection.reports.order_by().values_list(
            "pk", "heading", "unit_id", "counting_on", "published_at"
        ):
            day = on or timezone.localdate(at)
            if (unit, day) not in row_of:
                row_of[unit, day] = self._row_on(places, unit, day)
            row_key, is_partial = row_of[unit, day]
            rank = ranks.get(heading, len(ranks))
            told.append(
                (rank, order.get(row_key, len(order)), day, at, pk, row_key, is_partial, heading)
            )
        told.sort()
        for start in range(0, len(told), BATCH):
            batch = told[start : start + BATCH]
            reports = self._read([row[4] for row in batch])
            for _, _, _, _, pk, row_key, is_partial, heading in batch:
                # Withdrawn since it was counted, a moment ago: it is not printed.
                if pk in reports:
                    yield labels.get(heading, labels[""]), row_key, is_partial, reports[pk]

    def _row_on(self, places, unit, day):
        """As `counting.by_row` has it: a unit that did not move stands with the period's first day."""
        if not self.selection.filters.wants_undated and len(places.pieces(unit)) == 1:
            day = places.first
        row_key, is_partial, _ = places.row_on(unit, day)
        return row_key, is_partial

    def _read(self, keys, length=None):
        fields = [
            "title", "slug", "unit_id", "unit_label", "unit_full_label", "counting_on",
            "published_at", "published_is_estimate", "created_at",
            "event__event_on", "event__ends_on",
        ]  # fmt: skip
        length = length or self.length
        if length != LIST:
            fields.append("lead")
        if length == FULL:
            fields.append("body")
        reports = self.selection.published.filter(pk__in=keys)
        return reports.select_related("event").only(*fields).in_bulk()

    def _entry(self, its_number, report, row_key="", is_partial=False, length=None):
        length = length or self.length
        place = report.unit_label if report.unit_id == row_key else report.unit_full_label
        return Entry(
            number=its_number,
            title=one_line(report.title),
            place=f"{one_line(place)} (một phần)" if is_partial else one_line(place),
            day=day_words(report),
            url=f"{settings.SITE_URL}{report.get_absolute_url()}",
            paragraphs=tuple(_paragraphs(report, length)),
        )

    # --- after the reports ------------------------------------------------------------------------

    @property
    def numbers_by_unit(self):
        """The first annex: every unit with its number, zeros too; None where there is no row."""
        rows = self.table.rows
        if "dong" in self.selection.filters.chosen:
            rows = [row for row in rows if row.total]
        if not rows:
            return None
        before = self._before_by_row or {}
        lines = []
        for row in rows:
            words = _row_words(row.row)
            if row.partial:
                words += f" (có {number(row.partial)} bài chỉ thuộc một phần)"
            then = before.get(row.row.key, 0)
            lines.append((words, *self._beside_last_year(row.total, then)))
        for key in sorted(set(before) - set(self._rows)):
            # No row this year, yet its reports are in last year's total.
            words = _row_words(self._places.row(key))
            lines.append((words, *self._beside_last_year(0, before[key])))
        lines.append(("Cộng", *self._beside_last_year(self.table.total, sum(before.values()))))
        columns = ("Đơn vị", "Số bài")
        if self._before_by_row is not None:
            columns += ("Cùng kỳ", "Tăng, giảm")
        return Grid("Số bài theo đơn vị", columns, tuple(lines), has_total=True)

    def _beside_last_year(self, now, then):
        if self._before_by_row is None:
            return (number(now),)
        return (number(now), number(then), signed(now - then))

    def _figures(self):
        rows = totals(self.selection)
        if not rows:
            return
        yield Heading(1, "Số liệu trong các bài")
        yield Said(
            "Chỉ gồm số đã có người xác nhận, cộng trong cùng một chỉ tiêu và đơn vị tính; "
            "tỷ lệ và phần không cộng."
        )
        lines = tuple(
            (
                row.indicator,
                row.unit_of_measure,
                "–" if row.total is None else number(row.total),
                number(row.numbers),
                number(row.reports),
            )
            for row in rows
        )
        columns = ("Chỉ tiêu", "Đơn vị tính", "Tổng", "Từ số lần", "Từ số bài")
        yield Grid("Số liệu trong các bài", columns, lines, words=2)

    def _silent_units(self):
        # One row of a table was asked for: the others have nothing to say here.
        if "dong" in self.selection.filters.chosen or not self.table.rows:
            return
        silent = [row.label for row in self.table.silent_units]
        yield Heading(1, "Đơn vị chưa có bài")
        if silent:
            yield Said(f"{number(len(silent))} đơn vị chưa có bài: {'; '.join(silent)}.")
        else:
            yield Said("Đơn vị nào cũng có bài.")

    def _undated(self, numbers):
        if not self.undated:
            return
        yield Heading(1, "Bài chưa rõ ngày")
        yield Said(
            f"{number(self.undated)} bài chưa rõ ngày diễn ra và ngày đăng, "
            "không nằm trong các con số trên:"
        )
        keys = list(
            self.selection.undated.order_by("published_at", "pk").values_list("pk", flat=True)[
                :MOST_UNDATED
            ]
        )
        reports = self._read(keys, LIST)
        for key in keys:
            if key in reports:
                yield self._entry(next(numbers), reports[key], length=LIST)
        if self.undated > len(keys):
            yield Said(
                f"Và {number(self.undated - len(keys))} bài nữa; xem đủ ở trang Danh sách, "
                "mục “Chưa rõ ngày”."
            )

    @property
    def address(self):
        """Where the same reports are listed again: the choice as a colleague opens it."""
        query = self.selection.filters.query()
        return f"{settings.SITE_URL}{reverse('desk:list')}" + (f"?{query}" if query else "")


def _row_words(row):
    if row.divided_among:
        return f"{row.label} (chia cho {', '.join(row.divided_among)})"
    return row.label


def _paragraphs(report, length):
    if length == LIST:
        return
    if lead := one_line(report.lead):
        yield lead
    if length == FULL:
        yield from plain_paragraphs(report.body)
