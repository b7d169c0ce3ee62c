"""Asking a WSGI application as a browser does, at an hour of our own."""

from datetime import UTC, datetime
from io import BytesIO

from django.test import RequestFactory


class Answer:
    """What a browser hears."""

    def __init__(self, application, path, method="GET", **environ):
        request = RequestFactory().generic(method, path).environ | {
            "HTTP_HOST": "127.0.0.1",
            **environ,
        }
        request["wsgi.input"] = BytesIO(b"")

        def listen(status, headers, exc_info=None):
            self.status, self.headers = int(status[:3]), dict(headers)

        result = application(request, listen)
        self.body = b"".join(result)
        if hasattr(result, "close"):
            result.close()


class Clock:
    def __init__(self):
        self.now = datetime(2026, 6, 1, 3, tzinfo=UTC).timestamp()

    def __call__(self):
        return self.now
