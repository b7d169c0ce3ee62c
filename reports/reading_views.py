"""`/luot-xem/<id>/`: a page says that it was read; no cookie, no stored address."""

from base64 import b64decode

from django.conf import settings
from django.db.models.functions import Coalesce
from django.http import Http404, HttpResponse, HttpResponseNotAllowed, JsonResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt

from .models import Report
from .readership import in_hand, is_robot

# One transparent point, for browsers without script.
POINT = b64decode("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7")


@csrf_exempt
def report_read(request, pk):
    """POST counts a view and answers `{"views": 1284}`; `GET …?anh=1` counts and answers a point.

    Only public reports have a counter. Robots, prefetching and other sites' pages count nothing but
    get the same answer. There is nothing to forge: whoever opens the page may count, so no token.
    """
    if request.method not in ("POST", "GET"):
        return HttpResponseNotAllowed(["GET", "POST"])
    published = Report.objects.published(timezone.now()).filter(pk=pk)
    views = published.values_list(Coalesce("view_count__count", 0), flat=True).first()
    if views is None:
        raise Http404
    if _is_reader(request):
        views += in_hand.add(pk)
    if request.method == "GET":
        response = HttpResponse(POINT, content_type="image/gif")
    else:
        response = JsonResponse({"views": views})
    response.headers["Cache-Control"] = "no-store"
    return response


def _is_reader(request):
    headers = request.headers
    if is_robot(headers.get("User-Agent", "")) or "prefetch" in headers.get("Sec-Purpose", ""):
        return False
    # Browsers say where a request comes from; old ones say nothing.
    site = headers.get("Sec-Fetch-Site", "same-origin")
    origin = headers.get("Origin", settings.SITE_URL)
    return site == "same-origin" and origin in (
        settings.SITE_URL,
        f"{request.scheme}://{request.get_host()}",
    )
