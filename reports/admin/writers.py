"""Pages about things of a unit, which its writers add and change: events, persons."""

from portal.office import OfficeAdmin
from reports.rights import writable_units


class WritersAdmin(OfficeAdmin):
    """Things of a unit that its writers add and change: events, persons."""

    def has_add_permission(self, request):
        return self._is_member(request) and writable_units(request.user) != set()

    def has_change_permission(self, request, obj=None):
        keys = writable_units(request.user) if self._is_member(request) else set()
        if obj is None:
            return keys != set()
        return keys is None or obj.unit_id in keys
