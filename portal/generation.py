"""A number that grows with every change readers can see; kept pages are good only for their number.

All processes of a site must agree on it at once. On one machine a file does that: renewing adds one
byte, and its size, which `stat` tells in a microsecond, is the number. Several machines ask the
shared cache (CACHE_URL) instead, at most twice a second.
"""

import os
import time
from pathlib import Path
from pickle import UnpicklingError

from redis.exceptions import RedisError

KEY = "portal.generation"
# How a store says that it is away, or holds what is not ours: nobody knows the generation then.
AWAY = (OSError, RedisError, UnpicklingError)
# A page lives in another machine's process at most this long after it changed.
SECONDS_BETWEEN_QUESTIONS = 0.5


class FileGeneration:
    """The generation of one machine. The file's name is all that its processes share."""

    def __init__(self, path):
        self.path = Path(path)
        self.path.parent.mkdir(parents=True, exist_ok=True)

    def current(self):
        """(which file, how long, written when): equal as long as nothing changed. May raise AWAY.

        A file that was removed may come back under its old number and grow to its old length.
        """
        try:
            stat = os.stat(self.path)
        except FileNotFoundError:
            return (0, 0, 0)
        return (stat.st_ino, stat.st_size, stat.st_mtime_ns)

    def renew(self):
        """Every kept page is old from now on. May raise AWAY."""
        # Appending is one step for the system: of two renewals at once neither is lost.
        with open(self.path, "ab", buffering=0) as file:
            file.write(b".")


class SharedGeneration:
    """The generation of several machines, in their shared cache."""

    def __init__(self, cache, clock=time.monotonic):
        self.cache, self.clock = cache, clock
        self._known, self._asked_at = None, float("-inf")

    def current(self):
        now = self.clock()
        if now - self._asked_at >= SECONDS_BETWEEN_QUESTIONS:
            # A moment to start from, so that an emptied cache never counts up to a number again.
            self._known = self.cache.get_or_set(KEY, time.time_ns, timeout=None)
            self._asked_at = now
        return self._known

    def renew(self):
        try:
            self.cache.incr(KEY)
        except ValueError:  # nobody has asked so far
            self.cache.set(KEY, time.time_ns(), timeout=None)
        self._asked_at = float("-inf")
