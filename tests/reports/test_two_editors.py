"""Two editors and an approver at one report, in any order: nobody's work is overwritten unseen, every
transition happens exactly once, and the history tells all of it.

The oracle knows what each person has seen, and so what each deed must answer; the same interleavings
run through the pages and through the public functions.
"""

import random
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from copy import copy

import pytest
from django.db import connection, transaction
from django.db.models import F
from django.test import Client
from django.urls import reverse

from reports import versions, workflow
from reports.admin.deeds import DEEDS
from reports.admin.report import ReportAdmin
from reports.editions import verify
from reports.models import (
    Contribution,
    Edition,
    EditLock,
    MemberRole,
    Report,
    ReportStatus,
    StaleReport,
    TypedText,
)
from reports.rights import EDITABLE, may_edit
from tests.factories import (
    MembershipFactory,
    PersonFactory,
    ReportFactory,
    UserFactory,
    next_commune,
)
from tests.reports.admin.conftest import report_form
from tests.reports.admin.pages import ADD, change

EDITORS, APPROVER = ("lan", "mai"), "duyet"
NEEDS = {
    "tra-lai": {"code": "khac", "reason": "Thiếu ngày"},
    "go": {"code": "khac", "reason": "Nhầm"},
}
# slug -> (who, from which states, to which)
ROADS = {
    "gui-duyet": (EDITORS, EDITABLE, ReportStatus.SUBMITTED),
    "tra-lai": ((APPROVER,), (ReportStatus.SUBMITTED,), ReportStatus.RETURNED),
    "dang": ((APPROVER,), (ReportStatus.SUBMITTED,), ReportStatus.PUBLISHED),
    "go": ((APPROVER,), (ReportStatus.PUBLISHED,), ReportStatus.WITHDRAWN),
    "dang-lai": ((APPROVER,), (ReportStatus.WITHDRAWN,), ReportStatus.PUBLISHED),
    "ban-sua": (EDITORS, (ReportStatus.PUBLISHED,), ReportStatus.PUBLISHED),
}
STARTS = ({}, {}, {"status": "submitted"}, {"published": True}, {"withdrawn": True})
STEPS = ["save"] * 8 + ["bring-back"] + ["gui-duyet", "dang"] * 3 + [*ROADS]


class ByFunctions:
    """Each deed as the function behind the page; True when it was done."""

    def __init__(self, users):
        self.users = users

    def save(self, who, seen, title):
        seen.title, seen._history_user = title, self.users[who]
        try:
            with transaction.atomic():
                # What the form asks first.
                if not may_edit(self.users[who], Report.objects.get(pk=seen.pk)):
                    return False
                seen.save()
        except (StaleReport, Report.DoesNotExist):
            return False
        return True

    def bring_back(self, who, seen, record):
        try:
            with transaction.atomic():
                if not may_edit(self.users[who], Report.objects.get(pk=seen.pk)):
                    return False
                names = ReportAdmin.restored_fields
                versions.bring_back(seen, record, names=names, by=self.users[who], deed="khôi phục")
        except (StaleReport, Report.DoesNotExist):
            return False
        return True

    def move(self, who, seen, slug):
        needs = NEEDS.get(slug, {})
        try:
            DEEDS[slug].do(seen, by=self.users[who], version=seen.version, **needs)
        except (workflow.Refused, StaleReport, Report.DoesNotExist):
            return False
        return True


class ByPages:
    """The same through the addresses a browser posts to."""

    def __init__(self, users):
        self.browsers = {}
        for name, user in users.items():
            self.browsers[name] = Client()
            self.browsers[name].force_login(user)

    def _post(self, who, address, data):
        status = self.browsers[who].post(address, data).status_code
        assert status in (302, 403, 404, 409)
        return status == 302

    def save(self, who, seen, title):
        return self._post(who, change(seen), report_form(seen, title=title, _continue="1"))

    def bring_back(self, who, seen, record):
        address = reverse("admin:reports_report_restore", args=[seen.pk, record.history_id])
        return self._post(who, address, {"version": seen.version})

    def move(self, who, seen, slug):
        address = reverse(f"admin:reports_report_{slug}", args=[seen.pk])
        return self._post(who, address, {"version": seen.version, **NEEDS.get(slug, {})})


def everything():
    """What is stored: a line a report, the length of its history, and the editions."""
    reports = {
        report.pk: (report.version, report.status, report.title, report.history.count())
        for report in Report.objects.all()
    }
    return reports, Edition.objects.count()


class Newsroom:
    """One report, its three people, and what each of them has last seen."""

    def __init__(self, doors, seed):
        unit = next_commune()
        self.users = {name: UserFactory() for name in (*EDITORS, APPROVER)}
        for name, user in self.users.items():
            role = MemberRole.APPROVER if name == APPROVER else MemberRole.EDITOR
            MembershipFactory(user=user, unit=unit, role=role)
        self.doors, self.dice = doors(self.users), random.Random(seed)
        start = self.dice.choice(STARTS)
        self.report = ReportFactory(unit=unit, created_by=self.users["lan"], **start)
        self.seen, self.done = {}, Counter()
        for name in self.users:
            self.open(name)

    def open(self, who):
        self.seen[who] = self.dice.choice(
            list(Report.objects.filter(unit=self.report.unit).order_by("pk"))
        )

    def step(self, number):
        who, what = self.dice.choice([*self.users]), self.dice.choice(STEPS)
        if what in ROADS and who not in ROADS[what][0] and self.dice.random() < 0.9:
            who = self.dice.choice(ROADS[what][0])
        if self.dice.random() < 0.6:
            self.open(who)  # else they still hold the page they had
        seen, held = self.seen[who], copy(self.seen[who])
        stored = Report.objects.filter(pk=seen.pk).first()
        before = everything()
        expected = bool(stored) and seen.version == stored.version and self.may(who, stored, what)
        if what == "save":
            done = self.doors.save(who, held, f"Xã ta làm đường, lần viết {number}")
        elif what == "bring-back":
            first = seen.history.last() or self.report.history.last()
            done = self.doors.bring_back(who, held, first)
        else:
            done = self.doors.move(who, held, what)
        if done and what in ("save", "bring-back"):
            # What is gone now is what this person had before their eyes.
            assert before[0][seen.pk][2] == seen.title, "overwritten unseen"
        assert done == expected, (who, what, stored and stored.status)
        self.compare(before, everything(), done, who, what, stored)
        if done:
            self.open(who)

    def may(self, who, report, what):
        if what in ("save", "bring-back"):
            return who in EDITORS and report.status in EDITABLE
        people, states, _ = ROADS[what]
        if who not in people or report.status not in states:
            return False
        if what == "ban-sua":
            return not report.revisions.exists()
        if what == "dang" and report.revises_id:
            return report.revises.status == ReportStatus.PUBLISHED
        return True

    def compare(self, before, after, done, who, what, seen):
        """What changed is what this one deed changes; a refusal changes nothing at all."""
        if not done:
            self.done["stale"] += bool(seen) and seen.version != self.seen[who].version
            assert after == before
            return
        self.done[what] += 1
        reports, editions = dict(before[0]), before[1]
        target = seen.revises_id if what == "dang" and seen.revises_id else seen.pk
        version, status, title, lines = reports[target]
        stored = Report.objects.get(pk=target)
        if what == "ban-sua":
            (new,) = set(after[0]) - set(reports)
            assert after[0][new][1:3] == (ReportStatus.DRAFT, title)
            assert {key: line for key, line in after[0].items() if key != new} == reports
            return
        assert stored.history.first().history_user == self.users[who]
        if target != seen.pk:
            del reports[seen.pk]
        status = ROADS[what][2] if what in ROADS else status
        lines_now = after[0][target][3]
        # One line a save; putting topics on it may add another of the same version.
        assert lines < lines_now <= lines + 2
        title = stored.title if what in ("save", "bring-back") or target != seen.pk else title
        reports[target] = (version + 1, status, title, lines_now)
        assert after[0] == reports
        assert after[1] - editions in ((0, 1) if what in ("dang", "dang-lai") else (0,))

    def history_is_complete(self):
        """Every version has its line, and who is named in it."""
        for report in Report.objects.filter(unit=self.report.unit):
            told = set(report.history.values_list("version", flat=True))
            assert told == set(range(1, report.version + 1))
        assert verify()[2] is None


def run(doors, seeds, steps=8):
    done = Counter()
    for seed in seeds:
        with transaction.atomic():
            newsroom = Newsroom(doors, seed)
            for number in range(steps):
                newsroom.step(number)
            newsroom.history_is_complete()
            done += newsroom.done
            transaction.set_rollback(True)
    return done


@pytest.fixture
def unjudged(monkeypatch):
    """What a text must have before it goes on is asked elsewhere (reports.proofreading)."""
    monkeypatch.setattr(workflow, "blocking", lambda report, user: "")


@pytest.mark.django_db
def test_two_hundred_interleavings_overwrite_nothing(registry, unjudged):
    done = run(ByFunctions, range(200))

    assert set(done) == {*ROADS, "save", "bring-back", "stale"}  # every deed was met
    assert done["save"] > 100
    assert done["dang"] > 20
    assert done["stale"] > 100


@pytest.mark.django_db
def test_the_pages_answer_the_same(registry, unjudged):
    done = run(ByPages, range(1000, 1018))

    assert done["save"] >= 4
    assert done["gui-duyet"] > 2


@pytest.mark.django_db
def test_without_the_version_an_overwrite_is_found(registry, unjudged, monkeypatch):
    """Control: the same newsroom, where a save asks nobody which version it saw."""

    def careless(self):
        if not self._state.adding:
            Report.objects.filter(pk=self.pk).update(version=F("version") + 1)
            self.version = Report.objects.values_list("version", flat=True).get(pk=self.pk)

    monkeypatch.setattr(Report, "_take_turn", careless)

    with pytest.raises(AssertionError):
        run(ByFunctions, range(40))


# --- at the same moment -----------------------------------------------------------------------------

PEOPLE = 20
several_writers = pytest.mark.skipif(
    connection.vendor != "postgresql", reason="SQLite lets one writer in at a time"
)


@pytest.fixture
def at_once(transactional_db, registry):
    """at_once(deeds) -> what each of these functions returned, called at the same time."""

    def run_all(deeds):
        def alone(deed):
            try:
                return deed()
            finally:
                connection.close()

        with ThreadPoolExecutor(PEOPLE) as pool:
            return list(pool.map(alone, deeds))

    return run_all


def browsers(unit, role, number=PEOPLE):
    made = []
    for _ in range(number):
        user = UserFactory()
        MembershipFactory(user=user, unit=unit, role=role)
        made.append(Client())
        made[-1].force_login(user)
        made[-1].user = user
    return made


@several_writers
def test_twenty_people_who_publish_at_once_publish_once(at_once, unjudged):
    unit = next_commune()
    report = ReportFactory(unit=unit, status=ReportStatus.SUBMITTED)
    address = reverse("admin:reports_report_dang", args=[report.pk])

    answers = at_once(
        [
            lambda one=one: one.post(address, {"version": report.version}).status_code
            for one in browsers(unit, MemberRole.APPROVER)
        ]
    )

    assert Counter(answers) == {302: 1, 409: PEOPLE - 1}
    stored = Report.objects.get()
    assert (stored.status, stored.version) == (ReportStatus.PUBLISHED, 2)
    assert stored.history.filter(history_change_reason=workflow.PUBLISHED).count() == 1
    assert Edition.objects.count() == 1


@several_writers
def test_twenty_saves_of_one_version_save_once_and_keep_the_words_of_all(at_once):
    unit = next_commune()
    report = ReportFactory(unit=unit)
    writers = browsers(unit, MemberRole.EDITOR)

    def save(number, browser):
        sent = report_form(report, title=f"Tít số {number}", _continue="1")
        return browser.post(change(report), sent).status_code

    answers = at_once([lambda n=n, one=one: save(n, one) for n, one in enumerate(writers)])

    assert Counter(answers) == {302: 1, 409: PEOPLE - 1}
    assert Report.objects.get().version == 2
    assert TypedText.objects.count() == PEOPLE - 1


@several_writers
def test_a_new_report_sent_twenty_times_at_once_is_one(at_once):
    unit, person = next_commune(), PersonFactory()
    (browser,) = browsers(unit, MemberRole.EDITOR, 1)
    rows = {"contributions": [{"role": "author", "person": person.pk, "place": 1}]}
    sent = report_form(unit=unit.pk, once_key="b" * 32, rows=rows, _continue="1")

    def send():
        again = Client()
        again.cookies = browser.cookies
        return again.post(ADD, sent).status_code

    assert Counter(at_once([send] * PEOPLE)) == {302: PEOPLE}
    assert Report.objects.count() == 1
    assert Contribution.objects.count() == 1


@several_writers
def test_twenty_heartbeats_at_once_hold_one_lock(at_once):
    unit = next_commune()
    report = ReportFactory(unit=unit)
    address = reverse("admin:reports_report_keep", args=[report.pk])
    sent = report_form(report, title="Gõ dở")

    answers = at_once(
        [
            lambda one=one: one.post(address, sent).status_code
            for one in browsers(unit, MemberRole.EDITOR, 4) * 5
        ]
    )

    assert Counter(answers) == {200: PEOPLE}
    assert EditLock.objects.count() == 1
    assert TypedText.objects.count() == 4
