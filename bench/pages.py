"""How many pages a second two workers serve, as a ratio of a view that answers a constant (= 1.00).

    python -m bench.pages [--reports 20000] [--seconds 8] [--rounds 3]

Needs wrk (apt-get install wrk). Everything runs on loopback and stops by itself. Rounds alternate, the
median counts; absolute figures of one machine say nothing about another.
"""

import argparse
import os
import re
import shutil
import statistics
import subprocess
import sys
import time
from contextlib import contextmanager
from socket import create_connection, socket

from bench.addresses import addresses
from bench.ground import ROOT, database, environment

WORKERS = 2
CONNECTIONS = 8
PAGES = ("home", "list", "report", "unit", "search, common words", "search, nothing")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--reports", type=int, default=20_000)
    parser.add_argument("--seconds", type=int, default=8)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    if not shutil.which("wrk"):
        sys.exit("wrk is missing: apt-get install wrk")
    with database(options.reports) as url:
        os.environ.update(environment(url))
        import django

        django.setup()
        known = addresses()
        chosen = {name: known[name] for name in PAGES}
        rates = {}
        for _ in range(options.rounds):
            for kind, settings in (("kept", {}), ("drawn", {"PAGE_CACHE": "0"})):
                with served("bench.constant:application", environment(url)) as base:
                    rates.setdefault("constant", []).append(rate(base + "/", options.seconds))
                with served("portal.wsgi:application", environment(url, **settings)) as base:
                    for name, address in chosen.items():
                        found = rate(base + address, options.seconds)
                        rates.setdefault(f"{name}, {kind}", []).append(found)
    constant = statistics.median(rates["constant"])
    print(f"{WORKERS} workers, {options.reports} reports, load {os.getloadavg()[0]:.1f}")
    for name, found in rates.items():
        middle = statistics.median(found)
        print(f"{name:<36}{middle:>10.0f} /s{middle / constant:>8.3f} ×")


@contextmanager
def served(application, settings):
    with socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    process = subprocess.Popen(
        [
            sys.executable, "-m", "gunicorn", application, "--bind", f"127.0.0.1:{port}",
            "--workers", str(WORKERS), "--no-control-socket", "--log-level", "error",
        ],
        cwd=ROOT,
        env={name: value for name, value in settings.items() if name != "DJANGO_SETTINGS_MODULE"},
    )  # fmt: skip
    try:
        for _ in range(300):
            try:
                create_connection(("127.0.0.1", port), 1).close()
                break
            except OSError:
                time.sleep(0.1)
        time.sleep(1)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(20)


def rate(address, seconds):
    """Answers a second; stops the bench when any answer was no 200."""
    said = subprocess.run(
        ["wrk", "-t2", f"-c{CONNECTIONS}", f"-d{seconds}s", "-H", "Accept-Encoding: gzip", address],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    if "Non-2xx" in said:
        sys.exit(f"{address} did not answer 200:\n{said}")
    return float(re.search(r"Requests/sec:\s+([\d.]+)", said)[1])


if __name__ == "__main__":
    main()
