"""Every address of the back office, and a newsroom with one of everything to open there."""

from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace

from django.apps import apps
from django.urls import get_resolver, reverse
from django.utils import timezone

from portal.models import Notice, SiteProfile
from reports.editing import keep_typed
from reports.feedback import receive
from reports.models import (
    Alert,
    BaseSalary,
    FeeSchedule,
    FeeSheet,
    ImportBatch,
    ImportItem,
    LinkHost,
    Membership,
)
from tests.factories import (
    ContributionFactory,
    EventFactory,
    FigureFactory,
    NewsroomFactory,
    OrganisationFactory,
    PersonFactory,
    PhotoFactory,
    ReportFactory,
    SectionFactory,
    TopicFactory,
    UserFactory,
)

ABSENT = 987_654_321
MONTH = "2026-01"


def names():
    """The names of all addresses below /quan-tri/ that have one."""
    found, patterns = set(), [("", each) for each in get_resolver().url_patterns]
    while patterns:
        space, pattern = patterns.pop()
        if hasattr(pattern, "url_patterns"):
            inner = f"{pattern.namespace}:" if pattern.namespace else space
            patterns += [(inner, each) for each in pattern.url_patterns]
        elif pattern.name and (space == "admin:" or pattern.name == "upload_picture"):
            found.add(f"{space}{pattern.name}")
    return found


def office(unit, words="Chữ thường"):
    """One of everything that belongs to `unit`, `words` in each text; what is everybody's beside it."""
    now = timezone.now()
    author = UserFactory(first_name=f"Tác giả {words}")
    people = [PersonFactory(name=f"Người {words} {n}", unit=unit) for n in (1, 2)]
    event = EventFactory(unit=unit, name=f"Sự kiện {words}", event_on=date(2026, 1, 5))
    texts = {"unit": unit, "title": f"Tít {words}", "lead": f"Sapo {words}", "event": event,
             "created_by": author}  # fmt: skip
    at = datetime(2026, 1, 9, 5, tzinfo=UTC)
    reports = {
        "draft": ReportFactory(**texts),
        "submitted": ReportFactory(**texts, status="submitted"),
        "published": ReportFactory(**texts, published=True, published_at=at),
        "withdrawn": ReportFactory(**texts, withdrawn=True),
    }
    reports["revision"] = ReportFactory(**texts, revises=reports["published"])
    for report in reports.values():
        ContributionFactory(report=report, person=people[0], signed_as=f"Ký {words}")
        PhotoFactory(report=report, caption=f"Ảnh {words}", alt=words)
        FigureFactory(report=report, indicator=words)
    draft = reports["draft"]
    draft.lead += "."
    draft.save()
    batch = ImportBatch.objects.create(unit=unit, by=author, source=f"{words}.zip")
    ImportItem.objects.create(
        batch=batch, order=0, name=f"{words}.html", title=words, words=words, report=draft,
        outcome="doubtful", brought_at=now,
    )  # fmt: skip
    newsroom = NewsroomFactory(unit=unit, one_step=False)
    return SimpleNamespace(
        unit=unit, author=author, people=people, event=event, reports=reports, draft=draft,
        batch=batch, newsroom=newsroom, **{
            "grant": Membership.objects.create(user=author, unit=unit, role="contributor"),
            "sheet": FeeSheet.objects.create(
                unit=unit, month_on=date(2025, 12, 1), unit_label=f"Xã {words}", locked_at=now,
                locked_by=author,
            ),
            "schedule": FeeSchedule.objects.create(unit=unit, from_on=date(2020, 1, 1), basis=words),
            "host": LinkHost.objects.create(unit=unit, host="baoxa.example"),
            "voice": receive(report=reports["published"], now=now, kind="hoi", text=words),
            "version": draft.history.last().history_id,
            "event_version": event.history.last().history_id,
        },
    )  # fmt: skip


def common():
    """What belongs to no unit."""
    now = timezone.now()
    return SimpleNamespace(
        section=SectionFactory(), topic=TopicFactory(), organisation=OrganisationFactory(),
        profile=SiteProfile.objects.create(),
        notice=Notice.objects.create(text="Bảo trì", starts_at=now, ends_at=now + timedelta(hours=2)),
        salary=BaseSalary.objects.create(from_on=date(1999, 7, 1), amount=180_000, basis="Nghị định"),
    )  # fmt: skip


def tell(user, report):
    """An alert for `user` about `report`."""
    return Alert.objects.create(
        recipient=user, report=report, kind="dang", created_at=timezone.now()
    )


def type_in(user, report, words):
    return keep_typed(
        _data({"title": words}), by=user, now=timezone.now(), report=report, base_version=1
    )


def _data(fields):
    from django.http import QueryDict

    data = QueryDict(mutable=True)
    data.update(fields)
    return data


# --- the addresses ----------------------------------------------------------------------------------

DEEDS = ("dang", "gui-duyet", "hen-gio", "doi-gio", "tra-lai", "ban-sua", "dinh-chinh", "go",
         "dang-lai", "theo-ban-moi", "bo-ban-sua")  # fmt: skip
# Addresses made of a thing: name -> what stands in them. A thing of a unit is looked up in its office.
OF_REPORT = {
    *(f"admin:reports_report_{slug}" for slug in DEEDS),
    *(f"admin:reports_report_{name}" for name in (
        "change", "history", "delete", "preview", "compare", "keep", "drop", "take_over",
        "proofread", "from_file",
    )),
}  # fmt: skip
OF_UNIT = {
    **{name: lambda o: [o.draft.pk] for name in OF_REPORT},
    "admin:reports_report_version": lambda o: [o.draft.pk, o.version],
    "admin:reports_report_restore": lambda o: [o.draft.pk, o.version],
    "admin:reports_event_version": lambda o: [o.event.pk, o.event_version],
    "admin:reports_event_restore": lambda o: [o.event.pk, o.event_version],
    **{f"admin:archive_{name}": lambda o: [o.batch.pk] for name in (
        "batch", "step", "begin", "abandon", "table", "review")},
    **{f"admin:reports_fees_{name}": lambda o: [o.unit.pk, MONTH] for name in (
        "sheet", "score", "print", "lock", "paid")},
    "admin:reports_fees_file": lambda o: [o.unit.pk, MONTH, "csv"],
    "admin:reports_feedback_forget": lambda o: [o.voice.pk],
    **{
        f"admin:reports_{model}_{view}": lambda o, thing=thing: [thing(o).pk]
        for model, thing in {
            "event": lambda o: o.event, "feesheet": lambda o: o.sheet,
            "feedback": lambda o: o.voice, "feeschedule": lambda o: o.schedule,
            "linkhost": lambda o: o.host, "membership": lambda o: o.grant,
            "newsroom": lambda o: o.newsroom, "person": lambda o: o.people[0],
        }.items()
        for view in ("change", "delete", "history")
    },
    **{f"admin:auth_user_{view}": lambda o: [o.author.pk] for view in (
        "change", "delete", "history", "password_change")},
}  # fmt: skip
OF_ALL = {
    **{
        f"admin:{model}_{view}": lambda c, thing=thing: [getattr(c, thing).pk]
        for model, thing in {
            "portal_siteprofile": "profile", "portal_notice": "notice",
            "reports_section": "section", "reports_topic": "topic",
            "reports_organisation": "organisation", "reports_basesalary": "salary",
        }.items()
        for view in ("change", "delete", "history")
    },
    **{f"admin:units_unit_{view}": lambda c: ["t2-91"] for view in ("change", "delete", "history")},
    "admin:app_list": lambda c: ["reports"],
    "admin:view_on_site": lambda c: [1, 1],
    "admin:alert": lambda c: [ABSENT],
}  # fmt: skip
MODELS = ("portal_siteprofile", "portal_notice", "units_unit", "reports_membership",
          "reports_newsroom", "auth_user", "reports_event", "reports_basesalary",
          "reports_feeschedule", "reports_feesheet", "reports_linkhost", "reports_person",
          "reports_organisation", "reports_report", "reports_section", "reports_topic",
          "reports_feedback")  # fmt: skip
ALONE = {
    *(f"admin:{name}" for name in (
        "index", "intake", "alerts", "photo_library", "photo_report", "archive", "login", "logout",
        "password_change", "password_change_done", "autocomplete", "jsi18n",
        "axes_accessattempt_changelist", "reports_fees_mine", "reports_person_duplicates",
        "reports_person_merge", "reports_report_session", "reports_report_keep_new",
        "reports_report_drop_new", "reports_report_proofread_new",
    )),
    *(f"admin:{model}_{view}" for model in MODELS for view in ("changelist", "add")),
    "upload_picture",
}  # fmt: skip


def address(name, here, beside):
    """The address `name` of the office `here`, or of what is everybody's."""
    if name in OF_UNIT:
        return reverse(name, args=OF_UNIT[name](here))
    if name in OF_ALL:
        return reverse(name, args=OF_ALL[name](beside))
    return reverse(name)


def absent(name, here):
    """The same address of a thing that is not there."""
    args = OF_UNIT[name](here)
    return reverse(name, args=["t2-khong-co" if isinstance(args[0], str) else ABSENT, *args[1:]])


def all_rows():
    """Every row of every table that a person's deed may write."""
    passing = {"Session", "Migration", "AccessLog", "AccessFailureLog", "AccessAttempt"}
    return {
        model._meta.label: list(model._base_manager.order_by("pk").values_list())
        for model in apps.get_models()
        if model.__name__ not in passing and model._meta.managed
        and model._meta.app_label != "units"
    }  # fmt: skip
