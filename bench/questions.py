"""What each page asks of the database: how many statements, how long, in one process, undisturbed.

    python -m bench.questions [--reports 200000] [--sqlite] [--rounds 20]

Prints a line a page: statements, milliseconds in the database (median and 95 %), milliseconds in all.
"""

import argparse
import os
import statistics
import sys
import time

from bench.addresses import addresses
from bench.ground import ROOT, database, environment


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--reports", type=int, default=200_000)
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--sqlite", action="store_true")
    parser.add_argument("--only", default="", help="names that contain this")
    options = parser.parse_args()
    with database(options.reports, options.sqlite) as url:
        os.environ.update(environment(url, PAGE_CACHE="0"))
        sys.path.insert(0, str(ROOT))
        import django

        django.setup()
        measure(options.rounds, options.only)


def measure(rounds, only):
    from django.conf import settings
    from django.core.cache import caches
    from django.db import connection
    from django.test import Client

    client = Client(headers={"host": "127.0.0.1"})
    print(f"{connection.vendor}, {rounds} rounds, load {os.getloadavg()[0]:.1f}")
    print(f"{'page':<36}{'SQL':>5}{'SQL p50':>10}{'SQL p95':>10}{'all p50':>10}{'kB':>7}")
    for name, address in addresses().items():
        if only not in name:
            continue
        spent, whole = [], []
        for _ in range(rounds + 1):
            for alias in settings.CACHES:
                if alias == "default":
                    caches[alias].clear()
            watch = Watch()
            began = time.perf_counter()
            with connection.execute_wrapper(watch):
                answer = client.get(address, follow=True)
            whole.append(1000 * (time.perf_counter() - began))
            spent.append(1000 * watch.seconds)
        # The first round warms what every process warms once.
        spent, whole = sorted(spent[1:]), whole[1:]
        print(
            f"{name:<36}{watch.statements:>5}{statistics.median(spent):>10.1f}"
            f"{spent[int(len(spent) * 0.95) - 1]:>10.1f}{statistics.median(whole):>10.1f}"
            f"{len(answer.content) / 1000:>7.1f}" + ("" if answer.status_code == 200 else f"  {answer.status_code}")
        )  # fmt: skip


class Watch:
    """Counts statements and the seconds the database took for them."""

    def __init__(self):
        self.statements, self.seconds = 0, 0.0

    def __call__(self, execute, sql, params, many, context):
        began = time.perf_counter()
        try:
            return execute(sql, params, many, context)
        finally:
            self.statements += 1
            self.seconds += time.perf_counter() - began


if __name__ == "__main__":
    main()
