"""The filter form of a page of the desk: what its fields show and offer; it narrows nothing.

`desk_render` puts a `Panel` into every page that chooses; `desk/filter_form.html` draws it.
"""

from functools import cached_property

from django.utils import timezone

from portal.templatetags.vietnamese import first_capital
from reports.address_filter import OF_DAYS
from reports.filter_form import period_choices
from reports.filter_words import EVERYTHING
from reports.models import Report
from reports.periods import CONVENTIONS, Period, convention_cut_on
from units.naming import years_label

from .counting import month_with
from .selection import COUNTING_RULE

# The lists behind "Thêm điều kiện", in the order of a report; the kind of event stands in front.
MORE_LISTS = ("muc", "chu-de", "chuyen-muc", "to-chuc", "the-loai")
EVERY = {**EVERYTHING, "the-loai": "Mọi thể loại"}
# What has no field: links set it, the form carries it along. A row of a table (`dong`) is not
# carried: another choice has other rows.
CARRIED = ("dinh-chinh", "sap-xep", "cot", "hang", "xep", "gon", "nhom")
# Shown by fields that everybody sees; the other conditions get a label to take off.
IN_FRONT = {"don-vi", "ky", "loai"}
# No committee's archive is older; an address may name any year.
OLDEST = 1990
# Cut-off days that a committee may have (`reports.periods.OWN_CUTOFF`), but for the decree's.
OTHER_DAYS = [day for day in range(1, 31) if day != 14]


def question_of(committee, today=None):
    """The query of “kỳ của đơn vị tôi”: the committee's unit, the month that is reported now."""
    today = today or timezone.localdate()
    if committee is None:
        return f"ky={today.year}"
    convention = convention_cut_on(committee.cutoff_day)
    month = month_with(today, convention)
    return f"don-vi={committee.unit_id}&ky={month.ky}&quy-uoc={convention.slug}"


def beside(period, step):
    """The period before (-1) or after (+1) a named one; None for free days and at the calendar's ends."""
    if not period.ky:
        return None
    year, part = int(period.ky[:4]), period.ky[5:]
    if part.startswith("Q"):
        year, number = divmod(year * 4 + int(part[1]) - 1 + step, 4)
        ky = f"{year}-Q{number + 1}"
    elif part.startswith("H"):
        year, number = divmod(year * 2 + int(part[1]) - 1 + step, 2)
        ky = f"{year}-H{number + 1}"
    elif part.isdigit():
        year, number = divmod(year * 12 + int(part) - 1 + step, 12)
        ky = f"{year}-{number + 1:02d}"
    else:
        ky = f"{year + step}{period.ky[4:]}"
    try:
        return Period.parse(ky, period.convention)
    except ValueError:
        return None


class Panel:
    """`action` is the address the form asks, `committee` the one in whose name it is asked."""

    # Where this choice is given a name; empty where nothing was chosen.
    keep_address = ""

    def __init__(self, selection, committee, action, today=None):
        self.selection = selection
        self.filters = selection.filters
        self.committee = committee
        self.action = action
        self.today = today or timezone.localdate(selection.now)

    @property
    def counting_rule(self):
        """How the reports of the page got their day."""
        if self.filters.wants_undated:
            return "Bài chưa rõ ngày diễn ra và chưa rõ ngày đăng, nên không thuộc kỳ nào."
        return COUNTING_RULE

    # --- units and persons ------------------------------------------------------------------------

    @property
    def units(self):
        """[(key, name, place and years)] of the chosen units."""
        return [(unit.pk, unit.name_on(), _place(unit)) for unit in self.filters.units]

    @property
    def typed_unit(self):
        """What was typed and is not understood so far."""
        return self.filters.unclear_unit

    @property
    def person(self):
        """(value, name) of the chosen author; None when nobody is chosen."""
        person = self.filters.chosen.get("tac-gia")
        return (self.filters.kept["tac-gia"], person.name) if person else None

    @property
    def typed_person(self):
        return "" if self.person else self.filters.data.get("tac-gia", "")

    @property
    def persons(self):
        """[(person, address)] between whom a typed name cannot decide."""
        return self.filters.persons

    # --- periods ----------------------------------------------------------------------------------

    @property
    def period(self):
        return self.selection.period

    @property
    def ky(self):
        return self.filters.kept.get("ky", "")

    @cached_property
    def convention(self):
        """The one that counts; where no period is chosen so far, the committee's own."""
        if "quy-uoc" in self.filters.chosen or self.ky or not self.committee:
            return self.filters.convention
        return convention_cut_on(self.committee.cutoff_day)

    @property
    def conventions(self):
        """[(slug, words)]: the committee's own first, then the common ones."""
        own = convention_cut_on(self.committee.cutoff_day) if self.committee else None
        first = [own] if own and own.slug != "lich" else []
        known = {one.slug: one for one in [*first, *CONVENTIONS.values()]}
        if self.convention.slug not in known and self.convention.cutoff_day not in OTHER_DAYS:
            known[self.convention.slug] = self.convention
        mine = own.slug if first else ""
        return [
            (slug, first_capital(one.label) + (" (đơn vị tôi)" if slug == mine else ""))
            for slug, one in known.items()
        ]

    @property
    def other_conventions(self):
        """[(slug, words)] of every other cut-off day."""
        known = {slug for slug, _ in self.conventions}
        days = map(convention_cut_on, OTHER_DAYS)
        return [(one.slug, f"Chốt ngày {one.cutoff_day}") for one in days if one.slug not in known]

    @cached_property
    def _first_year(self):
        dated = Report.objects.published(self.selection.now).dated().order_by("counting_on")
        first = dated.values_list("counting_on", flat=True).first()
        return max(first.year, OLDEST) if first else self.today.year

    @property
    def periods(self):
        """[(year, [(ky, words)])]: every year that holds a report, the latest first."""
        chosen = self.filters.chosen.get("ky")
        groups = period_choices(
            self.today,
            also=range(self._first_year, self.today.year),
            by_month=int(chosen.ky[:4]) if chosen else None,
        )
        if chosen and chosen.ky not in {ky for _, options in groups for ky, _ in options}:
            groups.insert(0, ("Đang chọn", [(chosen.ky, first_capital(chosen.label))]))
        return groups

    @property
    def quick(self):
        """[(words, address, is it this one)]: the month, quarter … that are being reported now."""
        convention = self.convention
        month = month_with(self.today, convention)
        year, number = map(int, month.ky.split("-"))
        halves = Period.half(year, 1, convention) if number <= 6 else None
        named = [
            month,
            Period.quarter(year, (number + 2) // 3, convention),
            halves or (Period.nine_months(year, convention) if number <= 9 else None),
            Period.year(year, convention),
        ]
        return [self._period_link(period) for period in named if period]

    @property
    def around(self):
        """The links (words, address, False) to the period before and the one after; either may be None."""
        chosen = None if self.filters.wants_undated else self.filters.chosen.get("ky")
        found = [chosen and beside(chosen, step) for step in (-1, 1)]
        return [period and self._period_link(period) for period in found]

    def _period_link(self, period):
        address = self.filters.address(
            *OF_DAYS,
            "chua-ro-ngay",
            "dong",
            "thang",
            **{"ky": period.ky, "quy-uoc": period.convention.slug},
        )
        return first_capital(period.label), address, period == self.period

    @property
    def own(self):
        """(words, address) of “kỳ của đơn vị tôi”."""
        if self.committee is None:
            return None
        name = self.committee.unit.name_on()
        return f"Kỳ này của {name}", f"?{question_of(self.committee, self.today)}"

    # --- lists and the rest -----------------------------------------------------------------------

    @property
    def kinds(self):
        return self._list("loai")

    @property
    def more_lists(self):
        return [each for each in map(self._list, MORE_LISTS) if each["options"]]

    @property
    def yes_no(self):
        return [
            self._list("co-anh", "Có hay không"),
            self._list("co-so-lieu", "Có hay không"),
        ]

    @property
    def roles(self):
        return self._list("vai-tro", "Mọi việc")

    def _list(self, name, everything=""):
        return {
            "name": name,
            "label": self.filters.filters[name].label,
            "everything": everything or EVERY[name],
            "options": [
                (value, first_capital(words)) for value, words in self.filters.choices_of(name)
            ],
            "chosen": self.filters.chosen.get(name, ""),
        }

    @property
    def shows_more(self):
        """Whether something behind "Thêm điều kiện" was typed and not understood."""
        return bool(set(self.filters.form.errors) - {"don-vi", "ky", "loai", "quy-uoc"})

    @property
    def labels(self):
        """[(words, address without it)] of the conditions that the front fields do not show."""
        return [
            (words, address)
            for name, words, address in self.filters.named_chips
            if name not in IN_FRONT
        ]

    @property
    def carried(self):
        return [(name, self.filters.kept[name]) for name in CARRIED if name in self.filters.kept]


def _place(unit):
    """`tỉnh An Giang`, `đến 30/6/2025`: tells homonyms apart on the label of a chosen unit."""
    place = unit.full_name_on().partition(", ")[2]
    return place or years_label(None, unit.valid_to)
