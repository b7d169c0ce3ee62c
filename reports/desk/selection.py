"""One choice of reports, as an address of the desk makes it: what every view and export starts from."""

from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property

from django.http import QueryDict
from django.utils import timezone

from portal.templatetags.vietnamese import first_capital
from reports.address_filter import OF_DAYS
from reports.models import Report, ScopeRelation
from reports.periods import Period

from .filters import DeskFilter
from .places import Places

# How a day is found for a report; printed wherever reports are counted.
COUNTING_RULE = "Bài được tính theo ngày diễn ra sự kiện; bài không có ngày ấy tính theo ngày đăng."


@dataclass(frozen=True)
class Selection:
    """The published reports an address chooses at one moment; two readings of it are the same set."""

    filters: DeskFilter
    now: datetime = field(default_factory=timezone.now)

    @classmethod
    def of(cls, data, now=None):
        """`data` is request.GET or a query string such as `don-vi=t2-91&ky=2026-H1`."""
        if isinstance(data, str):
            data = QueryDict(data)
        return cls(DeskFilter(data), now or timezone.now())

    # --- what was chosen --------------------------------------------------------------------------

    @property
    def units(self):
        return self.filters.units

    @property
    def relation(self):
        """How far from the chosen units a report may be (`ScopeRelation`)."""
        return self.filters.relation

    @property
    def with_former_area(self):
        return self.relation >= ScopeRelation.FORMER_AREA

    @cached_property
    def period(self):
        """The days that were chosen; None for all days, and for what has none.

        Both ends of the one that narrows more: a period with a “từ ngày … đến ngày” inside it is a free choice of days.
        """
        if self.filters.wants_undated:
            return None
        chosen = self.filters.chosen
        named, since, until = (chosen.get(name) for name in OF_DAYS)
        if not named and not since and not until:
            return None
        if named and not since and not until:
            return named
        first = (
            max(day for day in (named and named.start, since) if day) if named or since else None
        )
        last = min(day for day in (named and named.end, until) if day) if named or until else None
        first = first or min(last, self._first_day)
        last = last or max(first, timezone.localdate(self.now))
        # Two choices that have no day in common choose nothing; the page says which.
        days = Period.between(first, max(first, last))
        return replace(days, convention=self.filters.convention)  # for its months

    @cached_property
    def _first_day(self):
        published = Report.objects.published(self.now).dated().order_by("counting_on")
        first = published.values_list("counting_on", flat=True).first()
        return first or timezone.localdate(self.now)

    # --- which reports ----------------------------------------------------------------------------

    @property
    def published(self):
        return Report.objects.published(self.now)

    @property
    def reports(self):
        """The chosen reports that have a day; with `chua-ro-ngay=1` those that have none.

        Unordered; `dated` and `undated` together hold every report once.
        """
        reports = self.filters.narrow(self.published)
        if not self.filters.wants_undated:
            reports = reports.dated()
            if month := self.filters.chosen_month:
                reports = reports.in_period(month)
        if row := self.filters.chosen.get("dong"):
            places = Places.of(self, self.filters.chosen.get("hang", ""))
            return places.of_row(reports, row, undated=self.filters.wants_undated)
        return reports

    @property
    def undated(self):
        """What no choice of days can find: the undated reports that meet all the rest."""
        return self.filters.undated_beside(self.published)

    @cached_property
    def whole(self):
        """The selection without the row and the month of a table that a number led to."""
        led = {"dong", "thang", "hang-theo"}.intersection(self.filters.chosen)
        return self.beside(*led) if led else self

    def beside(self, *without, **with_these):
        """Another selection of the same moment: some parameters taken away, others put in."""
        return Selection.of(self.filters.query(*without, **with_these), self.now)

    @cached_property
    def last_year(self):
        """The same choice for the same period last year (cùng kỳ); None without a choice of days."""
        if self.period is None:
            return None
        try:
            before = self.period.last_year()
            month = self.filters.chosen_month
            month = {"thang": month.last_year().ky} if month else {}
        except ValueError:  # before the first year that a period can name
            return None
        if self.period.ky:
            return self.beside(ky=before.ky, **month)
        days = {"tu": before.start.isoformat(), "den": before.end.isoformat()}
        kept = [name for name in OF_DAYS if name in self.filters.kept]
        convention = (
            {"quy-uoc": self.filters.kept["quy-uoc"]} if "quy-uoc" in self.filters.kept else {}
        )
        return self.beside(*kept, **days, **convention, **month)

    # --- in words ---------------------------------------------------------------------------------

    @property
    def period_words(self):
        """`6 tháng đầu năm 2026, từ ngày 15/12/2025 đến ngày 14/06/2026`."""
        if self.filters.wants_undated:
            return "chưa rõ ngày"
        if self.period is None:
            return "mọi thời gian"
        days = f"từ ngày {self.period.start:%d/%m/%Y} đến ngày {self.period.end:%d/%m/%Y}"
        return f"{self.period.label}, {days}" if self.period.ky else days

    @property
    def facts(self):
        """[(label, words)] that every export prints: exact days, every condition, how it counts."""
        rows = [("Kỳ", first_capital(self.period_words))]
        if self.period is not None and self.period.ky:
            rows.append(("Cách tính kỳ", first_capital(self.period.convention.label)))
        silent = {*OF_DAYS, "chua-ro-ngay"}
        rows += [
            (self.filters.filters[name].label, words)
            for name, words, _ in self.filters.named_chips
            if name not in silent
        ]
        if not self.units:
            rows.append(("Đơn vị", "Mọi đơn vị"))
        rows.append(("Cách đếm", COUNTING_RULE))
        return rows
