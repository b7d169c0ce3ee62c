"""Going through a selection's texts, newest first, until there is enough to show on one page."""

from dataclasses import dataclass

from django.core.paginator import Paginator
from django.utils import timezone

from portal.paging import Page, page_number
from reports.models import Report

# Texts that are read for one page at most, whether they hold something or not.
MOST_READ = 60
MOST_SHOWN = 8
# Of one form that comes back.
MOST_POSTED = 20


@dataclass
class Walk:
    """`found`: [(report, what it holds)]; `after`: the mark with which the next page begins, or ""."""

    found: list
    read: int
    after: str


def walk(selection, unit_keys, look, mark="", *, wanted=bool):
    """A `Walk` through the reports of `unit_keys` (None: of all) in the selection.

    `look(reports)` gives {pk: what was found} for a few reports at once; what is not `wanted` (by
    itself: what is empty) is passed over.
    `mark` is the `after` of the page before; nonsense begins anew.
    """
    reports = Report.objects.filter(pk__in=selection.reports.order_by().values("pk"))
    if unit_keys is not None:
        reports = reports.filter(unit__in=unit_keys)
    reports = reports.select_related("unit", "event").order_by("-published_at", "-pk")
    if last := _marked(mark):
        at, key = last
        reports = reports.exclude(published_at__gt=at).exclude(published_at=at, pk__gte=key)
    batch = list(reports[: MOST_READ + 1])
    looked_at = batch[:MOST_READ]
    holding = look(looked_at) if looked_at else {}
    found, read = [], 0
    for report in looked_at:
        if wanted(holding[report.pk]):
            if len(found) == MOST_SHOWN:
                break
            found.append((report, holding[report.pk]))
        read += 1
    more = read < len(batch)
    return Walk(found, read, str(looked_at[read - 1].pk) if more else "")


def _marked(mark):
    if not (mark.isascii() and mark.isdigit() and len(mark) <= 9):
        return None
    return (
        Report.objects.filter(pk=int(mark), published_at__isnull=False)
        .values_list("published_at", "pk")
        .first()
    )


def posted_reports(data, unit_keys):
    """The reports of a form that comes back (`bai`), in its order: the public ones of `unit_keys`.

    With the whole text, for it is read again; None: of all units.
    """
    keys = [key for key in map(page_number, data.getlist("bai")[:MOST_POSTED]) if key]
    reports = Report.objects.published(timezone.now()).filter(pk__in=keys)
    if unit_keys is not None:
        reports = reports.filter(unit__in=unit_keys)
    found = {report.pk: report for report in reports.select_related("unit", "event")}
    return [found[key] for key in dict.fromkeys(keys) if key in found]


def page_of(rows, asked, size):
    """The `Page` of a list or an ordered queryset that `trang=` asks for; nonsense is the first one."""
    pages = Paginator(rows, size)
    shown = pages.get_page(page_number(asked) or 1)
    return Page(
        rows=list(shown), number=shown.number, size=size, total=pages.count, last=pages.num_pages
    )
