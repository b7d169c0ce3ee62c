"""`/tim-kiem/`: what bears the typed name at once, then the reports with the words, best first.

Understands every parameter of the list (`ReportFilter`), so a search can be narrowed by unit,
period or section, and the same conditions lead to the list, newest first.
"""

from dataclasses import dataclass

from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from portal.paging import Page, page_number
from portal.search_reasons import reasons_for
from portal.text import sort_key
from portal.tokens import word_forms
from reports.filters import ReportFilter
from reports.models import Person, Report, Section, Topic
from reports.search.finding import CAP, Ranked, counts
from reports.search.index import blocks_of
from reports.search.query import Query
from reports.shelves import shelves
from units import registry
from units.area import successors_on
from units.models import Unit
from units.names import in_sentence
from units.near import name_within, near_names

RESULTS_PER_PAGE = 10
MOST_UNITS = 6
MOST_PEOPLE = 5
MOST_SHELVES = 4
SHELVES = (("chuyen-muc", "Chuyên mục", Section), ("chu-de", "Chủ đề", Topic))
# These narrow through the search index itself, or mean nothing here.
NOT_CONDITIONS = ("q", "don-vi", "don-vi-cu", "quy-uoc", "sap-xep")


class Results(Page):
    """A page of ranked results; their number ends at `CAP`, and so do the pages."""

    @property
    def is_capped(self):
        return self.total > CAP

    @property
    def total_shown(self):
        return min(self.total, CAP)


@dataclass(frozen=True)
class Hit:
    """A report as a result: its title and the best place of its text, with the words marked.

    `reasons` say what else brought it here, where title, place and text do not.
    """

    report: Report
    title: str
    place: str
    snippet: str
    reasons: list


@require_safe
def search(request):
    filters = ReportFilter(request.GET)
    query = Query(filters.chosen.get("q", ""))
    now = timezone.now()
    kept = [(name, value) for name, value in filters.kept.items() if name != "q"]
    context = {"here": "search", "filters": filters, "q": query.text, "kept": kept}
    if not query:
        context["sections"] = [
            (Section(slug=slug).get_absolute_url(), name) for slug, name in shelves()["chuyen-muc"]
        ]
        return render(request, "portal/search.html", context)
    page = _page(query, filters, now, page_number(request.GET.get("trang")) or 1)
    context |= {"page": page, "hits": page.rows}
    if page.number == 1 and list(filters.chosen) == ["q"]:
        context |= _of_this_name(query, page.total, now)
    if not page.total:
        context["words"] = _words_one_by_one(query, filters, now)
        if any(term.is_phrase for term in query.terms):
            context["unquoted"] = filters.address(q=" ".join(t.typed for t in query.terms))
    return render(request, "portal/search.html", context)


def _page(query, filters, now, number):
    """The wanted page of the results; the last one when there are fewer."""
    ranked = _ranked(query, filters, now)
    number = min(number, -(-CAP // RESULTS_PER_PAGE))
    keys, total = ranked.page((number - 1) * RESULTS_PER_PAGE, RESULTS_PER_PAGE)
    last = max(1, -(-min(total, CAP) // RESULTS_PER_PAGE))
    if total and number > last:
        number = last
        keys, total = ranked.page((number - 1) * RESULTS_PER_PAGE, RESULTS_PER_PAGE)
    rows = _hits(query, keys, now)
    return Results(rows, number if rows else 1, RESULTS_PER_PAGE, total, last)


def _ranked(query, filters, now):
    among = None
    if set(filters.chosen).difference(NOT_CONDITIONS):
        among = filters.narrow_but_for(NOT_CONDITIONS, Report.objects.published(now))
    former_area = bool(filters.chosen.get("don-vi-cu"))
    return Ranked(query, now, unit=filters.unit, former_area=former_area, among=among)


def _hits(query, keys, now):
    """The reports of these keys in this order. `published` is asked again: it is the only door."""
    reports = Report.objects.published(now).select_related(
        "unit", "event", "section", "organisation"
    )
    reports = reports.defer("event__folded", "event__attendees").in_bulk(keys)
    reports = {key: reports[key] for key in keys if key in reports}
    highlighter, shown, lacking = query.highlighter(), {}, {}
    for key, report in reports.items():
        text = " ".join((report.lead, *blocks_of(report.body)))
        fitted = highlighter.fitted_to(report.title, text)
        told = fitted.terms_in(report.title) | fitted.terms_in(text)
        place, label = report.unit_label, highlighter.fitted_to(report.unit_label, whole=True)
        if not told.issuperset(label.terms_in(place)):
            told |= label.terms_in(place)
            place = label.mark(place)
        shown[key] = (fitted.mark(report.title), place, fitted.snippet(text))
        if untold := set(range(len(query.terms))) - told:
            lacking[key] = untold
    reasons = reasons_for(reports, lacking, highlighter)
    return [Hit(reports[key], *shown[key], reasons.get(key, [])) for key in reports]


# --- what bears the name --------------------------------------------------------------------------


def _of_this_name(query, total, now):
    """Units, persons, sections and topics that bear the typed name, and units that nearly do."""
    text = query.text.replace('"', " ")
    units, near = [], []
    # A place after a comma, or the beginning of a name, is for the units' own search.
    name = text if "," in text else name_within(text)
    if name or len(query.terms) <= 3:
        units = list(Unit.objects.matching(name or text)[:MOST_UNITS])
    if not units and not total:
        keys = near_names(text)
        found = Unit.objects.select_related("parent").in_bulk(keys)
        near = [found[key] for key in keys if key in found]
    return {
        "units": [(unit, _today(unit)) for unit in units],
        "near": [(unit, _today(unit)) for unit in near],
        "people": _people(text, now),
        "shelves": _shelves(text),
    }


def _today(unit):
    """The names of the units in the place of a former one; none for one that exists."""
    heirs = successors_on(unit)
    names = sorted((registry.current().spans[key][-1].name for key in heirs), key=sort_key)
    return [in_sentence(name) for name in names]


def _people(text, now):
    words = [folded for folded, _ in word_forms(text)]
    if not words or not any(len(word) > 1 for word in words):
        return []
    return list(Person.objects.published(now).matching(" ".join(words))[:MOST_PEOPLE])


def _shelves(text):
    """[(kind, name, address)] of the sections and topics whose name holds every typed word."""
    asked = {folded for folded, _ in word_forms(text)}
    found = []
    for parameter, kind, shelf in SHELVES:
        for slug, name in shelves()[parameter]:
            if asked <= {folded for folded, _ in word_forms(name)}:
                found.append((kind, name, shelf(slug=slug).get_absolute_url()))
    return found[:MOST_SHELVES]


# --- when nothing was found -----------------------------------------------------------------------


def _words_one_by_one(query, filters, now):
    """[(word, its number of reports, address without it)]: which word is to blame."""
    if len(query.terms) < 2:
        return []
    numbers = counts(
        query, now, unit=filters.unit, former_area=bool(filters.chosen.get("don-vi-cu"))
    )
    rarest_first = sorted(zip(query.terms, numbers, strict=True), key=lambda pair: pair[1])
    return [(term, number, filters.address(q=query.but(term))) for term, number in rarest_first]
