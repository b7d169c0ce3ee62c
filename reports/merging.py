"""Gộp người: two rows that are one human being become one, without changing a printed line.

What somebody signed stays as it was printed. The row that is merged stays, empty, so that its
address leads to the one that is kept (`PersonManager.known_by`) and history can still name it.
"""

from dataclasses import dataclass

from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.utils import timezone
from simple_history.utils import bulk_update_with_history

from .models import (
    Contribution,
    FeeKind,
    FeeLine,
    FeeScore,
    FeeSheetState,
    MemberRole,
    PenName,
    Person,
    PersonMerge,
    Photo,
    Report,
    Target,
)
from .rights import has_role
from .search.index import refresh_entries

MERGED = "gộp người trùng"
SAMPLES = 3


class MergeRefused(Exception):
    """A merge that may not be; `status_code` is 403 (no right) or 409 (these two cannot)."""

    def __init__(self, message, status_code):
        super().__init__(message)
        self.status_code = status_code


@dataclass(frozen=True)
class Moving:
    """What a merge would move, in numbers; `doubles` are roles the kept person has already, `paid` the
    `lines` of locked sheets that were paid.
    """

    contributions: int
    doubles: int
    photos: int
    pen_names: list
    scores: int
    lines: int
    paid: int
    targets: int
    has_user: bool
    loses_user: bool


def may_merge(user, *people):
    """System administrators; approvers, where they approve for the units of all these persons."""
    if not user.is_active:
        return False
    if user.is_superuser:
        return True
    return all(
        person.unit_id is not None and has_role(user, person.unit_id, MemberRole.APPROVER)
        for person in people
    )


def what_moves(keep, gone):
    """A `Moving`, for the page that asks once more."""
    kept_roles = set(keep.contributions.values_list("report", "role"))
    roles = list(gone.contributions.values_list("report", "role"))
    return Moving(
        contributions=len(roles),
        doubles=sum(role in kept_roles for role in roles),
        photos=gone.photos.count(),
        pen_names=_new_pen_names(keep, gone),
        scores=gone.fee_scores.count(),
        lines=gone.fee_lines.count(),
        paid=gone.fee_lines.filter(sheet__state=FeeSheetState.PAID).count(),
        targets=Target.objects.filter(person=gone).count(),
        has_user=gone.user_id is not None and keep.user_id is None,
        loses_user=gone.user_id is not None and keep.user_id is not None,
    )


def works_to_know(person, now):
    """A few public reports by which one tells who this is, newest first."""
    signed = Report.objects.published(now).filter(contributions__person=person)
    return list(signed.distinct().newest_first()[:SAMPLES])


@transaction.atomic
def merge_people(keep, gone, *, by):
    """Make `gone` and `keep` one person; the PersonMerge, which says what moved.

    Raises MergeRefused. Locked fee sheets keep every printed word; whoever is paid is now `keep`.
    """
    people = Person.objects.select_for_update(of=("self",)).in_bulk([keep.pk, gone.pk])
    if keep.pk == gone.pk or len(people) != 2:
        raise MergeRefused("Hãy chọn hai người khác nhau, chưa gộp vào ai.", 409)
    keep, gone = people[keep.pk], people[gone.pk]
    if not may_merge(by, keep, gone):
        raise MergeRefused("Người duyệt của đơn vị mới gộp được hai người này.", 403)
    reports = _reports_of(gone)
    moved = {
        "name": gone.name,
        "pen_names": _new_pen_names(keep, gone),
        "contributions": _move_contributions(keep, gone, by),
        "photos": _move_photos(keep, gone, by),
        "fee_scores": _move_scores(keep, gone, by),
        "fee_lines": list(gone.fee_lines.values_list("pk", flat=True)),
        "user": gone.user_id,
        "user_kept": gone.user_id is not None and keep.user_id is None,
    }
    FeeLine.objects.filter(person=gone).update(person=keep)
    _move_targets(keep, gone)
    for name in moved["pen_names"]:
        PenName.objects.create(person=keep, name=name)
    PenName.objects.filter(person=gone).delete()
    Person._base_manager.filter(merged_into=gone).update(merged_into=keep)
    PersonMerge.objects.filter(kept=gone).update(kept=keep)
    Person._base_manager.filter(pk=gone.pk).update(user=None, merged_into=keep)
    if moved["user_kept"]:
        keep.user_id = moved["user"]
    keep.save()
    refresh_entries(reports)
    return _record(keep, gone, moved, by)


def _reports_of(person):
    signed = set(person.contributions.values_list("report", flat=True))
    return signed.union(person.photos.values_list("report", flat=True))


def _new_pen_names(keep, gone):
    """Names of `gone` under which something was signed or kept as a pen name, new to `keep`."""
    known = {keep.name, *keep.pen_names.values_list("name", flat=True)}
    names = list(gone.pen_names.order_by("pk").values_list("name", flat=True))
    if gone.contributions.exists() or gone.photos.exists():
        names.insert(0, gone.name)
    return [name for name in dict.fromkeys(names) if name not in known]


def _move_contributions(keep, gone, by):
    """{"moved": […], "dropped": […]}: a role the kept person has in the same report goes."""
    kept_roles = set(keep.contributions.values_list("report", "role"))
    moving, dropped = [], []
    for one in Contribution.objects.filter(person=gone).order_by("pk"):
        if (one.report_id, one.role) in kept_roles:
            dropped.append(one.pk)
            one._history_user, one._change_reason = by, MERGED
            one.delete()
            continue
        one.person = keep
        # The byline stays as readers know it.
        if not one.signed_as and gone.name != keep.name:
            one.signed_as = gone.name
        moving.append(one)
    bulk_update_with_history(
        moving, Contribution, ["person", "signed_as"], batch_size=200,
        default_user=by, default_change_reason=MERGED,
    )  # fmt: skip
    return {"moved": [one.pk for one in moving], "dropped": dropped}


def _move_photos(keep, gone, by):
    photos = list(Photo.objects.filter(credit=gone).order_by("pk"))
    for photo in photos:
        photo.credit = keep
    bulk_update_with_history(
        photos, Photo, ["credit"], batch_size=200, default_user=by, default_change_reason=MERGED
    )
    return [photo.pk for photo in photos]


def _move_scores(keep, gone, by):
    """The kept person takes over scores; two for one work become one with both shares."""
    known = {(one.report_id, one.kind): one for one in FeeScore.objects.filter(person=keep)}
    moved = []
    for score in FeeScore.objects.filter(person=gone).order_by("pk"):
        moved.append([score.report_id, score.kind, str(score.share), score.pieces])
        twin = known.get((score.report_id, score.kind))
        if twin is None:
            twin = score
            twin.person = keep
        else:
            # Pictures paid one by one have a whole share each; one fee for all of them is divided.
            if score.kind == FeeKind.PHOTO and twin.share == score.share == 100:
                twin.pieces += score.pieces
            else:
                twin.share = min(twin.share + score.share, 100)
            score._history_user, score._change_reason = by, MERGED
            score.delete()
        twin._history_user, twin._change_reason = by, MERGED
        twin.save()
    return moved


def _move_targets(keep, gone):
    """A committee that asks something of both goes on asking what it asked of the kept one."""
    asking = list(Target.objects.filter(person=keep).values_list("committee", flat=True))
    Target.objects.filter(person=gone).exclude(committee__in=asking).update(person=keep)
    Target.objects.filter(person=gone).delete()


def _record(keep, gone, moved, by):
    LogEntry.objects.create(
        user=by,
        content_type=ContentType.objects.get_for_model(Person),
        object_id=keep.pk,
        object_repr=keep.name,
        action_flag=CHANGE,
        change_message=(
            f"Gộp “{gone.name}” vào người này: {len(moved['contributions']['moved'])} lần ký tên, "
            f"{len(moved['photos'])} ảnh."
        ),
    )
    return PersonMerge.objects.create(
        kept=keep, gone=gone, moved=moved, merged_by=by, merged_at=timezone.now()
    )
