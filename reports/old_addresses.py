"""Links to the portals that were here before: where did the report go?"""

from django.utils import timezone

from reports.models import Report
from reports.models.report import old_path


def moved_to(full_path):
    """The address of the one published report that had this path on an old portal, else None.

    Asked only for addresses nobody knows. With its query first: what a messenger hung on the link
    (`?fbclid=…`) is not part of where the page was. Two reports of one path are no answer.
    """
    asked = old_path(full_path)
    paths = [path for path in dict.fromkeys((asked, asked.partition("?")[0])) if path]
    if not paths:
        return None
    found = list(
        Report.objects.published(timezone.now())
        .filter(original_path__in=paths)
        .only("slug", "published_at", "created_at", "original_path")[:3]
    )
    for path in paths:
        here = [report for report in found if report.original_path == path]
        if here:
            return here[0].get_absolute_url() if len(here) == 1 else None
    return None
