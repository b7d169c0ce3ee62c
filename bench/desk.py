"""How long the desk takes to answer, and what its exports weigh, beside the limits it must keep.

    python -m bench.desk [--reports 200000] [--rounds 5] [--only NAME]

A line a question: milliseconds for the numbers alone, for the whole page as it is served (the quickest
round of each, what the machine does besides is not ours), its statements and kB. Exports run in a child
process each: seconds, and the most memory the child held.
"""

import argparse
import json
import os
import resource
import subprocess
import sys
import time

from bench.ground import ROOT, database, environment, manage
from bench.questions import Watch

# Milliseconds for the numbers of a page.
TABLE, LIST, COVERAGE = 300, 50, 1000
# Of an export: seconds, and MB of the process that writes it.
EXPORT_SECONDS, EXPORT_MEGABYTES = 10, 300
EXPORTED = 5000


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--reports", type=int, default=200_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--only", default="", help="names that contain this")
    parser.add_argument("--url", help="a database that is served already")
    parser.add_argument("--export", nargs=2, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.export:
        _ready(options.url)
        print(json.dumps(exported(*options.export)))
        return
    if options.url:
        manage(options.url, "collectstatic", "--noinput", "--verbosity", "0")
        measure(options.url, options.rounds, options.only)
        return
    with database(options.reports) as url:
        measure(url, options.rounds, options.only)


def _ready(url):
    os.environ.update(environment(url, PAGE_CACHE="0"))
    sys.path.insert(0, str(ROOT))
    import django

    django.setup()


def measure(url, rounds, only):
    _ready(url)
    client = at_the_desk()
    print(f"load {os.getloadavg()[0]:.1f}")
    print(f"{'question':<44}{'limit':>8}{'numbers':>9}{'page':>9}{'SQL':>5}{'kB':>7}")
    for name, (limit, address, ask) in questions().items():
        if only in name:
            print(_line(name, limit, *_timed(client, address, ask, rounds)), flush=True)
    print(f"{'export of 5,000 reports':<44}{'CPU s':>8}{'s':>9}{'MB':>9}{'':>5}{'kB':>7}")
    query = few_thousand()
    for name in ("word", "excel", "csv", "json"):
        if only not in name:
            continue
        command = [sys.executable, "-m", "bench.desk", "--url", url, "--export", name, query]
        said = subprocess.run(
            command, cwd=ROOT, env=environment(url), capture_output=True, text=True, check=False
        )
        if said.returncode:
            sys.exit(said.stderr)
        told = json.loads(said.stdout.splitlines()[-1])
        kept = told["seconds"] <= EXPORT_SECONDS and told["megabytes"] <= EXPORT_MEGABYTES
        print(
            f"{name:<44}{told['processor']:>8.1f}{told['seconds']:>9.1f}{told['megabytes']:>9.0f}{'':>5}"
            f"{told['kilobytes']:>7.0f}" + ("" if kept else "  over the limit"),
            flush=True,
        )


def at_the_desk():
    """A browser of somebody who compiles for An Giang."""
    from django.conf import settings
    from django.contrib.auth import get_user_model
    from django.test import Client

    from reports.models import MemberRole, Membership

    user, _ = get_user_model().objects.get_or_create(username="bench-desk")
    Membership.objects.get_or_create(user=user, unit_id="t2-91", role=MemberRole.DESK)
    # No letters of ours: signed in without a password or a second step.
    settings.SESSION_COOKIE_SECURE = False
    client = Client(headers={"host": "127.0.0.1"})
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def questions():
    """{name: (limit, address, function that gets the numbers)}."""
    from django.conf import settings
    from django.http import QueryDict
    from django.urls import reverse

    from portal.paging import asked_page
    from reports.desk.comparison import comparison_of
    from reports.desk.counting import table_of
    from reports.desk.coverage import coverage_of
    from reports.desk.patience import patient
    from reports.desk.selection import Selection
    from reports.desk.table_views import REPORTS_PER_PAGE, for_desk, ordered

    year = _middle_year()
    ground = f"don-vi=t2-91&don-vi-cu=1&ky={year}"
    country = f"ky={year}"
    hundred = f"don-vi={','.join(_communes(100))}&ky={_last_year()}"

    def asked(name, query, what):
        def ask():
            with patient(settings.DESK_SECONDS):  # as every page of the desk asks
                return what(Selection.of(query))

        return f"{reverse(name)}?{query}", ask

    def rows(selection):
        reports = for_desk(ordered(selection, QueryDict()))
        return asked_page(QueryDict(), reports, REPORTS_PER_PAGE)

    row = _largest_row(Selection.of(ground), table_of)
    drill = f"{ground}&dong={row}&loai=so-ket"
    return {
        name: (limit, *asked(address, query, what))
        for name, limit, address, query, what in (
            ("table, a commune's year", TABLE, "desk:table", f"don-vi={_communes(1)[0]}&ky={_last_year()}", table_of),
            ("table, province and its former area", TABLE, "desk:table", ground, table_of),
            ("table, the same by month", TABLE, "desk:table", f"{ground}&cot=thang", lambda s: table_of(s, "thang")),
            ("table, the same by 15–14", TABLE, "desk:table", f"{ground}&quy-uoc=15-14", table_of),
            ("table, the whole country", TABLE, "desk:table", country, table_of),
            ("table, the year the units changed", TABLE, "desk:table", "don-vi=t2-91&don-vi-cu=1&ky=2025", table_of),
            ("table, hundred communes", TABLE, "desk:table", hundred, table_of),
            ("list, the whole country", LIST, "desk:list", country, rows),
            ("list, province and its former area", LIST, "desk:list", ground, rows),
            ("list, behind a number of the table", LIST, "desk:list", drill, rows),
            ("coverage, hundred communes × 12 months", COVERAGE, "desk:coverage", hundred, coverage_of),
            ("coverage, province and its former area", COVERAGE, "desk:coverage", ground, coverage_of),
            ("the year before, province", 2 * TABLE, "desk:comparison", ground, comparison_of),
        )
    }  # fmt: skip


def _middle_year():
    """The fullest year of the old units."""
    from django.db.models import Count
    from django.db.models.functions import ExtractYear

    from reports.models import Report

    published = Report.objects.published().filter(counting_on__year__lt=2025)
    years = published.annotate(year=ExtractYear("counting_on")).values_list("year")
    return years.annotate(number=Count("pk")).order_by("-number").first()[0]


def _last_year():
    from django.utils import timezone

    return timezone.localdate().year - 1


def _communes(number):
    from units.models import Unit

    communes = Unit.objects.current().filter(parent="t2-91").order_by("pk")
    return list(communes.values_list("pk", flat=True)[:number])


def _largest_row(selection, table_of):
    return max(table_of(selection).rows, key=lambda row: row.total).row.key


def few_thousand():
    """The query of about `EXPORTED` reports of a province: as many days as hold them."""
    from reports.desk.selection import Selection

    first, ground = f"{_middle_year()}-01-01", "don-vi=t2-91&don-vi-cu=1"
    days = Selection.of(f"{ground}&tu={first}").reports.order_by("counting_on")
    days = list(days.values_list("counting_on", flat=True)[:EXPORTED])
    query = f"{ground}&tu={first}&den={days[-1]}"
    chosen = Selection.of(query)
    print(
        f"{chosen.reports.count()} reports, {first} – {days[-1]}, {chosen.undated.count()} undated"
    )
    return query


def _timed(client, address, ask, rounds):
    """(milliseconds of the numbers, of the page, statements, kB); the first round warms."""
    alone, whole = [], []
    for _ in range(rounds + 1):
        began = time.perf_counter()
        ask()
        alone.append(1000 * (time.perf_counter() - began))
        watch = Watch()
        from django.db import connection

        began = time.perf_counter()
        with connection.execute_wrapper(watch):
            answer = client.get(address, follow=True)
        whole.append(1000 * (time.perf_counter() - began))
        if answer.status_code != 200:
            sys.exit(f"{address} answered {answer.status_code}")
    return (
        min(alone[1:]),
        min(whole[1:]),
        watch.statements,
        len(answer.content) / 1000,
    )


def _line(name, limit, alone, page, statements, kilobytes):
    return f"{name:<44}{limit:>8}{alone:>9.0f}{page:>9.0f}{statements:>5}{kilobytes:>7.0f}" + (
        "" if alone <= limit else "  over the limit"
    )


def exported(name, query):
    """What one export of this process takes, from the address to the last byte."""
    from django.urls import reverse

    client = at_the_desk()
    began, worked = time.perf_counter(), time.process_time()
    answer = client.get(f"{reverse(f'desk:{name}')}?{query}")
    if answer.status_code != 200:
        sys.exit(f"{name} answered {answer.status_code}")
    written = sum(len(piece) for piece in answer) if answer.streaming else len(answer.content)
    return {
        "seconds": time.perf_counter() - began,
        "processor": time.process_time() - worked,
        "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "kilobytes": written / 1000,
    }


if __name__ == "__main__":
    main()
