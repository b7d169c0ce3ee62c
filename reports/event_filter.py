"""What a reader may choose in the addresses of `/su-kien/`, its calendar and its `.ics` file."""

from django.utils import timezone

from portal.templatetags.vietnamese import first_capital, in_sentence
from reports.address_filter import OF_DAYS, AddressFilter, Day, OfUnit, OneOf, Words, Yes
from reports.filter_form import ReportFilterForm
from reports.models import Event, EventKind

# The oldest year of the list of years: the registry of units begins there.
FIRST_YEAR = 2019
YEARS_BY_MONTH = 2


class EventFilter(AddressFilter):
    """Unit, kind and days. An event of several days is found by each of them."""

    parameters = {
        "unit": "don-vi",
        "kind": "loai",
        "period": "ky",
        "since": "tu",
        "until": "den",
        "undated": "chua-ro-ngay",
    }

    unit = OfUnit(method="by_unit", label="Đơn vị")
    kind = OneOf(field_name="kind", label="Loại sự kiện", choices=EventKind.choices)
    period = Words(method="by_period", label="Thời gian")
    since = Day(method="by_first_day", label="Từ ngày")
    until = Day(method="by_last_day", label="Đến ngày")
    undated = Yes(method="by_missing_day", label="Chưa rõ ngày")

    class Meta:
        model = Event
        fields = []
        form = ReportFilterForm

    def narrow(self, events):
        """All that was understood; who asks for the undated cannot choose days as well."""
        return self.narrowed_but_for(OF_DAYS if self.wants_undated else (), events)

    def whatever_day(self, events):
        """All but the choice of days: what a calendar with days of its own shows."""
        return self.narrowed_but_for((*OF_DAYS, "chua-ro-ngay"), events)

    def by_unit(self, events, _, value):
        return events.in_unit(value)

    def by_period(self, events, _, value):
        return events.touching(value.start, value.end)

    def by_first_day(self, events, _, value):
        return events.touching(value, None)

    def by_last_day(self, events, _, value):
        return events.touching(None, value)

    def by_missing_day(self, events, _, value):
        return events.undated()

    # --- what the page says about it ------------------------------------------------------------

    @property
    def address_of_undated(self):
        return self.address(*OF_DAYS, **{"chua-ro-ngay": "1"})

    @property
    def query_of_calendar(self):
        """The conditions a calendar keeps: it has days of its own."""
        return self.query(*OF_DAYS, "chua-ro-ngay")

    @property
    def title(self):
        return f"Sự kiện ở {in_sentence(self.unit.name_on())}" if self.unit else "Sự kiện"

    # --- what the form shows ----------------------------------------------------------------------

    @property
    def kinds(self):
        return EventKind.choices

    @property
    def chosen_kind(self):
        return self.chosen.get("loai", "")

    @property
    def shown_unit(self):
        """What stands in the field: the unit's whole name, else what was typed."""
        return self.unit.full_name_on() if self.unit else self.data.get("don-vi", "")

    @property
    def chosen_period(self):
        return self.kept.get("ky", "")

    @property
    def periods(self):
        """[(group, [(ky, label), …])]; a period that only the address knows stands first."""
        this_year = timezone.localdate().year
        groups = [
            (
                f"Năm {year}",
                [(f"{year}", f"Cả năm {year}")]
                + [(f"{year}-{month:02d}", f"Tháng {month}/{year}") for month in range(1, 13)],
            )
            for year in range(this_year, this_year - YEARS_BY_MONTH, -1)
        ]
        earlier = range(this_year - YEARS_BY_MONTH, FIRST_YEAR - 1, -1)
        groups.append(("Trước đó", [(f"{year}", f"Cả năm {year}") for year in earlier]))
        chosen = self.chosen.get("ky")
        if chosen and chosen.ky not in {ky for _, options in groups for ky, _ in options}:
            groups.insert(0, ("Đang chọn", [(chosen.ky, first_capital(chosen.label))]))
        return groups

    @property
    def hidden(self):
        """Days that only a link sets; the form keeps them."""
        return [(name, self.kept[name]) for name in ("tu", "den") if name in self.kept]

    def plain(self, name, value):
        return value.ky if name == "ky" else super().plain(name, value)

    def words_of(self, name, value):
        if name == "ky":
            return first_capital(value.label)
        if name in ("tu", "den"):
            return f"{self.filters[name].label} {value:%d/%m/%Y}"
        return super().words_of(name, value)
