"""`make_demo` makes what saving would make, the same each time, and quickly."""

import io
import os
import sqlite3
import subprocess
import sys

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection

from reports.demo.volume import make
from reports.models import Contribution, Event, Report, ReportScope, ReportStatus, ViewCount

pytestmark = pytest.mark.django_db

DERIVED = (
    "title", "slug", "lead", "body", "unit_label", "unit_full_label", "counting_on",
    "status", "published_at",
)  # fmt: skip


@pytest.fixture
def made(registry):
    make(400, seed=7)


def rows(report):
    return sorted(report.scopes.values_list("unit_id", "relation", "partial", "published_at"))


def test_saving_a_made_report_anew_changes_nothing(made):
    for report in Report.objects.select_related("unit", "event").order_by("pk")[:120]:
        before = [getattr(report, name) for name in DERIVED], rows(report)

        report.save()

        fresh = Report.objects.get(pk=report.pk)
        assert ([getattr(fresh, name) for name in DERIVED], rows(fresh)) == before


def test_saving_a_made_event_anew_changes_nothing(made):
    for event in Event.objects.select_related("unit")[:20]:
        before = event.slug, event.folded, event.unit_label, event.last_day_on

        event.save()

        fresh = Event.objects.get(pk=event.pk)
        assert (fresh.slug, fresh.folded, fresh.unit_label, fresh.last_day_on) == before


def test_the_same_seed_makes_the_same_reports_and_another_does_not(registry):
    def titles(seed):
        Report.objects.all().delete()
        Event.objects.all().delete()
        make(50, seed=seed)
        return list(Report.objects.order_by("pk").values_list("title", "unit_id", "counting_on"))

    first = titles(3)
    assert titles(3) == first
    assert titles(4) != first


def test_there_is_something_of_everything(made):
    published = Report.objects.filter(status=ReportStatus.PUBLISHED)

    assert Report.objects.count() == 400
    assert published.count() >= 380
    assert ReportScope.objects.count() >= 2 * published.count()
    assert Contribution.objects.count() >= 400
    assert ViewCount.objects.count() == 400
    assert Report.objects.exclude(event=None).count() >= 50
    assert Report.objects.exclude(period_start=None).count() >= 30
    eras = {key[:2] for key in Report.objects.values_list("unit_id", flat=True)}
    assert eras == {"t2", "t3"}


def test_more_can_be_added_and_ordinary_reports_find_a_free_key(made):
    make(50, seed=8)
    report = Report.objects.first()
    report.pk, report.original_url = None, ""
    report._state.adding = True
    report.save()

    assert Report.objects.count() == 451
    connection.check_constraints()


def test_the_command_shows_progress_and_refuses_nonsense(registry):
    said = io.StringIO()

    call_command("make_demo", reports=10, stdout=said)

    assert said.getvalue().startswith("10 bài, ")
    with pytest.raises(CommandError, match="từ 1 trở lên"):
        call_command("make_demo", reports=0)


@pytest.mark.drill
def test_several_processes_make_what_one_makes(tmp_path):
    def made_by(processes):
        database = tmp_path / f"{processes}.sqlite3"
        environment = {
            **os.environ,
            "DATABASE_URL": f"sqlite:///{database}",
            "SECRET_KEY": "only-for-tests",
        }
        for command in (
            ["migrate", "-v0"],
            ["load_units", "-v0"],
            ["make_demo", "-v0", "--reports=6000", f"--processes={processes}"],
        ):
            subprocess.run(
                [sys.executable, "manage.py", *command],
                cwd=settings.BASE_DIR, env=environment, check=True,
            )  # fmt: skip
        with sqlite3.connect(database) as rows:
            return [
                rows.execute(question).fetchall()
                for question in (
                    "select id, title, unit_id, counting_on, event_id, body from reports_report order by id",
                    "select id, name, event_on from reports_event order by id",
                    "select report_id, unit_id, relation from reports_reportscope order by 1, 2",
                    "select report_id, person_id, role from reports_contribution order by 1, 2, 3",
                )
            ]

    alone = made_by(1)

    assert len(alone[0]) == 6000
    assert made_by(2) == alone
