"""The fields of the filter of `/tin/`: from what stands in the address to what we understand.

Every field either understands its value or says in one Vietnamese sentence what it left out; it
never stops the page.
"""

import re

from django import forms
from django.utils import timezone

from portal.text import fold
from reports.models import Person, Report, ReportScope
from reports.periods import CALENDAR, ROMAN, Period, convention_named
from units.models import Unit

UNIT_KEY = re.compile(r"t[23]-\d{2,5}")
PERSON_ID = re.compile(r"(?:[a-z0-9-]*-)?(\d{1,9})", re.ASCII)
# As many homonyms as fit on a phone; "Phường 1" has more, and then a place after a comma helps.
CANDIDATES = 12


def as_pattern(message):
    """For an error with params, which Django puts into its message: typed percent signs stay."""
    return message.replace("%", "%%")


class UnitField(forms.CharField):
    """A unit by its key, or by its name if one unit alone bears it.

    With several of a name the error carries them: `error.params["candidates"]`.
    """

    def to_python(self, value):
        text = super().to_python(value)
        if not text:
            return None
        if UNIT_KEY.fullmatch(text):
            found = Unit.objects.filter(pk=text).select_related("parent").first()
            if not found:
                raise forms.ValidationError(f"Không có đơn vị mã “{text}”.", code="unknown")
            return found
        units = list(Unit.objects.matching(text)[: CANDIDATES + 1])
        if not units:
            raise forms.ValidationError(
                f"Không tìm thấy đơn vị tên “{text}”. Thử gõ riêng tên, không cần dấu.",
                code="unknown",
            )
        if len(units) > 1 and not _stands_out(units, text):
            raise forms.ValidationError(
                as_pattern(f"Có nhiều đơn vị tên “{text}”. Hãy chọn một."),
                code="several",
                params={"candidates": _those_with_reports_first(units[:CANDIDATES])},
            )
        return units[0]


def _stands_out(units, text):
    """Whether the first unit is surely meant: the only one called exactly so with its parents."""
    typed = fold(text)
    exact = [unit for unit in units if typed in (fold(str(unit)), fold(unit.full_name_on()))]
    return exact[:1] == units[:1] and len(exact) == 1


def _those_with_reports_first(units):
    """Most homonyms lie in other provinces; whoever asks here wants one that reports here."""
    published = Report.objects.published(timezone.now())
    told = set(
        ReportScope.objects.filter(unit__in=units, report__in=published)
        .values_list("unit", flat=True)
        .distinct()
    )
    return sorted(units, key=lambda unit: unit.pk not in told)


class PersonField(forms.CharField):
    """A person by number; the slug before it, as in the address of their page, is allowed.

    Only somebody with a published work: a name shows nowhere before that.
    """

    def to_python(self, value):
        text = super().to_python(value)
        if not text:
            return None
        match = PERSON_ID.fullmatch(text)
        published = Person.objects.published(timezone.now())
        person = match and published.filter(pk=match[1]).first()
        if match and not person:
            # The address of somebody who was merged into another still means that person.
            known = Person.objects.known_by(match[1])
            person = known and published.filter(pk=known.pk).first()
        if not person:
            raise forms.ValidationError(f"Không có tác giả “{text}”.", code="unknown")
        return person


class YesField(forms.CharField):
    """`1` means yes; nothing and `0` mean no."""

    def to_python(self, value):
        text = super().to_python(value)
        if text not in ("", "0", "1"):
            raise forms.ValidationError(f"Không hiểu “{text}”.", code="unknown")
        return text == "1"


class ListedField(forms.ChoiceField):
    """One of a list; what is not in it is named in the notice."""

    default_error_messages = {"invalid_choice": "Không có “%(value)s” trong danh sách."}


class DayField(forms.DateField):
    """A day as people here type it (`2/7/2024`) or as machines do (`2024-07-02`)."""

    def to_python(self, value):
        try:
            return super().to_python(value)
        except (forms.ValidationError, OverflowError):
            raise forms.ValidationError(
                f"Không hiểu ngày “{value}”. Ví dụ: 02/07/2024.", code="invalid"
            ) from None


class ReportFilterForm(forms.Form):
    """Two answers need two fields each: a period with its convention, a span with both its days."""

    def clean(self):
        data = super().clean()
        convention = convention_named(data.get("quy-uoc")) or CALENDAR
        if data.get("ky"):
            try:
                data["ky"] = Period.parse(data["ky"], convention)
            except ValueError as error:
                self.add_error("ky", str(error))
        since, until = data.get("tu"), data.get("den")
        if since and until and since > until:
            self.add_error("tu", "“Từ ngày” sau “Đến ngày”.")
            self.add_error("den", "“Đến ngày” trước “Từ ngày”.")
        return data


def period_choices(today=None, years=4, also=(), by_month=None):
    """[(year, [(ky, label), …])]: what the list of periods offers, the latest first.

    The last `years`, and those in `also`; months only of this year, the last one and `by_month`.
    """
    this_year = (today or timezone.localdate()).year
    groups = []
    for year in sorted({*range(this_year - years + 1, this_year + 1), *also}, reverse=True):
        options = [
            (f"{year}", f"Cả năm {year}"),
            (f"{year}-H1", f"6 tháng đầu năm {year}"),
            (f"{year}-9T", f"9 tháng đầu năm {year}"),
            *((f"{year}-Q{quarter}", f"Quý {ROMAN[quarter]}/{year}") for quarter in ROMAN),
        ]
        if year > this_year - 2 or year == by_month:
            options += [(f"{year}-{month:02d}", f"Tháng {month}/{year}") for month in range(1, 13)]
        groups.append((f"Năm {year}", options))
    return groups
