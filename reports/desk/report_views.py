"""The report in party form: `xuat/bao-cao.docx`, `xuat/bao-cao.pdf`, and the sheet one prints.

The choice of reports, the subject, the number, the day and the length all stand in the address, the
same for the three. What was typed wrong is said beside its field, above the sheet.
"""

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from portal.limited import Refusal

from . import pdf as pdf_drawing
from .access import desk_page
from .exporting import DOCX, MOST_REPORTS, file_name, how_many, refused, too_many_words, written
from .outline import Outline
from .page import desk_render
from .selection import Selection
from .word import write_word
from .wording import letterhead_for, wording_of


@desk_page
@require_safe
def print_page(request):
    """`xuat/ban-in/`: a form for the report's own words, and the sheet as it is printed."""
    selection = Selection.of(request.GET)
    return _sheet(request, selection, wording_of(request.GET, selection))


@desk_page
@require_safe
def word(request):
    """Up to `exporting.MOST_REPORTS` reports; written piece by piece, so a long one needs no memory."""
    selection = Selection.of(request.GET)
    form = wording_of(request.GET, selection)
    if not form.is_valid():
        return _sheet(request, selection, form)
    if how_many(selection) > MOST_REPORTS:
        return refused(request, selection, "Word", too_many_words(), here="desk:print")
    outline = _outline(request, selection, form)
    name = file_name("bao-cao", selection, "docx")
    return written(lambda target: write_word(outline, target), name, DOCX)


@desk_page
@require_safe
def pdf(request):
    """Up to `pdf.MOST_REPORTS` reports; where it cannot be drawn, a page says why and what else."""
    selection = Selection.of(request.GET)
    form = wording_of(request.GET, selection)
    if not form.is_valid():
        return _sheet(request, selection, form)
    if how_many(selection) > pdf_drawing.MOST_REPORTS:
        return refused(request, selection, "PDF", too_many_for_paper(), here="desk:print")
    try:
        drawn = pdf_drawing.pdf_of(_outline(request, selection, form))
    except Refusal as refusal:
        words = f"{refusal} Tệp Word và trang in vẫn dùng được."
        return refused(request, selection, "PDF", words, here="desk:print")
    response = HttpResponse(drawn, content_type="application/pdf")
    name = file_name("bao-cao", selection, "pdf")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@desk_page
@require_safe
def paper(request):
    """`xuat/le-giay.css`: the margins of the committee's paper, which only a style sheet can say."""
    form = wording_of({}, Selection.of(""))
    form.is_valid()
    margins = letterhead_for(request.user, request.GET.get("ban", ""), form).margins
    return HttpResponse(pdf_drawing.page_rule(margins), content_type="text/css")


def too_many_for_paper():
    return too_many_words(pdf_drawing.MOST_REPORTS) + " Hoặc lấy tệp Word."


def _outline(request, selection, form):
    return Outline(
        selection,
        letterhead_for(request.user, request.GET.get("ban", ""), form),
        subject=form.cleaned_data["subject"],
        length=form.cleaned_data["length"] or form.fields["length"].choices[0][0],
    )


def _sheet(request, selection, form):
    """The form above the sheet; where a field is wrong or the sheet too long, without the sheet."""
    is_valid = form.is_valid()
    is_long = is_valid and how_many(selection) > pdf_drawing.MOST_REPORTS
    query = "&".join(filter(None, [selection.filters.query(), form.query, _committee(request)]))
    context = {
        "form": form,
        "too_long": too_many_for_paper() if is_long else "",
        "kept": selection.filters.kept,
        "ban": request.GET.get("ban", ""),
        "query": query,
    }
    if is_valid and not is_long:
        context |= pdf_drawing.on_sheet(_outline(request, selection, form))
    return desk_render(
        request,
        "desk/report_print.html",
        context,
        here="desk:print",
        selection=selection,
        status=200 if is_valid else 400,
    )


def _committee(request):
    return f"ban={chosen}" if (chosen := request.GET.get("ban", "")) else ""
