"""What all files of the desk have in common: how they are called, how much one holds, what is said
instead of a file that cannot be made.
"""

import tempfile

from django.http import FileResponse
from django.utils import timezone

from portal.text import vietnamese_slug

from .page import desk_render

# More in one file nobody reads, and a web server gives a request half a minute.
MOST_REPORTS = 10_000
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def listed(selection):
    """The chosen reports in the order of their list, for files: all of them, whatever the order."""
    filters = selection.filters
    if filters.order == "xem-nhieu":
        # A list shows the most read of the newest only; a file would leave the others out.
        return filters.by_publication(selection.reports)
    return filters.in_order(selection.reports)


def listed_undated(selection):
    """The bucket beside the choice, newest first."""
    return selection.undated.gathered()


def how_many(selection):
    """Reports of a selection, counted no further than just above `MOST_REPORTS`."""
    return selection.reports.order_by()[: MOST_REPORTS + 1].count()


def too_many_words(most=MOST_REPORTS):
    return (
        f"Lựa chọn này có hơn {most:,} bài, một tệp không chứa hết.".replace(",", ".")
        + " Hãy chọn kỳ ngắn hơn hoặc ít đơn vị hơn."
    )


def facts_of(selection):
    """What a file prints about its choice: the facts, and what was typed but not understood."""
    return [*selection.facts, *left_out(selection.filters)]


def left_out(filters):
    """[(label, words)] of what was typed into an address and not understood.

    A file cannot ask which of several units of one name is meant: it says so.
    """
    unclear = filters.form.errors.get("don-vi", []) if filters.candidates else []
    return [("Không hiểu nên bỏ qua", words) for words in (*filters.notices, *unclear)]


def file_name(name, selection, extension):
    """`phu-luc_an-giang_2026-H1.xlsx`: the unit and the period as far as one word can say them."""
    units, period = selection.units, selection.period
    parts = [name]
    if len(units) == 1:
        parts.append(vietnamese_slug(units[0].name_on(), max_length=40))
    elif units:
        parts.append(f"{len(units)}-don-vi")
    if selection.filters.wants_undated:
        parts.append("chua-ro-ngay")
    elif period:
        parts.append(period.ky or f"{period.start.isoformat()}_{period.end.isoformat()}")
    else:
        parts.append(f"{timezone.localdate(selection.now).isoformat()}")
    return f"{'_'.join(parts)}.{extension}"


def written(write, name, content_type):
    """The answer that saves as `name` what `write(target)` puts into a file."""
    target = tempfile.TemporaryFile()  # noqa: SIM115 (the response closes it)
    try:
        write(target)
    except BaseException:
        target.close()
        raise
    return as_file(target, name, content_type)


def as_file(target, name, content_type):
    """A file that was written into `target`, from its beginning, to be saved as `name`."""
    target.seek(0)
    return FileResponse(target, as_attachment=True, filename=name, content_type=content_type)


def refused(request, selection, what, words, *, here):
    """The page that stands in for a file: why there is none, and the way back to the choice."""
    context = {"what": what, "words": words}
    return desk_render(
        request, "desk/no_file.html", context, here=here, selection=selection, status=400
    )
