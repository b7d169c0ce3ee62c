"""Gộp người: two rows become one person, and nothing printed changes."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.db.models import ProtectedError
from django.urls import reverse

from reports.duplicates import suspicions
from reports.fees.locking import lock
from reports.fees.sheets import differences, month_sheet
from reports.merging import MergeRefused, merge_people, what_moves
from reports.models import (
    BaseSalary,
    Committee,
    Contribution,
    FeeRate,
    FeeSchedule,
    FeeScore,
    PenName,
    Person,
    PersonMerge,
    Photo,
    Report,
    Target,
)
from tests.factories import (
    ContributionFactory,
    MembershipFactory,
    PersonFactory,
    PhotoFactory,
    ReportFactory,
    UserFactory,
    next_commune,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def root(db):
    return UserFactory(is_superuser=True)


@pytest.fixture
def keep(db):
    return PersonFactory(name="Trần Minh Ngọc")


@pytest.fixture
def gone(db):
    return PersonFactory(name="Minh Ngọc")


def byline(report):
    report = Report.objects.prefetch_related("contributions__person").get(pk=report.pk)
    return [(label, [one.printed_name for one in signed]) for label, signed in report.byline()]


def test_works_photos_and_names_move_and_the_byline_stays(keep, gone, root):
    report = ReportFactory(published=True)
    ContributionFactory(report=report, person=gone)
    other = ReportFactory(published=True)
    ContributionFactory(report=other, person=gone, signed_as="M.N")
    photo = PhotoFactory(report=other, credit=gone)
    PenName.objects.create(person=gone, name="M.N")
    before = [byline(report), byline(other)]

    merge_people(keep, gone, by=root)

    assert [byline(report), byline(other)] == before
    assert set(Contribution.objects.values_list("person", flat=True)) == {keep.pk}
    assert Photo.objects.get(pk=photo.pk).credit == keep
    assert sorted(keep.pen_names.values_list("name", flat=True)) == ["M.N", "Minh Ngọc"]
    assert list(Person.objects.all()) == [keep]


def test_one_role_in_one_report_stands_once(keep, gone, root):
    report = ReportFactory(published=True)
    ContributionFactory(report=report, person=keep)
    twin = ContributionFactory(report=report, person=gone, order=1)
    ContributionFactory(report=report, person=gone, role="photographer", order=2)

    assert what_moves(keep, gone).doubles == 1
    merge = merge_people(keep, gone, by=root)

    roles = report.contributions.values_list("person", "role")
    assert list(roles) == [(keep.pk, "author"), (keep.pk, "photographer")]
    assert merge.moved["contributions"]["dropped"] == [twin.pk]
    deleted = Contribution.history.filter(id=twin.pk, history_type="-").get()
    assert (deleted.history_user, deleted.history_change_reason) == (root, "gộp người trùng")


def test_a_name_nothing_was_signed_with_is_no_pen_name(keep, root):
    typed_wrong = PersonFactory(name="Trần Mimh Ngọc")

    merge_people(keep, typed_wrong, by=root)

    assert list(keep.pen_names.all()) == []


def test_the_old_address_leads_to_the_kept_person_for_ever(client, keep, gone, root):
    ContributionFactory(report=ReportFactory(published=True), person=gone)
    last = PersonFactory(name="Trần Thị Minh Ngọc")
    address = gone.get_absolute_url()
    assert client.get(address).status_code == 200

    merge_people(keep, gone, by=root)
    answer = client.get(address)
    assert (answer.status_code, answer["Location"]) == (301, keep.get_absolute_url())
    merge_people(last, keep, by=root)
    answer = client.get(address)
    assert (answer.status_code, answer["Location"]) == (301, last.get_absolute_url())
    listed = client.get(reverse("reports:list"), {"tac-gia": f"{gone.slug}-{gone.pk}"})
    assert len(listed.context["page"].rows) == 1


def test_a_merged_person_without_published_works_stays_unknown(client, keep, gone, root):
    merge_people(keep, gone, by=root)

    assert client.get(gone.get_absolute_url()).status_code == 404


def test_search_finds_the_reports_by_both_names(keep, gone, root):
    report = ReportFactory(published=True)
    ContributionFactory(report=report, person=gone)
    photographed = ReportFactory(published=True)
    PhotoFactory(report=photographed, credit=gone)

    merge_people(keep, gone, by=root)

    found = set(Report.objects.matching('"trần minh ngọc"').values_list("pk", flat=True))
    assert found == {report.pk, photographed.pk}
    assert report.pk in Report.objects.matching('"minh ngọc"').values_list("pk", flat=True)


def test_the_account_moves_unless_the_kept_person_has_one(keep, gone, root):
    account = UserFactory()
    gone.user = account
    gone.save()

    merge_people(keep, gone, by=root)

    assert Person.objects.get(pk=keep.pk).user == account
    third = PersonFactory(user=UserFactory())
    keep = Person.objects.get(pk=keep.pk)
    assert what_moves(keep, third).loses_user
    merge = merge_people(keep, third, by=root)
    assert Person.objects.get(pk=keep.pk).user == account
    assert merge.moved["user"] is not None
    assert merge.moved["user_kept"] is False


def test_who_merges_and_what_moved_is_kept(keep, gone, root):
    ContributionFactory(person=gone)
    merge_people(keep, gone, by=root)

    merge = PersonMerge.objects.get()
    assert (merge.kept, merge.gone, merge.merged_by) == (keep, gone, root)
    assert merge.moved["name"] == "Minh Ngọc"
    with pytest.raises(ProtectedError):
        gone.delete()


def test_only_approvers_of_both_units_merge(keep, gone):
    here, there = next_commune(), next_commune()
    Person.objects.filter(pk=keep.pk).update(unit=here)
    Person.objects.filter(pk=gone.pk).update(unit=there)
    approver = MembershipFactory(unit=here, role="approver").user
    editor = MembershipFactory(unit=here, role="editor").user
    MembershipFactory(user=editor, unit=there, role="unit_admin")

    for user in (approver, editor):
        with pytest.raises(MergeRefused) as refused:
            merge_people(keep, gone, by=user)
        assert refused.value.status_code == 403
    MembershipFactory(user=approver, unit=there, role="approver")
    merge_people(keep, gone, by=type(approver).objects.get(pk=approver.pk))

    assert list(Person.objects.all()) == [keep]


def test_nobody_merges_with_themselves_or_twice(keep, gone, root):
    with pytest.raises(MergeRefused, match="hai người khác nhau"):
        merge_people(keep, keep, by=root)
    merge_people(keep, gone, by=root)
    with pytest.raises(MergeRefused, match="chưa gộp"):
        merge_people(keep, gone, by=root)

    assert PersonMerge.objects.count() == 1


def test_what_a_committee_asks_of_both_is_asked_once(keep, gone, root):
    both, one = (Committee.objects.create(unit=next_commune()) for _ in range(2))
    Target.objects.create(committee=both, person=keep, reports_a_month=3)
    Target.objects.create(committee=both, person=gone, reports_a_month=5)
    Target.objects.create(committee=one, person=gone, reports_a_month=2)

    merge_people(keep, gone, by=root)

    asked = Target.objects.values_list("committee", "person", "reports_a_month")
    assert set(asked) == {(both.pk, keep.pk, 3), (one.pk, keep.pk, 2)}


def test_every_table_that_names_a_person_is_thought_of():
    """A new relation to persons must be moved by `merge_people`, or be named here."""
    related = {
        (field.related_model.__name__, field.field.name)
        for field in Person._meta.get_fields(include_hidden=True)
        if field.auto_created and field.is_relation
    }
    related = {each for each in related if not each[0].startswith("Historical")}

    assert related == {
        ("Contribution", "person"), ("FeeLine", "person"), ("FeeScore", "person"),
        ("PenName", "person"), ("Person", "merged_into"), ("PersonMerge", "gone"),
        ("PersonMerge", "kept"), ("Photo", "credit"), ("Target", "person"),
    }  # fmt: skip


# --- fees -----------------------------------------------------------------------------------------


@pytest.fixture
def paid_unit(registry):
    BaseSalary.objects.get_or_create(
        from_on=date(2024, 7, 1), defaults={"amount": 2_340_000, "basis": "Nghị định"}
    )
    schedule = FeeSchedule.objects.create(from_on=date(2024, 1, 1), basis="Quyết định")
    FeeRate.objects.create(schedule=schedule, genre="tin", low=1, high=2, usual=1)
    return next_commune()


def test_fees_follow_and_locked_sheets_stay(paid_unit, keep, gone, root):
    published = datetime(2024, 8, 5, 5, tzinfo=UTC)
    report = ReportFactory(unit=paid_unit, published=True, published_at=published)
    for order, (person, share) in enumerate(((keep, 60), (gone, 40))):
        ContributionFactory(report=report, person=person, order=order)
        FeeScore.objects.create(
            report=report, person=person, kind="bai", coefficient=Decimal(1), share=share,
            scored_by=root, scored_at=published,
        )  # fmt: skip
    month = date(2024, 8, 1)
    lock(paid_unit, month, by=root)

    def printed():
        sheet = month_sheet(paid_unit, month)
        return [(g.name, [(li.printed_name, li.amount) for li in g.lines]) for g in sheet.groups]

    before = printed()
    merge_people(keep, gone, by=root)

    assert printed() == before
    assert len(before) == 2
    assert differences(paid_unit) == []
    (score,) = FeeScore.objects.all()
    assert (score.person, score.share) == (keep, 100)
    assert keep.fee_lines.count() == 2


@pytest.mark.parametrize(
    ("before", "after"),
    [([(70, 1), (30, 1)], (100, 1)), ([(100, 2), (100, 1)], (100, 3))],
    ids=["one fee for all pictures", "each picture"],
)
def test_two_scores_for_pictures_become_what_both_came_to(
    paid_unit, keep, gone, root, before, after
):
    report = ReportFactory(unit=paid_unit, published=True)
    for person, (share, pieces) in zip((keep, gone), before, strict=True):
        FeeScore.objects.create(
            report=report, person=person, kind="anh", coefficient=Decimal(1), share=share,
            pieces=pieces, scored_by=root, scored_at=report.published_at,
        )  # fmt: skip

    merge_people(keep, gone, by=root)

    (score,) = FeeScore.objects.all()
    assert (score.person, score.share, score.pieces) == (keep, *after)


# --- finding them ---------------------------------------------------------------------------------


def reasons():
    return [
        (each.reason, sorted(person.name for person in each.people))
        for each in suspicions(Person.objects.all())
    ]


@pytest.mark.parametrize(
    ("first", "second", "reason"),
    [
        ("Minh Ngọc", "Minh Ngọc", "cùng tên"),
        ("Lê Thị Hòa", "Lê Thị Hoà", "cùng tên, khác chỗ đặt dấu"),
        ("Nguyễn Thuý", "nguyễn thúy", "cùng tên, khác chỗ đặt dấu"),
        ("Minh Ngọc", "Minh Ngoc", "tên chỉ khác dấu hoặc cách viết"),
        ("M.N", "M. N", "tên chỉ khác dấu hoặc cách viết"),
    ],
)
def test_persons_of_one_name_are_suspected(first, second, reason):
    for name in (first, second, "Võ Văn Khác"):
        PersonFactory(name=name)

    assert reasons() == [(reason, sorted([first, second]))]


def test_pen_names_count_as_names():
    one, two, three = (PersonFactory(name=name) for name in ("Lê An", "Trần Bình", "Võ Công"))
    PenName.objects.create(person=one, name="Thanh Trúc")
    PenName.objects.create(person=two, name="Thanh Trúc")
    PenName.objects.create(person=three, name="Lê An")

    assert sorted(reasons()) == [
        ("cùng bút danh", ["Lê An", "Trần Bình"]),
        ("tên người này là bút danh của người kia", ["Lê An", "Võ Công"]),
    ]


def test_different_people_are_not_suspected():
    for name in ("Lê An", "Lê Anh", "Trần An", "Minh Ngọc", "Ngọc Minh"):
        PersonFactory(name=name)

    assert reasons() == []


def test_suspicions_say_how_much_was_published(django_assert_num_queries):
    PersonFactory(name="Minh Ngọc")
    busy = PersonFactory(name="Minh Ngọc")
    for _ in range(3):
        ContributionFactory(person=busy)
    PhotoFactory(credit=busy)

    with django_assert_num_queries(3):
        (found,) = suspicions(Person.objects.all())

    assert [(person.works, person.shots) for person in found.people] == [(3, 1), (0, 0)]
