"""Open data: the list of `/tin/` as CSV and JSON, with the same parameters.

Rows are read in chunks, each beginning after the last row of the one before, so memory does not
grow with the file. A file holds at most `ROWS_PER_FILE` reports; its `Link` header (and `tiep` in
JSON) leads to the next.
"""

import csv
import json
from collections import namedtuple

from django.conf import settings
from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from portal.paging import after_mark, key_mark, rows_after
from portal.text import plain_text
from reports.filters import ReportFilter
from reports.models import ContributionRole, Report
from reports.schema_org import absolute, local_iso
from reports.spreadsheet import harmless
from units.area import successors_on
from units.naming import name_of

ROWS_PER_FILE = 10_000
CHUNK = 500
# What is withdrawn leaves shared caches within a minute.
KEPT_SECONDS = 60

# What hangs on a report and has a column.
RELATED = ("topics", "photos", "corrections", "contributions__person")

Column = namedtuple("Column", "name words value")


def _names(role):
    return lambda report: "; ".join(each.printed_name for each in report.signed_by(role))


def _of_event(name, otherwise=""):
    return lambda report: getattr(report.event, name) or otherwise if report.event else otherwise


def _reckoned_by(report):
    if not report.counting_on:
        return ""
    return "su-kien" if report.event and report.event.event_on else "dang"


COLUMNS = (
    Column("ma", "Mã số của bài, không đổi.", lambda r: r.pk),
    Column("dia_chi", "Địa chỉ trang của bài.", lambda r: absolute(r.get_absolute_url())),
    Column("tit", "Tít.", lambda r: r.title),
    Column("sapo", "Sapo (đoạn mở đầu).", lambda r: r.lead),
    Column("don_vi_ma", "Mã đơn vị đăng bài.", lambda r: r.unit_id),
    Column("don_vi", "Tên đầy đủ của đơn vị vào ngày ấy.", lambda r: r.unit_full_label),
    Column("don_vi_nay_ma", "Mã các đơn vị ngày nay ở địa bàn ấy, cách nhau dấu “; ”.",
           lambda r: "; ".join(_units_today(r.unit_id))),
    Column("don_vi_nay", "Tên các đơn vị ngày nay ấy.",
           lambda r: "; ".join(name_of(key) for key in _units_today(r.unit_id))),
    Column("chuyen_muc", "Chuyên mục.", lambda r: r.section.name if r.section else ""),
    Column("chu_de", "Các chủ đề.", lambda r: "; ".join(t.name for t in r.topics.all())),
    Column("the_loai", "Thể loại.", lambda r: r.get_genre_display()),
    Column("muc_bao_cao", "Mục trong báo cáo.", lambda r: r.heading),
    Column("to_chuc", "Tổ chức chủ trì.", lambda r: r.organisation.name if r.organisation else ""),
    Column("su_kien", "Tên sự kiện mà bài nói tới.", _of_event("name")),
    Column("su_kien_loai", "Loại sự kiện.",
           lambda r: r.event.get_kind_display() if r.event else ""),
    Column("ngay_dien_ra", "Ngày sự kiện diễn ra; trống là chưa rõ ngày.", _of_event("event_on")),
    Column("dien_ra_den", "Ngày cuối, khi sự kiện kéo dài nhiều ngày.", _of_event("ends_on")),
    Column("dang_luc", "Lúc đăng, giờ Việt Nam.", lambda r: local_iso(r.published_at)),
    Column("dang_luc_la_khoang", "1 khi lúc đăng chỉ là ước chừng, 0 khi biết chắc.",
           lambda r: int(r.published_is_estimate)),
    Column("ngay_tinh_ky", "Ngày dùng để tính bài vào kỳ; trống là chưa rõ ngày.",
           lambda r: r.counting_on or ""),
    Column("tinh_ky_theo", "“su-kien”: theo ngày diễn ra; “dang”: theo ngày đăng.", _reckoned_by),
    Column("noi_ve", "Kỳ mà bài nói về, như trang ghi.", lambda r: r.period_words),
    Column("noi_ve_tu", "Ngày đầu của kỳ ấy.", lambda r: r.period_start or ""),
    Column("noi_ve_den", "Ngày cuối của kỳ ấy.", lambda r: r.period_end or ""),
    Column("nguoi_viet", "Tên người viết như in dưới bài.", _names(ContributionRole.AUTHOR)),
    Column("nguoi_chup_anh", "Tên người chụp ảnh như in dưới bài.",
           _names(ContributionRole.PHOTOGRAPHER)),
    Column("co_quan", "Cơ quan ghi sau tên.", lambda r: r.byline_organisation),
    Column("nguon", "Nguồn, khi bài lấy từ nơi khác.", lambda r: r.source_name),
    Column("nguon_dia_chi", "Địa chỉ của nguồn.", lambda r: r.source_url),
    Column("anh", "Địa chỉ các ảnh của bài.",
           lambda r: "; ".join(absolute(photo.src) for photo in r.photos.all())),
    Column("so_dinh_chinh", "Số lần đính chính.", lambda r: len(r.corrections.all())),
)  # fmt: skip


@require_safe
def about_open_data(request):
    """`/du-lieu-mo/`: what there is, what each column means, how to ask."""
    context = {
        "here": "reports",
        "columns": [(column.name, column.words) for column in COLUMNS],
        "rows_per_file": ROWS_PER_FILE,
    }
    return render(request, "reports/open_data.html", context)


@require_safe
def reports_csv(request):
    """`/tin/du-lieu.csv`: UTF-8 with a mark for Excel, one line a report, newest first."""
    return _answer(request, "csv", "text/csv; charset=utf-8", csv_lines)


@require_safe
def reports_json(request):
    """`/tin/du-lieu.json`: the same rows as objects."""
    return _answer(request, "json", "application/json; charset=utf-8", json_lines)


def _answer(request, kind, content_type, lines):
    """The file, or 400 with one sentence for each thing not understood: half-filtered data misleads."""
    filters = ReportFilter(request.GET)
    faults = [*filters.notices]
    faults += [f"{unit.full_name_on()}: don-vi={unit.pk}" for unit, _ in filters.candidates]
    published = Report.objects.published(timezone.now())
    found = filters.narrow(published).newest_first()
    reports = after_mark(found, request.GET["moc"]) if request.GET.get("moc") else found
    if reports is None:
        faults.append("Không hiểu “moc”. Hãy đi theo liên kết “tiếp” của tệp trước.")
    if faults:
        text = "\n".join(["Không lập được tệp dữ liệu.", *faults, ""])
        return HttpResponse(text, content_type="text/plain; charset=utf-8", status=400)
    last = list(reports[ROWS_PER_FILE - 1 : ROWS_PER_FILE + 1])
    following = ""
    if len(last) == 2:
        query = filters.query(moc=key_mark(found, last[0]))
        following = absolute(f"{reverse(f'reports:{kind}')}?{query}")
    head = {"nguon": settings.SITE_NAME, "danh_sach": filters.title, "tiep": following or None}
    response = StreamingHttpResponse(
        lines(in_chunks(reports, ROWS_PER_FILE), head), content_type=content_type
    )
    response.headers["Content-Disposition"] = f'attachment; filename="tin-bai.{kind}"'
    response.headers["Cache-Control"] = f"public, max-age={KEPT_SECONDS}"
    if following:
        response.headers["Link"] = f'<{following}>; rel="next"'
    return response


def in_chunks(reports, most, *, related=RELATED, with_body=False):
    """The first `most` rows of an ordered queryset with all that `COLUMNS` need, a chunk at a time.

    Who needs less says which `related` rows; the text comes only `with_body`.
    """
    unneeded = ["event__folded", "event__attendees", "organisation__folded"]
    rows = (
        reports.select_related("section", "event", "organisation")
        .defer(*unneeded, *([] if with_body else ["body"]))
        .prefetch_related(*related)
    )
    left, chunk = most, None
    while left > 0:
        following = rows if chunk is None else rows_after(rows, chunk[-1])
        chunk = list(following[: min(CHUNK, left)])
        if chunk:
            yield chunk
        if len(chunk) < CHUNK:
            return
        left -= len(chunk)


def csv_lines(chunks, head, columns=COLUMNS):
    """Text of the file, part by part; a CSV has no place for its `head`."""
    writer = csv.writer(_Lines())
    yield "\ufeff" + writer.writerow([column.name for column in columns])
    for chunk in chunks:
        yield "".join(
            writer.writerow([harmless(str(column.value(report))) for column in columns])
            for report in chunk
        )


class _Lines:
    """A file for the writer that hands each line back."""

    def write(self, line):
        return line


def json_lines(chunks, head, columns=COLUMNS):
    """One object: what `head` says, then the reports as `bai`."""
    yield json.dumps(head, ensure_ascii=False)[:-1] + ', "bai": ['
    comma = ""
    for chunk in chunks:
        rows = [
            json.dumps(
                {column.name: _plain(column.value(report)) for column in columns},
                ensure_ascii=False,
            )
            for report in chunk
        ]
        yield comma + ",\n".join(rows)
        comma = ",\n"
    yield "]}\n"


def _plain(value):
    return value if isinstance(value, int) else plain_text(value)


def _units_today(key):
    """The keys of the units that stand where this one stood; itself while it exists."""
    return sorted(successors_on(key)) or [key]
