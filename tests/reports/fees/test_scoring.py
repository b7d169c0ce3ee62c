"""Chấm nhuận bút: inside the range, shares come to a whole, by whoever may."""

from decimal import Decimal

import pytest
from django.utils import timezone

from reports.fees.rules import Rules
from reports.fees.scoring import ScoreRefused
from reports.fees.works import signed_works, works_of
from reports.models import FeeScore, PhotoRule, Report
from tests.factories import (
    ContributionFactory,
    MembershipFactory,
    NewsroomFactory,
    PersonFactory,
    PhotoFactory,
    ReportFactory,
    UserFactory,
    next_commune,
)

from .conftest import parts_of

pytestmark = pytest.mark.django_db


def stored(report):
    rows = FeeScore.objects.filter(report=report).order_by("kind", "person")
    return [(row.kind, row.person_id, row.coefficient, row.share, row.pieces) for row in rows]


def test_a_score_keeps_who_gave_it_and_when(schedule, work, score, approver, unit):
    report = work(2024, 8, 5)
    second = MembershipFactory(unit=unit, role="approver").user

    score(report, "1.2")
    score(report, "1.5", by=second)

    row = FeeScore.objects.get(report=report)
    assert (row.coefficient, row.scored_by) == (Decimal("1.50"), second)
    history = [(old.coefficient, old.history_user) for old in row.history.order_by("history_id")]
    assert history == [(Decimal("1.20"), approver), (Decimal("1.50"), second)]


@pytest.mark.parametrize("coefficient", ["0", "0.99", "1.51", "15"])
def test_a_coefficient_out_of_range_is_refused_with_the_range(schedule, work, score, coefficient):
    report = work(2024, 8, 5)

    with pytest.raises(ScoreRefused) as refused:
        score(report, coefficient)

    assert str(refused.value) == ("Hệ số của tin nằm trong khoảng 1 đến 1,5 (Quyết định 23/2020).")
    assert refused.value.field == "coefficient"
    assert stored(report) == []


@pytest.mark.parametrize("coefficient", ["1", "1.25", "1.5"])
def test_both_ends_of_the_range_belong_to_it(schedule, work, score, coefficient):
    report = work(2024, 8, 5)

    score(report, coefficient)

    assert [row[2] for row in stored(report)] == [Decimal(coefficient)]


def test_two_writers_share_one_hundred_percent(schedule, work, score):
    one, two = PersonFactory(), PersonFactory()
    report = work(2024, 8, 5, one, two)

    with pytest.raises(ScoreRefused, match="cộng lại 90 %, phải là 100 %"):
        score(report, "1", shares=("60", "30"))
    with pytest.raises(ScoreRefused, match="phần hưởng của từng người"):
        score(report, "1", shares=("110", "-10"))
    score(report, "1", shares=("62.5", "37.5"))

    assert [(row[1], row[3]) for row in stored(report)] == [
        (one.pk, Decimal("62.50")), (two.pk, Decimal("37.50")),
    ]  # fmt: skip


@pytest.mark.parametrize(("people", "shares"), [(1, [100]), (2, [50, 50]), (3, [34, 33, 33])])
def test_the_usual_shares_are_even_and_whole(schedule, work, people, shares):
    report = work(2024, 8, 5, *(PersonFactory() for _ in range(people)))
    (part,) = parts_of(report)

    assert list(part.usual_shares().values()) == shares


def test_a_genre_that_includes_photos_shares_with_the_photographer(schedule, work):
    writer, photographer = PersonFactory(), PersonFactory()
    report = work(2024, 8, 5, writer, genre="tin-anh")
    PhotoFactory(report=report, credit=photographer)

    (part,) = parts_of(report)

    assert [payee.person for payee in part.payees] == [writer, photographer]
    assert part.is_shared


def test_photos_are_counted_up_to_the_limit_and_only_our_own(schedule, work, score):
    schedule.photo_rule = PhotoRule.EACH
    schedule.photo_low, schedule.photo_usual, schedule.photo_high = map(
        Decimal, ("0.1", "0.3", "0.5")
    )
    schedule.photos_counted = 3
    schedule.save()
    writer, one, two = PersonFactory(), PersonFactory(), PersonFactory()
    report = work(2024, 8, 5, writer)
    for order, person in enumerate((one, two, one, one)):
        PhotoFactory(report=report, credit=person, order=order)
    agency = work(2024, 8, 6, writer)
    PhotoFactory(report=agency, credit_text="TTXVN")

    text, photos = parts_of(report)
    assert [(payee.person, payee.pieces) for payee in photos.payees] == [(one, 2), (two, 1)]
    assert len(parts_of(agency)) == 1
    assert photos.range.words == "0,1 đến 0,5"
    score(report, "0.3", part=1)

    assert stored(report) == [
        ("anh", one.pk, Decimal("0.30"), 100, 2), ("anh", two.pk, Decimal("0.30"), 100, 1),
    ]  # fmt: skip
    assert not text.is_scored


def test_an_uncredited_photo_is_the_signed_photographers(schedule, work):
    schedule.photo_rule = PhotoRule.TOGETHER
    schedule.photo_usual = schedule.photo_high = Decimal(1)
    schedule.save()
    photographer = PersonFactory()
    report = work(2024, 8, 5)
    ContributionFactory(report=report, person=photographer, role="photographer", order=1)
    PhotoFactory(report=report)
    PhotoFactory(report=report, order=1)

    _, photos = parts_of(report)

    assert [(payee.person, payee.pieces) for payee in photos.payees] == [(photographer, 1)]


def test_a_work_no_rule_speaks_of_says_so(schedule, work, unit):
    before = work(2019, 12, 31)
    other_genre = work(2024, 8, 5, genre="thong-bao")
    unsigned = ReportFactory(unit=unit, published=True)

    works = works_of(
        Report.objects.filter(pk__in=[before.pk, other_genre.pk, unsigned.pk]).order_by("pk"),
        Rules(),
    )

    assert [(found.trouble, found.parts) for found in works] == [
        ("Chưa có quy chế nhuận bút cho ngày 31/12/2019.", []),
        (
            "Quy chế nhuận bút từ 01/01/2020, cả trang không có khung hệ số cho thể loại này.", [],
        ),
        ("Bài chưa ghi tên người viết hay người chụp ảnh.", []),
    ]  # fmt: skip


def test_nothing_is_paid_when_somebody_says_so(schedule, work, score):
    report = work(2024, 8, 5)

    score(report, None, waived=True)

    (part,) = parts_of(report)
    assert (part.is_scored, part.is_waived) == (True, True)


@pytest.mark.parametrize("role", ["contributor", "editor", "unit_admin", "desk"])
def test_only_approvers_of_the_unit_score(schedule, work, score, unit, role):
    report = work(2024, 8, 5)

    for by in (
        MembershipFactory(unit=unit, role=role).user,
        MembershipFactory(unit=next_commune(), role="approver").user,
    ):
        with pytest.raises(ScoreRefused, match="Người duyệt của đơn vị"):
            score(report, "1", by=by)
    assert stored(report) == []


def test_where_one_person_is_the_newsroom_the_editor_scores(schedule, work, score, unit):
    NewsroomFactory(unit=unit)
    editor = MembershipFactory(unit=unit, role="editor").user
    report = work(2024, 8, 5)

    score(report, "1", by=editor)
    score(report, "1.1", by=UserFactory(is_superuser=True))

    assert [row[2] for row in stored(report)] == [Decimal("1.10")]


@pytest.mark.parametrize("one_step", [False, True])
@pytest.mark.parametrize("system", [False, True])
def test_nobody_scores_work_they_are_paid_for_unless_they_are_the_newsroom(
    schedule, work, score, unit, one_step, system
):
    NewsroomFactory(unit=unit, one_step=one_step)
    own = UserFactory(is_superuser=system)
    MembershipFactory(user=own, unit=unit, role="approver")
    report = work(2024, 8, 5, PersonFactory(), PersonFactory(user=own))

    if one_step:
        assert score(report, "1", by=own)
    else:
        with pytest.raises(ScoreRefused, match="người duyệt khác chấm"):
            score(report, "1", by=own)
        assert score(report, "1")


def test_a_new_name_in_the_byline_asks_for_a_score_again(schedule, work, score):
    writer, another = PersonFactory(), PersonFactory()
    report = work(2024, 8, 5, writer)
    score(report, "1")

    ContributionFactory(report=report, person=another, order=1)
    (part,) = parts_of(report)
    assert not part.is_scored
    score(report, "1", shares=("80", "20"))

    assert [(row[1], row[3]) for row in stored(report)] == [(writer.pk, 80), (another.pk, 20)]
    report.contributions.get(person=writer).delete()
    score(report, "1")
    assert [(row[1], row[3]) for row in stored(report)] == [(another.pk, 100)]


def test_old_portals_works_and_estimated_dates_are_not_asked_for(schedule, work, unit):
    asked = work(2024, 8, 5)
    work(2024, 8, 6, original_url="https://cu.example/1")
    work(2024, 8, 7, published_is_estimate=True)
    ReportFactory(unit=unit, published=True)

    assert list(signed_works(timezone.now())) == [asked]


def test_works_cost_the_same_number_of_statements(schedule, work, django_assert_num_queries):
    rules = Rules()
    for number in (1, 3):
        while Report.objects.count() < number:
            work(2024, 8, 5, PersonFactory(), PersonFactory())
        with django_assert_num_queries(5):
            works_of(Report.objects.order_by("pk"), rules)
