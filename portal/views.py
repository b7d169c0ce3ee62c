"""The shell's pages: home, search, about, and what machines ask."""

from urllib.parse import urlencode

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.db.models import Count
from django.http import HttpResponse, HttpResponseServerError
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.html import strip_tags
from django.views.decorators.http import require_safe

from portal.highlight import Highlighter
from portal.paging import page_number, turn_to
from portal.text import one_line
from reports.models import Event, Person, Report, Section, Topic
from reports.models.questions import is_public
from units.models import Unit

NEWEST_ON_HOME = 6
STORIES_ON_HOME = 5
UNITS_ON_HOME = 12
EVENTS_ON_HOME = 3
RESULTS_PER_PAGE = 10
LONGEST_SEARCH = 200


@require_safe
def home(request):
    """`/`: a lead story, the newest, events, and the ways in by unit, section and topic.

    No report stands on it twice.
    """
    now = timezone.now()
    today = timezone.localdate(now)
    published = Report.objects.published(now)
    newest = list(published.for_cards().newest_first()[: 1 + NEWEST_ON_HOME + STORIES_ON_HOME])
    lead = next((report for report in newest if report.lead_photo), newest[0] if newest else None)
    rest = [report for report in newest if report != lead]
    events = Event.objects.published(now).for_lists(now)
    told = Count("reports", filter=is_public(now, of="reports__"))
    context = {
        "here": "home",
        "lead": lead,
        "newest": rest[:NEWEST_ON_HOME],
        "stories": rest[NEWEST_ON_HOME:],
        "upcoming": events.upcoming(today).order_by("event_on", "pk")[:EVENTS_ON_HOME],
        "past": events.past(today).order_by("-event_on", "-pk")[:EVENTS_ON_HOME],
        "units": _most_telling_units(published),
        "sections": Section.objects.annotate(told=told).order_by("order", "name"),
        "topics": Topic.objects.annotate(told=told).order_by("order", "name"),
    }
    return render(request, "portal/home.html", context)


def _most_telling_units(published):
    """The units with most published reports, each with its number as `told`.

    Counted from the reports: of the 15,000 units most have none.
    """
    counted = published.order_by().values_list("unit").annotate(told=Count("pk"))
    told = dict(counted.order_by("-told", "unit")[:UNITS_ON_HOME])
    units = Unit.objects.in_bulk(told)
    for key, unit in units.items():
        unit.told = told[key]
    return sorted(units.values(), key=lambda unit: (-unit.told, unit.sort_key))


@require_safe
def search(request):
    """`/tim-kiem/?q=`: units and persons of that name at once, then reports with the words."""
    text = one_line(request.GET.get("q", ""))[:LONGEST_SEARCH]
    context = {"here": "search", "q": text}
    if text:
        now = timezone.now()
        published = Report.objects.published(now)
        reports = published.matching(text).select_related("unit", "event", "section")
        page = turn_to(
            reports.defer("folded").newest_first(),
            page_number(request.GET.get("trang")) or 1,
            RESULTS_PER_PAGE,
        )
        found = Highlighter(text)
        context |= {
            "page": page,
            "query": urlencode({"q": text}),
            "hits": [
                {
                    "report": report,
                    "title": found.mark(report.title),
                    "snippet": found.snippet(f"{report.lead} {strip_tags(report.body)}"),
                }
                for report in page
            ],
            "units": Unit.objects.matching(text)[:6],
            "people": Person.objects.published(now).matching(text)[:5],
        }
    return render(request, "portal/search.html", context)


@require_safe
def about(request):
    return render(request, "portal/about.html")


@require_safe
def contact(request):
    return render(request, "portal/contact.html")


@require_safe
def accessibility(request):
    return render(request, "portal/accessibility.html")


@require_safe
def site_map(request):
    """`/so-do-trang/`: every way in, on one page, for people."""
    context = {
        "sections": Section.objects.order_by("order", "name"),
        "topics": Topic.objects.order_by("order", "name"),
        "provinces": Unit.objects.current().filter(parent=None).in_name_order(),
    }
    return render(request, "portal/site_map.html", context)


@require_safe
def robots(request):
    """Everything may be read; result pages are endless and of no use to an index."""
    lines = [
        "User-agent: *",
        f"Disallow: {reverse('search')}",
        f"Disallow: {reverse('units:suggest')}",
        "",
        f"Sitemap: {settings.SITE_URL}{reverse('reports:sitemap')}",
        "",
    ]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


@require_safe
def healthz(request):
    """The process lives. Touches nothing, so a slow database never gets it restarted."""
    return HttpResponse("ok\n", content_type="text/plain; charset=utf-8")


@require_safe
def readyz(request):
    """Whether this process can serve: database, migrations, media. 503 names what cannot."""
    faults = [name for name, works in READY_CHECKS.items() if not works()]
    response = HttpResponse(
        "".join(f"{name}: hỏng\n" for name in faults) or "sẵn sàng\n",
        content_type="text/plain; charset=utf-8",
        status=503 if faults else 200,
    )
    response.headers["Cache-Control"] = "no-store"
    return response


def _database_answers():
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return False
    return True


def _migrations_are_done():
    try:
        executor = MigrationExecutor(connection)
        return not executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError:
        return False


def _media_is_writable():
    try:
        name = default_storage.save("kiem-tra.txt", ContentFile(b"ok"))
        default_storage.delete(name)
    except OSError:
        return False
    return True


READY_CHECKS = {
    "cơ sở dữ liệu": _database_answers,
    "cấu trúc dữ liệu": _migrations_are_done,
    "kho ảnh": _media_is_writable,
}


def page_not_found(request, exception=None):
    return render(request, "404.html", status=404)


def bad_request(request, exception=None):
    return render(request, "400.html", status=400)


def permission_denied(request, exception=None):
    return render(request, "403.html", status=403)


def server_error(request):
    """Stands alone: whatever broke the page must not break this one."""
    return HttpResponseServerError(render_to_string("500.html"))
