"""Who prepares which fee sheets, and whose fees a person may read."""

from ..models import MemberRole, Newsroom, Person
from ..rights import grants, is_one_step


def fee_units(user):
    """Keys of the units whose fees `user` scores and locks; None means all. Read once a request.

    The approver's work; where one person is the whole newsroom, the editor's.
    """
    if not user.is_active:
        return set()
    if user.is_superuser:
        return None
    if not hasattr(user, "_fee_units"):
        granted = grants(user)
        keys = set(granted.get(MemberRole.APPROVER, ()))
        if edits := granted.get(MemberRole.EDITOR, ()):
            alone = Newsroom.objects.filter(one_step=True, unit__in=edits)
            keys.update(alone.values_list("unit", flat=True))
        user._fee_units = keys
    return user._fee_units


def may_prepare(user, unit_key):
    """Whether `user` scores, locks and notes as paid what this unit owes."""
    keys = fee_units(user)
    return keys is None or unit_key in keys


def may_score(user, part):
    """Whether `user` gives this part its coefficient.

    As with approving: whoever is paid for a part does not score it, system administrators included,
    except where one person is the whole newsroom and it has said so.
    """
    if not may_prepare(user, part.report.unit_id):
        return False
    return is_one_step(part.report) or all(payee.person.user_id != user.pk for payee in part.payees)


def own_person(user):
    """The person who is paid for what `user` writes; None for an account without one."""
    if not user.is_active:
        return None
    if not hasattr(user, "_own_person"):
        user._own_person = Person.objects.filter(user=user).first()
    return user._own_person
