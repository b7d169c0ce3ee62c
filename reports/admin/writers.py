"""Pages about things of a unit, which its writers add and change: events, persons."""

from portal.office import OfficeAdmin
from reports.rights import WRITERS, writable_units
from units.models import Unit


def own_unit(user):
    """Key of the unit a writer most likely writes for: the first one granted; None without any."""
    grant = user.memberships.filter(role__in=WRITERS).order_by("pk").first()
    return grant.unit_id if grant else None


def units_to_write_for(user):
    """The units a picker offers to a writer; None means all."""
    keys = writable_units(user)
    return None if keys is None else Unit.objects.filter(pk__in=keys).in_name_order()


class WritersAdmin(OfficeAdmin):
    """Things of a unit that its writers add and change, in own units only: events, persons."""

    def choices_for(self, request, field):
        return units_to_write_for(request.user) if field.name == "unit" else None

    def get_changeform_initial_data(self, request):
        unit = own_unit(request.user)
        initial = {"unit": unit} if unit else {}
        return initial | super().get_changeform_initial_data(request)

    def has_add_permission(self, request):
        return self._is_member(request) and writable_units(request.user) != set()

    def has_change_permission(self, request, obj=None):
        keys = writable_units(request.user) if self._is_member(request) else set()
        if obj is None:
            return keys != set()
        return keys is None or obj.unit_id in keys
