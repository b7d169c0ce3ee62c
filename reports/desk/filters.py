"""What the desk may choose in the addresses of `/tong-hop/`: all of `/tin/`, and more.

Several units at once, a cut-off day of one's own, genre, role, photos, figures, and `dong`: one row
of a table, so that every number leads to exactly its reports.
"""

import re

from django import forms
from django.db.models import Exists, OuterRef
from django_filters.filters import Filter

from portal.templatetags.vietnamese import first_capital
from reports.address_filter import AND, OneOf, Words, Yes
from reports.filter_form import ReportFilterForm, UnitField
from reports.filters import ReportFilter
from reports.models import (
    Contribution,
    ContributionRole,
    Figure,
    Genre,
    Photo,
    Report,
    ScopeRelation,
)
from reports.periods import CALENDAR, CONVENTIONS, convention_named
from units import registry
from units.models import Unit

MOST_UNITS = 200
KEYS = re.compile(r"t[23]-\d{2,5}(?:,t[23]-\d{2,5})*")
YES_NO = {"1": "có", "0": "không có"}


class UnitsField(forms.CharField):
    """Several units, each by key (`t2-91,t2-46`) or by a name that one unit alone bears."""

    def to_python(self, value):
        text = super().to_python(value)
        parts = [part.strip() for part in text.split(AND) if part.strip()]
        keys, units = [], []
        for part in parts:
            if KEYS.fullmatch(part):
                keys += part.split(",")
            else:
                units.append(UnitField(required=False).clean(part))
        known = Unit.objects.in_bulk(dict.fromkeys(keys))
        if missing := [key for key in keys if key not in known]:
            raise forms.ValidationError(f"Không có đơn vị mã “{missing[0]}”.", code="unknown")
        chosen = list({unit.pk: unit for unit in [*(known[key] for key in keys), *units]}.values())
        if len(chosen) > MOST_UNITS:
            raise forms.ValidationError(f"Nhiều nhất {MOST_UNITS} đơn vị một lần.", code="many")
        return chosen


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


class UnitKey(Filter):
    field_class = UnitKeyField


class OfUnits(Filter):
    field_class = UnitsField


class OfConvention(Filter):
    field_class = ConventionField


_RENAMED = {"unit": "several_units", "convention": "cut_on"}


class DeskFilter(ReportFilter):
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
        "row": "dong",
    }
    companions = {
        "don-vi": ("don-vi-cu", "chi-don-vi"),
        "ky": ("quy-uoc",),
        "tac-gia": ("vai-tro",),
    }
    silent = ("sap-xep", "cot", "hang")
    several = ("don-vi",)

    several_units = OfUnits(method="by_unit", label="Đơn vị")
    cut_on = OfConvention(method="as_read_elsewhere", label="Cách tính kỳ")
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
    row = UnitKey(method="as_read_elsewhere", label="Trong dòng")

    class Meta:
        model = Report
        fields = []
        form = ReportFilterForm

    @property
    def units(self):
        return self.chosen.get("don-vi", [])

    @property
    def unit(self):
        """The unit, when it is one alone; what a list calls itself by."""
        return self.units[0] if len(self.units) == 1 else None

    @property
    def relation(self):
        """How far from the chosen units a report may be (`ScopeRelation`)."""
        if self.chosen.get("don-vi-cu"):
            return ScopeRelation.FORMER_AREA
        return ScopeRelation.OWN if self.chosen.get("chi-don-vi") else ScopeRelation.SUBORDINATE

    @property
    def convention(self):
        return convention_named(self.chosen.get("quy-uoc")) or CALENDAR

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

    def plain(self, name, value):
        if name == "don-vi":
            return ",".join(unit.pk for unit in value)
        return super().plain(name, value)

    def words_of(self, name, value):
        if name == "don-vi":
            return self.units_words
        if name == "dong":
            return f"Dòng {registry.current().spans[value][-1].name}"
        if name == "co-anh":
            return f"{first_capital(YES_NO[value])} ảnh"
        if name == "co-so-lieu":
            return f"{first_capital(YES_NO[value])} số liệu đã xác nhận"
        if name == "tac-gia" and (role := self.chosen.get("vai-tro")):
            return f"{value.name} ({ContributionRole(role).label})"
        return super().words_of(name, value)

    @property
    def units_words(self):
        """`Tỉnh An Giang, gồm cấp dưới và địa bàn cũ`; of many units the number."""
        units = self.units
        names = [unit.name_on() for unit in units]
        words = "; ".join(names) if len(units) <= 8 else f"{len(units)} đơn vị đã chọn"
        within = {
            ScopeRelation.OWN: "không gồm cấp dưới",
            ScopeRelation.SUBORDINATE: "gồm cấp dưới",
            ScopeRelation.FORMER_AREA: "gồm cấp dưới và địa bàn cũ",
        }
        return f"{words}, {within[self.relation]}"

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
