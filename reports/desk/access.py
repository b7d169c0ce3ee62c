"""Who sits at the desk, and for which units.

Whoever has the desk role anywhere reads what every reader reads, of all units; what waits for
approval only of their own (the units of the grant and what is below). All others find nothing here.
"""

from functools import wraps

from django.contrib.auth.views import redirect_to_login
from django.http import Http404
from django.urls import reverse
from django.views.decorators.cache import never_cache

from units.area import area_of, subtree_keys
from units.models import Unit

from ..models import Committee, MemberRole, Report, ReportStatus
from ..rights import grants
from .patience import TooLong, patient, seconds_for, too_long_page


def may_enter(user):
    """Whether `user` works at the desk at all."""
    return user.is_active and (user.is_superuser or bool(grants(user).get(MemberRole.DESK)))


def desk_units(user):
    """Keys of the units `user` compiles for, what lies below included; None means all."""
    if not user.is_active:
        return set()
    return None if user.is_superuser else grants(user).get(MemberRole.DESK, set())


def works_for(user, unit_key):
    """Whether `user` compiles for this unit."""
    keys = desk_units(user)
    return keys is None or unit_key in keys


# --- what was told there before -------------------------------------------------------------------
# Books pass on with the ground (decision 0025): numbers, promises and the register of a unit that has
# ended are minded by whoever compiles for the unit that holds all of its ground.


def _ground(user):
    """{key: lies there only in part} of all that lies or lay where `user` compiles; None: everywhere."""
    if not user.is_active:
        return {}
    if user.is_superuser:
        return None
    if not hasattr(user, "_desk_ground"):
        user._desk_ground = found = {}
        for key in user.memberships.filter(role=MemberRole.DESK).values_list("unit", flat=True):
            for below, partial in (area_of(key) | dict.fromkeys(subtree_keys(key), False)).items():
                found[below] = partial and found.get(below, True)
    return user._desk_ground


def readable_units(user):
    """Keys of the units whose books `user` reads; None means all."""
    ground = _ground(user)
    return None if ground is None else set(ground)


def kept_units(user):
    """Keys of the units whose books `user` writes; None means all."""
    ground = _ground(user)
    return None if ground is None else {key for key, partial in ground.items() if not partial}


def keeps(user, unit_key):
    """Whether `user` writes in the books of this unit."""
    keys = kept_units(user)
    return keys is None or unit_key in keys


# --- whose header, and what waits -----------------------------------------------------------------


def own_units(user):
    """The units that gave `user` the desk role, the first grant first: whose header a report bears.

    A system administrator works for every unit that has told the desk its header.
    """
    if user.is_superuser:
        return list(Unit.objects.filter(committee__isnull=False).order_by("sort_key", "pk"))
    held = user.memberships.filter(role=MemberRole.DESK).select_related("unit").order_by("pk")
    return [membership.unit for membership in held]


def committee_for(user, unit_key=""):
    """The Committee in whose name `user` works now: that of `unit_key`, else of their first unit.

    Never stored here: a unit that has told nothing has the defaults. None for an administrator of a
    site where no unit has told anything.
    """
    units = own_units(user)
    unit = next((each for each in units if each.pk == unit_key), units[0] if units else None)
    if unit is None:
        return None
    return Committee.objects.filter(unit=unit).select_related("unit").first() or Committee(
        unit=unit
    )


def waiting_reports(user):
    """Chờ duyệt, of the units `user` compiles for. Never counted, never in an export."""
    waiting = Report.objects.filter(status=ReportStatus.SUBMITTED, revises__isnull=True)
    keys = desk_units(user)
    return waiting if keys is None else waiting.filter(unit__in=keys)


def desk_page(view):
    """For every view of the desk: signed in, with the role; everybody else finds nothing (404).

    Nobody else's copy: no cache keeps what the desk sees. Looking at it has a limit (`patience`).
    """

    @wraps(view)
    @never_cache
    def guarded(request, *args, **kwargs):
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path(), reverse("admin:login"))
        if not may_enter(request.user):
            raise Http404
        if request.method not in ("GET", "HEAD"):
            return view(request, *args, **kwargs)
        try:
            with patient(seconds_for(request)):
                return view(request, *args, **kwargs)
        except TooLong:
            return too_long_page(request)

    return guarded
