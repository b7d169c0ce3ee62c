"""The demo shows every feature, is loaded once, and opens no door in production."""

import io
from collections import Counter

import pytest
from django.contrib.auth import authenticate, get_user_model
from django.core.management import CommandError, call_command
from django.db import transaction
from django.test import RequestFactory, override_settings
from django.utils import timezone
from django.utils.html import strip_tags
from PIL import Image

from reports import workflow
from reports.demo import content, loading
from reports.demo.accounts import ACCOUNTS, NORMAL_UNIT, ONE_STEP_UNIT, login_table
from reports.demo.scenes import draw
from reports.models import (
    Contribution,
    ContributionRole,
    Correction,
    Event,
    Figure,
    MemberRole,
    Newsroom,
    Organisation,
    Person,
    Photo,
    Report,
    ReportStatus,
    ViewCount,
)
from tests.factories import Unpainted

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture(scope="module")
def loaded(django_db_setup, django_db_blocker, tmp_path_factory):
    """The demo, loaded once for the module; its pictures have a size but no files."""
    with (
        django_db_blocker.unblock(),
        override_settings(DEMO=True, MEDIA_ROOT=tmp_path_factory.mktemp("uploads")),
        pytest.MonkeyPatch.context() as patched,
        transaction.atomic(),
    ):
        patched.setattr(loading, "_draw_all", lambda names: {n: Unpainted() for n in names})
        loading.load()
        yield
        transaction.set_rollback(True)


@pytest.fixture
def demo(loaded, registry):
    """What a test changes of the demo is gone after it."""


def everything():
    """All rows that loading may touch, without the moments of writing."""
    return {
        model.__name__: sorted(
            model.objects.values_list(*(f.attname for f in model._meta.concrete_fields)), key=str
        )
        for model in (
            Report,
            Event,
            Person,
            Organisation,
            Photo,
            Contribution,
            ViewCount,
            Figure,
            Correction,
        )
    }


def test_loading_twice_changes_nothing(demo):
    before = everything()

    assert loading.load() == (0, 0)
    assert everything() == before


def test_what_somebody_changed_or_removed_stays_so(demo):
    draft = Report.objects.filter(status=ReportStatus.DRAFT).first()
    draft.delete()
    kept = Report.objects.published().first()
    kept.title = "Tít đã sửa"
    kept.save()

    assert loading.load() == (0, 0)
    assert not Report.objects.filter(slug=draft.slug).exists()
    assert Report.objects.get(pk=kept.pk).title == "Tít đã sửa"


def test_only_a_place_for_trying_out_gets_the_demo(settings, registry):
    # The module's demo may be there already.
    get_user_model().objects.filter(username="quantri").update(username="ai-khac")
    settings.DEMO = False

    with pytest.raises(CommandError, match="DEMO=1"):
        call_command("load_demo")
    assert not get_user_model().objects.filter(username="quantri").exists()


def test_there_is_enough_of_everything(demo):
    reports = Report.objects.all()

    assert reports.count() >= 40
    assert Event.objects.count() >= 10
    assert Person.objects.count() >= 15
    assert Organisation.objects.count() >= 10
    units = set(reports.values_list("unit_id", flat=True))
    assert len([key for key in units if key.startswith("t3-")]) >= 6
    assert len([key for key in units if key.startswith("t2-")]) >= 6
    # The units whose changes are hardest.
    assert units >= {"t3-30517", "t3-894", "t3-369", "t3-872", "t3-534"}


def test_every_state_is_there(demo):
    now = timezone.now()
    states = Counter(Report.objects.values_list("status", flat=True))

    assert set(states) == set(ReportStatus.values)
    assert Report.objects.scheduled(now).count() == 2
    assert Report.objects.withdrawn().get().withdrawn_reason != ""
    assert Report.objects.get(status=ReportStatus.RETURNED).returned_reason != ""
    # Home is alive: something from the last days.
    newest = Report.objects.published(now).newest_first().first()
    assert (now - newest.published_at).days <= 2


def bylines():
    """How each published report is signed: which of the forms of a byline."""
    forms = Counter()
    for report in Report.objects.published():
        authors = [c.person_id for c in report.signed_by(ContributionRole.AUTHOR)]
        photographers = [c.person_id for c in report.signed_by(ContributionRole.PHOTOGRAPHER)]
        if not authors and not photographers:
            forms["unsigned"] += 1
        if len(authors) == 2:
            forms["two writers"] += 1
        if authors and authors == photographers:
            forms["one person, two roles"] += 1
        if authors and photographers and authors != photographers:
            forms["photographer apart"] += 1
        if authors and report.byline_organisation:
            forms["organisation after the name"] += 1
        if any(c.signed_as for c in report.contributions.all()):
            forms["pen name"] += 1
    return forms


def test_every_form_of_byline_is_there(demo):
    assert set(bylines()) == {
        "unsigned",
        "two writers",
        "one person, two roles",
        "photographer apart",
        "organisation after the name",
        "pen name",
    }
    assert Contribution.objects.filter(role=ContributionRole.EDITOR).exists()
    assert Contribution.objects.filter(role=ContributionRole.INFORMANT).exists()


def test_every_kind_of_date_and_period_is_there(demo):
    published = Report.objects.published()
    labels = {report.period_words for report in published if report.period_start}

    assert labels >= {"6 tháng đầu năm 2026", "9 tháng đầu năm 2022", "quý I/2023", "năm 2025"}
    assert "khoảng" not in labels
    assert published.filter(published_is_estimate=True).count() == 2
    assert published.undated().count() == 2
    assert Event.objects.filter(event_on=None).count() == 2
    assert Event.objects.filter(ends_on__isnull=False).count() >= 3
    assert Event.objects.upcoming(timezone.localdate()).count() >= 5


def test_events_have_several_reports_and_connected_sites(demo):
    told = Counter(Report.objects.exclude(event=None).values_list("event__name", flat=True))
    online = Event.objects.filter(is_online=True).first()

    assert sum(1 for reports in told.values() if reports >= 3) == 2
    assert online.connected_sites.count() >= 2


def test_reports_carry_figures_corrections_sources_and_photos(demo):
    assert Figure.objects.of_the_newsroom().filter(confirmed_by=None).count() == 0
    assert Figure.objects.count() >= 10
    assert Correction.objects.count() == 1
    assert Report.objects.exclude(source_name="").count() == 1
    assert Report.objects.exclude(original_url="").count() >= 3
    photos = Counter(Photo.objects.values_list("report_id", flat=True))
    assert max(photos.values()) >= 3
    assert Report.objects.published().filter(photos=None).count() >= 4
    assert max(len(title) for title in Report.objects.values_list("title", flat=True)) > 250
    bodies = "".join(Report.objects.values_list("body", flat=True))
    for tag in ("<h2>", "<ul>", "<ol>", "<blockquote>", "<table>", "<strong>", "<em>"):
        assert tag in bodies, tag


def test_names_are_those_of_the_day(demo):
    labels = set(Report.objects.filter(unit="t3-30517").values_list("unit_full_label", flat=True))

    assert labels == {
        "Xã Thới Sơn, huyện Tịnh Biên, tỉnh An Giang",
        "Phường Thới Sơn, thị xã Tịnh Biên, tỉnh An Giang",
    }


def test_every_published_report_is_something_to_read(demo):
    short = [
        report.title
        for report in Report.objects.published().exclude(genre="thong-bao")
        if len(strip_tags(report.body).split()) < 140
    ]

    assert short == []


# --- the four logins --------------------------------------------------------------------------------


@pytest.mark.parametrize("account", ACCOUNTS, ids=lambda account: account.username)
def test_each_login_works_as_printed(demo, account):
    request = RequestFactory().post("/quan-tri/login/")
    user = authenticate(request, username=account.username, password=account.password)

    assert user.username == account.username
    assert user.is_staff
    assert user.is_superuser == account.is_superuser
    assert (account.username, account.password, account.says) in login_table()


def test_the_printed_table_does_not_lie_about_a_changed_password(demo):
    user = get_user_model().objects.get(username="bientap")
    user.set_password("mot-mat-khau-moi")
    user.save()
    loading.load()

    printed = {name: password for name, password, _ in login_table()}
    assert printed["bientap"] == "(đã đổi)"
    assert printed["tonghop"] == "dem-du-tung-bai"


def test_a_newcomer_publishes_in_one_step(demo):
    editor = get_user_model().objects.get(username="bientap")
    draft = Report.objects.get(unit=ONE_STEP_UNIT, status=ReportStatus.DRAFT)

    workflow.publish(draft, by=editor)

    assert Report.objects.published().filter(pk=draft.pk).exists()
    assert Newsroom.objects.get(unit=ONE_STEP_UNIT).one_step


def test_the_approver_finds_work_that_is_not_their_own(demo):
    editor = get_user_model().objects.get(username="bientap")
    approver = get_user_model().objects.get(username="nguoiduyet")
    waiting = Report.objects.get(unit=NORMAL_UNIT, status=ReportStatus.SUBMITTED)

    assert workflow.may_publish(approver, waiting)
    assert not workflow.may_publish(editor, waiting)
    roles = sorted(editor.memberships.values_list("role", flat=True))
    assert roles == [MemberRole.EDITOR, MemberRole.EDITOR]


# --- pictures ---------------------------------------------------------------------------------------


def test_pictures_are_drawn_alike_each_time_and_differ_from_each_other():
    one, again, other = draw("bridge 1"), draw("bridge 1"), draw("bridge 2")

    assert one == again
    assert one != other
    assert Image.open(io.BytesIO(one)).size == (1600, 1067)


def test_every_picture_that_a_report_wants_can_be_drawn():
    wanted = {photo[0] for report in content.reports() for photo in report.get("photos", ())}

    assert len(wanted) >= 25
    scenes = {name.partition(" ")[0]: name for name in sorted(wanted)}
    for name in scenes.values():
        assert draw(name)[:3] == b"\xff\xd8\xff", name
