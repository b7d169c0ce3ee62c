"""`/tong-hop/hoi-nghi/`: what the chosen units held, on the page and as files."""

from functools import partial

from django.urls import reverse
from django.views.decorators.http import require_safe

from .access import desk_page
from .conference_files import LEFT_OUT, write_excel, write_word
from .conferences import Conferences, in_words
from .exporting import DOCX, XLSX, file_name, refused, written
from .page import desk_render
from .selection import Selection

EVENTS_PER_PAGE = 100
# With `tat-ca=1`, for the printer.
MOST_AT_ONCE = 1_000
UNDATED_SHOWN = 200
MOST_IN_EXCEL = 10_000
MOST_IN_WORD = 3_000


@desk_page
@require_safe
def conferences(request):
    """The list by day with what nobody has written about, the numbers by kind, what has no day."""
    selection = Selection.of(request.GET)
    found = Conferences(selection)
    size = MOST_AT_ONCE if request.GET.get("tat-ca") == "1" else EVENTS_PER_PAGE
    query = found.selection.filters.query()
    page = found.page(request.GET.get("trang"), size)
    undated, undated_number = found.undated_page(UNDATED_SHOWN)
    for event in page:
        in_words(event)
    context = {
        "conferences": found,
        "page": page,
        "page_query": f"{query}&tat-ca=1" if size == MOST_AT_ONCE else query,
        "exports": [
            ("Excel", f"{reverse('desk:conferences-excel')}?{query}"),
            ("Word", f"{reverse('desk:conferences-word')}?{query}"),
            *([] if page.is_only_page else [("Cả danh sách để in", f"?{query}&tat-ca=1")]),
        ],
        "left_out": LEFT_OUT,
        "undated": [in_words(event) for event in undated],
        "undated_number": undated_number,
        "undated_shown": UNDATED_SHOWN,
    }
    return desk_render(
        request,
        "desk/conferences.html",
        context,
        here="desk:conferences",
        selection=found.selection,
    )


@desk_page
@require_safe
def conferences_excel(request):
    return _file(request, "Excel", MOST_IN_EXCEL, write_excel, "xlsx", XLSX)


@desk_page
@require_safe
def conferences_word(request):
    return _file(request, "Word", MOST_IN_WORD, write_word, "docx", DOCX)


def _file(request, what, most, write, extension, content_type):
    found = Conferences(Selection.of(request.GET))
    number = max(found.total, found.undated.count())
    if number > most:
        words = (
            f"Có {number} hội nghị, một tệp {what} chứa nhiều nhất {most}. Hãy chọn kỳ ngắn hơn."
        )
        return refused(request, found.selection, what, words, here="desk:conferences")
    name = file_name("hoi-nghi", found.selection, extension)
    return written(partial(write, conferences=found), name, content_type)
