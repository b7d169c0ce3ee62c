"""The pages that make two persons one: found, looked at, confirmed."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from reports.models import Person, PersonMerge
from tests.factories import ContributionFactory, PersonFactory, ReportFactory, next_commune

pytestmark = pytest.mark.django_db
DUPLICATES = reverse("admin:reports_person_duplicates")
MERGE = reverse("admin:reports_person_merge")
PEOPLE = reverse("admin:reports_person_changelist")


@pytest.fixture
def twins(unit):
    keep = PersonFactory(name="Lê Thị Hòa", unit=unit)
    ContributionFactory(report=ReportFactory(published=True), person=keep)
    return keep, PersonFactory(name="Lê Thị Hoà", unit=unit)


def both(keep, gone):
    return {"giu": keep.pk, "gop": gone.pk}


def test_duplicates_are_found_shown_and_merged(seat, unit, twins):
    client = seat("approver", unit)
    keep, gone = twins
    assert DUPLICATES in client.get(PEOPLE).content.decode()

    (group,) = client.get(DUPLICATES).context["page"].object_list
    assert (group.reason, group.people) == ("cùng tên, khác chỗ đặt dấu", [keep, gone])
    asked = client.get(MERGE, both(*twins))
    assert asked.status_code == 200
    assert Person.objects.count() == 2  # looking changes nothing
    answer = client.post(MERGE, both(*twins), follow=True)

    assert [str(m) for m in answer.context["messages"]] == ["Đã gộp “Lê Thị Hoà” vào “Lê Thị Hòa”."]
    assert list(Person.objects.all()) == [keep]
    (merge,) = answer.context["merged"]
    assert (merge.kept, merge.merged_by) == (keep, client.user)
    history = client.get(reverse("admin:reports_person_history", args=[keep.pk]))
    assert "Gộp “Lê Thị Hoà” vào người này" in history.content.decode()
    assert client.get(reverse("admin:reports_person_change", args=[gone.pk])).status_code == 404


def test_the_page_that_asks_once_more_shows_whose_works_they_are(seat, unit, twins):
    keep, gone = twins
    public = ReportFactory(published=True, title="Hội xã tặng quà")
    for report in (public, ReportFactory(title="Bài nháp nơi khác")):
        ContributionFactory(report=report, person=gone)

    page = seat("approver", unit).get(MERGE, both(*twins))

    assert [works for *_, works in page.context["two"]] == [
        [one.report for one in keep.contributions.all()],
        [public],
    ]
    html = page.content.decode()
    assert "Gộp rồi thì không tách lại được." in html
    assert "2 lần ký tên dưới bài." in html
    assert "Bài nháp nơi khác" not in html


@pytest.mark.parametrize("role", ["contributor", "editor", "unit_admin", "desk", "nobody"])
def test_others_have_no_such_page(seat, unit, twins, role):
    client = seat(role, unit)

    assert client.get(DUPLICATES).status_code == 403
    assert client.get(MERGE, both(*twins)).status_code == 403
    assert client.post(MERGE, both(*twins)).status_code == 403
    assert DUPLICATES not in client.get(PEOPLE).content.decode()
    assert PersonMerge.objects.count() == 0


def test_persons_of_other_units_are_not_found(seat, unit, twins):
    client = seat("approver", unit)
    keep, _ = twins
    foreign = PersonFactory(name="Lê Thị Hòa", unit=next_commune())
    nowhere = PersonFactory(name="Lê Thị Hòa")
    absent = client.post(MERGE, {"giu": keep.pk, "gop": 999_999})

    for other in (foreign, nowhere):
        for data in (both(keep, other), both(other, keep)):
            for answer in (client.get(MERGE, data), client.post(MERGE, data)):
                assert (answer.status_code, answer.content) == (404, absent.content)
    (group,) = client.get(DUPLICATES).context["page"].object_list
    assert set(group.people) == set(twins)
    assert Person.objects.count() == 4


def test_system_administrators_merge_anybody(seat, unit, twins):
    client = seat("superuser", unit)
    nowhere = PersonFactory(name="Trần An")

    assert client.post(MERGE, both(twins[0], nowhere)).status_code == 302
    assert nowhere not in Person.objects.all()


@pytest.mark.parametrize("sent", [{}, {"giu": "x", "gop": "1"}, {"giu": "9" * 30, "gop": "²"}])
def test_nonsense_is_not_found(seat, unit, sent):
    client = seat("superuser", unit)

    assert [client.get(MERGE, sent).status_code, client.post(MERGE, sent).status_code] == [404, 404]


def test_nobody_is_merged_with_themselves(seat, unit, twins):
    client = seat("approver", unit)

    answer = client.post(MERGE, both(twins[0], twins[0]))

    assert (answer.status_code, PersonMerge.objects.count()) == (400, 0)
    assert "Hãy chọn hai người khác nhau." in answer.content.decode()


def test_the_page_costs_the_same_for_many(seat, unit):
    client = seat("approver", unit)

    def cost(pairs):
        while Person.objects.count() < 2 * pairs:
            PersonFactory.create_batch(2, name=f"Lê Thị {Person.objects.count()}", unit=unit)
        client.get(DUPLICATES)
        with CaptureQueriesContext(connection) as queries:
            client.get(DUPLICATES)
        return len(queries)

    assert cost(1) == cost(5) <= 16
