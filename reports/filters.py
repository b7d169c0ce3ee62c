"""What a reader may choose in the addresses of `/tin/` and `/su-kien/`.

The parameters are contracts (bookmarks and colleagues' mails rely on them), so they are Vietnamese.
"""

from django.core.cache import cache
from django.db.models import CharField, F, IntegerField, Value

from portal.templatetags.vietnamese import first_capital, in_sentence
from portal.text import sort_key
from reports.address_filter import AddressFilter, Day, OfPerson, OfUnit, OneOf, Words, Yes
from reports.filter_form import ReportFilterForm, period_choices
from reports.models import (
    Event,
    EventKind,
    Organisation,
    Report,
    ReportHeading,
    Section,
    Topic,
)
from reports.periods import CONVENTIONS

# These choose by `counting_on`; a report without that day is in the undated bucket instead.
OF_DAYS = ("ky", "tu", "den")
SHELVES_SECONDS = 60
EVERYTHING = {
    "chuyen-muc": "Mọi chuyên mục",
    "loai": "Mọi loại sự kiện",
    "to-chuc": "Mọi tổ chức",
    "chu-de": "Mọi chủ đề",
    "muc": "Mọi mục báo cáo",
}


class ReportFilter(AddressFilter):
    parameters = {
        "words": "q",
        "unit": "don-vi",
        "former_area": "don-vi-cu",
        "section": "chuyen-muc",
        "event_kind": "loai",
        "organisation": "to-chuc",
        "topic": "chu-de",
        "heading": "muc",
        "period": "ky",
        "convention": "quy-uoc",
        "since": "tu",
        "until": "den",
        "undated": "chua-ro-ngay",
        "person": "tac-gia",
        "corrected": "dinh-chinh",
    }
    companions = {"don-vi": ("don-vi-cu",), "ky": ("quy-uoc",)}

    words = Words(method="by_words", label="Từ khóa")
    unit = OfUnit(method="by_unit", label="Đơn vị")
    former_area = Yes(method="as_read_elsewhere", label="Cả đơn vị cũ nay thuộc nơi này")
    section = OneOf(field_name="section__slug", label="Chuyên mục")
    event_kind = OneOf(field_name="event__kind", label="Loại sự kiện", choices=EventKind.choices)
    organisation = OneOf(field_name="organisation__slug", label="Tổ chức")
    topic = OneOf(field_name="topics__slug", label="Chủ đề")
    heading = OneOf(field_name="heading", label="Mục báo cáo", choices=ReportHeading.choices)
    period = Words(method="by_period", label="Kỳ")
    convention = OneOf(
        method="as_read_elsewhere",
        label="Cách tính kỳ",
        choices=[(one.slug, first_capital(one.label)) for one in CONVENTIONS.values()],
    )
    since = Day(field_name="counting_on", lookup_expr="gte", label="Từ ngày")
    until = Day(field_name="counting_on", lookup_expr="lte", label="Đến ngày")
    undated = Yes(method="by_missing_day", label="Chưa rõ ngày")
    person = OfPerson(method="by_person", label="Tác giả")
    corrected = Yes(method="by_correction", label="Có đính chính")

    class Meta:
        model = Report
        fields = []
        form = ReportFilterForm

    def listed(self):
        return shelves()

    def narrow(self, reports):
        """All that was understood; who asks for the undated cannot choose days as well."""
        return self.narrowed_but_for(OF_DAYS if self.wants_undated else (), reports)

    def undated_beside(self, reports):
        """What a choice of days can never find: the undated reports that meet all the rest."""
        return self.narrowed_but_for(OF_DAYS, reports).undated()

    def by_words(self, reports, _, value):
        return reports.matching(value)

    def by_unit(self, reports, _, value):
        return reports.in_area_of(value) if self.chosen.get("don-vi-cu") else reports.in_unit(value)

    def by_period(self, reports, _, value):
        return reports.in_period(value)

    def by_missing_day(self, reports, _, value):
        return reports.undated()

    def by_person(self, reports, _, value):
        return reports.of_person(value)

    def by_correction(self, reports, _, value):
        return reports.corrected()

    # --- what the page says about it ------------------------------------------------------------

    @property
    def wants_undated(self):
        return bool(self.chosen.get("chua-ro-ngay"))

    @property
    def chooses_days(self):
        return not self.wants_undated and any(self.chosen.get(name) for name in OF_DAYS)

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
    def address_of_undated(self):
        return self.address(*OF_DAYS, **{"chua-ro-ngay": "1"})

    @property
    def address_of_former_area(self):
        return self.address(**{"don-vi-cu": "1"})

    @property
    def period_groups(self):
        """The periods to choose from; one that only the address knows stands first."""
        groups = period_choices()
        chosen = self.chosen.get("ky")
        if chosen and chosen.ky not in {ky for _, options in groups for ky, _ in options}:
            groups.insert(0, ("Đang chọn", [(chosen.ky, first_capital(chosen.label))]))
        return groups

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
    def lists(self):
        """[(parameter, label, words for "all", choices, chosen)] of the fields that are lists."""
        return [
            (
                name,
                self.filters[name].label,
                words,
                [choice for choice in self.form.fields[name].choices if choice[0]],
                self.chosen.get(name, ""),
            )
            for name, words in EVERYTHING.items()
        ]

    @property
    def hidden(self):
        """Conditions without a field of their own: only a link sets them, the form keeps them."""
        return [(name, self.kept[name]) for name in ("tac-gia", "dinh-chinh") if name in self.kept]

    def plain(self, name, value):
        if name == "tac-gia":
            return f"{value.slug}-{value.pk}"
        if name == "ky":
            return value.ky
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


class EventFilter(AddressFilter):
    parameters = {"unit": "don-vi", "kind": "loai"}

    unit = OfUnit(method="by_unit", label="Đơn vị")
    kind = OneOf(field_name="kind", label="Loại sự kiện", choices=EventKind.choices)

    class Meta:
        model = Event
        fields = []

    def by_unit(self, events, _, value):
        return events.in_unit(value)

    @property
    def kinds(self):
        return EventKind.choices

    @property
    def chosen_kind(self):
        return self.chosen.get("loai", "")

    @property
    def title(self):
        return f"Sự kiện ở {in_sentence(self.unit.name_on())}" if self.unit else "Sự kiện"


def shelves():
    """{parameter: [(slug, name)]} of sections, topics and organisations, in one statement.

    Kept for a minute: names change a few times a year, and every list shows them.
    """
    found = cache.get("reports.shelves")
    if found is None:
        rows = _shelf("chuyen-muc", Section, "order").union(
            _shelf("chu-de", Topic, "order"),
            _shelf("to-chuc", Organisation, Value(0, IntegerField())),
            all=True,
        )
        found = {"chuyen-muc": [], "chu-de": [], "to-chuc": []}
        for row in sorted(rows, key=lambda row: (row["place"], sort_key(row["name"]))):
            found[row["parameter"]].append((row["slug"], row["name"]))
        cache.set("reports.shelves", found, SHELVES_SECONDS)
    return found


def _shelf(parameter, model, place):
    place = F(place) if isinstance(place, str) else place
    return model.objects.annotate(parameter=Value(parameter, CharField()), place=place).values(
        "parameter", "place", "slug", "name"
    )
