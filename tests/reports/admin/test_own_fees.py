"""What a person sees of their own fees, and that they do not set them."""

import pytest

from reports.fees.locking import lock
from reports.models import FeeLine, Person
from tests.factories import PersonFactory
from tests.reports.fees.conftest import *  # noqa: F403 - the newsroom with rules and its words

from .test_fee_pages import AUGUST, LIST, MINE, at, scores, typed

pytestmark = pytest.mark.django_db


def test_ones_own_work_is_left_to_a_colleague_and_stops_no_other(seat, unit, work, schedule):
    desk_of = seat("approver", unit)
    own = work(2024, 8, 5, PersonFactory(user=desk_of.user))
    other = work(2024, 8, 6)

    page = desk_of.get(at("score", unit))
    desk_of.post(at("score", unit), typed(own, "1,5") | typed(other, "1"))

    assert [(shown.report, len(forms)) for shown, forms in page.context["works"]] == [
        (own, 0), (other, 1),
    ]  # fmt: skip
    assert page.content.decode().count("Bạn có phần trong bài này nên người duyệt khác chấm.") == 1
    assert (scores(own), scores(other)) == ([], [1])


def test_everybody_sees_their_own_fees_and_nobody_elses(
    seat, unit, work, score, schedule, approver
):
    contributor = seat("contributor", unit)
    mine, theirs = PersonFactory(user=contributor.user), PersonFactory(name="Người Khác Hẳn")
    score(work(2024, 8, 5, mine, title="Tin của tôi"), "1.5")
    score(work(2024, 8, 6, theirs, title="Tin của người khác"), "1")
    assert contributor.get(LIST)["Location"] == MINE
    assert contributor.get(MINE).context["months"] == []

    lock(unit, AUGUST, by=approver)
    answer = contributor.get(MINE)

    ((_, lines, net),) = answer.context["months"]
    assert ([line.title for line in lines], net) == (["Tin của tôi"], 70_200)
    page = answer.content.decode()
    assert "Người Khác Hẳn" not in page
    assert "46.800" not in page
    assert contributor.get(at("sheet", unit)).status_code == 404
    assert FeeLine.objects.count() == 2


def test_an_account_without_a_person_has_no_fees(editor):
    assert editor.get(MINE).status_code == 404
    assert Person.objects.filter(user=editor.user).count() == 0
