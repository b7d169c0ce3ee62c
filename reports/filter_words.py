"""What a page says about a choice of reports, and what its form shows."""

from django.urls import reverse

from portal.templatetags.vietnamese import first_capital, in_sentence
from reports.address_filter import UNSORTED, AddressFilter
from reports.facets import DAYS, UNITS_SHOWN, Facets
from reports.filter_form import period_choices
from reports.periods import CONVENTIONS, Period

EVERYTHING = {
    "chuyen-muc": "Mọi chuyên mục",
    "loai": "Mọi loại sự kiện",
    "to-chuc": "Mọi tổ chức",
    "chu-de": "Mọi chủ đề",
    "muc": "Mọi mục báo cáo",
}
# The words for what has nothing of the kind.
NOTHING = {
    "chuyen-muc": "chưa có chuyên mục",
    "loai": "không gắn với sự kiện",
    "to-chuc": "chưa ghi tổ chức",
    "chu-de": "chưa có chủ đề",
    "muc": "chưa xếp mục báo cáo",
}
ORDERS = {
    "moi": "mới đăng",
    "cu": "cũ trước",
    "ngay-dien-ra": "ngày diễn ra",
    "xem-nhieu": "xem nhiều",
}
FOR_INDEXES = {"don-vi", "chuyen-muc", "loai", "to-chuc", "chu-de", "muc"}


class FilterWords(AddressFilter):
    """The half of `ReportFilter` that is for the eye. It narrows nothing."""

    # Numbers beside the choices; nothing is counted until a list asks for it.
    facets = Facets()

    @property
    def reporting_period(self):
        return None if self.wants_undated else self.chosen.get("ky")

    @property
    def title(self):
        """The heading of the list: whose reports these are."""
        if self.unit:
            return f"Tin bài của {in_sentence(self.unit.name_on())}"
        if person := self.chosen.get("tac-gia"):
            return f"Tin bài của {person.name}"
        if self.chosen.get("dinh-chinh"):
            return "Bài có đính chính"
        return "Tin bài"

    @property
    def canonical(self):
        """The path under which indexes know this list: a section or topic has a page of its own."""
        own_page = {"chuyen-muc": "reports:section", "chu-de": "reports:topic"}
        name, value = next(iter(self.kept.items()), ("", ""))
        if len(self.kept) == 1 and name in own_page and value != UNSORTED:
            return reverse(own_page[name], args=[value])
        return reverse("reports:list") + (self.address() if self.kept else "")

    @property
    def is_for_indexes(self):
        """One plain condition at most: the other combinations are endless and say nothing new."""
        return len(self.kept) <= 1 and set(self.kept) <= FOR_INDEXES and not self.form.errors

    @property
    def units_within(self):
        """[(name, address, number)] of the units in a chosen unit that reported most."""
        units = self.facets.units if self.unit else []
        return (
            [
                (name, self.address(**{"don-vi": key}), number)
                for key, name, number in units[:UNITS_SHOWN]
            ]
            if len(units) > 1
            else []
        )

    @property
    def units_beyond(self):
        return max(0, len(self.facets.units) - UNITS_SHOWN)

    @property
    def ways_out(self):
        """[(words, address, number)] of the single conditions without which there are reports."""
        return [
            (words, address, number)
            for name, words, address in self.named_chips
            if (number := self.facets.total("ngay" if name in DAYS else name))
        ]

    @property
    def address_of_undated(self):
        return self.address(*DAYS, "sap-xep", **{"chua-ro-ngay": "1"})

    @property
    def orders(self):
        """[(words, address, is it this one)] of all orders."""
        return [
            (
                first_capital(words),
                self.address("sap-xep", **({} if order == "moi" else {"sap-xep": order})),
                order == self.order,
            )
            for order, words in ORDERS.items()
        ]

    @property
    def address_of_former_area(self):
        return self.address(**{"don-vi-cu": "1"})

    # --- what the form shows ------------------------------------------------------------------------

    @property
    def shown(self):
        """What stands in the fields: what was understood in its plainest words, else as typed."""
        unit = self.unit
        day = "{:%d/%m/%Y}".format
        return {
            "q": self.chosen.get("q", ""),
            "unit": unit.full_name_on() if unit else self.data.get("don-vi", ""),
            "former_area": bool(self.chosen.get("don-vi-cu")),
            "ky": self.kept.get("ky", ""),
            "convention": self.chosen.get("quy-uoc", ""),
            "since": day(self.chosen["tu"]) if self.chosen.get("tu") else self.data.get("tu", ""),
            "until": day(self.chosen["den"])
            if self.chosen.get("den")
            else self.data.get("den", ""),
        }

    @property
    def conventions(self):
        return self.form.fields["quy-uoc"].choices

    @property
    def period_groups(self):
        """[(year, [(ky, words, number)])] to choose from; what only the address knows stands first.

        The years are the last four and all that hold a report; months only of the years near now
        and of the chosen one, for a list of eighty months is no choice.
        """
        chosen = self.chosen.get("ky")
        convention = (
            chosen.convention if chosen else CONVENTIONS.get(self.kept.get("quy-uoc", "lich"))
        )
        groups = [
            (
                heading,
                [
                    (ky, words, self.facets.of_period(Period.parse(ky, convention)))
                    for ky, words in options
                ],
            )
            for heading, options in period_choices(
                also=self.facets.years, by_month=int(chosen.ky[:4]) if chosen else None
            )
        ]
        if chosen and chosen.ky not in {ky for _, options in groups for ky, _, _ in options}:
            number = self.facets.of_period(chosen)
            groups.insert(0, ("Đang chọn", [(chosen.ky, first_capital(chosen.label), number)]))
        return groups

    @property
    def main_lists(self):
        """The lists that stand in the form at once, as dictionaries for their component."""
        return [self._list(name) for name in ("chuyen-muc", "loai", "chu-de")]

    @property
    def more_lists(self):
        """Those that the staff ask for, behind "Thêm điều kiện"."""
        return [self._list(name) for name in ("to-chuc", "muc")]

    @property
    def uses_more_fields(self):
        """Whether something behind "Thêm điều kiện" is chosen, or was meant to be."""
        named = {"tu", "den", "quy-uoc", "chua-ro-ngay", "to-chuc", "muc"}
        return not named.isdisjoint(self.data)

    def _list(self, name):
        choices = [choice for choice in self.form.fields[name].choices if choice[0]]
        return {
            "name": name,
            "label": self.filters[name].label,
            "everything": EVERYTHING[name],
            "total": self.facets.total(name),
            "options": [(value, words, self.facets.of(name, value)) for value, words in choices],
            "chosen": self.chosen.get(name, ""),
        }

    @property
    def hidden(self):
        """Conditions without a field of their own: only a link sets them, the form keeps them."""
        return [
            (name, self.kept[name])
            for name in ("tac-gia", "dinh-chinh", "sap-xep")
            if name in self.kept
        ]

    def plain(self, name, value):
        if name == "tac-gia":
            return f"{value.slug}-{value.pk}"
        if name == "ky":
            return value.ky
        if name == "sap-xep" and value == "moi":
            return ""
        return super().plain(name, value)

    def words_of(self, name, value):
        if name == "q":
            return f"“{value}”"
        if name == "tac-gia":
            return value.name
        if name == "don-vi" and self.chosen.get("don-vi-cu"):
            return f"{value.name_on()}, cả đơn vị cũ"
        if name == "ky":
            return f"{first_capital(value.label)} ({value.days_label})"
        if name in ("tu", "den"):
            return f"{self.filters[name].label} {value:%d/%m/%Y}"
        return super().words_of(name, value)
