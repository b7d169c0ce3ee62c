"""Who may see and do what in the back office (roles: `MemberRole`; the table is SECURITY's).

A grant holds for the unit and what is below it, adds up with others, and is read anew at every
request. Everything the back office lists starts from `visible_reports` or `visible_events`.
"""

from django.db.models import Q
from django.utils import timezone

from units.area import subtree_keys

from .models import Event, Feedback, MemberRole, Report, ReportStatus

# Which states of other people's reports a role reads, in its own units. The desk reads what every
# reader reads, so not what is scheduled: `published(now)` is asked for it.
READS = {
    MemberRole.EDITOR: set(ReportStatus),
    MemberRole.APPROVER: {ReportStatus.SUBMITTED, ReportStatus.PUBLISHED, ReportStatus.WITHDRAWN},
}
WRITERS = (MemberRole.CONTRIBUTOR, MemberRole.EDITOR)
NEWSROOM = (MemberRole.EDITOR, MemberRole.APPROVER)
EDITABLE = (ReportStatus.DRAFT, ReportStatus.RETURNED)


def grants(user):
    """{role: keys of the units where `user` has it, what lies below included}, read once a request."""
    if not hasattr(user, "_grants"):
        user._grants = {}
        if user.is_active:
            for membership in user.memberships.select_related("unit"):
                keys = user._grants.setdefault(MemberRole(membership.role), set())
                keys.update(subtree_keys(membership.unit))
    return user._grants


def has_role(user, unit_key, *roles):
    """Whether `user` has one of `roles` in the unit; a system administrator works in every unit."""
    if user.is_active and user.is_superuser:
        return True
    return any(unit_key in grants(user).get(role, ()) for role in roles)


def writable_units(user):
    """Keys of the units `user` may write for; None means all."""
    if user.is_superuser:
        return None
    return set().union(*(grants(user).get(role, set()) for role in WRITERS))


def edits_somewhere(user):
    """Whether `user` is an editor of any unit: contributors bring in their own texts, not archives."""
    return user.is_superuser or bool(grants(user).get(MemberRole.EDITOR))


def known_units(user):
    """Keys of the units where `user` has any role; None means all."""
    if user.is_superuser:
        return None
    return set().union(*grants(user).values()) if grants(user) else set()


def visible_reports(user):
    """The reports whose form opens for `user`; everything else is 404 to them."""
    if not user.is_active:
        return Report.objects.none()
    if user.is_superuser:
        return Report.objects.all()
    condition = Q(pk=None)
    for role, keys in grants(user).items():
        if role == MemberRole.CONTRIBUTOR:
            condition |= Q(unit__in=keys, created_by=user)
        elif role in READS:
            condition |= Q(unit__in=keys, status__in=READS[role])
        elif role == MemberRole.DESK:
            public = Report.objects.published(timezone.now()).filter(unit__in=keys)
            condition |= Q(pk__in=public.values("pk"))
    return Report.objects.filter(condition)


def visible_events(user):
    """Events of the units where `user` works."""
    keys = known_units(user)
    return Event.objects.all() if keys is None else Event.objects.filter(unit__in=keys)


def may_change_event(user, event):
    """Writers change events of their units; one that readers see, or soon will, only editors."""
    if has_role(user, event.unit_id, MemberRole.EDITOR):
        return True
    is_shown = event.is_public or event.told_from is not None
    return not is_shown and has_role(user, event.unit_id, MemberRole.CONTRIBUTOR)


def may_change_person(user, person):
    """The same of a person: a name that stands under published reports is the editors' to change."""
    if has_role(user, person.unit_id, MemberRole.EDITOR):
        return True
    if not has_role(user, person.unit_id, MemberRole.CONTRIBUTOR):
        return False
    named = Q(contributions__person=person) | Q(photos__credit=person)
    return not Report.objects.filter(named, status=ReportStatus.PUBLISHED).exists()


def visible_feedback(user):
    """What readers wrote to the newsrooms where `user` edits or approves, to read and to answer.

    Feedback about the whole site has no unit: system administrators answer it.
    """
    if not user.is_active:
        return Feedback.objects.none()
    if user.is_superuser:
        return Feedback.objects.all()
    granted = grants(user)
    keys = set().union(*(granted.get(role, set()) for role in NEWSROOM))
    return Feedback.objects.filter(report__unit__in=keys)


def is_one_step(report):
    """Whether the report's newsroom has no second pair of eyes and has said so."""
    newsroom = getattr(report.unit, "newsroom", None)
    return bool(newsroom and newsroom.one_step)


def may_edit(user, report):
    """Whether the text may be changed by `user` now.

    Published text is not edited in place, except where one person is the whole newsroom: there
    writing and approving are the same step.
    """
    if report.pk is None:
        return user.is_superuser or bool(writable_units(user))
    editor = has_role(user, report.unit_id, MemberRole.EDITOR)
    if report.status in EDITABLE:
        own = report.created_by_id == user.pk
        return editor or (own and has_role(user, report.unit_id, MemberRole.CONTRIBUTOR))
    return report.status == ReportStatus.PUBLISHED and editor and is_one_step(report)
