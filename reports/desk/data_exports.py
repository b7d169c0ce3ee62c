"""The chosen reports as CSV and JSON: the columns of the open data, and what only the desk asks for.

Streamed in chunks, so that memory does not grow with the file.
"""

from django.conf import settings

from portal.templatetags.vietnamese import first_capital
from reports.models import ContributionRole
from reports.open_data import COLUMNS, Column, csv_lines, in_chunks, json_lines
from reports.schema_org import absolute, local_iso
from units.naming import name_of

from .annex import views_of
from .exporting import facts_of, listed
from .places import Places


def csv_file(selection, number):
    """Text of the file, part by part. UTF-8 with a mark for Excel."""
    return csv_lines(_chunks(selection, number), {}, columns_for(selection))


def json_file(selection, number):
    """Text of the file, part by part: what was chosen, from which day to which, then the reports."""
    period = None if selection.filters.wants_undated else selection.period
    undated = selection.beside("ky", "tu", "den", **{"chua-ro-ngay": "1"})
    head = {
        "nguon": settings.SITE_NAME,
        "lap_luc": local_iso(selection.now),
        "ky": {
            "ten": first_capital(selection.period_words),
            "tu": period and period.start.isoformat(),
            "den": period and period.end.isoformat(),
            "cach_tinh": period and period.convention.slug,
        },
        "dieu_kien": [{"ten": label, "noi_dung": words} for label, words in facts_of(selection)],
        "tham_so": selection.filters.query(),
        "so_bai": number,
        "chua_ro_ngay": {
            "so_bai": selection.undated.count(),
            "tham_so": undated.filters.query(),
        },
    }
    return json_lines(_chunks(selection, number), head, columns_for(selection))


def _chunks(selection, number):
    """As many as were counted: what is published in between is not in this file."""
    return in_chunks(listed(selection).select_related("view_count"), number)


def columns_for(selection):
    """The open data's columns; then which row of the table a report stands in, and the rest."""
    places = Places.of(selection, selection.filters.chosen.get("hang", ""))

    def row_of(report):
        return places.row_on(report.unit_id, report.named_on)

    return (
        *COLUMNS,
        Column("dong_ma", "Mã của dòng trong bảng số liệu.", lambda r: row_of(r)[0]),
        Column("dong", "Tên của dòng ấy.", lambda r: name_of(row_of(r)[0])),
        Column("mot_phan", "1 khi chỉ một phần địa bàn thuộc dòng ấy.", lambda r: int(row_of(r)[1])),
        Column("chia_cho", "Các dòng mà địa bàn được chia về.",
               lambda r: "; ".join(name_of(key) for key in row_of(r)[2])),
        Column("su_kien_ma", "Mã số của sự kiện.", lambda r: r.event_id or ""),
        Column("su_kien_dia_chi", "Địa chỉ trang của sự kiện.",
               lambda r: absolute(r.event.get_absolute_url()) if r.event else ""),
        Column("bien_tap", "Tên người biên tập.", _names(ContributionRole.EDITOR)),
        Column("cung_cap_tin", "Tên người cung cấp tin.", _names(ContributionRole.INFORMANT)),
        Column("so_anh", "Số ảnh.", lambda r: len(r.photos.all())),
        Column("luot_xem", "Lượt xem đến lúc lập tệp.", views_of),
    )  # fmt: skip


def _names(role):
    return lambda report: "; ".join(each.printed_name for each in report.signed_by(role))
