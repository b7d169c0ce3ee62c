"""Who may do what to a report in which state: the table, the scene it is tried on, and what changed.

From `RULES` every cell is computed: deed × role × state × author or not × newsroom of one step or two.
"""

from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from reports import workflow
from reports.editions import content_hash
from reports.models import Alert, Contribution, Correction, Edition, MemberRole, Photo, Report
from tests.factories import MembershipFactory, NewsroomFactory, ReportFactory, UserFactory

LATER = timedelta(days=900)
EDITOR, APPROVER, CONTRIBUTOR = "editor", "approver", "contributor"
# What each seat may claim. System administrators do what editors and approvers do together, so
# the slower routes are tried by one of the two.
ROLES = {
    "nobody": set(),
    "contributor": {CONTRIBUTOR},
    "editor": {EDITOR},
    "approver": {APPROVER},
    "editor and approver": {EDITOR, APPROVER},
    "unit_admin": {"unit_admin"},
    "desk": {"desk"},
    "superuser": {EDITOR, APPROVER},
}
STATES = ("draft", "returned", "submitted", "scheduled", "published", "withdrawn")
# Revisions; the last two stand against an original that changed meanwhile.
REVISIONS = ("revision", "revision returned", "revision submitted", "old revision",
             "old revision submitted")  # fmt: skip
WORKED_ON = {"draft", "returned", "revision", "revision returned", "old revision"}
WAITING = {"submitted", "revision submitted"}
OUT = {"scheduled", "published"}


@dataclass(frozen=True)
class Rule:
    """`roles` may in `states`; the author with `by_author`, unless `not_author`; `alone`: states in
    which an editor may, whose newsroom works in one step. `after` is the state it leads to.
    """

    do: object
    slug: str
    states: set
    roles: set
    data: dict
    after: str = ""
    by_author: frozenset = frozenset()
    not_author: bool = False
    alone: frozenset = frozenset()
    not_alone: bool = False


def _at(report):
    return {"at": timezone.now() + LATER}


HOUR = {"publish_on_0": "01/01/2090", "publish_on_1": "7:30"}
RULES = {
    "submit": Rule(
        workflow.submit, "gui-duyet", WORKED_ON, {EDITOR}, {}, "submitted",
        by_author=frozenset({CONTRIBUTOR}),
    ),
    "publish": Rule(
        workflow.publish, "dang", WAITING, {APPROVER}, {}, "published", not_author=True,
        alone=frozenset({"draft", "returned", "revision", "revision returned"} | WAITING),
    ),
    "schedule": Rule(
        lambda report, **how: workflow.publish(report, at=timezone.now() + LATER, **how),
        "hen-gio", {"submitted"}, {APPROVER}, HOUR, "published", not_author=True,
        alone=frozenset({"draft", "returned", "submitted"}),
    ),
    "return_to_author": Rule(
        lambda report, **how: workflow.return_to_author(report, code="trung", **how),
        "tra-lai", WAITING | {"old revision submitted"}, {APPROVER}, {"code": "trung"}, "returned",
    ),
    "reschedule": Rule(
        lambda report, **how: workflow.reschedule(
            report, publish_on=timezone.now() + LATER, **how
        ),
        "doi-gio", {"scheduled"}, {APPROVER}, HOUR, "published", alone=frozenset({"scheduled"}),
    ),
    "correct": Rule(
        lambda report, **how: workflow.correct(report, text="Đúng là 46.", **how),
        "dinh-chinh", {"published"}, {APPROVER}, {"text": "Đúng là 46."}, "published",
        alone=frozenset({"published"}),
    ),
    "withdraw": Rule(
        lambda report, **how: workflow.withdraw(report, code="trung", **how),
        "go", OUT, {APPROVER}, {"code": "trung"}, "withdrawn", alone=frozenset(OUT),
    ),
    "restore": Rule(
        workflow.restore, "dang-lai", {"withdrawn"}, {APPROVER}, {}, "published",
        alone=frozenset({"withdrawn"}),
    ),
    "revise": Rule(
        workflow.revise, "ban-sua", OUT, {EDITOR}, {}, "published", not_alone=True,
    ),
    "drop": Rule(
        workflow.drop, "bo-ban-sua", WORKED_ON & set(REVISIONS), {EDITOR}, {}, "",
        by_author=frozenset({CONTRIBUTOR}),
    ),
    "catch_up": Rule(
        workflow.catch_up, "theo-ban-moi", {"old revision"}, {EDITOR}, {}, "draft",
        by_author=frozenset({CONTRIBUTOR}),
    ),
}  # fmt: skip
BY_PAGE = [role for role in ROLES if role != "editor and approver"]
# The states of another's report that each role reads in its own unit (SECURITY, section 2).
READ_BY = {
    EDITOR: {*STATES, *REVISIONS},
    APPROVER: {*WAITING, "old revision submitted", *OUT, "withdrawn"},
    "desk": {"published"},
}


def allowed(deed, role, state, *, own, alone):
    """What the table says of one cell."""
    rule, roles = RULES[deed], ROLES[role]
    if alone and EDITOR in roles and state in rule.alone:
        return True
    if state not in rule.states or (rule.not_alone and alone):
        return False
    if own and rule.not_author:
        return False
    return bool(roles & rule.roles) or (own and bool(roles & rule.by_author))


def reads(role, state, *, own):
    return (own and CONTRIBUTOR in ROLES[role]) or any(
        state in READ_BY.get(each, ()) for each in ROLES[role]
    )


def edits(role, state, *, own, alone):
    roles = ROLES[role]
    if state in WORKED_ON:
        return EDITOR in roles or (own and CONTRIBUTOR in roles)
    return alone and state in OUT and EDITOR in roles


# --- the scene ------------------------------------------------------------------------------------


def take_seat(role, unit):
    if role == "superuser":
        return UserFactory(is_superuser=True)
    user = UserFactory()
    for each in ROLES[role]:
        MembershipFactory(user=user, unit=unit, role=MemberRole(each))
    return user


def stage(unit, author):
    """{state: a report of `unit` in it, written by `author`}."""
    reports = {}
    for state in (*STATES, *REVISIONS):
        bare = state.replace("old ", "").replace("revision", "").strip() or "draft"
        trait = {bare: True} if bare in (*OUT, "withdrawn") else {"status": bare}
        if "revision" in state:
            original = ReportFactory(unit=unit, published=True)
            behind = "old" in state
            trait |= {
                "revises": original,
                "revises_hash": "0" * 64 if behind else content_hash(original),
                "title": "Tít của bản sửa",
            }
        reports[state] = ReportFactory(unit=unit, created_by=author, **trait)
    return reports


def everything():
    """What a deed may write, of all rows there are; a text that changed has another version."""
    told = ("pk", "status", "version", "published_at", "unit", "title", "created_by", "revises")
    return (
        list(Report.objects.order_by("pk").values_list(*told)),
        [model.objects.count() for model in (Correction, Edition, Alert, Contribution, Photo)],
    )


class Undo(Exception):
    pass


def tried(attempt):
    """What `attempt` answered; everything is as before afterwards."""
    try:
        with transaction.atomic():
            answer = attempt()
            raise Undo
    except Undo:
        return answer


def by_function(deed, report, user):
    """(the answer's status, whether any row changed). A refusal rolls back what it did."""
    user = type(user).objects.get(pk=user.pk)  # rights are read anew, as at every request
    report = Report.objects.get(pk=report.pk)
    before = everything()
    try:
        with transaction.atomic():
            RULES[deed].do(report, by=user, version=report.version)
    except workflow.Refused as refused:
        return refused.status_code, False
    return 302, everything() != before


def mismatches(unit, *, alone, role):
    """The cells in which the functions do not do what the table says."""
    user = take_seat(role, unit)
    for own in (False, True):
        for state, report in stage(unit, user if own else UserFactory()).items():
            for deed in RULES:
                right = allowed(deed, role, state, own=own, alone=alone)
                status, changed = tried(lambda: by_function(deed, report, user))  # noqa: B023
                if (status == 302, changed) != (right, right):
                    yield deed, role, state, own, status, changed


def newsroom(unit, alone):
    if alone:
        NewsroomFactory(unit=unit, one_step=True)
    return alone
