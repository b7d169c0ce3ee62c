"""Events, persons and organisations: whose they are, and what they tell of others' work."""

from datetime import date

import pytest
from django.urls import reverse

from reports.models import Event, Organisation, PenName, Person
from tests.factories import (
    ContributionFactory,
    EventFactory,
    MembershipFactory,
    PersonFactory,
    PhotoFactory,
    ReportFactory,
    next_commune,
)

pytestmark = pytest.mark.django_db

EVENTS = "/quan-tri/reports/event/"


def address(thing, view="change"):
    name = f"admin:{thing._meta.app_label}_{thing._meta.model_name}_{view}"
    return reverse(name, args=[thing.pk])


def event_form(**fields):
    return {"name": "Lễ ra quân", "kind": "ra-quan", "ky_rule": "lich", **fields}


def test_a_writer_adds_an_event_with_the_day_typed_the_vietnamese_way(editor, unit):
    page = editor.get(f"{EVENTS}add/")
    assert page.context["adminform"].form["unit"].value() == unit.pk

    editor.post(f"{EVENTS}add/", event_form(unit=unit.pk, event_on="2/7/2026"))

    event = Event.objects.get()
    assert (event.event_on, event.unit, event.unit_label) == (date(2026, 7, 2), unit, unit.name)


@pytest.mark.parametrize(
    ("days", "field"),
    [
        ({"event_on": "31/02/2026"}, "event_on"),
        ({"ends_on": "02/07/2026"}, "__all__"),
        ({"event_on": "03/07/2026", "ends_on": "02/07/2026"}, "__all__"),
        ({"period_start": "01/01/2026"}, "__all__"),
    ],
)
def test_impossible_days_are_refused_and_stay(editor, unit, days, field):
    response = editor.post(f"{EVENTS}add/", event_form(unit=unit.pk, **days))

    form = response.context["adminform"].form
    assert list(form.errors) == [field]
    assert all(form[name].value() == value for name, value in days.items())
    assert not Event.objects.exists()


def test_events_of_other_units_are_not_there_and_not_made(editor):
    foreign = EventFactory(unit=next_commune(), name="Hội nghị nơi khác")

    for view in ("change", "delete", "history"):
        assert editor.get(address(foreign, view)).status_code == 404
    assert editor.post(address(foreign), event_form(unit=foreign.unit_id)).status_code in (403, 404)
    editor.post(f"{EVENTS}add/", event_form(unit=foreign.unit_id))
    assert [event.name for event in Event.objects.all()] == ["Hội nghị nơi khác"]
    assert "Hội nghị nơi khác" not in editor.get(EVENTS).content.decode()


@pytest.mark.parametrize("role", ["approver", "unit_admin", "desk"])
def test_who_does_not_write_reads_events_only(seat, unit, role):
    event = EventFactory(unit=unit)
    client = seat(role, unit)

    assert client.get(address(event)).status_code == 200
    assert client.post(address(event), event_form(unit=unit.pk)).status_code == 403
    assert client.get(f"{EVENTS}add/").status_code == 403


SHOWN = {
    "announced": lambda unit: EventFactory(unit=unit, is_public=True),
    "told of": lambda unit: (
        ReportFactory(unit=unit, published=True, event=EventFactory(unit=unit)).event
    ),
    "told of tomorrow": lambda unit: (
        ReportFactory(unit=unit, scheduled=True, event=EventFactory(unit=unit)).event
    ),
    "signed": lambda unit: _signed(unit, published=True),
    "photographed": lambda unit: (
        PhotoFactory(
            report=ReportFactory(unit=unit, published=True), credit=PersonFactory(unit=unit)
        ).credit
    ),
}
HIDDEN = {
    "nobody's event": lambda unit: EventFactory(unit=unit),
    "a draft's event": lambda unit: ReportFactory(unit=unit, event=EventFactory(unit=unit)).event,
    "a draft's writer": lambda unit: _signed(unit),
}


def _signed(unit, **state):
    report, person = ReportFactory(unit=unit, **state), PersonFactory(unit=unit)
    return ContributionFactory(report=report, person=person).person


def renamed(client, thing):
    """(the answer's status, whether the thing's name is what was sent)"""
    form = event_form if isinstance(thing, Event) else person_form
    stored = type(thing).objects.get(pk=thing.pk)
    answer = client.post(address(stored), form(unit=stored.unit_id, name="Tên gõ đè"))
    stored.refresh_from_db()
    return answer.status_code, stored.name == "Tên gõ đè"


@pytest.mark.parametrize("what", SHOWN)
def test_what_readers_see_is_not_a_contributors_to_change(seat, unit, what):
    """Nobody approves it first. Control: an editor may."""
    thing = SHOWN[what](unit)

    assert renamed(seat("contributor", unit), thing) == (403, False)
    assert renamed(seat("editor", unit), thing) == (302, True)


@pytest.mark.parametrize("what", HIDDEN)
def test_what_no_reader_sees_yet_is(seat, unit, what):
    assert renamed(seat("contributor", unit), HIDDEN[what](unit)) == (302, True)


def test_a_contributor_announces_no_event_by_any_way(seat, unit):
    client, elsewhere = seat("contributor", unit), next_commune()
    event = EventFactory(unit=unit, is_public=True)
    announced = event.history.first().history_id
    event.is_public = False
    event.save()

    for both in (False, True):  # an editor of another unit has the field before them
        if both:
            MembershipFactory(user=client.user, unit=elsewhere, role="editor")
        client.post(f"{EVENTS}add/", event_form(unit=unit.pk, is_public="on"))
        client.post(address(event), event_form(unit=unit.pk, is_public="on"))
        client.post(reverse("admin:reports_event_restore", args=[event.pk, announced]))
        assert not Event.objects.filter(is_public=True).exists()

    # Control: where they edit, they do.
    client.post(f"{EVENTS}add/", event_form(unit=elsewhere.pk, is_public="on"))
    assert Event.objects.get(is_public=True).unit == elsewhere


def test_an_event_tells_nothing_of_other_units_drafts(editor, unit):
    event = EventFactory(unit=unit, is_public=True)
    ReportFactory(unit=next_commune(), event=event, title="chim hoàng yến")
    ReportFactory(unit=unit, event=event)

    assert [e.told for e in editor.get(EVENTS).context["cl"].result_list] == [1]
    page = editor.get(address(event, "delete")).content.decode()
    assert "các bài gắn với sự kiện này" in page
    assert "chim hoàng yến" not in page
    editor.post(address(event, "delete"), {"post": "yes"})
    assert Event.objects.exists()


def test_an_event_without_reports_may_go(editor, unit):
    event = EventFactory(unit=unit)

    editor.post(address(event, "delete"), {"post": "yes"})

    assert not Event.objects.exists()


def person_form(**fields):
    rows = {"pen_names-TOTAL_FORMS": 0, "pen_names-INITIAL_FORMS": 0}
    return {"name": "Minh  Ngọc ", **rows, **fields}


def test_a_writer_adds_persons_of_own_units_with_their_pen_names(editor, unit):
    names = {"pen_names-TOTAL_FORMS": 1, "pen_names-0-name": "M.N"}

    editor.post("/quan-tri/reports/person/add/", person_form(unit=unit.pk, **names))

    person = Person.objects.get()
    assert (person.name, person.unit) == ("Minh Ngọc", unit)
    assert Person.objects.matching("m.n").get() == person


def test_a_person_of_nowhere_or_elsewhere_is_refused(editor):
    for unit in ("", next_commune().pk):
        response = editor.post("/quan-tri/reports/person/add/", person_form(unit=unit))
        assert "unit" in response.context["adminform"].form.errors
    assert not Person.objects.exists()


def test_persons_of_other_units_are_read_not_changed(editor, unit):
    foreign = PersonFactory(name="Vũ Chiến", unit=next_commune())
    PenName.objects.create(person=foreign, name="V.C")

    page = editor.get(address(foreign)).content.decode()

    assert "Vũ Chiến" in page
    assert 'name="name"' not in page
    assert editor.post(address(foreign), person_form(unit=unit.pk)).status_code == 403
    assert editor.get(address(foreign, "delete")).status_code == 403


def test_which_account_a_person_has_is_for_administrators(editor, seat, unit):
    person = PersonFactory(unit=unit)

    assert 'name="user"' not in editor.get(address(person)).content.decode()
    editor.post(address(person), person_form(unit=unit.pk, user=editor.user.pk))
    assert Person.objects.get().user is None
    assert 'name="user"' in seat("superuser", unit).get(address(person)).content.decode()


def test_organisations_are_added_by_writers_and_changed_by_administrators(editor, seat, unit):
    editor.post(
        "/quan-tri/reports/organisation/add/", {"name": "Hội Nông dân", "short_name": "HND"}
    )

    organisation = Organisation.objects.get()
    changed = {"name": "Hội khác", "short_name": ""}
    assert editor.post(address(organisation), changed).status_code == 403
    assert seat("superuser", unit).post(address(organisation), changed).status_code == 302
    assert Organisation.objects.get().name == "Hội khác"
