"""How often a report was read: counted without a cookie or an address, written in batches.

A page says "I was read" once it is on a screen (`static/js/views.js`; a tiny picture where there is
no script). The process gathers such words for some seconds and writes them in one transaction:
neither the page cache nor a busy evening makes a reader wait for a counter.
"""

import atexit
import logging
import re
from collections import Counter
from datetime import timedelta
from threading import Lock, Timer

from django.db import DatabaseError, connection, transaction

from .models import Report, ViewCount

log = logging.getLogger(__name__)

# Views wait at most so long in a process; a process that is killed loses no more than these.
SECONDS_IN_HAND = 5
# More reports than this in hand are written at once.
MOST_IN_HAND = 100
# "Xem nhiều" speaks of what is news.
RECENT = timedelta(days=30)

ROBOT = re.compile(
    r"bot|crawl|spider|slurp|preview|scan|fetch|monitor|facebookexternalhit|headless|lighthouse"
    r"|curl|wget|python|java/|go-http|okhttp|libwww|httpclient",
    re.IGNORECASE,
)


def is_robot(user_agent):
    """Whether a reader's program says, or hides, that nobody is reading."""
    return len(user_agent) < 20 or bool(ROBOT.search(user_agent))


class ViewsInHand:
    """What this process has counted but not yet written."""

    def __init__(self):
        self._views, self._lock, self._timer = Counter(), Lock(), None

    def add(self, report_id):
        """Count one view; returns how many of this report are in hand."""
        with self._lock:
            self._views[report_id] += 1
            count, is_full = self._views[report_id], len(self._views) >= MOST_IN_HAND
            if self._timer is None:
                self._timer = Timer(SECONDS_IN_HAND, self._write_from_the_side)
                self._timer.daemon = True
                self._timer.start()
        if is_full:
            self.write()
        return count

    def write(self):
        """Write what is in hand: one transaction, reports that are gone left out."""
        with self._lock:
            views, self._views = self._views, Counter()
            if self._timer is not None:
                self._timer.cancel()
                self._timer = None
        if not views:
            return
        try:
            with transaction.atomic():
                # In the order of keys, so that two processes never wait for each other.
                known = Report.objects.filter(pk__in=views).order_by("pk")
                for report_id in known.values_list("pk", flat=True):
                    ViewCount.add(report_id, views[report_id])
        except DatabaseError:
            log.warning("Không ghi được lượt xem của %d bài; sẽ thử lại.", len(views))
            with self._lock:
                self._views += views

    def _write_from_the_side(self):
        """The timer's thread has a connection of its own and leaves none behind."""
        try:
            self.write()
        finally:
            connection.close()


in_hand = ViewsInHand()
atexit.register(in_hand.write)


def most_read(published, now, count, leaving_out=()):
    """The most read of the last 30 days, then of all times: `count` reports, most views first.

    `published` is a queryset of public reports; reports in `leaving_out` are not repeated.
    """
    found, seen = [], {report.pk for report in leaving_out}
    read = published.filter(view_count__count__gt=0).order_by("-view_count__count", "-pk")
    for readers in (read.filter(published_at__gte=now - RECENT), read):
        if len(found) < count:
            # These lists show no photos.
            cards = readers.exclude(pk__in=seen).for_cards().prefetch_related(None)
            found += cards[: count - len(found)]
            seen.update(report.pk for report in found)
    return found
