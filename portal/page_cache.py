"""Ready pages, kept ahead of Django (docs/decisions/0010).

A public page is the same bytes for everybody, so each worker keeps those it has drawn and answers
with them without waking Django. A kept page is served only

- while the generation is the one it was drawn in: any committed change ends it in every worker;
- before the next moment at which something changes by itself: a scheduled report is never early;
- for a minute at most, so that counters and changes made past us show.

While the database is away, a page that has only grown old (nothing was changed) is served up to a
day; a page that was changed or withdrawn never comes back.
"""

import gzip
import hashlib
import time
from collections import OrderedDict
from dataclasses import dataclass, field
from datetime import UTC, datetime
from threading import Lock

from django.conf import settings
from django.db import DatabaseError
from django.http.request import split_domain_port, validate_host

from portal.generation import AWAY

# Answered by Django each time: the staff's side, files, what counts or is private, health.
PASSED_BY = (
    "/quan-tri/",
    "/tong-hop/",
    "/static/",
    "/media/",
    "/anh-chia-se/",
    "/luot-xem/",
    "/gop-y/",
    "/healthz",
    "/readyz",
)  # fmt: skip
KEPT_SECONDS = 60
KEPT_IN_OUTAGE_SECONDS = 24 * 3600
MOST_BYTES = 24 * 1024 * 1024
# What keeping a page costs beside its bytes: its key, its headers, the objects that hold them.
BYTES_A_PAGE = 4 * 1024
LARGEST_PAGE = 512 * 1024
LONGEST_QUERY = 512
# Shared caches may keep a page half a minute; browsers ask each time and mostly hear 304.
CACHE_CONTROL = "public, max-age=0, s-maxage=30"
SMALLEST_ZIPPED = 800
ZIPPED_TYPES = (
    "text/",
    "application/json",
    "application/feed+json",
    "application/xml",
    "application/rss+xml",
    "application/ld+json",
    "image/svg+xml",
)  # fmt: skip
OWN_HEADERS = {"content-length", "content-encoding", "cache-control", "etag", "vary"}


@dataclass
class KeptPage:
    """One drawn page, plain and zipped."""

    headers: list
    body: bytes
    generation: object
    drawn_at: float
    until: float
    etag: str = field(init=False)
    zipped: bytes | None = field(init=False)

    def __post_init__(self):
        self.etag = f'W/"{hashlib.sha256(self.body).hexdigest()[:20]}"'
        self.zipped = gzip.compress(self.body, 6, mtime=0) if worth_zipping(self) else None

    @property
    def size(self):
        """Its part of MOST_BYTES; a thousand tiny pages cost memory, too."""
        return len(self.body) + len(self.zipped or b"") + BYTES_A_PAGE

    def is_good_at(self, now):
        """A clock that was set back makes a page old: it was drawn in a time still to come."""
        return self.drawn_at <= now < self.until

    def header(self, name):
        return next((value for key, value in self.headers if key.lower() == name), "")


def worth_zipping(page):
    return len(page.body) >= SMALLEST_ZIPPED and page.header("content-type").startswith(
        ZIPPED_TYPES
    )


class PageCache:
    """A WSGI application around another.

    `next_change(now)` is the moment of the next change that nobody makes; it may raise
    DatabaseError. `forget()` is called when a new generation is met, before anything is drawn in
    it: what this process remembers beside its pages is as old as they are.
    """

    def __init__(self, application, generation, next_change, *, forget, clock=time.time):
        self.application = application
        self.generation = generation
        self.next_change = next_change
        self.forget = forget
        self.clock = clock
        self._pages, self._bytes, self._lock = OrderedDict(), 0, Lock()
        # (generation, when it was asked, the answer)
        self._change = (None, 0.0, 0.0)
        self._newest = None
        self._hosts = {}

    def __call__(self, environ, start_response):
        key = self._key(environ)
        generation = self._generation() if key else None
        if generation is None:
            return self.application(environ, start_response)
        page = self._pages.get(key)
        if page and page.generation == generation and page.is_good_at(self.clock()):
            self._use(key)
            return answer(page, environ, start_response)
        return self._draw(key, generation, page, environ, start_response)

    def _key(self, environ):
        """What a page is known by, or None where nothing is kept.

        Who asks by a wrong name hears so from Django: the host is looked at before any kept page.
        """
        path, query = environ.get("PATH_INFO", ""), environ.get("QUERY_STRING", "")
        if (
            environ["REQUEST_METHOD"] not in ("GET", "HEAD")
            or path.startswith(PASSED_BY)
            or len(query) > LONGEST_QUERY
            # Under another root every link of the page is another one.
            or environ.get("SCRIPT_NAME")
            or not self._is_our_name(environ.get("HTTP_HOST", ""))
        ):
            return None
        is_https = environ.get("wsgi.url_scheme") == "https" or (
            settings.SITE_IS_HTTPS
            and environ.get("HTTP_X_FORWARDED_PROTO", "").partition(",")[0].strip() == "https"
        )
        return (is_https, path, query)

    def _is_our_name(self, host):
        known = self._hosts.get(host)
        if known is None:
            domain, _ = split_domain_port(host)
            known = bool(domain) and validate_host(domain, settings.ALLOWED_HOSTS)
            if len(self._hosts) < 100:
                self._hosts[host] = known
        return known

    def _generation(self):
        try:
            return self.generation.current()
        except AWAY:
            # Without agreement nothing is kept.
            return None

    def _draw(self, key, generation, old, environ, start_response):
        """Let Django answer, and keep what may be kept."""
        if generation != self._newest:
            self.forget()
            self._newest = generation
        heard = []

        def listen(status, headers, exc_info=None):
            heard[:] = [status, headers]

        now = self.clock()
        result = self.application(environ, listen)
        if getattr(result, "streaming", False):
            start_response(*heard)
            return result
        try:
            body = b"".join(result)
        finally:
            if hasattr(result, "close"):
                result.close()
        status, headers = heard
        page = KeptPage(headers, body, generation, now, now)
        if status.startswith("503") and self._serves_in_outage(old, generation, now):
            return answer(old, environ, start_response)
        if environ["REQUEST_METHOD"] == "HEAD" or not may_be_kept(status, page):
            return pass_on(status, page, environ, start_response)
        page.until = self._until(generation, now)
        self._keep(key, page)
        return answer(page, environ, start_response)

    def _serves_in_outage(self, old, generation, now):
        return bool(
            old
            and old.generation == generation
            and 0 <= now - old.drawn_at < KEPT_IN_OUTAGE_SECONDS
        )

    def _until(self, generation, now):
        known, asked_at, change = self._change
        if known != generation or not asked_at <= now < change:
            try:
                change = self.next_change(datetime.fromtimestamp(now, UTC)).timestamp()
            except DatabaseError:
                return now
            self._change = (generation, now, change)
        return min(now + KEPT_SECONDS, change)

    def _keep(self, key, page):
        with self._lock:
            if old := self._pages.pop(key, None):
                self._bytes -= old.size
            self._pages[key] = page
            self._bytes += page.size
            while self._bytes > MOST_BYTES:
                _, dropped = self._pages.popitem(last=False)
                self._bytes -= dropped.size

    def _use(self, key):
        """Least recently used pages go first."""
        with self._lock:
            if key in self._pages:
                self._pages.move_to_end(key)


def may_be_kept(status, page):
    """A whole page, the same for everybody: 200, no cookie, nothing private, no variants."""
    caching, vary = page.header("cache-control").lower(), page.header("vary").lower()
    return (
        status.startswith("200")
        and len(page.body) <= LARGEST_PAGE
        and not page.header("set-cookie")
        and not page.header("content-encoding")
        and not any(word in caching for word in ("private", "no-store", "no-cache"))
        and vary in ("", "accept-encoding")
    )


def answer(page, environ, start_response):
    """A kept page: 304 for who has it, else zipped for who can read that."""
    own = [
        ("ETag", page.etag),
        ("Cache-Control", page.header("cache-control") or CACHE_CONTROL),
        ("Vary", "Accept-Encoding"),
    ]
    # Weak or strong, it is the same page: something in between may have taken the `W/` away.
    if page.etag.removeprefix("W/") in environ.get("HTTP_IF_NONE_MATCH", ""):
        start_response("304 Not Modified", own)
        return []
    return send("200 OK", page, own, environ, start_response)


def pass_on(status, page, environ, start_response):
    """An answer that is not kept, as it came but zipped."""
    own = [(key, value) for key, value in page.headers if key.lower() in ("cache-control", "etag")]
    if page.header("content-encoding") or not page.body:
        start_response(status, page.headers)
        return [page.body]
    vary = [page.header("vary"), "Accept-Encoding"]
    own.append(("Vary", ", ".join(word for word in vary if word)))
    return send(status, page, own, environ, start_response)


def reads_gzip(accepted):
    """Whether `Accept-Encoding` names gzip and does not refuse it (`gzip;q=0`)."""
    for word in accepted.lower().split(","):
        name, _, weight = word.replace(" ", "").partition(";q=")
        if name == "gzip":
            return weight == "" or weight.strip("0.") != ""
    return False


def send(status, page, own, environ, start_response):
    body = page.body
    if page.zipped and reads_gzip(environ.get("HTTP_ACCEPT_ENCODING", "")):
        body = page.zipped
        own.append(("Content-Encoding", "gzip"))
    own.append(("Content-Length", str(len(body))))
    rest = [(key, value) for key, value in page.headers if key.lower() not in OWN_HEADERS]
    start_response(status, rest + own)
    return [] if environ["REQUEST_METHOD"] == "HEAD" else [body]
