"""Rows that several people write in turn: whoever saves says which version they have seen."""

from django.db import models, transaction
from django.db.models import F


class Stale(Exception):
    """Somebody saved this after it was read; writing now would overwrite their work."""

    def __init__(self):
        super().__init__("Người khác vừa lưu nội dung này.")


class Versioned(models.Model):
    """Grows by one with every change a person makes."""

    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        abstract = True

    def take_turn(self, seen=None):
        """Count a change, within the caller's transaction; nobody else gets in before its end.

        With `seen`, the version that was read: raises Stale when it is not the stored one.
        """
        if not transaction.get_connection().in_atomic_block:
            raise transaction.TransactionManagementError("take_turn needs a transaction.")
        mine = type(self)._base_manager.filter(pk=self.pk)
        asked = mine if seen is None else mine.filter(version=seen)
        if not asked.update(version=F("version") + 1):
            raise Stale
        self.version = mine.values_list("version", flat=True).get()
