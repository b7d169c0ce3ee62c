"""Sổ “Dân vận khéo”: who reads and keeps it, what an address chooses of it, and its numbers.

A row stays with the unit that registered it. Its book passes on with the ground: who compiles for a
unit also reads what lay there before, and keeps the books of units that lay there wholly.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from django import forms
from django.db.models import Count, Q
from django.http import Http404
from django_filters.filters import Filter

from portal.templatetags.vietnamese import first_capital
from portal.text import fold
from reports.address_filter import AddressFilter, OneOf, Words, Yes
from reports.models import (
    HolderKind,
    Initiative,
    InitiativeField,
    InitiativeStep,
    RecognitionLevel,
)
from reports.models.questions import is_public
from reports.models.register import FIRST_YEAR, LAST_YEAR

from .access import kept_units, readable_units
from .filters import OfSeveral, OfUnits, UnitKey
from .places import Places, ground_of

# --- who ------------------------------------------------------------------------------------------


def initiatives_for(user):
    """The rows `user` reads."""
    keys = readable_units(user)
    return Initiative.objects.all() if keys is None else Initiative.objects.filter(unit__in=keys)


def initiative_or_404(user, pk, *, to_write=False):
    """The row; one of a unit that is none of theirs is as absent as one that never was."""
    found = Initiative.objects.filter(pk=pk).select_related("unit").first()
    keys = kept_units(user) if to_write else readable_units(user)
    if found is None or (keys is not None and found.unit_id not in keys):
        raise Http404
    return found


# --- what an address chooses ----------------------------------------------------------------------


class YearField(forms.CharField):
    def to_python(self, value):
        text = super().to_python(value)
        if not text:
            return None
        if not (text.isascii() and text.isdigit() and FIRST_YEAR <= int(text[:9]) <= LAST_YEAR):
            raise forms.ValidationError(f"Không hiểu năm “{text}”. Ví dụ: 2026.", code="unknown")
        return int(text)


class Year(Filter):
    field_class = YearField


class RegisterFilter(OfSeveral, AddressFilter):
    """The conditions of `/tong-hop/dan-van-kheo/`. Units mean here what they mean all over the desk."""

    parameters = {
        "several_units": "don-vi",
        "former_area": "don-vi-cu",
        "only_own": "chi-don-vi",
        "year": "nam",
        "area": "linh-vuc",
        "step": "buoc",
        "level": "cap",
        "holder": "doi-tuong",
        "words": "q",
        "rows": "hang",
        "row": "dong",
    }
    companions = {"don-vi": ("don-vi-cu", "chi-don-vi")}
    silent = ("hang",)
    several = ("don-vi",)

    several_units = OfUnits(method="by_unit", label="Đơn vị")
    former_area = Yes(method="as_read_elsewhere", label="Gồm cả địa bàn cũ")
    only_own = Yes(method="as_read_elsewhere", label="Chỉ đơn vị này")
    year = Year(field_name="registered_year", label="Năm đăng ký")
    area = OneOf(field_name="field", label="Lĩnh vực", choices=InitiativeField.choices)
    step = OneOf(field_name="step", label="Bước", choices=InitiativeStep.choices)
    level = OneOf(
        field_name="recognised_level", label="Cấp công nhận", choices=RecognitionLevel.choices
    )
    holder = OneOf(field_name="holder_kind", label="Đối tượng", choices=HolderKind.choices)
    words = Words(method="by_words", label="Từ khóa")
    rows = Words(method="as_read_elsewhere", label="Hàng")
    row = UnitKey(method="as_read_elsewhere", label="Trong dòng")

    class Meta:
        model = Initiative
        fields = []
        form = forms.Form

    def by_unit(self, rows, _, value):
        return rows.filter(unit__in=ground_of(value, self.relation))

    def by_words(self, rows, _, value):
        for word in fold(value).split():
            rows = rows.filter(folded__contains=word)
        return rows

    def narrow(self, rows):
        rows = super().narrow(rows)
        if row := self.chosen.get("dong"):
            return self.of_row(rows, row)
        return rows

    def of_row(self, rows, row):
        """Those that the table by unit counts in the row `row`."""
        places = self.places
        years = {}
        for unit, year in rows.order_by().values_list("unit", "registered_year").distinct():
            if places.row_on(unit, named_on(year))[0] == row:
                years.setdefault(year, []).append(unit)
        found = Q(pk=None)
        for year, units in years.items():
            found |= Q(registered_year=year, unit__in=units)
        return rows.filter(found)

    @property
    def places(self):
        """The rows of the table by unit: those that existed in the chosen year."""
        year = self.chosen.get("nam")
        first, last = date(year or FIRST_YEAR, 1, 1), date(year or LAST_YEAR, 12, 31)
        rows = self.chosen.get("hang", "")
        return Places(self.units, first, last, relation=self.relation, rows=rows)

    def words_of(self, name, value):
        if name == "nam":
            return f"Đăng ký năm {value}"
        if name == "q":
            return f"Có chữ “{value}”"
        return super().words_of(name, value)

    @property
    def facts(self):
        """[(label, words)] that the export prints."""
        rows = [(self.filters[name].label, words) for name, words, _ in self.named_chips]
        return rows or [("Phạm vi", "Cả sổ")]


def named_on(year):
    """The day whose names a row of the register bears: the last of its year."""
    return date(year, 12, 31)


def in_order(rows):
    """Latest year first, then by name; with how many public reports tell of each."""
    told = Count("reports", filter=is_public(of="reports__"))
    return (
        rows.annotate(report_count=told)
        .select_related("unit")
        .order_by("-registered_year", "folded_name", "pk")
    )


# --- numbers --------------------------------------------------------------------------------------


@dataclass(frozen=True)
class State:
    """A column: how far a row has come, and for the recognised by whom. A row stands in one alone."""

    step: str
    level: str = ""

    @property
    def label(self):
        if self.step != InitiativeStep.RECOGNISED:
            return first_capital(InitiativeStep(self.step).label)
        return f"Công nhận {RecognitionLevel(self.level).label}"

    @property
    def narrowing(self):
        return {"buoc": self.step} | ({"cap": self.level} if self.level else {})


STATES = (
    State(InitiativeStep.REGISTERED),
    *(State(InitiativeStep.RECOGNISED, level) for level in RecognitionLevel.values),
    State(InitiativeStep.OUTSTANDING),
    State(InitiativeStep.DROPPED),
)


@dataclass(frozen=True)
class Line:
    """One line of a table: numbers in the order of the columns; they add up to `total`.

    `narrowing` is what an address says to see these rows alone.
    """

    label: str
    cells: list
    total: int
    narrowing: dict
    is_extra: bool = False


@dataclass(frozen=True)
class Totals:
    columns: list
    lines: list
    totals: list
    total: int


def by_field(rows):
    """Field × state, with zeros."""
    counted = Counter()
    groups = rows.order_by().values_list("field", "step", "recognised_level")
    for field, step, level, number in groups.annotate(number=Count("pk", distinct=True)):
        counted[field, _state(step, level)] += number
    choices = [(value, first_capital(label), {"linh-vuc": value}) for value, label in InitiativeField.choices]  # fmt: skip
    return _totals(counted, choices)


def by_unit(rows, filters):
    """Unit × state: a line for every unit asked about that existed then, also without a row."""
    places, counted = filters.places, Counter()
    groups = rows.order_by().values_list("unit", "registered_year", "step", "recognised_level")
    for unit, year, step, level, number in groups.annotate(number=Count("pk", distinct=True)):
        counted[places.row_on(unit, named_on(year))[0], _state(step, level)] += number
    extras = places.extras(key for key, _ in counted)
    choices = [(key, places.row(key).label, {"dong": key}) for key in [*places.keys, *extras]]
    return _totals(counted, choices, set(extras))


def _state(step, level):
    return State(step, level if step == InitiativeStep.RECOGNISED else "")


def _totals(counted, choices, extras=frozenset()):
    used = {state for (_, state), number in counted.items() if number}
    # Districts decide no more: their column stands where they did.
    columns = [s for s in STATES if s in used or s.level != RecognitionLevel.DISTRICT]
    lines = []
    for key, label, narrowing in choices:
        cells = [counted[key, state] for state in columns]
        lines.append(Line(label, cells, sum(cells), narrowing, key in extras))
    sums = [sum(line.cells[place] for line in lines) for place in range(len(columns))]
    return Totals(columns, lines, sums, sum(sums))
