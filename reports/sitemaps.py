"""The sitemap: an index and its parts, complete, public things only.

Reports are cut into parts by ranges of their key: a part is one index range however many there
are, and stays the same file while others grow.
"""

from django.db.models import F
from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from reports.models import Event, Person, Report, Section
from reports.schema_org import absolute
from units.models import Unit

REPORTS_PER_PART = 20_000
MOST_PER_PART = 50_000  # the protocol's own limit
PAGES = ("home", "reports:list", "reports:events", "units:tree", "about", "contact",
         "accessibility", "site_map")  # fmt: skip


@require_safe
def sitemap_index(request):
    """Only parts that hold something: a crawler takes an empty one for a fault."""
    published = Report.objects.published(timezone.now()).order_by()
    numbers = published.values_list((F("pk") - 1) / REPORTS_PER_PART, flat=True).distinct()
    parts = ["trang", "don-vi", "tac-gia", "su-kien"]
    parts += [f"bai-{number + 1}" for number in sorted(numbers)]
    urls = [absolute(reverse("reports:sitemap_part", args=[part])) for part in parts]
    return _xml(request, "sitemap_index.xml", {"urls": urls})


@require_safe
def sitemap_part(request, part):
    now = timezone.now()
    if part == "trang":
        rows = [(reverse(name), None) for name in PAGES]
        rows += [
            (section.get_absolute_url(), None) for section in Section.objects.order_by("order")
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
    else:
        rows = _report_rows(part, now)
    return _xml(request, "sitemap_part.xml", {"urls": [(absolute(path), at) for path, at in rows]})


def _report_rows(part, now):
    number = part.removeprefix("bai-")
    if not (part.startswith("bai-") and number.isascii() and number.isdigit() and len(number) < 6):
        raise Http404
    last = int(number) * REPORTS_PER_PART
    reports = (
        Report.objects.published(now)
        .filter(pk__gt=last - REPORTS_PER_PART, pk__lte=last)
        .only("slug", "published_at", "created_at", "updated_at")
        .order_by("pk")
    )
    rows = [(report.get_absolute_url(), report.updated_at) for report in reports]
    if not rows:
        raise Http404
    return rows


def _xml(request, template, context):
    return render(request, template, context, content_type="application/xml; charset=utf-8")
