"""What a reader may choose in the addresses of `/tin/`.

The parameters are contracts (bookmarks and colleagues' mails rely on them), so they are Vietnamese.
"""

from datetime import timedelta
from functools import cached_property

from django.db.models.functions import Coalesce
from django.utils import timezone

from portal.paging import COUNT_CAP
from portal.templatetags.vietnamese import first_capital
from reports.address_filter import (
    OF_DAYS,
    UNSORTED,
    Day,
    OfPerson,
    OfUnit,
    OneOf,
    Words,
    Yes,
)
from reports.filter_form import ReportFilterForm
from reports.filter_words import NOTHING, ORDERS, FilterWords
from reports.models import EventKind, Report, ReportHeading
from reports.periods import CONVENTIONS
from reports.search.finding import condition
from reports.shelves import shelves

# A choice of days that is wide and reaches to today is found near the top of all reports.
WIDE = timedelta(days=92)


class ReportFilter(FilterWords):
    """The conditions; what a page says about them is in `FilterWords`."""

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
        "sorting": "sap-xep",
    }
    companions = {"don-vi": ("don-vi-cu",), "ky": ("quy-uoc",)}
    silent = ("sap-xep",)

    words = Words(method="by_words", label="Từ khóa")
    unit = OfUnit(method="by_unit", label="Đơn vị")
    former_area = Yes(method="as_read_elsewhere", label="Cả đơn vị cũ nay thuộc nơi này")
    section = OneOf(
        field_name="section__slug", label="Chuyên mục", unsorted={"section__isnull": True}
    )
    event_kind = OneOf(
        field_name="event__kind",
        label="Loại sự kiện",
        choices=[*EventKind.choices, (UNSORTED, NOTHING["loai"])],
        unsorted={"event__isnull": True},
    )
    organisation = OneOf(
        field_name="organisation__slug", label="Tổ chức", unsorted={"organisation__isnull": True}
    )
    topic = OneOf(field_name="topics__slug", label="Chủ đề", unsorted={"topics__isnull": True})
    heading = OneOf(
        field_name="heading",
        label="Mục báo cáo",
        choices=[*ReportHeading.choices, (UNSORTED, NOTHING["muc"])],
        unsorted={"heading": ""},
    )
    period = Words(method="by_period", label="Kỳ")
    convention = OneOf(
        method="as_read_elsewhere",
        label="Cách tính kỳ",
        choices=[(one.slug, first_capital(one.label)) for one in CONVENTIONS.values()],
    )
    since = Day(method="by_first_day", label="Từ ngày")
    until = Day(method="by_last_day", label="Đến ngày")
    undated = Yes(method="by_missing_day", label="Chưa rõ ngày")
    person = OfPerson(method="by_person", label="Tác giả")
    corrected = Yes(method="by_correction", label="Có đính chính")
    sorting = OneOf(method="as_read_elsewhere", label="Sắp xếp", choices=list(ORDERS.items()))

    class Meta:
        model = Report
        fields = []
        form = ReportFilterForm

    def listed(self):
        return {
            name: [*choices, (UNSORTED, NOTHING[name])]
            for name, choices in shelves().items()
            if choices
        }

    def narrow(self, reports):
        """All that was understood; who asks for the undated cannot choose days as well."""
        return self.narrow_but_for((), reports)

    def narrow_but_for(self, parameters, reports):
        """`narrow` as if some parameters had not been chosen: what a facet is counted in."""
        skipped = set(parameters) | set(OF_DAYS if self.wants_undated else ())
        reports = self.narrowed_but_for(skipped, reports)
        # What has no day cannot be put in its order; the list says how many that are.
        if self.order == "ngay-dien-ra" and not set(OF_DAYS) & set(parameters):
            reports = reports.dated()
        return reports

    def in_order(self, reports):
        """`reports`, narrowed before, in the order that was chosen; unique by its columns."""
        if self.order == "ngay-dien-ra":
            return reports.latest_held_first()
        if self.order == "xem-nhieu":
            # Of a million reports the most read are not asked for; of the newest they are.
            newest = self.by_publication(reports).values("pk")[:COUNT_CAP]
            most = Report.objects.filter(pk__in=newest)
            return most.annotate(views=Coalesce("view_count__count", 0)).order_by("-views", "-pk")
        return self.by_publication(reports, oldest=self.order == "cu")

    def by_publication(self, reports, *, oldest=False):
        """`reports`, narrowed before, newest (or oldest) first."""
        if self.wants_undated or (self.chooses_days and not self._reaches_to_today):
            return reports.gathered(oldest=oldest)
        return reports.oldest_first() if oldest else reports.newest_first()

    @property
    def order(self):
        """One of `ORDERS`; the undated have no day to be ordered by."""
        order = self.chosen.get("sap-xep", "moi")
        return "moi" if order == "ngay-dien-ra" and self.wants_undated else order

    @property
    def _reaches_to_today(self):
        period, today = self.chosen.get("ky"), timezone.localdate()
        since = max(
            (day for day in (period and period.start, self.chosen.get("tu")) if day), default=None
        )
        until = min(
            (day for day in (period and period.end, self.chosen.get("den")) if day), default=None
        )
        return (not until or until >= today) and (not since or today - since >= WIDE)

    def undated_beside(self, reports):
        """What a choice of days can never find: the undated reports that meet all the rest."""
        return self.narrow_but_for(OF_DAYS, reports).undated()

    def by_words(self, reports, _, value):
        # The index is asked once; a list with its numbers beside the choices narrows many times.
        if value not in self._holding:
            self._holding[value] = condition(value)
        return reports.filter(self._holding[value])

    @cached_property
    def _holding(self):
        return {}

    def by_unit(self, reports, _, value):
        return reports.in_area_of(value) if self.chosen.get("don-vi-cu") else reports.in_unit(value)

    def by_period(self, reports, _, value):
        return reports.in_period(value)

    def by_first_day(self, reports, _, value):
        return reports.counting_between(value, None)

    def by_last_day(self, reports, _, value):
        return reports.counting_between(None, value)

    def by_missing_day(self, reports, _, value):
        return reports.undated()

    def by_person(self, reports, _, value):
        return reports.of_person(value)

    def by_correction(self, reports, _, value):
        return reports.corrected()

    @property
    def leaves_out_undated(self):
        """Whether the list holds only reports with a day, by choice or by its order."""
        return self.chooses_days or self.order == "ngay-dien-ra"
