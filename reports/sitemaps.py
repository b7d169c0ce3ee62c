"""The sitemap: an index and its parts, complete, public things only.

Reports are cut into parts by ranges of their key: a part is one index range however many there
are, and stays the same file while others grow.
"""

from django.db.models import F, Max, OuterRef, Subquery
from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from reports.archive_views import archive_pages
from reports.models import Correction, Event, Person, Report, Section, Topic
from reports.schema_org import absolute, local_iso
from units.models import Unit

REPORTS_PER_PART = 20_000
MOST_PER_PART = 50_000  # the protocol's own limit
PAGES = ("home", "reports:list", "reports:events", "units:tree", "reports:open_data",
         "reports:corrections", "reports:withdrawals", "about",
         "contact", "accessibility", "site_map")  # fmt: skip


@require_safe
def sitemap_index(request):
    """Only parts that hold something: a crawler takes an empty one for a fault."""
    now = timezone.now()
    published = Report.objects.published(now).order_by()
    parts = [("trang", None), ("don-vi", None)]
    if Person.objects.published(now).exists():
        parts.append(("tac-gia", None))
    if Event.objects.published(now).exists():
        parts.append(("su-kien", None))
    numbers = dict(
        published.values_list((F("pk") - 1) / REPORTS_PER_PART).annotate(at=Max("updated_at"))
    )
    if numbers:
        parts.append(("luu-tru", max(numbers.values())))
    parts += [(f"bai-{number + 1}", numbers[number]) for number in sorted(numbers)]
    rows = [(reverse("reports:sitemap_part", args=[part]), at) for part, at in parts]
    return _xml(request, "sitemap_index.xml", rows)


@require_safe
def sitemap_part(request, part):
    now = timezone.now()
    if part == "trang":
        rows = [(reverse(name), None) for name in PAGES]
        for shelves in (Section, Topic):
            rows += [
                (shelf.get_absolute_url(), None) for shelf in shelves.objects.order_by("order")
            ]
    elif part == "don-vi":
        units = Unit.objects.order_by("key").only("key", "slug")[:MOST_PER_PART]
        rows = [(unit.get_absolute_url(), None) for unit in units]
    elif part == "tac-gia":
        people = Person.objects.published(now).only("slug").order_by("pk")
        rows = [(person.get_absolute_url(), None) for person in people[:MOST_PER_PART]]
    elif part == "su-kien":
        events = Event.objects.published(now).only("slug", "updated_at").order_by("pk")
        rows = [(event.get_absolute_url(), event.updated_at) for event in events[:MOST_PER_PART]]
    elif part == "luu-tru":
        rows = archive_pages(Report.objects.published(now))
    else:
        rows = _report_rows(part, now)
    if not rows:
        raise Http404
    return _xml(request, "sitemap_part.xml", rows)


def _report_rows(part, now):
    number = part.removeprefix("bai-")
    if not (part.startswith("bai-") and number.isascii() and number.isdigit() and len(number) < 6):
        raise Http404
    last = int(number) * REPORTS_PER_PART
    corrected = Correction.objects.filter(report=OuterRef("pk")).order_by("-decided_at")
    reports = (
        Report.objects.published(now)
        .filter(pk__gt=last - REPORTS_PER_PART, pk__lte=last)
        .only("slug", "published_at", "created_at", "updated_at")
        .annotate(corrected_at=Subquery(corrected.values("decided_at")[:1]))
        .order_by("pk")
    )
    return [(report.get_absolute_url(), _changed_at(report)) for report in reports]


def _changed_at(report):
    """A scheduled report changes for its readers when it appears, a corrected one when corrected."""
    moments = (report.updated_at, report.published_at, report.corrected_at)
    return max(moment for moment in moments if moment)


def _xml(request, template, rows):
    urls = [
        (absolute(path), local_iso(changed_at) if changed_at else "") for path, changed_at in rows
    ]
    return render(request, template, {"urls": urls}, content_type="application/xml; charset=utf-8")
