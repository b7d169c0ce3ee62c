"""Reports that tell numbers, and numbers somebody has confirmed."""

from datetime import date
from decimal import Decimal

from reports.desk.figures import found_in
from reports.desk.selection import Selection
from reports.desk.totals import totals
from tests.factories import EventFactory, FigureFactory, ReportFactory, UserFactory

AN_GIANG, THOAI_SON, TAY_PHU, NINH_BINH = "t2-91", "t2-30682", "t2-30691", "t2-37"
TO_CONFIRM = "/tong-hop/chi-tieu/xac-nhan/"
BODY = "<p>Bà con góp 312 ngày công và 2.811,7 triệu đồng. Xã giải quyết 08/24 đơn, 15 đơn đang chờ.</p>"


def told(unit=THOAI_SON, body=BODY, on=date(2026, 3, 9), **fields):
    fields.setdefault("event", EventFactory(event_on=on, unit_id=unit) if on else None)
    return ReportFactory(published=True, unit_id=unit, lead="", body=body, **fields)


def confirmed(report, value, indicator="suất quà", measure="suất", **fields):
    return FigureFactory(
        report=report,
        value=Decimal(value),
        indicator=indicator,
        unit_of_measure=measure,
        confirmed_by=UserFactory(),
        **fields,
    )


def rows(query=f"don-vi={AN_GIANG}"):
    return [
        (row.indicator, row.unit_of_measure, row.total, row.reports)
        for row in totals(Selection.of(query))
    ]


def proposed(report):
    return {one.found_as: one for one in found_in([report])[report.pk].proposals}
