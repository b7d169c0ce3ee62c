"""The pages that say what went wrong, in the design and in Vietnamese."""

import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpResponse, HttpResponseServerError
from django.shortcuts import render
from django.template.loader import render_to_string

# A reader's browser or a crawler tries again after so many seconds.
RETRY_AFTER = 30


def page_not_found(request, exception=None):
    return render(request, "404.html", status=404)


def bad_request(request, exception=None):
    return render(request, "400.html", status=400)


def permission_denied(request, exception=None):
    return render(request, "403.html", status=403)


def server_error(request):
    """500, or 503 while the database is away. Stands alone: what broke the page must not break this.

    Django calls it while it handles the exception, so the exception can still be asked for.
    """
    if isinstance(sys.exc_info()[1], OperationalError | InterfaceError):
        return out_of_service()
    return HttpResponseServerError(render_to_string("500.html"))


def out_of_service():
    """503 that tells people whom to call and machines when to come back."""
    response = HttpResponse(render_to_string("503.html"), status=503)
    response.headers["Retry-After"] = str(RETRY_AFTER)
    response.headers["Cache-Control"] = "no-store"
    return response
