"""A filter that lives in the address: what it understood, what it left out, how to take it off.

Built on django-filter; `ReportFilter` and `EventFilter` only name their conditions.
"""

from functools import cached_property
from urllib.parse import urlencode

from django import forms
from django_filters import FilterSet
from django_filters.filters import Filter

from portal.templatetags.vietnamese import first_capital
from portal.text import one_line
from reports.filter_form import DayField, ListedField, PersonField, UnitField, YesField

LONGEST_VALUE = 200
# Two hundred units by their keys.
LONGEST_LIST = 2_000
# Between the values of one parameter; no name of a unit holds it.
AND = ";"
# Chooses what has nothing of the kind: a report without a section, without an event.
UNSORTED = "chua-phan-loai"


class OneOf(Filter):
    """One of a list. With `unsorted`, a condition, `chua-phan-loai` chooses what has none."""

    field_class = ListedField

    def __init__(self, *args, unsorted=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.unsorted = unsorted

    def filter(self, rows, value):
        if value == UNSORTED and self.unsorted:
            return rows.filter(**self.unsorted)
        return super().filter(rows, value)


class Words(Filter):
    field_class = forms.CharField


class Yes(Filter):
    field_class = YesField


class Day(Filter):
    field_class = DayField


class OfUnit(Filter):
    field_class = UnitField


class OfPerson(Filter):
    field_class = PersonField


# These choose by days; what has no day stands in a list of its own, `chua-ro-ngay`.
OF_DAYS = ("ky", "tu", "den")


class AddressFilter(FilterSet):
    """Subclasses pair their filters' names with the address' own words in `parameters`."""

    parameters = {}
    # Parameters that only change how another is understood; they go when it goes.
    companions = {}
    # Parameters that narrow nothing: no label to take off.
    silent = ()
    # Parameters that may come several times, joined by `AND`; these may be longer than others.
    several = ()

    @property
    def wants_undated(self):
        return bool(self.chosen.get("chua-ro-ngay"))

    @property
    def chooses_days(self):
        return not self.wants_undated and any(self.chosen.get(name) for name in OF_DAYS)

    @classmethod
    def get_filters(cls):
        filters = super().get_filters()
        return {cls.parameters[name]: each for name, each in filters.items()}

    def __init__(self, data, **kwargs):
        """`data` is request.GET: the last value of each known parameter counts, the rest is noise."""
        known = {
            name: AND.join(one_line(text) for text in data.getlist(name) if text)[:LONGEST_LIST]
            if name in self.several
            else one_line(data.get(name, ""))[:LONGEST_VALUE]
            for name in self.parameters.values()
        }
        super().__init__({name: value for name, value in known.items() if value}, **kwargs)

    def get_form_class(self):
        form = super().get_form_class()
        for parameter, choices in self.listed().items():
            form.base_fields[parameter].choices = choices
        return form

    def listed(self):
        """{parameter: [(value, label)]} of lists that live in the database."""
        return {}

    @cached_property
    def chosen(self):
        """{parameter: understood value} of everything that counts."""
        self.form.is_valid()
        return {name: value for name, value in self.form.cleaned_data.items() if value}

    def narrow(self, rows):
        """`rows`, narrowed by all that was understood."""
        return self.narrowed_but_for((), rows)

    def narrowed_but_for(self, skipped, rows):
        for parameter, value in self.chosen.items():
            if parameter not in skipped:
                rows = self.filters[parameter].filter(rows, value)
        return rows

    def as_read_elsewhere(self, rows, _, value):
        """For companions: they narrow nothing by themselves."""
        return rows

    @property
    def unit(self):
        return self.chosen.get("don-vi")

    # --- what the page says about it ------------------------------------------------------------

    @cached_property
    def notices(self):
        """One sentence for each value left out. Homonyms are a question instead: `candidates`."""
        return [
            f"{self.filters[name].label}: {message} Điều kiện này được bỏ qua."
            for name, messages in self.form.errors.items()
            for message in messages
            if not (name == "don-vi" and self.candidates)
        ]

    @cached_property
    def candidates(self):
        """[(unit, address with it)] between which a typed name cannot decide."""
        for error in self.form.errors.as_data().get("don-vi", []):
            if error.code == "several":
                units = error.params["candidates"]
                return [(unit, self.address(**{"don-vi": unit.pk})) for unit in units]
        return []

    @cached_property
    def kept(self):
        """{parameter: text} that leads here again: what was understood, in its plainest form."""
        plain = {name: self.plain(name, value) for name, value in self.chosen.items()}
        return {name: text for name, text in plain.items() if text}

    def plain(self, name, value):
        if name == "don-vi":
            return value.pk
        return "1" if value is True else str(value)

    def query(self, *without, **with_these):
        """The address of this list without some parameters and with others; no page number."""
        gone = {*without, *(each for name in without for each in self.companions.get(name, ()))}
        chosen = {name: text for name, text in self.kept.items() if name not in gone}
        return urlencode(chosen | with_these)

    def address(self, *without, **with_these):
        return f"?{self.query(*without, **with_these)}"

    @cached_property
    def chips(self):
        """[(words, address without it)] for each condition that narrows: labels to take off."""
        return [(words, address) for _, words, address in self.named_chips]

    @cached_property
    def named_chips(self):
        """[(parameter, words, address without it)]."""
        silent = {each for all_of_one in self.companions.values() for each in all_of_one}
        silent |= set(self.silent)
        return [
            (name, self.words_of(name, value), self.address(name))
            for name, value in self.chosen.items()
            if name not in silent
        ]

    def words_of(self, name, value):
        field = self.form.fields[name]
        if isinstance(field, ListedField):
            return first_capital(dict(field.choices)[value])
        if name == "don-vi":
            return value.name_on()
        return self.filters[name].label
