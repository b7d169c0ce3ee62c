"""`/tong-hop/xuat/…`: the choice of reports as files for other programs – Excel, CSV, JSON, photos."""

from functools import partial

from django.http import HttpResponse, StreamingHttpResponse
from django.views.decorators.http import require_safe

from .access import desk_page
from .annex import write_annex
from .data_exports import csv_file, json_file
from .exporting import (
    MOST_REPORTS,
    XLSX,
    file_name,
    how_many,
    refused,
    too_many_words,
    written,
)
from .photo_zip import TooMuch, photo_zip
from .selection import Selection
from .wording import FULL


@desk_page
@require_safe
def excel(request):
    """`xuat/phu-luc.xlsx`: the annex; `dai=day-du` adds the whole texts."""
    selection = Selection.of(request.GET)
    if how_many(selection) > MOST_REPORTS:
        return refused(request, selection, "Excel", too_many_words(), here="desk:table")
    write = partial(
        write_annex,
        selection=selection,
        columns=selection.filters.chosen.get("cot", ""),
        full_text=request.GET.get("dai") == FULL,
    )
    return written(write, file_name("phu-luc", selection, "xlsx"), XLSX)


@desk_page
@require_safe
def as_csv(request):
    """`xuat/du-lieu.csv`: one line a report, with the row of the table in which it stands."""
    return _data(request, "csv", "text/csv; charset=utf-8", csv_file)


@desk_page
@require_safe
def as_json(request):
    """`xuat/du-lieu.json`: the same as objects, after what was chosen and how it was counted."""
    return _data(request, "json", "application/json; charset=utf-8", json_file)


def _data(request, extension, content_type, lines):
    """The file, or 400 with a sentence for each thing not understood: a CSV has no place to say it."""
    selection = Selection.of(request.GET)
    faults = [*selection.filters.notices]
    faults += [
        f"{unit.full_name_on()}: don-vi={unit.pk}" for unit, _ in selection.filters.candidates
    ]
    number = how_many(selection)
    if number > MOST_REPORTS:
        faults.append(too_many_words())
    if faults:
        text = "\n".join(["Không lập được tệp dữ liệu.", *faults, ""])
        return HttpResponse(text, content_type="text/plain; charset=utf-8", status=400)
    response = StreamingHttpResponse(lines(selection, number), content_type=content_type)
    name = file_name("du-lieu", selection, extension)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@desk_page
@require_safe
def photos(request):
    """`xuat/anh.zip`: the originals with a list of who took what, sent while it is being made."""
    selection = Selection.of(request.GET)
    try:
        parts = photo_zip(selection)
    except TooMuch as refusal:
        return refused(request, selection, "tệp ảnh", str(refusal), here="desk:list")
    response = StreamingHttpResponse(parts, content_type="application/zip")
    name = file_name("anh", selection, "zip")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
