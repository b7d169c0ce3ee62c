"""Whether a report was of use ("Bài viết có ích không?"): two buttons, counted and forgotten.

Stored is a number per report, nothing about who said so. One visitor counts once a day for a
report; who says it again hears the same thanks.
"""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from reports.models import Report, Usefulness
from reports.quota import DAY, MINUTE, refused_until, visitor
from reports.same_site import comes_from_us

ONCE_A_DAY = ((DAY, 1),)
PER_VISITOR = ((DAY, 100),)
OF_ALL = ((MINUTE, 300),)
ANSWERS = {"co": True, "khong": False}


@cache_control(no_store=True, private=True)
@csrf_exempt
@require_POST
def rate(request, pk):
    """`tra-loi` is `co` or `khong`. A script (`Accept: application/json`) hears 204, people read a page."""
    published = Report.objects.published(timezone.now())
    report = get_object_or_404(published.defer("body"), pk=pk)
    said = ANSWERS.get(request.POST.get("tra-loi"))
    if said is None or not comes_from_us(request):
        status, outcome = (400, "unclear") if said is None else (403, "elsewhere")
    elif _too_often(request):
        status, outcome = 429, "too-many"
    else:
        _count_once(request, report, said)
        status, outcome = 200, "thanks"
    if request.headers.get("Accept", "").startswith("application/json"):
        return HttpResponse(status=204 if status == 200 else status)
    context = {"here": "reports", "report": report, "outcome": outcome, "said": said}
    return render(request, "reports/rated.html", context, status=status)


def _too_often(request):
    now, who = timezone.now(), visitor(request)
    return refused_until("co-ich", who, PER_VISITOR, now) or refused_until(
        "co-ich", "", OF_ALL, now
    )


def _count_once(request, report, said):
    once = f"co-ich {report.pk}"
    if refused_until(once, visitor(request), ONCE_A_DAY, timezone.now()) is None:
        Usefulness.add(report.pk, said)
