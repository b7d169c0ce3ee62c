"""The back office speaks Vietnamese only: every page an editor or administrator can open is read.

Read are the words people see or hear: text, button values, titles, labels, alternatives.
"""

import contextlib
import json
import re
from datetime import date, timedelta
from html.parser import HTMLParser

import pytest
from axes.models import AccessAttempt
from django.contrib import admin
from django.test import Client
from django.urls import NoReverseMatch, reverse
from django.utils import timezone, translation

from portal.models import Notice, SiteProfile
from reports.feedback import receive
from reports.models import Alert, PenName, Person, Report, Section, Topic, Usefulness
from tests.factories import (
    ContributionFactory,
    CorrectionFactory,
    EventFactory,
    FigureFactory,
    MembershipFactory,
    NewsroomFactory,
    OrganisationFactory,
    PersonFactory,
    PhotoFactory,
    ReportFactory,
    SectionFactory,
    TopicFactory,
    UserFactory,
    next_commune,
)
from tests.newsroom import furnish

pytestmark = [pytest.mark.django_db, pytest.mark.once]

# No Vietnamese word is spelled so; a few more that Django, axes or simple_history could say.
ENGLISH = """
    access action all actions active add added administration agent and another are attempt attempts
    available back cancel cannot change changed choose clear close comment content continue created
    currently date delete deleted documentation editing email empty enter error errors expires
    failure failures field fields filter for from go group groups have hide history home invalid item
    items joined locked log login logout midnight month must navigation no none noon not now number object
    objects of or page pages password permission permissions please reason remove required result
    results revert save search select selected should show skip sorting staff status success
    successfully superuser sure that the this today toggle tomorrow total unknown unlock upload user
    username users valid value values view was welcome were will with yes yesterday you your
"""
SUSPICIOUS = frozenset(ENGLISH.split())
# Words of the trade that are written so in Vietnamese, too, or examples of what to type.
ALLOWED = re.compile(
    r"https?://\S+|\S+@\S+|@ \. \+ - _|Caps Lock|Ctrl\+Shift\+V|RSS", re.IGNORECASE
)
HIDDEN = re.compile(r'<input type="hidden" name="([\w-]+_FORMS)" value="(\d+)"')
SPOKEN = {"title", "alt", "placeholder", "aria-label", "label"}


class Words(HTMLParser):
    """What a page says, without what only machines read."""

    def __init__(self):
        super().__init__()
        self.silent, self.said = 0, []

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        self.silent += tag in ("script", "style")
        self.said += [attributes[name] or "" for name in SPOKEN & set(attributes)]
        if tag == "input" and attributes.get("type") in ("submit", "button", "reset"):
            self.said.append(attributes.get("value") or "")

    def handle_endtag(self, tag):
        self.silent -= tag in ("script", "style")

    def handle_data(self, data):
        if not self.silent:
            self.said.append(data)


def english_in(html):
    """The suspicious words a page says, each with what stands around it."""
    reader = Words()
    reader.feed(html)
    said = " ".join(ALLOWED.sub(" ", " ".join(reader.said)).split())
    return [
        said[max(0, match.start() - 40) : match.end() + 40]
        for match in re.finditer(r"[^\W\d_]+", said)
        if match[0].lower() in SUSPICIOUS
    ]


@pytest.fixture
def office(registry):
    """One of everything the back office shows, with Vietnamese words in it."""
    unit = next_commune()
    root = UserFactory(username="quan-tri", first_name="Trần Quản Trị", is_superuser=True)
    editor = UserFactory(username="bien-tap", first_name="Lê Biên Tập")
    MembershipFactory(user=editor, unit=unit, role="editor")
    PenName.objects.create(person=PersonFactory(name="Minh Ngọc", unit=unit), name="M.N")
    TopicFactory(name="Nông thôn mới")
    NewsroomFactory()
    SiteProfile.objects.create()
    AccessAttempt.objects.create(
        username="bien-tap", ip_address="192.0.2.1", user_agent="thử", failures_since_start=5
    )
    event = EventFactory(unit=unit, name="Hội nghị sơ kết", event_on=date(2026, 7, 2))
    section, organisation = SectionFactory(name="Dân vận khéo"), OrganisationFactory()
    for state in ("draft", "returned", "submitted", "scheduled", "published", "withdrawn"):
        traits = (
            {state: True} if state in ("scheduled", "published", "withdrawn") else {"status": state}
        )
        report = ReportFactory(
            unit=unit, event=event, section=section, organisation=organisation, created_by=editor,
            returned_reason="Thiếu chú thích", **traits,
        )  # fmt: skip
        ContributionFactory(report=report, person=PersonFactory(name="Ngọc Lan"))
        PhotoFactory(report=report)
        FigureFactory(report=report)
    CorrectionFactory(report=report)
    now = timezone.now()
    for about in (report, None):
        receive(
            report=about, now=now, kind="hoi", text="Cho hỏi", name="Bà Bảy", contact="0299 000 000"
        )
    Usefulness.add(report.pk, False)
    Notice.objects.create(text="Bảo trì", starts_at=now, ends_at=now + timedelta(hours=2))
    report.title = "Bài thử đã sửa"
    report.save()
    published = Report.objects.published(now).get()
    ReportFactory(unit=unit, revises=published, title="Tít của bản sửa", created_by=editor)
    for person in (root, editor):
        Alert.objects.create(recipient=person, report=published, kind="dang", created_at=now)
    return {"superuser": root, "editor": editor}


def reversed_if_there(names, *arguments):
    for name in names:
        with contextlib.suppress(NoReverseMatch):
            yield reverse(name, args=arguments)


def addresses(people):
    """Every page of every model, and the pages beside them."""
    yield from ("/quan-tri/", "/quan-tri/password_change/", "/quan-tri/password_change/done/")
    yield from ("/quan-tri/anh/", "/quan-tri/anh/?q=zzz&ky=sai", "/quan-tri/them-anh/")
    yield from ("/quan-tri/khong-co/", "/quan-tri/reports/report/?q=zzz&ky=sai&don-vi=thoi+son")
    yield "/quan-tri/tin-bao/"
    for model in admin.site._registry:
        name = f"admin:{model._meta.app_label}_{model._meta.model_name}_"
        views = ["change", "delete", "history"]
        yield from reversed_if_there([f"{name}changelist", f"{name}add"])
        for thing in model._default_manager.all()[:7]:
            yield from reversed_if_there([f"{name}{view}" for view in views], thing.pk)
            if hasattr(thing, "history"):
                oldest = thing.history.last().history_id
                yield from reversed_if_there([f"{name}version"], thing.pk, oldest)
    yield reverse("admin:auth_user_password_change", args=[people["editor"].pk])


@pytest.mark.parametrize("who", ["superuser", "editor"])
def test_no_page_of_the_back_office_says_an_english_word(office, who):
    client = Client()
    client.force_login(office[who])

    said = {}
    opened = 0
    for address in addresses(office):
        response = client.get(address)
        opened += response.status_code == 200
        if words := english_in(response.content.decode()):
            said[address] = words

    assert said == {}
    assert opened >= (60 if who == "superuser" else 30)


def test_a_newsroom_at_work_says_no_english_word(registry, client):
    by, colleague = UserFactory(first_name="Lê Biên Tập"), UserFactory(first_name="Trần Thị Mai")
    unit = next_commune()
    for role in ("editor", "approver"):
        MembershipFactory(user=by, unit=unit, role=role)
    MembershipFactory(user=colleague, unit=unit, role="editor")
    client.force_login(by)

    said = {}
    for name, address in furnish(unit, by, colleague).items():
        response = client.get(address)
        words = english_in(response.content.decode())
        if response.status_code != 200 or words:
            said[name] = (response.status_code, words)

    assert said == {}


def test_histories_and_messages_tell_in_vietnamese_what_was_done(office):
    client = Client()
    client.force_login(office["superuser"])
    section = Section.objects.get(name="Dân vận khéo")
    person = Person.objects.get(name="Minh Ngọc")
    pen_name = person.pen_names.get()
    rows = {"pen_names-TOTAL_FORMS": 2, "pen_names-INITIAL_FORMS": 1,
            "pen_names-0-id": pen_name.pk, "pen_names-0-person": person.pk,
            "pen_names-0-name": "M.N", "pen_names-0-DELETE": "on", "pen_names-1-name": "Ngọc"}  # fmt: skip
    told = []
    for address, data in (
        (reverse("admin:reports_section_add"), {"name": "Mục mới", "order": 5}),
        (reverse("admin:reports_section_add"), {"name": "Mục nữa", "order": 6, "_addanother": "1"}),
        (reverse("admin:reports_section_change", args=[section.pk]), {"name": "Tên khác", "order": 2}),
        (reverse("admin:reports_section_change", args=[section.pk]),
         {"name": "Tên khác", "order": 2, "_continue": "1"}),
        (reverse("admin:reports_person_change", args=[person.pk]),
         {"name": "Minh Ngọc Lan", "unit": person.unit_id, **rows}),
        (reverse("admin:reports_section_changelist"),
         {"form-TOTAL_FORMS": 1, "form-INITIAL_FORMS": 1, "form-0-id": section.pk,
          "form-0-order": 9, "_save": "1"}),
        (reverse("admin:reports_topic_delete", args=[Topic.objects.get().pk]), {"post": "yes"}),
    ):  # fmt: skip
        answer = client.post(address, data, follow=True)
        messages = [str(message) for message in answer.context["messages"]]
        assert messages, address
        told += [*messages, answer.content.decode()]
    for thing, name in ((section, "section"), (person, "person")):
        page = client.get(reverse(f"admin:reports_{name}_history", args=[thing.pk]))
        told.append(page.content.decode())
        assert "Sửa" in told[-1]

    assert [english_in(text) for text in told] == [[]] * len(told)


@pytest.mark.parametrize("who", ["superuser", "editor"])
def test_forms_complain_in_vietnamese(office, who):
    """Empty and absurd forms, so that every field says what is wrong."""
    client = Client()
    client.force_login(office[who])
    absurd = {
        "event_on": "hôm qua", "period_start": "31/02/2026", "ky_year": "abc", "source_url": "khong",
        "username": "có dấu", "password1": "12", "password2": "13", "key": "x", "valid_from": "x",
        "unit": "khong-co", "role": "vua", "kind": "x", "email": "x", "topics": ["99999"],
        "publish_on_0": "x", "publish_on_1": "x", "published_at_0": "x", "published_at_1": "x",
        "_hen-gio": "1", "name": "a" * 999, "title": "", "order": "-1", "slug": "Có Dấu",
        "contributions-TOTAL_FORMS": "1", "contributions-INITIAL_FORMS": "0",
        "contributions-0-person": "999999", "contributions-0-place": "x",
        "photos-TOTAL_FORMS": "1", "photos-INITIAL_FORMS": "0", "photos-0-caption": "x",
        "photos-0-focal_x": "x", "figures-TOTAL_FORMS": "1", "figures-INITIAL_FORMS": "0",
        "figures-0-value": "nhiều", "memberships-TOTAL_FORMS": "1",
        "memberships-INITIAL_FORMS": "0", "memberships-0-role": "vua",
        "pen_names-TOTAL_FORMS": "1", "pen_names-INITIAL_FORMS": "0", "pen_names-0-name": "b" * 999,
    }  # fmt: skip

    complained = 0
    for model in admin.site._registry:
        name = f"admin:{model._meta.app_label}_{model._meta.model_name}_add"
        address = next(reversed_if_there([name]), None)
        if address is None:
            continue
        # A browser always sends the hidden counters of the rows; forging them is no editor's way.
        hidden = dict(HIDDEN.findall(client.get(address).content.decode()))
        for data in (hidden, hidden | absurd):
            response = client.post(address, data)
            page = response.content.decode()
            complained += "errorlist" in page
            assert english_in(page) == [], address
    for address in ("/quan-tri/password_change/", "/quan-tri/login/"):
        for data in ({}, {"username": "x", "password": "y", "old_password": "x",
                          "new_password1": "12345", "new_password2": "6"}):  # fmt: skip
            assert english_in(client.post(address, data).content.decode()) == [], address
    assert complained >= (15 if who == "superuser" else 6)


def test_pages_before_signing_in_are_vietnamese(client, registry):
    for _ in range(6):
        page = client.post("/quan-tri/login/", {"username": "ai-do", "password": "sai"})
        assert english_in(page.content.decode()) == []
    assert page.status_code == 429
    strict = Client(enforce_csrf_checks=True)
    refused = strict.post("/quan-tri/login/", {"username": "x", "password": "y"})
    assert refused.status_code == 403
    assert english_in(refused.content.decode()) == []
    assert english_in(client.get("/quan-tri/logout/").content.decode()) == []


def test_scripts_of_the_forms_get_vietnamese_words(office):
    client = Client()
    client.force_login(office["editor"])
    script = client.get("/quan-tri/jsi18n/").content.decode()
    catalogue = json.loads(re.search(r"const newcatalog = (\{.*?\});", script, re.DOTALL)[1])

    assert catalogue["Today"] == "Hôm nay"
    assert catalogue["Cancel"] == "Thôi"
    assert catalogue["Choose a Date"] == "Chọn ngày"
    assert catalogue["Wednesday"] == "Thứ tư"


def test_pickers_answer_in_vietnamese(office):
    client = Client()
    client.force_login(office["superuser"])
    for model, field in (("report", "unit"), ("report", "event"), ("contribution", "person"),
                         ("report", "organisation"), ("membership", "user")):  # fmt: skip
        asked = {"app_label": "reports", "model_name": model, "field_name": field, "term": ""}
        answer = client.get("/quan-tri/autocomplete/", asked).json()
        assert answer["results"], field
        assert english_in(" ".join(choice["text"] for choice in answer["results"])) == []


def test_the_ear_for_english_is_not_deaf(office):
    """Control: Django's own words on the same pages are heard."""
    client = Client()
    client.force_login(office["superuser"])

    with translation.override("en"):
        page = client.post(reverse("admin:reports_report_add"), {}).content.decode()
        catalogue = client.post("/quan-tri/login/", {"username": "", "password": ""})

    assert english_in(page) != [] or english_in(catalogue.content.decode()) != []
    assert english_in('<p title="Save changes">Lưu</p>') != []
    assert english_in('<input type="submit" value="Log in and continue">') != []
    assert english_in("<p>Lưu và thêm mới</p><script>var save = 'delete';</script>") == []
