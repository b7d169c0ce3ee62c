"""The shell's pages: home and what machines ask."""

from django.http import HttpResponse
from django.views.decorators.http import require_safe


@require_safe
def healthz(request):
    """The process lives. Touches nothing, so a slow database never gets it restarted."""
    return HttpResponse("ok\n", content_type="text/plain; charset=utf-8")
