"""What the back office does after a person corrected a unit: so that a reload keeps it.

A correction is remembered on the unit (`corrected_fields`): by field, or as a whole for its
timeline and for its list of successors. That is coarse on purpose: a deleted line stays deleted,
and nobody has to match a corrected line with the one it replaced.
"""

from units import registry
from units.models import DATA_FIELDS, SUCCESSORS, TIMELINE, Unit
from units.questions import OLDEST_FIRST

# What the latest line of a timeline and the unit itself say both.
_SHARED = ("name", "kind", "parent_id")


def remember(unit, names):
    """Mark fields (or lists) of `unit` as corrected by hand; the loader leaves them alone."""
    unit.corrected_fields = sorted({*unit.corrected_fields, *names})


def settle_unit(unit, *, changed_fields, timeline_changed):
    """Bring a saved unit and its saved timeline in step, and remember what was corrected.

    Where both say something about the latest name, kind and parent, the unit's own field wins if
    it was changed, else the timeline.
    """
    remember(unit, set(changed_fields).intersection(DATA_FIELDS))
    latest = unit.versions.order_by(OLDEST_FIRST).last()
    differing = [
        name for name in _SHARED if latest and getattr(unit, name) != getattr(latest, name)
    ]
    from_unit = {"name", "kind", "parent"}.intersection(changed_fields)
    if differing and from_unit:
        for name in differing:
            setattr(latest, name, getattr(unit, name))
        latest.save()
        timeline_changed = True
    elif differing:
        for name in differing:
            setattr(unit, name, getattr(latest, name))
        remember(unit, [name.removesuffix("_id") for name in differing])
    if timeline_changed:
        remember(unit, [TIMELINE])
    unit.save()


def settle_successions(successions):
    """Remember the successor lists of all predecessors of these added, changed or deleted rows."""
    olds = {succession.predecessor_id for succession in successions}
    for old in Unit.objects.filter(pk__in=olds):
        remember(old, [SUCCESSORS])
        old.save(update_fields=["corrected_fields"])
    if olds:
        registry.changed()


def release(units):
    """Forget that these units were corrected: the next reload brings back what the data says."""
    return units.exclude(corrected_fields=[]).update(corrected_fields=[])
