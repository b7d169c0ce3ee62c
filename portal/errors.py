"""The pages that say what went wrong, in the design and in Vietnamese."""

import re
import sys
from urllib.parse import unquote

from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.http import HttpResponse, HttpResponsePermanentRedirect, HttpResponseServerError
from django.shortcuts import render
from django.template.loader import render_to_string

from portal.models import SiteProfile
from portal.text import one_line
from reports.old_addresses import moved_to
from units.models import Unit

UNITS_OFFERED = 6
# `xã Thới Sơn`, then `Thới Sơn`.
WORDS_OF_A_UNIT = (3, 2)
LONGEST_WORDS = 80
# A reader's browser or a crawler tries again after so many seconds.
RETRY_AFTER = 30


def page_not_found(request, exception=None):
    """404 with a search for the words of the address; an old portal's address leads to its report."""
    if request.method in ("GET", "HEAD") and (address := moved_to(request.get_full_path())):
        return HttpResponsePermanentRedirect(address)
    words = words_of(request.path)
    units = _units_named(words) if _asks_for_unit(request.path) else []
    return render(request, "404.html", {"words": words, "units": units}, status=404)


def _asks_for_unit(path):
    return path.startswith("/don-vi/") and len(path) > len("/don-vi/")


def _units_named(words):
    """Units of that name; where there is none, of its first words: what follows may be mistyped."""
    for length in (None, *WORDS_OF_A_UNIT):
        found = Unit.objects.matching(" ".join(words.split()[:length]))[:UNITS_OFFERED]
        if found:
            return found
    return []


def words_of(path):
    """`/don-vi/xa-thoi-son-2/` -> `xa thoi son`: what an address that leads nowhere speaks of."""
    last = unquote(path).rstrip("/").rpartition("/")[2]
    last = re.sub(r"\.\w{2,5}$", "", last)
    return " ".join(re.findall(r"[^\W\d_]+", one_line(last)))[:LONGEST_WORDS]


def method_not_allowed(request, allowed):
    """405: somebody sent a form to a page that is only read, or opened one that only takes forms."""
    response = render(request, "405.html", status=405)
    response.headers["Allow"] = allowed
    return response


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
    return HttpResponseServerError(render_to_string("500.html", whom_to_call()))


def whom_to_call():
    """The frame of a page that may ask nobody: the profile this process remembers, or the settings."""
    profile = SiteProfile.last_known()
    return {
        "site": profile,
        "site_name": profile.full_name if profile else settings.SITE_NAME,
        "site_contact": settings.SITE_CONTACT,
    }


def out_of_service():
    """503 that tells people whom to call and machines when to come back."""
    response = HttpResponse(render_to_string("503.html", whom_to_call()), status=503)
    response.headers["Retry-After"] = str(RETRY_AFTER)
    response.headers["Cache-Control"] = "no-store"
    return response
