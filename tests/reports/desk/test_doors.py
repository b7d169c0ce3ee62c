"""Every address of the desk, knocked at by everybody: each has a row here, a new one too."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from time import perf_counter

import pytest
from django.apps import apps
from django.db import connection
from django.db.models import Max
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import get_resolver, reverse
from django.utils import timezone

from reports.models import (
    Committee,
    Digest,
    Initiative,
    MemberRole,
    Promise,
    Report,
    ReportStatus,
    SavedFilter,
    Target,
)
from tests.factories import (
    ContributionFactory,
    EventFactory,
    FigureFactory,
    MembershipFactory,
    PhotoFactory,
    ReportFactory,
    TopicFactory,
    UserFactory,
)
from tests.reports.desk.conftest import at_the_desk
from units.models import Unit

pytestmark = pytest.mark.django_db

HOME, ELSEWHERE = "t2-91", "t2-37"
CANARY = "chimyen"
QUERY = "don-vi=t2-91&don-vi-cu=1&ky=2025"
READ, BOTH, WRITE = {"GET"}, {"GET", "POST"}, {"POST"}


@dataclass(frozen=True)
class Door:
    """`takes` says the methods, `of` whose object stands in the address."""

    takes: frozenset
    of: str = ""
    shows_reports: bool = True


def door(takes, of="", *, shows_reports=True):
    return Door(frozenset(takes), of, shows_reports)


DOORS = {
    "table": door(READ),
    "list": door(READ),
    "comparison": door(READ),
    "timeline": door(READ),
    "conferences": door(READ),
    "conferences-excel": door(READ),
    "conferences-word": door(READ),
    "excel": door(READ),
    "csv": door(READ),
    "json": door(READ),
    "photos": door(READ),
    "print": door(READ),
    "paper": door(READ, shows_reports=False),
    "word": door(READ),
    "pdf": door(READ),
    "digests": door(READ),
    "digest-new": door(BOTH),
    "digest": door(BOTH, "digest"),
    "digest-more": door(READ, "digest"),
    "digest-delete": door(WRITE, "digest"),
    "digest-print": door(READ, "digest"),
    "digest-zalo": door(READ, "digest"),
    "digest-word": door(READ, "digest"),
    "coverage": door(READ),
    "contributions": door(READ),
    "waiting": door(READ),
    "saved": door(READ),
    "saved-new": door(BOTH),
    "saved-one": door(READ, "saved"),
    "saved-rename": door(WRITE, "saved"),
    "saved-delete": door(WRITE, "saved"),
    "committee": door(BOTH),
    "target-new": door(WRITE),
    "target": door(WRITE, "target"),
    "figures": door(READ),
    "figure": door(READ),
    "figures-to-confirm": door(BOTH),
    "figure-twins": door(BOTH),
    "figure-rename": door(BOTH),
    "promises": door(READ),
    "promises-to-keep": door(BOTH),
    "promise": door(BOTH, "promise"),
    "register": door(READ),
    "initiative-new": door(BOTH),
    "register-import": door(BOTH),
    "initiative": door(READ, "initiative"),
    "initiative-edit": door(BOTH, "initiative"),
    "initiative-reports": door(WRITE, "initiative"),
    "register-excel": door(READ),
}
# Slow to draw; what it prints is what `print` shows.
SLOW = {"pdf"}


def test_every_address_has_a_row():
    _, desk = get_resolver().namespace_dict["desk"]
    assert {each.name for each in desk.url_patterns} == set(DOORS)


def signed_in(user):
    client = Client()
    client.force_login(user)
    return client


def member(unit, role):
    return MembershipFactory(user=UserFactory(), unit_id=unit, role=role).user


@pytest.fixture
def things():
    """{kind: an object of An Giang's desk}, each with the canary in its words."""
    user = at_the_desk(HOME)
    unit = Unit.objects.get(pk=HOME)
    report = ReportFactory(published=True, unit=unit, title="Bài công khai")
    committee = Committee.objects.create(unit=unit, issuing_body=f"Ban {CANARY}")
    return {
        "saved": SavedFilter.objects.create(unit=unit, name=CANARY, page="table", query="ky=2025"),
        "target": Target.objects.create(committee=committee, reports_a_month=3),
        "digest": Digest.objects.create(
            unit=unit, title=f"Điểm tin {CANARY}", created_by=user, updated_by=user
        ),
        "promise": Promise.objects.create(
            unit=unit, report=report, text=f"Nhiệm vụ {CANARY}", period_start=date(2025, 7, 1),
            period_end=date(2025, 12, 31), kept_by=user,
        ),
        "initiative": Initiative.objects.create(
            name=f"Mô hình {CANARY}", unit=unit, registered_year=2025, holder_name="Tổ Một",
            field=Initiative._meta.get_field("field").choices[0][0],
            holder_kind=Initiative._meta.get_field("holder_kind").choices[0][0],
            created_by=user,
        ),
    }  # fmt: skip


def address(name, things, query=QUERY):
    arguments = [things[DOORS[name].of].pk] if DOORS[name].of else []
    path = reverse(f"desk:{name}", args=arguments)
    return f"{path}?{query}" if query else path


def answers(client, things, method="get", names=DOORS, query=QUERY):
    """{name: answer}, the body of a stream read."""
    found = {}
    for name in names:
        answer = getattr(client, method)(address(name, things, query))
        answer.bytes = b"".join(answer) if answer.streaming else answer.content
        found[name] = answer
    return found


def plain(answer):
    """Its words without what is new at every request."""
    return re.sub(rb'(nonce|value)="[^"]*"', b"", answer.bytes)


def test_who_is_not_signed_in_is_asked_to(things, client):
    for method in ("get", "post"):
        for name, answer in answers(client, things, method).items():
            assert answer.status_code == 302, name
            assert answer["Location"].startswith(reverse("admin:login")), name


@pytest.mark.parametrize("role", ["none", "contributor", "editor", "approver", "unit_admin"])
def test_for_all_other_roles_the_desk_is_not_there(things, role):
    user = UserFactory() if role == "none" else member(HOME, MemberRole(role))
    client = signed_in(user)
    absent = client.get("/tong-hop/khong-co-trang-nay/")
    absent.bytes = absent.content

    for method in ("get", "post"):
        for name, answer in answers(client, things, method).items():
            assert answer.status_code == 404, (method, name)
            assert CANARY.encode() not in answer.bytes
    got = answers(client, things, names=("table", "csv", "digest", "saved-one", "waiting"))
    assert {plain(answer) for answer in got.values()} == {plain(absent)}


def test_somebody_who_was_sent_away_finds_nothing(things):
    user = at_the_desk(HOME)
    client = signed_in(user)
    assert client.get(address("table", things)).status_code == 200

    user.memberships.all().delete()

    assert client.get(address("table", things)).status_code == 404


def of_objects():
    return [name for name, each in DOORS.items() if each.of]


def test_objects_of_another_desk_are_absent(things):
    """The same bytes as for a number nobody has; the register alone is read by every desk."""
    client = signed_in(at_the_desk(ELSEWHERE))
    nobody = {name: type("Nothing", (), {"pk": 999_999_999})() for name in things}
    for method, takes in (("get", "GET"), ("post", "POST")):
        names = [name for name in of_objects() if takes in DOORS[name].takes]
        there, absent = (answers(client, each, method, names) for each in (things, nobody))
        for name in names:
            if (name, method) == ("initiative", "get"):
                continue
            assert there[name].status_code == absent[name].status_code == 404, (method, name)
            assert plain(there[name]) == plain(absent[name]), (method, name)


@pytest.mark.parametrize("who", ["desk", "administrator"])
def test_ones_own_open(things, who):
    """Control: the doors that stayed shut are doors."""
    user = at_the_desk(HOME) if who == "desk" else UserFactory(is_superuser=True)
    client = signed_in(user)
    names = [name for name in DOORS if "GET" in DOORS[name].takes and name not in SLOW]

    found = answers(client, things, names=names)

    expected = {name: 302 if name == "saved-one" else 200 for name in names}
    # A zip of no photo is none: it says so on the page.
    expected["photos"] = found["photos"].status_code
    assert {name: answer.status_code for name, answer in found.items()} == expected
    for name in ("digest", "saved", "promise", "initiative"):
        assert CANARY.encode() in found[name].bytes, name
    for name, answer in found.items():
        assert "no-store" in answer["Cache-Control"], name
        assert "private" in answer["Cache-Control"], name


def test_no_other_method_does_anything(things):
    client = signed_in(at_the_desk(HOME))
    nobody = {name: type("Nothing", (), {"pk": 999_999_999})() for name in things}
    for name, each in DOORS.items():
        if "POST" in each.takes:
            assert client.post(address(name, nobody)).status_code != 405, name
        for method in {"GET", "POST"} - each.takes | {"PUT", "DELETE"}:
            answer = getattr(client, method.lower())(address(name, things))
            assert answer.status_code == 405, (name, method)


def test_a_post_without_its_token_changes_nothing(things):
    client = Client(enforce_csrf_checks=True)
    client.force_login(at_the_desk(HOME))
    for name, each in DOORS.items():
        if "POST" in each.takes:
            assert client.post(address(name, things)).status_code == 403, name


def rows_of_all_tables():
    """{table: (rows, highest key)}: what looking must not change."""
    return {
        model._meta.db_table: (
            model._default_manager.count(),
            str(model._default_manager.aggregate(last=Max("pk"))["last"]),
        )
        for model in apps.get_models(include_auto_created=True)
        if model._meta.db_table != "django_session"
    }


def test_looking_changes_nothing(things):
    client = signed_in(at_the_desk(HOME))
    names = [name for name in DOORS if "GET" in DOORS[name].takes and name not in SLOW]
    before = rows_of_all_tables()
    versions = list(Digest.objects.values_list("version", "updated_at"))

    answers(client, things, names=names)

    assert rows_of_all_tables() == before
    assert list(Digest.objects.values_list("version", "updated_at")) == versions


# --- what is not public ---------------------------------------------------------------------------


def hidden(unit, **fields):
    """A report with the canary in every word, and with all that hangs on a report."""
    event = EventFactory(
        name=f"Hội nghị {CANARY}", venue=CANARY, unit=unit, event_on=date(2025, 9, 5)
    )
    report = ReportFactory(
        unit=unit, title=f"Tít {CANARY} nhiệm vụ 6 tháng cuối năm", lead=f"Sapo {CANARY}",
        body=f"<p>Đã xây 46 mô hình {CANARY}. Phấn đấu năm 2026 xây 50 mô hình.</p>",
        event=event, heading="II.1", **fields,
    )  # fmt: skip
    ContributionFactory(report=report, person__name=f"Người {CANARY}")
    PhotoFactory(report=report, caption=f"Ảnh {CANARY}")
    FigureFactory(
        report=report, indicator=f"mô hình {CANARY}", sentence=CANARY, confirmed_by=UserFactory()
    )
    report.topics.add(TopicFactory())
    return report


def states(original):
    after = timezone.now() + timedelta(days=9)
    return {
        "draft": {"status": ReportStatus.DRAFT},
        "submitted": {"status": ReportStatus.SUBMITTED},
        "returned": {"status": ReportStatus.RETURNED, "returned_reason": CANARY},
        "scheduled": {"status": ReportStatus.PUBLISHED, "published_at": after},
        "withdrawn": {"withdrawn": True, "withdrawn_reason": CANARY},
        "revision": {"status": ReportStatus.SUBMITTED, "revises": original},
    }


# What the desk of the unit itself may see of what waits: the list of what waits, nothing else.
WAITING = {"waiting"}


def test_nothing_hidden_is_in_any_page_or_file(things):
    unit = Unit.objects.get(pk=HOME)
    for kind in ("saved", "digest", "promise", "initiative"):
        things[kind].delete()
    Committee.objects.update(issuing_body="")
    client = signed_in(at_the_desk(HOME))
    original = ReportFactory(published=True, unit=unit, title="Bài gốc")
    names = [
        name for name, each in DOORS.items()
        if each.shows_reports and not each.of and "GET" in each.takes and name not in SLOW
    ]  # fmt: skip
    before = {name: readable(a) for name, a in answers(client, things, names=names).items()}
    for fields in states(original).values():
        hidden(unit, **fields)

    after = {name: readable(a) for name, a in answers(client, things, names=names).items()}

    assert [name for name in names if CANARY in after[name] and name not in WAITING] == []
    # Not even a number changes.
    told = [name for name in names if before[name] != after[name]]
    assert set(told) <= WAITING
    assert after["waiting"].count("Tít chimyen") >= 1
    other = signed_in(at_the_desk(ELSEWHERE))
    shown = answers(other, things, names=names)
    assert [name for name in names if CANARY in readable(shown[name])] == []

    # Control: once it is public it is everywhere.
    public = hidden(unit, published=True)
    now_shown = {name: readable(a) for name, a in answers(client, things, names=names).items()}
    assert Report.objects.published().filter(pk=public.pk).exists()
    for name in ("list", "conferences", "excel", "csv", "json", "word", "print", "figures"):
        assert CANARY in now_shown[name], name


def readable(answer):
    """The text of a page or file, without what is new at every request."""
    from io import BytesIO
    from zipfile import ZipFile, is_zipfile

    data = BytesIO(answer.bytes)
    if is_zipfile(data):
        with ZipFile(data) as archive:
            text = " ".join(
                archive.read(name).decode("utf-8", "replace")
                for name in sorted(archive.namelist())
                if name.endswith((".xml", ".rels", ".txt", ".csv")) and "docProps" not in name
            )
    else:
        text = answer.bytes.decode("utf-8", "replace")
    text = re.sub(r'nonce="[^"]*"|name="csrfmiddlewaretoken" value="[^"]*"', "", text)
    # The moment of printing.
    return re.sub(r"\d\d:\d\d(:\d\d)?(\.\d+)?", "", text)


# --- nonsense -------------------------------------------------------------------------------------

NONSENSE = {
    "NUL": "don-vi=%00&q=%00&dong=t2%00-91&thang=%00&ky=%00",
    "invalid UTF-8": "don-vi=%ff%fe&q=%c0%80&tac-gia=%ff&trang=%ff&ky=%ff&chi-tieu=%ff",
    "5,000 digits": "&".join(f"{name}={'9' * 1600}" for name in ("trang", "tac-gia", "ky")),
    "300 units": "don-vi=" + ",".join(f"t2-{10000 + number}" for number in range(300)),
    "page 10^9": f"{QUERY}&trang=1000000000&sau=1000000000&moc=1.1.1",
    "days turned round": "tu=2025-12-31&den=2025-01-01",
    "year 2999": "ky=2999&cot=thang&thang=2999-12&quy-uoc=15-14",
    "year 1900": "ky=1900&quy-uoc=15-14&cot=thang&thang=1900-01",
    "all time by month": "tu=1900-01-01&den=2999-12-31&cot=thang&buoc=thang",
    "first and last day": "tu=0001-01-01&den=9999-12-31&quy-uoc=chot-30&cot=thang",
    "the last day": "tu=9999-12-01&den=9999-12-31&quy-uoc=15-14&cot=thang&buoc=thang",
    "the first day": "tu=0001-01-01&den=0001-01-31&quy-uoc=15-14&cot=thang&buoc=thang",
    "a period and other days": "ky=2024&tu=2025-01-01&den=2025-02-01&cot=thang",
    "a row that is no row": f"{QUERY}&dong=t3-89&hang=khong&cot=khong&loai=khong",
    "a month elsewhere": f"{QUERY}&dong=t2-91&thang=1999-01",
    "undated beside days": f"{QUERY}&chua-ro-ngay=1&cot=thang&thang=2025-01",
    "brackets": "q=" + "(" * 1000 + "&don-vi=" + "(" * 1000,
    "formulas": "q=%3D1%2B1&chi-tieu=%3Dcmd&dvt=%40x&ban=%3D1",
    "line ends": "don-vi=a%0d%0aSet-Cookie:x=1&ban=%0d%0a&ky=%0d%0a",
    "own words": "ban=t2-37&bo=x&tieu-de=%00&chi-tieu=%00&dvt=%00&nam=%00&sau=%00&muc-luc=%ff",
}


DAILY = {"NUL", "5,000 digits", "300 units", "first and last day", "undated beside days"}


@pytest.mark.parametrize(
    "kind",
    [kind if kind in DAILY else pytest.param(kind, marks=pytest.mark.drill) for kind in NONSENSE],
)
def test_nonsense_breaks_no_page_and_no_file(things, kind):
    ReportFactory(published=True, unit_id=HOME)
    client = signed_in(at_the_desk(HOME))
    for name, each in DOORS.items():
        if "GET" not in each.takes or name in SLOW:
            continue
        began = perf_counter()
        answer = client.get(address(name, things, NONSENSE[kind]))
        data = b"".join(answer) if answer.streaming else answer.content
        took = perf_counter() - began
        assert answer.status_code in (200, 302, 400, 404), (name, answer.status_code)
        assert "Set-Cookie" not in answer.headers, name
        assert data is not None
        # Generous: other work goes on beside. Alone a page takes a tenth of it.
        assert took < 10, (name, took)


@pytest.mark.parametrize("kind", ["NUL", "invalid UTF-8", "5,000 digits"])
def test_nonsense_in_a_form_breaks_nothing(things, kind):
    client = signed_in(at_the_desk(HOME))
    fields = {"NUL": "\0", "invalid UTF-8": "\ud800", "5,000 digits": "9" * 5000}
    names = (
        "name", "unit", "query", "title", "intro", "version", "bai", "report", "text", "field", "reports_a_month",
        "cutoff_day", "grace_days", "margin_top", "registered_year", "period_start", "step", "viec", "thu-tu",
    )  # fmt: skip
    if kind == "invalid UTF-8":
        body = "&".join(f"{name}=%ed%a0%80%ff" for name in names)
    else:
        body = "&".join(f"{name}={fields[kind].replace(chr(0), '%00')}" for name in names)
    for name, each in DOORS.items():
        if "POST" in each.takes:
            answer = client.post(
                address(name, things, ""), body, content_type="application/x-www-form-urlencoded"
            )
            assert answer.status_code < 500, name


# --- how much is asked ----------------------------------------------------------------------------


@pytest.mark.drill
def test_more_reports_cost_no_more_statements(things):
    """One and six: the same number for every page and file."""
    client = signed_in(at_the_desk(HOME))
    unit = Unit.objects.get(pk=HOME)
    names = [
        name for name, each in DOORS.items()
        if "GET" in each.takes and not each.of and name not in SLOW
    ]  # fmt: skip
    hidden(unit, published=True, published_at=timezone.now() - timedelta(days=1))
    answers(client, things, names=names)
    few = {name: statements(client, things, name) for name in names}
    for _ in range(5):
        hidden(unit, published=True, published_at=timezone.now() - timedelta(days=1))
    many = {name: statements(client, things, name) for name in names}

    assert many == few


def statements(client, things, name):
    with CaptureQueriesContext(connection) as asked:
        answer = client.get(address(name, things))
        if answer.streaming:
            b"".join(answer)
    return len(asked)
