"""What the desk may choose in the addresses of `/tong-hop/`: all of `/tin/`, and more.

Several units at once, a cut-off day of one's own, genre, role, photos, figures, and `dong`: one row
of a table, so that every number leads to exactly its reports.
"""

import re
from datetime import date
from functools import cached_property

from django import forms
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django_filters.filters import Filter

from portal.templatetags.vietnamese import first_capital
from portal.text import fold
from reports.address_filter import AND, OF_DAYS, OneOf, Words, Yes
from reports.filter_form import PERSON_ID, PersonField, ReportFilterForm, UnitField, as_pattern
from reports.filters import ReportFilter
from reports.models import (
    Contribution,
    ContributionRole,
    Figure,
    Genre,
    Person,
    Photo,
    Report,
    ScopeRelation,
)
from reports.periods import CALENDAR, CONVENTIONS, Period, convention_named
from units import registry
from units.models import Unit
from units.naming import told_apart

MOST_UNITS = 200
# Persons of one name to choose between.
MOST_PERSONS = 12
KEYS = re.compile(r"t[23]-\d{2,5}(?:,t[23]-\d{2,5})*")
YES_NO = {"1": "có", "0": "không có"}


class UnitsField(forms.CharField):
    """Several units, each by key (`t2-91,t2-46`) or by a name that one unit alone bears."""

    def to_python(self, value):
        """What was not understood is an error whose `params` hold the rest: `beside`, `typed`."""
        text = super().to_python(value)
        parts = [part.strip() for part in text.split(AND) if part.strip()]
        keys, units, unclear = [], [], None
        for part in parts:
            if KEYS.fullmatch(part):
                keys += part.split(",")
                continue
            try:
                units.append(UnitField(required=False).clean(part))
            except forms.ValidationError as error:
                unclear = unclear or (part, error.error_list[0])
        known = Unit.objects.in_bulk(dict.fromkeys(keys))
        found = [*(known[key] for key in keys if key in known), *units]
        chosen = list({unit.pk: unit for unit in found}.values())
        if len(chosen) > MOST_UNITS:
            raise _with_the_rest(
                f"Nhiều nhất {MOST_UNITS} đơn vị một lần.", "many", chosen[:MOST_UNITS]
            )
        if missing := [key for key in keys if key not in known]:
            raise _with_the_rest(f"Không có đơn vị mã “{missing[0]}”.", "unknown", chosen)
        if unclear:
            typed, error = unclear
            candidates = (error.params or {}).get("candidates", [])
            message = error.messages[0]
            raise _with_the_rest(message, error.code, chosen, typed, candidates)
        return chosen


def _with_the_rest(message, code, beside, typed="", candidates=()):
    params = {"beside": beside, "typed": typed, "candidates": list(candidates)}
    return forms.ValidationError(as_pattern(message), code=code, params=params)


class SignerField(PersonField):
    """Somebody with a published work, by number or by a name that one of them alone signs with."""

    def to_python(self, value):
        text = forms.CharField.to_python(self, value)
        if not text or PERSON_ID.fullmatch(text):
            return super().to_python(value)
        published = Person.objects.published(timezone.now())
        named = list(published.named(text)[: MOST_PERSONS + 1])
        found = named or list(published.matching(text)[: MOST_PERSONS + 1])
        if len(found) == 1:
            return found[0]
        if not found or not fold(text):
            raise forms.ValidationError(f"Không có tác giả “{text}”.", code="unknown")
        raise forms.ValidationError(
            as_pattern(f"Có nhiều người tên “{text}”. Hãy chọn một."),
            code="several",
            params={"candidates": found[:MOST_PERSONS]},
        )


class ConventionField(forms.CharField):
    """`lich`, `15-14` or `chot-20`."""

    def to_python(self, value):
        text = super().to_python(value)
        if text and convention_named(text) is None:
            raise forms.ValidationError(
                f"Không có cách tính kỳ “{text}”. Ví dụ: lich, 15-14, chot-20.", code="unknown"
            )
        return text


class UnitKeyField(forms.CharField):
    def to_python(self, value):
        text = super().to_python(value)
        if text and text not in registry.current().spans:
            raise forms.ValidationError(f"Không có đơn vị mã “{text}”.", code="unknown")
        return text


class MonthField(forms.CharField):
    """A reporting month as `ky` writes it, `2025-07`; where columns are longer, a quarter or a year."""

    def to_python(self, value):
        text = super().to_python(value)
        if text:
            try:
                Period.parse(text)
            except ValueError:
                raise forms.ValidationError(
                    as_pattern(f"Không hiểu tháng “{text}”. Ví dụ: 2025-07."), code="month"
                ) from None
        return text


class DaysField(forms.CharField):
    """Two days, `2026-01-01..2026-06-30`; stays a text."""

    def to_python(self, value):
        text = super().to_python(value)
        if text and days_of(text) is None:
            words = f"Không hiểu “{text}”. Ví dụ: 2026-01-01..2026-06-30."
            raise forms.ValidationError(as_pattern(words), code="days")
        return text


def days_of(text):
    """(first, last) of such a text; None for what is none."""
    try:
        first, last = map(date.fromisoformat, text.split(".."))
    except ValueError:
        return None
    return (first, last) if first <= last else None


class OfDays(Filter):
    field_class = DaysField


class UnitKey(Filter):
    field_class = UnitKeyField


class OfMonth(Filter):
    field_class = MonthField


class OfUnits(Filter):
    field_class = UnitsField


class OfConvention(Filter):
    field_class = ConventionField


class OfSigner(Filter):
    field_class = SignerField


class OfSeveral:
    """For filters of an address with several units (`don-vi`), how far from them, and a row (`dong`)."""

    @cached_property
    def chosen(self):
        """Of several units those that were understood count; a notice names the other."""
        chosen = super().chosen
        units = chosen.get("don-vi") or self._unclear("don-vi").get("beside")
        # First of all: the days after it are then looked for in the unit's own index.
        return {"don-vi": units, **chosen} if units else chosen

    def _unclear(self, name):
        """What the field says about a value it could not decide."""
        for error in self.form.errors.as_data().get(name, []):
            return error.params or {}
        return {}

    @property
    def unclear_unit(self):
        """The name of a unit as it was typed, when it could not be decided; else empty."""
        return self._unclear("don-vi").get("typed", "")

    @cached_property
    def candidates(self):
        """As on `/tin/`; the units that were understood stay."""
        keys = [unit.pk for unit in self.units]
        return [
            (unit, self.address("dong", **{"don-vi": ",".join(dict.fromkeys([*keys, unit.pk]))}))
            for unit in self._unclear("don-vi").get("candidates", [])
        ]

    @property
    def units(self):
        return self.chosen.get("don-vi", [])

    @property
    def relation(self):
        """How far from the chosen units a report may be (`ScopeRelation`)."""
        if self.chosen.get("don-vi-cu"):
            return ScopeRelation.FORMER_AREA
        return ScopeRelation.OWN if self.chosen.get("chi-don-vi") else ScopeRelation.SUBORDINATE

    @property
    def units_words(self):
        """`Tỉnh An Giang, gồm cấp dưới và địa bàn cũ`; of many units the number."""
        units = self.units
        words = "; ".join(told_apart(units)) if len(units) <= 8 else f"{len(units)} đơn vị đã chọn"
        within = {
            ScopeRelation.OWN: "không gồm cấp dưới",
            ScopeRelation.SUBORDINATE: "gồm cấp dưới",
            ScopeRelation.FORMER_AREA: "gồm cấp dưới và địa bàn cũ",
        }
        return f"{words}, {within[self.relation]}"

    def plain(self, name, value):
        if name == "don-vi":
            return ",".join(unit.pk for unit in value)
        return super().plain(name, value)

    def words_of(self, name, value):
        if name == "don-vi":
            return self.units_words
        if name == "dong":
            return f"Dòng {registry.current().spans[value][-1].name}"
        return super().words_of(name, value)


_RENAMED = {"unit": "several_units", "convention": "cut_on"}


class DeskFilter(OfSeveral, ReportFilter):
    """The same words mean the same reports here and on `/tin/`; `chosen["don-vi"]` is a list."""

    parameters = {
        # Under names of their own: `unit` and `convention` are words of this class.
        **{_RENAMED.get(name, name): each for name, each in ReportFilter.parameters.items()},
        "only_own": "chi-don-vi",
        "genre": "the-loai",
        "role": "vai-tro",
        "has_photo": "co-anh",
        "has_figures": "co-so-lieu",
        "columns": "cot",
        "rows": "hang",
        "rows_of": "hang-theo",
        "row": "dong",
        "row_order": "xep",
        "only_told": "gon",
        "groups": "nhom",
        "month": "thang",
    }
    companions = {
        "don-vi": ("don-vi-cu", "chi-don-vi"),
        "ky": ("quy-uoc",),
        "tac-gia": ("vai-tro",),
    }
    silent = ("sap-xep", "cot", "hang", "hang-theo", "xep", "gon", "nhom")
    several = ("don-vi",)

    several_units = OfUnits(method="by_unit", label="Đơn vị")
    cut_on = OfConvention(method="as_read_elsewhere", label="Cách tính kỳ")
    person = OfSigner(method="by_person", label="Tác giả")
    only_own = Yes(method="as_read_elsewhere", label="Chỉ đơn vị này, không gồm cấp dưới")
    genre = OneOf(field_name="genre", label="Thể loại", choices=Genre.choices)
    role = OneOf(
        method="as_read_elsewhere",
        label="Việc của tác giả",
        choices=ContributionRole.choices,
    )
    has_photo = OneOf(method="by_photo", label="Ảnh", choices=[*YES_NO.items()])
    has_figures = OneOf(method="by_figures", label="Số liệu đã xác nhận", choices=[*YES_NO.items()])

    # How a table is laid, and one row of it: `desk.counting` and `desk.places` read them.
    columns = Words(method="as_read_elsewhere", label="Cột")
    rows = Words(method="as_read_elsewhere", label="Hàng")
    # The rows of other days than those chosen: a number of last year, in the table of this one.
    rows_of = OfDays(method="as_read_elsewhere", label="Hàng của những ngày")
    row = UnitKey(method="as_read_elsewhere", label="Trong dòng")
    # Which of its rows first, and whether the silent ones at all: `desk.row_order`.
    row_order = OneOf(
        method="as_read_elsewhere", label="Thứ tự hàng", choices=[("nhieu", "nhiều bài trước")]
    )
    only_told = Yes(method="as_read_elsewhere", label="Chỉ đơn vị có bài")
    # The list under the headings of a report: `desk.report_list`.
    groups = OneOf(method="as_read_elsewhere", label="Nhóm", choices=[("muc", "theo mục")])
    # One of the months of the period; the rows stay those of the whole period.
    month = OfMonth(method="as_read_elsewhere", label="Trong tháng")

    class Meta:
        model = Report
        fields = []
        form = ReportFilterForm

    @property
    def persons(self):
        """[(person, address)] between whom a typed name cannot decide."""
        return [
            (person, self.address(**{"tac-gia": f"{person.slug}-{person.pk}"}))
            for person in self._unclear("tac-gia").get("candidates", [])
        ]

    @property
    def unit(self):
        """The unit, when it is one alone; what a list calls itself by."""
        return self.units[0] if len(self.units) == 1 else None

    @property
    def convention(self):
        return convention_named(self.chosen.get("quy-uoc")) or CALENDAR

    @property
    def days_of_rows(self):
        """(first, last) of the period whose table a number stood in; None for its own."""
        return days_of(self.chosen.get("hang-theo", ""))

    @property
    def chosen_month(self):
        """The month of the period a number led to, a `Period`; None for the whole period."""
        ky = self.chosen.get("thang")
        return Period.parse(ky, self.convention) if ky else None

    @property
    def sorts_a_country(self):
        """Whether nothing but days that are over narrows a list of the newest."""
        narrowing = set(self.chosen) - {*self.silent, "quy-uoc"}
        return (
            self.order == "moi"
            and self.chooses_days
            and narrowing <= {*OF_DAYS, "thang"}
            and not self._reaches_to_today
        )

    def by_unit(self, reports, _, value):
        return reports.in_any_of(value, self.relation)

    def by_person(self, reports, _, value):
        signed = Contribution.objects.filter(person=value)
        if role := self.chosen.get("vai-tro"):
            signed = signed.filter(role=role)
        return reports.filter(pk__in=signed.values("report"))

    def by_photo(self, reports, _, value):
        return self._having(reports, value, Photo.objects.all())

    def by_figures(self, reports, _, value):
        return self._having(reports, value, Figure.objects.filter(confirmed_by__isnull=False))

    def _having(self, reports, value, things):
        there = Exists(things.filter(report=OuterRef("pk")))
        return reports.filter(there if value == "1" else ~there)

    def words_of(self, name, value):
        if name == "thang":
            return f"{first_capital(self.chosen_month.label)} ({self.chosen_month.days_label})"
        if name == "co-anh":
            return f"{first_capital(YES_NO[value])} ảnh"
        if name == "co-so-lieu":
            return f"{first_capital(YES_NO[value])} số liệu đã xác nhận"
        if name == "tac-gia" and (role := self.chosen.get("vai-tro")):
            return f"{value.name} ({ContributionRole(role).label})"
        return super().words_of(name, value)

    @property
    def conventions(self):
        """[(slug, words)] to choose from; a cut-off day that is asked for stands among them."""
        known = {**CONVENTIONS, self.convention.slug: self.convention}
        return [(slug, first_capital(one.label)) for slug, one in known.items()]

    @property
    def shown(self):
        return super().shown | {
            "units": [(unit.pk, unit.full_name_on()) for unit in self.units],
            "only_own": bool(self.chosen.get("chi-don-vi")),
        }

    def choices_of(self, name):
        """[(value, words)] of one of the lists, without the empty choice."""
        return [choice for choice in self.form.fields[name].choices if choice[0]]
