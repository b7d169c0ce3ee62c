"""The readers' lists of reports: all of them with a filter, and those of a section, topic, person."""

from collections import Counter

from django.db.models.functions import ExtractYear
from django.http import HttpResponsePermanentRedirect
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from portal.paging import asked_page
from reports import schema_org
from reports.cards import as_cards, with_photos
from reports.facets import count_facets
from reports.filters import ReportFilter
from reports.models import ContributionRole, Person, Report, Section, Topic

REPORTS_PER_PAGE = 20


@require_safe
def report_list(request):
    """`/tin/`: narrowed and ordered by the address; a page beyond the end is the last page."""
    filters = ReportFilter(request.GET)
    published = Report.objects.published(timezone.now())
    reports = filters.in_order(filters.narrow(published))
    beside = {"undated": filters.undated_beside(published)} if filters.leaves_out_undated else {}
    page = asked_page(request.GET, as_cards(reports), REPORTS_PER_PAGE, **beside)
    with_photos(page)
    # Where the list itself is too long to be counted, so is every facet: each holds the list.
    if page.total < page.cap and not filters.candidates:
        filters.facets = count_facets(filters, published)
    context = {
        "here": "reports",
        "filters": filters,
        "page": page,
        "newest_at": page.rows[0].published_at if page.rows else None,
    }
    return render(request, "reports/report_list.html", context)


@require_safe
def section_detail(request, slug):
    """A section's reports, newest first."""
    section = get_object_or_404(Section, slug=slug)
    reports = Report.objects.published(timezone.now()).filter(section=section)
    return _shelf(request, section, reports, "chuyen-muc", Section, "Chuyên mục")


@require_safe
def topic_detail(request, slug):
    """A topic's reports, newest first."""
    topic = get_object_or_404(Topic, slug=slug)
    reports = Report.objects.published(timezone.now()).filter(topics=topic)
    return _shelf(request, topic, reports, "chu-de", Topic, "Chủ đề")


def _shelf(request, shelf, reports, parameter, model, kind):
    page = asked_page(request.GET, as_cards(reports.newest_first()), REPORTS_PER_PAGE)
    with_photos(page)
    steps = schema_org.list_steps((shelf.name, shelf.get_absolute_url()))
    context = {
        "here": "reports",
        "shelf": shelf,
        "kind": kind,
        "others": model.objects.exclude(pk=shelf.pk).order_by("order", "name"),
        "query": f"{parameter}={shelf.slug}",
        "page": page,
        "json_ld": [schema_org.trail(steps)],
    }
    return render(request, "reports/shelf_detail.html", context)


@require_safe
def person_detail(request, slug, pk):
    """Who signs, and what they have published; a person without a published work has no page.

    The address of somebody who was merged into another leads there.
    """
    now = timezone.now()
    people = Person.objects.published(now).select_related("organisation")
    person = people.filter(pk=pk).first()
    if person is None:
        known = Person.objects.known_by(pk)
        person = get_object_or_404(people, pk=known.pk if known else pk)
    if request.path != person.get_absolute_url():
        return HttpResponsePermanentRedirect(person.get_absolute_url())
    reports = Report.objects.published(now).of_person(person)
    page = asked_page(request.GET, as_cards(reports.newest_first()), REPORTS_PER_PAGE)
    with_photos(page)
    steps = schema_org.list_steps((person.name, person.get_absolute_url()))
    context = {
        "here": "reports",
        "person": person,
        "query": f"tac-gia={person.slug}-{person.pk}",
        "page": page,
        "json_ld": [schema_org.profile(person), schema_org.trail(steps)],
        **_signed(person, reports),
    }
    return render(request, "reports/person_detail.html", context)


def _signed(person, reports):
    """What public bylines say of a person: roles, names signed with, works by year. One statement.

    Pen names nobody has printed stay inside the house.
    """
    rows = list(
        person.contributions.filter(report__in=reports)
        .annotate(year=ExtractYear("report__counting_on"))
        .values_list("role", "signed_as", "year", "report")
        .order_by()
    )
    held = {role for role, *_ in rows}
    years = Counter(year for year, _ in {(year, report) for *_, year, report in rows})
    return {
        "roles": [role.label for role in ContributionRole if role in held],
        "pen_names": sorted({signed for _, signed, *_ in rows if signed and signed != person.name}),
        "years": sorted(((year, n) for year, n in years.items() if year), reverse=True),
        "undated": years.get(None, 0),
    }
