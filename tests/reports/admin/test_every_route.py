"""No role moves a report by a function or an address it may not use; and the table finds who could.

The other ways in: `test_side_doors.py`.
"""

import inspect

import pytest
from django.test import Client
from django.urls import reverse

from reports import rights, workflow
from reports.admin import deeds as buttons
from reports.models import MemberRole, Report, ReportStatus
from tests.factories import UserFactory, next_commune

from .route_table import (
    BY_PAGE,
    EDITOR,
    ROLES,
    RULES,
    allowed,
    everything,
    mismatches,
    newsroom,
    reads,
    stage,
    take_seat,
    tried,
)

pytestmark = [pytest.mark.django_db, pytest.mark.once]


# --- complete -------------------------------------------------------------------------------------


def test_the_table_has_every_deed_there_is():
    deeds = {
        name
        for name, function in inspect.getmembers(workflow, inspect.isfunction)
        if "version" in inspect.signature(function).parameters and not name.startswith("_")
    }

    # Scheduling is publishing with a moment, and has a rule of its own.
    assert set(RULES) - {"schedule"} == deeds
    assert {rule.slug for rule in RULES.values()} == set(buttons.DEEDS)


# --- the function, and its address ------------------------------------------------------------------


@pytest.mark.parametrize("alone", [False, True], ids=["two steps", "one step"])
@pytest.mark.parametrize("role", ROLES)
def test_functions_do_what_the_table_says(unit, role, alone):
    assert list(mismatches(unit, alone=newsroom(unit, alone), role=role)) == []


@pytest.mark.parametrize("alone", [False, True], ids=["two steps", "one step"])
@pytest.mark.parametrize("role", BY_PAGE)
def test_addresses_do_what_the_table_says(unit, role, alone):
    """Every cell of another's report in two steps; of the others, those that answer otherwise."""
    newsroom(unit, alone)
    user, client, wrong = take_seat(role, unit), Client(), []
    client.force_login(user)
    for own in (False, True):
        reports = stage(unit, user if own else UserFactory())
        before = everything()
        for state, report in reports.items():
            for deed, rule in RULES.items():
                right = allowed(deed, role, state, own=own, alone=alone)
                usual = allowed(deed, role, state, own=False, alone=False)
                if (own or alone) and right == usual:
                    continue
                address = reverse(f"admin:reports_report_{rule.slug}", args=[report.pk])
                data = rule.data | {"version": report.version}

                def send():
                    status = client.post(address, data).status_code  # noqa: B023
                    return status, everything() != before  # noqa: B023

                status, changed = tried(send)
                codes = (302,) if right else (403, 409) if reads(role, state, own=own) else (404,)
                if status not in codes or changed != right:
                    wrong.append((deed, state, own, status, changed))

    assert wrong == []


@pytest.mark.parametrize("deed", RULES)
def test_a_deed_leads_where_the_table_says_and_leaves_one_line(unit, deed):
    rule = RULES[deed]
    user = take_seat("superuser", unit)
    for state, report in stage(unit, UserFactory()).items():
        if not allowed(deed, "superuser", state, own=False, alone=False):
            continue
        original, version = report.revises, report.version
        rule.do(report, by=user, version=version)

        there = Report.objects.filter(pk=report.pk).first()
        if deed == "drop" or (deed == "publish" and original):
            assert there is None
            title = Report.objects.get(pk=original.pk).title
            assert (title == "Tít của bản sửa") == (deed == "publish")
            there = Report.objects.get(pk=original.pk)
        elif deed == "revise":
            assert there.version == version
            assert there.revisions.get().status == ReportStatus.DRAFT
        else:
            assert (there.status, there.version) == (rule.after, version + 1)
        if deed not in ("drop", "revise"):
            assert there.history.first().history_user == user


@pytest.mark.parametrize("role", [role for role in BY_PAGE if role != "superuser"])
def test_reports_of_other_units_are_the_same_404_as_none(unit, role):
    client = Client()
    client.force_login(take_seat(role, unit))
    reports = stage(next_commune(), UserFactory())
    before = everything()
    for report in reports.values():
        for rule in RULES.values():
            name, data = f"admin:reports_report_{rule.slug}", rule.data | {"version": 1}
            absent = client.post(reverse(name, args=[987654]), data)
            there = client.post(reverse(name, args=[report.pk]), data)
            assert (there.status_code, there.content) == (404, absent.content), rule.slug
    assert everything() == before


# --- the control ------------------------------------------------------------------------------------

_may = {name: getattr(workflow, name) for name in vars(workflow) if name.startswith("may_")}
_role = workflow.has_role


def _any_state(user, report):
    return _role(user, report.unit_id, MemberRole.APPROVER) and user.pk not in (
        workflow.authors_of(report)
    )


def _editors_too(of):
    return lambda user, report: (
        of(user, report)
        or (
            of(UserFactory.build(is_superuser=True), report) and _role(user, report.unit_id, EDITOR)
        )
    )


# A broken rule, and in whose hands, in which newsroom, the table must find it.
MUTANTS = {
    "authors approve their own": ("authors_of", lambda report: set(), "superuser", False),
    "editors approve": (
        "may_publish", _editors_too(_may["may_publish"]), "editor", False
    ),
    "drafts are approved unsent": ("may_publish", _any_state, "editor and approver", False),
    "editors withdraw": ("may_withdraw", _editors_too(_may["may_withdraw"]), "editor", False),
    "editors return": ("may_return", _editors_too(_may["may_return"]), "editor", False),
    "editors put back": ("may_restore", _editors_too(_may["may_restore"]), "editor", False),
    "every role is every role": ("has_role", lambda *any: True, "approver", False),
    "every newsroom works in one step": ("is_one_step", lambda report: True, "editor", False),
    "no newsroom works in one step": ("is_one_step", lambda report: False, "editor", True),
    "approvers revise": ("may_revise", lambda user, report: True, "approver", False),
    "what is not out is corrected": ("may_correct", _may["may_withdraw"], "approver", False),
    "what is out is rescheduled": ("may_reschedule", _may["may_withdraw"], "approver", False),
    "any draft is given up": ("may_drop", rights.may_edit, "editor", False),
    "what waits is sent again": (
        "EDITABLE", (*rights.EDITABLE, ReportStatus.SUBMITTED), "editor", False
    ),
    "any revision catches up": ("may_catch_up", _may["may_drop"], "editor", False),
}  # fmt: skip


@pytest.mark.parametrize("mutant", MUTANTS)
def test_the_table_finds_each_broken_rule(unit, monkeypatch, mutant):
    name, broken, role, alone = MUTANTS[mutant]
    newsroom(unit, alone)
    monkeypatch.setattr(workflow, name, broken)

    assert next(mismatches(unit, alone=alone, role=role), None) is not None
