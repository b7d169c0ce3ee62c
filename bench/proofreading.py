"""What the second editor costs: a report of 2,000 words in a unit with very many reports.

    python -m bench.proofreading [--reports 10000] [--sqlite] [--rounds 20]

Prints the statements and milliseconds of one check, and what its dearest rules take.
"""

import argparse
import os
import statistics
import sys
import time

from bench.ground import ROOT, database, environment

WORDS = 2000


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--reports", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--sqlite", action="store_true")
    options = parser.parse_args()
    with database(options.reports, options.sqlite) as url:
        os.environ.update(environment(url, PAGE_CACHE="0"))
        sys.path.insert(0, str(ROOT))
        import django

        django.setup()
        measure(options.rounds)


def measure(rounds):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext
    from django.utils import timezone

    from reports.models import Report
    from reports.proofreading.checking import check, check_draft
    from reports.proofreading.draft import Draft
    from reports.proofreading.rules import ordered

    report = long_report()
    print(
        f"{connection.vendor}, {Report.objects.filter(unit=report.unit).count()} reports in the unit"
    )

    def read():
        return Report.objects.select_related("unit", "event").get(pk=report.pk)

    spent = sorted(timed(lambda: check(read())) for _ in range(rounds + 1))[:-1]
    with CaptureQueriesContext(connection) as queries:
        found = check(read())
    print(f"check: {len(queries)} statements, {len(found)} findings")
    print(f"  p50 {statistics.median(spent):.1f} ms, p95 {spent[int(len(spent) * 0.95)]:.1f} ms")
    draft = Draft.of(read(), now=timezone.now())
    check_draft(draft)
    costs = {}
    for rule in ordered():
        fresh = Draft.of(read(), now=timezone.now())
        fresh.passages  # noqa: B018 – cut into words before the clock starts
        costs[rule.id] = timed(lambda rule=rule, fresh=fresh: rule.findings(fresh))
    for name, cost in sorted(costs.items(), key=lambda row: -row[1])[:6]:
        print(f"  {name:<24}{cost:6.1f} ms")


def long_report():
    """A report of 2,000 words among all the others, which are given to its unit."""
    from reports.demo import content
    from reports.demo.prose import html_of
    from reports.models import Report
    from units.models import Unit

    unit = Unit.objects.current().exclude(parent=None).order_by("pk").first()
    Report.objects.update(unit=unit)
    paragraphs, words = [], 0
    for data in content.reports():
        for block in html_of(data["body"]).split("\n"):
            if words < WORDS:
                paragraphs.append(block)
                words += len(block.split())
    return Report.objects.create(title="Một bài rất dài", unit=unit, body="".join(paragraphs))


def timed(do):
    began = time.perf_counter()
    do()
    return 1000 * (time.perf_counter() - began)


if __name__ == "__main__":
    main()
