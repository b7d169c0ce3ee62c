"""What happens to every request before any view sees it."""

from urllib.parse import unquote

from django.conf import settings
from django.contrib.sessions.middleware import SessionMiddleware
from django.http import QueryDict
from django.shortcuts import render

from portal.errors import method_not_allowed

MAX_PARAMETERS = 200
STAFF_AREAS = ("/quan-tri/", "/tong-hop/")


class RequestGuard:
    """Answers what no page can mean – NUL bytes, invalid UTF-8, thousands of parameters – with 400.

    Such requests would otherwise reach PostgreSQL, which cannot store NUL, and end as a 500.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        query = request.META.get("QUERY_STRING", "")
        if query.count("&") >= MAX_PARAMETERS or "\x00" in request.path or "\ufffd" in request.path:
            return render(request, "400.html", status=400)
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        """What a form or a question of the back office holds comes without NUL: pickers ask the
        database for what was sent as it was sent.
        """
        if request.path.startswith(STAFF_AREAS):
            if "\x00" in unquote(request.META.get("QUERY_STRING", "")):
                request.GET = _without_nul(request.GET)
            if request.method == "POST" and _holds_nul(request.POST):
                request.POST = _without_nul(request.POST)


def _holds_nul(data):
    return any("\x00" in text for name, texts in data.lists() for text in (name, *texts))


def _without_nul(data):
    clean = QueryDict(mutable=True)
    for name, texts in data.lists():
        clean.setlist(name.replace("\x00", ""), [text.replace("\x00", "") for text in texts])
    clean._mutable = False
    return clean


class SaysWhy:
    """Django answers 405 with an empty page; a reader gets one that says what to do."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if response.status_code == 405 and not response.content:
            return method_not_allowed(request, response.headers.get("Allow", ""))
        return response


class StaffSession(SessionMiddleware):
    """Sessions belong to the staff's side: no other page prolongs, sets or deletes a cookie.

    So a public page is the same for everybody, and a colleague reading it costs no write.
    """

    def process_request(self, request):
        super().process_request(request)
        if not request.path.startswith(STAFF_AREAS):
            # Django answers a broken token with a new cookie, whatever page it came to.
            request.COOKIES.pop(settings.CSRF_COOKIE_NAME, None)

    def process_response(self, request, response):
        if request.path.startswith(STAFF_AREAS):
            return super().process_response(request, response)
        return response


class SecurityHeaders:
    """Permissions-Policy everywhere; nothing of the back office stays in any cache."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        response.headers.setdefault(
            "Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()"
        )
        if request.path.startswith("/quan-tri/"):
            response.headers["Cache-Control"] = "no-store, private"
        return response
